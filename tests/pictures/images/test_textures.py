import numpy as np
import pytest

from cnnscript.pictures.images import textures

RANDOM = np.random.default_rng(2)


def test_pairs_are_counted_in_every_direction():
    steps = np.array([[1.0, 2, 2], [3, 1, np.nan]])
    assert textures.co_occurrences(steps, (0, 1), 3, False).tolist() == [[0, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert textures.co_occurrences(steps, (-1, 1), 3, False).tolist() == [[0, 1, 0], [0, 0, 0], [0, 1, 0]]
    assert textures.co_occurrences(steps, (1, 0), 3, True).tolist() == [[0, 1, 1], [1, 0, 0], [1, 0, 0]]
    assert textures.co_occurrences(steps, (5, 0), 3, False).sum() == 0


def test_grey_steps_have_equal_width():
    assert textures.grey_steps(np.array([[0.0, 0.124, 0.125, 1.0]]), (0, 1), 8).tolist() == [[1, 1, 2, 8]]
    assert textures.grey_steps(np.array([[3.0, 4.0]]), (3, 3), 8).tolist() == [[1, 1]]


def test_a_gabor_kernel_is_a_wave_under_a_bell():
    kernel = textures.gabor_kernel(4, 0, 1, 0.5)
    middle = kernel.shape[0] // 2
    assert kernel[middle, middle] == 1 and kernel[middle, middle + 1].real == pytest.approx(0, abs=1e-12)
    across, along = textures.gabor_spreads(4, 1, 0.5)
    assert along == 2 * across and abs(kernel[middle, middle + 2]) == pytest.approx(np.exp(-(2**2) / across**2 / 2))


def test_a_gabor_response_is_the_convolution_with_its_kernel():
    from scipy.signal import fftconvolve

    image = RANDOM.random((40, 40))
    made = textures.gabor_response(image, 5, 30, 1, 0.5, textures.gabor_reach(5, 1, 0.5))
    reach = textures.gabor_reach(5, 1, 0.5)
    wide = np.pad(image, reach, "edge")
    by_hand = fftconvolve(wide, textures.gabor_kernel(5, 30, 1, 0.5), "valid")
    np.testing.assert_allclose(made, by_hand, atol=2e-4)


def test_stripes_answer_to_their_own_orientation():
    stripes = np.tile([0.0, 0, 1, 1], (16, 4))
    own, other = (np.abs(textures.gabor_response(stripes, 4, turn, 1, 0.5, 20))[8, 8] for turn in (0, 90))
    assert own > 20 * other


def test_a_ramp_has_one_direction_of_gradients():
    ramp = np.tile(np.arange(16.0), (16, 1))
    made = textures.gradient_histograms(ramp, (8, 8), (2, 2), (1, 1), 9, False).reshape(4, 9)
    # the direction 0 lies between the last bin and the first
    assert (made[:, [0, 8]] > 0.3).all() and made[:, 1:8].max() == 0 and np.linalg.norm(made) == pytest.approx(1)


def test_a_spot_has_no_brighter_neighbour_and_a_flat_picture_all():
    flat = np.ones((3, 3))
    spot = flat.copy()
    spot[1, 1] = 5
    assert textures.binary_patterns(spot, 8, 1, True).tolist() == [[0]]
    assert textures.binary_patterns(flat, 8, 1, True).tolist() == [[255]]


@pytest.mark.parametrize(
    ("neighbours", "upright", "bins"), [(8, True, 59), (8, False, 10), (12, True, 135), (4, True, 15)]
)
def test_uniform_patterns_have_bins_of_their_own(neighbours, upright, bins):
    table = textures.pattern_bins(neighbours, upright)
    assert table.max() + 1 == bins and set(table) == set(range(bins))


def test_the_lines_of_a_ramp_run_across_its_gradient():
    ramp = np.tile(np.arange(32.0), (32, 1))
    features = textures.gradient_histograms(ramp, (8, 8), (2, 2), (1, 1), 8, False)
    weights = textures.cell_weights(features, (4, 4), (2, 2), (1, 1), 8)
    assert weights.shape == (4, 4, 8) and weights.max() == 1
    x, y = (each.reshape(-1, 3)[:, :2] for each in textures.star_lines(weights, (8, 8), False))
    long = np.hypot(np.ptp(x, 1), np.ptp(y, 1)) > 2
    assert (np.ptp(y[long], 1) > 2 * np.ptp(x[long], 1)).all()
