"""Which layers a method looks at when the user names none.

The rules are those that MathWorks' page of gradCAM gives: the score is that of the softmax layer, or of the last layer
where there is none; the features are those of the last ReLU layer with height or width, or of the last layer that
gathers what ReLU layers gave (a depth concatenation, an addition); without ReLU layers, of the last convolution with
height or width, and without convolutions of the last layer that has them.  Where a way to the score leads past such a
ReLU (in DenseNets it sits inside a branch), its maps say only a part, and the last layer with height or width is taken.
"""

from __future__ import annotations

from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size, size_text
from cnnscript.engine.pointwise_layers import Addition, Concatenation, DepthConcatenation, Dropout, Sigmoid, Softmax
from cnnscript.engine.tapes import is_relu
from cnnscript.errors import ScriptError

GATHERERS = (DepthConcatenation, Addition, Concatenation)
SQUASHING = (Softmax, Sigmoid)
CONVOLUTIONS = (Convolution, GroupedConvolution)


def reduction_layer(network: Network) -> int:
    """The layer whose outputs are the scores: the softmax before the output, else the last layer that is no output.

    Raises ScriptError for a network of several outputs, of which not exactly one ends in a softmax.
    """
    ends = [before_outputs(network, network.number(name)) for name in network.output_names]
    if len(ends) == 1:
        return ends[0]
    soft = [i for i in ends if isinstance(network.layers[i], Softmax)]
    if len(soft) == 1:
        return soft[0]
    raise ScriptError(
        "deep:explain:SeveralOutputs",
        f"The network has {len(ends)} outputs: the reduction layer must be named.",
        notes=("they come from " + ", ".join(f"'{network.layers[i].name}'" for i in ends),),
        hint=f'ReductionLayer="{network.layers[ends[0]].name}"',
    )


def before_outputs(network: Network, number: int) -> int:
    """The layer that an output layer hands on; the layer itself when it is none."""
    while isinstance(network.layers[number], Dropout) or not network.layers[number].output_names:
        number = network.sources[number][0]
    return number


def logit_layer(network: Network, number: int) -> int:
    """The layer whose outputs go into the softmax (or sigmoid) that a layer is; the layer itself when it is none."""
    if isinstance(network.layers[number], SQUASHING):
        return before_outputs(network, network.sources[number][0])
    return number


def feature_layer(network: Network, score: int, size: Size) -> int:
    """The layer whose maps are explained, for images of a size.

    Raises ScriptError when no layer before the score has a height or a width.
    """
    spatial = spatial_layers(network, score, size)
    for kinds in (rectified, convolves):
        found = [i for i in spatial if kinds(network, i)]
        if found:
            return found[-1] if is_passed_by_all(network, found[-1], score) else spatial[-1]
    if spatial:
        return spatial[-1]
    raise ScriptError(
        "deep:explain:NoSpatialLayer",
        "No layer of the network has spatial dimensions: there is nothing to draw a map of.",
        notes=(f"the images are {size_text(size)}",),
    )


def rectified(network: Network, number: int) -> bool:
    """Is it a ReLU, or does it gather what ReLUs gave?"""
    layer = network.layers[number]
    if is_relu(layer):
        return True
    return isinstance(layer, GATHERERS) and any(is_relu(network.layers[i]) for i in network.sources[number])


def convolves(network: Network, number: int) -> bool:
    return isinstance(network.layers[number], CONVOLUTIONS)


def is_passed_by_all(network: Network, number: int, score: int) -> bool:
    """Does every way from the images to the score lead through the layer?"""
    seen = {number}
    waiting = [score]
    while waiting:
        i = waiting.pop()
        if i not in seen:
            seen.add(i)
            if not network.sources[i]:
                return False
            waiting.extend(network.sources[i])
    return True


def spatial_layers(network: Network, score: int, size: Size) -> list[int]:
    """The layers before a score whose outputs have a height or a width, in computing order; inputs do not count."""
    sizes = network.sizes_for(size, [score])
    return [i for i in sizes if network.sources[i] and i != score and max(sizes[i][:2]) > 1]


def require_spatial(network: Network, number: int, score: int, size: Size) -> None:
    """Raise ScriptError for a layer without spatial extent, with the last layers that have it."""
    found = network.sizes_for(size, [number])[number]
    if max(found[:2]) > 1:
        return
    near = [network.layers[i].name for i in spatial_layers(network, score, size)[-4:]]
    raise ScriptError(
        "deep:explain:LayerNotSpatial",
        f"Layer '{network.layers[number].name}' has no spatial dimensions: no map can be drawn of it.",
        notes=(
            f"its output is {size_text(found)}",
            "the last layers that have them: " + ", ".join(f"'{name}'" for name in near),
        ),
    )
