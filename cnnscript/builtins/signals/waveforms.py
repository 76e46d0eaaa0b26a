"""Waves over time: chirp, square, sawtooth, rectpuls, tripuls; ratios in decibels."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, require_real
from cnnscript.builtins.elementary.elements import mapped
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, ndarray, norm
from cnnscript.values.text import is_text


def times_of(value, name: str) -> ndarray:
    array = require_real(value, name)
    if is_text(value):
        raise take.wanted("numeric", "Time", value)
    return array if array.dtype.kind == "f" else array.astype(DOUBLE)


@builtin
def square(t, duty=50.0, /):
    """
    x = square(t)
    x = square(t, duty)

    A square wave of period 2*pi, 1 for the first duty (50) per cent of it and -1 for the rest.

    Examples
      >> x = square([0 1 4 7])
      x =
           1     1    -1     1
      >> x = square([0 1 4 7], 10)
      x =
           1    -1    -1    -1

    See also sawtooth, sin, chirp.
    """
    share = take.number(duty, "Duty")
    if not 0 <= share <= 100:
        raise ScriptError("signal:square:InvalidRange", "Duty cycle must be from 0 to 100.", notes=(f"got {share:g}",))
    array = times_of(t, "square")
    turn = np.mod(array, 2 * np.pi)
    return norm(np.where(turn < 2 * np.pi * share / 100, 1, -1).astype(array.dtype))


@builtin
def sawtooth(t, xmax=1.0, /):
    """
    x = sawtooth(t)
    x = sawtooth(t, xmax)

    A wave of period 2*pi that rises from -1 to 1 and falls back at once, or at the share xmax of the period.

    Examples
      >> x = sawtooth([0 pi/2 pi 3*pi/2])
      x =
         -1.0000   -0.5000         0    0.5000
      >> x = sawtooth([0 pi/2 pi], 0.5)
      x =
          -1     0     1

    See also square, sin, chirp.
    """
    share = take.number(xmax, "Xmax")
    if not 0 <= share <= 1:
        raise ScriptError("signal:sawtooth:rangeViolation", "XMAX must be a scalar between 0 and 1.")
    array = times_of(t, "sawtooth")
    turn = np.mod(array, 2 * np.pi) / (2 * np.pi)
    with np.errstate(divide="ignore", invalid="ignore"):
        rising, falling = 2 * turn / share - 1, 1 - 2 * (turn - share) / (1 - share)
    return norm(np.where(turn < share, rising, falling).astype(array.dtype))


CHIRPS = ("linear", "quadratic", "logarithmic")


@builtin
def chirp(t, f0=0.0, t1=1.0, f1=100.0, method="linear", phi=0.0, shape=None, /):
    """
    y = chirp(t)
    y = chirp(t, f0, t1, f1)
    y = chirp(t, f0, t1, f1, method)
    y = chirp(t, f0, t1, f1, method, phi)
    y = chirp(t, f0, t1, f1, 'quadratic', phi, shape)

    A cosine whose frequency goes from f0 at time 0 to f1 at t1: 'linear', 'quadratic' ('convex' or 'concave') or
    'logarithmic'; phi is its first phase in degrees.

    Examples
      >> y = chirp([0 0.25 0.5], 1, 1, 3)
      y =
          1.0000   -0.3827   -0.0000
      >> y = chirp(0, 1, 1, 2, 'logarithmic', 180)
      y =
          -1

    See also sin, square, sawtooth, spectrogram.
    """
    array = times_of(t, "chirp")
    start, end, until = take.number(f0, "f0"), take.number(f1, "f1"), take.number(t1, "t1")
    word = take.choice(method, CHIRPS, "Method")
    turn = take.number(phi, "phi") / 360
    if shape is not None and word != "quadratic":
        raise ScriptError("signal:chirp:InvalidShape", "A shape goes with the 'quadratic' method.")
    if word == "linear":
        angle = (end - start) / until / 2 * array**2 + start * array
    elif word == "quadratic":
        rate = (end - start) / until**2
        bend = "" if shape is None else take.choice(shape, ("concave", "convex"), "Shape")
        turned = bend == "concave" and end > start or bend == "convex" and end < start
        if turned:  # the parabola's top is at t1
            angle = end * array - rate / 3 * ((array - until) ** 3 + until**3)
        else:
            angle = rate / 3 * array**3 + start * array
    else:
        start = start or 1e-6
        if start * end <= 0 or start == end:
            raise ScriptError("signal:chirp:InvalidRange", "A logarithmic chirp needs two positive frequencies.")
        growth = np.log(end / start) / until
        angle = start / growth * (np.exp(growth * array) - 1)
    return norm(np.cos(2 * np.pi * (angle + turn)).astype(array.dtype))


@builtin
def rectpuls(t, w=1.0, /):
    """
    y = rectpuls(t)
    y = rectpuls(t, w)

    A rectangle of width w (1) around 0: 1 from -w/2 up to, not including, w/2.

    Examples
      >> y = rectpuls([-1 -0.5 0 0.5])
      y =
           0     1     1     0
      >> y = rectpuls([-1 0 0.9], 2)
      y =
           1     1     1

    See also tripuls, square.
    """
    array, width = times_of(t, "rectpuls"), take.number(w, "w")
    inside = (array >= -width / 2) & (array < width / 2)
    return norm(inside.astype(array.dtype))


@builtin
def tripuls(t, w=1.0, s=0.0, /):
    """
    y = tripuls(t)
    y = tripuls(t, w)
    y = tripuls(t, w, s)

    A triangle of width w (1) around 0, its top moved by s*w/2 (s from -1 to 1).

    Examples
      >> y = tripuls([-0.5 0 0.25])
      y =
               0    1.0000    0.5000
      >> y = tripuls([-1 0.5 1], 2, 0.5)
      y =
           0     1     0

    See also rectpuls, sawtooth.
    """
    array, width, skew = times_of(t, "tripuls"), take.number(w, "w"), take.number(s, "s")
    if not -1 <= skew <= 1:
        raise ScriptError("signal:tripuls:rangeViolation", "Skew must be from -1 to 1.")
    top = skew * width / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        rising, falling = (array + width / 2) / (top + width / 2), (width / 2 - array) / (width / 2 - top)
    inside = (array > -width / 2) & (array < width / 2)
    return norm(np.where(inside, np.where(array < top, rising, falling), 0).astype(array.dtype))


@builtin
def mag2db(y, /):
    """
    ydb = mag2db(y)

    A magnitude in decibels: 20*log10(y).

    Examples
      >> ydb = mag2db([1 10 100])
      ydb =
           0    20    40

    See also db2mag, pow2db.
    """

    def decibels(array):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.real(array) < 0, np.nan, 20 * np.log10(np.abs(array)))

    return mapped(decibels, y, "mag2db")


@builtin
def db2mag(ydb, /):
    """
    y = db2mag(ydb)

    The magnitude of decibels: 10^(ydb/20).

    Examples
      >> y = db2mag([0 20 40])
      y =
           1    10   100

    See also mag2db, db2pow.
    """
    return mapped(lambda array: np.power(10.0, np.asarray(array) / 20), ydb, "db2mag")


@builtin
def pow2db(y, /):
    """
    ydb = pow2db(y)

    A power in decibels: 10*log10(y).

    Examples
      >> ydb = pow2db([1 10 100])
      ydb =
           0    10    20

    See also db2pow, mag2db.
    """
    array = require_numeric(y, "pow2db")
    if array.dtype.kind == "c" or (array < 0).any():
        raise ScriptError("signal:pow2db:InvalidInput", "The power value must be non-negative.")

    def decibels(values):
        with np.errstate(divide="ignore"):
            return 10 * np.log10(values)

    return mapped(decibels, y, "pow2db")


@builtin
def db2pow(ydb, /):
    """
    y = db2pow(ydb)

    The power of decibels: 10^(ydb/10).

    Examples
      >> y = db2pow([0 10 20])
      y =
           1    10   100

    See also pow2db, db2mag.
    """
    return mapped(lambda array: np.power(10.0, np.asarray(array) / 10), ydb, "db2pow")
