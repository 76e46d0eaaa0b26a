import numpy as np
import pytest

from cnnscript.pictures.images import projections


def test_a_projection_keeps_the_sum_and_knows_the_side():
    image = np.zeros((7, 9))
    image[1, 7] = 2
    found, distances = projections.radon(image, np.array([0.0, 90.0, 45.0]))
    np.testing.assert_allclose(found.sum(0), 2)
    centre = distances @ found / 2
    np.testing.assert_allclose(centre, [3, 2, 5 / np.sqrt(2)], atol=1e-12)


def test_back_projection_gives_the_phantom_back():
    image = projections.phantom(np.array([[1, 0.5, 0.4, 0.2, 0, 30.0]]), 64)
    angles = np.arange(180.0)
    columns, _ = projections.radon(image, angles)
    made, _ = projections.inverse_radon(columns, angles, "linear", "ram-lak", 1.0, 64)
    assert np.corrcoef(made.ravel(), image.ravel())[0, 1] > 0.97
    assert made[image > 0].mean() == pytest.approx(1, abs=0.05)


def test_windows_of_the_filter_fall_from_ramp_to_hann():
    tops = [
        projections.projection_filter(kind, 100, 1.0)[128] for kind in ("ram-lak", "shepp-logan", "hamming", "hann")
    ]
    assert tops == sorted(tops, reverse=True) and tops[0] == pytest.approx(1, abs=0.01) and abs(tops[3]) < 1e-12
    assert (projections.projection_filter("none", 100, 1.0) == 1).all()


def test_an_ellipse_covers_what_its_axes_say():
    assert projections.phantom(np.array([[2, 0.5, 1, 0, 0, 0.0]]), 5).tolist() == [
        [0, 0, 2, 0, 0], [0, 0, 2, 0, 0], [0, 2, 2, 2, 0], [0, 0, 2, 0, 0], [0, 0, 2, 0, 0],
    ]  # fmt: skip
