"""isoutlier, filloutliers, rmoutliers."""

import numpy as np

DATA = "A = [57 59 60 100 59 58 57 58 300 61 62 60 62 58 57];"


def test_moving_windows_find_what_stands_out_locally(run):
    run("x = -2*pi:0.1:2*pi; A = sin(x); A(47) = 0; [TF, L, U, C] = isoutlier(A, 'movmedian', 9);")
    assert np.flatnonzero(run["TF"]).tolist() == [46]
    assert run["C"].shape == run["L"].shape == run["U"].shape == run["A"].shape


def test_methods_differ_in_what_is_far(run):
    run(DATA + "m = find(isoutlier(A, 'mean')); q = find(isoutlier(A, 'quartiles')); g = find(isoutlier(A, 'grubbs'));")
    assert run["m"] == 9.0
    assert run["q"].ravel().tolist() == run["g"].ravel().tolist() == [4, 9]
    run(DATA + "s = find(isoutlier(A, 'gesd')); p = find(isoutlier(A, 'percentiles', [0 90]));")
    assert run["s"].ravel().tolist() == [4, 9] and run["p"] == 9


def test_columns_are_looked_at_one_by_one(run):
    run("A = magic(5) + diag(200*ones(1,5)); T = isoutlier(A); R = isoutlier(A, 2);")
    assert (run["T"] == np.eye(5, dtype=bool)).all() and (run["R"] == np.eye(5, dtype=bool)).all()


def test_rows_with_an_outlier_leave(run):
    run("[B, TFrm, TF] = rmoutliers([1 1; 2 2; 3 900; 4 4; 5 5]);")
    assert run["B"].tolist() == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert run["TFrm"].ravel().tolist() == [False, False, True, False, False]
    assert run["TF"].sum() == 1


def test_fills_of_every_kind(run):
    run(DATA + "p = filloutliers(A, 'previous'); n = filloutliers(A, 'next'); c = filloutliers(A, 0);")
    run(DATA + "k = filloutliers(A, 'center');")
    assert [run["p"][0, i] for i in (3, 8)] == [60, 58] and [run["n"][0, i] for i in (3, 8)] == [59, 61]
    assert [run["c"][0, i] for i in (3, 8)] == [0, 0] and run["k"][0, 3] == 59
    run("L = [false true false]; z = filloutliers([1 7 3], 'linear', OutlierLocations=L);")
    assert run["z"].ravel().tolist() == [1, 2, 3]


def test_what_no_method_takes_is_refused(run):
    assert "median" in run.fault("isoutlier(1:5, 'medial')").message
    assert run.fault("isoutlier('abc')").identifier == "MATLAB:isoutlier:FirstInputInvalid"
    assert run.fault("isoutlier(1:5, MaxNumOutliers=2)").identifier == "MATLAB:isoutlier:MaxNumOutliersGESD"
    fault = run.fault("isoutlier(1:3, 'movmean', 3, SamplePoints=[1 1 2])")
    assert fault.identifier == "MATLAB:samplePoints:NotIncreasing"
