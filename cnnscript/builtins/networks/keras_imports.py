"""Networks of Keras and TensorFlow from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cnnscript.builtins.networks import imported_networks as imported
from cnnscript.builtins.networks.network_making import graph_of_argument
from cnnscript.builtins.networks.network_objects import layer_column
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.importing import keras_files, keras_graph
from cnnscript.engine.importing.foreign_layers import KerasOperation, OnnxOperation
from cnnscript.engine.layers import Size
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY


def keras_network(model: Any, outputs: str, classes: tuple[str, ...], size: Size | None, namespace: str) -> Network:
    return keras_graph.network_of(model, outputs=outputs, classes=classes, input_size=size, namespace=namespace)


def from_keras_file(path: Any, weights: Any, outputs: str, classes: Any, old: Any, size: Any) -> Network:
    file = None if weights is EMPTY else imported.file_path(weights, "WeightFile")
    names, wanted = imported.classes_of(classes, old), imported.image_size(size)
    model = keras_files.load_keras_file(imported.file_path(path, "modelfile"), file)
    return keras_network(model, outputs, names, wanted, "nnet.keras.layer")


@builtin
def importKerasNetwork(
    modelfile, /, *, WeightFile=EMPTY, OutputLayerType=EMPTY, ImageInputSize=EMPTY, Classes="auto", ClassNames=EMPTY
):
    """
    net = importKerasNetwork(modelfile)
    net = importKerasNetwork(modelfile,Name,Value)

    A trained Keras network from a file: a SeriesNetwork of a Sequential model, otherwise a DAGNetwork.

    modelfile is a .keras or .h5 file, or a .json architecture whose weights are in another file. Models inside models
    are written out in place: layers are called base/conv5, and conv5 finds them where that is unique. Layers that are
    none of MATLAB's run as they are. Code in files (Lambda layers) is never run.

    Options
      WeightFile       the file of the weights, for a .json architecture
      OutputLayerType  'classification' or 'regression'; where not given, what ends in a softmax classifies
      ImageInputSize   [h w] or [h w c], for a model that leaves its input's size open
      Classes          names of the classes: a cell or string array or categorical; 'auto' (default): 1, 2, ...
      ClassNames       the same, as older scripts write it

    Examples
      >> try, importKerasNetwork('nowhere.h5'); catch e, disp(e.message), end
      Unable to find file 'nowhere.h5'.

    See also importKerasLayers, importNetworkFromTensorFlow.
    """
    outputs = imported.output_type(OutputLayerType)
    return imported.as_object(
        from_keras_file(modelfile, WeightFile, outputs, Classes, ClassNames, ImageInputSize)
    )


@builtin
def importKerasLayers(
    modelfile, /, *, ImportWeights=False, WeightFile=EMPTY, OutputLayerType=EMPTY, ImageInputSize=EMPTY, Classes="auto",
    ClassNames=EMPTY,
):  # fmt: skip
    """
    layers = importKerasLayers(modelfile)
    layers = importKerasLayers(modelfile,Name,Value)

    The layers of a Keras network from a file: a Layer array of a Sequential model, otherwise a LayerGraph.

    Options
      ImportWeights    true: the layers keep their weights; false (default): the architecture only
      WeightFile       the file of the weights, for a .json architecture
      OutputLayerType  'classification' or 'regression'; where not given, what ends in a softmax classifies
      ImageInputSize   [h w] or [h w c], for a model that leaves its input's size open
      Classes          names of the classes; 'auto' (default): 1, 2, ...
      ClassNames       the same, as older scripts write it

    Examples
      >> try, importKerasLayers('nowhere.h5','ImportWeights',true); catch e, disp(e.message), end
      Unable to find file 'nowhere.h5'.

    See also importKerasNetwork, importTensorFlowLayers, findPlaceholderLayers.
    """
    outputs = imported.output_type(OutputLayerType)
    keep = take.flag(ImportWeights, "ImportWeights")
    network = from_keras_file(modelfile, WeightFile, outputs, Classes, ClassNames, ImageInputSize)
    return imported.as_layers(network, keep)


@builtin(name="findPlaceholderLayers")
def find_placeholder_layers(imported_layers, /):
    """
    placeholderLayers = findPlaceholderLayers(importedLayers)

    The layers of an imported network that MATLAB has no layer for.

    importedLayers is what importKerasLayers and the like give: a Layer array, a LayerGraph or a network. Here such
    layers compute what they did where they come from, so that nothing has to be put in their place; MATLAB has
    placeholders there, which scripts replace. The KerasConfiguration of a layer from Keras is a struct of its settings.

    Examples
      >> placeholderLayers = findPlaceholderLayers([imageInputLayer([28 28 1]); reluLayer]);
      >> isempty(placeholderLayers)
      ans =
        logical
         1

    See also importKerasLayers, importONNXLayers, replaceLayer, assembleNetwork.
    """
    foreign = (KerasOperation, OnnxOperation)
    graph = graph_of_argument(imported_layers, "findPlaceholderLayers")
    return layer_column(holder for holder in graph.holders if isinstance(holder.layer, foreign))


def from_folder(folder: Any, outputs: str, classes: tuple[str, ...], size: Any, namespace: str) -> Network:
    path: Path = imported.file_path(folder, "modelFolder")
    wanted = imported.image_size(size)
    network = keras_network(keras_files.load_saved_model(path), outputs, classes, wanted, namespace)
    if network.kind == "series":  # MATLAB's functions for TensorFlow make no difference between series and graphs
        network.kind = "dag"
    return network


@builtin
def importNetworkFromTensorFlow(modelFolder, /, *, Namespace="", ImageInputSize=EMPTY):
    """
    net = importNetworkFromTensorFlow(modelFolder)
    net = importNetworkFromTensorFlow(modelFolder,Name,Value)

    A TensorFlow network as a dlnetwork.

    modelFolder is a SavedModel folder; files of Keras (.keras, .h5) are taken as well. A folder that Keras 2 saved has
    the layers themselves; of any other, one layer runs the whole.

    Options
      Namespace       package of the classes of layers that MATLAB has not
      ImageInputSize  [h w] or [h w c], for a model that leaves its input's size open

    Examples
      >> try, importNetworkFromTensorFlow('nowhere'); catch e, disp(e.message), end
      Unable to find file 'nowhere'.

    See also importTensorFlowNetwork, importKerasNetwork.
    """
    namespace = imported.namespace_of(Namespace, otherwise="nnet.keras.layer")
    return imported.as_object(from_folder(modelFolder, "none", (), ImageInputSize, namespace))


@builtin
def importTensorFlowNetwork(
    modelFolder, /, *, PackageName="", Namespace="", TargetNetwork="dagnetwork", OutputLayerType=EMPTY,
    ImageInputSize=EMPTY, Classes="auto", ClassNames=EMPTY,
):  # fmt: skip
    """
    net = importTensorFlowNetwork(modelFolder)
    net = importTensorFlowNetwork(modelFolder,Name,Value)

    A TensorFlow network as a DAGNetwork or dlnetwork.

    See importNetworkFromTensorFlow for what modelFolder may be.

    Options
      PackageName      package of the classes of layers that MATLAB has not
      Namespace        the same, as newer scripts write it
      TargetNetwork    'dagnetwork' (default) or 'dlnetwork'
      OutputLayerType  'classification' or 'regression'; where not given, what ends in a softmax classifies
      ImageInputSize   [h w] or [h w c], for a model that leaves its input's size open
      Classes          names of the classes; 'auto' (default): 1, 2, ...
      ClassNames       the same, as older scripts write it

    Examples
      >> try, importTensorFlowNetwork('nowhere','TargetNetwork','dlnetwork'); catch e, disp(e.message), end
      Unable to find file 'nowhere'.

    See also importNetworkFromTensorFlow, importTensorFlowLayers.
    """
    outputs = imported.outputs_of(imported.target(TargetNetwork), OutputLayerType)
    namespace = imported.namespace_of(PackageName, Namespace, otherwise="nnet.keras.layer")
    classes = imported.classes_of(Classes, ClassNames)
    return imported.as_object(from_folder(modelFolder, outputs, classes, ImageInputSize, namespace))


@builtin
def importTensorFlowLayers(
    modelFolder, /, *, PackageName="", Namespace="", TargetNetwork="dagnetwork", OutputLayerType=EMPTY,
    ImageInputSize=EMPTY, Classes="auto",
):  # fmt: skip
    """
    lgraph = importTensorFlowLayers(modelFolder)
    lgraph = importTensorFlowLayers(modelFolder,Name,Value)

    The layers of a TensorFlow network with their weights, as a LayerGraph.

    See importNetworkFromTensorFlow for what modelFolder may be.

    Options
      PackageName      package of the classes of layers that MATLAB has not
      Namespace        the same, as newer scripts write it
      TargetNetwork    'dagnetwork' (default): with output layers; 'dlnetwork': without
      OutputLayerType  'classification' or 'regression'; where not given, what ends in a softmax classifies
      ImageInputSize   [h w] or [h w c], for a model that leaves its input's size open
      Classes          names of the classes; 'auto' (default): 1, 2, ...

    Examples
      >> try, importTensorFlowLayers('nowhere'); catch e, disp(e.message), end
      Unable to find file 'nowhere'.

    See also importTensorFlowNetwork, importKerasLayers.
    """
    outputs = imported.outputs_of(imported.target(TargetNetwork), OutputLayerType)
    namespace = imported.namespace_of(PackageName, Namespace, otherwise="nnet.keras.layer")
    classes = imported.classes_of(Classes, EMPTY)
    return imported.as_layers(from_folder(modelFolder, outputs, classes, ImageInputSize, namespace), True)
