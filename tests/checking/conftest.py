"""`found`: what is found in the text of a file, as (line, severity, message)."""

import pytest

from cnnscript.builtins.language.checkcode import the_table
from cnnscript.checking import check
from cnnscript.checking.files import File


@pytest.fixture
def check_files(tmp_path, monkeypatch):
    """Check files given as name=text, in a folder of their own; `only` names those that are asked about."""
    monkeypatch.chdir(tmp_path)

    def run(files, only=None, folders=()):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return check([File(name) for name in (only or files)], the_table(), folders)

    return run


@pytest.fixture
def found(check_files):
    def run(text, **others):
        files = {"main.m": text, **{name.replace("__", "/") + ".m": content for name, content in others.items()}}
        return [
            (finding.span.line, finding.severity, finding.fault.message) for finding in check_files(files, ["main.m"])
        ]

    return run
