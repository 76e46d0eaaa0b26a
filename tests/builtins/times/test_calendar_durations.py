"""Calendar durations: months and days whose length depends on the date."""

import pytest


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("datetime(2020, 1, 31) + calmonths(1)", "29-Feb-2020"),
        ("datetime(2020, 3, 31) - calmonths(1)", "29-Feb-2020"),
        ("datetime(2020, 2, 29) + calyears(1)", "28-Feb-2021"),
        ("calmonths(1) + datetime(2020, 1, 31)", "29-Feb-2020"),
        ("calyears(1) + calmonths(13) + caldays(4)", "2y 1mo 4d"),
        ("caldays(2) + hours(3)", "2d 3h 0m 0s"),
        ("2 * calweeks(3)", "6w"),
        ("-calquarters(1)", "-1q"),
        ("between(datetime(2014, 1, 15), datetime(2020, 3, 1, 5, 6, 7))", "6y 1mo 15d 5h 6m 7s"),
        ("between(datetime(2020, 3, 1), datetime(2019, 1, 15))", "-1y -1mo -17d"),
        ("between(datetime(2020, 1, 1), '2020-03-05', 'weeks')", "9w"),
        ("caldays([1; NaN])'", "1d   NaN"),
    ],
)
def test_lengths_on_the_calendar(run, code, shown):
    assert run(f"disp({code})") == [shown]


def test_a_range_counts_months_from_its_first_day(run):
    assert run("t = datetime(2020, 1, 31):calmonths(1):datetime(2020, 4, 30); disp(day(t))") == ["31    29    31    30"]


def test_elements_are_read_written_and_joined(run):
    run("c = [caldays(1) calmonths(3)]; c(4) = calyears(1);")
    assert run("disp(c); disp(calmonths(c)); disp(isequal(c(2), calmonths(3)))") == [
        "1d   3mo    0d    1y",
        "0     3     0    12",
        "1",
    ]


def test_wrong_numbers_and_formats_are_refused(run):
    assert run.fault("caldays(1.5)").identifier == "MATLAB:calendarDuration:caldays:MustBeInteger"
    assert run.fault("c = caldays(1); c.Format = 'x';").identifier == "MATLAB:calendarDuration:UnrecognizedFormat"
    assert run.fault("caldays(1) < caldays(2)").identifier == "MATLAB:UndefinedFunction"
