import numpy as np
import pytest

from cnnscript.pictures.graphics.limits import log_limits, round_limits, tick_label, tick_step, ticks


@pytest.mark.parametrize(
    ("low", "high", "limits", "step"),
    [
        (1, 10, (1, 10), 1), (1, 100, (0, 100), 10), (0, 3, (0, 3), 0.5), (0, 6.2832, (0, 7), 1), (-1, 1, (-1, 1),
        0.2), (1, 12, (0, 12), 2), (0.001, 0.0042, (0.001, 0.0045), 0.0005), (-3, 997, (-200, 1000), 200),
    ],
)  # fmt: skip
def test_limits_fall_on_round_steps(low, high, limits, step):
    assert round_limits(low, high) == pytest.approx(limits)
    assert tick_step(*limits) == pytest.approx(step)


def test_one_value_gets_room_around_it():
    assert round_limits(5, 5) == (4, 6) and round_limits(0, 0) == (-1, 1) and round_limits(100, 100) == (90, 110)


def test_what_is_not_finite_has_the_limits_of_nothing():
    assert round_limits(float("nan"), 1) == (0, 1)


def test_ticks_are_exact_multiples():
    assert ticks(0, 1).tolist() == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    assert ticks(0.5, 4.5).tolist() == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]
    assert np.isclose(ticks(1e-9, 9e-9), np.arange(1, 10) * 1e-9).all()


def test_logarithmic_limits_are_powers_of_ten():
    assert log_limits(3, 4000) == (1, 10000) and log_limits(10, 10) == (10, 100) and log_limits(-1, 5) == (0.1, 1)


def test_labels_are_short():
    assert [tick_label(value) for value in (0, -0.0, 0.1, 2, 1e6, 123456)] == [
        "0",
        "0",
        "0.1",
        "2",
        "1e+06",
        "1.2346e+05",
    ]
