import pytest


def test_each_side_has_limits_and_labels_of_its_own(run):
    run("yyaxis left; plot([0 1]); ylabel('a'); yyaxis right; plot([0 100]); ylabel('b'); r = ylim;")
    run("yyaxis left; l = ylim;")
    assert run["r"].tolist() == [[0, 100]] and run["l"].tolist() == [[0, 1]]
    assert run.seen() == ["figure 1: axes 1: line 2 points, ylabel 'a'; axes 2: line 2 points, ylabel 'b'"]


def test_both_sides_share_the_x_axis(run):
    run("yyaxis left; plot(0:1, 0:1); yyaxis right; plot(0:9, 0:9); x = xlim; yyaxis left; y = xlim;")
    assert run["x"].tolist() == run["y"].tolist() == [[0, 9]]


def test_lines_take_the_colour_of_their_side(run):
    run("yyaxis left; a = plot(1:2); yyaxis right; b = plot(1:2); p = a.Color; q = b.Color; c = get(gca, 'YColor');")
    assert run["p"].tolist() == [[0, 0.447, 0.741]] and run["q"].tolist() == run["c"].tolist() == [[0.85, 0.325, 0.098]]


def test_deleting_one_side_deletes_both(run):
    run("yyaxis right; plot(1:2); delete(gca); n = numel(get(gcf, 'Children'));")
    assert run["n"] == 0


def test_the_legend_names_what_is_on_both_sides(run):
    run("yyaxis left; plot(1:2, DisplayName='l'); yyaxis right; plot(1:2, DisplayName='r'); g = legend; s = g.String;")
    assert run["s"].ravel().tolist() == ["l", "r"]


def test_a_plot_without_hold_replaces_its_side_alone(run):
    run("yyaxis left; plot(1:2); yyaxis right; plot(1:3); plot(1:4);")
    assert run.seen()[-1] == "figure 1: axes 1: line 2 points; axes 2: line 4 points"
    run("s = get(gca, 'YAxisLocation');")
    assert run["s"] == "right"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("yyaxis", "MATLAB:yyaxis:args"), ("yyaxis middle", "MATLAB:yyaxis:unrecognizedStringChoice")],
)
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_a_figure_may_ask_for_an_empty_page_before_each_plot(run):
    run("subplot(1, 2, 1); plot(1:3); f = gcf; f.NextPlot = 'replacechildren'; plot(1:2); n = numel(f.Children);")
    assert run["n"] == 1
    run("f.NextPlot = 'new'; plot(1:4); same = isequal(f, gcf);")
    assert run["same"] == 0
    run("figure(f); f.Name = 'x'; f.NextPlot = 'replace'; plot(1:5); name = f.Name; hold on; plot(1:2);")
    run("m = f.NextPlot; k = numel(get(gca, 'Children'));")
    assert (run["name"], run["m"], run["k"]) == ("", "add", 2)
