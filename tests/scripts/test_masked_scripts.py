"""The tutorials that mask pictures find the coffee in the cup; half as many places of the mask are enough for that."""

import io
import re
from pathlib import Path

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


def said_by(name, tmp_path, monkeypatch, **changes):
    """changes: what stands in the script, and what is run in its place."""
    monkeypatch.chdir(tmp_path)
    code = (SCRIPTS / name).read_text(encoding="utf-8")
    for words, others in changes.items():
        assert words in code
        code = code.replace(words, others)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    session.run(code, name)
    session.desk.flush()
    return out.getvalue(), session


def test_the_larger_the_mask_the_deeper_the_fall(tmp_path, monkeypatch):
    fewer = {"max(12,round(sizes(k)/3))": "max(24,round(sizes(k)/3))", "'Stride',16": "'Stride',32"}
    said, _ = said_by("occlusion.cnns", tmp_path, monkeypatch, **fewer)
    assert "espresso, 0.99" in said
    falls = [float(fall) for fall in re.findall(r"mask \d+: the score falls by ([\d.]+)", said)]
    assert len(falls) == 4 and falls == sorted(falls) and falls[-1] > 0.9
    assert "title 'espresso (1.00): how much the score falls'" in said
    assert re.search(r"Egyptian cat +falls by 0\.\d+ at row +\d+, column +\d+; rises by 0\.\d+", said)
    assert re.search(r"title 'channel \d+ of fire9-concat'", said)


def test_the_parts_of_the_cup_are_the_most_important(tmp_path, monkeypatch):
    said, session = said_by("lime.cnns", tmp_path, monkeypatch)
    assert re.search(r"\d+ features, the most important is number \d+", said)
    kept = session["mask"]
    assert kept[20:170, 60:190].sum() > 0.7 * kept.sum()  # where the cup stands
    assert "title 'the ten strongest parts'" in said and re.search(r"title '16 cells: up to 0\.[1-9]", said)
