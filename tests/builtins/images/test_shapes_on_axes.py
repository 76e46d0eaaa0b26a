import numpy as np
import pytest


def test_shapes_are_patches_with_their_colours_and_labels_on_top(run):
    run(
        "imshow(zeros(100)); showShape('rectangle',[10 20 30 40; 50 60 10 10],'Label',{'cat','dog'},'Color',{'r','g'},"
        "'LineWidth',3); p = findobj(gca,'Type','patch'); t = findobj(gca,'Type','text');"
        "c = {p(2).EdgeColor, p(1).EdgeColor, p(2).FaceAlpha, p(2).LineWidth}; x = p(2).XData; s = {t.String};"
        "w = t(2).Position; b = t(2).BackgroundColor; m = numel(imhandles(gca));"
    )
    first, second, clear, width = run["c"].ravel()
    assert first.tolist() == [[1, 0, 0]] and second.tolist() == [[0, 1, 0]] and clear == 0 and width == 3
    assert sorted(run["x"].ravel().tolist()) == [10, 10, 40, 40] and sorted(run["s"].ravel()) == ["cat", "dog"]
    assert run["w"].tolist() == [[10, 20, 0]] and run["b"].tolist() == [[1, 0, 0]] and run["m"] == 1


def test_filled_shapes_lines_and_points(run):
    run(
        "imshow(zeros(100)); showShape('filled-circle',[50 50 10],'Opacity',0.3); p = findobj(gca,'Type','patch');"
        "a = p.FaceAlpha; r = hypot(p.XData-50,p.YData-50); showShape('line',[1 2 3 4 5 6]); showShape('point',[7 8]);"
        "l = findobj(gca,'Type','line'); x = l(2).XData; m = l(1).Marker;"
    )
    assert run["a"] == 0.3 and run["x"].tolist() == [[1, 3, 5]] and run["m"] == "o"
    np.testing.assert_allclose(run["r"], 10)


def test_a_cuboid_is_turned_about_its_middle(run):
    run("showShape('cuboid',[1 2 3 4 2 6 0 0 90]); l = findobj(gca,'Type','line');")
    run("x = l.XData; y = l.YData; z = l.ZData;")
    for name, low, high in (("x", 0, 2), ("y", 0, 4), ("z", 0, 6)):
        assert np.nanmin(run[name]) == pytest.approx(low) and np.nanmax(run[name]) == pytest.approx(high)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("showShape('star',[1 2])", "match one of these"),
        ("showShape('circle',[1 2])", "must be 3"),
        ("showShape('cuboid',[1 2])", "zrot"),
        ("showShape('point',[1 2 3 4])", "[x y]"),
        ("showShape('circle',[1 2 3],'Label',{'a','b'})", "one label"),
        ("showShape('circle',[1 2 3],'Color',{'r','b'})", "one for each"),
        ("showShape('circle',[1 2 3],'LineWidth',0)", "positive"),
        ("showShape('circle',[1 2 3],'LabelOpacity',0.5)", "0 or 1"),
    ],
)
def test_what_is_no_shape_is_said_before_anything_is_drawn(run, call, words):
    assert words in run.fault(call).message
    assert run.seen() == []
