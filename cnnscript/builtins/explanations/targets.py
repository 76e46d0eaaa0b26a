"""What is explained: which network, which images, which scores; every function of this folder reads them here.

    network = explained(net, "saliency")               of SeriesNetwork, DAGNetwork, dlnetwork, imported networks
    images = pictures(network, X)                      N×H×W×C as the engine takes them
    target = aimed(network, images, label, score=...)  the layer that is scored, and the weights of its channels
    class_numbers(network, layer, label)               0-based numbers of classes, wherever only those are needed

Classes are given as labels (char, string, categorical, cell of texts, several at once) or as numbers, counted from 1.
One image and K classes give K maps, N images and one class N maps, N images and N classes one map each.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.image_inputs import image_batch
from cnnscript.builtins.networks.network_objects import LayerArray, LayerGraph, LayerObject, NetworkObject
from cnnscript.builtins.networks.questions import layer_number
from cnnscript.engine.graph import Network
from cnnscript.engine.pointwise_layers import Softmax
from cnnscript.engine.questions import check_images
from cnnscript.engine.tapes import one_hot
from cnnscript.errors import ScriptError
from cnnscript.explain.chosen_layers import logit_layer, reduction_layer
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, size_of, size_text
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.warn import warn

SCORES = ("softmax", "logit")
CERTAIN = 1e-5  # closer to 1, single precision keeps less than two digits of the softmax's gradient
HOPELESS = 1e-30  # below it the gradient leaves the numbers of single precision


# ---------------------------------------------------------------------------------------------------- networks, images


def explained(value: Any, function: str) -> Network:
    """The engine's network behind the first argument of a function."""
    if isinstance(value, NetworkObject):
        return value.network
    if isinstance(value, DLNetwork):
        if value.network is None:
            raise ScriptError(
                "deep:dlnetwork:NotInitialized", "The network must be initialized.",
                hint="net = initialize(net) gives its layers their weights",
            )  # fmt: skip
        return value.network
    layers = isinstance(value, (LayerGraph, LayerArray, LayerObject))
    raise unfit_inputs(
        function,
        f"the first input is a {class_of(value)} of size {size_text(size_of(value))}",
        hint=(
            "these are layers, no network yet: trainNetwork or assembleNetwork makes one of them" if layers
            else "a network such as squeezenet comes first"
        ),
    )


def pictures(network: Network, value: Any, form: Any = "") -> np.ndarray:
    """Images N×H×W×C, checked against the network's input.

    form  the format of the data ('SSCB': a letter for each dimension), '' where they are h×w×c×N

    Raises ScriptError for what is no image, has another size, or holds a NaN.
    """
    form = take.text(form, "Format")
    if class_of(value) == "dlarray":
        value, form = value.value, form or value.labels
    images = image_batch(in_order(value, form) if form else value, network)
    check_images(network, [images.shape], [reduction_end(network)])
    if images.dtype.kind == "f" and not np.isfinite(images).all():
        place = np.argwhere(~np.isfinite(images))[0] + 1
        what = "NaN" if np.isnan(images).any() else "Inf"
        raise ScriptError(
            "deep:explain:ImageNotFinite",
            f"The image must be finite: it holds {what}.",
            notes=(f"at ({place[1]},{place[2]},{place[3]})" + (f" of image {place[0]}" if len(images) > 1 else ""),),
            hint="fillmissing or X(isnan(X)) = 0 takes such numbers out",
        )
    if not len(images):
        raise ScriptError("deep:explain:NoImage", "There must be an image.", notes=("there are 0 images",))
    return images


def reduction_end(network: Network) -> int:
    """A layer that needs all that images have to fit."""
    return network.number(network.output_names[0])


def in_order(value: Any, form: str) -> np.ndarray:
    """An array whose dimensions a format names, as the network's own arrays lie: images h×w×c×N, sequences t×c×N,
    features N×c."""
    array = as_array(value)
    letters = form.upper()
    most = {"S": 2, "T": 1, "C": 1, "B": 1}
    if any(letters.count(letter) > most.get(letter, 0) for letter in letters) or {"S", "T"} <= set(letters):
        raise ScriptError(
            "deep:explain:InvalidFormat",
            "The format must have at most two 'S' (or one 'T'), one 'C' and one 'B'.",
            notes=(f"got '{letters}'",),
        )
    if array.ndim > len(letters) and any(n > 1 for n in array.shape[len(letters) :]):
        raise ScriptError(
            "deep:explain:FormatTooShort",
            "The format must have a letter for each dimension of the image.",
            notes=(f"'{letters}' names {len(letters)} dimensions", f"the image is {size_text(array.shape)}"),
        )
    order = "TCB" if "T" in letters else "SSCB" if "S" in letters else "BC"
    lengths = (*array.shape, 1, 1, 1, 1)[: len(letters)]
    named = letters + "".join(letter for letter in set(order) if order.count(letter) > letters.count(letter))
    array = array.reshape((*lengths, *[1] * (len(named) - len(letters))), order="F")
    places = {letter: [i for i, each in enumerate(named) if each == letter] for letter in set(order)}
    return array.transpose([places[letter].pop(0) for letter in order])


# ------------------------------------------------------------------------------------------------------------- classes


def class_numbers(network: Network, layer: int, value: Any) -> list[int]:
    """The 0-based numbers of the classes that a value names, among the channels of a layer.

    Raises ScriptError for a class that there is not (with the nearest names), for labels where the network has none.
    """
    names, count = network.classes, network.sizes[layer][2]
    texts = class_texts(value)
    if texts is not None:
        if not names:
            raise ScriptError(
                "deep:explain:NoClassNames",
                "The network has no class names: classes must be given as numbers of channels.",
                notes=(f"layer '{network.layers[layer].name}' has {count} channels",),
                hint="with [net,classNames] = imagePretrainedNetwork, find(classNames == label) is its number",
            )
        found = [class_number(names, text) for text in texts]
        for text, number in zip(texts, found, strict=True):
            if number >= count:
                raise ScriptError(
                    "deep:explain:NoChannelOfClass",
                    f"Layer '{network.layers[layer].name}' has no channel for the class '{text}'.",
                    notes=(f"it is class {number + 1}, and the layer has {count} channels",),
                    hint="the score is that of the reduction layer: the softmax has a channel for each class",
                )
        return found
    if not is_numeric(value) or as_array(value).dtype.kind == "c":
        raise ScriptError(
            "deep:explain:InvalidClass",
            "A class must be a label (text or categorical) or a number.",
            notes=(f"it is a {size_text(size_of(value))} {class_of(value)}",),
        )
    numbers = np.asarray(as_array(value), float).ravel(order="F")
    for number in numbers:
        if number != np.floor(number) or not 1 <= number <= count:
            raise ScriptError(
                "deep:explain:InvalidClassIndex",
                f"A class index must be an integer from 1 to {count}.",
                notes=(f"got {number:g}", f"layer '{network.layers[layer].name}' has {count} channels"),
            )
    if not len(numbers):
        raise ScriptError("deep:explain:NoClass", "There must be a class.", notes=("got an empty array",))
    return [int(number) - 1 for number in numbers]


def class_texts(value: Any) -> list[str] | None:
    """Labels as texts, column-major; None for what is no label."""
    if type(value) is Categorical:
        return [text for text in value.texts()]
    if is_cell(value):
        cells = [text_or_none(one) for one in value.ravel("F")]
        return None if None in cells or not cells else cells
    return texts_or_none(value)


def class_number(names: tuple[str, ...], name: str) -> int:
    if name in names:
        return names.index(name)
    folded = {each.lower(): each for each in names}
    near = [folded[each] for each in difflib.get_close_matches(name.lower(), folded, 4, 0.65)]
    near += [each for each in names if name and name.lower() in each.lower() and each not in near][: 4 - len(near)]
    notes = ["near it: " + ", ".join(f"'{one}'" for one in near)] if near else []
    raise ScriptError(
        "deep:explain:UnknownClass",
        f"The network has no class '{name}'.",
        notes=(f"it has {len(names)} classes", *notes),
    )


# -------------------------------------------------------------------------------------------------------------- scores


@dataclass(frozen=True)
class Target:
    """What is differentiated: the outputs of a layer, weighted.

    layer    the number of the layer that is scored ('ReductionLayer')
    weights  n×c, a row for each map; n×h×w×c where a function reduces: its gradients
    classes  the 0-based class of each row; () where a function reduces
    """

    layer: int
    weights: np.ndarray
    classes: tuple[int, ...] = ()


def aimed(network: Network, images: np.ndarray, label: Any, *, reduction: Any = None, score: Any = None) -> Target:
    """The score that a label, class numbers or a reduction function stand for.

    reduction  a layer's name ('ReductionLayer'), or None for the one that MATLAB chooses
    score      'softmax' (MATLAB's), 'logit' (what goes into the softmax), or None: as the reduction layer gives it
    """
    layer = scored_layer(network, reduction, score)
    classes = class_numbers(network, layer, label)
    if len(images) > 1 and len(classes) not in (1, len(images)):
        raise ScriptError(
            "deep:explain:ImagesAndClasses",
            "Several images need one class, or one class each.",
            notes=(f"there are {len(images)} images and {len(classes)} classes",),
        )
    return Target(layer, one_hot(classes, network.sizes[layer][2]), tuple(classes))


def scored_layer(network: Network, reduction: Any = None, score: Any = None) -> int:
    """The layer whose outputs are the scores."""
    layer = reduction_layer(network) if reduction is None else layer_number(network, reduction)
    if score is None:
        return layer
    if take.choice(score, SCORES, "Score") == "logit":
        return logit_layer(network, layer)
    if not isinstance(network.layers[layer], Softmax):
        raise ScriptError(
            "deep:explain:NoSoftmax",
            "The network has no softmax layer to take the score from.",
            notes=(f"the scores come from '{network.layers[layer].name}' ({network.layers[layer].kind})",),
            hint='Score="logit" takes them as they are',
        )
    return layer


def warn_of_saturation(network: Network, target: Target, scores: np.ndarray) -> None:
    """One warning when the softmax is so sure that nothing is left of its gradient.  scores: of each map."""
    if not target.classes or not isinstance(network.layers[target.layer], Softmax):
        return
    if network.sizes[target.layer][:2] != (1, 1):
        return
    lost = [k for k, score in enumerate(scores) if 1 - score < CERTAIN or score < HOPELESS]
    if not lost:
        return
    number = target.classes[lost[0]] if len(target.classes) > 1 else target.classes[0]
    name = f"'{network.classes[number]}'" if number < len(network.classes) else f"{number + 1}"
    warn(
        "deep:explain:SaturatedSoftmax",
        f"The softmax score of class {name} is {scores[lost[0]]:.4g}: its gradient vanishes, and the map with it. "
        'Score="logit" explains what goes into the softmax instead.',
    )
