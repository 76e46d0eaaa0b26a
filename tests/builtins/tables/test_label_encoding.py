"""Labels as zeros and ones, and what else is asked of labels and tables."""


def test_labels_are_encoded_along_a_dimension_of_length_one(run):
    run("c = categorical({'a'; ''; 'b'});")
    assert run("disp(onehotencode(c, 2))") == ["1     0", "NaN   NaN", "0     1"]
    assert run("disp(size(onehotencode(categorical({'a' 'b'; 'b' 'a'}), 3)))") == ["2     2     2"]
    assert run("disp(class(onehotencode(categorical({'a'}), 1, 'uint8')))") == ["uint8"]
    assert run.fault("onehotencode(c, 1)").identifier == "MATLAB:onehotencode:DimensionMustBeSingleton"
    assert run.fault('onehotencode(["a" "b"], 1)').identifier == "MATLAB:onehotencode:ClassNamesRequired"


def test_the_largest_value_names_the_class(run):
    assert run("disp(onehotdecode([0.1 0.9; 0.8 0.2; NaN 1], {'cat' 'dog'}, 2)')") == ["dog      cat      <undefined>"]
    assert run("x = onehotdecode([0 1], [10 20], 2, 'double'); disp(x)") == ["20"]
    assert run("disp(isequal(onehotdecode(onehotencode(categorical({'a' 'b'}), 1), {'a' 'b'}, 1), {'a' 'b'}))") == ["1"]


def test_variables_are_chosen_and_converted_by_class(run):
    run("T = table([1; 2], {'a'; 'b'}, int8([3; 4]), ["
        '"s"; "t"], \'VariableNames\', {\'x\' \'c\' \'i\' \'s\'});')  # fmt: skip
    assert run("disp(T(:, vartype('numeric')).Properties.VariableNames)") == ["{'x'}    {'i'}"]
    assert run("T = convertvars(T, {'c' 's'}, 'categorical'); disp(varfun(@class, T, OutputFormat='cell'))") == [
        "{'double'}    {'categorical'}    {'int8'}    {'categorical'}"
    ]
    assert run.fault("convertvars(T, 'x', @(v) v(1))").identifier == "MATLAB:table:convertvars:NumRowsChanged"


def test_empty_text_belongs_to_no_group(run):
    assert run("disp(findgroups({'b'; ''; 'a'})')") == ["2   NaN     1"]


def test_counts_are_printed_or_given(run):
    assert run("tabulate([1; 3; 3])") == [
        "Value    Count   Percent", "1        1     33.33%", "2        0      0.00%", "3        2     66.67%",
    ]  # fmt: skip
    assert run("T = tabulate({'x' 'y' 'x'}); disp(T{1, 2})") == ["2"]
