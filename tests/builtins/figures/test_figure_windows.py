import pytest

from cnnscript.pictures.images.files import read_image


def test_figures_are_numbered_and_chosen(run):
    run("f = figure; g = figure(7); h = figure; figure(f); n = [f.Number g.Number h.Number get(gcf,'Number')];")
    assert run["n"].tolist() == [[1, 7, 2, 1]]


def test_figure_options_are_kept(run):
    run(
        "f = figure('Name','Net','NumberTitle','off','units','normalized','Position',"
        "[0 0 0.5 0.5],'Color','w','MenuBar','none');"
        "n = f.Name; p = f.Position; t = f.NumberTitle;"
    )
    assert run["n"] == "Net" and run["p"].tolist() == [[0, 0, 0.5, 0.5]] and run["t"] == "off"


def test_a_part_of_a_position_can_be_set(run):
    run("h = figure; h.Position(3) = 2*h.Position(3); p = h.Position;")
    assert run["p"][0].tolist() == [680, 458, 1120, 420]


@pytest.mark.parametrize(
    "how", ["close all", "close all force", "close(figure(1)), close(2), close Three", "close([1 2 3])"]
)
def test_every_way_of_closing(run, how):
    run("figure(1); figure(2); figure('Name','Three');")
    run(how)
    assert run.session.desk.figures() == []


def test_what_closes_is_seen_first(run):
    assert run("imshow(ones(2)); figure; imshow(ones(3)); close all") == ["figure 1: image 2x2", "figure 2: image 3x3"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("figure(0)", "positive integer"),
        ("figure(1.5)", "positive integer"),
        ("figure('Foo', 1)", "Unrecognized property 'Foo'"),
        ("figure('Position', [1 2])", "4 element vector"),
        ("close(99)", "handle to a figure"),
        ("close nosuch", "Specified window does not exist"),
        ("saveas(gcf, 'a.xyz')", "Unsupported format"),
        ("saveas(gcf, 'no/folder/a.png')", "for writing"),
        ("saveas(99, 'a.png')", "handle to a figure"),
        ("exportgraphics(gcf, 'a')", "ending"),
        ("exportgraphics(gcf, 'a.png', 'Resolution', 0)", "positive"),
        ("print('-dfoo', 'a')", "Illegal device"),
        ("print", "no printer"),
    ],
)
def test_what_cannot_be_done_is_said(run, text, words, tmp_path):
    assert words in run.fault(text).message
    assert list(tmp_path.iterdir()) == []


def test_a_figure_with_a_wrong_option_is_not_left_behind(run):
    run.fault("figure('Foo', 1)")
    assert run.session.desk.figures() == []


def test_saved_pictures_have_the_size_that_was_asked_for(run, tmp_path):
    run(
        "plot(1:3); saveas(gcf,'a.png'); print('b','-dpng','-r96');"
        "exportgraphics(gcf,'c.jpg','Resolution',96); saveas(gcf,'d.pdf')"
    )
    assert read_image(tmp_path / "a.png").pixels.shape == (656, 875, 3)
    assert read_image(tmp_path / "b.png").pixels.shape == (420, 560, 3)
    trimmed = read_image(tmp_path / "c.jpg").pixels.shape
    assert 300 < trimmed[0] < 420 and 400 < trimmed[1] < 560
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")


def test_one_axes_of_several_can_be_exported(run, tmp_path):
    run(
        "subplot(1,2,1); imshow(zeros(50)); a = subplot(1,2,2); imshow(zeros(50));"
        "exportgraphics(a,'a.png','Resolution',96)"
    )
    rows, columns, _ = read_image(tmp_path / "a.png").pixels.shape
    assert abs(rows - columns) <= 2 and columns < 250


def test_an_invisible_figure_is_saved_but_not_shown(run, tmp_path):
    assert run("f = figure('Visible','off'); imshow(ones(9)); saveas(f,'a.png'); close(f)") == []
    assert (tmp_path / "a.png").exists()


def test_clearing_starts_a_new_picture(run):
    assert run("imshow(ones(2)); clf; imshow(ones(3)); clf; clf") == ["figure 1: image 2x2", "figure 1: image 3x3"]


def test_a_figure_without_a_number_of_its_own_makes_room_for_the_one_that_is_asked_for(run):
    run("p = figure('IntegerHandle', 'off'); plot(1:2); f = figure(1); n = isequal(f, p); c = numel(f.Children);")
    assert run["n"] is False and run["c"] == 0
    run("a = isempty(p.Number); b = f.Number; close(1); d = isgraphics(p); e = isgraphics(f); g = ishandle(1);")
    assert [run[name] for name in "abdeg"] == [True, 1, True, False, False]
    assert "Figure (Net) with properties:" in run("q = figure('IntegerHandle', 'off', 'Name', 'Net')")[1]


def test_windows_of_training_and_analysis_take_no_number_from_the_figures_of_a_script(run):
    run("m = trainingProgressMonitor(Metrics='A'); recordMetrics(m, 1, A=1); analyzeNetwork(reluLayer)")
    run("f = figure; plot(1:2); g = figure; n = [f.Number g.Number];")
    assert run["n"].tolist() == [[1, 2]]
    seen = [line.split(":")[0] for line in run.seen()]
    assert seen == ["figure 'Training Progress'", "figure 'Deep Learning Network Analyzer'", "figure 1"]


def test_a_figure_that_is_given_a_number_again_takes_a_free_one(run):
    run("p = figure('IntegerHandle', 'off'); f = figure; p.IntegerHandle = 'on'; n = [f.Number p.Number];")
    assert run["n"].tolist() == [[1, 2]]
