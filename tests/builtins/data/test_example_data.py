"""Example data: digits below matlabroot and as arrays, irises and wines, and what is said of the rest."""

import os

import numpy as np
import pytest

from cnnscript.builtins.data import digit_data
from cnnscript.pictures.images import digit_pictures

FOLDER = "d = fullfile(matlabroot, 'toolbox', 'nnet', 'nndemos', 'nndatasets', 'DigitDataset');\n"


@pytest.fixture
def small_folder(tmp_path, monkeypatch):
    """A cache of its own, where writing the folder takes no time: two pictures of each digit."""

    def write(digits, goal):
        for digit in range(10):
            os.makedirs(os.path.join(goal, str(digit)))
            for number in (1, 2):
                with open(os.path.join(goal, str(digit), f"image{number}.png"), "wb") as file:
                    digit_pictures.png_files.write(file, digits.pictures[(digit - 1) % 10 * 1000 + number])
        with open(os.path.join(goal, "digitTrain.csv"), "w") as file:
            file.write("image,digit,angle\n0/image1.png,0,-7\n")

    digits = digit_data.of_file(os.path.join(digit_data.cache_folder(), digit_data.KEPT))
    monkeypatch.setattr(digit_pictures, "write_folder", write)
    monkeypatch.setattr(digit_data, "of_file", lambda path: digits)
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("isfolder(d)", "1"),
        ("isfile(fullfile(d, '3', 'image2.png'))", "1"),
        ("exist(d, 'dir')", "7"),
        ("exist([d '/0/image1.png'], 'file')", "2"),
        ("numel(dir(fullfile(d, '0', '*.png')))", "2"),
        ("size(imread(fullfile(d, '0', 'image1.png')), 1)", "28"),
        ("getfield(imfinfo(fullfile(d, '0', 'image1.png')), 'Width')", "28"),
        ("height(readtable(fullfile(d, 'digitTrain.csv')))", "1"),
        ("strcmp(d, fullfile(toolboxdir('nnet'), 'nndemos', 'nndatasets', 'DigitDataset'))", "1"),
        ("numel(strsplit(genpath(d), pathsep))", "12"),
    ],
)
def test_the_folder_is_there_for_whoever_asks_first(run, small_folder, question, answer):
    assert run(FOLDER + f"disp(double({question}))")[-1] == answer


def test_cd_and_addpath_reach_it(run, small_folder):
    assert run(FOLDER + "old = cd(d); disp(isfile('4/image1.png')), cd(old); addpath(fullfile(d, '7'));"
               "size(imread('image2.png'))")[0] == "1"  # fmt: skip


def test_a_datastore_of_it_has_labels_and_says_once_whose_it_is(run, small_folder):
    lines = run(FOLDER + "imds = imageDatastore(d, 'IncludeSubfolders', true, 'LabelSource', 'foldernames');\n"
                "imds = imageDatastore(d, 'IncludeSubfolders', true, 'LabelSource', 'foldernames');\n"
                "disp(numel(imds.Files)), disp(numel(categories(imds.Labels)))")  # fmt: skip
    assert lines == [digit_data.NOTICE, "20", "10"]


def test_nothing_is_made_where_nobody_asks(run, small_folder, tmp_path):
    run("d = matlabroot; isfolder(d); exist('peppers.png', 'file'); isfile([d '/toolbox/x.png']);")
    assert not (tmp_path / "cache" / "MATLAB").exists()


def test_a_cache_that_cannot_be_written_is_named(run, small_folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "file"))
    fault = run.fault(FOLDER + "isfolder(d)")
    assert fault.identifier == "cnnscript:digits:cannotWrite" and "CNNSCRIPT_CACHE" in fault.hint


def test_arrays_are_the_files_of_the_lists(run):
    run("[X, Y, a] = digitTrain4DArrayData; [XT, YT, aT] = digitTest4DArrayData; c = class(X); k = class(Y);"
        "y = double(string(Y(1:5))); x = X(:, :, 1, 5);")  # fmt: skip
    digits = digit_data.of_file(os.path.join(digit_data.cache_folder(), digit_data.KEPT))
    place = digits.train[4]
    assert run["c"] == "double" and run["k"] == "categorical"
    assert np.array_equal(run["x"] * 255, digits.pictures[place])
    assert run["y"].ravel().tolist() == digits.digits()[digits.train[:5]].tolist()
    assert run["a"].ravel()[4] == digits.angles[place]
    assert run["aT"].ravel()[4] == digits.angles[digits.test[4]]


def test_turning_back_by_the_angle_makes_a_digit_upright(run):
    run("[X, Y, a] = digitTrain4DArrayData; k = find(Y == '1' & abs(a) > 30);\n"
        "wide = @(I) sum(any(I > 0.5)); turned = 0; upright = 0; wrong = 0;\n"
        "for j = k', turned = turned + wide(X(:, :, 1, j));\n"
        "upright = upright + wide(imrotate(X(:, :, 1, j), a(j), 'bilinear', 'crop'));\n"
        "wrong = wrong + wide(imrotate(X(:, :, 1, j), -a(j), 'bilinear', 'crop')); end")  # fmt: skip
    assert run["upright"] < 0.7 * run["turned"] < 0.7 * run["wrong"]


def test_cells_hold_the_same_pictures_and_the_tenth_target_is_zero(run):
    assert run("[X, Y] = digitTest4DArrayData; [x, t] = digitTestCellArrayData; k = find(Y == '0', 1);\n"
               "disp(isequal(x{k}, X(:, :, 1, k))), disp(find(t(:, k))), disp(all(sum(t) == 1))\n"
               "j = find(Y == '3', 1); disp(find(t(:, j)))")[-4:] == ["1", "10", "1", "3"]  # fmt: skip


def test_load_gives_digits_irises_and_wines(run):
    lines = run("load DigitsDataTrain.mat\nS = load('DigitsDataTest', 'anglesTest'); disp(fieldnames(S)')\n"
                "disp(size(XTrain)), disp(class(labelsTrain)), load fisheriris\n"
                "disp(mean(meas)), disp(unique(species)'), load wine_dataset, disp(size(wineInputs))\n"
                "load('iris_dataset'), disp(isequal(irisInputs', meas)), disp(sum(irisTargets, 2)')")  # fmt: skip
    assert lines[1:4] == ["{'anglesTest'}", "28          28           1        5000", "categorical"]
    assert lines[4] == "5.8433    3.0573    3.7580    1.1993"  # Fisher's means
    assert lines[5:] == ["{'setosa'}    {'versicolor'}    {'virginica'}", "13   178", "1", "50    50    50"]


def test_the_old_names_of_digits_give_targets_as_r2016a_did(run):
    run("load digitTrainSet, load digitTestSet; [X, Y] = digitTest4DArrayData; a = isequal(XTest, X);\n"
        "b = isequal(TTest, Y); c = size(XTrain, 4) == numel(TTrain);")  # fmt: skip
    assert run["a"] is True and run["b"] is True and run["c"] is True


def test_data_that_is_not_here_is_said_with_the_place_where_it_goes(run, tmp_path):
    fault = run.fault("unzip('MerchData.zip')")
    assert "example data of MATLAB" in fault.notes[0]
    assert f"put MerchData.zip from a MATLAB that has it into {tmp_path}" in fault.hint
    assert "toolboxdir('nnet')" in run.fault(r"imageDatastore('C:\MATLAB\nndatasets\DigitDataset')").hint


def test_a_file_of_the_user_goes_first(run):
    assert run("meas = 7; save fisheriris meas; clear, load fisheriris, disp(meas)") == ["7"]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("[x, t] = simplefit_dataset;", "MATLAB:UndefinedFunction"),
        ("[X, Y] = japaneseVowelsTrainData;", "MATLAB:UndefinedFunction"),
        ("load ionosphere", "MATLAB:load:couldNotReadFile"),
        ("load('carbig.mat')", "MATLAB:load:couldNotReadFile"),
        ("unzip('MerchData.zip')", "MATLAB:unzip:invalidZipFile"),
        ("imds = imageDatastore('MerchData', 'IncludeSubfolders', true);",
         "MATLAB:datastoreio:pathlookup:fileNotFound"),
    ],
)  # fmt: skip
def test_what_does_not_come_along_is_said_in_one_sentence(run, text, identifier):
    fault = run.fault(text)
    assert fault.identifier == identifier
    assert "is example data of MATLAB, which does not come with cnnscript" in " ".join([fault.message, *fault.notes])
    assert "iris_dataset" in fault.hint


def test_unzip_gives_the_digits_where_the_archive_is_missing(run, small_folder):
    lines = run("unzip(\"DigitsData.zip\")\nimds = imageDatastore(\"DigitsData\", IncludeSubfolders=true, "
                "LabelSource=\"foldernames\"); disp(numel(imds.Files))\n"
                "files = unzip('DigitsData.zip', 'inner'); disp(isfile(files{1}))")  # fmt: skip
    assert lines == [digit_data.NOTICE, "20", "1"]
