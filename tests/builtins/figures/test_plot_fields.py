import numpy as np
import pytest


def test_the_longest_arrow_is_as_long_as_the_grid_allows(run):
    run("[x, y] = meshgrid(1:3); q = quiver(x, y, 2 + 0*x, 0*x); f = q.ScaleFactor; a = q.AutoScale;")
    # 3 points along a span of 2: 2/3 a step, in each direction.
    assert run["f"] == pytest.approx(0.9 * np.hypot(2 / 3, 2 / 3) / 2) and run["a"] == "on"


def test_arrows_are_drawn_at_their_own_length_where_asked(run):
    for call in ("quiver(1, 1, 3, 4, 0)", "quiver(1, 1, 3, 4, 'off')", "quiver(1, 1, 3, 4, 'AutoScale', 'off')"):
        run(f"clf; q = {call}; f = q.ScaleFactor; x = xlim; y = ylim;")
        assert run["f"] == 1 and run["x"].tolist()[0][1] >= 4 and run["y"].tolist()[0][1] >= 5


def test_line_specs_scales_and_properties_of_quiver(run):
    run("q = quiver(ones(2), ones(2), 2, 'r', 'LineWidth', 3); c = q.Color; w = q.LineWidth; s = q.AutoScaleFactor; "
        "x = q.XData; p = quiver3(1, 2, 3, 4, 5, 6); z = p.ZData;")  # fmt: skip
    assert run["c"].tolist() == [[1, 0, 0]] and run["w"] == 3 and run["s"] == 2 and run["z"] == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("quiver(ones(2), ones(3))", "U and V must be the same size."),
        ("quiver(1)", "Not enough input arguments."),
        ("quiver3(1, 2, 3)", "Not enough input arguments."),
        ("quiver3(1:2, 1, 1, 1, 1, 1)", "The size of X must match the size of U or the number of columns of U."),
    ],
)
def test_arrows_that_do_not_fit_are_refused(run, call, message):
    assert run.fault(call).message == message
