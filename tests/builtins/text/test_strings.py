"""char, string, cellstr: text of one kind from text of another, and from numbers."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import strings  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_char_of_codes_is_a_row_and_of_several_texts_a_padded_matrix():
    assert call("char", np.array([[72.0, 105.0]])) == "Hi"
    assert call("char", 65.0) == "A"
    assert call("char", "a", "", "bcd").rows() == ["a  ", "   ", "bcd"]
    assert call("char", cell_of_texts(["a", "bc"]), "d").rows() == ["a ", "bc", "d "]
    assert call("char", string_array(["x", "yz"], (2, 1))).rows() == ["x ", "yz"]


def test_char_of_a_row_of_strings_puts_each_on_a_page():
    assert call("char", string_array(["a", "bcd"])).codes.shape == (1, 3, 2)


def test_char_refuses_a_missing_string():
    with pytest.raises(ScriptError) as caught:
        call("char", string_array([MISSING]))
    assert caught.value.identifier == "MATLAB:string:CannotConvertMissingElementToChar"


def test_string_of_numbers_has_no_more_digits_than_matlab_gives():
    assert call("string", np.array([[1.0, 2.5, np.pi]])).data.ravel().tolist() == ["1", "2.5", "3.1416"]
    assert [call("string", x).data.item() for x in (1e10, 1 / 3)] == ["10000000000", "0.33333"]


def test_string_of_nan_is_missing_and_of_logicals_is_true_and_false():
    assert call("string", float("nan")).data.item() is MISSING
    assert call("string", np.array([[True, False]])).data.ravel().tolist() == ["true", "false"]


def test_string_of_a_categorical_gives_its_names():
    value = Categorical.from_texts(["cat", "dog"], (1, 2))
    assert call("string", value).data.ravel().tolist() == ["cat", "dog"]


def test_string_of_a_function_handle_is_its_text():
    assert call("string", Function(None, "@(x)x+1")).data.item() == "@(x)x+1"


def test_cellstr_takes_blanks_off_the_ends_of_char_rows_only():
    matrix = CharArray(np.array([[97, 32], [98, 99]], np.uint32))
    assert call("cellstr", matrix).ravel().tolist() == ["a", "bc"]
    assert call("cellstr", string_array(["a "])).item() == "a "
    with pytest.raises(ScriptError):
        call("cellstr", 5.0)


def test_strings_makes_empty_strings_of_any_size():
    made = call("strings", 2.0, 3.0)
    assert type(made) is String and made.data.shape == (2, 3) and set(made.data.ravel()) == {""}


def test_converting_strings_to_chars_leaves_other_values_alone():
    first, second = call("convertStringsToChars", String.of("a"), 5.0, nargout=2)
    assert first == "a" and second == 5.0
    assert call("convertStringsToChars", string_array(["a", "b"])).tolist() == [["a", "b"]]
    assert call("convertCharsToStrings", cell_of_texts(["a", "b"], column=False)).data.tolist() == [["a", "b"]]


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("ischar", "a", True),
        ("ischar", String.of("a"), False),
        ("isstring", String.of("a"), True),
        ("iscellstr", cell_of_texts(["a"]), True),
        ("iscellstr", np.empty((0, 0), object), True),
        ("isStringScalar", string_array(["a", "b"]), False),
    ],
)
def test_questions_about_the_kind_of_text(name, value, answer):
    assert call(name, value) is answer


def test_functions_of_strings_are_called_with_a_dot(run):
    run('s = "text"; a = s.upper; b = s.replace("t", "T").strlength(); n = s.numel;')
    run('c = string({"a", "b"}).join(",");')
    run('d = ["k: v w"]; e = d(1).extractAfter(": ").split(" "); [x, y] = s.size; f = @(z) z.contains("e"); g = f(s);')
    run("st.name = s; h = st.name.strlength;")
    run('ok = a == "TEXT" && b == 4 && c == "a,b" && n == 1 && isequal(e, ["v"; "w"]) && x + y == 2 && g && h == 4;')
    assert run["ok"] is True
    assert run.fault("s.nothing").identifier == "MATLAB:structRefFromNonStruct"


def test_functions_of_dates_and_categories_are_called_with_a_dot(run):
    run("t = datetime(2024, 2, 3); a = t.year + t.month; [~, m] = t.ymd; h = hours(2); b = h.minutes;")
    run("c = categorical({'b', 'a'}); n = numel(c.categories); k = c.countcats();")
    assert (run["a"], run["m"], run["b"], run["n"], run["k"].tolist()) == (2026, 2, 120, 2, [[1, 1]])
