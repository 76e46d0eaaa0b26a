"""setappdata, getappdata, isappdata, rmappdata."""


def test_values_stay_with_their_object(run):
    run("f = figure; p = plot(1:3); setappdata(p, 'q', {1}); setappdata(f, 'q', 2); a = getappdata(p, 'q');")
    run("b = getappdata(1, 'q');")
    assert run["a"].shape == (1, 1) and run["b"] == 2
    run("rmappdata(f, 'q'); c = getappdata(f, 'q'); d = isappdata(p, 'q');")
    assert run["c"].shape == (0, 0) and run["d"] is True


def test_what_is_not_kept_or_no_object_is_told(run):
    assert run.fault("rmappdata(0, 'zz')").message == "Invalid application-defined property name."
    assert run.fault("getappdata('a', 'b')") and run.fault("f = figure; delete(f); setappdata(f, 'a', 1)")
