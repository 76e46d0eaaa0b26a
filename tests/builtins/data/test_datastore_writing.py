"""writeall: where the files go, and what is in them."""

import pytest

PICTURES = (
    "mkdir in/a; mkdir in/b; for k = 1:3, imwrite(uint8(50*k*ones(6)), sprintf('in/a/%d.png', k)); end\n"
    "imwrite(uint8(9*ones(6)), 'in/b/7.png'); imds = imageDatastore('in', IncludeSubfolders=true, ReadSize=2);\n"
)


def files(folder):
    return sorted(str(path.relative_to(folder)).replace("\\", "/") for path in folder.rglob("*") if path.is_file())


def test_folders_are_kept_or_all_goes_into_one(run, tmp_path):
    run(PICTURES + "writeall(imds, 'out'); writeall(imds, 'flat', FolderLayout='flatten', FilenamePrefix='x_');"
        "same = isequal(readall(imds), readall(imageDatastore('out', IncludeSubfolders=true)));")  # fmt: skip
    assert files(tmp_path / "out") == ["in/a/1.png", "in/a/2.png", "in/a/3.png", "in/b/7.png"]
    assert files(tmp_path / "flat") == ["x_1.png", "x_2.png", "x_3.png", "x_7.png"]
    assert run["same"]


def test_a_transform_writes_what_it_makes_and_reading_goes_on_where_it_was(run):
    run(PICTURES + "read(imds); t = transform(transform(imds, @(x) 255 - x), @(x) x(1:2, 1:3)); writeall(t, 'out');"
        "x = imread('out/in/a/2.png'); p = progress(imds); n = imds.ReadSize;")  # fmt: skip
    assert run["x"].shape == (2, 3) and (run["x"] == 155).all() and run["p"] == 0.5 and run["n"] == 2


def test_a_function_of_the_user_writes(run):
    run(PICTURES + "function w(data, info, format), level = data(1); name = replace(info.SuggestedOutputName, "
        "'.' + format, '.mat'); from = info.ReadInfo.Filename; save(name, 'level', 'from'); end\n"
        "writeall(imds, 'out', WriteFcn=@w); S = load('out/in/b/7.mat'); n = S.level; f = S.from;")  # fmt: skip
    assert run["n"] == 9 and run["f"].endswith("7.png")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imwrite(zeros(2), 'in/b/1.png'), writeall(imageDatastore('in', IncludeSubfolders=1), 'o', FolderLayout='fl')",
         "Two images would be written"),
        ("writeall(transform(imds, @(x) 'text'), 'o')", "must be an image"),
        ("writeall(arrayDatastore(1:3), 'o')", "Incorrect number or types of inputs or outputs for function writeall."),
        ("writeall(imds, 'o', OutputFormat='bmp')", "OutputFormat"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(run, call, words):
    assert words in run.fault(PICTURES + call).message
