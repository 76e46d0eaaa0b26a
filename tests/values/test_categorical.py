import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical, compare_categories, join_categories
from cnnscript.values.concatenate import cat
from cnnscript.values.numeric import EMPTY


def test_categories_are_the_sorted_distinct_texts():
    pets = Categorical.from_texts(["dog", "cat", "dog"], (3, 1))
    assert (
        pets.names == ["cat", "dog"]
        and pets.codes.tolist() == [[2], [1], [2]]
        and pets.texts() == ["dog", "cat", "dog"]
    )


def test_a_text_that_is_no_category_is_undefined():
    pets = Categorical.from_texts(["dog", "cow"], (1, 2), ["dog"])
    assert pets.texts() == ["dog", "<undefined>"]
    assert compare_categories("eq", pets, pets).tolist() == [[True, False]]
    assert compare_categories("ne", pets, pets).tolist() == [[False, True]]


def test_scalars_compare_to_one_truth_value():
    dog = Categorical.from_texts(["dog"], (1, 1))
    assert compare_categories("eq", dog, "dog") is True and compare_categories("eq", "cat", dog) is False
    assert compare_categories("eq", dog, 1.0) is NotImplemented


def test_equality_goes_by_name_not_by_code():
    first = Categorical(np.array([[1, 2]]), ["a", "b"])
    second = Categorical(np.array([[2, 1]]), ["b", "a"])
    assert compare_categories("eq", first, second).tolist() == [[True, True]]
    unequal = Categorical(np.array([[1, 2, 1]]), ["a", "b"])
    with pytest.raises(ScriptError, match="incompatible sizes"):
        compare_categories("eq", first, unequal)


def test_orders_need_the_same_ordinal_categories():
    small = Categorical(np.array([[1, 2]]), ["s", "l"], ordinal=True)
    other = Categorical(np.array([[1, 2]]), ["l", "s"], ordinal=True)
    assert compare_categories("lt", small, "l").tolist() == [[True, False]]
    with pytest.raises(ScriptError) as caught:
        compare_categories("lt", small, other)
    assert caught.value.identifier == "MATLAB:categorical:OrdinalCategoriesMismatch"


def test_joining_keeps_empties_out_and_pages_apart():
    first, second = Categorical.from_texts(["a"], (1, 1)), Categorical.from_texts(["b"], (1, 1))
    assert join_categories([EMPTY, first, second], 0).codes.tolist() == [[1], [2]]
    assert cat(3, first, second).size() == (1, 1, 2)
    with pytest.raises(ScriptError):
        join_categories([first, 1.0], 1)


def test_text_in_cells_joins_as_text_and_other_cells_do_not():
    first = Categorical.from_texts(["a", "b"], (2, 1))
    words, nothing, number = np.empty((1, 1), object), np.empty((0, 0), object), np.empty((1, 1), object)
    words[0, 0], number[0, 0] = "c", 1.0
    joined = cat(1, first, words)
    assert joined.names == ["a", "b", "c"] and joined.codes.tolist() == [[1], [2], [3]]
    assert cat(2, nothing, first).codes.tolist() == cat(2, first, nothing).codes.tolist() == [[1], [2]]
    with pytest.raises(ScriptError, match="Unable to concatenate a categorical and a cell"):
        cat(1, first, number)
