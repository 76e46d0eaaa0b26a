"""Order and sets: sort, sortrows, find, unique, ismember, union and the rest, for all the classes they take."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import sets, sorting  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.text import MISSING, String, cell_of_texts, string_array


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*numbers):
    return np.array([numbers], float)


def lists(*values):
    return [np.asarray(value).tolist() for value in values]


# ------------------------------------------------------------------------------------------------------------- sort
def test_equal_elements_keep_their_order_in_both_directions():
    assert lists(*call("sort", row(3, 1, 3, 1), nargout=2)) == [[[1, 1, 3, 3]], [[2, 4, 1, 3]]]
    assert lists(*call("sort", row(3, 1, 3, 1), "descend", nargout=2)) == [[[3, 3, 1, 1]], [[1, 3, 2, 4]]]


def test_nan_counts_as_largest_unless_placed():
    values, places = call("sort", row(np.nan, 1, 3), nargout=2)
    assert places.tolist() == [[2, 3, 1]]
    values, places = call("sort", row(np.nan, 1, 3), "descend", nargout=2)
    assert np.isnan(values[0, 0]) and places.tolist() == [[1, 3, 2]]
    values = call("sort", row(np.nan, 1, 3), "descend", "MissingPlacement", "last")
    assert values[0, :2].tolist() == [3, 1] and np.isnan(values[0, 2])
    values = call("sort", row(np.nan, 1, 3), "MissingPlacement", "first")
    assert np.isnan(values[0, 0])


def test_sort_works_along_any_dimension():
    matrix = np.array([[3.0, 1.0], [2.0, 5.0]])
    assert lists(call("sort", matrix)) == [[[2, 1], [3, 5]]]
    assert lists(call("sort", matrix, 2.0)) == [[[1, 3], [2, 5]]]
    assert lists(*call("sort", matrix, 3.0, nargout=2)) == [matrix.tolist(), [[1, 1], [1, 1]]]
    cube = np.arange(24.0)[::-1].reshape((2, 3, 4), order="F")
    assert (np.asarray(call("sort", cube, 3.0)) == np.sort(cube, axis=2)).all()


def test_sort_takes_text_cells_strings_and_categoricals():
    assert call("sort", "hello") == "ehllo"
    assert call("sort", cell_of_texts(["pear", "apple"])).ravel().tolist() == ["apple", "pear"]
    ordered = call("sort", string_array(["b", MISSING, "a"]))
    assert ordered.data.ravel().tolist()[:2] == ["a", "b"] and ordered.data[0, 2] is MISSING
    colours = Categorical(np.array([[2, 0, 1]]), ["red", "blue"])
    assert call("sort", colours).texts() == ["red", "blue", "<undefined>"]
    with pytest.raises(ScriptError, match="cell array of character vectors"):
        call("sort", np.array([[1.0, "a"]], object))


def test_complex_numbers_sort_by_size_then_angle():
    assert lists(call("sort", np.array([[1 + 1j, 1 - 1j, -2, 0.5]]))) == [[[0.5, 1 - 1j, 1 + 1j, -2]]]


def test_integers_and_logicals_sort_downwards():
    assert lists(call("sort", np.array([[3, -128, 2]], np.int8), "descend")) == [[[3, 2, -128]]]
    assert lists(call("sort", np.array([[True, False, True]]))) == [[[False, True, True]]]


def test_rows_sort_by_columns_each_in_its_direction():
    matrix = np.array([[2.0, 1.0], [1.0, 5.0], [1.0, 3.0]])
    assert lists(*call("sortrows", matrix, nargout=2)) == [[[1, 3], [1, 5], [2, 1]], [[3], [2], [1]]]
    assert lists(call("sortrows", matrix, row(1, -2))) == [[[1, 5], [1, 3], [2, 1]]]
    assert lists(call("sortrows", matrix, 2.0, "descend")) == [[[1, 5], [1, 3], [2, 1]]]
    with pytest.raises(ScriptError, match="Column sorting vector"):
        call("sortrows", matrix, 3.0)


def test_issorted_knows_directions():
    assert call("issorted", row(1, 2, 2)) is True and call("issorted", row(1, 2, 2), "strictascend") is False
    assert call("issorted", row(3, 2, 1), "descend") is True and call("issorted", row(3, 2, 1), "monotonic") is True
    assert call("issorted", row(1, np.nan)) is True and call("issorted", row(np.nan, 1)) is False


# ------------------------------------------------------------------------------------------------------------- find
@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        ((0, 0), (0, 0)),
        ((1, 1), (0, 0)),
        ((1, 3), (1, 0)),
        ((3, 1), (0, 1)),
        ((2, 2), (0, 1)),
        ((0, 3), (0, 1)),
        ((1, 0), (1, 0)),
    ],
)
def test_finding_nothing_has_matlabs_size(shape, wanted):
    array = np.zeros(shape)
    assert call("find", array if shape != (1, 1) else 0.0).shape == wanted


def test_find_gives_rows_for_rows_and_columns_otherwise():
    assert lists(call("find", row(0, 1, 1))) == [[[2, 3]]]
    assert lists(call("find", np.array([[0.0, 1.0], [1.0, 1.0]]))) == [[[2], [3], [4]]]
    assert lists(call("find", row(0, 1, 1, 1), 2.0)) == [[[2, 3]]]
    assert lists(call("find", row(0, 1, 1, 1), 2.0, "last")) == [[[3, 4]]]
    rows, columns, values = call("find", np.array([[0.0, 7.0], [8.0, 0.0]]), nargout=3)
    assert lists(rows, columns, values) == [[[2], [1]], [[1], [2]], [[8], [7]]]
    with pytest.raises(ScriptError, match="positive scalar integer"):
        call("find", row(1, 2), 0.0)


# ------------------------------------------------------------------------------------------------------------- sets
def test_unique_gives_places_to_and_fro():
    data = row(5, 5, 4)
    distinct, first, back = call("unique", data, nargout=3)
    assert lists(distinct, first, back) == [[[4, 5]], [[3], [1]], [[2], [2], [1]]]
    assert lists(call("unique", data, "last", nargout=2)[1]) == [[[3], [2]]]
    assert lists(call("unique", row(3, 1, 3, 2), "stable")) == [[[3, 1, 2]]]
    assert lists(call("unique", np.array([[3.0, 1.0], [3.0, 2.0]]))) == [[[1], [2], [3]]]
    assert call("unique", row(np.nan, np.nan)).shape == (1, 2)


def test_unique_of_rows_texts_and_categories():
    assert lists(call("unique", np.array([[1.0, 2], [1, 2], [0, 5]]), "rows")) == [[[0, 5], [1, 2]]]
    assert call("unique", cell_of_texts(["b", "a", "b"])).tolist() == [["a"], ["b"]]
    assert call("unique", string_array(["b", "a", "b"])).data.tolist() == [["a", "b"]]
    assert call("unique", "hello") == "ehlo"
    assert call("unique", Categorical(np.array([[2, 1, 2]]), ["x", "y"])).texts() == ["x", "y"]


@pytest.mark.parametrize("shape", [(0, 0), (1, 0), (0, 1)])
def test_unique_of_nothing_keeps_its_size(shape):
    assert call("unique", np.zeros(shape)).shape == shape


def test_ismember_finds_the_first_place():
    assert lists(*call("ismember", row(1, 5, 2), row(2, 4, 1, 2), nargout=2)) == [[[True, False, True]], [[3, 0, 1]]]
    assert call("ismember", "b", cell_of_texts(["a", "b"]), nargout=2) == (True, 2.0)
    assert call("ismember", String.of("x"), cell_of_texts(["a", "b"])) is False
    assert call("ismember", np.nan, row(np.nan, 1)) is False
    assert lists(call("ismember", np.array([[1.0, 2], [3, 4]]), np.array([[3.0, 4]]), "rows")) == [[[False], [True]]]
    assert call("ismember", Categorical(np.array([[2]]), ["x", "y"]), "y") is True
    assert call("ismember", np.uint8(200), row(200, 3)) is True


def test_set_operations_and_their_places():
    assert lists(*call("union", row(5, 1), row(1, 3), nargout=3)) == [[[1, 3, 5]], [[2], [1]], 2.0]
    assert lists(*call("intersect", row(5, 1, 3), row(3, 5, 9), nargout=3)) == [[[3, 5]], [[3], [1]], [[1], [2]]]
    assert lists(*call("setdiff", row(5, 1, 3, 5), row(3, 9), nargout=2)) == [[[1, 5]], [[2], [1]]]
    assert lists(*call("setxor", row(5, 1, 3), row(3, 9), nargout=3)) == [[[1, 5, 9]], [[2], [1]], 2.0]
    assert lists(call("setdiff", row(5, 1, 3), row(3), "stable")) == [[[5, 1]]]
    assert lists(call("union", np.array([[5.0], [1.0]]), row(1, 3))) == [[[1], [3], [5]]]
    assert call("setdiff", cell_of_texts(["a", "b"]), cell_of_texts(["b"])).ravel().tolist() == ["a"]


def test_sets_of_rows():
    a, b = np.array([[1.0, 2], [3, 4]]), np.array([[3.0, 4], [5, 6]])
    assert lists(call("union", a, b, "rows")) == [[[1, 2], [3, 4], [5, 6]]]
    assert lists(call("intersect", a, b, "rows")) == [[[3, 4]]]
    assert lists(call("setdiff", a, b, "rows")) == [[[1, 2]]]
    with pytest.raises(ScriptError, match="same number of columns"):
        call("union", a, np.ones((2, 3)), "rows")


def test_cells_that_hold_other_things_are_refused():
    with pytest.raises(ScriptError):
        call("unique", np.array([[1.0, "a"]], object))


def test_legacy_gives_last_places_in_rows(run):
    run("[c, i, j] = unique([4 2 4 5 2], 'legacy'); [tf, k] = ismember([2 3 2], [1 2 2 3 2], 'legacy');")
    assert run["i"].tolist() == [[5, 3, 4]] and run["j"].tolist() == [[2, 1, 2, 3, 1]]
    assert run["k"].tolist() == [[5, 4, 5]]
    run("[c, ia, ib] = union([1 1 2], [2 3], 'legacy'); d = intersect([1 2 3]', [3 2], 'legacy');")
    assert run["ia"] == 2 and run["ib"].tolist() == [[1, 2]] and run["d"].tolist() == [[2, 3]]


def test_rows_within_a_tolerance(run):
    run("A = [1 2; 1.05 2; 1 5; 3 4]; [C, ia, ic] = uniquetol(A, 0.02, 'byrows', true, DataScale=5);")
    assert run["C"].tolist() == [[1, 2], [1, 5], [3, 4]] and run["ic"].ravel().tolist() == [1, 1, 2, 3]
    run("c = uniquetol([-Inf 1 NaN Inf NaN Inf]); n = numel(c); e = uniquetol([]);")
    assert run["n"] == 5 and run["e"].shape == (0, 0)
    assert run.fault("uniquetol(1, -1)").identifier == "MATLAB:uniquetol:InvalidTolerance"
    assert run.fault("ismembertol([1 2], [1 2 3], ByRows=true)").identifier == "MATLAB:ismembertol:AandBColnumAgree"
