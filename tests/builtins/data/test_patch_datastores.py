"""Patches cut at random: randomPatchExtractionDatastore, denoisingImageDatastore."""

import numpy as np
import pytest

PAIRS = """rng(0); mkdir('a'); mkdir('b'); for k = 1:3, I = uint8(reshape(0:99, 10, 10)) + uint8(50*(k - 1));
imwrite(I, sprintf('a/%d.png', k)); imwrite(255 - I, sprintf('b/%d.png', k)); end
a = imageDatastore('a'); b = imageDatastore('b');"""


def test_both_patches_of_a_pair_are_cut_at_the_same_place_of_their_images(run):
    run(PAIRS + "p = randomPatchExtractionDatastore(a, b, [4 3], PatchesPerImage=40); [t, info] = read(p);\n"
        "x = cat(3, t.InputImage{:}); y = cat(3, t.ResponseImage{:}); r = info.RandomPatchRectangles; n = height(t);\n"
        "f = info.Filename; rng(1); u = readall(p); rng(1); v = readall(p); same = isequal(u, v);\n"
        "other = isequal(u, t);")  # fmt: skip
    x, y, places = run["x"].astype(int), run["y"].astype(int), run["r"].astype(int)
    assert x.shape == (4, 3, 120) and (x + y == 255).all() and run["n"] == 120
    which = np.repeat(np.arange(3), 40)
    image = np.arange(100).reshape(10, 10, order="F")
    for k, (column, row, wide, high) in enumerate(places):
        cut = image[row - 1 : row - 1 + high, column - 1 : column - 1 + wide] + 50 * which[k]
        assert (wide, high) == (3, 4) and np.array_equal(cut, x[:, :, k])
    assert set(places[:, 0]) == set(range(1, 9)) and set(places[:, 1]) == set(range(1, 8))
    assert run["f"].ravel()[40].endswith("2.png") and run["same"] is True and run["other"] is False


def test_grey_images_are_cut_with_a_size_of_one_plane(run):
    run(PAIRS + "u = read(randomPatchExtractionDatastore(a, b, [4 3 1], PatchesPerImage=5));\n"
        "s = cellfun(@(x, y) isequal(size(x), [4 3]) && isequal(x, 255 - y), u.InputImage, u.ResponseImage);\n"
        "n = height(u);")  # fmt: skip
    assert run["n"] == 15 and run["s"].all()


def test_parts_and_mini_batches_of_patches(run):
    run(PAIRS + "p = randomPatchExtractionDatastore(a, b, 10, 'PatchesPerImage', 2); p.MiniBatchSize = 4;\n"
        "n = []; while hasdata(p), n(end + 1) = height(read(p)); end, k = p.NumObservations;\n"
        "q = subset(p, [6 1]); t = read(q); c = cellfun(@(x) double(x(1)), t.InputImage)';\n"
        "s = partition(p, 3, 2); m = s.NumObservations; h = height(preview(p));")  # fmt: skip
    assert run["n"].tolist() == [[4, 2]] and run["k"] == 6 and run["c"].tolist() == [[100, 0]]
    assert (run["m"], run["h"]) == (2, 6)


def test_an_augmentation_changes_both_patches_alike_and_labels_stay_labels(run):
    run(PAIRS + "g = imageDataAugmenter(RandXReflection=true, RandRotation=@() 90*randi(4));\n"
        "p = randomPatchExtractionDatastore(a, b, 5, PatchesPerImage=8, DataAugmentation=g); t = readall(p);\n"
        "x = cat(3, t.InputImage{:}); y = cat(3, t.ResponseImage{:});\n"
        "c = pixelLabelDatastore('a', [\"low\" \"high\"], {(0:99)', (100:255)'});\n"
        "q = randomPatchExtractionDatastore(a, c, 5, PatchesPerImage=8, DataAugmentation=g); u = readall(q);\n"
        "w = u.Properties.VariableNames; k = all(cellfun(@(i, j) isequal(i > 99, j == \"high\"), u{:, 1}, u{:, 2}));")
    assert (run["x"].astype(int) + run["y"] == 255).all()
    assert run["w"].ravel().tolist() == ["InputImage", "ResponsePixelLabelImage"] and run["k"] is True


def test_noise_has_its_level_and_is_the_response(run):
    run("rng(2); imwrite(uint8(repmat(100, 60, 60, 3)), 'c.png'); i = imageDatastore('c.png');\n"
        "d = denoisingImageDatastore(i, PatchesPerImage=300, PatchSize=[20 10], GaussianNoiseLevel=[0.02 0.3]);\n"
        "t = readall(d); x = cat(3, t.input{:}); y = cat(3, t.response{:}); c = class(x);\n"
        "e = denoisingImageDatastore(i, PatchesPerImage=50, ChannelFormat='rgb'); u = read(e);\n"
        "s = size(u.input{1}); z = u.response{1};")  # fmt: skip
    clean = run["x"] - run["y"]
    assert run["c"] == "single" and np.allclose(clean, 100 / 255, atol=1e-6)
    levels = np.sort(run["y"].std((0, 1)))
    assert levels[0] == pytest.approx(0.02, abs=0.005) and levels[-1] == pytest.approx(0.3, abs=0.03)
    assert levels.mean() == pytest.approx(0.16, abs=0.02)
    assert run["s"].tolist() == [[50, 50, 3]] and run["z"].std() == pytest.approx(0.1, abs=0.005)


def test_a_network_learns_from_patches(run):
    run(PAIRS + "rng(0); d = denoisingImageDatastore(a, PatchesPerImage=20, PatchSize=6, GaussianNoiseLevel=0.5);\n"
        "layers = [imageInputLayer([6 6 1], Normalization='none'); convolution2dLayer(3, 1, Padding='same')\n"
        "regressionLayer]; o = trainingOptions('adam', MaxEpochs=8, MiniBatchSize=20, Verbose=false,\n"
        "InitialLearnRate=0.05); [~, info] = trainNetwork(d, layers, o); first = info.TrainingLoss(1);\n"
        "last = info.TrainingLoss(end); n = numel(info.TrainingLoss);")  # fmt: skip
    assert run["n"] == 24 and run["last"] < run["first"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("randomPatchExtractionDatastore(a, subset(b, 1), 3)", "same number of images"),
        ("read(randomPatchExtractionDatastore(a, b, 11))", "must not exceed the size"),
        ("randomPatchExtractionDatastore(a, b, [1 2 3 4])", "positive integers"),
        ("randomPatchExtractionDatastore(a, b, 3, PatchesPerImage=0)", "positive"),
        ("randomPatchExtractionDatastore(a, b, 3, DataAugmentation=1)", "imageDataAugmenter"),
        ("randomPatchExtractionDatastore('a', b, 3)", "imageDatastore"),
        ("b.ReadFcn = @(f) zeros(9); read(randomPatchExtractionDatastore(a, b, 3))", "must have the same size"),
        ("denoisingImageDatastore(a, GaussianNoiseLevel=[0.3 0.1])", "two that rise"),
        ("denoisingImageDatastore(a, ChannelFormat='hsv')", "match one of"),
        ("denoisingImageDatastore(a, PatchSize=[3 3 3])", "positive integers"),
        ("denoisingImageDatastore(zeros(9))", "imageDatastore"),
        ("d = denoisingImageDatastore(a); d.PatchSize = 3;", "read-only"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    run(PAIRS)
    assert words in run.fault(call).message
