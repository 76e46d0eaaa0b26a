import numpy as np
import pytest

from cnnscript.pictures.images.filters import boundaries, gaussian


def test_a_spike_becomes_the_bell_worked_by_hand():
    bell = np.exp(-np.array([4.0, 1, 0, 1, 4]) / 2)
    bell /= bell.sum()
    spike = np.zeros((5, 5))
    spike[2, 2] = 1
    np.testing.assert_allclose(gaussian(spike, (1, 1), (5, 5)), np.outer(bell, bell), atol=1e-15)


@pytest.mark.parametrize("outside", ["replicate", "circular", "symmetric"])
def test_a_constant_stays(outside):
    np.testing.assert_allclose(gaussian(np.full((6, 7, 3), 0.4), (2, 1), (9, 5), outside), 0.4)


def test_a_number_outside_darkens_the_edge():
    assert gaussian(np.ones((1, 5)), (1, 1), (1, 5), 0.0)[0, 0] < 0.8


def test_integers_are_rounded_in_their_class():
    out = gaussian(np.array([[0, 0, 255, 0, 0]], np.uint8), (1, 1), (1, 5))
    assert out.dtype == np.uint8 and out.tolist() == [[14, 62, 103, 62, 14]]


def test_boundaries_are_on_both_sides():
    labels = np.array([[1, 1, 2], [1, 1, 2], [1, 1, 1]])
    assert boundaries(labels, False).tolist() == [[False, True, True], [False, True, True], [False, False, True]]
    assert boundaries(labels, True).tolist() == [[False, True, True], [False, True, True], [False, True, True]]
