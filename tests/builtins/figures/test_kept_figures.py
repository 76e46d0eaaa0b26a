"""Figures kept in files: opened again they are the same, pixel for pixel, and broken files lose nothing."""

import io

import numpy as np
import pytest

from cnnscript import ScriptError, Session
from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.words import describe
from cnnscript.pictures.graphics.keeping import kept, reopened

FIGURES = {
    "lines": "plot(magic(4)); title({'two','lines'}); xlabel x; ylabel y; legend('a','b','c','d'); grid on",
    "bars": "bar([1 2; 3 4; 5 6], 'stacked'); colormap jet; xticklabels({'one','two','three'})",
    "image": "imshow(magic(9), []); title('grey'); colorbar",
    "overlay": "imshow(zeros(40, 60, 3)); hold on; colormap jet; "
    "imagesc(magic(8), 'AlphaData', 0.5, 'XData', [1 60], 'YData', [1 40]); hold off",
    "subplots": "subplot(2,2,[1 2]); plot(1:3); subplot(2,2,3); histogram([1 2 2 3 3 3]); subplot(2,2,4); stem(1:4); "
    "sgtitle('all')",
    "tiles": "t = tiledlayout(2,2); nexttile([1 2]); area([1 3 2]); nexttile; scatter(1:3, [2 1 3], 40, 'filled'); "
    "title(t, 'tiles')",
    "heat": "heatmap([1 2; 3 4])",
    "confusion": "confusionchart([5 1; 2 7], {'cat','dog'})",
    "surface": "surf(peaks(12)); view(30, 40)",
    "contours": "contourf(peaks(20), 5)",
    "words": "text(0.2, 0.5, 'here', 'Color', 'r'); xline(0.4, '--', 'mark'); "
    "annotation('arrow', [0.2 0.5], [0.3 0.6])",
    "categories": "bar(categorical({'a','b','c'}), [3 1 2])",
    "sides": "plot(1:3); yyaxis right; plot([10 5 1])",
    "errors": "errorbar(1:3, [1 2 3], [0.1 0.2 0.3]); set(gca, 'YScale', 'log', 'FontSize', 14)",
    "pie": "pie([1 2 3], {'a','b','c'})",
}


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), figures="words")


@pytest.mark.parametrize("code", FIGURES.values(), ids=FIGURES)
def test_a_figure_opened_again_is_the_same_picture(session, code):
    session.run(code)
    before = session.desk.current_figure()
    words, pixels = describe(before), draw.rasterise(before)
    session.run("savefig('kept.fig'); close all; openfig('kept.fig');")
    after = session.desk.current_figure()
    assert after is not before and describe(after) == words
    assert np.array_equal(draw.rasterise(after), pixels)


def test_what_scripts_keep_in_a_figure_comes_back(session):
    session.run(
        "f = figure('Name', 'mine', 'UserData', struct('k', {{1, 'two'}})); h = plot(1:3, 'Tag', 'curve');"
        "h.UserData = table([1;2]); set(f, 'Position', [10 20 300 200]); savefig(f, 'a'); close(f); g = openfig('a');"
        "h = findobj(g, 'Tag', 'curve'); n = g.Name; u = g.UserData.k{2}; t = height(h.UserData); p = g.Position;"
    )
    assert (session["n"], session["u"], session["t"]) == ("mine", "two", 2.0)
    assert session["p"].tolist() == [[10, 20, 300, 200]]


def test_a_legend_names_the_objects_of_the_opened_figure(session):
    session.run("p = plot(magic(3)); legend(p([1 3]), 'first', 'third'); savefig('a'); close all; openfig('a'); ")
    figure = session.desk.current_figure()
    legend = next(node for node in figure.walk() if node.kind == "legend")
    assert all(each in list(figure.walk()) for each in legend.objects) and len(legend.objects) == 2


def test_a_line_that_grows_grows_on_in_the_opened_figure(session, tmp_path):
    session.run("a = animatedline; addpoints(a,1:3,1:3); addpoints(a,4,4); savefig('a'); close all; openfig('a');")
    session.run("b = findobj(gcf,'Type','animatedline'); addpoints(b,5,6); [x,y] = getpoints(b);")
    assert session["x"].tolist() == [[1, 2, 3, 4, 5]] and session["y"].tolist() == [[1, 2, 3, 4, 6]]
    (line,) = [node for node in session.desk.current_figure().walk() if node.kind == "animatedline"]
    del line.rooms  # as in files that were kept before lines had them
    session.run("addpoints(b,6,7); x = getpoints(b);")
    assert session["x"].tolist() == [[1, 2, 3, 4, 5, 6]]


def test_labels_need_no_word_of_a_file_on_how_they_stand(session):
    session.run("plot(1:3); ylabel('y'); title('t')")
    figure = session.desk.figures()[0]
    node = kept(figure)
    for label in node.children[0].own["labels"].values():
        label.own.pop("upright", None)  # older files have none
    assert np.array_equal(draw.rasterise(reopened(node, session.desk)), draw.rasterise(figure))


@pytest.mark.parametrize("name", ["lines", "bars", "sides"])
def test_what_older_files_do_not_know_is_as_in_new_objects(session, name):
    session.run(FIGURES[name])
    figure = session.desk.figures()[0]
    top = kept(figure)
    nodes = [top]
    for node in nodes:
        nodes += node.children
        for missing in ("right_acts", "gaps", "border", "clocks", "automatic", "left_out"):
            node.own.pop(missing, None)
    assert np.array_equal(draw.rasterise(reopened(top, session.desk)), draw.rasterise(figure))


def test_the_next_plot_takes_the_place_of_what_was_opened(session):
    session.run("plot(1:3); savefig('a.fig'); close all; openfig('a.fig'); bar([1 2])")
    assert describe(session.desk.figures()[0]) == "figure 1: bar 2 bars"
    session.run("clf; ax = copyobj(subplot(1,2,1), gcf); plot(ax, 1:4)")
    assert "line 4 points" in describe(session.desk.figures()[0])


def test_what_only_serves_the_program_is_not_kept(session):
    session.run("a = animatedline; addpoints(a,1:3,1:3);")
    session.desk.current_figure().shows = object()
    nodes = [kept(session.desk.current_figure())]
    for node in nodes:
        assert not {"rooms", "shows"} & set(node.own)
        nodes += node.children
    assert any(node.kind == "animatedline" for node in nodes)


def test_reuse_gives_the_open_figure_and_invisible_hides_it(session):
    session.run("plot(1:2); savefig('a'); f = openfig('a', 'reuse', 'invisible'); v = char(f.Visible); n = f.Number;")
    assert (session["v"], session["n"]) == ("off", 1.0)
    session.run("g = openfig('a', 'new'); n = g.Number;")
    assert session["n"] == 2.0


def test_saveas_without_an_ending_keeps_the_figure(session, tmp_path):
    session.run("plot(1:3); saveas(gcf, 'a'); saveas(gcf, 'b', 'fig');")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.fig", "b.fig"]


def matlab_file(session, tmp_path):
    """A figure as MATLAB's older files hold it: a line, an image, a title and a label by their places, a menu."""
    session.run(
        "props = @(varargin) struct(varargin{:}); none = zeros(0, 1);"
        "node = @(t, h, p, c, s) struct('type', t, 'handle', h, 'properties', p, 'children', c, 'special', s);"
        "line = node('graph2d.lineseries', 3, props('XData', 1:3, 'YData', [2 5 4], 'Color', [1 0 0], "
        "'LineStyle', '--', 'XDataMode', 'auto'), none, none);"
        "ttl = node('text', 4, props('String', 'old title', 'Position', [0 0 0]), none, none);"
        "lab = node('text', 5, props('String', 'old label'), none, none);"
        "menu = node('uimenu', 6, props('Label', 'File'), none, none);"
        "ax = node('axes', 2, props('XLim', [0 4], 'YLim', [0 6], 'Box', 'on'), [line; ttl; lab], [2 3 0 0]);"
        "hgS_070000 = node('figure', 1, props('Name', 'old', 'Color', [0.8 0.8 0.8], 'Position', [1 2 300 200]), "
        "[ax; menu], none); save('old.fig', 'hgS_070000');"
    )


def test_figures_of_older_matlab_open(session, tmp_path):
    matlab_file(session, tmp_path)
    session.run("f = openfig('old.fig'); a = gca; h = findobj(f, 'Type', 'line'); t = a.Title.String;")
    session.run("x = a.XLabel.String; l = a.XLim; m = a.XLimMode; s = h.LineStyle; y = h.YData;")
    assert (session["t"], session["x"], session["m"], session["s"]) == ("old title", "old label", "manual", "--")
    assert session["l"].tolist() == [[0, 4]] and session["y"].tolist() == [[2, 5, 4]]
    words = describe(session.desk.current_figure())
    assert words == "figure 1 'old': line 3 points, title 'old title', xlabel 'old label'"


def test_handles_in_user_data_are_those_of_the_figure_that_is_opened(session):
    session.run(
        "h = plot(magic(3)); o = figure; set(1, 'UserData', struct('lines', h, 'c', {{h(2) o 5}}));"
        "figure(1), set(gca, 'UserData', struct('h', {h(1) h(3)}));"
        "savefig(1, 'a')\n"
        "close all, f = openfig('a'); u = f.UserData; l = flipud(findobj(f, 'Type', 'line'));"
        "same = isequal(u.lines, l); one = u.c{1} == l(2); lost = class(u.c{2}); n = u.c{3};"
        "v = get(findobj(f, 'Type', 'axes'), 'UserData'); third = v(2).h == l(3);"
    )
    assert session["third"] is True
    assert session["same"] is True and session["one"] is True and session["n"] == 5
    assert session["lost"] == "matlab.graphics.GraphicsPlaceholder"


def test_callbacks_run_in_the_figure_that_is_opened(session):
    session.run(
        "p = plot(1:3); a = gca; c = get(a, 'Title');"
        "set(p, 'ButtonDownFcn', @(s,e) set(a, 'Tag', 'pressed')), set(c, 'UserData', a)\n"
        "set(a, 'ButtonDownFcn', {@max, p, 'words'}), savefig('a')\n"
        "close all, f = openfig('a'); a = gca; p = findobj(f, 'Type', 'line');"
        "press = p.ButtonDownFcn; press(p, []); tag = a.Tag; b = a.ButtonDownFcn;"
        "same = [b{2} == p, a.Title.UserData == a]; name = func2str(b{1}); words = b{3};"
    )
    assert (session["tag"], session["name"], session["words"]) == ("pressed", "max", "words")
    assert session["same"].tolist() == [[True, True]]


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("openfig('no.fig')", "MATLAB:open:fileNotFound"),
        ("x = 1; save('x.fig', 'x', '-mat'); openfig('x.fig')", "MATLAB:openfig:badFile"),
        ("hgS_070000 = 3; save('x.fig', 'hgS_070000', '-mat'); openfig('x.fig')", "MATLAB:openfig:badFile"),
        ("fclose(fopen('x.fig', 'w')); openfig('x.fig')", "MATLAB:load:notBinaryFile"),
        ("savefig", "MATLAB:minrhs"),
        ("h = plot(1:3); savefig(h, 'a')", "MATLAB:savefig:notFigure"),
        ("plot(1:3); savefig('no_folder/a.fig')", "MATLAB:save:"),
    ],
)
def test_what_cannot_be_kept_or_opened_is_said_and_leaves_the_desk_as_it_was(session, code, identifier):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    assert caught.value.identifier.startswith(identifier)
    assert len(session.desk.figures()) == ("plot" in code)
