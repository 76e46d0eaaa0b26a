"""Pictures that features answer to: deepDreamImage, activationMaximization."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.targets import class_numbers, explained
from cnnscript.builtins.networks.question_arguments import layer_number
from cnnscript.builtins.registry import builtin
from cnnscript.engine.graph import Network
from cnnscript.engine.layers import Size
from cnnscript.engine.questions import Waiting
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError
from cnnscript.explain.activation_maximization import OPTIMIZERS, PARAMETERIZATIONS, Climb, activation_maximization
from cnnscript.explain.chosen_layers import before_outputs, logit_layer, reduction_layer
from cnnscript.explain.deep_dream import Stopped, deep_dream, sizes
from cnnscript.explain.input_scales import input_scale
from cnnscript.explain.open_paths import OpenPath, open_path
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm, size_of, size_text
from cnnscript.values.text import text_or_none

ENVIRONMENTS = ("auto", "gpu", "cpu")
SCALINGS = ("linear", "none")
UNKNOWN_RANGE = (0.0, 1.0)  # of images whose input layer does not tell it
MOST = 4096  # height and width up to which the smallest initial image is looked for


@builtin
def deepDreamImage(
    session,
    net,
    layer,
    channels,
    /,
    *,
    InitialImage=None,
    PyramidLevels=3.0,
    PyramidScale=1.4,
    NumIterations=10.0,
    OutputScaling="linear",
    Verbose=True,
    ExecutionEnvironment="auto",
):
    """
    I = deepDreamImage(net,layer,channels)
    I = deepDreamImage(net,layer,channels,Name,Value)

    Pictures that strongly activate channels of a layer: what a network has learnt to look for.

    layer is a name or a number, channels a number or a vector: all are computed together. I is
    height×width×channels×N, single, I(:,:,:,k) the picture of channels(k). Each is grown from noise through a pyramid
    of sizes by gradient ascent with Laplacian pyramid gradient normalisation. The picture begins at the size of the
    network's input and is larger by PyramidScale at each further level: with one level it keeps its size.

    Any layer will do. For classes take the last layer before the softmax. Only what comes before the layer is
    computed, and fully connected layers slide over larger pictures, so an initial image may have any size that reaches
    the layer. Where MATLAB's algorithm is not published, this one differs: places that answer already pull harder, the
    picture is shifted a little at each step (rng decides), and pixels stay in the range of the network's images where
    the input layer tells it. The strength that is printed is the mean of the channels' answers, weighted alike.

    Ctrl-C stops at once; what the pictures had become is then in the variable ans.

    Options
      InitialImage          image to begin with; decides the size (noise around the middle of the input's range)
      PyramidLevels         how many sizes (3)
      PyramidScale          from one size to the next, above 1 (1.4)
      NumIterations         steps at each size (10)
      OutputScaling         'linear' (default): each picture from 0 to 1; 'none': as the network takes them
      Verbose               print a line for each step (true)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu'

    Examples
      >> I = deepDreamImage(squeezenet,'fire2-squeeze1x1',1:2,'PyramidLevels',1,'NumIterations',2,'Verbose',false);
      >> size(I)
      ans =
         227   227     3     2
      >> I = deepDreamImage(squeezenet,'conv1',5,'InitialImage',128*ones(20,30,3),'PyramidLevels',2,'Verbose',0);
      >> size(I)
      ans =
          28    42     3

    See also activationMaximization, gradCAM, activations, montage, imtile, squeezenet.
    """
    network = explained(net, "deepDreamImage")
    number = layer_number(network, layer, "deepDreamImage")
    wanted = channel_numbers(network, number, channels, "deepDreamImage")
    levels, iterations = take.positive(PyramidLevels, "PyramidLevels"), take.positive(NumIterations, "NumIterations")
    scale = take.number(PyramidScale, "PyramidScale")
    if not 1 < scale < np.inf:
        raise ScriptError(
            "MATLAB:deepDreamImage:expectedGreater", "Expected PyramidScale to be a scalar with value > 1.",
            notes=(f"it is {scale:g}",),
        )  # fmt: skip
    scaling = take.choice(OutputScaling, SCALINGS, "OutputScaling")
    verbose = take.flag(Verbose, "Verbose")
    environment = take.choice(ExecutionEnvironment, ENVIRONMENTS, "ExecutionEnvironment")
    tensorflow(session.zoo.progress)
    path = one_input_path(network, number)
    begun = initial_images(network, InitialImage, len(wanted))
    if begun is None:
        begun = noise(network, session.random, len(wanted))
    for size in sizes(begun.shape[1:3], levels, scale):
        require_reach(path, (*size, begun.shape[3]), "PyramidLevels=1 keeps the size that the network takes")
    table = Table(session, verbose, levels * iterations, ("Pyramid Level",))
    return told(
        session, table, lambda images: given_out(images, scaling, None),
        lambda: deep_dream(
            path, wanted, begun, session.random, levels=levels, scale=scale, iterations=iterations,
            environment=environment, told=lambda step, level, strength: table.row(step, strength, level),
        ),
    )  # fmt: skip


@builtin(outputs=2)
def activationMaximization(
    session,
    nargout,
    net,
    layer,
    channels=None,
    /,
    *,
    InitialImage=None,
    ImageSize=None,
    NumIterations=60.0,
    LearnRate=0.05,
    Optimizer="adam",
    Parameterization="fourier",
    TotalVariation=10.0,
    LpNorm=10.0,
    LpExponent=6.0,
    Jitter="auto",
    Blur=0.0,
    InputRange="auto",
    OutputScaling="linear",
    Verbose=False,
    ExecutionEnvironment="auto",
):
    """
    I = activationMaximization(net,layer,channels)
    I = activationMaximization(net,class)
    I = activationMaximization(...,Name=Value)
    [I,strength] = activationMaximization(...)

    The pictures in the range of a network's images that channels of a layer, or classes, answer to most.

    layer is a name or a number, channels a number or a vector. class is a label or several (text, categorical, cell)
    or class numbers: of a class the score before the softmax is climbed, as also where layer is a softmax. I is
    height×width×channels×N, single; strength is 1×N, how strongly each channel answers to its picture at last (the
    mean of its map, places weighted by their answer).

    The picture is optimised by its Fourier coefficients and uncorrelated colours, shifted a little at each step (rng
    decides), and kept smooth and away from the ends of the range by two penalties. The simplest method of all is
    Parameterization="pixels", Optimizer="sgdm", TotalVariation=0, LpNorm=0, Jitter=0: compare.

    Ctrl-C stops at once; what the pictures had become is then in the variable ans.

    Sources: Erhan 2009; Simonyan 2013, arXiv:1312.6034; Mahendran 2014, arXiv:1412.0035; Yosinski 2015,
    arXiv:1506.06579; Olah 2017, Feature Visualization.

    Options
      InitialImage          image to begin with; decides the size (faint noise around the middle of the range)
      ImageSize             [height width] of the pictures (the network's input)
      NumIterations         steps (60)
      LearnRate             how far a step goes (0.05)
      Optimizer             'adam' (default), 'sgdm'
      Parameterization      'fourier' (default), 'pixels'
      TotalVariation        weight of the mean slope of the picture, as numbers from -1 to 1 (10)
      LpNorm                weight of the mean of abs(picture)^p, as numbers from -1 to 1 (10)
      LpExponent            p, 1 or more (6)
      Jitter                pixels that the picture is shifted by at most; 'auto' (default): a sixteenth of it, up to 8
      Blur                  standard deviation of a blur after every fourth step, in pixels (0)
      InputRange            [low high] of the network's images, or 'auto' (default): from its input layer, else [0 1]
      OutputScaling         'linear' (default): InputRange becomes 0 to 1; 'none': as the network takes them
      Verbose               print a line for each step (false)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu'

    Examples
      >> [I,strength] = activationMaximization(squeezenet,"goldfish",ImageSize=[64 64],NumIterations=3);
      >> size(I), strength > 1
      ans =
          64    64     3
      ans =
        logical
         1
      >> I = activationMaximization(squeezenet,'fire2-expand3x3',1:3,ImageSize=[32 48],NumIterations=2);
      >> size(I)
      ans =
          32    48     3     3

    See also deepDreamImage, saliency, gradCAM, montage, imtile.
    """
    network = explained(net, "activationMaximization")
    if channels is None:
        number = logit_layer(network, reduction_layer(network))
        wanted = class_numbers(network, number, layer)
    else:
        number = logit_layer(network, before_outputs(network, layer_number(network, layer, "activationMaximization")))
        wanted = channel_numbers(network, number, channels, "activationMaximization")
    begun = initial_images(network, InitialImage, len(wanted))
    size = picture_size(network, begun, ImageSize)
    climb = Climb(
        iterations=take.positive(NumIterations, "NumIterations"),
        learn_rate=at_least(LearnRate, "LearnRate", 0, above=True),
        optimizer=take.choice(Optimizer, OPTIMIZERS, "Optimizer"),
        parameterization=take.choice(Parameterization, PARAMETERIZATIONS, "Parameterization"),
        total_variation=at_least(TotalVariation, "TotalVariation", 0),
        lp_norm=at_least(LpNorm, "LpNorm", 0),
        lp_exponent=at_least(LpExponent, "LpExponent", 1),
        jitter=jitter_of(Jitter, size),
        blur=at_least(Blur, "Blur", 0),
    )
    limits = range_of(network, InputRange)
    scaling = take.choice(OutputScaling, SCALINGS, "OutputScaling")
    verbose = take.flag(Verbose, "Verbose")
    environment = take.choice(ExecutionEnvironment, ENVIRONMENTS, "ExecutionEnvironment")
    tensorflow(session.zoo.progress)
    path = one_input_path(network, number)
    require_reach(path, (*size, network.input_size[2]), f"ImageSize=[{size_text(network.input_size[:2], ' ')}]")
    table = Table(session, verbose, climb.iterations)
    images, strengths = told(
        session, table, lambda images: given_out(images, scaling, limits),
        lambda: activation_maximization(
            path, wanted, size, limits, session.random, climb, initial=begun, environment=environment, told=table.row,
        ),
        lambda found: (given_out(found[0], scaling, limits), norm(found[1].reshape(1, -1))),
    )  # fmt: skip
    return (images, strengths)[: max(1, nargout)]


# ----------------------------------------------------------------------------------------------------------- arguments


def channel_numbers(network: Network, layer: int, value: Any, function: str) -> list[int]:
    """The 0-based channels of a layer that a scalar or vector of numbers names."""
    count, name = network.sizes[layer][2], network.layers[layer].name

    def refuse(what: str, sentence: str, *notes: str) -> ScriptError:
        return ScriptError(f"MATLAB:{function}:{what}", f"Expected channels to be {sentence}.", notes=notes)

    if not is_numeric(value):
        raise refuse("invalidType", "numeric", f"it is a {class_of(value)} of size {size_text(size_of(value))}")
    array = np.asarray(as_array(value))
    numbers = array.ravel(order="F")
    if not numbers.size:
        raise refuse("expectedNonempty", "nonempty", f"layer '{name}' has {count} channels")
    if numbers.size != max(array.shape):
        raise refuse("expectedVector", "a vector", f"it is {size_text(array.shape)}")
    if numbers.dtype.kind == "c" or not (np.isfinite(numbers) & (numbers == np.floor(numbers))).all():
        raise refuse("expectedInteger", "integer-valued")
    if (numbers < 1).any():
        raise refuse("expectedPositive", "positive", "channels are counted from 1")
    if (numbers > count).any():
        which = "a scalar with value" if numbers.size == 1 else "an array with all of the values"
        raise refuse(
            "notLessEqual", f"{which} <= {count}", f"layer '{name}' has {count} channels", f"got {numbers.max():g}"
        )
    return [int(number) - 1 for number in numbers]


def at_least(value: Any, name: str, least: float, above: bool = False) -> float:
    """A finite number from `least` on, or above it."""
    found = take.number(value, name)
    if not (least < found or (found == least and not above)) or found == np.inf:
        raise ScriptError(
            "MATLAB:notGreaterEqual", f"{name} must be a finite number {'above' if above else 'from'} {least:g}"
            + ("." if above else " on."), notes=(f"it is {found:g}",),
        )  # fmt: skip
    return found


def one_input_path(network: Network, layer: int) -> OpenPath:
    inputs = network.inputs
    if len(inputs) > 1:
        raise ScriptError(
            "deep:explain:SeveralInputs", "The network must have one image input.",
            notes=(f"its inputs are {', '.join(network.input_names)}",),
        )  # fmt: skip
    return open_path(network, layer)


def initial_images(network: Network, value: Any, count: int) -> np.ndarray | None:
    """The initial image count times, N×H×W×C; None when none is given."""
    if value is None:
        return None
    wanted = network.input_size[2]
    if not is_numeric(value):
        raise ScriptError(
            "MATLAB:deepDreamImage:invalidType", "Expected InitialImage to be numeric.",
            notes=(f"it is a {class_of(value)} of size {size_text(size_of(value))}",),
        )  # fmt: skip
    array = np.asarray(as_array(value))
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3 or array.shape[2] != wanted or not array.size:
        raise ScriptError(
            "nnet_cnn:deepDreamImage:InitialImageNotValidImage",
            "The initial image must be one image with as many channels as the network's input.",
            notes=(f"it is {size_text(array.shape)}", f"the network takes images of {wanted} channels"),
            hint="repeat a grey image to three channels: repmat(im, [1 1 3])" if wanted == 3 == array.shape[2] + 2
            else None,
        )  # fmt: skip
    if array.dtype.kind == "c" or not np.isfinite(array).all():
        raise ScriptError(
            "MATLAB:deepDreamImage:expectedNonNaN", "Expected InitialImage to be real and finite.",
            notes=(f"{int((~np.isfinite(array)).sum())} of its {array.size} numbers are NaN or Inf",),
        )  # fmt: skip
    return np.repeat(array[None].astype(np.float32), count, 0)


def noise(network: Network, random: Any, count: int) -> np.ndarray:
    """Standard normal numbers around the middle of the range, N×H×W×C; another picture for each channel."""
    height, width, channels = network.input_size
    drawn = random.normals(count * channels * width * height).reshape(count, channels, width, height)
    scale = input_scale(network)
    return (scale.middle + scale.unit * drawn.transpose(0, 3, 2, 1)).astype(np.float32)


def picture_size(network: Network, begun: np.ndarray | None, size: Any) -> tuple[int, int]:
    """Height and width: those asked for, of the initial image, or of the network's input."""
    if size is None:
        return begun.shape[1:3] if begun is not None else network.input_size[:2]
    asked = take.size(size, "ImageSize")
    if len(asked) != 2 or min(asked) < 1:
        raise ScriptError(
            "deep:explain:ImageSize", "ImageSize must be [height width].",
            notes=("got [" + " ".join(map(str, asked)) + "]",),
        )  # fmt: skip
    if begun is not None and begun.shape[1:3] != asked:
        raise ScriptError(
            "deep:explain:ImageSize", "ImageSize must be the size of the initial image.",
            notes=(f"ImageSize is {size_text(asked)}", f"InitialImage is {size_text(begun.shape[1:3])}"),
            hint="imresize(im, ImageSize), or leave one of the two out",
        )  # fmt: skip
    return asked


def jitter_of(value: Any, size: tuple[int, int]) -> int:
    """How many pixels a picture of a size is shifted by at most."""
    if text_or_none(value) is None:
        return take.count(value, "Jitter")
    take.choice(value, ("auto",), "Jitter")
    return min(8, min(size) // 16)


def range_of(network: Network, value: Any) -> tuple[float, float]:
    """The lowest and highest number of the network's images."""
    if text_or_none(value) is not None:
        take.choice(value, ("auto",), "InputRange")
        scale = input_scale(network)
        return UNKNOWN_RANGE if scale.low is None or scale.high is None else (scale.low, scale.high)
    found = take.vector(value, "InputRange")
    if found.size != 2 or not np.isfinite(found).all() or not found[0] < found[1]:
        raise ScriptError(
            "deep:explain:InputRange", "InputRange must be [low high], low below high, or 'auto'.",
            notes=("got [" + " ".join(f"{one:g}" for one in found[:4]) + "]",),
        )  # fmt: skip
    return float(found[0]), float(found[1])


def require_reach(path: OpenPath, size: Size, cure: str) -> None:
    """Raise the error for pictures of a size that do not get as far as the layer."""
    if reaches(path, size):
        return
    network, name = path.network, path.network.layers[path.layer].name
    height, width, channels = network.input_size
    if path.fixed:
        raise ScriptError(
            "nnet_cnn:deepDreamImage:FixedSize",
            f"Pictures on the way to layer '{name}' must have the size of the network's input.",
            notes=(f"the network takes {size_text(network.input_size)}", f"these would be {size_text(size)}"),
            hint=cure,
        )
    least = [next((n for n in range(1, MOST) if reaches(path, (n, MOST, channels))), height),
             next((n for n in range(1, MOST) if reaches(path, (MOST, n, channels))), width)]  # fmt: skip
    raise ScriptError(
        "nnet_cnn:deepDreamImage:InitialImageNotValidImage",
        f"The initial image must be at least {size_text(least)} for layer '{name}'.",
        notes=(f"it is {size_text(size[:2])}",),
    )


def reaches(path: OpenPath, size: Size) -> bool:
    """Do pictures of a size give the layer something to answer?"""
    try:
        return min(path.size_for(size)) >= 1
    except ScriptError:  # a layer on the way does not take what would reach it
        return False


# ------------------------------------------------------------------------------------------------------------- answers


class Table:
    """The lines that Verbose prints; without it, a word now and then of how far long work has come."""

    def __init__(self, session: Any, verbose: bool, count: int, more: Sequence[str] = ()):
        self.say = session.say if verbose else None
        self.waiting = Waiting(count, None if verbose else session.zoo.progress, what="steps")
        self.done = 0
        self.headings = ("Iteration", "Activation", *more)
        self.border = "|" + "=" * (sum(len(word) + 5 for word in self.headings) - 1) + "|"
        if self.say:
            under = [("Strength" if word == "Activation" else "").center(len(word)) for word in self.headings]
            self.say("\n".join([self.border, framed(self.headings), framed(under), self.border]))

    def row(self, iteration: int, strength: float, *more: int) -> None:
        self.done += 1
        self.waiting.done(self.done)
        if self.say:
            values = (f"{iteration:d}", f"{strength:.2f}", *(f"{one:d}" for one in more))
            self.say(
                "|"
                + "|".join(f" {one:>{len(word) + 2}} " for one, word in zip(values, self.headings, strict=True))
                + "|"
            )

    def over(self) -> None:
        self.waiting.over()
        if self.say:
            self.say(self.border)


def framed(words: Sequence[str]) -> str:
    return "|" + "|".join(f"  {word}  " for word in words) + "|"


def told(session: Any, table: Table, finished: Callable[[np.ndarray], Any], work: Callable[[], Any],
         answer: Callable[[Any], Any] | None = None) -> Any:  # fmt: skip
    """What some work gives, its table closed; stopped by Ctrl-C, the pictures so far are left in `ans`."""
    try:
        return (answer or finished)(work())
    except Stopped as stop:
        session.variables["ans"] = finished(stop.images)
        raise
    finally:
        table.over()


def given_out(images: np.ndarray, scaling: str, limits: tuple[float, float] | None) -> Any:
    """Pictures N×H×W×C as the script gets them, h×w×c×N single.

    limits  what becomes 0 and 1 when the scaling is linear; None: each picture's own lowest and highest number
    """
    if scaling == "linear":
        if limits is None:
            low = images.min((1, 2, 3), keepdims=True)
            span = images.max((1, 2, 3), keepdims=True) - low
            images = (images - low) / np.where(span > 0, span, 1)
        else:
            images = np.clip((images - limits[0]) / (limits[1] - limits[0]), 0, 1)
    return norm(np.asfortranarray(images.transpose(1, 2, 3, 0).astype(np.float32)))
