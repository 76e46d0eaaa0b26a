import pytest


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("strel('octagon', 4)", "MATLAB:strel:invalidType"),
        ("strel('disk', 3, 5)", "MATLAB:strel:invalidType"),
        ("strel('disk')", "MATLAB:minrhs"),
        ("imfill(true(3))", "MATLAB:images:imfill:interactive"),
        ("bwlabel(ones(2), 6)", "MATLAB:bwlabel:invalidType"),
        ("label2rgb([0 1.5])", "MATLAB:label2rgb:invalidType"),
        ("label2rgb([0 3], [1 0 0])", "MATLAB:images:label2rgb:tooFewColors"),
        ("labeloverlay(ones(2), ones(3))", "MATLAB:images:labeloverlay:sizeMismatch"),
        ("fspecial('gaussian', 3, 0)", "MATLAB:fspecial:invalidType"),
        ("im2bw([1 2], 2)", "MATLAB:images:im2bw:outOfRangeLevel"),
    ],
)
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_a_structuring_element_shows_its_neighbourhood(run):
    assert "Neighborhood: [3×3 logical]" in run("SE = strel('square', 3)")


def test_opening_takes_away_what_is_small(run):
    run("A = zeros(20); A(5, 5) = 1; A(10:16, 10:16) = 1; B = imopen(A, strel('disk', 2)); n = [B(5, 5) B(13, 13)];")
    assert run["n"].tolist() == [[0, 1]]


def test_labels_of_a_categorical_lie_over_an_image(run):
    run("C = categorical([1 2; 2 1], 1:2, {'cat', 'dog'}); B = labeloverlay(zeros(2), C, Transparency=0);")
    assert run["B"][0, 0].tolist() == run["B"][1, 1].tolist() != run["B"][0, 1].tolist()


def test_only_the_labels_asked_for_are_shown(run):
    run("B = labeloverlay(zeros(1, 2), [1 2], IncludedLabels=2, Colormap=[1 1 1; 1 1 1]);")
    assert run["B"][0, :, 0].tolist() == [0, 128]
