"""A session that keeps what it prints."""

import io

import pytest

from cnnscript.session import Session


class Prompt:
    """Runs text in one session and gives what it printed."""

    def __init__(self):
        self.out = io.StringIO()
        self.session = Session(out=self.out, err=self.out, figures="words")

    def __call__(self, text):
        start = len(self.out.getvalue())
        self.session.run(text)
        return self.out.getvalue()[start:]

    def __getitem__(self, name):
        return self.session[name]


@pytest.fixture
def prompt():
    return Prompt()
