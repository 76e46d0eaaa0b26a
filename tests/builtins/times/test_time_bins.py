"""Numbers and times in bins, by number, value or name."""


def test_bins_have_names(run):
    assert run("disp(discretize([1 2 7], [0 2 6], 'categorical'))") == ["[0, 2)      [2, 6]      <undefined>"]
    assert run("c = discretize([1 5], [0 2 6], 'categorical', {'low' 'high'}); disp(c(1) < c(2))") == ["1"]
    assert run("disp(discretize([0 2 6], [0 2 6], IncludedEdge='right'))") == ["1     1     2"]
    fault = run.fault("discretize(1, [0 2 6], 'categorical', {'x'})")
    assert fault.identifier == "MATLAB:discretize:CategoryNamesInvalidSize"


def test_times_fall_into_bins(run):
    run("t = datetime(2020, [1 1 2], [1 9 3]);")
    assert run("disp(discretize(t, 'month')')") == ["1", "1", "2"]
    assert run("disp(histcounts(t, datetime(2020, 1:3, 1)))") == ["2     1"]
    assert run("disp(discretize(t, 'month', 'categorical'))") == ["Jan-2020      Jan-2020      Feb-2020"]
    run("[Y, E] = discretize(hours([1 3]), hours([0 2 4]));")
    assert run("disp(Y); disp(E)") == ["1     2", "0 hr   2 hr   4 hr"]
    assert run.fault("discretize(t, [1 2 3])").identifier == "MATLAB:discretize:InvalidEdges"


def test_what_is_left_of_lengths_of_time(run):
    assert run("disp(mod(minutes(135), hours(1))); disp(rem(minutes(-135), hours(1)))") == ["15 min", "-15 min"]
    assert run("[m, d] = split(calmonths(14) + caldays(3), {'months' 'days'}); disp([m d])") == ["14     3"]
