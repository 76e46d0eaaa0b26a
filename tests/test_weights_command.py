"""`cnnscript weights` on the command line: output, standard error, exit status."""

import pytest

from cnnscript.cli import main


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_WEIGHTS", str(tmp_path / "weights"))
    monkeypatch.setenv("CNNSCRIPT_OFFLINE", "1")
    return tmp_path / "weights"


def test_help_is_printed_without_words(capsys):
    assert main(["weights"]) == 0
    assert capsys.readouterr().out.startswith("cnnscript weights: ")


def test_list_and_path(capsys, folder):
    assert main(["weights", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["network", "weights", "size", "from"]
    assert any(line.split()[:2] == ["squeezenet", "here"] for line in lines)
    assert main(["weights", "path"]) == 0
    assert capsys.readouterr().out == f"{folder}\n"


def test_what_is_not_to_be_had_is_status_1_and_says_why(capsys):
    assert main(["weights", "get", "vgg16"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "The weights of vgg16 are not on this computer." in said.err
    assert "downloads are switched off (CNNSCRIPT_OFFLINE)" in said.err


def test_damage_is_status_1(capsys, folder):
    folder.mkdir()
    (folder / "vgg16.npz").write_bytes(b"x")
    assert main(["weights", "verify", "vgg16"]) == 1
    assert capsys.readouterr().out.startswith("vgg16: damaged")


@pytest.mark.parametrize("words", [["lits"], ["get", "vgg17"], ["add", "vgg16"], ["get", "vgg16", "--force"]])
def test_wrong_usage_is_status_2(capsys, words):
    assert main(["weights", *words]) == 2
    assert capsys.readouterr().err.startswith("error: ")
