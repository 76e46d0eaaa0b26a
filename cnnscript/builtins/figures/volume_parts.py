"""Volumes made of volumes: smoothed, cut, thinned; their bounds and the level that shows something."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.figures.plot_volumes import read_volume
from cnnscript.builtins.figures.space_arguments import real_array, too_few
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import volumes
from cnnscript.values.numeric import norm, size_text


@builtin
def isovalue(v, /):
    """
    isoval = isovalue(V)

    A value between what is common in a volume and the rest, at which an isosurface shows something.

    Examples
      >> V = zeros(5, 5, 5); V(2:4, 2:4, 2:4) = 1; isovalue(V) > 0
      ans =
        logical
         1

    See also isosurface.
    """
    return volumes.default_level(real_array(v, "isovalue", "V"))


@builtin(keeps_single=True)
def smooth3(v, filter="box", size=3.0, sd=0.65, /):
    """
    W = smooth3(V)
    W = smooth3(V, filter)
    W = smooth3(V, filter, size)
    W = smooth3(V, 'gaussian', size, sd)

    A volume averaged over a box of 3-by-3-by-3 (or another odd size), or with the weights of a Gaussian.

    Examples
      >> V = zeros(3, 3, 3); V(2, 2, 2) = 27; W = smooth3(V); W(:, :, 2)
      ans =
           1     1     1
           1     1     1
           1     1     1

    See also isosurface, slice, convn.
    """
    values = real_array(v, "smooth3", "V")
    if values.ndim != 3:
        raise ScriptError(
            "MATLAB:smooth3:V3DArray", "V must be a 3-D array.", notes=(f"got {size_text(values.shape)}",)
        )
    kind = take.choice(filter, ("box", "gaussian"), "smooth3", "the filter")
    lengths = take.counts(size, "smooth3", "the size", (1, 3))
    lengths = lengths * 3 if len(lengths) == 1 else lengths
    if any(length % 2 == 0 for length in lengths):
        raise ScriptError("MATLAB:smooth3:InvalidSizeValues", "All elements of SIZE must be odd integers >= 1.")
    widths = take.numbers(sd, "smooth3", "sd", (1, 3))
    made = volumes.smoothed(values, kind, tuple(lengths), tuple(widths * 3 if len(widths) == 1 else widths))
    return norm(np.asfortranarray(made))


@builtin(outputs=4)
def subvolume(nargout, /, *args):
    """
    Nv = subvolume(V, limits)
    [Nx, Ny, Nz, Nv] = subvolume(X, Y, Z, V, limits)

    The part of a volume between [xmin xmax ymin ymax zmin zmax]; NaN leaves a side as it is.

    Examples
      >> V = reshape(1:60, 3, 4, 5); Nv = subvolume(V, [2 3 NaN NaN 1 2]); size(Nv)
      ans =
           3     2     2
      >> [X, Y, Z] = meshgrid(1:4, 1:3, 1:5); [Nx, Ny, Nz, Nv] = subvolume(X, Y, Z, V, [2 3 1 1 1 2]); size(Nx)
      ans =
           1     2     2

    See also slice, isosurface.
    """
    values = list(args)
    if len(values) not in (2, 5):
        raise too_few("subvolume", "X, Y, Z, V, limits")
    limits = np.array(take.numbers(values.pop(), "subvolume", "the limits", 6)).reshape(3, 2)
    volume = read_volume(values, "subvolume", len(values))
    chosen = []
    for axis, (low, high) in zip((volume.x, volume.y, volume.z), limits, strict=True):
        low, high = (-np.inf if np.isnan(low) else low), (np.inf if np.isnan(high) else high)
        chosen.append(np.flatnonzero((axis >= low) & (axis <= high)))
    part = volume.values[np.ix_(chosen[1], chosen[0], chosen[2])]
    if nargout < 2:
        return norm(np.asfortranarray(part))
    grids = np.meshgrid(volume.x[chosen[0]], volume.y[chosen[1]], volume.z[chosen[2]])
    return tuple(norm(np.asfortranarray(each)) for each in (*grids, part))


@builtin
def volumebounds(*args):
    """
    lims = volumebounds(X, Y, Z, V)
    lims = volumebounds(X, Y, Z, U, V, W)
    lims = volumebounds(V)
    lims = volumebounds(U, V, W)

    The limits of a volume for axis: [xmin xmax ymin ymax zmin zmax], and of one volume also those of its values.

    Examples
      >> [X, Y, Z] = meshgrid(0:2, 1:3, 4:6); lims = volumebounds(X, Y, Z, X + 10)
      lims =
           0     2     1     3     4     6    10    12

    See also subvolume, axis, slice.
    """
    values = list(args)
    if len(values) not in (1, 3, 4, 6):
        raise too_few("volumebounds", "X, Y, Z, V")
    alone, given = len(values) in (1, 4), 4 if len(values) > 3 else 1
    volume = read_volume(values[:given], "volumebounds", given)
    ends = [end for axis in (volume.x, volume.y, volume.z) for end in (axis.min(), axis.max())]
    if alone:
        ends += [np.nanmin(volume.values), np.nanmax(volume.values)]
    return norm(np.array(ends, float).reshape(1, -1))


@builtin(outputs=4)
def reducevolume(nargout, /, *args):
    """
    nv = reducevolume(V, r)
    nv = reducevolume(V, [rx ry rz])
    [nx, ny, nz, nv] = reducevolume(X, Y, Z, V, r)

    Every r-th point of a volume along each axis.

    Examples
      >> nv = reducevolume(reshape(1:60, 3, 4, 5), [2 1 4]); size(nv)
      ans =
           3     2     2
      >> [X, Y, Z] = meshgrid(1:4); [nx, ny, nz, nv] = reducevolume(X, Y, Z, X, 3); nx(:, :, 1)
      ans =
           1     4
           1     4

    See also subvolume, smooth3.
    """
    values = list(args)
    if len(values) not in (2, 5):
        raise too_few("reducevolume", "X, Y, Z, V, r")
    steps = take.counts(values.pop(), "reducevolume", "r", (1, 3))
    steps = steps * 3 if len(steps) == 1 else steps
    if min(steps) < 1:
        raise ScriptError("MATLAB:reducevolume:InvalidReduction", "The reduction factors must be positive integers.")
    volume = read_volume(values, "reducevolume", len(values))
    part = volume.values[:: steps[1], :: steps[0], :: steps[2]]
    if nargout < 2:
        return norm(np.asfortranarray(part))
    grids = np.meshgrid(volume.x[:: steps[0]], volume.y[:: steps[1]], volume.z[:: steps[2]])
    return tuple(norm(np.asfortranarray(each)) for each in (*grids, part))
