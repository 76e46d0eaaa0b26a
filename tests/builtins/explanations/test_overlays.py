"""overlay: the picture that imagesc over imshow shows, as an array."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def run():
    class Run:
        def __init__(self):
            self.session = Session(out=io.StringIO(), figures="words")

        def __call__(self, code):
            self.session.run(code)

        def __getitem__(self, name):
            return np.asarray(self.session[name])

    return Run()


def test_it_is_the_picture_that_the_figure_shows(run):
    run("""
        im = repelem(uint8(cat(3,[0 50 100; 150 200 255],[9 80 7; 60 5 40],[0 255 0; 255 0 255])),30,30);
        map = repelem([-1 0 2; 0.5 1.4 -0.2],30,30);
        picture = overlay(im,map,Alpha=0.4);
        figure('Position',[10 10 90 60]); imshow(im); set(gca,'Position',[0 0 1 1]); hold on
        imagesc(map,'AlphaData',0.4); colormap jet
        frame = getframe(gca); shown = frame.cdata;
    """)
    middles = np.ix_([15, 45], [15, 45, 75])
    shown, picture = run["shown"][middles].astype(int), run["picture"][middles].astype(int)
    assert np.abs(shown - picture).max() <= 1
    assert len(np.unique(picture.reshape(6, 3), axis=0)) == 6


def test_colours_by_hand(run):
    run("""
        im = uint8([0 100; 200 255]); map = [0 1; 2 3]; two = [0 0 0; 1 0 0];
        a = overlay(im,map,Colormap=two,Alpha=0.5);
        b = overlay(im,map,Colormap=two,Alpha=[0 1; 1 0]);
        c = overlay(im,map,Colormap=two,Blend="add",Alpha=0.4);
        d = overlay(im,map,Colormap=two,Range=[2.5 10]);
        e = overlay(im,[NaN 1; 2 3],Colormap=two);
        f = overlay(im,cat(3,map,-map),Colormap=two);
        n = overlay(NaN(2),map,Colormap=two);
        g = overlay(double(im)/255,map,Colormap=two); h = overlay(single(im),map,Colormap=two);
    """)
    np.testing.assert_array_equal(run["a"][..., 0], [[0, 50], [227, 255]])  # row 2 of the map from the middle on
    np.testing.assert_array_equal(run["a"][..., 1], [[0, 50], [100, 128]])
    np.testing.assert_array_equal(run["b"][..., 0], [[0, 0], [255, 255]])
    np.testing.assert_array_equal(run["c"][..., 0], [[0, 100], [255, 255]])
    np.testing.assert_array_equal(run["d"][..., 0], [[0, 50], [100, 128]])
    np.testing.assert_array_equal(run["e"][..., 1], [[0, 50], [100, 128]])
    assert run["f"].shape == (2, 2, 3, 2)
    np.testing.assert_array_equal(run["f"][..., 1][..., 0], [[128, 178], [100, 128]])
    np.testing.assert_array_equal(run["n"][..., 0], [[0, 0], [128, 128]])
    np.testing.assert_array_equal(run["a"], run["g"])
    np.testing.assert_array_equal(run["a"], run["h"])


def test_the_article_s_sum(run):
    run("""
        im = imresize(imread('coffee.png'),[40 40]); map = peaks(40);
        heat = ind2rgb(im2uint8(rescale(map)),jet(256)); wanted = im2uint8(0.4*heat + im2double(im));
        picture = overlay(im,map,Blend="add",Alpha=0.4);
    """)
    assert np.abs(run["picture"].astype(int) - run["wanted"]).max() <= 2  # im2uint8 rounds where imagesc cuts


def test_small_maps_are_enlarged(run):
    run("a = overlay(zeros(4,6),[0 1],OutputUpsampling='nearest',Alpha=1,Colormap=gray); b = a(:,:,1);")
    np.testing.assert_array_equal(run["b"], [[0, 0, 0, 255, 255, 255]] * 4)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("overlay(ones(2,2,5),ones(2))", "grey"),
        ("overlay(ones(2),ones(3),OutputUpsampling='none')", "height and width of the picture"),
        ("overlay(ones(2),ones(2),Alpha=2)", "Alpha must be"),
        ("overlay(ones(2),ones(2),Alpha=[1 1])", "Alpha must be"),
        ("overlay(ones(2),ones(2),Range=[1 1])", "Range must be"),
        ("overlay(ones(2),ones(2),Colormap='rainbow')", "Colormap"),
        ("overlay(ones(2),ones(2),Colormap=[1 2 3])", "Colormap must be"),
        ("overlay(ones(2),[])", "height and width"),
    ],
)
def test_one_clear_error_for_each_bad_input(run, code, words):
    with pytest.raises(ScriptError, match=words):
        run(code)
