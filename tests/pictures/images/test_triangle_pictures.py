"""Triangles to train segmentation with: always the same, labelled where they are bright, written whole."""

import numpy as np
import pytest

from cnnscript.pictures.images import bundled, files, triangle_pictures


def test_the_pictures_are_always_the_same_and_labels_lie_where_they_are_bright():
    pictures, labels = triangle_pictures.drawn()
    again = triangle_pictures.drawn()
    assert np.array_equal(pictures, again[0])
    assert np.array_equal(labels, again[1])
    assert pictures.shape == labels.shape == (300, 32, 32)
    inside = labels == 255
    assert set(np.unique(labels)) == {0, 255}
    assert 0.03 < inside.mean() < 0.06
    assert inside.any((1, 2)).all()
    assert not inside[:, [0, -1]].any()
    brighter = [picture[mask].mean() - picture[~mask].mean() for picture, mask in zip(pictures, inside, strict=True)]
    assert min(brighter) > 20


def test_a_point_is_in_a_triangle_by_its_distance_from_the_sides():
    depth = triangle_pictures.depth_in(np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]), 5, 5)
    assert depth[1, 1] == 1
    assert depth[0, 2] == 0
    assert depth[2, 2] == 0
    assert depth[3, 3] == pytest.approx(-(2**0.5))


def test_the_folder_has_a_picture_and_its_labels_under_the_same_number(tmp_path):
    triangle_pictures.write_folder(str(tmp_path / "goal"))
    triangle_pictures.write_folder(str(tmp_path / "goal"))
    assert [each.name for each in tmp_path.iterdir()] == ["goal"]
    counts = {each.name: len(list(each.iterdir())) for each in (tmp_path / "goal").iterdir()}
    assert counts == {"trainingImages": 200, "trainingLabels": 200, "testImages": 100, "testLabels": 100}
    pictures, labels = triangle_pictures.drawn()
    found = files.read_image(tmp_path / "goal" / "testLabels" / "labeled_image_003.png").pixels
    assert np.array_equal(found, labels[202])
    picture = files.read_image(tmp_path / "goal" / "testImages" / "image_003.jpg").pixels
    assert np.abs(picture.astype(int) - pictures[202]).max() < 12  # as JPEG, nearly the same


def test_the_picture_to_try_a_network_on_says_whose_it_is():
    found = bundled.find("triangleTest.jpg")
    assert found.picture.pixels.shape == (220, 220)
    assert found.notice.startswith("triangleTest.jpg: MATLAB's picture is not ours to ship")


def test_our_own_picture_is_there_without_those_of_scikit_image(monkeypatch):
    monkeypatch.setattr(bundled, "folder", lambda: None)
    assert bundled.find("triangletest.jpg").picture.pixels.shape == (220, 220)
    assert bundled.find("coffee.png") is None and bundled.find("face.jpg") is None
