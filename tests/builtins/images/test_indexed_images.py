import numpy as np
import pytest


def test_an_image_with_few_colours_keeps_them(run):
    run("RGB = cat(3, uint8([255 0 255]), uint8([0 0 0]), uint8([0 255 0])); [X, map] = rgb2ind(RGB, 16);")
    run("e = isequal(im2uint8(ind2rgb(X, map)), RGB); c = class(X); s = size(map);")
    assert run["e"] is True and run["c"] == "uint8" and run["s"].tolist() == [[2, 3]]


def test_many_colours_become_few_near_ones(run):
    run("rng(0); RGB = rand(40, 40, 3); [X, map] = rgb2ind(RGB, 64, 'nodither'); B = ind2rgb(X, map);")
    run("e = sqrt(mean((B(:) - RGB(:)).^2)); s = size(map, 1);")
    assert run["s"] == 64 and run["e"] < 0.12  # 64 even cubes of side 1/4 have 0.072
    run("[X, map] = rgb2ind(RGB, 300, 'nodither'); c = class(X); m = max(X(:));")
    assert run["c"] == "uint16" and run["m"] <= 299


def test_a_tolerance_makes_an_even_grid(run):
    run("[X, map] = rgb2ind(cat(3, [0 0.24 0.26], [0 0 0], [1 1 1]), 0.5, 'nodither');")
    assert run["X"].tolist() == [[0, 0, 1]] and run["map"].tolist() == [[0, 0, 1], [0.5, 0, 1]]


def test_levels_of_grayslice(run):
    run("a = double(grayslice(uint8([0 127 128 255]), 2)); b = double(grayslice([0 0.5 1], [0.5 1]));")
    run("c = grayslice(1, 256);")
    assert run["a"].tolist() == [[0, 0, 1, 1]] and run["b"].tolist() == [[0, 1, 2]] and run["c"] == 256


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rgb2ind(ones(3), 4)", "m-by-n-by-3"),
        ("rgb2ind(ones(1, 1, 3), 0)", "number of colors"),
        ("rgb2ind(ones(1, 1, 3), 1.5)", "number of colors"),
        ("rgb2ind(ones(1, 1, 3), 4, 'dithers')", "match one of these"),
        ("impixel([1 2])", "mouse"),
        ("impixel([1 2], 1, [1 2])", "same length"),
        ("improfile(magic(4), 1, 1)", "two points"),
        ("improfile(magic(4), [1 1], [2 2])", "must differ"),
        ("checkerboard(-1)", "nonnegative"),
        ("impyramid(1, 'up')", "match one of these"),
        ("hex2rgb('#12')", "three or six"),
        ("rgb2hex([1 2 3])", "0 to 1"),
        ("deltaE(ones(2, 2, 3), ones(3, 3, 3))", "same size"),
        ("colorangle([0 0 0], [1 1 1])", "not all zero"),
        ("illumgray(ones(3))", "m-by-n-by-3"),
        ("illumpca(ones(3, 3, 3), 80)", "to 50"),
        ("chromadapt(ones(2, 2, 3), [0 1 1])", "positive"),
        ("whitepoint('d66')", "match one of these"),
        ("randomAffine2d('Scale', [0 0])", "positive"),
        ("randomAffine2d('Rotation', [2 1])", "rising"),
        ("jitterColorHSV(ones(3), 'Hue', 0.1)", "m-by-n-by-3"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize(
    ("call", "value"),
    [
        # CIEDE2000 test data of G. Sharma and others, pairs 1 and 7; CIE94 of (50, 10, 0) and (55, 10, 0) is 5
        ("imcolordiff([50 2.6772 -79.7751], [50 0 -82.7485], 'isInputLab', 1, 'Standard', 'CIEDE2000')", 2.0425),
        ("imcolordiff([50 0 0], [50 -1 2], 'isInputLab', true, 'Standard', 'CIEDE2000')", 2.3669),
        ("imcolordiff([50 10 0], [55 10 0], 'isInputLab', true)", 5),
        ("imcolordiff([50 10 0], [50 12 0], 'isInputLab', true)", 2 / 1.45),
        ("deltaE([50 0 0], [50 3 4], 'isInputLab', true)", 5),
        ("colorangle([1 0 0], [0 2 0])", 90),
    ],
)
def test_known_numbers(run, call, value):
    run(f"x = {call};")
    tolerance = 1e-4
    assert run["x"] == pytest.approx(value, abs=tolerance)


def test_classes_of_lab_go_both_ways(run):
    run("lab = [50 10 -20]; a = lab2double(lab2uint16(lab)); b = lab2double(lab2uint8(lab));")
    run("c = xyz2double(xyz2uint16([.5 1 .25]));")
    np.testing.assert_allclose(run["a"], [[50, 10, -20]], atol=0.01)
    np.testing.assert_allclose(run["b"], [[50.2, 10, -20]], atol=0.01)
    assert run["c"].tolist() == [[0.5, 1, 0.25]]


def test_a_balanced_light_is_grey(run):
    run("A = repmat(cat(3, 0.8, 0.6, 0.4), 4, 4); l = illumgray(A, 0);")
    run("B = chromadapt(A, l, 'ColorSpace', 'linear-rgb');")
    run("p = illumpca(A); w = illumwhite(A, 0); b = B(1, 1, :); b = b(:)';")
    np.testing.assert_allclose(run["l"], [[0.8, 0.6, 0.4]], atol=1e-12)
    np.testing.assert_allclose(run["w"], [[0.8, 0.6, 0.4]], atol=1e-12)
    np.testing.assert_allclose(run["p"] / run["p"][0, 1] * 0.6, [[0.8, 0.6, 0.4]], atol=1e-9)
    assert np.ptp(run["b"]) < 1e-6


def test_random_transformations_lie_in_their_ranges(run):
    run(
        "rng(0); x = zeros(1, 20); f = x;\n"
        "for k = 1:20\n"
        "  t = randomAffine2d('XTranslation', [3 4], 'XReflection', true); x(k) = t.A(1, 3); f(k) = t.A(1);\n"
        "end"
    )
    assert run["x"].min() >= 3 and run["x"].max() <= 4 and set(run["f"].ravel()) == {-1, 1}
