"""Where an image lies in the world: imref2d and imref3d."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import as_array, norm, size_text
from cnnscript.values.objects import Object


class SpatialReference(Object):
    """An image's size (rows, columns, planes) and the limits of its pixels in the world, for x, y (and z)."""

    methods = frozenset(
        ("contains", "intrinsicToWorld", "sizesMatch", "worldToIntrinsic", "worldToSubscript")
    )  # fmt: skip

    def __init__(self, size: tuple[int, ...], limits: list[tuple[float, float]]):
        self.class_name = f"imref{len(limits)}d"  # type: ignore[misc]
        self.image_size, self.limits = size, limits

    @property
    def counts(self) -> list[int]:
        """Pixels along x, y (and z)."""
        return [self.image_size[axis] for axis in [1, 0, 2][: len(self.limits)]]

    @property
    def extents(self) -> list[float]:
        """Of a pixel along x, y (and z)."""
        return [(high - low) / count for (low, high), count in zip(self.limits, self.counts, strict=True)]

    def property_names(self) -> list[str]:
        axes = "XYZ"[: len(self.limits)]
        names = [f"{axis}WorldLimits" for axis in axes] + ["ImageSize"]
        names += [f"PixelExtentInWorld{axis}" for axis in axes] + [f"ImageExtentInWorld{axis}" for axis in axes]
        return names + [f"{axis}IntrinsicLimits" for axis in axes]

    def get(self, name: str) -> Any:
        if name == "ImageSize":
            return norm(np.array([self.image_size], float))
        if name in self.property_names():
            axis = "XYZ".index(name[0] if name[1:] in ("WorldLimits", "IntrinsicLimits") else name[-1])
            low, high = self.limits[axis]
            if name.startswith("Pixel"):
                return self.extents[axis]
            if name.startswith("Image"):
                return high - low
            ends = (low, high) if name.endswith("WorldLimits") else (0.5, self.counts[axis] + 0.5)
            return norm(np.array([ends]))
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> Object:
        if name == "ImageSize":
            return SpatialReference(size_of_image(value, len(self.limits), self.class_name), self.limits)
        if name[1:] == "WorldLimits" and name in self.property_names():
            limits = list(self.limits)
            limits["XYZ".index(name[0])] = ends_of(value, name)
            return SpatialReference(self.image_size, limits)
        return super().set(name, value)

    def equals(self, other: Any) -> bool:
        return (
            isinstance(other, SpatialReference)
            and (self.image_size, self.limits) == (other.image_size, other.limits)
        )  # fmt: skip

    def intrinsic(self, places: list[np.ndarray]) -> list[np.ndarray]:
        """World coordinates as places in the image."""
        return [
            0.5 + (place - low) / extent
            for place, (low, _), extent in zip(places, self.limits, self.extents, strict=True)
        ]

    def world(self, places: list[np.ndarray]) -> list[np.ndarray]:
        return [
            low + (place - 0.5) * extent
            for place, (low, _), extent in zip(places, self.limits, self.extents, strict=True)
        ]


def default_reference(shape: tuple[int, ...], count: int = 2) -> SpatialReference:
    """That of an image nobody placed: pixel (1, 1) has its middle at (1, 1)."""
    size = tuple(int(shape[k]) if k < len(shape) else 1 for k in range(max(count, 2)))
    return SpatialReference(size, [(0.5, size[axis] + 0.5) for axis in [1, 0, 2][:count]])


def size_of_image(value: Any, count: int, function: str) -> tuple[int, ...]:
    given = take.pixels(value, function, "ImageSize").ravel(order="F").astype(float)
    if given.size < count or not ((given >= 1) & (given == np.floor(given)) & np.isfinite(given)).all():
        raise take.refusal(function, "ImageSize", f"{count} positive integers", value)
    return tuple(int(number) for number in given[:count])


def ends_of(value: Any, name: str) -> tuple[float, float]:
    low, high = take.numbers(value, "imref2d", name, 2)
    if not low < high:
        raise ScriptError("images:spatialref:expectedAscendingLimits", f"Expected {name} to be ascending.")
    return low, high


def referenced(values: tuple, count: int) -> SpatialReference:
    name = f"imref{count}d"
    if not values:
        return default_reference((2,) * count, count)
    size = size_of_image(values[0], count, name)
    if len(values) == 1:
        return default_reference(size, count)
    if len(values) != count + 1:
        raise ScriptError("images:spatialref:invalidNumberOfInputs", f"{name} takes 0, 1 or {count + 1} arguments.")
    counts = [size[axis] for axis in [1, 0, 2][:count]]
    if all(as_array(value).size == 1 for value in values[1:]):
        extents = [take.number(value, name, "the extent of a pixel") for value in values[1:]]
        if min(extents) <= 0:
            raise take.refusal(name, "the extent of a pixel", "positive", values[1])
        return SpatialReference(
            size, [(0.5 * extent, (n + 0.5) * extent) for n, extent in zip(counts, extents, strict=True)]
        )
    axes = "XYZ"[:count]
    return SpatialReference(
        size, [ends_of(value, f"{axis}WorldLimits") for axis, value in zip(axes, values[1:], strict=True)]
    )


@builtin
def imref2d(*values):
    """
    R = imref2d
    R = imref2d(imageSize)
    R = imref2d(imageSize, pixelExtentInWorldX, pixelExtentInWorldY)
    R = imref2d(imageSize, xWorldLimits, yWorldLimits)

    Where an image lies in the world: its size, and the limits that its pixels cover along x and y.

    Examples
      >> R = imref2d([256 512])
      R =
        imref2d with properties:
                 XWorldLimits: [0.5000 512.5000]
                 YWorldLimits: [0.5000 256.5000]
                    ImageSize: [256 512]
          PixelExtentInWorldX: 1
          PixelExtentInWorldY: 1
          ImageExtentInWorldX: 512
          ImageExtentInWorldY: 256
             XIntrinsicLimits: [0.5000 512.5000]
             YIntrinsicLimits: [0.5000 256.5000]
      >> R = imref2d([2 4], 0.5, 2); R.XWorldLimits
      ans =
          0.2500    2.2500
      >> R = imref2d([2 4], [0 8], [0 1]); [xi, yi] = worldToIntrinsic(R, 4, 0.5)
      xi =
          2.5000
      yi =
          1.5000

    See also imref3d, imwarp, worldToIntrinsic, worldToSubscript, affineOutputView.
    """
    return referenced(values, 2)


@builtin
def imref3d(*values):
    """
    R = imref3d
    R = imref3d(imageSize)
    R = imref3d(imageSize, pixelExtentInWorldX, pixelExtentInWorldY, pixelExtentInWorldZ)
    R = imref3d(imageSize, xWorldLimits, yWorldLimits, zWorldLimits)

    Where a volume lies in the world.

    Examples
      >> R = imref3d([2 3 4]); R.ZWorldLimits
      ans =
          0.5000    4.5000

    See also imref2d, imwarp.
    """
    return referenced(values, 3)


def reference_and_places(R: Any, values: tuple, function: str) -> tuple[SpatialReference, list[np.ndarray]]:
    if not isinstance(R, SpatialReference):
        raise take.refusal(function, "input number 1, R,", "an imref2d or imref3d object", R)
    if len(values) != len(R.limits):
        raise ScriptError("MATLAB:minrhs", f"{function} takes {len(R.limits)} coordinates after R.")
    places = [take.pixels(value, function, "a coordinate").astype(float) for value in values]
    shapes = {place.shape for place in places}
    if len(shapes) > 1:
        raise ScriptError(
            "images:spatialref:sizeMismatch", "The coordinates must have the same size.",
            notes=tuple(size_text(place.shape) for place in places),
        )  # fmt: skip
    return R, places


@builtin(outputs=3)
def worldToIntrinsic(nargout, R, /, *places):
    """
    [xIntrinsic, yIntrinsic] = worldToIntrinsic(R, xWorld, yWorld)

    World coordinates as places in the image, where the first pixel's middle is 1.

    Examples
      >> [xIntrinsic, yIntrinsic] = worldToIntrinsic(imref2d([10 10], 2, 2), [2 3], [4 20])
      xIntrinsic =
          1.0000    1.5000
      yIntrinsic =
           2    10

    See also intrinsicToWorld, worldToSubscript, imref2d.
    """
    reference, found = reference_and_places(R, places, "worldToIntrinsic")
    return tuple(norm(place) for place in reference.intrinsic(found))


@builtin(outputs=3)
def intrinsicToWorld(nargout, R, /, *places):
    """
    [xWorld, yWorld] = intrinsicToWorld(R, xIntrinsic, yIntrinsic)

    Places in the image as world coordinates.

    Examples
      >> [xWorld, yWorld] = intrinsicToWorld(imref2d([10 10], 2, 2), [1 5], [1 10])
      xWorld =
           2    10
      yWorld =
           2    20

    See also worldToIntrinsic, imref2d.
    """
    reference, found = reference_and_places(R, places, "intrinsicToWorld")
    return tuple(norm(place) for place in reference.world(found))


def within(reference: SpatialReference, places: list[np.ndarray]) -> np.ndarray:
    inside = np.ones(places[0].shape, bool)
    for place, (low, high) in zip(places, reference.limits, strict=True):
        inside &= (place >= low) & (place <= high)
    return inside


@builtin(outputs=3)
def worldToSubscript(nargout, R, /, *places):
    """
    [I, J] = worldToSubscript(R, xWorld, yWorld)

    The row and the column of the pixel at world coordinates; NaN outside the image.

    Examples
      >> [I, J] = worldToSubscript(imref2d([10 20]), [3.2 99], [4.6 1])
      I =
           5   NaN
      J =
           3   NaN

    See also worldToIntrinsic, imref2d.
    """
    reference, found = reference_and_places(R, places, "worldToSubscript")
    inside = within(reference, found)
    numbers = [
        np.where(inside, np.clip(np.floor(place + 0.5), 1, count), np.nan)
        for place, count in zip(reference.intrinsic(found), reference.counts, strict=True)
    ]
    return tuple(norm(numbers[axis]) for axis in [1, 0, 2][: len(numbers)])


@overload("imref2d", name="contains")
def contains_2d(R, /, *places):
    """
    tf = contains(R, xWorld, yWorld)

    Whether world coordinates lie in the image.

    Examples
      >> contains(imref2d([10 20]), [3 21], [4 4])
      ans =
        1×2 logical array
         1   0

    See also imref2d.
    """
    return norm(within(*reference_and_places(R, places, "contains")))


@overload("imref3d", name="contains")
def contains_3d(R, /, *places):
    """
    tf = contains(R, xWorld, yWorld, zWorld)

    Whether world coordinates lie in the volume.

    Examples
      >> contains(imref3d([10 20 5]), 3, 4, 6)
      ans =
        logical
         0

    See also imref3d.
    """
    return norm(within(*reference_and_places(R, places, "contains")))


@builtin
def sizesMatch(R, A, /):
    """
    tf = sizesMatch(R, A)

    Whether an image has the size that its reference says.

    Examples
      >> sizesMatch(imref2d([2 3]), ones(2, 3)), sizesMatch(imref2d([2 3]), ones(3))
      ans =
        logical
         1
      ans =
        logical
         0

    See also imref2d.
    """
    if not isinstance(R, SpatialReference):
        raise take.refusal("sizesMatch", "input number 1, R,", "an imref2d or imref3d object", R)
    shape = take.pixels(A, "sizesMatch", "A").shape
    shape = shape + (1,) * (len(R.limits) - len(shape))
    return tuple(shape[: len(R.limits)]) == R.image_size
