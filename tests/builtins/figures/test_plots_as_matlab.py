"""Pictures of plots against descriptions of MATLAB's: where axes lie, limits, ticks, colours, fonts.

The numbers are from MATLAB's documentation: a figure of 560 by 420 pixels with axes at [0.13 0.11 0.775 0.815], the
colour order of R2014b, bars 0.8 wide, faces of histograms at 0.6, the colours of ConfusionMatrixChart, and the
automatic bins of histcounts.
"""

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw

LEFT, BOTTOM, WIDTH, HEIGHT = 0.13 * 560, 0.11 * 420, 0.775 * 560, 0.815 * 420
BLUE, BLACK, WHITE = (0, 114, 189), (0, 0, 0), (255, 255, 255)
SCORES = (
    "s = [.5 .2 .1 .05 .04 .03 .03 .02 .02 .01];"
    "n = {'espresso','cup','bowl','pot','dish','spoon','mug','a','b','c'}; "
)


def page(run):
    return draw.rasterise(run.session.desk.current).astype(int)


def colour_at(pixels, x, y, limits):
    """The colour at a place of the axes, which are at MATLAB's default place."""
    (left, right), (low, high) = limits
    column = LEFT + (x - left) / (right - left) * WIDTH
    row = 420 - BOTTOM - (y - low) / (high - low) * HEIGHT
    return tuple(int(part) for part in pixels[round(row), round(column)])


def near(one, other, off=2):
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= off


def test_bars_of_the_top_ten_scores_lie_under_each_other_with_the_best_on_top(run):
    run(SCORES + "h = barh(fliplr(s)); yticklabels(fliplr(n)); xlabel('Probability'); title('Top 10'); xlim([0 1]);")
    run("ax = gca; p = ax.Position; y = ax.YLim; t = ax.YTick; l = ax.YTickLabel; x = ax.XTick; b = ax.Box;")
    run("w = {ax.Title.FontSize, ax.Title.FontWeight, ax.XLabel.FontSize, ax.FontSize, ax.FontName, ax.TickDir};")
    assert np.allclose(run["p"], [[0.13, 0.11, 0.775, 0.815]]) and np.allclose(run["y"], [[-0.2, 11.2]])
    assert run["t"].tolist() == [list(range(1, 11))] and run["l"].ravel().tolist()[-1] == "espresso"
    assert np.allclose(run["x"], [np.arange(11) / 10]) and run["b"] == "on"
    assert run["w"].ravel().tolist() == [11, "bold", 11, 10, "Helvetica", "in"]
    pixels, limits = page(run), ((0, 1), (-0.2, 11.2))
    assert pixels.shape == (420, 560, 3) and tuple(pixels[0, 0]) == WHITE
    assert near(colour_at(pixels, 0.25, 10, limits), BLUE) and near(colour_at(pixels, 0.1, 9, limits), BLUE)
    assert colour_at(pixels, 0.55, 10, limits) == WHITE and colour_at(pixels, 0.25, 9.5, limits) == WHITE
    edge = pixels[round(420 - BOTTOM - (10 + 0.2) / 11.4 * HEIGHT), round(LEFT + 0.5 * WIDTH) + np.arange(-1, 2)]
    assert edge.min(0).max() < 100  # the bar ends in a black line


def test_groups_of_bars_have_the_colours_of_the_order(run):
    run("b = bar([2 3; 4 1]); c = {b.FaceColor}; e = b(1).EdgeColor; w = b(1).BarWidth; y = ylim; x = xlim;")
    first, second = (each.ravel().tolist() for each in run["c"].ravel())
    assert first == [0, 0.447, 0.741] and second == [0.85, 0.325, 0.098]
    assert run["e"].tolist() == [[0, 0, 0]] and run["w"] == 0.8 and run["y"].tolist() == [[0, 4]]
    pixels, limits = page(run), (run["x"][0], run["y"][0])
    assert near(colour_at(pixels, 1 - 1 / 7, 1, limits), BLUE)
    assert near(colour_at(pixels, 2 + 1 / 7, 0.5, limits), (217, 83, 25))


def test_a_histogram_has_black_edges_and_faces_let_white_through(run):
    run("h = histogram([1 1 2 3 3 3]); e = h.BinEdges; v = h.Values; a = h.FaceAlpha; x = xlim; y = ylim; t = yticks;")
    assert run["e"].tolist() == [[0.5, 1.5, 2.5, 3.5]] and run["v"].tolist() == [[2, 1, 3]] and run["a"] == 0.6
    assert run["y"].tolist() == [[0, 3]] and run["x"].tolist() == [[0.5, 3.5]]
    pale = tuple(round(255 - 0.6 * (255 - part)) for part in BLUE)
    pixels, limits = page(run), (run["x"][0], run["y"][0])
    assert near(colour_at(pixels, 1, 1, limits), pale) and colour_at(pixels, 2, 2, limits) == WHITE
    column = pixels[:, round(LEFT + (1.5 - 0.5) / 3 * WIDTH) + np.arange(-1, 2)].min(1)
    assert column[round(420 - BOTTOM - 0.5 * HEIGHT / 3)].max() < 100


def test_normal_data_fall_into_bins_of_scotts_width_made_round(run):
    run("rng(0); x = randn(1, 500); h = histogram(x); w = h.BinWidth; e = h.BinEdges; s = 3.5*std(x)/500^(1/3);")
    assert run["w"] == 0.5 and 0.35 < run["s"] < 0.75
    assert np.allclose(np.diff(run["e"]), 0.5) and np.allclose(run["e"] * 2, np.round(run["e"] * 2))


def test_a_confusion_chart_is_blue_on_its_diagonal_and_orange_beside_it(run):
    run("cm = confusionchart([45 3; 0 52], {'cat','dog'}); c = {cm.DiagonalColor, cm.OffDiagonalColor, cm.FontSize};")
    run("w = {cm.XLabel, cm.YLabel, cm.Title, cm.Normalization, cm.RowSummary, cm.GridVisible};")
    diagonal, other, size = run["c"].ravel()
    assert np.allclose(diagonal, [[0, 0.4471, 0.7412]]) and np.allclose(other, [[0.851, 0.3255, 0.098]]) and size == 10
    assert run["w"].ravel().tolist() == ["Predicted Class", "True Class", "", "absolute", "off", "on"]
    pixels = page(run)
    cells = [tuple(pixels[round(420 - BOTTOM - y * HEIGHT), round(LEFT + x * WIDTH)]) for x, y in
             ((0.62, 0.1), (0.62, 0.9), (0.12, 0.9), (0.12, 0.1))]  # fmt: skip
    assert near(cells[0], (0, 114, 189))  # the largest number has the whole colour
    assert cells[3] == WHITE  # nothing where there is nothing
    assert cells[1][0] > 240 > cells[1][2] > 200 and cells[2][2] > cells[2][1] > cells[2][0]


def test_shares_of_rows_and_columns_stand_beside_and_below(run):
    run("cm = confusionchart([9 1; 3 7], 'RowSummary', 'row-normalized', 'ColumnSummary', 'column-normalized');")
    chart = run.session.desk.current.all_axes()[0]
    assert np.allclose(chart.summary("RowSummary"), [[0.9, 0.1], [0.7, 0.3]])
    assert np.allclose(chart.summary("ColumnSummary"), [[0.75, 0.25], [0.875, 0.125]])


def test_points_by_group_are_dots_in_red_green_and_blue_with_a_legend(run):
    run("h = gscatter([1 2 3], [1 2 3], [1 2 3]); c = {h.Color}; m = {h.Marker}; s = h(1).MarkerSize; l = legend;")
    run("t = l.String; p = l.Location; x = xlim;")
    assert [each.ravel().tolist() for each in run["c"].ravel()] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert run["m"].ravel().tolist() == ["."] * 3 and run["s"] == 15 and run["p"] == "best"
    assert run["t"].ravel().tolist() == ["1", "2", "3"]
    pixels = page(run)
    assert near(colour_at(pixels, 2, 2, ((1, 3), (1, 3))), (0, 255, 0))


def test_tiles_are_alike_and_in_rows(run):
    run("tiledlayout(2, 2); for k = 1:4, a(k) = nexttile; plot(1:5, (1:5).^k); title(sprintf('Tile %d', k)); end")
    run("p = cat(1, a.Position); t = a(4).Title.String;")
    places = run["p"]
    assert np.allclose(places[:, 2:], places[0, 2:]) and run["t"] == "Tile 4"
    assert places[0, 1] == places[1, 1] > places[2, 1] == places[3, 1]
    assert places[0, 0] == places[2, 0] < places[1, 0] == places[3, 0]
    pixels = page(run)
    for left, bottom, _, _ in places.tolist():  # each has a dark box
        row, column = 420 - round(bottom * 420), round(left * 560)
        assert pixels[row - 20, column - 1 : column + 2].min() < 120


@pytest.mark.parametrize(
    ("call", "limits", "ticks"),
    [
        ("plot(0:10, (0:10).^2)", (0, 10, 0, 100), list(range(0, 101, 10))),
        ("plot([-1 1], [-0.3 0.7])", (-1, 1, -0.3, 0.7), None),
        ("plot(1:3, [5 5 5])", (1, 3, 4, 6), None),
        ("semilogy([1 10 1000])", (1, 3, 1, 1000), [1, 10, 100, 1000]),
        ("stem([1 3 2])", (1, 3, 0, 3), None),
        ("area([1 3 2])", (1, 3, 0, 3), None),
        ("stairs([1 3 2])", (1, 3, 1, 3), None),
        ("bar(1900:10:2000, 1:11)", (1888, 2012, 0, 12), None),
        ("bar(1:11, 0.4)", (0, 12, 0, 12), None),
        ("bar([2 2 3; 2 5 6; 2 8 9; 2 11 12])", (0.511111111111111, 4.48888888888889, 0, 12), list(range(0, 13, 2))),
        ("bar([2 2 3; 2 5 6; 2 8 9; 2 11 12], 'stacked')", (-0.2, 5.2, 0, 25), list(range(0, 26, 5))),
    ],
)
def test_limits_and_ticks_of_plots(run, call, limits, ticks):
    run(call + "; v = [xlim ylim]; t = yticks;")
    assert np.allclose(run["v"], [limits])
    if ticks is not None:
        assert np.allclose(run["t"], [ticks])


def test_a_pareto_chart_shows_the_bars_of_95_percent(run):
    run("[c, ax] = pareto([90 75 30 60 5 40 40 5]); n = numel(c(1).YData);")
    run("x = ax(1).XLim; t = ax(1).XTickLabel;")
    run("k = ax(1).YTick; w = ax(2).YTickLabel; p = c(2).Color; z = c(2).YData(end);")
    assert run["n"] == 8 and run["x"].tolist() == [[0.5, 6.5]] and run["z"] == 345
    assert run["t"].ravel().tolist() == ["1", "2", "4", "7", "6", "3"]
    assert run["k"].tolist() == [[0, 50, 100, 150, 200, 250, 300, 345]] and run["p"].tolist() == [[0, 0.447, 0.741]]
    assert run["w"].ravel().tolist() == ["0%", "14%", "29%", "43%", "58%", "72%", "87%", "100%"]


def test_lines_take_the_seven_colours_in_turn(run):
    run("h = plot(magic(8)); c = cat(1, h.Color); w = h(1).LineWidth;")
    order = [[0, 0.447, 0.741], [0.85, 0.325, 0.098], [0.929, 0.694, 0.125], [0.494, 0.184, 0.556],
             [0.466, 0.674, 0.188], [0.301, 0.745, 0.933], [0.635, 0.078, 0.184]]  # fmt: skip
    assert run["c"].tolist() == [*order, order[0]] and run["w"] == 0.5
