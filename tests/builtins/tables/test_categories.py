"""Categorical arrays: made from text, numbers and logicals; their categories counted, moved, renamed."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.tables import categories  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.text import MISSING, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*texts):
    return cell_of_texts(texts, column=False)


def test_categories_are_the_sorted_distinct_values():
    made = call("categorical", row("dog", " cat", "dog"))
    assert made.names == ["cat", "dog"] and made.codes.tolist() == [[2, 1, 2]]
    assert call("categorical", np.array([[10.0, 2.0, 2.5]])).names == ["2", "2.5", "10"]
    assert call("categorical", np.array([[True, False]])).names == ["false", "true"]


def test_what_is_missing_has_no_category():
    assert call("categorical", string_array(["a", MISSING, ""])).codes.tolist() == [[1, 0, 0]]
    assert call("categorical", np.array([[1.0, np.nan]])).codes.tolist() == [[1, 0]]
    assert call("isundefined", call("categorical", row("a", "b"), row("a"))).tolist() == [[False, True]]


def test_a_value_set_gives_order_and_names():
    made = call("categorical", np.array([[1.0, 3.0, 1.0]]), np.array([[3.0, 1.0]]), row("high", "low"))
    assert made.names == ["high", "low"] and made.texts() == ["low", "high", "low"]
    assert call("categorical", row("a"), row("a", "b"), "Ordinal", True).ordinal is True
    with pytest.raises(ScriptError) as caught:
        call("categorical", row("a"), row("a", "a"))
    assert caught.value.identifier == "MATLAB:categorical:DuplicatedValues"


def test_two_values_with_one_name_are_one_category():
    made = call("categorical", np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 2.0, 3.0]]), row("low", "low", "high"))
    assert made.names == ["low", "high"] and made.codes.tolist() == [[1, 1, 2]]


def test_countcats_along_the_right_dimension():
    assert call("countcats", call("categorical", row("a", "b", "a"))).tolist() == [[2, 1]]
    column = call("categorical", cell_of_texts(["a", "b", "a"]))
    assert call("countcats", column).tolist() == [[2], [1]]
    assert call("countcats", column, 2.0).tolist() == [[1, 0], [0, 1], [1, 0]]


def test_categories_move_and_elements_stay():
    made = call("categorical", row("low", "high", "mid"))
    moved = call("reordercats", made, row("low", "mid", "high"))
    assert moved.names == ["low", "mid", "high"] and moved.texts() == made.texts()
    assert call("reordercats", moved).names == ["high", "low", "mid"]
    with pytest.raises(ScriptError) as caught:
        call("reordercats", made, row("low", "midd", "high"))
    assert caught.value.hint == "did you mean 'mid'?"


def test_categories_added_removed_set_renamed_and_merged():
    made = call("categorical", row("a", "b"))
    assert call("addcats", made, "c").names == ["a", "b", "c"]
    assert call("addcats", made, "c", "Before", "b").names == ["a", "c", "b"]
    assert call("removecats", made, "a").texts() == ["<undefined>", "b"]
    assert call("removecats", call("addcats", made, "c")).names == ["a", "b"]
    assert call("setcats", made, row("b", "z")).texts() == ["<undefined>", "b"]
    assert call("renamecats", made, "a", "x").texts() == ["x", "b"]
    assert call("mergecats", made, row("a", "b"), "ab").texts() == ["ab", "ab"]
    assert made.texts() == ["a", "b"]


def test_questions_to_a_categorical():
    made = call("categorical", row("a"))
    assert call("iscategorical", made) is True and call("iscategorical", "a") is False
    assert call("iscategory", made, row("a", "z")).tolist() == [[True, False]]
    assert call("categories", made).tolist() == [["a"]]
    with pytest.raises(ScriptError):
        call("categories", "a")


def test_a_categorical_of_a_categorical_keeps_its_order():
    made = Categorical(np.array([[1, 2]]), ["z", "a"])
    assert call("categorical", made).names == ["z", "a"]
