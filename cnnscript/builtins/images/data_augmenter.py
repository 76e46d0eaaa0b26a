"""imageDataAugmenter: random changes of the images that a network is trained with."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform, plane_turn
from cnnscript.builtins.images.image_augmentation import NOTHING, UNIT, drawn
from cnnscript.builtins.images.image_warping import fill_of, warped
from cnnscript.builtins.images.spatial_references import SpatialReference
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images.warping import QUICK_CLASSES, look_up_all_moved, look_up_moved
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import as_array, is_cell, norm

REFLECTIONS = ("RandXReflection", "RandYReflection")
LAST = ("RandXShear", "RandYShear", "RandXTranslation", "RandYTranslation")


class DataAugmenter(NamedValues):
    """The ranges from which random transformations are drawn."""

    class_name = "imageDataAugmenter"
    methods = frozenset(("augment",))

    def checked(self, name: str, value: Any) -> Any:
        return checked(name, value)

    def equals(self, other: Any) -> bool:
        return isinstance(other, DataAugmenter) and repr(self.values) == repr(other.values)

    def matrix(self, session: Any) -> np.ndarray:
        """One transformation about the middle of an image: mirrored, turned, scaled, sheared and shifted."""
        return self.matrices(session, 1)[0][0]

    def matrices(self, session: Any, count: int, more: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """count×3×3 transformations, and `more` uniform numbers with each: the session's random numbers are used up
        image by image, first for its transformation."""
        whole = self.values["RandScale"]
        together = isinstance(whole, Function) or not np.array_equal(as_array(whole), UNIT)
        names = [*REFLECTIONS, "RandRotation", *(["RandScale"] if together else ["RandXScale", "RandYScale"]), *LAST]
        limits = [self.limits(name) for name in names]
        wanted = [low != high for low, high in limits] + [True] * more
        if any(isinstance(self.values[name], Function) for name in names):
            uniforms, called = np.zeros((count, len(wanted))), np.zeros((count, len(names)))
            for row in range(count):
                for k, draws in enumerate(wanted):
                    value = self.values[names[k]] if k < len(names) else None
                    if isinstance(value, Function):
                        called[row, k] = drawn(session, value, self.class_name, names[k])
                    elif draws:
                        uniforms[row, k] = session.random.uniforms(1)[0]
        else:
            uniforms = np.zeros((count, len(wanted)))
            uniforms[:, wanted] = session.random.uniforms(count * sum(wanted)).reshape(count, -1)
        values = {}
        for k, (name, (low, high)) in enumerate(zip(names, limits, strict=True)):
            is_called = isinstance(self.values[name], Function)
            values[name] = called[:, k] if is_called else low + (high - low) * uniforms[:, k]
        return composed(values), uniforms[:, len(names) :]

    def limits(self, name: str) -> tuple[float, float]:
        """From where to where a number is drawn; a function counts as one that is not."""
        value = self.values[name]
        if name in REFLECTIONS:
            return (0.0, 1.0) if value else (0.0, 0.0)
        return (0.0, 0.0) if isinstance(value, Function) else tuple(value[0].tolist())


def composed(values: dict[str, np.ndarray]) -> np.ndarray:
    """N×3×3 transformations of N values of each kind; a mirroring above 0.5 is one."""
    count = len(values["RandRotation"])
    scales = [values.get("RandScale", values.get(name)) for name in ("RandXScale", "RandYScale")]
    shears = [np.tan(np.radians(values[name])) for name in ("RandXShear", "RandYShear")]
    turns = np.array([plane_turn(angle) for angle in values["RandRotation"].tolist()]).reshape(count, 2, 2)
    signs = np.stack([np.where(values[name] > 0.5, -1.0, 1.0) for name in REFLECTIONS], 1)
    part = turns * signs[:, None, :] * np.stack(scales, 1)[:, :, None]
    part[:, 0] += shears[0][:, None] * part[:, 1]
    part[:, 1] += shears[1][:, None] * part[:, 0]
    matrices = np.zeros((count, 3, 3))
    matrices[:, :2, :2] = part
    matrices[:, 0, 2], matrices[:, 1, 2], matrices[:, 2, 2] = values["RandXTranslation"], values["RandYTranslation"], 1
    return matrices


def checked(name: str, value: Any) -> Any:
    """The value of a property, or an error that names it."""
    if name == "FillValue":
        given = take.numbers(value, "imageDataAugmenter", name, (1, 3))
        return norm(np.array([given]))
    if name in ("RandXReflection", "RandYReflection"):
        return take.flag(value, "imageDataAugmenter", name)
    if isinstance(value, Function):
        return value
    low, high = take.numbers(value, "imageDataAugmenter", name, 2)
    if not low <= high or not np.isfinite((low, high)).all():
        raise take.refusal("imageDataAugmenter", name, "two rising numbers", value)
    if "Scale" in name and low <= 0:
        raise take.refusal("imageDataAugmenter", name, "positive", value)
    if "Shear" in name and not -90 < low <= high < 90:
        raise take.refusal("imageDataAugmenter", name, "between -90 and 90 degrees", value)
    return norm(np.array([[low, high]]))


@builtin
def imageDataAugmenter(
    *,
    FillValue=0.0,
    RandXReflection=False,
    RandYReflection=False,
    RandRotation=NOTHING,
    RandScale=UNIT,
    RandXScale=UNIT,
    RandYScale=UNIT,
    RandXShear=NOTHING,
    RandYShear=NOTHING,
    RandXTranslation=NOTHING,
    RandYTranslation=NOTHING,
):
    """
    augmenter = imageDataAugmenter
    augmenter = imageDataAugmenter(Name=Value)

    Random changes for training images: mirrored, turned, scaled, sheared and shifted about their middle.

    Each range is [low high], or a function of no arguments that gives the number.

    Options
      FillValue         what comes from outside: a number (0), or three for colour
      RandXReflection   whether to mirror left and right half of the times (false)
      RandYReflection   whether to mirror up and down half of the times (false)
      RandRotation      degrees ([0 0])
      RandScale         factor of both directions ([1 1]); RandXScale and RandYScale then do not count
      RandXScale        factor from left to right ([1 1])
      RandYScale        factor from top to bottom ([1 1])
      RandXShear        degrees ([0 0])
      RandYShear        degrees ([0 0])
      RandXTranslation  pixels ([0 0])
      RandYTranslation  pixels ([0 0])

    Examples
      >> augmenter = imageDataAugmenter('RandXReflection', true, 'RandRotation', [-20 20], 'RandXTranslation', [-3 3])
      augmenter =
        imageDataAugmenter with properties:
                 FillValue: 0
           RandXReflection: 1
           RandYReflection: 0
              RandRotation: [-20 20]
                 RandScale: [1 1]
                RandXScale: [1 1]
                RandYScale: [1 1]
                RandXShear: [0 0]
                RandYShear: [0 0]
          RandXTranslation: [-3 3]
          RandYTranslation: [0 0]

    See also augment, randomAffine2d, imwarp.
    """
    given = {
        "FillValue": FillValue, "RandXReflection": RandXReflection, "RandYReflection": RandYReflection,
        "RandRotation": RandRotation, "RandScale": RandScale, "RandXScale": RandXScale, "RandYScale": RandYScale,
        "RandXShear": RandXShear, "RandYShear": RandYShear, "RandXTranslation": RandXTranslation,
        "RandYTranslation": RandYTranslation,
    }  # fmt: skip
    return DataAugmenter({name: checked(name, value) for name, value in given.items()})


@builtin
def augment(session, augmenter, A, /):
    """
    augI = augment(augmenter, I)
    augI = augment(augmenter, {I1, I2, ...})

    An image changed at random as an imageDataAugmenter says; the size stays.

    The images of a cell are all changed alike; categories are copied, other images interpolated linearly.

    Examples
      >> augmenter = imageDataAugmenter(RandXTranslation=[1 1], FillValue=7);
      >> augI = augment(augmenter, [1 2 3; 4 5 6])
      augI =
           7     1     2
           7     4     5
      >> augI = augment(augmenter, {[1 2], uint8([3 4])})
      augI =
        1×2 cell array
          {[7 1]}    {[7 3]}

    See also imageDataAugmenter, randomAffine2d, imwarp.
    """
    if not isinstance(augmenter, DataAugmenter):
        raise take.refusal("augment", "input number 1", "an imageDataAugmenter", augmenter)
    matrix = augmenter.matrix(session)
    if not is_cell(A):
        return changed(augmenter, matrix, A)
    made = np.empty(A.shape, object, order="F")
    for place, image in np.ndenumerate(A):
        made[place] = changed(augmenter, matrix, image)
    return made


def changed(augmenter: DataAugmenter, matrix: np.ndarray, image: Any) -> Any:
    labels = image if isinstance(image, Categorical) else None
    array = labels.codes if labels is not None else take.pixels(image, "augment", "the image")
    if not array.size:
        return image
    rows, columns = array.shape[:2]
    about_middle = SpatialReference((rows, columns), [(-columns / 2, columns / 2), (-rows / 2, rows / 2)])
    fill: Any = 0.0
    if labels is None:
        values = augmenter.values["FillValue"]
        grey = array.ndim == 2 or array.shape[2] != np.size(values)
        fill = fill_of(np.ravel(values)[:1] if grey else values, array, 2, "augment")
    if labels is None and array.ndim < 4 and array.dtype.name in QUICK_CLASSES and (
        array.dtype.kind == "u" or np.isfinite(array).all()
    ):
        return norm(look_up_moved(array, about_corner(matrix, rows, columns), fill))
    move = Transform("affinetform2d", matrix)
    method = "linear" if labels is None else "nearest"
    made = warped(array, about_middle, move, about_middle, method, fill, False)
    return norm(made) if labels is None else Categorical(made, list(labels.names), labels.ordinal, labels.protected)


def all_changed(augmenter: DataAugmenter, matrices: np.ndarray, images: np.ndarray) -> np.ndarray:
    """What `changed` gives for each of N images of one size, N×H×W×C of a class in QUICK_CLASSES and finite."""
    _, rows, columns, planes = images.shape
    values = augmenter.values["FillValue"]
    fill = fill_of(np.ravel(values)[:1] if planes != np.size(values) else values, images[0], 2, "augment")
    return look_up_all_moved(images, about_corner(matrices, rows, columns), fill)


def about_corner(matrices: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """From places in the changed image to those in the image, counted from 0 at the middle of the first pixel: of one
    matrix or of many."""
    middle = np.array(((columns - 1) / 2, (rows - 1) / 2))
    back = np.linalg.inv(matrices)[..., :2, :]
    back[..., 2] += middle - back[..., :2] @ middle
    return back
