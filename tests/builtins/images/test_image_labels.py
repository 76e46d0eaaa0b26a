import numpy as np
import pytest


def test_labels_run_along_a_map_by_name_by_function_or_by_colours(run):
    run(
        "L = [0 1 2]; A = label2rgb(L); B = label2rgb(L,'hsv'); C = label2rgb(L,@hsv,'k');"
        "D = label2rgb(L,[1 0 0;0 1 0;0 0 1]);"
        "T = label2rgb(L,'hsv','w','noshuffle','OutputFormat','triplets');"
    )
    assert run["B"][0].tolist() == [[255, 255, 255], [255, 0, 0], [0, 255, 255]]
    assert run["C"][0].tolist() == [[0, 0, 0], [255, 0, 0], [0, 255, 255]]
    assert run["D"][0].tolist() == [[255, 255, 255], [255, 0, 0], [0, 255, 0]]
    assert run["A"][0, 1:].tolist() == [[0, 0, 255], [0, 255, 255]]
    assert run["T"].tolist() == [[255, 0, 0], [0, 255, 255]]


def test_shuffled_labels_have_the_same_colours_in_the_same_order_each_time(run):
    run("A = label2rgb(1:20,'jet','w','shuffle'); B = label2rgb(1:20,'jet','w','shuffle'); C = label2rgb(1:20);")
    np.testing.assert_array_equal(run["A"], run["B"])
    assert (run["A"] != run["C"]).any()
    assert sorted(map(tuple, run["A"][0].tolist())) == sorted(map(tuple, run["C"][0].tolist()))


def test_categories_are_labels_and_undefined_is_none(run):
    run(
        "C = categorical({'a','b','';'c','a','b'}); A = label2rgb(C,'hsv');"
        "M = [0 0 0;1 1 1;0 0 0]; A0 = uint8(100*ones(2,3));"
        "B = labeloverlay(A0,C,'IncludedLabels',\"b\",'Colormap',M,'Transparency',0);"
    )
    assert run["A"][0].tolist() == [[255, 0, 0], [0, 255, 0], [255, 255, 255]]
    assert run["B"][:, :, 0].tolist() == [[100, 255, 100], [100, 100, 255]]


def test_transparency_mixes_label_and_image(run):
    run("B = labeloverlay(0.5*ones(1,3),[1 0 1],'Colormap','autumn','Transparency',0.25);")
    assert run["B"][0].tolist() == [[223, 32, 32], [128, 128, 128], [223, 32, 32]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("label2rgb(-1)", "nonnegative"),
        ("label2rgb(1.5)", "nonnegative"),
        ("label2rgb(ones(2,2,2))", "matrix"),
        ("label2rgb([1 2],[1 0 0])", "colour for each label"),
        ("label2rgb(1,'nomap')", "'nomap'"),
        ("label2rgb(1,@(n) ones(n,2))", "M-by-3"),
        ("label2rgb({})", "numeric or logical"),
        ("labeloverlay(ones(2),[1 2])", "as many rows and columns"),
        ("labeloverlay(ones(1,2),[1 2],'Transparency',2)", "from 0 to 1"),
        ("labeloverlay(1,categorical(1),'IncludedLabels',\"zz\")", "no category"),
    ],
)
def test_labels_that_are_none_are_refused(run, call, words):
    assert words in run.fault(call).message
