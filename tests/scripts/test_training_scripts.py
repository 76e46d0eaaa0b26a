"""The tutorials of training run from end to end on a share of their data, and what they claim is so."""

import io
import re
from pathlib import Path

import pytest

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run('train_digits', 'epochs = 1;'): what a script printed with these variables set, figures told in words."""
    monkeypatch.chdir(tmp_path)

    def run(name, first):
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words")
        session.run(first, "first")
        script = SCRIPTS / f"{name}.cnns"
        session.run(script.read_text(encoding="utf-8"), str(script))
        session.desk.flush()
        session.close()
        return out.getvalue()

    return run


def percentages(said, words):
    """The percentages of the line that begins with words."""
    (line,) = [line for line in said.splitlines() if line.startswith(words)]
    return [float(number) for number in re.findall(r"(-?\d+\.?\d*) %", line)]


def test_train_digits_learns_and_shows_its_mistakes(run):
    said = run("train_digits", "epochs = 3; perClass = 100;")
    assert "1000 pictures to learn from, 1000 to be asked about" in said
    assert "Training finished: Max epochs completed." in said
    (right,) = re.findall(r"^(\d+\.\d+) % of 1000 right", said, re.MULTILINE)
    assert float(right) > 80
    assert f"title '{right} % right'" in said and "title 'ten of each'" in said


def test_a_network_is_trained_as_keras_trains_it(run):
    said = run("train_digits_keras_style", "epochs = 2; count = 1000;")
    assert "800 digits to learn from, 200 to validate with" in said
    (plain,), (nesterov,) = percentages(said, "plain momentum"), percentages(said, "Nesterov")
    assert plain > 60 and nesterov > 60
    # 50 iterations: 0.01/(1 + 49e-6)
    assert said.count("rate 0.010000 at the end") == 2
    assert "title 'accuracy of validation, %'" in said


def test_transfer_learning_knows_six_new_classes_and_leaves_the_first_layers_alone(run):
    said = run("transfer_learning", "epochs = 3; perClass = [24 8];")
    (right,) = re.findall(r"^(\d+\.\d+) % of 48 squares", said, re.MULTILINE)
    assert float(right) > 70  # 17 by chance
    for frozen in ("conv1", "fire5-expand3x3"):
        assert percentages(said, frozen) == [0]
    for learned in ("fire6-expand3x3", "fire9-expand3x3"):
        assert 0 < percentages(said, learned)[0] < 20
    assert said.rstrip().splitlines()[-1].startswith("figure 3:")


def test_see_what_it_learned_looks_into_what_it_trained(run):
    said = run("see_what_it_learned", "epochs = 3; count = 800;")
    (right,) = re.findall(r"3 epochs: (\d+\.\d+) % of 800 others right", said)
    assert float(right) > 50
    # one in ten would lie beside its like by chance
    assert all(percentages(said, words)[0] > 50 for words in ("pixels", "fc"))
    assert 0 < percentages(said, "relu_1:")[0] < 100
    assert "title 'filters before'" in said and "title 'filters after'" in said
    assert f"title '{right} % right'" in said
