"""Windows of signal processing: hamming, hann, blackman, kaiser and their kin, as columns."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn


def length_of_window(value, name: str) -> int:
    """How many points: a number that is no whole one is rounded, with a warning."""
    try:
        number = take.number(value, "Window length")
    except ScriptError:
        number = -1.0
    if not 0 <= number < 2**40:
        raise ScriptError(
            f"signal:{name}:invalidWindowLength",
            "The window length must be a positive integer.",
            notes=(f"got {described(value)}",),
        )
    whole = int(np.floor(number + 0.5))
    require_memory((whole, 1), 64)  # the arrays on the way to a window
    if whole != number:
        warn("signal:check_order:InvalidOrderRounding", "Rounding order to nearest integer.")
    return whole


def column(values: ndarray):
    return norm(np.asfortranarray(np.asarray(values, float).reshape(-1, 1)))


def tiny(count: int):
    """The window of no point or one point, None for a longer one."""
    return np.zeros((0, 1), order="F") if count == 0 else 1.0 if count == 1 else None


SAMPLINGS = ("symmetric", "periodic")


def cosine_window(count, sampling, name: str, terms: tuple[float, ...]):
    """A window of cosines, a0 - a1*cos(x) + a2*cos(2*x) ...; 'periodic' leaves the last point out."""
    points = length_of_window(count, name)
    periodic = take.choice(sampling, SAMPLINGS, "Sampling") == "periodic"
    short = tiny(points)
    if short is not None:
        return short
    length = points + periodic
    half = (length + 1) // 2  # the second half mirrors the first, to the last bit
    angles = 2 * np.pi * np.arange(half) / (length - 1)
    values = sum((-1) ** k * term * np.cos(k * angles) for k, term in enumerate(terms))
    if terms[:2] == (0.42, 0.5):
        values[0] = 0.0
    whole = np.concatenate([values, values[: length - half][::-1]])
    return column(whole[:points])


@builtin
def hamming(L, sflag="symmetric", /):
    """
    hamming(L)
    hamming(L, sflag)

    Hamming window of L points, 'symmetric' or 'periodic'.

    Examples
      >> hamming(5)
      ans =
          0.0800
          0.5400
          1.0000
          0.5400
          0.0800
      >> hamming(4, 'periodic')
      ans =
          0.0800
          0.5400
          1.0000
          0.5400

    See also hann, blackman, kaiser.
    """
    return cosine_window(L, sflag, "hamming", (0.54, 0.46))


@builtin
def hann(L, sflag="symmetric", /):
    """
    hann(L)
    hann(L, sflag)

    Hann window of L points, 'symmetric' (0 at both ends) or 'periodic'.

    Examples
      >> hann(5)
      ans =
               0
          0.5000
          1.0000
          0.5000
               0
      >> hann(4, 'periodic')
      ans =
               0
          0.5000
          1.0000
          0.5000

    See also hanning, hamming.
    """
    return cosine_window(L, sflag, "hann", (0.5, 0.5))


@builtin
def hanning(L, sflag="symmetric", /):
    """
    hanning(L)
    hanning(L, sflag)

    Hann window without the zeros at its ends; 'periodic' begins with one.

    Examples
      >> hanning(3)
      ans =
          0.5000
          1.0000
          0.5000
      >> hanning(4, 'periodic')
      ans =
               0
          0.5000
          1.0000
          0.5000

    See also hann, hamming.
    """
    points = length_of_window(L, "hanning")
    periodic = take.choice(sflag, SAMPLINGS, "Sampling") == "periodic"
    if points == 0:
        return np.zeros((0, 1), order="F")
    inner = points - periodic
    half = (inner + 1) // 2
    values = 0.5 * (1 - np.cos(2 * np.pi * np.arange(1, half + 1) / (inner + 1)))
    values = np.concatenate([np.zeros(int(periodic)), values, values[: inner - half][::-1]])
    return column(values)


@builtin
def blackman(L, sflag="symmetric", /):
    """
    blackman(L)
    blackman(L, sflag)

    Blackman window of L points, 'symmetric' or 'periodic'.

    Examples
      >> blackman(5)
      ans =
               0
          0.3400
          1.0000
          0.3400
               0
      >> blackman(4, 'periodic')
      ans =
               0
          0.3400
          1.0000
          0.3400

    See also hamming, blackmanharris.
    """
    return cosine_window(L, sflag, "blackman", (0.42, 0.5, 0.08))


@builtin
def blackmanharris(L, sflag="symmetric", /):
    """
    blackmanharris(L)
    blackmanharris(L, sflag)

    Blackman-Harris window of four terms.

    Examples
      >> blackmanharris(5)
      ans =
          0.0001
          0.2175
          1.0000
          0.2175
          0.0001
      >> blackmanharris(4, 'periodic')
      ans =
          0.0001
          0.2175
          1.0000
          0.2175

    See also blackman, nuttallwin.
    """
    return cosine_window(L, sflag, "blackmanharris", (0.35875, 0.48829, 0.14128, 0.01168))


@builtin
def nuttallwin(L, sflag="symmetric", /):
    """
    nuttallwin(L)
    nuttallwin(L, sflag)

    Nuttall's window of four terms.

    Examples
      >> nuttallwin(5)
      ans =
          0.0004
          0.2270
          1.0000
          0.2270
          0.0004
      >> nuttallwin(4, 'periodic')
      ans =
          0.0004
          0.2270
          1.0000
          0.2270

    See also blackmanharris, flattopwin.
    """
    return cosine_window(L, sflag, "nuttallwin", (0.3635819, 0.4891775, 0.1365995, 0.0106411))


@builtin
def flattopwin(L, sflag="symmetric", /):
    """
    flattopwin(L)
    flattopwin(L, sflag)

    Flat top window of five terms.

    Examples
      >> flattopwin(5)
      ans =
         -0.0004
         -0.0547
          1.0000
         -0.0547
         -0.0004
      >> flattopwin(4, 'periodic')
      ans =
         -0.0004
         -0.0547
          1.0000
         -0.0547

    See also nuttallwin, hann.
    """
    terms = (0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368)
    return cosine_window(L, sflag, "flattopwin", terms)


@builtin
def bartlett(L, /):
    """
    bartlett(L)

    Triangle with zeros at both ends.

    Examples
      >> bartlett(5)
      ans =
               0
          0.5000
          1.0000
          0.5000
               0

    See also triang, hann.
    """
    points = length_of_window(L, "bartlett")
    short = tiny(points)
    return column(np.bartlett(points)) if short is None else short


@builtin
def triang(L, /):
    """
    triang(L)

    Triangle without zeros at its ends.

    Examples
      >> triang(4)
      ans =
          0.2500
          0.7500
          0.7500
          0.2500

    See also bartlett, rectwin.
    """
    points = length_of_window(L, "triang")
    half = np.arange(1.0, (points + 1) // 2 + 1)
    side = 2 * half / (points + 1) if points % 2 else (2 * half - 1) / points if points else half
    return column(np.concatenate([side, side[: points - half.size][::-1]]))


@builtin
def rectwin(L, /):
    """
    rectwin(L)

    Window of ones.

    Examples
      >> rectwin(3)
      ans =
           1
           1
           1

    See also triang, hann.
    """
    return column(np.ones(length_of_window(L, "rectwin")))


@builtin
def kaiser(L, beta=0.5, /):
    """
    kaiser(L)
    kaiser(L, beta)

    Kaiser window; a larger beta (0.5) makes its main lobe wider and its side lobes lower.

    Examples
      >> kaiser(3)
      ans =
          0.9403
          1.0000
          0.9403
      >> kaiser(5, 2.5)
      ans =
          0.3040
          0.7792
          1.0000
          0.7792
          0.3040

    See also chebwin, gausswin.
    """
    points = length_of_window(L, "kaiser")
    short = tiny(points)
    return column(np.kaiser(points, take.number(beta, "Beta"))) if short is None else short


@builtin
def gausswin(L, alpha=2.5, /):
    """
    gausswin(L)
    gausswin(L, alpha)

    Gaussian window; alpha (2.5) is half its length in standard deviations.

    Examples
      >> gausswin(5)
      ans =
          0.0439
          0.4578
          1.0000
          0.4578
          0.0439
      >> gausswin(3, 1)
      ans =
          0.6065
          1.0000
          0.6065

    See also kaiser, chebwin.
    """
    points = length_of_window(L, "gausswin")
    short = tiny(points)
    if short is not None:
        return short
    reach = (points - 1) / 2
    places = np.arange(points) - reach
    return column(np.exp(-0.5 * (take.number(alpha, "Alpha") * places / reach) ** 2))


@builtin
def tukeywin(L, r=0.5, /):
    """
    tukeywin(L)
    tukeywin(L, r)

    Flat window with cosine flanks that take the share r (0.5) of it.

    Examples
      >> tukeywin(5)
      ans =
           0
           1
           1
           1
           0
      >> tukeywin(4, 1)
      ans =
               0
          0.7500
          0.7500
               0

    See also hann, rectwin.
    """
    points = length_of_window(L, "tukeywin")
    short = tiny(points)
    if short is not None:
        return short
    share = min(1.0, max(0.0, take.number(r, "Cosine fraction")))
    places = np.arange(points) / (points - 1)
    edge = np.minimum(places, 1 - places)
    if share == 0:
        return column(np.ones(points))
    flank = 0.5 * (1 + np.cos(2 * np.pi / share * (edge - share / 2)))
    return column(np.where(edge < share / 2, flank, 1.0))


@builtin
def parzenwin(L, /):
    """
    parzenwin(L)

    Parzen window, of cubic pieces.

    Examples
      >> parzenwin(5)
      ans =
          0.0160
          0.4240
          1.0000
          0.4240
          0.0160

    See also triang, bohmanwin.
    """
    points = length_of_window(L, "parzenwin")
    short = tiny(points)
    if short is not None:
        return short
    far = np.abs(np.arange(points) - (points - 1) / 2) / (points / 2)
    return column(np.where(far <= 0.5, 1 - 6 * far**2 * (1 - far), 2 * (1 - far) ** 3))


@builtin
def bohmanwin(L, /):
    """
    bohmanwin(L)

    Bohman window: two half-cosine lobes folded into each other.

    Examples
      >> bohmanwin(5)
      ans =
               0
          0.3183
          1.0000
          0.3183
               0

    See also parzenwin, hann.
    """
    points = length_of_window(L, "bohmanwin")
    short = tiny(points)
    if short is not None:
        return short
    far = np.abs(np.linspace(-1, 1, points))
    values = (1 - far) * np.cos(np.pi * far) + np.sin(np.pi * far) / np.pi
    values[[0, -1]] = 0.0
    return column(values)


@builtin
def chebwin(L, r=100.0, /):
    """
    chebwin(L)
    chebwin(L, r)

    Chebyshev window whose side lobes are r (100) decibels below the main one.

    Examples
      >> chebwin(3)
      ans =
          0.5000
          1.0000
          0.5000
      >> chebwin(5, 50)
      ans =
          0.2055
          0.7010
          1.0000
          0.7010
          0.2055

    See also kaiser, gausswin.
    """
    points = length_of_window(L, "chebwin")
    short = tiny(points)
    if short is not None:
        return short
    import warnings

    from scipy.signal import windows

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # SciPy's advice on attenuations below 45
        return column(windows.chebwin(points, abs(take.number(r, "Attenuation"))))


WINDOWS = {
    "bartlett": bartlett, "blackman": blackman, "blackmanharris": blackmanharris, "bohmanwin": bohmanwin,
    "chebwin": chebwin, "flattopwin": flattopwin, "gausswin": gausswin, "hamming": hamming, "hann": hann,
    "kaiser": kaiser, "nuttallwin": nuttallwin, "parzenwin": parzenwin, "rectwin": rectwin, "triang": triang,
    "tukeywin": tukeywin,
}  # fmt: skip


@builtin
def window(function, L=None, /, *rest):
    """
    window(fhandle, L)
    window(fhandle, L, opt)

    The window of L points that a function such as @hamming makes.

    Examples
      >> window(@hann, 3)
      ans =
           0
           1
           0
      >> window(@gausswin, 3, 1)
      ans =
          0.6065
          1.0000
          0.6065

    See also hamming, kaiser.
    """
    word = take.text(function, "Window").lower() if is_text(function) else getattr(function, "text", "").lstrip("@")
    if word not in WINDOWS:
        raise ScriptError(
            "signal:window:unknownWindow", "The window must be one of the window functions.", notes=(f"got '{word}'",)
        )
    if L is None:
        raise ScriptError(
            "signal:window:designTool", "The window design tool is an app, which cnnscript does not have.",
            hint="give the number of points: window(@hann, 64)",
        )  # fmt: skip
    if len(rest) > 1:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    made = WINDOWS[word](L, *rest) if WINDOWS[word].__code__.co_argcount > 1 or not rest else None
    if made is None:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=(f"{word} takes the length only",))
    return made
