"""JSON text from values and back."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import json_text  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (0.1, "0.1"),
        (True, "true"),
        (float("nan"), "null"),
        (np.array([[1.0, 2.0]]), "[1,2]"),
        (np.array([[1.0], [2.0]]), "[1,2]"),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), "[[1,2],[3,4]]"),
        (np.zeros((0, 0)), "[]"),
        ('a"b', '"a\\"b"'),
        ("é", '"é"'),
        ("", '""'),
        (cell_of_texts(["a"]), '["a"]'),
        (string_array(["a", MISSING]), '["a",null]'),
        (Struct({"a": 1.0, "b": Struct({})}), '{"a":1,"b":{}}'),
        (StructArray(["a"], np.array([[{"a": 1.0}, {"a": 2.0}]], object)), '[{"a":1},{"a":2}]'),
    ],
)
def test_a_value_as_text(value, text):
    assert call("jsonencode", value) == text


def test_what_has_no_json_is_refused():
    for value in (1j, Function(None, "@sin")):
        with pytest.raises(ScriptError) as caught:
            call("jsonencode", value)
        assert caught.value.identifier == "MATLAB:json:UnsupportedType"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3", 3.0),
        ("true", True),
        ('"a"', "a"),
        ("[1,2]", [[1], [2]]),
        ("[1,null]", None),
        ("[true,false]", [[True], [False]]),
        ("[[1,2],[3,4]]", [[1, 2], [3, 4]]),
        ('["a","b"]', [["a"], ["b"]]),
        ("[]", []),
        ("null", []),
    ],
)
def test_text_as_a_value(text, wanted):
    found = call("jsondecode", text)
    if wanted is None:
        assert found[0, 0] == 1.0 and np.isnan(found[1, 0])
    else:
        assert (found.tolist() if isinstance(found, np.ndarray) else found) == wanted


def test_objects_are_structs_and_alike_objects_a_struct_array():
    assert call("jsondecode", '{"1a": 1, "b": [1, "x"]}').fields["x1a"] == 1.0
    assert call("jsondecode", '[{"a":1},{"a":2}]').size() == (2, 1)
    assert call("jsondecode", '[{"a":1},{"b":2}]').shape == (2, 1)


def test_ragged_lists_stay_apart_and_deep_ones_become_pages():
    assert call("jsondecode", "[[1,2],[3]]").dtype == object
    assert call("jsondecode", "[[[1,2],[3,4]],[[5,6],[7,8]]]").shape == (2, 2, 2)


def test_a_mistake_in_the_text_says_where():
    with pytest.raises(ScriptError) as caught:
        call("jsondecode", '{"a": }')
    assert "line 1, column 7" in caught.value.message


def test_tables_times_dictionaries_and_whole_numbers_are_written():
    import io

    from cnnscript.session import Session

    session = Session(out=io.StringIO(), err=io.StringIO())
    session.run(
        "a = jsonencode(table([1; 2], {'u'; 'v'}, 'VariableNames', {'x' 'y'}));"
        "b = jsonencode(datetime(2020, 1, 2)); c = jsonencode(dictionary(\"k\", 5));"
        "d = jsonencode(intmax('uint64'));"
    )
    assert session["a"] == '[{"x":1,"y":"u"},{"x":2,"y":"v"}]'
    assert (session["b"], session["c"], session["d"]) == ('"02-Jan-2020"', '{"k":5}', "18446744073709551615")
