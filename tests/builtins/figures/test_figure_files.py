"""saveas, print and exportgraphics: sizes, papers, formats, and what cannot be written."""

import io

import numpy as np
import pytest
from PIL import Image

from cnnscript import ScriptError, Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), figures="words")
    made.run("plot(1:3); title('a')")
    return made


def size_of(name):
    with Image.open(name) as image:
        return image.size


def pixels_of(name):
    with Image.open(name) as image:
        return np.array(image)


@pytest.mark.parametrize(
    ("code", "size"),
    [
        ("saveas(gcf, 'a.png')", (875, 656)),
        ("print('a', '-dpng', '-r0')", (560, 420)),
        ("set(gcf, 'PaperUnits', 'inches', 'PaperPosition', [1 1 4 2]); print -dpng -r100 a", (400, 200)),
        ("set(gcf, 'PaperUnits', 'centimeters', 'PaperPosition', [0 0 25.4 12.7]); saveas(gcf, 'a.png')", (1500, 750)),
        ("exportgraphics(gcf, 'a.png', 'Width', 300)", (300, None)),
        ("exportgraphics(gcf, 'a.png', Width=2, Height=3, Units='inches', Resolution=100)", (200, 300)),
        ("exportgraphics(gcf, 'a.png', Padding='figure', Resolution=96)", (560, 420)),
        ("exportapp(gcf, 'a.png')", (560, 420)),
    ],
)
def test_pictures_have_the_size_that_is_asked_for(session, code, size):
    session.run(code)
    found = size_of("a.png")
    assert found[0] == size[0] and size[1] in (None, found[1])


def test_a_margin_of_so_many_pixels(session):
    session.run("exportgraphics(gca, 'close.png', Padding=0); exportgraphics(gca, 'wide.png', Padding=20)")
    close, wide = size_of("close.png"), size_of("wide.png")
    assert wide == (close[0] + 40, close[1] + 40)


def test_backgrounds_and_greys(session):
    session.run("set(gcf, 'Color', 'r'); saveas(gcf, 'white.png'); exportgraphics(gcf, 'red.png', Padding='figure', "
                "BackgroundColor='current'); exportgraphics(gcf, 'grey.png', Colorspace='gray');"
                "set(gcf, 'InvertHardcopy', 'off'); saveas(gcf, 'kept.png'); c = get(gcf, 'Color');")  # fmt: skip
    corner = {name: pixels_of(f"{name}.png")[0, 0].tolist() for name in ("white", "red", "kept")}
    assert corner == {"white": [255, 255, 255], "red": [255, 0, 0], "kept": [255, 0, 0]}
    assert pixels_of("grey.png").ndim == 2 and session["c"].tolist() == [[1, 0, 0]]


def test_frames_of_a_gif(session):
    session.run("for k = 1:3, exportgraphics(gca, 'a.gif', Append=k > 1); end")
    with Image.open("a.gif") as image:
        assert image.n_frames == 3


@pytest.mark.parametrize("kind", ["pdf", "svg", "eps"])
def test_vectors(session, tmp_path, kind):
    session.run(f"saveas(gcf, 'a.{kind}'); exportgraphics(gca, 'b.{kind}'); exportgraphics(gca, 'c.pdf', "
                "ContentType='image')")  # fmt: skip
    starts = {"pdf": b"%PDF", "svg": b"<?xml", "eps": b"%!PS"}
    assert (tmp_path / f"a.{kind}").read_bytes().startswith(starts[kind])
    assert (tmp_path / f"b.{kind}").read_bytes().startswith(starts[kind])
    assert b"/Image" in (tmp_path / "c.pdf").read_bytes()


def test_a_pdf_is_a_sheet_of_paper(session, tmp_path):
    session.run("print -dpdf a; set(gcf, 'PaperSize', [6 4], 'PaperPosition', [0 0 6 4]); print -dpdf b")
    assert b"/MediaBox [ 0 0 612 792 ]" in (tmp_path / "a.pdf").read_bytes()
    assert b"/MediaBox [ 0 0 432 288 ]" in (tmp_path / "b.pdf").read_bytes()


def test_pixels_instead_of_a_file(session):
    session.run("x = print('-RGBImage', '-r96'); s = size(x);")
    assert session["s"].tolist() == [[420, 560, 3]]


@pytest.mark.parametrize(
    "code",
    ["saveas(gcf, '')", "saveas(gcf, 'a.xyz')", "print", "print('a', '-dfoo')", "print('a', '-what')",
     "print -clipboard",
     "exportgraphics(gcf, 'a')", "exportgraphics(gcf, 'a.xyz')", "exportgraphics(gcf, 'a.png', ContentType='vector')",
     "exportgraphics(gcf, 'a.png', Resolution=0)", "exportgraphics(gcf, 'a.pdf', Append=true)",
     "exportgraphics(gcf, 'a.pdf', Width=3)", "exportgraphics(gcf, 'a.png', Width=-1)",
     "exportgraphics(gcf, 'no/a.png')", "copygraphics(gcf)", "exportapp(gcf, 'a.gif')", "saveas(9, 'a.png')"],
)  # fmt: skip
def test_what_cannot_be_written_is_said_and_leaves_no_file(session, tmp_path, code):
    with pytest.raises(ScriptError):
        session.run(code)
    assert list(tmp_path.iterdir()) == []
