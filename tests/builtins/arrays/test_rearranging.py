"""Sizes and arrangements: size, reshape, permute, squeeze, cat, shifting and turning."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import diagonals, rearranging, shape  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of, size_of
from cnnscript.values.text import String

NONE = np.zeros((0, 0))
CUBE = np.asfortranarray(np.arange(24.0).reshape((2, 3, 4), order="F"))


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_size_in_all_its_forms():
    assert call("size", CUBE).tolist() == [[2, 3, 4]]
    assert call("size", CUBE, 2.0) == 3.0 and call("size", CUBE, 7.0) == 1.0
    assert call("size", CUBE, np.array([[1.0, 3.0]])).tolist() == [[2, 4]]
    assert call("size", CUBE, 1.0, 3.0).tolist() == [[2, 4]]
    assert call("size", CUBE, nargout=2) == (2.0, 12.0)
    assert call("size", CUBE, nargout=4) == (2.0, 3.0, 4.0, 1.0)
    assert call("size", CUBE, 1.0, 3.0, nargout=2) == (2.0, 4.0)
    assert call("size", "abc").tolist() == [[1, 3]] and call("size", "").tolist() == [[0, 0]]
    assert call("size", String.of("abc")).tolist() == [[1, 1]]


@pytest.mark.parametrize(("args", "nargout"), [((0.0,), 1), ((1.5,), 1), ((1.0,), 2), ((1.0, 2.0), 3)])
def test_size_refuses_what_is_no_dimension(args, nargout):
    with pytest.raises(ScriptError):
        call("size", CUBE, *args, nargout=nargout)


def test_numel_length_and_ndims():
    assert call("numel", CUBE) == 24.0 and call("numel", "abc") == 3.0 and call("numel", 5.0) == 1.0
    assert call("length", CUBE) == 4.0 and call("length", np.zeros((3, 0))) == 0.0
    assert call("ndims", CUBE) == 3.0 and call("ndims", 5.0) == 2.0
    assert call("isempty", NONE) is True and call("isempty", "") is True and call("isempty", String.of("")) is False
    assert call("isvector", 5.0) is True and call("isvector", CUBE) is False
    assert call("iscolumn", NONE) is False and call("isrow", "abc") is True


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ((np.array([[6.0, 4.0]]),), (6, 4)),
        ((6.0, 4.0), (6, 4)),
        ((NONE, 8.0), (3, 8)),
        ((2.0, NONE, 4.0), (2, 3, 4)),
        ((2.0, 3.0, 4.0, 1.0), (2, 3, 4)),
        ((np.array([[2.0, 3.0, 1.0, 4.0]]),), (2, 3, 1, 4)),
    ],
)
def test_reshape_keeps_the_column_order(args, wanted):
    result = call("reshape", CUBE, *args)
    assert result.shape == wanted and result.ravel("F").tolist() == list(range(24))


@pytest.mark.parametrize(
    ("args", "identifier", "message"),
    [
        (
            (5.0, 5.0),
            "MATLAB:getReshapeDims:notSameNumel",
            "Number of elements must not change. Use [] as one of the size inputs",
        ),
        (
            (5.0, NONE),
            "MATLAB:getReshapeDims:notDivisible",
            "Product of known dimensions, 5, not divisible into total number of elements, 24.",
        ),
        ((NONE, NONE), "MATLAB:getReshapeDims:unknownDim", "Size can only have one unknown dimension."),
        ((24.0,), "MATLAB:getReshapeDims:sizeVector", "Size vector must have at least two elements."),
    ],
)
def test_reshape_says_what_does_not_fit(args, identifier, message):
    with pytest.raises(ScriptError) as error:
        call("reshape", CUBE, *args)
    assert error.value.identifier == identifier and error.value.message.startswith(message)


def test_text_and_cells_take_part_in_reshaping():
    assert size_of(call("reshape", "abcd", 2.0, 2.0)) == (2, 2)
    assert call("flip", "abc") == "cba" and call("circshift", "abcd", 1.0) == "dabc"
    cell = np.empty((1, 4), object)
    assert call("reshape", cell, 2.0, 2.0).shape == (2, 2) and call("reshape", cell, 2.0, 2.0).dtype == object


def test_permute_moves_dimensions_and_ipermute_takes_them_back():
    turned = call("permute", CUBE, np.array([[3.0, 1.0, 2.0]]))
    assert turned.shape == (4, 2, 3) and turned.flags.f_contiguous
    assert (call("ipermute", turned, np.array([[3.0, 1.0, 2.0]])) == CUBE).all()
    assert call("permute", np.ones((2, 3)), np.array([[3.0, 1.0, 2.0]])).shape == (1, 2, 3)
    for order in ([[1.0, 1.0, 2.0]], [[1.0, 2.0]]):
        with pytest.raises(ScriptError):
            call("permute", CUBE, np.array(order))


def test_squeeze_leaves_matrices_alone():
    assert call("squeeze", np.ones((1, 1, 5))).shape == (5, 1)
    assert call("squeeze", np.ones((2, 1, 5))).shape == (2, 5)
    assert call("squeeze", np.ones((1, 5))).shape == (1, 5)
    assert call("squeeze", np.ones((1, 1, 3, 1, 2))).shape == (3, 2)


def test_joining_and_stacking():
    assert call("cat", 3.0, np.ones((2, 2)), np.zeros((2, 2))).shape == (2, 2, 2)
    assert call("cat", 4.0, CUBE, CUBE).shape == (2, 3, 4, 2)
    assert call("vertcat", "ab", "cd").rows() == ["ab", "cd"]
    with pytest.raises(ScriptError, match="Dimensions of arrays being concatenated are not consistent."):
        call("horzcat", np.ones((2, 2)), np.ones((3, 2)))


def test_turning_and_shifting():
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert call("rot90", matrix).tolist() == [[2, 4], [1, 3]]
    assert call("circshift", matrix, np.array([[1.0, 1.0]])).tolist() == [[4, 3], [2, 1]]
    assert call("circshift", np.array([[1.0, 2, 3]]), -1.0).tolist() == [[2, 3, 1]]


def test_diagonals_and_triangles():
    assert call("diag", np.array([[1.0, 2.0]]), 1.0).tolist() == [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
    assert call("diag", np.array([[1.0, 2.0], [3.0, 4.0]])).tolist() == [[1], [4]]
    assert call("diag", 5.0, 1.0).tolist() == [[0, 5], [0, 0]]
    assert call("blkdiag", np.zeros((0, 2)), 3.0).tolist() == [[0, 0, 3]]
    assert class_of(call("tril", np.ones((2, 2), np.uint8))) == "uint8"


def test_subscripts_and_indices_are_inverse():
    assert call("sub2ind", np.array([[3.0, 4.0]]), 2.0, 3.0) == 8.0
    assert call("ind2sub", np.array([[3.0, 4.0]]), 8.0, nargout=2) == (2.0, 3.0)
    assert call("ind2sub", np.array([[2.0, 2.0, 2.0]]), 7.0, nargout=2) == (1.0, 4.0)
    for args in ((4.0, 1.0), (0.0, 1.0)):
        with pytest.raises(ScriptError, match="Out of range subscript."):
            call("sub2ind", np.array([[3.0, 4.0]]), *args)
    with pytest.raises(ScriptError, match="Index out of range."):
        call("ind2sub", np.array([[3.0, 4.0]]), 13.0, nargout=2)
