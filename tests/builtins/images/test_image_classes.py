import pytest


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("mat2gray([2 4; 6 10])", [[0, 0.25], [0.5, 1]]),
        ("mat2gray(uint8([0 255]))", [[0, 1]]),
        ("mat2gray(5)", 1.0),
        ("im2double(uint8([0 255]))", [[0, 1]]),
        ("im2double(true)", 1.0),
        ("double(im2uint8([0.5 NaN 7]))", [[128, 0, 255]]),
        ("double(im2uint16(0.5))", 32768.0),
        ("double(rgb2gray(uint8(cat(3,255,255,255))))", 255.0),
        ("double(gray2ind([0 1], 256))", [[0, 255]]),
        ("im2gray([1 2])", [[1, 2]]),
        ("double(imcomplement(uint8(1)))", 254.0),
        ("ind2rgb(uint8(1), [0 0 0; 1 0 0])(1)", 1.0),
        ("rgb2hsv([0 1 0])", [[1 / 3, 1, 1]]),
    ],
)
def test_values_worked_by_hand(run, call, value):
    run(
        f"x = {call.removesuffix('(1)')};"
        + (" x = x(1);" if call.endswith("(1)") and call.startswith("ind2rgb") else "")
    )
    got = run["x"]
    assert (got.tolist() if hasattr(got, "tolist") else got) == (
        value if not isinstance(value, list) else [pytest.approx(row) for row in value]
    )


def test_single_stays_single(run):
    run("c = {class(mat2gray(single([1 2]))), class(im2single(uint8(1))), class(im2double(single(1)))};")
    assert run["c"].ravel().tolist() == ["single", "single", "double"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("im2double(int64(1))", "Instead its type was int64"),
        ("rgb2gray(magic(4))", "RGB must be a colormap or an RGB image"),
        ("ind2rgb([1 2], [1 2])", "M-by-3"),
        ("mat2gray({1})", "numeric or logical"),
        ("mat2gray(1, [1 2 3])", "2 numbers"),
        ("rgb2lab(magic(4))", "m-by-n-by-3"),
        ("gray2ind(1, 0)", "integer from 1 to 65536"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_the_grad_cam_idiom_makes_a_colour_picture(run):
    run("m = rand(7); rgb = im2uint8(ind2rgb(gray2ind(mat2gray(m), 256), jet(256))); s = size(rgb); c = class(rgb);")
    assert run["s"].tolist() == [[7, 7, 3]] and run["c"] == "uint8"


@pytest.mark.parametrize(
    ("call", "rows"),
    [
        ("im2double([true false], 'indexed')", [[1, 0]]),
        ("im2double(uint8([0 255]), 'indexed')", [[1, 256]]),
        ("double(im2uint8(uint16([0 255]), 'indexed'))", [[0, 255]]),
        ("double(im2uint16([1 65536], 'indexed'))", [[0, 65535]]),
        ("double(im2uint16(uint8([3 25]), 'indexed'))", [[3, 25]]),
    ],
)
def test_indices_count_from_0_in_integers_and_from_1_else(run, call, rows):
    run(f"x = {call};")
    assert run["x"].tolist() == rows


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("im2double(int16(1), 'indexed')", "An indexed image can be"),
        ("im2uint8(257, 'indexed')", "Too many colors for 8-bit"),
        ("im2uint8(uint16(256), 'indexed')", "Too many colors for 8-bit"),
        ("im2uint16(0, 'indexed')", "less than 1"),
    ],
)
def test_indices_that_no_map_has_are_refused(run, call, words):
    assert words in run.fault(call).message
