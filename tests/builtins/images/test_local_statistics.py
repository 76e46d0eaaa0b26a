import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("medfilt2(rand(3,3,3))", "two-dimensional"),
        ("medfilt2(rand(3), [0 3])", "positive"),
        ("medfilt2(rand(3), 'mirror')", "match one of these"),
        ("medfilt3(rand(3), [2 3 3])", "odd"),
        ("ordfilt2(rand(3), 10, ones(3))", "between 1 and"),
        ("ordfilt2(rand(3), 1, ones(3), ones(2))", "same size as DOMAIN"),
        ("modefilt(rand(3), [2 2])", "odd"),
        ("stdfilt(rand(3), ones(2))", "odd lengths"),
        ("entropyfilt(rand(3), zeros(3))", "neighbours"),
        ("imboxfilt(rand(3), 2)", "odd"),
        ("integralBoxFilter(ones(3), 5)", "larger than the filter"),
        ("imfilter(rand(3), [])", "not empty"),
        ("fspecial('motion', -1)", "positive"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize("kind", ["uint8", "int16", "single", "double", "logical"])
def test_classes_stay(run, kind):
    run(
        f"A = {kind}(magic(5) > 12); r = {{medfilt2(A), medfilt3(A), ordfilt2(A, 2, ones(3)), modefilt(A), "
        "imboxfilt(A), imfilter(A, ones(3) / 9), imgaussfilt3(A)};"
        "k = unique(cellfun(@class, r, 'UniformOutput', false)); n = numel(k); k = k{1};"
    )
    assert run["n"] == 1 and run["k"] == kind


def test_indexed_pads_doubles_with_ones(run):
    assert run("medfilt2([5 5 5], [1 3], 'indexed'), medfilt2([5 5 5; 5 5 5], 'indexed')") == [
        "ans =", "5     5     5", "ans =", "1     5     1", "1     5     1",
    ]  # fmt: skip


def test_a_motion_of_nine_pixels_is_a_mean_along_the_row(run):
    assert run("h = fspecial('motion'); h(1:3), size(fspecial('motion', 20, 45))") == [
        "ans =", "0.1111    0.1111    0.1111", "ans =", "15    15",
    ]  # fmt: skip
