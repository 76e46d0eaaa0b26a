import pytest


def test_variables_are_named_after_the_workspace(run):
    run("a = 1; b = 'x';")
    assert run("disp(table(a, b, a).Properties.VariableNames)") == ["{'a'}    {'b'}    {'a_1'}"]
    assert run("disp(array2table([1 2]).Properties.VariableNames)") == ["{'Var1'}    {'Var2'}"]
    run("function t = f(x), t = table(x); end\nT = f(3);")
    assert run("disp(T.Properties.VariableNames)") == ["{'x'}"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("table([1; 2], 3)", "All table variables must have the same number of rows."),
        ("table(1, 'VariableNames', {'a' 'b'})", "The VariableNames property must contain one name for each variable"),
        ("table(1, 2, 'VariableNames', {'a' 'a'})", "Duplicate table variable name: 'a'."),
        ("table('Size', [1 2], 'VariableTypes', {'double'})", "The number of variables in 'Size' must match"),
        ("table('Size', [1 1], 'VariableTypes', {'nonsense'})", "Unable to create a table variable of type"),
        ("table2array(5)", "Incorrect number or types of inputs or outputs for function table2array."),
        ("struct2table(struct('a', [1;2], 'b', 1))", "Fields in a scalar structure must have the same number of rows."),
    ],
)
def test_what_makes_no_table_is_said(run, code, message):
    assert run.fault(code).message.startswith(message)


def test_every_type_of_variable_can_be_made_blank(run):
    run(
        "types = {'double' 'single' 'int8' 'logical' 'string' 'cell' 'cellstr' 'categorical' 'struct' 'doublenan'};"
        "T = table('Size', [2 10], 'VariableTypes', types);"
    )
    assert run("fprintf('%s ', cellfun(@(n) string(class(T.(n))), T.Properties.VariableNames))") == [
        "double single int8 logical string cell cell categorical struct double"
    ]
    assert run("disp(isnan(T.Var10'))") == ["1   1"]


def test_a_table_goes_to_cells_and_structs_and_back(run):
    run("T = table([1; 2], {'a'; 'bc'}, 'VariableNames', {'x' 's'});")
    assert run("disp(isequal(T, cell2table(table2cell(T), 'VariableNames', {'x' 's'})))") == ["1"]
    assert run("disp(isequal(T, struct2table(table2struct(T))))") == ["1"]
    assert run("disp(isequal(T, struct2table(table2struct(T, 'ToScalar', true))))") == ["1"]


def test_a_cell_of_mixed_values_stays_a_cell(run):
    assert run("T = cell2table({1; [2 3]}); disp(class(T.Var1))") == ["cell"]
    assert run("T = cell2table({1; true}); disp(T.Var1')") == ["1     1"]


def test_general_functions_know_tables(run):
    run("T = table([1; 2; 3], [4; 5; 6]);")
    assert run("disp([size(T) numel(T) ndims(T) height(T) width(T) isempty(T) isa(T, 'table')])") == [
        "3     2     6     2     3     2     0     1"
    ]
    assert run("disp(size(repmat(T, 2, 1)))") == ["6     2"]


def test_a_loop_over_rows_reads_and_writes(run):
    run("T = table([1; 2; 3], {'a'; 'b'; 'c'}, 'VariableNames', {'x' 's'});")
    assert run("for k = 1:height(T), T.x(k) = T.x(k)^2; fprintf('%s%d ', T.s{k}, T.x(k)); end") == ["a1 b4 c9"]


def test_classification_scripts_use_counts_of_labels(run):
    run("tbl = table(categorical({'cat'; 'dog'}), [20; 15], 'VariableNames', {'Label' 'Count'});")
    assert run("disp(min(tbl{:, 2}))") == ["15"]
    assert run("disp(tbl.Count')") == ["20    15"]
    assert run("disp(sum(tbl.Count(tbl.Label == 'cat')))") == ["20"]


def test_variables_keep_their_names_where_only_running_tells_what_they_are(run, tmp_path):
    (tmp_path / "a.m").write_text("disp('script')\n")
    assert run("a = [1; 2]; b = [3; 4]; T = table(a, b); disp(T.Properties.VariableNames)") == ["{'a'}    {'b'}"]
    run("q = [5; 6]; save('kept.mat', 'q');")
    (tmp_path / "loaded.m").write_text("function T = loaded\nload kept.mat\na = q;\nT = table(a, q, q + 1);\n")
    assert run("disp(loaded().Properties.VariableNames)") == ["{'a'}    {'q'}    {'Var3'}"]


def test_the_types_of_the_variables_are_read_and_changed(run):
    run("T = table([1; 2], {'a'; 'b'}, 'VariableNames', {'x' 's'}); t = T.Properties.VariableTypes; c = class(t);")
    assert run("disp(t)") == ['"double"    "cell"'] and run["c"] == "string"
    run("T.Properties.VariableTypes = [\"int8\" \"string\"]; x = T.x; c = class(T.s);")
    assert run["x"].dtype == "int8" and run["c"] == "string"
    run("T.Properties.VariableTypes(1) = \"single\"; x = class(T.x);")
    assert run["x"] == "single"
    assert "one text for each variable" in run.fault("T.Properties.VariableTypes = \"int8\";").message
    assert run.fault("T.Properties.VariableTypes = [\"int8\" \"nothing\"];").identifier


def test_the_properties_of_an_exception_are_listed_by_the_name_of_its_class(run):
    assert run("properties('MException')")[:3] == ["Properties for class MException:", "identifier", "message"]
