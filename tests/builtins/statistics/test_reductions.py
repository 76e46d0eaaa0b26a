"""sum, prod, mean, any, all and running sums: classes, dimensions and empties as MATLAB has them."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.statistics import reductions  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of
from cnnscript.values.text import String


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def same(value, wanted):
    wanted = np.asarray(wanted)
    value = np.asarray(value)
    assert value.dtype == wanted.dtype and value.shape == (wanted.shape if wanted.ndim else ())
    np.testing.assert_array_equal(value, wanted)
    return True


MATRIX = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("name", "shape", "wanted"),
    [
        ("sum", (0, 0), 0.0),
        ("sum", (0, 3), np.zeros((1, 3))),
        ("sum", (3, 0), np.zeros((1, 0))),
        ("sum", (1, 0), 0.0),
        ("prod", (0, 0), 1.0),
        ("prod", (0, 3), np.ones((1, 3))),
        ("mean", (0, 0), np.nan),
        ("mean", (0, 3), np.full((1, 3), np.nan)),
        ("any", (0, 0), False),
        ("all", (0, 0), True),
        ("any", (0, 3), np.zeros((1, 3), bool)),
        ("all", (3, 0), np.ones((1, 0), bool)),
        ("cumsum", (0, 0), np.zeros((0, 0))),
        ("cumsum", (0, 3), np.zeros((0, 3))),
    ],
)
def test_an_empty_array_reduces_to_what_matlab_says(name, shape, wanted):
    same(call(name, np.zeros(shape)), wanted)


def test_a_sum_along_a_given_dimension_of_an_empty_matrix_keeps_the_other():
    same(call("sum", np.zeros((0, 0)), 1.0), np.zeros((1, 0)))
    same(call("sum", np.zeros((0, 3)), 2.0), np.zeros((0, 1)))


@pytest.mark.parametrize("name", ["sum", "prod", "mean"])
def test_integers_logicals_and_char_reduce_to_double_and_single_stays_single(name):
    for value in (np.array([[1, 2]], np.int8), np.array([[True, True]]), "ab"):
        assert class_of(call(name, value)) == "double"
    assert class_of(call(name, np.array([[1, 2]], np.float32))) == "single"
    assert class_of(call(name, np.array([[1, 2]], np.float32), "double")) == "double"


def test_a_native_sum_of_integers_saturates():
    result = call("sum", np.array([[100, 100]], np.int8), "native")
    assert result == 127 and class_of(result) == "int8"
    assert call("sum", np.array([[100, 100]], np.int8)) == 200.0


def test_a_native_sum_of_logicals_is_logical():
    assert call("sum", np.array([[True, True]]), "native") is True


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ((), np.array([[4.0, 6.0]])),
        ((2.0,), np.array([[3.0], [7.0]])),
        ((3.0,), MATRIX),
        ((np.array([[1.0, 2.0]]),), 10.0),
        (("all",), 10.0),
        ((np.array([[2.0, 3.0]]),), np.array([[3.0], [7.0]])),
    ],
)
def test_sum_takes_a_dimension_several_or_all(args, wanted):
    same(call("sum", MATRIX, *args), wanted)


def test_the_first_dimension_longer_than_one_is_worked_along():
    same(call("sum", np.ones((1, 1, 4))), 4.0)
    same(call("sum", np.ones((1, 3, 4))), np.full((1, 1, 4), 3.0))


def test_results_are_column_major():
    result = call("sum", np.ones((2, 3, 4)), 3.0)
    assert result.flags.f_contiguous and result.shape == (2, 3)


@pytest.mark.parametrize("word", ["omitnan", "omitmissing", "OMITNAN"])
def test_nan_is_left_out_on_request(word):
    holed = np.array([[1.0, np.nan, 3.0]])
    assert call("sum", holed, word) == 4.0
    assert call("mean", holed, word) == 2.0
    assert call("prod", holed, String.of(word)) == 3.0
    assert np.isnan(call("sum", holed))
    assert np.isnan(call("mean", np.array([[np.nan, np.nan]]), word))


def test_any_ignores_nan_and_all_takes_it_for_true():
    assert call("any", np.nan) is False
    assert call("all", np.nan) is True


def test_running_sums_of_integers_saturate_at_each_step():
    same(call("cumsum", np.array([[100, 50, -100]], np.int8)), np.array([[100, 127, 27]], np.int8))


def test_running_sums_go_backwards_on_request():
    same(call("cumsum", np.array([[1.0, 2.0, 3.0]]), "reverse"), np.array([[6.0, 5.0, 3.0]]))
    same(call("cumsum", MATRIX, 2.0), np.array([[1.0, 3.0], [3.0, 7.0]]))
    same(call("cumsum", MATRIX, 3.0), MATRIX)


def test_cumsum_of_logicals_counts():
    same(call("cumsum", np.array([[True, False, True]])), np.array([[1.0, 1.0, 2.0]]))


def test_diff_moves_to_the_next_dimension_when_one_is_used_up():
    same(call("diff", np.array([[1.0, 2.0], [4.0, 8.0]]), 2.0), 3.0)
    same(call("diff", 5.0), np.zeros((0, 0)))
    same(call("diff", MATRIX, 1.0, 2.0), np.array([[1.0], [1.0]]))


def test_diff_of_unsigned_integers_saturates_at_zero():
    same(call("diff", np.array([[5, 3, 9]], np.uint8)), np.array([[0, 6]], np.uint8))


def test_dot_conjugates_its_first_argument():
    assert call("dot", np.array([[1j, 2]]), np.array([[3, 4j]])) == 5j


@pytest.mark.parametrize("dim", [0.0, -1.0, 1.5, np.nan, "x"])
def test_a_bad_dimension_is_matlabs_error(dim):
    with pytest.raises(ScriptError) as error:
        call("sum", MATRIX, dim)
    if dim != "x":
        assert error.value.identifier == "MATLAB:getdimarg:invalidDim"
        assert error.value.message == (
            "Dimension argument must be a positive integer scalar, a vector of unique positive integers, or 'all'."
        )


def test_a_cell_cannot_be_summed():
    with pytest.raises(ScriptError, match="Invalid data type. First argument must be numeric or logical."):
        call("sum", np.empty((1, 2), object))


def test_vectors_of_different_length_have_no_dot_product():
    with pytest.raises(ScriptError, match="A and B must be same size."):
        call("dot", np.ones((1, 2)), np.ones((1, 3)))


def test_sums_of_64_bit_integers_make_no_detour_over_doubles(run):
    run("big = int64(9007199254740992); most = intmax('int64');")
    assert run("disp(cumsum([big 1 1])); disp(sum([big 1], 'native'))") == [
        "9007199254740992   9007199254740993   9007199254740994",
        "9007199254740993",
    ]
    assert run("disp(cumsum([most 1 -5])); disp(sum([most 1], 'native'))") == [
        "9223372036854775807   9223372036854775807   9223372036854775802",
        "9223372036854775807",
    ]
    assert run("disp(cumprod(int64([3037000500 3037000499]))); disp(prod(int64([3 7]), 'native'))") == [
        "3037000500   9223372033963249500",
        "21",
    ]
    assert run("disp(int2str(most))") == ["9223372036854775807"]
    assert run("disp(size(sum(zeros(0, 3, 'int64'), 'native')))") == ["1     3"]
