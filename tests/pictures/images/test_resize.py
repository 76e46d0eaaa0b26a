"""imresize against hand-worked values, values published by MathWorks, and an independent slow reading of the
definition."""

import math

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.images.resize import KERNELS, cubic, imresize


def by_definition(image, size, method="bicubic", antialiasing=True):
    """One output pixel at a time, straight from the definition; doubles only."""
    kernel, width = KERNELS[method]
    scales = [size[d] / image.shape[d] for d in (0, 1)]
    for d in sorted((0, 1), key=lambda d: scales[d]):
        s, n = scales[d], image.shape[d]
        stretch = s if s < 1 and antialiasing else 1.0
        rows = []
        for x in range(1, size[d] + 1):
            u = x / s + (1 - 1 / s) / 2
            total, weights = 0.0, 0.0
            for i in range(math.floor(u - width / stretch) - 1, math.ceil(u + width / stretch) + 2):
                w = float(kernel(np.array([stretch * (u - i)]))[0])
                folded = (i - 1) % (2 * n)
                total = total + w * np.take(image, folded if folded < n else 2 * n - 1 - folded, d)
                weights += w
            rows.append(total / weights)
        image = np.stack(rows, d)
    return image


def test_doubling_two_by_two_gives_the_values_worked_by_hand():
    # Row weights of the first output pixel (u = 0.75): pixels -1 0 | 1 2 mirror to 2 1 1 2 with k = -0.0234375
    # 0.2265625 0.8671875 -0.0703125.
    assert [float(cubic(np.array([d]))[0]) for d in (1.75, 0.75, 0.25, 1.25)] == [
        -0.0234375,
        0.2265625,
        0.8671875,
        -0.0703125,
    ]
    first = imresize(np.array([[1.0, 2.0], [3.0, 4.0]]), scale=2)[0]
    np.testing.assert_allclose(first, [0.71875, 1.015625, 1.609375, 1.90625], atol=1e-14)


def test_published_values_where_the_edge_is_repeated():
    # mathworks.com/matlabcentral/answers/1628 (2011, when the edge pixel was repeated outwards): so is it here, by
    # padding.
    image = np.array([[3.0, 1, 2, 6], [1, 5, 2, 7], [1, 3, 6, 2], [4, 1, 9, 2]])
    published = [
        [3.3109, 2.6187, 1.1206, 0.7166, 1.4067, 2.8883, 5.1615, 6.2060],
        [2.6454, 2.4435, 2.0052, 1.7138, 1.5692, 2.8062, 5.4248, 6.6307],
        [1.2008, 2.0609, 3.9181, 3.8763, 1.9355, 2.6382, 5.9844, 7.5302],
        [0.4985, 1.6796, 4.2357, 4.6921, 3.0489, 3.2618, 5.3307, 6.2876],
        [0.5384, 1.2996, 2.9579, 4.1612, 4.9094, 4.6769, 3.4639, 2.9028],
        [1.5500, 1.6768, 1.9697, 3.5367, 6.3776, 6.1378, 2.8173, 1.2798],
        [3.5334, 2.8110, 1.2710, 2.8185, 7.4537, 7.6444, 3.3907, 1.4186],
        [4.4466, 3.3344, 0.9529, 2.4891, 7.9430, 8.3334, 3.6605, 1.4930],
    ]
    padded = np.pad(image, 4, "edge")
    np.testing.assert_allclose(imresize(padded, scale=2)[8:16, 8:16], published, atol=5.1e-5)
    np.testing.assert_allclose(imresize(image, scale=2)[2:6, 2:6], np.array(published)[2:6, 2:6], atol=5.1e-5)


@pytest.mark.parametrize("method", ["bicubic", "bilinear", "box", "triangle", "cubic", "lanczos2", "lanczos3"])
@pytest.mark.parametrize("size", [(5, 13), (20, 4), (3, 3), (40, 41), (7, 9)])
def test_every_method_is_its_definition(method, size):
    image = np.random.default_rng(1).random((7, 9))
    np.testing.assert_allclose(imresize(image, size, method=method), by_definition(image, size, method), atol=1e-12)


def test_shrinking_without_antialiasing_interpolates_at_the_centres():
    image = np.arange(8.0).reshape(1, 8) ** 2
    np.testing.assert_allclose(
        imresize(image, (1, 4), method="bilinear", antialiasing=False),
        by_definition(image, (1, 4), "bilinear", False),
        atol=1e-13,
    )
    assert imresize(image, (1, 4), method="bilinear", antialiasing=False)[0, 0] == 0.5  # halfway between pixels 1 and 2


def test_long_bands_are_cut_into_blocks_without_a_seam():
    image = np.random.default_rng(2).random((300, 5))
    np.testing.assert_allclose(imresize(image, (100, 5)), by_definition(image, (100, 5)), atol=1e-12)


def test_nearest_copies_the_pixel_under_the_centre():
    image = np.array([[1, 2, 3, 4]], np.uint8)
    assert imresize(image, (1, 2), method="nearest").tolist() == [[2, 4]]
    assert imresize(image, (2, 8), method="nearest").tolist() == [[1, 1, 2, 2, 3, 3, 4, 4]] * 2
    assert imresize(np.array([[True, False]]), (1, 4), method="nearest").tolist() == [[True, True, False, False]]


def test_integers_are_rounded_half_away_and_clamped_after_each_pass():
    assert imresize(np.array([[0, 255]], np.uint8), (1, 4)).tolist() == [
        [0, 52, 203, 255]
    ]  # -23.9 and 278.9 clamp; 51.8, 203.2
    assert imresize(np.array([[0, 1]], np.uint8), (1, 1), method="box").tolist() == [[1]]  # 0.5
    assert imresize(np.array([[0, -1]], np.int16), (1, 1), method="box").tolist() == [[-1]]  # -0.5
    # Rows shrink more, so they go first: (0.5, 1.5) rounds to (1, 2) before the columns are averaged to 1.5, which
    # rounds to 2.
    assert imresize(np.array([[0, 1], [1, 2], [0, 1], [1, 2]], np.uint8), (1, 1), method="box").tolist() == [[2]]


def test_logical_images_are_compared_with_half():
    out = imresize(np.array([[True, True, False, False]]), (1, 8))
    assert out.dtype == bool
    assert out.tolist() == [[True] * 4 + [False] * 4]


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.float64])
def test_class_is_kept_and_further_dimensions_are_separate_images(dtype):
    image = (np.random.default_rng(3).random((6, 8, 3, 2)) * 200).astype(dtype)
    out = imresize(image, (9, 5))
    assert out.dtype == dtype and out.shape == (9, 5, 3, 2) and out.flags.f_contiguous
    for c in range(3):
        for k in range(2):
            np.testing.assert_array_equal(out[:, :, c, k], imresize(image[:, :, c, k], (9, 5)))


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        ({"scale": 0.5}, (6, 11)),
        ({"scale": 1.01}, (13, 22)),
        ({"scale": (2, 0.5)}, (24, 11)),
        ({"size": (6, math.nan)}, (6, 11)),
        ({"size": (math.nan, 7)}, (4, 7)),
        ({"size": (3.2, 5)}, (4, 5)),
    ],
)
def test_sizes_round_up(given, shape):
    assert imresize(np.zeros((12, 21)), **given).shape == shape


def test_a_constant_stays_constant_at_any_size():
    for size in [(1, 1), (3, 50), (50, 3)]:
        np.testing.assert_allclose(imresize(np.full((10, 12), 0.3), size), 0.3, rtol=1e-14)


def test_own_kernel_is_called_with_distances():
    def flat(x):
        return (np.abs(x) <= 1.5).astype(float)

    image = np.array([[0.0, 3.0, 6.0, 9.0]])
    np.testing.assert_allclose(imresize(image, (1, 4), method=(flat, 3.0)), [[1, 3, 6, 8]])


@pytest.mark.parametrize(
    "given",
    [
        {"size": (math.nan, math.nan)},
        {"size": (0, 4)},
        {"size": (-1, 4)},
        {"scale": 0},
        {"scale": -2},
        {"scale": math.inf},
    ],
)
def test_impossible_sizes_are_refused(given):
    with pytest.raises(ScriptError):
        imresize(np.zeros((4, 4)), **given)


def test_an_image_without_pixels_is_refused():
    with pytest.raises(ScriptError, match="nonempty"):
        imresize(np.zeros((0, 4)), (2, 2))
