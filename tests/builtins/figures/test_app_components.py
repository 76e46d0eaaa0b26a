import pytest


def test_components_take_the_next_cell_of_their_grid_or_the_one_named(run):
    run("g = uigridlayout(uifigure, [2 2]); a = uilabel(g); b = uibutton(g); c = uislider(g); c.Layout.Row = 2;")
    run("c.Layout.Column = [1 2]; x = [b.Layout.Row b.Layout.Column]; y = c.Layout.Column; n = numel(g.Children);")
    assert run["x"].tolist() == [[1, 2]] and run["y"].tolist() == [[1, 2]] and run["n"] == 3


def test_axes_in_a_grid_are_drawn_in_their_cells(run):
    run("f = uifigure('Position', [0 0 400 200]); g = uigridlayout(f, [1 2]); a = uiaxes(g); b = uiaxes(g);")
    run("plot(a, 1:2); plot(b, 1:2);")
    first, second = (run[name].graphic.box() for name in "ab")
    assert first.left + first.width < 200 < second.left and abs(first.width - second.width) < 1e-6


def test_fixed_columns_take_their_pixels_and_shares_divide_what_is_left(run):
    run("f = uifigure('Position', [0 0 430 200]); g = uigridlayout(f, [1 2]); g.ColumnWidth = {100, '3x'};")
    run("a = uipanel(g); b = uipanel(g); c = axes(a); d = axes(b);")
    assert run["c"].graphic.room().width == 100 and run["d"].graphic.room().width == 300


def test_a_component_without_parent_gets_a_figure_of_its_own(run):
    run("b = uibutton('state', Text='On'); t = b.Parent.Type; v = b.Value;")
    assert run["t"] == "figure" and run["v"] is False


def test_a_choice_follows_its_items(run):
    run("d = uidropdown(uifigure, 'Value', 'b', 'Items', {'a', 'b'}); u = d.Value; d.Items = {'x', 'y'}; v = d.Value;")
    run("d.ItemsData = [10 20]; w = d.Value; d.Value = 20;")
    assert run["u"] == "b" and run["v"] == "x" and run["w"] == 10


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("uislider(uifigure, 'Value', 200)", "within the range of 'Limits'"),
        ("uidropdown(uifigure, 'Value', 'x')", "an element defined in the 'Items' property"),
        ("uilabel(axes)", "Label cannot be a child of Axes"),
        ("uibutton(uifigure, 'round')", "round"),
        ("uigauge(uifigure, 'Limits', [3 1])", "increasing"),
    ],
)
def test_what_a_component_does_not_take_is_said(run, call, words):
    fault = run.fault(call)
    assert words in fault.message or any(words in note for note in fault.notes)
