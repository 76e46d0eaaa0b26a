"""Axes in space, by the pixels that are seen."""

import io
import time

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.scene import cut, cut_lines
from cnnscript.pictures.graphics import layout, plots, surfaces
from cnnscript.pictures.graphics.camera import SOLID, Camera
from cnnscript.pictures.graphics.desk import Desk

RED, GREEN, BLUE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


@pytest.fixture
def axes():
    made = Desk().newplot()
    made.set("View", np.array(SOLID))
    for letter in "XYZ":
        made.set(f"{letter}Lim", np.array((0.0, 1.0)))
    return made


def colour_at(axes, point):
    """The colour seen where a point of data lies, give or take 4 levels: a little shines through where pieces join."""
    return pytest.approx(seen_at(axes, point), abs=4)


def seen_at(axes, point):
    pixels = draw.rasterise(axes.up("figure"))
    box, flat = layout.axes_box(axes), Camera(axes).project(np.array(point, float))[0]
    row, column = round(len(pixels) - (box.bottom + flat[1])), round(box.left + flat[0])
    return tuple(int(part) for part in pixels[row, column])


def sheet(axes, height, colour, **given):
    return surfaces.Surface(
        axes, XData=np.array([0.0, 1]), YData=np.array([0.0, 1]), ZData=np.full((2, 2), height), FaceColor=colour,
        EdgeColor="none", **given,
    )  # fmt: skip


def test_the_nearer_of_two_sheets_is_seen_whichever_was_made_first(axes):
    sheet(axes, 0.6, RED)
    sheet(axes, 0.2, GREEN)
    assert colour_at(axes, (0.5, 0.5, 0.6)) == (255, 0, 0)
    axes.set("View", np.array((-37.5, -30.0)))
    assert colour_at(axes, (0.5, 0.5, 0.2)) == (0, 255, 0)


def test_a_line_runs_behind_a_sheet_and_out_of_it(axes):
    sheet(axes, 0.5, RED)
    plots.Line(
        axes, XData=np.full(41, 0.5), YData=np.full(41, 0.5), ZData=np.linspace(0, 1, 41), Color=BLUE, LineWidth=4.0
    )
    assert colour_at(axes, (0.5, 0.5, 0.8)) == (0, 0, 255)
    assert colour_at(axes, (0.5, 0.5, 0.3)) == (255, 0, 0)


def test_what_lies_outside_the_limits_is_cut_off(axes):
    axes.set("ZLim", np.array((0.0, 0.5)))
    surfaces.Surface(
        axes, XData=np.array([0.0, 1]), YData=np.array([0.0, 1]), ZData=np.array([[0.0, 1], [0, 1]]), FaceColor=RED,
        EdgeColor="none",
    )  # fmt: skip
    assert colour_at(axes, (0.3, 0.5, 0.3)) == (255, 0, 0)
    assert colour_at(axes, (0.7, 0.5, 0.7)) != (255, 0, 0)


def test_higher_things_are_seen_from_straight_above(axes):
    axes.set("View", np.array((0.0, 90.0)))
    sheet(axes, 0.6, RED)
    sheet(axes, 0.2, GREEN)
    assert colour_at(axes, (0.5, 0.5, 0.6)) == (255, 0, 0)


def test_colours_of_corners_are_mixed_between_them(axes):
    axes.set("Colormap", np.linspace([0, 0, 0], [1, 1, 1], 101))
    axes.set("CLim", np.array((0.0, 1.0)))
    sheet(axes, 0.5, "interp", CData=np.array([[0.0, 1], [0, 1]]))
    for share in (0.2, 0.5, 0.8):
        assert seen_at(axes, (share, 0.5, 0.5))[0] == pytest.approx(255 * share, abs=8)


def test_flat_faces_have_the_colour_of_their_first_corner(axes):
    axes.set("Colormap", np.array([RED, GREEN, BLUE]))
    axes.set("CLim", np.array((0.0, 3.0)))
    sheet(axes, 0.5, "flat", CData=np.array([[1.0, 0], [2, 2]]))
    assert colour_at(axes, (0.9, 0.9, 0.5)) == (0, 255, 0)


def test_a_light_straight_above_lights_a_level_sheet_by_matlabs_formula(axes):
    axes.set("View", np.array((0.0, 89.0)))
    made = sheet(axes, 0.5, (0.5, 0.5, 0.5), SpecularStrength=0.0)
    assert colour_at(axes, (0.5, 0.5, 0.5)) == (128, 128, 128)
    light = surfaces.Light(axes, Position=np.array((0.0, 0.0, 1.0)))
    assert seen_at(axes, (0.5, 0.5, 0.5))[0] == pytest.approx(0.5 * (0.3 + 0.6) * 255, abs=1.5)
    light.set("Position", np.array((0.0, 1.0, 1.0)))
    assert seen_at(axes, (0.5, 0.5, 0.5))[0] == pytest.approx(0.5 * (0.3 + 0.6 * np.sqrt(0.5)) * 255, abs=1.5)
    made.set("FaceLighting", "none")
    assert colour_at(axes, (0.5, 0.5, 0.5)) == (128, 128, 128)


def test_a_texture_lies_on_a_sheet_cell_by_cell(axes):
    picture = np.zeros((2, 2, 3))
    picture[0, 0], picture[0, 1], picture[1, 0], picture[1, 1] = RED, GREEN, BLUE, (0, 0, 0)
    sheet(axes, 0.5, "texturemap", CData=picture)
    assert colour_at(axes, (0.25, 0.25, 0.5)) == (255, 0, 0)
    assert colour_at(axes, (0.75, 0.25, 0.5)) == (0, 255, 0)
    assert colour_at(axes, (0.25, 0.75, 0.5)) == (0, 0, 255)


def test_axes_in_space_are_written_as_pdf_and_svg(axes):
    sheet(axes, 0.5, "interp")
    for kind, mark in (("pdf", b"%PDF"), ("svg", b"<?xml")):
        file = io.BytesIO()
        draw.save_vector(axes.up("figure"), file, kind)
        assert file.getvalue().startswith(mark)


def test_a_polygon_is_cut_at_the_walls_of_its_box():
    square = np.array([[0.5, 0, 0], [1.5, 0, 0], [1.5, 1, 0], [0.5, 1, 0]])
    rest = cut(square, np.ones(3))
    assert sorted(map(tuple, rest.tolist())) == [(0.5, 0, 0), (0.5, 1, 0), (1, 0, 0), (1, 1, 0)]
    assert len(cut(square + 2, np.ones(3))) == 0


def test_a_segment_is_cut_at_the_walls_of_its_box():
    begins, ends = np.array([[-1.0, 0.5, 0.5], [2, 2, 2]]), np.array([[3.0, 0.5, 0.5], [3, 3, 3]])
    begin, end, kept = cut_lines(begins, ends, np.ones(3))
    assert kept.tolist() == [0] and begin.tolist() == [[0, 0.5, 0.5]] and end.tolist() == [[1, 0.5, 0.5]]


def test_a_surface_of_ten_thousand_points_is_drawn_in_a_fraction_of_a_second(axes):
    x, y = np.meshgrid(np.linspace(0, 1, 100), np.linspace(0, 1, 100))
    surfaces.Surface(axes, XData=x, YData=y, ZData=np.sin(6 * x) * y)
    draw.rasterise(axes.up("figure"))  # fonts and modules are there from now on
    before = time.process_time()
    draw.rasterise(axes.up("figure"))
    assert time.process_time() - before < 1.0
