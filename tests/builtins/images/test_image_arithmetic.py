import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "kind", "value"),
    [
        ("imadd(uint8([255 10]), uint8([50 20]))", "uint8", [255, 30]),
        ("imadd(true, false)", "double", [1]),
        ("imadd(logical([1 0]), uint8([5 6]))", "uint8", [6, 6]),
        ("imsubtract(uint8([5 200]), 10)", "uint8", [0, 190]),
        ("imsubtract(int16(-32768), int16(1))", "int16", [-32768]),
        ("immultiply(uint8([3 5]), 0.5)", "uint8", [2, 3]),
        ("immultiply(2, uint8([3 5]))", "uint8", [6, 10]),
        ("imdivide(uint8([10 20]), uint8([4 0]))", "uint8", [3, 255]),
        ("imabsdiff(int8([-128 5]), int8([127 -5]))", "int8", [127, 10]),
        ("imlincomb(1, uint8(200), 1, uint8(200), -150)", "uint8", [250]),
        ("imlincomb(.5, [1 2], 'single')", "single", [0.5, 1]),
        ("imlincomb(2, true)", "double", [2]),
    ],
)
def test_sums_saturate_once_in_the_class_of_the_first(run, call, kind, value):
    run(f"z = {call}; c = class(z); z = double(z);")
    assert run["c"] == kind and np.ravel(run["z"]).tolist() == value


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imadd([1 2], [1 2 3])", "same size"),
        ("imadd(uint8(1), uint16(1))", "same class"),
        ("imabsdiff([1 2], uint8([1 2]))", "same class"),
        ("imadd(1, 'a')", "numeric or logical"),
        ("imadd(1, 2, 'int7')", "match one of these"),
        ("imlincomb(1, [1 2], 1, [1 2 3])", "same size"),
        ("imapplymatrix([1 1], ones(2, 2, 3))", "number of columns"),
        ("padarray([1 2], -1)", "nonnegative"),
        ("padarray([1 2], 0.5)", "integer"),
        ("padarray({1}, 1)", "numeric, logical"),
        ("padarray(1, 1, 'mirror')", "match one of these"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize(
    ("call", "rows"),
    [
        ("padarray([1 2;3 4], [1 0], 'post')", [[1, 2], [3, 4], [0, 0]]),
        ("padarray([1 2], [0 1], 7, 'pre')", [[7, 1, 2]]),
        ("padarray([1 2 3], [0 4], 'symmetric', 'post')", [[1, 2, 3, 3, 2, 1, 1]]),
        ("padarray([1 2 3], [0 4], 'circular', 'both')", [[3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]]),
        ("padarray([1;2], 1, 'replicate')", [[1], [1], [2], [2]]),
        ("double(padarray(uint8([1 2]), [0 1], 300))", [[255, 1, 2, 255]]),
        ("padarray([], [1 1])", [[0, 0], [0, 0]]),
        ("double(padarray(true, [0 1], 'replicate', 'pre'))", [[1, 1]]),
    ],
)
def test_padding_in_every_direction(run, call, rows):
    run(f"b = {call};")
    assert run["b"].tolist() == rows


def test_padding_keeps_the_class_and_adds_dimensions(run):
    run("a = padarray(true(2), [0 0 1]); c = class(a); s = size(a); d = class(padarray(single(1), 1));")
    assert run["c"] == "logical" and run["s"].tolist() == [[2, 2, 3]] and run["d"] == "single"


def test_noise_repeats_with_its_seed_and_is_matlabs_arithmetic(run):
    run("rng(0); a = imnoise(zeros(2), 'gaussian', 0.5, 0.01); rng(0); b = 0.5 + 0.1*randn(2);")
    np.testing.assert_allclose(run["a"], np.clip(run["b"], 0, 1), atol=1e-15)
    run("rng(3); a = imnoise(0.5*ones(9), 'salt & pepper', 0.4); rng(3); r = rand(9);")
    r = run["r"]
    assert (run["a"] == np.where(r < 0.2, 0, np.where(r < 0.4, 1, 0.5))).all()
    run("rng(3); a = imnoise(0.5*ones(3), 'speckle', 0.03); rng(3); b = 0.5 + 0.6*0.5*(rand(3)-0.5);")
    np.testing.assert_allclose(run["a"], run["b"], atol=1e-15)


def test_poisson_noise_has_the_mean_and_variance_of_its_light(run):
    run("rng(1); a = double(imnoise(40*ones(100, 'uint8'), 'poisson')); m = mean2(a); v = var(a(:));")
    assert run["m"] == pytest.approx(40, abs=0.4) and run["v"] == pytest.approx(40, abs=2)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imnoise([0 1], 'pink')", "match one of these"),
        ("imnoise([0 1], 'gaussian', 0, -1)", "nonnegative"),
        ("imnoise([0 1], 'poisson', 1)", "Too many parameters"),
        ("imnoise([0 1], 'localvar')", "Too few parameters"),
        ("imnoise([0 1], 'localvar', [1 2 3])", "same size"),
        ("imnoise([0 1], 'salt & pepper', 2)", "0 to 1"),
    ],
)
def test_noise_that_is_not_is_named(run, call, words):
    assert words in run.fault(call).message


def test_kinds_of_images(run):
    run("t = [isrgb(ones(2,2,3)) isrgb(2*ones(2,2,3)) isgray(uint8(1)) isgray(2) isbw(true) isind(3) isind(0.5)];")
    assert run["t"].tolist() == [[True, False, True, False, True, True, False]]
    assert "number of channels" in run.fault("[a, b] = imsplit(ones(3));").message
