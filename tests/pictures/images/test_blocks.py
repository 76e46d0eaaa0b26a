import numpy as np
import pytest

from cnnscript.pictures.images import blocks

IMAGE = np.arange(12.0).reshape(3, 4)


def test_windows_come_column_by_column():
    made = blocks.sliding_columns(IMAGE, 2, 2)
    assert made.shape == (4, 6) and made[:, 0].tolist() == [0, 4, 1, 5] and made[:, 1].tolist() == [4, 8, 5, 9]


def test_blocks_and_back():
    made = blocks.distinct_columns(IMAGE, 2, 3, 7.0)
    assert made[:, 3].tolist() == [11, 7, 7, 7, 7, 7]
    assert blocks.from_distinct_columns(made, 2, 3, (3, 4)).tolist() == IMAGE.tolist()


@pytest.mark.parametrize(("length", "most", "best"), [(640, 72, 64), (800, 72, 50), (80, 100, 80), (101, 10, 9)])
def test_the_best_length_needs_the_least_padding(length, most, best):
    found = blocks.best_length(length, most)
    tried = range(min(-(-length // 10), -(-most // 2)), most + 1)
    assert found == best or -length % found == min(-length % n for n in tried)


def test_squares_of_a_tree():
    sizes = np.array([[2, 0, 1, 1], [0, 0, 1, 1]])
    found, places = blocks.square_blocks(IMAGE[:2], sizes, 1)
    assert found.ravel().tolist() == [2, 6, 3, 7] and places.tolist() == [[0, 2], [1, 2], [0, 3], [1, 3]]
