"""Networks whose weights come by way of Keras compute what Keras' own computes with the same numbers.

Keras pads the reductions of NASNet with zeros before it pools; MATLAB (and the network as it was trained) pads with
nothing, so Keras' is changed to do so before the two are compared.
"""

import numpy as np
import pytest

from cnnscript.engine.architectures import architecture
from cnnscript.engine.converters import read_weights
from cnnscript.engine.questions import ask
from cnnscript.engine.zoo import filled
from tests.engine.weight_files import keras_h5

SHADES = {"mean": (0.485, 0.456, 0.406), "variance": (0.229**2, 0.224**2, 0.225**2)}  # of efficientnetb0's first layer


def numbers(layer, rng):
    """Random weights of a Keras layer that keep the signal's size, by name."""
    found = {}
    for weight in layer.weights:
        shape = tuple(weight.shape)
        if weight.name in SHADES:
            value = np.array(SHADES[weight.name]).reshape(shape)
        elif weight.name == "moving_variance":
            value = rng.uniform(1, 1.2, shape)
        elif weight.name == "gamma":
            value = rng.uniform(0.7, 1.3, shape)
        elif len(shape) > 1:
            fan = np.prod(shape[:-2]) if "depthwise" in weight.name else np.prod(shape[:-1])
            value = rng.normal(0, np.sqrt(2 / fan), shape)
        else:
            value = rng.normal(0, 0.1, shape)
        found[weight.name] = value.astype(np.float32)
    return found


def padded_with_nothing(layer):
    """The layer, or what takes its place in NASNet as it was trained."""
    import keras

    if layer.name.startswith("reduction_pad_1_"):
        return keras.layers.Identity(name=layer.name)
    facts = layer.get_config()
    if layer.name.startswith(("reduction_left2_", "reduction_left3_", "reduction_right5_")):
        facts["padding"] = "same"
    return type(layer).from_config(facts)


@pytest.fixture
def twins(tf, tmp_path, rng):
    """`twins(name, model)`: the model with random weights, and our network with the same, through a file."""

    def make(name, model):
        kept = {}
        for layer in model.layers:
            found = numbers(layer, rng)
            if found:
                layer.set_weights(list(found.values()))
                kept[layer.name] = list(found.items())
            if layer.name.startswith("normalization"):
                layer.finalize_state()
        keras_h5(tmp_path / "kept.h5", kept)
        shape = architecture(name)
        return model, filled(shape, read_weights(tmp_path / "kept.h5", "keras-h5", shape))

    return make


def same_outputs(model, network, pairs, image, given):
    import keras

    theirs = keras.Model(model.input, [model.get_layer(name).output for name in pairs])(given, training=False)
    ours = ask(network, image, [network.number(name) for name in pairs.values()])
    for name, want, found in zip(pairs, theirs, ours, strict=True):
        want = np.asarray(want).reshape(found.shape)
        assert abs(found - want).max() <= 1e-4 * abs(want).max(), name
        assert want.std() > 1e-3 * abs(want).max(), f"{name} tells nothing"


def test_efficientnetb0(twins, rng):
    import keras

    model, network = twins("efficientnetb0", keras.applications.EfficientNetB0(weights=None))
    assert model.count_params() == 5_330_571
    image = rng.integers(0, 256, (1, 224, 224, 3)).astype(np.float32)
    pairs = {
        "stem_activation": "efficientnet-b0|model|stem|MulLayer",
        "block1a_project_bn": "efficientnet-b0|model|blocks_0|tpu_batch_normalization_1|FusedBatchNorm",
        "block4c_add": "efficientnet-b0|model|blocks_7|Add",
        "block6d_se_excite": "efficientnet-b0|model|blocks_14|se|MulLayer_1",
        "top_activation": "efficientnet-b0|model|head|MulLayer", "predictions": "Softmax",
    }  # fmt: skip
    same_outputs(model, network, pairs, image, image)


def test_nasnetmobile(twins, rng):
    import keras

    model = keras.applications.NASNetMobile(weights=None)
    assert model.count_params() == 5_326_716
    model, network = twins("nasnetmobile", keras.models.clone_model(model, clone_function=padded_with_nothing))
    image = rng.integers(0, 256, (1, 224, 224, 3)).astype(np.float32)
    pairs = {name: name for name in ("reduction_concat_stem_1", "normal_concat_1", "adjust_bn_5", "normal_concat_12")}
    same_outputs(model, network, pairs | {"predictions": "predictions_softmax"}, image, image / 127.5 - 1)
