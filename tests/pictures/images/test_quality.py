"""Structural similarity, against scikit-image where it means the same and by hand."""

import numpy as np
import pytest

from cnnscript.pictures.images import quality

RANDOM = np.random.default_rng(3)
USUAL = [0.01**2, 0.03**2, 0.03**2 / 2]


def test_similarity_is_scikit_images_away_from_the_edge():
    from skimage.metrics import structural_similarity

    one, other = RANDOM.random((40, 40)), RANDOM.random((40, 40))
    made = quality.similarity(one, other, USUAL, [1, 1, 1], 1.5, 2)
    _, full = structural_similarity(
        one,
        other,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=1,
        full=True,
        truncate=3.34,
    )
    np.testing.assert_allclose(made[8:-8, 8:-8], full[8:-8, 8:-8], atol=1e-9)


def test_the_general_formula_agrees_with_the_short_one():
    one, other = RANDOM.random((12, 12)), RANDOM.random((12, 12))
    short = quality.similarity(one, other, USUAL, [1, 1, 1], 1.5, 2)
    long = quality.similarity(one, other, [*USUAL[:2], USUAL[2] * (1 + 1e-12)], [1, 1, 1], 1.5, 2)
    np.testing.assert_allclose(short, long, atol=1e-8)


def test_flat_images_without_constants_are_alike():
    assert (
        quality.similarity(np.zeros((3, 3)), np.zeros((3, 3)), [0, 0, 0], [1, 1, 1], 1.5, 2).tolist() == [[1] * 3] * 3
    )


def test_one_scale_is_similarity():
    one, other = RANDOM.random((16, 16)), RANDOM.random((16, 16))
    score, maps = quality.multiscale_similarity(one, other, USUAL, [1.0], 1.5, 2)
    made = quality.similarity(one, other, USUAL, [1, 1, 1], 1.5, 2)
    np.testing.assert_allclose(maps[0], made)
    assert score.item() == pytest.approx(made.mean())


@pytest.mark.parametrize(
    ("kind", "top"), [("uint8", 255), ("uint16", 65535), ("int16", 65535), ("float32", 1), ("bool", 1)]
)
def test_the_range_of_a_class(kind, top):
    assert quality.class_range(np.dtype(kind)) == top
