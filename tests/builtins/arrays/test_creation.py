"""Arrays from sizes, with classes and the memory there is."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import constants  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import class_of
from cnnscript.values.text import String


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


@pytest.mark.parametrize(
    ("args", "shape"),
    [
        ((2.0, 3.0), (2, 3)),
        ((3.0,), (3, 3)),
        ((np.array([[2.0, 3.0, 4.0]]),), (2, 3, 4)),
        ((2.0, 3.0, 1.0, 1.0), (2, 3)),
        ((-1.0, 3.0), (0, 3)),
        ((0.0,), (0, 0)),
        ((np.int32(2), 2.0), (2, 2)),
        ((np.zeros((0, 0)),), (0, 0)),
    ],
)
def test_sizes_are_read_as_matlab_reads_them(args, shape):
    for name in ("zeros", "ones", "false", "NaN"):
        result = call(name, *args)
        assert result.shape == shape and result.flags.f_contiguous


def test_one_by_one_is_a_scalar_of_the_class():
    assert call("zeros") == 0.0 and type(call("zeros")) is float
    assert call("ones", 1.0, "int8") == np.int8(1) and class_of(call("ones", 1.0, "int8")) == "int8"
    assert call("true") is True and call("false", 1.0, 1.0) is False


def test_a_class_is_given_by_name_or_prototype():
    assert call("zeros", 2.0, "uint8").dtype == np.uint8
    assert call("zeros", 2.0, String.of("single")).dtype == np.float32
    assert call("ones", 2.0, "like", np.float32(1)).dtype == np.float32
    assert call("zeros", 1.0, 2.0, "like", 1j).dtype == np.complex128


@pytest.mark.parametrize(
    ("args", "identifier"),
    [
        ((2.5,), "MATLAB:NonIntegerInput"),
        ((np.nan,), "MATLAB:NaNInfNotAllowed"),
        ((np.inf,), "MATLAB:pmaxsize"),
        ((np.array([[2.0], [3.0]]),), "MATLAB:zeros:sizeVecMustBeRow"),
        ((2.0, "int7"), "MATLAB:zeros:invalidInputClass"),
        ((np.empty((1, 1), object),), "MATLAB:NonNumericInput"),
    ],
)
def test_bad_sizes_are_errors(args, identifier):
    with pytest.raises(ScriptError) as error:
        call("zeros", *args)
    assert error.value.identifier == identifier


@pytest.mark.parametrize("name", ["zeros", "ones", "eye", "NaN"])
def test_an_array_beyond_the_memory_is_refused_before_trying(name):
    with pytest.raises(ScriptError) as error:
        call(name, 1e6)
    assert error.value.identifier == "MATLAB:array:SizeLimitExceeded"
    assert error.value.message.startswith(
        "Requested 1000000x1000000 (7450.6GB) array exceeds maximum array size preference ("
    )
    assert error.value.message.endswith("GB). This might cause MATLAB to become unresponsive.")


def test_repmat_of_a_whole_array_is_refused_too():
    with pytest.raises(ScriptError, match="array exceeds maximum array size preference"):
        call("repmat", 1.0, 1e6)


def test_linspace_ends_exactly_and_keeps_zero_in_a_symmetric_range():
    row = call("linspace", 0.0, 1.0, 11.0)
    assert row.shape == (1, 11) and row[0, -1] == 1.0 and row[0, 3] == pytest.approx(0.3)
    assert call("linspace", -1.0, 1.0, 5.0)[0, 2] == 0.0
    assert call("linspace", 3.0, 7.0, 1.0) == 7.0
    assert call("linspace", np.float32(0), 1.0, 3.0).dtype == np.float32


def test_repmat_and_repelem_take_text_and_cells():
    assert call("repmat", "ab", 1.0, 2.0) == "abab"
    assert call("repelem", "ab", 2.0) == "aabb"
    cell = np.empty((1, 1), object)
    cell[0, 0] = "x"
    assert call("repmat", cell, 1.0, 3.0).shape == (1, 3)
    assert call("repmat", True, 1.0, 2.0).dtype == bool


def test_repelem_by_vectors_of_counts():
    assert call("repelem", np.array([[7.0, 8.0]]), np.array([[1.0, 3.0]])).tolist() == [[7, 8, 8, 8]]
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert call("repelem", matrix, 1.0, np.array([[2.0, 1.0]])).tolist() == [[1, 1, 2], [3, 3, 4]]
    with pytest.raises(ScriptError, match="same|many elements"):
        call("repelem", matrix, 1.0, np.array([[2.0, 1.0, 1.0]]))


def test_meshgrid_varies_x_along_the_columns():
    x, y = call("meshgrid", np.array([[1.0, 2, 3]]), np.array([[5.0, 6]]), nargout=2)
    assert x.tolist() == [[1, 2, 3], [1, 2, 3]] and y.tolist() == [[5, 5, 5], [6, 6, 6]]
    a, b, c = call("ndgrid", np.array([[1.0, 2]]), np.array([[1.0, 2, 3]]), np.array([[1.0]]), nargout=3)
    assert a.shape == b.shape == c.shape == (2, 3)


def test_complex_keeps_its_class_without_an_imaginary_part():
    value = call("complex", 5.0)
    assert value == 5 and call("isreal", value) is False
    assert call("real", np.array([[1 + 2j, 3]])).tolist() == [[1, 3]]


def test_limits_of_classes():
    assert call("intmax", "int8") == 127 and class_of(call("intmin")) == "int32"
    assert call("eps") == 2.0**-52 and call("eps", 1000.0) == np.spacing(1000.0)
    assert call("eps", np.float32(1)) == np.float32(2.0**-23)
    assert np.isnan(call("eps", np.inf))
    with pytest.raises(ScriptError):
        call("intmax", "double")


def test_grids_and_copies_beyond_the_memory_are_refused_too():
    many = np.arange(1e6).reshape(1, -1)
    cases = (("meshgrid", (many,)), ("ndgrid", (many, many)), ("repelem", (many, 1e6)), ("repmat", (many, 1e3)))
    for name, args in cases:
        with pytest.raises(ScriptError) as error:
            call(name, *args)
        assert error.value.identifier == "MATLAB:array:SizeLimitExceeded"


def test_no_points_for_less_than_one(run):
    run("a = size(linspace(0, 1, 0)); b = size(linspace(0, 1, -3)); c = linspace(0, 1, 1);")
    assert run["a"].tolist() == [[1, 0]] and run["b"].tolist() == [[1, 0]] and run["c"] == 1


def test_grids_of_categories_and_times_keep_their_class(run):
    run("c = categorical({'b' 'a' 'b'}); [x, y] = meshgrid(unique(c), c); n = sum(x == y, 2)'; k = class(x);")
    run("[p, q, r] = meshgrid(1:2, seconds(1:3), single(7)); s = seconds(q(:, 2))'; m = class(r); e = size(p);")
    assert run["n"].tolist() == [[1, 1, 1]] and run["k"] == "categorical"
    assert run["s"].tolist() == [[1, 2, 3]] and run["m"] == "single" and run["e"].tolist() == [[3, 2]]
    assert run.fault("meshgrid({1}, 1)").identifier == "MATLAB:UndefinedFunction"
