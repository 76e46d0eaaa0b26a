"""imageDatastore: which files, which labels, what is read."""

import numpy as np
import pytest

from cnnscript.builtins.data import file_lists, image_reading
from cnnscript.pictures.images.files import read_image


@pytest.fixture
def pictures(run, tmp_path):
    """Folders a (3 files), b (2 files) and b/deep (1 file) of pictures whose level is their number times 10."""
    run("mkdir('a'); mkdir('b'); mkdir('b/deep'); names = {'a/1' 'a/2' 'a/3' 'b/4' 'b/5' 'b/deep/6'};\n"
        "for k = 1:6, imwrite(uint8(10*k*ones(4, 5)), [names{k} '.png']); end\n"
        "fid = fopen('a/notes.txt', 'w'); fclose(fid);")  # fmt: skip
    return tmp_path


def levels(run, store="imds"):
    run(f"levels = cellfun(@(x) double(x(1)), readall({store}))' / 10;")
    return np.atleast_2d(run["levels"])[0].tolist()


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("'a'", [1, 2, 3]),
        ('"a"', [1, 2, 3]),
        ("{'b', 'a'}", [4, 5, 1, 2, 3]),
        ("[\"a\" \"b\"], 'IncludeSubfolders', true", [1, 2, 3, 4, 5, 6]),
        ("'.', includeSubFolders=true", [1, 2, 3, 4, 5, 6]),
        ("'a/*.png'", [1, 2, 3]),
        ("'*'", [1, 2, 3, 4, 5]),
        ("fullfile(pwd, 'a', '2.png')", [2]),
        ("{'a/3.png'; 'b/4.png'}", [3, 4]),
        ("dir('a/*.png')(1).name, 'FileExtensions', '.png'", None),
    ],
)
def test_locations_are_folders_files_lists_and_wildcards(run, pictures, location, found):
    if found is None:
        assert "Cannot find files or folders matching: '1.png'." in run.fault(
            "n = dir('a/*.png'); imageDatastore(n(1).name, 'FileExtensions', '.png')"
        ).message
        return
    run(f"imds = imageDatastore({location});")
    assert levels(run) == found


def test_labels_are_the_folders_of_the_files(run, pictures):
    run("imds = imageDatastore(pwd, 'IncludeSubfolders', true, 'LabelSource', 'foldernames'); L = imds.Labels;")
    assert run["L"].texts() == ["a", "a", "a", "b", "b", "deep"] and run["L"].size() == (6, 1)
    assert run["L"].names == ["a", "b", "deep"]
    run("n = numel(imds.Files); u = cellstr(unique(imds.Labels))'; m = imds.Labels(4) == 'b';")
    assert run["n"] == 6 and run["u"].tolist() == [["a", "b", "deep"]] and run["m"] is True


def test_labels_are_given_and_set_in_any_class(run, pictures):
    run("imds = imageDatastore('a', 'labels', [3 1 2]); a = imds.Labels; imds.Labels = {'x', 'y', 'x'};\n"
        "b = imds.Labels; imds.Labels = [\"p\" \"q\" \"r\"]; imds.Labels(2) = \"new\"; c = imds.Labels;\n"
        "imds.Labels = categorical([1; 0; 1]); d = imds.Labels; d(1) = '0'; e = imds.Labels; imds.Labels = [];\n"
        "f = isempty(imds.Labels);")  # fmt: skip
    assert run["a"].tolist() == [[3], [1], [2]] and run["b"].tolist() == [["x"], ["y"], ["x"]]
    assert run["c"].data.tolist() == [["p"], ["new"], ["r"]]
    assert run["e"].texts() == ["1", "0", "1"] and run["d"].texts() == ["0", "0", "1"] and run["f"] is True
    assert "3 files" in run.fault("imds.Labels = [1 2];").notes[0]


def test_files_that_stay_keep_their_labels(run, pictures):
    run("imds = imageDatastore({'a', 'b'}, LabelSource='foldernames'); imds.Files([1 4]) = []; a = imds.Labels;")
    assert levels(run) == [2, 3, 5] and run["a"].texts() == ["a", "a", "b"]
    run("imds.Files = [imds.Files(2); {fullfile(pwd, 'b', '4.png')}]; b = imds.Labels;")
    assert levels(run) == [3, 4] and run["b"].texts() == ["a", "<undefined>"]


def test_a_datastore_is_a_handle_and_copy_is_another(run, pictures):
    run("imds = imageDatastore('a'); same = imds; other = copy(imds); read(same); same.ReadSize = 2;")
    run("p = imds.progress; q = other.progress; s = [imds.ReadSize other.ReadSize]; e = [imds == same, imds == other];")
    assert run["p"] == 0 and run["q"] == 0  # ReadSize begins again
    assert run["s"].tolist() == [[2, 1]] and run["e"].tolist() == [[True, False]]


def test_reading_goes_on_to_the_end_and_begins_again(run, pictures):
    run("imds = imageDatastore({'a', 'b'}, LabelSource='foldernames'); n = 0; s = 0;\n"
        "while hasdata(imds), [x, info] = read(imds); n = n + 1; s = s*10 + double(x(1))/10; end\n"
        "p = progress(imds); last = info; reset(imds); f = read(imds); v = preview(imds); g = read(imds);")  # fmt: skip
    assert run["s"] == 12345 and run["p"] == 1.0
    assert run["last"].fields["Filename"] == str(pictures / "b" / "5.png")
    assert run["last"].fields["FileSize"] == (pictures / "b" / "5.png").stat().st_size
    assert run["last"].fields["Label"].texts() == ["b"]
    assert [run[name][0, 0] for name in "fvg"] == [10, 10, 20]
    run("reset(imds); for k = 1:5, read(imds); end")
    fault = run.fault("read(imds)")
    assert fault.identifier == "MATLAB:datastoreio:splittabledatastore:noMoreData"


def test_several_are_read_at_once_as_a_cell(run, pictures):
    run("imds = imageDatastore('a', ReadSize=2); [c, info] = read(imds); d = read(imds); s = [size(c); size(d)];")
    assert run["s"].tolist() == [[2, 1], [1, 1]]
    assert run["info"].fields["Filename"].shape == (2, 1) and run["info"].fields["FileSize"].shape == (2, 1)
    assert run["info"].fields["Label"] == ""


def test_a_read_function_reads_every_file(run, pictures):
    run("imds = imageDatastore('a', 'ReadFcn', @(f) imresize(imread(f), [2 3])); s = size(readimage(imds, 2));")
    assert run["s"].tolist() == [[2, 3]]
    run("imds.ReadFcn = @(f) f(end-4); c = readall(imds);")
    assert run["c"].tolist() == [["1"], ["2"], ["3"]]
    run("g = @readDatastoreImage; imds = imageDatastore('a'); h = imds.ReadFcn; x = h(imds.Files{2});")
    assert run["x"][0, 0] == 20
    run("imds.ReadFcn = @(f) ones(2, 3)*ones(2, 3);")
    fault = run.fault("read(imds)")
    assert fault.identifier == "MATLAB:innerdim"
    assert fault.message.startswith("Error using ReadFcn @(f)ones(2,3)*ones(2,3) function handle for file\n")
    assert "1.png.\nIncorrect dimensions" in fault.message


def test_labels_and_files_of_any_shape_are_read_by_columns(run, pictures):
    run("x = imageDatastore('a', Labels=categorical([1 2 3])); y = imageDatastore('b', Labels=categorical([4 5]));\n"
        "z = subset(x, 1:2); imds = copy(x); imds.Files = [z.Files, y.Files]; imds.Labels = [z.Labels, y.Labels];\n"
        "s = size(imds.Labels); t = str2double(string(imds.Labels))';")  # fmt: skip
    assert run["s"].tolist() == [[4, 1]] and run["t"].tolist() == [[1, 2, 4, 5]] and levels(run) == [1, 2, 4, 5]


def test_a_folder_of_other_files_only_says_so_as_matlab_does(run, pictures):
    (pictures / "others").mkdir()
    (pictures / "others" / "a.txt").write_text("x")
    assert run.fault("imageDatastore('others')").message == (
        "Input folders or files contain non-standard file extensions.\n\n"
        "Use FileExtensions Name-Value pair to include the non-standard file extensions."
    )
    assert "No files with the wanted" in run.fault("imageDatastore('others', FileExtensions='.png')").message


def test_a_broken_or_missing_file_is_named(run, pictures):
    run("imds = imageDatastore('a');")
    (pictures / "a" / "2.png").write_bytes(b"no picture")
    (pictures / "a" / "3.png").unlink()
    run("x = read(imds);")
    assert run["x"][0, 0] == 10
    broken = (f"Error using ReadFcn @readDatastoreImage function handle for file\n{pictures}/a/2.png.\n"
              "Unable to determine the file format.")  # fmt: skip
    assert run.fault("read(imds)").message == run.fault("readall(imds)").message == broken
    assert "3.png" in run.fault("readimage(imds, 3)").message
    run("n = numel(imds.Files);")
    assert run["n"] == 3


def test_large_files_are_read_ahead_by_threads_and_in_order(run, tmp_path):
    run("rng(1); for k = 1:7, x = uint8(255*rand(120, 100, 3)); x(1) = k; imwrite(x, sprintf('p%d.png', k)); end")
    assert (tmp_path / "p1.png").stat().st_size > 20_000
    run("imds = imageDatastore('p*.png'); s = 0; while hasdata(imds), x = read(imds); s = 10*s + double(x(1)); end")
    assert run["s"] == 1234567
    run("c = readall(imds); t = cellfun(@(x) double(x(1)), c)';")
    assert run["t"].tolist() == [[1, 2, 3, 4, 5, 6, 7]]
    assert np.array_equal(run["x"], read_image(tmp_path / "p7.png").pixels)
    (tmp_path / "p5.png").write_bytes((tmp_path / "p5.png").read_bytes()[:30_000])
    run("reset(imds); for k = 1:4, x = read(imds); end")
    assert run["x"][0, 0, 0] == 4
    assert "p5.png" in run.fault("read(imds)").message
    assert "p5.png" in run.fault("readall(imds)").message


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imageDatastore('nowhere')", "Cannot find files or folders matching: 'nowhere'."),
        ("imageDatastore('a/*.bmp')", "Cannot find files or folders matching: 'a/*.bmp'."),
        ("imageDatastore('empty')", "No files with the wanted extensions were found in: 'empty'."),
        ("imageDatastore('a/notes.txt')", "non-standard file extensions"),
        ("imageDatastore('a', 'FileExtensions', 'png')", "must start with a period"),
        ("imageDatastore('a', 'LabelSource', 'files')", "'none', 'foldernames'"),
        ("imageDatastore('a', 'Labels', {'x'})", "number of Labels must be equal to the number of Files"),
        ("imageDatastore('a', 'Labels', 1:3, 'LabelSource', 'foldernames')", "at the same time"),
        ("imageDatastore(5)", "string array"),
        ("imageDatastore('a', 'Nonsense', 5)", "not a recognized parameter"),
        ("readimage(imageDatastore('a'), 4)", "must not exceed 3"),
        ("readimage(imageDatastore('a'), 0)", "positive"),
        ("readimage(5, 1)", "Incorrect number or types of inputs or outputs for function readimage."),
        ("splitEachLabel(augmentedImageDatastore([4 4], rand(4, 4, 1, 3)), 0.6)",
         "Incorrect number or types of inputs or outputs for function splitEachLabel."),
        ("imds = imageDatastore('a'); imds.ReadSize = 0;", "positive"),
        ("imds = imageDatastore('a'); imds.Folders = {};", "read-only"),
        ("imds = imageDatastore('a'); imds.Nothing", "Nothing"),
    ],
)
def test_wrong_arguments_are_named(run, pictures, call, words):
    run("mkdir empty")
    fault = run.fault(call)
    assert words in fault.message


def test_a_datastore_is_shown_as_matlab_shows_it(run, pictures, tmp_path):
    lines = run("imds = imageDatastore({'a', 'b'}, LabelSource='foldernames')")
    assert lines[:3] == ["imds =", "ImageDatastore with properties:", "Files: {"]
    assert lines[3].startswith("'") and lines[3].endswith("/a/1.png';") and lines[6] == "... and 2 more"
    assert lines[-4:] == [
        "Labels: [a; a; a ... and 2 more categorical]",
        'SupportedOutputFormats: ["png"    "jpg"    "jpeg"    "tif"    "tiff"]',
        'DefaultOutputFormat: "png"',
        "ReadFcn: @readDatastoreImage",
    ]
    assert "Labels: {}" in run("imds.Labels = {}")


def test_long_paths_are_cut_at_the_separator_of_the_system(monkeypatch):
    path = r"C:\Users\somebody\Documents\MATLAB\pictures\of\fruit\apple.png"
    monkeypatch.setattr(file_lists.os, "sep", "\\")
    assert file_lists.shortened(path) == r" ...\Documents\MATLAB\pictures\of\fruit\apple.png"


def test_writing_into_what_files_gave_leaves_the_datastore_alone(run, pictures):
    run("imds = imageDatastore('a'); f = imds.Files; f{1} = 'changed'; f(2) = []; g = imds.Files; other = copy(imds);\n"
        "imds.Files(1) = []; n = [numel(imds.Files) numel(other.Files)];")  # fmt: skip
    assert run["g"][0, 0] == str(pictures / "a" / "1.png") and len(run["g"]) == 3 and run["n"].tolist() == [[2, 3]]


def test_only_a_star_stands_for_other_letters(run):
    run("mkdir('x[1]'); imwrite(uint8(3), 'x[1]/a.png'); imds = imageDatastore('x[1]/*'); n = numel(imds.Files);")
    assert run["n"] == 1


def test_large_images_are_read_ahead_only_as_memory_allows():
    assert image_reading.at_once([np.zeros((4000, 3000, 3), np.uint8)]) == 1
    assert image_reading.at_once([np.zeros((28, 28), np.uint8)]) == 64
    assert image_reading.at_once([1.0]) == 64


def test_files_that_cannot_be_read_are_left_out_and_named_where_asked(run, pictures):
    (pictures / "a" / "2.png").write_bytes(b"no picture")
    (pictures / "b" / "4.png").write_bytes((pictures / "b" / "5.png").read_bytes()[:40])
    lines = run("imds = imageDatastore({'a', 'b'}, LabelSource='foldernames', ReadFailureRule='skipfile');\n"
                "disp(imds.ReadFailureRule)")  # fmt: skip
    assert "2 of 5 files cannot be read and are left out: " in lines[0] and "2.png" in lines[0] and "4.png" in lines[0]
    assert lines[-1] == "skipfile"
    assert levels(run) == [1, 3, 5]
    run("names = imds.ReadFailures; labels = cellstr(imds.Labels)';")
    assert [name[-7:] for name in run["names"].ravel()] == ["a/2.png", "b/4.png"]
    assert run["labels"].ravel().tolist() == ["a", "a", "b"]


def test_a_function_of_the_user_decides_which_files_can_be_read(run, pictures):
    run("function x = only_dark(f), x = imread(f); if x(1) > 15, error('bright'), end, end\n"
        "imds = imageDatastore('a', ReadFcn=@only_dark, ReadFailureRule='skip');")  # fmt: skip
    assert levels(run) == [1]


def test_where_nobody_asks_a_broken_file_is_an_error_that_names_it(run, pictures):
    (pictures / "a" / "2.png").write_bytes(b"no picture")
    fault = run.fault("imds = imageDatastore('a'); readall(imds);")
    assert "a/2.png" in fault.message
    assert "ReadFailureRule" in fault.hint


def test_a_preview_is_the_first_image_whatever_is_read_at_once(run, pictures):
    run("imds = imageDatastore('a', ReadSize=2); read(imds); x = preview(imds); x = x(1); y = read(imds);\n"
        "n = numel(y);")  # fmt: skip
    assert run["x"] == 10 and run["n"] == 1
