def test_zooming_changes_limits_about_their_middle_and_back(run):
    run("plot(0:10); xlim([0 10]); zoom(2); a = xlim; zoom out; b = xlim;")
    assert run["a"].tolist() == [[2.5, 7.5]] and run["b"].tolist() == [[0, 10]]


def test_one_mode_of_a_figure_is_on_at_a_time(run):
    run("zoom on; pan xon; z = zoom; p = pan; a = z.Enable; b = p.Enable; c = p.Motion; same = isequal(z, zoom);")
    assert (run["a"], run["b"], run["c"], run["same"]) == ("off", "on", "horizontal", True)


def test_refusals(run):
    for text in ("zoom sideways", "zoom(-1)", "pan(3)", "axtoolbar({'nothing'})"):
        assert run.fault(text).message
