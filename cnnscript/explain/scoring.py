"""What the gradient methods are asked: some images, and the score that is explained.

Every method is `method(question, ...)` → arrays with a map for each score: n×h×w (n×h×w×c where it says so), float32.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.engine import tapes
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import Progress, Waiting, ask
from cnnscript.engine.tapes import IMAGES, Gradients


@dataclass(frozen=True, eq=False)
class Question:
    """Which score of which images.

    images       N×H×W×C numbers as the network takes them
    layer        the number of the layer that is scored
    weights      n×c: what its channels are weighted with (n×h×w×c: its outputs), a row for each map; n = N, or N = 1,
                 or n = 1
    environment  as of questions.ask
    progress     told how far long work has come
    """

    network: Network
    images: np.ndarray
    layer: int
    weights: np.ndarray
    environment: str = "auto"
    progress: Progress | None = None

    @property
    def count(self) -> int:
        """How many maps there are."""
        return max(len(self.images), len(self.weights))

    def gradients(self, at: Sequence[int] = (IMAGES,), rule: str = "none") -> Gradients:
        """The scores, what the layers gave, and how the scores change with that."""
        return tapes.gradients(
            self.network, self.images, self.layer, self.weights, at, rule=rule, environment=self.environment
        )

    def scores(self) -> np.ndarray:
        """The scores alone, one for each image: of one score, or of one for each."""
        (outputs,) = ask(self.network, self.images, [self.layer], environment=self.environment)
        if self.weights.ndim == 2:
            return (outputs.sum((1, 2), dtype=float) * self.weights).sum(-1)
        return (outputs * self.weights).sum((1, 2, 3), dtype=float)

    def alone(self, k: int) -> Question:
        """The question for the map of number k alone."""
        images = self.images[k : k + 1] if len(self.images) > 1 else self.images
        return replace(self, images=images, weights=self.weights[k : k + 1] if len(self.weights) > 1 else self.weights)

    def of(self, images: np.ndarray) -> Question:
        """The same score of other images."""
        return replace(self, images=images)

    @contextmanager
    def telling(self, count: int) -> Iterator[Waiting]:
        """While so many gradients are computed, the progress is told how many are done."""
        waiting = Waiting(count, self.progress, what="gradients")
        try:
            yield waiting
        finally:
            waiting.over()

    @property
    def batch(self) -> int:
        """How many images are well asked at once."""
        height, width, channels = self.images.shape[1:]
        return tapes.batch_size(self.network, (height, width, channels), self.layer)


def rectified(maps: Any) -> Any:
    """max(0, x): what speaks for the score."""
    return np.maximum(maps, 0)


def summed(maps: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """The sum of maps n×h×w×c (or one image's, 1×h×w×c), weighted: importance n×c for whole maps, n×h×w×c for each of
    their places.  Returns n×h×w."""
    if importance.ndim == 4:
        return np.einsum("nhwc,nhwc->nhw", np.broadcast_to(maps, importance.shape), importance)
    rows = maps.reshape(len(maps), -1, maps.shape[-1])
    return (rows @ importance[:, :, None]).reshape(len(importance), *maps.shape[1:3])
