"""Geometric transformations as objects: affine, rigid, similarity, translation and projective ones, of planes and of
space, in MATLAB's older form (matrix T, points as rows) and its newer (matrix A, points as columns)."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.display.objects import short_name, titled
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import warping
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.objects import Object

# what a class can hold, in order of freedom; older classes have T, newer ones A
FREEDOM = {"translation": 0, "rigid": 1, "similarity": 2, "affine": 3, "projective": 4}
KINDS = {
    "affine2d": ("affine", 2, False), "affine3d": ("affine", 3, False),
    "rigid2d": ("rigid", 2, False), "rigid3d": ("rigid", 3, False),
    "projective2d": ("projective", 2, False),
    "affinetform2d": ("affine", 2, True), "affinetform3d": ("affine", 3, True),
    "simtform2d": ("similarity", 2, True), "simtform3d": ("similarity", 3, True),
    "rigidtform2d": ("rigid", 2, True), "rigidtform3d": ("rigid", 3, True),
    "transltform2d": ("translation", 2, True), "transltform3d": ("translation", 3, True),
    "projtform2d": ("projective", 2, True),
}  # fmt: skip
CLOSE = 1e-6  # by which the columns of a rotation may miss being orthonormal


class Transform(Object):
    """A transformation of points; `matrix` multiplies columns (x, y, 1).

    angle, factor   the rotation in degrees and the scale that it was made with, where it was (the matrix only has them
                    with the rounding of sines)
    """

    methods = frozenset(
        (
            "invert", "isRigid", "isSimilarity", "isTranslation", "outputLimits", "transformPointsForward",
            "transformPointsInverse",
        )
    )  # fmt: skip

    def __init__(self, class_name: str, matrix: np.ndarray, angle: float | None = None, factor: float | None = None):
        self.class_name = class_name  # type: ignore[misc]
        self.freedom, self.dimensions, self.newer = KINDS[class_name]
        self.matrix, self.angle, self.factor = matrix, angle, factor

    # ------------------------------------------------------------------------------------------------- properties
    def property_names(self) -> list[str]:
        if not self.newer:
            rigid = ["Rotation", "Translation"] if self.freedom == "rigid" else []
            return [*rigid, "T", "Dimensionality"]
        angle = ["RotationAngle"] if self.dimensions == 2 else []
        more = {
            "translation": ["Translation"],
            "rigid": [*angle, "Translation", "R"],
            "similarity": ["Scale", *angle, "Translation", "R"],
        }.get(self.freedom, [])
        return ["Dimensionality", *more, "A"]

    def get(self, name: str) -> Any:
        if name not in self.property_names():
            raise self.no_property(name)
        if name == "Dimensionality":
            return float(self.dimensions)
        if name == "A":
            return norm(np.asfortranarray(self.matrix))
        if name == "T":
            return norm(np.asfortranarray(self.matrix.T))
        if name == "Translation":
            return norm(self.matrix[:-1, -1].reshape(1, -1).copy())
        if name == "Scale":
            return self.scale
        turn = self.matrix[:-1, :-1] / self.scale
        if name == "RotationAngle":
            return self.angle if self.angle is not None else float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0])))
        return norm(np.asfortranarray(turn.T if name == "Rotation" else turn))

    @property
    def scale(self) -> float:
        if self.freedom != "similarity":
            return 1.0
        if self.factor is not None:
            return self.factor
        return float(abs(np.linalg.det(self.matrix[:-1, :-1])) ** (1 / self.dimensions))

    def set(self, name: str, value: Any) -> Object:
        if name not in self.property_names() or name == "Dimensionality":
            return super().set(name, value)
        matrix, angle, factor = self.matrix.copy(), self.angle, self.factor
        turn = matrix[:-1, :-1] / self.scale
        if name in ("A", "T"):
            return Transform(self.class_name, valid_matrix(self.class_name, value))
        if name == "Translation":
            matrix[:-1, -1] = take.numbers(value, self.class_name, "Translation", self.dimensions)
        elif name == "Scale":
            factor = take.number(value, self.class_name, "Scale")
            if not factor > 0:
                raise take.refusal(self.class_name, "Scale", "positive", value)
            matrix[:-1, :-1] = turn * factor
        elif name == "RotationAngle":
            angle = take.number(value, self.class_name, "RotationAngle")
            matrix[:-1, :-1] = plane_turn(angle) * self.scale
        else:
            found, angle = square(value, self.dimensions, self.class_name, name), None
            matrix[:-1, :-1] = (found.T if name == "Rotation" else found) * self.scale
        made_valid = valid_matrix(self.class_name, norm(matrix if self.newer else matrix.T))
        return Transform(self.class_name, made_valid, angle, factor)

    def equals(self, other: Any) -> bool:
        return (
            isinstance(other, Transform)
            and other.class_name == self.class_name
            and np.array_equal(self.matrix, other.matrix)
        )

    def disp(self, form: Any) -> str:
        names = self.property_names()
        if self.freedom == "rigid" and not self.newer:
            names = ["Rotation", "Translation"]
        text = titled(short_name(self.class_name), [(name, self.get(name)) for name in names], form)
        if not self.newer or len(names) < 3:
            return text
        # the matrix stands by itself, after what it is made of
        above, below = text.rsplit("A: ", 1)
        line = above.rfind("\n") + 1
        return above[:line] + form.blank + above[line:] + "A: " + below

    # -------------------------------------------------------------------------------------------------- what it does
    def forward(self, points: np.ndarray) -> np.ndarray:
        return warping.transformed(self.matrix, points)

    def inverse(self, points: np.ndarray) -> np.ndarray:
        return warping.transformed(np.linalg.inv(self.matrix), points)

    def limits(self, box: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return warping.moved_limits(self.matrix, box)


def plane_turn(angle: float) -> np.ndarray:
    cosine, sine = warping.cosine_sine(angle)
    return np.array(((cosine, -sine), (sine, cosine)))


def space_turn(angles: list[float]) -> np.ndarray:
    """Turned about x, then y, then z, by degrees."""
    (cx, sx), (cy, sy), (cz, sz) = (warping.cosine_sine(angle) for angle in angles)
    about_x = np.array(((1.0, 0, 0), (0, cx, -sx), (0, sx, cx)))
    about_y = np.array(((cy, 0.0, sy), (0, 1, 0), (-sy, 0, cy)))
    return np.array(((cz, -sz, 0.0), (sz, cz, 0), (0, 0, 1))) @ about_y @ about_x


def square(value: Any, size: int, function: str, argument: str) -> np.ndarray:
    array = take.pixels(value, function, argument).astype(float)
    if array.shape != (size, size):
        raise take.refusal(function, argument, f"a {size}-by-{size} matrix", value)
    return array


def valid_matrix(class_name: str, value: Any) -> np.ndarray:
    """The matrix (for columns) of a class from a program's A or T; MATLAB's errors for one that does not fit."""
    freedom, dimensions, newer = KINDS[class_name]
    name, size = "A" if newer else "T", dimensions + 1
    array = take.pixels(value, class_name, name).astype(float)
    if newer and array.shape == (dimensions, size):
        array = np.vstack([array, np.eye(size)[-1]])
    elif not newer and array.shape == (size, dimensions):
        array = np.column_stack([array, np.eye(size)[-1]])
    if array.shape != (size, size):
        raise take.refusal(class_name, name, f"a {size}-by-{size} matrix", value)
    if not np.isfinite(array).all():
        raise take.refusal(class_name, name, "finite", value)
    matrix = array if newer else array.T
    if freedom != "projective" and not np.array_equal(matrix[-1], np.eye(size)[-1]):
        last, other = ("row", "column") if newer else ("column", "row")
        raise ScriptError(
            "images:geotrans:invalidAffineMatrix",
            f"The final {last} of an affine transformation matrix must consist of zeroes, except for a one in the last "
            f"{other}.",
        )
    if np.linalg.matrix_rank(matrix) < size:
        raise ScriptError("images:geotrans:singularMatrix", "Transformation matrix is singular.")
    part = matrix[:-1, :-1]
    if freedom in ("rigid", "similarity", "translation"):
        factor = abs(np.linalg.det(part)) ** (1 / dimensions) if freedom == "similarity" else 1.0
        turn = part / factor
        unit = np.allclose(turn @ turn.T, np.eye(dimensions), atol=CLOSE) and np.linalg.det(turn) > 0
        if freedom == "translation":
            unit = np.array_equal(part, np.eye(dimensions))
        if not unit:
            raise ScriptError(
                "images:geotrans:invalidMatrix",
                f"The matrix must represent a {freedom}{' transformation' if freedom != 'translation' else ''}.",
            )
    return matrix.copy()


def made(class_name: str, values: tuple, counts: tuple[int, ...]) -> Transform:
    """What a class's function makes of its arguments."""
    freedom, dimensions, newer = KINDS[class_name]
    if len(values) not in counts:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not values:
        return Transform(class_name, np.eye(dimensions + 1))
    first = values[0]
    if isinstance(first, Transform):
        if first.dimensions != dimensions or len(values) > 1:
            raise take.refusal(class_name, "the transformation", f"a {dimensions}-D transformation", first)
        matrix = first.matrix
        return Transform(class_name, valid_matrix(class_name, norm(matrix if newer else matrix.T)))
    size = np.shape(as_array(first)) if not isinstance(first, Object) else ()
    if len(values) == 1:
        if newer and np.prod(size) == dimensions and freedom in ("rigid", "translation", "similarity"):
            matrix = np.eye(dimensions + 1)
            matrix[:-1, -1] = take.numbers(first, class_name, "Translation", dimensions)
            return Transform(class_name, matrix)
        return Transform(class_name, valid_matrix(class_name, first))
    matrix = np.eye(dimensions + 1)
    rest = list(values)
    if freedom == "translation":
        matrix[:-1, -1] = [take.number(value, class_name, "Translation") for value in values]
        return Transform(class_name, matrix)
    factor, angle = 1.0, None
    if freedom == "similarity":
        factor = take.number(rest.pop(0), class_name, "Scale")
        if not factor > 0:
            raise take.refusal(class_name, "Scale", "positive", first)
    turn = rest.pop(0)
    shape = np.shape(as_array(turn)) if not isinstance(turn, Object) else ()
    if shape == (dimensions, dimensions):
        found = square(turn, dimensions, class_name, "R")
        part = found if newer else found.T
    elif dimensions == 2 and newer:
        angle = take.number(turn, class_name, "RotationAngle")
        part = plane_turn(angle)
    elif dimensions == 3 and newer:
        part = space_turn(take.numbers(turn, class_name, "eulerAngles", 3))
    else:
        raise take.refusal(class_name, "the rotation", f"a {dimensions}-by-{dimensions} matrix", turn)
    matrix[:-1, :-1] = factor * part
    if rest:
        matrix[:-1, -1] = take.numbers(rest[0], class_name, "Translation", dimensions)
    return Transform(class_name, valid_matrix(class_name, norm(matrix if newer else matrix.T)), angle, factor)


# -------------------------------------------------------------------------------------------------------- older classes
@builtin
def affine2d(*values):
    """
    tform = affine2d
    tform = affine2d(T)

    An affine transformation of the plane by the matrix T: [x y 1] = [u v 1]*T.

    Examples
      >> tform = affine2d([2 0 0; 0 2 0; 10 20 1])
      tform =
        affine2d with properties:
                       T: [3×3 double]
          Dimensionality: 2
      >> tform.T
      ans =
           2     0     0
           0     2     0
          10    20     1

    See also affinetform2d, projective2d, rigid2d, imwarp, transformPointsForward, invert.
    """
    return made("affine2d", values, (0, 1))


@builtin
def affine3d(*values):
    """
    tform = affine3d
    tform = affine3d(T)

    An affine transformation of space by the matrix T: [x y z 1] = [u v w 1]*T.

    Examples
      >> tform = affine3d([1 0 0 0; 0 1 0 0; 0 0 1 0; 5 6 7 1]); tform.T(4, :)
      ans =
           5     6     7     1

    See also affine2d, affinetform3d, imwarp.
    """
    return made("affine3d", values, (0, 1))


@builtin
def rigid2d(*values):
    """
    tform = rigid2d
    tform = rigid2d(T)
    tform = rigid2d(rot, trans)

    A rotation and a shift of the plane; rot is 2-by-2, for points that are rows.

    Examples
      >> tform = rigid2d([0 1; -1 0], [2 3])
      tform =
        rigid2d with properties:
             Rotation: [2×2 double]
          Translation: [2 3]

    See also rigidtform2d, affine2d, imwarp.
    """
    return made("rigid2d", values, (0, 1, 2))


@builtin
def rigid3d(*values):
    """
    tform = rigid3d
    tform = rigid3d(T)
    tform = rigid3d(rot, trans)

    A rotation and a shift of space; rot is 3-by-3, for points that are rows.

    Examples
      >> tform = rigid3d(eye(3), [1 2 3]); tform.Translation
      ans =
           1     2     3

    See also rigidtform3d, affine3d.
    """
    return made("rigid3d", values, (0, 1, 2))


@builtin
def projective2d(*values):
    """
    tform = projective2d
    tform = projective2d(T)

    A projective transformation of the plane by the matrix T: [u v 1]*T, divided by its last element.

    Examples
      >> tform = projective2d([1 0 0.01; 0 1 0; 0 0 1]); transformPointsForward(tform, [100 50])
      ans =
          50    25

    See also projtform2d, affine2d, imwarp.
    """
    return made("projective2d", values, (0, 1))


# -------------------------------------------------------------------------------------------------------- newer classes
@builtin
def affinetform2d(*values):
    """
    tform = affinetform2d
    tform = affinetform2d(A)
    tform = affinetform2d(tformIn)

    An affine transformation of the plane by the matrix A: [x; y; 1] = A*[u; v; 1].

    A may be 2-by-3.

    Examples
      >> tform = affinetform2d([2 0 10; 0 2 20])
      tform =
        affinetform2d with properties:
          Dimensionality: 2
                       A: [3×3 double]
      >> affinetform2d(affine2d([1 0 0; 0 1 0; 3 4 1])).A
      ans =
           1     0     3
           0     1     4
           0     0     1

    See also simtform2d, rigidtform2d, transltform2d, projtform2d, affine2d, imwarp.
    """
    return made("affinetform2d", values, (0, 1))


@builtin
def affinetform3d(*values):
    """
    tform = affinetform3d
    tform = affinetform3d(A)
    tform = affinetform3d(tformIn)

    An affine transformation of space by the matrix A: [x; y; z; 1] = A*[u; v; w; 1].

    Examples
      >> tform = affinetform3d([1 0 0 5; 0 1 0 6; 0 0 1 7]); tform.A(:, 4)'
      ans =
           5     6     7     1

    See also affinetform2d, affine3d, imwarp.
    """
    return made("affinetform3d", values, (0, 1))


@builtin
def simtform2d(*values):
    """
    tform = simtform2d
    tform = simtform2d(Scale, RotationAngle, Translation)
    tform = simtform2d(Scale, R, Translation)
    tform = simtform2d(A)
    tform = simtform2d(tformIn)

    A scale, a rotation (degrees) and a shift of the plane.

    Examples
      >> tform = simtform2d(2, 30, [10 20])
      tform =
        simtform2d with properties:
          Dimensionality: 2
                   Scale: 2
           RotationAngle: 30
             Translation: [10 20]
                       R: [2×2 double]
                       A: [3×3 double]
      >> simtform2d(3, [0 -1; 1 0], [1 2]).A
      ans =
           0    -3     1
           3     0     2
           0     0     1

    See also rigidtform2d, affinetform2d, transltform2d, imwarp.
    """
    return made("simtform2d", values, (0, 1, 3))


@builtin
def simtform3d(*values):
    """
    tform = simtform3d
    tform = simtform3d(Scale, eulerAngles, Translation)
    tform = simtform3d(Scale, R, Translation)
    tform = simtform3d(A)

    A scale, rotations (degrees about x, y and z, in this order) and a shift of space.

    Examples
      >> tform = simtform3d(2, [0 0 90], [1 2 3]); tform.A
      ans =
           0    -2     0     1
           2     0     0     2
           0     0     2     3
           0     0     0     1

    See also simtform2d, rigidtform3d, affinetform3d.
    """
    return made("simtform3d", values, (0, 1, 3))


@builtin
def rigidtform2d(*values):
    """
    tform = rigidtform2d
    tform = rigidtform2d(Translation)
    tform = rigidtform2d(RotationAngle, Translation)
    tform = rigidtform2d(R, Translation)
    tform = rigidtform2d(A)
    tform = rigidtform2d(tformIn)

    A rotation (degrees) and a shift of the plane.

    Examples
      >> tform = rigidtform2d(30, [2 3])
      tform =
        rigidtform2d with properties:
          Dimensionality: 2
           RotationAngle: 30
             Translation: [2 3]
                       R: [2×2 double]
                       A: [3×3 double]
      >> rigidtform2d(90, [5 6]).A
      ans =
           0    -1     5
           1     0     6
           0     0     1

    See also simtform2d, transltform2d, affinetform2d, rigid2d, imwarp.
    """
    return made("rigidtform2d", values, (0, 1, 2))


@builtin
def rigidtform3d(*values):
    """
    tform = rigidtform3d
    tform = rigidtform3d(Translation)
    tform = rigidtform3d(eulerAngles, Translation)
    tform = rigidtform3d(R, Translation)
    tform = rigidtform3d(A)

    Rotations (degrees about x, y and z, in this order) and a shift of space.

    Examples
      >> tform = rigidtform3d([0 0 90], [1 2 3]); tform.R
      ans =
           0    -1     0
           1     0     0
           0     0     1

    See also rigidtform2d, simtform3d, rigid3d.
    """
    return made("rigidtform3d", values, (0, 1, 2))


@builtin
def transltform2d(*values):
    """
    tform = transltform2d
    tform = transltform2d(Translation)
    tform = transltform2d(t_x, t_y)
    tform = transltform2d(A)
    tform = transltform2d(tformIn)

    A shift of the plane.

    Examples
      >> tform = transltform2d(10, 20.5)
      tform =
        transltform2d with properties:
          Dimensionality: 2
             Translation: [10 20.5000]
                       A: [3×3 double]

    See also transltform3d, rigidtform2d, imtranslate, imwarp.
    """
    return made("transltform2d", values, (0, 1, 2))


@builtin
def transltform3d(*values):
    """
    tform = transltform3d
    tform = transltform3d(Translation)
    tform = transltform3d(t_x, t_y, t_z)
    tform = transltform3d(A)

    A shift of space.

    Examples
      >> tform = transltform3d([1 2 3]); tform.Translation
      ans =
           1     2     3

    See also transltform2d, rigidtform3d.
    """
    return made("transltform3d", values, (0, 1, 3))


@builtin
def projtform2d(*values):
    """
    tform = projtform2d
    tform = projtform2d(A)
    tform = projtform2d(tformIn)

    A projective transformation of the plane by the matrix A: A*[u; v; 1], divided by its last element.

    Examples
      >> tform = projtform2d([1 0 0; 0 1 0; 0.01 0 1]); [x, y] = transformPointsForward(tform, 100, 50)
      x =
          50
      y =
          25

    See also affinetform2d, projective2d, imwarp.
    """
    return made("projtform2d", values, (0, 1))
