"""The gallery of mistakes: every wrong program of mistakes/ gives its whole message and leaves the workspace whole."""

import io
from pathlib import Path

import pytest
from case_files import check_case, read_case

from cnnscript.session import Session
from cnnscript.values import memory

FOLDER = Path(__file__).parent / "mistakes"
CASES = sorted(FOLDER.glob("*.m"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_gets_its_message_and_harms_nothing(path, rewrite, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNSCRIPT_WEIGHTS", "weights")  # messages name this folder on every machine
    monkeypatch.setattr(memory, "physical_memory", lambda: 16 * 2**30)  # and every machine has this memory
    program, expected = read_case(path)
    out, err = io.StringIO(), io.StringIO()
    session = Session(out=out, err=err, figures="words")
    session["kept"] = [1, 2, 3]
    assert not session.attempt(program, path.name), "the program is not wrong"
    check_case(path, program, expected, err.getvalue(), rewrite)
    assert session["kept"].tolist() == [[1, 2, 3]]
    assert session.attempt("disp(kept)")


def test_no_message_shows_python_or_blames_us():
    for path in CASES:
        _, expected = read_case(path)
        assert expected.startswith("error: "), path.name
        assert "Traceback" not in expected and "internal error" not in expected, path.name


def test_the_gallery_is_large():
    assert len(CASES) >= 150
