"""Medians, variances, quantiles, histograms and accumulated sums."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.errors import ScriptError
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def row(*numbers):
    return np.array([numbers], float)


def test_the_median_keeps_integers_and_counts_nan():
    result = call("median", np.array([[1, 2, 3, 4]], np.int8))
    assert result == 3 and class_of(result) == "int8"
    assert np.isnan(call("median", row(1, np.nan, 3))) and call("median", row(1, np.nan, 3), "omitnan") == 2.0
    assert call("median", np.array([[1.0, 2], [3, 4]]), 2.0).tolist() == [[1.5], [3.5]]
    assert np.isnan(call("median", np.zeros((0, 0)))) and call("median", np.zeros((0, 3))).shape == (1, 3)
    assert call("median", np.ones((2, 3, 4)), np.array([[1.0, 3.0]])).tolist() == [[1, 1, 1]]
    assert call("median", row(np.inf, np.inf)) == np.inf


def test_the_mode_is_the_smallest_of_the_most_frequent():
    value, often, all_of_them = call("mode", row(3, 1, 3, 1, 2), nargout=3)
    assert (value, often) == (1.0, 2.0) and all_of_them[0, 0].tolist() == [[1], [3]]
    assert np.isnan(call("mode", np.zeros((0, 0))))


def test_variances_by_counts_and_weights():
    data = row(1, 2, 3, 4)
    assert call("var", data) == pytest.approx(5 / 3) and call("var", data, 1.0) == 1.25
    assert call("var", data, row(0.1, 0.2, 0.3, 0.4)) == pytest.approx(1.0)
    assert call("var", 5.0) == 0.0 and np.isnan(call("var", np.zeros((0, 0))))
    assert call("std", np.array([[1.0, 2], [3, 6]]), 0.0, 2.0).ravel().tolist() == pytest.approx([0.5**0.5, 4.5**0.5])
    assert call("var", row(1, np.nan, 3), "omitnan") == 2.0
    assert call("std", np.float32([[1, 2, 3]])).dtype == np.float32
    assert call("var", np.array([[1.0, 2], [3, 6]]), 0.0, "all") == pytest.approx(14 / 3)
    with pytest.raises(ScriptError, match="must be single or double"):
        call("std", np.array([[1, 2]], np.uint8))


def test_covariance_and_correlation():
    assert call("cov", row(1, 2, 3), row(1, 2, 4)).ravel().tolist() == pytest.approx([1, 1.5, 1.5, 7 / 3])
    assert call("corrcoef", row(1, 2, 3), row(2, 4, 6)).tolist() == [[1, 1], [1, 1]]
    with pytest.raises(ScriptError):
        call("cov", row(1, 2, 3), row(1, 2))


def test_quantiles_lie_on_lines_between_the_middles():
    assert call("quantile", row(1, 2, 3, 4), row(0.25, 0.5, 0.75)).tolist() == [[1.5, 2.5, 3.5]]
    assert call("prctile", row(1, 2, 3, 4, 5), 50.0) == 3.0
    assert call("quantile", row(1, 2, 3, 4), 1.0) == 4.0
    with pytest.raises(ScriptError):
        call("quantile", row(1, 2), 1.5)


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ((), [-1, 0, 1]),
        (("range",), [0, 0.5, 1]),
        (("center",), [-1, 0, 1]),
        (("norm", 1.0), [1 / 6, 2 / 6, 3 / 6]),
        (("scale", "first"), [1, 2, 3]),
        (("zscore", "robust"), [-1, 0, 1]),
        ((2.0, "range", row(-1, 1)), [-1, 0, 1]),
    ],
)
def test_normalize_by_method(args, wanted):
    assert call("normalize", row(1, 2, 3), *args).ravel().tolist() == pytest.approx(wanted)


def test_moving_windows_shrink_at_the_ends():
    assert call("movmean", row(1, 2, 6, 3), 3.0).ravel().tolist() == pytest.approx([1.5, 3, 11 / 3, 4.5])
    assert call("movmax", row(1, 2, 6, 3), row(1, 0)).tolist() == [[1, 2, 6, 6]]
    assert call("movsum", np.ones((3, 2)), 2.0, 1.0).tolist() == [[1, 1], [2, 2], [2, 2]]


# ---------------------------------------------------------------------------------------------------------- counting
def test_accumarray_sums_by_subscript():
    assert call("accumarray", row(1, 2, 1).T, row(10, 20, 30).T).tolist() == [[40], [20]]
    assert call("accumarray", np.array([[1.0, 1], [2, 2], [1, 1]]), 1.0, row(2, 3)).tolist() == [[2, 0, 0], [0, 1, 0]]
    largest = Function(lambda nargout, x: np.max(x).item(), "max")
    assert call("accumarray", row(1, 3).T, row(5, 7).T, np.zeros((0, 0)), largest, -1.0).tolist() == [[5], [-1], [7]]


def test_accumarray_calls_any_function_on_columns():
    seen = []
    count = Function(lambda nargout, x: seen.append(np.shape(x)) or float(np.size(x)), "@(x)numel(x)")
    assert call("accumarray", row(1, 2, 1).T, row(1, 2, 3).T, np.zeros((0, 0)), count).tolist() == [[2], [1]]
    assert seen == [(2, 1), ()]


def test_accumarray_refuses_subscripts_outside():
    with pytest.raises(ScriptError, match="positive integer subscripts"):
        call("accumarray", row(0, 1).T, 1.0)
    with pytest.raises(ScriptError, match="must satisfy"):
        call("accumarray", row(5, 1).T, 1.0, row(3, 1))


def test_histogram_bins_hold_their_left_edges_and_the_last_both():
    counts, edges, bins = call("histcounts", row(1, 2, 2, 5, 6, 7), row(0, 2, 4, 6), nargout=3)
    assert counts.tolist() == [[1, 2, 2]] and bins.tolist() == [[1, 2, 2, 3, 3, 0]]
    assert call("histcounts", row(1, 2, 2, 5), nargout=2)[1].tolist() == [[0.5, 1.5, 2.5, 3.5, 4.5, 5.5]]
    assert call("histcounts", row(0, 1, 2, 3), "BinWidth", 2.0).tolist() == [[2, 2]]
    shares = call("histcounts", row(1, 2, 2, 5), row(0, 2, 4, 6), "Normalization", "probability")
    assert shares.tolist() == [[0.25, 0.5, 0.25]]


def test_every_element_inside_the_limits_is_counted_whatever_the_binning():
    numbers = np.random.RandomState(3).randn(1, 500) * 37 + 5
    for args in ((), (7.0,), ("BinMethod", "fd"), ("BinMethod", "sqrt"), ("BinMethod", "sturges"), ("NumBins", 13.0)):
        counts, edges = call("histcounts", numbers, *args, nargout=2)
        assert counts.sum() == 500 and edges[0, 0] <= numbers.min() and edges[0, -1] >= numbers.max()
    assert call("histcounts", numbers, 7.0).size == 7


def test_trapezoids():
    assert call("trapz", row(1, 2, 3)) == 4.0 and call("trapz", row(0, 2, 4), row(1, 2, 3)) == 8.0
    assert call("trapz", np.array([[1.0, 2], [3, 4]]), 2.0).tolist() == [[1.5], [3.5]]
    assert call("cumtrapz", row(1, 2, 3)).tolist() == [[0, 1.5, 4]]


@pytest.mark.parametrize("name", ["mean", "median", "std", "var", "mad", "skewness", "kurtosis", "normalize", "zscore"])
def test_nothing_and_nan_give_nan_in_silence(name):
    from cnnscript.builtins.statistics import reductions  # noqa: F401  declares mean

    assert np.isnan(call(name, row(np.nan, np.nan))).all()
    assert np.size(call(name, np.zeros((0, 3)))) in (0, 3)


def test_normalize_gives_what_it_took_away_and_divided_by():
    matrix = np.array([[1.0, 10.0], [3.0, 10.0], [8.0, 10.0]])
    for args in (
        (),
        ("range",),
        ("range", row(-2, 2)),
        ("norm", 1.0),
        ("medianiqr",),
        ("scale", "mad"),
        ("zscore", "robust"),
    ):
        scaled, center, scale = call("normalize", matrix, *args, nargout=3)
        assert np.allclose(scaled, (matrix - center) / scale) and center.shape == scale.shape == (1, 2)
    assert call("normalize", row(1, 2, 5), "center", "scale", "first").ravel().tolist() == pytest.approx(
        [-5 / 3, -2 / 3, 7 / 3]
    )
    with pytest.raises(ScriptError, match="can be used together"):
        call("normalize", row(1, 2), "norm", 1.0, "range")


def test_elements_may_count_differently(run):
    run("a = mean([1 2; 3 4], Weights=[1 3]); b = mean([1 NaN 3], 'omitnan', 'Weights', [1 1 3]);")
    assert run["a"].tolist() == [[2.5, 3.5]] and run["b"] == 2.5
    run("c = median(1:4, Weights=[1 1 1 5]); d = median([1 2; 3 4], 2, Weights=[1 2; 3 1]);")
    run("e = median(1:4, Weights=[1 1 1 1]);")
    assert run["c"] == 4 and run["d"].tolist() == [[2], [3]] and run["e"] == 2.5
    assert run.fault("mean(1:3, Weights=[1 2]);").identifier == "MATLAB:mean:invalidSizeWgts"


def test_accumarray_sums_integers_as_doubles(run):
    run("a = accumarray([1; 1; 2], int8([100; 100; 1])); b = accumarray([1; 1; 2], int8([100; 50; 1]), [], @max);")
    assert run["a"].ravel().tolist() == [200, 1] and run["b"].dtype == np.int8


def test_the_integral_of_nothing_is_0(run):
    run("a = trapz([]);")
    assert run["a"] == 0


def test_quantiles_of_nothing_are_nan(run):
    run("a = quantile([], [0.1 0.2]);")
    assert np.isnan(run["a"]).tolist() == [[True, True]]


def test_edges_that_fall_are_refused(run):
    assert run.fault("discretize([1 2], [3 2]);").identifier == "MATLAB:discretize:InvalidEdges"
    assert run.fault("histc([1 2], [3 2]);").message == "Edges vector must be monotonically non-decreasing."


def test_the_elements_of_a_part_are_counted(run):
    run("a = numel(ones(2, 3), 1, ':'); b = numel(ones(2, 3, 4), 1, ':'); c = numel(ones(2, 3), ':');")
    assert (run["a"], run["b"], run["c"]) == (3, 12, 6)


def test_rounding_far_beyond_the_digits_of_a_double(run):
    run("a = round(pi, 310) == pi; b = round(1e5, -310);")
    assert run["a"] is True and run["b"] == 0


def test_shapes_of_distributions_over_several_dimensions(run):
    run("a = mad([1 2; 3 9], 0, 'all'); b = mad([1 2; 3 9], 1, [1 2]); c = moment([1 2; 3 9], 2, 'all');")
    assert run["a"] == 2.625 and run["b"] == 1 and run["c"] == pytest.approx(9.6875)
    run("d = skewness([1 2; 3 9], 0, 'all') - skewness([1 2 3 9], 0);")
    run("e = kurtosis([1 2 3 9 NaN], 0) - kurtosis([1 2 3 9], 0);")
    assert abs(run["d"]) < 1e-12 and abs(run["e"]) < 1e-12


def test_scores_over_several_dimensions(run):
    run("[z, m, s] = zscore([1 2; 3 5], 0, 'all'); d = max(abs(z(:) - zscore([1; 3; 2; 5])));")
    run("e = isequal(z, zscore([1 2; 3 5], 0, [1 2]));")
    assert run["m"] == 2.75 and run["d"] < 1e-14 and run["e"] is True
    run("a = size(zscore(ones(2, 3), 0, 3));")
    assert run["a"].tolist() == [[2, 3]]


def test_errors_of_forecasts_by_dimension_with_weights_and_zeros_left_out(run):
    run("""
        F = [1 2; 3 4]; A = [1 4; 0 2]; a = rmse(F,A); b = rmse(F,A,"all"); c = rmse(F,A,2,Weights=[1 3]);
        d = mape(F,A,2,"omitzero"); e = mape(F,A); f = rmse([1 NaN 3],[1 5 5],"omitnan"); g = rmse(single(1),3);
    """)
    np.testing.assert_allclose(run["a"], [[np.sqrt(4.5), 2]])
    assert run["b"] == pytest.approx(np.sqrt(17 / 4))
    np.testing.assert_allclose(run["c"], [[np.sqrt(3)], [np.sqrt(21 / 4)]])
    np.testing.assert_allclose(run["d"], [[25], [100]])
    assert np.isinf(run["e"][0, 0])
    assert run["f"] == pytest.approx(np.sqrt(2))
    assert (run["g"], run["g"].dtype) == (2, np.float32)
    assert run.fault("rmse('a',1)").message == "Input data must be a single or double array."


def test_rmse_and_mape_refuse_integers_whose_difference_saturates(run):
    for call in ("rmse(uint8([1 5]),uint8([3 2]))", "mape([1 5],int8([3 2]))", "rmse(uint8(1),2)"):
        assert run.fault(call).message == "Input data must be a single or double array."


def test_omitzero_leaves_out_zeros_and_no_nan(run):
    run("""
        a = mape([NaN 2 3],[1 0 3],'omitzero'); b = mape([NaN 2 3],[1 0 2],'omitzero','omitnan');
        c = mape([1 NaN; 3 5],single([0 1; 2 4]),2,'omitzero'); d = mape([NaN 2],[0 4],'all','omitzero');
        e = mape([1 9 4],[2 0 5],'omitzero',Weights=[1 5 3]); f = mape(3,0,'omitzero');
    """)
    assert np.isnan(run["a"]) and run["b"] == 50 and np.isnan(run["f"])
    assert np.isnan(run["c"][0, 0]) and run["c"][1, 0] == 37.5 and run["c"].dtype == np.float32
    assert run["d"] == 50 and run["e"] == pytest.approx((50 + 3 * 20) / 4)
