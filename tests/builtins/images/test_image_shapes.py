import numpy as np
import pytest


def lit(array):
    """Rows and columns (from 1) of the pixels that are not black."""
    return sorted((int(row) + 1, int(column) + 1) for row, column in np.argwhere(array.any(axis=2)))


def test_a_rectangle_is_its_outermost_pixels(run):
    run("B = insertShape(zeros(5,6,'uint8'),'Rectangle',[2 2 4 3],'Color',[255 0 10]);")
    made = run["B"]
    assert made.dtype == np.uint8 and made.shape == (5, 6, 3)
    frame = {(r, c) for r in (2, 3, 4) for c in (2, 3, 4, 5)} - {(3, 3), (3, 4)}
    assert lit(made) == sorted(frame) and made[1, 1].tolist() == [255, 0, 10]


@pytest.mark.parametrize(("width", "outer", "inner"), [(1, 3, 5), (2, 2, 5), (3, 2, 6)])
def test_a_wide_frame_grows_to_both_sides(run, width, outer, inner):
    run(f"B = insertShape(zeros(20),'rectangle',[4 4 9 9],'LineWidth',{width},'Color','w');")
    row = np.flatnonzero(run["B"][7, :9, 0]) + 1
    assert row[0] == outer + 1 and row[-1] == inner - 1


def test_filled_shapes_mix_with_their_opacity_in_the_images_class(run):
    run(
        "A = insertShape(ones(4),'filled-rectangle',[1 1 2 2],'ShapeColor','k','Opacity',0.25);"
        "B = insertShape(zeros(9,'uint8'),'FilledPolygon',[3 3 7 3 7 7 3 7],'Opacity',1);"
        "C = insertShape(zeros(11,'single'),\"filled-circle\",[6 6 3],Opacity=1,Color='white',SmoothEdges=false);"
    )
    assert run["A"][:, :, 0].tolist() == [[0.75, 0.75, 1, 1]] * 2 + [[1] * 4] * 2
    assert lit(run["B"]) == [(r, c) for r in range(3, 8) for c in range(3, 8)]
    assert run["B"][4, 4].tolist() == [255, 255, 0]
    y, x = np.mgrid[1:12, 1:12]
    assert run["C"].dtype == np.float32
    np.testing.assert_array_equal(run["C"][:, :, 0] > 0, np.hypot(x - 6, y - 6) <= 3.5)


def test_lines_take_rows_or_cells_of_points(run):
    run(
        "A = insertShape(zeros(5),'line',[1 1 5 1 5 5]); B = insertShape(zeros(5),'line',{[1 1; 5 1; 5 5]});"
        "C = insertShape(zeros(5),'polygon',[1 1 5 1 5 5 1 5]); D = insertShape(zeros(5),'rectangle',[1 1 5 5]);"
    )
    np.testing.assert_array_equal(run["A"], run["B"])
    np.testing.assert_array_equal(run["C"], run["D"])
    assert lit(run["A"]) == sorted({(1, c) for c in range(1, 6)} | {(r, 5) for r in range(1, 6)})


def test_each_shape_has_its_colour_and_what_lies_outside_is_cut(run):
    run("B = insertShape(zeros(6,'uint8'),'rectangle',[1 1 2 2; 5 5 90 90; -50 -50 9 9],'Color',{'r','g','b'});")
    assert run["B"][0, 0].tolist() == [255, 0, 0] and run["B"][4, 4].tolist() == [0, 255, 0]
    assert not run["B"][:, :, 2].any()


def test_a_rectangle_turned_by_a_right_angle_swaps_its_sides(run):
    run("Z = zeros(21); A = insertShape(Z,'rectangle',[11 11 10 6 90]); B = insertShape(Z,'rectangle',[11 11 6 10 0]);")
    np.testing.assert_allclose(run["A"], run["B"], atol=1e-9)


def test_a_cuboid_is_twelve_edges_from_faces_or_corners(run):
    run(
        "A = insertShape(zeros(30),'projected-cuboid',[3 8 10 10 12 3 10 10]);"
        "P = [3 8;12 8;12 17;3 17;12 3;21 3;21 12;12 12]; B = insertShape(zeros(30),'projected-cuboid',P);"
    )
    np.testing.assert_array_equal(run["A"], run["B"])
    assert run["A"][7, 2, 0] == 1 and run["A"][11, 20, 0] == 1 and run["A"][29, 29, 0] == 0


@pytest.mark.parametrize(
    ("marker", "pixels"),
    [
        ("plus", [(3, 2), (3, 3), (3, 4), (2, 3), (4, 3)]),
        ("x", [(2, 2), (3, 3), (4, 4), (2, 4), (4, 2)]),
        ("star", [(r, c) for r in (2, 3, 4) for c in (2, 3, 4)]),
        ("s", [(r, c) for r in (2, 3, 4) for c in (2, 3, 4) if (r, c) != (3, 3)]),
    ],
)
def test_markers_are_as_many_pixels_as_their_size(run, marker, pixels):
    run(f"B = insertMarker(zeros(5,'uint8'),[3 3],'{marker}','Size',1);")
    assert lit(run["B"]) == sorted(pixels) and run["B"][2, 1 if marker in "plus" else 2].max() in (0, 255)


def test_annotations_stand_on_their_boxes_and_inside_the_image(run):
    run(
        "Z = zeros(100,100,'uint8');"
        "A = insertObjectAnnotation(Z,'rectangle',[20 50 40 30],0.876543,'TextBoxOpacity',1);"
        "B = insertObjectAnnotation(Z,'rectangle',[20 2 40 30],'top','TextBoxOpacity',1);"
        "C = insertObjectAnnotation(Z,'circle',[50 60 20; 20 60 5],categorical({'cat','dog'}),'Color',{'r','g'});"
    )
    above = run["A"][:49].any(axis=2)
    assert above.any() and np.argwhere(above).max(axis=0)[0] == 48
    assert run["B"][0].any() and run["B"].shape == (100, 100, 3)
    assert run["C"][59, 29, 0] > 200 and run["C"][59, 14, 1] > 200


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("insertShape(ones(3),'hexagon',[1 1 2 2])", "match one of these"),
        ("insertShape(ones(3),'rectangle',[1 1 2])", "number of columns"),
        ("insertShape(ones(3),'rectangle',[1 1 0 2])", "must be positive"),
        ("insertShape(ones(3),'circle',[1 1 NaN])", "finite"),
        ("insertShape(ones(3),'polygon',[1 1 2 2])", "at least 3"),
        ("insertShape(ones(3),'line',[1 2 3])", "points"),
        ("insertShape(ones(3,3,2),'line',[1 2 3 4])", "M-by-N-by-3"),
        ("insertShape(ones(3),'line',[1 2 3 4],'Color',{'r','g'})", "one for each"),
        ("insertShape(ones(3),'line',[1 2 3 4],'LineWidth',0)", "positive integer"),
        ("insertShape(ones(3),'line',[1 2 3 4],'Opacity',2)", "from 0 to 1"),
        ("insertShape({},'line',[1 2 3 4])", "Instead its type was cell"),
        ("insertMarker(ones(3),[1 2 3])", "rows of [x y]"),
        ("insertMarker(ones(3),[1 2],'heart')", "match one of these"),
        ("insertObjectAnnotation(ones(3),'line',[1 2 3 4],'a')", "match one of these"),
        ("insertObjectAnnotation(ones(3),'circle',[1 2 3],{'a','b'})", "one label"),
    ],
)
def test_what_cannot_be_drawn_is_said(run, call, words):
    assert words in run.fault(call).message


def test_newer_names_of_the_colours_of_words(run):
    run(
        "A = insertText(zeros(40,90),[1 1],'ab','FontColor','r','TextBoxColor','w');"
        "B = insertText(zeros(40,90),[1 1],'ab','TextColor','r','BoxColor','w');"
    )
    np.testing.assert_array_equal(run["A"], run["B"])


@pytest.mark.parametrize(
    "call",
    [
        "insertShape(I,'rectangle',[])",
        "insertShape(I,'circle',zeros(0,3),'Color',{'r','g'})",
        "insertShape(I,'polygon',{})",
        "insertObjectAnnotation(I,'rectangle',[],[])",
        "insertObjectAnnotation(I,'rectangle',zeros(0,4),{'a','b'})",
        "insertText(I,[],{})",
        "insertMarker(I,[])",
    ],
)
def test_a_detector_that_found_nothing_leaves_the_image_in_colour(run, call):
    run(f"I = uint8(magic(4)); J = {call};")
    np.testing.assert_array_equal(run["J"], np.repeat(run["I"][:, :, None], 3, axis=2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("insertShape(ones(3),'rectangle',{[1 1 2 2]})", "a row for each shape"),
        ("showShape('circle',{[1 1 2]})", "a row for each shape"),
        ("insertShape(int8(ones(3)),'circle',[1 1 2])", "Instead its type was int8."),
    ],
)
def test_cells_are_for_points_only_and_images_have_a_class(run, call, words):
    assert words in run.fault(call).message
