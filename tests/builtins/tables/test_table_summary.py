def test_a_summary_counts_truths_categories_and_gaps(run):
    run("T = table([true; false; true], categorical({'a'; 'b'; 'a'}), [1; NaN; 3], 'VariableNames', {'t' 'c' 'x'});")
    lines = run("summary(T)")
    assert lines[:5] == ["Variables:", "t: 3×1 logical", "Values:", "True     2", "False    1"]
    assert lines[5:9] == ["c: 3×1 categorical", "Values:", "a    2", "b    1"]
    assert lines[9:] == ["x: 3×1 double", "Values:", "Min           1", "Median        2", "Max           3",
                         "NumMissing    1"]  # fmt: skip


def test_a_summary_as_a_struct_has_the_numbers(run):
    run("T = table(categorical({'a'; 'b'; 'a'}), [1 2; 3 4; 5 6], 'VariableNames', {'c' 'x'}); s = summary(T);")
    assert run("disp(s.x.Min), disp(s.x.Size), disp(s.c.Counts')") == ["1     2", "3     2", "2     1"]


def test_units_and_descriptions_are_said(run):
    run("T = table(1); T.Properties.VariableUnits = {'s'}; T.Properties.Description = 'times';")
    assert run("summary(T)")[:5] == ["times", "Variables:", "Var1: 1×1 double", "Properties:", "Units:  s"]
