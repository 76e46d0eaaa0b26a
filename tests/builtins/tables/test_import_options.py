"""Files read with options of one's own: which columns, as what, from which line on."""

import pytest


@pytest.fixture
def file(run):
    run('writelines(["# made up"; "label,score,when"; "cat,0.75,03/02/2024"; "dog,?,04/02/2024"], "t.csv")')
    return run


def test_what_is_detected_can_be_changed(file):
    file("opts = detectImportOptions('t.csv', NumHeaderLines=1);")
    assert file("disp(opts.VariableNames); disp(opts.DataLines)") == ["{'label'}    {'score'}    {'when'}", "3   Inf"]
    file("opts = setvartype(opts, {'label' 'score'}, {'categorical' 'double'});")
    file("opts = setvartype(opts, 3, 'datetime');")
    file("opts = setvaropts(opts, 'when', 'InputFormat', 'dd/MM/uuuu'); T = readtable('t.csv', opts);")
    assert file("disp(class(T.label)); disp(T.score'); disp(T.when')") == [
        "categorical",
        "0.7500       NaN",
        "03-Feb-2024   04-Feb-2024",
    ]
    file("opts = setvaropts(opts, 'score', 'FillValue', -1); opts.SelectedVariableNames = {'score' 'label'};")
    assert file("T = readtable('t.csv', opts); disp(T.Properties.VariableNames); disp(T.score')") == [
        "{'score'}    {'label'}",
        "0.7500   -1.0000",
    ]


def test_lines_and_names_are_chosen(file):
    file("opts = detectImportOptions('t.csv', NumHeaderLines=1); opts.DataLines = [4 4];")
    file("opts.VariableNames = {'a' 'b' 'c'}; T = readtable('t.csv', opts);")
    assert file("disp(T.Properties.VariableNames); disp(T.a)") == ["{'a'}    {'b'}    {'c'}", "{'dog'}"]


def test_sheets_have_options_too(run):
    run("writecell({'x', 's'; 1, 'a'; 2, 'b'}, 'b.xlsx'); opts = detectImportOptions('b.xlsx');")
    assert run("opts = setvartype(opts, 's', 'string'); T = readtable('b.xlsx', opts); disp(T.x'); disp(T.s')") == [
        "1     2",
        '"a"    "b"',
    ]


def test_what_options_do_not_have_is_said(file):
    file("opts = detectImportOptions('t.csv', NumHeaderLines=1);")
    assert file.fault("setvartype(opts, 'nothing', 'double')").identifier == "MATLAB:textio:io:UnknownVarName"
    assert file.fault("opts.Nothing = 1;").identifier == "MATLAB:noPublicFieldForClass"
    assert file.fault("opts.VariableTypes = {'double'};").identifier == "MATLAB:textio:io:VariableTypesSize"


def test_a_format_names_the_class_of_each_column(run):
    run('writelines(["a,b,c"; "x,1,03/02/2024"; "y,2,04/02/2024"], "f.csv")')
    run("T = readtable('f.csv', Format='%C%*f%{dd/MM/uuuu}D');")
    assert run("disp(T.Properties.VariableNames); disp(class(T.a)); disp(T.c')") == [
        "{'a'}    {'c'}",
        "categorical",
        "03-Feb-2024   04-Feb-2024",
    ]
    assert run("T = readtable('f.csv', DatetimeType='text'); disp(T.c')") == ["{'03/02/2024'}    {'04/02/2024'}"]
    assert run.fault("readtable('f.csv', Format='%s%f')").identifier == "MATLAB:readtable:FormatCount"
