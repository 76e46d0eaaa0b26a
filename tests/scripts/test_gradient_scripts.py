"""The tutorials about gradients say what they promise."""

import io
import re
from pathlib import Path

import pytest

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run('saliency'): what a script printed, figures told in words, and its session."""
    monkeypatch.chdir(tmp_path)

    def run(name):
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words")
        session.run_file(str(SCRIPTS / f"{name}.cnns"))
        session.desk.flush()
        return out.getvalue(), session

    return run


def test_grad_cam_maps_the_three_best_classes(run):
    said, session = run("grad_cam")
    assert re.search(r"1\. Egyptian cat +0\.5\d+\n2\. tiger cat", said)
    assert said.count("is warmest at row") == 3 and "maps of relu_conv10, score of prob" in said
    for title in ("Egyptian cat (0.52)", "fire3-concat", "fire9-concat", "espresso (1.00)"):
        assert f"title '{title}'" in said
    row, column = (session["map"] == session["map"].max()).nonzero()
    assert 20 < row[0] < 170 and 40 < column[0] < 200  # the cup


def test_guided_maps_hardly_know_the_class_and_plain_gradients_do(run):
    said, _ = run("saliency")
    likeness = {name: float(number) for name, number in re.findall(r"^(\S+) .*: correlation ([\d.]+)", said, re.M)}
    assert likeness["none"] < 0.8 < 0.95 < likeness["guided"] and likeness["zeiler-fergus"] > 0.95
    assert "title 'the mean of many'" in said


def test_grad_cam_by_hand_is_grad_cam(run):
    said, _ = run("custom_gradient")
    correlation, difference, most = re.search(
        r"correlation with gradCAM: ([\d.]+); largest difference (\S+) of (\S+)", said
    ).groups()
    assert float(correlation) == 1 and float(difference) < 1e-4 * float(most)
    assert re.search(r"saliency by hand: largest difference (\S+) of", said).group(1) in ("0", "0.0") or (
        float(re.search(r"saliency by hand: largest difference (\S+) of", said).group(1)) < 1e-6
    )
    rows = re.findall(r"^ *\d+, *\d+ +(\S+) +(\S+)$", said, re.M)
    assert len(rows) == 3
    for tape, difference in rows:
        assert float(tape) == pytest.approx(float(difference), rel=0.1)


def test_a_layer_of_ones_own_is_guided_backpropagation(run):
    said, _ = run("guided_backprop")
    assert "12 Passed" not in said and ", 0 Failed, 0 Incomplete," in said
    assert "GuidedReluLayer   ReLU, guided-backprop on the way back" in said
    assert re.search(r"the scores differ by 0 at most", said)
    difference, most = re.search(r"'guided'\) differs by (\S+) of (\S+)", said).groups()
    assert float(difference) <= 1e-5 * float(most)
    assert float(re.search(r"dlgradient differs by (\S+)", said).group(1)) <= 1e-5 * float(most)
    assert float(re.search(r"^bucket +correlation (\S+)", said, re.M).group(1)) > 0.9
