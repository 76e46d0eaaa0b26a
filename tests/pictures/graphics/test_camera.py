"""Where points in space come to lie on the page."""

import numpy as np
import pytest

from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.camera import CORNERS, SOLID, Camera, angles, turned
from cnnscript.pictures.graphics.desk import Desk


@pytest.fixture
def axes():
    made = Desk().newplot()
    made.set("View", np.array(SOLID))
    for letter, reach in zip("XYZ", ((-3, 3), (-3, 3), (-10, 10)), strict=True):
        made.set(f"{letter}Lim", np.array(reach, float))
    return made


def test_the_box_seen_from_view_3_fills_the_place_of_the_axes(axes):
    box = layout.axes_box(axes)
    flat = Camera(axes).pixels(CORNERS)[0]
    assert flat.min(0) == pytest.approx([0, 0]) and flat.max(0) == pytest.approx([box.width, box.height])


def test_corners_lie_where_sines_and_cosines_put_them(axes):
    turn, rise = np.deg2rad((37.5, 30))
    width = np.cos(turn) + np.sin(turn)
    height = np.cos(rise) + np.sin(rise) * width
    box = layout.axes_box(axes)
    flat, near = Camera(axes).project(np.array([[-3, -3, -10], [3, -3, -10], [-3, 3, -10], [-3, -3, 10]]))
    assert flat[0] == pytest.approx([np.sin(turn) / width * box.width, 0], abs=1e-9)
    assert flat[1] - flat[0] == pytest.approx(
        [np.cos(turn) / width * box.width, np.sin(rise) * np.sin(turn) / height * box.height]
    )
    assert flat[2, 0] == pytest.approx(0)
    assert flat[3] - flat[0] == pytest.approx([0, np.cos(rise) / height * box.height])
    assert near[0] == pytest.approx(near.max() - np.sin(rise))  # only the corner above it is nearer


def test_the_camera_properties_are_those_matlab_gives_for_unit_boxes(axes):
    assert axes.get("CameraPosition") == pytest.approx([-27.3943, -35.7009, 86.6025], abs=1e-4)
    assert axes.get("CameraTarget") == pytest.approx([0, 0, 0])
    assert axes.get("CameraViewAngle") == pytest.approx(10.3396, abs=1e-4)
    assert axes.get("CameraUpVector").tolist() == [0, 0, 1]
    axes.set("View", np.array((0.0, 90.0)))
    assert axes.get("CameraViewAngle") == pytest.approx(6.6086, abs=1e-4)
    assert axes.get("CameraUpVector").tolist() == [0, 1, 0]


def test_a_camera_put_somewhere_says_its_view_and_a_view_frees_the_camera(axes):
    axes.set("CameraPosition", np.array((30.0, 0, 0)))
    assert axes.get("View") == pytest.approx([90, 0])
    axes.set("View", np.array((10.0, 20.0)))
    assert axes.value("CameraPositionMode") == "auto" and axes.get("View").tolist() == [10, 20]


def test_units_are_as_long_along_every_axis_where_their_ratio_is_kept(axes):
    axes.set("DataAspectRatio", np.ones(3))
    axes.set("View", np.array((0.0, 0.0)))
    flat, _ = Camera(axes).project(np.array([[0, 0, 0], [1, 0, 0], [0, 0, 1]]))
    assert flat[1, 0] - flat[0, 0] == pytest.approx(flat[2, 1] - flat[0, 1])


def test_a_reversed_axis_is_mirrored_in_its_box(axes):
    there, _ = Camera(axes).project(np.array([3.0, -3, -10]))
    axes.set("XDir", "reverse")
    assert Camera(axes).project(np.array([-3.0, -3, -10]))[0] == pytest.approx(there)


def test_a_logarithmic_axis_has_its_powers_of_ten_evenly(axes):
    axes.set("ZScale", "log")
    axes.set("ZLim", np.array((1.0, 100.0)))
    flat, _ = Camera(axes).project(np.array([[0, 0, 1], [0, 0, 10], [0, 0, 100.0]]))
    assert flat[1] - flat[0] == pytest.approx(flat[2] - flat[1])


def test_what_is_nearer_is_larger_in_perspective(axes):
    axes.set("Projection", "perspective")
    camera = Camera(axes)
    far, near = np.array([[-3.0, 3, 0], [3, 3, 0]]), np.array([[-3.0, -3, 0], [3, -3, 0]])
    lengths = [float(np.hypot(*np.diff(camera.project(ends)[0], axis=0)[0])) for ends in (far, near)]
    assert lengths[1] > 1.02 * lengths[0]


@pytest.mark.parametrize("view", [(0, 0), (-37.5, 30), (120, -20), (10, 89)])
def test_directions_and_angles_are_each_others_inverse(view):
    look = turned(*view)
    assert look @ look.T == pytest.approx(np.eye(3)) and angles(look[2]) == pytest.approx(view)
