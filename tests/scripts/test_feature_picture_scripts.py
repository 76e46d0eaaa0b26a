"""The tutorials of feature pictures run from end to end; two steps a picture are enough to see that they do."""

import io
import re
from pathlib import Path

import pytest

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.mark.parametrize(("name", "figures", "words"), [
    ("deep_dream", 4, ("Layer conv1 features", "goldfish", "coffee, and fire6-concat dreaming of it",
                       "|           2 |", "Pyramid Level")),
    ("activation_maximization", 3, ("conv1 | fire2-expand3x3", "daisy: ", "wanted", "pixels, smoothed: ")),
])  # fmt: skip
def test_a_tutorial_draws_what_it_speaks_of(name, figures, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    script = SCRIPTS / f"{name}.cnns"
    session.run(re.sub(r"NumIterations=\d+", "NumIterations=2", script.read_text(encoding="utf-8")), str(script))
    session.desk.flush()
    session.close()
    said = out.getvalue()
    assert len(set(re.findall(r"^figure \d+", said, re.MULTILINE))) == figures
    for text in words:
        assert text in said
