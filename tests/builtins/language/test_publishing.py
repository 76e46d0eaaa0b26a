"""Programs made into pages: sections with their words, code, output and pictures, in order."""

import io
import re
from pathlib import Path

import pytest

from cnnscript import ScriptError, Session
from cnnscript.builtins.language.published_markup import inline, sections_of, words_to_html

PROGRAM = """%% A *fine* title
% First words, with _slanted_ and |code|.
%
% * one
% * two <https://example.org here>

%% Numbers
% # first
% # second
x = 3
for k = 1:2
    fprintf('round %d\\n', k);
end

%% Pictures
plot(1:x)
snapnow
title('again')
%% Ends in an error
y = helper(2)
error('my:id', 'it went <wrong>')

function y = helper(x)
%% no section
y = 2 * x;
end
"""


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo.m").write_text(PROGRAM)
    return Session(out=io.StringIO(), figures="words")


def page_of(session, call):
    session.run(f"p = {call};")
    return Path(session["p"]).read_text("utf-8")


def test_output_and_pictures_stand_below_the_code_that_made_them(session, tmp_path):
    text = page_of(session, "publish('demo.m')")
    order = ["<h1>A <b>fine</b> title", "<i>slanted</i>", ">Numbers</h2>", "<ol>", "fprintf", "round 1\nround 2",
             ">Pictures</h2>", "plot(1:x)", "demo_01.png", "demo_02.png", ">Ends in an error</h2>", "y =",
             "it went &lt;wrong&gt;"]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert sorted(path.name for path in (tmp_path / "html").iterdir()) == ["demo.html", "demo_01.png", "demo_02.png"]
    assert session.out.getvalue() == "" and not session.desk.figures()


def test_variables_stay_and_lines_keep_their_numbers(session):
    session.run("publish demo.m;")
    assert session["x"] == 3.0 and session["y"] == 4.0
    with pytest.raises(ScriptError, match="it went") as caught:
        session.run("publish('demo.m', 'catchError', false);")
    assert caught.value.stack[0].line == PROGRAM.split("\n").index("error('my:id', 'it went <wrong>')") + 1
    assert session.publication is None


def test_figures_that_were_open_are_left_alone(session):
    session.run("plot(1:9); publish('demo.m'); n = numel(findobj(groot, 'Type', 'line')); f = gcf; k = f.Number;")
    assert (session["n"], session["k"]) == (1.0, 1.0)


def test_code_may_be_shown_without_running_and_output_without_code(session, tmp_path):
    text = page_of(session, "publish('demo', struct('evalCode', false))")
    assert "round" in text and "round 1" not in text and "codeoutput\">" not in text
    text = page_of(session, "publish('demo.m', 'showCode', false, 'outputDir', 'pages', 'maxOutputLines', 3)")
    assert '<pre class="codeinput">' not in text and "\n..." in text and (tmp_path / "pages" / "demo.html").exists()


def test_pictures_are_no_larger_than_allowed(session, tmp_path):
    from PIL import Image

    session.run("publish('demo.m', 'maxWidth', 100);")
    with Image.open(tmp_path / "html" / "demo_01.png") as image:
        assert image.size == (100, 75)


def test_the_code_of_a_page_is_given_back(session):
    session.run("c = grabcode(publish('demo.m', 'evalCode', false));")
    assert session["c"] == PROGRAM


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("publish('none.m')", "Cannot find"),
        ("publish('demo.m', 'pdf')", "pdf"),
        ("publish('demo.m', 'imageFormat', 'jpeg')", "png"),
        ("publish('demo.m', struct('colour', 1))", "colour"),
        ("publish('demo.m', 'showCode', 7)", "showCode"),
        ("grabcode('demo.m')", "holds no program"),
    ],
)
def test_what_cannot_be_published_is_said(session, code, words):
    with pytest.raises(ScriptError, match=words):
        session.run(code)


def test_words_as_matlab_marks_them():
    assert inline("*b* and _i_ and |m|") == "<b>b</b> and <i>i</i> and <tt>m</tt>"
    assert inline("a_b_c 2*3*4") == "a_b_c 2*3*4"
    assert inline("<https://a.b/c>") == '<a href="https://a.b/c">https://a.b/c</a>'
    assert words_to_html(["   x = 1;", "   y < 2"]) == '<pre class="codeinput">x = 1;\ny &lt; 2</pre>'
    assert words_to_html(["<html>", "<table></table>", "</html>"]) == "<table></table>"
    assert words_to_html(["<<a.png>>"]) == '<p><img src="a.png" alt=""></p>'


def test_sections_end_where_functions_begin():
    found = sections_of(PROGRAM)
    assert [section.title for section in found] == ["A *fine* title", "Numbers", "Pictures", "Ends in an error"]
    assert re.search(r"function y", "\n".join(found[-1].code))
    assert [section.title for section in sections_of("x = 1;\n%%\ny = 2;")] == ["", ""]
