"""Layers of transformers against NumPy float64, and what they refuse.  Gradients: test_layer_gradients."""

import numpy as np
import pytest

from cnnscript.engine.attention_layers import Attention, PositionEmbedding, SelfAttention
from cnnscript.engine.layers import Steps
from cnnscript.engine.operations import operation
from cnnscript.engine.stateful_operations import stateful_operation
from cnnscript.errors import ScriptError
from tests.engine import numpy_layers as plain


@pytest.mark.parametrize(("scale", "mask"), [("auto", "none"), (0.3, "none"), ("auto", "causal")])
def test_attention_of_three_inputs(tf, rng, scale, mask):
    layer = Attention(num_heads=2, scale=scale, attention_mask=mask)
    q, k, v = rng.normal(size=(3, 4, 6)), rng.normal(size=(3, 5, 6)), rng.normal(size=(3, 5, 2))
    given = [tf.constant(x[:, :, None], tf.float32) for x in (q, k, v)]
    out = operation(layer, {})(*given).numpy()[:, :, 0]
    number = None if scale == "auto" else scale
    expected = [plain.attention(*one, 2, number, mask == "causal") for one in zip(q, k, v, strict=True)]
    np.testing.assert_allclose(out, expected, rtol=1e-5, atol=1e-5)
    assert layer.size_after(Steps((4, 1, 6)), Steps((5, 1, 6)), Steps((5, 1, 2))) == (4, 1, 2)


def test_weights_of_attention_are_dropped_while_training(tf, rng):
    layer = SelfAttention(num_heads=1, num_key_channels=2, dropout_probability=0.25).settled(Steps((3, 1, 2)))
    held = {name: tf.constant(rng.normal(size=shape), tf.float32) for name, shape in layer.parameter_shapes().items()}
    x = tf.constant(rng.normal(size=(2, 3, 1, 2)), tf.float32)
    shapes = []

    def all_dropped(shape):
        shapes.append(list(shape))
        return tf.zeros(shape)

    out, state = stateful_operation(layer, held, True, all_dropped)(x)
    assert shapes == [[2, 1, 3, 3]] and state == {}
    np.testing.assert_allclose(out, np.broadcast_to(held["OutputBias"].numpy()[:, 0], out.shape))
    quiet, _ = stateful_operation(layer, held, False, all_dropped)(x)
    np.testing.assert_array_equal(quiet, operation(layer, held)(x))


def test_what_does_not_fit():
    with pytest.raises(ScriptError, match="divide into the heads"):
        Attention(num_heads=4).size_after(Steps((4, 1, 6)), Steps((4, 1, 6)), Steps((4, 1, 8)))
    with pytest.raises(ScriptError, match="one spatial or time"):
        SelfAttention(num_heads=1, num_key_channels=2).size_after((5, 5, 3))
    position = PositionEmbedding(output_size=2, max_position=6)
    with pytest.raises(ScriptError, match="longer than the largest position"):
        position.size_after(Steps((7, 1, 3)))
    spatial = PositionEmbedding(output_size=2, max_position=6, position_dimension="spatial")
    with pytest.raises(ScriptError, match="no spatial dimension"):
        spatial.size_after(Steps((3, 1, 3)))
    assert spatial.size_after((3, 1, 3)) == (3, 1, 2)
