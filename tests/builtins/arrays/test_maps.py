"""containers.Map: constructors, keys and values, handles, errors."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import maps  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import cell_of_texts


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def made(*args):
    return call("containers.Map", *args)


def test_types_of_keys_and_values_follow_from_what_is_given():
    map_ = made(cell("b", "a"), np.array([[1.0, 2.0]]))
    assert (map_.key_type, map_.value_type) == ("char", "double")
    assert made(cell("a"), cell(np.ones((1, 2)))).value_type == "any"
    assert made(cell("a", "b"), cell("x", "y")).value_type == "char"
    assert made(cell(1.0, 2.0), cell("x", "y")).key_type == "double"
    assert made(cell("a"), cell(1.0), "UniformValues", False).value_type == "any"
    assert made("one", 1.0).items == {"one": 1.0}


def test_types_may_be_given_and_are_checked():
    map_ = made("KeyType", "int32", "ValueType", "any")
    map_.assign((5.0,), "five")
    assert call("keys", map_).item().dtype == np.int32
    with pytest.raises(ScriptError):
        made("KeyType", "cell", "ValueType", "any")


def test_keys_come_sorted_and_values_in_their_order():
    map_ = made(cell("b", "a"), np.array([[1.0, 2.0]]))
    assert call("keys", map_).tolist() == [["a", "b"]]
    assert call("values", map_).tolist() == [[2.0, 1.0]]
    assert call("values", map_, cell("b")).tolist() == [[1.0]]
    assert call("isKey", map_, cell("a", "z", 5.0)).tolist() == [[True, False, False]]


def test_a_missing_key_and_one_of_the_wrong_type_are_different_errors():
    map_ = made(cell("relu"), np.array([[1.0]]))
    with pytest.raises(ScriptError) as caught:
        map_.index(("rellu",))
    assert caught.value.identifier == "MATLAB:Containers:Map:NoKey" and caught.value.hint == "did you mean 'relu'?"
    with pytest.raises(ScriptError) as caught:
        map_.index((5.0,))
    assert caught.value.identifier == "MATLAB:Containers:TypeMismatch"


def test_as_many_values_as_keys():
    with pytest.raises(ScriptError) as caught:
        made(cell("a", "b"), cell(1.0))
    assert caught.value.identifier == "MATLAB:Containers:Map:KeyValueMismatch"


def test_maps_are_handles_and_join_downwards():
    first, second = made("a", 1.0), made("b", 2.0)
    joined = first.concatenate((first, second), 0)
    assert joined.sorted_keys() == ["a", "b"] and first.sorted_keys() == ["a"]
    call("remove", joined, "a")
    assert joined.sorted_keys() == ["b"]


def test_the_language_reads_writes_and_shows_maps():
    out = io.StringIO()
    session = Session(out=out)
    session.run("m = containers.Map; n = m; n('x') = [1 2]; v = m('x'); c = m.Count; k = m.keys(); t = m.isKey('x');")
    assert session["v"].tolist() == [[1, 2]] and session["c"] == 1.0 and session["t"] is True
    assert session["k"].tolist() == [["x"]]
    session.run("m, numel(m)")
    shown = "m = \n\n  Map with properties:\n\n        Count: 1\n      KeyType: char\n    ValueType: any\n\n"
    assert shown in out.getvalue()
    assert session["ans"] == 1.0


def test_keys_of_what_is_no_map_is_an_error():
    with pytest.raises(ScriptError):
        call("keys", cell_of_texts(["a"]))


def test_count_is_a_whole_number_of_64_bits_and_length_a_double(run):
    run("M = containers.Map({'a', 'b'}, [1 2]); a = class(M.Count); b = class(length(M)); c = class(numel(M));")
    assert (run["a"], run["b"], run["c"]) == ("uint64", "double", "double")
    assert run("M.Count") == ["ans =", "uint64", "2"]


def test_an_empty_value_is_a_value(run):
    run("m = containers.Map; m('a') = []; n = m.Count; e = isempty(m('a')); m('a') = [m('a') 3]; v = m('a');")
    assert (run["n"], run["e"], run["v"]) == (1, True, 3)
