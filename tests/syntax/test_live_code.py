"""Live scripts (.mlx): their code, run as a script; what is no live script."""

import io
import zipfile

import pytest

from cnnscript import cli
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.syntax.live_code import code_of

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)


def paragraph(text, style):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t><![CDATA[{text}]]></w:t></w:r></w:p>'


def live(*paragraphs):
    """The bytes of a live script."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("matlab/document.xml", HEAD + "".join(paragraphs) + "</w:body></w:document>")
        archive.writestr("matlab/output.xml", "<embeddedOutputs>not read")
    return stream.getvalue()


BREAK = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
SLIDER = (
    '<w:p><w:pPr><w:pStyle w:val="code"/></w:pPr><w:r><w:t>n = </w:t></w:r>'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="R2018b"><w:customXml w:element="slider"><w:customXmlPr>'
    '<w:attr w:name="min" w:val="0"/></w:customXmlPr><w:r><w:t>5</w:t></w:r></w:customXml></mc:Choice>'
    "<mc:Fallback><w:r><w:t>5</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t>;</w:t></w:r></w:p>"
)


def test_code_prose_and_sections_in_their_order():
    content = live(
        paragraph("A title", "title"),
        paragraph("x = 1;\ny = x < 2 & true;", "code"),
        BREAK,
        SLIDER,
        paragraph("", "text"),
    )
    assert code_of(content, "a.mlx") == "% A title\nx = 1;\ny = x < 2 & true;\n%%\nn = 5;\n"


def test_a_live_script_runs_by_name_by_run_and_from_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = "a = twice(4);\nfunction r = twice(x)\nr = 2 * x;\nend\n"
    (tmp_path / "lively.mlx").write_bytes(live(paragraph("Prose", "text"), paragraph(text, "code")))
    (tmp_path / "plus_one.mlx").write_bytes(live(paragraph("function r = plus_one(x)\nr = x + 1;\nend", "code")))
    session = Session(out=io.StringIO(), err=io.StringIO())
    session.run("lively; b = a; clear a; run('lively.mlx'); c = plus_one(a);")
    assert (session["b"], session["c"]) == (8, 9)
    (tmp_path / "shown.mlx").write_bytes(live(paragraph("disp(plus_one(2))", "code")))
    (tmp_path / "UPPER.MLX").write_bytes((tmp_path / "shown.mlx").read_bytes())
    assert cli.main(["shown.mlx"]) == cli.main(["UPPER.MLX"]) == 0
    assert capsys.readouterr().out == "     3\n\n" * 2


def test_an_error_is_told_at_the_line_of_the_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.mlx").write_bytes(
        live(paragraph("Prose", "text"), paragraph("x = 1;\nerror('my:id', 'no')", "code"))
    )
    with pytest.raises(ScriptError) as caught:
        Session(out=io.StringIO(), err=io.StringIO()).run_file("bad.mlx")
    assert (caught.value.identifier, caught.value.span.line) == ("my:id", 3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x = 1;\n",
        live(paragraph("x = 1;", "code"))[:120],
        live(paragraph("x = 1;", "code"), "<w:p>"),
        live("<!DOCTYPE a>"),
    ],
)
def test_what_is_no_live_script_is_one_clear_error(content, tmp_path):
    path = tmp_path / "broken.mlx"
    path.write_bytes(content)
    with pytest.raises(ScriptError) as caught:
        Session(out=io.StringIO(), err=io.StringIO()).run_file(str(path))
    assert caught.value.identifier == "MATLAB:mlx:Damaged"
    assert "broken.mlx" in caught.value.message


def test_a_live_script_in_plain_text_is_a_script():
    session = Session(out=io.StringIO(), err=io.StringIO())
    session.run(
        '%[text] # Title\n%[text] Prose with $x$\nx = 3; %[control:slider:1a2b]{"position":[5,6]}\n'
        'y = x + 1 %[output:00000000]\n\n%[appendix]{"version":"1.0"}\n%---\n%[metadata:view]\n'
        '%   data: {"layout":"onright"}\n%---\n%[output:00000000]\n%   data: {"dataType":"textualVariable"}\n%---\n'
    )
    assert session["y"] == 4
