"""Figures as pixels: that everything we have can be drawn, and that it lies where it should."""

import warnings

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw, export
from cnnscript.pictures.graphics import bars, beside_boxes, layout, plots, showing, surfaces
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.images.warping import rotate

RNG = np.random.default_rng(0)


def dark_box(pixels, level=100):
    """Rows and columns of the outermost dark pixels: top, bottom, left, right."""
    dark = (pixels < level).all(axis=2)
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    return rows[0], rows[-1], columns[0], columns[-1]


def test_an_image_with_a_title_is_drawn_pixel_for_pixel():
    desk = Desk()
    image = RNG.integers(0, 256, (120, 160, 3), dtype=np.uint8)
    showing.imshow(desk, image)
    desk.current_axes().label("Title").set("String", "Ä title")
    pixels = draw.rasterise(desk.current)
    box, height = layout.axes_box(desk.current_axes()), layout.figure_size(desk.current)[1]
    top, left = height - round(box.bottom + box.height), round(box.left)
    assert (pixels[top : top + 120, left : left + 160] == image).mean() > 0.99
    assert (pixels[: top - 2] < 100).any()  # the title


def test_the_short_way_and_matplotlib_draw_the_same():
    desk = Desk()
    showing.imshow(desk, RNG.integers(0, 256, (90, 110, 3), dtype=np.uint8))
    desk.current_axes().values["NextPlot"] = "add"
    showing.image(desk, RNG.random((90, 110)), scaled=True, AlphaData=0.4)
    short = draw.compose(desk.current)
    Text(desk.current_axes(), String="")  # now there is more than images
    assert draw.compose(desk.current) is None
    long = draw.rasterise(desk.current)
    assert short.shape == long.shape and np.abs(short.astype(int) - long).max() <= 2


def test_axes_of_a_plot_lie_where_matlab_draws_them():
    desk = Desk()
    axes = desk.newplot()
    plots.Line(axes, XData=np.arange(5.0), YData=np.arange(5.0), Color="w")
    axes.values |= {
        "Box": True,
        "XTick": np.zeros(0),
        "YTick": np.zeros(0),
        "XTickMode": "manual",
        "YTickMode": "manual",
    }
    pixels = draw.rasterise(desk.current)
    assert pixels.shape == (420, 560, 3)
    top, bottom, left, right = dark_box(pixels)
    # Position [0.13 0.11 0.775 0.815] of 560×420.
    assert (left, right) == (pytest.approx(72.8, abs=1.5), pytest.approx(72.8 + 434, abs=1.5))
    assert (top, bottom) == (pytest.approx(420 - 46.2 - 342.3, abs=1.5), pytest.approx(420 - 46.2, abs=1.5))


def test_imagesc_fills_its_axes_from_the_top_row():
    desk = Desk()
    showing.image(desk, np.array([[0.0, 0.0], [1.0, 1.0]]), scaled=True)
    pixels = draw.rasterise(desk.current)
    upper, lower = pixels[100, 290], pixels[300, 290]
    assert upper.tolist() == [62, 38, 168] and lower.tolist() == [249, 251, 21]


def everything(desk):
    """An axes with one of each kind of object."""
    axes = desk.newplot()
    axes.values["NextPlot"] = "add"
    x = np.arange(1.0, 6.0)
    plots.Line(axes, XData=x, YData=x**2, Marker="o", MarkerFaceColor="auto", DisplayName="a_1")
    plots.Line(axes, XData=x, YData=x, LineStyle="none", Marker="pentagram")
    plots.Scatter(axes, XData=x, YData=x[::-1], CData=x, SizeData=x * 20, MarkerFaceColor="flat")
    plots.Scatter(axes, XData=x, YData=x, Marker="x")
    showing.bars(axes, x, RNG.random((5, 2)), False, "grouped", None, {})
    showing.bars(axes, x, RNG.random((5, 2)), True, "stacked", 0.5, {"FaceAlpha": 0.5})
    bars.Histogram(axes, Data=RNG.random(50))
    bars.Histogram(axes, Data=RNG.random(50), BinEdges=np.linspace(0, 1, 5), DisplayStyle="stairs", EdgeColor="r")
    plots.Area(axes, XData=x, YData=x)
    plots.Patch(axes, XData=np.array([1.0, 2.0, 2.0]), YData=np.array([1.0, 1.0, 2.0]), FaceColor="r", FaceAlpha=0.4)
    for curve in (0, 0.5, 1):
        plots.Rectangle(axes, Position=np.array([1.0, 1.0, 2.0, 3.0]), Curvature=np.array([curve]))
    plots.ConstantLine(axes, Value=2.0, Label="here", LineStyle="--")
    plots.ConstantLine(axes, InterceptAxis="y", Value=2.0, Label="there")
    Text(axes, String=["two", "lines"], Position=np.array([2.0, 2.0]), BackgroundColor="y", Rotation=30.0)
    for name in ("Title", "Subtitle", "XLabel", "YLabel"):
        axes.label(name).set("String", f"{name} x_1^2 原图 \N{SNOWMAN}")
    axes.values |= {"XGrid": True, "YGrid": True, "XTickLabelRotation": 45.0}
    showing.legend(desk, axes)
    showing.colorbar(desk, axes)
    desk.figure_title("All $ of it")
    return axes


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_every_kind_of_object_is_drawn_without_a_warning(scale):
    desk = Desk()
    axes = everything(desk)
    axes.set("YScale", scale)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pixels = draw.rasterise(desk.current)
    assert pixels.shape == (420, 560, 3) and len(np.unique(pixels.reshape(-1, 3), axis=0)) > 50


@pytest.mark.parametrize(
    "place", ["eastoutside", "westoutside", "northoutside", "southoutside", "east", "west", "north", "south"]
)
def test_colorbars_are_drawn_on_every_side(place):
    desk = Desk()
    showing.image(desk, RNG.random((5, 5)), scaled=True)
    bar = showing.colorbar(desk, Location=place)
    bar.label("Label").set("String", "level")
    box = beside_boxes.colorbar_box(bar)
    pixels = draw.rasterise(desk.current)
    patch = pixels[
        420 - int(box.bottom + box.height) + 3 : 420 - int(box.bottom) - 3,
        int(box.left) + 3 : int(box.left + box.width) - 3,
    ]
    assert len(np.unique(patch.reshape(-1, 3), axis=0)) > 20


@pytest.mark.parametrize("view", [(0.0, 90.0), (-37.5, 30.0)])
def test_surfaces_are_drawn_flat_and_in_space(view):
    desk = Desk()
    axes = desk.newplot()
    surfaces.Surface(axes, XData=np.arange(1.0, 6), YData=np.arange(1.0, 5), ZData=RNG.random((4, 5)), EdgeColor="none")
    axes.set("View", np.array(view))
    axes.label("ZLabel").set("String", "z")
    assert len(np.unique(draw.rasterise(desk.current).reshape(-1, 3), axis=0)) > 10


def test_invisible_objects_are_not_drawn():
    desk = Desk()
    axes = desk.newplot()
    axes.set("Visible", False)
    plots.Line(axes, XData=np.arange(5.0), YData=np.arange(5.0), Visible=False)
    assert (draw.rasterise(desk.current) == 255).all()


def test_images_that_are_not_a_number_or_empty_are_drawn():
    desk = Desk()
    showing.image(desk, np.full((3, 3), np.nan), scaled=True)
    draw.rasterise(desk.current)
    showing.imshow(desk, np.zeros((0, 0)))
    assert draw.rasterise(desk.current).size


def test_resolution_scales_the_page(tmp_path):
    desk = Desk()
    everything(desk)
    export.save_figure(desk.current, tmp_path / "a.png", "png", 150)
    from cnnscript.pictures.images.files import read_image

    assert read_image(tmp_path / "a.png").pixels.shape == (656, 875, 3)
    for kind in ("pdf", "svg", "eps", "jpg"):
        export.save_figure(desk.current, tmp_path / f"a.{kind}", kind)
        assert (tmp_path / f"a.{kind}").stat().st_size > 1000


def test_trimming_leaves_a_border():
    page = np.full((100, 100, 3), 255, np.uint8)
    page[40:50, 60:80] = 0
    assert export.trim(page, 5).shape == (20, 30, 3)
    assert export.trim(np.full((9, 9, 3), 7, np.uint8), 5).shape == (9, 9, 3)


def test_a_montage_of_96_channels_takes_less_than_a_fifth_of_96_axes():
    """In processor time, both to pixels."""
    import time

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from cnnscript.pictures.images.tile import frames_of, tile

    maps = RNG.random((55, 55, 1, 96))

    def many():
        page = Figure()
        canvas = FigureCanvasAgg(page)
        for k in range(96):
            place = page.add_subplot(8, 12, k + 1)
            place.imshow(maps[:, :, 0, k], cmap="gray")
            place.axis("off")
        canvas.draw()

    def one():
        desk = Desk()
        showing.imshow(desk, tile(frames_of(maps, False), (8, 12)))
        desk.current_axes().label("Title").set("String", "conv1")  # so that matplotlib draws this one too
        draw.rasterise(desk.current)

    one()
    spent = []
    for work in (one, many):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    assert spent[0] < spent[1] / 5


def test_quarter_turns_move_pixels():
    image = np.array([[1, 2], [3, 4]], np.uint8)
    assert rotate(image, 90).tolist() == [[2, 4], [1, 3]] and rotate(image, -90).tolist() == [[3, 1], [4, 2]]
    assert rotate(image, 360).tolist() == image.tolist()


def test_turning_back_and_forth_comes_near_the_start():
    image = np.zeros((21, 21))
    image[8:13, 5:16] = 1
    back = rotate(rotate(image, 30, "bicubic", crop=True), -30, "bicubic", crop=True)
    assert np.abs(back - image).mean() < 0.02


@pytest.mark.parametrize("method", ["nearest", "bilinear", "bicubic"])
@pytest.mark.parametrize("dtype", [np.uint8, bool, np.float32])
def test_turning_keeps_class_and_planes(method, dtype):
    image = (RNG.random((7, 9, 3)) * 200).astype(dtype)
    made = rotate(image, 45, method)
    assert made.dtype == dtype and made.shape[2] == 3 and made.shape[0] > 9


def test_a_solid_line_of_many_points_keeps_its_ends_and_its_extremes_in_every_column():
    from cnnscript.pictures.drawing.draw_lines import thinned

    x, y = np.arange(10000.0), np.sin(np.arange(10000.0))
    y[[777, 5005]] = 9, -7
    across, up = thinned(x, y, 100)
    assert across.size <= 400 and (np.diff(across) > 0).all()
    assert (across[0], across[-1], up.max(), up.min()) == (0, 9999, 9, -7)
    whole, few = y[:10000].reshape(100, 100), [up[(across >= k) & (across < k + 100)] for k in range(0, 10000, 100)]
    # columns are 99.99 wide: an extreme of a hundred points is in this column or in the one beside it
    assert [part.max() for part in few] == pytest.approx(whole.max(1), abs=1e-3)
    broken = np.where(x == 5, np.nan, y)
    for few, same in (((x[:700], y[:700]), 700), ((x[::-1], y), 10000), ((x, broken), 10000)):
        assert thinned(*few, 100)[0].size == same
