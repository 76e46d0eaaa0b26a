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
