import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("graycomatrix(true(3), 'NumLevels', 3)", "must be 2"),
        ("graycomatrix(magic(3), 'Offset', [1 2 3])", "two integers"),
        ("graycoprops(ones(2, 3))", "square"),
        ("graycoprops(eye(2), 'colour')", "match one of these"),
        ("extractHOGFeatures(ones(4))", "as large as a block"),
        ("extractLBPFeatures(ones(2))", "larger than"),
        ("gabor(1, 0)", "from 2"),
        ("imgaborfilt(ones(4), 4)", "Not enough"),
        ("g = gabor(4, 0); g.Colour", "property"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_a_filter_of_a_bank_is_the_filter_alone(run):
    run("A = rand(20); m = imgaborfilt(A, gabor([4 4], 45)); n = imgaborfilt(A, 4, 45);")
    run("same = max(abs(m(:,:,2) - n), [], 'all'); g = gabor([4 8], [0 90]); w = [g(2:3).Wavelength]; k = numel(g);")
    assert run["same"] < 1e-12 and run["w"].tolist() == [[8, 4]] and run["k"] == 4


def test_hog_has_as_many_numbers_as_the_documentation_says(run):
    run("A = rand(28); a = numel(extractHOGFeatures(A, CellSize=[4 4]));")
    run("b = numel(extractHOGFeatures(A, CellSize=[2 2]));")
    assert run["a"] == 1296 and run["b"] == 6084
