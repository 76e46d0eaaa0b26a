import numpy as np
import pytest
from scipy.stats import kstest


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


DRAWN = {  # option, range: what one of its transformations tells of the number that was drawn
    ("RandRotation", "[-20 35]"): lambda m: np.degrees(np.arctan2(m[:, 1, 0], m[:, 0, 0])),
    ("RandScale", "[0.5 2]"): lambda m: m[:, 0, 0],
    ("RandXScale", "[0.5 2]"): lambda m: m[:, 0, 0],
    ("RandYScale", "[1 1.5]"): lambda m: m[:, 1, 1],
    ("RandXShear", "[-30 10]"): lambda m: np.degrees(np.arctan(m[:, 0, 1])),
    ("RandYShear", "[5 10]"): lambda m: np.degrees(np.arctan(m[:, 1, 0])),
    ("RandXTranslation", "[-3 9]"): lambda m: m[:, 0, 2],
    ("RandYTranslation", "[0 4]"): lambda m: m[:, 1, 2],
}


@pytest.mark.parametrize(("option", "limits"), DRAWN, ids=[name for name, _ in DRAWN])
def test_each_option_is_drawn_evenly_from_its_range_and_alone(run, option, limits):
    run(f"rng(7); g = imageDataAugmenter('{option}', {limits}); r = {limits};")
    matrices, _ = run["g"].matrices(run.session, 4000)
    low, high = run["r"][0]
    numbers = DRAWN[option, limits](matrices)
    assert kstest(numbers, "uniform", (low, high - low)).pvalue > 0.001
    at = {"RandRotation": (), "RandScale": ((0, 1), (1, 0), (0, 2), (1, 2))}.get(option)
    if at is None:  # nothing else changes
        spread = np.ptp(matrices, axis=0)
        assert np.count_nonzero(spread) == 1
    assert all(np.ptp(matrices[:, i, j]) == 0 for i, j in at or ())


def test_random_numbers_are_used_up_image_by_image(run):
    run("g = imageDataAugmenter('RandXReflection', true, 'RandRotation', [-9 9], 'RandYTranslation', [0 5]);\n"
        "h = g; h.RandYTranslation = @() 5*rand; rng(3);")  # fmt: skip
    together, more = run["g"].matrices(run.session, 5, 2)
    run("rng(3);")
    for k in range(5):
        one = run["g"].matrix(run.session)
        assert np.array_equal(one, together[k]) and np.array_equal(run.session.random.uniforms(2), more[k])
    run("rng(3);")
    assert np.allclose(run["h"].matrices(run.session, 5, 2)[0], together, atol=1e-12)
