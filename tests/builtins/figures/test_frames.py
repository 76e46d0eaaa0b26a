"""Frames of figures, and videos: what was written is read again, and a video that is not ended leaves no half file."""

import gc
import io
import subprocess
import sys

import numpy as np
import pytest

from cnnscript import ScriptError, Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), figures="words")


def test_a_frame_of_an_axes_is_what_is_inside_its_lines(session):
    session.run("figure('Color', 'r'); axes('Color', 'b'); F = getframe; s = size(F.cdata); x = F.cdata(100, 100, :);")
    session.run("m = F.colormap;")
    assert session["s"].tolist() == [[343, 435, 3]]
    assert session["x"].ravel().tolist() == [0, 0, 255] and session["m"].size == 0


def test_a_rectangle_of_a_figure_and_what_is_outside_it(session):
    session.run(
        "f = figure('Color', 'r', 'Position', [0 0 50 40]); F = getframe(f, [-5 -5 20 10]); c = F.cdata; s = size(c);"
    )
    assert session["s"].tolist() == [[10, 20, 3]]
    pixels = session["c"]
    assert (pixels[5:] == 255).all() and (pixels[:5, 5:] == (255, 0, 0)).all()


def test_frames_gather_in_a_struct_array(session):
    session.run("h = plot(1:3); for k = 1:3, set(h, 'YData', k*(1:3)); F(k) = getframe(gcf); end, n = size(F);")
    session.run("[X, map] = frame2im(F(2)); s = size(X); e = isempty(map); movie(F)")
    assert session["n"].tolist() == [[1, 3]] and session["s"].tolist() == [[420, 560, 3]] and session["e"] is True


@pytest.mark.parametrize(
    "code",
    [
        "getframe(3)",
        "getframe(gcf, [0 0 0 5])",
        "frame2im(3)",
        "im2frame(zeros(3))",
        "movie(zeros(2))",
        "movie(im2frame(zeros(2, 2, 3)), 1, 0)",
    ],
)
def test_wrong_frames_are_refused(session, code):
    with pytest.raises(ScriptError):
        session.run(code)


@pytest.mark.parametrize("profile", ["Motion JPEG AVI", "Uncompressed AVI", "Grayscale AVI"])
def test_a_video_is_read_as_it_was_written(session, profile):
    grey = profile == "Grayscale AVI"
    smooth = np.add.outer(np.arange(22.0), np.arange(35.0)) / 60
    frames = np.stack([smooth * k for k in (0.2, 0.5, 1.0)], axis=2)
    session["frames"] = np.asfortranarray(np.clip(frames, 0, 1))
    session.run(
        f"v = VideoWriter('a.avi', '{profile}'); v.FrameRate = 12.5; open(v);"
        "for k = 1:3, writeVideo(v, frames(:, :, k)); end, close(v); r = VideoReader('a.avi');"
        "all = read(r); n = r.NumFrames; f = r.FrameRate; d = r.Duration; r.CurrentTime = 0.08; one = readFrame(r);"
    )
    assert (session["n"], session["f"], session["d"]) == (3.0, 12.5, pytest.approx(0.24))
    held, wanted = session["all"], np.floor(frames * 255 + 0.5)
    assert held.shape == (22, 35, 1 if grey else 3, 3)
    assert np.abs(held[:, :, 0, :] - wanted).max() <= (6 if profile.startswith("Motion") else 0)
    assert np.abs(session["one"].reshape(22, 35, -1)[:, :, 0] - wanted[:, :, 1]).max() <= 6


def test_the_display_of_a_writer(session):
    session.run("v = VideoWriter('a.avi'); v.Quality = 90; disp(v)")
    text = session.out.getvalue()
    assert "General Properties:" in text and "Filename: 'a.avi'" in text and "Quality: 90" in text


def test_a_video_that_is_not_closed_leaves_what_was_there_until_nobody_holds_it(session, tmp_path):
    (tmp_path / "a.avi").write_bytes(b"old")
    session.run("v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(4, 6));")
    assert (tmp_path / "a.avi").read_bytes() == b"old"
    session.run("clear v")
    gc.collect()
    assert (tmp_path / "a.avi").read_bytes()[:4] == b"RIFF" and [p.name for p in tmp_path.iterdir()] == ["a.avi"]


def test_a_script_that_fails_still_ends_its_video(tmp_path):
    script = "v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(4, 6)); error('stop')"
    command = [sys.executable, "-m", "cnnscript", "-e", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and [path.name for path in tmp_path.iterdir()] == ["a.avi"], done.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("VideoWriter('no/a.avi')", "does not exist"),
        ("VideoWriter('a.avi', 'Betamax')", "Betamax"),
        ("v = VideoWriter('a.avi'); writeVideo(v, zeros(3))", "Call open"),
        ("v = VideoWriter('a.avi'); open(v); writeVideo(v, 2*ones(3))", "between 0 and 1"),
        ("v = VideoWriter('a.avi'); open(v); writeVideo(v, zeros(3, 4)); writeVideo(v, zeros(4, 3))", "4 by 3"),
        ("v = VideoWriter('a.avi'); open(v); v.FrameRate = 3;", "opened"),
        ("VideoReader('none.avi')", "not found"),
        ("VideoReader('text.avi')", "Unable to read|needs ffmpeg"),
        ("v = VideoWriter('a.avi'); open(v); writeVideo(v, 1); close(v); read(VideoReader('a.avi'), 2)", "beyond"),
        ("v = VideoWriter('a.avi'); v.Nothing = 3;", "Nothing"),
    ],
)
def test_what_goes_wrong_with_videos_is_said(session, tmp_path, code, words):
    (tmp_path / "text.avi").write_text("this is no video")
    with pytest.raises(ScriptError, match=words):
        session.run(code)
    session.run("clear v")


def test_mpeg_without_ffmpeg_names_the_way_out(session):
    try:
        import imageio_ffmpeg  # noqa: F401
    except ImportError:
        with pytest.raises(ScriptError, match="needs ffmpeg"):
            session.run("v = VideoWriter('a.mp4', 'MPEG-4'); open(v)")
    else:
        session.run("v = VideoWriter('a.mp4', 'MPEG-4'); open(v); writeVideo(v, zeros(32, 33, 1, 4)); close(v);")
        session.run("r = VideoReader('a.mp4'); n = r.NumFrames; s = size(readFrame(r));")
        assert session["n"] == 4.0 and session["s"].tolist() == [[32, 34, 3]]
