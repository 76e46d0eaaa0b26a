import pytest


def test_labels_go_with_their_pictures(run):
    run("C = categorical({'a' 'b'; 'c' 'd'}); T = affine2d([0 1 0; -1 0 0; 0 0 1]); B = imwarp(C, T);")
    assert run["B"].texts() == ["c", "d", "a", "b"]
    run("R = imwarp(C, affine2d([1 0 0; 0 1 0; 1 0 1]), 'OutputView', imref2d([2 2]), 'FillValues', 'd');")
    assert run["R"].texts() == ["d", "d", "a", "c"]
    run("J = imcrop(C, [1 2 1 0]); K = imresize(C, 2); M = imrotate(C, 90); N = imtranslate(C, [0 1], 'nearest');")
    assert run["J"].texts() == ["c", "d"] and run["K"].codes.shape == (4, 4)
    assert run["M"].texts() == ["b", "a", "d", "c"] and run["N"].texts() == ["<undefined>", "a", "<undefined>", "b"]
    run("U = imwarp(C, affine2d([1 0 0; 0 1 0; 5 0 1]), 'OutputView', imref2d([2 2]), 'FillValues', missing);")
    assert run["U"].names == ["a", "b", "c", "d"] and run["U"].texts() == ["<undefined>"] * 4


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imwarp(C, affine2d, 'linear')", "'nearest'"),
        ("imresize(C, 2, 'bicubic')", "'nearest'"),
        ("imresize(C, 2, 'Antialiasing', true)", "without antialiasing"),
        ("imwarp(C, affine2d, 'FillValues', 'z')", "name of a category"),
        ("imtranslate(C, [1 0], 'FillValues', 0)", "name of a category"),
        ("imresize(ones(3), C)", "categorical"),
    ],
)
def test_what_cannot_be_done_with_labels_is_said(run, call, words):
    run("C = categorical({'a' 'b'});")
    assert words in run.fault(call).message


def test_every_class_of_integers_is_binarized(run):
    run("a = imbinarize(uint32([0 4294967295])); b = imbinarize(int8([-128 127])); c = imbinarize(int32([-5 5]), 0.5);")
    assert run["a"].tolist() == run["b"].tolist() == [[False, True]]
    assert run["c"].tolist() == [[False, True]]
