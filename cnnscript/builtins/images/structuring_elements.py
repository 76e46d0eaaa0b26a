"""Structuring elements: the shapes that images are grown and shrunk by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import shapes
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none


class StructuringElement(Object):
    """What strel gives: a shape that images are grown and shrunk by.

    shape  truth, or (offsetstrel) heights with -Inf where there is nothing
    word   what it was made as
    parts  shapes that make it one after the other; empty: it is one itself
    """

    class_name = "strel"
    methods = frozenset(("reflect", "translate", "decompose", "getnhood", "getneighbors", "getheight", "getsequence"))
    article, shown = "", "Neighborhood"

    def __init__(self, shape: np.ndarray, word: str = "arbitrary", parts: tuple[np.ndarray, ...] = ()):
        self.shape = shape
        self.word = word
        self.parts = parts

    def property_names(self) -> list[str]:
        return [self.shown, "Dimensionality"]

    def get(self, name: str) -> Any:
        if name == self.shown:
            return norm(np.asfortranarray(self.shape))
        if name == "Dimensionality":
            return float(self.shape.ndim)
        raise self.no_property(name)

    def equals(self, other: Any) -> bool:
        return type(other) is type(self) and np.array_equal(self.shape, other.shape)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        items: list[StructuringElement] = []
        for part in parts:
            items += part.items if isinstance(part, StructuringElements) else [part]
        if any(type(item) is not type(self) for item in items):
            return super().concatenate(parts, axis)
        return StructuringElements(items, axis == 1)

    def disp(self, form: Any) -> str:
        size = "×".join(map(str, self.shape.shape))
        loose = "" if form.spacing == "compact" else "\n"
        kind = "logical" if self.shape.dtype == bool else "double"
        width = max(len(self.shown) + 6, 18)
        return (
            f"{self.class_name} is a {self.word} shaped {self.article}structuring element with properties:\n{loose}"
            f"{self.shown:>{width}}: [{size} {kind}]\n{'Dimensionality':>{width}}: {self.shape.ndim}\n"
        )


class OffsetElement(StructuringElement):
    """What offsetstrel gives: a shape with heights."""

    class_name = "offsetstrel"
    article, shown = "offset ", "Offset"


class StructuringElements(Object):
    """Several of them in a row or a column."""

    methods = StructuringElement.methods

    def __init__(self, items: list[StructuringElement], across: bool = False):
        self.items = items
        self.across = across
        self.class_name = items[0].class_name if items else "strel"  # type: ignore[misc]

    def size(self) -> tuple[int, ...]:
        return (1, len(self.items)) if self.across else (len(self.items), 1)

    def index(self, args: tuple) -> Any:
        places = np.arange(1.0, len(self.items) + 1).reshape(self.size())
        from cnnscript.values.indexing import index

        chosen = np.asarray(index(norm(places), args), float).reshape(-1)
        found = [self.items[int(place) - 1] for place in chosen]
        return found[0] if len(found) == 1 else StructuringElements(found, self.across)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return self.items[0].concatenate(parts, axis)

    def get(self, name: str) -> Any:
        raise ScriptError("MATLAB:index:expected_one_output_for_assignment", f"{name} is that of one element: SE(k).")

    def disp(self, form: Any) -> str:
        rows, columns = self.size()
        loose = "" if form.spacing == "compact" else "\n"
        shown = self.items[0].shown if self.items else "Neighborhood"
        return f"  {rows}×{columns} {self.class_name} array with properties:\n{loose}    {shown}\n    Dimensionality\n"


def shapes_of(value: Any, function: str) -> list[np.ndarray]:
    """The shapes of a strel, of an array or a cell of them, or of a matrix of zeros and ones."""
    if isinstance(value, StructuringElement):
        return [value.shape]
    if isinstance(value, StructuringElements):
        return [item.shape for item in value.items]
    if is_cell(value) and value.size:
        return [shape for item in value.ravel(order="F") for shape in shapes_of(item, function)]
    array = take.pixels(value, function, "the structuring element")
    return [array != 0]


def element_of(value: Any, function: str) -> StructuringElement:
    if isinstance(value, StructuringElement):
        return value
    raise take.refusal(function, "SE", "a strel or an offsetstrel", value)


def square(size: int) -> StructuringElement:
    return box((size, size), "square")


def box(sides: tuple[int, ...], word: str) -> StructuringElement:
    require_memory(sides, 1)
    parts = tuple(
        np.ones([n if k == axis else 1 for k in range(len(sides))], bool) for axis, n in enumerate(sides) if n > 1
    )
    return StructuringElement(np.ones(sides, bool), word, parts if len(parts) > 1 else ())


def reach(value: Any, what: str = "the size") -> int:
    size = take.count(value, "strel", what)
    require_memory((2 * size + 1, 2 * size + 1), 8)
    return size


def make_disk(radius: Any, lines: Any = 4.0) -> StructuringElement:
    size, count = reach(radius, "the radius"), take.count(lines, "strel", "n")
    if count not in (0, 4, 6, 8):
        raise take.refusal("strel", "n", "0, 4, 6 or 8", lines)
    parts = tuple(shapes.disk_parts(size, count)) if count and size >= 3 else ()
    return StructuringElement(shapes.disk(size, count), "disk", parts)


def make_line(length: Any, degrees: Any) -> StructuringElement:
    size, angle = take.number(length, "strel", "the length"), take.number(degrees, "strel", "the angle")
    if not 0 <= size < np.inf or not np.isfinite(angle):
        raise take.refusal("strel", "the length", "a nonnegative finite number", length)
    require_memory((int(size) + 1, int(size) + 1), 1)
    return StructuringElement(shapes.line(max(size, 1), angle), "line")


def make_octagon(radius: Any) -> StructuringElement:
    size = reach(radius)
    if size % 3:
        raise take.refusal("strel", "the size of an octagon", "a multiple of 3", radius)
    lines = np.zeros((4, 3, 3), bool)
    lines[0, 1] = lines[1, :, 1] = True
    lines[2] = np.eye(3, dtype=bool)
    lines[3] = lines[2, ::-1]
    return StructuringElement(shapes.octagon(size), "octagon", tuple(lines) * (size // 3))


def offset_of(value: Any) -> tuple[int, int]:
    found = take.numbers(value, "strel", "the offset", 2)
    if any(not np.isfinite(number) or number != int(number) for number in found):
        raise take.refusal("strel", "the offset", "two integers", value)
    require_memory(tuple(2 * abs(int(number)) + 1 for number in found), 1)
    return int(found[0]), int(found[1])


def make_pair(offset: Any) -> StructuringElement:
    return StructuringElement(shapes.pair(*offset_of(offset)), "pair")


def make_periodic_line(count: Any, offset: Any) -> StructuringElement:
    steps, (down, across) = take.count(count, "strel", "p"), offset_of(offset)
    require_memory((2 * steps * abs(down) + 1, 2 * steps * abs(across) + 1), 1)
    return StructuringElement(shapes.ray(steps, down, across), "periodicline")


def make_sphere(radius: Any) -> StructuringElement:
    size = take.count(radius, "strel", "the radius")
    require_memory((2 * size + 1,) * 3, 24)
    return StructuringElement(shapes.ball(size), "sphere")


SHAPES: dict[str, tuple[Callable[..., StructuringElement], tuple[int, ...]]] = {  # and how many numbers they take
    "arbitrary": (lambda nhood: StructuringElement(shapes_of(nhood, "strel")[0]), (1, 2)),
    "ball": (lambda radius, height, lines=8.0: offset_ball(radius, height, lines), (2, 3)),
    "cube": (lambda side: box((take.count(side, "strel", "the side"),) * 3, "cube"), (1,)),
    "cuboid": (lambda sides: box(tuple(take.counts(sides, "strel", "[m n p]", 3)), "cuboid"), (1,)),
    "diamond": (lambda size: StructuringElement(shapes.diamond(reach(size)), "diamond"), (1,)),
    "disk": (make_disk, (1, 2)),
    "line": (make_line, (2,)),
    "octagon": (make_octagon, (1,)),
    "pair": (make_pair, (1,)),
    "periodicline": (make_periodic_line, (2,)),
    "rectangle": (lambda sides: box(tuple(take.counts(sides, "strel", "[m n]", 2)), "rectangle"), (1,)),
    "sphere": (make_sphere, (1,)),
    "square": (lambda side: square(take.count(side, "strel", "the width")), (1,)),
}


@builtin
def strel(shape, /, *sizes):
    """
    SE = strel(nhood)
    SE = strel('disk', r)
    SE = strel('disk', r, n)
    SE = strel('square', w)
    SE = strel('rectangle', [m n])
    SE = strel('line', len, deg)
    SE = strel('sphere', r)

    A shape for imdilate, imerode, imopen and imclose.

    nhood is an array of zeros and ones. The other shapes are 'diamond' and 'octagon', with their reach, 'pair' with the
    place [rows columns] of its second point, 'periodicline' with p and [rows columns] from point to point, and in space
    'cube' with its side and 'cuboid' with [m n p]. A disk is made of n lines (4, the default, 6 or 8) as MATLAB makes
    it, or with n = 0 of all pixels within r.

    Examples
      >> SE = strel('disk', 2); SE.Neighborhood
      ans =
        5×5 logical array
         0   0   1   0   0
         0   1   1   1   0
         1   1   1   1   1
         0   1   1   1   0
         0   0   1   0   0
      >> size(strel('disk', 15, 4).Neighborhood), sum(strel('square', 3).Neighborhood, 'all')
      ans =
          29    29
      ans =
           9
      >> strel('line', 3, 90).Neighborhood', size(strel('rectangle', [2 3]).Neighborhood), strel([0 1]).Neighborhood
      ans =
        1×3 logical array
         1   1   1
      ans =
           2     3
      ans =
        1×2 logical array
         0   1
      >> SE = strel('sphere', 2)
      SE =
      strel is a sphere shaped structuring element with properties:
            Neighborhood: [5×5×5 logical]
          Dimensionality: 3

    See also offsetstrel, imdilate, imerode, imopen, imclose, decompose, reflect, translate.
    """
    if text_or_none(shape) is None:
        if sizes:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        return StructuringElement(shapes_of(shape, "strel")[0])
    word = take.choice(shape, tuple(SHAPES), "strel", "the shape")
    make, counts = SHAPES[word]
    if len(sizes) < counts[0]:
        raise ScriptError("MATLAB:minrhs", f"strel('{word}') takes its size.")
    if len(sizes) > counts[-1]:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if word == "arbitrary" and len(sizes) == 2:
        return offset_arbitrary(sizes[0], sizes[1])
    return make(*sizes)


def offset_arbitrary(nhood: Any, heights: Any) -> OffsetElement:
    mask, height = shapes_of(nhood, "strel")[0], take.pixels(heights, "strel", "the heights").astype(float)
    if mask.shape != height.shape:
        raise take.refusal("strel", "the heights", "as large as nhood", heights)
    return OffsetElement(np.where(mask, height, -np.inf))


def offset_ball(radius: Any, height: Any, lines: Any) -> OffsetElement:
    size, top = reach(radius, "the radius"), take.number(height, "offsetstrel", "h")
    if take.number(lines, "offsetstrel", "n") not in (0, 2, 4, 6, 8):
        raise take.refusal("offsetstrel", "n", "0, 2, 4, 6 or 8", lines)
    return OffsetElement(shapes.dome(size, top), "ball")


@builtin
def offsetstrel(shape, /, *sizes):
    """
    SE = offsetstrel(offset)
    SE = offsetstrel('ball', r, h)
    SE = offsetstrel('ball', r, h, n)

    A shape with heights, that are added where an image is grown and taken away where it is shrunk; -Inf in offset is
    nothing.

    The ball is half an ellipsoid of radius r and height h, exact for every n (MATLAB comes near it with n lines unless
    n is 0).

    Examples
      >> SE = offsetstrel([0 1 0])
      SE =
      offsetstrel is a arbitrary shaped offset structuring element with properties:
                  Offset: [1×3 double]
          Dimensionality: 2
      >> imdilate([0 0 5 0], SE)
      ans =
           1     5     6     5
      >> offsetstrel('ball', 1, 6).Offset
      ans =
        -Inf     0  -Inf
           0     6     0
        -Inf     0  -Inf
      >> size(offsetstrel('ball', 5, 6, 0).Offset)
      ans =
          11    11

    See also strel, imdilate, imerode.
    """
    if text_or_none(shape) is None:
        heights = take.pixels(shape, "offsetstrel", "offset").astype(float)
        if np.isnan(heights).any() or (heights == np.inf).any():
            raise take.refusal("offsetstrel", "offset", "numbers, or -Inf for nothing", shape)
        return OffsetElement(heights)
    take.choice(shape, ("ball",), "offsetstrel", "the shape")
    if len(sizes) not in (2, 3):
        raise ScriptError("MATLAB:minrhs", "offsetstrel('ball') takes its radius and its height.")
    return offset_ball(sizes[0], sizes[1], sizes[2] if len(sizes) > 2 else 8.0)


# ---------------------------------------------------------------------------------------------------- made of others
@builtin
def reflect(SE, /):
    """
    SE2 = reflect(SE)

    A structuring element mirrored in its middle.

    Examples
      >> reflect(strel([0 0 1])).Neighborhood
      ans =
        1×3 logical array
         1   0   0

    See also strel, translate, decompose.
    """
    element = element_of(SE, "reflect")
    nothing = 0 if element.shape.dtype == bool else -np.inf
    return type(element)(shapes.turned(element.shape, nothing), element.word)


@builtin
def translate(SE, V, /):
    """
    SE2 = translate(SE, V)

    A structuring element moved by V rows, columns, ...

    Examples
      >> translate(strel(1), [0 2]).Neighborhood
      ans =
        1×5 logical array
         0   0   0   0   1

    See also strel, reflect, decompose.
    """
    if hasattr(SE, "class_name") and not isinstance(SE, StructuringElement):
        raise take.refusal("translate", "SE", "a strel or an offsetstrel", SE)
    element = element_of(SE, "translate")
    found = take.numbers(V, "translate", "V", element.shape.ndim)
    if any(not np.isfinite(number) or number != int(number) for number in found):
        raise take.refusal("translate", "V", "integers", V)
    offset = tuple(int(number) for number in found)
    require_memory(tuple(n + 2 * abs(by) for n, by in zip(element.shape.shape, offset, strict=True)), 8)
    nothing = 0 if element.shape.dtype == bool else -np.inf
    return type(element)(shapes.moved(element.shape, offset, nothing))


@builtin
def decompose(SE, /):
    """
    seq = decompose(SE)

    The small shapes that make a structuring element, one after the other.

    Examples
      >> seq = decompose(strel('square', 5))
      seq =
        2×1 strel array with properties:
          Neighborhood
          Dimensionality
      >> size(seq(2).Neighborhood)
      ans =
           1     5

    See also strel, imdilate, reflect, translate.
    """
    element = element_of(SE, "decompose")
    if not element.parts:
        return element
    items = [StructuringElement(part, "line" if min(part.shape) == 1 else "periodicline") for part in element.parts]
    return items[0] if len(items) == 1 else StructuringElements(items)


@builtin
def getnhood(SE, /):
    """
    nhood = getnhood(SE)

    The zeros and ones of a structuring element.

    Examples
      >> getnhood(strel('pair', [0 1]))
      ans =
        1×3 logical array
         0   1   1

    See also strel, getneighbors.
    """
    shape = element_of(SE, "getnhood").shape
    return norm(np.asfortranarray(shape if shape.dtype == bool else np.isfinite(shape)))


@builtin
def getheight(SE, /):
    """
    h = getheight(SE)

    The heights of a structuring element: zeros for a flat one, and where there is nothing.

    Examples
      >> getheight(offsetstrel([1 2 1])), getheight(strel([1 0 1]))
      ans =
           1     2     1
      ans =
           0     0     0

    See also offsetstrel, getnhood, getneighbors.
    """
    shape = element_of(SE, "getheight").shape
    heights = np.zeros(shape.shape) if shape.dtype == bool else np.where(np.isfinite(shape), shape, 0.0)
    return norm(np.asfortranarray(heights))


@builtin
def getsequence(SE, /):
    """
    seq = getsequence(SE)

    The small shapes that make a structuring element (decompose is newer).

    Examples
      >> size(getsequence(strel('rectangle', [3 4])))
      ans =
           2     1

    See also decompose, strel.
    """
    return decompose(SE)


@builtin(outputs=2)
def getneighbors(nargout, SE, /):
    """
    offsets = getneighbors(SE)
    [offsets, heights] = getneighbors(SE)

    Where the ones of a structuring element lie from its middle, and their heights.

    Examples
      >> [offsets, heights] = getneighbors(strel([1 0 1]))
      offsets =
           0    -1
           0     1
      heights =
           0     0

    See also strel, getnhood.
    """
    shape = element_of(SE, "getneighbors").shape
    mask = shape if shape.dtype == bool else np.isfinite(shape)
    flat = np.flatnonzero(mask.ravel(order="F"))
    middle = [(n - 1) // 2 for n in shape.shape]
    places = np.stack(np.unravel_index(flat, shape.shape, order="F"), axis=1) - middle
    heights = np.zeros(len(flat)) if shape.dtype == bool else shape.ravel(order="F")[flat]
    return norm(np.asfortranarray(places.astype(float))), norm(heights.reshape(1, -1))
