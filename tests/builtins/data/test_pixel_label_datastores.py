"""pixelLabelDatastore and pixelLabelImageDatastore: which number is which class, what is read, and what is refused."""

import numpy as np
import pytest

LABELS = """
mkdir im; mkdir lb; a = uint8([1 1 2; 2 9 3]);
imwrite(a, 'lb/a.png'); imwrite(uint8([1 1; 1 1]), 'lb/b.png'); imwrite(a*20, 'im/a.png'); imwrite(uint8(magic(2)), 'im/b.png');
names = ["low" "high"]; ids = {[1; 2], 3}; pxds = pixelLabelDatastore('lb', names, ids); imds = imageDatastore('im');
"""  # noqa: E501


@pytest.fixture
def labels(run):
    run(LABELS)
    return run


def test_several_numbers_may_stand_for_a_class_and_others_are_undefined(labels):
    labels("C = readimage(pxds, 1); u = isundefined(C);")
    assert labels["C"].names == ["low", "high"]
    assert labels["C"].codes.tolist() == [[1, 1, 1], [1, 0, 2]]


def test_read_gives_cells_and_readimage_a_categorical_image(labels):
    assert labels("c = read(pxds), class(readimage(pxds, 2)), pxds.ReadSize = 5; reset(pxds); size(read(pxds))") == [
        "c =", "1×1 cell array", "{2×3 categorical}", "ans =", "'categorical'", "ans =", "2     1",
    ]  # fmt: skip
    labels("pxds.ReadSize = 1; d = read(combine(imds, pxds)); x = readall(pxds);")
    assert [type(each).__name__ for each in labels["d"].ravel().tolist()] == ["ndarray", "Categorical"]
    assert labels["x"].shape == (2, 1)


def test_counting_leaves_undefined_pixels_out_and_takes_all_pixels_of_the_images_that_show_a_class(labels):
    labels("t = countEachLabel(pxds); n = t.Name; p = t.PixelCount'; q = t.ImagePixelCount';")
    assert labels["n"].ravel().tolist() == ["low", "high"]
    assert labels["p"].tolist() == [[8, 1]]
    assert labels["q"].tolist() == [[10, 6]]
    labels("w = countEachLabel(pixelLabelImageDatastore(imds, pxds));")
    assert labels("disp(isequal(t, w))") == ["1"]


def test_colours_stand_for_classes(run):
    run("mkdir c; I = zeros(1, 3, 3, 'uint8'); I(1, 1, :) = [128 0 0]; I(1, 2, :) = [0 64 128]; imwrite(I, 'c/a.png');"
        "p = pixelLabelDatastore('c', {'red', 'sea'}, {[128 0 0; 1 1 1]; [0 64 128]}); C = readimage(p, 1);"
        "q = pixelLabelDatastore('c', {'red', 'sea'}, [128 0 0; 0 64 128]); D = readimage(q, 1);")  # fmt: skip
    assert run["C"].codes.tolist() == run["D"].codes.tolist() == [[1, 2, 0]]
    fault = run.fault("r = pixelLabelDatastore('c', {'red', 'sea'}, [1 2]); read(r);")
    assert fault.message == "Pixel label images must be M-by-N label matrices."
    assert "1×3×3" in fault.notes[0]


def test_a_read_function_gives_numbers_or_categories(labels):
    labels("p = pixelLabelDatastore('lb', names, ids, ReadFcn=@(f) double(imread(f)) + 1); C = readimage(p, 1);"
           "p.ReadFcn = @(f) categorical([1 2], [2 1], [\"high\" \"low\"]); D = readimage(p, 1);")  # fmt: skip
    assert labels["C"].codes.tolist() == [[1, 1, 2], [2, 0, 0]]
    assert labels["D"].codes.tolist() == [[1, 2]]
    assert labels["D"].names == ["low", "high"]
    fault = labels.fault("p.ReadFcn = @(f) 'text'; readimage(p, 1);")
    assert fault.message == "The output of the custom ReadFcn must be a categorical matrix."


def test_parts_shuffling_and_saving(labels):
    labels("s = subset(pxds, 2); rng(3), t = shuffle(pxds); q = partition(pxds, 2, 1); save f pxds, l = load('f');"
           "x = [numel(s.Files) numel(t.Files) numel(q.Files) isequaln(readall(l.pxds), readall(pxds))];"
           "m = pixelLabelImageDatastore(imds, pxds, OutputSize=[2 2]); save g m, g = load('g'); "
           "r = read(g.m);")  # fmt: skip
    assert labels["x"].tolist() == [[1, 2, 1, 1]]
    assert labels("disp(size(r.inputImage{1})), class(r.pixelLabelImage{1})")[0] == "2     2"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("pixelLabelDatastore('lb', names, [1 2 3])",
         "The number of class names must be the number of pixel label IDs."),
        ("pixelLabelDatastore('lb', names, [4 4])", "The pixel label IDs must be unique."),
        ("pixelLabelDatastore('lb', [\"a\" \"a\"], [4 5])", "The class names must be unique."),
        ("pixelLabelDatastore('lb', names, {1, [1 2 3]})",
         "The pixel label IDs must all be numbers, or all be M-by-3 colours."),
        ("pixelLabelDatastore('nowhere', names, [1 2])", "Cannot find files or folders matching: 'nowhere'."),
        ("pixelLabelImageDatastore(imds, subset(pxds, 1))",
         "The image datastore and the pixel label datastore must have the same number of files."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(labels, code, message):
    assert labels.fault(code).message == message


def test_images_and_labels_are_changed_alike(labels):
    labels("aug = imageDataAugmenter('RandXTranslation', [1 1], 'RandXReflection', false);"
           "p = pixelLabelImageDatastore(subset(imds, 1), subset(pxds, 1), 'DataAugmentation', aug);"
           "d = read(p); I = d.inputImage{1}; C = d.pixelLabelImage{1};")  # fmt: skip
    assert labels["I"].tolist() == [[0, 20, 20], [0, 40, 180]]
    assert labels["C"].codes.tolist() == [[0, 1, 1], [0, 1, 0]]


def test_random_parts_are_cut_at_one_place(run):
    run("mkdir i; mkdir l; A = uint8(1:200); A = [A; A]; imwrite(A, 'i/a.png'); imwrite(A, 'l/a.png');"
        "c = string(1:200); m = pixelLabelImageDatastore(imageDatastore('i'), pixelLabelDatastore('l', c, 1:200),"
        "OutputSize=[2 3], OutputSizeMode='randcrop', ColorPreprocessing='gray2rgb'); rng(5), d = read(m);"
        "I = d.inputImage{1}; C = d.pixelLabelImage{1};")  # fmt: skip
    assert run["I"].shape == (2, 3, 3)
    assert np.array_equal(run["I"][..., 0], run["C"].codes)


def test_rows_by_their_numbers(labels):
    labels("m = pixelLabelImageDatastore(imds, pxds); r = readByIndex(m, 2); "
           "n = partitionByIndex(m, 2).NumObservations;"
           "m.MiniBatchSize = 2; z = size(read(shuffle(m)));")  # fmt: skip
    assert labels["n"] == 1
    assert labels("disp(size(r.pixelLabelImage{1}))") == ["2     2"]
