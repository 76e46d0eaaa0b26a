import pytest


def test_plots_that_are_there_and_later_ones_take_the_new_colours(run):
    run("h = plot(magic(2)); colororder([1 0 0; 0 0 1]); a = h(2).Color; h = plot(magic(3)); b = h(1).Color;")
    assert run["a"].tolist() == [[0, 0, 1]] and run["b"].tolist() == [[1, 0, 0]]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ("'r'", [1, 0, 0]),
        ("{'k','g'}", [0, 0, 0]),
        ('["#00FF00" "b"]', [0, 1, 0]),
        ("'gem'", [0, 114 / 255, 189 / 255]),
    ],
)
def test_colours_by_name_code_and_palette(run, given, first):
    run(f"c = colororder({given}); d = colororder; same = isequal(c, d);")
    assert run["c"][0].tolist() == pytest.approx(first) and run["same"]


def test_colours_of_one_axes_and_line_styles_in_turn(run):
    run("a = subplot(121); b = subplot(122); colororder(a, [0 1 0]); c = a.ColorOrder; d = size(b.ColorOrder);")
    assert run["c"].tolist() == [[0, 1, 0]] and run["d"].tolist() == [[7, 3]]
    run("figure; h = plot(magic(4)); linestyleorder({'-','--o'}, 'beforecolor'); s = h(2).Marker;")
    assert run["s"] == "o"


def test_refusals(run):
    for text in ("colororder('sail')", "colororder([2 0 0])", "linestyleorder('~')", "colororder(gca, 1, 2)"):
        assert run.fault(text).message
