"""What Tab offers, from the text before the cursor alone."""

import io
import time

import pytest
from prompt_toolkit.document import Document

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
        ("net.Layers(2).We", "member", "We"),
        ("c{1}.a.b(2,3).", "member", ""),
        ("x = 3.", "name", ""),
        ("!ls pho", "command", "pho"),
        ("% it's", "", ""),
    ],
)
def test_the_place_of_the_cursor_is_known(text, kind, word):
    place = context(text, COMMANDS)
    assert (place.kind, place.word) == (kind, word)


def test_the_open_call_and_its_arguments_are_known():
    place = context("activations(net, f(im, 2), 'conv")
    assert place.call == "activations" and place.before == ("net", "f(im, 2)")


def test_the_option_being_given_is_known():
    assert context("f(x, 'Size', 'a").option == "Size" and context("f(x, Size='a").option == "Size"
    assert context("f(x, 'a").option == ""


def test_variables_and_functions_come_by_their_beginning(offered):
    assert "width" in offered("y = wid") and "montage" in offered("mont")


def test_fields_come_after_a_dot(offered):
    assert offered("s.c") == ["colour"] and offered("s.inner.") == ["deep"]


def test_options_come_inside_a_call(offered):
    assert "BorderSize=" in offered("montage(a, Bor") and "BorderSize'" in offered("montage(a, 'Bor")


def test_properties_come_inside_a_call_that_makes_a_graphics_object(offered):
    assert offered("plot(1:3,'LineW") == ["LineWidth'"] and "Location'" in offered("legend('a','Loc")
    assert offered("confusionchart(a,b,'RowS") == ["RowSummary'"] and "Style'" in offered("uicontrol('Sty")
    assert offered("violinplot(y,'FaceC") == ["FaceColor'"] and "MarkerSize'" in offered("polarplot(a,r,'Mar")


def test_files_and_bundled_pictures_come_in_quotes(offered):
    assert "photo.png" in offered("imread('pho") and "coffee.png'" in offered("imread('cof")


def test_command_words_come_after_their_command(offered):
    assert offered("hold o") == ["on", "off"] and "width" in offered("clear wi")


@pytest.fixture(scope="module")
def with_network():
    session = Session(out=io.StringIO())
    session.run("net = squeezenet; k = 2; c = {net.Layers(3), 1}; m = containers.Map({'one','two'}, [1 2]);")
    session.run("h = @(x) error('called'); lgraph = squeezenet('Weights','none');")
    completer = SessionCompleter(session)
    return lambda text: [name for name, _, _ in completer.candidates(context(text, COMMANDS))]


def test_layers_of_the_network_in_hand_come_in_quotes(with_network):
    assert with_network("activations(net, im, 'conv") == ["conv1'", "conv10'"]
    assert with_network('activations(net, im, "conv') == ['conv1"', 'conv10"']
    assert with_network("f(lgraph, 'conv") == ["conv1'", "conv10'"] == with_network("g(net.Layers, 'conv")


def test_a_part_of_a_layers_name_will_do(with_network):
    assert "fire9-expand3x3'" in with_network("activations(net, im, 'expand3x3")


def test_properties_come_after_an_index(with_network):
    for text in ("net.Layers(2).Str", "net.Layers(k).Str", "x = c{1}.", "net.Layers(end)."):
        offered = with_network(text)
        assert offered and set(offered) & {"Stride", "Name"}, text


def test_nothing_is_called_to_complete(with_network):
    assert with_network("h(1).") == [] and with_network("h.") == [] and with_network("net.Layers(99).") == []


def test_values_of_an_option_come_after_its_name(with_network):
    assert with_network("activations(net, im, 'conv1', 'OutputAs', '") == ["channels'", "rows'", "columns'"]
    assert with_network("activations(net, im, 'conv1', OutputAs='r") == ["rows'"]


def test_values_come_however_the_help_quotes_them_and_without_a_quote_too(offered):
    assert {"none'", "piecewise'", "warmup'", "cosine'"} <= set(offered("trainingOptions('adam', LearnRateSchedule='"))
    assert offered("trainingOptions('adam', Metrics=\"acc") == ['accuracy"']
    assert offered("accuracyMetric(AverageType=") == ['"micro"', '"macro"', '"weighted"']
    assert offered("accuracyMetric(AverageType=w")[0] == '"weighted"'
    assert "Name=" not in offered("accuracyMetric(AverageType=")


def test_what_a_function_knows_comes_before_its_options_where_no_option_can_be(offered):
    assert offered("trainingOptions('")[:2] == ["sgdm'", "adam'"]
    assert offered("trainingOptions('sgdm', 'L")[0] == "LearnRateSchedule'"


def test_words_that_a_function_knows_come_in_quotes(with_network):
    assert with_network("imshowpair(a, b, 'mon") == ["montage'"]


def test_keys_of_a_map_come_in_its_parentheses(with_network):
    assert with_network("m('t") == ["two'"]


def test_a_quote_that_is_there_is_not_doubled():
    session = Session(out=io.StringIO())
    document = Document("imread('cof')", cursor_position=len("imread('cof"))
    found = list(SessionCompleter(session).get_completions(document, None))
    assert "coffee.png" in [completion.text for completion in found]


def test_after_an_exclamation_mark_files_come(offered):
    assert offered("!ls pho") == ["photo.png"]


def test_completing_takes_no_time_worth_speaking_of(with_network):
    for text in ("i", "activations(net, im, 'f", "net.Layers(2)."):
        start = time.process_time()
        with_network(text)
        assert time.process_time() - start < 0.1, text
