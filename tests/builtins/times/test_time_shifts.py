"""Points in time moved on the calendar, in time zones, and as numbers of other programs."""

import pytest


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dateshift(datetime(2020, 1, 31), 'dayofweek', 'Friday')", "31-Jan-2020"),
        ("dateshift(datetime(2020, 1, 30), 'dayofweek', 1)", "02-Feb-2020"),
        ("dateshift(datetime(2020, 1, 31), 'dayofweek', 'weekend', 'previous')", "26-Jan-2020"),
        ("dateshift(datetime(2020, 1, 31, 5, 0, 0), 'start', 'hour', 'next')", "31-Jan-2020 06:00:00"),
        ("dateshift(datetime(2020, 1, 31), 'end', 'year', 1)", "31-Dec-2021"),
        ("dateshift(datetime(2020, 2, 20), 'start', 'month', 'nearest')", "01-Mar-2020"),
        ("datetime(1e9, ConvertFrom='epochtime', Epoch='2000-01-01')", "09-Sep-2031 01:46:40"),
        ("datetime('2020-01-31', InputFormat='yyyy-MM-dd', Format='preserveinput')", "2020-01-31"),
        ("datetime('13/02/20', InputFormat='dd/MM/yy', PivotYear=1900)", "13-Feb-1920"),
        ("[week(datetime(2020, 1, 31)) exceltime(datetime(2020, 1, 31))]", "5       43861"),
    ],
)
def test_dates_are_moved_and_counted(run, code, shown):
    assert run(f"disp({code})") == [shown]


def test_clocks_of_two_zones_show_the_same_moment(run):
    run("t = datetime(2020, 7, 1, 12, 0, 0, TimeZone='Europe/Berlin'); u = t; u.TimeZone = 'America/New_York';")
    assert run("disp(u); disp(t == u); disp(t - u); disp(hour(u))") == ["01-Jul-2020 06:00:00", "1", "00:00:00", "6"]
    assert run("u.Format = 'HH:mm z xxx'; disp(u)") == ["06:00 EDT -04:00"]
    assert run("disp(isdst(t)); disp(tzoffset(u))") == ["1", "-04:00"]
    assert run("u.TimeZone = ''; u.Format = 'HH:mm'; disp(u)") == ["06:00"]


def test_a_day_of_the_calendar_is_not_always_24_hours(run):
    run("t = datetime(2020, 3, 28, 12, 0, 0, TimeZone='Europe/Berlin');")
    assert run("disp(t + days(1)); disp(t + caldays(1))") == ["29-Mar-2020 13:00:00", "29-Mar-2020 12:00:00"]
    assert run("disp(between(t, t + hours(23)))") == ["1d"]


def test_offsets_in_texts_are_read(run):
    form = "uuuu-MM-dd''T''HH:mm:ssXXX"
    code = f"datetime('2020-07-01T12:00:00+02:00', 'InputFormat', '{form}'"
    assert run(f"disp({code}, 'TimeZone', 'UTC'))") == ["01-Jul-2020 10:00:00"]
    assert run.fault(f"{code})").identifier == "MATLAB:datetime:NoTimeZone"


def test_times_with_and_without_a_zone_are_not_compared(run):
    code = "datetime(2020, 1, 1) < datetime(2020, 1, 1, TimeZone='UTC')"
    assert run.fault(code).identifier == "MATLAB:datetime:IncompatibleTZ"
    assert run.fault("datetime('now', TimeZone='Mars')").identifier == "MATLAB:datetime:UnknownTimeZone"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("01/05/2020 03:04 PM", "05-Jan-2020 15:04:00"),
        ("13/02/2020", "13-Feb-2020"),
        ("05.01.2020 10:11", "05-Jan-2020 10:11:00"),
    ],
)
def test_more_ways_to_write_a_date_are_recognized(run, text, shown):
    assert run(f"disp(datetime('{text}'))")[-1] == shown  # where two readings fit, a warning comes first


def test_a_time_alone_is_one_of_today(run):
    run("t = datetime('10:11:12'); d = dateshift(t, 'start', 'day');")
    assert run("disp(timeofday(t)); disp(d == datetime('today'))") == [
        "10:11:12",
        "1",
    ]


def test_one_point_in_time_shifts_by_each_of_several_counts(run):
    run("t = dateshift(datetime(2020, 3, 15), 'end', 'month', 0:2); d = day(t);")
    assert run["d"].tolist() == [[31, 30, 31]]
