import numpy as np
import pytest


def test_the_tutorial_shows_six_pictures_in_order(run):
    lines = run(
        """
        im = imread('astronaut.png'); im = im(1:227,1:227,:);
        imshow(im)
        act1 = reshape(rand(113,113,64), [113 113 1 64]);
        montage(mat2gray(act1),'Size',[8 8])
        ch = imresize(mat2gray(act1(:,:,:,32)), [227 227]);
        imshowpair(im,ch,'montage')
        imshowpair(im,ch,'montage')
        act5 = reshape(rand(14,14,256), [14 14 1 256]);
        montage(imresize(mat2gray(act5),[48 48]))
        I = imtile(mat2gray(act1),'GridSize',[8 8]);
        imshow(I)
        """
    )
    assert lines + run.seen() == [
        "figure 1: image 227x227x3",
        "figure 1: image 904x904",
        "figure 1: image 227x454x3",
        "figure 1: image 227x454x3",
        "figure 1: image 768x768",
        "figure 1: image 904x904",
    ]


@pytest.mark.parametrize(
    ("call", "limits"),
    [
        ("imshow(uint8([1 2]))", [0, 255]),
        ("imshow([1 2])", [0, 1]),
        ("imshow([1 2], [])", [1, 2]),
        ("imshow([3 3], [])", [0, 1]),
        ("imshow(magic(4), [2 5])", [2, 5]),
        ("imshow([1 2], 'DisplayRange', [0 9])", [0, 9]),
        ("imshow([true false])", [0, 1]),
        ("imshow(uint16(7))", [0, 65535]),
        ("imshow(int8(7))", [-128, 127]),
        ("imshow(int32(7), [])", [-(2**31), 2**31 - 1]),
        ("imshow(single([1 2]), [])", [1, 2]),
        ("imshow([1 2; NaN 3], [])", [1, 3]),
    ],
)
def test_what_is_black_and_white(run, call, limits):
    run(f"{call}; l = get(gca, 'CLim'); v = get(gca, 'Visible'); d = get(gca, 'YDir');")
    assert run["l"].tolist() == [limits] and run["v"] == "off" and run["d"] == "reverse"


def test_an_indexed_picture_brings_its_colours(run):
    run("imshow([1 2], [1 0 0; 0 0 1]); m = colormap(gca); h = findobj(gca,'Type','image'); c = h.CDataMapping;")
    assert run["m"].tolist() == [[1, 0, 0], [0, 0, 1]] and run["c"] == "direct"


def test_magnification_and_the_figures_size(run):
    run(
        "imshow(zeros(10,20), 'InitialMagnification', 3000); p = get(gcf,'Position');"
        "imshow(zeros(10,20),'Border','tight'); q = get(gcf,'pos');"
    )
    assert run["p"][0, 2:].tolist() == [640, 340] and run["q"][0, 2:].tolist() == [20, 10]


def test_a_handle_comes_only_when_it_is_asked_for(run):
    assert run("imshow(zeros(2))") == []
    run("h = imshow(zeros(2)); k = class(h);")
    assert run["k"] == "matlab.graphics.primitive.Image"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imshow(rand(3,3,5))", "Multi-plane image inputs must be RGB images of size MxNx3."),
        ("imshow(rand(3,3,2))", "Multi-plane image inputs must be RGB images of size MxNx3."),
        ("imshow(rand(3,3,3,2))", "Unsupported dimension"),
        ("imshow(rand(3,3,1,2,2))", "Unsupported dimension"),
        ("imshow(true(3,3,3))", "If input is logical (binary), it must be two-dimensional."),
        ("imshow(int32(ones(2,2,3)))", "RGB images must be uint8, uint16, single, or double."),
        ("imshow([1i 2])", "Expected input number 1, I, to be real."),
        ("imshow(struct('a',1))", "numeric, logical\n\nInstead its type was struct."),
        ("imshow(rand(3), [5 1])", "HIGH must be greater than LOW"),
        ("imshow(rand(3), 'Border', 'wide')", "match one of these"),
        ("imshow(rand(3), 'InitialMagnification', 0)", "positive"),
        ("imshow({1})", "numeric, logical\n\nInstead its type was cell."),
        ("imshow('nosuch.png')", "does not exist"),
        ("imshow(rand(3), 'Parent', 5)", "Parent must be an axes"),
        ("imagesc(rand(3,3,2))", "m-by-n-by-3 or m-by-n"),
        ("imagesc(rand(3), [2 2])", "the second element is larger than the first"),
        ("imagesc(rand(3), 'Foo', 1)", "Unrecognized property"),
        ("imagesc()", "takes C"),
        ("montage(rand(5,5,2,64))", "multiframe"),
        ("montage(rand(5,5,1,96), 'Size', [8 8])", "big enough"),
        ("montage(rand(5,5,1,4), 'Indices', 5)", "from 1 to 4"),
        ("montage(rand(5,5,1,4), 'BorderSize', -1)", "nonnegative"),
        ("imtile({rand(3), rand(3,3,2)})", "m-by-n-by-3"),
        ("imshowpair(rand(3), rand(3), 'sideways')", "match one of these"),
        ("imfuse(rand(3), [])", "not empty"),
        ("imfuse(rand(3), rand(3), 'blend', 'ColorChannels', [1 2 0])", "falsecolor"),
    ],
)
def test_what_cannot_be_shown_is_said_and_nothing_is_lost(run, call, words):
    run("imshow(zeros(2))")
    assert words in run.fault(call).message
    assert run.seen() == ["figure 1: image 2x2"]


def test_imtile_takes_a_stack_as_grey_frames_and_cells_of_anything(run):
    run(
        "A = size(imtile(rand(10,10,12),'GridSize',[3 4])); B = size(imtile({uint8(zeros(5)), rand(5,5,3), []}));"
        "C = imtile({[1 2],[3 4]}, 'GridSize', [NaN 1]);"
        "D = size(imtile({'coffee.png','chelsea.png'},'ThumbnailSize',[100 120]));"
    )
    assert run["A"].tolist() == [[30, 40]] and run["B"].tolist() == [[10, 10, 3]]
    assert run["C"].tolist() == [[1, 2], [3, 4]] and run["D"].tolist() == [[100, 240, 3]]


def test_montage_of_an_indexed_stack_uses_its_map(run):
    run("h = montage(cat(4,[1 2],[2 1]), [1 0 0; 0 0 1]); C = h.CData;")
    assert run["C"].shape == (2, 2, 3) and run["C"][0, 0].tolist() == [1, 0, 0]


def test_imagesc_places_its_pixels(run):
    run("h = imagesc([10 30], [0 1], magic(3), [0 20]); x = xlim; y = ylim; c = clim; v = get(gca,'Visible');")
    assert run["x"].tolist() == [[5, 35]] and run["y"].tolist() == [[-0.25, 1.25]]
    assert run["c"].tolist() == [[0, 20]] and run["v"] == "on"


def test_a_map_over_a_photograph(run):
    run(
        "imshow('coffee.png'); hold on; imagesc(rand(400,600),'AlphaData',0.5); colormap jet; hold off;"
        "title('Grad-CAM');"
    )
    assert run.seen() == ["figure 1: image 400x600x3, image 400x600 alpha 0.5, title 'Grad-CAM', colormap jet"]


def test_imfuse_gives_bytes(run):
    run("C = imfuse(rand(4,5), rand(6,3));")
    assert run["C"].shape == (6, 5, 3) and run["C"].dtype == np.uint8


def test_image_by_properties_alone_is_added_and_turns_nothing(run):
    run("plot(1:3); h = image('CData', magic(4), 'XData', [1 7]); d = get(gca,'YDir'); n = numel(get(gca,'Children'));")
    assert run["d"] == "normal" and run["n"] == 2 and run["h"].graphic.value("CDataMapping") == "direct"
    run("clf; h = imagesc('CData', magic(4)); m = h.CDataMapping; x = xlim;")
    assert run["m"] == "scaled" and run["x"].tolist() == [[0.5, 4.5]]


def test_an_image_in_the_world_has_ticks_its_limits_and_one_pixel_for_each_of_its_own(run):
    run("imshow(zeros(200,300),imref2d([200 300],[0 6],[0 4])); x = xlim; v = get(gca,'Visible');")
    run("p = get(gcf,'Position');")
    assert run["x"].tolist() == [[0, 6]] and run["v"] == "on" and 300 <= run["p"][0, 2] <= 400
    run("clf; imshow(zeros(200,300),'XData',[0 1],'YData',[0 1]); q = get(gcf,'Position'); h = get(gca,'Children');")
    assert 300 <= run["q"][0, 2] <= 400
    run("imshow([1 2],imref2d([1 2],[0 2],[0 1]),[1 0 0;0 0 1]); c = colormap;")
    assert run["c"].tolist() == [[1, 0, 0], [0, 0, 1]]


def test_coordinates_of_an_image_are_doubles(run):
    run("h = imagesc(magic(4)); x = h.XData; c = class(h.YData);")
    assert run["x"].tolist() == [[1, 4]] and run["c"] == "double"


@pytest.mark.parametrize("level", ["5", "1e6", "-3", "1e20", "1e308"])
def test_an_image_of_one_level_has_limits_around_it(run, level):
    run(f"imagesc({level}*ones(2)); c = clim; colorbar; drawnow;")
    low, high = run["c"][0]
    assert low < float(level) < high
    assert high - low == 2 or abs(float(level)) > 1e15


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imshow(ones(2),'DisplayRange',5)", "number of elements equal to 2"),
        ("image(5,'XData',[2 NaN])", "finite"),
        ("imagesc([0 Inf],[0 1],magic(3))", "finite"),
        ("labeloverlay(ones(3,3,5),ones(3))", "M-by-N-by-3"),
        ("imoverlay(ones(3,3,1,4),ones(3))", "M-by-N-by-3"),
    ],
)
def test_ranges_and_places_that_are_none(run, call, words):
    run("imshow(zeros(2))")
    assert words in run.fault(call).message


def test_the_greys_of_imshow_belong_to_its_axes_until_it_is_given_another_map(run):
    run("a = subplot(1,2,1); imshow([0 .5 1]); b = subplot(1,2,2); imagesc(magic(3)); colormap jet;")
    run("m = a.Colormap; n = b.Colormap;")
    assert run["m"][0].tolist() == [0, 0, 0] and run["n"][0, 2] > 0.5
    run("figure; imshow([0 .5 1]); colormap jet; m = colormap; f = get(gcf,'Colormap');")
    np.testing.assert_array_equal(run["m"], run["f"])
