import pytest


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("datetime([2024 6 1; 2024 6 2])", "01-Jun-2024\n02-Jun-2024"),
        ("datetime('1.6.2024', 'InputFormat', 'd.M.uuuu')", "01-Jun-2024"),
        ("datetime({'2024-06-01'; ''})", "01-Jun-2024\nNaT"),
        ('datetime(["2024-06-01" "2024-06-02 12:00:00"], InputFormat="uuuu-MM-dd")', "01-Jun-2024   NaT"),
        ("datetime(738000, 'ConvertFrom', 'datenum')", "28-Jul-2020"),
        ("datetime(86400, 'ConvertFrom', 'posixtime')", "02-Jan-1970"),
        ("datetime(20240601, 'ConvertFrom', 'yyyymmdd')", "01-Jun-2024"),
        ("datetime(2024, 6, 1, 0, 0, 0, 250, 'Format', 'ss.SSS')", "00.250"),
        ("dateshift(datetime(2024, 6, 5), 'start', 'week')", "02-Jun-2024"),
        ("dateshift(datetime(2024, 6, 5), 'end', 'quarter')", "30-Jun-2024"),
    ],
)
def test_a_datetime_comes_from_many_things(run, code, text):
    assert run(f"disp({code})") == text.split("\n")


def test_today_and_tomorrow_are_a_day_apart(run):
    assert run("disp(days(datetime('tomorrow') - datetime('today')))") == ["1"]
    assert run("disp(abs(minutes(datetime - datetime('now'))) < 1)") == ["1"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("datetime('soon')", "Could not recognize the date/time format of 'soon'."),
        ("datetime('2024', 'InputFormat', 'dd')", "Unable to convert '2024' to datetime using the format 'dd'."),
        ("datetime(2024, 6)", "Input data must be one numeric matrix with three or six columns"),
        ("datetime(2024, 6.5, 1)", "Years, months and days must be whole numbers."),
        ("datetime(2024, 6, 1, 'TimeZone', 'Middle/Earth')", "'Middle/Earth' is not a known time zone."),
        ("datetime(2024, 6, 1) + datetime(2024, 6, 1)", "Addition is not defined between datetime arrays."),
        ("year(5)", "Incorrect number or types of inputs or outputs for function year."),
        ("duration(5)", "Input data must be one numeric matrix with three columns"),
        ("seconds('5')", "Input data must be numeric."),
        ("duration('soon')", "Could not recognize the format of the duration 'soon'."),
        ("d = seconds(5); d.Format = 'x';", "A format of durations must be"),
        ("isnan(datetime(2024, 6, 1))", "Undefined function 'isnan' for input arguments of type 'datetime'."),
    ],
)
def test_what_is_no_time_is_said(run, code, message):
    assert run.fault(code).message.startswith(message)


def test_functions_of_arrays_keep_times(run):
    run("t = datetime(2024, 1, [3 1 2]);")
    assert run("disp(sort(t))") == ["01-Jan-2024   02-Jan-2024   03-Jan-2024"]
    assert run("disp(repmat(t(1), 1, 2))") == ["03-Jan-2024   03-Jan-2024"]
    assert run("disp(unique([t t]))") == ["01-Jan-2024   02-Jan-2024   03-Jan-2024"]
    assert run("disp(mean(t)), disp(class(max(t) - min(t)))") == ["02-Jan-2024", "duration"]
    assert run("disp(size(t')), disp(isequal(t, t)), disp(ismissing([t NaT]))") == ["3     1", "1", "0   0   0   1"]


def test_times_stand_in_tables_and_files(run):
    run("T = table(datetime(2024, 6, [2; 1]), minutes([5; 10]), 'VariableNames', {'day' 'took'});")
    assert run("disp(sortrows(T, 'day').took)") == ["10 min", "5 min"]
    assert run("T{3, 'took'} = minutes(1); disp(isnat(T.day'))") == [
        "0   0   1"
    ]
    run("writetable(T(1:2, 1), 't.csv'); U = readtable('t.csv');")
    assert run("disp(class(U.day)), disp(isequal(U.day, T.day(1:2)))") == ["datetime", "1"]


def test_older_functions_of_dates_take_datetimes(run):
    assert run("disp(datestr(datetime(2024, 6, 1), 'yyyy-mm-dd'))") == ["2024-06-01"]
    assert run("[~, name] = weekday(datetime(2024, 6, 1)); disp(name)") == ["Sat"]
    assert run("disp(datenum(datetime(2020, 7, 28)) == datenum(2020, 7, 28))") == ["1"]


def test_a_loop_over_days_and_a_stopwatch(run):
    assert run("for d = datetime(2024, 1, 30):datetime(2024, 2, 1), fprintf('%s ', d); end") == [
        "30-Jan-2024 31-Jan-2024 01-Feb-2024"
    ]
    assert run("t0 = datetime('now'); took = datetime('now') - t0; disp(seconds(took) < 60)") == ["1"]


def test_a_number_beside_a_length_of_time_counts_days(run):
    assert run("disp(min(hours(30), 1))") == ["24 hr"]
    assert run.fault("max(datetime(2024, 6, 1), 1)").message.startswith("A datetime cannot be combined or compared")
    assert run("disp(max([seconds(1) seconds(2)], [], 2))") == ["2 sec"]


def test_isweekend_tells_saturdays_and_sundays(run):
    run("w = isweekend([datetime(2024, 6, 1:3) NaT datetime(1969, 12, 28, 23, 0, 0)]);")
    assert run["w"].tolist() == [[True, True, False, False, True]]


def test_a_date_whose_month_and_day_could_change_places_is_warned_of(run):
    lines = run("t = datetime('1/2/2024');")
    assert lines[0].startswith(
        "Warning: Successfully converted the text to date/time using the format 'MM/dd/uuuu', but the format is amb"
    )
    assert run("t = datetime('1/22/2024'); u = datetime('1/2/2024', 'InputFormat', 'dd/MM/uuuu');") == []


def test_text_of_times_may_be_given_a_format(run):
    run("t = datetime(2020, 1, 2, 3, 4, 5); a = string(t, 'uuuu-MM-dd'); b = char(t, 'HH:mm'); c = cellstr(t, \"dd\");")
    run("d = string(hours(1.5), 'hh:mm:ss'); ok = a == \"2020-01-02\" && d == \"01:30:00\";")
    assert run["ok"] is True and run["b"] == "03:04" and run["c"].tolist() == [["02"]]
    assert run.fault("string(3, '%d')").identifier == "MATLAB:maxrhs"
