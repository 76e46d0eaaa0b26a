import pytest

RUNS = """T = table(categorical({'sgd'; 'adam'; 'sgd'; 'adam'}), [1; 1; 2; 2], [0.5; 0.75; NaN; 1], ...
  'VariableNames', {'solver' 'run' 'accuracy'});"""


@pytest.fixture
def runs(run):
    run(RUNS)
    return run


def test_a_summary_leaves_missing_numbers_out(runs):
    runs("G = groupsummary(T, 'solver', {'mean' 'max' 'nummissing'}, 'accuracy');")
    assert runs("fprintf('%s ', string(G.Properties.VariableNames))") == [
        "solver GroupCount mean_accuracy max_accuracy nummissing_accuracy"
    ]
    assert runs("disp(G{:, 2:5})") == ["2.0000    0.8750    1.0000         0", "2.0000    0.5000    0.5000    1.0000"]


def test_groups_of_two_variables_are_their_pairs(runs):
    assert runs("disp(groupcounts(T, {'solver' 'run'}).GroupCount')") == ["1     1     1     1"]
    assert runs("disp(height(groupsummary(T, {'solver' 'run'})))") == ["4"]


def test_missing_values_make_a_group_unless_left_out(runs):
    assert runs("disp(groupcounts(T, 'accuracy').GroupCount')") == ["1     1     1     1"]
    assert runs("disp(groupcounts(T, 'accuracy', 'IncludeMissingGroups', false).GroupCount')") == ["1     1     1"]


def test_a_function_of_each_variable_by_group(runs):
    runs("B = varfun(@(x) max(x), T, 'GroupingVariables', 'solver', 'InputVariables', 'accuracy');")
    assert runs("disp(B.Properties.VariableNames)") == ["{'solver'}    {'GroupCount'}    {'Fun_accuracy'}"]
    assert runs("disp(B.Fun_accuracy')") == ["1.0000    0.5000"]


def test_input_variables_may_be_chosen_by_a_function(runs):
    assert runs("disp(varfun(@max, T, 'InputVariables', @isnumeric).Properties.VariableNames)") == [
        "{'max_run'}    {'max_accuracy'}"
    ]


def test_a_function_of_rows_gives_several_results(runs):
    runs(
        "B = rowfun(@(r, a) deal(r + a, r * a), T, 'InputVariables', {'run' 'accuracy'}, "
        "'OutputVariableNames', {'s' 'p'});"
    )
    assert runs("disp(B{1:2, :})") == ["1.5000    0.5000", "1.7500    0.7500"]
    assert runs("B = rowfun(@(x) sum(x), T, 'InputVariables', 2:3, 'SeparateInputs', false); disp(B.Var1(1))") == [
        "1.5000"
    ]


def test_an_error_handler_answers_for_rows_that_fail(runs):
    assert runs(
        "B = rowfun(@(r) error('no'), T, 'InputVariables', 'run', 'ErrorHandler', @(e, r) -r, "
        "'OutputFormat', 'uniform'); disp(B')"
    ) == ["-1    -1    -2    -2"]


def test_groups_of_a_table_and_functions_over_them(runs):
    runs("[G, id] = findgroups(T(:, 'solver'));")
    assert runs("disp(G')") == ["2     1     2     1"]
    assert runs("disp(class(id))") == ["table"]
    assert runs("disp(splitapply(@(r) sum(r), T(:, 'run'), G)')") == ["3     3"]
    assert runs("disp(splitapply(@max, T.run, G)')") == ["2     2"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("groupsummary(T, 'nothing')", "Unrecognized table variable name 'nothing'."),
        ("groupsummary(T, 'run', 'mean', 'solver')", "The method 'mean' is for numbers only."),
        ("groupsummary(T, 'run', 'avarage')", "Expected Method to match one of these values"),
        ("groupsummary([1; 2], [1; 2; 3], 'sum')", "The grouping vectors must have as many elements"),
        ("varfun(@(x) x(x > 1), T(:, 2:3))", "The function must give as many rows for each variable."),
        ("varfun(@(x) x, T, 'OutputFormat', 'uniform')", "The function must give scalars for the output format"),
        ("varfun(@numel, T, 'OutputFormat', 'timetable')", "Only a timetable gives a timetable"),
    ],
)
def test_what_cannot_be_grouped_is_said(runs, code, message):
    assert runs.fault(code).message.startswith(message)
