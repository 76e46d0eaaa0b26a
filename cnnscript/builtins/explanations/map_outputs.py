"""Maps of methods as values of the language, and the questions that they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.reductions import reduced
from cnnscript.builtins.explanations.targets import Target, aimed, explained, pictures, scored_layer
from cnnscript.builtins.networks.questions import layer_number
from cnnscript.engine.devices import ENVIRONMENTS
from cnnscript.engine.graph import Network
from cnnscript.explain.chosen_layers import feature_layer, require_spatial
from cnnscript.explain.scoring import Question
from cnnscript.pictures.images.resize import imresize
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm

UPSAMPLING = ("bicubic", "nearest", "none")


@dataclass(frozen=True)
class Asked:
    """The arguments of a method, read: its question, and what the question was aimed at."""

    question: Question
    target: Target

    @property
    def network(self) -> Network:
        return self.question.network

    @property
    def size(self) -> tuple[int, int, int]:
        """Height, width and channels of the images."""
        height, width, channels = self.question.images.shape[1:]
        return height, width, channels


def asked(function: str, net: Any, value: Any, label: Any, *, reduction: Any = None, score: Any = None,
          environment: Any = "auto", form: Any = "", session: Any = None, progress: Any = None) -> Asked:  # fmt: skip
    """The question behind `function(net,X,label,...)`.

    session   where the label may be a function that reduces the scores: the session that calls it
    progress  told how far long work has come
    """
    network = explained(net, function)
    images = pictures(network, value, form)
    place = take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment")
    if session is not None and type(label) is Function:
        layer = scored_layer(network, reduction, score)
        target = Target(layer, reduced(session, label, network, images, layer, place))
    else:
        target = aimed(network, images, label, reduction=reduction, score=score)
    return Asked(Question(network, images, target.layer, target.weights, place, progress), target)


def chosen_feature(network: Network, score: int, size: tuple[int, int, int], layer: Any) -> int:
    """The layer whose maps are drawn: the one named, or the one that MATLAB chooses (None)."""
    if layer is None:
        return feature_layer(network, score, size)
    number = layer_number(network, layer)
    require_spatial(network, number, score, size)
    return number


def given_out(maps: np.ndarray, size: tuple[int, int] | None = None, method: str = "none") -> Any:
    """Maps n×h×w (or n×h×w×c) as a single array h×w×n (h×w×c×n), brought to a size."""
    turned = np.asfortranarray(np.moveaxis(maps, 0, -1), np.float32)
    if method != "none" and size is not None:
        turned = imresize(turned, size, method=method)
    while turned.ndim > 2 and turned.shape[-1] == 1:
        turned = turned[..., 0]
    return norm(turned)
