"""Deletion, insertion and verification against images changed by hand, and against a network whose truth is known."""

import numpy as np
import pytest

from cnnscript.explain.perturbation import MaskedQuestion
from cnnscript.explain.pixel_order import area, deletion, insertion, ranks, step_counts
from cnnscript.explain.verification import Verification, verify
from tests.explain.perturbed_networks import cue, residual, residual_scores


def test_ranks_go_from_the_highest_and_equals_in_the_order_of_reading():
    np.testing.assert_array_equal(ranks(np.array([[3.0, 7, 7], [-1, 9, 3]])), [[3, 1, 2], [5, 0, 4]])


@pytest.mark.parametrize("method", [deletion, insertion])
def test_curves_by_hand(rng, method):
    network, arrays = residual()
    image, map = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32), rng.normal(size=(12, 15))
    baseline = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    counts = step_counts(180, 6)
    found = method(MaskedQuestion(network, 8, (1, 0), image, baseline), map, counts)
    assert counts.tolist() == [0, 30, 60, 90, 120, 150, 180]
    order = np.argsort(map.ravel())[::-1]
    for count, scores in zip(counts, found, strict=True):
        first, second = (image, baseline) if method is deletion else (baseline, image)
        changed = first.copy().reshape(180, 3)
        changed[order[:count]] = second.reshape(180, 3)[order[:count]]
        wanted = residual_scores(arrays, changed.reshape(12, 15, 3))[[1, 0]]
        np.testing.assert_allclose(scores, wanted, atol=2e-6)


def test_the_area_is_that_of_trapezoids():
    np.testing.assert_allclose(area(np.array([0, 0.5, 1]), np.array([[1, 0], [1, 2], [0, 2]])), [0.75, 1.5])


def test_the_true_map_loses_all_at_once_and_gains_all_at_once():
    image = np.zeros((12, 15, 3), np.float32)
    truth = np.zeros((12, 15))
    for place in ((3, 4), (8, 11)):
        image[place], truth[place] = 100, 1
    question = MaskedQuestion(cue(), 1, (0,), image, np.zeros((1, 1, 1), np.float32))
    counts = np.array([0, 1, 2, 180])
    assert deletion(question, truth, counts)[:, 0].tolist() == [600, 300, 0, 0]
    assert insertion(question, truth, counts)[:, 0].tolist() == [0, 300, 600, 600]
    assert deletion(question, -truth, counts)[:, 0].tolist() == [600, 600, 600, 0]


def two_sides():
    """A network that says 0 where the left half of the image is the brighter one, 1 where the right is."""
    from cnnscript.engine.architectures import read_architecture

    weights = np.zeros((12, 15, 3, 2))
    weights[:, :7, :, 0] = weights[:, 8:, :, 1] = 0.01
    found = read_architecture("data\timage-input\t12x15x3 none\nfc\tfully-connected\t2\nprob\tsoftmax")
    return found.network({"fc": {"Weights": weights.reshape(540, 2).astype("f4"), "Bias": np.float32([0, 0.01])}})


def test_a_map_of_the_bright_side_is_consistent_and_its_opposite_contradicts():
    image = np.zeros((12, 15, 3), np.float32)
    image[4:8, 2:5], image[4:8, 11] = 100, 50  # 12 bright pixels left, 4 darker ones right
    question = MaskedQuestion(two_sides(), 2, (0, 1), image, np.zeros((1, 1, 1), np.float32))
    left = np.zeros((12, 15))
    left[4:8, 2:5] = 1
    found = verify(question, left, share=12 / 180, steps=180)
    assert (found.label, found.keep_class, found.drop_class, found.verdict) == (0, 0, 1, "consistent")
    assert found.smallest == pytest.approx(1 / 180) and found.kept and found.changed
    opposite = verify(question, -left, share=12 / 180, steps=180)
    assert (opposite.verdict, opposite.kept, opposite.changed) == ("contradicts", False, False)
    assert opposite.smallest > 0.9
    other = verify(question, left, label=1, share=12 / 180)
    assert other.label == 1 and not other.kept and other.score < 0.01


def test_completeness_is_the_relative_error_of_the_sum():
    network = cue()
    image = np.zeros((12, 15, 3), np.float32)
    image[3, 4] = 100
    map = np.zeros((12, 15))
    map[3, 4] = 300
    question = MaskedQuestion(network, 1, (0,), image, np.zeros((1, 1, 1), np.float32))
    assert verify(question, map).completeness == pytest.approx(0, abs=1e-6)
    assert verify(question, map / 2).completeness == pytest.approx(0.5)


def test_one_of_both_makes_a_map_weak():
    made = dict(label=2, score=0.9, keep_score=0.1, drop_score=0.1, smallest=0.5, completeness=0.0)
    assert Verification(**made, keep_class=1, drop_class=1).verdict == "weak"
    assert Verification(**made, keep_class=2, drop_class=2).verdict == "weak"
    assert Verification(**made, keep_class=1, drop_class=2).verdict == "contradicts"
