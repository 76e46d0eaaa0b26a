"""shuffle, subset and partition of datastores."""

import pytest

from cnnscript.builtins.statistics.random_stream import Stream


def test_a_shuffle_is_a_new_datastore_in_the_order_of_randperm(run):
    run("ds = arrayDatastore((1:9)'); read(ds); rng(7); p = randperm(9); rng(7); s = shuffle(ds);\n"
        "a = cell2mat(readall(s))'; b = cell2mat(readall(ds))'; q = [progress(ds) progress(s)];")  # fmt: skip
    assert run["a"].tolist() == run["p"].tolist() and run["b"].tolist() == [list(range(1, 10))]
    assert run["q"][0, 0] > 0 == run["q"][0, 1]
    assert isinstance(run.session.random, Stream)


def test_files_and_labels_are_chosen_together(run):
    run("for k = 1:6, imwrite(uint8(k), sprintf('f%d.png', k)); end\n"
        "imds = imageDatastore('f*.png', Labels=categorical([1 1 2 2 3 3])); s = subset(imds, [5 2]); L = s.Labels;\n"
        "t = subset(imds, imds.Labels == '2'); x = cellfun(@double, readall(t))'; y = cellfun(@double, readall(s))';\n"
        "p = partition(imds, 4, 1); a = numel(p.Files); q = partition(imds, 4, 4); b = numel(q.Files);\n"
        "r = partition(imds, 'Files', imds.Files{4}); z = double(read(r)); n = numpartitions(imds);")  # fmt: skip
    assert run["L"].texts() == ["3", "1"] and run["y"].tolist() == [[5, 2]] and run["x"].tolist() == [[3, 4]]
    assert (run["a"], run["b"], run["z"], run["n"]) == (2, 1, 4, 6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("subset(ds, 4)", "must not exceed 3"),
        ("subset(ds, 0)", "positive integers"),
        ("subset(ds, [true false])", "3 observations"),
        ("shuffle(5)", "Incorrect number or types of inputs or outputs for function shuffle."),
        ("partition(ds, 2)", "Not enough"),
        ("partition(ds, 2, 3)", "must not exceed the number of partitions, 2"),
        ("partition(ds, 'Files', 1)", "no files"),
        ("partition(ds, 0, 1)", "positive"),
        ("readall('x')", "Incorrect number or types of inputs or outputs for function readall."),
        ("hasdata(1)", "Incorrect number or types of inputs or outputs for function hasdata."),
    ],
)
def test_wrong_choices_are_named(run, call, words):
    run("ds = arrayDatastore((1:3)');")
    assert words in run.fault(call).message


def test_slices_are_cut_along_any_dimension(run):
    run("ds = arrayDatastore(reshape(1:24, 2, 3, 4), IterationDimension=3, ReadSize=3); a = read(ds); b = read(ds);\n"
        "s = size(a); t = size(b); c = a{3}; ds.IterationDimension = 2; n = numobservations(ds); d = read(ds);\n"
        "e = size(d{1}); f = arrayDatastore(table([1; 2], [3; 4]), OutputType='same'); g = class(read(f));\n"
        "h = arrayDatastore(categorical({'p'; 'q'})); k = read(h); k = k{1};")  # fmt: skip
    assert run["s"].tolist() == [[3, 1]] and run["t"].tolist() == [[1, 1]]
    assert run["c"].tolist() == [[13, 15, 17], [14, 16, 18]]
    assert run["n"] == 3 and run["e"].tolist() == [[2, 1, 4]] and run["g"] == "table" and run["k"].texts() == ["p"]
    assert "must be 1" in run.fault("arrayDatastore(1:3, IterationDimension=2, OutputType='same')").message


def test_datastores_that_hold_and_show_the_same_are_equal(run):
    run("a = imageDatastore('coffee.png'); b = copy(a); c = copy(a); c.ReadSize = 2; d = arrayDatastore(1);\n"
        "e = arrayDatastore(2); f = augmentedImageDatastore([4 4], zeros(5));\n"
        "g = augmentedImageDatastore([4 4], ones(5));\n"
        "r = [isequal(a, b), isequal(a, c), isequal(d, e), isequal(d, copy(d)), isequal(f, g), isequal(f, copy(f))];")
    assert run["r"].tolist() == [[True, False, False, True, False, True]]
