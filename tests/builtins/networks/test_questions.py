"""activations, classify, predict and the networks as a script meets them: shapes, classes, options, MATLAB's errors."""

import types

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.networks import pretrained_networks, questions  # noqa: F401  declare what is tested
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, NetworkObject
from cnnscript.engine.architectures import read_architecture
from cnnscript.engine.questions import ask, of
from cnnscript.engine.zoo import Zoo
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.text import String

SMALL = """
data	image-input	8x9x3 none
conv	convolution	4 3x3
relu	relu
pool	global-average-pooling
prob	softmax
"""


@pytest.fixture(scope="module")
def zoo(tmp_path_factory):
    return Zoo(folders=[tmp_path_factory.mktemp("weights")], offline=True)


@pytest.fixture
def call(zoo):
    """call('activations', net, ...) with nargout 1, or call('classify', ..., nargout=2)."""
    session = types.SimpleNamespace(zoo=zoo)

    def call(name, *args, nargout=1):
        return find(name).bind(session)(nargout, *args)

    return call


@pytest.fixture
def small():
    """A small network, and the engine's network in it."""
    found = read_architecture(SMALL)
    rng = np.random.default_rng(0)
    arrays = {"conv": {"Weights": rng.normal(size=(3, 3, 3, 4)), "Bias": rng.normal(size=4)}}
    return NetworkObject(found.network(arrays))


def picture(count=1, size=(8, 9), seed=0):
    """Images as imread and cat give them: height×width×3×N, column-major, no trailing 1."""
    x = np.random.default_rng(seed).integers(0, 256, (*size, 3, count)).astype(np.uint8)
    return np.asfortranarray(x[..., 0] if count == 1 else x)


def direct(small, images, layer):
    """The engine's answer, N×h×w×c."""
    batch = images[..., None] if images.ndim == 3 else images
    return ask(small.network, batch.transpose(3, 0, 1, 2), [small.network.number(layer)])[0]


def test_channels_are_height_width_channel_number(call, small):
    one, three = picture(), picture(3)
    act = call("activations", small, one, "conv")
    assert (act.shape, act.dtype) == ((6, 7, 4), np.float32)
    assert act.flags.f_contiguous
    np.testing.assert_array_equal(act, direct(small, one, "conv")[0])
    act = call("activations", small, three, "conv")
    assert act.shape == (6, 7, 4, 3)
    np.testing.assert_array_equal(act, direct(small, three, "conv").transpose(1, 2, 3, 0))


def test_rows_and_columns_run_down_the_height_first(call, small):
    x = picture(3)
    act = call("activations", small, x, "conv")
    rows = call("activations", small, x, "conv", "OutputAs", "rows")
    columns = call("activations", small, x, "conv", String.of("OutputAs"), String.of("columns"))
    assert rows.shape == (3, 6 * 7 * 4)
    np.testing.assert_array_equal(columns, rows.T)
    for i in range(3):
        np.testing.assert_array_equal(rows[i], act[..., i].ravel(order="F"))


def test_vectors_have_height_and_width_one(call, small):
    assert call("activations", small, picture(), "prob").shape == (1, 1, 4)
    assert call("activations", small, picture(2), "prob").shape == (1, 1, 4, 2)


def test_a_layer_is_a_name_or_a_number(call, small):
    x = picture()
    expected = call("activations", small, x, "relu")
    for layer in (3.0, np.int8(3), np.uint8(3), String.of("relu")):
        np.testing.assert_array_equal(call("activations", small, x, layer), expected)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (6.0, "Expected layer to be a scalar with value <= 5."),
        (0.0, "Expected layer to be positive."),
        (1.5, "Expected layer to be integer-valued."),
        (np.array([[1.0, 2.0]]), "Expected layer to be the name or the number of a layer."),
        (float("nan"), "Expected layer to be integer-valued."),
        (True, "Expected layer to be the name or the number of a layer."),
    ],
)
def test_numbers_that_name_no_layer(call, small, layer, message):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, picture(), layer)
    assert caught.value.message == message


def test_an_unknown_name_lists_near_names_with_sizes(call, small):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, picture(), "relu1")
    assert caught.value.message.endswith("The input, 'relu1', did not match any of the valid values.")
    assert caught.value.notes == ("'relu' is 6×7×4",)


def test_larger_images_give_larger_maps_as_channels_only(call, small):
    x = picture(size=(10, 20))
    assert call("activations", small, x, "conv").shape == (8, 18, 4)
    for form in ("rows", "columns"):
        with pytest.raises(ScriptError) as caught:
            call("activations", small, x, "conv", "OutputAs", form)
        assert caught.value.identifier == "nnet_cnn:SeriesNetwork:ActivationsLargeImagesOutputAs"
    with pytest.raises(ScriptError):  # wider only is larger, too
        call("activations", small, picture(size=(8, 20)), "conv", "OutputAs", "rows")


@pytest.mark.parametrize("function", ["classify", "predict"])
def test_classify_and_predict_take_exactly_the_input_size(call, zoo, small, function):
    net = NetworkObject(zoo.network("squeezenet")) if function == "classify" else small
    size = " ".join(str(n) for n in net.network.input_size)
    with pytest.raises(ScriptError) as caught:
        call(function, net, picture(size=(300, 300)))
    assert caught.value.message == f"Incorrect input size. The input images must have a size of [{size}]."


@pytest.mark.parametrize("kind", ["uint8", "uint16", "int32", "single", "double"])
def test_images_of_every_numeric_class(call, small, kind):
    dtype = {"single": np.float32, "double": np.float64}.get(kind, kind)
    x = picture()
    np.testing.assert_array_equal(
        call("activations", small, x.astype(dtype), "conv"), call("activations", small, x, "conv")
    )


@pytest.mark.parametrize(
    ("images", "got"),
    [
        ("face.jpg", "the input is a char of size 1x8"),
        (np.ones((8, 9, 3), bool), "the input is a logical of size 8x9x3"),
        (np.ones((8, 9, 3, 2, 2)), "the input is a double of size 8x9x3x2x2"),
        (np.array([[True]], object), "the input is a logical of size 1x1"),
    ],
)
def test_what_is_no_image_is_refused(call, small, images, got):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, images, "conv")
    assert caught.value.notes == (got,)
    assert caught.value.message.startswith("Incorrect input data.")


def test_a_grey_image_is_a_wrong_size_with_a_way_out(call, small):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, np.zeros((8, 9), np.uint8), "conv")
    assert caught.value.message == "Incorrect input size. The input images must have a size of [8 9 3]."
    assert caught.value.notes == ("the image is 8×9×1",)
    assert "repmat" in caught.value.hint


def test_no_images_give_no_rows(call, small):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, np.zeros((0, 0)), "conv")
    assert caught.value.message.startswith("Incorrect input size.")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("OutputAs", "chanels", "Expected OutputAs to match one of these values:"),
        ("MiniBatchSize", 0.0, "MiniBatchSize must be a positive integer"),
        ("MiniBatchSize", 2.5, "MiniBatchSize must be"),
        ("ExecutionEnvironment", "tpu", "Expected ExecutionEnvironment to match one of these values:"),
        ("Acceleration", "fast", "Expected Acceleration to match one of these values:"),
        ("OutputsAs", "rows", "'OutputsAs' is not a recognized parameter."),
    ],
)
def test_options_are_checked(call, small, option, value, message):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, picture(), "conv", option, value)
    assert caught.value.message.startswith(message)


def test_nothing_comes_after_the_layer_but_options(call, small):
    with pytest.raises(ScriptError, match="Too many input arguments"):
        call("activations", small, picture(), "conv", 3.0)


def test_complex_images_are_called_so(call, small):
    with pytest.raises(ScriptError) as caught:
        call("activations", small, picture() * 1j, "conv")
    assert caught.value.notes[0].startswith("the input is a complex ")


def test_the_minibatch_size_is_obeyed(call, small):
    call("activations", small, picture(5), "conv", "MiniBatchSize", 2.0, "Acceleration", "none")
    assert of(small.network).counts["walks"] == 3


def test_only_trained_networks_can_be_asked(call):
    layers = call("alexnet", "Weights", "none")
    for value in (layers, 5.0, "squeezenet"):
        with pytest.raises(ScriptError) as caught:
            call("activations", value, picture(), "conv1")
        assert caught.value.message == "Incorrect number or types of inputs or outputs for function activations."


def test_classify_gives_a_categorical_with_all_classes_and_single_scores(call, zoo):
    from PIL import Image
    from skimage import data

    def at_input_size(name):
        return np.asarray(Image.fromarray(getattr(data, name)()).resize((227, 227), Image.Resampling.BICUBIC))

    images = np.asfortranarray(np.stack([at_input_size("coffee"), at_input_size("chelsea")], -1))
    net = call("squeezenet")
    labels, scores = call("classify", net, images, nargout=2)
    assert isinstance(labels, Categorical)
    assert labels.texts() == ["espresso", "Egyptian cat"]
    assert labels.size() == (2, 1)
    assert len(labels.names) == 1000
    assert labels.names[0] == "tench"
    assert (scores.shape, scores.dtype) == ((2, 1000), np.float32)
    assert scores[0].max() > 0.99
    np.testing.assert_array_equal(call("predict", net, images), scores)
    assert isinstance(call("classify", net, images[..., 0]), Categorical)


def test_classify_needs_a_classification_layer(call, small):
    with pytest.raises(ScriptError) as caught:
        call("classify", small, picture())
    assert caught.value.identifier == "nnet_cnn:DAGNetwork:InvalidNetworkForClassify"
    assert caught.value.notes == ("this network ends in 'prob'",)


def test_predict_gives_scores_as_rows_and_maps_as_they_are(call, small):
    scores = call("predict", small, picture(3))
    assert scores.shape == (3, 4)
    np.testing.assert_allclose(scores.sum(1), 1, rtol=1e-5)
    found = read_architecture("\n".join(SMALL.splitlines()[:3]))
    maps = NetworkObject(found.network({"conv": {"Weights": np.ones((3, 3, 3, 4)), "Bias": np.ones(4)}}))
    assert call("predict", maps, picture(3)).shape == (6, 7, 4, 3)


def test_networks_without_weights_are_layers_only(call):
    assert isinstance(call("alexnet", "Weights", "none"), LayerArray)
    assert isinstance(call("squeezenet", "Weights", "none"), LayerGraph)
    with pytest.raises(ScriptError):
        call("squeezenet", "Weights", "places365")


def test_alexnet_without_a_way_to_its_weights_is_an_error_never_another_network(call):
    with pytest.raises(ScriptError) as caught:
        call("alexnet")
    assert caught.value.identifier == "nnet_cnn:supportpackages:InstallRequired"
    assert caught.value.message == "The weights of alexnet are not on this computer."


def test_waiting_is_told_to_the_zoos_progress(call, small, zoo, monkeypatch):
    said = []
    monkeypatch.setattr(zoo, "progress", said.append)
    monkeypatch.setattr(questions, "ask", lambda *a, progress, **o: progress("waiting") or np.zeros((1, 1, 6, 7, 4)))
    call("activations", small, picture(), "conv")
    assert said == ["waiting"]


# ------------------------------------------------------------------------------------------------------ forms of images


def cell_of(*values, columns=1):
    """A cell with a row for each observation."""
    cell = np.empty(len(values), object)
    cell[:] = values
    return cell.reshape((-1, columns))


def test_cells_of_images_are_observations(call, small):
    x = picture(3)
    cell = cell_of(*(x[..., k] for k in range(3)))
    expected = call("activations", small, x, "conv")
    np.testing.assert_allclose(call("activations", small, cell, "conv"), expected, rtol=1e-5, atol=1e-3)
    np.testing.assert_allclose(
        call("predict", small, cell, "MiniBatchSize", 2.0), call("predict", small, x), rtol=1e-5, atol=1e-6
    )


@pytest.fixture
def run():
    """run(code) in a session of its own: its variables."""
    from cnnscript.session import Session

    def run(code, **variables):
        session = Session(figures="words")
        for name, value in variables.items():
            session[name] = value
        session.run(code)
        return session

    return run


def test_tables_hold_images_or_names_of_files(run, small, tmp_path):
    x = picture(2)
    code = f"""
        imwrite(x(:,:,:,1), '{tmp_path}/one.png'); imwrite(x(:,:,:,2), '{tmp_path}/two.png');
        images = table({{x(:,:,:,1); x(:,:,:,2)}});
        files = table({{'{tmp_path}/one.png'; '{tmp_path}/two.png'}}, [1; 2]);
        a = predict(net, images); b = predict(net, files); c = net.predict(table(["{tmp_path}/one.png"]));
        e = predict(net, x);
    """
    session = run(code, net=small, x=x)
    for name in "ab":
        np.testing.assert_allclose(session[name], session["e"], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(session["c"], session["e"][:1], rtol=1e-5, atol=1e-6)


STORE = """classdef Store < handle
    properties
        Data
        Next = 1
        Reads = 0
        Kind
    end
    methods
        function s = Store(data, kind)
            s.Data = data; s.Kind = kind;
        end
        function yes = hasdata(s)
            yes = s.Next <= size(s.Data, 4);
        end
        function data = read(s)
            data = s.Data(:,:,:,s.Next);
            s.Next = s.Next + 1; s.Reads = s.Reads + 1;
            if s.Kind == "cell", data = {data, 'a label'}; end
            if s.Kind == "table", data = table({data}, {'label'}); end
        end
        function reset(s)
            s.Next = 1;
        end
    end
end
"""


@pytest.mark.parametrize("kind", ["image", "cell", "table"])
def test_datastores_are_read_to_their_end_and_left_at_their_start(run, small, tmp_path, kind):
    (tmp_path / "Store.m").write_text(STORE)
    code = f"""
        addpath('{tmp_path}');
        s = Store(x, "{kind}");
        read(s);
        a = predict(net, s, 'MiniBatchSize', 2);
        reads = s.Reads; next = s.Next;
        b = activations(net, s, 'conv'); c = minibatchpredict(net, s);
    """
    x = picture(5)
    session = run(code, net=small, x=x)
    expected = direct(small, x, "prob")[:, 0, 0, :]
    np.testing.assert_allclose(session["a"], expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(session["c"], expected, rtol=1e-5, atol=1e-6)
    assert session["b"].shape == (6, 7, 4, 5)
    assert (session["reads"], session["next"]) == (6.0, 1.0)


def test_a_datastore_that_fails_is_left_at_its_start(run, small, tmp_path):
    (tmp_path / "Store.m").write_text(STORE)
    code = f"""
        addpath('{tmp_path}');
        s = Store(x, "image");
        try, predict(net, s); catch e, said = e.message; end
        next = s.Next;
    """
    session = run(code, net=small, x=picture(3, size=(9, 9)))
    assert session["said"] == "Incorrect input size. The input images must have a size of [8 9 3]."
    assert session["next"] == 1.0


def test_images_of_several_sizes_give_a_cell_or_an_error(call, small):
    cell = cell_of(picture(), picture(size=(8, 12)))
    with pytest.raises(ScriptError) as caught:
        call("minibatchpredict", small, cell, "Outputs", "conv")
    assert caught.value.message == "All images must have the same size."
    maps = call("minibatchpredict", small, cell, "Outputs", "conv", "UniformOutput", False)
    assert [one.shape for one in maps.ravel()] == [(6, 7, 4), (6, 10, 4)]
    scores = call("minibatchpredict", small, cell, "UniformOutput", False)
    assert [one.shape for one in scores.ravel()] == [(1, 4), (1, 4)]


# ----------------------------------------------------------------------------------------- several inputs and outputs

@pytest.fixture
def two():
    """A network of two inputs and two outputs."""
    from cnnscript.engine.convolution_layers import Convolution
    from cnnscript.engine.graph import Network
    from cnnscript.engine.input_layers import ImageInput
    from cnnscript.engine.output_layers import ClassificationOutput
    from cnnscript.engine.pointwise_layers import Addition, ReLU, Softmax
    from cnnscript.engine.pooling_layers import GlobalAveragePooling

    layers = [
        ImageInput(name="left", input_size=(8, 9, 3), normalization="none"),
        ImageInput(name="right", input_size=(8, 9, 3), normalization="none"),
        Addition(name="sum"),
        Convolution(name="conv", num_filters=4, filter_size=(3, 3)),
        GlobalAveragePooling(name="pool"),
        Softmax(name="prob"),
        ClassificationOutput(name="class", classes=("a", "b", "c", "d")),
        ReLU(name="maps"),
    ]
    connections = [("left", "sum/in1"), ("right", "sum/in2"), ("sum", "conv"), ("conv", "pool"), ("pool", "prob"),
                   ("prob", "class"), ("conv", "maps")]  # fmt: skip
    rng = np.random.default_rng(0)
    numbers = {"conv": {"Weights": rng.normal(size=(3, 3, 3, 4)), "Bias": rng.normal(size=4)}}
    return NetworkObject(Network(layers, connections, parameters=numbers))


def test_several_inputs_and_outputs_in_the_order_of_their_names(call, two, small):
    a, b = picture(2), picture(2, seed=1)
    added = a.astype(np.float32) + b
    scores, maps = call("predict", two, a, b, nargout=2)
    assert (scores.shape, maps.shape) == ((2, 4), (6, 7, 4, 2))
    np.testing.assert_allclose(call("predict", small, added), scores, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(call("predict", two, a, b, "Outputs", cell_of("maps")), maps)
    act = call("activations", two, a, b, "conv", "OutputAs", "rows")
    assert act.shape == (2, 6 * 7 * 4)
    labels, _ = call("predict", two, a, b, "ReturnCategorical", True, nargout=2)
    assert isinstance(labels, Categorical)
    assert labels.texts() == ["abcd"[k] for k in scores.argmax(1)]
    cells = cell_of(a[..., 0], b[..., 0], a[..., 1], b[..., 1], columns=2)
    np.testing.assert_allclose(call("predict", two, cells, nargout=2)[0], scores, rtol=1e-5, atol=1e-6)


def test_wrong_numbers_of_inputs_and_outputs_are_named(call, two, small):
    x = picture()
    with pytest.raises(ScriptError) as caught:
        call("predict", two, x)
    assert caught.value.message == "The network has 2 inputs, and 1 was given."
    with pytest.raises(ScriptError) as caught:
        call("predict", two, x, picture(3))
    assert caught.value.notes == ("they have 1, 3",)
    with pytest.raises(ScriptError) as caught:
        call("predict", two, x, picture(size=(7, 9)))
    assert caught.value.notes[-1] == "it goes into 'right'"
    with pytest.raises(ScriptError) as caught:
        call("predict", small, x, x)
    assert caught.value.message == "The network has 1 input, and 2 were given."
    with pytest.raises(ScriptError) as caught:
        call("predict", small, x, nargout=2)
    assert caught.value.message == "Too many output arguments."
    with pytest.raises(ScriptError) as caught:
        call("predict", small, x, "Outputs", "relu2")
    assert caught.value.notes == ("'relu' is 6×7×4",)
    with pytest.raises(ScriptError) as caught:
        call("classify", two, x, x)
    assert caught.value.notes == ("this network has 2 outputs",)


def test_minibatchpredict_gives_layers_by_name(call, small):
    x = picture(3)
    maps = call("minibatchpredict", small, x, "Outputs", String.of("conv"))
    np.testing.assert_array_equal(maps, call("activations", small, x, "conv"))
    names = cell_of("prob", "relu").reshape(1, 2)
    scores, maps = call("minibatchpredict", small, x, "Outputs", names, "MiniBatchSize", 2.0, nargout=2)
    assert (scores.shape, maps.shape) == ((3, 4), (6, 7, 4, 3))


def test_answers_that_no_memory_holds_are_refused_before_computing(call, small):
    x = np.broadcast_to(np.uint8(0), (8, 9, 3, 10**9))
    with pytest.raises(ScriptError) as caught:
        call("activations", small, x, "conv")
    assert caught.value.identifier == "MATLAB:array:SizeLimitExceeded"


def test_long_work_says_how_far_it_is(call, small, zoo, monkeypatch):
    from cnnscript.engine import questions as engine_questions

    said = []
    monkeypatch.setattr(zoo, "progress", said.append)
    clock = iter(range(1000))
    monkeypatch.setattr(engine_questions.time, "monotonic", lambda: float(next(clock)))
    call("predict", small, picture(5), "MiniBatchSize", 1.0)
    assert "2 of 5 images done, 3 s left ..." in said  # a second an image
    assert said[-1] == ""


def test_a_dlnetwork_takes_larger_images_and_asks_to_be_initialised(run):
    code = """
        layers = [imageInputLayer([8 9 3],Name="in",Normalization="none"); convolution2dLayer(3,4,Name="conv")
                  globalAveragePooling2dLayer(Name="pool"); softmaxLayer(Name="prob")];
        net = dlnetwork(layers);
        x = single(magic(12)); x = cat(3,x,x,x)/144;
        scores = predict(net,x); maps = predict(net,x,Outputs="conv"); both = minibatchpredict(net,cat(4,x,x));
        empty = dlnetwork(layers,Initialize=false);
        try, predict(empty,x); catch e, said = e.message; end
        try, activations(net,x,"conv"); catch e, other = e.message; end
    """
    session = run(code)
    assert session["scores"].shape == (1, 1, 4)  # maps of one pixel are maps: nothing has flattened them
    assert session["maps"].shape == (10, 10, 4)
    np.testing.assert_allclose(session["both"], np.stack([session["scores"]] * 2, axis=3), rtol=1e-5)
    assert session["said"] == "The network must be initialized."
    assert session["other"] == "Incorrect number or types of inputs or outputs for function activations."


def test_an_image_too_large_for_classify_is_told_the_size_that_the_network_takes(run):
    """Not what becomes of it at the first fully connected layer."""
    session = run("""
        layers = [imageInputLayer([8 9 3],Name="in",Normalization="none")
                  fullyConnectedLayer(2,Weights=ones(2,216),Bias=[0;1],Name="fc"); softmaxLayer(Name="s")
                  classificationLayer(Name="out",Classes=["a" "b"])];
        net = assembleNetwork(layers); label = char(classify(net,zeros(8,9,3)));
        try, classify(net,zeros(20,20,3)); catch e, said = e.message; end
    """)
    assert session["label"] == "b"
    assert session["said"] == "Incorrect input size. The input images must have a size of [8 9 3]."
