"""Properties along axes of times are times to scripts."""

import pytest


def test_limits_ticks_and_data_of_an_axis_of_dates_are_datetimes(run):
    run("t = datetime(2020, 1, 1:5); h = plot(t, 1:5); ax = gca; a = isequal(h.XData, t);")
    run("b = isequal(ax.XLim, t([1 5]));")
    run("c = class(ax.XTick); d = isequal(xlim, ax.XLim); e = class(ax.YLim); f = isequal(get(h, 'XData'), t);")
    assert [run[name] for name in "abdf"] == [True] * 4 and run["c"] == "datetime" and run["e"] == "double"


def test_limits_and_ticks_of_an_axis_of_dates_are_set_to_dates(run):
    run("t = datetime(2020, 1, 1:5); plot(t, 1:5); ax = gca; ax.XLim = t([1 3]); ax.XTick = t(1:2);")
    run("a = isequal(xlim, t([1 3])); b = isequal(xticks, t(1:2)); n = numel(ax.XTickLabel);")
    assert run["a"] is True and run["b"] is True and run["n"] == 2


def test_lengths_of_time_keep_their_format(run):
    run("h = plot(hours(1:3), 1:3); ax = gca; c = class(ax.XLim); x = char(h.XData(2)); ax.XLim = hours([0 4]);")
    run("l = isequal(ax.XLim, hours([0 4]));")
    assert run["c"] == "duration" and run["x"] == "2 hr" and run["l"] is True


def test_dates_given_as_data_make_the_axis_one_of_times(run):
    run("h = plot(1:3); h.XData = datetime(2021, 5, 1:3); c = class(xlim);")
    assert run["c"] == "datetime"


def test_numbers_are_no_limits_that_fall(run):
    run("t = datetime(2020, 1, 1:5); plot(t, 1:5); ax = gca;")
    assert "second element is larger" in run.fault("ax.XLim = t([3 1]);").message


@pytest.mark.parametrize("letter", ["X", "Y"])
def test_two_axes_of_dates_are_linked(run, letter):
    data = "t, 1:5" if letter == "X" else "1:5, t"
    run(f"t = datetime(2020, 1, 1:5); a = subplot(2, 1, 1); plot({data}); b = subplot(2, 1, 2); plot({data});")
    run(f"linkaxes([a b], '{letter.lower()}'); a.{letter}Lim = t([2 4]); s = isequal(b.{letter}Lim, t([2 4]));")
    assert run["s"] is True
