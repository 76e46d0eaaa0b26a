"""The sprintf engine: cycling, conversions that do not suit their data, text, empties, escapes."""

import numpy as np
import pytest

from cnnscript.display.printf import format_text, read_template
from cnnscript.errors import ScriptError
from cnnscript.values import warn
from cnnscript.values.categorical import Categorical
from cnnscript.values.structs import Struct
from cnnscript.values.text import CharArray, String, string_array


def row(*numbers):
    return np.array([numbers], float)


@pytest.mark.parametrize(
    ("template", "args", "text"),
    [
        ("%d", (3.0,), "3"), ("%i", (1e10,), "10000000000"), ("%d", (3e20,), "300000000000000000000"),
        ("%d", (1.5,), "1.500000e+00"), ("%.2d", (1.5,), "1.50e+00"), ("%5d|", (1.5,), "1.500000e+00|"),
        ("%d", (True,), "1"), ("%d", (np.int64(2**63 - 1),), "9223372036854775807"), ("%u", (-1.0,), "-1"),
        ("%x", (255.0,), "ff"), ("%X", (255.0,), "FF"), ("%o", (8.0,), "10"), ("%x", (255.5,), "2.555000e+02"),
        ("%#o %#x", (8.0, 255.0), "010 0xff"), ("%08x", (255.0,), "000000ff"), ("%bx", (np.pi,), "400921fb54442d18"),
        ("%tx", (np.pi,), "40490fdb"),
        ("%bu %tu", (np.pi, 1.0), "4614256656552045848 1065353216"),
        ("%bo", (1.0,), "377600000000000000000"), ("%tx", (1e300,), "7f800000"),
        ("%a", (1.5,), "0x1.8p+0"), ("%.1a", (1.5,), "0x1.8p+0"),
        ("%A", (10.0,), "0X1.4P+3"),
        ("%f", (np.float32(0.5),), "0.500000"), ("%g", (1e-10,), "1e-10"), ("%G", (1e-10,), "1E-10"),
        ("%E", (12345.678,), "1.234568E+04"), ("%.10g", (0.1 + 0.2,), "0.3"), ("%+d", (5.0,), "+5"),
        ("% d", (5.0,), " 5"),
        ("%05d", (42.0,), "00042"), ("%-5d|", (42.0,), "42   |"), ("%.3d", (7.0,), "007"),
        ("%05.3d|", (7.0,), "  007|"),
        ("%*d", (5.0, 42.0), "   42"), ("%-*d|", (5.0, 42.0), "42   |"), ("%*d|", (-5.0, 42.0), "42   |"),
        ("%.*f", (2.0, np.pi), "3.14"),
        ("%.*f", (-2.0, 0.5), "0.500000"), ("%ld %hd", (1.0, 2.0), "1 2"), ("%f", (1 + 2j,), "1.000000"),
        ("%6.3f|%-8.1e|", (np.pi, np.pi), " 3.142|3.1e+00 |"), ("%d%%", (50.0,), "50%"),
    ],
)  # fmt: skip
def test_numbers(template, args, text):
    assert format_text(template, args) == text


@pytest.mark.parametrize(
    ("template", "args", "text"),
    [
        ("%d %f %g", (np.inf, np.nan, -np.inf), "Inf NaN -Inf"), ("%5d|", (np.nan,), "  NaN|"),
        ("%-5f|", (np.inf,), "Inf  |"), ("%05d|", (-np.inf,), " -Inf|"), ("%+f", (np.inf,), "+Inf"),
        ("%-+6.2f", (np.nan,), "+NaN  "),
        ("%x", (np.nan,), "NaN"), ("%s", (np.nan,), "NaN"),
    ],
)  # fmt: skip
def test_not_finite_numbers_are_words(template, args, text):
    assert format_text(template, args) == text


@pytest.mark.parametrize(
    ("template", "args", "text"),
    [
        ("%s", ("abc",), "abc"), ("%5s|%-5s|", ("a", "b"), "    a|b    |"), ("%.2s", ("abc",), "ab"),
        ("[%.s]", ("abc",), "[]"),
        ("%s", (65.0,), "A"), ("%s", (np.pi,), "3.141593e+00"), ("%s", (row(72, 105),), "Hi"),
        ("%c%c", ("ab",), "ab"), ("%c", (65.0,), "A"), ("%5c|", ("x",), "    x|"), ("%d", ("abc",), "979899"),
        ("%d,", ("ab",), "97,98,"), ("%s=%d;", ("ab", 1.0, "c", 2.0), "ab=1;c=2;"), ("%d %s", ("abc", 5.0), "97 bc5 "),
        ("%s", (String.of("hey"),), "hey"), ("%s-", (string_array(["a", "b"]),), "a-b-"),
        ("%s", (Categorical.from_texts(["cat"], (1, 1)),), "cat"),
        ("%s", (CharArray(np.array([[97, 98], [99, 100]], np.uint32)),), "acbd"),
    ],
)  # fmt: skip
def test_text(template, args, text):
    assert format_text(template, args) == text


@pytest.mark.parametrize(
    ("template", "args", "text"),
    [
        ("%d, ", (row(1, 2, 3),), "1, 2, 3, "), ("%d and %d", (1.0, 2.0, 3.0), "1 and 23 and "),
        ("%d %d\n", (np.array([[1.0, 2], [3, 4]]),), "1 3\n2 4\n"), ("hi", (), "hi"), ("hi", (5.0,), "hi"),
        ("a%db%d", (), "a"), ("%s and %s", ("a",), "a and "), ("%d %s|", (1.0, "x", 2.0, "y"), "1 x|2 y|"),
        ("%2$s %1$s", ("a", "b"), "b a"),
    ],
)  # fmt: skip
def test_the_template_is_used_until_the_data_ends(template, args, text):
    assert format_text(template, args) == text


@pytest.mark.parametrize(
    ("template", "args", "text"),
    [
        ("%d\n", (np.zeros((0, 0)),), "\n"), ("%d, %d\n", (np.zeros((1, 0)),), ", \n"), ("%s-%s", ("", "x"), "-x"),
        ("%5s|", ("",), "     |"), ("[%s]", (String.of(""),), "[]"), ("%s", ("",), ""),
    ],
)  # fmt: skip
def test_empty_arguments_take_a_conversion_and_print_nothing(template, args, text):
    assert format_text(template, args) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (r"a\nb\tc\\d", "a\nb\tc\\d"), (r"\x41\101", "AA"), (r"\a\b\f\r\v", "\a\b\f\r\v"), (r"\"\'", "\"'"),
        ("100%", "100"),
        ("50% of", "50"), ("a%qb", "a"),
    ],
)  # fmt: skip
def test_escapes_and_what_is_no_conversion(template, text):
    assert format_text(template, ()) == text


def test_escapes_in_data_stay():
    assert format_text("%s", (r"a\n",)) == r"a\n"
    assert format_text(r"a\n%d", (1.0,), escapes=False) == r"a\n1"


def test_an_unknown_escape_warns_once_and_cuts_every_pass_short():
    heard = []
    before = warn.set_hook(lambda identifier, message: heard.append((identifier, message)))
    try:
        assert format_text(r"[%d]\q[%d]", (row(1, 2, 3),)) == "[1][2][3]"
    finally:
        warn.set_hook(before)
    text = r"Escaped character '\q' is not valid. See 'doc sprintf' for supported special characters."
    assert heard == [("MATLAB:printf:BadEscapeSequenceInFormat", text)]


@pytest.mark.parametrize(("value", "name"), [(np.empty((1, 1), object), "cell"), (Struct({}), "struct")])
def test_what_has_no_text_is_refused_by_its_class(value, name):
    with pytest.raises(ScriptError, match=f"Function is not defined for '{name}' inputs."):
        format_text("%s", (value,))


def test_an_absurd_width_is_refused():
    with pytest.raises(ScriptError, match="must not exceed"):
        format_text("%99999d", (1.0,))
    with pytest.raises(ScriptError, match="must not exceed"):
        format_text("%*d", (1e6, 1.0))


def test_the_quick_way_and_the_slow_way_agree():
    generator = np.random.default_rng(1)
    for _ in range(300):
        pattern = "".join(generator.choice(["%d", "%5.2f", "%s", "%-6g|", "x", "%+e", "%%"], 4)) + "%d"
        args = [[3.0, 2.5, "ab", -7.0, True][i] for i in generator.integers(0, 5, read_template(pattern).conversions)]
        slow = read_template.__wrapped__(pattern)
        slow.pattern, slow.kinds = None, ""
        from cnnscript.display import printf

        assert format_text(pattern, args) == printf._in_passes(slow, printf.items_of(args))
