"""Every explanation of gradients and layers, with every shape of Keras model, and with unusual images and outputs."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

SHAPES = ("functional", "sequential", "nested functional", "nested sequential")
AT_THE_IMAGE = ("saliency", "gradientTimesInput", "integratedGradients", "smoothGrad", "varGrad", "guidedGradCAM")
OF_A_LAYER = ("gradCAM", "gradCAMPlusPlus", "layerCAM", "hiResCAM", "scoreCAM")
METHODS = (*AT_THE_IMAGE, *OF_A_LAYER)


def made(shape, channels=3, end=None):
    """A Keras model of one of the four shapes for images 8×8×channels."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    import keras

    layers = keras.layers
    size = (8, 8, channels)

    def part(name):
        inside = [layers.Conv2D(4, 3, padding="same", activation="relu", name="conv5"), layers.BatchNormalization()]
        return keras.Sequential([keras.Input(size), *inside], name=name)

    def functional(first):
        start = keras.Input(size, name="images")
        x = first(start)
        x = layers.GlobalAveragePooling2D()(layers.Add()([x, layers.LayerNormalization(name="own")(x)]))
        return keras.Model(start, (end or layers.Dense(4, activation="softmax", name="scores"))(x))

    def series(first):
        last = [layers.Flatten(), end or layers.Dense(4, activation="softmax", name="scores")]
        return keras.Sequential([keras.Input(size), first, layers.LayerNormalization(name="own"), *last])

    keras.utils.set_random_seed(0)
    if shape == "functional":
        return functional(layers.Conv2D(4, 3, padding="same", name="conv5"))
    if shape == "sequential":
        return series(layers.Conv2D(4, 3, name="conv5"))
    return functional(part("base")) if shape == "nested functional" else series(part("base"))


@pytest.fixture(scope="module")
def models():
    return {shape: made(shape) for shape in SHAPES}


@pytest.fixture
def session():
    return Session(out=io.StringIO())


def image(channels=3, count=1):
    return np.asfortranarray(np.random.default_rng(0).uniform(0, 1, (8, 8, channels, count))).astype(np.float32)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_method_explains_every_shape_of_model(shape, method, models, session):
    """Two classes of one image, one class of two images: one map each, the same in both; and the model stays."""
    model = models[shape]
    before = [array.copy() for array in model.get_weights()]
    session["net"], session["X"] = model, image(count=2)
    session.run(f"""
        rng(1); maps = {method}(net,X(:,:,:,1),[2 4],Score='logit');
        rng(1); one = {method}(net,X(:,:,:,1),2,Score='logit');
        several = {method}(net,X,2,Score='logit');
    """)
    assert session["maps"].shape == session["several"].shape == (8, 8, 2)
    assert session["maps"].dtype == np.float32
    assert np.isfinite(session["maps"]).all()
    np.testing.assert_allclose(session["maps"][..., 0], session["one"], rtol=1e-3, atol=1e-6)
    if method not in ("smoothGrad", "varGrad"):  # their noise differs from image to image
        np.testing.assert_allclose(session["several"][..., 0], session["one"], rtol=1e-3, atol=1e-6)
    if method in AT_THE_IMAGE and method != "guidedGradCAM":
        assert np.abs(session["maps"]).max() > 0
    for array, kept in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(array, kept)


@pytest.mark.parametrize("shape", SHAPES)
def test_eigen_cam_and_cam(shape, models, session):
    session["net"], session["X"] = models[shape], image(count=2)
    session.run("e = eigenCAM(net,X,OutputUpsampling='none');")
    assert session["e"].shape[2] == 2
    if "sequential" in shape:  # it flattens its maps: there is no pooling
        with pytest.raises(ScriptError, match="global average pooling"):
            session.run("classActivationMap(net,X,1)")
    else:
        session.run("""
            [c,layer] = classActivationMap(net,X(:,:,:,1),[1 2],OutputUpsampling='none');
            [g,~,scored] = gradCAM(net,X(:,:,:,1),[1 2],FeatureLayer=layer,Score='logit',OutputUpsampling='none');
        """)
        np.testing.assert_allclose(np.maximum(session["c"], 0) / 64, session["g"], rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("channels", [1, 5])
def test_images_of_one_and_five_channels(method, channels, session):
    session["net"], session["X"] = made("nested functional", channels), image(channels)
    session.run(f"map = {method}(net,X,3);")
    assert session["map"].shape == (8, 8)
    if method in AT_THE_IMAGE[:-1]:
        session.run(f"map = {method}(net,X,3,Channels='none');")
        assert session["map"].shape == ((8, 8, channels) if channels > 1 else (8, 8))


@pytest.mark.parametrize("method", METHODS)
def test_numbers_that_a_network_predicts(method, session):
    """A regression has no classes: its outputs are explained by number."""
    import keras

    session["net"] = made("nested functional", end=keras.layers.Dense(2))
    session["X"] = image()
    session.run(f"map = {method}(net,X,2);")
    assert session["map"].shape == (8, 8)
    with pytest.raises(ScriptError, match="must be an integer from 1 to 2"):
        session.run(f"{method}(net,X,3)")
    with pytest.raises(ScriptError, match="no class names"):
        session.run(f"{method}(net,X,'dog')")
    with pytest.raises(ScriptError, match="no softmax layer"):
        session.run(f"{method}(net,X,1,Score='softmax')")
