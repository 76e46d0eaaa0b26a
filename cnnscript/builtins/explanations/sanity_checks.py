"""Does a map change when the network forgets what it has learned?  sanityCheck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.comparison_figures import sanity_figure
from cnnscript.builtins.explanations.map_methods import (
    MapMethod,
    Subject,
    distinct,
    how_of,
    methods_of,
    subject_of,
    wrapped,
)  # fmt: skip
from cnnscript.builtins.networks.questions import layer_number
from cnnscript.builtins.registry import builtin
from cnnscript.engine.questions import Waiting
from cnnscript.errors import ScriptError
from cnnscript.explain import randomization
from cnnscript.explain.agreement import correlation, in_unit, ranks
from cnnscript.pictures.images import quality
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.tables import Table
from cnnscript.values.text import string_array, texts_or_none
from cnnscript.values.warn import quietly, warn

PASSES, DOUBTFUL, FAILS = "passes", "doubtful", "fails"
LOW, HIGH = 0.4, 0.6  # mean rank correlations below which a method passes, above which it fails
CONSTANTS = (0.01**2, 0.03**2, 0.03**2 / 2)  # of the SSIM of images from 0 to 1


@dataclass(frozen=True, eq=False)
class Course:
    """What became of the map of one method, as one layer after the other was drawn anew.

    own     the map of the network as it is; maps: of each step (H×W, or H×W×C with its channels)
    signed, absolute, similar  a number for each step: rank correlations of the maps and of their sizes, SSIM
    """

    method: MapMethod
    own: np.ndarray
    maps: list[np.ndarray]
    signed: np.ndarray
    absolute: np.ndarray
    similar: np.ndarray

    @property
    def mean(self) -> float:
        return float(self.signed.mean())

    @property
    def verdict(self) -> str:
        if np.isnan(self.mean):
            return DOUBTFUL
        return PASSES if self.mean < LOW else FAILS if self.mean > HIGH else DOUBTFUL


@builtin(outputs=3)
def sanityCheck(  # noqa: N802
    session, nargout, net, X, label=None, /, *, Method=("saliency", "guidedBackprop", "gradCAM"), Mode="cascading",
    Layers=None, Names=None, Plot=True, Score="logit", MiniBatchSize=128.0, ExecutionEnvironment="auto",
):  # fmt: skip
    """
    tbl = sanityCheck(net,X)
    tbl = sanityCheck(net,X,label)
    [tbl,layers,maps] = sanityCheck(net,X,label,Name=Value)

    Does a map change when the network forgets what it has learned? The weights of one layer after the other are drawn
    at random, from the scores down, and the map is made anew (the sanity checks of Adebayo and others, 2018,
    arXiv:1810.03292). A map that stays the same shows the image, not the network.

    label is one class; without it, the class that the network sees in X. Copies of the network are changed, never the
    network. tbl has a row for each method:
    MeanCorrelation     the mean over the layers of the rank correlation (Spearman) with the map of the whole network
    LastCorrelation     the same when all layers are random
    MeanAbsolute        the mean rank correlation of the sizes of the maps' numbers, whatever their signs
    MeanSSIM            the mean structural similarity of these sizes, each map scaled from 0 to 1
    Verdict             "passes" when MeanCorrelation is below 0.4, "fails" above 0.6, else "doubtful"
    layers is a table of these numbers for each method and layer, maps is h×w×(L+1)×M: of M methods the map of the
    network, then of each of L layers. Gradients are compared with their signs and channels; in maps they are summed.
    New weights are of the normal distribution with mean and deviation of those they replace. They come from the stream
    that rng sets; methods that draw numbers themselves draw the same each time. A figure shows the numbers and maps.

    Options
      Method                the methods: names in any letter case (see compareMaps), functions @(net,X,c) ..., or a cell
                            of both (saliency, guidedBackprop and gradCAM)
      Mode                  'cascading' (default): each layer and all after it; 'independent': each layer alone
      Layers                the layers that are drawn, in this order (all with learned weights, from the scores down)
      Names                 names of the methods in table and figure
      Plot                  false: no figure
      Score                 what named methods explain: 'logit' (default) or 'softmax'
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> rng default; net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> some = ["conv10" "fire9-squeeze1x1" "fire5-expand1x1"];
      >> tbl = sanityCheck(net,X,'espresso',Layers=some,Plot=false); tbl.Verdict'
      ans =
        1×3 string array
          "passes"    "fails"    "passes"
      >> method = @(net,X,c) layerCAM(net,X,c);
      >> [tbl,layers,maps] = sanityCheck(net,X,Method=method,Layers=some,Plot=false); size(layers)
      ans =
           3     5

    See also compareMaps, stability, saliency, gradCAM, rng.
    """
    shared = how_of(Score, MiniBatchSize, ExecutionEnvironment)
    mode, plot = take.choice(Mode, randomization.MODES, "Mode"), take.flag(Plot, "Plot")
    subject = subject_of("sanityCheck", net, X, label, shared.environment)
    given = string_array(list(Method)) if type(Method) is tuple else Method
    methods = methods_of(session, given, subject, shared, signed=True, argument="Method")
    names = names_of(Names, methods)
    chosen = layers_of(subject, Layers)
    courses = run(session, subject, methods, [[layer] for layer in chosen], mode)
    layer_names = [subject.network.layers[i].name for i in chosen]
    if plot:
        sanity_figure(session, subject, names, layer_names, courses, mode)
    return outputs(names, layer_names, courses)[: max(1, nargout)]


def outputs(names: list[str], layers: list[str], courses: list[Course]) -> tuple[Any, ...]:
    """The table of the methods, the table of the layers, the maps."""
    table = Table.of({
        "MeanCorrelation": column([one.mean for one in courses]),
        "LastCorrelation": column([one.signed[-1] for one in courses]),
        "MeanAbsolute": column([one.absolute.mean() for one in courses]),
        "MeanSSIM": column([one.similar.mean() for one in courses]),
        "Verdict": strings([one.verdict for one in courses]),
    }, names)  # fmt: skip
    each = Table.of({
        "Method": strings([name for name in names for _ in layers]),
        "Layer": strings([layer for _ in names for layer in layers]),
        "Correlation": column(np.concatenate([one.signed for one in courses])),
        "Absolute": column(np.concatenate([one.absolute for one in courses])),
        "SSIM": column(np.concatenate([one.similar for one in courses])),
    })  # fmt: skip
    maps = np.stack([np.stack([flat(map) for map in (one.own, *one.maps)], -1) for one in courses], -1)
    return table, each, norm(np.asfortranarray(maps))


def run(session: Any, subject: Subject, methods: list[MapMethod], groups: list[list[int]],
        mode: str = "cascading") -> list[Course]:  # fmt: skip
    """The course of each method, as one group of layers after the other is drawn."""
    for method in methods:
        if method.make is None:
            raise method.no_method()
    generator = np.random.default_rng(session.random.words(4))
    stream = session.random.twister
    state = stream.get_state()
    own = []
    for method in methods:
        stream.set_state(state)
        own.append(method.own())
        if own[-1].min() == own[-1].max():
            warn(
                "deep:explain:MapWithoutDifferences",
                f"The map of {method.name} is {own[-1].flat[0]:g} everywhere: there is nothing to compare with.",
            )
    signed_ranks, absolute_ranks = [ranks(one) for one in own], [ranks(np.abs(one)) for one in own]
    maps: list[list[np.ndarray]] = [[] for _ in methods]
    numbers = np.empty((len(methods), len(groups), 3))
    waiting = Waiting(len(groups) * len(methods), session.zoo.progress, what="maps of random networks")
    try:
        for at, twin in enumerate(randomization.randomized(subject.network, groups, mode, generator)):
            net = wrapped(subject, twin)
            for k, method in enumerate(methods):
                stream.set_state(state)
                with quietly():  # what random networks make methods warn of is no news
                    (map,) = method.maps(net, subject.image[None], subject.label)
                numbers[k, at] = (
                    correlation(signed_ranks[k], ranks(map)), correlation(absolute_ranks[k], ranks(np.abs(map))),
                    similarity(own[k], map),
                )  # fmt: skip
                maps[k].append(map)
                waiting.done(at * len(methods) + k + 1)
    finally:
        waiting.over()
    return [Course(method, own[k], maps[k], *numbers[k].T) for k, method in enumerate(methods)]


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The mean SSIM of the sizes of two maps' numbers, summed over channels, from 0 to 1 each."""
    first, second = (in_unit(flat(np.abs(map))) for map in (one, other))
    return float(quality.similarity(first, second, CONSTANTS, (1, 1, 1), 1.5, 2).mean())


def flat(map: np.ndarray) -> np.ndarray:
    """A map H×W; channels are summed."""
    return map if map.ndim == 2 else map.sum(-1)


def layers_of(subject: Subject, value: Any) -> list[int]:
    """The layers whose weights are drawn."""
    network = subject.network
    every = randomization.learned_layers(network, subject.layer)
    if not every:
        raise ScriptError(
            "deep:sanityCheck:NothingLearned", "The network has no layer with learned weights.",
            notes=(f"it has {len(network.layers)} layers",),
        )  # fmt: skip
    if value is None:
        return every
    names = texts_or_none(value) or [text for text in take.texts(value, "Layers")]
    chosen = [layer_number(network, name) for name in names]
    for number in chosen:
        if number not in every:
            layer = network.layers[number]
            raise ScriptError(
                "deep:sanityCheck:NoWeights", f"Layer '{layer.name}' has no learned weights before the scores.",
                notes=(f"it is {layer.describe()}",
                       "layers that have: " + ", ".join(f"'{network.layers[i].name}'" for i in every[:5])
                       + (", ..." if len(every) > 5 else "")),
            )  # fmt: skip
    if len(set(chosen)) < len(chosen) or not chosen:
        raise ScriptError("deep:sanityCheck:InvalidLayers", "Layers must be different layers, at least one.",
                          notes=(f"got {', '.join(names) or 'none'}",))  # fmt: skip
    return chosen


def names_of(value: Any, methods: Sequence[MapMethod]) -> list[str]:
    """The names of methods in tables and figures."""
    if value is None:
        return distinct([method.name for method in methods])
    names = take.texts(value, "Names")
    if len(names) != len(methods) or len(set(names)) < len(names):
        raise ScriptError(
            "deep:explain:InvalidNames", "Names must be different, one for each method or map.",
            notes=(f"there are {len(methods)} methods and maps", f"got {len(names)} names"),
        )  # fmt: skip
    return names


def column(numbers: Any) -> Any:
    return norm(np.asarray(numbers, float).reshape(-1, 1))


def strings(texts: list[str]) -> Any:
    """A column of strings."""
    return string_array(texts, (len(texts), 1))
