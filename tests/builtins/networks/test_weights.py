"""weights at the prompt: in command syntax, with an output, and where something is damaged."""

import io

import pytest

from cnnscript.engine.zoo import Zoo
from cnnscript.session import Session


@pytest.fixture
def run(tmp_path):
    out = io.StringIO()
    zoo = Zoo(folders=[tmp_path / "w"], offline=True)
    session = Session(out=out, err=out, figures="words", zoo=zoo)

    def attempt(code):
        out.seek(0)
        out.truncate()
        session.attempt(code)
        return out.getvalue()

    return attempt


def test_commands_print_and_an_output_is_text(run, tmp_path):
    assert run("weights path") == f"{tmp_path / 'w'}\n"
    assert run("p = weights('path'); disp(p)") == f"{tmp_path / 'w'}\n"
    assert run("weights list").splitlines()[0].split() == ["network", "weights", "size", "from"]


def test_what_is_not_to_be_had_is_an_error_that_a_script_can_catch(run):
    said = run("try, weights get vgg16, catch e, disp(e.identifier), disp(e.message), end")
    assert said.splitlines() == [
        "nnet_cnn:supportpackages:InstallRequired", "The weights of vgg16 are not on this computer.",
    ]  # fmt: skip
    assert "did you mean 'vgg19'?" in run("weights get vgg17")


def test_damage_is_an_error_that_names_the_file(run, tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "vgg16.npz").write_bytes(b"x")
    said = run("weights verify vgg16")
    assert said.startswith("error: Weights are not here or damaged.")
    assert str(tmp_path / "w" / "vgg16.npz") in said
