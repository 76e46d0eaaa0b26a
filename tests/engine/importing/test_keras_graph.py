"""Keras models as networks: the numbers of predict, one graph of every shape of model, gradients through all of it."""

import numpy as np
import pytest

from cnnscript.engine.importing.keras_graph import network_of
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError


@pytest.fixture(scope="module")
def keras(tf):
    import keras

    keras.utils.set_random_seed(0)
    return keras


@pytest.fixture(scope="module")
def base(keras):
    """A Sequential part of known layers."""
    L = keras.layers
    return stirred(keras.Sequential([
        keras.Input((16, 16, 3)), L.Rescaling(1 / 127.5, -1), L.Conv2D(4, 3, activation="relu", name="conv5"),
        L.BatchNormalization(), L.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="depth"),
        L.SeparableConv2D(6, 3, strides=2, padding="same", activation="swish", name="separable"),
    ], name="base"))  # fmt: skip


@pytest.fixture(scope="module")
def everything(keras, base):
    """A functional model with a model inside, a shared layer, a layer of its own class, and keras.ops."""
    L = keras.layers

    class Own(L.Layer):
        def build(self, shape):
            self.factor = self.add_weight(shape=(shape[-1],))

        def call(self, x):
            return x * self.factor + 1

    start = keras.Input((16, 16, 3))
    x = keras.ops.relu(base(start, training=False) * 2.0 + 1)
    side = Own(name="own")(L.Conv2D(6, 3, padding="same", groups=2, activation="gelu")(x))
    x = L.Add()([side, x])
    shared = L.Conv2D(6, 1, name="shared")
    pooled = L.UpSampling2D(2)(L.MaxPooling2D(2, padding="same")(x))
    x = L.Concatenate()([shared(x), shared(side), pooled[:, :7, :7, :]])
    x = L.AveragePooling2D(3, 2, padding="same")(L.Conv2DTranspose(4, 4, strides=2, padding="same")(x))
    x = L.LayerNormalization()(L.ReLU(6.0)(L.ZeroPadding2D(((1, 0), (2, 1)))(x)))
    gate = L.Dense(4, activation="sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(x))
    x = L.Conv2D(4, (3, 2), dilation_rate=2, padding="same")(L.Multiply()([x, gate]))
    x = L.Cropping2D(1)(L.PReLU(shared_axes=[1, 2])(L.LeakyReLU(0.1)(x)))
    x = L.Dropout(0.2)(L.Flatten()(x))
    return stirred(keras.Model(start, L.Dense(3, activation="softmax", name="fc")(x), name="everything"))


def stirred(model):
    """Numbers that a mistake would show in: no zeros and ones."""
    rng = np.random.default_rng(1)
    for variable in model.weights:
        if variable.name not in ("kernel", "depthwise_kernel", "pointwise_kernel"):
            variable.assign(rng.uniform(0.1, 1, variable.shape))
    return model


def outcome(network, images):
    return ask(network, images, [network.number(network.output_names[-1])])[0]


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(2).uniform(0, 255, (3, 16, 16, 3)).astype(np.float32)


def test_a_functional_model_with_everything_in_it_gives_the_numbers_of_predict(everything, images):
    network = network_of(everything)
    np.testing.assert_allclose(outcome(network, images)[:, 0, 0], everything.predict(images, verbose=0), atol=1e-5)
    assert network.kind == "dag" and network.classes == ("1", "2", "3")
    assert network.layers[-1].name == "ClassificationLayer_fc"


def test_layers_of_models_inside_keep_both_names_and_the_model_names_its_last_layer(everything):
    network = network_of(everything)
    assert network.number("conv5") == network.number("base/conv5")
    assert network.layers[network.number("base")].name == "base/separable_silu"
    assert {"base/conv5_relu", "shared", "shared_1", "own"} <= {layer.name for layer in network.layers}


def test_every_layer_of_a_nested_sequential_gives_what_the_model_cut_there_gives(keras, base, images):
    model = keras.Sequential([keras.Input((16, 16, 3)), base, keras.layers.Flatten(), keras.layers.Dense(2)])
    network = network_of(model)
    assert network.kind == "series"
    cut = keras.Model(base.inputs, base.get_layer("depth").output)
    found = ask(network, images, [network.number("depth")])[0]
    np.testing.assert_allclose(found, cut.predict(images, verbose=0), atol=1e-5)
    np.testing.assert_allclose(outcome(network, images)[:, 0, 0], model.predict(images, verbose=0), atol=1e-5)


def test_gradients_go_through_layers_that_run_as_they_are(tf, everything, images):
    from cnnscript.engine.execute import steps, walk

    network = network_of(everything, outputs="none")
    last = network.number(network.output_names[0])
    x = tf.constant(images)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        mine = walk(steps(network, [last]), x, [last])[last][:, 0, 0, 1]
        theirs = everything(x)[:, 1]
    np.testing.assert_allclose(tape.gradient(mine, x), tape.gradient(theirs, x), atol=1e-6)


def test_layers_that_augment_images_leave_them_alone(keras, images):
    model = keras.Sequential([keras.Input((16, 16, 3)), keras.layers.RandomFlip(), keras.layers.RandomZoom(0.5)])
    np.testing.assert_array_equal(outcome(network_of(model), images), images)


def test_grey_images_without_a_channel_axis_come_in_as_height_by_width(keras):
    model = keras.Sequential([keras.Input((8, 6)), keras.layers.Flatten(), keras.layers.Dense(4)])
    network = network_of(model)
    images = np.random.default_rng(0).random((2, 8, 6, 1), np.float32)
    assert network.input_size == (8, 6, 1)
    np.testing.assert_allclose(outcome(network, images)[:, 0, 0], model.predict(images[..., 0], verbose=0), atol=1e-5)


def test_a_model_that_is_a_class_of_its_own_is_one_layer(keras, images):
    class Whole(keras.Model):
        def __init__(self):
            super().__init__()
            self.inside = keras.layers.Conv2D(2, 3)

        def call(self, x):
            return self.inside(x) * 2

    model = Whole()
    with pytest.raises(ScriptError, match="not known"):
        network_of(model)
    expected = model.predict(images, verbose=0)
    np.testing.assert_allclose(outcome(network_of(model), images), expected, atol=1e-5)


def test_open_input_sizes_are_asked_for(keras):
    model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(2, 3)])
    with pytest.raises(ScriptError, match="no fixed size"):
        network_of(model)
    assert network_of(model, input_size=(9, 8, 3)).input_size == (9, 8, 3)
    with pytest.raises(ScriptError, match="no input shape yet"):
        network_of(keras.Sequential([keras.layers.Conv2D(2, 3)]))


def test_the_whole_as_a_keras_model_again_gives_the_same_and_holds_the_wrapped_weights(everything, images):
    from cnnscript.engine.keras_model import keras_model

    network = network_of(everything, outputs="none")
    model = keras_model(network)
    found = np.asarray(model(images)).reshape(3, 3)
    np.testing.assert_allclose(found, everything.predict(images, verbose=0), atol=1e-5)
    own = everything.get_layer("own").factor
    assert any(weight is own for weight in model.trainable_weights)


def test_outputs_are_in_the_order_of_the_model(keras):
    given = keras.Input((4, 4, 2))
    flat = keras.layers.Flatten()(given)
    late, soon = keras.layers.Dense(2, name="late")(flat), keras.layers.Dense(3, name="soon")(flat)
    assert network_of(keras.Model(given, [soon, late]), outputs="none").output_names == ("soon", "late")
    assert network_of(keras.Model(given, [late, soon]), outputs="none").output_names == ("late", "soon")
