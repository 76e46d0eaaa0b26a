"""Rounding and remainders; and that the fast way for one float says what the way for arrays says."""

import math

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.elementary import degrees, exponents, hyperbolic, trigonometry  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of

EDGES = [
    0.0,
    -0.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.49999999999999994,
    2.0**52 + 1,
    1e300,
    -1e-300,
    math.inf,
    -math.inf,
    math.nan,
]


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def agrees(one, other):
    return one == other and math.copysign(1, one) == math.copysign(1, other) or one != one and other != other


@pytest.mark.parametrize("name", ["floor", "ceil", "fix", "round", "sign", "exp", "sin", "cos", "tan"])
@pytest.mark.parametrize("x", EDGES)
def test_one_float_and_an_array_of_it_agree(name, x):
    alone, inside = call(name, x), call(name, np.array([[x, 1.0]]))[0, 0]
    fast = find(name).floats(x)
    assert type(alone) is float and type(fast) is float
    assert agrees(alone, fast)
    assert agrees(alone, inside) or abs(alone - inside) <= 1e-15 * abs(inside)


@pytest.mark.parametrize("name", ["mod", "rem"])
@pytest.mark.parametrize("x", [*EDGES, 5.0, -5.0, 5.5, 0.3, 1.0, -7.0])
@pytest.mark.parametrize("y", [3.0, -3.0, 0.1, 0.0, math.inf, -math.inf, math.nan, -2.5])
def test_remainders_of_floats_and_arrays_agree(name, x, y):
    alone, inside = call(name, x, y), call(name, np.array([[x, 1.0]]), y)[0, 0]
    assert type(alone) is float
    assert alone == inside or alone != alone and inside != inside, (alone, inside)
    assert type(find(name).floats(x, y)) is float


@pytest.mark.parametrize(
    ("name", "x", "y", "wanted"),
    [
        ("mod", -5.0, 3.0, 1.0),
        ("mod", 5.0, -3.0, -1.0),
        ("mod", 5.0, 0.0, 5.0),
        ("mod", 1.0, 0.1, 0.0),
        ("mod", 0.3, 0.1, 0.0),
        ("mod", 5.5, 2.0, 1.5),
        ("rem", -5.0, 3.0, -2.0),
        ("rem", 5.0, 0.0, math.nan),
        ("rem", 5.0, math.inf, 5.0),
        ("rem", 1.0, 0.1, 0.0),
    ],
)
def test_remainders_are_matlabs(name, x, y, wanted):
    result = call(name, x, y)
    assert result == wanted or result != result and wanted != wanted


def test_remainders_of_integers_keep_their_class():
    assert call("mod", np.int8(-5), np.int8(3)) == 1 and class_of(call("mod", np.int8(-5), 3.0)) == "int8"
    assert call("mod", np.uint8(5), np.uint8(0)) == 5
    assert call("rem", np.int8(-7), np.int8(3)) == -1
    with pytest.raises(ScriptError, match="Integers can only be combined"):
        call("mod", np.int8(1), np.int16(1))
    with pytest.raises(ScriptError, match="Arrays have incompatible sizes for this operation."):
        call("mod", np.ones((1, 2)), np.ones((1, 3)))


@pytest.mark.parametrize(
    ("x", "digits", "wanted"),
    [
        (2.345, 2.0, 2.35),
        (math.pi, 3.0, 3.142),
        (-2.5, 0.0, -3.0),
        (1234.5, -2.0, 1200.0),
        (0.15, 1.0, 0.2),
        (1e300, 2.0, 1e300),
    ],
)
def test_round_to_decimal_places(x, digits, wanted):
    assert call("round", x, digits) == pytest.approx(wanted, rel=1e-15)


def test_round_to_significant_digits():
    assert call("round", 1234.5, 2.0, "significant") == 1200.0
    assert call("round", np.array([[0.012345, -98765.0, 0.0]]), 3.0, "significant").tolist() == [
        [0.0123, -98800.0, 0.0]
    ]
    with pytest.raises(ScriptError):
        call("round", 5.0, 0.0, "significant")


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("fromzero", [3, -3, 4]),
        ("tozero", [2, -2, 3]),
        ("even", [2, -2, 4]),
        ("odd", [3, -3, 3]),
        ("plusinf", [3, -2, 4]),
        ("minusinf", [2, -3, 3]),
    ],
)
def test_a_tie_goes_where_the_rule_says(rule, wanted):
    assert call("round", np.array([[2.5, -2.5, 3.5]]), "TieBreaker", rule).tolist() == [wanted]


def test_integers_round_to_themselves_and_logicals_to_double():
    assert class_of(call("floor", np.int8(5))) == "int8"
    assert class_of(call("round", True)) == "double"
    assert call("round", np.int16(1234), -2.0) == 1200


def test_complex_numbers_round_part_by_part():
    assert call("floor", 2.5 + 3.7j) == 2 + 3j
    assert call("round", np.array([[2.5 - 0.4j]])[0, 0]) == 3.0


def test_absolute_values_saturate_and_measure_complex_numbers():
    assert call("abs", np.int8(-128)) == 127
    assert call("abs", np.array([[-128, 5]], np.int8)).tolist() == [[127, 5]]
    assert call("abs", 3 + 4j) == 5.0
    assert call("abs", -0.0) == 0.0 and math.copysign(1, call("abs", -0.0)) == 1


@pytest.mark.parametrize("name", ["sqrt", "exp", "log", "sin", "log2", "asin"])
def test_functions_of_floats_refuse_integers_and_cells(name):
    for value in (np.int32(4), np.array([[1, 2]], np.uint8), np.empty((1, 1), object)):
        with pytest.raises(ScriptError) as error:
            call(name, value)
        assert error.value.identifier == "MATLAB:UndefinedFunction"
        assert error.value.message == f"Incorrect number or types of inputs or outputs for function {name}."


def test_roots_and_logarithms_of_negative_numbers_are_complex():
    assert call("sqrt", -4.0) == 2j
    assert call("sqrt", np.array([[4.0, -9.0]])).tolist() == [[2, 3j]]
    assert call("sqrt", np.float32(-4)).dtype == np.complex64
    assert call("log", -1.0) == pytest.approx(1j * math.pi)
    assert call("log", 0.0) == -math.inf
    assert np.isnan(call("sqrt", math.nan)) and type(call("sqrt", math.nan)) is float


def test_sines_of_degrees_are_exact():
    assert call("sind", np.array([[0.0, 30, 90, 180, 270, 360, -90]])).ravel().tolist() == pytest.approx(
        [0, 0.5, 1, 0, -1, 0, -1]
    )
    assert call("sind", 180.0) == 0.0 and call("cosd", 90.0) == 0.0 and call("tand", 45.0) == 1.0
    assert call("tand", 90.0) == math.inf


def test_inverse_functions_leave_the_reals_on_matlabs_side():
    assert call("asin", 2.0) == pytest.approx(math.pi / 2 - 1.3169578969248166j)
    assert call("acos", 2.0) == pytest.approx(1.3169578969248166j)
    assert call("acosh", 0.5) == pytest.approx(1.0471975511965976j)


def test_log2_takes_numbers_apart():
    fraction, exponent = call("log2", np.array([[1.0, 10.0, 0.0]]), nargout=2)
    assert fraction.tolist() == [[0.5, 0.625, 0.0]] and exponent.tolist() == [[1, 4, 0]]
    assert call("nextpow2", np.array([[100.0, 256, 257]])).tolist() == [[7, 8, 9]]


def test_roots_of_whole_powers_are_whole():
    assert call("nthroot", -27.0, 3.0) == -3.0
    assert call("nthroot", np.array([[8.0, 27, 64]]), 3.0).tolist() == [[2, 3, 4]]
    with pytest.raises(ScriptError, match="If X is negative, N must be an odd integer."):
        call("nthroot", -4.0, 2.0)
    with pytest.raises(ScriptError, match="Realsqrt produced complex result."):
        call("realsqrt", -1.0)


def test_idivide_of_64_bits_is_exact_by_every_rule(run):
    run("""a = int64(9007199254740992) + 1; b = int64(2); f = idivide(a, b, 'floor'); c = idivide(-a, b, 'ceil');
    r = idivide(a, b, 'round'); s = idivide(-a, b, 'round'); x = idivide(-a, b);
    u = idivide(intmax('uint64'), uint64(2));""")
    half = 4503599627370496
    assert (int(run["f"]), int(run["c"]), int(run["x"])) == (half, -half, -half)
    assert (int(run["r"]), int(run["s"]), int(run["u"])) == (half + 1, -half - 1, 2**63 - 1)


def test_degrees_of_complex_angles_and_signs_at_right_angles(run):
    run("d = sind(30+20i) - sin((30+20i)*pi/180); e = tand(10-5i) - tan((10-5i)*pi/180);")
    run("t = tand([-90 90 270]); c = cotd([0 180 -180]);")
    assert abs(run["d"]) < 1e-15 and abs(run["e"]) < 1e-15
    assert run["t"].tolist() == [[-np.inf, np.inf, np.inf]] and run["c"].tolist() == [[np.inf, np.inf, -np.inf]]
