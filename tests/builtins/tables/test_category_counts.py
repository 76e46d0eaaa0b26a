"""Categorical arrays counted: mode, median, histcounts, summary."""


def test_the_most_frequent_category_leaves_undefined_out(run):
    run("c = categorical({'b'; 'a'; 'b'; ''; ''; ''});")
    assert run("[m, f, all] = mode(c); disp(char(m)); disp(f); disp(char(all{1}))") == ["b", "2", "b"]
    assert run("disp(mode(categorical({'a' 'b'; 'a' 'a'}), 2)')") == ["a      a"]


def test_the_middle_of_an_ordinal_array(run):
    run("o = categorical([1 3 1 3], 1:3, {'l' 'm' 'h'}, 'Ordinal', true);")
    assert run("disp(char(median(o)))") == ["m"]
    assert run("disp(char(median([o missing])))") == ["<undefined>"]
    assert run("disp(char(median([o missing], 'omitmissing')))") == ["m"]
    assert run.fault("median(categorical({'a'}))").identifier == "MATLAB:categorical:NotOrdinal"


def test_counts_of_chosen_categories_and_normalized(run):
    run("c = categorical({'a' 'b' 'b' 'c'});")
    assert run("disp(histcounts(c)); disp(histcounts(c, {'c' 'b'}))") == ["1     2     1", "1     2"]
    assert run("disp(histcounts(c, Normalization='probability'))") == ["0.2500    0.5000    0.2500"]


def test_summary_of_a_row_stands_below_the_names(run):
    assert run("summary(categorical({'a' 'b' 'b'}))") == ["a      b", "1      2"]
    assert run("summary(categorical({'a' 'b'; 'b' 'b'}))") == ["a      1      0", "b      1      2"]
