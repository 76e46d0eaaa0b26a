import numpy as np


def test_normal_data_lie_on_the_line_of_their_quartiles(run):
    run("h = normplot(norminv(((1:9)-0.5)/9)); x = h(2).XData; y = h(2).YData; l = h(3).LineStyle; ax = gca;")
    run("t = ax.YTickLabel;")
    assert np.allclose(run["x"], run["y"]) and run["l"] == "-." and run["t"].ravel().tolist()[8] == "0.5"


def test_quantiles_of_two_samples(run):
    run("h = qqplot([1 2 3 4], [2 4 6 8]); x = h(1).XData; y = h(1).YData; d = qqplot([1 2 3], makedist('Normal'));")
    assert np.allclose(run["y"], 2 * run["x"])
