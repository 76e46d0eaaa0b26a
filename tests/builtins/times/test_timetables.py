"""Timetables: tables whose rows have times."""

import pytest


@pytest.fixture
def weather(run):
    run("t = datetime(2024, 1, [1 1 2 4], [0 12 6 0], 0, 0)'; x = [1; 3; 5; 9]; s = {'a'; 'b'; 'c'; 'd'};")
    run("TT = timetable(t, x, s);")
    return run


def test_times_name_the_first_column(weather):
    assert weather("TT(1:2, 'x')") == [
        "ans =", "2×1 timetable", "t              x", "____________________    _",
        "01-Jan-2024 00:00:00    1", "01-Jan-2024 12:00:00    3",
    ]  # fmt: skip
    assert weather("disp(TT.Properties.DimensionNames); disp(class(TT)); disp([istable(TT) istimetable(TT)])") == [
        "{'t'}    {'Variables'}",
        "timetable",
        "0   1",
    ]


def test_rows_are_found_by_time(weather):
    assert weather("disp(TT{'02-Jan-2024 06:00:00', 'x'}); disp(TT{datetime(2024, 1, 4), 'x'})") == ["5", "9"]
    assert weather("disp(TT.x(1)); disp(TT{timerange('2024-01-01', '2024-01-02'), 'x'}')") == ["1", "1     3"]
    assert weather("disp(TT{timerange('2024-01-02', 'days'), 'x'}')") == ["5"]
    assert weather("disp(TT{withtol(datetime(2024, 1, 4, 1, 0, 0), hours(2)), 'x'})") == ["9"]
    assert weather.fault("TT('2025-01-01', :)").identifier == "MATLAB:timetable:UnrecognizedRowTime"


def test_rows_go_with_their_times(weather):
    assert weather("U = sortrows(TT([3 1], :)); disp(U.x'); disp(day(U.t'))") == ["1     5", "1     2"]
    assert weather("U = [TT(4, :); TT(1, :)]; disp(U.t')") == ["04-Jan-2024   01-Jan-2024"]
    assert weather("TT(2, :) = []; TT.y = TT.x * 2; disp(TT.y'); disp(size(TT))") == ["2    10    18", "3     3"]
    assert weather("T = timetable2table(TT); disp(T.Properties.VariableNames)") == ["{'t'}    {'x'}    {'s'}    {'y'}"]
    assert weather("disp(isequal(table2timetable(T), TT))") == ["1"]


@pytest.mark.parametrize(
    ("how", "values"),
    [
        ("'daily', 'mean'", "2     5   NaN     9"),
        ("'daily', 'previous'", "1     3     5     9"),
        ("'daily', 'next'", "1     5     9     9"),
        ("'daily', 'nearest'", "1     5     5     9"),
        ("'daily', 'linear'", "1.0000    4.3333    6.7143    9.0000"),
        ("'daily', 'count'", "2     1     0     1"),
        ("'daily', 'sum'", "4     5     0     9"),
        ("'daily', 'fillwithconstant', Constant=-1", "1    -1    -1     9"),
        ("'daily'", "1   NaN   NaN     9"),
        ("'monthly', @max", "9"),
        ("'regular', 'firstvalue', TimeStep=hours(24)", "1     5   NaN     9"),
    ],
)
def test_values_are_brought_to_other_times(weather, how, values):
    assert weather(f"R = retime(TT(:, 'x'), {how}); disp(R.x')") == [values]


def test_steps_make_times(run):
    assert run("TT = timetable([1; 2], SampleRate=100); disp(TT.Time')") == ["0 sec   0.01 sec"]
    assert run("TT = timetable([1; 2], TimeStep=calmonths(1), StartTime=datetime(2024, 1, 31)); disp(TT.Time')") == [
        "31-Jan-2024   29-Feb-2024"
    ]
    assert run("[r, dt] = isregular(TT, 'months'); disp(r); disp(dt)") == ["1", "1mo"]
    assert run.fault("timetable([1; 2])").identifier == "MATLAB:timetable:NoTimeVector"
    assert run.fault("timetable(seconds(1), [1; 2])").identifier == "MATLAB:timetable:IncorrectNumberOfRowTimes"


def test_timetables_are_put_side_by_side(run):
    run("A = timetable(seconds([1; 2]), [5; 6], VariableNames={'a'});")
    run("B = timetable(seconds([2; 4]), [7; 9], VariableNames={'a'}); S = synchronize(A, B, 'commonrange', 'linear');")
    assert run("disp(S.Properties.VariableNames); disp(S{:, :})") == ["{'a_1'}    {'a_2'}", "6     7"]
    assert run("S = synchronize(A, B); disp(S.Time')") == ["1 sec   2 sec   4 sec"]


def test_functions_of_variables_keep_the_times(weather):
    assert weather("V = varfun(@(v) v * 2, TT, 'InputVariables', 'x'); disp(class(V)); disp(V.t(4))") == [
        "timetable",
        "04-Jan-2024",
    ]
    assert weather("M = varfun(@mean, TT, 'InputVariables', 'x'); disp(M.mean_x)") == ["4.5000"]
