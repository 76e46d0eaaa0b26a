"""cell, deal, num2cell, mat2cell, cell2mat, celldisp."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import cells  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import String


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def grid(rows):
    data = np.empty((len(rows), len(rows[0])), object)
    for i, row in enumerate(rows):
        for k, item in enumerate(row):
            data[i, k] = item
    return data


def test_cell_makes_empty_slots():
    made = call("cell", 2.0, 3.0)
    assert made.shape == (2, 3) and all(item.shape == (0, 0) for item in made.ravel())
    assert call("cell", 2.0).shape == (2, 2) and call("cell").shape == (0, 0)
    assert call("cell", np.array([[1.0, 4.0]])).shape == (1, 4)


def test_deal_hands_one_value_to_all_or_each_its_own():
    assert call("deal", 5.0, nargout=3) == (5.0, 5.0, 5.0)
    assert call("deal", 1.0, "a", nargout=2) == (1.0, "a")
    with pytest.raises(ScriptError) as caught:
        call("deal", 1.0, 2.0, nargout=3)
    assert caught.value.identifier == "MATLAB:deal:narginNargoutMismatch"


def test_num2cell_by_elements_and_by_dimensions():
    array = np.array([[1.0, 2.0], [3.0, 4.0]], order="F")
    assert call("num2cell", array).tolist() == [[1, 2], [3, 4]]
    columns = call("num2cell", array, 1.0)
    assert columns.shape == (1, 2) and columns[0, 1].tolist() == [[2], [4]]
    assert call("num2cell", "ab").tolist() == [["a", "b"]]


def test_mat2cell_cuts_blocks_and_checks_their_sums():
    array = np.arange(16.0).reshape(4, 4)
    blocks = call("mat2cell", array, np.array([[1.0, 3.0]]), np.array([[4.0]]))
    assert blocks.shape == (2, 1) and blocks[1, 0].shape == (3, 4)
    assert call("mat2cell", array, np.array([[1.0, 3.0]])).shape == (2, 1)
    with pytest.raises(ScriptError) as caught:
        call("mat2cell", array, np.array([[1.0, 2.0]]))
    assert caught.value.identifier == "MATLAB:mat2cell:VectorSumMismatch"


def test_cell2mat_is_the_inverse_of_mat2cell():
    array = np.asfortranarray(np.arange(24.0).reshape(4, 6))
    blocks = call("mat2cell", array, np.array([[1.0, 3.0]]), np.array([[2.0, 4.0]]))
    assert np.array_equal(call("cell2mat", blocks), array)


def test_cell2mat_of_text_structs_and_pages():
    assert call("cell2mat", grid([["ab", "c"]])) == "abc"
    assert call("cell2mat", np.empty((0, 0), object)).shape == (0, 0)
    assert isinstance(call("cell2mat", grid([[String.of("a")]])), String)
    pages = np.empty((1, 1, 2), object)
    pages[0, 0, 0] = pages[0, 0, 1] = np.ones((2, 2))
    assert call("cell2mat", pages).shape == (2, 2, 2)


@pytest.mark.parametrize(
    ("rows", "identifier"),
    [
        ([[1.0, "a"]], "MATLAB:cell2mat:MixedDataTypes"),
        ([[np.empty((1, 1), object)]], "MATLAB:cell2mat:UnsupportedCellContent"),
        ([[String.of("a"), String.of("b")]], "MATLAB:cell2mat:UnsupportedCellContent"),
        ([[np.ones((1, 2)), np.ones((2, 2))]], "MATLAB:catenate:dimensionMismatch"),
    ],
)
def test_cell2mat_refuses_what_has_no_common_array(rows, identifier):
    with pytest.raises(ScriptError) as caught:
        call("cell2mat", grid(rows))
    assert caught.value.identifier == identifier


def test_cell2mat_refuses_what_is_no_cell():
    with pytest.raises(ScriptError):
        call("cell2mat", 5.0)


def test_celldisp_names_each_cell():
    out = io.StringIO()
    session = Session(out=out)
    session.run("c = {1, {2}}; celldisp(c)")
    assert [line for line in out.getvalue().splitlines() if "=" in line] == ["c{1} =", "c{2}{1} ="]


def test_a_colon_in_braces_grows_an_empty_cell_by_one():
    session = Session(out=io.StringIO())
    session.run("c{1,:} = 5; c{2,:} = [1 2]; d = {}; d{:,3} = 'a'; s = [size(c) size(d)];")
    assert session["s"].tolist() == [[2, 1, 1, 3]]
    with pytest.raises(ScriptError, match="Assigning to 2 elements"):
        session.run("e = cell(2,2); e{1,:} = 3;")
