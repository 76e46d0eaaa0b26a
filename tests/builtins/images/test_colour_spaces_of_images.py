import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "row"),
    [
        # the numbers that MATLAB's documentation prints
        ("rgb2xyz([1 1 1])", [0.9505, 1, 1.0888]),
        ("xyz2rgb([0.25 0.40 0.10])", [0.4174, 0.7434, 0.2152]),
        ("lab2rgb([70 5 10])", [0.7359, 0.6566, 0.6010]),
        ("xyz2lab([0.25 0.40 0.10])", [69.4695, -48.0439, 57.1259]),
        ("xyz2lab([0.25 0.40 0.10], 'WhitePoint', 'd50')", [69.4695, -49.5717, 48.3864]),
        ("lab2xyz([50 10 -5])", [0.1942, 0.1842, 0.2282]),
        ("rgb2lab([1 1 1])", [100, 0, 0]),
        ("rgb2lab([1 1 1], 'WhitePoint', 'd50', 'ColorSpace', 'prophoto-rgb')", [100, 0, 0]),
        ("rgb2xyz([1 1 1], 'WhitePoint', [0.9 1 0.8])", [0.9, 1, 0.8]),
        ("rgb2ycbcr([1 0 0])", [(65.481 + 16) / 255, (128 - 37.797) / 255, 240 / 255]),
        ("double(rgb2ycbcr(uint8([255 255 255])))", [235, 128, 128]),
        ("ycbcr2rgb(rgb2ycbcr([0.2 0.4 0.6]))", [0.2, 0.4, 0.6]),
        ("rgb2ntsc([1 1 1])", [1, 0, 0]),
        ("ntsc2rgb(rgb2ntsc([0.2 0.4 0.6]))", [0.2, 0.4, 0.6]),
        ("ntsc2rgb([2 0 0])", [1, 1, 1]),
        ("rgb2lin([0.02 0.5 -0.5])", [0.02 / 12.92, 0.2140411, -0.2140411]),
        ("lin2rgb(rgb2lin([0.1 0.5 0.9], 'ColorSpace', 'prophoto-rgb'), 'ColorSpace', 'prophoto')", [0.1, 0.5, 0.9]),
        ("lin2rgb(rgb2lin([0.1 0.5 0.9], 'ColorSpace', 'adobe-rgb-1998'), 'ColorSpace', 'adobe')", [0.1, 0.5, 0.9]),
    ],
)
def test_colours_of_the_documentation_and_back(run, call, row):
    run(f"x = {call};")
    np.testing.assert_allclose(run["x"], [row], atol=6e-5)


def test_images_and_stacks_keep_their_shape_and_single(run):
    run("s = size(rgb2lab(rand(2, 4, 3, 5))); c = class(rgb2hsv(single([0 0 1]))); d = class(rgb2xyz(uint8([1 2 3])));")
    assert run["s"].tolist() == [[2, 4, 3, 5]] and run["c"] == "single" and run["d"] == "double"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rgb2lab(magic(4))", "m-by-n-by-3"),
        ("lab2rgb(uint8([1 2 3]))", "single, double"),
        ("rgb2xyz([1 1 1], 'WhitePoint', 'd66')", "match one of these"),
        ("rgb2xyz([1 1 1], 'WhitePoint', [0 1 1])", "positive"),
        ("rgb2ycbcr(true(1, 3))", "logical"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize("pair", ["lab2lch lch2lab", "xyz2xyl xyl2xyz", "xyz2uvl uvl2xyz", "xyz2upvpl upvpl2xyz",
                                  "srgb2lab lab2srgb", "srgb2xyz xyz2srgb", "xyz2lab lab2xyz"])  # fmt: skip
def test_structures_of_colours_go_both_ways(run, pair):
    there, back = pair.split()
    run(f"c = [0.2 0.5 0.3; 0.9 0.8 0.1]; d = applycform(applycform(c, makecform('{there}')), makecform('{back}'));")
    np.testing.assert_allclose(run["d"], run["c"], atol=1e-9)


def test_the_red_of_srgb_under_the_white_of_icc(run):
    run("a = applycform([1 0 0], makecform('srgb2lab')); b = applycform(uint8([255 0 0]), makecform('srgb2lab'));")
    np.testing.assert_allclose(run["a"], [[54.29, 80.81, 69.89]], atol=0.01)
    assert run["b"].tolist() == [[138, 209, 198]]
    run("s = class(applycform(uint8([1 2 3]), makecform('srgb2xyz')));")
    assert run["s"] == "uint16"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("makecform('cmyk2srgb')", "ICC profiles"),
        ("makecform('rgb')", "match one of these"),
        ("makecform('adapt')", "WhiteStart"),
        ("applycform([1 1 1], 3)", "what makecform made"),
        ("applycform(uint8([1 1 1]), makecform('lab2lch'))", "class double"),
    ],
)
def test_structures_that_are_none_are_named(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize("curve", ["", ", 'Color', 'BT.2100'", ", 'Color', 'BT.2100', 'Linearization', 'HLG'"])
def test_wide_colours_go_both_ways(run, curve):
    run(f"c = uint16([64 500 940; 300 700 200]); d = xyz2rgbwide(rgbwide2xyz(c, 10{curve}), 10{curve});")
    run("e = ycbcr2rgbwide(rgbwide2ycbcr(c*4, 12), 12); w = rgbwide2xyz(uint16([940 940 940]), 10);")
    assert run["d"].tolist() == run["c"].tolist()
    assert np.abs(run["e"].astype(int) - 4 * run["c"].astype(int)).max() <= 2
    np.testing.assert_allclose(run["w"], [[0.95047, 1, 1.08883]], atol=1e-9)
    run("y = rgbwide2ycbcr(uint16([940 64 64]), 10);")
    # Y: 0.2627 of 219 steps from 16, four times as fine; Cr is at its end, 240
    assert run["y"].tolist() == [[294, 387, 960]]
    assert "10 or 12" in run.fault("rgbwide2ycbcr(c, 8)").message
    assert "uint16" in run.fault("rgbwide2xyz([1 1 1], 10)").message
    assert "goes with" in run.fault("rgbwide2xyz(c, 10, 'LinearizationFcn', 'PQ')").message
