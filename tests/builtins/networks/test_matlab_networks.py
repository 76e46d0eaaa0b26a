"""Networks that MATLAB saved: their layers, numbers, connections and classes come back and compute."""

import io

import numpy as np
import pytest

from cnnscript.session import Session
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct
from tests.builtins.files.matlab_object_files import Made, Several, text_object, version_5, version_7_3
from tests.builtins.files.test_matlab_objects import categorical, cell

EMPTY = np.zeros((0, 0))


def row(*numbers):
    return np.array([numbers], float)


def learnable(array):
    """What saveobj makes of a parameter."""
    return Struct({"Value": array, "LearnRateFactor": 1.0, "L2Factor": 1.0})


def layer(kind, name, package="nnet.cnn.layer", **properties):
    return Made(f"{package}.{kind}", {"Version": 1.0, "Name": name, **properties}, saved=True)


@pytest.fixture
def numbers():
    rng = np.random.default_rng(5)

    def some(*shape):
        return np.asfortranarray(rng.normal(size=shape).astype(np.float32))

    return {"w": some(3, 3, 3, 4), "b": some(1, 1, 4), "offset": some(1, 1, 4), "scale": some(1, 1, 4),
            "mean": some(1, 1, 4), "variance": np.abs(some(1, 1, 4)), "f": some(2, 144), "fb": some(2, 1),
            "g": some(3, 3, 1, 1, 4), "gb": some(1, 1, 1, 4), "image": some(6, 6, 3)}  # fmt: skip


def made_layers(n, output=True):
    layers = [
        layer("ImageInputLayer", "in", InputSize=row(6, 6, 3), Normalization="zerocenter", AverageImage=n["image"],
              DataAugmentation="none"),
        layer("Convolution2DLayer", "c", FilterSize=row(3, 3), NumChannels=3.0, NumFilters=4.0, Stride=row(1, 1),
              DilationFactor=row(1, 1), PaddingMode="manual", PaddingSize=row(1, 1, 1, 1), Weights=learnable(n["w"]),
              Bias=learnable(n["b"])),
        layer("BatchNormalizationLayer", "bn", Epsilon=1e-3, NumChannels=4.0, TrainedMean=n["mean"],
              TrainedVariance=n["variance"], Offset=learnable(n["offset"]), Scale=learnable(n["scale"])),
        layer("ReLULayer", "r"),
        layer("GroupedConvolution2DLayer", "g", FilterSize=row(3, 3), NumGroups=4.0, NumChannelsPerGroup=1.0,
              NumFiltersPerGroup=1.0, Stride=row(1, 1), PaddingMode="same", PaddingSize=EMPTY,
              Weights=learnable(n["g"]), Bias=learnable(n["gb"])),
        layer("AdditionLayer", "a", NumInputs=2.0),
        layer("FullyConnectedLayer", "f", InputSize=144.0, OutputSize=2.0, Weights=learnable(n["f"]),
              Bias=learnable(n["fb"])),
        layer("SoftmaxLayer", "s"),
    ]  # fmt: skip
    if output:
        classes = categorical([1, 2], "cat", "dog")
        layers.append(layer("ClassificationOutputLayer", "out", OutputSize=2.0, Classes=classes))
    return layers


PAIRS = [("in", "c"), ("c", "bn"), ("bn", "r"), ("r", "g"), ("g", "a/in1"), ("r", "a/in2"), ("a", "f"), ("f", "s"),
         ("s", "out")]  # fmt: skip


def array_of(layers):
    return Several("nnet.cnn.layer.Layer", layers, (len(layers), 1))


def cells(rows):
    made = np.empty((len(rows), len(rows[0])), OBJECT)
    for k, one in enumerate(rows):
        made[k, :] = one
    return made


def table(pairs):
    columns = [cells([(pair[side],) for pair in pairs]) for side in (0, 1)]
    return Made("table", {"data": cell(*columns), "nrows": float(len(pairs)), "nvars": 2.0,
                          "varnames": cell("Source", "Destination"), "rownames": EMPTY})  # fmt: skip


NAMES = ["in", "c", "bn", "r", "g", "a", "f", "s", "out"]
CONNECTIONS = {
    "table": lambda: table(PAIRS),
    "struct": lambda: Struct({"Source": cells([p[:1] for p in PAIRS]), "Destination": cells([p[1:] for p in PAIRS])}),
    "cell": lambda: cells(PAIRS),
    "numbers": lambda: np.array([[NAMES.index(one) + 1, 1, NAMES.index(other.partition("/")[0]) + 1,
                                  2 if other.endswith("in2") else 1] for one, other in PAIRS], float),
}  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")

    def attempt(code):
        out.seek(0)
        out.truncate()
        session.attempt(code)
        return out.getvalue()

    return attempt


def write(path, layout, **variables):
    if layout == "7.3":
        version_7_3(path, variables)
    else:
        path.write_bytes(version_5(variables, compress=True))


SAME = """
n = load('numbers.mat'); L = net.Layers;
disp([isequal(L(2).Weights, n.w), isequal(L(2).Bias, n.b), isequal(L(3).Offset, n.offset), ...
  isequal(L(3).Scale, n.scale), isequal(L(3).TrainedMean, n.mean), isequal(L(3).TrainedVariance, n.variance), ...
  isequal(L(5).Weights, n.g), isequal(L(7).Weights, n.f), isequal(L(7).Bias, n.fb), isequal(L(1).Mean, n.image), ...
  L(3).Epsilon == 1e-3, isequal(L(2).PaddingSize, [1 1 1 1]), isequal(L(5).PaddingMode, 'same')])
"""


def keep_numbers(path, numbers):
    path.write_bytes(version_5(numbers))


@pytest.mark.parametrize("layout", ["7", "7.3"])
@pytest.mark.parametrize("connections", CONNECTIONS)
def test_a_dag_network_comes_back_whole(run, tmp_path, numbers, layout, connections):
    keep_numbers(tmp_path / "numbers.mat", numbers)
    net = Made("DAGNetwork", {"Version": 1.0, "Layers": array_of(made_layers(numbers)),
                              "Connections": CONNECTIONS[connections]()}, saved=True)  # fmt: skip
    write(tmp_path / "net.mat", layout, net=net)
    assert run("load net.mat") == ""
    assert run(SAME).split() == ["1"] * 13
    assert run("disp(class(net)), disp(height(net.Connections)), disp(cellstr(net.Layers(end).Classes)')").split() == [
        "DAGNetwork", "9", "{'cat'}", "{'dog'}",
    ]  # fmt: skip


def test_a_series_network_computes_what_its_numbers_say(run, tmp_path, numbers):
    layers = made_layers(numbers)
    chosen = [layers[k] for k in (0, 1, 3, 6, 7, 8)]
    net = Made("SeriesNetwork", {"Version": 2.0, "Layers": array_of(chosen)}, saved=True)
    write(tmp_path / "net.mat", "7", net=net)
    image = np.random.default_rng(1).integers(0, 9, (6, 6, 3)).astype(float)
    keep_numbers(tmp_path / "x.mat", {"x": image})
    x = np.pad(image - numbers["image"], ((1, 1), (1, 1), (0, 0)))
    places = [(i, j) for i in range(3) for j in range(3)]
    maps = sum(np.einsum("hwc,cf->hwf", x[i : i + 6, j : j + 6], numbers["w"][i, j]) for i, j in places)
    maps = np.maximum(maps + numbers["b"], 0)
    scores = numbers["f"] @ maps.ravel("F") + numbers["fb"].ravel()
    expected = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    said = run("load net.mat, load x.mat, fprintf('%.5f ', predict(net, x)); disp(class(net))").split()
    np.testing.assert_allclose([float(word) for word in said[:2]], expected, atol=2e-5)
    assert said[2] == "SeriesNetwork"


def test_older_files_have_other_layouts(run, tmp_path, numbers):
    keep_numbers(tmp_path / "numbers.mat", numbers)
    layers = made_layers(numbers)
    layers[1].properties["Padding"] = row(1, 1)
    for word in ("PaddingSize", "PaddingMode", "DilationFactor"):
        del layers[1].properties[word]
    whole = numbers["f"].reshape(2, 6, 6, 4, order="F").transpose(1, 2, 3, 0)
    layers[6].properties["Weights"] = learnable(np.asfortranarray(whole))
    layers[8].properties["ClassNames"] = cells([("cat",), ("dog",)])
    del layers[8].properties["Classes"]
    lgraph = Made("nnet.cnn.LayerGraph", {"Layers": array_of(layers), "Connections": table(PAIRS)})
    write(tmp_path / "net.mat", "7", net=Made("DAGNetwork", {"LayerGraph": lgraph}, saved=True), lgraph=lgraph)
    assert run("load net.mat") == ""
    assert run(SAME).split() == ["1"] * 13
    assert run("disp(class(lgraph)), disp(numel(lgraph.Layers))").split() == ["nnet.cnn.LayerGraph", "9"]


def test_two_groups_of_filters_written_as_a_convolution(run, tmp_path, numbers):
    rng = np.random.default_rng(3)
    weights = np.asfortranarray(rng.normal(size=(3, 3, 2, 6)).astype(np.float32))
    one = layer("Convolution2DLayer", "conv2", FilterSize=row(3, 3), NumChannels=row(2, 2), NumFilters=row(3, 3),
                Stride=row(1, 1), Padding=row(0, 0), Weights=learnable(weights),
                Bias=learnable(np.zeros((1, 1, 6), np.float32)))  # fmt: skip
    write(tmp_path / "l.mat", "7", one=one)
    keep_numbers(tmp_path / "w.mat", {"w": weights})
    said = run("load l.mat, load w.mat, disp(class(one)), disp(one.NumGroups)")
    said += run("disp(isequal(one.Weights(:,:,:,:,2), w(:,:,:,4:6)))")
    assert said.split() == ["nnet.cnn.layer.GroupedConvolution2DLayer", "2", "1"]


@pytest.mark.parametrize("layout", ["7", "7.3"])
def test_a_dlnetwork_with_its_tables(run, tmp_path, numbers, layout):
    keep_numbers(tmp_path / "numbers.mat", numbers)
    layers = made_layers(numbers, output=False)
    rows = []
    for one in layers:
        for parameter in ("Weights", "Bias", "Offset", "Scale"):
            if parameter in one.properties:
                value = one.properties.pop(parameter).fields["Value"]
                rows.append((one.properties["Name"], parameter, Made("dlarray", {"Data": value})))
    columns = [text_object([each[side] for each in rows], (len(rows), 1)) for side in (0, 1)]
    values = np.empty((len(rows), 1), OBJECT)
    values[:, 0] = [each[2] for each in rows]
    learnables = Made("table", {"data": cell(*columns, values), "nrows": float(len(rows)), "nvars": 3.0,
                                "varnames": cell("Layer", "Parameter", "Value"), "rownames": EMPTY})  # fmt: skip
    net = Made("dlnetwork", {"Layers": array_of(layers), "Connections": table(PAIRS[:-1]), "Learnables": learnables},
               saved=True)  # fmt: skip
    write(tmp_path / "net.mat", layout, net=net)
    assert run("load net.mat") == ""
    assert run(SAME).split() == ["1"] * 13
    assert run("disp(class(net)), disp(net.Initialized)").split() == ["dlnetwork", "1"]


def test_a_layer_of_a_class_that_is_not_here_is_named_with_the_way_out(run, tmp_path, numbers):
    layers = [*made_layers(numbers)[:3], layer("FancyLayer", "odd", package="my.layer")]
    net = Made("SeriesNetwork", {"Layers": array_of(layers)}, saved=True)
    write(tmp_path / "net.mat", "7", net=net, x=np.array([[4.0]]))
    said = run("load net.mat, disp(x)")
    assert "Variable 'net' is a network with a layer of class my.layer.FancyLayer ('odd')" in said
    assert "exportONNXNetwork(net,'net.onnx')" in said
    assert said.split()[-1] == "4"


def test_a_network_in_a_form_that_is_not_known_is_named(run, tmp_path, numbers):
    write(tmp_path / "net.mat", "7", net=Made("DAGNetwork", {"Secret": 1.0}, saved=True))
    said = run("load net.mat")
    assert "Variable 'net' is a DAGNetwork in a form that is not known (it names no layers)" in said
    assert "exportONNXNetwork" in said


def test_numbers_that_do_not_fit_are_told(run, tmp_path, numbers):
    layers = made_layers(numbers)
    layers[6].properties["Weights"] = learnable(numbers["f"][:, :-1])
    net = Made("SeriesNetwork", {"Layers": array_of([layers[k] for k in (0, 1, 3, 6, 7, 8)])}, saved=True)
    write(tmp_path / "net.mat", "7", net=net)
    said = run("load net.mat")
    assert "does not fit together" in said and "'f'" in said


@pytest.mark.parametrize(
    "package", ["nnet.keras.layer.ZeroPadding2dLayer", "nnet.nasnetlarge.layer.NASNetLargeZeroPadding2dLayer"]
)
def test_zeros_padded_by_a_layer_of_an_imported_network(run, tmp_path, package):
    namespace, _, kind = package.rpartition(".")
    padding = layer(kind, "pad", package=namespace, Top=0.0, Bottom=1.0, Left=2.0, Right=3.0)
    image = layer("ImageInputLayer", "in", InputSize=row(2, 2, 1), Normalization="none")
    graph = Made("nnet.cnn.LayerGraph", {"Layers": array_of([image, padding])}, saved=True)
    write(tmp_path / "net.mat", "7", lgraph=graph)
    said = run("""load net.mat, L = lgraph.Layers(2); disp(class(L)), disp([L.Top L.Bottom L.Left L.Right])
net = dlnetwork(lgraph); disp(extractdata(predict(net, dlarray([1 2; 3 4], 'SSC'))))""")
    assert [line.split() for line in said.splitlines() if line.strip()] == [
        [package], ["0", "1", "2", "3"], ["0", "0", "1", "2", "0", "0", "0"], ["0", "0", "3", "4", "0", "0", "0"],
        ["0"] * 7,
    ]  # fmt: skip
