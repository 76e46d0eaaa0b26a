"""Edges and gradients, on pictures whose edges are known."""

import numpy as np
import pytest

from cnnscript.pictures.images import edges, kernels


def test_the_threshold_of_sobel_is_the_root_of_four_times_the_mean_square():
    image = np.zeros((4, 10))
    image[:, 5:] = 1
    _, threshold, across, down = edges.by_gradient(image, "sobel", None, "both", True)
    assert np.abs(across[:, 4:6]).tolist() == [[0.5, 0.5]] * 4 and not down.any()
    assert threshold == pytest.approx(np.sqrt(4 * 0.25 * 2 / 10))


def test_thinning_keeps_the_first_of_two_equal_columns_and_nothinning_both():
    image = np.zeros((4, 6))
    image[:, 3:] = 1
    thin = edges.by_gradient(image, "sobel", 0.1, "both", True)[0]
    thick = edges.by_gradient(image, "sobel", 0.1, "both", False)[0]
    # of equal strengths the one is kept that is larger than what follows
    assert np.flatnonzero(thin.any(0)).tolist() == [3] and np.flatnonzero(thick.all(0)).tolist() == [2, 3]


@pytest.mark.parametrize(("direction", "found"), [("horizontal", 0), ("vertical", 5), ("both", 4)])
def test_a_direction_looks_for_edges_along_it(direction, found):
    image = np.zeros((4, 6))
    image[:, 3:] = 1
    # one direction compares along the other too, where all are alike: only at the end the border gives way
    assert edges.by_gradient(image, "prewitt", 0.1, direction, True)[0].sum() == found


def test_canny_finds_a_line_where_the_step_is_and_leaves_the_border():
    image = np.zeros((30, 30))
    image[:, 15:] = 1
    found, (low, high) = edges.canny(image, (None, 0.5), 1.0)
    assert (low, high) == (0.2, 0.5)
    rows, columns = np.nonzero(found)
    assert set(columns) <= {14, 15} and set(rows) == set(range(1, 29))


def test_canny_keeps_weak_edges_only_where_they_touch_strong_ones():
    image = np.zeros((40, 40))
    image[:, 10:] = 1.0
    image[:, 28:] = 1.3
    both, _ = edges.canny(image, (0.1, 0.2), 1.0)
    strong, _ = edges.canny(image, (0.1, 0.9), 1.0)
    assert both[:, 25:].any() and not strong[:, 25:].any() and strong[:, :15].any()


def test_the_automatic_thresholds_of_canny_leave_seven_tenths_out():
    strength = np.linspace(0, 1, 1000).reshape(20, 50)
    low, high = edges.canny_thresholds(strength)
    assert high == 45 / 64 + 1 / 64 - 1 / 64 and low == pytest.approx(0.4 * high)


def test_zero_crossings_lie_on_the_negative_side_or_on_the_zero():
    step = np.tile([0.0, 0, 0, 1, 1, 1], (5, 1))
    laplacian = kernels.laplacian(0)
    found, _ = edges.by_crossings(step, laplacian, 0.0)
    assert np.flatnonzero(found.any(0)).tolist() == [3]
    ramp = np.tile([0.0, 0, 1, 2, 2, 2], (5, 1))
    found, _ = edges.by_crossings(ramp, laplacian, 0.0)
    assert np.flatnonzero(found.any(0)).tolist() == [2]


def test_gradients_of_a_ramp():
    ramp = np.add.outer(3.0 * np.arange(5), 2.0 * np.arange(6))
    for method, scale in [("sobel", 8), ("prewitt", 6), ("central", 1), ("intermediate", 1)]:
        across, down = edges.gradient_pair(ramp, method)
        assert across[2, 2] == 2 * scale and down[2, 2] == 3 * scale, method
    volume = np.add.outer(ramp, 5.0 * np.arange(4))
    x, y, z = edges.gradient_triple(volume, "sobel")
    assert (x[2, 2, 1], y[2, 2, 1], z[2, 2, 1]) == (2 * 44, 3 * 44, 5 * 44)
