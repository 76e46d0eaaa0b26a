"""imageSet: sets of files, arrays of them, and what is done with each."""

import pytest

FILES = """mkdir('p/cat'); mkdir('p/dog'); mkdir('p/none');
for k = 1:10, imwrite(uint8(10*k*ones(3)), sprintf('p/cat/c%02d.png', k)); end
for k = 1:6, imwrite(uint8(k*ones(3)), sprintf('p/dog/d%02d.png', k)); end\n"""


def test_sets_of_subfolders_stand_in_an_array(run):
    lines = run(FILES + "s = imageSet('p', 'recursive'), t = [imageSet('p/dog'), imageSet('p/cat')]; n = [t.Count];\n"
                "d = {s.Description}; x = read(s(2), 5); x = x(1); k = numel(s); l = s(1).ImageLocation; z = size(l);\n"
                "c = 0; for one = t, c = c + one.Count; end, w = length(s(end:-1:1));\n"
                "q = t(2).Description;")  # fmt: skip
    assert lines == ["s =", "1×2 imageSet array with properties:", "Description", "ImageLocation", "Count"]
    assert run["n"].tolist() == [[6, 10]] and run["d"].ravel().tolist() == ["cat", "dog"] and run["x"] == 5
    assert (run["k"], run["c"], run["w"], run["q"]) == (2, 16, 2, "cat") and run["z"].tolist() == [[1, 10]]


def test_partition_cuts_each_set_and_rng_mixes(run):
    run(FILES + "s = imageSet('p', 'recursive'); [a, b] = partition(s, 0.3, 'sequential'); n = [a.Count b.Count];\n"
        "f = a(1).ImageLocation; [c, d, e] = partition(s, [2 3]); m = [c.Count d.Count e.Count];\n"
        "rng(1); [g, h] = s.partition(0.5, 'randomize'); rng(1); i = partition(s, 0.5, 'randomized');\n"
        "same = isequal(g, i);\n"
        "u = sort([g(1).ImageLocation h(1).ImageLocation]); every = isequal(u, s(1).ImageLocation);\n"
        "plain = isequal(g, partition(s, 0.5)); v = select(s(1), [3 1]); y = read(v, 1); y = y(1);")  # fmt: skip
    assert run["n"].tolist() == [[3, 1, 7, 5]] and run["m"].tolist() == [[2, 2, 3, 3, 5, 1]]
    assert [name[-7:] for name in run["f"].ravel()] == ["c01.png", "c02.png", "c03.png"]
    assert run["same"] is True and run["every"] is True and run["plain"] is False and run["y"] == 30


def test_a_list_of_names_is_a_set_and_the_description_may_be_set(run):
    run(FILES + "s = imageSet({'p/dog/d02.png', 'p/cat/c03.png'}); n = s.Count; s.Description = 'mine';\n"
        "d = s.Description; x = read(s, 2); x = x(1); t = imageSet('p/dog');\n"
        "k = t.Description; c = class(t);")  # fmt: skip
    assert (run["n"], run["d"], run["x"], run["k"], run["c"]) == (2, "mine", 30, "dog", "imageSet")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("read(s, 1)", "single image set"),
        ("read(s(1), 11)", "must not exceed 10"),
        ("partition(s, 7)", "must not exceed the number"),
        ("partition(s, [0.5 3])", "fractions"),
        ("[a, b, c] = partition(s, 0.5);", "Too many output"),
        ("partition(s, 0.5, 'mixed')", "match one of"),
        ("imageSet('nothere')", "Cannot find"),
        ("imageSet('p/none')", "No files"),
        ("s(1).Count = 3;", "read-only"),
        ("[s, 5]", "not supported"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    run(FILES + "s = imageSet('p', 'recursive');")
    assert words in run.fault(call).message
