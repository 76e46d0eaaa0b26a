from pathlib import Path

import pytest


def write(text):
    Path("t.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "names", "classes", "size"),
    [
        ("a,b\n1,x\n2,y\n", "a b", "double cell", "2     2"),
        ("1,2\n3,4\n", "Var1 Var2", "double double", "2     2"),
        ("a\tb\n1\t2\n", "a b", "double double", "1     2"),
        ("a;b\n1,5;2\n", "a b", "cell double", "1     2"),
        ('name,said\ncat,"a, b"\n', "name said", "cell cell", "1     2"),
        ("x y\n1 2\n3 4\n", "x y", "double double", "2     2"),
        ("a,b\n1,\n,2\n", "a b", "double double", "2     2"),
        ("\ufeffa,b\r\n1,2\r\n", "a b", "double double", "1     2"),
    ],
)
def test_delimiters_names_and_classes_are_found(run, text, names, classes, size):
    write(text)
    run("T = readtable('t.csv');")
    assert run("fprintf('%s ', string(T.Properties.VariableNames))") == [names]
    assert run("for k = 1:width(T), fprintf('%s ', class(T.(k))); end") == [classes]
    assert run("disp(size(T))") == [size]


def test_quotes_hold_delimiters_and_quotes(run):
    write('a,b\n"x, ""y""",1\n')
    assert run("T = readtable('t.csv'); disp(T.a{1})") == ['x, "y"']


def test_names_that_are_none_are_changed_and_kept_as_descriptions(run):
    write("top-1 acc,b\n1,2\n")
    lines = run("T = readtable('t.csv'); disp(T.Properties.VariableNames), disp(T.Properties.VariableDescriptions)")
    assert lines[0].startswith("Warning: Column headers from the file were modified")
    assert lines[-2:] == ["{'top_1Acc'}    {'b'}", "{'top-1 acc'}    {'b'}"]
    run("T = readtable('t.csv', 'VariableNamingRule', 'preserve');")
    assert run("disp(T.('top-1 acc'))") == ["1"]


def test_options_decide_where_guesses_fail(run):
    write("# made by hand\n1|2\n-99|4\n")
    run("T = readtable('t.csv', 'Delimiter', '|', 'NumHeaderLines', 1, 'TreatAsMissing', '-99');")
    assert run("disp(T{:, :})") == ["1     2", "NaN     4"]
    run("T = readtable('t.csv', 'CommentStyle', '#', 'ReadVariableNames', false);")
    assert run("disp(T{:, :})") == ["1     2", "-99     4"]


def test_what_is_written_is_read_again(run):
    run("T = table({'a,b'; 'c'}, [pi; NaN], [true; false], [1 2; 3 4], 'VariableNames', {'s' 'x' 't' 'm'});")
    run("writetable(T, 'u.csv')")
    assert Path("u.csv").read_text().splitlines() == [
        "s,x,t,m_1,m_2", '"a,b",3.14159265358979,1,1,2', "c,NaN,0,3,4",
    ]  # fmt: skip
    assert run("U = readtable('u.csv'); disp(isequal(U.s, T.s)), disp(U.m_2')") == ["1", "2     4"]


def test_row_names_are_written_and_read_where_asked_for(run):
    run("T = table([1; 2], 'RowNames', {'a' 'b'}); writetable(T, 'u.csv', 'WriteRowNames', true)")
    assert Path("u.csv").read_text() == "Row,Var1\na,1\nb,2\n"
    assert run("U = readtable('u.csv', 'ReadRowNames', true); disp(isequal(U, T))") == ["1"]


def test_appending_writes_no_names_again(run):
    run("T = table(1, 2); writetable(T, 'u.csv'), writetable(T, 'u.csv', 'WriteMode', 'append')")
    assert Path("u.csv").read_text() == "Var1,Var2\n1,2\n1,2\n"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("readtable('t.xlsx')", "Unable to find or open 't.xlsx'."),
        ("writetable(table(1), 't.xls')", "Spreadsheets of the kind '.xls' are not in cnnscript yet."),
        ("readtable('nothing.csv')", "Unable to find or open 'nothing.csv'."),
        ("writetable(table({[1 2]}), 'u.csv')", "The table variable 'Var1' cannot be written as text."),
        ("writetable(table(1), 'u.png')", "The file extension '.png' is not recognized."),
        ("readtable('t.csv', 'Sheet', 1)", "'Sheet' and 'Range' of readtable are for spreadsheets only."),
    ],
)
def test_files_that_are_no_tables_are_refused(run, code, message):
    assert run.fault(code).message.startswith(message)


def test_a_table_without_rows_is_written_as_its_names(run):
    run("T = table([1 2; 3 4], {'a'; 'b'}, 'VariableNames', {'x' 's'}); writetable(T(1:0, :), 'u.csv')")
    assert Path("u.csv").read_text() == "x_1,x_2,s\n"
