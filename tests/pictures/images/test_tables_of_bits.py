"""Operations on masks by tables of 3x3 pixels."""

import numpy as np
import pytest

from cnnscript.pictures.images import tables_of_bits as tables


def mask(text):
    return np.array([[cell == "1" for cell in row] for row in text.split()])


def text(mask):
    return " ".join("".join("01"[int(cell)] for cell in row) for row in mask)


@pytest.mark.parametrize(("operation", "before", "after"), [
    ("bridge", "100 101 001", "110 111 011"),
    ("clean", "000 010 000", "000 000 000"),
    ("diag", "010 100 000", "110 110 000"),
    ("endpoints", "1000 0100 0010 0000", "1000 0000 0010 0000"),
    ("fill", "111 101 111", "111 111 111"),
    ("hbreak", "111 010 111", "111 000 111"),
    ("hbreak", "101 111 101", "101 101 101"),
    ("majority", "110 100 110", "000 110 000"),
    ("remove", "111 111 111", "111 101 111"),
    ("spur", "0000 0000 0010 0100 1100", "0000 0000 0000 0100 1100"),
    ("branchpoints", "00100 00100 11111 00100 00100", "00000 00000 00100 00000 00000"),
    ("perim8", "11111 11111 11111", "11111 10001 11111"),
    ("perim4", "01110 11111 01110", "01110 10001 01110"),
])  # fmt: skip
def test_one_pass(operation, before, after):
    assert text(tables.morph(mask(before), operation)) == after


def test_two_corners_of_one_side_are_bridged_between_them():
    corners = mask("101 000 000")
    assert text(tables.morph(corners, "bridge")) == "111 000 000"


def test_shrinking_leaves_points_and_rings():
    disk = np.hypot(*(np.indices((15, 15)) - 7)) < 7
    assert tables.morph(disk, "shrink", np.inf).sum() == 1
    ring = disk & (np.hypot(*(np.indices((15, 15)) - 7)) > 2)
    shrunk = tables.morph(ring, "shrink", np.inf)
    assert shrunk.sum() > 8 and not shrunk[7, 7]


@pytest.mark.parametrize("operation", ["thin", "skeleton", "shrink"])
def test_what_is_thinned_keeps_its_regions_and_holes(operation):
    from scipy.ndimage import uniform_filter

    from cnnscript.pictures.images import connected

    noise = uniform_filter(np.random.default_rng(5).random((40, 40)), 5)
    before = noise > np.median(noise)
    after = tables.morph(before, operation, np.inf)
    assert not (after & ~before).any() and after.sum() < before.sum() / 2
    assert connected.euler_number(after) == connected.euler_number(before)


def test_thickening_joins_nothing():
    points = np.zeros((20, 20), bool)
    points[5, 5] = points[14, 12] = True
    from cnnscript.pictures.images import connected

    grown = tables.morph(points, "thicken", np.inf)
    assert connected.labelled(grown, connected.neighbourhood(8))[1] == 2 and grown.sum() > 200


def test_bits_count_down_the_columns():
    assert tables.codes(mask("010 000 000"))[1, 1] == 8 and tables.codes(mask("000 100 000"))[1, 1] == 2
    assert tables.codes(mask("01 10"), 2).tolist() == [[6, 1], [1, 0]]
