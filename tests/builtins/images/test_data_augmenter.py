import numpy as np
import pytest


def test_changes_keep_the_size_and_the_class_and_lie_in_their_ranges(run):
    run("rng(0); a = imageDataAugmenter('RandRotation', [-20 20], 'RandXTranslation', [-3 3], 'RandScale', [0.9 1.1]);")
    run("I = uint8(255*rand(20, 30, 3)); J = augment(a, I); s = size(J); c = class(J); d = isequal(I, J);")
    assert run["s"].tolist() == [[20, 30, 3]] and run["c"] == "uint8" and run["d"] is False
    run("rng(3); x = a.augment(I); rng(3); y = augment(a, {I, I}); e = isequal(x, y{1}, y{2});")
    assert run["e"] is True


def test_a_mirror_is_about_the_middle_and_happens_half_of_the_times(run):
    run("rng(1); a = imageDataAugmenter('RandXReflection', true); n = 0; ok = true;\n"
        "for k = 1:60, J = augment(a, [1 2 3]); n = n + isequal(J, [3 2 1]); "
        "ok = ok && (isequal(J, [3 2 1]) || isequal(J, [1 2 3])); end")  # fmt: skip
    assert run["ok"] is True and 18 <= run["n"] <= 42


def test_labels_are_changed_with_their_picture(run):
    run("C = categorical({'a' 'b'; 'c' 'd'}); a = imageDataAugmenter('RandYTranslation', [1 1]);")
    run("r = augment(a, {[1 2; 3 4], C}); L = r{2}; P = r{1};")
    assert run["P"].tolist() == [[0, 0], [1, 2]]
    assert run["L"].texts() == ["<undefined>", "a", "<undefined>", "b"]


def test_properties_are_set_by_value_and_functions_give_numbers(run):
    run("a = imageDataAugmenter('RandRotation', @() 90); J = augment(a, [1 2; 3 4]); b = a; b.FillValue = 5;")
    # as randomAffine2d turns: clockwise on the screen, where y goes down
    assert run["J"].tolist() == [[3, 1], [4, 2]]
    run("f = [a.FillValue b.FillValue];")
    assert run["f"].tolist() == [[0, 5]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imageDataAugmenter('RandRotation', [2 1])", "rising"),
        ("imageDataAugmenter('RandScale', [0 1])", "positive"),
        ("imageDataAugmenter('RandXShear', [-90 0])", "between -90 and 90"),
        ("imageDataAugmenter('RandXReflection', 3)", "true or false"),
        ("imageDataAugmenter('Rotation', [0 1])", "not a recognized parameter"),
        ("augment(3, ones(3))", "an imageDataAugmenter"),
        ("augment(imageDataAugmenter, 'abc')", "numeric or logical"),
        ("a = imageDataAugmenter; a.RandX = 3;", "Unrecognized property"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_nothing_is_nothing(run):
    run("I = magic(4); e = isequal(augment(imageDataAugmenter, I), I);")
    run("q = isequal(imageDataAugmenter, imageDataAugmenter);")
    assert run["e"] is True and run["q"] is True and np.size(run["I"]) == 16
