"""Functions of numbers over tables: each variable by itself, or across the variables of a row."""


def test_a_reduction_gives_a_row_and_with_dimension_two_a_column(run):
    run("T = table([1; 2; 6], [4; 5; 6], 'VariableNames', {'a' 'b'}, 'RowNames', {'x' 'y' 'z'});")
    assert run("S = sum(T); disp([S.a S.b]); disp(isempty(S.Properties.RowNames))") == ["9    15", "1"]
    assert run("M = mean(T, 2); disp(M.mean')") == ["2.5000    3.5000    6.0000"]
    assert run("disp(M.Properties.RowNames')") == ["{'x'}    {'y'}    {'z'}"]
    assert run("X = max(T, [], 2); disp(X.max'); Y = std(T); disp(Y.b)") == ["4     5     6", "1"]


def test_missing_numbers_can_be_left_out(run):
    assert run("T = table([1; NaN; 3]); disp([sum(T, 'omitnan').Var1, mean(T, 1, 'omitnan').Var1])") == ["4     2"]


def test_elementwise_functions_keep_the_table(run):
    assert run("T = table([1; 4], 'VariableNames', {'x'}); S = sqrt(T); disp(S.x')") == ["1     2"]
    assert run("disp(S.Properties.VariableNames)") == ["{'x'}"]


def test_a_variable_that_is_no_number_is_named(run):
    fault = run.fault("sum(table({'a'}, 'VariableNames', {'words'}))")
    assert fault.identifier == "MATLAB:table:math:FunFailed" and "'words'" in fault.message
