import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import warn
from cnnscript.values.operators import mldivide, mpower, mrdivide, mtimes

A = np.asfortranarray([[4.0, 1.0], [2.0, 3.0]])


@pytest.fixture
def warnings():
    heard = []
    previous = warn.set_hook(lambda identifier, message: heard.append((identifier, message)))
    yield heard
    warn.set_hook(previous)


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


def test_products():
    assert mtimes(A, A).tolist() == [[18, 7], [14, 11]]
    assert mtimes(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])) == 11.0
    assert mtimes(np.zeros((3, 0)), np.zeros((0, 2))).tolist() == np.zeros((3, 2)).tolist()
    assert mtimes(A.astype(np.float32), A).dtype == np.float32
    assert mtimes(A > 2, A).tolist() == [[4, 1], [2, 3]]
    assert mtimes(np.int8(3), np.array([[50, 1]], np.int8)).tolist() == [[127, 3]]


def test_a_product_of_unfitting_sizes_is_matlabs_error():
    error = fails("MATLAB:innerdim", mtimes, np.ones((2, 3)), np.ones((2, 3)))
    assert error.message.startswith("Incorrect dimensions for matrix multiplication. Check that the number of columns")
    assert error.notes == ("left is 2x3", "right is 2x3")
    fails("MATLAB:innerdim", mtimes, np.ones((1, 3)), np.ones((1, 3)))
    fails("MATLAB:mtimes:inputsMustBe2D", mtimes, np.ones((2, 2, 2)), A)


def test_integer_matrices_have_no_product():
    error = fails("MATLAB:mtimes:integerNotSupported", mtimes, A.astype(np.int32), A.astype(np.int32))
    assert "At least one argument must be scalar." in error.message


def test_square_systems_are_solved(warnings):
    b = np.array([[1.0], [2.0]])
    assert np.allclose(A @ mldivide(A, b), b)
    assert np.allclose(mrdivide(b.T, A) @ A, b.T)
    for special in (np.triu(A), np.tril(A), A @ A.T, np.eye(2) * (1 + 1j)):
        assert np.allclose(special @ mldivide(special, b), b)
    assert mldivide(A.astype(np.float32), b).dtype == np.float32
    assert mldivide(2.0, b).tolist() == [[0.5], [1.0]] and mrdivide(b, 2.0).tolist() == [[0.5], [1.0]]
    assert warnings == []


def test_a_singular_matrix_warns_and_gives_infinities(warnings):
    x = mldivide(np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([[1.0], [1.0]]))
    assert not np.isfinite(x).any()
    assert warnings == [("MATLAB:singularMatrix", "Matrix is singular to working precision.")]
    mldivide(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[1.0], [1.0]]))
    assert len(warnings) == 2


def test_a_nearly_singular_matrix_says_its_condition(warnings):
    mldivide(np.array([[1.0, 1.0], [1.0, 1.0 + 1e-16 * 4]]), np.array([[1.0], [1.0]]))
    assert warnings[0][0] == "MATLAB:nearlySingularMatrix"
    assert warnings[0][1].startswith("Matrix is close to singular or badly scaled. Results may be inaccurate. RCOND = ")


def test_rectangular_systems_have_a_basic_least_squares_solution(warnings):
    tall = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    assert np.allclose(mldivide(tall, np.array([[6.0], [0.0], [0.0]])).ravel(), [5, -3])
    wide = np.array([[1.0, 2.0, 3.0]])
    assert mldivide(wide, 6.0).ravel().tolist() == pytest.approx([0, 0, 2])
    assert warnings == []
    deficient = mldivide(np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]), np.ones((3, 1)))
    assert deficient.ravel().tolist() == pytest.approx([0, 0.5])
    assert warnings[0][0] == "MATLAB:rankDeficientMatrix" and "rank = 1" in warnings[0][1]


def test_division_of_unfitting_sizes_is_matlabs_error():
    assert fails("MATLAB:dimagree", mldivide, A, np.ones((3, 1))).message == "Matrix dimensions must agree."
    fails("MATLAB:dimagree", mrdivide, 5.0, np.array([[1.0, 2.0, 3.0]]))


def test_powers_of_matrices():
    assert mpower(A, 2.0).tolist() == (A @ A).tolist()
    assert mpower(A, 0.0).tolist() == np.eye(2).tolist()
    assert np.allclose(mpower(A, -1.0) @ A, np.eye(2))
    root = mpower(A, 0.5)
    assert np.allclose(root @ root, A) and root.dtype == float
    assert np.allclose(mpower(2.0, np.diag([1.0, 3.0])), np.diag([2.0, 8.0]))


def test_a_power_of_no_square_matrix_is_matlabs_error():
    error = fails("MATLAB:square", mpower, np.ones((1, 3)), 2.0)
    assert "use POWER (.^) for elementwise power" in error.message
    fails("MATLAB:square", mpower, A, A)
