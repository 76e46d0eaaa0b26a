"""Whether a map is true to its network: deletion, insertion, verify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.baselines import blurred
from cnnscript.builtins.explanations.masked_images import colour, how, keeping, masked_question
from cnnscript.builtins.explanations.targets import class_numbers
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.explain import pixel_order, verification
from cnnscript.explain.perturbation import MaskedQuestion
from cnnscript.values import take
from cnnscript.values.numeric import class_of, norm, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, text_or_none

BASELINES = ("mean", "blur")


@builtin(outputs=3)
def deletion(
    session, nargout, net, X, map, label=None, /, *, Steps=50.0, Baseline="mean", Score=None, MiniBatchSize=128.0,
    ExecutionEnvironment="auto",
):  # fmt: skip
    """
    area = deletion(net,X,map)
    area = deletion(net,X,map,label)
    [area,scores,fractions] = deletion(net,X,map,label,Name=Value)

    How fast the score of a class falls when the pixels go that a map calls the most important: the smaller the area
    under the curve, the better the map (RISE, Petsiuk and others, 2018).

    map is h×w like X, its highest pixels go first, of equals the upper left ones. label is one class (text, string,
    categorical, or its number); without it, the class that the network sees in X. h×w×K maps with K labels, or all with
    one, give K areas. scores is (Steps+1)×K, fractions the share of the pixels gone, from 0 to 1.

    Options
      Steps                 in how many equal steps the pixels go (50)
      Baseline              what comes in their place: 'mean' (default: of each channel of X), 'blur' (X under a
                            Gaussian of a twentieth of its longer side), a number, or one for each channel
      Score                 'softmax', or 'logit': what goes into the softmax (as the network ends)
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = occlusionSensitivity(net,X,'espresso',MaskSize=50,Stride=40);
      >> deletion(net,X,map,'espresso',Steps=10) < deletion(net,X,-map,'espresso',Steps=10)
      ans =
        logical
         1
      >> [area,scores,fractions] = deletion(net,X,map,Steps=4); fractions'
      ans =
               0    0.2500    0.5000    0.7500    1.0000

    See also insertion, verify, occlusionSensitivity, rise, trapz.
    """
    return curves(session, pixel_order.deletion, "deletion", net, X, map, label, Steps, Baseline, Score, MiniBatchSize,
                  ExecutionEnvironment)[: max(1, nargout)]  # fmt: skip


@builtin(outputs=3)
def insertion(
    session, nargout, net, X, map, label=None, /, *, Steps=50.0, Baseline="blur", Score=None, MiniBatchSize=128.0,
    ExecutionEnvironment="auto",
):  # fmt: skip
    """
    area = insertion(net,X,map)
    area = insertion(net,X,map,label)
    [area,scores,fractions] = insertion(net,X,map,label,Name=Value)

    How fast the score of a class rises when the pixels come that a map calls the most important: the larger the area
    under the curve, the better the map (RISE, Petsiuk and others, 2018).

    map is h×w like X, its highest pixels come first, of equals the upper left ones. label is one class (text, string,
    categorical, or its number); without it, the class that the network sees in X. h×w×K maps with K labels, or all with
    one, give K areas. scores is (Steps+1)×K, fractions the share of the pixels there, from 0 to 1.

    Options
      Steps                 in how many equal steps the pixels come (50)
      Baseline              what is there before: 'blur' (default: X under a Gaussian of a twentieth of its longer
                            side), 'mean' (of each channel of X), a number, or one for each channel
      Score                 'softmax', or 'logit': what goes into the softmax (as the network ends)
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = occlusionSensitivity(net,X,'espresso',MaskSize=50,Stride=40);
      >> insertion(net,X,map,'espresso',Steps=10) > insertion(net,X,-map,'espresso',Steps=10)
      ans =
        logical
         1
      >> [area,scores,fractions] = insertion(net,X,map,Steps=4); size(scores)
      ans =
           5     1

    See also deletion, verify, occlusionSensitivity, rise, trapz.
    """
    return curves(session, pixel_order.insertion, "insertion", net, X, map, label, Steps, Baseline, Score,
                  MiniBatchSize, ExecutionEnvironment)[: max(1, nargout)]  # fmt: skip


def curves(session: Any, method: Callable[..., np.ndarray], function: str, net: Any, X: Any, map: Any, label: Any,
           steps: Any, baseline: Any, score: Any, batch_size: Any, environment: Any) -> tuple:  # fmt: skip
    """Areas (1×K), scores (n×K) and fractions (n×1) of K maps."""
    question = with_baseline(masked_question(net, X, function, label, score=score), baseline)
    maps = maps_of(map, question)
    computing = how(session, batch_size, environment)
    counts = pixel_order.step_counts(maps.shape[0] * maps.shape[1], take.positive(steps, "Steps"))
    found = np.empty((len(counts), maps.shape[2]))
    with keeping(session, question.network):
        if label is None:
            question = replace(question, channels=[seen_class(question, computing)])
        classes = question.channels
        if len(classes) not in (1, maps.shape[2]):
            raise ScriptError(
                "deep:explain:MapsAndClasses", "Several maps need one class, or one class each.",
                notes=(f"there are {maps.shape[2]} maps and {len(classes)} classes",),
            )  # fmt: skip
        for k in range(maps.shape[2]):
            mine = replace(question, channels=[classes[k % len(classes)]])
            found[:, k] = method(mine, maps[:, :, k], counts, computing)[:, 0]
    fractions = counts / counts[-1]
    areas = pixel_order.area(fractions, found)
    return norm(areas[None]), norm(np.asfortranarray(found)), norm(fractions[:, None])


@builtin
def verify(
    session, net, X, map, label=None, /, *, Fraction=0.2, Steps=50.0, Baseline="mean", Score=None,
    MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    result = verify(net,X,map)
    result = verify(net,X,map,label)
    result = verify(net,X,map,label,Name=Value)

    Do a map and its network agree? The network is shown only what the map calls important, and everything but that.

    map is h×w like X. label is one class (text, string, categorical, or its number); without it, the class that the
    network sees in X. The result is a structure:
    Class, Score           the class explained, and its score in X
    KeepClass, KeepScore   the class seen, and the score of the class explained, when only the highest Fraction of the
                           map's pixels is seen; Kept: is it the class explained?
    DropClass, DropScore   the same without these pixels; Changed: is it another class?
    SmallestArea           the smallest share of the pixels, highest first, that makes the network say the class; NaN
                           when none does
    Completeness           how far the map's sum is from what the score gains over the baseline, as a share of that: 0
                           for maps that share out the score, as integrated gradients do; of others it says nothing
    Verdict                "consistent" when the class is kept and changes, "contradicts" when neither, else "weak"

    Options
      Fraction              the share of the pixels that is kept and dropped (0.2)
      Steps                 in how many steps SmallestArea is looked for (50)
      Baseline              what stands where nothing is seen: 'mean' (default: of each channel of X), 'blur' (X under a
                            Gaussian of a twentieth of its longer side), a number, or one for each channel
      Score                 'softmax', or 'logit': what goes into the softmax (as the network ends); Completeness is of
                            the score that the map shares out
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = occlusionSensitivity(net,X,'espresso',MaskSize=50,Stride=40);
      >> result = verify(net,X,map,'espresso',Steps=10); result.Verdict
      ans =
          "consistent"
      >> result = verify(net,X,-map,Steps=10); [result.Verdict result.KeepClass ~= "espresso"]
      ans =
        1×2 string array
          "contradicts"    "true"

    See also deletion, insertion, occlusionSensitivity, rise, overlay.
    """
    question = with_baseline(masked_question(net, X, "verify", None, score=Score), Baseline)
    maps = maps_of(map, question)
    classes = [None] if label is None else class_numbers(question.network, question.layer, label)
    if maps.shape[2] > 1 or len(classes) > 1:
        raise ScriptError(
            "deep:verify:OneMap", "verify looks at one map and one class at a time.",
            notes=(f"there are {maps.shape[2]} maps and {len(classes)} classes",),
        )  # fmt: skip
    fraction = share_of(Fraction, "Fraction")
    steps, computing = take.positive(Steps, "Steps"), how(session, MiniBatchSize, ExecutionEnvironment)
    with keeping(session, question.network):
        found = verification.verify(question, maps[:, :, 0], classes[0], fraction, steps, computing)
    names = question.network.classes

    def named(number: int) -> Any:
        return String.of(names[number]) if names else float(number + 1)

    return Struct({
        "Class": named(found.label), "Score": found.score,
        "KeepClass": named(found.keep_class), "KeepScore": found.keep_score, "Kept": found.kept,
        "DropClass": named(found.drop_class), "DropScore": found.drop_score, "Changed": found.changed,
        "SmallestArea": found.smallest, "Completeness": found.completeness, "Verdict": String.of(found.verdict),
    })  # fmt: skip


def share_of(value: Any, name: str) -> float:
    """A share of the pixels: some, but not all."""
    found = take.number(value, name)
    if not 0 < found < 1:
        raise ScriptError("deep:explain:InvalidShare", f"{name} must lie between 0 and 1.", notes=(f"got {found:g}",))
    return found


def seen_class(question: MaskedQuestion, computing: Any) -> int:
    """The 0-based class that the network sees in the image (of all its channels)."""
    height, width = question.image.shape[:2]
    flat = np.zeros((height, width), np.int32)
    return int(pixel_order.kept_scores(question, flat, [(0, 1)], computing)[0].argmax())


def with_baseline(question: MaskedQuestion, value: Any) -> MaskedQuestion:
    """The question with what stands where nothing is seen; as it comes it is the mean of each channel."""
    if text_or_none(value) is None:
        return replace(question, baseline=colour(value, question, "Baseline", "'mean', 'blur', "))
    if take.choice(value, BASELINES, "Baseline") == "mean":
        return question
    return replace(question, baseline=blurred(question.image))


def maps_of(value: Any, question: MaskedQuestion) -> np.ndarray:
    """Maps h×w×K of the size of the image, without NaN; Inf has its place in an order of pixels."""
    if class_of(value) == "dlarray":
        value = value.value
    array = np.atleast_2d(take.real(value, "map"))
    size = question.image.shape[:2]
    if array.shape[:2] != size or array.ndim > 3 or not array.size:
        raise ScriptError(
            "deep:explain:MapOfAnotherSize", "The map must have the height and width of the image.",
            notes=(f"the map is {size_text(array.shape)}", f"the image is {size_text(size)}"),
            hint="imresize(map,size(X,[1 2]))" if array.size and array.ndim < 4 else None,
        )  # fmt: skip
    if np.isnan(array).any():
        raise ScriptError(
            "deep:explain:MapNotANumber", "The map must not hold NaN: such pixels have no order.",
            notes=(f"{int(np.isnan(array).sum())} of its {array.size} numbers are NaN",),
        )  # fmt: skip
    return array.reshape(*size, -1)
