"""nnet.cnn.layer.Layer.empty: an array of layers without a layer, to be filled."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.empties import shape_of
from cnnscript.builtins.networks.network_objects import LAYER_CLASS, LayerArray
from cnnscript.builtins.registry import builtin
from cnnscript.values.numeric import OBJECT


@builtin(name="nnet.cnn.layer.Layer.empty")
def empty_layers(*sizes):
    """
    layers = nnet.cnn.layer.Layer.empty
    layers = nnet.cnn.layer.Layer.empty(m,n)
    layers = nnet.cnn.layer.Layer.empty([m n])

    An array of layers without a layer: 0×0, or of a size with a zero in it.

    Examples
      >> layers = nnet.cnn.layer.Layer.empty;
      >> layers(end+1,1) = reluLayer; layers(end+1,1) = softmaxLayer;
      >> size(layers)
      ans =
           2     1
      >> size(nnet.cnn.layer.Layer.empty(0,1))
      ans =
           0     1
      >> size(nnet.cnn.layer.Layer.empty([0 2]))
      ans =
           0     2

    See also isempty, reluLayer, layerGraph.
    """
    return LayerArray(np.empty(shape_of(sizes, LAYER_CLASS), OBJECT))
