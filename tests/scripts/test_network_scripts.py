"""The tutorials that ask networks run from end to end and draw what they speak of."""

import io
from pathlib import Path

import pytest

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run('filters'): what a script printed, figures told in words."""
    monkeypatch.chdir(tmp_path)

    def run(name):
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words")
        script = SCRIPTS / f"{name}.cnns"
        session.run(script.read_text(encoding="utf-8"), str(script))
        session.desk.flush()
        session.close()
        return out.getvalue()

    return run


def test_classify_image_tells_four_photographs(run):
    said = run("classify_image")
    for file, label in [("coffee.png", "espresso"), ("chelsea.png", "Egyptian cat"), ("rocket.jpg", "pole")]:
        (line,) = [line for line in said.splitlines() if line.startswith(file)]
        assert label in line
    assert "title 'espresso, 99.8 %'" in said
    assert said.count("Egyptian cat, 0.") == 4  # as it is, in the mirror, in grey, upside down
    assert "title 'how much 'Egyptian cat' needs each part'" in said


def test_filters_shows_all_filters_and_each_channel(run):
    said = run("filters")
    assert "title '64 filters of conv1'" in said
    for words in ("title 'red'", "title 'most colourful'", "title 'steepest edges'", "conv1: 1728 weights"):
        assert words in said
    assert said.count("figure ") >= 6


def test_feature_maps_shows_every_map_of_a_network_built_there(run):
    said = run("feature_maps")
    sizes = {"conv1": "160x160, 8", "relu1": "160x160, 8", "pool1": "80x80, 8", "conv2": "80x80, 12"}
    for name, size in sizes.items():
        assert any(line.split()[:1] == [name] and f"{size} maps" in line for line in said.splitlines())
    assert "from 0.00 to" in next(line for line in said.splitlines() if line.startswith("relu2"))
    assert "title 'relu2: 12 maps of 80 x 80'" in said
    assert "title 'which way the edges run'" in said
