def test_plotyy_draws_on_both_sides(run):
    run("[ax, h1, h2] = plotyy(1:3, 1:3, 1:3, [90 95 99], 'semilogy', @plot); n = numel(ax); s = ax(1).YScale;")
    run("c = class(h2); y = get(ax(2), 'YAxisLocation');")
    assert (run["n"], run["s"], run["y"]) == (2, "log", "right") and run["c"].endswith("Line")


def test_each_side_has_its_own_limits_and_colour(run):
    run("yyaxis left; plot(1:3); yyaxis right; plot([10 20]); ax = gca; a = ylim; c = ax.YColor; r = size(ax.YAxis);")
    assert run["a"].tolist() == [[10, 20]] and run["c"].ravel()[0] > 0.8 and run["r"].tolist() == [[2, 1]]


def test_refusals(run):
    for text in ("plotyy(1, 2, 3)", "plotyy(1,2,3,4,5)", "yyaxis middle", "yyaxis"):
        assert run.fault(text).message


def test_both_sides_are_one_axes_for_scripts(run):
    run("ax = axes; yyaxis(ax, 'left'); plot(ax, 1:3); ylabel(ax, 'l'); yyaxis(ax, 'right'); plot(ax, [10 20 30]);")
    run("ylabel(ax, 'r');")
    run("title(ax, 't'); same = isequal(ax, gca); n = numel(ax.Children); y = ax.YLim; c = ax.YLabel.String;")
    assert run["same"] and run["n"] == 1 and run["y"].tolist() == [[10, 30]] and run["c"] == "r"
    run("yyaxis left; z = ax.YLim; d = ax.YLabel.String; t = ax.Title.String; ax.YAxis(2).Color = 'k';")
    assert run["z"].tolist() == [[1, 3]] and run["d"] == "l" and run["t"] == "t"


def test_both_sides_share_the_x_axis_the_title_and_the_legend(run):
    run("yyaxis left; plot(1:3); title('a'); legend('l'); yyaxis right; plot(4:6);")
    run("title('b'); xlim([0 9]); legend('l', 'r');")
    run("n = numel(findobj(gcf, 'Type', 'legend')); yyaxis left; x = xlim; t = get(get(gca, 'Title'), 'String');")
    assert run["n"] == 1 and run["x"].tolist() == [[0, 9]] and run["t"] == "b"


def test_both_sides_lie_in_one_box_whatever_words_stand_around(run):
    run("yyaxis left; plot(1:3); title({'a', 'b', 'c'}); ylabel({'x', 'y'}); yyaxis right; plot([1e3 2e3]); colorbar;")
    left = run.session.desk.current.all_axes()[0]
    assert left.plot_box() == left.twin.plot_box()
