"""Infidelity against its formula, written out."""

import numpy as np
import pytest

from cnnscript.explain.infidelity import infidelity, squares
from cnnscript.explain.perturbation import MaskedQuestion
from tests.explain.perturbed_networks import cue, residual, residual_scores


def test_squares_lie_inside_and_reach_every_edge():
    found = squares((12, 15), 4000, 5, np.random.default_rng(0))
    top, bottom, left, right = found.T
    assert (bottom - top == 5).all() and (right - left == 5).all()
    assert (top.min(), bottom.max(), left.min(), right.max()) == (0, 12, 0, 15)
    assert (squares((4, 9), 3, 6, np.random.default_rng(0))[:, 1] == 4).all()


@pytest.mark.parametrize("scaled", [True, False])
def test_the_formula(scaled):
    network, arrays = residual()
    random = np.random.default_rng(3)
    image, map = random.integers(0, 256, (12, 15, 3)).astype(np.float32), random.normal(size=(12, 15))
    baseline = np.float32([[[9, 90, 200]]])
    parts = squares((12, 15), 20, 4, random)
    question = MaskedQuestion(network, network.number("prob"), [2], image, baseline)
    found = infidelity(question, map, parts, scaled)
    sums, losses = [], []
    for top, bottom, left, right in parts:
        less = image.copy()
        less[top:bottom, left:right] = baseline
        losses.append(float(residual_scores(arrays, image)[2]) - float(residual_scores(arrays, less)[2]))
        sums.append(map[top:bottom, left:right].sum())
    sums, losses = np.array(sums), np.array(losses)
    factor = (sums * losses).mean() / (sums**2).mean() if scaled else 1
    np.testing.assert_allclose(found.losses, losses, atol=2e-6)
    np.testing.assert_allclose(found.foretold, factor * sums, rtol=1e-3, atol=1e-5)
    assert found.value == pytest.approx(((factor * sums - losses) ** 2).mean(), rel=1e-3)


def test_what_shares_out_a_linear_score_is_faithful_without_a_factor():
    network = cue()
    image = np.random.default_rng(0).random((12, 15, 3)).astype(np.float32)
    map = np.zeros((12, 15))
    for place in ((3, 4), (8, 11)):
        map[place] = image[place].sum()
    question = MaskedQuestion(network, 1, [0], image, np.zeros((1, 1, 1), np.float32))
    parts = squares((12, 15), 60, 5, np.random.default_rng(1))
    assert infidelity(question, map, parts, False).value < 1e-10
    assert infidelity(question, 3 * map, parts, True).factor == pytest.approx(1 / 3, rel=1e-4)
    assert infidelity(question, np.roll(map, 3), parts, True).value > 0.05
