"""Spreadsheets: what is written is read again, sheet by sheet and range by range."""

import pytest


@pytest.fixture
def book(run):
    run("xlswrite('a.xlsx', {'name', 'v', 'd'; 'x', 1, 2; 'y', 3.5, 4});")
    return run


def test_numbers_texts_and_raw_cells_are_told_apart(book):
    book("[n, t, r] = xlsread('a.xlsx');")
    assert book("disp(n)") == ["1.0000    2.0000", "3.5000    4.0000"]
    assert book("disp(t{1, 2}); disp(isempty(t{2, 2})); disp(r{3, 2})") == ["v", "1", "3.5000"]
    assert book("disp(xlsread('a.xlsx', 'B2:B3')')") == ["1.0000    3.5000"]


def test_a_table_goes_to_a_sheet_and_back(run):
    run("T = table({'x'; 'y'}, [1; NaN], datetime(2020, 1, 1:2)', [true; false], 'VariableNames', {'s' 'n' 't' 'b'});")
    run("writetable(T, 'b.xlsx', Sheet='data', Range='B2'); U = readtable('b.xlsx', Sheet='data', Range='B2');")
    assert run("disp(isequaln(T, U)); disp(class(U.t)); disp(class(U.b))") == ["1", "datetime", "logical"]
    assert run("disp(sheetnames('b.xlsx')')") == ['"Sheet1"    "data"']
    assert run.fault("readtable('b.xlsx', Sheet='none')").identifier == "MATLAB:readtable:WorksheetNotFound"


def test_without_a_range_reading_begins_where_the_sheet_does(run):
    run("T = table({'x'; 'y'}, [1; 2], 'VariableNames', {'s' 'n'}); writetable(T, 'o.xlsx', Range='C4');")
    assert run("disp(isequal(readtable('o.xlsx'), T)); disp(size(readcell('o.xlsx')))") == ["1", "3     2"]
    run("writematrix(magic(3), 'm.xlsx', Range='B2'); o = detectImportOptions('o.xlsx');")
    assert run("disp(isequal(readmatrix('m.xlsx'), magic(3))); disp(o.DataRange)") == ["1", "C5"]
    shown = run("disp(isequal(readtable('o.xlsx', o), T)); disp(size(readcell('o.xlsx', Range='A1')))")
    assert shown == ["1", "6     4"]
    shown = run("disp(readmatrix('m.xlsx', NumHeaderLines=2)); disp(cell2mat(readcell('m.xlsx', NumHeaderLines=2)))")
    assert shown == ["3     5     7", "4     9     2"] * 2  # lines are counted from the top of the sheet


def test_row_names_and_headers_of_a_sheet(book):
    assert book("T = readtable('a.xlsx', ReadRowNames=true); disp(T{'y', 'v'})") == ["3.5000"]
    assert book("T = readtable('a.xlsx', ReadVariableNames=false); disp(T.Var2')") == ["{'v'}    {'1'}    {'3.5'}"]


def test_a_matrix_and_a_cell(run):
    run("writematrix(magic(3), 'm.xlsx'); writematrix([1 2], 'm.xlsx', WriteMode='append');")
    assert run("M = readmatrix('m.xlsx'); disp(M(4, :))") == ["1     2   NaN"]
    run("writecell({1, 'a'; missing, datetime(2020, 1, 1)}, 'c.xlsx'); C = readcell('c.xlsx');")
    assert run("disp(C{1, 2}); disp(ismissing(C{2, 1})); disp(C{2, 2})") == ["a", "1", "01-Jan-2020"]
    run("writecell({1, 'a, b'; 2.5, 's'}, 'c.csv'); C = readcell('c.csv');")
    assert run("disp(C{1, 2}); disp(C{2, 1})") == ["a, b", "2.5000"]


def test_a_file_that_is_none_or_not_there_is_said(run):
    assert run.fault("xlsread('nope.xlsx')").identifier == "MATLAB:xlsread:cannotOpenFile"
    run("writelines('not a workbook', 'bad.xlsx');")
    assert run.fault("readtable('bad.xlsx')").identifier == "MATLAB:readtable:fileFormat"
    assert run.fault("xlsread('old.xls')").identifier == "cnnscript:NotYet"
    assert run.fault("xlswrite('a.xlsx', {[1 2]})").identifier == "MATLAB:xlswrite:UnsupportedType"


def test_columns_of_a_file_as_variables(book):
    assert book("[a, b] = readvars('a.xlsx'); disp(a'); disp(b')") == ["{'x'}    {'y'}", "1.0000    3.5000"]
    assert book.fault("[a, b, c, d] = readvars('a.xlsx')").identifier == "MATLAB:readvars:TooManyOutputs"


def test_values_with_commas_between_them_are_read_as_excel_reads_them(run):
    run("writelines([\"name,v,w\" \"a,1,2\" \"'b',x,-.5e1\"], 'a.csv'); [n, t, r] = xlsread('a.csv');")
    assert run("disp(isequaln(n, [1 2; NaN -5])); disp(t{2, 1}); disp(size(r))") == ["1", "a", "3     3"]
    assert run("disp(xlsread('a.csv', 'B2:C2'))") == ["1     2"]
    run("f = fopen('q.csv', 'w'); fprintf(f, 'a,\"x\\ny\",1\\n'); fclose(f); [n, t] = xlsread('q.csv');")
    assert run("disp(n); disp(double(t{2}))") == ["1", "120    10   121"]
    assert "one sheet" in run.fault("xlsread('a.csv', 2)").message
