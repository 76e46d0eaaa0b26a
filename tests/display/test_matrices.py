"""Arrays: headers, column blocks, pages, empties, text; in loose and compact spacing."""

import numpy as np
import pytest

from cnnscript.display import Format, disp, show
from cnnscript.values.categorical import Categorical
from cnnscript.values.text import MISSING, CharArray, String, chars, string_array

LOOSE, COMPACT = Format(), Format("short", "compact")


def test_a_scalar_stands_between_blank_lines_only_when_loose():
    assert show("x", 5.0, LOOSE) == "\nx =\n\n     5\n\n"
    assert show("x", 5.0, COMPACT) == "x =\n     5\n"


def test_disp_ends_numbers_with_a_blank_line_only_when_loose():
    assert disp(8.0, LOOSE) == "     8\n\n"
    assert disp(8.0, COMPACT) == "     8\n"


@pytest.mark.parametrize(
    ("value", "header"),
    [
        (True, "logical"), (np.array([[True, False]]), "1×2 logical array"), (np.int8(1), "int8"),
        (np.array([[1, 2]], np.int32), "1×2 int32 row vector"),
        (np.array([[1], [2]], np.uint8), "2×1 uint8 column vector"),
        (np.eye(2).astype(np.uint16), "2×2 uint16 matrix"), (np.float32(1), "single"),
        (np.array([[1, 2]], np.float32), "1×2 single row vector"), (np.zeros((0, 3)), "0×3 empty double matrix"),
        (np.zeros((1, 0)), "1×0 empty double row vector"), (np.zeros((0, 1)), "0×1 empty double column vector"),
        (np.zeros((0, 0), np.int8), "0×0 empty int8 matrix"), (np.zeros((3, 0, 2)), "3×0×2 empty double array"),
        (np.zeros((0, 3), bool), "0×3 empty logical array"), ("", "0×0 empty char array"),
        (CharArray(np.zeros((1, 0), np.uint32)), "1×0 empty char array"),
        (chars(np.array([[97, 98], [99, 100]])), "2×2 char array"),
    ],
)  # fmt: skip
def test_each_class_has_its_header(value, header):
    assert show("x", value, LOOSE).split("\n")[3] == "  " + header


def test_the_empty_double_is_two_brackets():
    assert show("x", np.zeros((0, 0)), LOOSE) == "\nx =\n\n     []\n\n"
    assert show("x", np.zeros((0, 0)), COMPACT) == "x =\n     []\n"


@pytest.mark.parametrize("value", [np.zeros((0, 3)), "", np.zeros((0, 0), bool), CharArray(np.zeros((0, 3), "u4"))])
def test_disp_of_an_empty_array_prints_nothing(value):
    assert disp(value, LOOSE) == ""


def test_integers_are_as_wide_as_their_longest_and_a_sign_widens_all():
    assert disp(np.array([[1, 2, 3]], np.int32), COMPACT) == "   1   2   3\n"
    assert disp(np.array([[122, -1, 127, -10]], np.int8), COMPACT) == "    122     -1    127    -10\n"
    assert disp(np.int8(-128), COMPACT) == "   -128\n"
    assert disp(np.int64(9223372036854775807), COMPACT) == "   9223372036854775807\n"
    assert disp(np.array([[255, 16]], np.uint8), Format("hex", "compact")) == "   ff   10\n"


def test_wide_rows_break_into_column_blocks():
    assert show("x", np.arange(20.0)[None], LOOSE) == (
        "\nx =\n\n  Columns 1 through 13\n\n"
        "     0     1     2     3     4     5     6     7     8     9    10    11    12\n"
        "\n  Columns 14 through 20\n\n    13    14    15    16    17    18    19\n\n"
    )
    halves = np.arange(9)[None] / 2
    assert show("x", halves, COMPACT) == (
        "x =\n  Columns 1 through 8\n"
        "         0    0.5000    1.0000    1.5000    2.0000    2.5000    3.0000    3.5000\n"
        "  Column 9\n    4.0000\n"
    )


def test_a_factor_stands_once_above_all_blocks():
    text = show("x", np.arange(9)[None] * 1000.5, LOOSE)
    assert text.startswith("\nx =\n\n   1.0e+03 *\n\n  Columns 1 through 8\n\n         0    1.0005")


def test_pages_are_named_one_by_one():
    pages = np.arange(4.0).reshape(1, 2, 2, order="F")
    assert show("x", pages, LOOSE) == "\nx(:,:,1) =\n\n     0     1\n\n\nx(:,:,2) =\n\n     2     3\n\n"
    assert show("x", pages, COMPACT) == "x(:,:,1) =\n     0     1\nx(:,:,2) =\n     2     3\n"
    assert disp(pages, COMPACT) == "(:,:,1) =\n     0     1\n(:,:,2) =\n     2     3\n"


def test_pages_of_other_classes_follow_the_header_without_a_name():
    pages = np.ones((1, 1, 2), np.int8)
    assert show("x", pages, LOOSE) == "\n  1×1×2 int8 array\n\nx(:,:,1) =\n\n   1\n\n\nx(:,:,2) =\n\n   1\n\n"
    assert show("x", pages, COMPACT) == "  1×1×2 int8 array\nx(:,:,1) =\n   1\nx(:,:,2) =\n   1\n"


def test_pages_count_in_four_dimensions():
    names = [line for line in show("x", np.zeros((1, 1, 2, 2)), COMPACT).split("\n") if line.startswith("x")]
    assert names == ["x(:,:,1,1) =", "x(:,:,2,1) =", "x(:,:,1,2) =", "x(:,:,2,2) ="]


def test_char_rows_are_quoted_and_disp_leaves_them_bare():
    assert show("x", "abc", LOOSE) == "\nx =\n\n    'abc'\n\n"
    assert disp("abc", LOOSE) == "abc\n"
    assert show("x", "a\nb", LOOSE) == "\nx =\n\n    'a\n     b'\n\n"
    matrix = chars(np.array([[97, 98], [99, 100]]))
    assert show("x", matrix, COMPACT) == "x =\n  2×2 char array\n    'ab'\n    'cd'\n"
    assert disp(matrix, LOOSE) == "ab\ncd\n"


def test_strings_are_quoted_aligned_and_the_name_line_ends_in_a_blank():
    assert show("x", String.of("hi"), LOOSE) == '\nx = \n\n    "hi"\n\n'
    array = string_array(["a", "ccc", "bb", MISSING], (2, 2))
    assert show("x", array, LOOSE) == (
        '\nx = \n\n  2×2 string array\n\n    "a"      "bb"     \n    "ccc"    <missing>\n\n'
    )
    assert disp(String.of("hi"), LOOSE) == "hi\n"
    assert disp(array, COMPACT) == '    "a"      "bb"     \n    "ccc"    <missing>\n'
    assert show("x", string_array([], (0, 1)), LOOSE) == "\nx = \n\n  0×1 empty string array\n\n"


def test_categoricals_are_bare_words_with_blanks_around():
    assert show("x", Categorical.from_texts(["N", "A"], (2, 1)), LOOSE) == (
        "\nx = \n\n  2×1 categorical array\n\n     N \n     A \n\n"
    )
    assert show("x", Categorical.from_texts(["espresso"], (1, 1)), COMPACT) == "x = \n  categorical\n     espresso \n"
    undefined = Categorical(np.array([[0, 1]]), ["a"])
    assert disp(undefined, COMPACT) == "     <undefined>      a \n"
