import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "size"),
    [
        ("imresize(zeros(55), [227 227])", (227, 227)),
        ("imresize(zeros(14,14,1,256), [48 48])", (48, 48, 1, 256)),
        ("imresize(zeros(40,60,3,'uint8'), [20 NaN])", (20, 30, 3)),
        ("imresize(zeros(40,60), 0.5, 'bilinear')", (20, 30)),
        ("imresize(zeros(40,60), 0.5, 'Method', 'nearest')", (20, 30)),
        ("imresize(zeros(40,60), 'OutputSize', [7 9])", (7, 9)),
        ("imresize(zeros(40,60), 'Scale', [2 0.1])", (80, 6)),
        ("imresize(zeros(40,60), [10 10], 'Antialiasing', false)", (10, 10)),
        ("imresize(zeros(40,60), int32([10 12]))", (10, 12)),
        ("imresize(single(zeros(4)), 2, {@(x) double(abs(x) <= 0.5), 1})", (8, 8)),
    ],
)
def test_every_form_of_imresize(run, call, size):
    run(f"B = {call};")
    assert run["B"].shape == size


@pytest.mark.parametrize("kind", ["uint8", "int16", "single", "double", "logical"])
def test_the_class_stays(run, kind):
    run(f"c = class(imresize({kind}([1 0; 0 1]), 3));")
    assert run["c"] == kind


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imresize(magic(4))", "Either scale or output size"),
        ("imresize(magic(4), [1 2 3])", "Expected the scale or the output size"),
        ("imresize(magic(4), 2, 'bicubik')", "match one of these values"),
        ("imresize(magic(4), -1)", "positive"),
        ("imresize([], 2)", "nonempty"),
        ("imresize({1}, 2)", "numeric or logical"),
        ("imresize(magic(4), 2, 'Dither', false)", "indexed"),
        ("imresize(magic(4), 2, 'Foo', 1)", "not a recognized parameter"),
    ],
)
def test_what_cannot_be_resized_is_said(run, call, words):
    assert words in run.fault(call).message


def test_cropping_counts_pixels_whose_centres_are_covered(run):
    run("A = imcrop(magic(5), [1.6 2 2 0]); B = imcrop(magic(5), [-3 4 4 99]);")
    assert run["A"].tolist() == [[5, 7, 14]]  # columns 2 to 4 of row 2
    assert run["B"].tolist() == [[10], [11]]  # what lies in the image: column 1 of rows 4 and 5


def test_rotation_by_quarters_and_in_a_box(run):
    run("A = imrotate([1 2; 3 4], 180); B = size(imrotate(ones(10,20), 30, 'bilinear', 'crop'));")
    assert run["A"].tolist() == [[4, 3], [2, 1]] and run["B"].tolist() == [[10, 20]]
    assert np.asarray(run["A"]).dtype == float


def test_an_indexed_image_gets_a_map_of_its_own_unless_it_is_to_keep_its(run):
    run("[Y, m] = imresize([1 2; 2 1], [0 0 0; 1 0 0], 3); c = class(Y); B = ind2rgb(Y, m);")
    run("e = max(abs(B(:) - max(0, min(1, reshape(imresize(ind2rgb([1 2; 2 1], [0 0 0; 1 0 0]), 3), [], 1)))));")
    assert run["c"] == "uint8" and run["e"] < 1e-6
    run("[Y, m] = imresize([1 2], [0 0 0; 1 1 1], [2 4], 'nearest');")
    assert run["Y"].tolist() == [[1, 1, 2, 2], [1, 1, 2, 2]] and run["m"].tolist() == [[0, 0, 0], [1, 1, 1]]
