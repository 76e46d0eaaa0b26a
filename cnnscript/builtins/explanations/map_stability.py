"""Does a map stay when the image hardly changes, and does it foretell what the score does?  stability, infidelity."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnscript.builtins.explanations.map_checks import maps_of, seen_class, with_baseline
from cnnscript.builtins.explanations.map_methods import MapMethod, check_finite, how_of, methods_of, subject_of
from cnnscript.builtins.explanations.masked_images import how, keeping, masked_question
from cnnscript.builtins.registry import builtin
from cnnscript.engine.questions import Waiting
from cnnscript.errors import ScriptError
from cnnscript.explain import infidelity as infidelities
from cnnscript.explain import stability as stabilities
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import String
from cnnscript.values.warn import warn


@builtin(outputs=3)
def stability(
    session, nargout, net, X, method, label=None, /, *, NumSamples=10.0, NoiseLevel=0.05, NumShifts=8.0, MaxShift=None,
    Method=None, Score="logit", MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    result = stability(net,X,method)
    result = stability(net,X,method,label)
    [result,spread,maps] = stability(net,X,method,label,Name=Value)
    result = stability(net,X,map,label,Method=method)

    Does a map stay when the image hardly changes? The image is explained again with a little noise, and moved by a few
    pixels.

    method is the name of a method in any letter case (saliency, guidedBackprop, gradCAM, occlusionSensitivity ...: see
    compareMaps), or a function @(net,X,c) ... of network, image and the number of the class that gives a map h×w. With
    Method, a map that is there already is what the others are compared with. label is one class; without it, the class
    that the network sees in X. result is a structure:
    Class, Method          what was explained, and how
    RankCorrelation        the mean rank correlation (Spearman) of the maps of all copies with that of X: 1 is stable
    NoiseCorrelation       the same of the noisy copies alone, ShiftCorrelation of the moved ones
    MaxSensitivity         the largest change of a noisy copy's map, as a share of the map's size (max-sensitivity,
                           arXiv:1901.09392, of random neighbours): 0 is stable; AverageSensitivity the mean
    Spread                 the mean of spread
    Maps of moved copies are moved back and compared where both saw the image. spread is h×w: the standard deviation
    of each pixel over all these maps, as a share of the range of X's map. maps is h×w×N: noisy copies, then moved ones.
    Noise and moves come from the stream that rng sets.

    Options
      NumSamples            how many noisy copies (10)
      NoiseLevel            the most that a number of X is changed by, as a share of the range of X's numbers (0.05)
      NumShifts             how many moved copies (8)
      MaxShift              the most pixels that they are moved by, down or across (1/50 of the longer side of X)
      Method                the method, where a map stands in its place
      Score                 what named methods explain: 'logit' (default) or 'softmax'
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> rng default; net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> [fine,spread,maps] = stability(net,X,'saliency','espresso',NumSamples=4,NumShifts=2);
      >> coarse = stability(net,X,@(net,X,c) gradCAM(net,X,c),'espresso',NumSamples=4,NumShifts=2);
      >> coarse.RankCorrelation > fine.RankCorrelation, size(spread)
      ans =
        logical
         1
      ans =
         227   227

    See also sanityCheck, compareMaps, infidelity, smoothGrad, rng.
    """
    shared = how_of(Score, MiniBatchSize, ExecutionEnvironment)
    samples, level = take.count(NumSamples, "NumSamples"), take.number(NoiseLevel, "NoiseLevel")
    shifts = take.count(NumShifts, "NumShifts")
    if not 0 <= level < np.inf:
        raise take.wanted("0 or more", "NoiseLevel", NoiseLevel, "MATLAB:expectedNonnegative")
    if not samples + shifts:
        raise ScriptError("deep:stability:NoCopies", "There must be a noisy or a moved copy.",
                          notes=("NumSamples and NumShifts are 0",))  # fmt: skip
    subject = subject_of("stability", net, X, label, shared.environment)
    most = max(1, round(max(subject.size) / 50)) if MaxShift is None else take.positive(MaxShift, "MaxShift")
    if shifts and most >= min(subject.size):
        raise ScriptError(
            "deep:stability:ShiftTooLarge", "MaxShift must be smaller than the image.",
            notes=(f"MaxShift is {most}", f"the image is {subject.size[0]}x{subject.size[1]}"),
        )  # fmt: skip
    (chosen,) = one_method(methods_of(session, method, subject, shared, argument="method"))
    if Method is not None:
        if chosen.map is None:
            raise ScriptError("deep:stability:TwoMethods", "With Method, the third argument must be a map.",
                              notes=(f"it is the method {chosen.name}",))  # fmt: skip
        (maker,) = one_method(methods_of(session, Method, subject, shared, argument="Method"))
    else:
        maker = chosen
    if maker.make is None:
        raise maker.no_method()
    generator = np.random.default_rng(session.random.words(4))
    found, maps = stable(session, maker, chosen.map, samples, level, shifts, most, generator)
    noise, moved = found.correlations[:samples], found.correlations[samples:]
    sensitivity = found.sensitivities[:samples]
    result = Struct({
        "Class": class_value(subject), "Method": String.of(maker.name),
        "RankCorrelation": mean(found.correlations), "NoiseCorrelation": mean(noise), "ShiftCorrelation": mean(moved),
        "MaxSensitivity": float(sensitivity.max()) if samples else float("nan"),
        "AverageSensitivity": mean(sensitivity), "Spread": float(found.spread.mean()),
    })  # fmt: skip
    return (result, norm(np.asfortranarray(found.spread)), norm(np.asfortranarray(maps)))[: max(1, nargout)]


def stable(session, method: MapMethod, own: np.ndarray | None, samples: int, level: float, shifts: int, most: int,
           generator: np.random.Generator) -> tuple[stabilities.Stability, np.ndarray]:  # fmt: skip
    """What the copies of an image say of a method, and their maps H×W×N.  own: the image's map, if it is there."""
    subject = method.subject
    own = own if own is not None else method.own()
    if own.min() == own.max():
        warn(
            "deep:explain:MapWithoutDifferences",
            f"The map of {method.name} is {own.flat[0]:g} everywhere: nothing can be said of its stability.",
        )
    moves = stabilities.moves(shifts, most, generator)
    copies = stabilities.noisy_copies(subject.image, samples, level, generator)
    waiting = Waiting(samples + len(moves), session.zoo.progress, what="maps of copies")
    try:
        maps = method.maps(subject.net, copies, subject.label, waiting)
        waiting.begun = samples
        if moves:
            maps += method.maps(subject.net, stabilities.moved_copies(subject.image, moves), subject.label, waiting)
    finally:
        waiting.over()
    flat = [one if one.ndim == 2 else one.sum(-1) for one in (own, *maps)]
    return stabilities.measured(flat[0], flat[1:], [(0, 0)] * samples + moves), np.stack(flat[1:], axis=-1)


def one_method(methods: list[MapMethod]) -> list[MapMethod]:
    if len(methods) > 1:
        raise ScriptError(
            "deep:explain:OneMethod", "There must be one method at a time.", notes=(f"got {len(methods)}",),
            hint="compareMaps compares several",
        )  # fmt: skip
    return methods


def class_value(subject, number: int | None = None):
    """A class as a value: its name, or its number where there are no names."""
    number = subject.label if number is None else number
    return String.of(subject.network.classes[number]) if subject.network.classes else number + 1.0


def mean(numbers: np.ndarray) -> float:
    return float(numbers.mean()) if numbers.size else float("nan")


@builtin(outputs=4)
def infidelity(
    session, nargout, net, X, map, label=None, /, *, NumSamples=128.0, PatchSize=None, Baseline="mean", Scaled=True,
    Score=None, MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    value = infidelity(net,X,map)
    value = infidelity(net,X,map,label)
    [value,factor,foretold,losses] = infidelity(net,X,map,label,Name=Value)

    Does a map foretell what the score loses when a part of the image goes? Infidelity, with square removal
    (arXiv:1901.09392): the mean square of what the map sums to in a random square less what the score loses when the
    baseline stands there. The smaller, the better.

    map is h×w like X. label is one class (text, string, categorical, or its number); without it, the class that the
    network sees in X. Maps have no unit: the map is multiplied with the one factor that makes the infidelity smallest,
    as its authors do to compare maps. foretold and losses are the two numbers of each square: their correlation tells
    how faithful the map is in its order. Squares come from the stream that rng sets.

    Options
      NumSamples            how many squares (128)
      PatchSize             their side in pixels (1/8 of the longer side of X)
      Baseline              what stands there: 'mean' (default: of each channel of X), 'blur' (X under a Gaussian of a
                            twentieth of its longer side), a number, or one for each channel
      Scaled                false takes the map as it is, which suits what shares out the score (integratedGradients)
      Score                 'softmax', or 'logit': what goes into the softmax (as the network ends)
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> rng default; net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = occlusionSensitivity(net,X,'espresso',MaskSize=50,Stride=40);
      >> [value,factor,foretold,losses] = infidelity(net,X,map,'espresso',NumSamples=48);
      >> rng default; value < infidelity(net,X,rand(227),'espresso',NumSamples=48)
      ans =
        logical
         1
      >> size(losses)
      ans =
          48     1

    See also stability, deletion, verify, compareMaps, rng.
    """
    question = with_baseline(masked_question(net, X, "infidelity", label, score=Score), Baseline)
    maps = maps_of(map, question)
    if maps.shape[2] > 1 or label is not None and len(question.channels) > 1:
        raise ScriptError(
            "deep:infidelity:OneMap", "infidelity looks at one map and one class at a time.",
            notes=(f"there are {maps.shape[2]} maps and {len(question.channels) if label is not None else 1} classes",),
        )  # fmt: skip
    check_finite(maps)  # sums over squares are differences: Inf would make them NaN
    size = question.image.shape[0], question.image.shape[1]
    count = take.positive(NumSamples, "NumSamples")
    side = max(1, round(max(size) / 8)) if PatchSize is None else take.positive(PatchSize, "PatchSize")
    scaled, computing = take.flag(Scaled, "Scaled"), how(session, MiniBatchSize, ExecutionEnvironment)
    with keeping(session, question.network):
        generator = np.random.default_rng(session.random.words(4))
        if label is None:
            question = replace(question, channels=[seen_class(question, computing)])
        parts = infidelities.squares(size, count, side, generator)
        found = infidelities.infidelity(question, maps[:, :, 0], parts, scaled, computing)
    outputs = found.value, found.factor, norm(found.foretold[:, None]), norm(found.losses[:, None])
    return outputs[: max(1, nargout)]
