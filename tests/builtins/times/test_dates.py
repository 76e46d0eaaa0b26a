"""Dates as numbers, vectors and text."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.times import calendars, dates  # noqa: F401  they declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import cell_of_texts


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def vector(*numbers):
    return np.array([numbers], float)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (0.0, "02-Jan-2020 15:04:05"),
        (1.0, "02-Jan-2020"),
        (13.0, "15:04:05"),
        (16.0, " 3:04 PM"),
        (29.0, "2020-01-02"),
        (30.0, "20200102T150405"),
        ("yyyy/mm/dd HH:MM:SS.FFF", "2020/01/02 15:04:05.250"),
        ("dddd mmmm", "Thursday January"),
    ],
)
def test_a_date_in_a_format(form, text):
    assert call("datestr", vector(2020, 1, 2, 15, 4, 5.25), form) == text


def test_dates_without_a_time_are_written_short():
    assert call("datestr", 738000.0) == "28-Jul-2020" and call("datestr", 738000.5) == "28-Jul-2020 12:00:00"


def test_days_since_the_year_zero():
    assert call("datenum", 2020.0, 7.0, 28.0) == 738000.0
    assert call("datenum", vector(2020, 7, 28, 12, 0, 0)) == 738000.5
    assert call("datenum", "2020-07-28") == 738000.0
    assert call("datenum", 2019.0, 19.0, 28.0) == 738000.0
    assert call("datenum", cell_of_texts(["28-Jul-2020", "29-Jul-2020"])).tolist() == [[738000], [738001]]
    with pytest.raises(ScriptError):
        call("datenum", "no date")


def test_vectors_of_dates_are_inverse_to_numbers():
    assert call("datevec", 738000.75).tolist() == [[2020, 7, 28, 18, 0, 0]]
    assert call("datevec", "2024-06-01 12:30:00", nargout=6) == (2024.0, 6.0, 1.0, 12.0, 30.0, 0.0)


def test_weekdays_and_months():
    assert call("weekday", 738000.0, nargout=2) == (3.0, "Tue")
    assert call("eomday", 2024.0, vector(2, 4)).tolist() == [[29, 30]]
    assert call("etime", vector(2024, 1, 1, 0, 1, 0), vector(2024, 1, 1, 0, 0, 30.5)) == 29.5


def test_amounts_of_time_added_to_dates():
    assert call("datestr", call("addtodate", call("datenum", 2024.0, 1.0, 31.0), 1.0, "month")) == "29-Feb-2024"
    assert call("addtodate", 738000.0, 36.0, "hour") == 738001.5
    assert call("addtodate", 738000.0, vector(1, 2), "day").tolist() == [[738001, 738002]]


def test_dates_without_a_year_count_time_alone():
    assert call("datenum", 0.0, 0.0, 0.0, 12.0, 0.0, 0.0) == 0.5
    assert call("datenum", np.array([[0.0, 0.0, 0.0, 1.0, 0.0, 0.0]])) == 1 / 24
    assert call("datenum", 0.0, 1.0, 1.0) == 1.0 and call("datestr", 0.5) == "00-Jan-0000 12:00:00"
    assert call("datevec", 0.25).tolist() == [[0, 0, 0, 6, 0, 0]]
    assert call("datenum", 2020.0, 0.0, 0.0) == call("datenum", 2019.0, 12.0, 31.0)
    assert call("datenum", 2020.0, 14.0, 1.0) == call("datenum", 2021.0, 2.0, 1.0)
    assert np.isnan(call("datenum", np.nan, 1.0, 1.0))


def test_date_vectors_come_back_from_their_serial_numbers():
    numbers = np.arange(-800000.0, 900000.0, 97)
    vectors = call("datevec", numbers.reshape(-1, 1))
    again = call("datenum", *(vectors[:, k : k + 1] for k in range(6)))
    assert again.ravel().tolist() == numbers.tolist()


def test_times_with_am_and_pm_are_read():
    assert call("datevec", "3:38:09 PM")[0, 3:].tolist() == [15, 38, 9]
    assert call("datevec", "12:05 AM")[0, 3:].tolist() == [0, 5, 0]
    with pytest.raises(ScriptError):
        call("datevec", "1/2/30", "mm/yy/yy")


def test_years_of_two_digits_lie_in_the_century_from_the_pivot_on():
    assert call("datestr", "03/05/10", "yyyy-mm-dd", 1900.0) == "1910-03-05"
    assert call("datevec", "03/05/99", "mm/dd/yy", 2000.0)[0, 0] == 2099
    assert call("datenum", "03/05/10", 1905.0) == call("datenum", 1910.0, 3.0, 5.0)
    assert call("datevec", "29-Feb-00", "dd-mmm-yy", 1900.0)[0, :3].tolist() == [1900, 3, 1]
    assert call("datestr", "03/05/2010", 29.0, 1900.0) == "2010-03-05"
    for wrong in (0.5, -3.0, np.nan):
        with pytest.raises(ScriptError):
            call("datestr", "03/05/10", 1.0, wrong)


def test_without_a_pivot_years_of_two_digits_are_less_than_fifty_years_away():
    from datetime import datetime

    this = datetime.now().year
    for year in (this - 50, this - 1, this + 49):
        assert call("datevec", f"03/05/{year % 100:02d}", "mm/dd/yy")[0, 0] == year
