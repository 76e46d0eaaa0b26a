"""What regions of volumes measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_regions import same_size
from cnnscript.builtins.images.region_properties import (
    LEVELS,
    Region,
    array,
    as_structs,
    each,
    ratio,
    regions_of,
    row,
    words_of,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import is_cell, norm
from cnnscript.values.text import texts_or_none


def axis_lengths(region: Region) -> Any:
    """Of the ellipsoid with the same second moments, largest first; each voxel is a unit cube."""
    if not len(region.points):
        return row(np.zeros(3))
    points = region.points if region.points.shape[1] == 3 else np.pad(region.points, ((0, 0), (0, 1)))
    rest = points - points.mean(axis=0)
    spread = rest.T @ rest / len(rest) + np.eye(3) / 12
    return row(2 * np.sqrt(5 * np.linalg.eigvalsh(spread)[::-1]))


SHAPES: dict[str, Callable[[Region], Any]] = {
    "Volume": lambda region: region.area,
    "Centroid": Region.centroid,
    "BoundingBox": lambda region: row(region.box),
    "SubarrayIdx": Region.subarray,
    "Image": lambda region: array(region.mask),
    "EquivDiameter": lambda region: float((6 * region.area / np.pi) ** (1 / 3)),
    "Extent": lambda region: ratio(region.area, np.prod(region.box[len(region.shape) :])),
    "VoxelIdxList": lambda region: norm((region.places + 1.0).reshape(-1, 1)),
    "VoxelList": lambda region: array(region.points),
    "PrincipalAxisLength": axis_lengths,
}
VALUES = {"VoxelValues": LEVELS["PixelValues"], **{name: LEVELS[name] for name in LEVELS if name != "PixelValues"}}
UNKNOWN = ("Orientation", "EigenVectors", "EigenValues", "ConvexHull", "ConvexImage", "ConvexVolume", "Solidity",
           "SurfaceArea")  # fmt: skip


@builtin
def regionprops3(session, BW, /, *args):
    """
    stats = regionprops3(BW, properties)
    stats = regionprops3(CC, properties)
    stats = regionprops3(L, properties)
    stats = regionprops3(..., V, properties)

    What each region of a volume measures, as a table.

    Properties are 'basic' (Volume, Centroid and BoundingBox, which come without any), 'all' that are known here, or
    Volume, Centroid, BoundingBox, SubarrayIdx, Image, EquivDiameter, Extent, VoxelIdxList, VoxelList and
    PrincipalAxisLength; with a volume V of grey levels also VoxelValues, WeightedCentroid, MeanIntensity, MinIntensity
    and MaxIntensity. Hulls, surfaces and angles in space are not measured here.

    Examples
      >> BW = false(3, 3, 3); BW(1:2, 1, 1) = true; BW(3, 3, 3) = true;
      >> stats = regionprops3(BW)
      stats =
        2×3 table
          Volume        Centroid                      BoundingBox
          ______    _________________    ______________________________________
            2         1    1.5      1    0.5    0.5    0.5      1      2      1
            1         3      3      3    2.5    2.5    2.5      1      1      1
      >> regionprops3(BW, cat(3, ones(3), ones(3), 5 * ones(3)), 'MeanIntensity').MeanIntensity'
      ans =
           1     5

    See also regionprops, bwconncomp, bwlabeln.
    """
    shape, lists = regions_of(BW, "regionprops3")
    given = list(args)
    image = None
    if given and not is_cell(given[0]) and texts_or_none(given[0]) is None:
        image = take.pixels(given.pop(0), "regionprops3", "V")
        same_size(image, shape, "regionprops3")
    chosen: set[str] = set()
    for word in words_of(given, "regionprops3") or ["basic"]:
        name = take.choice(word, ("all", "basic", *SHAPES, *VALUES, *UNKNOWN), "regionprops3", "the property")
        if name in UNKNOWN:
            raise ScriptError("images:regionprops3:notMeasured", f"{name} is not measured here.")
        if name in VALUES and image is None:
            raise ScriptError("images:regionprops3:needsGrayscaleImage", f"The property '{name}' needs a volume V.")
        if name == "all":
            chosen |= {*SHAPES, *(VALUES if image is not None else ())}
        else:
            chosen |= {"Volume", "Centroid", "BoundingBox"} if name == "basic" else {name}
    measures = {name: measure for name, measure in (SHAPES | VALUES).items() if name in chosen}
    rows = [{name: measure(region) for name, measure in measures.items()} for region in each(lists, shape, image)]
    return session.call("struct2table", 1, as_structs(list(measures), rows), "AsArray", True)
