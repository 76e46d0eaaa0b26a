"""`cnnscript check` as a porter meets it: what is drawn, what JSON holds, the exit status."""

import json
import zipfile

import pytest

from cnnscript.cli import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "good.m").write_text("x = magic(4);\ndisp(x)\n")
    (tmp_path / "bad.m").write_text("treshold = 2;\ny = threshold + 1;\nz = 'abc;\nw = threshold;\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "net.m").write_text("b = actxserver('a');\nc = actxserver('b');\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_program_without_errors_is_status_0(folder, capsys):
    assert main(["check", "good.m"]) == 0
    assert capsys.readouterr().out == "1 file: no errors\n"


def test_errors_are_drawn_with_their_lines_and_a_summary(folder, capsys):
    assert main(["check", "bad.m"]) == 1
    assert capsys.readouterr().out == (
        "error: Unrecognized function or variable 'threshold'.\n"
        "  bad.m:2:5\n"
        "    y = threshold + 1;\n"
        "        ^^^^^^^^^\n"
        "    also in line 4\n"
        "  + did you mean 'treshold'?\n"
        "error: Character vector is not terminated properly.\n"
        "  bad.m:3:5\n"
        "    z = 'abc;\n"
        "        ^\n"
        "1 file: 3 errors\n"
    )


def test_a_folder_is_all_below_it_and_functions_that_are_missing_are_counted_once(folder, capsys):
    assert main(["check", "."]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 files: 3 errors, 1 function missing"


def test_the_summary_counts_what_is_missing_over_files(folder, capsys):
    assert main(["check", "--summary", "."]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["function", "files", "uses"]
    assert lines[1].split() == ["actxserver", "1", "2"]
    assert main(["check", "--summary", "--json", "."]) == 1
    assert json.loads(capsys.readouterr().out) == [{"name": "actxserver", "uses": 2, "files": 1, "hint": None}]


def test_json_gives_every_place(folder, capsys):
    assert main(["check", "--json", "bad.m"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["line"] for row in rows] == [2, 3, 4]
    assert rows[0] == {
        "file": "bad.m",
        "line": 2,
        "column": 5,
        "end_column": 13,
        "severity": "error",
        "identifier": "MATLAB:UndefinedFunction",
        "message": "Unrecognized function or variable 'threshold'.",
        "hint": "did you mean 'treshold'?",
    }


def test_notes_alone_are_status_0_and_can_be_left_out(folder, capsys):
    (folder / "note.m").write_text("load('d.mat');\ndisp(a_variable)\n")
    assert main(["check", "note.m"]) == 0
    assert capsys.readouterr().out.endswith("1 file: no errors, 1 note\n")
    assert main(["check", "--no-notes", "note.m"]) == 0
    assert capsys.readouterr().out == "1 file: no errors\n"


def test_more_folders_are_given_with_path(folder, capsys):
    (folder / "lib").mkdir()
    (folder / "lib" / "tool.m").write_text("function r = tool(x)\nr = x;\nend\n")
    (folder / "user.m").write_text("y = tool(1);\n")
    assert main(["check", "user.m"]) == 1
    assert main(["check", "--path", "lib", "user.m"]) == 0


@pytest.mark.parametrize("words", [[], ["--nonsense", "a.m"], ["nothere.m"], ["--path"]])
def test_wrong_usage_is_status_2(folder, capsys, words):
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err.startswith("cnnscript check: ")


def test_a_file_that_is_no_text_is_one_error(folder, capsys):
    (folder / "blob.m").write_bytes(b"x = 1;\0\0")
    assert main(["check", "blob.m"]) == 1
    assert "character with code 0" in capsys.readouterr().out


def test_live_scripts_are_read_and_a_damaged_one_is_an_error(folder, capsys):
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    code = '<w:p><w:pPr><w:pStyle w:val="code"/></w:pPr><w:r><w:t>x = 1;\ny = x + zz_nothing;</w:t></w:r></w:p>'
    with zipfile.ZipFile(folder / "live.mlx", "w") as archive:
        archive.writestr("matlab/document.xml", head + code + "</w:body></w:document>")
    assert main(["check", "live.mlx"]) == 1
    assert "live.mlx:2:9" in capsys.readouterr().out
    (folder / "damaged.mlx").write_text("no archive")
    assert main(["check", "damaged.mlx"]) == 1
    assert "it is not a live script" in capsys.readouterr().out
