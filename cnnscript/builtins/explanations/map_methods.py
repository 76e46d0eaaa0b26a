"""Maps and the methods that make them, as the checks take them: a map, the name of a method, or a function of a script.

methods = methods_of(session, {"gradCAM", @(net,X,c) saliency(net,X,c), map}, subject, how)
methods[0].maps(net, images, label)            h×w×N maps of N images, checked
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.targets import SCORES, class_numbers, explained, pictures, scored_layer
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.engine.devices import ENVIRONMENTS
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import Waiting, ask
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, class_of, is_cell, is_numeric, norm, size_of, size_text
from cnnscript.values.text import text_or_none, texts_or_none


@dataclass(frozen=True)
class Known:
    """A function of this folder as a method of that name.

    options  what the name stands for besides the function
    scored   does it take 'Score'?
    signed   the option that makes its maps keep their signs and channels
    several  does it take several images at once?
    labelled does it take a class?
    masking  does it mask images ('MiniBatchSize')?
    """

    function: str
    options: Mapping[str, Any] = field(default_factory=dict)
    scored: bool = True
    signed: Mapping[str, Any] = field(default_factory=dict)
    several: bool = True
    labelled: bool = True
    masking: bool = False


WHOLE = {"Channels": "none"}
METHODS = {
    "saliency": Known("saliency", signed=WHOLE),
    "guidedBackprop": Known("saliency", {"Modifier": "guided"}, signed=WHOLE),
    "zeilerFergus": Known("saliency", {"Modifier": "zeiler-fergus"}, signed=WHOLE),
    "gradientTimesInput": Known("gradientTimesInput", signed=WHOLE),
    "integratedGradients": Known("integratedGradients", signed=WHOLE),
    "smoothGrad": Known("smoothGrad", signed=WHOLE),
    "varGrad": Known("varGrad", signed=WHOLE),
    "guidedGradCAM": Known("guidedGradCAM", signed=WHOLE),
    "gradCAM": Known("gradCAM"),
    "gradCAMPlusPlus": Known("gradCAMPlusPlus"),
    "layerCAM": Known("layerCAM"),
    "hiResCAM": Known("hiResCAM"),
    "classActivationMap": Known("classActivationMap", scored=False),
    "eigenCAM": Known("eigenCAM", scored=False, labelled=False),
    "scoreCAM": Known("scoreCAM", masking=True),
    "occlusionSensitivity": Known("occlusionSensitivity", scored=False, several=False, masking=True),
    "imageLIME": Known("imageLIME", scored=False, several=False, masking=True),
    "rise": Known("rise", scored=False, several=False, masking=True),
}
RANDOM = "random"
ALSO = {
    "gradient": "saliency", "vanillagradient": "saliency", "guided": "guidedBackprop",
    "guidedbackpropagation": "guidedBackprop", "deconvolution": "zeilerFergus", "deconvnet": "zeilerFergus",
    "inputtimesgradient": "gradientTimesInput", "gradientxinput": "gradientTimesInput", "cam": "classActivationMap",
    "occlusion": "occlusionSensitivity", "lime": "imageLIME", "ig": "integratedGradients",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Subject:
    """What is explained: one image, one class of it, by a network.

    net    the script's value; network: the engine's
    image  H×W×C numbers as the network takes them
    label  the 0-based class; scores: of all classes, as the network ends
    """

    net: Any
    network: Network
    image: np.ndarray
    label: int
    scores: np.ndarray
    layer: int

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[0], self.image.shape[1]

    def class_name(self, number: int | None = None) -> str:
        """The name of a class (the explained one), its number where there are no names."""
        number, names = self.label if number is None else number, self.network.classes
        return names[number] if number < len(names) else f"class {number + 1}"


@dataclass(frozen=True)
class How:
    """Options that the methods share."""

    score: str = "logit"
    batch_size: float = 128.0
    environment: str = "auto"


def subject_of(function: str, net: Any, value: Any, label: Any, environment: str = "auto") -> Subject:
    """The network, the image and the class (None: the one that the network sees) of `function(net,X,...,label)`."""
    network = explained(net, function)
    if len(network.inputs) > 1:
        raise ScriptError(
            "deep:explain:NoImageInput", f"{function} needs a network with one input for images.",
            notes=tuple(f"'{network.layers[i].name}' takes {network.layers[i].describe()}" for i in network.inputs),
        )  # fmt: skip
    images = pictures(network, value)
    if len(images) > 1:
        raise ScriptError(
            "deep:explain:OneImage", f"{function} looks at one image at a time.", notes=(f"there are {len(images)}",),
            hint="X(:,:,:,1) is the first",
        )  # fmt: skip
    layer = scored_layer(network)
    (outputs,) = ask(network, images, [layer], environment=environment)
    scores = outputs[0].sum((0, 1), dtype=float)
    classes = [int(scores.argmax())] if label is None else class_numbers(network, layer, label)
    if len(classes) > 1:
        raise ScriptError(
            "deep:explain:OneClass", f"{function} looks at one class at a time.", notes=(f"got {len(classes)}",)
        )
    return Subject(net, network, images[0], classes[0], scores, layer)


def how_of(score: Any, batch_size: Any, environment: Any) -> How:
    """The shared options, checked."""
    return How(
        take.choice(score, SCORES, "Score"), float(take.positive(batch_size, "MiniBatchSize")),
        take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment"),
    )  # fmt: skip


def wrapped(subject: Subject, network: Network) -> Any:
    """A copy of the subject's network as a value of the same kind."""
    return DLNetwork.of_network(network) if isinstance(subject.net, DLNetwork) else NetworkObject(network)


# ------------------------------------------------------------------------------------------------------------- methods


@dataclass(frozen=True, eq=False)
class MapMethod:
    """A method, or a map that is there already.

    make  images h×w×c×N (a value), network (a value), class (from 0) → maps; None for a map
    map   H×W, where it is given
    """

    name: str
    subject: Subject
    make: Callable[[Any, Any, int], Any] | None = None
    map: np.ndarray | None = None
    several: bool = False

    def maps(self, net: Any, images: np.ndarray, label: int, waiting: Waiting | None = None,
             step: int = 16) -> list[np.ndarray]:  # fmt: skip
        """The map of each of the images N×H×W×C: H×W, or H×W×C where the method keeps channels."""
        if self.make is None:
            raise self.no_method()
        found: list[np.ndarray] = []
        step = step if self.several else 1
        for start in range(0, len(images), step):
            part = images[start : start + step]
            value = norm(np.asfortranarray(np.moveaxis(part, 0, -1)[..., 0] if len(part) == 1
                                           else np.moveaxis(part, 0, -1)))  # fmt: skip
            made = self.checked(self.make(net, value, label), len(part))
            found.extend(made[..., k] for k in range(len(part)))
            if waiting is not None:
                waiting.done(waiting.begun + len(found))
        return found

    def own(self) -> np.ndarray:
        """The map of the subject's image."""
        if self.map is not None:
            return self.map
        return self.maps(self.subject.net, self.subject.image[None], self.subject.label)[0]

    def checked(self, value: Any, count: int) -> np.ndarray:
        """What a method gave, as maps H×W×N or H×W×C×N."""
        if value is None:
            raise ScriptError(
                "deep:explain:MethodGaveNoMap", f"{self.name} must give a map of the image.", notes=("it gave nothing",)
            )
        if class_of(value) == "dlarray":
            value = value.value
        if not is_numeric(value) and class_of(value) != "logical":
            raise ScriptError(
                "deep:explain:MethodGaveNoMap", f"{self.name} must give a map of the image.",
                notes=(f"it gave a {size_text(size_of(value), '×')} {class_of(value)}",),
            )  # fmt: skip
        array = np.atleast_2d(take.real(value, self.name))
        size = self.subject.size
        if array.shape[:2] != size:
            raise another_size(array.shape, size, self.name)
        channels = self.subject.image.shape[2]
        shape = {2: (*size, 1), 3: array.shape if count > 1 else (*array.shape, 1), 4: array.shape}.get(array.ndim)
        if shape is None or shape[-1] != count or (len(shape) == 4 and shape[2] not in (1, channels)):
            raise ScriptError(
                "deep:explain:MethodGaveNoMap", f"{self.name} must give one map of an image.",
                notes=(f"it gave {size_text(array.shape, '×')}", f"the image is {size_text(self.subject.image.shape)}"),
            )  # fmt: skip
        check_finite(array, self.name)
        return array.reshape(shape)

    def no_method(self) -> ScriptError:
        return ScriptError(
            "deep:explain:MapWithoutMethod",
            "A map alone cannot be made anew: this check needs the method that makes it.",
            hint='give the name of the method ("gradCAM") or a function @(net,X,c) ... instead of the map',
        )


def another_size(shape: tuple[int, ...], size: tuple[int, int], name: str = "") -> ScriptError:
    return ScriptError(
        "deep:explain:MapOfAnotherSize", "The map must have the height and width of the image.",
        notes=(f"{'the map' if not name else 'the map of ' + name} is {size_text(shape)}",
               f"the image is {size_text(size)}"),
        hint="imresize(map,size(X,[1 2]))" if 0 not in shape else None,
    )  # fmt: skip


def check_finite(array: np.ndarray, name: str = "The map") -> None:
    bad = int(array.size - np.isfinite(array).sum())
    if bad:
        raise ScriptError(
            "deep:explain:MapNotANumber",
            "The map must hold finite numbers only.",
            notes=(f"{bad} of its {array.size} numbers are NaN or Inf", f"it comes from {name}"),
        )


def methods_of(session: Any, value: Any, subject: Subject, how: How, *, signed: bool = False,
               argument: str = "methods") -> list[MapMethod]:  # fmt: skip
    """The methods that a value names: a name or several (text, string array), a function, maps h×w×K, a cell of these.

    signed  maps keep their signs and channels, where the method has them
    """
    if is_cell(value):
        found = [one for each in value.ravel("F") for one in methods_of(session, each, subject, how, signed=signed)]
    elif type(value) is Function:
        found = [of_function(session, value, subject)]
    elif (names := texts_or_none(value)) is not None and text_or_none(value) is None:
        found = [named(session, name, subject, how, signed) for name in names]
    elif (name := text_or_none(value)) is not None:
        found = [named(session, name, subject, how, signed)]
    elif is_numeric(value) or class_of(value) in ("logical", "dlarray"):
        found = of_maps(value, subject)
    else:
        raise ScriptError(
            "deep:explain:NoMethod",
            "A method must be a name, a function @(net,X,c) ..., or a map of the image.",
            notes=(f"got a {size_text(size_of(value), '×')} {class_of(value)}",),
        )
    if not found:
        raise ScriptError("deep:explain:NoMethod", f"There must be a method or a map in {argument}.",
                          notes=(f"got a {size_text(size_of(value), '×')} {class_of(value)}",))  # fmt: skip
    return found


def folded(name: str) -> str:
    """A name without case, signs and blanks."""
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("+", "plus"))


def method_name(name: str) -> str:
    """The method that a name means, in any letter case."""
    by_fold = {folded(each): each for each in (*METHODS, RANDOM)} | ALSO
    found = by_fold.get(folded(name))
    if found is not None:
        return found
    near = difflib.get_close_matches(folded(name), by_fold, 4, 0.6)
    raise ScriptError(
        "deep:explain:UnknownMethod", f"There is no method '{name}'.",
        notes=("near it: " + ", ".join(dict.fromkeys(f"'{by_fold[each]}'" for each in near)),) if near
        else ("methods: " + ", ".join(METHODS),),
        hint="a function of your own goes in as a handle: @(net,X,c) ...",
    )  # fmt: skip


def named(session: Any, name: str, subject: Subject, how: How, signed: bool) -> MapMethod:
    """A method by its name."""
    name = method_name(name)
    if name == RANDOM:
        generator = np.random.default_rng(session.random.words(4))
        return MapMethod(
            RANDOM, subject, lambda net, images, label: random_maps(generator, subject, images), several=True
        )
    known = METHODS[name]
    options = {**known.options, "ExecutionEnvironment": how.environment}
    if known.scored:
        options["Score"] = how.score
    if known.masking:
        options["MiniBatchSize"] = how.batch_size
    if signed:
        options |= known.signed
    words = [part for pair in options.items() for part in pair]

    def make(net: Any, images: Any, label: int) -> Any:
        return session.call(known.function, 1, net, images, *([label + 1.0] if known.labelled else []), *words)

    return MapMethod(name, subject, make, several=known.several)


def random_maps(generator: np.random.Generator, subject: Subject, images: Any) -> Any:
    """A map that knows nothing for each image, another one each time."""
    return norm(np.asfortranarray(generator.random((*subject.size, *as_array(images).shape[3:]))))


def of_function(session: Any, function: Function, subject: Subject) -> MapMethod:
    """A function of a script: (net,X,class) → map.  It is given the number of the class: every function of the
    language takes that, whatever names there are."""

    def make(net: Any, images: Any, label: int) -> Any:
        return session.call(function, 1, net, images, label + 1.0)

    return MapMethod(" ".join(function.text.split()), subject, make)


def of_maps(value: Any, subject: Subject) -> list[MapMethod]:
    """Maps H×W×K that are there already."""
    if class_of(value) == "dlarray":
        value = value.value
    array = np.atleast_2d(take.real(value, "map"))
    if array.shape[:2] != subject.size or array.ndim > 3:
        raise another_size(array.shape, subject.size)
    check_finite(array)
    planes = array.reshape(*subject.size, -1)
    count = planes.shape[2]
    return [MapMethod("map" if count == 1 else f"map {k + 1}", subject, map=planes[:, :, k]) for k in range(count)]


def distinct(names: list[str]) -> list[str]:
    """The same names, of which equal ones are numbered."""
    found: list[str] = []
    for name in names:
        count, trial = 1, name
        while trial in found:
            count += 1
            trial = f"{name} ({count})"
        found.append(trial)
    return found
