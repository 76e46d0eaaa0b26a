"""splitEachLabel and countEachLabel."""

import pytest


@pytest.fixture
def labelled(run):
    """Ten files of label x and five of y, named by number."""
    run("for k = 1:15, imwrite(uint8(k), sprintf('f%02d.png', k)); end\n"
        "imds = imageDatastore('.', 'Labels', categorical([repmat({'x'}, 10, 1); repmat({'y'}, 5, 1)]));\n"
        "num = @(s) cellfun(@(f) str2double(f(end-5:end-4)), s.Files)';")  # fmt: skip


def numbers(run, name):
    run(f"n = num({name});")
    return [int(number) for number in run["n"].ravel()] if hasattr(run["n"], "ravel") else [int(run["n"])]


def test_a_fraction_takes_the_first_files_of_each_label_to_the_nearest_whole_number(run, labelled):
    run("imds60 = splitEachLabel(subset(imds, [1:6 11:12]), 0.6); n = numel(imds60.Files);")
    assert run["n"] == 5  # what MATLAB's page shows of 6 and 2 files: 4 and 1
    run("[a, b] = splitEachLabel(imds, 0.7);")
    assert numbers(run, "a") == [*range(1, 8), 11, 12, 13, 14] and numbers(run, "b") == [8, 9, 10, 15]
    run("c = a.Labels; t = class(b);")
    assert run["c"].texts() == ["x"] * 7 + ["y"] * 4 and run["t"] == "matlab.io.datastore.ImageDatastore"


def test_counts_and_several_shares_give_one_datastore_more(run, labelled):
    run("[a, b, c] = splitEachLabel(imds, 2, 1);")
    assert numbers(run, "a") == [1, 2, 11, 12] and numbers(run, "b") == [3, 13]
    assert numbers(run, "c") == [4, 5, 6, 7, 8, 9, 10, 14, 15]
    run("[a, b, c, d] = imds.splitEachLabel(0.5, 0.3, 0.2); s = [numel(a.Files) numel(b.Files) numel(c.Files)];")
    assert run["s"].tolist() == [[8, 5, 2]] and not run["d"].files
    run("imds.Labels = repmat('z', 15, 1); [a, b, c, d] = splitEachLabel(imds, 0.7, 0.1, 0.2);")
    assert [len(run[name].files) for name in "abcd"] == [11, 2, 2, 0]  # 10.5, 1.5, 3


@pytest.mark.parametrize("word", ["'randomized'", "'randomize'", '"Random"', "'rand'"])
def test_random_splits_follow_rng_and_lose_nothing(run, labelled, word):
    run(f"rng(3); [a, b] = splitEachLabel(imds, 0.6, {word});")
    first = numbers(run, "a")
    assert sorted(first + numbers(run, "b")) == list(range(1, 16))
    assert sum(number <= 10 for number in first) == 6 and len(first) == 9
    run(f"rng(3); a = splitEachLabel(imds, 0.6, {word});")
    assert numbers(run, "a") == first
    run(f"rng(4); a = splitEachLabel(imds, 0.6, {word});")
    assert numbers(run, "a") != first


def test_only_included_labels_or_all_but_excluded_ones_are_split(run, labelled):
    run("[a, b] = splitEachLabel(imds, 0.4, 'Include', {'y'});")
    assert numbers(run, "a") == [11, 12] and numbers(run, "b") == [13, 14, 15]
    run("[a, b] = splitEachLabel(imds, 3, 'randomized', 'Exclude', categorical(\"y\"));")
    assert len(numbers(run, "a")) == 3 and max(numbers(run, "b")) <= 10


def test_labels_of_any_class_are_counted(run, labelled):
    run("t = countEachLabel(imds); c = t.Count'; l = t.Label; m = min(t{:, 2});"
        "imds.Labels = [ones(1, 9) 2*ones(1, 6)];"
        "u = countEachLabel(imds); v = u.Label'; w = u.Count'; imds.Labels = repmat(\"z\", 15, 1);"
        "k = imds.countEachLabel; y = k.Count;")  # fmt: skip
    assert run["c"].tolist() == [[10, 5]] and run["l"].texts() == ["x", "y"] and run["m"] == 5
    assert run["v"].tolist() == [[1, 2]] and run["w"].tolist() == [[9, 6]] and run["y"] == 15


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("splitEachLabel(imds)", "Not enough"),
        ("splitEachLabel(imds, 'randomized')", "Not enough"),
        ("splitEachLabel(imds, 0.7, 'Includ')", "'Includ' is not recognized"),
        ("splitEachLabel(imds, 1.5)", "fractions"),
        ("splitEachLabel(imds, 0.5, 3)", "fractions"),
        ("splitEachLabel(imds, 0)", "fractions"),
        ("splitEachLabel(imds, 0.5, 0)", "fractions"),
        ("splitEachLabel(imds, 0.7, 0.6)", "must not exceed 1"),
        ("splitEachLabel(imds, -1)", "fractions"),
        ("splitEachLabel(imds, 6)", "must not exceed the number of files of any label"),
        ("[a, b, c] = splitEachLabel(imds, 0.5);", "Too many output"),
        ("splitEachLabel(imds, 0.5, Include='q')", "'q' is not a label"),
        ("splitEachLabel(imds, 0.5, Include='x', Exclude='y')", "together"),
        ("splitEachLabel(arrayDatastore(1:3), 0.5)", "for function splitEachLabel."),
        ("imds.Labels = {}; splitEachLabel(imds, 0.5)", "must not be empty"),
        ("imds.Labels = {}; countEachLabel(imds)", "must not be empty"),
    ],
)
def test_wrong_splits_are_named(run, labelled, call, words):
    assert words in run.fault(call).message
