"""What regions measure: regionprops, and regions chosen by what they measure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import components, labels_of, mask_of, neighbours_of, painted, same_size
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import connected, measures
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, is_cell, norm
from cnnscript.values.structs import Struct, struct_of_own
from cnnscript.values.text import text_or_none, texts_or_none
from cnnscript.values.warn import warn


class Region:
    """One region, measured when it is asked.  places: from 0 down the columns; image: the grey image, or None."""

    def __init__(self, places: np.ndarray, shape: tuple[int, ...], image: np.ndarray | None, known: tuple):
        self.places = places
        self.shape = shape
        self.image = image  # as a vector
        self.points, self.box, self.middle = known

    @cached_property
    def mask(self) -> np.ndarray:
        return measures.mask_in_box(self.points, self.box)

    @cached_property
    def area(self) -> float:
        return float(len(self.places))

    @cached_property
    def ellipse(self) -> dict[str, float]:
        return measures.ellipse(self.points)

    @cached_property
    def filled(self) -> np.ndarray:
        return measures.filled(self.mask)

    @cached_property
    def convex(self) -> np.ndarray:
        return measures.convex_image(self.mask, self.box)

    @cached_property
    def perimeter(self) -> float:
        return measures.perimeter(self.mask)

    @cached_property
    def values(self) -> np.ndarray:
        assert self.image is not None
        return self.image[self.places]

    def centroid(self) -> Any:
        return row(self.middle)

    def weighted_centroid(self) -> Any:
        weights = self.values.astype(float)
        total = weights.sum()
        return row(weights @ self.points / total if len(weights) else np.full(len(self.shape), np.nan))

    def subarray(self) -> Any:
        made = np.empty((1, len(self.shape)), OBJECT)
        low, size = np.split(self.box, 2)
        for axis in range(len(self.shape)):
            at = 1 - axis if axis < 2 else axis  # the box begins with x
            made[0, axis] = row(np.arange(low[at] + 0.5, low[at] + 0.5 + size[at]))
        return made

    def calipers(self, measure: Callable) -> tuple[Any, Any, Any]:
        if not len(self.places):
            return 0.0, 0.0, norm(np.zeros((0, 2)))
        length, angle, ends = measure(self.mask, self.box)
        return float(length), angle, norm(np.asfortranarray(ends))

    def level(self, choose: Callable) -> Any:
        return norm(choose(self.values).reshape(1, 1)) if self.values.size else norm(np.zeros((0, 0)))


def each(lists: list[np.ndarray], shape: tuple[int, ...], image: np.ndarray | None) -> list[Region]:
    """The regions of an image."""
    flat = None if image is None else image.ravel(order="F")
    there = [at for at, places in enumerate(lists) if len(places)]
    known = zip(*measures.coordinates_of_all([lists[at] for at in there], shape), strict=True)
    nothing = np.zeros((0, len(shape)))
    # labels may be large numbers of which few are there: the others share one region without pixels
    empty = Region(
        np.zeros(0, np.intp), shape, flat,
        (nothing, measures.box_of(nothing, len(shape)), np.full(len(shape), np.nan)),
    )  # fmt: skip
    made = [empty] * len(lists)
    for at, one in zip(there, known, strict=True):
        made[at] = Region(lists[at], shape, flat, one)
    return made


def row(values: np.ndarray) -> Any:
    return norm(np.asarray(values, float).reshape(1, -1))


def array(values: np.ndarray) -> Any:
    return norm(np.asfortranarray(values))


SHAPES: dict[str, Callable[[Region], Any]] = {  # in MATLAB's order
    "Area": lambda region: region.area,
    "Centroid": Region.centroid,
    "BoundingBox": lambda region: row(region.box),
    "SubarrayIdx": Region.subarray,
    "MajorAxisLength": lambda region: region.ellipse["MajorAxisLength"],
    "MinorAxisLength": lambda region: region.ellipse["MinorAxisLength"],
    "Eccentricity": lambda region: region.ellipse["Eccentricity"],
    "Orientation": lambda region: region.ellipse["Orientation"],
    "ConvexHull": lambda region: array(measures.convex_hull(region.mask, region.box)),
    "ConvexImage": lambda region: array(region.convex),
    "ConvexArea": lambda region: float(region.convex.sum()),
    "Circularity": lambda region: measures.circularity(region.area, region.perimeter),
    "Image": lambda region: array(region.mask),
    "FilledImage": lambda region: array(region.filled),
    "FilledArea": lambda region: float(region.filled.sum()),
    "EulerNumber": lambda region: float(connected.euler_number(region.mask)),
    "Extrema": lambda region: array(measures.extrema(region.points)),
    "EquivDiameter": lambda region: float(np.sqrt(4 * region.area / np.pi)),
    "Solidity": lambda region: ratio(region.area, region.convex.sum()),
    "Extent": lambda region: ratio(region.area, np.prod(region.box[2:])),
    "PixelIdxList": lambda region: norm((region.places + 1.0).reshape(-1, 1)),
    "PixelList": lambda region: array(region.points),
    "Perimeter": lambda region: region.perimeter,
    "PerimeterOld": lambda region: measures.old_perimeter(region.mask),
}
CALIPERS = {"MaxFeretProperties": ("MaxFeret", measures.widest), "MinFeretProperties": ("MinFeret", measures.narrowest)}
LEVELS: dict[str, Callable[[Region], Any]] = {
    "PixelValues": lambda region: norm(region.values.reshape(-1, 1)),
    "WeightedCentroid": Region.weighted_centroid,
    "MeanIntensity": lambda region: float(region.values.mean(dtype=float)) if region.values.size else np.nan,
    "MinIntensity": lambda region: region.level(np.min),
    "MaxIntensity": lambda region: region.level(np.max),
}
IN_SPACE = {
    "Area", "Centroid", "BoundingBox", "SubarrayIdx", "Image", "FilledImage", "FilledArea", "PixelIdxList", "PixelList",
    *LEVELS,
}  # fmt: skip
BASIC = ["Area", "Centroid", "BoundingBox"]


def ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def regions_of(value: Any, function: str) -> tuple[tuple[int, ...], list[np.ndarray]]:
    """The size of the image and the places of each region of a mask, a label matrix (numbers below 1 are background,
    fractions are dropped) or a struct of bwconncomp."""
    if type(value) is Struct:
        shape, lists, _ = components(value, function)
        return shape, lists
    given = take.pixels(value, function, "the regions")
    if given.dtype == bool:
        labels, count = connected.labelled(given, connected.maximal(given.ndim))
    else:
        if given.dtype.kind == "f" and not np.isfinite(given).all():
            raise take.refusal(function, "L", "a label matrix of finite numbers", value)
        labels = np.maximum(np.floor(given) if given.dtype.kind == "f" else given, 0)
        labels = labels.astype(np.int64) if labels.max(initial=0) < 2**53 else labels_of(value, function)
        count = int(labels.max(initial=0))
        require_memory((count,), 8)
    return labels.shape, connected.members(labels, count)


def wanted(words: list[str], levels: bool, function: str) -> list[str]:
    """The properties that words ask for, in MATLAB's order."""
    known = [*SHAPES, *LEVELS, *CALIPERS]
    chosen: set[str] = set()
    for word in words:
        found = take.choice(word, ("all", "basic", *known), function, "the property")
        if found == "all":
            chosen |= {*SHAPES, *CALIPERS, *(LEVELS if levels else ())}
        else:
            chosen |= set(BASIC) if found == "basic" else {found}
    if not levels and (missing := [name for name in LEVELS if name in chosen]):
        raise ScriptError(
            f"images:{function}:needsGrayscaleImage",
            f"The property '{missing[0]}' needs a grayscale image I.",
            hint=f"{function}(BW, I, '{missing[0]}')",
        )
    return [name for name in known if name in chosen]


def measured(regions: list[Region], names: list[str]) -> tuple[list[str], list[dict[str, Any]]]:
    """The fields of the properties, and a dictionary of them for each region."""
    fields: list[str] = []
    for name in names:
        if name in CALIPERS:
            prefix = CALIPERS[name][0]
            fields += [f"{prefix}Diameter", f"{prefix}Angle", f"{prefix}Coordinates"]
        else:
            fields.append(name)
    rows: list[dict[str, Any]] = []
    nothing: dict[str, Any] | None = None  # what a region without pixels measures
    for region in regions:
        if nothing is not None and not len(region.places):
            rows.append(dict(nothing))
            continue
        found: dict[str, Any] = {}
        for name in names:
            if name in CALIPERS:
                prefix, measure = CALIPERS[name]
                for ending, value in zip(
                    ("Diameter", "Angle", "Coordinates"), region.calipers(measure), strict=True
                ):
                    found[prefix + ending] = value
            else:
                found[name] = (SHAPES.get(name) or LEVELS[name])(region)
        rows.append(found)
        if not len(region.places):
            nothing = found
    return fields, rows


def as_structs(fields: list[str], rows: list[dict[str, Any]]) -> Any:
    data = np.empty((len(rows), 1), OBJECT)
    for at, found in enumerate(rows):
        data[at, 0] = found
    return struct_of_own(fields, data)


@builtin
def regionprops(session, A, /, *args):
    """
    stats = regionprops(BW, properties)
    stats = regionprops(CC, properties)
    stats = regionprops(L, properties)
    stats = regionprops(..., I, properties)
    stats = regionprops(output, ...)

    What each region of a mask, of bwconncomp or of a label matrix measures, as a struct array, or with the output
    'table' as a table.

    Properties are words, or a cell or string array of them: 'basic' (Area, Centroid and BoundingBox, which come without
    any), 'all', or Area, BoundingBox, Centroid, Circularity, ConvexArea, ConvexHull, ConvexImage, Eccentricity,
    EquivDiameter, EulerNumber, Extent, Extrema, FilledArea, FilledImage, Image, MajorAxisLength, MaxFeretProperties,
    MinFeretProperties, MinorAxisLength, Orientation, Perimeter, PerimeterOld, PixelIdxList, PixelList, Solidity,
    SubarrayIdx; with a grey image I also MaxIntensity, MeanIntensity, MinIntensity, PixelValues and WeightedCentroid.
    In space only those of boxes, pixels and grey levels are known. Our own arithmetic after MATLAB's formulas; where a
    hull begins, and which of several equal diameters is told, is ours.

    Examples
      >> BW = logical([1 1 0 0; 1 1 0 0; 0 0 0 1]); stats = regionprops(BW)
      stats =
        2×1 struct array with fields:
          Area
          Centroid
          BoundingBox
      >> stats(1).Centroid, stats(2).BoundingBox
      ans =
          1.5000    1.5000
      ans =
          3.5000    2.5000    1.0000    1.0000
      >> T = regionprops('table', BW, 'Area', 'Eccentricity')
      T =
        2×2 table
          Area    Eccentricity
          ____    ____________
           4           0
           1           0
      >> s = regionprops([1 1 2], uint8([10 20 30]), {'MeanIntensity', 'MaxIntensity'}); [s.MeanIntensity]
      ans =
          15    30
      >> regionprops(bwconncomp(true(3)), 'Perimeter').Perimeter
      ans =
          7.4760

    See also bwconncomp, bwlabel, bwareafilt, bwpropfilt, bwferet, labelmatrix.
    """
    output = "struct"
    first: Any = A
    given = list(args)
    if text_or_none(A) is not None:
        output = take.choice(A, ("struct", "table"), "regionprops", "the output")
        if not given:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        first = given.pop(0)
    shape, lists = regions_of(first, "regionprops")
    image = None
    if given and not is_cell(given[0]) and texts_or_none(given[0]) is None:
        image = take.pixels(given.pop(0), "regionprops", "I")
        same_size(image, shape, "regionprops")
    names = wanted(words_of(given, "regionprops") or ["basic"], image is not None, "regionprops")
    if len(shape) > 2 and (flat := [name for name in names if name not in IN_SPACE]):
        asked = {word.lower() for word in words_of(given, "regionprops")}
        if "all" not in asked:
            warn(
                "images:regionprops:invalidMeasurement",
                f"The properties {', '.join(flat)} are for regions of a plane and are left out.",
            )
        names = [name for name in names if name in IN_SPACE]
    fields, rows = measured(each(lists, shape, image), names)
    made = as_structs(fields, rows)
    if output == "table":
        return session.call("struct2table", 1, made, "AsArray", True)
    return made


def words_of(values: list[Any], function: str) -> list[str]:
    """The words among arguments: text, string arrays and cells of text."""
    found: list[str] = []
    for value in values:
        words = texts_or_none(value)
        if words is None:
            raise take.refusal(function, "the properties", "names of properties", value)
        found += words
    return found


# ------------------------------------------------------------------------------------------------- chosen by a measure
FILTERS = (
    "Area", "ConvexArea", "Circularity", "Eccentricity", "EquivDiameter", "EulerNumber", "Extent", "FilledArea",
    "MajorAxisLength", "MinorAxisLength", "Orientation", "Perimeter", "PerimeterOld", "Solidity",
    "MaxIntensity", "MeanIntensity", "MinIntensity",
)  # fmt: skip


def chosen_regions(mask: np.ndarray, values: list[float], lists: list[np.ndarray], rest: list[Any], function: str):
    """The mask of the regions whose measures lie in a range, or that are the n largest or smallest."""
    numbers = take.numbers(rest[0], function, "the range or the count", (1, 2))
    measure = np.array(values, float)
    if len(numbers) == 2:
        if len(rest) > 1:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        if not numbers[0] <= numbers[1]:
            raise take.refusal(function, "the range", "two numbers that do not fall", rest[0])
        kept = np.flatnonzero((measure >= numbers[0]) & (measure <= numbers[1]))
    else:
        count = take.count(rest[0], function, "n")
        word = take.choice(rest[1], ("largest", "smallest"), function, "keep") if len(rest) > 1 else "largest"
        order = np.argsort(-measure if word == "largest" else measure, kind="stable")
        kept = order[:count]
    found = np.zeros(mask.size, bool)
    if len(kept):
        found[np.concatenate([lists[at] for at in kept])] = True
    return norm(found.reshape(mask.shape, order="F"))


def with_conn(rest: list[Any], mask: np.ndarray, function: str) -> tuple[list[np.ndarray], list[Any]]:
    """The regions of a mask by the connectivity at the end of the arguments, and the other arguments."""
    last = len(rest) > 1 and text_or_none(rest[-1]) is None
    neighbours = neighbours_of(rest.pop(), function, mask.ndim) if last else connected.maximal(mask.ndim)
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    labels, count = connected.labelled(mask, neighbours)
    return connected.members(labels, count), rest


@builtin
def bwareafilt(BW, range_, /, *rest):
    """
    BW2 = bwareafilt(BW, [low high])
    BW2 = bwareafilt(BW, n)
    BW2 = bwareafilt(BW, n, keep)
    BW2 = bwareafilt(..., conn)

    A mask with only the regions of an area in a range, or the n largest (or 'smallest'); of equals the first stay.

    Examples
      >> bwareafilt(logical([1 0 1 1 0 1 1 1]), [2 3])
      ans =
        1×8 logical array
         0   0   1   1   0   1   1   1
      >> bwareafilt(logical([1 0 1 1 0 1 1 1]), 1)
      ans =
        1×8 logical array
         0   0   0   0   0   1   1   1
      >> bwareafilt(logical(eye(2)), 1, 'smallest', 4)
      ans =
        2×2 logical array
         1   0
         0   0

    See also bwareaopen, bwpropfilt, regionprops.
    """
    mask = mask_of(BW, "bwareafilt")
    if mask.ndim != 2:
        raise take.refusal("bwareafilt", "BW", "a matrix", BW)
    lists, given = with_conn([range_, *rest], mask, "bwareafilt")
    return chosen_regions(mask, [float(len(places)) for places in lists], lists, given, "bwareafilt")


@builtin
def bwpropfilt(BW, /, *args):
    """
    BW2 = bwpropfilt(BW, attrib, [low high])
    BW2 = bwpropfilt(BW, attrib, n)
    BW2 = bwpropfilt(BW, attrib, n, keep)
    BW2 = bwpropfilt(BW, I, attrib, ...)
    BW2 = bwpropfilt(..., conn)

    A mask with only the regions that measure something in a range, or the n that measure most (or 'smallest').

    attrib is a property of regionprops that is one number; those of grey levels take the image I.

    Examples
      >> BW = logical([1 0 1 1 1; 1 0 0 0 0]);
      >> bwpropfilt(BW, 'Eccentricity', [0.9 1])
      ans =
        2×5 logical array
         0   0   1   1   1
         0   0   0   0   0
      >> I = magic(5); bwpropfilt(BW, I(1:2, :), 'MaxIntensity', 1, 'smallest', 4)
      ans =
        2×5 logical array
         0   0   1   1   1
         0   0   0   0   0

    See also bwareafilt, regionprops.
    """
    mask = mask_of(BW, "bwpropfilt")
    given = list(args)
    image = None
    if given and text_or_none(given[0]) is None:
        image = take.pixels(given.pop(0), "bwpropfilt", "I")
        same_size(image, mask.shape, "bwpropfilt")
    if len(given) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    if mask.ndim != 2:
        raise take.refusal("bwpropfilt", "BW", "a matrix", BW)
    name = take.choice(given.pop(0), FILTERS, "bwpropfilt", "attrib")
    wanted([name], image is not None, "bwpropfilt")
    lists, given = with_conn(given, mask, "bwpropfilt")
    _, rows = measured(each(lists, mask.shape, image), [name])
    return chosen_regions(mask, [float(found[name]) for found in rows], lists, given, "bwpropfilt")


@builtin(outputs=2)
def bwferet(session, nargout, BW, /, *properties):
    """
    out = bwferet(BW)
    out = bwferet(BW, properties)
    out = bwferet(CC, properties)
    out = bwferet(L, properties)
    [out, LM] = bwferet(...)

    How wide and how narrow the regions are between parallel lines, as a table: diameter, angle in degrees and ends.

    Properties are 'MaxFeretProperties' (without any), 'MinFeretProperties' or 'all'. Measured between the corners of
    pixels.

    Examples
      >> out = bwferet(true(1, 2))
      out =
        1×3 table
          MaxDiameter    MaxAngle    MaxCoordinates
          ___________    ________    ______________
            2.2361        26.565      {2×2 double}
      >> [out, LM] = bwferet([1 1 1; 0 0 0], 'MinFeretProperties'); out.MinDiameter, LM
      ans =
           1
      LM =
        2×3 uint8 matrix
         1   1   1
         0   0   0

    See also regionprops, bwconncomp.
    """
    given = take.pixels(BW, "bwferet") if type(BW) is not Struct else None
    if given is not None and given.ndim != 2:
        raise take.refusal("bwferet", "BW", "a matrix", BW)
    shape, lists = regions_of(BW, "bwferet")
    words = words_of(list(properties), "bwferet") or ["MaxFeretProperties"]
    chosen = {take.choice(word, ("all", *CALIPERS), "bwferet", "the property") for word in words}
    names = [name for name in CALIPERS if "all" in chosen or name in chosen]
    fields, rows = measured(each(lists, shape, None), names)
    fields = [field.replace("Feret", "") for field in fields]
    rows = [{name.replace("Feret", ""): value for name, value in found.items()} for found in rows]
    table = session.call("struct2table", 1, as_structs(fields, rows), "AsArray", True)
    count = len(lists)
    return table, norm(painted(shape, lists, np.uint8 if count <= 255 else np.uint16 if count <= 65535 else np.uint32))
