"""Tables of numbers in text files."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    return made


def test_readmatrix_skips_a_row_of_names_and_marks_words(session):
    (session.folder / "m.csv").write_text("a,b,c\n1,2,3\n4,x,\n")
    session.run("m = readmatrix('m.csv');")
    assert session["m"][0].tolist() == [1, 2, 3] and session["m"][1, 0] == 4 and np.isnan(session["m"][1, 1:]).all()


@pytest.mark.parametrize("mark", [",", "\t", ";", " ", "|"])
def test_readmatrix_finds_the_delimiter(session, mark):
    (session.folder / "m.txt").write_text(f"1{mark}2\n3{mark}4\n")
    session.run("m = readmatrix('m.txt');")
    assert session["m"].tolist() == [[1, 2], [3, 4]]


def test_readmatrix_options(session):
    (session.folder / "m.txt").write_text("# note\n1,2\n3,4\n")
    session.run(
        "a = readmatrix('m.txt', 'NumHeaderLines', 2); b = readmatrix('m.txt', CommentStyle='#', OutputType='single');"
    )
    session.run(
        "c = readmatrix('m.txt', NumHeaderLines=1, Range=[2 2 2 2]);"
        "d = readmatrix('m.txt', NumHeaderLines=1, OutputType='string');"
    )
    assert session["a"].tolist() == [[3, 4]] and session["b"].dtype == np.float32 and session["c"] == 4.0
    assert session["d"].data.tolist() == [["1", "2"], ["3", "4"]]


def test_what_is_written_reads_back_to_the_last_digit(session):
    session.run(
        "x = [pi 1e-10; -3 1e20]; writematrix(x, 'm.csv'); y = readmatrix('m.csv');"
        "e = max(abs(x(:) - y(:)) ./ abs(x(:)));"
    )
    assert session["e"] < 1e-14


def test_text_is_quoted_where_it_must_be(session):
    session.run('writematrix(["a,b" "c"], \'m.csv\')')
    assert (session.folder / "m.csv").read_text() == '"a,b",c\n'


def test_the_older_functions(session):
    session.run(
        "csvwrite('m.csv', [1 2; 3 4.125]); a = csvread('m.csv'); b = csvread('m.csv', 1, 1);"
        "dlmwrite('n.txt', [1 2], ';');"
    )
    assert session["a"].tolist() == [[1, 2], [3, 4.125]] and session["b"] == 4.125
    session.run("dlmwrite('n.txt', pi, '-append', 'precision', '%.2f'); t = fileread('n.txt');")
    assert session["t"] == "1;2\n3.14\n"


def test_dlmread_takes_a_block_of_a_file_and_a_number_for_what_is_empty(session):
    (session.folder / "labels.csv").write_text("guid,label\n047b/01,2\n047b/02,0\n047b/03,1\n")
    session.run("a = dlmread('labels.csv', ',', [1 1 2 1]); b = dlmread('labels.csv', ',', 'B2..B3');"
                "c = dlmread('labels.csv', ',', 2, 1);")  # fmt: skip
    assert session["a"].tolist() == session["b"].tolist() == [[2], [0]] and session["c"].tolist() == [[0], [1]]
    (session.folder / "m.csv").write_text("1,,3\n")
    session.run("d = dlmread('m.csv', 'emptyvalue', -1);")
    session.run("writematrix([1 2; 3 4], 'rows.csv'); e = dlmread('rows.csv', ',', 1);")
    assert session["e"].tolist() == [[3, 4]]
    with pytest.raises(ScriptError, match="emptyvalue must be"):
        session.run("dlmread('m.csv', 'emptyvalue', [1 2])")
    assert session["d"].tolist() == [[1, -1, 3]]
    with pytest.raises(ScriptError, match=r"The range must be \[R1 C1 R2 C2\]"):
        session.run("dlmread('m.csv', ',', [1 2])")


def test_csvread_refuses_words_and_says_what_helps(session):
    (session.folder / "m.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ScriptError) as caught:
        session.run("csvread('m.csv')")
    assert "'a' in row 1" in caught.value.message and "readmatrix" in caught.value.hint
    session.run("m = csvread('m.csv', 1);")
    assert session["m"].tolist() == [[1, 2]]


def test_old_spreadsheets_are_refused(session):
    for code in ("readmatrix('m.xls')", "csvwrite('m.xlsx', 1)"):
        with pytest.raises(ScriptError) as caught:
            session.run(code)
        assert "spreadsheet" in caught.value.message.lower()


def test_a_folder_that_is_not_there_leaves_no_file(session):
    with pytest.raises(ScriptError):
        session.run("writematrix(1, 'no/such/m.csv')")
    assert list(session.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("'A2:B2'", [[1, 2]]),
        ("'B2'", [[2], [4]]),
        ("[2 1 3 1]", [[1], [3]]),
        ("'2:3'", [[1, 2], [3, 4]]),
        ("'B3:B3'", 4),
    ],
)
def test_a_range_picks_cells_of_a_text_file_its_header_being_a_row(tmp_path, monkeypatch, area, expected):
    import io

    from cnnscript.session import Session

    monkeypatch.chdir(tmp_path)
    session = Session(out=io.StringIO(), err=io.StringIO())
    session.run(f"writelines([\"x,y\" \"1,2\" \"3,4\"], 'h.csv'); A = readmatrix('h.csv', Range={area});")
    assert session["A"] == expected if type(expected) is int else session["A"].tolist() == expected


def test_weights_are_written_as_rows_of_all_their_pages(session):
    session.run("w = single(reshape(1:6,3,1,2)); csvwrite('w.csv', dlarray(w)); dlmwrite('v.txt', w, ';');")
    assert (session.folder / "w.csv").read_text() == "1,4\n2,5\n3,6\n"
    assert (session.folder / "v.txt").read_text() == "1;4\n2;5\n3;6\n"
