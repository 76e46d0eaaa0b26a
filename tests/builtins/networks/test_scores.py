"""scores2label: the best classes along the dimension that holds them."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.networks import scores  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import String, string_array

NAMES = string_array(["cat", "dog", "fox"])
CALL = find("scores2label").bind(None)


def test_labels_have_all_classes_in_their_order():
    rows = np.array([[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]], np.float32)
    labels, top = CALL(2, rows, NAMES)
    assert labels.texts() == ["fox", "cat"]
    assert labels.names == ["cat", "dog", "fox"]
    assert labels.size() == (2, 1)
    assert top.dtype == np.float32
    np.testing.assert_array_equal(top, np.array([[0.7], [0.5]], np.float32))


def test_the_dimension_is_found_where_the_scores_sum_to_one():
    rows = np.array([[0.1, 0.2, 0.7]])
    assert CALL(1, rows, NAMES).size() == (1, 1)
    assert CALL(1, rows.T, NAMES).texts() == ["fox"]
    square = np.array([[0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])
    assert CALL(1, square, NAMES).texts() == ["fox", "cat", "dog"]
    maps = np.stack([square, square[::-1]])  # 2×3×3: along the first and the second they do not sum to one
    assert CALL(1, maps, NAMES).size() == (2, 3)


@pytest.mark.parametrize("rows", [np.eye(3), np.array([[0.5, 0.1, 0.1]]), np.ones((1, 2)) / 2])
def test_what_does_not_tell_the_dimension_is_an_error(rows):
    with pytest.raises(ScriptError) as caught:
        CALL(1, rows, NAMES)
    assert caught.value.message == "Unable to determine the channel dimension of the scores."


def test_a_dimension_that_is_named_must_be_as_long_as_there_are_classes():
    rows = np.array([[5.0, 1, 1]])
    assert CALL(1, rows, NAMES, 2.0).texts() == ["cat"]
    assert CALL(1, np.eye(3)[:, :1], NAMES, 1.0).texts() == ["cat"]
    with pytest.raises(ScriptError) as caught:
        CALL(1, rows, NAMES, 1.0)
    assert caught.value.notes == ("dimension 1 of the scores is 1 long", "there are 3 class names")
    with pytest.raises(ScriptError):
        CALL(1, rows, NAMES, String.of("automatic"))
