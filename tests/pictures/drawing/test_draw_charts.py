"""Charts as pixels."""

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.drawing.draw_charts import tinted
from cnnscript.pictures.graphics.charts import ConfusionChart, Heatmap
from cnnscript.pictures.graphics.desk import Desk


def colours_of(pixels):
    return {tuple(int(part) for part in row) for row in np.unique(pixels.reshape(-1, 3), axis=0)}


def test_cells_of_a_heatmap_have_the_colours_of_its_map():
    desk = Desk()
    chart = desk.chart(Heatmap, ColorData=np.array([[0.0, 1.0]]), Colormap=np.array([[1.0, 0, 0], [0, 0, 1]]))
    chart.set("ColorbarVisible", False)
    seen = colours_of(draw.rasterise(desk.current))
    assert {(255, 0, 0), (0, 0, 255)} <= seen


def test_numbers_too_small_to_read_are_left_out():
    desk = Desk()
    chart = desk.chart(Heatmap, ColorData=np.ones((200, 200)), ColorbarVisible=False, GridVisible=False)
    cells = draw.rasterise(desk.current)[60:350, 100:480]
    assert len(colours_of(cells)) == 1
    chart.set("ColorData", np.ones((2, 2)))
    assert len(colours_of(draw.rasterise(desk.current)[60:350, 100:480])) > 1


def test_right_answers_are_blue_wrong_ones_orange_and_none_white():
    chart = Desk().chart(ConfusionChart)
    right = np.array([[True, False, False]])
    cells = tinted(np.array([[10.0, 10.0, 0.0]]), right, chart, 10.0)
    assert cells[0, 0] == pytest.approx((0.0, 0.4471, 0.7412)) and cells[0, 1] == pytest.approx((0.851, 0.3255, 0.098))
    assert cells[0, 2].tolist() == [1, 1, 1]


def test_a_confusion_matrix_with_summaries_is_drawn():
    desk = Desk()
    chart = desk.chart(ConfusionChart, RowSummary="row-normalized", ColumnSummary="absolute", Title="T")
    chart.fill(np.array([[9, 1], [3, 7]]), ["a", "b"])
    assert len(colours_of(draw.rasterise(desk.current))) > 10


def test_words_around_a_chart_stay_on_the_page_in_large_letters():
    desk = Desk()
    chart = desk.chart(ConfusionChart, Title="Confusion matrix")
    chart.fill(np.array([[9, 1], [3, 7]]), ["failure", "success"])
    chart.set("FontSize", 20)
    edges = draw.rasterise(desk.current)
    for side in (edges[:3], edges[-3:], edges[:, :3], edges[:, -3:]):
        assert (side == 255).all()


def test_names_that_stand_upright_beside_a_summary_have_room():
    desk = Desk()
    chart = desk.chart(ConfusionChart, RowSummary="row-normalized", XLabel="P")
    chart.fill(np.eye(3), ["virginica", "setosa", "versicolorum"])
    page = draw.rasterise(desk.current)
    dark = np.flatnonzero((page.min(axis=2) < 128).any(axis=1))  # rows of pixels with ink
    below = np.flatnonzero(np.diff(dark) > 3)
    assert dark[-1] < len(page) - 3 and len(below) >= 2  # names and the label stand apart, on the page
