"""The families of random test matrices that `gallery` makes, and its data drawn by a key.

Each function of a family takes the session's random numbers first, then what those of `gallery_families` take.
"""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.matrices.gallery_families import EPS, order, places
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray


def orthogonal(draws, n: int) -> ndarray:
    """A random orthogonal matrix (Stewart, 1980)."""
    q, r = np.linalg.qr(draws.normals(n * n).reshape((n, n), order="F"))
    return q * np.where(np.diag(r) < 0, -1.0, 1.0)


def qmult(draws, a, method=0.0):
    found = take.array(a, "A")
    matrix = np.eye(order(a)) if found.size == 1 else found
    take.integer(method, "method", 0, 1)
    return orthogonal(draws, len(matrix)) @ matrix


def cycol(draws, n, k=None):
    size = take.array(n, "The order").ravel()
    rows, columns = int(size[0]), int(size[-1])
    k = max(int(np.floor(columns / 4 + 0.5)), 1) if k is None else take.positive(k, "k")
    a = draws.normals(rows * k).reshape((rows, k), order="F")
    return np.tile(a, (1, -(-columns // k)))[:, :columns]


def krylov(draws, a, x=None, j=None):
    matrix = take.array(a, "A")
    if matrix.size == 1:
        n = order(a)
        matrix = draws.normals(n * n).reshape((n, n), order="F")
    n = len(matrix)
    x = np.ones(n) if x is None else take.array(x, "x").ravel("F")
    columns = [x]
    for _ in range((n if j is None else order(j)) - 1):
        columns.append(matrix @ columns[-1])
    return np.stack(columns, axis=1)


def toeppd(draws, n, m=None, w=None, theta=None):
    n = order(n)
    m = n if m is None else order(m)
    w = draws.uniforms(m) if w is None else take.array(w, "w").ravel("F")
    theta = draws.uniforms(m) if theta is None else take.array(theta, "theta").ravel("F")
    if w.size != m or theta.size != m:
        raise ScriptError("MATLAB:toeppd:InvalidVectors", "W and THETA must have M elements.")
    i, j = places(n)
    return sum(w[k] * np.cos(2 * np.pi * theta[k] * (i - j)) for k in range(m))


def rando(draws, n, k=1.0):
    size = take.array(n, "The order").ravel()
    rows, columns, kind = int(size[0]), int(size[-1]), take.integer(k, "k", 1, 3)
    u = draws.uniforms(rows * columns).reshape((rows, columns), order="F")
    if kind == 3:
        return np.floor(3 * u - 1.5 + 0.5)
    zero_one = np.floor(u + 0.5)
    return zero_one if kind == 1 else 2 * zero_one - 1


def spectrum(draws, p: int, kappa: float, mode: int) -> ndarray:
    i = np.arange(p)
    if mode == 0 or p == 1:
        return np.ones(p)
    if abs(mode) == 1:
        sigma = np.full(p, 1 / kappa)
        sigma[0] = 1
    elif abs(mode) == 2:
        sigma = np.ones(p)
        sigma[-1] = 1 / kappa
    elif abs(mode) == 3:
        sigma = kappa ** (-i / (p - 1))
    elif abs(mode) == 4:
        sigma = 1 - i / (p - 1) * (1 - 1 / kappa)
    else:
        sigma = np.exp(-draws.uniforms(p) * np.log(kappa))
    return sigma[::-1] if mode < 0 else sigma


def randsvd(draws, n, kappa=EPS**-0.5, mode=3.0, kl=None, ku=None, method=0.0):
    size = take.array(n, "The order").ravel()
    rows, columns = int(size[0]), int(size[-1])
    for value in (kl, ku):
        if value is not None and order(value) < max(rows, columns) - 1:
            raise ScriptError("cnnscript:NotYet", "Banded matrices of gallery's 'randsvd' are not in cnnscript yet.")
    kappa, mode = take.number(kappa, "kappa"), take.integer(mode, "mode", -5, 5)
    if abs(kappa) < 1:
        raise ScriptError("MATLAB:randsvd:InvalidKAPPA", "Condition number must be at least 1.")
    p = min(rows, columns)
    sigma = spectrum(draws, p, abs(kappa), mode)
    if kappa < 0:
        q = orthogonal(draws, p)
        a = (q * sigma) @ q.T
        return (a + a.T) / 2
    return (orthogonal(draws, rows)[:, :p] * sigma) @ orthogonal(draws, columns)[:p]


def randhess(draws, n):
    x = take.array(n, "x").ravel("F")
    if x.size == 1:
        size = order(n)
        x = draws.uniforms(max(0, size - 1)) * 2 * np.pi
        sign = -1.0 if draws.uniforms(1)[0] < 0.5 else 1.0
    else:
        size, sign = x.size, (1.0 if x[-1] >= 0 else -1.0)
        x = x[:-1]
    h = np.eye(size)
    if size:
        h[-1, -1] = sign
    for i in range(size - 1, 0, -1):
        c, s = np.cos(x[i - 1]), np.sin(x[i - 1])
        h[[i - 1, i]] = np.array([[c, s], [-s, c]]) @ h[[i - 1, i]]
    return h


def randcolu(draws, x, m=None, k=0.0):
    """Columns of length 1 and given singular values (Davies and Higham, 2000)."""
    sigma = take.real(x, "x").ravel("F")
    if sigma.size == 1:
        n = order(x)
        sigma = draws.uniforms(n)
        sigma = sigma / np.linalg.norm(sigma) * np.sqrt(n)
    n = sigma.size
    rows = n if m is None else order(m)
    if rows < n or abs((sigma**2).sum() - n) > 100 * EPS * n:
        raise ScriptError("MATLAB:randcolu:InvalidX", "The squares of X must add up to the length of X.")
    a = np.vstack([np.diag(sigma), np.zeros((rows - n, n))])
    if take.integer(k, "k", 0, 1) == 0:
        a = a @ orthogonal(draws, n)
    return orthogonal(draws, rows) @ unit_columns(a)


def unit_columns(a: ndarray) -> ndarray:
    """Columns turned in pairs until all have length 1."""
    a = a.copy()
    while True:
        squares = (a**2).sum(axis=0)
        small, large = np.flatnonzero(squares < 1 - 50 * EPS), np.flatnonzero(squares > 1 + 50 * EPS)
        if not small.size or not large.size:
            return a
        i, j = int(small[0]), int(large[0])
        inner = a[:, i] @ a[:, j]
        t = (inner + np.sqrt(inner**2 - (squares[i] - 1) * (squares[j] - 1))) / (squares[j] - 1)
        c = 1 / np.sqrt(1 + t**2)
        a[:, [i, j]] = a[:, [i, j]] @ np.array([[c, c * t], [-c * t, c]])


def randcorr(draws, x, k=0.0):
    """A correlation matrix with given eigenvalues (Davies and Higham, 2000)."""
    values = take.real(x, "x").ravel("F")
    if values.size == 1:
        n = order(x)
        values = draws.uniforms(n)
        values = values / values.sum() * n
    if (values < 0).any() or abs(values.sum() - values.size) > 100 * EPS * values.size:
        raise ScriptError("MATLAB:randcorr:InvalidX", "The eigenvalues must be nonnegative and add up to their number.")
    take.integer(k, "k", 0, 1)
    a = unit_columns(np.diag(np.sqrt(values)) @ orthogonal(draws, values.size))
    found = a.T @ a
    np.fill_diagonal(found, 1.0)
    return (found + found.T) / 2


def wathen(draws, nx, ny, k=0.0):
    """Consistent mass matrix of a grid of serendipity elements with random densities (Wathen, 1987)."""
    nx, ny, kind = order(nx), order(ny), take.integer(k, "k", 0, 1)
    one = np.array([[6, -6, 2, -8], [-6, 32, -6, 20], [2, -6, 6, -6], [-8, 20, -6, 32]], float)
    two = np.array([[3, -8, 2, -6], [-8, 16, -8, 20], [2, -8, 3, -8], [-6, 20, -8, 16]], float)
    element = np.block([[one, two], [two.T, one]]) / 45
    n = 3 * nx * ny + 2 * nx + 2 * ny + 1
    a = np.zeros((n, n))
    density = 100 * draws.uniforms(nx * ny).reshape((nx, ny), order="F")
    for j in range(1, ny + 1):
        for i in range(1, nx + 1):
            first = 3 * j * nx + 2 * i + 2 * j + 1
            last = 3 * (j - 1) * nx + 2 * i + 2 * (j - 1) - 1
            side = (3 * j - 1) * nx + 2 * j + i - 1
            nodes = np.array([first, first - 1, first - 2, side, last, last + 1, last + 2, side + 1]) - 1
            a[np.ix_(nodes, nodes)] += element * density[i - 1, j - 1]
    if kind:
        a = a / np.diag(a)[:, None]
    return a


# --------------------------------------------------------------------------------------------- fixed random data
def keyed(args: tuple) -> tuple[np.random.RandomState, tuple[int, ...]]:
    """A twister begun with the last argument, and the size that those before it give."""
    *sizes, key = args
    if not sizes:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    shape = (
        take.array(sizes[0], "The size").ravel("F") if len(sizes) == 1 else np.array([order(part) for part in sizes])
    )
    shape = np.repeat(shape, 2) if shape.size == 1 else shape
    return np.random.RandomState(take.integer(key, "j", 0, 2**32 - 1)), tuple(int(length) for length in shape)


def uniformdata(*args):
    stream, shape = keyed(args)
    return stream.random_sample(int(np.prod(shape))).reshape(shape, order="F")


def normaldata(*args):
    stream, shape = keyed(args)
    return stream.standard_normal(int(np.prod(shape))).reshape(shape, order="F")


def integerdata(limits, *args):
    stream, shape = keyed(args)
    ends = take.array(limits, "The limits").ravel("F")
    low, high = (1, int(ends[0])) if ends.size == 1 else (int(ends[0]), int(ends[1]))
    if high < low:
        raise ScriptError("MATLAB:integerdata:InvalidLimits", "The limits must ascend.")
    return stream.randint(low, high + 1, int(np.prod(shape))).astype(float).reshape(shape, order="F")


RANDOM = {
    function.__name__: function
    for function in (cycol, krylov, qmult, randcolu, randcorr, rando, randhess, randsvd, toeppd)
}
