"""Distances between rows: pdist, pdist2, squareform, mahal; the nearest rows: knnsearch, rangesearch."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import DOUBLE, OBJECT, SINGLE, as_array, ndarray, norm, size_text
from cnnscript.values.take import described
from cnnscript.values.text import is_text

METRICS = (
    "euclidean", "squaredeuclidean", "seuclidean", "fasteuclidean", "fastsquaredeuclidean", "fastseuclidean",
    "mahalanobis", "cityblock", "minkowski", "chebychev", "cosine", "correlation", "hamming", "jaccard", "spearman",
)  # fmt: skip


def rows_of(value, name: str) -> ndarray:
    """A matrix of floats whose rows are observations."""
    array = require_numeric(value, name)
    if array.ndim != 2 or array.dtype.kind == "c":
        raise ScriptError(
            f"stats:{name}:InvalidData", "The data must be a real matrix.", notes=(f"got {described(value)}",)
        )
    return array.astype(DOUBLE)


def by_products(rows: ndarray) -> ndarray:
    """Euclidean distances between all rows, from products of matrices: quick, right to 1e-8 of the rows' spread."""
    rows = rows - rows.mean(axis=0)
    squares = (rows**2).sum(axis=1)
    return np.sqrt(np.maximum(squares[:, None] + squares - 2 * (rows @ rows.T), 0))


class Metric:
    """A distance between rows, with its parameter where it takes one.

    word       the metric's name, or '' for a function of the program
    function   D = f(one row, rows), of the program
    parameter  exponent, scales or covariance; None: from the data
    """

    def __init__(self, given, parameter, name: str):
        self.name, self.function, self.word = name, None, ""
        if type(given) is Function:
            self.function = given
        else:
            word = take.text(given, "Distance").lower() if is_text(given) else None
            if word is None:
                raise ScriptError(
                    f"stats:{name}:UnrecognizedDistance", "The distance must be a name or a function handle.",
                    notes=(f"got {described(given)}",),
                )  # fmt: skip
            word = {"sqeuclidean": "squaredeuclidean", "chebyshev": "chebychev"}.get(word, word)
            self.word = take.choice(word, METRICS, "Distance").removeprefix("fast")
        empty = parameter is None or isinstance(parameter, ndarray) and parameter.size == 0
        self.parameter = None if empty else take.array(parameter, "Distance parameter")

    def prepare(self, data: ndarray) -> Metric:
        """Take scales or the covariance from data where they were not given."""
        if self.word == "seuclidean" and self.parameter is None:
            several = len(data) > 1
            self.parameter = np.nanstd(data, axis=0, ddof=1) if several else np.zeros(data.shape[1])
        if self.word == "mahalanobis" and self.parameter is None:
            if len(data) <= data.shape[1]:
                raise ScriptError(
                    f"stats:{self.name}:InvalidCov",
                    "The covariance matrix for the Mahalanobis metric must be symmetric and positive definite.",
                )
            self.parameter = np.atleast_2d(np.cov(data.T))
        if self.word == "minkowski":
            power = 2.0 if self.parameter is None else float(self.parameter.ravel()[0])
            if not power > 0:
                raise ScriptError(f"stats:{self.name}:InvalidExponent", "The Minkowski exponent must be positive.")
            self.parameter = np.array([[power]])
        return self

    def between(self, one: ndarray, other: ndarray) -> ndarray:
        """The distances of each row of one to each row of the other."""
        if self.function is not None:
            return self.asked(one, other)
        from scipy.spatial.distance import cdist

        word, parameter = self.word, self.parameter
        if not len(one) or not len(other):
            return np.zeros((len(one), len(other)))
        if word == "euclidean":
            return cdist(one, other)
        if word == "squaredeuclidean":
            return cdist(one, other, "sqeuclidean")
        if word == "seuclidean":
            scales = np.broadcast_to(parameter.ravel(), (one.shape[1],)).astype(float)
            return cdist(one / scales, other / scales)
        if word == "mahalanobis":
            return self.by_covariance(one, other)
        if word == "cityblock":
            return cdist(one, other, "cityblock")
        if word == "chebychev":
            return cdist(one, other, "chebyshev")
        if word == "minkowski":
            power = float(parameter.ravel()[0])
            if np.isinf(power):
                return cdist(one, other, "chebyshev")
            return cdist(one, other, "minkowski", p=power)
        if word == "hamming":
            return cdist(one, other, "hamming")
        if word == "jaccard":
            return jaccard(one, other)
        if word == "spearman":
            from scipy.stats import rankdata

            one, other = rankdata(one, axis=1), rankdata(other, axis=1)
        if word in ("correlation", "spearman"):
            one, other = one - one.mean(axis=1, keepdims=True), other - other.mean(axis=1, keepdims=True)
        return cosine(one, other)

    def by_covariance(self, one: ndarray, other: ndarray) -> ndarray:
        from scipy.spatial.distance import cdist

        try:
            lower = np.linalg.cholesky(self.parameter)
        except np.linalg.LinAlgError:
            raise ScriptError(
                f"stats:{self.name}:InvalidCov",
                "The covariance matrix for the Mahalanobis metric must be symmetric and positive definite.",
            ) from None
        return cdist(np.linalg.solve(lower, one.T).T, np.linalg.solve(lower, other.T).T)

    def asked(self, one: ndarray, other: ndarray) -> ndarray:
        """By the program's function, one row against all the others at a time."""
        result = np.empty((len(one), len(other)))
        for place, row in enumerate(one):
            value = self.function.call(1, norm(row.reshape(1, -1)), norm(np.asfortranarray(other)))
            found = as_array(value)
            if found.size != len(other):
                raise ScriptError(
                    f"stats:{self.name}:OutputSizeMismatch",
                    "The output of the distance function must have one row for each row of its second argument.",
                    notes=(f"it gave {described(value)} for {len(other)} rows",),
                )
            result[place] = found.ravel("F").real
        return result


def cosine(one: ndarray, other: ndarray) -> ndarray:
    """1 minus the cosine of the angle between rows, never below 0."""
    first = one / np.linalg.norm(one, axis=1, keepdims=True)
    second = other / np.linalg.norm(other, axis=1, keepdims=True)
    return np.maximum(0, 1 - first @ second.T)


def jaccard(one: ndarray, other: ndarray) -> ndarray:
    """The share of places that differ among those where either is not 0."""
    result = np.empty((len(one), len(other)))
    for place, row in enumerate(one):
        nonzero = (row != 0) | (other != 0)
        result[place] = ((row != other) & nonzero).sum(axis=1) / nonzero.sum(axis=1)
    return result


def result_class(*values):
    return SINGLE if any(getattr(value, "dtype", None) == SINGLE for value in values) else DOUBLE


@builtin
def pdist(x, metric="euclidean", parameter=None, /, *rest):
    """
    D = pdist(X)
    D = pdist(X, Distance)
    D = pdist(X, Distance, DistParameter)

    Distances between all pairs of rows, as a row: (2,1), (3,1), ..., (3,2), ...

    Distance is 'euclidean', 'squaredeuclidean', 'seuclidean' (scales), 'mahalanobis' (covariance), 'cityblock',
    'minkowski' (exponent), 'chebychev', 'cosine', 'correlation', 'hamming', 'jaccard', 'spearman', or a function of
    a row and a matrix.

    Examples
      >> D = pdist([0 0; 3 4; 0 1])
      D =
          5.0000    1.0000    4.2426
      >> D = pdist([0 0; 3 4; 0 1], 'cityblock')
      D =
           7     1     6
      >> D = pdist([0 0; 3 4; 0 1], 'minkowski', 1)
      D =
           7     1     6

    See also pdist2, squareform, linkage.
    """
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    data = rows_of(x, "pdist")
    measure = Metric(metric, parameter, "pdist").prepare(data)
    if len(data) < 2:
        return np.zeros((1, 0), order="F")
    if measure.function is not None:
        parts = [measure.between(data[k : k + 1], data[k + 1 :]).ravel() for k in range(len(data) - 1)]
        return norm(np.concatenate(parts).reshape(1, -1))
    square = measure.between(data, data)
    return norm(square[np.triu_indices(len(data), 1)].astype(result_class(x)).reshape(1, -1))


@builtin
def squareform(d, form=None, /):
    """
    Z = squareform(D)
    D = squareform(Z)
    Z = squareform(D, 'tomatrix')
    D = squareform(Z, 'tovector')

    The distances of pdist as a symmetric matrix, and back.

    Examples
      >> Z = squareform([5 1 4])
      Z =
           0     5     1
           5     0     4
           1     4     0
      >> D = squareform(Z)
      D =
           5     1     4
      >> Z = squareform(7, 'tomatrix')
      Z =
           0     7
           7     0
      >> D = squareform(Z, 'tovector')
      D =
           7

    See also pdist.
    """
    array = require_numeric(d, "squareform")
    if array.ndim != 2:
        raise ScriptError("stats:squareform:BadInput", "The input must be a vector or a square matrix.")
    word = None if form is None else take.choice(form, ("tomatrix", "tovector"), "Direction")
    if word is None:
        word = "tomatrix" if 1 in array.shape and array.size > 1 or not array.size else "tovector"
        word = "tomatrix" if array.size == 1 and array.item() != 0 else word
    if word == "tomatrix":
        if 1 not in array.shape and array.size:
            raise ScriptError("stats:squareform:BadInputVector", "The input must be a vector.")
        count = int(np.ceil(np.sqrt(2 * array.size)))
        if count * (count - 1) // 2 != array.size and array.size:
            raise ScriptError(
                "stats:squareform:BadVectorSize", "The size of the vector must be that of a distance vector.",
                notes=(f"{array.size} elements",),
            )  # fmt: skip
        count = max(count, 1)
        square = np.zeros((count, count), array.dtype, order="F")
        above = np.triu_indices(count, 1)
        square[above] = array.ravel("F")
        square.T[above] = array.ravel("F")
        return norm(square)
    if array.shape[0] != array.shape[1] or np.any(np.diag(array) != 0):
        raise ScriptError(
            "stats:squareform:BadInputMatrix", "The distance matrix must be square with zeros on its diagonal.",
            notes=(f"got {size_text(array.shape)}",),
        )  # fmt: skip
    if not np.array_equal(array, array.T):
        raise ScriptError("stats:squareform:NotSymmetric", "The distance matrix must be symmetric.")
    return norm(array[np.triu_indices(len(array), 1)].reshape(1, -1))


@builtin(outputs=2)
def pdist2(nargout, x, y, metric="euclidean", parameter=None, /, *, Smallest=None, Largest=None):
    """
    D = pdist2(X, Y)
    D = pdist2(X, Y, Distance)
    D = pdist2(X, Y, Distance, DistParameter)
    D = pdist2(X, Y, Distance, 'Smallest', K)
    [D, I] = pdist2(X, Y, Distance, 'Smallest', K)

    Distances of each row of X to each row of Y; Distance as in pdist.

    Options
      Smallest  only the K smallest for each row of Y, and (I) of which rows of X they are
      Largest   only the K largest

    Examples
      >> D = pdist2([0 0; 3 4], [0 0; 0 4])
      D =
           0     4
           5     3
      >> D = pdist2([0 0; 3 4], [0 4], 'minkowski', 1)
      D =
           4
           3
      >> [D, I] = pdist2([0 0; 3 4; 1 1], [0 0], 'euclidean', 'Smallest', 2)
      D =
               0
          1.4142
      I =
           1
           3

    See also pdist, knnsearch.
    """
    first, second = rows_of(x, "pdist2"), rows_of(y, "pdist2")
    if first.shape[1] != second.shape[1]:
        raise ScriptError(
            "stats:pdist2:SizeMismatch",
            "X and Y must have the same number of columns.",
            notes=(f"X has {first.shape[1]}, Y {second.shape[1]}",),
        )
    measure = Metric(metric, parameter, "pdist2").prepare(first)
    # a function of the program gets a row of Y and all of X
    found = measure.between(second, first).T if measure.function is not None else measure.between(first, second)
    dtype = result_class(x, y)
    if Smallest is None and Largest is None:
        if nargout > 1:
            raise ScriptError("stats:pdist2:TooManyOutputs", "The second output needs 'Smallest' or 'Largest'.")
        return norm(np.asfortranarray(found.astype(dtype)))
    if Smallest is not None and Largest is not None:
        raise ScriptError("stats:pdist2:SmallestAndLargest", "Give either 'Smallest' or 'Largest'.")
    count = take.positive(Smallest if Largest is None else Largest, "K")
    order = np.argsort(found if Largest is None else -found, axis=0, kind="stable")[:count]
    nearest = np.take_along_axis(found, order, axis=0)
    return norm(np.asfortranarray(nearest.astype(dtype))), norm(np.asfortranarray(order + 1.0))


@builtin
def mahal(y, x, /):
    """
    d2 = mahal(Y, X)

    Squared Mahalanobis distance of each row of Y to the sample X.

    Examples
      >> d2 = mahal([1 1], [0 0; 2 0; 0 2; 2 2; 1 3])
      d2 =
          0.0889

    See also pdist2.
    """
    points, sample = rows_of(y, "mahal"), rows_of(x, "mahal")
    if points.shape[1] != sample.shape[1]:
        raise ScriptError("stats:mahal:InputSizeMismatch", "X and Y must have the same number of columns.")
    if len(sample) < sample.shape[1]:
        raise ScriptError("stats:mahal:TooFewRows", "The number of rows of X must exceed the number of columns.")
    middle = sample.mean(axis=0)
    triangle = np.linalg.qr(sample - middle)[1]
    scaled = np.linalg.lstsq(triangle.T, (points - middle).T, rcond=None)[0]
    return norm((scaled**2).sum(axis=0).reshape(-1, 1) * (len(sample) - 1))


# --------------------------------------------------------------------------------------------------- the nearest rows
def searching(x, y, distance, P, Cov, Scale, name: str) -> tuple[ndarray, ndarray, ndarray]:
    """The distances (rows of Y × rows of X), and both matrices."""
    data, points = rows_of(x, name), rows_of(y, name)
    if data.shape[1] != points.shape[1]:
        raise ScriptError(
            f"stats:{name}:SizeMisMatch",
            "X and Y must have the same number of columns.",
            notes=(f"X has {data.shape[1]}, Y {points.shape[1]}",),
        )
    parameter = next((value for value in (P, Cov, Scale) if value is not None), None)
    return Metric(distance, parameter, name).prepare(data).between(points, data), data, points


def number_row(values):
    return norm(np.asarray(values, float).reshape(1, -1)) if len(values) else np.zeros((1, 0), order="F")


@builtin(outputs=2)
def knnsearch(
    nargout, x, y, /, *, K=1.0, Distance="euclidean", NSMethod=None, P=None, Cov=None, Scale=None, IncludeTies=False,
    BucketSize=50.0, SortIndices=True, CacheSize=1000.0,
):  # fmt: skip
    """
    Idx = knnsearch(X, Y)
    Idx = knnsearch(X, Y, Name, Value)
    [Idx, D] = knnsearch(...)

    The row of X (the K rows) nearest to each row of Y, and the distances.

    Options
      K            how many (1)
      Distance     as in pdist ('euclidean')
      NSMethod     'kdtree' or 'exhaustive': the answer is the same
      P            exponent of 'minkowski' (2)
      Cov          covariance of 'mahalanobis'
      Scale        scales of 'seuclidean'
      IncludeTies  whether all at the distance of the last one come along, in cells (false)
      BucketSize   points in a leaf of the search tree: the answer is the same
      SortIndices  whether the nearest come first (true, and always so here)
      CacheSize    memory for the search: the answer is the same

    Examples
      >> Idx = knnsearch([0 0; 5 5; 1 0], [1 1; 4 4])
      Idx =
           3
           2
      >> [Idx, D] = knnsearch([0 0; 5 5; 1 0], [0 0], 'K', 2)
      Idx =
           1     3
      D =
           0     1

    See also rangesearch, pdist2, fitcknn.
    """
    found, data, points = searching(x, y, Distance, P, Cov, Scale, "knnsearch")
    checked_hints(NSMethod, BucketSize, SortIndices, CacheSize)
    count = min(take.positive(K, "K"), len(data))
    order = np.argsort(found, axis=1, kind="stable")
    if take.flag(IncludeTies, "IncludeTies"):
        places, distances = (np.empty((len(points), 1), OBJECT) for _ in range(2))
        for at in range(len(points)):
            limit = found[at, order[at, count - 1]] if count else -1.0
            near = order[at][found[at, order[at]] <= limit]
            places[at, 0], distances[at, 0] = number_row(near + 1.0), number_row(found[at, near])
        return places, distances
    order = order[:, :count]
    distances = np.take_along_axis(found, order, axis=1).astype(result_class(x, y))
    return norm(np.asfortranarray(order + 1.0)), norm(np.asfortranarray(distances))


def checked_hints(NSMethod, BucketSize, SortIndices, CacheSize) -> None:
    """Options that change how one searches and not what is found: only that they are what they should be."""
    if NSMethod is not None:
        take.choice(NSMethod, ("kdtree", "exhaustive", "hnsw"), "NSMethod")
    take.positive(BucketSize, "BucketSize")
    take.flag(SortIndices, "SortIndices")
    if not is_text(CacheSize):
        take.number(CacheSize, "CacheSize")


@builtin(outputs=2)
def rangesearch(
    nargout, x, y, r, /, *, Distance="euclidean", NSMethod=None, P=None, Cov=None, Scale=None, BucketSize=50.0,
    SortIndices=True, CacheSize=1000.0,
):  # fmt: skip
    """
    Idx = rangesearch(X, Y, r)
    Idx = rangesearch(X, Y, r, Name, Value)
    [Idx, D] = rangesearch(...)

    The rows of X within r of each row of Y, nearest first, in cells.

    Options
      Distance     as in pdist ('euclidean')
      NSMethod     'kdtree' or 'exhaustive': the answer is the same
      P            exponent of 'minkowski' (2)
      Cov          covariance of 'mahalanobis'
      Scale        scales of 'seuclidean'
      BucketSize   points in a leaf of the search tree: the answer is the same
      SortIndices  whether the nearest come first (true, and always so here)
      CacheSize    memory for the search: the answer is the same

    Examples
      >> [Idx, D] = rangesearch([0 0; 5 5; 1 0], [0 0], 2)
      Idx =
        1×1 cell array
          {[1 3]}
      D =
        1×1 cell array
          {[0 1]}
      >> Idx = rangesearch([0 0; 5 5; 1 0], [9 9], 2, 'Distance', 'cityblock')
      Idx =
        1×1 cell array
          {1×0 double}

    See also knnsearch, pdist2.
    """
    found, _, points = searching(x, y, Distance, P, Cov, Scale, "rangesearch")
    checked_hints(NSMethod, BucketSize, SortIndices, CacheSize)
    reach = take.number(r, "r")
    places, distances = (np.empty((len(points), 1), OBJECT) for _ in range(2))
    for at in range(len(points)):
        order = np.argsort(found[at], kind="stable")
        near = order[found[at, order] <= reach]
        places[at, 0], distances[at, 0] = number_row(near + 1.0), number_row(found[at, near])
    return places, distances
