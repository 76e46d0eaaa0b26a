"""Statistics over sliding windows: ends, sample points, NaN, classes."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError

ANSWERS = [
    ("movmean([4 8 6 -1], 3, 'Endpoints', 'discard')", [6, 13 / 3]),
    ("movmean([4 8 6 -1], 3, 'Endpoints', 'fill')", [np.nan, 6, 13 / 3, np.nan]),
    ("movmean([4 8 6 -1], 3, 'Endpoints', 0)", [4, 6, 13 / 3, 5 / 3]),
    ("movmean(1:3, 5, Endpoints='discard')", []),
    ("movmax([1 5 2 4], [1 0], 'endpoints', 'discard')", [5, 5, 4]),
    ("movmin([1 5 2 4], 3, 'Endpoints', 'fill')", [1, 1, 2, 2]),
    ("movmean([4 8 6 -1], 3, 'SamplePoints', [1 2 5 6])", [6, 6, 2.5, 2.5]),
    ("movmean([1 2 3], [1 1], 'SamplePoints', [0 1 3])", [1.5, 1.5, 3]),
    ("movmean(1:4, 4, 'SamplePoints', 0:2:6, 'Endpoints', 'fill')", [np.nan, 1.5, 2.5, 3.5]),
    ("movmean(1:4, hours(2), 'SamplePoints', datetime(2020, 1, 1, 0:3, 0, 0))", [1, 1.5, 2.5, 3.5]),
    ("movmax([1 NaN 3], 2)", [1, 1, 3]),
    ("movmax([1 NaN 3], 2, 'includenan')", [1, np.nan, np.nan]),
    ("movvar([1 5 2 4], 3, 1)", [4, 26 / 9, 14 / 9, 1]),
    ("movstd([1 NaN 3 4], 3, 'omitnan')", [0, 2**0.5, 0.5**0.5, 0.5**0.5]),
    ("movvar([1 2 3 4], 3, 0, 2)", [0.5, 1, 1, 0.5]),
    ("movsum([NaN NaN], 1, 'omitnan')", [0, 0]),
    ("movmean([1+2i 3], 2)", [1 + 2j, 2 + 1j]),
]


@pytest.mark.parametrize(("call", "answer"), ANSWERS)
def test_a_window_moves(run, call, answer):
    run(f"x = {call};")
    assert np.ravel(run["x"]) == pytest.approx(answer, nan_ok=True)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("movmax(int8([1 3 2]), 3)", "int8"),
        ("movmean(int8([1 2]), 2)", "double"),
        ("movmean(single([1 2]), 2)", "single"),
        ("movmedian(uint8([1 2]), 2)", "uint8"),
    ],
)
def test_extremes_and_medians_of_integers_stay_integers(run, call, name):
    run(f"x = class({call});")
    assert run["x"] == name


@pytest.mark.parametrize(
    "call",
    [
        "movmean(1:3, 2.5)",
        "movmean(1:3, 3, 'Endpoints', 'mirror')",
        "movmean(1:3, 3, 'SamplePoints', [3 2 1])",
        "movmean(1:3, 3, 'SamplePoints', [1 2])",
        "movmean(1:3, 3, 'SamplePoints', [0 1 3], 'Endpoints', 'fill')",
        "movmean(1:2, 2, 'SamplePoints', datetime(2020, 1, 1:2))",
        "movvar(1:3, 2, 5)",
        "movmean(1:3, 3, 1, 1)",
    ],
)
def test_windows_that_mean_nothing_are_refused(run, call):
    with pytest.raises(ScriptError):
        run(f"{call};")


def test_many_windows_are_laid_out_in_parts(run, monkeypatch):
    monkeypatch.setattr("cnnscript.builtins.statistics.moving.CHUNK", 10)
    run("x = isequal(movsum(1:100, 3), [3 6:3:297 199]);")
    assert run["x"] is True
