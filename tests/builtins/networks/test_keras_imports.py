"""Every function that asks a network, with every shape of Keras model; importing functions and their options."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

SHAPES = ("functional", "sequential", "nested functional", "nested sequential")


@pytest.fixture(scope="module")
def models():
    """The four shapes of model, around the same kind of layers."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tensorflow()
    import keras

    keras.utils.set_random_seed(0)
    layers = keras.layers

    def part(name):
        inside = [layers.Conv2D(3, 3, padding="same", activation="relu", name="conv5"), layers.BatchNormalization()]
        return keras.Sequential([keras.Input((8, 8, 3)), *inside], name=name)

    def functional(first):
        start = keras.Input((8, 8, 3), name="images")
        x = first(start)
        x = layers.GlobalAveragePooling2D()(layers.Add()([x, layers.LayerNormalization(name="own")(x)]))
        return keras.Model(start, layers.Dense(4, activation="softmax", name="scores")(x))

    def series(first):
        end = [layers.Flatten(), layers.Dense(4, activation="softmax", name="scores")]
        return keras.Sequential([keras.Input((8, 8, 3)), first, layers.LayerNormalization(name="own"), *end])

    return {
        "functional": functional(layers.Conv2D(3, 3, padding="same", name="conv5")),
        "sequential": series(layers.Conv2D(3, 3, name="conv5")),
        "nested functional": functional(part("base")),
        "nested sequential": series(part("base")),
    }


@pytest.fixture
def session():
    return Session(out=io.StringIO())


@pytest.mark.parametrize("shape", SHAPES)
def test_a_model_from_python_is_a_network_to_every_function(shape, models, session):
    model = models[shape]
    images = np.random.default_rng(0).uniform(0, 255, (5, 8, 8, 3)).astype(np.float32)
    session["net"] = model
    session["X"] = images.transpose(1, 2, 3, 0)
    session.run("""
        kind = class(net); n = numel(net.Layers);
        act = activations(net,X,'conv5'); rows = activations(net,X,n,'OutputAs','rows');
        own = activations(net,X,'own');
        scores = predict(net,X); one = predict(net,X(:,:,:,2));
        [label,s] = classify(net,X); labels = double(label);
        size1 = size(net.Layers(2).Weights); first = net.InputNames{1}; last = net.Layers(end);
        lgraph = layerGraph(net); twin = assembleNetwork(lgraph); again = predict(twin,X);
        w = lgraph.Layers(2).Bias;
    """)
    expected = model.predict(images, verbose=0)
    assert session["kind"] == ("DAGNetwork" if "functional" in shape else "SeriesNetwork")
    for name in ("scores", "rows", "s", "again"):
        np.testing.assert_allclose(session[name], expected, atol=1e-5)
    np.testing.assert_allclose(session["one"], expected[1:2], atol=1e-5)
    np.testing.assert_array_equal(session["labels"].ravel(), expected.argmax(1) + 1)
    assert session["act"].shape[2:] == session["own"].shape[2:] == (3, 5)
    assert session["size1"].ravel().tolist() == [3, 3, 3, 3]
    assert session["first"] == model.inputs[0]._keras_history.operation.name
    session.run("net, net.Layers, last")
    session.run("info = analyzeNetwork(net);")


@pytest.mark.filterwarnings("ignore:__array__ implementation")  # Keras, of its own saving
def test_files_are_imported_with_the_options_of_matlab(models, session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    models["nested functional"].save("model.keras")
    images = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype(np.float32)
    session["X"] = images.transpose(1, 2, 3, 0)
    session.run("""
        net = importKerasNetwork('model.keras','Classes',{'a','b','c','d'}); label = cellstr(classify(net,X));
        reg = importKerasNetwork("model.keras",OutputLayerType="regression"); p = predict(reg,X);
        bare = importKerasLayers('model.keras'); full = importKerasLayers('model.keras','ImportWeights',true);
        none = isempty(bare.Layers(2).Weights); some = size(full.Layers(2).Weights);
        dl = importNetworkFromTensorFlow('model.keras'); kind = class(dl); last = dl.OutputNames{1};
        old = importTensorFlowNetwork('model.keras','OutputLayerType','classification'); kind2 = class(old);
        pack = importTensorFlowLayers('model.keras','PackageName','mine'); own = class(pack.Layers(end-5));
        name = class(pack.Layers(5));
    """)
    expected = models["nested functional"].predict(images, verbose=0)
    np.testing.assert_allclose(session["p"], expected, atol=1e-5)
    assert session["label"].ravel().tolist() == ["abcd"[k] for k in expected.argmax(1)]
    assert session["none"] and session["some"].ravel().tolist() == [3, 3, 3, 3]
    assert (session["kind"], session["kind2"], session["last"]) == ("dlnetwork", "DAGNetwork", "scores_softmax")
    assert session["name"] == "mine.LayerNormalizationLayer"


@pytest.mark.parametrize("text, says", [
    ("importKerasNetwork('m.keras','OutputLayerType','none')", "OutputLayerType"),
    ("importKerasNetwork('m.keras','OutputLayerType','pixelclassification')", "not in cnnscript yet"),
    ("importKerasNetwork('m.keras','ImageInputSize',[1 2 3 4])", "ImageInputSize"),
    ("importTensorFlowNetwork('m','TargetNetwork','series')", "TargetNetwork"),
    ("importTensorFlowNetwork('m','TargetNetwork','dlnetwork','OutputLayerType','regression')", "no output layers"),
    ("importNetworkFromTensorFlow('m','Namespace','1x')", "Namespace"),
    ("importKerasNetwork(3)", "modelfile"),
    ("importKerasNetwork('m.keras','Wieghts',1)", "Wieghts"),
])  # fmt: skip
def test_what_is_not_taken_is_refused_by_name(text, says, session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.keras").write_bytes(b"x")
    (tmp_path / "m").mkdir()
    with pytest.raises(ScriptError, match=says):
        session.run(text)
