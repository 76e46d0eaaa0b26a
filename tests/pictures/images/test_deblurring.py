import numpy as np
import pytest

from cnnscript.pictures.images import deblurring

RANDOM = np.random.default_rng(11)
SPREAD = np.array([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
IMAGE = np.zeros((16, 16))
IMAGE[5:10, 6:12] = 1
IMAGE[12, 3] = 2


def blurred(image, spread=SPREAD):
    return deblurring.back(deblurring.to_transfer(spread, image.shape) * np.fft.fftn(image))


def test_a_transfer_function_of_a_symmetric_spread_is_real_and_goes_back():
    transfer = deblurring.to_transfer(SPREAD, (16, 16))
    assert transfer.dtype == float and transfer[0, 0] == pytest.approx(1)
    np.testing.assert_allclose(deblurring.to_spread(transfer, (3, 3)), SPREAD, atol=1e-15)


def test_wiener_without_noise_takes_all_blur_away():
    spread = np.array([[0.2, 0.6, 0.2]])
    np.testing.assert_allclose(
        deblurring.wiener(blurred(IMAGE, spread), spread, np.float64(0), np.float64(1)), IMAGE, atol=1e-9
    )


def test_autocorrelations_of_noise_and_signal_are_their_ratio():
    noise = np.zeros((16, 16))
    noise[8, 8] = 0.3
    one = deblurring.wiener(blurred(IMAGE), SPREAD, deblurring.spectrum_of(noise, (16, 16)), np.float64(1))
    other = deblurring.wiener(blurred(IMAGE), SPREAD, np.float64(0.3), np.float64(1))
    np.testing.assert_allclose(one, other, atol=1e-12)


def test_a_step_of_lucys_by_hand():
    image = np.array([[1.0, 2.0, 4.0, 2.0]])
    spread = np.array([[0.25, 0.5, 0.25]])
    now, before, changes = deblurring.lucy(image, spread, 1, image * 0, image * 0 + 1, image * 0)
    ratio = image / blurred(image, spread)
    np.testing.assert_allclose(now, image * blurred(ratio, spread), rtol=1e-7)
    assert (before == image).all() and changes[:, 1].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("damping", [0.0, 0.01])
def test_lucy_sharpens_and_keeps_the_light(damping):
    image = blurred(IMAGE)
    made = deblurring.lucy(image, SPREAD, 60, image * 0 + damping, image * 0 + 1, image * 0)[0]
    assert np.abs(made - IMAGE).sum() < 0.7 * np.abs(image - IMAGE).sum()
    assert made.min() >= 0 and made.sum() == pytest.approx(IMAGE.sum(), rel=1e-2)


def test_a_blind_guess_comes_nearer_to_the_spread():
    image = blurred(IMAGE)
    flat = np.full((3, 3), 1 / 9)
    _, spread = deblurring.blind(image, flat, 30, image * 0, image * 0 + 1, image * 0)
    assert np.abs(spread - SPREAD).sum() < np.abs(flat - SPREAD).sum() and spread.sum() == pytest.approx(1)


def test_a_constraint_leaves_as_much_as_the_noise_has():
    image = blurred(IMAGE) + RANDOM.normal(0, 0.05, IMAGE.shape)
    operator = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
    made, factor = deblurring.constrained(image, SPREAD, 0.05**2 * image.size, (1e-9, 1e9), operator)
    assert ((blurred(made) - image) ** 2).mean() == pytest.approx(0.05**2, rel=0.05) and factor > 0


def test_tapering_changes_the_edges_only():
    image = RANDOM.random((20, 20))
    made = deblurring.tapered(image, SPREAD)
    np.testing.assert_allclose(made[4:-4, 4:-4], image[4:-4, 4:-4], atol=1e-12)
    assert (made[0] != image[0]).all() and image.min() <= made.min() and made.max() <= image.max()
