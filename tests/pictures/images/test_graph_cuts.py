import numpy as np
import pytest

from cnnscript.pictures.images import graph_cuts


@pytest.mark.parametrize(("connectivity", "count"), [(4, 4), (8, 6)])
def test_neighbours_share_a_side_or_a_corner(connectivity, count):
    pairs = graph_cuts.neighbours(np.array([[1, 2], [3, 4]]), connectivity)
    assert len(pairs) == count and (pairs[:, 0] < pairs[:, 1]).all()


def test_the_least_cut_by_hand():
    # a chain of three: the middle one, which has no say, goes with the one that it is tied to more
    costs = np.array([0.0, 0.5, np.inf]), np.array([np.inf, 0.5, 0.0])
    pairs = np.array([[0, 1], [1, 2]])
    assert graph_cuts.least_cut(*costs, pairs, np.array([2.0, 1.0])).tolist() == [True, True, False]
    assert graph_cuts.least_cut(*costs, pairs, np.array([1.0, 2.0])).tolist() == [True, False, False]


def test_a_square_is_grabbed_and_snapped():
    image = np.random.default_rng(0).random((16, 16, 3)) * 0.1
    image[4:12, 5:11, 1] += 0.8
    truth = np.zeros((16, 16), bool)
    truth[4:12, 5:11] = True
    labels = np.arange(1, 257).reshape(16, 16)
    colours, sizes = graph_cuts.region_means(image, labels)
    pairs = graph_cuts.neighbours(labels, 8)
    none = np.zeros(256, bool)
    possible = np.zeros((16, 16), bool)
    possible[2:14, 2:14] = True
    found = graph_cuts.grabbed(colours, sizes, pairs, possible.ravel(), none, none, 5)
    np.testing.assert_array_equal(found.reshape(16, 16), truth)
    inside, outside = none.copy(), none.copy()
    inside[8 * 16 + 8] = outside[0] = True
    found = graph_cuts.snapped(colours, pairs, inside, outside, 0.5)
    np.testing.assert_array_equal(found.reshape(16, 16), truth)
