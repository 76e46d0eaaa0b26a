"""classify(sample, training, group): against Gaussians computed by hand, for every kind of group."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

KNOWN = np.array([[1.0, 1], [2, 1.5], [1, 2], [2, 3], [6, 5], [7, 6.5], [6, 7], [8, 6]])
ROWS = np.array([[2.0, 2], [4, 4], [7, 7]])


@pytest.fixture
def told(run):
    run["T"], run["S"], run["g"] = np.asfortranarray(KNOWN), np.asfortranarray(ROWS), np.array([[1.0] * 4 + [2] * 4]).T
    return run


@pytest.mark.parametrize("form", ["linear", "quadratic", "diaglinear", "diagquadratic"])
def test_posteriors_are_those_of_the_gaussians(told, form):
    told(f"[c, e, p, l, k] = classify(S, T, g, '{form}', [0.3 0.7]);")
    parts = KNOWN[:4], KNOWN[4:]
    spreads = [np.cov(part.T) for part in parts]
    if "linear" in form:
        spreads = [(spreads[0] + spreads[1]) / 2] * 2
    if "diag" in form:
        spreads = [np.diag(np.diag(spread)) for spread in spreads]
    shares = np.column_stack([
        share * multivariate_normal(part.mean(0), spread).pdf(ROWS)
        for share, part, spread in zip((0.3, 0.7), parts, spreads, strict=True)
    ])  # fmt: skip
    assert np.allclose(told["p"], shares / shares.sum(1, keepdims=True))
    assert np.allclose(told["l"].ravel(), np.log(shares.sum(1)))
    assert told["c"].ravel().tolist() == (shares.argmax(1) + 1).tolist() and told["e"] == 0
    told("q = 0; if isfield(k, 'quadratic'), q = sum(S * k(1, 2).quadratic .* S, 2); end")
    told("b = k(1, 2).const + S * k(1, 2).linear + q;")
    assert np.allclose(told["b"].ravel(), np.log(shares[:, 0] / shares[:, 1]))


def test_the_nearest_mean_counts_whatever_the_prior(told):
    told("a = classify([4 4], T, g, 'mahalanobis'); b = classify([4 4], T, g, 'mahalanobis', [0.999 0.001]);")
    apart = [
        (d := np.array([4.0, 4]) - part.mean(0)) @ np.linalg.inv(np.cov(part.T)) @ d for part in (KNOWN[:4], KNOWN[4:])
    ]
    assert told["a"] == told["b"] == np.argmin(apart) + 1


def test_classes_are_of_the_kind_of_the_groups(told):
    for groups, wanted in (
        ("{'x';'x';'x';'x';'y';'y';'y';'y'}", "cell"), ("['xxxxyyyy']'", "char"), ("g == 1", "logical"),
        ("categorical(g)", "categorical"), ("g", "double"),
    ):  # fmt: skip
        assert told(f"disp(class(classify(S, T, {groups})))") == [wanted]


def test_priors_by_name_by_share_and_none(told):
    told("w = {'b';'b';'b';'b';'b';'b';'a';'a'}; "
         "[~, ~, p] = classify(S, T, w); [~, ~, q] = classify(S, T, w, 'linear', 'empirical');"
         "[~, ~, r] = classify(S, T, w, 'linear', struct('group', {{'b'; 'a'}}, 'prob', [0.75 0.25]));"
         "[~, ~, s] = classify(S, T, w, 'linear', [0.25 0.75]);")  # fmt: skip
    assert np.allclose(told["q"], told["r"]) and np.allclose(told["r"], told["s"])
    assert not np.allclose(told["p"], told["q"])


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("classify(S, T, g(1:3))", "TrGrpSizeMismatch"),
        ("classify([1 2 3], T, g)", "SampleTrColSizeMismatch"),
        ("classify([1 2], [1 1; 2 2; 3 3; 4 4], [1; 1; 2; 2])", "BadLinearVar"),
        ("classify(S, T, g, 'quadratic', [1 2 3])", "GrpPriorSizeMismatch"),
        ("classify(S, T(1:5, :), g(1:5), 'quadratic')", "BadQuadVarSize"),
        ("classify(S, T, (1:8)')", "NTrainingTooSmall"),
    ],
)
def test_what_matlab_refuses(told, call, name):
    assert told.fault(call).identifier == f"stats:classify:{name}"


def test_options_of_networks_are_none_of_groups(told):
    """They were dropped."""
    assert told.fault("classify(S, T, g, 'linear', MiniBatchSize=3)").identifier == "MATLAB:TooManyInputs"
