"""Why this class and not another?  classContrast, whyNot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.comparison_figures import contrast_figure, picture, reasons_figure
from cnnscript.builtins.explanations.map_checks import share_of, with_baseline
from cnnscript.builtins.explanations.map_methods import Subject, how_of, methods_of, subject_of
from cnnscript.builtins.explanations.map_stability import class_value, one_method
from cnnscript.builtins.explanations.masked_images import how, keeping, masked_question
from cnnscript.builtins.explanations.sanity_checks import column, flat, strings
from cnnscript.builtins.explanations.targets import class_numbers
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.explain import pixel_order
from cnnscript.explain.agreement import correlation, overlap
from cnnscript.explain.chosen_layers import logit_layer
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.warn import warn

ALIKE = 0.9  # the correlation above which two maps are one


@builtin(outputs=3)
def classContrast(  # noqa: N802
    session, nargout, net, X, k=3.0, /, *, Method="gradCAM", Fraction=0.2, Plot=True, Score="logit",
    MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    tbl = classContrast(net,X)
    tbl = classContrast(net,X,k)
    [tbl,maps,correlations] = classContrast(net,X,k,Name=Value)

    Are the maps of different classes different? The k classes that the network sees most in X (3), each with its map,
    and how much these have in common. Maps that are the same for every class do not explain the choice between them.

    tbl has a row for each class, best first: Class, Score, Overlap (1×k: what its highest fifth shares with that of
    each class, over what either has), and Correlation (1×k: of its map with that of each). maps is h×w×k, correlations
    k×k. A warning names two classes whose maps correlate by more than 0.9; gradCAM(...,Against=other) shows what tells
    them apart. A figure shows the maps side by side.

    Options
      Method                the method: a name in any letter case (see compareMaps), or a function @(net,X,c) ...
                            ('gradCAM')
      Fraction              the share of the pixels whose overlap is looked at (0.2)
      Plot                  false: no figure
      Score                 what named methods explain: 'logit' (default) or 'softmax'
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> finer = @(net,X,c) gradCAM(net,X,c,Against="runner-up");
      >> [tbl,maps,correlations] = classContrast(net,X,2,Method=finer,Plot=false); tbl.Class, size(maps)
      ans =
        2×1 string array
          "espresso"
          "cup"
      ans =
         227   227     2

    See also whyNot, gradCAM, compareMaps.
    """
    shared = how_of(Score, MiniBatchSize, ExecutionEnvironment)
    fraction, plot = share_of(Fraction, "Fraction"), take.flag(Plot, "Plot")
    subject = subject_of("classContrast", net, X, None, shared.environment)
    count = take.positive(k, "k")
    if not 2 <= count <= len(subject.scores):
        raise ScriptError(
            "deep:classContrast:InvalidCount", "k must be 2 or more, and not more than the network has classes.",
            notes=(f"got {count}", f"the network has {len(subject.scores)} classes"),
        )  # fmt: skip
    (method,) = one_method(methods_of(session, Method, subject, shared, argument="Method"))
    if method.make is None:
        raise method.no_method()
    best = np.argsort(-subject.scores, kind="stable")[:count].tolist()
    maps = [flat(method.maps(net, subject.image[None], number)[0]) for number in best]
    overlaps = np.array([[overlap(one, other, fraction) for other in maps] for one in maps])
    correlations = np.array([[correlation(one, other) for other in maps] for one in maps])
    names = [subject.class_name(number) for number in best]
    pairs = [(i, j) for i in range(count) for j in range(i) if correlations[i, j] > ALIKE]
    if pairs:
        (i, j), more = pairs[0], len(pairs) - 1
        warn(
            "deep:classContrast:SameMaps",
            f"The maps of '{names[j]}' and '{names[i]}' correlate by {correlations[i, j]:.2f}: {method.name} hardly "
            f"tells them apart{f', nor {more} more pair' + 's' * (more > 1) if more else ''}. "
            f'gradCAM(net,X,"{names[j]}",Against="{names[i]}") shows what does.',
        )
    if plot:
        words = [f"score {subject.scores[number]:.3g}" for number in best]
        contrast_figure(session, subject, names, words, maps, overlaps)
    table = Table.of({
        "Class": strings(names) if subject.network.classes else column([number + 1 for number in best]),
        "Score": column(subject.scores[best]),
        "Overlap": norm(np.asfortranarray(overlaps)), "Correlation": norm(np.asfortranarray(correlations)),
    })  # fmt: skip
    planes = norm(np.asfortranarray(np.stack(maps, axis=-1)))
    return (table, planes, norm(np.asfortranarray(correlations)))[: max(1, nargout)]


@builtin(outputs=3)
def whyNot(  # noqa: N802
    session, nargout, net, X, otherClass=None, /, *, Steps=50.0, Baseline="blur", FeatureLayer=None, Gamma=1.0,  # noqa: N803
    Plot=True, MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    result = whyNot(net,X)
    result = whyNot(net,X,otherClass)
    [result,towards,away] = whyNot(net,X,otherClass,Name=Value)

    Why does the network not say another class (the next best one)? What speaks for it, what against it, and the
    smallest part of the image that stands between the two.

    towards is the map of what speaks for the other class and not for the one that the network sees, away the other way
    round: gradCAM with Against (Finer-CAM, arXiv:2501.11309). The pixels of away go, highest first, until the other
    class has the larger score (after arXiv:1904.07451, with a baseline in the place of another picture). result is a
    structure:
    Class, Score           the class that the network sees, and its score
    Other, OtherScore      the other class, and its score
    Margin                 how much larger the logit of the class is
    SmallestArea           the smallest share of the pixels without which the other class has the larger score; NaN when
                           no share of them does
    ScoresThen             the scores [class other] then
    ClassThen              the class that the network sees then: it may be a third one
    Mask                   h×w, true where these pixels are
    A figure shows both maps and the image without these pixels.

    Options
      Steps                 in how many steps the pixels go (50)
      Baseline              what comes in their place: 'blur' (default: X under a Gaussian of a twentieth of its longer
                            side), 'mean' (of each channel of X), a number, or one for each channel
      FeatureLayer          the layer of the maps (as gradCAM chooses it)
      Gamma                 how much the class counts against which a map speaks (1)
      Plot                  false: no figure
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('chelsea.png'),[227 227]);
      >> [result,towards,away] = whyNot(net,X,'tabby',Plot=false); result.Other
      ans =
          "tabby"
      >> result.SmallestArea < 0.5
      ans =
        logical
         1

    See also classContrast, gradCAM, verify, deletion.
    """
    shared = how_of("logit", MiniBatchSize, ExecutionEnvironment)
    plot, steps = take.flag(Plot, "Plot"), take.positive(Steps, "Steps")
    computing = how(session, MiniBatchSize, ExecutionEnvironment)
    subject = subject_of("whyNot", net, X, None, shared.environment)
    other = other_class(subject, otherClass)
    question = with_baseline(masked_question(net, X, "whyNot", None), Baseline)
    options = ["Gamma", Gamma, "ExecutionEnvironment", shared.environment]
    options += [] if FeatureLayer is None else ["FeatureLayer", FeatureLayer]

    def contrast(label: int, against: int) -> Any:
        return session.call("gradCAM", 1, net, X, label + 1.0, "Against", against + 1.0, *options)

    towards, away = contrast(other, subject.label), contrast(subject.label, other)
    order = pixel_order.ranks(np.asarray(away, float))
    counts = pixel_order.step_counts(order.size, steps)
    logits = replace(question, layer=logit_layer(subject.network, subject.layer), channels=[subject.label, other])
    with keeping(session, question.network):
        scores = pixel_order.kept_scores(question, order, [(count, order.size) for count in counts], computing)
        before = pixel_order.kept_scores(logits, order, [(0, order.size)], computing)[0]
    ahead = np.flatnonzero(scores[:, other] > scores[:, subject.label])
    at = int(ahead[0]) if len(ahead) else None
    mask = order < (counts[at] if at is not None else 0)
    then = subject.label if at is None else int(scores[at].argmax())
    result = Struct({
        "Class": class_value(subject), "Score": float(subject.scores[subject.label]),
        "Other": class_value(subject, other), "OtherScore": float(subject.scores[other]),
        "Margin": float(before[0] - before[1]),
        "SmallestArea": float("nan") if at is None else float(counts[at] / order.size),
        "ScoresThen": norm(scores[at if at is not None else -1][None, [subject.label, other]].astype(float)),
        "ClassThen": class_value(subject, then), "Mask": norm(np.asfortranarray(mask)),
    })  # fmt: skip
    if plot:
        named = subject.class_name(then)
        gone = replace(subject, image=np.where(mask[..., None], question.baseline, question.image))
        said = "no part suffices" if at is None else f"{100 * counts[at] / order.size:.2g} % gone: now {named}"
        reasons_figure(session, subject, other, float(subject.scores[other]), np.asarray(towards, float),
                       np.asarray(away, float), picture(gone), said)  # fmt: skip
    return (result, towards, away)[: max(1, nargout)]


def other_class(subject: Subject, value: Any) -> int:
    """The class asked about (None: the runner-up)."""
    if value is None:
        if len(subject.scores) < 2:
            raise ScriptError(
                "deep:whyNot:OneClass", "The network has one class only: there is no other.",
                notes=(f"it is {subject.class_name()}",),
            )  # fmt: skip
        return int(np.argsort(-subject.scores, kind="stable")[1])
    classes = class_numbers(subject.network, subject.layer, value)
    if len(classes) > 1:
        raise ScriptError("deep:explain:OneClass", "whyNot looks at one other class at a time.",
                          notes=(f"got {len(classes)}",))  # fmt: skip
    if classes[0] == subject.label:
        raise ScriptError(
            "deep:whyNot:SameClass", "The network says this class already.",
            notes=(f"it sees {subject.class_name()} with a score of {subject.scores[subject.label]:.3g}",),
            hint="name another class: classify(net,X) tells which it sees",
        )  # fmt: skip
    return classes[0]
