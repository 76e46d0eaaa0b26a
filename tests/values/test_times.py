import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import time_text
from cnnscript.values.compare import eq, lt
from cnnscript.values.concatenate import horzcat, vertcat
from cnnscript.values.indexing import index
from cnnscript.values.operators import minus, mtimes, plus, rdivide, uminus
from cnnscript.values.text import String, strings_of
from cnnscript.values.time_text import DAY, length_read, length_written, moment_of, parts, read, weekday, written
from cnnscript.values.times import Datetime, Duration, read_all


def moments(*items):
    return Datetime(np.array([items], float))


def lengths(*items, form="s"):
    return Duration(np.array([items], float) * 1000, form)


JUNE = moment_of(2024, 6, 1, 13, 5, 9.25)


# ---------------------------------------------------------------------------------------------------------------- text
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("dd-MMM-uuuu HH:mm:ss", "01-Jun-2024 13:05:09"),
        ("yyyy-MM-dd'T'HH:mm:ss.SSS", "2024-06-01T13:05:09.250"),
        ("d.M.yy", "1.6.24"),
        ("eeee, MMMM d", "Saturday, June 1"),
        ("hh:mm a", "01:05 PM"),
        ("QQQ D", "Q2 153"),
        ("'o''clock' H", "o'clock 13"),
    ],
)
def test_a_moment_is_written_in_a_format_of_letters(form, text):
    assert written(JUNE, form) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("01-Jun-2024 13:05:09", "dd-MMM-uuuu HH:mm:ss"),
        ("2024-06-01T13:05:09.25", "uuuu-MM-dd'T'HH:mm:ss.SS"),
        ("1/6/2024 1:05:09.25 pm", "d/M/uuuu h:mm:ss.SS a"),
        ("20240601T130509", "uuuuMMdd'T'HHmmss"),
    ],
)
def test_what_is_written_is_read_again(text, form):
    assert abs(read(text, form) - JUNE) < 1000


@pytest.mark.parametrize("text", ["31-Feb-2024", "2024-13-01", "32-Jan-2024", "conv1", "2024"])
def test_what_is_no_date_is_none(text):
    with pytest.raises(ScriptError) as caught:
        read_all([text], None)
    assert caught.value.message.startswith(f"Could not recognize the date/time format of '{text}'.")


def test_a_letter_that_means_nothing_is_said():
    with pytest.raises(ScriptError) as caught:
        written(JUNE, "bb")
    assert caught.value.message == "Unsupported symbol 'b' in the date format 'bb'."


def test_parts_beyond_their_range_carry_over():
    assert parts(moment_of(2023, 14, 30, 25, 61, 61))[:5] == (2024, 3, 2, 2, 2)
    assert parts(moment_of(1969, 12, 31, 23, 59, 59.5)) == (1969, 12, 31, 23, 59, 59.5)
    assert weekday(moment_of(2024, 6, 2)) == 1


@pytest.mark.parametrize(
    ("milliseconds", "form", "text"),
    [
        (90_500, "s", "90.5 sec"),
        (90_500, "hh:mm:ss", "00:01:30"),
        (90_500, "mm:ss.SS", "01:30.50"),
        (-90_000, "hh:mm:ss", "-00:01:30"),
        (DAY, "d", "1 day"),
        (2 * DAY, "d", "2 days"),
        (90 * 3_600_000, "dd:hh:mm:ss", "03:18:00:00"),
        (np.nan, "h", "NaN hr"),
        (np.inf, "hh:mm:ss", "Inf"),
        (123_456_789, "s", "1.2346e+05 sec"),
    ],
)
def test_a_length_of_time_is_written_in_its_unit_or_as_a_clock(milliseconds, form, text):
    assert length_written(milliseconds, form) == text


def test_clocks_are_read_as_lengths():
    assert length_read("01:30:00") == 5_400_000
    assert length_read("-00:00:01.5") == -1500
    assert length_read("1:02:03:04") == ((26 * 60 + 3) * 60 + 4) * 1000
    assert length_read("soon") is None


# ----------------------------------------------------------------------------------------------------------- arithmetic
def test_differences_of_points_are_lengths_and_back():
    gap = minus(moments(2 * DAY), moments(DAY))
    assert type(gap) is Duration and gap.data.tolist() == [[DAY]]
    assert plus(moments(0.0), gap).data.tolist() == [[DAY]]
    assert plus(2.0, moments(0.0)).data.tolist() == [[2 * DAY]]
    assert minus(moments(2 * DAY), 0.5).data.tolist() == [[1.5 * DAY]]
    with pytest.raises(ScriptError) as caught:
        plus(moments(0.0), moments(0.0))
    assert caught.value.message == "Addition is not defined between datetime arrays."
    with pytest.raises(ScriptError):
        minus(1.0, moments(0.0))


def test_lengths_scale_and_divide():
    assert mtimes(2.0, lengths(5)).texts() == ["10 sec"]
    assert rdivide(lengths(90), lengths(30)) == 3.0
    assert rdivide(lengths(90), 2.0).texts() == ["45 sec"]
    assert uminus(lengths(5)).texts() == ["-5 sec"]
    assert plus(lengths(5), 1.0).data.tolist() == [[DAY + 5000]]
    with pytest.raises(ScriptError):
        mtimes(lengths(1), lengths(1))


def test_times_compare_with_text_and_no_time_with_nothing():
    days = moments(moment_of(2024, 1, 1), moment_of(2024, 1, 2), np.nan)
    assert lt(days, "2024-01-02").tolist() == [[True, False, False]]
    assert eq(days, days).tolist() == [[True, True, False]]
    assert lt(lengths(1, 5), "00:00:03").tolist() == [[True, False]]


def test_arrays_of_times_are_cut_written_and_joined():
    days = moments(0.0, DAY, 2 * DAY)
    assert index(days, (np.array([[3.0, 1.0]]),)).data.tolist() == [[2 * DAY, 0]]
    grown = days.assign((5.0,), moments(7 * DAY))
    assert np.isnan(grown.data[0, 3]) and grown.data[0, 4] == 7 * DAY
    assert lengths(1).assign((3.0,), lengths(2)).data.tolist() == [[1000, 0, 2000]]
    assert days.delete_elements((2.0,)).data.tolist() == [[0, 2 * DAY]]
    assert horzcat(days, "1970-01-05").data.tolist() == [[0, DAY, 2 * DAY, 4 * DAY]]
    assert vertcat(days, days).size() == (2, 3)
    with pytest.raises(ScriptError):
        days.assign((1.0,), 5.0)


def test_a_property_written_moves_the_time():
    assert moments(moment_of(2024, 5, 31)).set("Month", 2.0).texts() == ["02-Mar-2024"]
    assert moments(JUNE).set("Format", "HH:mm").texts() == ["13:05"]
    with pytest.raises(ScriptError):
        moments(JUNE).set("TimeZone", "Middle/Earth")


def test_no_time_is_a_missing_string():
    assert type(strings_of(moments(np.nan)).item()).__name__ == "Missing"
    assert String(strings_of(moments(0.0))).data.item() == "01-Jan-1970"
    assert time_text.is_length_format("hh:mm:ss.SSS") and not time_text.is_length_format("x")
