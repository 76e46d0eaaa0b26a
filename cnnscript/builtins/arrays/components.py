"""Data seen from its main directions: pca, pcacov, cmdscale, tsne."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import Metric, by_products, rows_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, SINGLE, ndarray, norm, numel_of
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn

WORTH_A_PRODUCT = 100_000  # numbers, of which distances are taken from products of matrices


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
    if algorithm == "eig":  # as many as there are variables
        economy_count = min(width, values.size)
        latent = latent[:economy_count]
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


@builtin(outputs=2)
def tsne(
    session, nargout, x, /, *, Algorithm="barneshut", Distance="euclidean", NumDimensions=2.0, Perplexity=30.0,
    Exaggeration=4.0, LearnRate=500.0, NumPCAComponents=0.0, Standardize=False, InitialY=None, Theta=0.5, Options=None,
    CacheSize=None, NumPrint=20.0, Verbose=0.0,
):  # fmt: skip
    """
    Y = tsne(X)
    Y = tsne(X, Name, Value)
    [Y, loss] = tsne(...)

    Lay the rows of X out in two dimensions so that neighbours stay neighbours; the divergence that is left.

    The layout is scikit-learn's, from a start drawn from the session's random numbers; it is not MATLAB's point by
    point.

    Options
      Algorithm         'barneshut' or 'exact'
      Distance          as in pdist
      NumDimensions     of the layout (2)
      Perplexity        about how many neighbours count (30)
      Exaggeration      how much neighbours are drawn together at first (4)
      LearnRate         length of the steps (500)
      NumPCAComponents  main directions to look from first (0: all)
      Standardize       whether columns are centred and scaled first (false)
      InitialY          where the points begin
      Theta             how coarsely 'barneshut' sees far points (0.5)
      Options           struct made by statset: MaxIter is read
      CacheSize         memory for distances: the answer is the same
      NumPrint          with Verbose
      Verbose           0: nothing is printed

    Examples
      >> rng default, X = [randn(20, 5); randn(20, 5) + 9];
      >> Y = tsne(X, 'Perplexity', 5); size(Y)
      ans =
          40     2
      >> [Y, loss] = tsne(X, 'Algorithm', 'exact', 'NumDimensions', 3, 'Perplexity', 5); size(Y)
      ans =
          40     3

    See also pca, cmdscale, gscatter.
    """
    from cnnscript.learning.embedding import neighbour_embedding

    data = rows_of(x, "tsne")
    known = ~np.isnan(data).any(axis=1)
    used = data[known]
    count = len(used)
    dimensions = take.positive(NumDimensions, "NumDimensions")
    perplexity = take.number(Perplexity, "Perplexity")
    if not 1 <= perplexity < count:
        raise ScriptError(
            "stats:tsne:InvalidPerplexity",
            "Perplexity must be a positive number smaller than the number of rows of X.",
            notes=(f"{perplexity:g} for {count} rows",),
        )
    take.positive(NumPrint, "NumPrint")
    if CacheSize is not None and (is_text(CacheSize) or take.number(CacheSize, "CacheSize") <= 0):
        take.choice(CacheSize, ("maximal",), "CacheSize")
    if take.number(Verbose, "Verbose") != 0:
        raise ScriptError("cnnscript:NotYet", "'Verbose' other than 0 is not in cnnscript's tsne yet.")
    exact = take.choice(Algorithm, ("barneshut", "exact"), "Algorithm") == "exact"
    if not exact and dimensions > 3:
        raise ScriptError("stats:tsne:TooManyDimensions", "'barneshut' lays out in up to three dimensions.")
    if take.flag(Standardize, "Standardize"):
        spread = used.std(axis=0, ddof=1)
        used = (used - used.mean(axis=0)) / np.where(spread, spread, 1)
    number = take.count(NumPCAComponents, "NumPCAComponents")
    if number:
        middle = used - used.mean(axis=0)
        used = middle @ np.linalg.svd(middle, full_matrices=False)[2].T[:, :number]
    distance = Distance if type(Distance) is Function else take.text(Distance, "Distance")
    metric = Metric(distance, None, "tsne").prepare(used)
    if metric.word == "euclidean" and used.size > WORTH_A_PRODUCT:  # the layout is not MATLAB's to the last digit
        far = by_products(used)
    else:
        far = metric.between(used, used)
    np.fill_diagonal(far, 0.0)
    if InitialY is None or not numel_of(InitialY):
        start = 1e-4 * session.random.normals(count * dimensions).reshape((count, dimensions), order="F")
    else:
        start = take.real(InitialY, "InitialY")[known] if len(take.real(InitialY, "InitialY")) == len(data) else None
        if start is None or start.shape[1] != dimensions:
            raise ScriptError("stats:tsne:BadInitialY", "InitialY must have a row for each row of X.")
    rounds = 1000
    if isinstance(Options, Struct) and numel_of(Options.fields.get("OutputFcn", EMPTY)):
        raise ScriptError("cnnscript:NotYet", "An OutputFcn in 'Options' is not in cnnscript's tsne yet.")
    if isinstance(Options, Struct) and numel_of(Options.fields.get("MaxIter", EMPTY)):
        rounds = take.positive(Options.fields["MaxIter"], "MaxIter")
    if rounds < 250:
        warn("stats:tsne:TooFewIterations", "At least 250 iterations are done.")
    places, divergence = neighbour_embedding(
        np.maximum(far, far.T), dimensions, perplexity, take.number(LearnRate, "LearnRate"),
        take.number(Exaggeration, "Exaggeration"), rounds, start.astype(np.float32), exact, take.number(Theta, "Theta"),
    )  # fmt: skip
    found = np.full((len(data), dimensions), np.nan)
    found[known] = places
    return norm(np.asfortranarray(found)), divergence
