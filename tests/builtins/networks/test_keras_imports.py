"""Every function that asks a network, with every shape of Keras model; importing functions and their options."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session

SHAPES = ("functional", "sequential", "nested functional", "nested sequential")


def shaped(own):
    """The four shapes of model, around the same kind of layers.  own: one that MATLAB has none for, or has."""
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
        x = layers.GlobalAveragePooling2D()(layers.Add()([x, own()(x)]))
        return keras.Model(start, layers.Dense(4, activation="softmax", name="scores")(x))

    def series(first):
        end = [layers.Flatten(), layers.Dense(4, activation="softmax", name="scores")]
        return keras.Sequential([keras.Input((8, 8, 3)), first, own(), *end])

    return {
        "functional": functional(layers.Conv2D(3, 3, padding="same", name="conv5")),
        "sequential": series(layers.Conv2D(3, 3, name="conv5")),
        "nested functional": functional(part("base")),
        "nested sequential": series(part("base")),
    }


@pytest.fixture(scope="module")
def models():
    def own():
        import keras

        return keras.layers.LayerNormalization(name="own")

    return shaped(own)


@pytest.fixture(scope="module")
def plain_models():
    def own():
        import keras

        return keras.layers.ReLU(name="own")

    return shaped(own)


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


@pytest.fixture(scope="module")
def asked(models, plain_models, tmp_path_factory):
    """A session for each shape, with the model as `net`, images X, their scores S, a model of MATLAB's layers alone as
    `plain`, and a folder of its own."""
    images = np.random.default_rng(0).uniform(0, 255, (5, 8, 8, 3)).astype(np.float32)
    sessions = {}
    for shape, model in models.items():
        session = sessions[shape] = Session(out=io.StringIO(), figures="words")
        session["net"], session["X"] = model, images.transpose(1, 2, 3, 0)
        session["plain"] = plain_models[shape]
        session["S"], session["folder"] = model.predict(images, verbose=0), str(tmp_path_factory.mktemp("models"))
        session.run("dl = dag2dlnetwork(net); file = @(name) fullfile(folder,name); "
                    "near = @(a,b) max(abs(double(a)-double(b)),[],'all') < 1e-4;")  # fmt: skip
    return sessions


# each gives `good`; those of the explanations are with their functions
EVERY = {
    "minibatchpredict": "good = near(minibatchpredict(dl,X),S) && near(minibatchpredict(dl,X,MiniBatchSize=2),S);",
    "minibatchpredict, a cell": "c = minibatchpredict(dl,X,UniformOutput=false); good = near(vertcat(c{:}),S);",
    "predict of a dlnetwork": "good = near(predict(dl,X),S);",
    "predict, outputs by name": "[p,m] = predict(dl,X,Outputs={dl.OutputNames{1},'conv5'}); "
                                "good = near(p,S) && size(m,3) == 3;",
    "predict of a dlarray": "good = near(extractdata(predict(dl,dlarray(X,'SSCB'))),S');",
    "predict of a cell": "c = cell(5,1); for k = 1:5, c{k} = X(:,:,:,k); end; good = near(predict(net,table(c)),S);",
    "predict of a datastore": "ds = arrayDatastore(X,IterationDimension=4); good = near(predict(net,ds),S);",
    "forward": "y = forward(dl,X); good = isequal(size(y),size(S));",
    "activations in rows": "a = activations(net,X,'conv5'); b = activations(net,X,'conv5',OutputAs='rows'); "
                           "good = near(reshape(b',size(a)),a);",
    "activations of a number": "k = find(endsWith({net.Layers.Name},'conv5')); "
                               "good = near(activations(net,X,k),activations(net,X,'conv5'));",
    "scores2label": "good = isequal(double(scores2label(S,string(1:4))),double(classify(net,X)));",
    "getLayer": "good = strcmp(getLayer(net,net.Layers(2).Name).Name,net.Layers(2).Name);",
    "summary": "t = evalc('summary(dl)'); good = contains(t,'Initialized: true') && contains(t,'8×8×3 images');",
    "plot": "plot(net); plot(layerGraph(net)); good = true;",
    "analyzeNetwork": "i = analyzeNetwork(net); good = height(i.LayerInfo) == numel(net.Layers) && isempty(i.Issues);",
    "display": "t = evalc('net, net.Layers, net.Layers(2), dl, dl.Learnables'); good = contains(t,'conv5');",
    "surgery": "g = layerGraph(net); last = g.Layers(end).Name; g = removeLayers(g,last); soft = g.Layers(end).Name; "
               "g = addLayers(g,regressionLayer(Name='r')); g = connectLayers(g,soft,'r'); "
               "good = near(predict(assembleNetwork(g),X),S);",
    "replaceLayer": "g = layerGraph(net); g = replaceLayer(g,g.Layers(end).Name,classificationLayer(Name='out',"
                    "Classes={'a','b','c','d'})); good = near(predict(assembleNetwork(g),X),S);",
    "dlnetwork": "g = layerGraph(net); g = removeLayers(g,g.Layers(end).Name); good = near(predict(dlnetwork(g),X),S);",
    "learnables": "t = dl; t.Learnables.Value{1} = 0*t.Learnables.Value{1}; "
                  "good = ~near(predict(t,X),S) && near(predict(dl,X),S);",
    "setLearnRateFactor": "n = dl.Learnables.Layer(1); t = setLearnRateFactor(dl,n,'Weights',0); "
                          "good = getLearnRateFactor(t,n,'Weights') == 0 && near(predict(t,X),S);",
    "initialize": "good = initialize(dl).Initialized;",
    "resetState": "good = near(predict(resetState(net),X),S);",
    "exportONNXNetwork": "exportONNXNetwork(plain,file('n.onnx')); again = importONNXNetwork(file('n.onnx')); "
                         "good = near(predict(again,X),predict(plain,X));",
    "exportNetworkToTensorFlow": "exportNetworkToTensorFlow(dag2dlnetwork(plain),file('n.keras')); "
                                 "again = importNetworkFromTensorFlow(file('n.keras')); "
                                 "good = near(predict(again,X),predict(plain,X));",
    "save and load": "save(file('n.mat'),'plain'); l = load(file('n.mat')); "
                     "good = near(predict(l.plain,X),predict(plain,X));",
    "save of what runs as it was imported": "try, save(file('n.mat'),'net'); catch e, good = contains(e.message,"
                                            "'holds a layer that runs as it was imported'); end",
    "isequal": "good = isequal(net,net) && isa(net.Layers(1),'nnet.cnn.layer.ImageInputLayer');",
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_function_of_networks_takes_every_shape_of_model(shape, name, asked):
    session = asked[shape]
    session.run("good = [];" + EVERY[name])
    assert session["good"] is True


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
