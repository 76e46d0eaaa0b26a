"""Polygons to masks."""

import numpy as np
import pytest

from cnnscript.pictures.images import polygons


@pytest.mark.parametrize(("x", "y", "rows"), [
    ([1, 3, 3, 1], [1, 1, 3, 3], ["0000", "0110", "0110", "0000"]),  # edges through middles: left and top are out
    ([0.5, 2.5, 2.5, 0.5], [0.5, 0.5, 2.5, 2.5], ["1100", "1100", "0000", "0000"]),
    ([-5, 9, 9, -5], [-5, -5, 9, 9], ["1111"] * 4),
    ([2, 2], [1, 3], ["0000"] * 4),
])  # fmt: skip
def test_pixels_count_when_their_middle_lies_inside(x, y, rows):
    mask = polygons.mask_of(np.array(x, float), np.array(y, float), 4, 4)
    assert ["".join("01"[int(cell)] for cell in row) for row in mask] == rows


def test_hulls_run_counterclockwise_and_close():
    points = np.array([[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 0]], float)
    assert polygons.hull(points).tolist() == [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]


def test_lines_turn_round_with_their_ends():
    x, y = polygons.steps_between(3, 0, 0, 1)
    assert x.tolist() == [3, 2, 1, 0] and y.tolist() == [0, 0, 1, 1]
