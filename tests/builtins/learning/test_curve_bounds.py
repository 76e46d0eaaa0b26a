"""Bounds of perfcurve's curves: their sizes, and that they are as wide as theory and folds say."""

import numpy as np
import pytest
from scipy.stats import norm as normal

from cnnscript.errors import ScriptError


@pytest.fixture
def data(run):
    run("rng(1); s = [randn(60, 1); randn(60, 1) + 1.2]; l = [zeros(60, 1); ones(60, 1)];")
    return run


@pytest.mark.parametrize("kind", ["bca", "norm", "per", "cper"])
def test_bounds_of_the_area_are_as_wide_as_hanley_and_mcneil_say(data, kind):
    data(f"rng(2), [~, ~, ~, A] = perfcurve(l, s, 1, 'NBoot', 200, 'BootType', '{kind}'); "
         "[~, ~, ~, B] = perfcurve(l, s, 1);")  # fmt: skip
    area, low, high = data["A"].ravel()
    assert area == data["B"] and low < area < high
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    error = np.sqrt((area * (1 - area) + 59 * (one - area**2) + 59 * (two - area**2)) / 3600)
    assert high - low == pytest.approx(2 * 1.96 * error, rel=0.25)


def test_with_places_of_x_y_and_thresholds_have_bounds_and_else_x_and_y(data):
    data("[X, Y, T, A] = perfcurve(l, s, 1, 'NBoot', 30, 'XVals', 0:0.25:1, 'Alpha', 0.2);")
    assert data["X"].shape == (5, 1) and data["Y"].shape == data["T"].shape == (5, 3)
    assert (np.diff(data["Y"][:, 0]) >= 0).all() and (data["Y"][:, 1] <= data["Y"][:, 0] + 1e-12).all()
    data("[X, Y, T] = perfcurve(l, s, 1, 'NBoot', 30, 'TVals', [1 0]); [U, V] = perfcurve(l, s, 1, 'TVals', [1 0]);")
    assert data["T"].tolist() == [[1], [0]]
    assert np.array_equal(data["X"][:, [0]], data["U"]) and np.array_equal(data["Y"][:, [0]], data["V"])


def test_folds_in_cells_give_their_mean_and_its_normal_bounds(data):
    data("c = {l(1:3:end), l(2:3:end), l(3:3:end)}; d = {s(1:3:end), s(2:3:end), s(3:3:end)}; a = zeros(1, 3);"
         "[~, ~, ~, A] = perfcurve(c, d, 1); for k = 1:3, [~, ~, ~, a(k)] = perfcurve(c{k}, d{k}, 1); end")  # fmt: skip
    each = data["a"].ravel()
    half = normal.ppf(0.975) * each.std(ddof=1) / np.sqrt(3)
    assert data["A"].ravel().tolist() == pytest.approx([each.mean(), each.mean() - half, each.mean() + half])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("perfcurve({l, l}, {s}, 1)", "Labels and scores must have a cell for each fold."),
        ("perfcurve(l, s, 1, 'NBoot', 10, 'BootType', 'stud')", "'stud' is not in cnnscript's perfcurve yet"),
        ("perfcurve(l, s, 1, 'NBoot', -1)", "NBoot"),
        ("perfcurve({}, {}, 1)", "Labels and scores must have a cell for each fold."),
        ("perfcurve({l, l}, {s, s}, 1, 'Weights', {1 + l})", "Weights must have a cell for each fold."),
        ("perfcurve({l}, {s}, 1, 'Weights', {1 + l, 1 + l})", "Weights must have a cell for each fold."),
        ("perfcurve([1 0], [.9 .1], 1, 'NBoot', 10)", "'bca' needs a class that stays"),
        ("perfcurve(l, s, 1, 'NBoot', 10, 'Alpha', 1)", "Alpha"),
    ],
)
def test_what_cannot_be_bounded_is_said(data, code, sentence):
    with pytest.raises(ScriptError) as caught:
        data(code)
    assert sentence in caught.value.message


def test_one_fold_is_a_plain_curve(data):
    data("w = 1 + l; [X, Y, T, A] = perfcurve({l}, {s}, 1, 'Weights', {w});"
         "[x, y, t, a] = perfcurve(l, s, 1, 'Weights', w); same = isequal({X Y T A}, {x y t a});"
         "same = same && isequal(perfcurve({l'}, {s'}, 1), perfcurve(l, s, 1));"
         "[~, ~, ~, C] = perfcurve({l}, {s}, 1, 'NBoot', 10);")  # fmt: skip
    assert data["same"] is True and data["C"].shape == (1, 3)


def test_the_names_of_the_negative_classes_are_those_asked_for(data):
    data("l = repmat({'a'; 'b'; 'c'}, 10, 1); s = rand(30, 1);"
         "[~, ~, ~, ~, ~, ~, n] = perfcurve(l, s, 'a', 'NBoot', 5, 'BootType', 'per', 'NegClass', 'b');"
         "[~, ~, ~, ~, ~, ~, m] = perfcurve(l, s, 'a', 'NegClass', 'b'); same = isequal(m, n);")  # fmt: skip
    assert data["same"] is True and data["n"].ravel().tolist() == ["b"]
