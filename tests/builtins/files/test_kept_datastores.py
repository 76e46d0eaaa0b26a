"""Datastores in MAT-files: what is read back holds the same and reads the same."""

import pytest

PICTURES = "for k = 1:4, imwrite(uint8(10*k*ones(8, 9, 3)), sprintf('im%d.png', k)); end\n"
FILES = "imds = imageDatastore({'im1.png', 'im2.png', 'im4.png'}, Labels=categorical({'a' 'b' 'a'}));\n"


@pytest.mark.parametrize("version", ["-v7", "-v7.3"])
@pytest.mark.parametrize(
    "made",
    [
        "d = imds; d.ReadSize = 2;",
        "k = 3; d = imageDatastore('im*.png', ReadFcn=@(f) imread(f) + k);",
        "d = arrayDatastore(rand(3, 2, 4), IterationDimension=3, ReadSize=3);",
        "d = arrayDatastore({1; 'a'}, OutputType='same');",
        "d = combine(arrayDatastore([1 2; 3 4]), imds);",
        "d = combine(imds, imds, ReadOrder='sequential');",
        "k = 2; d = transform(imds, @(x) double(x(1)) * k);",
        "d = transform(imds, @(x, info) deal({x(1), info.Label}, info), IncludeInfo=true);",
        "d = augmentedImageDatastore([4 4], imds, ColorPreprocessing='rgb2gray', OutputSizeMode='centercrop',"
        "DataAugmentation=imageDataAugmenter(RandXTranslation=[1 1], RandXReflection=true, RandScale=@() 1.5));"
        "d.MiniBatchSize = 2;",
        "d = augmentedImageDatastore([4 5], rand(8, 8, 1, 5), (1:5)');",
        "d = augmentedImageDatastore([4 5], rand(8, 8, 1, 5));",
        "d = augmentedImageDatastore([4 5], table({'im1.png'; 'im3.png'}, [7; 8]));",
        "d = fileDatastore('im2.png', ReadFcn=@imread);",
        "writematrix([1 2; 3 4], 'm.csv'); d = tabularTextDatastore('m.csv');",
    ],
)
def test_what_is_read_back_reads_the_same(run, made, version):
    lines = run(
        PICTURES + FILES + made + f"save kept d {version}\nS = load('kept'); e = S.d;\n"
        "disp(isequal(class(d), class(e))), disp(isequal(evalc('d'), strrep(evalc('e'), 'e = ', 'd = ')))\n"
        "rng(5), x = read(d); rng(5), y = read(e); disp(isequal(x, y))\n"
        "rng(5), x = readall(d); rng(5), y = readall(e); disp(isequal(x, y))"
    )
    assert lines == ["1", "1", "1", "1"]


def test_an_augmenter_and_a_datastore_in_a_cell(run):
    assert run(PICTURES + FILES + "c = {imageDataAugmenter(RandRotation=[-9 9], FillValue=[1 2 3]), imds};\n"
               "save kept c, S = load('kept'); disp(isequal(S.c, c))") == ["1"]  # fmt: skip


def test_files_that_were_left_out_stay_named(run):
    run(PICTURES + "fclose(fopen('im9.png', 'w')); warning off\n"
        "d = imageDatastore('*.png', ReadFailureRule='skipfile'); save kept d, S = load('kept');\n"
        "names = S.d.ReadFailures; rule = S.d.ReadFailureRule; count = numel(S.d.Files);")  # fmt: skip
    assert run["names"].item().endswith("im9.png") and run["rule"] == "skipfile" and run["count"] == 4


def test_files_that_are_gone_are_missed_when_they_are_read(run):
    fault = run.fault(PICTURES + FILES + "save kept imds, delete im1.png, S = load('kept'); disp(numel(S.imds.Files)),"
                      "read(S.imds);")  # fmt: skip
    assert fault.identifier == "MATLAB:imagesci:imread:fileDoesNotExist"


@pytest.mark.parametrize(
    "fields",
    ["'kind', 'ImageDatastore', 'held', struct('files', 3)", "'kind', 'Nonsense', 'held', struct", "'kind', 'OfArray'"],
)
def test_a_damaged_one_is_left_out_with_a_warning(run, fields):
    lines = run(f"d = struct('cnnscript_class', 'datastore', {fields}); e = 5; save kept d e, clear, load kept\n"
                "disp(e), disp(exist('d', 'var'))")  # fmt: skip
    assert "Variable 'd' is a damaged datastore" in lines[0] and lines[1:] == ["5", "0"]
