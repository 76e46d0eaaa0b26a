"""Days in calendars."""

import io

import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def run():
    session = Session(out=io.StringIO(), err=io.StringIO())

    def run(code):
        session.run(code)
        return session

    return run


def test_the_name_of_a_day_is_short_or_long(run):
    found = run("[n, s] = weekday(737805, 'long'); [~, t] = weekday([737805 737806]); u = weekday('15-Jan-2020');")
    assert (found["n"], found["s"], found["u"]) == (4, "Wednesday", 4)
    with pytest.raises(ScriptError, match="no length of names"):
        run("weekday(1, 'huge')")


def test_a_month_is_six_weeks_from_sunday_and_today_has_a_star(run):
    found = run("c = calendar(2015, 2);")
    assert found["c"].shape == (6, 7) and found["c"][0].tolist() == [1, 2, 3, 4, 5, 6, 7] and found["c"].sum() == 406
    assert run("calendar").out.getvalue().count("*") == 1
