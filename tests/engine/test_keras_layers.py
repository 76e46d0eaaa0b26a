"""The Keras layer behind a MATLAB layer: written and read again."""

import json

import pytest

from cnnscript.engine import normalization_layers as normalizations
from cnnscript.engine import recurrent_layers as recurrent
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.pooling_layers import MaxPooling, MaxUnpooling
from cnnscript.errors import ScriptError

LAYERS = [
    ImageInput(name="in", input_size=(4, 5, 3), mean=(1.0, 2.0, 3.0)),
    ImageInput(name="in", input_size=(1, 2, 1), mean=(((1.0,), (2.0,)),)),
    Convolution(name="c", filter_size=(3, 2), num_filters=4, num_channels=3, padding_value="replicate"),
    FullyConnected(name="f", output_size=3, input_size=4).with_learning(WeightLearnRateFactor=10.0),
    normalizations.GroupNormalization(name="g", num_groups=2, num_channels=4),
    recurrent.LSTM(name="l", num_hidden_units=3, input_size=2).with_learning(BiasInitializer="zeros"),
    MaxUnpooling(name="u", pooling=MaxPooling(name="p", pool_size=(2, 2), has_unpooling_outputs=True)),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: type(layer).__name__)
def test_a_description_is_the_same_after_json(layer):
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    from cnnscript.engine.keras_layers import DescribedLayer

    config = json.loads(json.dumps(DescribedLayer(layer).get_config()))
    again = DescribedLayer.from_config(config)
    assert again.description == layer
    assert {name: tuple(v.shape) for name, v in again.parameters.items()} == layer.parameter_shapes()


def test_an_initialiser_of_the_script_is_left_out_and_a_layer_of_the_script_refused():
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    from cnnscript.engine.function_layers import FunctionLayer
    from cnnscript.engine.keras_layers import DescribedLayer, read, written

    layer = FullyConnected(name="f", output_size=3).with_learning(WeightsInitializer=len, BiasL2Factor=2.0)
    assert dict(read(written(layer)).learning) == {"BiasL2Factor": 2.0}
    with pytest.raises(ScriptError, match="computed by a script"):
        DescribedLayer(FunctionLayer(name="f", predict_fcn=len, call=len)).get_config()


def test_spatial_dropout_drops_whole_channels_while_training():
    import numpy as np

    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    from cnnscript.engine.activation_layers import SpatialDropout
    from cnnscript.engine.keras_layers import DescribedLayer

    tf.random.set_seed(1)
    layer = DescribedLayer(SpatialDropout(name="d", probability=0.5))
    out = layer(tf.ones((4, 3, 3, 50)), training=True).numpy()
    assert ((out == 0).all((1, 2)) | (out == 2).all((1, 2))).all()
    assert 0.3 < (out == 0).mean() < 0.7
    np.testing.assert_array_equal(layer(tf.ones((1, 3, 3, 5))).numpy(), 1)
