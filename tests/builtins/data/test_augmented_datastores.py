"""augmentedImageDatastore: sizes, colours, crops, random changes."""

import numpy as np
import pytest

from cnnscript.pictures.images.resize import imresize


@pytest.fixture
def pictures(run):
    """Three pictures of different sizes, one of them grey, with labels."""
    run("rng(0); imwrite(uint8(255*rand(20, 30, 3)), 'a.png'); imwrite(uint8(255*rand(12, 10)), 'b.png');\n"
        "imwrite(uint8(255*rand(16, 16, 3)), 'c.png');\n"
        "imds = imageDatastore('*.png', Labels=categorical({'x','y','x'}));")


def test_images_are_resized_bilinearly_with_antialiasing(run, pictures):
    run("a = augmentedImageDatastore([8 9 3], imds); t = read(a); x = t.input{1}; A = imread('a.png');\n"
        "s = size(t.input{2});\n"
        "L = t.response; n = t.Properties.VariableNames; z = a.OutputSize;")
    assert np.array_equal(run["x"], imresize(run["A"], (8, 9), method="bilinear")) and run["x"].dtype == np.uint8
    assert run["s"].tolist() == [[8, 9]] and run["L"].texts() == ["x", "y", "x"]
    assert run["n"].tolist() == [["input", "response"]] and run["z"].tolist() == [[8, 9]]


def test_grey_becomes_colour_and_colour_grey(run, pictures):
    run("a = augmentedImageDatastore([8 8], imds, colorPreprocessing='gray2rgb'); t = read(a);\n"
        "s = cellfun(@(x) size(x, 3), t.input)';\n"
        "b = augmentedImageDatastore([8 8], imds, 'ColorPreprocessing', 'rgb2gray');\n"
        "u = read(b); r = cellfun(@(x) size(x, 3), u.input)';")
    assert run["s"].tolist() == [[3, 3, 3]] and run["r"].tolist() == [[1, 1, 1]]


def test_crops_are_from_the_middle_or_anywhere(run):
    run("X = reshape(uint8(1:64), 8, 8); a = augmentedImageDatastore([4 3], X, OutputSizeMode='centercrop');\n"
        "t = read(a);\n"
        "x = t.input{1}; rng(2);\n"
        "b = augmentedImageDatastore([4 3], repmat(X, 1, 1, 1, 200), OutputSizeMode='randcrop');\n"
        "t = readall(b); c = cellfun(@(x) double(x(1)), t.input)';\n"
        "k = all(cellfun(@(x) isequal(size(x), [4 3]), t.input));")
    whole = np.arange(1, 65).reshape(8, 8, order="F")
    assert run["x"].tolist() == whole[2:6, 2:5].tolist() and run["k"] is True
    corners = run["c"].ravel().astype(int) - 1
    assert set(corners % 8) == set(range(5)) and set(corners // 8) == set(range(6))


def test_random_changes_follow_rng_and_differ_each_time(run, pictures):
    run("g = imageDataAugmenter(RandXTranslation=[-3 3], RandRotation=[-20 20]);\n"
        "a = augmentedImageDatastore([16 16], imds, DataAugmentation=g); rng(5); t = read(a); reset(a); u = read(a);\n"
        "rng(5); reset(a); v = read(a); same = isequal(t, v); other = isequal(t, u);")
    assert run["same"] is True and run["other"] is False
    run("g = imageDataAugmenter(RandXTranslation=[1 1], FillValue=9); X = ones(2, 2, 1, 3);\n"
        "t = read(augmentedImageDatastore([2 2], X, DataAugmentation=g)); x = t.input{3};")
    assert run["x"].tolist() == [[9, 1], [9, 1]] and run["x"].dtype == np.float32


def test_mini_batches_cut_the_observations(run):
    run("X = zeros(4, 4, 3, 10, 'uint8'); X(1, 1, 1, :) = 1:10;\n"
        "a = augmentedImageDatastore([4 4], X, categorical(1:10));\n"
        "a.MiniBatchSize = 4; n = []; while hasdata(a), t = read(a); n(end + 1) = height(t);\n"
        "end, c = class(t.input{1});\n"
        "L = t.response; p = height(preview(a)); m = a.NumObservations; f = floor(a.NumObservations/a.MiniBatchSize);\n"
        "rng(1); s = readall(shuffle(a)); q = cellfun(@(x) double(x(1)), s.input)'; w = double(string(s.response))';\n"
        "k = readall(subset(a, 3:4)); h = height(k); v = read(copy(a)); v = height(v);")
    assert run["n"].tolist() == [[4, 4, 2]] and run["c"] == "uint8" and run["L"].texts() == ["9", "10"]
    assert (run["p"], run["m"], run["f"], run["h"], run["v"]) == (8, 10, 2, 2, 4)
    assert run["q"].tolist() == run["w"].tolist() and run["q"].tolist() != [list(range(1, 11))]


def test_responses_are_numbers_images_or_columns_of_a_table(run, pictures):
    run("a = augmentedImageDatastore([4 4], zeros(8, 8, 1, 5), rand(5, 2)); t = read(a); s = size(t.response);\n"
        "b = augmentedImageDatastore([4 4], zeros(8, 8, 1, 5), rand(2, 2, 1, 5)); u = read(b);\n"
        "r = size(u.response{5});\n"
        "c = augmentedImageDatastore([4 4], table({rand(8); rand(9)}, categorical([1; 2]))); v = read(c);\n"
        "L = v.response;\n"
        "d = augmentedImageDatastore([4 4], table([\"a.png\"; \"c.png\"])); w = read(d);\n"
        "k = w.Properties.VariableNames;")
    assert run["s"].tolist() == [[5, 2]] and run["r"].tolist() == [[2, 2]] and run["L"].texts() == ["1", "2"]
    assert run["k"].ravel().tolist() == ["input"]


def test_the_files_are_known(run, pictures, tmp_path):
    run("a = augmentedImageDatastore([4 4], imds); [t, info] = readByIndex(a, [3 1]); f = info.Filename;\n"
        "L = info.Label;\n"
        "n = numel(a.Files); imds.Labels = {}; u = read(a); w = width(u); e = isempty(imds.Labels);")
    assert run["f"].ravel().tolist() == [str(tmp_path / "c.png"), str(tmp_path / "a.png")]
    assert run["L"].texts() == ["x", "x"] and run["n"] == 3 and run["w"] == 2 and run["e"] is True


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("augmentedImageDatastore(5, imds)", "two or three positive integers"),
        ("augmentedImageDatastore([0 5], imds)", "two or three positive integers"),
        ("augmentedImageDatastore([5 5], 'a.png')", "must be an imageDatastore, a table, or a numeric array"),
        ("augmentedImageDatastore([5 5], imds, imds.Labels)", "Labels are the responses"),
        ("augmentedImageDatastore([5 5], zeros(4, 4, 1, 3), [1; 2])", "must be equal"),
        ("augmentedImageDatastore([5 5], imds, DataAugmentation=5)", "imageDataAugmenter"),
        ("augmentedImageDatastore([5 5], imds, ColorPreprocessing='rgb2hsv')", "to match one of"),
        ("augmentedImageDatastore([5 5], imds, colorProcessing='gray2rgb')", "not a recognized parameter"),
        ("read(augmentedImageDatastore([14 5], imds, OutputSizeMode='centercrop'))", "at least as large"),
        ("a = augmentedImageDatastore([5 5], imds); a.MiniBatchSize = 0;", "positive"),
        ("a = augmentedImageDatastore([5 5], imds); a.OutputSize = [3 3];", "read-only"),
        ("augmentedImageDatastore([5 5], table([1; 2]))", "must hold images or names"),
        ("read(augmentedImageDatastore([5 5], table({1; 'a'})))", "numeric array"),
        ("augmentedImageDatastore([5 5], table({1; 2}), 'none')", "Unrecognized table variable"),
    ],
)
def test_wrong_arguments_are_named(run, pictures, call, words):
    assert words in run.fault(call).message


@pytest.mark.parametrize("mode", ["resize", "centercrop", "randcrop"])
@pytest.mark.parametrize("colours", ["none", "gray2rgb", "rgb2gray"])
@pytest.mark.parametrize("pixels", ["uint8(255*rand(20, 18, 3, 5))", "rand(20, 18, 1, 5)", "rand(20, 18, 3, 5)"])
def test_small_images_made_together_are_those_made_one_by_one(run, mode, colours, pixels):
    run(f"rng(1); X = {pixels}; g = imageDataAugmenter(RandRotation=[-30 30], RandXReflection=true, FillValue=3);\n"
        f"a = augmentedImageDatastore([12 9], X, DataAugmentation=g, OutputSizeMode='{mode}', "
        f"ColorPreprocessing='{colours}');\n"
        "rng(4); t = read(a); t = t.input; rng(4);")  # fmt: skip
    store = run["a"]
    ones = [store.images(run.session, [k])[0] for k in range(5)]
    for one, together in zip(ones, run["t"].ravel(), strict=True):
        assert one.dtype == together.dtype and one.shape == together.shape
        if one.dtype == np.uint8:
            assert np.array_equal(one, together)
        else:
            assert np.allclose(one, together, atol=1e-6)
