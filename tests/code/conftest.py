"""Programs run in a session of their own: what they leave in the workspace, what they print, how they fail."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


class Ran:
    """A program that ran: its variables by name, and what it printed."""

    def __init__(self, session, out):
        self.session = session
        self.out = out

    def __getitem__(self, name):
        return self.session.variables[name]

    def __contains__(self, name):
        return name in self.session.variables

    @property
    def printed(self):
        return self.out.getvalue()

    def lines(self):
        return [line.strip() for line in self.printed.splitlines() if line.strip()]


@pytest.fixture
def run():
    """run(text, name=...): run a program; faults are raised."""

    def run(text, name="<prompt>", into=None):
        ran = into or Ran(*_session())
        ran.session.run(text, name)
        return ran

    return run


@pytest.fixture
def write(tmp_path, monkeypatch):
    """write(name, text): a file in the current folder, which is an empty one."""
    monkeypatch.chdir(tmp_path)

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


@pytest.fixture
def fails(run):
    """fails(text): the ScriptError that a program ends in."""

    def fails(text, name="<prompt>"):
        with pytest.raises(ScriptError) as caught:
            run(text, name)
        return caught.value

    return fails


def _session():
    out = io.StringIO()
    return Session(out=out, err=out, figures="words"), out
