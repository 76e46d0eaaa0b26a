"""tsne: the descent against a twin in NumPy, what it prints and tells, and where it stops."""

import re

import numpy as np
import pytest


@pytest.fixture
def data(run):
    rng = np.random.default_rng(2)
    run.X = np.vstack([rng.normal(size=(15, 4)), rng.normal(size=(15, 4)) + 6])
    run["X"] = np.asfortranarray(run.X)
    run.start = 1e-2 * rng.normal(size=(30, 2))
    run["Y0"] = np.asfortranarray(run.start)
    return run


def joint(X, perplexity):
    """The probabilities of the paper: Gaussians of each point by halving, made symmetric."""
    far = ((X[:, None] - X[None]) ** 2).sum(2)
    shares = np.zeros_like(far)
    for row in range(len(X)):
        low, high = 1e-9, 1e9
        for _ in range(200):
            beta = np.sqrt(low * high)
            weights = np.exp(-beta * (far[row] - np.delete(far[row], row).min()))
            weights[row] = 0
            weights /= weights.sum()
            entropy = -(weights[weights > 0] * np.log(weights[weights > 0])).sum()
            low, high = (beta, high) if entropy > np.log(perplexity) else (low, beta)
        shares[row] = weights
    return (shares + shares.T) / (2 * len(X))


def twin(X, Y, rounds, rate, perplexity=5, exaggeration=4):
    shares = joint(X, perplexity)
    step, gains = np.zeros_like(Y), np.ones_like(Y)
    for turn in range(1, rounds + 1):
        raised = shares * (exaggeration if turn < 100 else 1)
        gaps = Y[:, None] - Y[None]
        near = 1 / (1 + (gaps**2).sum(2))
        np.fill_diagonal(near, 0)
        slope = 4 * (((raised - near / near.sum()) * near)[:, :, None] * gaps).sum(1)
        gains = np.maximum(np.where(np.sign(slope) == np.sign(step), 0.8 * gains, gains + 0.2), 0.01)
        step = 0.5 * step - rate / 4 * gains * slope
        Y = Y + step
        Y = Y - Y.mean(0)
    near = 1 / (1 + ((Y[:, None] - Y[None]) ** 2).sum(2))
    np.fill_diagonal(near, 0)
    inside = shares > 0
    return Y, (shares[inside] * np.log(shares[inside] / (near / near.sum())[inside])).sum()


def test_the_exact_descent_is_that_of_the_paper(data):
    data("o = statset('MaxIter', 3); [Y, loss] = tsne(X, 'Algorithm', 'exact', 'Perplexity', 5, 'InitialY', Y0, "
         "'LearnRate', 10, 'Options', o);")  # fmt: skip
    places, loss = twin(data.X, data.start, 3, 10)
    assert np.allclose(data["Y"], places, atol=1e-4) and data["loss"] == pytest.approx(loss, rel=1e-3)


def test_steps_are_printed_with_the_head_that_goes_with_the_exaggeration(data):
    lines = data("Y = tsne(X, 'Perplexity', 5, 'Verbose', 1, 'NumPrint', 50, 'Options', statset('MaxIter', 150));")
    rows = [line for line in lines if re.match(r"\|\s+\d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == [50, 100, 150]
    heads = [k for k, line in enumerate(lines) if "ITER" in line]
    assert len(heads) == 2 and "USING" in lines[heads[0]] and "USING" not in lines[heads[1]]
    assert lines.index(rows[0]) < heads[1] < lines.index(rows[1])
    assert float(rows[0].split("|")[2]) > float(rows[2].split("|")[2]) > 0


def test_functions_are_told_and_stop_the_descent(data):
    data("o = statset('OutputFcn', @tell, 'MaxIter', 500); global told; told = {};"
         "tsne(X, 'Perplexity', 5, 'Options', o, 'NumPrint', 10);\n"
         "function stop = tell(values, state)\nglobal told; told(end+1, :) = {state, values};\n"
         "stop = strcmp(state, 'iter') && values.iteration == 30;\nend")  # fmt: skip
    told = data["told"]
    assert told[:, 0].tolist() == ["init", "iter", "iter", "iter", "done"]
    fields = told[3, 1].fields
    assert list(fields) == ["iteration", "fval", "grad", "Exaggeration", "Y"]
    assert fields["iteration"] == 30 and fields["Exaggeration"] == 4 and fields["grad"].shape == (30, 2)


def test_a_large_tolerance_ends_the_descent_once_nothing_is_exaggerated(data):
    lines = data("tsne(X, 'Perplexity', 5, 'Options', statset('TolFun', 1e9), 'Verbose', 1, 'NumPrint', 1);")
    assert max(int(line.split("|")[1]) for line in lines if re.match(r"\|\s+\d+ \|", line)) == 100


def test_the_gaussians_are_as_wide_as_the_perplexity_asks(data):
    from cnnscript.learning.embedding import widths

    far = np.sqrt(((data.X[:, None] - data.X[None]) ** 2).sum(2))
    for row, width in enumerate(widths(far, 5)):
        shares = np.exp(-(far[row] ** 2) / (2 * width**2))
        shares[row] = 0
        shares /= shares.sum()
        assert np.exp(-(shares[shares > 0] * np.log(shares[shares > 0])).sum()) == pytest.approx(5, rel=1e-3)
    assert "Mean value of sigma" in data("tsne(X, 'Perplexity', 5, 'Verbose', 2, 'Options', struct('MaxIter', 1));")[0]


@pytest.mark.parametrize("option, words", [
    ("'LearnRate', -1", "LearnRate must be a positive number."),
    ("'Exaggeration', 0.5", "Exaggeration must be a number of at least 1."),
    ("'Theta', 5", "Theta must be a number from 0 to 1."),
    ("'InitialY', ones(30, 2, 2)", "InitialY must have a row for each row of X and a column for each dimension."),
])  # fmt: skip
def test_numbers_that_no_descent_can_go_by_are_refused(data, option, words):
    assert words in data.fault(f"tsne(X, 'Perplexity', 5, {option});").message
