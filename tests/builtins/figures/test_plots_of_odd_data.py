"""Plots of nothing, of what is not known, and in the smallest figures are drawn all the same."""

import pytest

from cnnscript.pictures.drawing.draw import rasterise


@pytest.mark.parametrize(
    "call",
    [
        "plot([])", "plot(NaN)", "bar([])", "bar([1 NaN 3])", "histogram([])", "histogram([1 Inf NaN])",
        "hist([1 NaN])",
        "boxplot([NaN NaN])", "boxchart(NaN)", "heatmap(NaN(2))", "heatmap([])", "confusionchart(zeros(3))",
        "polarplot(NaN, NaN)", "polarhistogram([])", "gscatter([], [], [])", "fplot(@(x) nan(size(x)))",
        "plot(graph())", "plot(graph(1, 1))", "plotmatrix([1 2])", "errorbar(1:3, 1:3, -[1 1 1])",
        "area([1 NaN 3])", "fill([1 2 3], [1 2 NaN], 'r')", "semilogy([0 0])", "pie(0.5)", "piechart(1)",
        "bar(datetime(2020,1,1:3), 1:3)", "plot(categorical({'a','b'}), categorical({'x','y'}))", "ksdensity([1 1 1])",
        "normplot([1 1])", "plot(1e300*[1 2 3])", "histogram(1e20*[1 2 3])", "violinplot([1 1 1])", "swarmchart(1, 1)",
        "plot([0 1], [0 1]); line(datetime(2020,1,1:2), 1:2)",
        "contourf(nan(3))", "contourf(nan(3), nan(3))", "contourf(magic(3), [NaN NaN])",
        "contourf(magic(3), [-Inf 0 Inf])",
        "contour(magic(3), [-Inf 5 Inf])", "contourf(1e308*[1 -1; 1 2])",
        "plot(1e308*[1 -1 1])", "bar(1e308*[1 -1 1])", "barh(1e308*[1 -1 1])", "histogram(1e308*[1 -1 0])",
    ],
)  # fmt: skip
def test_odd_data_are_drawn(run, call):
    run(call + ";")
    assert rasterise(run.session.desk.current).shape == (420, 560, 3)


@pytest.mark.parametrize(
    "call",
    ["plot(1:3)", "bar(1:3)", "heatmap(magic(3))", "boxplot(1:5)", "polarplot(1:3, 1:3)", "piechart(1:3)",
     "confusionchart([1 2; 3 4], 'RowSummary', 'row-normalized', 'ColumnSummary', 'column-normalized')",
     "plot(graph(1, 2))", "plotconfusion([1 0], [1 0])"],
)  # fmt: skip
def test_figures_of_a_few_pixels_are_drawn(run, call):
    run(f"figure('Position', [0 0 30 30]); {call};")
    assert rasterise(run.session.desk.current).shape == (30, 30, 3)


def test_error_bars_end_in_caps_of_their_size(run):
    run("errorbar(2, 2, 1, 'LineStyle', 'none', 'CapSize', 20); axis([0 4 0 4]);")
    pixels = rasterise(run.session.desk.current).astype(int)
    row = round(420 - 0.11 * 420 - 0.75 * 0.815 * 420)
    blue = (pixels[row - 1 : row + 2, :, 2] > pixels[row - 1 : row + 2, :, 0] + 60).any(0)
    assert 22 <= blue.sum() <= 30  # 20 points are 27 pixels
