"""Groups of arrays, in bins, without rows; rows changed and chosen by group."""

import pytest


@pytest.fixture
def people(run):
    run("c = categorical({'a'; 'b'; 'a'}, {'a' 'b' 'z'}); x = [1; 5; 3]; t = datetime(2024, [1 1 2], [1 9 3])';")
    run("T = table(c, x, t);")
    return run


def test_arrays_are_grouped_and_counted(run):
    run("[B, BG, BC] = groupsummary([1 10; 2 20; 4 40], {'a'; 'b'; 'a'}, 'sum');")
    assert run("disp(B); disp(BG'); disp(BC')") == ["5    50", "2    20", "{'a'}    {'b'}", "2     1"]
    assert run("[B, BG] = groupcounts([true; false; true]); disp([B double(BG)])") == ["1     0", "2     1"]
    assert run("[B, BG] = groupcounts({[1; 1; 2], {'x'; 'y'; 'x'}}); disp(B'); disp(BG{2}')") == [
        "1     1     1",
        "{'x'}    {'y'}    {'x'}",
    ]


def test_groups_without_rows_are_there_when_wished(people):
    assert people("G = groupcounts(T, 'c', IncludeEmptyGroups=true); disp(G.GroupCount'); disp(char(G.c(3)))") == [
        "2     1     0",
        "z",
    ]
    people("G = groupsummary(T, 'c', 'mean', 'x', IncludeEmptyGroups=true);")
    assert people("disp(G.mean_x')") == ["2     5   NaN"]


def test_bins_of_numbers_and_of_time(people):
    assert people("G = groupsummary(T, 'x', [0 2 6], 'max', 'x'); disp(cellstr(G.disc_x)'); disp(G.max_x')") == [
        "{'[0, 2)'}    {'[2, 6]'}",
        "1     5",
    ]
    assert people("G = groupcounts(T, 't', 'month'); disp(cellstr(G.month_t)'); disp(G.GroupCount')") == [
        "{'Jan-2024'}    {'Feb-2024'}",
        "2     1",
    ]
    assert people("G = groupsummary(T, 't', 'dayname', 'sum', 'x'); disp(cellstr(G.dayname_t)')") == [
        "{'Monday'}    {'Tuesday'}    {'Saturday'}"
    ]
    assert people.fault("groupcounts(T, 'c', [1 2])").identifier == "MATLAB:groupcounts:BinsNotNumeric"


def test_rows_are_changed_and_chosen_by_group(people):
    assert people("G = grouptransform(T, 'c', 'rescale', 'x'); disp(G.x')") == ["0     0     1"]
    assert people("G = grouptransform(T, 'c', @mean, 'x'); disp(G.x')") == ["2     5     2"]
    assert people("G = groupfilter(T, 'c', @(v) numel(v) > 1, 'x'); disp(G.x')") == ["1     3"]
    assert people.fault("groupfilter(T, 'c', @(v) 1, 'x')").identifier == "MATLAB:groupfilter:MethodOutput"
