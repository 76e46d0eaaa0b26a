"""The box of an axes in space: which walls are behind, where ticks and names stand."""

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.space_frame import SpaceFrame, along_side, beyond, clear_of
from cnnscript.pictures.graphics import bars, plots, surfaces
from cnnscript.pictures.graphics.camera import SOLID, Camera
from cnnscript.pictures.graphics.desk import Desk


@pytest.fixture
def axes():
    made = Desk().newplot()
    made.set("View", np.array(SOLID))
    for letter in "XYZ":
        made.set(f"{letter}Lim", np.array((0.0, 1.0)))
    return made


def edges(axes, view):
    axes.set("View", np.array(view, float))
    frame = SpaceFrame(Camera(axes))
    return [np.array(frame.edge(axis)).tolist() for axis in range(3)]


def test_from_view_3_x_is_in_front_y_on_the_left_and_z_at_the_left_corner(axes):
    x, y, z = edges(axes, SOLID)
    assert x == [[0, 0, 0], [1, 0, 0]] and y == [[0, 0, 0], [0, 1, 0]] and z == [[0, 1, 0], [0, 1, 1]]


def test_from_the_other_side_they_stand_on_the_other_edges(axes):
    x, y, z = edges(axes, (142.5, 30))
    assert x == [[0, 1, 0], [1, 1, 0]] and y == [[1, 0, 0], [1, 1, 0]] and z == [[1, 0, 0], [1, 0, 1]]


def test_walls_behind_are_those_that_face_the_viewer(axes):
    walls = SpaceFrame(Camera(axes)).walls()
    fixed = [{tuple(point[axis] for point in walls[axis].tolist()) for axis in (k,)} for k in range(3)]
    assert fixed == [{(1.0,) * 4}, {(1.0,) * 4}, {(0.0,) * 4}]


def test_values_lie_along_the_side_of_the_box_within_the_limits(axes):
    assert along_side(Camera(axes), 0, np.array([-1, 0, 0.25, 1, 2])).tolist() == [0, 0.25, 1]


def test_a_name_stands_beyond_all_tick_labels():
    ends = np.array([[0.0, 0], [0, 100]])
    taken = [(np.array([-10.0, 10]), np.array([8.0, 8])), (np.array([-20.0, 90]), np.array([8.0, 8]))]
    at = beyond(ends, np.array([-1.0, 0]), np.array([10.0, 40]), taken)
    assert at.tolist() == [-30, 50]  # 24 to the farthest label, one more, and half its own width


def test_words_move_outwards_until_they_are_clear():
    at = clear_of(np.zeros(2), np.array([4.0, 4]), np.array([1.0, 0]), [(np.array([2.0, 0]), np.array([4.0, 4]))])
    assert at.tolist() == [6, 0]


def test_flat_things_are_drawn_in_space_and_lights_in_the_plane(axes):
    plots.Line(axes, XData=np.arange(3.0), YData=np.arange(3.0))
    bars.Bar(axes, XData=np.arange(3.0), YData=np.array([0.2, 0.5, 1]))
    plots.ConstantLine(axes, InterceptAxis="x", Value=0.5)
    surfaces.Light(axes)
    seen = draw.rasterise(axes.up("figure"))
    axes.set("View", np.array((0.0, 90.0)))
    assert (seen != draw.rasterise(axes.up("figure"))).any()


def test_an_invisible_axes_shows_what_it_holds_without_its_box(axes):
    empty = draw.rasterise(axes.up("figure"))
    axes.set("Visible", False)
    assert (draw.rasterise(axes.up("figure")) == 255).all() and not (empty == 255).all()
