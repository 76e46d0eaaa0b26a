"""Networks that find the noise of an image: dnCNNLayers, denoiseImage."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.network_objects import NetworkObject, join_layers
from cnnscript.builtins.registry import builtin
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.output_layers import RegressionOutput
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, norm, size_text

FILTERS = 64
SPREAD = np.sqrt(2 / (9 * FILTERS))  # of the first weights: He's, as for 64 channels everywhere
CLASSES = {"uint8": "im2uint8", "uint16": "im2uint16", "int16": "im2int16", "single": "im2single", "double": "double"}


@builtin(name="dnCNNLayers")
def denoising_layers(session, /, *, NetworkDepth=20.0):
    """
    layers = dnCNNLayers
    layers = dnCNNLayers('NetworkDepth',depth)

    The layers of DnCNN, which learns the noise of grey images from patches of 50 by 50 (arXiv:1608.03981):
    denoisingImageDatastore makes such patches, and denoiseImage takes the noise away that the trained network finds.

    Options
      NetworkDepth  how many convolutions there are, 3 or more (20)

    Examples
      >> layers = dnCNNLayers('NetworkDepth',3); disp(strjoin({layers.Name}))
      InputLayer Conv1 ReLU1 Conv2 BNorm2 ReLU2 Conv3 FinalRegressionLayer
      >> size(dnCNNLayers)
      ans =
           1    59

    See also denoiseImage, denoisingImageDatastore, trainNetwork.
    """
    depth = take.positive(NetworkDepth, "NetworkDepth")
    if depth < 3:
        raise ScriptError(
            "MATLAB:dnCNNLayers:notGreaterEqual", "Expected NetworkDepth to be a scalar with value >= 3.",
            notes=(f"got {depth}",),
        )  # fmt: skip

    def random(*sides: int) -> Any:
        return norm(SPREAD * as_array(session.call("randn", 1, *map(float, sides))))

    def convolution(k: int, channels: int, filters: int, *more: Any) -> Any:
        zeros = norm(np.zeros((1, 1, filters)))
        return session.call(
            "convolution2dLayer", 1, 3.0, float(filters), "Padding", 1.0, "Name", f"Conv{k}",
            "NumChannels", float(channels), "Weights", random(3, 3, channels, filters), "Bias", zeros,
            "BiasL2Factor", 0.0, *more,
        )  # fmt: skip

    none = norm(np.zeros((1, 1, FILTERS)))
    size = norm(np.array([[50.0, 50.0, 1.0]]))
    layers = [session.call("imageInputLayer", 1, size, "Name", "InputLayer", "Normalization", "none")]
    layers += [convolution(1, 1, FILTERS), session.call("reluLayer", 1, "Name", "ReLU1")]
    for k in range(2, depth):
        layers += [
            convolution(k, FILTERS, FILTERS, "BiasLearnRateFactor", 0.0),
            session.call(
                "batchNormalizationLayer", 1, "Name", f"BNorm{k}", "Offset", none, "Scale", random(1, 1, FILTERS),
                "OffsetL2Factor", 0.0, "ScaleL2Factor", 0.0,
            ),
            session.call("reluLayer", 1, "Name", f"ReLU{k}"),
        ]  # fmt: skip
    last = session.call("regressionLayer", 1, "Name", "FinalRegressionLayer")
    return join_layers((*layers, convolution(depth, FILTERS, 1), last), 1)


@builtin(name="denoiseImage")
def denoise_image(session, A, net, /):
    """
    B = denoiseImage(A,net)

    An image without the noise that a network finds in it: A less the network's answer to A.

    A is an image, or several along the fourth dimension, with as many channels as the network takes, of any size; B is
    of its class. net is a trained network whose last layer is a regression layer, as dnCNNLayers has. MATLAB's own
    trained network, denoisingNetwork('DnCNN'), is not in cnnscript.

    Examples
      >> quarter = convolution2dLayer(1,1,'Weights',0.25,'Bias',0);
      >> net = assembleNetwork([imageInputLayer([4 4],'Normalization','none') quarter regressionLayer]);
      >> B = denoiseImage([0.8 0.4; 0 1],net)
      B =
          0.6000    0.3000
               0    0.7500

    See also dnCNNLayers, denoisingImageDatastore, imnoise.
    """
    layers = net.network.layers if type(net) is NetworkObject else ()
    if not layers or type(layers[0]) is not ImageInput or type(layers[-1]) is not RegressionOutput:
        raise ScriptError(
            "images:denoiseImage:Network", "net must be a trained network of layers that end in a regression layer."
        )
    images = as_array(A)
    back = CLASSES.get(class_of(A))
    if back is None or images.ndim > 4 or not images.size:
        raise ScriptError(
            "images:denoiseImage:Image", "A must be images of class single, double, uint8, uint16 or int16.",
        )  # fmt: skip
    height, width, channels = (*images.shape, 1)[:3]
    first = layers[0]
    if channels != first.input_size[2]:
        raise ScriptError(
            "images:denoiseImage:Channels", "The network must take images with as many channels as A has.",
            notes=(f"A is {size_text(images.shape)}", f"the network takes {first.input_size[2]}"),
        )  # fmt: skip
    if height < first.input_size[0] or width < first.input_size[1]:
        net = of_size(session, net, (height, width, channels))
    noisy = session.call("im2single", 1, A)
    found = as_array(session.call("activations", 1, net, noisy, layers[-2].name))
    if found.size != images.size:
        raise ScriptError(
            "images:denoiseImage:Answer", "The network must answer with an image of the size of A.",
            notes=(f"A is {size_text(images.shape)}", f"the network gives {size_text(found.shape)}"),
        )  # fmt: skip
    return session.call(back, 1, norm(as_array(noisy) - found.reshape(images.shape)))


def of_size(session: Any, net: NetworkObject, size: tuple[int, int, int]) -> Any:
    """The network for images smaller than it was trained on."""
    first = net.network.layers[0]
    if first.normalization != "none":
        raise ScriptError(
            "images:denoiseImage:Small", "A must be at least as large as the images that the network normalizes.",
            notes=(f"the network takes {size_text(first.input_size)}",),
        )  # fmt: skip
    sides = norm(np.array([size], float))
    start = session.call("imageInputLayer", 1, sides, "Name", first.name, "Normalization", "none")
    graph = session.call("replaceLayer", 1, session.call("layerGraph", 1, net), first.name, start)
    return session.call("assembleNetwork", 1, graph)
