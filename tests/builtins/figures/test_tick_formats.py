import pytest

from cnnscript.pictures.graphics.rulers import exponent, written


@pytest.mark.parametrize(
    ("form", "value", "words"),
    [
        ("%.2f", 1.5, "1.50"),
        ("$%,.2f", 12345.678, "$12,345.68"),
        ("%g%%", 50, "50%"),
        ("%d", 3, "3"),
        ("%d", 3.5, "3.500000e+00"),
        ("%+4.1f", 2, "+2.0"),
        ("%05.1f", 2, "002.0"),
        ("%,d items", 1234567, "1,234,567 items"),
        ("%x", 255, "ff"),
    ],
)
def test_ticks_are_written_in_a_format(form, value, words):
    assert written(value, form) == words


@pytest.mark.parametrize(
    ("limits", "power"),
    [((0, 10), 0), ((0, 10000), 0), ((0, 12000), 4), ((0, 1e5), 4), ((-3e6, 1), 6), ((0, 0.01), -3), ((0, 0.05), 0)],
)
def test_large_and_small_numbers_have_a_power_of_ten_beside_the_axis(limits, power):
    assert exponent(*limits) == power


def test_formats_of_one_axis_and_exponents_of_rulers(run):
    run("plot([0 20000]); a = yticklabels; ax = gca; ax.YAxis.Exponent = 0; b = yticklabels; ytickformat('eur');")
    run("c = yticklabels; ytickformat('auto'); d = ytickformat;")
    assert run["a"].ravel()[-1] == "2" and run["b"].ravel()[-1] == "20000" and run["c"].ravel()[-1] == "€20,000.00"
    assert run["d"] == "%g"


def test_datetick_moves_limits_to_whole_months(run):
    run("plot(datenum(2020, 1:12, 1), 1:12); datetick('x', 'mmm'); a = xticklabels; b = xlim;")
    assert run["a"].ravel()[0] == "Jan" and run["b"].ravel()[0] == 737791


@pytest.mark.parametrize("text", ["xtickformat('nothing')", "xtickformat(5)", "datetick('x', 'mmm', 'keepall')"])
def test_what_is_no_format_is_refused(run, text):
    assert run.fault("plot(1:3); " + text).message


def test_axes_of_times_take_formats_of_times(run):
    run("plot(datetime(2020,1,1) + days(0:50), 0:50); xtickformat('dd-MMM-yyyy'); a = xticklabels; f = xtickformat;")
    run("plot(hours(1:5), 1:5); xtickformat('hh:mm'); b = xticklabels;")
    assert run["a"].ravel()[0] == "01-Jan-2020" and run["f"] == "dd-MMM-yyyy" and run["b"].ravel()[0] == "01:00"
    assert "not a format" in run.fault("xtickformat('yyyy')").message
    assert "not a format" in run.fault("plot(datetime(2020,1,1:3), 1:3); xtickformat('%d')").message
