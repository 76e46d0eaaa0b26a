import pytest


@pytest.mark.parametrize(
    ("call", "value"),
    [
        # every level from 10 to 199 parts 10 10 | 200 200 equally well: their mean is 104.5
        ("graythresh(uint8([10 10 200 200]))", 104.5 / 255),
        ("graythresh(cat(3, uint8(10), uint8(200)))", 104.5 / 255),
        ("graythresh(7*ones(3, 'uint8'))", 0),
        ("otsuthresh([1 1])", 0),
        ("otsuthresh([4 0 0 4])", 1 / 3),
        ("adaptthresh(0.5*ones(3), 1)", 0.3),
        ("adaptthresh(0.5*ones(3), 0.25, 'ForegroundPolarity', 'dark')", 0.325),
        ("adaptthresh(uint8(51*ones(3)), 0.5, 'Statistic', 'median')", 0.22),
        ("adaptthresh(int16(32767*ones(3)), 0.5, 'Statistic', 'gaussian')", 1),
    ],
)
def test_levels_worked_by_hand(run, call, value):
    run(f"t = {call}; t = t(1);")
    assert run["t"] == pytest.approx(value, abs=1e-12)


def test_a_pixel_on_the_level_is_dark(run):
    run("a = imbinarize([0.4 0.5 0.6], 0.5); b = imbinarize(uint8([127 128]), 0.5); c = im2bw(int16([0 1]), 0.5);")
    assert run["a"].tolist() == [[False, False, True]]
    assert run["b"].tolist() == [[False, True]]
    assert run["c"].tolist() == [[True, True]]  # half of int16's range is -0.5


def test_a_volume_is_binarized_as_a_whole(run):
    run("b = imbinarize(cat(3, uint8([10 10]), uint8([200 200])));")
    assert run["b"].ravel(order="F").tolist() == [False, False, True, True]


def test_several_levels_in_the_class_of_the_image(run):
    run("t = multithresh(uint8([0 0 85 85 170 170 255 255]), 3); c = class(t); q = imquantize([1 2 NaN], 1.5);")
    assert run["c"] == "uint8" and len(run["t"].ravel()) == 3
    assert 0 <= run["t"][0, 0] < 85 <= run["t"][0, 1] < 170 <= run["t"][0, 2] < 255
    assert run["q"].tolist() == [[1, 2, 1]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imbinarize([0 1], 'adaptiv', 'Sensitivity', 2)", "0 to 1"),
        ("imbinarize([0 1], 'global', 'Sensitivity', 0.5)", "adaptive"),
        ("imbinarize([0 1], [1 2 3])", "same size"),
        ("imbinarize(true)", "logical"),
        ("adaptthresh([0 1], 0.5, 'NeighborhoodSize', 2)", "odd"),
        ("multithresh([0 1], 21)", "1 to 20"),
        ("imquantize([1 2], [2 1])", "nondecreasing"),
        ("imquantize([1 2], 1, [1 2 3])", "one element more"),
        ("otsuthresh([1 -1])", "nonnegative"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_histograms_of_every_class(run):
    run("[n, x] = imhist(int16([-32768 32767]), 2); [m, y] = imhist(true); h = imhist(uint8([0 1; 255 255]));")
    assert run["n"].tolist() == [[1], [1]] and run["x"].tolist() == [[-32768], [32767]]
    assert run["m"].tolist() == [[0], [1]] and run["y"].tolist() == [[0], [1]]
    assert run["h"].size == 256 and run["h"][255, 0] == 2


def test_imhist_without_outputs_draws(run):
    run("imhist(uint8([0 0 255])); a = gca; x = a.XLim; y = a.YLim; p = a.Position; c = numel(a.Parent.Children);")
    assert run.seen() == ["figure 1: axes 1: stem 256 points; axes 2: image 1x256x3"]
    assert run["x"].tolist() == [[0, 255]] and run["c"] == 2
    assert run["y"].ravel() == pytest.approx([0, 2.5 * (5 / 256) ** 0.5])
    assert run["p"].ravel() == pytest.approx([0.13, 0.11 + 0.075 * 0.815, 0.775, 0.925 * 0.815])


def test_equalizing_two_levels_spreads_them(run):
    # running counts 2 and 4 taken at the middle of their bins (1, 3) of 64 steps of 1/16: steps 15 and 47 of 63
    run("[j, t] = histeq(uint8([100 100 101 101])); j = double(j);")
    assert run["j"].tolist() == [[61, 61, 190, 190]] and run["t"].shape == (1, 256)


def test_limits_and_gamma_for_each_channel(run):
    run("j = imadjust(cat(3, 0.5, 0.5, 0.5), [0 0 0.5; 1 0.5 1], [0 0 0; 1 1 0.5], [2 1 1]); j = j(:)';")
    assert run["j"].tolist() == [[0.25, 1, 0]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imadjust([0 1], [0.5 0.5])", "less than"),
        ("imadjust([0 1], [0 2])", "range"),
        ("imadjust([0 1], [0 1], [0 1], -1)", "GAMMA"),
        ("imadjust(ones(2, 2, 3))", "only supported for 2-D"),
        ("imhist({1})", "numeric or logical"),
        ("histeq([0 1], [-1 2])", "nonnegative"),
        ("adapthisteq(ones(4))", "too small"),
        ("adapthisteq(ones(16), 'ClipLimit', 2)", "0 to 1"),
        ("imhistmatch(ones(2), ones(2, 2, 3))", "grey image"),
        ("intlut(uint8(1), uint8(1))", "256 elements"),
    ],
)
def test_wrong_contrast_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_limits_of_floating_point_are_finer_than_those_of_uint8(run):
    # a hundredth of a hundred pixels is the first: the share exceeds 0.01 at the second, and reaches 0.99 at the 99th
    run("a = stretchlim(0.01:0.01:1); b = stretchlim(uint8(0:255), [0.5 0.75]);")
    assert run["a"].ravel() == pytest.approx([0.02, 0.99], abs=1e-5)
    assert run["b"].ravel() * 255 == pytest.approx([128, 191])
