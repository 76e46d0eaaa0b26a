"""struct, fieldnames, isfield, rmfield, orderfields, getfield, setfield, struct2cell, cell2struct."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import structures  # noqa: F401  declares what is tested
from cnnscript.builtins.arrays.maps import Map
from cnnscript.errors import ScriptError
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import cell_of_texts


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def test_a_cell_makes_a_struct_array_and_a_1x1_cell_its_contents():
    made = call("struct", "a", cell(1.0, 2.0), "b", "x")
    assert made.size() == (1, 2) and made.data[0, 1] == {"a": 2.0, "b": "x"}
    assert call("struct", "a", cell(cell(1.0))).fields["a"].shape == (1, 1)
    assert call("struct", "a", np.empty((0, 0), object)).size() == (0, 0)


def test_struct_without_arguments_has_no_fields_and_of_empty_no_elements():
    assert call("struct").fields == {}
    assert call("struct", np.zeros((0, 0))).size() == (0, 0)


@pytest.mark.parametrize(
    ("args", "identifier"),
    [
        (("a",), "MATLAB:StructInvalidInputs"),
        (("1a", 5.0), "MATLAB:AddField:InvalidFieldName"),
        (("a", cell(1.0, 2.0), "b", cell(1.0, 2.0, 3.0)), "MATLAB:StructInvalidSize"),
    ],
)
def test_struct_refuses_what_makes_none(args, identifier):
    with pytest.raises(ScriptError) as caught:
        call("struct", *args)
    assert caught.value.identifier == identifier


def test_fields_are_named_and_asked_for():
    value = Struct({"a": 1.0, "b": 2.0})
    assert call("fieldnames", value).ravel().tolist() == ["a", "b"]
    assert call("fieldnames", Struct({})).shape == (0, 1)
    assert call("isfield", value, "a") is True
    assert call("isfield", value, cell("a", "z", 5.0)).tolist() == [[True, False, False]]
    assert call("isfield", 5.0, "a") is False
    assert call("fieldnames", Map()).ravel().tolist() == ["Count", "KeyType", "ValueType"]


def test_rmfield_leaves_its_argument_as_it_was():
    value = Struct({"a": 1.0, "b": 2.0})
    assert call("rmfield", value, "a").fields == {"b": 2.0}
    assert value.fields == {"a": 1.0, "b": 2.0}
    with pytest.raises(ScriptError) as caught:
        call("rmfield", value, "ab")
    assert caught.value.identifier == "MATLAB:rmfield:InvalidFieldname"


def test_orderfields_by_letter_by_struct_by_names_and_by_number():
    value = Struct({"b": 2.0, "a": 1.0})
    ordered, places = call("orderfields", value, nargout=2)
    assert ordered.names() == ["a", "b"] and places.tolist() == [[2], [1]]
    assert call("orderfields", ordered, value).names() == ["b", "a"]
    assert call("orderfields", ordered, cell_of_texts(["b", "a"])).names() == ["b", "a"]
    assert call("orderfields", ordered, np.array([[2.0], [1.0]])).names() == ["b", "a"]
    with pytest.raises(ScriptError):
        call("orderfields", value, cell_of_texts(["a", "z"]))


def test_struct2cell_and_cell2struct_are_inverse():
    value = StructArray(["a", "b"], np.array([[{"a": 1.0, "b": "x"}, {"a": 2.0, "b": "y"}]], object))
    cells = call("struct2cell", value)
    assert cells.shape == (2, 1, 2)
    back = call("cell2struct", cells, cell_of_texts(["a", "b"]), 1.0)
    assert back.data.ravel().tolist() == value.data.ravel().tolist()
    with pytest.raises(ScriptError) as caught:
        call("cell2struct", cells, cell_of_texts(["a"]), 1.0)
    assert caught.value.identifier == "MATLAB:cell2struct:InvalidFieldCount"


def test_setfield_makes_what_is_missing_on_the_way_and_changes_nothing_else():
    base = Struct({"a": Struct({"b": 1.0})})
    changed = call("setfield", base, "a", "c", 5.0)
    assert changed.fields["a"].fields == {"b": 1.0, "c": 5.0}
    assert base.fields["a"].fields == {"b": 1.0}
    grown = call("setfield", Struct({}), "v", cell(3.0), 7.0)
    assert grown.fields["v"].tolist() == [[0, 0, 7]]


def test_getfield_follows_fields_and_indices():
    base = Struct({"a": Struct({"v": np.array([[1.0, 2.0, 3.0]])})})
    assert call("getfield", base, "a", "v", cell(2.0)) == 2.0
    with pytest.raises(ScriptError):
        call("getfield", base, "z")


def test_properties_and_methods_of_an_object():
    assert call("isprop", Map(), "Count") is True and call("isprop", 5.0, "Count") is False
    assert call("ismethod", Map(), "keys") is True
