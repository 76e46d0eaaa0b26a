"""The families of test matrices that `gallery` makes; formulas after N. J. Higham, "The Test Matrix Toolbox" (1995).

Each function takes the arguments behind the family's name as arrays and gives a matrix, or a tuple of outputs.
"""

from __future__ import annotations

from math import comb, factorial, gcd

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray

EPS = float(np.finfo(float).eps)


def order(value) -> int:
    return max(0, take.integer(value, "The order"))


def vector(value) -> ndarray:
    """A vector; a number n stands for 1:n."""
    found = take.array(value, "The vector").ravel("F")
    return np.arange(1.0, order(value) + 1) if found.size == 1 else found


def places(n: int) -> tuple[ndarray, ndarray]:
    """Row and column of each element, from 1."""
    i = np.arange(1.0, n + 1)
    return i[:, None] * np.ones((1, n)), i[None, :] * np.ones((n, 1))


def toeplitz(column: ndarray, row: ndarray) -> ndarray:
    n, m = column.size, row.size
    values = np.concatenate([row[::-1], column[1:]])
    return values[np.arange(n)[:, None] - np.arange(m)[None, :] + m - 1]


def off(values, k: int, n: int) -> ndarray:
    """A diagonal above (k > 0) or below the main one."""
    size = max(0, n - abs(k))
    return np.diag(np.broadcast_to(np.asarray(values), (size,)).astype(np.result_type(values, float)), k)[:n, :n]


def binomial(n):
    n = order(n)
    lower = np.array([[float(comb(i, j)) for j in range(n)] for i in range(n)]).reshape(n, n)
    signs = lower * (-1.0) ** np.arange(n)
    return np.abs(signs) @ np.diag((-2.0) ** np.arange(n)) @ np.abs(signs)[::-1, ::-1]


def cauchy(x, y=None):
    x = vector(x)
    y = x if y is None else vector(y)
    if x.size != y.size:
        raise ScriptError("MATLAB:cauchy:ParamLengthMismatch", "X and Y must have the same length.")
    return 1 / (x[:, None] + y[None, :])


def chebspec(n, k=0.0):
    kind = take.integer(k, "k", 0, 1)
    n = order(n) - 1 + kind
    if n < 1:
        return np.zeros((n + 1 - kind, n + 1 - kind)) if n + 1 - kind >= 0 else np.zeros((0, 0))
    x = np.cos(np.arange(n + 1) * np.pi / n)
    d = np.ones(n + 1)
    d[[0, n]] = 2
    c = np.outer(d, 1 / d) / (x[:, None] - x[None, :] + np.eye(n + 1))
    c[0, 0] = (2 * n**2 + 1) / 6
    for i in range(1, n + 1):
        if i % 2:
            c[:, i], c[i, :] = -c[:, i], -c[i, :]
        c[i, i] = -x[i] / (2 * (1 - x[i] ** 2)) if i < n else -c[0, 0]
    return c[1:, 1:] if kind else c


def chebvand(m, p=None):
    if p is None:
        m, p = None, m
    points = take.array(p, "The points").ravel("F")
    if points.size == 1:
        points = np.linspace(0, 1, order(p))
    rows = points.size if m is None else order(m)
    c = np.ones((rows, points.size), points.dtype)
    if rows > 1:
        c[1] = points
    for i in range(2, rows):
        c[i] = 2 * points * c[i - 1] - c[i - 2]
    return c


def chow(n, alpha=1.0, delta=0.0):
    n, a = order(n), take.number(alpha, "alpha")
    row = np.zeros(n)
    row[:2] = [a, 1.0][: row[:2].size]
    return toeplitz(a ** np.arange(1.0, n + 1), row) + take.number(delta, "delta") * np.eye(n)


def circul(v):
    v = vector(v)
    return toeplitz(np.concatenate([v[:1], v[:0:-1]]), v)


def clement(n, k=0.0):
    n = order(n)
    x, z = np.arange(n - 1.0, 0, -1), np.arange(1.0, n)
    if take.integer(k, "k", 0, 1):
        y = np.sqrt(x * z)
        return off(y, -1, n) + off(y, 1, n)
    return off(x, -1, n) + off(z, 1, n)


def compar(a, k=0.0):
    a = take.array(a, "A")
    kind = take.integer(k, "k", 0, 1)
    size = np.abs(a)
    if not kind:
        return -size + 2 * np.diag(np.diag(size)) if a.shape[0] == a.shape[1] else _compared(size)
    c = size - np.diag(np.diag(size))
    largest = c.max(axis=1, keepdims=True) if c.size else c
    c = np.broadcast_to(-largest, c.shape).copy()
    if (a == np.tril(a)).all():
        c = np.tril(c)
    elif (a == np.triu(a)).all():
        c = np.triu(c)
    np.fill_diagonal(c, np.diag(size))
    return c


def _compared(size: ndarray) -> ndarray:
    found = -size
    np.fill_diagonal(found, np.diag(size))
    return found


def condex(n, k=3.0, theta=100.0):
    n, kind, t = order(n), take.integer(k, "k", 1, 4), take.number(theta, "theta")
    if kind == 1:
        a = np.array([[1, -1, -2 * t, 0], [0, 1, t, -t], [0, 1, 1 + t, -(t + 1)], [0, 0, 0, t]], float)
    elif kind == 2:
        a = np.array([[1, 1 - 2 / t**2, -2], [0, 1 / t, -1 / t], [0, 0, 1]], float)
    elif kind == 3:
        a = triw(float(n), -1.0).T.copy()
        a[n - 1, n - 1] = -1
    else:
        x = np.ones((n, 3))
        x[1:, 1] = 0
        i = np.arange(n)
        x[:, 2] = (-1.0) ** i * (1 + i / (n - 1))
        q = np.linalg.qr(x)[0]
        return np.eye(n) + t * (np.eye(n) - q @ q.T)
    if len(a) < n:
        whole = np.eye(n)
        whole[: len(a), : len(a)] = a
        return whole
    return a


def dorr(n, theta=0.01):
    n, t = order(n), take.number(theta, "theta")
    h, m = 1 / (n + 1), (n + 1) // 2
    i = np.arange(1.0, n + 1)
    first = i <= m
    c = np.where(first, -t / h**2, -t / h**2 + (0.5 - i * h) / h)
    e = np.where(first, -t / h**2 - (0.5 - i * h) / h, -t / h**2)
    d = -(c + e)
    return c[1:].reshape(-1, 1), d.reshape(-1, 1), e[:-1].reshape(-1, 1)


def dramadah(n, k=1.0):
    n, kind = order(n), take.integer(k, "k", 1, 3)
    i = np.arange(n)
    if kind == 1:
        column = np.where((i % 4 == 1) | (i % 4 == 2), 0.0, 1.0)
        row = np.zeros(n)
        row[:4] = np.array([1.0, 1, 0, 1])[:n]
    elif kind == 2:
        column, row = (i == 0).astype(float), np.where((i >= 2) & (i % 2 == 0), 0.0, 1.0)
    else:
        column, row = np.where(i % 2 == 1, 0.0, 1.0), (i < 2).astype(float)
    return toeplitz(column, row)


def fiedler(c):
    c = vector(c)
    return np.abs(c[:, None] - c[None, :])


def forsythe(n, alpha=EPS**0.5, lambda_=0.0):
    a = jordbloc(n, lambda_)
    if len(a):
        a[-1, 0] = take.number(alpha, "alpha")
    return a


def frank(n, k=0.0):
    n = order(n)
    p = np.arange(n, 0, -1.0)
    f = np.triu(np.tile(p, (n, 1)) - off(1.0, -1, n), -1)
    return f[::-1, ::-1].T if take.integer(k, "k", 0, 1) else f


def gcdmat(n):
    n = order(n)
    return np.array([[float(gcd(i, j)) for j in range(1, n + 1)] for i in range(1, n + 1)]).reshape(n, n)


def gearmat(n, i=None, j=None):
    n = order(n)
    i = float(n) if i is None else take.number(i, "i")
    j = -float(n) if j is None else take.number(j, "j")
    for value in (i, j):
        if not 1 <= abs(value) <= n:
            raise ScriptError("MATLAB:gearmat:InvalidIAndJ", "I and J must be nonzero and at most N in size.")
    a = off(1.0, -1, n) + off(1.0, 1, n)
    a[0, int(abs(i)) - 1] = np.sign(i)
    a[n - 1, n - int(abs(j))] = np.sign(j)
    return a


def grcar(n, k=3.0):
    n = order(n)
    return np.tril(np.triu(np.ones((n, n))), take.integer(k, "k")) - off(1.0, -1, n)


def hanowa(n, d=-1.0):
    n, d = order(n), take.number(d, "d")
    if n % 2:
        raise ScriptError("MATLAB:hanowa:NotEven", "N must be even.")
    m = n // 2
    unit, steps = np.eye(m), np.diag(np.arange(1.0, m + 1))
    return np.block([[d * unit, -steps], [steps, d * unit]])


def house(x, k=0.0):
    x, kind = take.array(x, "x").ravel("F"), take.integer(k, "k", 0, 2)
    if not np.linalg.norm(x):
        return x.reshape(-1, 1), 1.0, 0.0
    length, first = np.linalg.norm(x), x[0]
    sign = first / abs(first) if first != 0 else 1.0
    s = length * {0: -sign, 1: sign, 2: 1.0}[kind]
    v = x.astype(np.result_type(x, s)).copy()
    v[0] -= s
    beta = 1.0 if v[0] == 0 else -1 / (np.conj(s) * v[0])
    return v.reshape(-1, 1), beta, s


def invhess(x, y=None):
    x = vector(x)
    n = x.size
    y = -x[: n - 1] if y is None else take.array(y, "y").ravel("F")
    a = np.tile(x, (n, 1)).astype(np.result_type(x, y))
    for j in range(1, n):
        a[:j, j] = y[:j]
    return a


def invol(n):
    n = order(n)
    i, j = places(n)
    a, d = 1 / (i + j - 1), -float(n)
    a[:, :1] *= d
    for k in range(1, n):
        d = -(n + k) * (n - k) * d / (k * k)
        a[k] *= d
    return a


def ipjfact(n, k=0.0):
    n, kind = order(n), take.integer(k, "k", 0, 1)
    a = np.array([[float(factorial(i + j)) for j in range(1, n + 1)] for i in range(1, n + 1)]).reshape(n, n)
    if not kind:
        d = float(np.prod([factorial(i + 1) * factorial(n - i) for i in range(1, n)], dtype=float)) * factorial(n + 1)
        return a, d
    d = float(np.prod([factorial(i) / factorial(n + 1 + i) for i in range(n)], dtype=float))
    return 1 / a, -d if n * (n - 1) // 2 % 2 else d


def jordbloc(n, lambda_=1.0):
    n, value = order(n), complex(take.array(lambda_, "lambda").ravel()[0])
    value = value if value.imag else value.real
    return value * np.eye(n) + off(1.0, 1, n)


def kahan(n, theta=1.2, pert=25.0):
    size = take.array(n, "The order").ravel()
    rows, n = (int(size[0]), int(size[-1]))
    t = take.number(theta, "theta")
    s, c = np.sin(t), np.cos(t)
    u = np.eye(n) - c * np.triu(np.ones((n, n)), 1)
    u = np.diag(s ** np.arange(n)) @ u + take.number(pert, "pert") * EPS * np.diag(np.arange(n, 0, -1.0))
    return np.vstack([u, np.zeros((rows - n, n))]) if rows > n else u[:rows]


def kms(n, rho=0.5):
    i, j = places(order(n))
    r = complex(take.array(rho, "rho").ravel()[0])
    a = (r if r.imag else r.real) ** np.abs(i - j)
    return np.conj(np.tril(a, -1)) + np.triu(a) if r.imag else a


def lauchli(n, mu=EPS**0.5):
    n = order(n)
    return np.vstack([np.ones((1, n)), take.number(mu, "mu") * np.eye(n)])


def lehmer(n):
    i, j = places(order(n))
    return np.minimum(i, j) / np.maximum(i, j)


def leslie(a, b=None):
    a_given = take.array(a, "a").ravel("F")
    if b is None and a_given.size == 1:
        n = order(a)
        x, y = np.ones(n), np.ones(max(0, n - 1))
    else:
        x, y = a_given, take.array(b, "b").ravel("F")
    found = off(y, -1, x.size)
    found[0] = x
    return found


def lesp(n):
    n = order(n)
    x = np.arange(2.0, n + 1)
    return off(1 / x, -1, n) - np.diag(2 * np.arange(2.0, n + 2) + 1) + off(x, 1, n)


def lotkin(n):
    i, j = places(order(n))
    a = 1 / (i + j - 1)
    a[:1] = 1
    return a


def minij(n):
    return np.minimum(*places(order(n)))


def moler(n, alpha=-1.0):
    t = triw(n, alpha)
    return t.T @ t


def neumann(n):
    size = take.array(n, "The order").ravel()
    if size.size == 1:
        m = int(round(size[0] ** 0.5))
        if m * m != size[0]:
            raise ScriptError("MATLAB:neumann:NotPerfectSquare", "N must be the square of a whole number.")
        rows = columns = m
    else:
        rows, columns = int(size[0]), int(size[1])

    def line(m):
        t = 2 * np.eye(m) - off(1.0, 1, m) - off(1.0, -1, m)
        if m > 1:
            t[0, 1] = t[m - 1, m - 2] = -2
        return t

    a = np.kron(line(columns), np.eye(rows)) + np.kron(np.eye(columns), line(rows))
    return a, np.ones((rows * columns, 1))


def orthog(n, k=1.0):
    n, kind = order(n), take.integer(k, "k", -2, 7)
    i, j = places(n)
    if kind == 4:
        a = np.tril(np.ones((n, n)))
        a[0, 1:] = 1
        for row in range(1, n):
            a[row, row] = -row
        return a / np.sqrt(np.concatenate([[n], np.arange(1.0, n)]) * np.arange(1.0, n + 1))[:, None]
    if kind == 0:
        raise ScriptError("MATLAB:orthog:InvalidK", "K must be a number from -2 to 7, and not 0.")
    if kind == 7:
        v = np.ones(n)
        v[0] += np.sqrt(n)
        return np.eye(n) - 2 * np.outer(v, v) / (v @ v)
    return {
        1: lambda: np.sqrt(2 / (n + 1)) * np.sin(i * j * np.pi / (n + 1)),
        2: lambda: 2 / np.sqrt(2 * n + 1) * np.sin(2 * i * j * np.pi / (2 * n + 1)),
        3: lambda: np.exp(2j * np.pi * (i - 1) * (j - 1) / n) / np.sqrt(n),
        5: lambda: (np.sin(2 * np.pi * (i - 1) * (j - 1) / n) + np.cos(2 * np.pi * (i - 1) * (j - 1) / n)) / np.sqrt(n),
        6: lambda: np.sqrt(2 / n) * np.cos((i - 0.5) * (j - 0.5) * np.pi / n),
        -1: lambda: np.cos((i - 1) * (j - 1) * np.pi / (n - 1)),
        -2: lambda: np.cos((i - 1) * (j - 0.5) * np.pi / n),
    }[kind]()


def parter(n):
    i, j = places(order(n))
    return 1 / (i - j + 0.5)


def pei(n, alpha=1.0):
    n = order(n)
    return take.number(alpha, "alpha") * np.eye(n) + np.ones((n, n))


def poisson(n):
    n = order(n)
    line = 2 * np.eye(n) - off(1.0, 1, n) - off(1.0, -1, n)
    return np.kron(line, np.eye(n)) + np.kron(np.eye(n), line)


def prolate(n, w=0.25):
    n, w = order(n), take.number(w, "w")
    i = np.arange(1.0, n)
    a = np.concatenate([[2 * w], np.sin(2 * np.pi * w * i) / (np.pi * i)])[:n]
    return toeplitz(a, a)


def redheff(n):
    i, j = places(order(n))
    return ((j == 1) | (np.mod(j, i) == 0)).astype(float)


def riemann(n):
    n = order(n)
    i = np.arange(2.0, n + 2)[:, None] * np.ones((1, n))
    return i * (np.mod(i.T, i) == 0) - 1


def ris(n):
    n = order(n)
    i, j = places(n)
    return 0.5 / (n - i - j + 1.5)


def smoke(n, k=0.0):
    n = order(n)
    w = np.exp(2j * np.pi / n) if n else 1.0
    a = np.diag(np.concatenate([w ** np.arange(1, n), [1.0]])[:n]) + off(1.0, 1, n)
    if n and take.integer(k, "k", 0, 1) == 0:
        a[n - 1, 0] = 1
    return a


def toeppen(n, a=1.0, b=-10.0, c=0.0, d=10.0, e=1.0):
    n = order(n)
    parts = zip((a, b, c, d, e), (-2, -1, 0, 1, 2), strict=True)
    return sum(off(take.number(value, "The diagonal"), k, n) for value, k in parts)


def tridiag(first, c=None, d=None, e=None):
    if c is None:
        n = order(first)
        return off(-1.0, -1, n) + 2 * np.eye(n) + off(-1.0, 1, n)
    if e is None:  # three vectors
        x, y, z = (take.array(part, "The diagonal").ravel("F") for part in (first, c, d))
        if x.size != y.size - 1 or z.size != y.size - 1:
            raise ScriptError("MATLAB:tridiag:InvalidVectorSizes", "The diagonals must have n-1, n and n-1 elements.")
        return off(x, -1, y.size) + np.diag(y) + off(z, 1, y.size)
    n = order(first)
    x, y, z = (take.array(part, "The diagonal").ravel()[0] for part in (c, d, e))
    return off(x, -1, n) + y * np.eye(n) + off(z, 1, n)


def triw(n, alpha=-1.0, k=None):
    size = take.array(n, "The order").ravel()
    rows, columns = int(size[0]), int(size[-1])
    k = columns - 1 if k is None else take.integer(k, "k", 0)
    value = complex(take.array(alpha, "alpha").ravel()[0])
    value = value if value.imag else value.real
    return np.tril(np.eye(rows, columns) + value * np.triu(np.ones((rows, columns)), 1), k)


def wilk(n):
    n = order(n)
    if n == 3:
        return np.array([[1e-10, 0.9, -0.4], [0, 0.9, -0.4], [0, 0, 1e-10]]), np.array([[0.0], [0.0], [1.0]])
    if n == 4:
        a = np.array([
            [0.9143e-4, 0, 0, 0], [0.8762, 0.7156e-4, 0, 0], [0.7943, 0.8143, 0.9504e-4, 0],
            [0.8017, 0.6123, 0.7165, 0.7123e-4],
        ])  # fmt: skip
        return a, np.array([[0.6524], [0.3127], [0.4186], [0.7853]])
    if n == 5:
        i, j = places(6)
        return (1 / (i + j - 1))[:5, 1:] * 1.8144
    if n == 21:
        return np.diag(np.abs(np.arange(-10.0, 11))) + off(1.0, 1, 21) + off(1.0, -1, 21)
    raise ScriptError("MATLAB:wilk:InvalidN", "N must be 3, 4, 5 or 21.", notes=(f"got {n}",))


PLAIN = {
    function.__name__: function
    for function in (
        binomial, cauchy, chebspec, chebvand, chow, circul, clement, compar, condex, dramadah, fiedler, forsythe, frank,
        gcdmat, gearmat, grcar, hanowa, house, invhess, invol, ipjfact, jordbloc, kahan, kms, lauchli, lehmer, leslie,
        lesp, lotkin, minij, moler, orthog, parter, pei, prolate, redheff, riemann, ris, smoke, triw, wilk,
    )
}  # fmt: skip
SPARSE = {function.__name__: function for function in (dorr, neumann, poisson, toeppen, tridiag)}
