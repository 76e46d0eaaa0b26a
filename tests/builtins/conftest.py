"""`run`: script text in a session of its own, in a folder of its own, with words for pictures."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


class Runner:
    """A session with words for pictures; `run(text)` gives the lines printed, without blank ones."""

    def __init__(self):
        self.out = io.StringIO()
        self.session = Session(out=self.out, err=self.out, figures="words")

    def __call__(self, text):
        self.out.seek(0)
        self.out.truncate()
        self.session.run(text)
        return self.lines()

    def lines(self):
        return [line.strip() for line in self.out.getvalue().splitlines() if line.strip()]

    def seen(self):
        """What is on the desk and has not been shown."""
        self.out.seek(0)
        self.out.truncate()
        self.session.desk.flush()
        return self.lines()

    def __getitem__(self, name):
        return self.session[name]

    def __setitem__(self, name, value):
        self.session[name] = value

    def fault(self, text):
        """The ScriptError that running a text raises."""
        with pytest.raises(ScriptError) as caught:
            self.session.run(text)
        return caught.value


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Runner()
