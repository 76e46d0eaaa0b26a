"""Sessions with their exact transcripts: every file of golden/ prints what it says."""

import io
from pathlib import Path

import pytest
from case_files import check_case, read_case

from cnnscript.session import Session

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(FOLDER.glob("**/*.m"))


def transcript(program: str, name: str) -> str:
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    session.attempt(program, name)
    session.close()
    return out.getvalue()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_session_prints_its_transcript(path, rewrite, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program, expected = read_case(path)
    check_case(path, program, expected, transcript(program, path.name), rewrite)


def test_there_are_golden_sessions():
    assert len(CASES) >= 20
