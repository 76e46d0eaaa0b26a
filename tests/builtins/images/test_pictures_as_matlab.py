"""Pictures of images against descriptions of MATLAB's: where axes lie, what colours pixels have, how titles look.

The numbers are from MATLAB's documentation: a figure of 560 by 420 pixels, subplot's positions, the formula of scaled
colours, the weights of 'AlphaData', imfuse's bands, and what imshow sets of an axes.
"""

import numpy as np
import pytest

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics import layout

RNG = np.random.default_rng(4)
PHOTO = np.asfortranarray(RNG.integers(0, 256, (60, 80, 3), dtype=np.uint8))


def drawn(run):
    """The current figure's pixels, and those of the current axes' box."""
    figure = run.session.desk.current
    axes = figure.current_axes
    pixels = draw.rasterise(figure)
    return pixels, boxed(pixels, layout.axes_box(axes))


def boxed(pixels, box):
    top, left = round(pixels.shape[0] - box.bottom - box.height), round(box.left)
    return pixels[top : top + round(box.height), left : left + round(box.width)]


def bounds(mask):
    """Left, top, right and bottom (one past) of the true part of a mask."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def test_imshow_with_a_title_is_the_image_pixel_for_pixel_under_a_bold_black_title(run):
    run["I"] = PHOTO
    run("imshow(I); t = title('photo'); f = gcf; a = gca;")
    pixels, region = drawn(run)
    np.testing.assert_array_equal(region, PHOTO)
    run(
        "v = {a.Visible, a.YDir, a.DataAspectRatio, a.XLim, a.YLim, a.CLimMode, a.NextPlot};"
        "w = {t.FontSize, t.FontWeight, t.Color, t.HorizontalAlignment, t.Visible}; c = f.Color; m = f.Colormap(1,:);"
    )
    visible, direction, ratio, x, y, _, _ = run["v"].ravel()
    assert (visible, direction) == ("off", "reverse") and ratio.tolist() == [[1, 1, 1]]
    assert x.tolist() == [[0.5, 80.5]] and y.tolist() == [[0.5, 60.5]]
    size, weight, ink, place, shown = run["w"].ravel()
    assert (size, weight, place, shown) == (11, "bold", "center", "on") and ink.tolist() == [[0, 0, 0]]
    dark = (pixels < 90).all(2)
    dark[pixels.shape[0] - 90 :] = False  # what is dark above the image is the title
    left, top, right, bottom = bounds(dark)
    assert abs((left + right) / 2 - pixels.shape[1] / 2) <= 2 and 7 <= bottom - top <= 16
    assert (pixels[0] == 255).all() and (pixels[:, 0] == 255).all()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("imshow(uint8(0:255))", np.arange(256)),
        ("imshow(0:0.25:1)", [0, 64, 128, 192, 255]),
        ("imshow([1 2 3],[1 3])", [0, 128, 255]),
        ("imshow([5 7 9],[])", [0, 128, 255]),
        ("imshow([-1 NaN 2 Inf])", [0, 0, 255, 255]),
        ("imshow([true false])", [255, 0]),
        ("imshow(uint16([0 32768 65535]))", [0, 128, 255]),
        ("imshow(int16([-32768 0 32767]))", [0, 128, 255]),
        ("imshow(single([0.1 0.9]),[0.1 0.9])", [0, 255]),
    ],
)
def test_greys_go_through_the_256_greys_of_the_map(run, call, expected):
    run(call + ";")
    assert drawn(run)[1][0, :, 0].tolist() == list(expected)


@pytest.mark.parametrize(
    ("call", "rows"),
    [
        ("imshow([1 2 9],[1 0 0;0 1 0])", [[255, 0, 0], [0, 255, 0], [0, 255, 0]]),
        ("imshow(uint8([0 1 9]),[1 0 0;0 1 0])", [[255, 0, 0], [0, 255, 0], [0, 255, 0]]),
        ("imshow([true false],[1 0 0;0 0 1])", [[0, 0, 255], [255, 0, 0]]),
        ("imshow(cat(3,[2 0],[0.5 -1],[0 NaN]))", [[255, 128, 0], [0, 0, 0]]),
        ("imshow([0 1],'Colormap',[0 1 0;0 0 1])", [[0, 255, 0], [0, 0, 255]]),
    ],
)
def test_indexed_and_colour_images(run, call, rows):
    run(call + ";")
    assert drawn(run)[1][0].tolist() == rows


def test_montage_and_imtile_are_their_tiles_row_by_row(run):
    stack = np.asfortranarray(RNG.integers(0, 256, (8, 10, 1, 6), dtype=np.uint8))
    run["S"] = stack
    whole = np.vstack([np.hstack([stack[:, :, 0, row * 3 + column] for column in range(3)]) for row in range(2)])
    run("montage(S,'Size',[2 3]); a = gca; v = a.Visible; c = a.CLim;")
    np.testing.assert_array_equal(drawn(run)[1][:, :, 0], whole)
    assert run["v"] == "off" and run["c"].tolist() == [[0, 255]]
    run("clf; imshow(imtile(S,'GridSize',[2 3]));")
    np.testing.assert_array_equal(drawn(run)[1][:, :, 1], whole)
    run("clf; montage(S,'Size',[2 3],'BorderSize',[1 2],'BackgroundColor',[1 0 0]);")
    bordered = drawn(run)[1]
    assert bordered.shape == (20, 42, 3) and (bordered[[0, 9, 10, 19]] == [255, 0, 0]).all()
    assert (bordered[:, [0, 1, 12, 13]] == [255, 0, 0]).all()
    np.testing.assert_array_equal(bordered[1:9, 2:12, 0], stack[:, :, 0, 0])


@pytest.mark.parametrize(
    ("method", "pixels"),
    [
        ("falsecolor", [[0, 255, 0], [255, 0, 255], [128, 128, 128], [0, 0, 0]]),
        ("blend", [[128] * 3, [128] * 3, [128] * 3, [0] * 3]),
        ("diff", [[255] * 3, [255] * 3, [0] * 3, [0] * 3]),
        ("montage", [[255] * 3, [0] * 3, [128] * 3, [0] * 3, [0] * 3, [255] * 3, [128] * 3, [0] * 3]),
        ("checkerboard", [[255] * 3, [255] * 3, [128] * 3, [0] * 3]),
    ],
)
def test_imshowpair_by_hand(run, method, pixels):
    repeat = 2 if method == "checkerboard" else 1  # eight squares along a side of eight pixels
    run(f"A = repelem([1 0 0.5 0],1,{repeat}); B = repelem([0 1 0.5 0],1,{repeat}); imshowpair(A,B,'{method}');")
    made = drawn(run)[1][0]
    if method == "checkerboard":
        first, second = [255, 255, 0, 0, 128, 128, 0, 0], [0, 0, 255, 255, 128, 128, 0, 0]
        pixels = [[(second if k % 2 else first)[k]] * 3 for k in range(8)]
    assert made.tolist() == pixels


def test_a_heat_map_over_a_photograph_mixes_half_of_each(run):
    run["I"] = PHOTO
    heat = np.asfortranarray(np.linspace(0, 1, 4800).reshape(60, 80))
    run["H"] = heat
    run("imshow(I); hold on; imagesc(H,'AlphaData',0.5); colormap jet; hold off; a = gca; c = a.CLim; m = colormap;")
    table = np.floor(run["m"] * 255 + 0.5)
    rows = np.minimum(np.trunc(heat * 256), 255).astype(int)
    expected = 0.5 * PHOTO + 0.5 * table[rows]
    assert np.abs(drawn(run)[1] - expected).max() <= 1
    run("c = clim; x = xlim; v = a.Visible;")
    assert run["c"].tolist() == [[0, 1]] and run["x"].tolist() == [[0.5, 80.5]] and run["v"] == "off"


def test_transparency_by_pixel_shows_the_axes_behind(run):
    run(
        "Z = [1 NaN; 3 4]; imagesc(Z,'AlphaData',~isnan(Z)); a = gca; a.Color = [1 0 0]; colormap gray;"
        "a.XTick = []; a.YTick = []; a.Box = 'off'; a.Visible = 'on'; c = a.CLim;"
    )
    _, region = drawn(run)
    height, width = region.shape[:2]
    assert region[height // 4, 3 * width // 4].tolist() == [255, 0, 0]
    assert region[3 * height // 4, 3 * width // 4].tolist() == [255] * 3 and run["c"].tolist() == [[1, 4]]
    run("clf; imagesc(Z); colormap([0 0 1; 1 1 1]);")
    _, region = drawn(run)
    assert region[height // 4, 3 * width // 4].tolist() == [0, 0, 255]  # NaN has the first colour


def test_scaled_colours_are_rows_of_the_map_by_the_formula(run):
    run("imagesc(0:9); colormap(jet(5)); m = colormap; a = gca; p = a.Position;")
    run("d = {a.YDir, a.Layer, a.Box, a.TickDir};")
    _, region = drawn(run)
    at = (np.arange(10) + 0.5) * region.shape[1] / 10
    rows = np.minimum(np.trunc(np.arange(10) / 9 * 5), 4).astype(int)
    np.testing.assert_array_equal(region[region.shape[0] // 2, at.astype(int)], np.floor(run["m"][rows] * 255 + 0.5))
    assert np.round(run["p"], 4).tolist() == [[0.13, 0.11, 0.775, 0.815]]
    assert list(run["d"].ravel()) == ["reverse", "top", "on", "in"]
    assert region.shape[:2] == (342, 434)


def test_direct_colours_count_from_one_or_from_zero(run):
    run("image([1 2.9 99 -5]); colormap([1 0 0;0 1 0;0 0 1]);")
    _, region = drawn(run)
    at = ((np.arange(4) + 0.5) * region.shape[1] / 4).astype(int)
    red, green, blue = [255, 0, 0], [0, 255, 0], [0, 0, 255]
    assert region[100, at].tolist() == [red, green, blue, red]
    run("clf; image(uint8([0 1 2 9])); colormap([1 0 0;0 1 0;0 0 1]);")
    assert drawn(run)[1][100, at].tolist() == [red, green, blue, blue]


def test_four_subplots_of_images_lie_where_subplot_puts_them(run):
    run["I"] = np.zeros((50, 50, 3), np.uint8)
    run("for k = 1:4, ax(k) = subplot(2,2,k); imshow(I); end; p = cell2mat(get(ax,'Position'));")
    run("f = get(gcf,'Position'); for k = 1:4, title(ax(k),k); end; q = cell2mat(get(ax,'Position'));")
    expected = [[0.13, 0.5838, 0.3347, 0.3412], [0.5703, 0.5838, 0.3347, 0.3412],
                [0.13, 0.11, 0.3347, 0.3412], [0.5703, 0.11, 0.3347, 0.3412]]  # fmt: skip
    np.testing.assert_allclose(run["p"], expected, atol=6e-5)
    np.testing.assert_allclose(run["q"], expected, atol=0.03)  # but for the room that titles of the lower row ask for
    assert run["f"][0, 2:].tolist() == [560, 420]
    pixels = draw.rasterise(run.session.desk.current)
    assert pixels.shape == (420, 560, 3)
    # A square image is as high as its axes, 0.3412 of 420 pixels, and stands in the middle of 0.3347 of 560.
    black = (pixels == 0).all(2)
    middle, side = (0.13 + 0.3347 / 2) * 560, 0.3412 * 420
    left, top, right, bottom = bounds(black[30:182, :280])
    assert abs(left - (middle - side / 2)) <= 1.5 and abs(right - (middle + side / 2)) <= 1.5
    assert abs(bottom + 30 - (1 - 0.5838) * 420) <= 1.5 and abs(bottom - top - side) <= 1.5


def test_a_thousand_imshow_in_a_loop_keep_one_figure_and_no_memory(run):
    import gc
    import tracemalloc

    loop = "for k = 1:1000, imshow(P); end"
    run["P"] = PHOTO
    run("for k = 1:20, imshow(P); end")
    gc.collect()
    tracemalloc.start()
    run(loop)
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    run(loop)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert len(run.session.desk.figures()) == 1 and len(list(run.session.desk.walk())) < 10
    assert grown < 10 * PHOTO.nbytes  # of a thousand pictures


def test_a_figure_is_drawn_once_when_it_is_seen(run, monkeypatch):
    drawings = []
    rasterise = draw.rasterise
    monkeypatch.setattr(draw, "rasterise", lambda *args: drawings.append(args[0]) or rasterise(*args))
    from cnnscript.pictures.presenters.file import FilePresenter

    run.session.desk.presenter = FilePresenter("pictures", "p", lambda words: None)
    run("for k = 1:5, figure(k); imshow(zeros(9)); title('a'); hold on; imagesc(ones(9)); colormap jet; end")
    assert drawings == []
    run("drawnow; drawnow;")
    assert len(drawings) == 5
    run.session.desk.flush()
    assert len(drawings) == 5


def test_fit_leaves_the_figure_and_the_axes_as_they_are(run):
    run["I"] = np.zeros((50, 50, 3), np.uint8)
    run("imshow(I,'InitialMagnification','fit'); f = get(gcf,'Position'); p = get(gca,'Position');")
    assert run["f"][0, 2:].tolist() == [560, 420] and np.round(run["p"], 3).tolist() == [[0.13, 0.11, 0.775, 0.815]]
    left, top, right, bottom = bounds((drawn(run)[0] == 0).all(2))
    side = 0.815 * 420  # as high as the axes, in the middle of its width
    assert abs(right - left - side) <= 1.5 and abs(bottom - top - side) <= 1.5
    assert abs((left + right) / 2 - (0.13 + 0.775 / 2) * 560) <= 1.5
    run("clf; imshow(I,'InitialMagnification','fit','Border','tight');")
    left, top, right, bottom = bounds((drawn(run)[0] == 0).all(2))
    assert (top, bottom) == (0, 420) and abs(left - 70) <= 1 and abs(right - 490) <= 1


def test_bilinear_pixels_run_into_each_other(run):
    run("imshow([0 1],'InitialMagnification',1000,'Interpolation','bilinear');")
    row = drawn(run)[1][0, :, 0].astype(int)
    assert row[0] == 0 and row[-1] == 255 and (np.diff(row) >= 0).all() and len(set(row.tolist())) > 8
