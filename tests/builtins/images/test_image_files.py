import numpy as np
import pytest


def test_the_tutorials_face_is_read_and_said_once(run):
    lines = run("im = imread(fullfile(matlabroot,'examples','nnet','face.jpg')); im2 = imread('face.jpg');")
    assert len(lines) == 1 and lines[0].startswith("face.jpg: MATLAB's picture is not ours")
    assert run["im"].shape == (227, 227, 3) and run["im"].dtype == np.uint8
    assert (run["im"] == run["im2"]).all()


def test_a_file_of_the_users_own_comes_before_a_look_alike(run):
    run("imwrite(uint8(7*ones(2,3)), 'peppers.png'); A = imread('peppers.png');")
    assert run["A"].tolist() == [[7, 7, 7], [7, 7, 7]]


def test_a_picture_that_was_read_can_be_changed(run):
    run("im = imread('face.jpg'); im(1) = 9; again = imread('face.jpg');")
    assert run["im"][0, 0, 0] == 9 and run["again"][0, 0, 0] != 9


def test_files_beside_the_script_and_on_the_path_are_found(run, tmp_path):
    for folder in ("scripts", "more"):
        (tmp_path / folder).mkdir()
        run(f"imwrite(uint8(1), '{folder}/{folder}.png')")
    (tmp_path / "scripts" / "main.m").write_text("A = imread('scripts.png'); addpath('more'); B = imread('more.png');")
    run.session.run_file(str(tmp_path / "scripts" / "main.m"))
    assert run["A"] == run["B"] == 1


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("imread('nosuch.png')", "MATLAB:imagesci:imread:fileDoesNotExist"),
        ("imread('text.png.m')", "MATLAB:imagesci:imread:fileDoesNotExist"),
        ("f = fopen('a.png','w'); fprintf(f,'hello'); fclose(f); imread('a.png')", "MATLAB:imagesci:imread:fileFormat"),
        ("imread('s3://bucket/a.png')", "MATLAB:webservices:UnsupportedProtocol"),
        ("imread('coffee.png', 'xyz')", "MATLAB:imagesci:imread:badFormat"),
        ("imread(5)", "MATLAB:imread:invalidType"),
        ("imwrite(rand(3), 'no/folder/a.png')", "MATLAB:imagesci:imwrite:fileOpen"),
        ("imwrite(rand(3), 'a.foo')", "MATLAB:imagesci:imwrite:fileFormat"),
        ("imwrite(rand(3))", "MATLAB:imagesci:imwrite:missingFilename"),
        ("imwrite(rand(3), 'a.png', 'Alpha', {})", "MATLAB:imwrite:invalidType"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_a_misspelt_picture_is_met_with_near_names(run):
    fault = run.fault("imread('cofee.png')")
    assert fault.message == 'File "cofee.png" does not exist.' and "coffee.png" in fault.hint


def test_an_error_leaves_the_variable_as_it_was(run):
    run["x"] = 5.0
    run.fault("x = imread('nosuch.png');")
    assert run["x"] == 5.0


def test_palettes_come_as_numbers_and_colours(run):
    run("imwrite([1 2; 2 1], [1 0 0; 0 0 1], 'a.png'); [X, map] = imread('a.png'); RGB = ind2rgb(X, map);")
    assert run["X"].tolist() == [[0, 1], [1, 0]] and run["RGB"][0, 1].tolist() == [0, 0, 1]


def test_imfinfo_tells_of_each_image_of_an_animation(run):
    run("A = uint8(magic(4)); map = gray(17); imwrite(A, map, 'a.gif', 'DelayTime', 0.25);")
    run("for k = 1:2, imwrite(A, map, 'a.gif', 'WriteMode', 'append', 'DelayTime', 0.5); end")
    run("i = imfinfo('a.gif'); n = size(i);")
    run(" t = [i.DelayTime]; w = i(3).Width; c = i(1).ColorType; d = i(1).FileModDate;")
    assert run["n"].tolist() == [[1, 3]] and run["t"].tolist() == [[25, 50, 50]]
    assert run["w"] == 4 and run["c"] == "indexed" and len(run["d"]) == 20
