import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "size"),
    [
        ("imresize3(zeros(4, 6, 8), 0.5)", [2, 3, 4]),
        ("imresize3(zeros(4, 6, 8), [2 1 3])", [2, 1, 3]),
        ("imresize3(zeros(4, 6, 8), 'OutputSize', [8 NaN NaN])", [8, 12, 16]),
        ("imresize3(zeros(4, 6, 8, 'uint8'), [2 3 4], 'nearest')", [2, 3, 4]),
        ("imresize3(zeros(4, 6, 8), 'Scale', [1 1 2], 'Method', 'lanczos3')", [4, 6, 16]),
        ("imrotate3(zeros(4, 6, 8), 90, [0 0 1])", [6, 4, 8]),
        ("imrotate3(zeros(4, 6, 8), 90, [1 0 0])", [8, 6, 4]),
        ("imrotate3(zeros(4, 6, 8), 90, [0 2 0], 'nearest', 'crop')", [4, 6, 8]),
    ],
)
def test_sizes_of_volumes(run, call, size):
    run(f"s = size({call});")
    assert run["s"].tolist() == [size]


def test_a_volume_is_resized_as_its_planes_are(run):
    run("rng(0); V = rand(6, 5, 3); B = imresize3(V, [3 10 3]);")
    run("e = max(max(abs(B(:,:,2) - imresize(V(:,:,2), [3 10]))));")
    assert run["e"] < 1e-12
    run("V = uint8(reshape(1:8, 2, 2, 2)); B = imrotate3(V, 90, [0 0 1]); e = isequal(B(:,:,1), rot90(V(:,:,1)));")
    assert run["e"] is True
    run("c = class(imresize3(true(2, 2, 2), 2)); t = randomAffine3d('Rotation', [0 90]); d = det(t.A);")
    assert run["c"] == "logical" and run["d"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imresize3(zeros(2, 2, 2))", "Either scale or output size"),
        ("imresize3(zeros(2, 2, 2), -1)", "positive"),
        ("imresize3(zeros(2, 2, 2), [NaN NaN NaN])", "no NaN"),
        ("imresize3(zeros(2, 2, 2, 2), 2)", "three dimensions"),
        ("imrotate3(zeros(2, 2, 2), 3, [0 0 0])", "not all zero"),
        ("randomAffine3d('Shear', [0 1])", "not a recognized parameter"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_turning_about_an_axis_and_back_leaves_the_middle(run):
    run("[x, y, z] = meshgrid(1:15); V = exp(-((x-8).^2 + (y-7).^2 + (z-9).^2)/20);")
    run("B = imrotate3(imrotate3(V, 25, [1 1 0], 'cubic', 'crop'), -25, [1 1 0], 'cubic', 'crop');")
    difference = np.abs(run["B"] - run["V"])[4:11, 4:11, 4:11]
    assert difference.max() < 0.02
