"""fileDatastore and datastore."""

import pytest


def test_files_are_read_by_the_function_of_the_user(run, tmp_path):
    run("mkdir deep; for k = 1:3, x = k; save(sprintf('deep/m%d.mat', k), 'x');\n"
        "end, fclose(fopen('deep/z.txt', 'w'));\n"
        "f = fileDatastore('.', 'ReadFcn', @(n) load(n).x, 'IncludeSubfolders', true, 'FileExtensions', '.mat');\n"
        "s = [];\n"
        "while hasdata(f), [x, info] = read(f); s(end + 1) = x; end, c = readall(f); p = preview(f);\n"
        "n = numel(f.Files);\n"
        "g = subset(f, [3 1]); y = readall(g); t = transform(g, @(x) 10*x); z = readall(t)';")  # fmt: skip
    assert run["s"].tolist() == [[1, 2, 3]] and run["c"].tolist() == [[1], [2], [3]] and run["p"] == 1
    assert run["info"].fields["Filename"] == str(tmp_path / "deep" / "m3.mat") and run["n"] == 3
    assert run["y"].tolist() == [[3], [1]] and run["z"].tolist() == [[30, 10]]


def test_uniform_reading_puts_one_below_the_other_and_functions_may_be_changed(run):
    run("for k = 1:2, x = k; save(sprintf('m%d.mat', k), 'x'); end\n"
        "f = fileDatastore(\"m*.mat\", ReadFcn=@(n) [load(n).x 0], UniformRead=true, PreviewFcn=@(n) 'first');\n"
        "a = readall(f); b = preview(f); f.ReadFcn = @(n) n(end-4); c = readall(f);\n"
        "d = datastore('m1.mat', 'ReadFcn', @load);"
        "e = class(d);")  # fmt: skip
    assert run["a"].tolist() == [[1, 0], [2, 0]] and run["b"] == "first"
    assert run["c"].rows() == ["1", "2"] and run["e"] == "matlab.io.datastore.FileDatastore"


def test_a_location_tells_the_kind_of_datastore(run):
    run("mkdir a; imwrite(zeros(3), 'a/x.png'); d = datastore('.', 'Type', 'image', 'IncludeSubfolders', true,"
        " 'LabelSource', 'foldernames'); L = d.Labels; e = datastore('a'); c = class(e);")  # fmt: skip
    assert run["L"].texts() == ["a"] and run["c"] == "matlab.io.datastore.ImageDatastore"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("fileDatastore('x.mat')", "needs ReadFcn"),
        ("fileDatastore('x.mat', 'ReadFcn', @load)", "Cannot find files or folders matching: 'x.mat'."),
        ("fileDatastore('t.csv', 'ReadFcn', @load, 'ReadMode', 'bytes')", "ReadMode 'bytes'"),
        ("fileDatastore('t.csv', 'ReadFcn', 5)", "function handle"),
        ("datastore('t.csv', 'Type', 'keyvalue')", "type 'keyvalue'"),
        ("datastore('t.csv', 'Type', 'sound')", "to match one of"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    run("fclose(fopen('t.csv', 'w'));")
    assert words in run.fault(call).message
