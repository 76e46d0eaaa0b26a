import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "theta", "r"),
    [
        ("polarplot([0 1 2], [3 4 5])", [0, 1, 2], [3, 4, 5]),
        ("polarplot([1 2 3])", [0, np.pi, 2 * np.pi], [1, 2, 3]),
        ("polarplot([1 1i -1])", [0, np.pi / 2, np.pi], [1, 1, 1]),
        ("polar([0 1], [2 3], 'k:')", [0, 1], [2, 3]),
        ("polarscatter([0 1], [2 3], 'filled')", [0, 1], [2, 3]),
    ],
)
def test_angles_and_distances(run, call, theta, r):
    run(f"h = {call}; t = h.ThetaData; r = h.RData; k = get(gca, 'Type');")
    assert np.allclose(run["t"], [theta]) and np.allclose(run["r"], [r]) and run["k"] == "polaraxes"


def test_the_radius_reaches_a_round_number(run):
    run("polarplot([0 1], [0.2 0.47]); a = rlim; t = rticks; w = rticklabels; d = thetaticks;")
    assert run["a"].tolist() == [[0, 0.5]] and np.allclose(run["t"], [[0, 0.1, 0.2, 0.3, 0.4, 0.5]])
    assert run["w"].ravel().tolist()[1] == "0.1" and run["d"].tolist() == [list(range(0, 360, 30))]


def test_settings_of_polar_axes(run):
    run("polarplot([0 1], [1 2]); rlim([0 4]); thetalim([0 90]); rticks([1 2]); thetaticks([0 45]);")
    run("thetaticklabels({'E','NE'});")
    run("pax = gca; v = {pax.RLim, pax.ThetaLim, pax.RTick}; w = pax.ThetaTickLabel; m = rlim('mode'); rlim auto;")
    run("a = rlim;")
    assert [each.ravel().tolist() for each in run["v"].ravel()] == [[0, 4], [0, 90], [1, 2]]
    assert run["w"].ravel().tolist() == ["E", "NE"] and run["m"] == "manual" and run["a"].tolist() == [[0, 2]]


def test_places_on_the_page_turn_with_the_zero(run):
    run("polarplot([0 pi/2], [1 1]); pax = gca; pax.ThetaZeroLocation = 'top'; pax.ThetaDir = 'clockwise';")
    axes = run.session.desk.current.all_axes()[0]
    x, y = axes.project(np.array([0, np.pi / 2]), np.array([1.0, 1.0]))
    assert np.allclose(x, [0, 1]) and np.allclose(y, [1, 0])


def test_negative_distances_lie_a_half_turn_further(run):
    run("polarplot(0, -1);")
    x, _ = run.session.desk.current.all_axes()[0].project(np.array([0.0]), np.array([-1.0]))
    assert np.allclose(x, -1)


def test_cartesian_plots_replace_polar_axes_unless_they_are_held(run):
    run("polarplot(0:1, 0:1); plot(1:3); k = get(gca, 'Type'); polarplot(0:1, 0:1); hold on")
    assert run["k"] == "axes"
    assert run.fault("plot(1:3)").message == "Adding Cartesian plots to polar axes is not supported."
    run("polarplot(0:1, 1:2); n = numel(get(gca, 'Children'));")
    assert run["n"] == 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("polarplot()", "Not enough input"),
        ("polarplot(1:3, 1:4)", "Vectors must be the same length."),
        ("polarplot(1:3, 1:3, 'zz')", "Error in color/linetype argument."),
        ("plot(1:3); rlim", "rlim needs polar axes"),
        ("polarplot(1,1); thetalim([0 400])", "at most 360"),
        ("compass(1:2, 1:3)", "X and Y must be same length."),
        ("rose(1:3, 0)", "positive integer"),
        ("polarplot(1,1); rtickformat('%d %d')", "format for one number"),
    ],
)
def test_what_is_not_polar_is_refused(run, call, words):
    assert words in run.fault(call).message


def test_slices_count_angles_around_the_circle(run):
    run("h = polarhistogram([-0.1 0.1 7], 4); v = h.Values; e = h.BinEdges;")
    assert run["v"].tolist() == [[2, 0, 0, 1]] and np.allclose(run["e"], [np.linspace(0, 2 * np.pi, 5)])
