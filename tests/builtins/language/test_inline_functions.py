"""inline: its inputs, calling it, passing it on, how it shows."""

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session():
    return Session()


@pytest.mark.parametrize(
    ("made", "names"),
    [
        ("inline('b*a + i')", ["a", "b"]),
        ("inline('3')", ["x"]),
        ("inline('sin(t)*exp(-t)')", ["t"]),
        ("inline('x + P1 + P2', 2)", ["x", "P1", "P2"]),
        ("inline('x - y', 'y', 'x')", ["y", "x"]),
    ],
)
def test_the_inputs_are_those_given_or_found_in_alphabetical_order(session, made, names):
    session.run(f"c = argnames({made}); n = nargin({made});")
    assert session["c"].ravel().tolist() == names and session["n"] == len(names)


def test_it_is_called_and_passed_on_like_a_function(session):
    session.run("f = inline('x^2 - 2'); a = f(3); z = fzero(f, 1); m = cellfun(f, {1, 2}); k = class(f);")
    session.run("q = integral(vectorize(f), 0, 3); t = formula(vectorize(f));")
    session.run("[~, y] = ode45(inline('-y', 't', 'y'), [0 1], 1);")
    assert session["a"] == 7 and session["z"] == pytest.approx(2**0.5) and session["m"].tolist() == [[-1, 2]]
    assert session["q"] == pytest.approx(3) and session["k"] == "inline" and session["t"] == "x.^2 - 2"
    assert session["y"][-1, 0] == pytest.approx(0.36788, abs=1e-3)


def test_an_expression_that_is_none_is_an_error_at_once(session):
    with pytest.raises(ScriptError) as caught:
        session.run("inline('2 +')")
    assert caught.value.identifier == "MATLAB:Inlineeval:InlineExprError"


def test_it_shows_as_a_formula_under_its_name(session):
    session.run("sq = inline('t^2'); t = evalc('sq');")
    assert session["t"] == "\nsq =\n\n     Inline function:\n     sq(t) = t^2\n\n"
