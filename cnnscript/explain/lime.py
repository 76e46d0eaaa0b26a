"""LIME: take features of an image away at random and see what the scores make of it (arXiv:1602.04938, §3.4).

The simple model of the scores is fitted elsewhere (`learning`); here are the features and the samples' scores.
"""

from __future__ import annotations

from math import floor, sqrt
from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, Masks, perturbed_scores


class Features(Masks):
    """Features kept whole or not at all: a row of 0 and 1 for each mask; all share the feature (from 0) of each
    pixel."""

    name = "features"

    @staticmethod
    def kept(shape: Any, rows: Any, shared: Any) -> Any:
        return tensorflow().gather(rows[0], shared[0], axis=1)


def sample_scores(question: MaskedQuestion, features: np.ndarray, samples: np.ndarray,
                  computing: Computing = USUAL) -> np.ndarray:  # fmt: skip
    """The scores (n×K float32) of images that keep some features and show the baseline where the others were.

    features  H×W whole numbers from 0: which feature each pixel is of
    samples   n×features logical: which features each image keeps
    """
    masks = Features([samples.astype(np.float32)], [features.astype(np.int32)])
    return perturbed_scores(question, masks, computing)


def grid(height: int, width: int, count: int) -> tuple[int, int]:
    """Rows and columns of about `count` cells that are nearly square: of a square image floor(sqrt(count)) each."""
    short, long = sorted((height, width))
    few = min(short, max(1, floor(sqrt(count * short / long) + 1e-9)))
    many = min(long, max(1, round(few * long / short)))
    return (few, many) if height <= width else (many, few)


def grid_features(height: int, width: int, rows: int, columns: int) -> np.ndarray:
    """The cell of each pixel, H×W from 0, numbered down the columns as scripts number elements."""
    down = np.arange(height) * rows // height
    across = np.arange(width) * columns // width
    return down[:, None] + rows * across[None, :]
