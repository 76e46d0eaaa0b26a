"""Learn rates step by step, worked out by hand."""

from math import inf

import pytest

from cnnscript.engine.training.schedules import (
    Schedule,
    cosine,
    cyclical,
    exponential,
    of_factor,
    piecewise,
    power_law,
)


def rates(*parts, epochs=8, each=1, first=1.0, decay=0.0):
    """The rates of all iterations, `each` an epoch."""
    told = Schedule(first, parts, decay).begin()
    return [told.at(epoch + 1, epoch * each + k + 1) for epoch in range(epochs) for k in range(each)]


def test_without_parts_the_rate_is_the_first_and_decays_by_iterations():
    assert rates(epochs=3, first=0.5) == [0.5, 0.5, 0.5]
    assert rates(epochs=2, each=2, decay=0.5) == pytest.approx([1, 1 / 1.5, 1 / 2, 1 / 2.5])


def test_steps_are_epochs_or_iterations():
    assert rates(of_factor(piecewise(0.5, 2)), epochs=6) == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert rates(of_factor(piecewise(0.5, 2)), epochs=3, each=2) == [1, 1, 1, 1, 0.5, 0.5]
    assert rates(of_factor(piecewise(0.5, 2), True), epochs=3, each=2) == [1, 1, 0.5, 0.5, 0.25, 0.25]


def test_each_curve_begins_with_its_first_factor():
    assert rates(of_factor(exponential(0.25, 2)), epochs=5) == pytest.approx([1, 0.5, 0.25, 0.125, 0.0625])
    assert rates(of_factor(power_law(1, 0.2, 2, 4)), epochs=4) == pytest.approx([1, 0.65, 0.4, 0.25])
    assert rates(of_factor(cosine(1, 0, 4)), epochs=5) == pytest.approx([1, 0.853553, 0.5, 0.146447, 1], abs=1e-6)
    assert rates(of_factor(cyclical(5, 4, 0.5)), epochs=6) == pytest.approx([1, 3, 5, 3, 1, 3])
    assert rates(of_factor(cyclical(4, 4, 0.75)), epochs=5) == pytest.approx([1, 2, 3, 4, 1])


def test_periods_of_a_cosine_grow():
    found = rates(of_factor(cosine(1, 0, 2, 2)), epochs=7)
    assert found == pytest.approx([1, 0.5, 1, 0.853553, 0.5, 0.146447, 1], abs=1e-6)
    assert rates(of_factor(cosine(1, 0, 2, inf)), epochs=3) == pytest.approx([1, 0.5, 1])


def test_a_last_part_that_is_over_stays_at_what_it_reached():
    assert rates(of_factor(power_law(0.1, 1, 1, 3), True, 3), epochs=5) == pytest.approx([0.1, 0.4, 0.7, 1, 1])
    assert rates(of_factor(power_law(1, 0, 1, 2), False, 2), epochs=4) == pytest.approx([1, 0.5, 0, 0])


def test_parts_follow_one_another_and_each_counts_its_own_steps():
    warm = of_factor(power_law(0.5, 1, 1, 3), True, 3)
    found = rates(warm, of_factor(piecewise(0.1, 2), True), epochs=7)
    assert found == pytest.approx([0.5, 2 / 3, 5 / 6, 1, 1, 0.1, 0.1])
    # a part that counts epochs and begins within one counts that one as its first
    found = rates(warm, of_factor(piecewise(0.1, 1)), epochs=4, each=2)
    assert found == pytest.approx([0.5, 2 / 3, 5 / 6, 1, 0.1, 0.1, 0.01, 0.01])
