import numpy as np


def test_pairs_are_counted_in_bins_of_a_plane(run):
    run("h = histogram2([1 2 2 9], [1 1 3 9], [0 2 4], [0 2 4]); v = h.Values; n = h.NumBins; w = h.BinWidth; "
        "h.Normalization = 'probability'; p = h.Values; g = get(gca, 'View'); z = zlim;")  # fmt: skip
    assert run["v"].tolist() == [[1, 0], [1, 1]] and run["n"].tolist() == [[2, 2]] and run["w"].tolist() == [[2, 2]]
    assert run["p"].tolist() == [[0.25, 0], [0.25, 0.25]] and run["g"].tolist() == [[-37.5, 30]]


def test_tiles_are_seen_from_above_and_coloured_by_count(run):
    run("h = histogram2([1 1 2], [1 1 2], 'XBinEdges', 0.5:2.5, 'YBinEdges', 0.5:2.5, 'DisplayStyle', 'tile'); "
        "c = caxis; v = get(gca, 'View'); saveas(gcf, 'tiles.png');")  # fmt: skip
    assert run["c"].tolist() == [[1, 2]] and run["v"].tolist() == [[0, 90]]


def test_counts_may_be_given(run):
    run("h = histogram2('XBinEdges', 0:2, 'YBinEdges', 0:1, 'BinCounts', [3; 4]); v = h.Values;")
    assert run["v"].tolist() == [[3], [4]]
    assert "BinCounts must be" in run.fault("histogram2('XBinEdges', 0:2, 'YBinEdges', 0:2, 'BinCounts', 1)").message


def test_hist3_counts_rows_by_number_centres_and_edges(run):
    run("X = [0 0; 1 1; 4 4; 4 0]; [N, c] = hist3(X, [2 2]); M = hist3(X, {[0 4], [0 4]}); "
        "E = hist3(X, 'Edges', {0:4, 0:4}); e = size(E); l = E(5, 5);")  # fmt: skip
    assert run["N"].tolist() == [[2, 0], [1, 1]] and np.array_equal(run["M"], run["N"])
    assert run["e"].tolist() == [[5, 5]] and run["l"] == 1
    assert "two columns" in run.fault("hist3(1:3)").message


def test_hist3_shows_a_surface_of_walls_and_lids(run):
    run("hist3([0 0; 1 1], [2 2], 'CDataMode', 'auto', 'FaceColor', 'interp'); s = findobj('Type', 'surface'); "
        "z = s.ZData; f = s.FaceColor; c = caxis;")  # fmt: skip
    assert run["z"].shape == (8, 8) and run["z"].sum() == 8 and run["f"] == "interp" and run["c"].tolist() == [[0, 1]]
