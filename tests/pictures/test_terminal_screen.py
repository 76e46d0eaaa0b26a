"""What stands on the screen of a real terminal (tmux) after a figure was shown in it."""

import re
import shutil
import subprocess
import sys
import time

import numpy as np
import pytest

CODES = re.compile(r"\x1b\[([\d;]*)m|(.)", re.S)


@pytest.fixture
def screen(tmp_path):
    """Runs a program in a terminal of 100 × 40 letters and gives the lines that it shows once it says `done`."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is the terminal; it is not installed")
    socket = str(tmp_path / "socket")

    def tmux(*words):
        return subprocess.run(["tmux", "-S", socket, "-f", "/dev/null", *words], capture_output=True, text=True)

    def show(code):
        command = [sys.executable, "-m", "cnnscript", "--figures", "terminal", "-e", code + "; disp('do' + \"ne\")"]
        line = " ".join(map(quoted, command)) + "; sleep 60"
        started = tmux("new-session", "-d", "-x", "100", "-y", "40", line)
        assert started.returncode == 0, started.stderr
        end = time.monotonic() + 40
        while time.monotonic() < end:
            text = tmux("capture-pane", "-p", "-e").stdout
            if "figure 1" in text:
                return text.split("\n")
            time.sleep(0.1)
        raise AssertionError("nothing was shown:\n" + text)

    yield show
    tmux("kill-server")


def quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"


def picture_on(lines):
    """The colours of the two pixels of every half block of the screen, as H×W×3."""
    front, back, rows = None, None, []
    for line in lines:
        upper, lower = [], []
        for codes, letter in CODES.findall(line):
            if letter == "▀":
                upper.append(front)
                lower.append(back)
            numbers = [int(part or 0) for part in codes.split(";")] if not letter else []
            while numbers:  # what is set holds on over the ends of lines
                first = numbers.pop(0)
                if first in (38, 48) and numbers[:1] == [2]:
                    colour, numbers = tuple(numbers[1:4]), numbers[4:]
                    front, back = (colour, back) if first == 38 else (front, colour)
        rows += [upper, lower] if upper else []
    return np.array(rows)


def test_an_image_stands_on_the_screen_in_its_colours(screen):
    lines = screen(
        "I = zeros(40, 60, 3); I(1:20,:,1) = 1; I(21:40,1:30,2) = 1; I(21:40,31:60,3) = 1; "
        "imshow(I, 'Border', 'tight'); set(gcf, 'Position', [0 0 60 40]); set(gca, 'Position', [0 0 1 1])"
    )
    pixels = picture_on(lines)
    assert pixels.shape == (40, 60, 3)
    assert (pixels[2:18] == (255, 0, 0)).all()
    assert (pixels[22:38, 2:28] == (0, 255, 0)).all() and (pixels[22:38, 32:58] == (0, 0, 255)).all()


def test_a_plot_fits_the_screen_and_is_followed_by_its_words(screen):
    lines = screen("plot(1:3, 'r', 'LineWidth', 8); title('three')")
    pixels = picture_on(lines)
    assert pixels.shape[1] <= 100 and pixels.shape[0] <= 2 * 37
    assert abs(pixels.shape[1] / pixels.shape[0] - 560 / 420) < 0.03
    red = (pixels[..., 0] > 200) & (pixels[..., 1] < 80) & (pixels[..., 2] < 80)
    rows, columns = np.nonzero(red)
    assert red.sum() > 20 and np.corrcoef(rows, columns)[0, 1] < -0.95  # it rises to the right
    assert any("figure 1: line 3 points, title 'three'" in line for line in lines)
