"""A graph and its table side by side: what mouse and keys do."""

import numpy as np
import pytest
from matplotlib.backend_bases import KeyEvent, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Page

from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.graph_plots import GraphPlot
from cnnscript.pictures.graphics.node_tables import NodeTable, shortened
from cnnscript.pictures.presenters.graph_browser import DETAILS, GRAPH, ROW, TABLE, GraphBrowser, browsed

COUNT = 120


@pytest.fixture
def browser():
    """A chain of 120 nodes with a branch at its start, of which number 3 is wrong."""
    plot = GraphPlot(Desk().newplot())
    names = [f"node{k}" for k in range(COUNT)]
    plot.fill(COUNT, np.array([(k, k + 1) for k in range(COUNT - 1)] + [(0, 5)]), True, names)
    plot.arrange("layered")
    rows = [(name, "kind", f"size {k}") for k, name in enumerate(names)]
    plot.node_table = NodeTable("a chain", ("Name", "Type", "Size"), rows, lambda k: f"all of {k}\n" * 40, {3: ["bad"]})
    page = Page(figsize=(1240 / 96, 800 / 96), dpi=96)
    FigureCanvasAgg(page)
    made = GraphBrowser(page, plot)
    made.draw()
    return made


def spot(browser, part, at):
    return browser.areas[part].transData.transform(at)


def mouse(browser, kind, part, at, **more):
    canvas = browser.page.canvas
    canvas.callbacks.process(kind, MouseEvent(kind, canvas, *spot(browser, part, at), **more))


def press(browser, key):
    canvas = browser.page.canvas
    canvas.callbacks.process("key_press_event", KeyEvent("key_press_event", canvas, key))


def click_node(browser, node):
    mouse(browser, "button_press_event", GRAPH, browser.places()[0][node] - browser.corner, button=1)


def words(browser, part):
    return [text.get_text() for text in browser.areas[part].texts]


def test_a_click_on_a_node_marks_its_row_and_tells_of_it(browser):
    click_node(browser, 4)
    assert browser.chosen == 4 and words(browser, DETAILS)[0] == "all of 4"
    mouse(browser, "button_press_event", GRAPH, (400, 300), button=1)  # nothing is there
    assert browser.chosen == 4


def test_a_click_on_a_row_marks_its_node_and_brings_it_into_sight(browser):
    browser.first = 100
    browser.draw()
    mouse(browser, "button_press_event", TABLE, (50, 2.5 * ROW), button=1)
    first = int(browser.first)
    assert browser.chosen == first + 1
    shown = browser.places()[0][browser.chosen] - browser.corner
    assert (shown > 0).all() and (shown < browser.extent(GRAPH)).all()
    mouse(browser, "button_press_event", TABLE, (50, ROW / 2), button=1)  # the head is no row
    assert browser.chosen == first + 1


def test_the_wheel_moves_what_is_under_it(browser):
    mouse(browser, "scroll_event", TABLE, (50, 50), step=-1)
    assert browser.first == 3 and browser.corner[1] == 0 and words(browser, TABLE)[1].split()[:2] == ["4", "node3"]
    mouse(browser, "scroll_event", GRAPH, (50, 50), step=-2)
    assert browser.corner[1] == 60 and browser.first == 3
    for _ in range(100):
        mouse(browser, "scroll_event", TABLE, (50, 50), step=-1)
    assert words(browser, TABLE)[-1].split()[1] == f"node{COUNT - 1}"
    click_node(browser, 10)
    mouse(browser, "scroll_event", DETAILS, (50, 50), step=-1)
    assert browser.line == 2


def test_keys_move_the_mark_and_change_the_size(browser):
    press(browser, "down")
    assert browser.chosen == 0
    press(browser, "pagedown")
    assert browser.chosen == 20
    press(browser, "end")
    assert browser.chosen == COUNT - 1 and words(browser, TABLE)[-1].split()[1] == f"node{COUNT - 1}"
    press(browser, "up")
    press(browser, "home")
    assert browser.chosen == 0 and browser.first == 0
    before = np.diff(browser.places()[0][:2, 1])
    press(browser, "+")
    assert np.diff(browser.places()[0][:2, 1]) == pytest.approx(1.25 * before)
    press(browser, "right")
    assert "kind" not in words(browser, TABLE)[1] and "node0" in words(browser, TABLE)[1]


def test_the_mouse_over_a_node_says_what_it_is_without_drawing_all_again(browser):
    before = np.array(browser.page.canvas.buffer_rgba())
    browser.draw = None  # drawing all again would fail
    mouse(browser, "motion_notify_event", GRAPH, browser.places()[0][3] - browser.corner)
    after = np.array(browser.page.canvas.buffer_rgba())
    assert browser.hovered == 3 and browser.table.hint(3) == "node3\nkind\nsize 3\nbad"
    assert (before != after).any()
    mouse(browser, "motion_notify_event", GRAPH, (400, 300))
    assert browser.hovered is None and (np.array(browser.page.canvas.buffer_rgba()) == before).all()


def test_what_is_wrong_is_red_and_told_first(browser):
    inks = {text.get_text().split()[1]: text.get_color() for text in browser.areas[TABLE].texts[1:]}
    assert inks["node3"] == "#c00000" and inks["node2"] == "black"
    assert words(browser, DETAILS)[0] == "node3: bad"
    click_node(browser, 3)
    assert words(browser, DETAILS)[:2] == ["bad", "all of 3"]


def test_only_graphs_with_a_table_are_browsed(browser):
    figure = browser.plot.parent.parent
    assert browsed(figure) is browser.plot
    browser.plot.node_table = None
    assert browsed(figure) is None


def test_texts_are_shortened_with_a_mark():
    assert [shortened("convolution", count) for count in (11, 5, 2)] == ["convolution", "conv…", ""]
