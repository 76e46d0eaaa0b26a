"""Deletion and insertion: pixels go or come in the order of a map, and the score tells whether the map was right.

A good map makes the score fall at once when its first pixels go, and rise at once when they come (Petsiuk et al.,
arXiv:1806.07421, §4.1; pixel flipping of Bach et al. 2015).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, Masks, perturbed_scores


class Ordered(Masks):
    """Pixels by their rank: a row says from which rank to which (not in) they are kept; all share the ranks, H×W."""

    name = "ordered pixels"

    @staticmethod
    def kept(shape: Any, rows: Any, shared: Any) -> Any:
        tf = tensorflow()
        first, last = rows[0][:, 0][:, None, None], rows[0][:, 1][:, None, None]
        return tf.cast((shared[0] >= first) & (shared[0] < last), tf.float32)


def ranks(map: np.ndarray) -> np.ndarray:
    """The place of each pixel in the order of a map, H×W from 0 for its highest; of equals, the upper left comes
    first."""
    order = np.argsort(-np.asarray(map, float).ravel(), kind="stable")
    found = np.empty(order.size, np.int32)
    found[order] = np.arange(order.size)
    return found.reshape(map.shape)


def kept_scores(question: MaskedQuestion, ranked: np.ndarray, spans: Any,
                computing: Computing = USUAL) -> np.ndarray:  # fmt: skip
    """The scores (n×K) of images that keep the pixels of some ranks, (first, end) each."""
    return perturbed_scores(question, Ordered([np.asarray(spans, np.int32).reshape(-1, 2)], [ranked]), computing)


def deletion(question: MaskedQuestion, map: np.ndarray, counts: np.ndarray, computing: Computing = USUAL) -> np.ndarray:
    """The scores (n×K) when so many pixels, the map's highest, have gone."""
    return kept_scores(question, ranks(map), [(count, map.size) for count in counts], computing)


def insertion(question: MaskedQuestion, map: np.ndarray, counts: np.ndarray,
              computing: Computing = USUAL) -> np.ndarray:  # fmt: skip
    """The scores (n×K) when so many pixels, the map's highest, have come into the baseline."""
    return kept_scores(question, ranks(map), [(0, count) for count in counts], computing)


def step_counts(pixels: int, steps: int) -> np.ndarray:
    """Pixels gone or come after each of some equal steps: from none to all, steps + 1 numbers."""
    return np.round(np.linspace(0, pixels, steps + 1)).astype(np.int64)


def area(fractions: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The area under curves (n×K) over fractions from 0 to 1, by trapezoids: K numbers."""
    middles = (scores[1:].astype(float) + scores[:-1]) / 2
    return (np.diff(fractions)[:, None] * middles).sum(axis=0)
