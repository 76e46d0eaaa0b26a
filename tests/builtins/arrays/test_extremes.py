"""max, min and their kin in every argument form."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.numerical import bounds  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import class_of

NONE = np.zeros((0, 0))


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def lists(*values):
    return [np.asarray(value).tolist() for value in values]


@pytest.mark.parametrize(
    ("shape", "args", "wanted"),
    [
        ((0, 0), (), (0, 0)),
        ((0, 3), (), (0, 3)),
        ((3, 0), (), (1, 0)),
        ((0, 3), (NONE, 2.0), (0, 1)),
        ((3, 0), (NONE, 2.0), (3, 0)),
        ((1, 0), (), (1, 0)),
    ],
)
def test_the_largest_of_nothing_is_nothing_of_matlabs_size(shape, args, wanted):
    assert call("max", np.zeros(shape), *args).shape == wanted
    values, places = call("min", np.zeros(shape), *args, nargout=2)
    assert values.shape == places.shape == wanted


def test_nan_loses_unless_included():
    holed = np.array([[1.0, np.nan, 3.0]])
    assert call("max", holed) == 3.0
    assert call("min", holed, NONE, "omitnan") == 1.0
    assert np.isnan(call("max", holed, NONE, "includenan"))
    assert call("max", holed, NONE, "includenan", nargout=2)[1] == 2.0
    assert np.isnan(call("max", np.array([[np.nan, np.nan]])))
    assert call("max", np.array([[np.nan, np.nan]]), nargout=2)[1] == 1.0
    assert call("max", np.array([[np.nan, -np.inf]]), nargout=2) == (-np.inf, 2.0)
    assert call("max", np.nan, 2.0) == 2.0 and call("max", 2.0, np.nan) == 2.0


def test_places_are_along_the_dimension_or_linear_on_request():
    matrix = np.array([[1.0, 5.0], [7.0, 2.0]])
    assert lists(*call("max", matrix, nargout=2)) == [[[7, 5]], [[2, 1]]]
    assert lists(*call("max", matrix, NONE, 2.0, nargout=2)) == [[[5], [7]], [[2], [1]]]
    assert lists(*call("max", matrix, NONE, 2.0, "linear", nargout=2)) == [[[5], [7]], [[3], [2]]]
    assert call("max", matrix, NONE, "all", nargout=2) == (7.0, 2.0)
    assert call("min", matrix, NONE, np.array([[1.0, 2.0]]), nargout=2) == (1.0, 1.0)


def test_several_dimensions_leave_the_others():
    cube = np.arange(24.0).reshape((2, 3, 4), order="F")
    values, places = call("max", cube, NONE, np.array([[1.0, 2.0]]), nargout=2)
    assert values.shape == (1, 1, 4) and values.ravel().tolist() == [5, 11, 17, 23]
    assert places.ravel().tolist() == [6, 12, 18, 24]
    values, places = call("max", cube, NONE, np.array([[1.0, 3.0]]), "linear", nargout=2)
    assert values.ravel().tolist() == [19, 21, 23] and places.ravel().tolist() == [20, 22, 24]


def test_the_tutorials_nested_max_finds_the_strongest_channel():
    channels = np.zeros((3, 4, 1, 5), order="F")
    channels[1, 2, 0, 3] = 9.0
    inner = call("max", call("max", channels))
    value, place = call("max", inner, nargout=2)
    assert (value, place) == (9.0, 4.0)


def test_the_first_of_equal_elements_is_reported():
    assert call("max", np.array([[3.0, 3.0]]), nargout=2)[1] == 1.0


def test_two_arrays_are_compared_with_expansion_and_class_rules():
    assert lists(call("max", np.array([[1.0, 5.0]]), np.array([[3.0], [0.0]]))) == [[[3, 5], [1, 5]]]
    result = call("max", np.array([[1, 2]], np.int8), 1.5)
    assert result.dtype == np.int8 and result.tolist() == [[2, 2]]
    assert class_of(call("min", np.float32(1), 2.0)) == "single"
    assert call("max", True, False) is True
    assert call("max", np.int8(5), 300.0) == 127


def test_integers_of_two_classes_do_not_compare():
    with pytest.raises(ScriptError, match="Integers can only be combined"):
        call("max", np.int8(1), np.int16(2))


def test_complex_numbers_compare_by_size_then_angle():
    assert call("max", np.array([[3 + 4j, 5, -5]]), nargout=2) == (-5.0, 3.0)
    assert call("min", np.array([[3 + 4j, 5, -5j]]), nargout=2)[1] == 3.0


def test_a_comparison_method_can_be_named():
    assert call("max", np.array([[-7.0, 3.0]]), "ComparisonMethod", "abs") == -7.0
    assert call("max", np.array([[1 + 5j, 2]]), "ComparisonMethod", "real") == 2


def test_a_dimension_as_second_argument_of_two_is_the_other_array_not_a_dimension():
    assert lists(call("max", np.array([[1.0, 5.0]]), 2.0)) == [[[2, 5]]]


@pytest.mark.parametrize(
    ("args", "nargout", "identifier"),
    [
        ((1.0, 2.0, 1.0), 1, "MATLAB:max:caseNotSupported"),
        ((1.0, 2.0), 2, "MATLAB:max:TwoInTwoOutCaseNotSupported"),
        ((np.ones((1, 2)), np.ones((1, 3))), 1, "MATLAB:sizeDimensionsMustMatch"),
        ((np.empty((1, 1), object),), 1, "MATLAB:max:wrongInput"),
    ],
)
def test_wrong_calls_are_matlabs_errors(args, nargout, identifier):
    with pytest.raises(ScriptError) as error:
        call("max", *args, nargout=nargout)
    assert error.value.identifier == identifier


def test_running_extremes_give_their_places():
    assert lists(*call("cummax", np.array([[3.0, 1, 4, 1, 5]]), nargout=2)) == [[[3, 3, 4, 4, 5]], [[1, 1, 3, 3, 5]]]
    assert lists(call("cummin", np.array([[3.0, 1, 4]]), "reverse")) == [[[1, 1, 4]]]


def test_the_k_largest_come_in_order_with_their_places():
    assert lists(*call("maxk", np.array([[3.0, 9, 2, 7]]), 2.0, nargout=2)) == [[[9, 7]], [[2, 4]]]
    assert lists(call("maxk", np.array([[np.nan, 9.0, 2.0]]), 2.0)) == [[[9, 2]]]
    assert lists(call("mink", np.array([[3.0, 9], [2, 7]]), 1.0, 2.0)) == [[[3], [2]]]
    assert lists(call("maxk", np.array([[3.0, 9]]), 5.0)) == [[[9, 3]]]


def test_ordinal_categories_have_a_largest():
    sizes = Categorical(np.array([[2, 1, 3]]), ["small", "medium", "large"], ordinal=True)
    assert call("max", sizes).texts() == ["large"]
    with pytest.raises(ScriptError, match="must be ordinal"):
        call("max", Categorical(np.array([[1, 2]]), ["a", "b"]))


def test_rescale_maps_the_range_of_the_data():
    assert lists(call("rescale", np.array([[1.0, 2, 5]]))) == [[[0, 0.25, 1]]]
    assert lists(call("rescale", np.array([[1.0, 2, 5]]), -1.0, 1.0)) == [[[-1, -0.5, 1]]]
    assert lists(call("rescale", np.array([[1.0, 2, 5]]), "InputMin", 2.0, "InputMax", 4.0)) == [[[0, 0, 1]]]
    assert call("rescale", np.full((2, 2), 7.0)).tolist() == [[0, 0], [0, 0]]
    assert call("rescale", np.array([[1, 3]], np.uint8)).dtype == np.float64
    assert call("rescale", np.array([[1, 3]], np.float32)).dtype == np.float32
    assert np.isnan(call("rescale", np.array([[1, np.nan, 3.0]]))[0, 1])


def test_a_char_beside_numbers_is_compared_by_its_codes(run):
    run("x = max([1 2 200], 'a');")
    assert run["x"].tolist() == [[97, 97, 200]]
    fault = run.fault("max([1 2; 3 4], 'all');")
    assert fault.identifier == "MATLAB:sizeDimensionsMustMatch" and fault.hint == "write max(A, [], 'all')"
