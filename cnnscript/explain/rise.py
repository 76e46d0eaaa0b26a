"""RISE: the mean of random soft masks, each weighed by the score it leaves (Petsiuk et al., arXiv:1806.07421).

With masks M of mean p, importance S(λ) = 1/(p·N) · Σ f(I ⊙ M_i) · M_i(λ)  (eq. 6).  A mask is a coarse grid of zeros
and ones, enlarged bilinearly to one cell more than the image, and cut at a random part of a cell (§3.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, Masks, perturbed_scores


class SoftGrids(Masks):
    """Grids of zeros and ones, and how far each is moved; all share the bilinear weights of each move: moves × pixels
    × cells for rows and for columns, whose product with a grid is its mask."""

    name = "soft grids"

    @staticmethod
    def kept(shape: Any, rows: Any, shared: Any) -> Any:
        tf = tensorflow()
        grids, moves = rows
        down, across = tf.gather(shared[0], moves[:, 0]), tf.gather(shared[1], moves[:, 1])
        return tf.matmul(tf.matmul(down, grids), across, transpose_b=True)


@dataclass(frozen=True)
class Draws:
    """What chance says: grids (N × rows × columns, zeros and ones), and where they are cut (N×2 parts of a cell)."""

    grids: np.ndarray
    moves: np.ndarray


def rise(question: MaskedQuestion, draws: Draws, probability: float, observed: bool = False,
         computing: Computing = USUAL) -> np.ndarray:  # fmt: skip
    """The importance of each pixel for each channel: H×W×K float64.

    probability  of a one in the grids: p of the formula
    observed     divide by what each pixel was really kept (Σ M_i(λ)) instead of by its expectation p·N
    """
    height, width = question.image.shape[:2]
    down, across = enlarging(height, draws.grids.shape[1]), enlarging(width, draws.grids.shape[2])
    moves = np.stack([np.floor(draws.moves[:, k] * len(one)) for k, one in enumerate((down, across))], axis=1)
    masks = SoftGrids([draws.grids.astype(np.float32), moves.astype(np.int32)], [down, across])
    scores = perturbed_scores(question, masks, computing)
    weighed = np.column_stack([scores, np.ones(len(scores))])
    sums = summed(masks, weighed)
    return sums[..., :-1] / (sums[..., -1:] if observed else probability * len(scores))


def enlarging(length: int, cells: int) -> np.ndarray:
    """Bilinear weights (moves × length × cells) from the cells of a grid to the pixels of a side, for every move by
    whole pixels inside one cell."""
    side = -(-length // cells)  # pixels of a cell
    whole = (cells + 1) * side
    places = np.clip((np.arange(whole) + 0.5) * cells / whole - 0.5, 0, cells - 1)
    weights = np.maximum(0, 1 - np.abs(places[:, None] - np.arange(cells)))
    return np.stack([weights[move : move + length] for move in range(side)]).astype(np.float32)


def summed(masks: SoftGrids, weights: np.ndarray) -> np.ndarray:
    """Σ weight · mask for each column of weights, H×W×K, without making the masks: grids of one downward move are
    summed before they are enlarged downward."""
    (grids, moves), (down, across) = masks.rows, masks.shared
    total = np.zeros((weights.shape[1], down.shape[1], across.shape[1]))
    for move in np.unique(moves[:, 0]):
        mine = np.flatnonzero(moves[:, 0] == move)
        wide = np.matmul(grids[mine], across[moves[mine, 1]].transpose(0, 2, 1), dtype=float)
        total += np.matmul(down[move], np.tensordot(weights[mine].T, wide, 1))
    return total.transpose(1, 2, 0)
