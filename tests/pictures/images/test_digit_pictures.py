"""Our own digits: always the same, turned as told, neither trivial nor hopeless, whole on the disk."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from cnnscript.pictures.images import digit_pictures, digit_shapes, files
from cnnscript.syntax.table import cache_folder


@pytest.fixture(scope="module")
def digits():
    return digit_pictures.kept(os.path.join(cache_folder(), "digits-1.npz"))


def test_a_thousand_of_each_in_the_order_of_the_files_and_half_of_each_to_train(digits):
    classes = digits.digits()
    assert digits.pictures.shape == (10000, 28, 28) and digits.pictures.dtype == np.uint8
    assert classes[[0, 999, 1000, 8999, 9000, 9999]].tolist() == [1, 1, 2, 9, 0, 0]
    assert sorted([*digits.train, *digits.test]) == list(range(10000))
    for half in (digits.train, digits.test):
        assert np.bincount(classes[half]).tolist() == [500] * 10
        assert len(set(classes[half[:50]].tolist())) > 5  # mixed


def test_drawn_again_they_are_the_same(digits):
    chance = np.random.RandomState(digit_pictures.SEED)
    angles = chance.randint(-45, 46, 10000)
    assert (angles == digits.angles).all()
    depth = digit_pictures.depths(1, angles[:500], digit_shapes.printed(), chance)
    assert (digit_pictures.inked(depth, chance) == digits.pictures[:500]).all()


def tilt(pictures):
    """By how many degrees the long axis of ink leans to the right."""
    down, right = np.mgrid[:28, :28] - 13.5
    ink = pictures / pictures.sum((1, 2), keepdims=True)
    x, y = ((ink * axis).sum((1, 2), keepdims=True) for axis in (right, down))
    xx, yy, xy = (
        (ink * a * b).sum((1, 2)) for a, b in ((right - x, right - x), (down - y, down - y), (right - x, down - y))
    )
    return np.rad2deg(0.5 * np.arctan2(-2 * xy, yy - xx))


def test_an_angle_is_how_far_the_digit_was_turned_clockwise(digits):
    leaning = tilt(digits.pictures[:1000].astype(float))  # ones are upright strokes
    assert np.corrcoef(leaning, digits.angles[:1000])[0, 1] > 0.95
    assert np.polyfit(digits.angles[:1000], leaning, 1)[0] == pytest.approx(1, abs=0.1)
    assert digits.angles.min() == -45 and digits.angles.max() == 45


def test_they_are_white_on_black_and_stay_inside(digits):
    assert digits.pictures[:, [0, -1]].mean() < 2 and digits.pictures[:, :, [0, -1]].mean() < 2
    assert (digits.pictures.max((1, 2)) > 180).all()
    assert 0.05 < (digits.pictures > 127).mean() < 0.25


def test_means_of_classes_tell_them_apart_badly_and_neighbours_well(digits):
    X, y = digits.pictures.reshape(10000, -1).astype(np.float32) / 255, digits.digits()
    train, test = digits.train, digits.test[:500]
    means = np.array([X[train][y[train] == k].mean(0) for k in range(10)])
    by_mean = np.argmax(X[test] @ means.T - (means**2).sum(1) / 2, 1) == y[test]
    near = y[train[np.argmax(X[test] @ X[train].T - (X[train] ** 2).sum(1) / 2, 1)]] == y[test]
    assert by_mean.mean() < 0.85  # as with handwriting
    assert near.mean() > 0.9


def test_without_fonts_all_are_drawn_with_a_pen(monkeypatch):
    monkeypatch.setattr(digit_shapes, "FONTS", ("no font of this name",))
    none = digit_shapes.printed.__wrapped__()
    depth = digit_pictures.depths(3, np.zeros(20), none, np.random.RandomState(0))
    assert ((depth > 0).mean((1, 2)) > 0.04).all()


def test_a_pen_goes_through_its_points_and_turns_sharply_where_one_is_there_twice():
    [line] = digit_shapes.written((((0.35, 0.0), (0.35, 0.5), (0.35, 0.5), (0.7, 0.5)),), np.zeros((1, 4, 2)))
    middle, height = line[0, 4], digit_shapes.HEIGHT
    assert middle == pytest.approx((0, 0)) and line[0, -1] == pytest.approx((0.35 * height, 0))
    assert np.allclose(line[0, :5, 0], 0) and np.allclose(line[0, 5:, 1], 0)  # down, then right


def test_how_deep_a_point_lies_in_a_stroke_is_its_distance():
    line = np.array([[[-5.0, 0.0], [5.0, 0.0]]])
    right, down = np.array([[0.0, 0, 8, -9]], np.float32), np.array([[0.0, 2, 0, 3]], np.float32)
    assert digit_shapes.depth_in_strokes([line], right, down)[0] == pytest.approx([0, -2, -3, -5])


def test_a_broken_file_is_made_anew(digits, tmp_path, monkeypatch):
    monkeypatch.setattr(digit_pictures, "drawn", lambda: digits)
    path = tmp_path / "inner" / "digits.npz"
    for content in (b"", b"PK\x03\x04 broken", None):
        if content is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert (digit_pictures.kept(str(path)).test == digits.test).all()
        assert np.load(path)["angles"].tolist() == digits.angles.tolist()
        assert [each.name for each in path.parent.iterdir()] == ["digits.npz"]


def few(digits):
    return digits._replace(pictures=digits.pictures[::50], train=digits.train[:3], test=digits.test[:3])


def test_the_folder_holds_the_pictures_and_lists_of_both_halves(digits, tmp_path):
    goal = tmp_path / "DigitDataset"
    digit_pictures.write_folder(digits, str(goal))
    assert sorted(each.name for each in goal.iterdir()) == [*"0123456789", "digitTest.csv", "digitTrain.csv"]
    assert sum(1 for _ in goal.glob("?/image*.png")) == 10000
    assert (files.read_image(goal / "0" / "image10000.png").pixels == digits.pictures[9999]).all()
    assert (files.read_image(goal / "1" / "image1.png").pixels == digits.pictures[0]).all()
    lines = (goal / "digitTrain.csv").read_text().splitlines()
    place = digits.train[0]
    assert lines[:2] == ["image,digit,angle", f"{digits.digits()[place]}/image{place + 1}.png,"
                         f"{digits.digits()[place]},{digits.angles[place]}"]  # fmt: skip
    assert len(lines) == 5001


def test_a_folder_that_another_process_made_first_stays(digits, tmp_path):
    goal = tmp_path / "DigitDataset"
    goal.mkdir()
    (goal / "mine.txt").write_text("here first")
    digit_pictures.write_folder(few(digits), str(goal))
    assert [each.name for each in goal.iterdir()] == ["mine.txt"]
    assert [each.name for each in tmp_path.iterdir()] == ["DigitDataset"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_no_half_folder(digits, tmp_path):
    program = (
        "import os, sys; from cnnscript.pictures.images import digit_pictures as d\n"
        f"digits = d.kept({os.path.join(cache_folder(), 'digits-1.npz')!r}); d.write_folder(digits, sys.argv[1])"
    )
    goal = tmp_path / "DigitDataset"
    child = subprocess.Popen([sys.executable, "-c", program, str(goal)], stderr=subprocess.DEVNULL)
    while not any(tmp_path.glob("*/5")):
        time.sleep(0.005)
    child.send_signal(signal.SIGINT)
    child.wait()
    assert goal.exists() == (child.returncode == 0)
    assert not goal.exists() or sum(1 for _ in goal.glob("?/*.png")) == 10000
    assert [each for each in tmp_path.iterdir() if each != goal] == []
