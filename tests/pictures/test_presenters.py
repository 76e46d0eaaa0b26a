import base64
import io
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.images.files import read_image
from cnnscript.pictures.presenters import choose
from cnnscript.pictures.presenters.file import FilePresenter
from cnnscript.pictures.presenters.terminal import (
    TerminalPresenter,
    best_way,
    blocks,
    kitty,
    nearest_of_256,
    run_lengths,
    shows_pictures,
    shrunk,
    sixel,
)
from cnnscript.session import Session


def test_files_are_numbered_in_order_and_said(tmp_path):
    said = []
    desk = Desk(choose("file", said.append, tmp_path / "figures", "tutorial"))
    for size in (30, 40, 50):
        showing.imshow(desk, np.ones((size, size)))
    desk.finish()
    names = [f"tutorial-{k}.png" for k in (1, 2, 3)]
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == names
    assert said == [f"figure 1: {tmp_path / 'figures' / name}" for name in names]
    assert read_image(tmp_path / "figures" / names[1]).pixels.shape == (128, 128, 3)


def test_a_picture_file_holds_the_image_pixel_for_pixel(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (150, 200, 3), dtype=np.uint8)
    desk = Desk(choose("file", str, tmp_path, "a"))
    showing.imshow(desk, image)
    desk.finish()
    pixels = read_image(tmp_path / "a-1.png").pixels
    assert (pixels[20:170, 20:220] == image).all()
    assert (pixels[:20] == 255).all() and (pixels[:, :20] == 255).all()


def test_no_folder_is_made_before_there_is_a_picture(tmp_path):
    desk = Desk(choose("file", str, tmp_path / "figures", "a"))
    desk.figure()
    desk.finish()
    assert not (tmp_path / "figures").exists()


def test_a_folder_that_cannot_be_made_is_one_error(tmp_path):
    (tmp_path / "figures").write_text("a file in the way")
    desk = Desk(FilePresenter(tmp_path / "figures", "a", str))
    showing.imshow(desk, np.ones((3, 3)))
    with pytest.raises(ScriptError) as fault:
        desk.flush()
    assert fault.value.identifier == "cnnscript:figures:folder" and "--figures" in fault.value.hint
    showing.imshow(desk, np.ones((4, 4)))
    with pytest.raises(ScriptError):
        desk.finish()
    desk.finish()


def test_pictures_that_cannot_be_saved_do_not_stop_the_program(tmp_path):
    (tmp_path / "figures").write_text("a file in the way")
    said = io.StringIO()
    session = Session(out=said, err=said, figures=str(tmp_path / "figures"))
    assert session.attempt("for k = 1:3, imshow(ones(k)); drawnow; end, disp after")
    assert said.getvalue() == "after\n"
    assert not session.close()
    assert said.getvalue().count("error:") == 1 and "Unable to make the folder" in said.getvalue()


def test_what_a_script_drew_before_it_failed_is_saved(tmp_path):
    said = io.StringIO()
    session = Session(out=said, err=said, figures=str(tmp_path))
    assert not session.attempt("imshow(ones(30)); figure; plot(1:3); error('stop')")
    assert session.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure-1.png", "figure-2.png"]


def test_a_hidden_figure_is_saved_only_by_the_script(tmp_path):
    said = io.StringIO()
    session = Session(out=said, err=said, figures=str(tmp_path))
    assert session.attempt(
        f"f = figure(Visible='off'); imshow(ones(30)); saveas(f, '{tmp_path / 'mine.png'}'); imshow(ones(20));"
        "g = figure; imshow(ones(9)); f.Visible = 'on'; f.Visible = 'off';"
    )
    assert session.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure-1.png", "mine.png"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_error(tmp_path):
    tmp_path.chmod(0o500)
    desk = Desk(FilePresenter(tmp_path, "a", str))
    showing.imshow(desk, np.ones((3, 3)))
    with pytest.raises(ScriptError, match="for writing"):
        desk.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_picture(tmp_path, monkeypatch):
    from PIL import Image

    def fail(self, file, *args, **options):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", fail)
    desk = Desk(FilePresenter(tmp_path, "a", str))
    showing.imshow(desk, np.ones((3, 3)))
    with pytest.raises(ScriptError) as fault:
        desk.flush()
    assert "No space left" in fault.value.notes[0] and list(tmp_path.iterdir()) == []


def test_bare_images_are_written_without_matplotlib(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from cnnscript.pictures.graphics import showing\n"
        "from cnnscript.pictures.graphics.desk import Desk\n"
        "from cnnscript.pictures.presenters import choose\n"
        f"desk = Desk(choose('file', print, {str(tmp_path)!r}, 'a'))\n"
        "showing.imshow(desk, np.ones((30, 30)))\n"
        "desk.finish()\n"
        "assert 'matplotlib' not in sys.modules and 'scipy' not in sys.modules and 'skimage' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert (tmp_path / "a-1.png").exists()


# ------------------------------------------------------------------------------------------------------------- terminal
def test_half_blocks_hold_two_pixels_a_letter():
    text = blocks(np.array([[[255, 0, 0]], [[0, 0, 255]]], np.uint8))
    assert text == "\x1b[38;2;255;0;0m\x1b[48;2;0;0;255m▀\x1b[0m\n"


def test_terminals_of_256_colours_get_the_nearest():
    pixels = np.array([[[255, 0, 0], [95, 135, 175]], [[128, 128, 128], [9, 8, 7]]], np.uint8)
    assert nearest_of_256(pixels).tolist() == [[196, 67], [244, 232]]
    assert blocks(pixels[:, :1], true_colour=False) == "\x1b[38;5;196m\x1b[48;5;244m▀\x1b[0m\n"


@pytest.mark.parametrize(
    ("environment", "encoding", "shown"),
    [
        ({"TERM": "xterm-256color"}, "utf-8", True), ({"TERM": "xterm", "COLORTERM": "truecolor"}, "UTF-8", True),
        ({"TERM": "xterm"}, "utf-8", False), ({"TERM": "xterm-256color"}, "ascii", False), ({}, None, False),
        ({"TERM": "foot"}, "ascii", True), ({"TERM": "dumb", "COLORTERM": "truecolor"}, "utf-8", False),
        ({"TERM": "screen", "TMUX": "/tmp/x"}, "utf-8", True),
    ],
)  # fmt: skip
def test_a_terminal_shows_pictures_where_they_can_be_recognised(environment, encoding, shown):
    assert shows_pictures(environment, encoding) is shown


def test_at_a_prompt_without_display_pictures_come_in_the_terminal_or_as_files(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "COLORTERM", "TMUX", "TERM_PROGRAM", "KITTY_WINDOW_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    terminal = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert isinstance(choose("auto", str, tmp_path, "a", terminal), TerminalPresenter)
    assert isinstance(choose("auto", str, tmp_path, "a"), FilePresenter)
    monkeypatch.setenv("TERM", "vt100")
    assert isinstance(choose("auto", str, tmp_path, "a", terminal), FilePresenter)


def test_an_odd_last_line_is_doubled():
    assert blocks(np.zeros((3, 2, 3), np.uint8)).count("▀") == 4


def test_kitty_gets_all_pixels_in_chunks():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(pixels))
    assert parts[0][0] == "a=T,f=24,s=50,v=40,m=1" and parts[-1][0] == "m=0"
    assert all(len(data) <= 4096 for _, data in parts)
    assert base64.b64decode("".join(data for _, data in parts)) == pixels.tobytes()


def read_sixel(text):
    """An independent reading of sixel data, enough for what we write: H×W indices and a palette in per cent."""
    body = re.fullmatch(r'\x1bPq"1;1;(\d+);(\d+)(.*)\x1b\\\n', text, re.S)
    width, height = int(body[1]), int(body[2])
    palette, canvas, x, top, colour = {}, np.full((height + 5, width), -1), 0, 0, 0
    for token in re.finditer(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|(\$)|(-)", body[3]):
        if token[1]:
            palette[int(token[1])] = tuple(int(token[k]) for k in (2, 3, 4))
        elif token[5]:
            colour = int(token[5])
        elif token[9]:
            x = 0
        elif token[10]:
            x, top = 0, top + 6
        else:
            letter, count = (token[7], int(token[6])) if token[6] else (token[8], 1)
            for bit in range(6):
                if (ord(letter) - 63) >> bit & 1:
                    canvas[top + bit, x : x + count] = colour
            x += count
    return canvas[:height], palette


def test_sixel_draws_every_pixel_in_its_colour():
    pixels = np.zeros((8, 9, 3), np.uint8)
    pixels[2:5, 3:7] = (255, 0, 0)
    canvas, palette = read_sixel(sixel(pixels))
    assert {palette[k] for k in np.unique(canvas)} == {(0, 0, 0), (100, 0, 0)}
    assert ((canvas == canvas[3, 4]) == (pixels[:, :, 0] == 255)).all()


def test_run_lengths_are_shortened_above_three():
    assert run_lengths(np.array([0, 0, 0, 63, 63, 63, 63])) == "???!4~"


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"), ({"TERM_PROGRAM": "WezTerm"}, "kitty"), ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks"), ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, "blocks"), ({}, "blocks"),
    ],
)  # fmt: skip
def test_the_terminal_says_what_it_can(environment, way):
    assert best_way(environment) == way


def test_pictures_are_shrunk_in_proportion_and_never_grown():
    assert shrunk(np.zeros((100, 200, 3), np.uint8), 50, 50).shape == (25, 50, 3)
    assert shrunk(np.zeros((10, 20, 3), np.uint8), 50, 50).shape == (10, 20, 3)


def test_a_picture_in_a_terminal_is_followed_by_its_words():
    out = io.StringIO()
    desk = Desk(TerminalPresenter(out, "blocks"))
    showing.imshow(desk, np.ones((20, 30)))
    desk.finish()
    assert "▀" in out.getvalue() and out.getvalue().endswith("figure 1: image 20x30\n")


def test_unknown_presenters_are_refused():
    with pytest.raises(ValueError, match="no presenter"):
        choose("smoke", str)
