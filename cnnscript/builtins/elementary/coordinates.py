"""Polar, cylindrical and spherical coordinates, and phase angles."""

from __future__ import annotations

from math import pi

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.elementary.elements import (
    aligned_together,
    mapped,
    narrowed,
    operands,
    real_floats_of,
    rows_together,
)
from cnnscript.builtins.registry import builtin
from cnnscript.values import take
from cnnscript.values.numeric import as_array


@builtin(outputs=3)
def cart2pol(nargout, x, y, z=None, /):
    """
    [theta, rho] = cart2pol(x, y)
    [theta, rho, z] = cart2pol(x, y, z)

    Cartesian to polar or cylindrical coordinates.

    Examples
      >> [theta, rho] = cart2pol(1, 1)
      theta =
          0.7854
      rho =
          1.4142
      >> [theta, rho, z] = cart2pol(0, 2, 5)
      theta =
          1.5708
      rho =
           2
      z =
           5

    See also pol2cart, cart2sph.
    """
    a, b, _ = operands(x, y, "cart2pol", floats=True)
    require_real(a, "cart2pol"), require_real(b, "cart2pol")
    found = (rows_together(np.arctan2(b, a)), rows_together(np.hypot(a, b)))
    return (*found, z) if z is not None else found


@builtin(outputs=3)
def pol2cart(nargout, theta, rho, z=None, /):
    """
    [x, y] = pol2cart(theta, rho)
    [x, y, z] = pol2cart(theta, rho, z)

    Polar or cylindrical to Cartesian coordinates.

    Examples
      >> [x, y] = pol2cart(0, 2)
      x =
           2
      y =
           0
      >> [x, y, z] = pol2cart(0, 2, 3)
      x =
           2
      y =
           0
      z =
           3

    See also cart2pol, sph2cart.
    """
    a, b, _ = operands(theta, rho, "pol2cart", floats=True)
    found = (rows_together(b * np.cos(a)), rows_together(b * np.sin(a)))
    return (*found, z) if z is not None else found


@builtin(outputs=3)
def cart2sph(nargout, x, y, z, /):
    """
    [azimuth, elevation, r] = cart2sph(x, y, z)

    Cartesian to spherical coordinates.

    Examples
      >> [azimuth, elevation, r] = cart2sph(0, 0, 2)
      azimuth =
           0
      elevation =
          1.5708
      r =
           2

    See also sph2cart, cart2pol.
    """
    a, b, c = aligned_together(*(as_array(real_floats_of(part, "cart2sph")) for part in (x, y, z)))
    flat = np.hypot(a, b)
    return rows_together(np.arctan2(b, a)), rows_together(np.arctan2(c, flat)), rows_together(np.hypot(flat, c))


@builtin(outputs=3)
def sph2cart(nargout, azimuth, elevation, r, /):
    """
    [x, y, z] = sph2cart(azimuth, elevation, r)

    Spherical to Cartesian coordinates.

    Examples
      >> [x, y, z] = sph2cart(0, 0, 2)
      x =
           2
      y =
           0
      z =
           0

    See also cart2sph, pol2cart.
    """
    a, b, c = aligned_together(*(as_array(real_floats_of(part, "sph2cart")) for part in (azimuth, elevation, r)))
    flat = c * np.cos(b)
    return rows_together(flat * np.cos(a)), rows_together(flat * np.sin(a)), rows_together(c * np.sin(b))


# --------------------------------------------------------------------------------------------------- complex parts
@builtin
def angle(x, /):
    """
    angle(Z)

    Phase angle of each element in radians, from -pi to pi.

    Examples
      >> angle(1+1i)
      ans =
          0.7854

    See also abs, atan2, complex.
    """
    return mapped(lambda x: np.arctan2(np.imag(x), np.real(x)), x, "angle")


@builtin
def unwrap(x, tolerance=None, dim=None, /):
    """
    unwrap(P)
    unwrap(P, tol)
    unwrap(P, tol, dim)

    Phase angles without jumps larger than pi (or tol): multiples of 2*pi are added.

    Examples
      >> unwrap([0 3 6.5 -5])
      ans =
               0    3.0000    0.2168    1.2832
      >> unwrap([0 4 8], 5)
      ans =
           0     4     8
      >> unwrap([0 0; 0 6], [], 1)
      ans =
               0         0
               0   -0.2832

    See also angle.
    """
    from cnnscript.builtins.arrays.dimensions import axis_of, first_axis

    array = as_array(real_floats_of(x, "unwrap"))
    cut = pi if tolerance is None or np.size(tolerance) == 0 else take.number(tolerance, "Tolerance")
    axis = first_axis(array.shape) if dim is None else axis_of(dim, "unwrap")
    if axis >= array.ndim:
        return x
    steps = np.diff(array, axis=axis)
    whole = np.mod(steps + pi, 2 * pi) - pi
    whole = np.where((whole == -pi) & (steps > 0), pi, whole)
    change = np.where(np.abs(steps) < max(cut, pi), 0, whole - steps)
    start = np.zeros_like(np.take(array, [0], axis=axis)) if array.shape[axis] else array
    return narrowed(rows_together(array + np.concatenate([start, np.cumsum(change, axis=axis)], axis=axis)))
