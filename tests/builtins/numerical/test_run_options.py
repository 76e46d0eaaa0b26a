"""Options that say how something is run: what has no effect on the answer is checked, what would have is refused."""

import pytest

DATA = "X = [1; 2; 8; 9]; Y = [0; 0; 1; 1];"


@pytest.mark.parametrize(
    "call",
    [
        "fitcsvm(X, Y, 'Verbose', 1)",
        "fitclinear(X, Y, 'PassLimit', 2)",
        "fitrlinear(X, Y, 'BatchSize', 2)",
        "fitcecoc(X, Y, 'Verbose', 2)",
        "fscmrmr(X, Y, 'Verbose', 1)",
        "griddatan([0 0; 1 0; 0 1], [0; 1; 1], [0.2 0.2], 'linear', {'Qt'})",
    ],
)
def test_what_would_be_seen_and_is_not_there_is_refused(run, call):
    run(DATA)
    assert run.fault(call).identifier == "cnnscript:NotYet"


@pytest.mark.parametrize(
    "call",
    [
        "fitcsvm(X, Y, 'CacheSize', -3)",
        "fitcknn(X, Y, 'BucketSize', 0)",
        "fitrlinear(X, Y, 'Solver', 'none')",
        "fitcecoc(X, Y, 'Options', 3)",
        "tsne(rand(20, 3), 'NumPrint', 0, 'Perplexity', 3)",
        "pca(rand(4, 2), 'Options', 1)",
        "delaunayn([0 0; 1 0; 0 1], {'nonsense'})",
        "fieldnames(struct('a', 1), '-half')",
        "gpuDeviceCount('some')",
        "condest(speye(2), -1)",
        "quadprog(eye(2), [1; 1], [], [], [], [], [], [], [1 2 3])",
        "datestr(738000, 1, 'xx_YY')",
        "license('test')",
        "perfcurve([1 0 1], [3 2 1], 1, 'Alpha', 2)",
        "perfcurve([1 0 1], [3 2 1], 1, 'BootType', 'nothing')",
        "crossval(fitcknn(X, Y), 'Options', 1)",
    ],
)
def test_what_has_no_effect_on_the_answer_is_checked_all_the_same(run, call):
    run(DATA)
    assert run.fault(call).message


def test_the_answer_is_the_same_with_them(run):
    run(DATA)
    run("a = fitcsvm(X, Y, 'CacheSize', 'maximal', 'Verbose', 0); b = fitcsvm(X, Y); same = isequal(a.Bias, b.Bias);")
    assert run["same"] is True
    run("t = isequal(delaunayn([0 0; 1 0; 0 1], {'Qt', 'Qbb'}), delaunayn([0 0; 1 0; 0 1]));")
    assert run["t"] is True


def test_ratios_stand_in_columns_of_their_own(run):
    run("a = rats([0.5 -1/7; NaN 1e9 + 0.5]); b = size(a); c = rats(0); d = size(rats([]));")
    assert run["b"].tolist() == [[2, 28]]
    assert run["c"] == "       0      "


def test_long_filters_give_what_filter_gives(run):
    run("rng(1); b = rand(1, 9); x = rand(50, 3); e = max(max(abs(fftfilt(b, x) - filter(b, 1, x))));")
    run("g = max(max(abs(fftfilt(rand(9, 3), x) - 0))); z = size(fftfilt(rand(4, 2), x(:, 1)));")
    assert run["e"] < 1e-12 and run["z"].tolist() == [[50, 2]]
    assert run.fault("fftfilt(rand(4, 2), x)").identifier == "signal:fftfilt:InvalidDimensions"


def test_options_of_eigs_are_applied_or_answered(run):
    run("r = chol([4 1; 1 3]); q = [2 1]; b = zeros(2); b(q, q) = r'*r; a = diag([1 9]);")
    run("o.cholB = true; o.permB = q; d = eigs(a, r, 2, 'largestabs', o); e = norm(sort(d) - sort(eig(a, b)));")
    assert run["e"] < 1e-12
    assert run("o = struct('disp', 1); d = eigs(speye(3), 1, 'lm', o);")[0].startswith("Warning: The steps of eigs")
    assert run.fault("eigs(speye(3), 1, 'lm', 'FailureTreatment', 'nothing')").message


def test_parsers_are_copied(run):
    run("p = inputParser; p.addParameter('a', 1); q = p.copy(); q.addParameter('b', 2); n = numel(p.Parameters);")
    assert run["n"] == 1
    assert run.fault("copy(3)").identifier == "MATLAB:UndefinedFunction"


def test_dialogs_are_refused_whatever_outputs_are_asked_for(run):
    for call in ("[f, p, k] = uigetfile('*.m');", "[f, p] = uiputfile('*.m');", "[x, y, b] = ginput(1);"):
        assert run.fault(call).identifier == "cnnscript:desktop"


def test_locales_and_indices_are_checked(run):
    assert run.fault("textscan('1', '%f', 'DateLocale', 'de_DE')").identifier == "cnnscript:NotYet"
    assert run.fault("sparse(1i, 1, 1)").message == "Indices to sparse matrix must be real."
