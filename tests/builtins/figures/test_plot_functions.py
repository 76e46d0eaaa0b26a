import numpy as np
import pytest


def test_a_curve_breaks_where_it_jumps_and_is_shown_between_its_poles(run):
    run("fp = fplot(@tan); y = fp.YData; l = ylim; x = xlim; s = fplot(@floor, [0 3]); z = sum(isnan(s.YData));")
    assert np.isnan(run["y"]).sum() == 4 and run["l"][0, 1] <= 20 and run["x"].tolist() == [[-5, 5]]
    assert run["z"] == 3


def test_points_are_close_where_a_curve_bends(run):
    run("fp = fplot(@(x) abs(x - 1/3)); d = diff(fp.XData); [m, k] = min(d); x = fp.XData(k);")
    assert run["m"] < 0.02 and abs(run["x"] - 1 / 3) < 0.1


def test_functions_in_a_cell_and_of_a_parameter(run):
    run("h = fplot({@sin, @cos}, [0 1]); n = numel(h); p = fplot(@cos, @sin, [0 pi]); r = p.XData.^2 + p.YData.^2;")
    assert run["n"] == 2 and np.allclose(run["r"], 1)


def test_a_function_of_single_numbers_is_asked_one_by_one(run):
    assert "vectorize" in " ".join(run("fp = fplot(@(x) 3); y = unique(fp.YData);")) and run["y"] == 3


def test_an_implicit_curve_is_where_the_function_is_zero(run):
    run("fp = fimplicit(@(x, y) x.^2 + y.^2 - 4); r = max(abs(fp.XData.^2 + fp.YData.^2 - 4)); l = [xlim ylim];")
    assert run["r"] < 0.01 and run["l"].tolist() == [[-5, 5, -5, 5]]


@pytest.mark.parametrize(
    ("call", "kind", "title"),
    [
        ("ezplot('x^2')", "line", "x^2"),
        ("ezplot('u/(1+u)', [0 1])", "line", "u/(1+u)"),
        ("ezplot('x^2 + y^2 = 4')", "contour", "x^2 + y^2 = 4"),
        ("ezplot('cos(t)', 'sin(t)')", "line", "x = cos(t), y = sin(t)"),
        ("ezplot(@(x) exp(x))", "line", "exp(x)"),
        ("ezplot('sin')", "line", "sin(x)"),
    ],
)
def test_expressions_are_titles(run, call, kind, title):
    run(f"h = {call}; k = h.Type; ax = gca; t = ax.Title.String;")
    assert (run["k"], run["t"]) == (kind, title)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("fplot()", "Not enough input"),
        ("fplot(3)", "function or functions of a single variable"),
        ("fplot(@sin, [2 1])", "increasing"),
        ("fplot(@sin, 'zz')", "Error in color/linetype argument."),
        ("fplot(@sin, 'Foo', 1)", "Unrecognized property"),
        ("fimplicit(3)", "two variables"),
        ("comet(1:3, 1:3, 2)", "between 0 and 1"),
    ],
)
def test_what_is_no_function_is_refused(run, call, words):
    assert words in run.fault(call).message
