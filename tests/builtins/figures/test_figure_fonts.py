def test_font_sizes_are_set_scaled_and_taken_back(run):
    run("plot(1:3); title('t'); ax = gca; fontsize(20, 'points'); a = [ax.FontSize ax.Title.FontSize];")
    run("fontsize(gcf, 'scale', 0.5); b = ax.FontSize; fontsize('default'); c = ax.FontSize; d = ax.Title.FontSize;")
    assert run["a"].tolist() == [[20, 20]] and (run["b"], run["c"], run["d"]) == (10, 10, 11)


def test_titles_and_labels_follow_the_font_of_their_axes(run):
    run("plot(1:3); title('t'); xlabel('x'); set(gca, 'FontSize', 20, 'FontName', 'Times'); ax = gca;")
    run("a = [ax.Title.FontSize ax.XLabel.FontSize]; b = ax.Title.FontName; c = ax.Title.FontWeight;")
    assert run["a"].tolist() == [[22, 22]] and run["b"] == "Times" and run["c"] == "bold"


def test_a_theme_changes_only_what_nobody_has_set(run):
    run("plot(1:3); ax = gca; ax.XColor = 'r'; theme dark; a = ax.XColor; b = ax.Color; theme light; c = ax.Color;")
    assert run["a"].tolist() == [[1, 0, 0]] and max(run["b"].ravel()) < 0.2 and run["c"].tolist() == [[1, 1, 1]]


def test_font_refusals(run):
    for text in ("fontsize(12)", "fontsize(0, 'points')", "fontsize('scale')", "fontname", "theme('pink')"):
        assert run.fault(text).message
