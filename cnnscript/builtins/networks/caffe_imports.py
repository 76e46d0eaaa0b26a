"""Networks of Caffe from files."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks import imported_networks as imported
from cnnscript.builtins.registry import builtin
from cnnscript.engine.importing.caffe_graph import network_of_caffe
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY


def channel_means(value: Any) -> np.ndarray | None:
    """AverageImage: h×w×c or 1×1×c; the channels' means, as our input layers hold them."""
    if value is EMPTY:
        return None
    array = take.numeric(value, "AverageImage")
    return array.reshape(*array.shape[:2], -1).mean(axis=(0, 1), dtype=float)


@builtin
def importCaffeNetwork(
    protofile, datafile, /, *, InputSize=EMPTY, AverageImage=EMPTY, OutputLayerType=EMPTY, Classes="auto",
    ClassNames=EMPTY,
):  # fmt: skip
    """
    net = importCaffeNetwork(protofile,datafile)
    net = importCaffeNetwork(protofile,datafile,Name,Value)

    A trained Caffe network as a SeriesNetwork or DAGNetwork.

    protofile is the .prototxt of its architecture, datafile the .caffemodel of its weights. Images come in with the
    channels in the order that the network was trained on: blue, green, red for most, im(:,:,[3 2 1]).

    Options
      InputSize        [h w c], where the .prototxt does not say it
      AverageImage     what the input layer takes from the images: an image or 1×1×c; its mean for each channel is held
      OutputLayerType  'classification' or 'regression'; where not given, what ends in a softmax classifies
      Classes          names of the classes; 'auto' (default): class1, class2, ...
      ClassNames       the same, as older scripts write it

    Examples
      >> try, importCaffeNetwork('nowhere.prototxt','nowhere.caffemodel'); catch e, disp(e.message), end
      Unable to find file 'nowhere.prototxt'.

    See also importCaffeLayers, importONNXNetwork.
    """
    outputs, classes = imported.output_type(OutputLayerType), imported.classes_of(Classes, ClassNames)
    proto, data = imported.file_path(protofile, "protofile"), imported.file_path(datafile, "datafile")
    size, mean = imported.image_size(InputSize, "InputSize"), channel_means(AverageImage)
    return imported.as_object(
        network_of_caffe(proto, data, input_size=size, mean=mean, outputs=outputs, classes=classes)
    )


@builtin
def importCaffeLayers(protofile, /, *, InputSize=EMPTY):
    """
    layers = importCaffeLayers(protofile)
    layers = importCaffeLayers(protofile,Name,Value)

    The layers of a Caffe network without weights: a Layer array where they are in series, else a LayerGraph.

    Options
      InputSize  [h w c], where the .prototxt does not say it

    Examples
      >> try, importCaffeLayers('nowhere.prototxt','InputSize',[28 28 1]); catch e, disp(e.message), end
      Unable to find file 'nowhere.prototxt'.

    See also importCaffeNetwork.
    """
    proto = imported.file_path(protofile, "protofile")
    network = network_of_caffe(proto, input_size=imported.image_size(InputSize, "InputSize"))
    return imported.as_layers(network, False)
