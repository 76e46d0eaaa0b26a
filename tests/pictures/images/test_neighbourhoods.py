"""Windows and boxes, on values worked by hand and against plain loops."""

import numpy as np
import pytest

from cnnscript.pictures.images import neighbourhoods

RANDOM = np.random.default_rng(7)


def windows(image, sizes, mode):
    """The window around each pixel, by plain loops."""
    wide = np.pad(image, [((n - 1) // 2, n - 1 - (n - 1) // 2) for n in sizes], mode)
    return {
        place: wide[tuple(slice(k, k + n) for k, n in zip(place, sizes, strict=True))]
        for place in np.ndindex(image.shape)
    }


@pytest.mark.parametrize("sizes", [(3, 3), (1, 5), (5, 3)])
def test_medians_are_those_of_plain_loops(sizes):
    image = RANDOM.integers(0, 50, (9, 8)).astype(np.uint8)
    made = neighbourhoods.median(image, sizes, "symmetric")
    for place, window in windows(image, sizes, "symmetric").items():
        assert made[place] == np.median(window)


def test_modes_are_those_of_plain_loops():
    image = RANDOM.integers(0, 4, (9, 8)).astype(np.uint8)
    made = neighbourhoods.mode(image, (3, 3), "symmetric")
    for place, window in windows(image, (3, 3), "symmetric").items():
        assert made[place] == np.argmax(np.bincount(window.ravel()))


def test_entropies_and_deviations_are_those_of_plain_loops():
    image = RANDOM.integers(0, 6, (7, 8)).astype(np.uint8)
    domain = np.ones((3, 3), bool)
    entropies = neighbourhoods.window_entropies(image, domain)
    spreads = neighbourhoods.deviation(image, domain)
    for place, window in windows(image, (3, 3), "symmetric").items():
        share = np.bincount(window.ravel()) / 9
        share = share[share > 0]
        assert entropies[place] == pytest.approx(-(share * np.log2(share)).sum())
        assert spreads[place] == pytest.approx(window.std(ddof=1))


def test_rotated_integrals_are_the_sums_of_triangles():
    image = RANDOM.integers(0, 9, (5, 6)).astype(float)
    made = neighbourhoods.rotated_integral(image)
    assert made.shape == (6, 8)
    for row in range(5):
        for column in range(-1, 7):
            total = sum(image[y, x] for y in range(row + 1) for x in range(6) if abs(x - column) <= row - y)
            assert made[row + 1, column + 1] == total


def test_a_box_of_integers_is_exact_and_rounded():
    image = np.array([[1, 2, 6]], np.uint8)
    assert neighbourhoods.box_means(image, (1, 3), 1 / 3, "replicate").tolist() == [[1, 3, 5]]
    assert neighbourhoods.box_means(image, (1, 3), 1 / 2, 0.0).tolist() == [[2, 5, 4]]


def test_an_even_median_rounds_halves_up_in_its_class():
    assert neighbourhoods.median(np.array([[5, 8, 1]], np.uint8), (1, 2), 0.0).tolist() == [[7, 5, 1]]
    assert neighbourhoods.median(np.array([[True, False, False]]), (1, 2), 0.0).tolist() == [[True, False, False]]
