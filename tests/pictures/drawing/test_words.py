import numpy as np

from cnnscript.pictures.drawing.words import describe
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.plots import Line
from cnnscript.pictures.images import colormaps


def test_a_photograph_with_its_title():
    desk = Desk()
    showing.imshow(desk, np.zeros((227, 227, 3), np.uint8))
    desk.current_axes().label("Title").set("String", "conv1")
    assert describe(desk.current) == "figure 1: image 227x227x3, title 'conv1'"


def test_a_map_over_an_image():
    desk = Desk()
    showing.imshow(desk, np.zeros((4, 6, 3)))
    desk.current_axes().values["NextPlot"] = "add"
    showing.image(desk, np.ones((4, 6)), scaled=True, AlphaData=0.5)
    desk.current_axes().set("Colormap", colormaps.colormap("jet"))
    showing.colorbar(desk)
    assert describe(desk.current) == "figure 1: image 4x6x3, image 4x6 alpha 0.5, colormap jet, colorbar"


def test_several_axes_and_their_title():
    desk = Desk()
    for k in (1, 2):
        showing.imshow(desk, np.zeros((k, k)), axes=desk.subplot(1, 2, k, k))
    desk.figure_title(["All", "of them"])
    desk.current.set("Name", "Net")
    assert (
        describe(desk.current) == "figure 1 'Net': axes 1: image 1x1; axes 2: image 2x2; title of all 'All / of them'"
    )


def test_a_plot_with_labels_and_legend():
    desk = Desk()
    axes = desk.newplot()
    Line(axes, XData=np.arange(3.0), YData=np.arange(3.0), DisplayName="loss")
    axes.label("XLabel").set("String", "Iteration")
    showing.legend(desk)
    assert describe(desk.current) == "figure 1: line 3 points, xlabel 'Iteration', legend 'loss'"


def test_an_empty_figure_and_an_empty_axes():
    desk = Desk()
    figure = desk.figure()
    assert describe(figure) == "figure 1: empty"
    desk.current_axes()
    assert describe(figure) == "figure 1: empty axes"
