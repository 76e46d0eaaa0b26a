import numpy as np
import pytest


def test_a_map_made_brighter_and_darker_and_back(run):
    run("A = brighten([0.25 0.25 0.25],0.5); B = brighten(A,-0.5); colormap(gray(3)); brighten(0.5); C = colormap;")
    np.testing.assert_allclose(run["A"], 0.5)
    np.testing.assert_allclose(run["B"], 0.25)
    np.testing.assert_allclose(run["C"][1], 0.5**0.5)
    run("D = brighten(0.5); E = colormap;")
    assert (run["D"] != run["E"]).any()


def test_each_colour_once_as_documentation_prints_it(run):
    run("[Y,m] = cmunique(magic(4),[gray(8);gray(8)]); [Z,n] = cmunique(uint8([9 0 9]));")
    assert run["Y"].tolist() == [[7, 1, 2, 4], [4, 2, 1, 7], [0, 6, 5, 3], [3, 5, 6, 0]] and run["Y"].dtype == np.uint8
    assert run["m"].shape == (8, 3) and run["Z"].tolist() == [[1, 0, 1]]


@pytest.mark.parametrize("image", ["[1 3; 2 2]", "uint8([0 2; 1 1])"])
def test_another_order_of_colours_shows_the_same_picture(run, image):
    run(f"X = {image}; m = hsv(3); [Y,n] = cmpermute(X,m,[3 1 2]); [Z,k] = cmpermute(X,m); c = class(Y);")
    run("A = ind2rgb(X,m); B = ind2rgb(Y,n); C = ind2rgb(Z,k);")
    np.testing.assert_array_equal(run["A"], run["B"])
    np.testing.assert_array_equal(run["A"], run["C"])
    assert run["c"] == ("uint8" if "uint8" in image else "double")


def test_dithering_keeps_the_mean_and_few_colours(run):
    run("B = dither(repmat(linspace(0,1,64),64,1)); m = mean(B(:)); X = dither(rand(20,20,3),jet(5));")
    assert run["B"].dtype == bool and abs(run["m"] - 0.5) < 0.02
    assert run["X"].dtype == np.uint8 and run["X"].max() <= 4


@pytest.mark.parametrize("pattern", ["gbrg", "grbg", "bggr", "rggb"])
def test_a_mosaic_of_a_plain_colour_gives_the_colour_back(run, pattern):
    places = {letter: [(k // 2, k % 2) for k in range(4) if pattern[k] == letter] for letter in "rgb"}
    mosaic = np.zeros((8, 10), np.uint8)
    for letter, level in zip("rgb", (200, 90, 30), strict=True):
        for row, column in places[letter]:
            mosaic[row::2, column::2] = level
    run["M"] = np.asfortranarray(mosaic)
    run(f"R = demosaic(M,'{pattern}');")
    assert run["R"].dtype == np.uint8
    # Malvar's filters follow brightness: a plain colour comes back but for the rounding of eighths.
    assert np.abs(run["R"].astype(int) - [200, 90, 30]).max() <= 1


def test_contrast_gives_each_grey_its_share(run):
    run("c = contrast([1 1 1 5],2); d = size(contrast(magic(4)));")
    np.testing.assert_allclose(run["c"][:, 0], [2 / 3, 1])
    assert run["d"].tolist() == [[256, 3]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("brighten(2)", "between -1 and 1"),
        ("brighten([1 2 3],0.5)", "M-by-3"),
        ("cmpermute([1 2],gray(2),[1 1])", "in any order"),
        ("cmunique({})", "Instead its type was cell."),
        ("dither(ones(2),gray(2))", "M-by-N-by-3"),
        ("dither(ones(2,2,3),gray(300))", "at most 256"),
        ("demosaic(ones(5),'rggb')", "Instead its type was double."),
        ("demosaic(uint8(ones(4)),'rggb')", "5-by-5"),
        ("demosaic(uint8(ones(5)),'rgbg')", "match one of these"),
        ("rgbplot(5)", "M-by-3"),
    ],
)
def test_what_is_no_palette_is_refused(run, call, words):
    assert words in run.fault(call).message
