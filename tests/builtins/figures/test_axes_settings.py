import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plot(1:10); x = xlim;", [[1, 10]]),
        ("plot(1:10); axis tight; x = ylim;", [[1, 10]]),
        ("plot([0 3.2]); axis([0 5 -1 1]); x = axis;", [[0, 5, -1, 1]]),
        ("plot(1:10); xlim([2 3]); xlim auto; x = xlim;", [[1, 10]]),
        ("imagesc(magic(4)); axis image; x = ylim;", [[0.5, 4.5]]),
        ("plot(1:3); xticks([1 2]); x = xticks;", [[1, 2]]),
        ("plot(1:3); ylim([0 Inf]); x = ylim;", [[0, 3]]),
        ("caxis([2 9]); x = clim;", [[2, 9]]),
        ("imshow(ones(4)); hold on; plot([0 9], [0 9]); x = xlim;", [[0.5, 4.5]]),
        ("imagesc(ones(4)); hold on; plot(2, 2, 'r+'); x = xlim;", [[0.5, 4.5]]),
        ("imagesc(ones(4)); hold on; plot(7, 2, 'r+'); x = xlim;", [[0.5, 7]]),
        ("surf(peaks(25)); x = xlim;", [[0, 25]]),
        ("pcolor(magic(4)); x = xlim;", [[1, 4]]),
    ],
)
def test_limits_and_ticks(run, text, expected):
    run(text)
    assert run["x"].tolist() == expected


@pytest.mark.parametrize(
    ("style", "name", "value"),
    [
        ("off", "Visible", "off"),
        ("ij", "YDir", "reverse"),
        ("xy", "YDir", "normal"),
        ("equal", "DataAspectRatioMode", "manual"),
        ("square", "PlotBoxAspectRatioMode", "manual"),
        ("manual", "XLimMode", "manual"),
    ],
)
def test_axis_styles(run, style, name, value):
    run(f"plot(1:3); axis {style}; x = get(gca, '{name}');")
    assert run["x"] == value


def test_tick_labels_from_cells_strings_and_numbers(run):
    run("bar(1:3); xticklabels({'a','b','c'}); a = xticklabels; yticklabels([\"u\",\"v\"]); b = yticklabels;")
    assert run["a"].ravel().tolist() == ["a", "b", "c"] and run["b"].ravel()[:2].tolist() == ["u", "v"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("axis sideways", "Unknown command option"),
        ("axis([1 2 3])", "4, 6, or 8 elements"),
        ("xlim([3 1])", "second element is larger"),
        ("xticks([2 1])", "increasing"),
        ("grid maybe", "match one of these"),
        ("subplot(2,2,5)", "Index exceeds number of subplots"),
        ("subplot(0,1,1)", "rows or columns"),
        ("tiledlayout(1,1); nexttile; nexttile", "sufficient space"),
        ("hold sideways", "match one of these"),
        ("title", "Not enough input"),
        ("title(gcf,'x')", "written on an axes"),
        ("colormap foo", "is not a colormap"),
        ("colormap([1 2 3])", "Colormap must have values in [0,1]."),
        ("colormap(ones(3,4))", "Colormap must have 3 columns: [R,G,B]."),
        ("colormap('jet(x)')", "is not a colormap"),
        ("title('a','Foo',1)", "Unrecognized property"),
        ("set(gcf,'Foo',1)", "Unrecognized property"),
        ("get(5)", "Invalid or deleted object"),
        ("set('a','b','c')", "Invalid or deleted"),
    ],
)
def test_what_is_not_understood_is_said(run, text, words):
    assert words in run.fault(text).message


def test_a_colormap_near_the_misspelt_one_is_named(run):
    assert run.fault("colormap parulla").hint == "did you mean 'parula'?"


def test_hold_keeps_and_hold_off_replaces(run):
    run("plot(1:2); hold on; plot(1:3); hold off; t = ishold;")
    assert run["t"] is False
    assert run("plot(1:4)") == ["figure 1: line 2 points, line 3 points"]


def test_titles_take_text_of_every_kind(run):
    run("imshow(1); c = categorical({'cat'}); title(c)")
    assert run.seen() == ["figure 1: image 1x1, title 'cat'"]
    for words, shown in (
        ('"str"', "str"),
        ("5", "5"),
        ("{'a',7}", "a / 7"),
        ("['ab';'cd']", "ab / cd"),
        ('string(c) + " 90%"', "cat 90%"),
    ):
        run(f"title({words})")
        assert run.seen() == [f"figure 1: image 1x1, title '{shown}'"]


def test_titles_of_layouts_and_of_the_figure(run):
    run("t = tiledlayout(1,2); nexttile; imshow(1); nexttile; imshow(1); title(t,'All'); xlabel(t,'x');")
    assert run.seen() == ["figure 1: axes 1: image 1x1; axes 2: image 1x1; title of all 'All'"]


def test_colormap_of_the_figure_and_of_one_axes(run):
    run(
        "a = subplot(1,2,1); imagesc(magic(3)); b = subplot(1,2,2); imagesc(magic(3)); colormap(a,'hot'); colormap jet;"
        "x = isequal(colormap(a), hot); y = isequal(colormap(b), jet);"
    )
    assert run["x"] is True and run["y"] is True


def test_legends_name_in_order_and_can_go(run):
    run("p = plot(1:3, magic(3)); legend(p([1 3]), {'a','b'}, 'Location','southeast')")
    assert run.seen()[0].endswith("legend 'a', 'b'")
    run("legend off")
    assert "legend" not in run.seen()[0]


def test_axis_equal_widens_limits_and_leaves_the_box_as_it_is(run):
    run("plot([0 10], [0 5]); before = get(gca, 'Position'); axis equal; x = xlim; y = ylim;")
    run("after = get(gca, 'Position');")
    assert run["x"].tolist() == [[0, 10]]
    height = 10 * 342.3 / 434
    assert run["y"].tolist()[0] == pytest.approx([2.5 - height / 2, 2.5 + height / 2])
    assert run["before"].tolist() == run["after"].tolist()


def test_axis_image_after_axis_equal_fits_again(run):
    run("imagesc(ones(4, 8)); axis equal; a = ylim; axis image; b = ylim; axis normal; c = ylim;")
    assert run["a"][0, 0] < 0.5 and run["b"].tolist() == [[0.5, 4.5]] == run["c"].tolist()


def test_arrays_of_axes_are_set_one_by_one(run):
    run(
        "a(1) = subplot(1,2,1); a(2) = subplot(1,2,2); axis(a, [0 2 0 3]); grid(a, 'on'); box(double(a), 'on');"
        "hold(a, 'on'); x = get(a, 'YLim'); g = get(a, {'XGrid', 'Box', 'NextPlot'});"
        "axis(a, 'off'); v = get(a, 'Visible');"
    )
    assert [limits.tolist() for limits in run["x"].ravel()] == [[[0, 3]]] * 2
    assert run["g"].tolist() == [["on", "on", "add"]] * 2
    assert [str(word) for word in run["v"].ravel()] == ["off", "off"]


def test_colormap_takes_calls_and_the_names_of_functions(run, tmp_path):
    (tmp_path / "redblue.m").write_text("function c = redblue(n)\nif nargin<1, n = 2; end\nc = [1 0 0; 0 0 1];\n")
    run("colormap('jet(16)'); a = size(colormap,1); colormap hot; b = size(colormap,1); colormap redblue;")
    run("c = colormap; colormap default; d = size(colormap,1);")
    assert [run["a"], run["b"], run["d"]] == [16, 16, 256]
    assert run["c"].tolist() == [[1, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("semilogy([0 10 100]); x = ylim;", [10, 100]),
        ("semilogy(1:3, [nan nan nan]); x = ylim;", [0.1, 1]),
        ("loglog([-1 5], [2 3]); x = xlim;", [1, 10]),
    ],
)
def test_logarithmic_axes_hold_what_is_positive(run, text, limits):
    run(text)
    assert run["x"].ravel().tolist() == pytest.approx(limits)


@pytest.mark.parametrize("place", ["best", "northwest", "southoutside"])
@pytest.mark.parametrize(
    "plot",
    ["scatter(1:4, 1:4, 20, 1:4)", "surf(peaks(9))", "stem(1:3)", "pie([1 2])", "semilogy(nan(1, 3))", "plot(Inf)"],
)
def test_legends_of_everything_are_drawn(run, plot, place):
    from cnnscript.pictures.drawing import draw

    run(f"{plot}; legend('a', 'Location', '{place}');")
    assert draw.rasterise(run.session.desk.current).shape == (420, 560, 3)


def test_a_limit_at_infinity_follows_the_data_also_of_a_line_that_grows(run, tmp_path):
    run("l = animatedline; ylim([0 inf]); addpoints(l, 1:3, [4 2 1]); saveas(gcf, 'a.png'); y = ylim;")
    assert run["y"].tolist() == [[0, 4]]
