"""Objects that hold others in an axes: groups, and groups that are moved, turned or stretched as one."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import Property, array, on_off, text

IN_AXES = ("axes", "hggroup", "hgtransform")


def matrix(value: Any) -> np.ndarray:
    """A 4×4 matrix that is no projection."""
    made = array(value)
    if made.shape != (4, 4) or not np.isfinite(made.astype(float)).all():
        raise ValueError("Value must be a 4x4 transform matrix.")
    return made.astype(float)


class Group(Graphic):
    """hggroup: objects that are shown, hidden, named and deleted together."""

    kind, class_name = "hggroup", "matlab.graphics.primitive.Group"
    shown = ("Children", "Visible", "HitTest")
    homes = IN_AXES
    own: ClassVar = {
        "Annotation": Property(part="Annotation"),
        "DisplayName": Property("", text),
        "Clipping": Property(True, on_off),
        "AlignVertexCenters": Property(False, on_off, hidden=True),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        reaches = [
            reach
            for child in members(self)
            if hasattr(child, "extent") and (reach := child.extent(letter)) is not None
        ]
        return (min(low for low, _ in reaches), max(high for _, high in reaches)) if reaches else None


class Transform(Group):
    """hgtransform: a group whose members are drawn through a matrix."""

    kind, class_name = "hgtransform", "matlab.graphics.primitive.Transform"
    shown = ("Children", "Visible", "HitTest", "Matrix")
    own: ClassVar = {"Matrix": Property(lambda: np.eye(4), matrix)}


def members(group: Graphic) -> list[Graphic]:
    """What a group shows, itself and the groups in it taken apart, moved by the matrices on the way."""
    found: list[Graphic] = []
    for child in group.children:
        if not child.value("Visible"):
            continue
        inner = members(child) if isinstance(child, Group) else [child]
        found += [moved(each, group.value("Matrix")) for each in inner] if isinstance(group, Transform) else inner
    return found


def moved(node: Graphic, by: np.ndarray) -> Graphic:
    """An object as it looks through a matrix: a copy that belongs to the same parent."""
    if (by == np.eye(4)).all():
        return node
    made = copy.copy(node)
    made.values = dict(node.values)
    if "Vertices" in node.table and node.value("Vertices") is not None:
        points = np.asarray(node.value("Vertices"), float)
        points = np.column_stack([points, np.zeros((len(points), 3 - points.shape[1]))])
        made.values["Vertices"] = turned(points, by)
    elif "XData" in node.table:
        x, y = (np.asarray(node.get(name), float) for name in ("XData", "YData"))
        z = np.asarray(node.value("ZData"), float) if "ZData" in node.table else np.zeros(0)
        if x.shape != y.shape and z.ndim == 2:  # the columns and rows of a surface
            x, y = np.meshgrid(x.ravel(), y.ravel())
        flat = z.size != x.size
        z = np.zeros(x.shape) if flat else z.reshape(x.shape)
        placed = turned(np.stack([x.ravel(), y.ravel(), z.ravel()], axis=1), by)
        for name, column in zip(("XData", "YData", "ZData"), placed.T, strict=True):
            if name != "ZData" or not flat or (np.abs(column) > 1e-12).any():
                made.values[name] = column.reshape(x.shape)
    elif node.kind == "rectangle":
        left, bottom, width, height = node.value("Position")
        corners = turned(np.array([[left, bottom, 0], [left + width, bottom + height, 0]]), by)
        low, high = corners.min(0), corners.max(0)
        made.values["Position"] = np.array([low[0], low[1], high[0] - low[0], high[1] - low[1]])
    elif node.kind == "text":
        made.values["Position"] = turned(np.asarray(node.value("Position"), float).reshape(1, 3), by)[0]
    return made


def turned(points: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Points (n×3) through a 4×4 matrix."""
    with_one = np.column_stack([points, np.ones(len(points))]) @ by.T
    return with_one[:, :3] / with_one[:, 3:]
