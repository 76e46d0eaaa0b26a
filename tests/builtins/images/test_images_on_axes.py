import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "flag"),
    [
        ("", 0),
        ("imshow([1 2],gray(2))", 1),
        ("imshow(uint8(3))", 2),
        ("imagesc([0 1])", 2),
        ("imshow(magic(3),[])", 3),
        ("imshow(cat(3,1,1,1))", 4),
        ("imshow(true)", 5),
    ],
)
def test_what_kind_of_image_is_shown(run, call, flag):
    run(f"{call}; [A,f] = getimage;")
    assert run["f"] == flag


def test_where_an_image_lies_and_what_it_holds(run):
    run("imagesc([2 4],[7 9],uint8(magic(3))); [x,y,A] = getimage(gcf); g = getimage(gca);")
    run("h = imhandles(gcf); B = h.CData;")
    assert run["x"].tolist() == [[2, 4]] and run["y"].tolist() == [[7, 9]] and run["A"].dtype == np.uint8
    np.testing.assert_array_equal(run["A"], run["g"])
    np.testing.assert_array_equal(run["A"], run["B"])


def test_the_axes_and_the_figure_of_an_image_are_found_among_others(run):
    run(
        "figure(3); imshow(1); a = gca; figure(5); plot(1:3); k = isequal(imgca,a); f = imgcf; n = f.Number;"
        "close all; e = isempty(imgca);"
    )
    assert run["k"] and run["n"] == 3 and run["e"]


def test_truesize_gives_each_pixel_one_of_the_screen_or_as_many_as_asked(run):
    run("figure('Position',[1 1 400 300]); imshow(zeros(150,200)); truesize; p = get(gcf,'Position');")
    run("truesize([300 400]); q = get(gcf,'Position');")
    assert (run["q"] - run["p"])[0, 2:].tolist() == [200, 150]


def test_circles_are_lines_in_a_group_over_what_is_there(run):
    run(
        "imshow(zeros(50)); h = viscircles([20 30; 40 10],[5 8],'EdgeColor','b','LineStyle','--'); c = h.Children;"
        "n = numel(c); p = c(1).Color; w = [c(1).LineWidth c(2).LineWidth]; r = hypot(c(1).XData-20,c(1).YData-30);"
        "g = viscircles([1 1],3,'EnhanceVisibility',false,'Color',[0 1 0]); m = numel(g.Children);"
        "k = numel(imhandles(gca));"
    )
    assert run["n"] == 2 and run["m"] == 1 and run["k"] == 1
    assert run["p"].tolist() == [[0, 0, 1]] and run["w"].tolist() == [[2, 3]]
    np.testing.assert_allclose(run["r"].ravel()[:361], 5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("viscircles([1 2 3],1)", "rows of [x y]"),
        ("viscircles([1 2],[1 2])", "same number of rows"),
        ("viscircles([1 2],-1)", "nonnegative"),
        ("viscircles([1 2])", "Not enough input"),
        ("viscircles([1 2],1,'Foo',2)", "match one of these"),
        ("truesize", "No images"),
        ("truesize([1 0])", "positive"),
        ("getimage(5)", "a figure, an axes or an image"),
    ],
)
def test_what_is_no_image_or_circle_is_said(run, call, words):
    assert words in run.fault(call).message


def test_subimage_is_in_true_colour_whatever_the_map(run):
    run("h = subimage([1 2],[1 0 0;0 0 1]); C = h.CData; g = subimage([0 4],[1 3],[0 1 0.5]); x = g.XData;")
    run("d = get(gca,'YDir');")
    assert run["C"][0].tolist() == [[255, 0, 0], [0, 0, 255]]
    assert run["x"].tolist() == [[0, 4]] and run["d"] == "reverse"


def test_lines_of_equal_grey_stand_as_the_image_does(run):
    run("[C,h] = imcontour(uint8([0 0 0 0;0 9 9 0;0 9 9 0;0 0 0 0]),[4.5 4.5]); d = get(gca,'YDir'); c = C(:,1)';")
    assert run["c"].tolist() == [[4.5, 9]] and run["d"] == "reverse"
    assert "at least 2-by-2" in run.fault("imcontour(5)").message
