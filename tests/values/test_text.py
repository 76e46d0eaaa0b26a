import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import cell_row
from cnnscript.values.numeric import EMPTY
from cnnscript.values.structs import Struct
from cnnscript.values.text import (
    MISSING,
    CharArray,
    String,
    append_strings,
    cell_of_texts,
    chars,
    codes_of,
    compare_strings,
    string_array,
    strings_of,
    text_or_none,
    texts_or_none,
)


def test_a_row_is_python_text_and_every_other_shape_keeps_its_codes():
    assert chars(np.array([[72.0, 105.0]])) == "Hi" and chars(np.zeros((0, 0))) == ""
    for shape in ((2, 2), (1, 0), (0, 3), (1, 2, 2), (3, 1)):
        value = chars(np.full(shape, 65))
        assert type(value) is CharArray and value.size() == shape
    assert codes_of("aé😀").tolist() == [[97, 233, 0x1F600]] and chars(codes_of("aé😀")) == "aé😀"


def test_texts_of_every_kind():
    assert text_or_none(String.of("a")) == "a" and text_or_none(string_array(["a", "b"])) is None
    assert texts_or_none(CharArray(np.array([[97, 98], [99, 32]], np.uint32))) == ["ab", "c "]
    assert texts_or_none(cell_row("a", 1.0)) is None and texts_or_none(1.0) is None
    assert texts_or_none(String(np.array([[MISSING]], object))) is None
    assert cell_of_texts(["a", "b"]).shape == (2, 1)


def test_strings_of_values():
    assert strings_of(CharArray(np.array([[97, 98], [99, 32]], np.uint32))).tolist() == [["ab"], ["c "]]
    assert strings_of(np.array([[1.0, np.nan]])).tolist() == [["1", MISSING]]
    assert strings_of(cell_row("a", EMPTY, True)).tolist() == [["a", "", "true"]]
    assert strings_of(np.array([[True, False]])).tolist() == [["true", "false"]]
    assert strings_of(Struct()) is None and strings_of(cell_row(cell_row(1.0, 2.0))) is None


def test_appending_expands_and_keeps_column_order():
    column, row = string_array(["a", "b"], (2, 1)), string_array(["x", "y", "z"])
    assert append_strings(column, row).data.tolist() == [["ax", "ay", "az"], ["bx", "by", "bz"]]
    with pytest.raises(ScriptError) as caught:
        append_strings(string_array(["a", "b"]), row)
    assert caught.value.identifier == "MATLAB:sizeDimensionsMustMatch" and caught.value.notes[0] == "left is 1x2"


def test_comparison_of_strings_is_by_code_point_and_never_true_of_missing():
    assert compare_strings("lt", String.of("Z"), "a") is True
    matrix = compare_strings("eq", string_array(["a", "b"], (2, 1)), string_array(["a", "b"]))
    assert matrix.tolist() == [[True, False], [False, True]] and matrix.dtype == bool
    with pytest.raises(ScriptError):
        compare_strings("eq", String.of("a"), cell_row(Struct()))
