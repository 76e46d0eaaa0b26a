"""Occlusion sensitivity against a loop that covers the image by hand."""

import numpy as np
import pytest

from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError
from cnnscript.explain.occlusion import edges, occlusion_sensitivity
from cnnscript.explain.perturbation import MaskedQuestion
from tests.explain.perturbed_networks import cue, residual, residual_scores


def covered(image, rows, columns, value):
    """The image with a rectangle (rows and columns from 0, ends not in) that has one colour."""
    copy = np.array(image, np.float32)
    copy[max(rows[0], 0) : max(rows[1], 0), max(columns[0], 0) : max(columns[1], 0)] = value
    return copy


def test_a_residual_network_by_hand(rng):
    network, arrays = residual()
    image = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    mean = image.mean((0, 1))
    found = occlusion_sensitivity(MaskedQuestion(network, 8, (2, 0), image, mean[None, None]), (3, 4), (2, 3), True)
    whole = residual_scores(arrays, image)
    wanted = np.array([  # centres in rows 0, 2, 4 ... and columns 0, 3, 6 ...: one pixel above it, two left of it
        [whole - residual_scores(arrays, covered(image, (row - 1, row + 2), (column - 2, column + 2), mean))
         for column in range(0, 15, 3)] for row in range(0, 12, 2)
    ])[..., [2, 0]]  # fmt: skip
    assert found.shape == (6, 5, 2)
    np.testing.assert_allclose(found, wanted, atol=2e-6)
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.9999
    assert np.abs(wanted).max() > 0.01


def test_squeezenet_by_hand(squeezenet, picture):
    image = picture("chelsea")[0].astype(np.float32)
    mean = image.mean((0, 1))
    last = len(squeezenet.layers) - 1
    found = occlusion_sensitivity(
        MaskedQuestion(squeezenet, last, (285,), image, mean[None, None]), (61, 61), (57, 57), True
    )
    images = [image] + [
        covered(image, (row - 30, row + 31), (column - 30, column + 31), mean)
        for row in range(0, 227, 57) for column in range(0, 227, 57)
    ]  # fmt: skip
    scores = ask(squeezenet, np.stack(images), [last])[0][:, 0, 0, 285]
    wanted = (scores[0] - scores[1:]).reshape(4, 4)
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.9999
    np.testing.assert_allclose(found[..., 0], wanted, atol=1e-5)


def test_maps_of_a_layer_are_summed_over_height_and_width(rng):
    network, _ = residual()
    image = rng.uniform(0, 255, (12, 15, 3)).astype(np.float32)
    number = network.number("out")
    asked = MaskedQuestion(network, number, (1,), image, np.zeros((1, 1, 1), "f4"))
    found = occlusion_sensitivity(asked, (5, 5), (4, 4), False)
    wanted = ask(network, np.stack([image, covered(image, (4, 9), (8, 13), 0)]), [number])[0][..., 1].sum((1, 2))
    assert found.shape == (2, 3, 1)
    np.testing.assert_allclose(found[1, 2, 0], wanted[0] - wanted[1], rtol=1e-4)


def test_what_is_covered_loses_exactly_what_it_gave(rng):
    image = rng.uniform(1, 255, (12, 15, 3)).astype(np.float32)
    found = occlusion_sensitivity(
        MaskedQuestion(cue(), 1, (0,), image, np.zeros((1, 1, 1), "f4")), (1, 1), (1, 1), True
    )
    wanted = np.zeros((12, 15))
    for place in ((3, 4), (8, 11)):
        wanted[place] = image[place].sum()
    np.testing.assert_allclose(found[..., 0], wanted, atol=1e-3)


@pytest.mark.parametrize(
    ("length", "mask", "stride", "clipping", "wanted"),
    [
        (6, 3, 2, True, [(0, 2), (1, 4), (3, 6)]),  # centres at 0, 2, 4
        (6, 2, 3, True, [(0, 1), (2, 4)]),  # an even mask has its centre behind its middle
        (6, 3, 2, False, [(0, 3), (2, 5)]),
        (6, 6, 1, False, [(0, 6)]),
        (3, 9, 2, True, [(0, 3), (0, 3)]),
    ],
)
def test_where_masks_lie(length, mask, stride, clipping, wanted):
    assert edges(length, mask, stride, clipping) == wanted


def test_a_mask_larger_than_the_image_needs_clipping():
    with pytest.raises(ScriptError, match="must not be larger than the image"):
        edges(6, 7, 1, False)
