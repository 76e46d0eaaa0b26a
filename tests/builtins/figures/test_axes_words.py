"""Legends, titles and text: the forms that scripts use."""

import pytest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("plot(magic(3)); l = legend;", ["data1", "data2", "data3"]),
        ("plot(magic(3)); l = legend('a', 'b');", ["a", "b"]),
        ("plot(magic(3)); l = legend({'a', '', 'c'});", ["a", "c"]),
        ("h = plot(magic(3)); l = legend(h([3 1]), 'x', 'y');", ["x", "y"]),
        ("h = plot(magic(3)); l = legend(h(2));", ["data1"]),
        ('plot(magic(3)); l = legend(["p" "q" "r"]);', ["p", "q", "r"]),
        ("plot(magic(3)); l = legend(['aa ';'bbb';'c  ']);", ["aa", "bbb", "c"]),
        ("plot(1:3, 'DisplayName', 'up'); hold on; plot(3:-1:1); l = legend('show');", ["up", "data1"]),
        ("plot(magic(2)); l = legend('a', 'b'); hold on; plot(1:2); plot(2:3);", ["a", "b", "data1", "data2"]),
        ("plot(1:3); l = legend('a'); hold on; plot(1:3, 'DisplayName', 'later');", ["a", "later"]),
        ("plot(1:3); l = legend('a', 'AutoUpdate', 'off'); hold on; plot(1:3);", ["a"]),
        ("h = plot(1:3); l = legend('a'); h.DisplayName = 'new';", ["new"]),
        ("plot(magic(2)); l = legend('a', 'b'); l.String = {'c', 'd'};", ["c", "d"]),
        ("plot(magic(2)); l = legend('a', 'b', 'Location', 'best', 'NumColumns', 2);", ["a", "b"]),
        ("plot(1:3); l = legend({'a'}, 4);", ["a"]),
    ],
)
def test_what_a_legend_lists(run, text, names):
    run(text + " s = l.String;")
    found = run["s"]
    assert found.ravel().tolist() == names


def test_a_legend_names_what_it_lists_and_gives_its_parts(run):
    run("h = plot(magic(2)); [l, icons, plots, words] = legend('a', 'b'); n = h(1).DisplayName; k = numel(icons);")
    run("same = isequal(plots, h); w = words;")
    assert run["n"] == "a" and run["k"] == 4 and run["same"] and run["w"].ravel().tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("word", "name", "value"),
    [("boxoff", "Box", "off"), ("hide", "Visible", "off"), ("toggle", "Visible", "off"), ("show", "Visible", "on")],
)
def test_legends_are_switched_by_words(run, word, name, value):
    run(f"plot(1:3); l = legend('a'); legend('{word}'); v = l.{name};")
    assert run["v"] == value


def test_legend_warnings(run):
    assert any("Ignoring extra legend entries" in line for line in run("plot(1:3); legend('a', 'b');"))
    assert any("Plot empty" in line for line in run("figure; legend('a');"))
    assert "Invalid argument" in run.fault("plot(1:3); legend('a', 77)").message


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("title({'a', 'b'})", ["a", "b"]),
        ('title(["a" "b"])', ["a", "b"]),
        ("title(['ab'; 'cd'])", ["ab", "cd"]),
        ("title(5)", ["5"]),
        ("title('x', 'Color', 'r')", ["x"]),
        ("title('String', 'y')", ["y"]),
        ("title('')", [""]),
    ],
)
def test_titles_of_every_kind_of_text(run, call, words):
    run(f"plot(1:3); t = {call}; s = cellstr(t.String);")
    assert run["s"].ravel().tolist() == words


def test_title_gives_the_subtitle_too(run):
    run("plot(1:3); [t, s] = title('a', 'b'); x = s.String;")
    assert run["x"] == "b"


@pytest.mark.parametrize(
    ("call", "texts"),
    [
        ("text(1, 2, 'a')", ["a"]),
        ("text(1, 2, 5)", ["5"]),
        ("text(1, 2, 3, 'z', 'Color', 'r')", ["z"]),
        ("text([1 2], [1 2], {'a', 'b'})", ["a", "b"]),
        ("text([1 2], [1 2], 'same')", ["same", "same"]),
        ("text('Position', [1 2], 'String', 'p')", ["p"]),
        ("text(gca, .1, .1, \"q\", Units='normalized')", ["q"]),
    ],
)
def test_text_in_every_form(run, call, texts):
    run(f"plot(1:3); t = {call}; s = arrayfun(@(h) {{h.String}}, t);")
    assert run["s"].ravel().tolist() == texts


def test_what_is_no_tex_is_warned_of(run):
    assert any("valid interpreter syntax" in line for line in run(r"plot(1:3); title('C:\data\new');"))
    lines = run(r"figure; plot(1:3); title('C:\data', 'Interpreter', 'none');")
    assert not any('interpreter syntax' in line for line in lines)


def test_what_is_hidden_from_searches_is_in_no_legend(run):
    run("plot(1:3, DisplayName='seen'); hold on; plot(3:-1:1, HandleVisibility='off'); legend show\n"
        "words = get(legend, 'String'); plot(2:4), more = numel(get(legend, 'String'));")  # fmt: skip
    assert run["words"].tolist() == [["seen"]] and run["more"] == 2
    assert run("figure, plot(magic(2)), l = legend('a', 'b'); disp(size(l.String))") == ["1     2"]
