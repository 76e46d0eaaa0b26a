"""checkcode: what is found as lines, as a struct array, for several files, by name alone."""

import pytest


@pytest.fixture
def folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.m").write_text("x = 1;\ny = x + zz;\n")
    (tmp_path / "fine.m").write_text("x = 1;\n")
    (tmp_path / "noted.m").write_text("load('d.mat');\na = bb; %#ok<NODEF>\n")
    return tmp_path


def test_without_output_the_lines_are_printed(run, folder):
    assert run("checkcode small.m") == ["L 2 (C 9-10): Unrecognized function or variable 'zz'."]
    assert run("mlint('fine')") == []


def test_the_struct_array_has_a_row_for_each_message(run, folder):
    run("s = checkcode('small.m', '-id'); n = checkcode('fine.m'); c = {s.line, s.column, s.id}; m = size(n);")
    assert run["c"][0, 0] == 2.0 and run["c"][0, 1].tolist() == [[9, 10]]
    assert run["c"][0, 2] == "MATLAB:UndefinedFunction"
    assert run["m"].tolist() == [[0, 1]]


def test_several_files_give_a_cell_array_and_headers(run, folder):
    run("[c, p] = checkcode({'small.m', 'fine.m'}); n = numel(c); k = numel(p);")
    assert (run["n"], run["k"]) == (2.0, 2.0)
    assert [line for line in run("checkcode small.m fine.m") if line.startswith("=====")] == [
        f"========== {folder / name} ==========" for name in ("small.m", "fine.m")
    ]


def test_notes_of_lines_marked_ok_are_told_on_demand(run, folder):
    assert run("checkcode noted") == []
    assert len(run("checkcode('noted', '-notok')")) == 1


def test_what_is_not_there_is_refused_in_words(run, folder):
    assert run.fault("checkcode('nowhere')").identifier == "MATLAB:checkcode:FileNotFound"
    assert "-cyc" in run.fault("checkcode('small.m', '-cyc')").message
    assert run.fault("checkcode(3)").identifier == "MATLAB:checkcode:InvalidInput"
