import numpy as np
import pytest


def test_columns_against_columns_with_histograms_between(run):
    run("figure('Visible','off'); [S, AX, B, H, HX] = plotmatrix([1 2; 3 5; 4 1]); n = [size(AX) numel(H) numel(HX)];")
    run("x = AX(2,1).Children(1).XData; l = AX(1,2).XLim; t = strjoin(AX(1,2).YTickLabel, '');")
    assert run["n"].tolist() == [[2, 2, 2, 2]] and run["x"].tolist() == [[1, 3, 4]] and run["t"] == ""
    assert np.allclose(run["l"], [[0.8, 5.2]])


def test_groups_in_pairs_of_variables(run):
    run("figure('Visible','off'); [h, AX] = gplotmatrix(magic(4), [], [1 1 2 2], 'rb', 'ox', [], 'off', 'none');")
    run("n = numel(h); c = h(1).Color; m = h(2).Marker;")
    assert run["n"] == 24 and run["c"].tolist() == [[1, 0, 0]] and run["m"] == "x"


def test_histograms_stand_beside_the_points(run):
    run("h = scatterhist([1 2 3], [1 4 9], 'NBins', 4); p = h(1).Position; n = h(2).Children(1).NumBins;")
    assert np.allclose(run["p"], [[0.35, 0.35, 0.55, 0.55]]) and run["n"] == 4


def test_rows_as_lines_and_as_series(run):
    run("h = parallelcoords([1 2 3; 3 2 1; 5 5 5], 'Group', [1 1 2]); y = h(3).YData; n = numel(h);")
    run("a = andrewsplot([1 0 0; 0 1 0]); f = a(1).YData(1); g = a(2).YData(251);")
    run("q = parallelcoords(magic(4), 'Quantile', .25);")
    assert run["n"] == 3 and run["y"].tolist() == [[5, 5, 5]]
    assert abs(run["f"] - 1 / np.sqrt(2)) < 1e-12 and abs(run["g"] - 1) < 1e-12
    run("m = numel(q); s = parallelcoords([1 2; 3 4], 'Standardize', 'on'); z = s(2).YData;")
    assert run["m"] == 3 and np.allclose(run["z"], [[1 / np.sqrt(2), 1 / np.sqrt(2)]])


def test_variables_one_above_the_other(run):
    run("figure('Visible','off'); T = table([1;2], {'u';'v'}, [3;4], 'VariableNames', {'a','b','c'});")
    run("s = stackedplot(T); w = s.DisplayLabels;")
    run("figure('Visible','off'); x = stackedplot(datetime(2020,1,1:3)', [1 2 3; 4 5 6]', 'r');")
    run("m = numel(x.LineProperties);")
    assert run["w"].ravel().tolist() == ["a", "c"] and run["m"] == 2 and run("disp(x.Type)") == ["stackedplot"]
    run("x.AxesProperties(2).YLimits = [0 9]; x.LineWidth = 2; s.XLimits = [0 3];")
    assert run("disp(x.AxesProperties(2).YLimits), disp(x.LineProperties(1).LineWidth)") == ["0     9", "2"]
    assert "a label for each plot" in run.fault("x.DisplayLabels = {'u'};").message
    assert "read-only" in run.fault("x.LineProperties = 3;").message
    run("y = copyobj(x, figure('Visible','off')); y.AxesProperties(2).YLimits = [1 2];")
    run("p = x.AxesProperties(2).YLimits;")
    assert run["p"].tolist() == [[0, 9]]
    run("for each = x.Children', cla(each), end, c = x.Color; n = numel(x.LineProperties);")
    assert run["c"].tolist() == [[0, 0.447, 0.741]] and run["n"] == 0


def test_only_labels_that_lie_take_room_for_their_length(run):
    run("figure('Visible','off'); plot(1:3); ylabel('a label of many letters'); p = get(gca,'Position');")
    run("tiledlayout(1,1); nexttile; plot(1:3); y = ylabel('a label of many letters'); q = get(gca,'Position');")
    run("y.Rotation = 0; r = get(gca,'Position');")
    assert run["p"][0, 0] == 0.13 and run["q"][0, 0] < 0.14 and run["r"][0, 0] > 0.2


def test_charts_of_several_plots_take_the_tiles_and_words_of_one_axes(run):
    run("figure('Visible','off'); tiledlayout(2,2);")
    run("x = stackedplot(rand(4,2), GridVisible='on', XLimits=[0 5]); g = string(x.GridVisible) + x.XLimits(2);")
    assert run("disp(g)") == ["on5"] and "XLimits" in run.fault("stackedplot(1:3, XLimits=5)").message
    run("x = stackedplot(rand(4,2)); xlim([1 2]); grid on; g = string(x.GridVisible) + x.Children(1).YGrid;")
    assert run("disp(x.Children(1).XLim + x.Children(2).XLim), disp(g), clf, tiledlayout(2,2);") == ["2     4", "onon"]
    run("for k = 1:3, nexttile; s(k) = stackedplot(rand(4,2)); title(\"T\" + k); xlabel('t'); end")
    assert run("disp([s.Title, ' ', s(2).XLabel])") == ["T1T2T3 t"]
    assert run("disp(cellfun(@(q) q.Tile, {s.Layout}))") == ["1     2     3"]
    run("figure('Visible','off'); subplot(2,1,1); s = stackedplot(rand(4,2)); subplot(2,1,2); plot(1:3);")
    assert run("disp(isvalid(s)), stackedplot(rand(4,2)); plot(1:3); disp(numel(findobj(gcf,'Type','axes')))") == [
        "1",
        "3",
    ]


def test_bars_in_falling_order_and_their_sum(run):
    run("[c, ax] = pareto([5 20 10 1], {'a','b','c','d'}); y = c(1).YData; z = c(2).YData; t = ax(1).XTickLabel;")
    assert run["y"].tolist() == [[20, 10, 5, 1]] and run["z"].tolist() == [[20, 30, 35, 36]]
    assert run["t"].ravel().tolist() == ["b", "c", "a"]


def test_lines_over_points(run):
    run("scatter(1:4, [1 3 5 7.4]); h = lsline; p = polyfit(1:4, [1 3 5 7.4], 1); y = h.YData; z = polyval(p, [1 4]);")
    assert np.allclose(run["y"], run["z"])
    run("plot([0 2], [0 4]); r = refline([1 1]); a = r.YData; c = refcurve([1 0 0]); b = c.YData([1 end]);")
    assert run["a"].tolist() == [[1, 3]] and run["b"].tolist() == [[0, 4]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("plotmatrix(rand(3,2), rand(4,2))", "same number of rows"),
        ("gplotmatrix(rand(3,2), [], 1:4)", "as many rows"),
        ("scatterhist(1:3, 1:4)", "same length"),
        ("parallelcoords(rand(3,2), 'Group', 1:4)", "one element for each row"),
        ("stackedplot(1:3, rand(4,2))", "same length"),
        ("stackedplot(table({'u';'v'}))", "no variables"),
        ("pareto([-1 2])", "not negative"),
        ("biplot(rand(3,4))", "two or three columns"),
        ("refline(1, 2, 3)", "Too many input"),
    ],
)
def test_what_does_not_fit_together(run, call, words):
    assert words in run.fault(call).message
