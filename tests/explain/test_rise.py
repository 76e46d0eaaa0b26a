"""RISE against masks made one by one, and against a network whose truth is known."""

import numpy as np
import pytest
from skimage.transform import resize

from cnnscript.explain.perturbation import MaskedQuestion, memory
from cnnscript.explain.rise import Draws, rise
from tests.explain.perturbed_networks import cue, residual, residual_scores


def draws(rng, count, rows=4, columns=5, probability=0.5):
    return Draws(rng.random((count, rows, columns)) < probability, rng.random((count, 2)))


def mask_by_hand(grid, move, size):
    """The mask of a grid: enlarged to one cell more than the image, then cut."""
    cell = [-(-length // cells) for length, cells in zip(size, grid.shape, strict=True)]
    whole = [(cells + 1) * side for cells, side in zip(grid.shape, cell, strict=True)]
    large = resize(grid.astype(float), whole, order=1, mode="edge", anti_aliasing=False)
    top, left = (int(part * side) for part, side in zip(move, cell, strict=True))
    return large[top : top + size[0], left : left + size[1]]


@pytest.mark.parametrize("observed", [False, True])
def test_the_sum_of_the_paper_with_masks_made_one_by_one(rng, observed):
    network, arrays = residual()
    image = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    chance = draws(rng, 30, probability=0.4)
    found = rise(MaskedQuestion(network, 8, (0, 2), image, np.zeros((1, 1, 1), "f4")), chance, 0.4, observed)
    masks = [mask_by_hand(grid, move, (12, 15)) for grid, move in zip(chance.grids, chance.moves, strict=True)]
    scores = [residual_scores(arrays, image * mask[..., None])[[0, 2]] for mask in masks]
    total = sum(mask[..., None] * score for mask, score in zip(masks, scores, strict=True))
    wanted = total / (sum(masks)[..., None] if observed else 0.4 * 30)
    np.testing.assert_allclose(found, wanted, atol=3e-6)
    assert memory(network).passes == 30  # two classes at once


def test_the_map_is_highest_where_the_truth_lies(rng):
    image = np.full((12, 15, 3), 100, np.float32)
    chance = draws(rng, 3000, 12, 15)
    found = rise(MaskedQuestion(cue(), 1, (0,), image, np.zeros((1, 1, 1), "f4")), chance, 0.5)[..., 0]
    order = np.argsort(found.ravel())[::-1][:2]
    assert {tuple(map(int, np.unravel_index(k, found.shape))) for k in order} == {(3, 4), (8, 11)}


def test_with_masks_that_keep_all_the_map_is_the_score_everywhere(rng):
    network, arrays = residual()
    image = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    chance = Draws(np.ones((5, 3, 3)), rng.random((5, 2)))
    found = rise(MaskedQuestion(network, 8, (1,), image, np.zeros((1, 1, 1), "f4")), chance, 1.0)
    np.testing.assert_allclose(found[..., 0], residual_scores(arrays, image)[1], atol=2e-6)
