def test_the_figure_of_an_app_is_not_the_current_one(run):
    run("a = figure; f = uifigure('Name', 'app'); plot(1:3); n = numel(a.Children); m = numel(f.Children);")
    assert run["n"] == 1 and run["m"] == 0
    run("ax = uiaxes(f); imshow(ones(3), 'Parent', ax); t = title(ax, 'x'); k = numel(f.Children);")
    assert run["k"] == 1


def test_wrong_options_leave_nothing_behind(run):
    assert run.fault("uifigure('Nonsense', 1)").message
    run("n = numel(findall(groot, 'Type', 'figure'));")
    assert run["n"] == 0
    assert run.fault("uialert(3, 'x')").message and run.fault("uialert(uifigure, 5)").message
