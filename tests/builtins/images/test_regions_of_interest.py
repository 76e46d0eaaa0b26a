"""Regions of interest without a mouse."""

import numpy as np
import pytest


def test_a_rectangle_keeps_its_properties(run):
    run("imshow(zeros(20, 30)); r = drawrectangle(gca, 'Position', [2.5 3.5 4 5], 'Color', 'r', 'Label', 'cat');")
    run("a = r.Position; b = r.Color; c = r.Label; d = r.AspectRatio; e = r.Type; f = r.FaceAlpha; v = r.Vertices;")
    assert run["a"].tolist() == [[2.5, 3.5, 4, 5]] and run["b"].tolist() == [[1, 0, 0]] and run["c"] == "cat"
    assert (run["d"], run["e"], run["f"]) == (1.25, "images.roi.rectangle", 0.2)
    assert run["v"].tolist() == [[2.5, 3.5], [2.5, 8.5], [6.5, 8.5], [6.5, 3.5]]
    run("r.Position(1) = 10.5; n = nnz(r.createMask()); k = find(any(createMask(r)), 1);")
    assert run["n"] == 20 and run["k"] == 11


def test_a_quarter_turn_of_a_rectangle_exchanges_its_sides(run):
    run("r = images.roi.Rectangle(gca, 'Position', [0.5 2.5 6 2], 'RotationAngle', 90); BW = createMask(r, 6, 6);")
    assert run["BW"].sum(axis=0).tolist() == [0, 0, 6, 6, 0, 0]


def test_a_region_of_interest_made_as_an_object_opens_no_figure(run):
    run("r = images.roi.Rectangle(Position=[0.5 2.5 6 2], Rotatable=true, RotationAngle=90); BW = createMask(r, 6, 6);")
    run("n = numel(groot().Children); e = isempty(r.Parent);")
    run("imshow(zeros(6)); r.Parent = gca; p = isequal(r.Parent, gca);")
    assert run["BW"].sum(axis=0).tolist() == [0, 0, 6, 6, 0, 0]
    assert run["n"] == 0 and run["e"] is True and run["p"] is True


@pytest.mark.parametrize(("roi", "area"), [
    ("drawcircle('Center', [50 50], 'Radius', 20)", np.pi * 400),
    ("drawellipse('Center', [50 50], 'SemiAxes', [30 10], 'RotationAngle', 20)", np.pi * 300),
    ("drawpolygon('Position', [10 10; 60 10; 60 60])", 1250),
    ("drawfreehand('Position', [10 10; 60 10; 60 60; 10 60])", 2500),
    ("imellipse(gca, [30 30 40 40])", np.pi * 400),
    ("impoly(gca, [10 10; 60 10; 60 60])", 1250),
])  # fmt: skip
def test_masks_have_the_area_of_their_shapes(run, roi, area):
    run(f"imshow(zeros(100)); h = {roi}; n = nnz(createMask(h));")
    assert run["n"] == pytest.approx(area, rel=0.03)


def test_masks_follow_the_coordinates_of_the_picture(run):
    run("imshow(zeros(4), 'XData', [10 40], 'YData', [1 4]); r = drawrectangle('Position', [15 0.5 10 4]);")
    run("BW = createMask(r);")
    assert run["BW"].any(axis=0).tolist() == [False, True, False, False]


def test_lines_and_points_mask_the_pixels_they_meet(run):
    run("imshow(zeros(5)); a = createMask(drawline('Position', [1 1; 5 3]));")
    run("b = createMask(drawpoint(Position=[2 3])); c = nnz(createMask(drawpolyline(Position=[1 1; 5 1; 5 5])));")
    assert run["a"].sum() == 5 and run["a"][2, 4] and np.argwhere(run["b"]).tolist() == [[2, 1]] and run["c"] == 9


def test_a_region_of_interest_shows_its_place(run):
    assert run("r = images.roi.Circle(gca, Center=[1 2], Radius=3)")[:4] == [
        "r =", "Circle with properties:", "Center: [1 2]", "Radius: 3",
    ]  # fmt: skip


def test_what_the_mouse_would_do_can_be_listened_to(run):
    run("r = drawline(Position=[1 1; 2 2]); addlistener(r, 'ROIMoved', @(s, e) disp('moved')); ok = isvalid(r);")
    assert run["ok"] is True
    assert run.fault("addlistener(r, 'ROISung', @(s, e) 0)").identifier == "MATLAB:class:InvalidEvent"


def test_points_in_a_region_of_interest(run):
    run("r = drawpolygon(Position=[0 0; 4 0; 4 4; 2 1; 0 4]); a = inROI(r, [2 2 0 5 4], [0.5 2 2 1 4])';")
    run("b = r.inROI([1 1; 9 9])'; c = inROI(images.roi.Rectangle(gca), 1, 1);")
    assert run["a"].tolist() == [[True, False, True, False, True]] and run["b"].tolist() == [[True, False]]
    assert run["c"] is False


def test_older_ones_move(run):
    run("imshow(zeros(9)); h = imrect(gca, [1 1 2 2]); h.setPosition([3 3 2 2]); p = getPosition(h); c = class(h);")
    assert run["p"].tolist() == [[3, 3, 2, 2]] and run["c"] == "imrect"


def test_a_picture_with_regions_is_drawn_and_kept(run):
    run("f = figure; imshow(zeros(40)); drawpolygon('Position', [5 5; 30 5; 20 30], 'StripeColor', 'w', 'Label', 'p');")
    run("F = getframe(gca); red = any(F.cdata(:) ~= F.cdata(1)); savefig(f, 'kept.fig');")
    run("close all; openfig('kept.fig'); h = findobj(gca, 'Type', 'images.roi.polygon'); s = h.StripeColor;")
    assert run["red"] is True and run["s"].tolist() == [[1, 1, 1]]


def test_the_tip_of_matlabs_poly2mask(run):
    run("a = poly2mask([4 7 7 4 4], [4 4 8 8 4], 10, 10); b = poly2mask([3.5 7.5 7.5 3.5], [3.5 3.5 8.5 8.5], 10, 10);")
    assert run["a"].sum() == 12 and not run["a"][3, 3] and run["b"].sum() == 20


def test_three_outputs_of_roipoly_are_the_mask_and_its_corners(run):
    run("[BW, x, y] = roipoly([10 20], [1 2], ones(2), [5 15 15 5], [0 0 3 3]);")
    run("[a, b, C] = roipoly(2, 2, [0 2 2], 1:3);")
    assert run["BW"].tolist() == [[True, False], [True, False]] and run["x"].ravel().tolist() == [5, 15, 15, 5, 5]
    assert run["a"].shape == (2, 2) and run["C"].ravel().tolist() == [1, 2, 3, 1]


def test_labels_of_polygons_have_the_class_of_their_numbers(run):
    run("L = poly2label({[0.5 0.5; 3.5 0.5; 3.5 3.5; 0.5 3.5], [0.5 0.5; 1.5 0.5; 1.5 1.5; 0.5 1.5]}, [7 9], [3 3 3]);")
    assert run["L"].tolist() == [[9, 7, 7], [7, 7, 7], [7, 7, 7]]


@pytest.mark.parametrize(("text", "identifier"), [
    ("drawrectangle", "images:drawrectangle:interactive"),
    ("drawcircle('Center', [1 1])", "images:drawcircle:interactive"),
    ("imrect", "images:imrect:interactive"),
    ("roipoly(zeros(3))", "images:roipoly:interactive"),
    ("drawrectangle('Position', [1 2 3])", "MATLAB:hg:InvalidValue"),
    ("drawline('Position', [1 2])", "MATLAB:hg:InvalidValue"),
    ("drawpolygon('Position', [1 2; 3 4], 'Colour', 'r')", "MATLAB:hg:InvalidProperty"),
    ("inROI(images.roi.Line(gca), 1, 1)", "MATLAB:inROI:invalidType"),
    ("createMask(4)", "MATLAB:createMask:invalidType"),
    ("createMask(images.roi.Line(gca))", "images:imroi:noImage"),
    ("poly2mask([1 2], 1, 3, 3)", "images:poly2mask:vectorSizeMismatch"),
    ("poly2mask([1 NaN], [1 2], 3, 3)", "MATLAB:poly2mask:invalidType"),
    ("poly2label({1}, 1, [2 2])", "MATLAB:poly2label:invalidType"),
    ("imrect(gca, [1 2 3])", "MATLAB:imrect:invalidType"),
])  # fmt: skip
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier
