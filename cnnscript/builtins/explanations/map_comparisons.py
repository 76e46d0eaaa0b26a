"""Maps side by side, with everything that tells which of them is true: compareMaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.comparison_figures import comparison_figure
from cnnscript.builtins.explanations.map_checks import share_of, with_baseline
from cnnscript.builtins.explanations.map_localization import object_mask
from cnnscript.builtins.explanations.map_methods import (
    RANDOM,
    MapMethod,
    Subject,
    distinct,
    how_of,
    methods_of,
    subject_of,
)  # fmt: skip
from cnnscript.builtins.explanations.map_stability import stable
from cnnscript.builtins.explanations.masked_images import how, keeping, masked_question
from cnnscript.builtins.explanations.sanity_checks import column, flat, names_of, run, strings
from cnnscript.builtins.registry import builtin
from cnnscript.explain import infidelity, localization, pixel_order, randomization, verification
from cnnscript.explain.agreement import rank_correlation
from cnnscript.explain.perturbation import Computing, MaskedQuestion
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import string_array

USUAL = ("saliency", "guidedBackprop", "integratedGradients", "gradCAM", "occlusionSensitivity")
SAMPLES, SHIFTS, LEVEL = 4, 2, 0.05  # copies for the stability of each method
SQUARES = 64
GROUPS = 4  # steps of the cascade of random layers


@dataclass(frozen=True, eq=False)
class Measured:
    """What the network says of one map.  curves: the scores (n) as its pixels go, and as they come."""

    map: np.ndarray
    gone: np.ndarray
    come: np.ndarray
    deletion: float
    insertion: float
    found: verification.Verification
    fidelity: float


@builtin(outputs=4)
def compareMaps(  # noqa: N802
    session, nargout, net, X, maps=USUAL, label=None, /, *, Measures="all", Mask=None, Fraction=0.2, Steps=25.0,
    Names=None, Plot=True, Score="logit", MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    tbl = compareMaps(net,X)
    tbl = compareMaps(net,X,maps)
    tbl = compareMaps(net,X,maps,label)
    [tbl,maps,agreement,curves] = compareMaps(net,X,maps,label,Name=Value)

    Which map is true? Every map is measured in the same ways, beside a random map that knows nothing: one table, one
    figure.

    maps is a cell of maps h×w, names of methods (or a string array of these) and functions @(net,X,c) ... of network,
    image and the number of the class. Names are taken in any letter case: saliency, guidedBackprop, zeilerFergus,
    gradientTimesInput, integratedGradients, smoothGrad, varGrad, guidedGradCAM, gradCAM, gradCAMPlusPlus, layerCAM,
    hiResCAM, classActivationMap, eigenCAM, scoreCAM, occlusionSensitivity, imageLIME, rise, random. Without maps,
    five of them are compared. label is one class; without it, the class that the network sees in X. tbl has a row for
    each map and one for the random map:
    Deletion, Insertion   areas under the score as the map's highest pixels go (small is good) and come (large is good):
                          see deletion, insertion
    Kept, Changed         is the class kept by the highest fifth of the pixels, does it change without them?
    SmallestArea          the smallest share of the pixels that brings the class about
    Verdict               what follows: "consistent", "weak" or "contradicts"; see verify
    Fidelity              the correlation of what the map sums to in 64 random squares with what the score loses without
                          them (arXiv:2005.00631): 1 is best, NaN where no square costs anything; see infidelity
    Stability             mean rank correlation of the maps of 4 noisy and 2 moved copies of X: 1 is stable; see
                          stability
    Sanity                mean rank correlation with the maps of networks of which a quarter, a half, three quarters and
                          all layers are random: near 0 is good, a map near 1 does not show the network; see sanityCheck
    Maps without a method cannot be made anew: their Stability and Sanity are NaN. agreement is the rank correlation of
    each map with each. curves is a structure of Fractions, Deletion and Insertion (a column for each map). Random
    numbers come from the stream that rng sets.

    Options
      Measures              'all' (default), 'network' (without Stability and Sanity), which make every map anew
      Mask                  where the object is (h×w, or boxes [x y width height]): adds Hit and Mass of pointingGame
      Fraction              the share of the pixels that is kept and dropped (0.2)
      Steps                 in how many steps pixels go and come (25)
      Names                 names of the maps in table and figure
      Plot                  false: no figure
      Score                 what named methods explain: 'logit' (default) or 'softmax'
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> rng default; net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> methods = ["gradCAM" "saliency"];
      >> [tbl,maps,agreement,curves] = compareMaps(net,X,methods,'espresso',Steps=9,Measures="network",Plot=false);
      >> tbl.Properties.RowNames'
      ans =
        1×3 cell array
          {'gradCAM'}    {'saliency'}    {'random'}
      >> tbl.Fidelity(1) > tbl.Fidelity(3), size(curves.Deletion)
      ans =
        logical
         1
      ans =
          10     3

    See also sanityCheck, verify, deletion, insertion, stability, infidelity, pointingGame, overlay.
    """
    shared = how_of(Score, MiniBatchSize, ExecutionEnvironment)
    whole = take.choice(Measures, ("all", "network"), "Measures") == "all"
    plot, fraction, steps = take.flag(Plot, "Plot"), share_of(Fraction, "Fraction"), take.positive(Steps, "Steps")
    subject = subject_of("compareMaps", net, X, label, shared.environment)
    given = string_array(list(maps)) if type(maps) is tuple else maps
    methods = methods_of(session, given, subject, shared, argument="maps")
    names = names_of(Names, methods)
    if not any(method.name == RANDOM for method in methods):
        methods += methods_of(session, RANDOM, subject, shared)
        names = distinct([*names, RANDOM])
    mask = None if Mask is None else object_mask(Mask, subject.size, "Mask")
    computing = how(session, MiniBatchSize, ExecutionEnvironment)
    question = with_baseline(masked_question(net, X, "compareMaps", None), "mean")
    soft = with_baseline(question, "blur")
    generator = np.random.default_rng(session.random.words(4))
    parts = infidelity.squares(subject.size, SQUARES, max(1, round(max(subject.size) / 8)), generator)
    found, stabilities, sanities = [], [], []
    with keeping(session, question.network):
        for method in methods:
            own = method.own()
            found.append(measured(question, soft, flat(own), subject.label, fraction, steps, parts, computing))
            stabilities.append(stability_of(session, method, own, generator) if whole else np.nan)
        if whole:
            signed = methods_of(session, given, subject, shared, signed=True)
            sanities = sanity_of(session, subject, signed + methods[len(signed) :])
    columns = {
        "Deletion": column([one.deletion for one in found]), "Insertion": column([one.insertion for one in found]),
        "Kept": norm(np.array([[one.found.kept] for one in found])),
        "Changed": norm(np.array([[one.found.changed] for one in found])),
        "SmallestArea": column([one.found.smallest for one in found]),
        "Fidelity": column([one.fidelity for one in found]),
    }  # fmt: skip
    if whole:
        columns |= {"Stability": column(stabilities), "Sanity": column(sanities)}
    if mask is not None:
        columns |= {"Hit": norm(np.array([[localization.points_at(one.map, mask, 15)] for one in found])),
                    "Mass": column([localization.mass_accuracy(one.map, mask) for one in found])}  # fmt: skip
    columns["Verdict"] = strings([one.found.verdict for one in found])
    table = Table.of(columns, names)
    agreement = np.array([[rank_correlation(one.map, other.map) for other in found] for one in found])
    fractions = pixel_order.step_counts(found[0].map.size, steps) / found[0].map.size
    curves = Struct({
        "Fractions": norm(fractions[:, None]),
        "Deletion": norm(np.stack([one.gone for one in found], 1)),
        "Insertion": norm(np.stack([one.come for one in found], 1)),
    })  # fmt: skip
    if plot:
        remade = {"stability": stabilities, "sanity": sanities} if whole else {}
        comparison_figure(session, subject, names, found, fractions, remade)
    planes = np.stack([one.map for one in found], axis=-1)
    return (table, norm(np.asfortranarray(planes)), norm(np.asfortranarray(agreement)), curves)[: max(1, nargout)]


def measured(question: MaskedQuestion, soft: MaskedQuestion, map: np.ndarray, label: int, fraction: float, steps: int,
             parts: np.ndarray, computing: Computing) -> Measured:  # fmt: skip
    """All measures of one map that need the network only.  soft: the question with the baseline of insertion."""
    counts = pixel_order.step_counts(map.size, steps)
    gone = pixel_order.deletion(question, map, counts, computing)[:, label]
    come = pixel_order.insertion(soft, map, counts, computing)[:, label]
    areas = pixel_order.area(counts / map.size, np.stack([gone, come], 1))
    found = verification.verify(question, map, label, fraction, steps, computing)
    own = MaskedQuestion(question.network, question.layer, [label], question.image, question.baseline)
    parted = infidelity.infidelity(own, map, parts, True, computing)
    return Measured(map, gone, come, float(areas[0]), float(areas[1]), found, parted.fidelity)


def stability_of(session: Any, method: MapMethod, own: np.ndarray, generator: np.random.Generator) -> float:
    if method.make is None:
        return float("nan")
    most = max(1, round(max(method.subject.size) / 50))
    found, _ = stable(session, method, own, SAMPLES, LEVEL, SHIFTS, most, generator)
    return float(found.correlations.mean())


def sanity_of(session: Any, subject: Subject, methods: list[MapMethod]) -> list[float]:
    """The mean rank correlation of each map with those of networks that forget more and more."""
    layers = randomization.learned_layers(subject.network, subject.layer)
    groups = [part.tolist() for part in np.array_split(layers, min(GROUPS, len(layers)))] if layers else []
    makers = [method for method in methods if method.make is not None]
    means = iter([course.mean for course in run(session, subject, makers, groups)] if groups and makers else [])
    return [next(means, float("nan")) if method.make is not None else float("nan") for method in methods]
