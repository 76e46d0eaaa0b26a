"""Boundaries traced."""

import numpy as np
import pytest

from cnnscript.pictures.images import boundaries


def test_a_boundary_runs_clockwise_from_the_first_pixel_down_the_columns():
    mask = np.zeros((4, 4), bool)
    mask[1:3, 1:4] = True
    assert boundaries.outer(mask).tolist() == [[1, 1], [1, 2], [1, 3], [2, 3], [2, 2], [2, 1], [1, 1]]


def test_a_line_is_traced_there_and_back():
    assert boundaries.outer(np.ones((1, 3), bool)).tolist() == [[0, 0], [0, 1], [0, 2], [0, 1], [0, 0]]


def test_a_pixel_alone_is_its_own_boundary():
    assert boundaries.outer(np.ones((1, 1), bool)).tolist() == [[0, 0], [0, 0]]


def test_a_figure_eight_is_traced_whole_though_the_start_is_passed_twice():
    mask = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], bool)
    path = boundaries.outer(mask)
    assert {tuple(place) for place in path.tolist()} == {(0, 1), (1, 0), (1, 2), (2, 1)}


@pytest.mark.parametrize(("shape", "length"), [
    ((3, 3), 8 * 0.98 - 4 * 0.091), ((2, 2), 4 * 0.98 - 4 * 0.091), ((1, 1), 0),
])  # fmt: skip
def test_perimeters_are_estimated_from_steps_and_corners(shape, length):
    assert boundaries.perimeter(boundaries.outer(np.ones(shape, bool))) == pytest.approx(length)


def test_with_four_neighbours_a_diagonal_ends_the_trace():
    assert boundaries.outer(np.eye(3, dtype=bool), 4).tolist() == [[0, 0], [0, 0]]
    assert len(boundaries.outer(np.eye(3, dtype=bool), 8)) == 5
