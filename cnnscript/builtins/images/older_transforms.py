"""Transformations as the structures of old: maketform, cp2tform, tformfwd, tforminv, imtransform."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_warping import fill_of, method_of
from cnnscript.builtins.images.transform_fitting import FittedTransform, point_pairs
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import fitting, warping
from cnnscript.pictures.images.padding import REPEATS, pad
from cnnscript.values.functions import Function
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import EMPTY, is_cell, norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none, texts_or_none


def structure(inward: int, outward: int, forward: Any, inverse: Any, data: Any) -> Struct:
    return Struct(
        {
            "ndims_in": float(inward), "ndims_out": float(outward), "forward_fcn": forward, "inverse_fcn": inverse,
            "tdata": data,
        }
    )  # fmt: skip


def by_matrix(matrix: np.ndarray, kind: str) -> Struct:
    """A structure of a matrix T for rows: [u v 1]*T."""
    size = len(matrix) - 1
    if np.linalg.matrix_rank(matrix) < len(matrix):
        raise ScriptError("images:maketform:tMustBeNonsingular", "T must be a nonsingular matrix.")
    back = np.linalg.inv(matrix)
    if kind == "affine":
        back[:, -1] = np.eye(size + 1)[:, -1]
    forward = Function(partial(moved_by, matrix), f"fwd_{kind}", inputs=2)
    inverse = Function(partial(moved_by, back), f"inv_{kind}", inputs=2)
    data = Struct({"T": norm(np.asfortranarray(matrix)), "Tinv": norm(np.asfortranarray(back))})
    return structure(size, size, forward, inverse, data)


def moved_by(matrix: np.ndarray, nargout: int, points: Any, *_: Any) -> Any:
    """What a structure's function does with points."""
    array = take.pixels(points, "tformfwd", "the points").astype(float)
    return norm(np.asfortranarray(warping.transformed(matrix.T, array)))


def structure_of(value: Any, function: str) -> Struct:
    if not isinstance(value, Struct) or "forward_fcn" not in value.fields:
        raise take.refusal(function, "T", "a TFORM structure, as maketform makes", value)
    return value


def apply(tform: Struct, way: str, points: np.ndarray, function: str) -> np.ndarray:
    """Points (N×ndims) through a structure's function."""
    call = tform.fields["forward_fcn" if way == "forward" else "inverse_fcn"]
    if not isinstance(call, Function):
        raise ScriptError(
            f"images:{function}:missingFunction",
            f"T has no {'forward' if way == 'forward' else 'inverse'} mapping.",
        )
    found = take.pixels(call.call(1, norm(np.asfortranarray(points)), tform), function, "what T gives").astype(float)
    return found.reshape(len(points), -1)


@builtin
def maketform(kind, /, *values):
    """
    T = maketform('affine', A)
    T = maketform('affine', U, X)
    T = maketform('projective', A)
    T = maketform('projective', U, X)
    T = maketform('box', inbounds, outbounds)
    T = maketform('custom', ndims_in, ndims_out, forward_fcn, inverse_fcn, tdata)
    T = maketform('composite', T1, T2, ...)

    A transformation as a structure: by a matrix (for points as rows), by three (affine) or four (projective) pairs of
    points, by two boxes, by functions of its own, or one after another, the last first.

    affine2d and projective2d are the newer way.

    Examples
      >> T = maketform('affine', [2 0 0; 0 3 0; 1 1 1]); tformfwd(T, [1 1])
      ans =
           3     4
      >> T = maketform('projective', [0 0; 1 0; 1 1; 0 1], [0 0; 2 0; 2 2; 0 2]); round(tformfwd(T, [0.5 0.5]), 4)
      ans =
           1     1
      >> T = maketform('box', [0 0; 1 1], [0 0; 10 20]); tformfwd(T, [0.5 0.5])
      ans =
           5    10
      >> T = maketform('composite', T, maketform('affine', 2*eye(2)));
      >> tforminv(T, [10 20])
      ans =
          0.5000    0.5000
      >> T = maketform('custom', 2, 2, @(u, T) u + 1, @(x, T) x - 1, []); tformfwd(T, [1 2])
      ans =
           2     3

    See also tformfwd, tforminv, cp2tform, imtransform, affine2d.
    """
    word = take.choice(kind, ("affine", "projective", "box", "custom", "composite"), "maketform", "the type")
    if word == "custom":
        if len(values) != 5:
            raise ScriptError("images:maketform:customInputs", "'custom' takes five arguments after the type.")
        inward, outward = (take.count(value, "maketform", "NDIMS") for value in values[:2])
        return structure(inward, outward, *values[2:])
    if word == "composite":
        parts = [structure_of(value, "maketform") for value in values]
        if not parts:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")

        def chain(way: str, order: list[Struct], nargout: int, points: Any, *_: Any) -> Any:
            array = take.pixels(points, "tformfwd", "the points").astype(float)
            for part in order:
                array = apply(part, way, array, "tformfwd")
            return norm(np.asfortranarray(array))

        return structure(
            int(parts[-1].fields["ndims_in"]), int(parts[0].fields["ndims_out"]),
            Function(partial(chain, "forward", parts[::-1]), "fwd_composite", inputs=2),
            Function(partial(chain, "inverse", parts), "inv_composite", inputs=2), EMPTY,
        )  # fmt: skip
    if word == "box":
        if len(values) != 2:
            raise ScriptError("MATLAB:minrhs", "'box' takes two boxes.")
        inner, outer = (boxed(value) for value in values)
        factor = (outer[1] - outer[0]) / (inner[1] - inner[0])
        matrix = np.eye(len(factor) + 1)
        matrix[:-1, :-1], matrix[-1, :-1] = np.diag(factor), outer[0] - inner[0] * factor
        return by_matrix(matrix, "affine")
    if len(values) == 2:
        u, x = point_pairs(*values, "maketform")
        wanted = 3 if word == "affine" else 4
        if len(u) != wanted:
            raise take.refusal("maketform", "U and X", f"{wanted}-by-2 matrices", values[0])
        return by_matrix(fitting.fit(u, x, word).T, word)
    if len(values) != 1:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    matrix = take.pixels(values[0], "maketform", "T").astype(float)
    if matrix.ndim != 2:
        raise take.refusal("maketform", "T", "a matrix", values[0])
    rows, columns = matrix.shape
    if word == "affine" and rows == columns + 1:
        matrix = np.column_stack([matrix, np.eye(rows)[-1]])
    elif word == "affine" and rows == columns and not np.array_equal(matrix[:, -1], np.eye(rows)[-1]):
        matrix = np.block([[matrix, np.zeros((rows, 1))], [np.zeros((1, rows)), np.ones((1, 1))]])
    if matrix.shape[0] != matrix.shape[1] or len(matrix) < 2:
        raise ScriptError("images:maketform:tIsNotSquare", "T must be (N+1)-by-N or (N+1)-by-(N+1).")
    return by_matrix(matrix, word)


def boxed(value: Any) -> np.ndarray:
    """Two corners; numbers alone are sizes, from 1."""
    array = take.pixels(value, "maketform", "a box").astype(float)
    if array.ndim == 2 and array.shape[0] == 1:
        array = np.vstack([np.ones(array.shape[1]), array])
    if array.ndim != 2 or array.shape[0] != 2 or not (array[1] != array[0]).all():
        raise take.refusal("maketform", "a box", "two different corners", value)
    return array


@builtin
def cp2tform(movingPoints, fixedPoints, transformtype, /, *rest):
    """
    T = cp2tform(movingPoints, fixedPoints, transformtype)
    T = cp2tform(movingPoints, fixedPoints, 'polynomial', order)

    The transformation of pairs of points, as a structure for imtransform; fitgeotrans is the newer way.

    Types: 'nonreflective similarity', 'similarity', 'affine', 'projective', 'polynomial' (order 3), 'piecewise linear',
    'lwm'.

    Examples
      >> T = cp2tform([0 0; 1 0; 0 1], [5 5; 7 5; 5 8], 'affine'); round(tformfwd(T, [1 1]), 4)
      ans =
           7     8

    See also fitgeotrans, maketform, tformfwd, imtransform.
    """
    u, x = point_pairs(movingPoints, fixedPoints, "cp2tform")
    names = {
        "nonreflective similarity": "similarity", "similarity": "reflectivesimilarity", "affine": "affine",
        "projective": "projective", "polynomial": "polynomial", "piecewise linear": "pwl", "lwm": "lwm",
        "linear conformal": "similarity",
    }  # fmt: skip
    word = names[take.choice(transformtype, tuple(names), "cp2tform", "the type of transformation")]
    if word in ("polynomial", "pwl", "lwm"):
        number = take.count(rest[0], "cp2tform", "the order") if rest else 3 if word == "polynomial" else 12
        if word == "polynomial" and number not in (2, 3, 4):
            raise ScriptError("images:cp2tform:invalidPolynomialOrder", "The order must be 2, 3 or 4.")
        found = FittedTransform(word, u, x, number)

        def come_from(nargout: int, points: Any, *_: Any) -> Any:
            return norm(np.asfortranarray(found.inverse(take.pixels(points, "tforminv", "the points").astype(float))))

        return structure(2, 2, EMPTY, Function(come_from, f"inv_{word}", inputs=2), EMPTY)
    if rest:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return by_matrix(fitting.fit(u, x, word).T, "projective" if word == "projective" else "affine")


def through(nargout: int, values: tuple, way: str, function: str) -> tuple:
    """Points as rows of a matrix, or an array for each coordinate; the structure may come first or last."""
    given = list(values)
    if isinstance(given[-1], Struct) and not isinstance(given[0], Struct):
        given.insert(0, given.pop())
    tform = structure_of(given.pop(0), function)
    size = int(take.number(tform.fields["ndims_in" if way == "forward" else "ndims_out"], function, "NDIMS"))
    parts = [take.pixels(value, function, "the points").astype(float) for value in given]
    if len(parts) == size and size > 1:
        if len({part.shape for part in parts}) > 1:
            raise ScriptError(f"images:{function}:sizeMismatch", "The coordinates must have the same size.")
        moved = apply(tform, way, np.column_stack([part.ravel(order="F") for part in parts]), function)
        found = [norm(moved[:, k].reshape(parts[0].shape, order="F")) for k in range(moved.shape[1])]
        if nargout <= 1:
            return (norm(np.asfortranarray(moved)),)
        return tuple(found)
    if len(parts) != 1:
        raise ScriptError("MATLAB:minrhs", f"{function} takes a matrix of points, or {size} coordinates.")
    points = parts[0]
    if points.shape[-1] != size:
        raise take.refusal(function, "the points", f"an array whose last dimension is {size}", given[0])
    moved = apply(tform, way, points.reshape(-1, size, order="F"), function)
    made = moved.reshape(*points.shape[:-1], moved.shape[1], order="F")
    if nargout <= 1:
        return (norm(np.asfortranarray(made)),)
    return tuple(norm(np.asfortranarray(made[..., k])) for k in range(made.shape[-1]))


@builtin(outputs=None)
def tformfwd(nargout, first, /, *rest):
    """
    X = tformfwd(T, U)
    [x, y] = tformfwd(T, u, v)

    Where a structure's transformation puts points.

    Examples
      >> [x, y] = tformfwd(maketform('affine', [1 0 0; 0 1 0; 5 6 1]), [1 2], [3 4])
      x =
           6     7
      y =
           9    10

    See also tforminv, maketform, transformPointsForward.
    """
    return through(nargout, (first, *rest), "forward", "tformfwd")


@builtin(outputs=None)
def tforminv(nargout, first, /, *rest):
    """
    U = tforminv(T, X)
    [u, v] = tforminv(T, x, y)

    Where a structure's transformation takes points from.

    Examples
      >> [u, v] = tforminv(maketform('affine', [1 0 0; 0 1 0; 5 6 1]), 6, 8)
      u =
           1
      v =
           2

    See also tformfwd, maketform, transformPointsInverse.
    """
    return through(nargout, (first, *rest), "inverse", "tforminv")


@builtin
def fliptform(T, /):
    """
    TFLIP = fliptform(T)

    A transformation structure with forward and inverse exchanged.

    Examples
      >> tformfwd(fliptform(maketform('affine', [1 0 0; 0 1 0; 5 6 1])), [6 8])
      ans =
           1     2

    See also maketform, tformfwd, invert.
    """
    fields = structure_of(T, "fliptform").fields
    return structure(
        int(fields["ndims_out"]), int(fields["ndims_in"]), fields["inverse_fcn"], fields["forward_fcn"], fields["tdata"]
    )


@builtin
def findbounds(T, inbounds, /):
    """
    outbounds = findbounds(T, inbounds)

    The box (two rows: least and greatest corner) around what a structure's transformation makes of a box.

    Examples
      >> outbounds = findbounds(maketform('affine', [0 1 0; -1 0 0; 0 0 1]), [0 0; 10 20])
      outbounds =
         -20     0
           0    10

    See also tformfwd, maketform, outputLimits.
    """
    tform = structure_of(T, "findbounds")
    box = take.pixels(inbounds, "findbounds", "INBOUNDS").astype(float)
    if box.ndim != 2 or box.shape[0] != 2 or box.shape[1] < 1:
        raise take.refusal("findbounds", "INBOUNDS", "a matrix with two rows", inbounds)
    return norm(np.asfortranarray(bounds_of(tform, box, "findbounds")))


def bounds_of(tform: Struct, box: np.ndarray, function: str) -> np.ndarray:
    ticks = [np.array([low, (low + high) / 2, high]) for low, high in box.T]
    points = np.array(list(itertools.product(*ticks)))
    if isinstance(tform.fields["forward_fcn"], Function):
        moved = apply(tform, "forward", points, function)
    else:  # places are looked for that come from the box's edge, from the edge on
        moved = points.copy()
        for _ in range(50):
            moved += points - apply(tform, "inverse", moved, function)
        if not np.isfinite(moved).all():
            moved = points
    return np.vstack([moved.min(0), moved.max(0)])


PADDINGS = ("replicate", "symmetric", "circular", "fill", "bound")


@builtin
def makeresampler(interpolant, padmethod, /):
    """
    R = makeresampler(interpolant, padmethod)

    How imtransform is to look pixels up: by 'nearest', 'linear' or 'cubic' (or a cell with one for each dimension, all
    alike), and what lies outside: 'fill' (the fill values, into which edges blend), 'bound' (the fill values, right
    behind the edge), 'replicate', 'symmetric' or 'circular'.

    Examples
      >> R = makeresampler('nearest', 'circular');
      >> imtransform([1 2 3], maketform('affine', eye(3)), R, XData=[0 7], YData=[1 1])
      ans =
           3     1     2     3     1     2     3     1

    See also imtransform, maketform, padarray.
    """
    words = texts_or_none(interpolant) if is_cell(interpolant) else [text_or_none(interpolant)]
    if not words or len(set(words)) != 1 or words[0] is None:
        wanted = "'nearest', 'linear' or 'cubic', for all dimensions alike"
        raise take.refusal("makeresampler", "INTERPOLANT", wanted, interpolant)
    method = take.choice(words[0], ("nearest", "linear", "cubic"), "makeresampler", "INTERPOLANT")
    outside = take.choice(padmethod, PADDINGS, "makeresampler", "PADMETHOD")
    data = Struct({"interpolant": method, "padmethod": outside})
    return Struct({"type": "separable", "ndims": float("inf"), "resamp_fcn": "resampsep", "rdata": data})


def folded(place: np.ndarray, length: int, outside: str) -> np.ndarray:
    """Places beyond an image of `length` pixels as the places within whose values they have."""
    if outside == "replicate":
        return np.clip(place, 1, length)
    at = np.nan_to_num(place - 0.5)
    if outside == "circular":
        return np.mod(at, length) + 0.5
    at = np.mod(at, 2 * length)
    return np.minimum(at, 2 * length - at) + 0.5


def resampled(image: np.ndarray, places: list[np.ndarray], method: str, fill: Any, outside: str) -> np.ndarray:
    """The image at places (x, y), with what makeresampler says of the outside."""
    if outside == "fill":
        return warping.look_up(image, places, method, fill, smooth=True)
    lengths = (image.shape[1], image.shape[0])
    kind = outside if outside in REPEATS else "replicate"
    wide = pad(image, (3, 3), (3, 3), kind)
    inside = [folded(place, n, kind) + 3 for place, n in zip(places, lengths, strict=True)]
    if outside == "bound":
        gone = [(place < 0.5) | (place > n + 0.5) for place, n in zip(places, lengths, strict=True)]
        inside[0] = np.where(gone[0] | gone[1], np.nan, inside[0])
    return warping.look_up(wide, inside, method, fill)


@builtin(outputs=3)
def imtransform(
    nargout, A, tform, /, *rest, UData=None, VData=None, XData=None, YData=None, XYScale=None, Size=None, FillValues=0.0
):
    """
    B = imtransform(A, tform)
    B = imtransform(A, tform, interp)
    B = imtransform(A, tform, R)
    B = imtransform(..., Name=Value)
    [B, xdata, ydata] = imtransform(...)

    An image moved by a transformation structure; imwarp is the newer way.

    interp is 'bilinear' (the default), 'nearest' or 'bicubic', or R, what makeresampler made.

    Options
      UData       places of A's first and last column ([1 columns])
      VData       places of A's first and last row ([1 rows])
      XData       places of B's first and last column (where all of A goes)
      YData       places of B's first and last row (where all of A goes)
      XYScale     width of B's pixels, or width and height (those of A's)
      Size        [rows columns] of B
      FillValues  what comes from outside: a number (0), or one for each plane

    Examples
      >> imtransform([1 2; 3 4], maketform('affine', [1 0 0; 0 1 0; 5 0 1]))
      ans =
           1     2
           3     4
      >> [B, xdata, ydata] = imtransform([1 2; 3 4], maketform('affine', [0 1 0; -1 0 0; 0 0 1]))
      B =
           3     1
           4     2
      xdata =
          -2    -1
      ydata =
           1     2
      >> imtransform([1 2 3], maketform('affine', [1 0 0; 0 1 0; 1 0 1]), 'nearest', XData=[1 3], YData=[1 1])
      ans =
           0     1     2

    See also maketform, cp2tform, makeresampler, imwarp, tformfwd.
    """
    image = take.pixels(A, "imtransform", "input number 1, A,")
    found = structure_of(tform, "imtransform")
    values = list(rest)
    method, outside = "linear", "fill"
    if values and isinstance(values[0], Struct):
        data = values.pop(0).fields.get("rdata")
        fields = data.fields if isinstance(data, Struct) else {}
        method, outside = (text_or_none(fields.get(name, 0.0)) for name in ("interpolant", "padmethod"))
        if method not in ("nearest", "linear", "cubic") or outside not in PADDINGS:
            raise take.refusal("imtransform", "R", "what makeresampler made", rest[0])
    elif values and text_or_none(values[0]) is not None:
        method = method_of(values.pop(0), "imtransform")
    take.no_options(values, "imtransform")
    if not image.size:
        raise take.refusal("imtransform", "input number 1, A,", "nonempty", A)

    def ends(value: Any, name: str) -> list[float] | None:
        return take.numbers(value, "imtransform", name, 2) if value is not None else None

    rows, columns = image.shape[:2]
    u, v = ends(UData, "UData") or [1.0, float(columns)], ends(VData, "VData") or [1.0, float(rows)]
    x, y = ends(XData, "XData"), ends(YData, "YData")
    if (x is None) != (y is None):
        raise ScriptError("images:imtransform:missingXData", "XData and YData go together.")
    if x is None or y is None:
        box = bounds_of(found, np.column_stack([sorted(u), sorted(v)]), "imtransform")
        x, y = box[:, 0].tolist(), box[:, 1].tolist()
        free = True
    else:
        free = False
    step_u = abs(u[1] - u[0]) / (columns - 1) if columns > 1 else 1.0
    step_v = abs(v[1] - v[0]) / (rows - 1) if rows > 1 else 1.0
    if Size is not None:
        high, wide = take.counts(Size, "imtransform", "Size", 2)
    else:
        steps = take.numbers(XYScale, "imtransform", "XYScale", (1, 2)) if XYScale is not None else [
            max(step_u, step_v)
        ]  # fmt: skip
        steps = steps * 2 if len(steps) == 1 else steps
        if min(steps) <= 0:
            raise take.refusal("imtransform", "XYScale", "positive", XYScale)
        wide = int(np.ceil(abs(x[1] - x[0]) / steps[0] - 1e-9)) + 1
        high = int(np.ceil(abs(y[1] - y[0]) / steps[1] - 1e-9)) + 1
        if free or XYScale is not None:
            x[1] = x[0] + (wide - 1) * steps[0] * (1 if x[1] >= x[0] else -1)
            y[1] = y[0] + (high - 1) * steps[1] * (1 if y[1] >= y[0] else -1)
    require_memory((high, wide, *image.shape[2:]), 32)
    grid_x, grid_y = np.meshgrid(np.linspace(*x, wide), np.linspace(*y, high))
    came = apply(found, "inverse", np.column_stack([grid_x.ravel(), grid_y.ravel()]), "imtransform")
    scale_u = (columns - 1) / (u[1] - u[0]) if u[1] != u[0] else 1.0
    scale_v = (rows - 1) / (v[1] - v[0]) if v[1] != v[0] else 1.0
    places = [
        ((came[:, 0] - u[0]) * scale_u + 1).reshape(grid_x.shape),
        ((came[:, 1] - v[0]) * scale_v + 1).reshape(grid_x.shape),
    ]
    made = resampled(image, places, method, fill_of(FillValues, image, 2, "imtransform"), outside)
    return norm(made), norm(np.array([x])), norm(np.array([y]))
