"""Networks to files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, NetworkObject
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.importing import keras_export, onnx_export
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, class_of, size_of, size_text
from cnnscript.values.take import unfit_inputs


def network_to_export(value: Any, function: str) -> Network:
    """The engine's network behind a network object; layers without a network are told the way."""
    if type(value) is DLNetwork and value.network is None:
        raise ScriptError(
            "nnet_cnn:dlnetwork:NotInitialized", "An uninitialized dlnetwork has no weights to export.",
            hint="net = initialize(net)",
        )  # fmt: skip
    if type(value) in (NetworkObject, DLNetwork):
        return value.network
    hint = "a network such as squeezenet comes first"
    if type(value) in (LayerGraph, LayerArray):
        hint = "net = assembleNetwork(layers) makes a network of layers with weights"
    raise unfit_inputs(
        function, f"the first input is a {class_of(value)} of size {size_text(size_of(value))}", hint=hint
    )


def write_beside(path: Path, content: bytes) -> None:
    """A file written beside and renamed, so that no half file is ever found under its name."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise ScriptError(
            "nnet_cnn:exporting:CannotWrite", f"Unable to write file '{path}'.", notes=(fault.strerror or str(fault),)
        ) from fault


@builtin
def exportONNXNetwork(net, filename, /, *, NetworkName="Network", OpsetVersion=14.0, BatchSize=EMPTY):
    """
    exportONNXNetwork(net,filename)
    exportONNXNetwork(net,filename,Name,Value)

    Write a network as an ONNX file.

    net is a SeriesNetwork, DAGNetwork or dlnetwork. The images come in as the network takes them, batch × channels ×
    height × width: the normalisation of the input layer is part of the graph. Nodes have the names of the layers.

    Options
      NetworkName   name of the graph ("Network")
      OpsetVersion  version of ONNX's set of operators: 7 to 21 (14, the highest that MATLAB writes)
      BatchSize     number of images; [] (default) leaves it open

    Examples
      >> file = [tempname '.onnx'];
      >> exportONNXNetwork(squeezenet,file,'OpsetVersion',9)
      >> again = importONNXNetwork(file);
      >> again.Layers(3).Name
      ans =
          'conv1'

    See also importONNXNetwork, exportNetworkToTensorFlow.
    """
    network = network_to_export(net, "exportONNXNetwork")
    path = Path(take.text(filename, "filename")).expanduser()
    low, high = onnx_export.OPSETS[0], onnx_export.OPSETS[-1]
    opset = take.integer(OpsetVersion, "OpsetVersion", low, high)
    batch = None if BatchSize is EMPTY else take.positive(BatchSize, "BatchSize")
    model = onnx_export.onnx_model(network, name=take.text(NetworkName, "NetworkName"), opset=opset, batch=batch)
    write_beside(path, model.SerializeToString())


@builtin
def exportNetworkToTensorFlow(net, modelPackage, /):
    """
    exportNetworkToTensorFlow(net,modelPackage)

    Write a network as a Python package that makes the same Keras model.

    net is a SeriesNetwork, DAGNetwork or dlnetwork. The folder modelPackage gets model.py, readable Python with a line
    for each layer, its weights, __init__.py and README.txt; in Python, `import modelPackage; model =
    modelPackage.load_model()` has the trained model. A name that ends in .keras gives that one file instead. The images
    come in as the network takes them: the normalisation of the input layer is part of the model.

    Examples
      >> folder = tempname;
      >> exportNetworkToTensorFlow(squeezenet,folder)
      >> files = dir(folder); files(end).name
      ans =
          'model.weights.h5'

    See also importNetworkFromTensorFlow, exportONNXNetwork.
    """
    network = network_to_export(net, "exportNetworkToTensorFlow")
    path = Path(take.text(modelPackage, "modelPackage")).expanduser()
    keras_export.write_package(network, path)
