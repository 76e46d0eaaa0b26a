"""Clusters, distances, samples: what must hold whatever is drawn, and small cases worked out by hand."""

import numpy as np
import pytest


def test_kmeans_finds_what_lies_apart_and_its_outputs_agree(run):
    run("rng(3); x = [randn(30, 2); randn(30, 2) + 10; [randn(30, 1) - 10 randn(30, 1)]];")
    run("[idx, c, sumd, d] = kmeans(x, 3);")
    run("n = accumarray(idx, 1)'; own = d(sub2ind(size(d), (1:90)', idx)); best = min(d, [], 2);")
    run("t = accumarray(idx, own);")
    assert run["n"].tolist() == [[30, 30, 30]]
    assert np.array_equal(run["own"], run["best"]) and np.allclose(run["t"], run["sumd"])
    run("m = mean(x(idx == 2, :)); e = max(abs(m - c(2, :)));")
    assert run["e"] < 1e-12


@pytest.mark.parametrize("measure", ["sqeuclidean", "cityblock", "cosine", "correlation"])
def test_every_distance_and_start_divides_the_points(run, measure):
    for start in ("plus", "sample", "uniform", "cluster"):
        run(f"rng(1); x = [1 2 9; 1 3 9; 9 2 1; 8 2 1]; k = kmeans(x, 2, 'Distance', '{measure}', 'Start', '{start}', "
            "'Replicates', 5);")  # fmt: skip
        labels = run["k"].ravel()
        assert labels[0] == labels[1] != labels[2] == labels[3]


def test_missing_rows_belong_to_no_cluster_and_too_many_clusters_are_refused(run):
    lines = run("k = kmeans([1; NaN; 9], 2);")
    assert lines[0].startswith("Warning: Ignoring rows of X with missing data.")
    assert np.isnan(run["k"].ravel()[1])
    assert run.fault("kmeans([1; 2], 3);").identifier == "stats:kmeans:TooManyClusters"


def test_an_empty_cluster_gets_the_farthest_point_is_dropped_or_an_error(run):
    run("[k, c] = kmeans([1; 2; 3; 20], 2, 'Start', [2; 1000]); a = k'; ")
    assert sorted(set(run["a"].ravel().tolist())) == [1, 2]
    run("[k, c] = kmeans([1; 2; 3; 20], 2, 'Start', [2; 1000], 'EmptyAction', 'drop');")
    assert np.isnan(run["c"][1, 0])
    fault = run.fault("kmeans([1; 2; 3; 20], 2, 'Start', [2; 1000], 'EmptyAction', 'error');")
    assert fault.identifier == "stats:kmeans:EmptyCluster"


METRICS = ["euclidean", "squaredeuclidean", "seuclidean", "mahalanobis", "cityblock", "minkowski", "chebychev",
           "cosine", "correlation", "hamming", "jaccard", "spearman"]  # fmt: skip


@pytest.mark.parametrize("metric", METRICS)
def test_pdist_squareform_and_pdist2_agree(run, metric):
    run(f"rng(2); x = round(4*rand(9, 3)) + 0.25*rand(9, 3); a = squareform(pdist(x, '{metric}'));")
    run(f"b = pdist2(x, x, '{metric}'); e = max(max(abs(a - b - diag(diag(a - b)))));")
    assert run["e"] < 1e-9


def test_a_distance_of_the_program_is_asked_for_one_row_and_many(run):
    run("f = @(a, b) sum(abs(a - b), 2); x = magic(4); a = pdist(x, f); b = pdist(x, 'cityblock');")
    assert np.array_equal(run["a"], run["b"])


def test_the_nearest_rows(run):
    run("[i, d] = knnsearch([0; 3; 5; 9], [4; 8], 'K', 2); t = knnsearch([0; 3; 5], 4, 'IncludeTies', true);")
    assert run["i"].tolist() == [[2, 3], [4, 3]] and run["d"].tolist() == [[1, 1], [1, 3]]
    assert run["t"][0, 0].tolist() == [[2, 3]]


def test_trees_of_clusters_are_cut_into_as_many_as_asked(run):
    run("x = [1; 1.1; 5; 5.2; 20]; z = linkage(x, 'average'); n = zeros(1, 5);")
    run("for k = 1:5, n(k) = max(cluster(z, 'MaxClust', k)); end")
    assert run["n"].tolist() == [[1, 2, 3, 4, 5]]
    run("t = cluster(z, 'Cutoff', 1, 'Criterion', 'distance'); same = t(1) == t(2) && t(3) == t(4) && t(4) ~= t(5);")
    assert run["same"] is True


def test_samples_without_replacement_are_all_different_and_with_weights_follow_them(run):
    run("rng(0); a = randsample(100, 10); b = randsample(5, 5); c = randsample([7 8 9], 50, true, [0 1 0]);")
    assert len(set(run["a"].ravel())) == 10 and sorted(run["b"].ravel()) == [1, 2, 3, 4, 5]
    assert set(run["c"].ravel()) == {8} and run["c"].shape == (1, 50)
    run("d = datasample((1:50)', 20, 'Replace', false); e = datasample(magic(4), 3);")
    assert len(set(run["d"].ravel())) == 20 and run["e"].shape == (3, 4)
    assert run.fault("randsample(3, 4)").identifier == "stats:randsample:SampleTooLarge"


def test_hist_counts_around_middles_and_the_outer_bins_hold_what_lies_beyond(run):
    run("[n, c] = hist([-9 1 1.4 1.6 2 3 99], 1:3); [m, e] = hist([2 2 2]); k = hist([1 2; 3 NaN], 2);")
    assert run["n"].tolist() == [[3, 2, 2]] and run["c"].tolist() == [[1, 2, 3]]
    assert run["m"].sum() == 3 and run["m"].size == 10
    assert run["k"].tolist() == [[1, 1], [1, 0]]


def test_folds_of_a_partition_are_disjoint_cover_all_and_keep_the_shares(run):
    run("rng(0); g = [ones(30, 1); 2*ones(10, 1)]; c = cvpartition(g, 'KFold', 5); s = zeros(40, 1); r = zeros(5, 2);")
    run("for k = 1:5, s = s + test(c, k); r(k, :) = [sum(g(test(c, k)) == 1) sum(g(test(c, k)) == 2)]; end")
    assert (run["s"] == 1).all() and run["r"].tolist() == [[6, 2]] * 5
    run("h = cvpartition(100, 'Holdout', 0.3); a = h.TestSize; b = h.TrainSize;")
    assert (run["a"], run["b"]) == (30, 70)


def test_bars_of_silhouettes_stand_in_clusters_and_the_figure_is_the_second_output(run):
    run("X = [1; 2; 4; 10; 11]; [s, h] = silhouette(X, [1; 1; 1; 2; 2]); a = gca; b = findobj(a, 'Type', 'bar').YData;"
        "k = class(h); d = a.YDir; t = a.YTick; w = a.YTickLabel; x = a.XLim(2); y = a.YLim;")  # fmt: skip
    values = np.sort(run["s"].ravel()[:3])[::-1].tolist(), np.sort(run["s"].ravel()[3:])[::-1].tolist()
    assert np.allclose(run["b"].ravel()[2:5], values[0]) and np.allclose(run["b"].ravel()[7:9], values[1])
    assert np.isnan(run["b"].ravel()[[0, 1, 5, 6, 9, 10]]).all()
    assert (run["k"], run["d"], run["x"]) == ("matlab.ui.Figure", "reverse", 1.1)
    assert run["t"].ravel().tolist() == [4, 8.5] and run["w"].ravel().tolist() == ["1", "2"]
    assert run["y"].tolist() == [[1, 11]]
