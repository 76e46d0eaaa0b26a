"""What Tab offers, from the text before the cursor alone."""

import io

import pytest

from cnnscript.repl.completion import COMMANDS, SessionCompleter
from cnnscript.repl.cursor import context
from cnnscript.session import Session


@pytest.fixture
def offered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.png").write_bytes(b"")
    session = Session(out=io.StringIO())
    session.run("width = 3; s.colour = 1; s.inner.deep = 2;")
    completer = SessionCompleter(session)
    return lambda text: [name for name, _, _ in completer.candidates(context(text, COMMANDS))]


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("x = wi", "name", "wi"),
        ("s.co", "member", "co"),
        ("imread('pho", "text", "pho"),
        ('imread("pho', "text", "pho"),
        ("a' + wi", "name", "wi"),
        ("[a' wi", "name", "wi"),
        ("% comment wi", "", ""),
        ("hold o", "command", "o"),
        ("x = 'done'; wi", "name", "wi"),
        ("f(1, 'it''s ", "text", "it's "),
    ],
)
def test_the_place_of_the_cursor_is_known(text, kind, word):
    place = context(text, COMMANDS)
    assert (place.kind, place.word) == (kind, word)


def test_the_open_call_and_its_arguments_are_known():
    place = context("activations(net, f(im, 2), 'conv")
    assert place.call == "activations" and place.before == ("net", "f(im, 2)")


def test_variables_and_functions_come_by_their_beginning(offered):
    assert "width" in offered("y = wid") and "montage" in offered("mont")


def test_fields_come_after_a_dot(offered):
    assert offered("s.c") == ["colour"] and offered("s.inner.") == ["deep"]


def test_options_come_inside_a_call(offered):
    assert "BorderSize=" in offered("montage(a, Bor") and "BorderSize'" in offered("montage(a, 'Bor")


def test_files_and_bundled_pictures_come_in_quotes(offered):
    assert "photo.png" in offered("imread('pho") and "coffee.png'" in offered("imread('cof")


def test_command_words_come_after_their_command(offered):
    assert offered("hold o") == ["on", "off"] and "width" in offered("clear wi")


def test_layers_of_the_network_in_hand_come_in_quotes(offered, monkeypatch):
    class Net:
        def layer_names(self):
            return ["conv1", "conv10", "pool1"]

    session = Session(out=io.StringIO())
    session.variables["net"] = Net()
    names = [name for name, _, _ in SessionCompleter(session).candidates(context("activations(net, im, 'conv"))]
    assert names == ["conv1'", "conv10'"]
