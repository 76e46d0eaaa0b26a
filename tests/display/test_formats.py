"""Numbers in each display format, scalars and arrays: widths, decimals, common factors."""

import numpy as np
import pytest

from cnnscript.display import Format, disp
from cnnscript.display.formats import brief_number, common_exponent, engineering, fraction

SHORT, LONG = Format(), Format("long")


def lines(value, form=SHORT):
    return disp(value, form).rstrip("\n").split("\n")


def row(*numbers):
    return np.array([numbers], complex if any(isinstance(number, complex) for number in numbers) else float)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5, "     5"), (-1, "    -1"), (100, "   100"), (-100, "  -100"), (1000, "        1000"),
        (-1000, "       -1000"),
        (1e5, "      100000"), (1e8, "   100000000"), (-1e8, "  -100000000"), (1e9, "   1.0000e+09"),
        (np.pi, "    3.1416"), (-np.pi, "   -3.1416"), (100 * np.pi, "  314.1593"), (1000 * np.pi, "   3.1416e+03"),
        (-1e4 * np.pi, "  -3.1416e+04"), (-np.pi * 1e307, " -3.1416e+307"), (99e99, "  9.9000e+100"),
        (2.0**-52, "   2.2204e-16"), (0.002, "    0.0020"), (0.001, "   1.0000e-03"), (0.00099999, "   9.9999e-04"),
        (0.01, "    0.0100"), (np.nan, "   NaN"), (np.inf, "   Inf"), (-np.inf, "  -Inf"), (0, "     0"),
    ],
)  # fmt: skip
def test_short_scalars(number, text):
    assert lines(float(number)) == [text]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (np.pi, "   3.141592653589793"), (1 / 3, "   0.333333333333333"), (4 * np.pi, "  12.566370614359172"),
        (100.5, "     1.005000000000000e+02"), (1 / 5323, "     1.878639864737930e-04"), (1000, "        1000"),
        (2.0**31, "     2.147483648000000e+09"),
    ],
)  # fmt: skip
def test_long_scalars(number, text):
    assert lines(float(number), LONG) == [text]


@pytest.mark.parametrize(
    ("numeric", "number", "text"),
    [
        ("shortE", np.pi, "   3.1416e+00"), ("shortE", 1e9, "   1.0000e+09"), ("shortE", 10, "    10"),
        ("longE", np.pi, "     3.141592653589793e+00"), ("longE", 1e9, "     1.000000000000000e+09"),
        ("shortG", np.pi, "       3.1416"), ("shortG", 1e9, "        1e+09"), ("shortG", 1e8, "   100000000"),
        ("longG", np.pi, "          3.14159265358979"), ("longG", 1e9, "                1000000000"),
        ("longG", 1e15, "                     1e+15"), ("longG", 1e-5, "                     1e-05"),
        ("shortEng", np.pi, "     3.1416e+000"), ("longEng", np.pi, "    3.14159265358979e+000"),
        ("bank", 1 / 3, "          0.33"), ("hex", np.pi, "   400921fb54442d18"),
        ("rational", np.pi, "     355/113   "),
        ("+", -2, "-"),
    ],
)  # fmt: skip
def test_other_formats_of_scalars(numeric, number, text):
    assert lines(float(number), Format(numeric)) == [text]


@pytest.mark.parametrize(
    ("numeric", "number", "text"),
    [
        ("long", np.pi, "   3.1415927"), ("long", 100.5, "   1.0050000e+02"), ("short", 3.14, "    3.1400"),
        ("longG", np.pi, "        3.141593"), ("longG", 1e9, "           1e+09"), ("longE", 0.5, "   5.0000000e-01"),
    ],
)  # fmt: skip
def test_singles_show_seven_digits(numeric, number, text):
    assert lines(np.float32(number), Format(numeric)) == [text]


def test_whole_rows_are_six_wide_below_1000_and_twelve_above():
    assert lines(row(1, -10, 100)) == ["     1   -10   100"]
    assert lines(row(1, 1000, 1e8)) == ["           1        1000   100000000"]
    assert lines(-row(1, 1000, 1e8)) == ["          -1       -1000  -100000000"]


def test_nan_and_inf_do_not_force_decimals():
    assert lines(row(1, np.nan, -np.inf)) == ["     1   NaN  -Inf"]
    assert lines(row(1000, np.nan)) == ["        1000         NaN"]


def test_an_exact_zero_is_bare_and_a_tiny_number_is_not():
    assert lines(row(0, 0.5, 1e-9)) == ["         0    0.5000    0.0000"]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1000.5, 1), ["   1.0e+03 *", "", "    1.0005    0.0010"]),
        ((1, 1000, 1e9), ["   1.0e+09 *", "", "    0.0000    0.0000    1.0000"]),
        ((1e9, 1e99), ["   1.0e+99 *", "", "    0.0000    1.0000"]),
        ((6.5574e-4, 6.5574e-4), ["   1.0e-03 *", "", "    0.6557    0.6557"]),
        ((2.220446049250313e-16, 0), ["   1.0e-15 *", "", "    0.2220         0"]),
        ((0.001, 0.0005), ["   1.0e-03 *", "", "    1.0000    0.5000"]),
        ((0.3729, 6.5574e-4), ["    0.3729    0.0007"]),
        ((100.5, -999.5), ["  100.5000 -999.5000"]),
        ((1e-310, 2e-310), ["   1.0e-309 *", "", "    0.1000    0.2000"]),
    ],
)
def test_short_rows_take_out_a_common_factor(numbers, text):
    got = lines(row(*numbers))
    assert got[-1] == text[-1]
    assert [line.strip() for line in got] == [line.strip() for line in text]


def test_long_rows_take_out_a_factor_from_100_on():
    assert lines(row(np.pi, 100.5), LONG) == [
        "   1.0e+02 *", "", "   0.031415926535898   1.005000000000000"
    ]  # fmt: skip
    assert lines(row(np.pi, 99.5), LONG) == ["   3.141592653589793  99.500000000000000"]


@pytest.mark.parametrize(
    ("numeric", "numbers", "text"),
    [
        ("shortG", (0.3729, 6.5574e-4, 0), "       0.3729   0.00065574            0"),
        ("shortG", (1e9, 1e99), "        1e+09        1e+99"),
        ("shortE", (0, 2.220446049250313e-16), "            0   2.2204e-16"),
        ("longG", (0, 2.220446049250313e-16, np.nan),
         "                         0      2.22044604925031e-16                       NaN"),
        ("shortEng", (0.2220, np.nan, 2), "   222.0000e-003             NaN     2.0000e+000"),
        ("longEng", (0.3729, 6.5574e-4), "    372.900000000000e-003    655.740000000000e-006"),
        ("bank", (0.333, 0.2222), "          0.33          0.22"),
        ("rational", (1, 0.5, 1 / 3), "       1              1/2            1/3     "),
        ("+", (1, -2, 0), "+- "),
    ],
)  # fmt: skip
def test_other_formats_of_rows(numeric, numbers, text):
    assert lines(row(*numbers), Format(numeric)) == [text]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1 + 2j, "   1.0000 + 2.0000i"), (3 + 99j, "   3.0000 +99.0000i"), (99 - 3j, "  99.0000 - 3.0000i"),
        (100 + 3j, "   1.0000e+02 + 3.0000e+00i"), (1.8e99 - 2.2204e-16j, "   1.8000e+99 - 2.2204e-16i"),
        (complex(1, np.nan), "   1.0000 +    NaNi"), (complex(np.nan, -np.inf), "      NaN -    Infi"),
        (0.00099999 + 2.2204e-16j, "   9.9999e-04 + 2.2204e-16i"), (1j, "   0.0000 + 1.0000i"),
    ],
)  # fmt: skip
def test_complex_scalars(number, text):
    assert lines(number) == [text]


def test_complex_rows_share_a_factor_from_100_on():
    assert lines(row(1 + 2j, 2.5)) == ["   1.0000 + 2.0000i   2.5000 + 0.0000i"]
    assert lines(row(1000 + 1e6j * np.pi, 0)) == [
        "   1.0e+06 *", "", "   0.0010 + 3.1416i   0.0000 + 0.0000i"
    ]  # fmt: skip
    assert lines(1 + 2j, LONG) == ["  1.000000000000000 + 2.000000000000000i"]
    assert lines(2 + 3j, Format("shortG")) == ["            2 +          3i"]


def test_the_exponent_of_a_small_array_makes_its_largest_number_start_behind_the_point():
    assert common_exponent(0.0005, 1000) == -3
    assert common_exponent(1234.5, 1000) == 3
    assert common_exponent(999.9, 1000) == 0


def test_engineering_carries_a_rounded_mantissa_over():
    assert engineering(None)(999.99999) == "1.0000e+003"
    assert engineering(None)(0.0) == "0.0000e+000"


def test_fractions_are_the_continued_fraction_within_a_millionth():
    assert fraction(np.pi) == (355, 113)
    assert fraction(-0.75) == (-3, 4)


def test_a_number_inside_a_container_has_no_blanks_around():
    assert brief_number(np.pi, SHORT) == "3.1416"
    assert brief_number(20922789888000.0, SHORT) == "2.0923e+13"
    assert brief_number(np.uint8(7), SHORT) == "7"
    assert brief_number(1 - 2j, SHORT) == "1.0000 - 2.0000i"


def test_a_session_at_a_terminal_shows_values_in_its_width(monkeypatch):
    import io

    from cnnscript.session import Session

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "24")
    session = Session(out=Terminal(), interactive=True)
    session.run("format compact, format, x = 1:8")
    assert "Columns 1 through 6" in session.out.getvalue()
    monkeypatch.setenv("COLUMNS", "60")
    session.run("disp(1:8)")
    assert session.out.getvalue().endswith("     1     2     3     4     5     6     7     8\n\n")
