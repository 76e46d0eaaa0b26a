"""Linear algebra, polynomials and signals: identities that hold whatever computes them, and MATLAB's errors."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.signals import signals
from cnnscript.errors import ScriptError
from cnnscript.values import warn

A = np.asfortranarray([[4.0, 1.0, 2.0], [1.0, 3.0, 0.0], [2.0, 0.0, 5.0]])
RECTANGLE = np.asfortranarray([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*numbers):
    return np.array([numbers], float)


@pytest.fixture
def warnings():
    said = []
    before = warn.set_hook(lambda identifier, message: said.append((identifier, message)))
    yield said
    warn.set_hook(before)


def near(one, other):
    np.testing.assert_allclose(one, other, atol=1e-12)
    return True


@pytest.mark.parametrize("economy", [(), ("econ",), (0.0,)])
def test_factors_multiply_to_the_matrix(economy):
    u, s, v = call("svd", RECTANGLE, *economy, nargout=3)
    assert near(u @ s @ v.T, RECTANGLE) and u.shape == ((3, 2) if economy else (3, 3))
    q, r = call("qr", RECTANGLE, *economy, nargout=2)
    assert near(q @ r, RECTANGLE)


def test_triangular_factors():
    lower, upper, order = call("lu", A, nargout=3)
    assert near(lower @ upper, order @ A)
    assert near(call("lu", A, nargout=2)[0] @ upper, A)
    r = call("chol", A)
    assert near(r.T @ r, A) and near(call("chol", A, "lower"), r.T)
    q, r, p = call("qr", RECTANGLE, nargout=3)
    assert near(q @ r, RECTANGLE @ p)


def test_eigenvectors_are_eigenvectors():
    for matrix in (A, np.array([[0.0, 1.0], [-1.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])):
        vectors, values = call("eig", matrix, nargout=2)
        assert near(matrix @ vectors, vectors @ values)
    values = call("eig", A).ravel()
    assert (np.diff(values) > 0).all()
    vectors, values = call("eig", A, np.eye(3) * 2, nargout=2)
    assert near(A @ vectors, 2 * vectors @ values)


def test_inverses():
    assert near(call("inv", A) @ A, np.eye(3))
    inverse = call("pinv", RECTANGLE)
    assert near(RECTANGLE @ inverse @ RECTANGLE, RECTANGLE)


def test_a_singular_matrix_warns_and_gives_infinities(warnings):
    assert np.isinf(call("inv", np.zeros((2, 2)))).all()
    assert warnings == [("MATLAB:singularMatrix", "Matrix is singular to working precision.")]


def test_a_nearly_singular_matrix_warns(warnings):
    call("inv", np.array([[1.0, 2], [1, 2 + 1e-15]]))
    assert warnings[0][0] == "MATLAB:nearlySingularMatrix" and "RCOND =" in warnings[0][1]


@pytest.mark.parametrize(
    ("name", "args", "identifier"),
    [
        ("inv", (RECTANGLE,), "MATLAB:square"),
        ("det", (RECTANGLE,), "MATLAB:square"),
        ("chol", (np.array([[1.0, 2], [2, 1]]),), "MATLAB:posdef"),
        ("eig", (np.array([[np.nan, 1], [1, 2]]),), "MATLAB:eig:matrixWithNaNInf"),
        ("norm", (A, 3.0), "MATLAB:norm:unknownNorm"),
        ("inv", (np.ones((2, 2), np.int8),), "MATLAB:UndefinedFunction"),
    ],
)
def test_what_a_matrix_cannot_do_is_matlabs_error(name, args, identifier):
    with pytest.raises(ScriptError) as error:
        call(name, *args)
    assert error.value.identifier == identifier


def test_norms():
    assert (
        call("norm", row(3, 4)) == 5.0
        and call("norm", row(3, 4), 1.0) == 7.0
        and call("norm", row(3, -4), np.inf) == 4.0
    )
    assert call("norm", RECTANGLE, "fro") == pytest.approx(np.sqrt(91)) and call("norm", np.zeros((0, 0))) == 0.0
    assert call("norm", row(1e200, 1e200)) == pytest.approx(1.4142135623730951e200)
    assert call("vecnorm", np.array([[3.0, 0], [4, 2]])).tolist() == [[5, 2]]
    assert call("rank", call("magic", 4.0)) == 3.0 and call("trace", A) == 12.0


def test_magic_squares_of_all_orders():
    for order in range(3, 15):
        square = call("magic", float(order))
        total = order * (order**2 + 1) / 2
        sums = {*square.sum(0), *square.sum(1), np.trace(square), np.trace(square[:, ::-1])}
        assert sums == {total} and sorted(square.ravel()) == list(range(1, order**2 + 1))
    assert call("magic", 4.0).tolist() == [[16, 2, 3, 13], [5, 11, 10, 8], [9, 7, 6, 12], [4, 14, 15, 1]]
    assert call("magic", 2.0).tolist() == [[1, 3], [4, 2]] and call("magic", 1.0) == 1.0


@pytest.mark.parametrize("order", [1.0, 2.0, 4.0, 12.0, 20.0, 24.0, 40.0])
def test_hadamard_matrices_are_orthogonal(order):
    matrix = np.atleast_2d(call("hadamard", order))
    assert (matrix.T @ matrix == order * np.eye(int(order))).all()


# ------------------------------------------------------------------------------------------------------- polynomials
def test_a_fit_through_points_of_a_polynomial_finds_it():
    points = row(0, 1, 2, 3)
    assert near(call("polyfit", points, points**2 + 1, 2.0), row(1, 0, 1))
    p, quality, scale = call("polyfit", row(1, 2, 3), row(2, 4, 6), 1.0, nargout=3)
    assert near(p, row(2, 4)) and scale.ravel().tolist() == [2, 1] and quality.fields["df"] == 1.0
    assert call("polyval", p, 3.0, np.zeros((0, 0)), scale) == pytest.approx(6)


def test_too_few_points_warn(warnings):
    call("polyfit", row(1, 2), row(1, 2), 3.0)
    assert warnings[0][1] == "Polynomial is not unique; degree >= number of data points."


def test_roots_and_back():
    assert near(call("roots", row(1, -6, 11, -6)), [[3], [2], [1]])
    assert call("roots", row(0, 0, 1, 0)) == 0.0 and call("roots", row(5)).shape == (0, 1)
    assert near(call("poly", row(1, 2, 3)), row(1, -6, 11, -6))
    assert call("roots", row(1, 0, 1)).imag.ravel().tolist() == [1, -1]


@pytest.mark.parametrize(
    ("method", "wanted"),
    [("linear", 30), ("nearest", 40), ("previous", 20), ("next", 40)],
)
def test_interpolation_methods(method, wanted):
    assert call("interp1", row(1, 2, 3), row(10, 20, 40), 2.5, method) == wanted


def test_interpolation_outside():
    points, values = row(1, 2, 3), row(10, 20, 40)
    assert (
        np.isnan(call("interp1", points, values, 0.0))
        and call("interp1", points, values, 0.0, "linear", "extrap") == 0.0
    )
    assert call("interp1", points, values, 9.0, "linear", 7.0) == 7.0
    assert call("interp1", points, np.array([[1.0, 2], [3, 4], [5, 6]]), row(1.5, 2.5).T).tolist() == [[2, 3], [4, 5]]
    with pytest.raises(ScriptError, match="Sample points must be unique."):
        call("interp1", row(1, 1, 2), values, 1.5)


# ----------------------------------------------------------------------------------------------------------- signals
@pytest.mark.parametrize("shape", ["full", "same", "valid"])
def test_convolution_in_two_dimensions_is_a_sum_of_products(shape):
    state = np.random.RandomState(0)
    image, kernel = state.rand(7, 6), state.rand(3, 4)
    padded = np.pad(image, ((2, 2), (3, 3)))
    full = np.array([[(padded[i : i + 3, j : j + 4] * kernel[::-1, ::-1]).sum() for j in range(9)] for i in range(9)])
    wanted = {"full": full, "same": full[1:8, 2:8], "valid": full[2:7, 3:6]}[shape]
    assert near(call("conv2", image, kernel, shape), wanted)
    assert near(call("filter2", kernel[::-1, ::-1], image, shape), wanted)


def test_large_kernels_convolve_like_small_ones():
    state = np.random.RandomState(0)
    image, kernel = state.rand(20, 20), state.rand(12, 12)
    assert near(call("conv2", image, kernel), signals.convolved(kernel, image, "full"))
    assert near(call("conv2", row(1, 2).T, row(1, 1), row(1, 2).T @ row(1, 1)), np.outer([1, 4, 4], [1, 2, 1]))


def test_filters_run_along_a_dimension_and_keep_their_state():
    y, state = call("filter", row(1, 1), 1.0, row(1, 2, 3), nargout=2)
    assert y.tolist() == [[1, 3, 5]] and state == 3.0
    assert call("filter", row(1, 1), 1.0, row(1, 2), state).tolist() == [[4, 3]]
    assert call("filter", 1.0, row(1, -0.5), np.eye(2), np.zeros((0, 0)), 2.0).tolist() == [[1, 0.5], [0, 1]]


def test_transforms_of_real_numbers_come_back_real():
    signal = np.random.RandomState(1).rand(5, 4)
    back = call("ifft", call("fft", signal))
    assert back.dtype == np.float64 and near(back, signal)
    assert near(call("ifft2", call("fft2", signal)), signal)
    assert call("fft", np.float32([[1, 2, 4]])).dtype == np.complex64
    assert call("fft", row(1, 2), 4.0).shape == (1, 4)


def test_slopes_at_the_ends_are_one_sided():
    assert call("gradient", row(1, 4, 9, 16)).tolist() == [[3, 4, 6, 7]]
    across, down = call("gradient", np.array([[1.0, 2], [3, 5]]), nargout=2)
    assert across.tolist() == [[1, 1], [2, 2]] and down.tolist() == [[2, 3], [2, 3]]


def test_determinants_are_products_of_pivots(run):
    run("a = det([1 2; 3 4]); b = det(5); c = det([1 2 3; 4 5 6; 7 8 9]); d = det(magic(4)); e = det(2 * eye(70));")
    assert (run["a"], run["b"], run["e"]) == (-2, 5, 2.0**70)
    assert abs(run["c"] - 6.6613e-16) < 1e-19 and abs(run["d"] + 1.4495e-12) < 1e-16
    run("z = det(zeros(3)); n = det([1 NaN; 2 3]); s = class(det(single(2)));")
    run("p = det([0 1; 1 0]); k = det([1+1i 2; 3 4]);")
    assert run["z"] == 0 and run["n"] != run["n"] and run["s"] == "single" and run["p"] == -1
    assert abs(run["k"] - (-2 + 4j)) < 1e-14
