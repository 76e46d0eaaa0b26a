"""combine and transform."""

import numpy as np
import pytest


def test_pieces_of_combined_datastores_lie_side_by_side(run):
    run("imwrite(uint8(1), 'a.png'); imwrite(uint8(2), 'b.png');\n"
        "imds = imageDatastore('*.png', Labels=[\"p\"; \"q\"]);\n"
        "ds = combine(imds, arrayDatastore(categorical(imds.Labels))); [d, info] = read(ds); s = size(d); L = d{2};\n"
        "d = read(ds); x = d{1}; more = hasdata(ds); all = readall(ds); t = size(all); i = class(info{1});\n"
        "ds.reset(); n = ds.numobservations; u = subset(ds, 2); v = read(u); w = v{1};")  # fmt: skip
    assert run["s"].tolist() == [[1, 2]] and run["L"].texts() == ["p"] and run["x"] == 2 and run["more"] is False
    assert run["t"].tolist() == [[2, 2]] and run["i"] == "struct" and run["n"] == 2 and run["w"] == 2


def test_tables_are_combined_as_tables(run):
    run("a = arrayDatastore(table([1; 2], VariableNames=\"x\"), OutputType='same');\n"
        "b = arrayDatastore(table([3; 4], VariableNames=\"y\"), OutputType='same'); t = read(combine(a, b));\n"
        "n = t.Properties.VariableNames; m = readall(combine(a, b)); k = m{2, :};")  # fmt: skip
    assert run["n"].tolist() == [["x", "y"]] and run["k"].tolist() == [[2, 4]]


def test_sequential_datastores_come_one_after_the_other(run):
    run("ds = combine(arrayDatastore([1; 2]), arrayDatastore([3; 4; 5]), ReadOrder=\"sequential\"); a = readall(ds);\n"
        "a = cell2mat(a)'; s = subset(ds, [4 1 2]); b = cell2mat(readall(s))'; rng(1);\n"
        "c = sort(cell2mat(readall(shuffle(ds))))';")
    assert run["a"].tolist() == [[1, 2, 3, 4, 5]] and run["b"].tolist() == [[4, 1, 2]]
    assert run["c"].tolist() == [[1, 2, 3, 4, 5]]


def test_a_datastore_upon_others_reads_copies_from_their_start(run):
    run("ds = arrayDatastore((1:4)'); read(ds); t = transform(ds, @(c) c{1}*2); c = combine(ds, ds); a = read(t);\n"
        "b = read(ds); b = b{1}; e = read(c); d = readall(t)'; p = preview(t); k = copy(t); f = read(k); q = read(t);")
    assert (run["a"], run["b"], run["f"], run["q"], run["p"]) == (2, 2, 2, 4, 2)
    assert run["e"].tolist() == [[1, 1]] and run["d"].tolist() == [[2, 4, 6, 8]]


def test_a_transform_of_a_transform_adds_its_function(run):
    run("t = transform(arrayDatastore((1:2)'), @(c, i) deal(c{1} + 1, i), IncludeInfo=true);\n"
        "u = transform(t, @(x) x * 10); s = readall(u)'; n = numel(u.Transforms); b = u.IncludeInfo;\n"
        "w = class(u.UnderlyingDatastores{1}); save kept u; k = load('kept'); r = readall(k.u)';")
    assert run["s"].tolist() == run["r"].tolist() == [[20, 30]] and run["n"] == 2
    assert run["b"].tolist() == [[True, False]] and run["w"] == "matlab.io.datastore.ArrayDatastore"


def test_functions_may_get_what_is_known(run):
    run("imwrite(uint8(7), 'a.png'); imds = imageDatastore('a.png', Labels=\"seven\");\n"
        "t = transform(imds, @(x, info) deal({x, info.Label}, setfield(info, 'more', 1)), 'IncludeInfo', true);\n"
        "[d, info] = read(t); n = info.more; s = transform(transform(imds, @(x) x + 1), @(x) x * 2); x = readall(s);")
    assert run["d"][0, 1].data.tolist() == [["seven"]] and run["n"] == 1 and run["x"] == np.uint8(16)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("transform(ds, 5)", "function handle"),
        ("transform(ds)", "Not enough"),
        ("transform(5, @(x) x)", "Incorrect number or types of inputs or outputs for function transform."),
        ("combine(ds, 5)", "Incorrect number or types of inputs or outputs for function combine."),
        ("t = transform(ds, @(x) x.nothing); read(t)", "Dot indexing"),
        ("t = combine(ds, ds); read(t); read(t); read(t)", "No more data"),
    ],
)
def test_wrong_uses_are_named(run, call, words):
    run("ds = arrayDatastore((1:2)');")
    assert words in run.fault(call).message


def test_a_preview_shows_eight_rows_of_cells_and_whole_arrays(run):
    run("""ds = arrayDatastore((1:20)',ReadSize=12); p = preview(combine(transform(ds,@(c) c),ds)); s = size(p);
        last = p{8,1}; w = size(preview(transform(arrayDatastore(1),@(c) ones(9,2)))); n = size(read(ds));""")
    assert run["s"].ravel().tolist() == [8, 2] and run["last"] == 8
    assert run["w"].ravel().tolist() == [9, 2] and run["n"].ravel().tolist() == [12, 1]
