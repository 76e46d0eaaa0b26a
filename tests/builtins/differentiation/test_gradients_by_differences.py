"""Every function that a tape records: its value is the language's own, its gradient that of finite differences."""

import numpy as np
import pytest

from cnnscript.session import Session
from cnnscript.values.dlarrays import DLArray

GENERAL = np.array([[0.31, -0.72, 1.4], [2.3, -1.15, 0.55]])
POSITIVE = np.array([[0.31, 0.72, 0.45], [0.23, 0.15, 0.55]])
ABOVE_ONE = 1.2 + POSITIVE
SQUARE = np.array([[2.0, 0.3, -0.4], [0.1, 1.5, 0.2], [-0.3, 0.25, 1.1]])

CASES = [
    # elements
    *((name + "(x)", POSITIVE) for name in (
        "acos", "acosd", "asin", "asind", "asech", "erfinv", "erfcinv", "gamma", "atanh", "erfc", "gammaln", "log",
        "log10", "log1p", "log2", "sqrt",
    )),
    *((name + "(x)", GENERAL) for name in (
        "abs", "acot", "atand", "cospi", "cotd", "cscd", "secd", "sinpi", "acsch", "asinh", "atan", "ceil", "cos",
        "cosd", "cosh", "cot", "coth", "csc", "csch", "deg2rad",
        "erf", "exp", "expm1", "fix", "floor", "imag", "rad2deg", "real", "round", "sec", "sech", "sign", "sin", "sind",
        "sinh", "tan", "tand", "tanh", "conj",
    )),
    *((name + "(x)", ABOVE_ONE) for name in ("acosh", "acoth", "acsc", "asec")),
    # operators, with scalars, rows and columns
    ("x + [1 2 3]", GENERAL), ("2 - x", GENERAL), ("x .* [3; -2]", GENERAL), ("x ./ [3; -2]", GENERAL),
    ("[1 2 3] ./ x", GENERAL), ("x .\\ 2", GENERAL), ("x.^2", GENERAL), ("x.^3", GENERAL), ("x.^-1", GENERAL),
    ("x.^0.5", POSITIVE), ("2.^x", GENERAL), ("x.^x", POSITIVE), ("-x", GENERAL), ("+x", GENERAL), ("x*2", GENERAL),
    ("x*[1 2; 3 4; 5 6]", GENERAL), ("[1 2; 3 4]*x", GENERAL), ("x*x'", GENERAL), ("x.'*x", GENERAL), ("x^2", SQUARE),
    ("x^-1", SQUARE), ("x \\ [1; 2; 3]", SQUARE), ("[1 2 3] / x", SQUARE), ("[1 2; 3 4; 5 6] \\ x(:,1)", SQUARE),
    ("atan2(x,[1; -2])", GENERAL), ("hypot(x,2)", GENERAL), ("nthroot(x,3)", GENERAL), ("gamma(x)", GENERAL),
    ("mod(x,0.9)", GENERAL), ("rem(x,0.9)", GENERAL),
    ("max(x,0.5)", GENERAL), ("min(0.5,x)", GENERAL), ("max(x,x')", SQUARE), ("pagemtimes(x,x)", SQUARE),
    ("cat(3,x,x*2)", GENERAL), ("[x; 2*x]", GENERAL), ("[x, [1; 2]]", GENERAL),
    # parts
    ("x(2,:)", GENERAL), ("x(:)", GENERAL), ("x(end)", GENERAL), ("x(:,2)", GENERAL), ("x(2:4)", GENERAL),
    ("x(x > 0)", GENERAL), ("x(:,[1 1 3])", GENERAL),
    ("x([1 5 5])", GENERAL), ("written(x)", GENERAL), ("grown(x)", GENERAL), ("shortened(x)", GENERAL),
    # arrangements
    ("x'", GENERAL), ("reshape(x,3,[])", GENERAL), ("permute(x,[3 1 2])", GENERAL), ("squeeze(permute(x,[3 1 2]))",
                                                                                    GENERAL),
    ("repmat(x,2,2)", GENERAL), ("circshift(x,1,2)", GENERAL), ("flip(x)", GENERAL), ("fliplr(x)", GENERAL),
    ("triu(x)", SQUARE), ("tril(x,-1)", SQUARE), ("diag(x)", SQUARE), ("rot90(x)", GENERAL),
    ("repelem(x,1,2)", GENERAL),
    ("shiftdim(x,1)", GENERAL), ("ipermute(x,[2 1])", GENERAL),
    # along dimensions
    *((f"{name}(x{rest})", GENERAL) for name in ("sum", "mean", "prod", "median") for rest in ("", ",2", ",'all'")),
    ("sum(x,[1 2])", GENERAL), ("sum(x,3)", GENERAL), ("mean(holed(x),'omitnan')", GENERAL),
    ("sum(holed(x),2,'omitnan')", GENERAL), ("prod(holed(x),2,'omitnan')", GENERAL),
    *((f"{name}(x{rest})", GENERAL) for name in ("var", "std") for rest in ("", ",1", ",0,2", ",0,'all'")),
    *((f"{name}(x{rest})", GENERAL) for name in ("max", "min") for rest in ("", ",[],2", ",[],'all'", ",[],[1 2]")),
    ("cumsum(x,2)", GENERAL), ("cumsum(x,'reverse')", GENERAL), ("cumprod(x,2)", GENERAL), ("sort(x,2)", GENERAL),
    ("sort(x,'descend')", GENERAL), ("vecnorm(x)", GENERAL), ("vecnorm(x,1,2)", GENERAL), ("vecnorm(x,3,2)", GENERAL),
    ("norm(x(1,:))", GENERAL), ("norm(x,'fro')", GENERAL), ("norm(x,1)", GENERAL), ("norm(x(:),Inf)", GENERAL),
    ("dot(x(1,:),x(2,:))", GENERAL), ("dot(x,x,2)", GENERAL), ("rescale(x)", GENERAL), ("rescale(x,-1,1)", GENERAL),
    # matrices, vectors, transforms
    ("inv(x)", SQUARE), ("det(x)", SQUARE), ("trace(x)", SQUARE), ("kron(x,[1 2; 3 4])", GENERAL),
    ("kron([1 2],x)", GENERAL), ("cross(x,[1 2 3; -1 0 2],2)", GENERAL), ("cross(x(1,:),x(2,:))", GENERAL),
    ("real(fft(x,[],2))", GENERAL), ("imag(fft(x,4,2))", GENERAL), ("abs(ifft(x))", GENERAL), ("diff(x)", GENERAL),
    ("diff(x,2,2)", GENERAL), ("trapz(x)", GENERAL), ("trapz([0 1 3],x,2)", GENERAL), ("normalize(x,2)", GENERAL),
    ("normalize(x,'range')", GENERAL), ("normalize(x,1,'center')", GENERAL),
    # through functions of functions
    ("looped(x)", GENERAL), ("branched(x)", GENERAL), ("cells(x)", GENERAL), ("each(x)", GENERAL),
]  # fmt: skip
FUNCTIONS = """
function y = written(x), y = x; y(1,:) = 3*x(2,:); y(2,2) = 7; end
function y = grown(x), y = x; y(3,4) = x(1,1)^2; end
function y = shortened(x), y = x; y(:,2) = []; end
function y = holed(x), y = x; y(1,2) = NaN; end
function y = looped(x), y = x(1); for k = 2:numel(x), y = y*0.9 + x(k)^2; end, end
function y = cells(x), c = cellfun(@(v) v.^2,{x,2*x},'UniformOutput',false); y = c{1} + c{2}; end
function y = each(x), c = arrayfun(@(v) v^2,x,'UniformOutput',false); y = [c{:}]; end
function y = branched(x), if x(1) > 0 && sum(x,'all') < 100, y = x.^2; else, y = x; end, end
"""
H = 1e-6


@pytest.fixture(scope="module")
def session():
    made = Session()
    made.run("gradient_of = @(f,w,x) gradient_and_value(f,w,x);\n"
             "function [g,y] = gradient_and_value(f,w,x), y = f(x);"
             "g = dlgradient(sum(w.*y,'all'),x); end\n")  # fmt: skip
    return made


@pytest.mark.parametrize(("text", "x"), CASES, ids=[text for text, _ in CASES])
def test_value_and_gradient(session, text, x):
    session.run(FUNCTIONS + f"f = @(x) {text};")
    f = session["f"]

    def plain(at):
        return np.atleast_2d(np.asarray(session.call(f, 1, np.asfortranarray(at)), np.float64))

    value = plain(x)
    weights = np.asfortranarray(np.cos(np.arange(1, value.size + 1.0)).reshape(value.shape, order="F"))
    session["x"], session["w"] = x, weights
    session.run("[g,y] = dlfeval(gradient_of,f,w,dlarray(x));")
    gradient, again = session["g"], session["y"]
    assert type(gradient) is DLArray is type(again)
    assert again.array().shape == value.shape
    assert np.allclose(again.array(), value, 1e-12, 1e-12, equal_nan=True)
    differences = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[at] = H
        differences[at] = np.nansum(weights * (plain(x + step) - plain(x - step))) / (2 * H)
    assert gradient.array().shape == x.shape
    assert np.allclose(gradient.array(), differences, 1e-6, 1e-6)
    session.run("z = f(dlarray(x));")  # where nothing records, the numbers are the language's own
    assert np.array_equal(session["z"].array(), value, equal_nan=True)


def test_a_recorded_median_of_nan_is_nan_in_its_column_only(run):
    run("m = extractdata(dlfeval(@(x) median(x),dlarray([1 4; NaN 6; 3 5]))); all = "
        "extractdata(dlfeval(@(x) median(x,'all'),dlarray(single([1 NaN 3]))));")  # fmt: skip
    assert np.isnan(run["m"][0, 0]) and run["m"][0, 1] == 5 and np.isnan(run["all"])


def test_a_recorded_erfcinv_reaches_numbers_that_one_less_them_cannot_tell_from_one(run):
    run("y = extractdata(dlfeval(@(x) erfcinv(x),dlarray([1e-20 1e-5 1.5])));")
    by_scipy = [6.601580622355143, 3.1234132743408756, -0.4769362762044699]
    np.testing.assert_allclose(run["y"].ravel(), by_scipy, rtol=1e-12)
