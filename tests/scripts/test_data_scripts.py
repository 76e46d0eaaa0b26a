"""The tutorials of data and of features run from end to end, and what they claim is so."""

import io
import re
from pathlib import Path

import pytest

from cnnscript.session import Session

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run('augmentation'): what a script printed, figures told in words.  words, others: run in place of what stands
    there."""
    monkeypatch.chdir(tmp_path)

    def run(name, words="", others=""):
        out = io.StringIO()
        session = Session(out=out, err=out, figures="words")
        script = SCRIPTS / f"{name}.cnns"
        code = script.read_text(encoding="utf-8")
        assert words in code
        session.run(code.replace(words, others) if words else code, str(script))
        session.desk.flush()
        session.close()
        return out.getvalue()

    return run


def numbers(said, words):
    """The numbers of the line that begins with words."""
    (line,) = [line for line in said.splitlines() if line.strip().startswith(words)]
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", line.partition(words)[2])]


def test_augmentation_draws_what_was_asked_for_and_more_variants_help(run):
    said = run("augmentation")
    low, high, middle, spread, uniform = numbers(said, "moved by")
    assert -10 <= low < -9.8 and 9.8 < high <= 10 and abs(middle) < 0.4
    assert spread == pytest.approx(uniform, rel=0.05)
    assert numbers(said, "read again")[0] == 0 and numbers(said, "read again")[-1] == 20
    one, ten, thirty = (numbers(said, f"{count} pictures")[0] for count in (200, 2000, 6000))
    assert one + 3 < ten < thirty and thirty > 90
    for words in ("title 'twelve draws from all ranges'", "title 'files'", "title 'nearest neighbour, augmented'"):
        assert words in said


def test_features_and_svm_tells_classes_apart_that_pixels_do_not(run):
    said = run("features_and_svm", "perClass = [30 20]", "perClass = [12 8]")
    assert "1000 features of 160 pictures" in said
    (features,), (pixels,) = numbers(said, "features and SVM:"), numbers(said, "pixels and SVM:")
    assert features > 95 and pixels < 60
    for model in ("linear", "nearest neighbours"):
        assert numbers(said, model)[-1] < 5
    assert "title 'by pixels'" in said and "title 'by pool10'" in said and "SVM on pool10" in said
