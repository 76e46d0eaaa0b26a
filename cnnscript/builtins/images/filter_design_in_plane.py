"""Design of filters in two dimensions, and their responses."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import kernels
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import as_array, norm, numel_of


def floats(value: Any, function: str, argument: str) -> np.ndarray:
    """A real or complex matrix in doubles."""
    if isinstance(value, complex) or getattr(value, "dtype", np.dtype(float)).kind == "c":
        array = np.atleast_2d(value)
    else:
        array = np.asarray(matrix(value, function, argument), float)
    if array.ndim != 2 or not array.size:
        raise take.refusal(function, argument, "a matrix that is not empty", value)
    return array


def real_if_close(array: np.ndarray) -> np.ndarray:
    """Without imaginary parts where they are all as good as 0."""
    if array.dtype.kind == "c" and np.abs(array.imag).max(initial=0) < np.sqrt(np.finfo(float).eps) * max(
        np.abs(array.real).max(initial=0), np.finfo(float).tiny
    ):
        return array.real
    return array


def turned(array: np.ndarray) -> np.ndarray:
    return array[::-1, ::-1]


@builtin
def convmtx2(H, m, n=None, /):
    """
    T = convmtx2(H, m, n)
    T = convmtx2(H, [m n])

    The sparse matrix with which a convolution of any m by n matrix X is a product: reshape(T*X(:), size(H)+[m n]-1) is
    conv2(X, H).

    Examples
      >> T = convmtx2([1 2; 3 4], 2, 2); size(T), full(T(1:4, 1))'
      ans =
           9     4
      ans =
           1     3     0     2
      >> X = magic(3); H = [1 2]; isequal(reshape(convmtx2(H, [3 3])*X(:), 3, 4), conv2(X, H))
      ans =
        logical
         1

    See also conv2, filter2.
    """
    from scipy.sparse import coo_array

    from cnnscript.values.sparse import Sparse

    kernel = floats(H, "convmtx2", "H")
    if n is None:
        rows, columns = take.counts(m, "convmtx2", "[m n]", 2)
    else:
        rows, columns = take.count(m, "convmtx2", "m"), take.count(n, "convmtx2", "n")
    high, wide = kernel.shape[0] + rows - 1, kernel.shape[1] + columns - 1
    require_memory((kernel.size, rows, columns), 24)
    row, column, y, x = np.ogrid[: kernel.shape[0], : kernel.shape[1], :rows, :columns]
    to = (row + y) + (column + x) * high
    start = np.broadcast_to(y + x * rows, to.shape)
    weights = np.broadcast_to(kernel[:, :, None, None], to.shape)
    made = coo_array(
        (weights.ravel(), (to.ravel(), start.ravel())), shape=(max(high, 0) * max(wide, 0), rows * columns)
    )
    made = made.tocsc()
    made.eliminate_zeros()
    made.sort_indices()
    return Sparse(made)


@builtin(outputs=3)
def freqz2(session, nargout, h, /, *rest):
    """
    freqz2(h)
    [H, f1, f2] = freqz2(h)
    [H, f1, f2] = freqz2(h, n1, n2)
    [H, f1, f2] = freqz2(h, [n2 n1])
    [H, f1, f2] = freqz2(h, f1, f2)
    [H, f1, f2] = freqz2(..., [dx dy])

    The response of a filter in two dimensions, at n2 by n1 frequencies (64 by 64; 1 is half the sampling frequency)
    or at those given; without outputs it is drawn as a surface.

    dx and dy are the distances of samples (0.5).

    Examples
      >> [H, f1, f2] = freqz2(ones(3)/9, 4, 2); H, f1, f2
      H =
          0.1111   -0.1111   -0.3333   -0.1111
         -0.3333    0.3333    1.0000    0.3333
      f1 =
         -1.0000   -0.5000         0    0.5000
      f2 =
          -1     0
      >> [H, f1, f2] = freqz2([1 1], [0 1], 0); H
      H =
           2     0
      >> [H, f1, f2] = freqz2([1 2 1]/4, [2 4]); size(H)
      ans =
           2     4

    See also freqspace, fsamp2, ftrans2, fft2.
    """
    weights, values = floats(h, "freqz2", "h"), list(rest)
    step = [0.5, 0.5]
    if (
        len(values) == 3
        or len(values) == 2
        and numel_of(values[0]) == 2
        and numel_of(values[1]) == 2
        and (np.min(as_array(values[0])) >= 2)
    ):
        step = (take.numbers(values.pop(), "freqz2", "[dx dy]", (1, 2)) * 2)[:2]
    if len(values) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if (
        not values
        or len(values) == 1
        or all(numel_of(value) == 1 for value in values)
        and take.number(values[0], "freqz2", "n1") >= 2
    ):
        if len(values) == 1:
            n2, n1 = take.counts(values[0], "freqz2", "[n2 n1]", 2)
        else:
            n1, n2 = [take.count(value, "freqz2", "n") for value in values] if values else (64, 64)
        if not n1 or not n2:
            raise take.refusal("freqz2", "the number of frequencies", "positive", rest[0])
        require_memory((n1, n2), 16)
        first, second = (np.array([(k - n // 2) * 2 / n for k in range(n)]) for n in (n1, n2))
    else:
        first = np.array(take.numbers(values[0], "freqz2", "f1"))
        second = np.array(take.numbers(values[1], "freqz2", "f2"))
    kernel = turned(weights)
    rows, columns = kernel.shape
    down = (np.arange(rows) - rows // 2) * step[1] * 2
    across = (np.arange(columns) - columns // 2) * step[0] * 2
    response = np.exp(-1j * np.pi * np.outer(second, down)) @ kernel @ np.exp(-1j * np.pi * np.outer(across, first))
    made = norm(np.asfortranarray(real_if_close(response)))
    shown = norm((first / (2 * step[0])).reshape(1, -1)), norm((second / (2 * step[1])).reshape(1, -1))
    if nargout == 0:
        session.call("mesh", 0, shown[0], shown[1], norm(np.asfortranarray(np.abs(response))))
        session.call("xlabel", 0, "Frequency")
        session.call("ylabel", 0, "Frequency")
        session.call("zlabel", 0, "Magnitude")
        return None
    return made, *shown


def sampled(response: np.ndarray) -> np.ndarray:
    """The filter whose response at the frequencies of freqspace is this one."""
    made = np.fft.fftshift(np.fft.ifft2(turned(np.fft.fftshift(turned(response)))))
    return turned(real_if_close(made))


@builtin
def fsamp2(f1, f2=None, Hd=None, size=None, /):
    """
    h = fsamp2(Hd)
    h = fsamp2(f1, f2, Hd, [m n])

    The filter in two dimensions whose response at points of the frequency plane is Hd: at those of freqspace, or
    nearest (by least squares) at f1 and f2 by an m by n filter.

    Examples
      >> [f1, f2] = freqspace(3, 'meshgrid'); h = fsamp2(ones(3))
      h =
           0     0     0
           0     1     0
           0     0     0
      >> h = fsamp2(f1, f2, ones(3), [1 1])
      h =
           1

    See also fwind1, fwind2, ftrans2, freqz2.
    """
    if f2 is None:
        return norm(np.asfortranarray(sampled(floats(f1, "fsamp2", "Hd"))))
    if size is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    wanted = floats(Hd, "fsamp2", "Hd")
    across, down = floats(f1, "fsamp2", "f1"), floats(f2, "fsamp2", "f2")
    if min(across.shape) == 1 and across.shape != wanted.shape:
        across, down = np.meshgrid(across.ravel("F"), down.ravel("F"))
    rows, columns = take.counts(size, "fsamp2", "[m n]", 2)
    if across.shape != wanted.shape or down.shape != wanted.shape or not rows or not columns:
        raise ScriptError("images:fsamp2:sizeMismatch", "f1, f2 and Hd must be the same size, and [m n] positive.")
    y, x = np.mgrid[:rows, :columns]
    places = np.exp(
        -1j
        * np.pi
        * (np.outer(across.ravel(), x.ravel() - columns // 2) + np.outer(down.ravel(), y.ravel() - rows // 2))
    )
    made, *_ = np.linalg.lstsq(places, wanted.astype(complex).ravel(), rcond=None)
    return norm(np.asfortranarray(turned(real_if_close(made.reshape(rows, columns)))))


def between_frequencies(f1: Any, f2: Any, Hd: Any, shape: tuple[int, int], function: str) -> np.ndarray:
    """A response at the frequencies of freqspace, linearly between those it is given at."""
    from scipy.interpolate import griddata

    wanted = floats(Hd, function, "Hd")
    across, down = floats(f1, function, "f1"), floats(f2, function, "f2")
    if min(across.shape) == 1 and across.shape != wanted.shape:
        across, down = np.meshgrid(across.ravel("F"), down.ravel("F"))
    if across.shape != wanted.shape or down.shape != wanted.shape or min(wanted.shape) < 2:
        raise ScriptError(f"images:{function}:sizeMismatch", "f1, f2 and Hd must be the same size.")
    first, second = (np.array([(k - n // 2) * 2 / n for k in range(n)]) for n in shape[::-1])
    points = np.stack((across.ravel(), down.ravel()), axis=1)
    grid = np.stack([each.ravel() for each in np.meshgrid(first, second)], axis=1)
    made = griddata(points, wanted.ravel(), grid, method="linear")
    near = griddata(points, wanted.ravel(), grid, method="nearest")
    return np.where(np.isnan(made), near, made).reshape(shape)


def windowed(response: np.ndarray, window: np.ndarray) -> np.ndarray:
    """The middle of the filter of a response, as large as a window and times it."""
    made = turned(np.fft.fftshift(np.fft.ifft2(turned(np.fft.fftshift(turned(response))))))
    if any(n < m for n, m in zip(made.shape, window.shape, strict=True)):
        around = [
            ((m - n + 1) // 2 if m > n else 0, (m - n) // 2 if m > n else 0)
            for n, m in zip(made.shape, window.shape, strict=True)
        ]
        made = np.pad(made, around)
    low = [n // 2 - m // 2 for n, m in zip(made.shape, window.shape, strict=True)]
    made = made[low[0] : low[0] + window.shape[0], low[1] : low[1] + window.shape[1]]
    return real_if_close(made * window)


@builtin
def fwind1(*args):
    """
    h = fwind1(Hd, win)
    h = fwind1(Hd, win1, win2)
    h = fwind1(f1, f2, Hd, ...)

    The filter in two dimensions of a response, times a window: win turned about the middle (Huang's method), or win2
    down and win1 across.

    Examples
      >> Hd = ones(5); h = fwind1(Hd, [0.5; 1; 0.5])
      h =
           0     0     0
           0     1     0
           0     0     0
      >> h = fwind1(Hd, [1 1 1], [1 1]); size(h)
      ans =
           2     3

    See also fwind2, fsamp2, ftrans2.
    """
    values = list(args)
    if len(values) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    given = values[:2] if len(values) > 3 else []
    if len(values) > 3:
        values = values[2:]
    if len(values) > 3:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    windows = [floats(value, "fwind1", "win").ravel("F") for value in values[1:]]
    if len(windows) == 2:
        window = np.outer(windows[1], windows[0])
    else:
        count = windows[0].size
        axis = (np.arange(count) - (count - 1) / 2) * (2 / (count - 1)) if count > 1 else np.zeros(1)
        radius = np.hypot(*np.meshgrid(axis, axis))
        inside = radius <= axis[-1] if count > 1 else np.ones((1, 1), bool)
        window = np.where(inside, np.interp(radius, axis, windows[0].real) if count > 1 else windows[0][0], 0)
    response = (
        between_frequencies(given[0], given[1], values[0], window.shape, "fwind1")
        if given
        else floats(values[0], "fwind1", "Hd")
    )
    return norm(np.asfortranarray(windowed(response, window)))


@builtin
def fwind2(*args):
    """
    h = fwind2(Hd, win)
    h = fwind2(f1, f2, Hd, win)

    The filter in two dimensions of a response, times a window in two dimensions.

    Examples
      >> h = fwind2(ones(5), ones(3))
      h =
           0     0     0
           0     1     0
           0     0     0

    See also fwind1, fsamp2, ftrans2.
    """
    values = list(args)
    if len(values) not in (2, 4):
        raise ScriptError("MATLAB:minrhs", "fwind2 takes Hd and a window, or f1, f2, Hd and a window.")
    window = floats(values[-1], "fwind2", "win")
    response = (
        between_frequencies(values[0], values[1], values[2], window.shape, "fwind2")
        if len(values) == 4
        else floats(values[0], "fwind2", "Hd")
    )
    return norm(np.asfortranarray(windowed(response, window)))


@builtin
def ftrans2(b, t=None, /):
    """
    h = ftrans2(b)
    h = ftrans2(b, t)

    A filter in two dimensions from one in one dimension (symmetric, of odd length), by a transformation of frequencies
    (t, McClellan's by default).

    Examples
      >> h = ftrans2([1 2 1]/4)
      h =
          0.0625    0.1250    0.0625
          0.1250    0.2500    0.1250
          0.0625    0.1250    0.0625
      >> h = ftrans2([1 2 1]/4, [0 1 0; 1 -4 1; 0 1 0]/4); size(h)
      ans =
           3     3

    See also fsamp2, fwind1, freqz2.
    """
    taps = floats(b, "ftrans2", "b").ravel("F")
    if taps.size % 2 == 0 or not np.allclose(taps, taps[::-1], rtol=0, atol=np.sqrt(np.finfo(float).eps)):
        raise ScriptError("images:ftrans2:bMustBeSymmetric", "b must be symmetric and of odd length.")
    plane = np.array([[1.0, 2, 1], [2, -4, 2], [1, 2, 1]]) / 8 if t is None else floats(t, "ftrans2", "t")
    half = taps.size // 2
    weights = np.concatenate((taps[half : half + 1], 2 * taps[half + 1 :]))
    inset = [(n - 1) // 2 for n in plane.shape]
    before, last = np.ones((1, 1)), plane
    if half == 0:
        return norm(np.asfortranarray(turned(weights[:1].reshape(1, 1))))
    made = weights[1] * last
    made[inset[0], inset[1]] += weights[0]
    from scipy.signal import convolve2d

    place = inset
    for k in range(2, half + 1):
        after = 2 * convolve2d(plane, last)
        place = [p + i for p, i in zip(place, inset, strict=True)] if k > 2 else inset
        offset = [(n - m) // 2 for n, m in zip(after.shape, before.shape, strict=True)]
        after[offset[0] : offset[0] + before.shape[0], offset[1] : offset[1] + before.shape[1]] -= before
        grown = weights[k] * after
        grown[inset[0] : inset[0] + made.shape[0], inset[1] : inset[1] + made.shape[1]] += made
        made, before, last = grown, last, after
    return norm(np.asfortranarray(turned(made)))


@builtin
def fspecial3(kind, /, *parameters):
    """
    h = fspecial3(type)
    h = fspecial3('average', hsize)
    h = fspecial3('ellipsoid', semiaxes)
    h = fspecial3('gaussian', hsize, sigma)
    h = fspecial3('laplacian', gamma1, gamma2)
    h = fspecial3('log', hsize, sigma)
    h = fspecial3('prewitt', direction)
    h = fspecial3('sobel', direction)

    The weights of a filter of volumes for imfilter.

    hsize is one number or three (5), semiaxes too (5), sigma is 1, gamma1 and gamma2 are 0, direction is 'X', 'Y' or
    'Z' ('X').

    Examples
      >> h = fspecial3('average', 3); h(1)*27
      ans =
           1
      >> h = fspecial3('sobel', 'Z'); h(:, :, 1), size(fspecial3('gaussian')), size(fspecial3('log', 3, 0.5))
      ans =
           1     3     1
           3     6     3
           1     3     1
      ans =
           5     5     5
      ans =
           3     3     3
      >> h = fspecial3('laplacian', 0, 0); h(:, :, 2), size(fspecial3('ellipsoid', [1 2 3]))
      ans =
           0     1     0
           1    -6     1
           0     1     0
      ans =
           3     5     7
      >> h = fspecial3('prewitt'); squeeze(h(2, :, 2))
      ans =
           1     0    -1

    See also fspecial, imfilter, imgaussfilt3.
    """
    word = take.choice(
        kind, ("average", "ellipsoid", "gaussian", "laplacian", "log", "prewitt", "sobel"), "fspecial3", "the type"
    )
    most = {"gaussian": 2, "log": 2, "laplacian": 2}.get(word, 1)
    if len(parameters) > most:
        raise ScriptError(
            "MATLAB:images:fspecial3:tooManyArgsForThisFilter", "Too many input arguments for this filter."
        )
    if word in ("prewitt", "sobel"):
        way = take.choice(parameters[0], ("X", "Y", "Z"), "fspecial3", "direction") if parameters else "X"
        peak = np.array([[1.0, 3, 1], [3, 6, 3], [1, 3, 1]]) if word == "sobel" else np.ones((3, 3))
        weights = np.stack((peak, 0 * peak, -peak), axis=2)
        return norm(np.asfortranarray(np.moveaxis(weights, 2, {"X": 1, "Y": 0, "Z": 2}[way])))
    if word == "laplacian":
        gammas = [take.number(value, "fspecial3", "gamma") for value in parameters] + [0.0] * (2 - len(parameters))
        if not (0 <= gammas[0] <= 1 and 0 <= gammas[1] <= 1 and sum(gammas) <= 1):
            raise take.refusal("fspecial3", "gamma1 and gamma2", "from 0 to 1, with a sum of at most 1", parameters[0])
        return norm(np.asfortranarray(kernels.laplacian_of_volume(gammas[0], gammas[1])))
    sizes = (take.numbers(parameters[0], "fspecial3", "hsize", (1, 3)) * 3)[:3] if parameters else [5.0] * 3
    if not all(0 < n < np.inf for n in sizes) or word != "ellipsoid" and any(n != int(n) for n in sizes):
        raise take.refusal("fspecial3", "hsize", "positive integers", parameters[0])
    require_memory(tuple(int(n) + 1 for n in sizes), 64)
    if word == "average":
        lengths = [int(n) for n in sizes]
        return norm(np.full(lengths, 1 / float(np.prod(lengths)), order="F"))
    if word == "ellipsoid":
        return norm(np.asfortranarray(kernels.ellipsoid(sizes)))
    sigmas = (take.numbers(parameters[1], "fspecial3", "sigma", (1, 3)) * 3)[:3] if len(parameters) > 1 else [1.0] * 3
    if not all(0 < each < np.inf for each in sigmas):
        raise take.refusal("fspecial3", "sigma", "positive", parameters[1])
    made = kernels.gaussian_volume([int(n) for n in sizes], sigmas, word == "log")
    return norm(np.asfortranarray(made))
