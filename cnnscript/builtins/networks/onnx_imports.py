"""Networks from ONNX files, and the way of PyTorch's through ONNX."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.networks import imported_networks as imported
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.importing import onnx_graph
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY
from cnnscript.values.text import texts_or_none

FOLDINGS = ("deep", "shallow", "none")
DATA_FORMATS = ("BCSS", "BC", "BCS", "BCT")  # what ONNX's own order of axes is called


def from_onnx(path: Any, outputs: str, classes: tuple[str, ...], size: Any, namespace: str) -> Network:
    file, wanted = imported.file_path(path, "modelfile"), imported.image_size(size)
    return onnx_graph.network_of_onnx(
        onnx_graph.load_onnx(file), outputs=outputs, classes=classes, input_size=wanted, namespace=namespace
    )


def check_formats(given: Any, name: str) -> None:
    """InputDataFormats and OutputDataFormats: ONNX's own order is what is read; any other is refused."""
    texts = texts_or_none(given)
    if texts is None:
        raise take.wanted("a string array or cell array of data formats", name, given)
    for text in texts:
        if text and text.upper() not in DATA_FORMATS:
            raise ScriptError(
                "nnet_cnn:onnx:DataFormat", f"'{name}' '{text}' is not supported.",
                notes=(f"tensors are read in ONNX's own order: {', '.join(DATA_FORMATS)}",),
            )  # fmt: skip


def check_folding(constants: Any) -> None:
    """FoldConstants: what is constant is always computed once; 'none' and 'shallow' cannot be had."""
    chosen = take.choice(constants, FOLDINGS, "FoldConstants")
    if chosen != "deep":
        raise ScriptError(
            "nnet_cnn:onnx:FoldConstants", f"'FoldConstants' '{chosen}' is not supported.",
            hint="leave it out: all that is constant is computed while importing, as 'deep' says",
        )  # fmt: skip


@builtin
def importNetworkFromONNX(
    modelfile, /, *, Namespace="", InputDataFormats="", OutputDataFormats="", ImageInputSize=EMPTY
):
    """
    net = importNetworkFromONNX(modelfile)
    net = importNetworkFromONNX(modelfile,Name,Value)

    An ONNX network as a dlnetwork.

    Operators that are one of MATLAB's layers become it; others run as they are. Layers have the names of the nodes; one
    without a name is node_K, the K-th of the graph, and the name of its output finds it, too. The graph is read for one
    image: what depends on constants and sizes alone is computed while importing.

    Options
      Namespace          package of the classes of layers that MATLAB has not
      InputDataFormats   'BCSS' for images, 'BC' for features: ONNX's own orders; others are refused
      OutputDataFormats  the same, of the outputs
      ImageInputSize     [h w] or [h w c], for a model that leaves its input's size open

    Examples
      >> try, importNetworkFromONNX('nowhere.onnx'); catch e, disp(e.message), end
      Unable to find file 'nowhere.onnx'.

    See also importONNXNetwork, importONNXLayers, importNetworkFromPyTorch.
    """
    check_formats(InputDataFormats, "InputDataFormats")
    check_formats(OutputDataFormats, "OutputDataFormats")
    namespace = imported.namespace_of(Namespace, otherwise="nnet.onnx.layer")
    return imported.as_object(from_onnx(modelfile, "none", (), ImageInputSize, namespace))


@builtin
def importONNXNetwork(
    modelfile, /, *, PackageName="", Namespace="", TargetNetwork="dagnetwork", OutputLayerType=EMPTY, Classes="auto",
    ClassNames=EMPTY, InputDataFormats="", OutputDataFormats="", ImageInputSize=EMPTY, GenerateCustomLayers=True,
    FoldConstants="deep",
):  # fmt: skip
    """
    net = importONNXNetwork(modelfile)
    net = importONNXNetwork(modelfile,Name,Value)

    An ONNX network as a DAGNetwork or dlnetwork.

    See importNetworkFromONNX for the layers and their names.

    Options
      PackageName           package of the classes of layers that MATLAB has not
      Namespace             the same, as newer scripts write it
      TargetNetwork         'dagnetwork' (default) or 'dlnetwork'
      OutputLayerType       'classification' or 'regression'; where not given, what ends in a softmax classifies
      Classes               names of the classes: a cell or string array or categorical; 'auto' (default): 1, 2, ...
      ClassNames            the same, as older scripts write it
      InputDataFormats      'BCSS' for images, 'BC' for features: ONNX's own orders; others are refused
      OutputDataFormats     the same, of the outputs
      ImageInputSize        [h w] or [h w c], for a model that leaves its input's size open
      GenerateCustomLayers  true (default): operators that are no layer of MATLAB's run as they are; false: they are
                            an error
      FoldConstants         'deep' (default); others are refused

    Examples
      >> try, importONNXNetwork('nowhere.onnx','OutputLayerType','regression'); catch e, disp(e.message), end
      Unable to find file 'nowhere.onnx'.

    See also importNetworkFromONNX, importONNXLayers, importKerasNetwork.
    """
    check_formats(InputDataFormats, "InputDataFormats")
    check_formats(OutputDataFormats, "OutputDataFormats")
    check_folding(FoldConstants)
    outputs = imported.outputs_of(imported.target(TargetNetwork), OutputLayerType)
    namespace = imported.namespace_of(PackageName, Namespace, otherwise="nnet.onnx.layer")
    generate = take.flag(GenerateCustomLayers, "GenerateCustomLayers")
    network = from_onnx(modelfile, outputs, imported.classes_of(Classes, ClassNames), ImageInputSize, namespace)
    if not generate:
        refuse_operations(network)
    return imported.as_object(network)


def refuse_operations(network: Network) -> None:
    """Raise ScriptError where an operator runs as it is."""
    from cnnscript.engine.importing.foreign_layers import OnnxOperation

    custom = [layer for layer in network.layers if isinstance(layer, OnnxOperation)]
    if custom:
        raise ScriptError(
            "nnet_cnn:onnx:CustomLayers", f"Layer '{custom[0].name}' would be a custom layer: {custom[0].describe()}.",
            notes=(f"{len(custom)} operators of the network are no layers of MATLAB's",),
            hint="leave out 'GenerateCustomLayers',false",
        )  # fmt: skip


@builtin
def importONNXLayers(
    modelfile, /, *, PackageName="", Namespace="", TargetNetwork="dagnetwork", OutputLayerType=EMPTY, Classes="auto",
    ImportWeights=True, InputDataFormats="", OutputDataFormats="", ImageInputSize=EMPTY, FoldConstants="deep",
):  # fmt: skip
    """
    lgraph = importONNXLayers(modelfile)
    lgraph = importONNXLayers(modelfile,Name,Value)

    The layers of an ONNX network, as a LayerGraph.

    See importNetworkFromONNX for the layers and their names.

    Options
      PackageName        package of the classes of layers that MATLAB has not
      Namespace          the same, as newer scripts write it
      TargetNetwork      'dagnetwork' (default): with output layers; 'dlnetwork': without
      OutputLayerType    'classification' or 'regression'; where not given, what ends in a softmax classifies
      Classes            names of the classes; 'auto' (default): 1, 2, ...
      ImportWeights      true (default): the layers keep their weights
      InputDataFormats   'BCSS' for images, 'BC' for features: ONNX's own orders; others are refused
      OutputDataFormats  the same, of the outputs
      ImageInputSize     [h w] or [h w c], for a model that leaves its input's size open
      FoldConstants      'deep' (default); others are refused

    Examples
      >> try, importONNXLayers('nowhere.onnx','ImportWeights',false); catch e, disp(e.message), end
      Unable to find file 'nowhere.onnx'.

    See also importONNXNetwork, importNetworkFromONNX.
    """
    check_formats(InputDataFormats, "InputDataFormats")
    check_formats(OutputDataFormats, "OutputDataFormats")
    check_folding(FoldConstants)
    outputs = imported.outputs_of(imported.target(TargetNetwork), OutputLayerType)
    namespace = imported.namespace_of(PackageName, Namespace, otherwise="nnet.onnx.layer")
    keep = take.flag(ImportWeights, "ImportWeights")
    classes = imported.classes_of(Classes, EMPTY)
    return imported.as_layers(from_onnx(modelfile, outputs, classes, ImageInputSize, namespace), keep)


@builtin
def importNetworkFromPyTorch(modelfile, /, *, Namespace="", PyTorchInputSizes=EMPTY):
    """
    net = importNetworkFromPyTorch(modelfile)
    net = importNetworkFromPyTorch(modelfile,Name,Value)

    PyTorch's networks come through ONNX: this names the way, in an error.

    A traced PyTorch model (.pt) is a program, and is not run here. In Python,
    torch.onnx.export(model,torch.zeros(1,3,224,224),'net.onnx') writes the same network as an ONNX file, which
    importNetworkFromONNX reads.

    Options
      Namespace          package of the classes of layers that MATLAB has not
      PyTorchInputSizes  sizes of the inputs, as MATLAB takes them

    Examples
      >> try, importNetworkFromPyTorch('net.pt','PyTorchInputSizes',[1 3 224 224]); catch e, disp(e.identifier), end
      cnnscript:ThroughONNX

    See also importNetworkFromONNX.
    """
    name = take.text(modelfile, "modelfile")
    imported.namespace_of(Namespace, otherwise="")
    sizes = "1,3,224,224"
    if PyTorchInputSizes is not EMPTY:
        array = take.numeric(PyTorchInputSizes, "PyTorchInputSizes")
        sizes = ",".join("1" if number != number else f"{number:g}" for number in array.ravel("F"))
    stem = name.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0] or "net"
    raise ScriptError(
        "cnnscript:ThroughONNX",
        "Networks of PyTorch come through ONNX: a traced model is a program, which is not run here.",
        notes=(f"in Python: torch.onnx.export(model, torch.zeros({sizes}), '{stem}.onnx')",),
        hint=f"net = importNetworkFromONNX('{stem}.onnx')",
    )
