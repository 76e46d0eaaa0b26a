"""tabularTextDatastore."""

import pytest


@pytest.fixture
def texts(run):
    run("writelines([\"x,y,word\"; \"1,2,a\"; \"3,4,b\"; \"5,6,c\"], 'p.csv');\n"
        "writelines([\"x,y,word\"; \"7,8,d\"], 'q.csv'); ds = tabularTextDatastore('*.csv');")  # fmt: skip


def test_rows_are_read_from_one_file_after_the_other(run, texts):
    run("ds.ReadSize = 2; n = []; while hasdata(ds), [t, info] = read(ds); n(end + 1) = height(t);\n"
        "end, T = readall(ds);\n"
        "x = T.x'; reset(ds); a = read(ds); b = a.y'; f = info.Filename(end-4:end); p = height(preview(ds));\n"
        "ds.ReadSize = 'file'; c = read(ds); h = height(c); k = readall(partition(ds, 'Files', 2)); m = k.x;")
    assert run["n"].tolist() == [[2, 1, 1]] and run["x"].tolist() == [[1, 3, 5, 7]] and run["b"].tolist() == [[2, 4]]
    assert run["f"] == "q.csv" and run["p"] == 3 and run["h"] == 3 and run["m"] == 7


def test_variables_are_selected_and_options_handed_on(run, texts):
    run("ds.SelectedVariableNames = {'word', 'x'}; T = read(ds); n = T.Properties.VariableNames;\n"
        "v = ds.VariableNames;\n"
        "d = datastore('p.csv', TextType='string'); U = read(d); c = class(U.word); t = transform(ds, @(t) t.x);\n"
        "y = readall(t)';")
    assert run["n"].ravel().tolist() == ["word", "x"] and run["v"].ravel().tolist() == ["x", "y", "word"]
    assert run["c"] == "string" and run["y"].tolist() == [[1, 3, 5, 7]]
    assert "SelectedVariableNames: {'word', 'x'}" in run("ds")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("tabularTextDatastore('none.csv')", "Cannot find files or folders matching: 'none.csv'."),
        ("tabularTextDatastore('p.csv', ReadSize=0)", "positive"),
        ("tabularTextDatastore('p.csv', ReadSize='all')", "match one of"),
        ("ds.SelectedVariableNames = \"z\";", "'z'"),
        ("shuffle(ds)", "Incorrect number or types of inputs or outputs for function shuffle."),
        ("read(ds); read(ds); read(ds)", "No more data"),
    ],
)
def test_wrong_arguments_are_named(run, texts, call, words):
    assert words in run.fault(call).message
