"""Data seen from its main directions: pca, pcacov, cmdscale."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import rows_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import SINGLE, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text


def steady_signs(coefficients: ndarray) -> ndarray:
    """1 or -1 for each column, so that its largest coefficient becomes positive."""
    if not coefficients.size:
        return np.ones(coefficients.shape[1])
    largest = np.abs(coefficients).argmax(axis=0)
    return np.where(coefficients[largest, np.arange(coefficients.shape[1])] < 0, -1.0, 1.0)


@builtin(outputs=6)
def pca(
    nargout, x, /, *, Algorithm="svd", Centered=True, Economy=True, NumComponents=None, Rows="complete", Weights=None,
    VariableWeights=None, Coeff0=None, Score0=None, Options=None,
):  # fmt: skip
    """
    coeff = pca(X)
    coeff = pca(X, Name, Value)
    [coeff, score, latent] = pca(...)
    [coeff, score, latent, tsquared, explained, mu] = pca(...)

    Main directions of the rows of X (columns of coeff), the rows in them, the variances, Hotelling's T-squared, the
    variances in per cent, and the means.

    Options
      Algorithm        'svd' or 'eig'
      Centered         whether the means are taken off (true)
      Economy          whether directions without variance are left out (true)
      NumComponents    how many directions to give
      Rows             what becomes of missing values: 'complete', 'pairwise' or 'all'
      Weights          of the observations
      VariableWeights  of the variables, or 'variance'
      Coeff0           start of the algorithm 'als'
      Score0           start of the algorithm 'als'
      Options          of the algorithm 'als'

    Examples
      >> coeff = pca([1 2; 3 4; 5 7])
      coeff =
          0.6216    0.7833
          0.7833   -0.6216
      >> coeff = pca([1 2; 3 4; 5 7], 'NumComponents', 1)
      coeff =
          0.6216
          0.7833
      >> [coeff, score, latent, tsquared, explained, mu] = pca([1 2; 3 4; 5 7]); latent, explained, mu
      latent =
         10.3010
          0.0324
      explained =
         99.6868
          0.3132
      mu =
          3.0000    4.3333

    See also svd, tsne, pcacov.
    """
    data = rows_of(x, "pca")
    algorithm = take.choice(Algorithm, ("svd", "eig", "als"), "Algorithm")
    if algorithm == "als":
        raise ScriptError("cnnscript:NotYet", "The 'Algorithm' 'als' is not in cnnscript's pca yet.")
    if any(value is not None for value in (Coeff0, Score0)):
        raise ScriptError("stats:pca:NoStart", "'Coeff0' and 'Score0' go with the algorithm 'als'.")
    if Options is not None and not isinstance(Options, Struct):
        raise take.wanted("a structure made by statset", "Options", Options)
    rows = take.choice(Rows, ("complete", "pairwise", "all"), "Rows")
    centred, economy = take.flag(Centered, "Centered"), take.flag(Economy, "Economy")
    missing = np.isnan(data)
    if np.isinf(data).any():
        raise ScriptError("stats:pca:InfFound", "X must not contain Inf.")
    if rows == "all" and missing.any():
        raise ScriptError(
            "stats:pca:NaNsFound", "Raw data contains NaN missing value while 'Rows' option is set to 'all'."
        )
    if rows == "pairwise" and missing.any():
        raise ScriptError("cnnscript:NotYet", "'Rows' 'pairwise' is not in cnnscript's pca yet.")
    whole = ~missing.any(axis=1)
    used = data[whole]
    count, width = used.shape
    weights = np.ones(len(data)) if Weights is None else take.vector(Weights, "Weights")
    if weights.size != len(data) or (weights < 0).any():
        raise ScriptError("stats:pca:WrongObsWeights", "Weights must be nonnegative, one for each row of X.")
    weights = weights[whole]
    mean = (weights @ used / weights.sum()) if count else np.full(width, np.nan)
    if not centred:
        mean = np.zeros(width)
    rest = used - mean
    free = max(0, count - centred)
    scale = variable_scale(VariableWeights, rest, weights, free)
    weighted = rest * np.sqrt(scale) * np.sqrt(weights)[:, None]
    left, values, right = np.linalg.svd(weighted, full_matrices=False) if count else (
        np.zeros((0, 0)), np.zeros(0), np.zeros((0, width))
    )  # fmt: skip
    directions = right.T
    total = weights.sum() / count * free if count else 0.0
    latent = values**2 / free if free else np.zeros_like(values)
    if Weights is not None and free:
        latent = values**2 / (total if total else 1)
    if economy:
        kept = min(free, width)
        directions, values, latent = directions[:, :kept], values[:kept], latent[:kept]
    else:
        extra = width - directions.shape[1]
        if extra:
            directions = np.linalg.svd(weighted, full_matrices=True)[2].T
            values, latent = np.pad(values, (0, extra)), np.pad(latent, (0, extra))
        latent = np.where(np.arange(latent.size) < free, latent, 0.0)
    coefficients = directions / np.sqrt(scale)[:, None]
    turned = rest * np.sqrt(scale) @ directions
    signs = steady_signs(coefficients)
    coefficients, turned = coefficients * signs, turned * signs
    score = np.full((len(data), coefficients.shape[1]), np.nan)
    score[whole] = turned
    tall = latent > (max(count, width) * np.finfo(float).eps * latent.max() if latent.size else 0)
    squared = np.full(len(data), np.nan)
    squared[whole] = (turned[:, tall] ** 2 / latent[tall]).sum(axis=1)
    explained = 100 * latent / latent.sum() if latent.size and latent.sum() else np.zeros_like(latent)
    if NumComponents is not None:
        number = take.integer(NumComponents, "NumComponents", 1)
        if number < coefficients.shape[1]:
            coefficients, score = coefficients[:, :number], score[:, :number]
        elif number > width:
            raise ScriptError(
                "stats:pca:NumComponents", "NumComponents must not exceed the number of variables.",
                notes=(f"got {described(NumComponents)}, there are {width}",),
            )  # fmt: skip
    dtype = SINGLE if getattr(x, "dtype", None) == SINGLE else float
    parts = (
        coefficients,
        score,
        latent.reshape(-1, 1),
        squared.reshape(-1, 1),
        explained.reshape(-1, 1),
        mean.reshape(1, -1),
    )
    return tuple(norm(np.asfortranarray(part.astype(dtype))) for part in parts)


def variable_scale(given, rest: ndarray, weights: ndarray, free: int) -> ndarray:
    width = rest.shape[1]
    if given is None:
        return np.ones(width)
    if is_text(given):
        take.choice(given, ("variance",), "VariableWeights")
        return 1 / ((weights @ rest**2) / max(1, free))
    scale = take.vector(given, "VariableWeights")
    if scale.size != width or (scale <= 0).any():
        raise ScriptError("stats:pca:WrongVarWeights", "VariableWeights must be positive, one for each variable.")
    return scale


@builtin(outputs=3)
def pcacov(nargout, v, /):
    """
    [coeff, latent, explained] = pcacov(V)

    Main directions from a covariance matrix.

    Examples
      >> [coeff, latent, explained] = pcacov([2 1; 1 2])
      coeff =
          0.7071   -0.7071
          0.7071    0.7071
      latent =
          3.0000
          1.0000
      explained =
         75.0000
         25.0000

    See also pca, cov.
    """
    matrix = take.real(v, "V")
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ScriptError("stats:pcacov:BadCov", "V must be a square matrix.", notes=(f"got {described(v)}",))
    _, values, right = np.linalg.svd(matrix)
    directions = right.T * steady_signs(right.T)
    shares = 100 * values / values.sum()
    return norm(np.asfortranarray(directions)), norm(values.reshape(-1, 1)), norm(shares.reshape(-1, 1))


@builtin(outputs=2)
def cmdscale(nargout, d, p=None, /):
    """
    Y = cmdscale(D)
    Y = cmdscale(D, p)
    [Y, e] = cmdscale(D)

    Points whose distances are D (a matrix, or what pdist gave): classical multidimensional scaling.

    Examples
      >> Y = abs(cmdscale(pdist([0; 3; 7])))'
      Y =
          3.3333    0.3333    3.6667
      >> [Y, e] = cmdscale(pdist([0 0; 3 4; 1 1])); size(Y)
      ans =
           3     2
      >> Y = cmdscale(pdist([0 0; 3 4; 1 1]), 1); size(Y)
      ans =
           3     1

    See also pdist, pca.
    """
    from cnnscript.builtins.statistics.distances import squareform

    array = take.real(d, "D")
    square = np.asarray(take.real(squareform(d), "D")) if 1 in array.shape else array
    count = len(square)
    if not count or square.shape != (count, count) or not np.allclose(square, square.T):
        raise ScriptError("stats:cmdscale:InvalidDistances", "D must be a symmetric matrix of distances.")
    centring = np.eye(count) - 1 / count
    inner = -0.5 * centring @ square**2 @ centring
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = values > np.abs(values).max(initial=0) * np.finfo(float).eps ** 0.75
    places = vectors[:, kept] * np.sqrt(values[kept])
    places = places * steady_signs(places)
    if p is not None:
        places = places[:, : take.positive(p, "p")]
    return norm(np.asfortranarray(places)), norm(values.reshape(-1, 1))
