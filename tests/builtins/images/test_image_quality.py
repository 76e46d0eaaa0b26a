import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("immse(1, uint8(1))", "same class"),
        ("psnr(rand(2), rand(3))", "same size"),
        ("ssim(rand(2), rand(2), 'Radius', 0)", "positive"),
        ("ssim(rand(2), rand(2), 'Exponents', [1 2])", "3 numbers"),
        ("ssim(rand(2,2,2,2), rand(2,2,2,2))", "DataFormat"),
        ("multissim(rand(4), rand(4))", "too small"),
        ("imsharpen(rand(3), 'Threshold', 2)", "0 to 1"),
        ("imbilatfilt(rand(3), -1)", "positive"),
        ("imguidedfilter(rand(3), rand(4))", "as many rows"),
        ("imdiffusefilt(rand(3), 'NumberOfIterations', 0)", "positive"),
        ("imnlmfilt(rand(30), 'SearchWindowSize', 3)", "must not exceed"),
        ("locallapfilt(rand(9), 0, 1)", "positive"),
        ("fibermetric(rand(9), -1)", "positive"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_a_colour_image_is_a_volume_unless_it_is_said_to_have_channels(run):
    run("A = rand(9, 9, 3); B = rand(9, 9, 3); a = ssim(A, B); b = ssim(A, B, 'DataFormat', 'SSC');")
    run("c = ssim(A(:,:,2), B(:,:,2)); d = abs(b(2) - c) < 1e-12; s = size(b);")
    assert isinstance(run["a"], float) and run["d"] is True and run["s"].tolist() == [[1, 1, 3]]


def test_signed_integers_are_as_good_as_unsigned_ones(run):
    run("A = uint16(randi(60000, 9)); B = uint16(randi(60000, 9)); a = ssim(A, B);")
    run("b = ssim(int16(double(A) - 32768), int16(double(B) - 32768)); d = abs(a - b) < 1e-12;")
    assert run["d"] is True


@pytest.mark.parametrize("name", ["imsharpen", "imbilatfilt", "imguidedfilter", "imnlmfilt", "localcontrast"])
def test_smoothing_keeps_class_and_size_of_colour_images(run, name):
    run(f"B = {name}(uint8(255 * rand(24, 25, 3))); c = class(B); s = size(B);")
    assert run["c"] == "uint8" and run["s"].tolist() == [[24, 25, 3]]
