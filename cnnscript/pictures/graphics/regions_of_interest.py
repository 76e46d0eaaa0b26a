"""Regions of interest: shapes over a picture that say which of its pixels are meant."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import (
    BLACK,
    Check,
    Property,
    anything,
    choice,
    colour,
    number,
    on_off,
    part,
    positive,
    text,
    vector,
)

BLUE = (0.0, 0.447, 0.741)


def points(count: int | None = None) -> Check:
    """n x 2 numbers (or `count` x 2): x and y of each point; may be empty."""

    def check(value: Any) -> np.ndarray:
        array = np.asarray(value)
        if array.size == 0:
            return np.zeros((0, 2))
        if array.ndim != 2 or array.shape[1] != 2 or array.dtype.kind not in "fiub":
            raise ValueError("Value must be an n-by-2 numeric array of x- and y-coordinates.")
        if count is not None and len(array) != count:
            raise ValueError(f"Value must be a {count}-by-2 numeric array of x- and y-coordinates.")
        if not np.isfinite(array.astype(float)).all():
            raise ValueError("Value must be finite.")
        return array.astype(float)

    return check


def finite(length: int, nonnegative: tuple[int, ...] = ()) -> Check:
    """`length` finite numbers; those at some places not below 0."""
    known = vector(length)

    def check(value: Any) -> Any:
        if np.size(value) == 0:
            return None
        found = known(value)
        if not np.isfinite(found).all() or any(found[at] < 0 for at in nonnegative):
            raise ValueError("Value must be finite, and sizes not negative.")
        return found

    return check


class RegionOfInterest(Graphic):
    """What all of them have.  `outline` gives the corners of what is drawn; none while the place is not known."""

    closed = True
    methods = frozenset(("createMask", "inROI"))
    events = (
        "MovingROI", "ROIMoved", "ROIClicked", "DrawingStarted", "DrawingFinished", "DeletingROI", "AddingVertex",
        "VertexAdded", "DeletingVertex", "VertexDeleted", "AddingWaypoint", "WaypointAdded", "RemovingWaypoint",
        "WaypointRemoved",
    )  # fmt: skip
    own = {
        "Color": Property(BLUE, colour()),
        "SelectedColor": Property("none", colour("none")),
        "StripeColor": Property("none", colour("none")),
        "LineWidth": Property(2.25, positive),
        "EdgeAlpha": Property(1.0, part),
        "MarkerSize": Property(8.0, positive),
        "Label": Property("", text),
        "LabelVisible": Property("on", choice("on", "hover", "inside", "off")),
        "LabelAlpha": Property(1.0, part),
        "LabelTextColor": Property(BLACK, colour()),
        "InteractionsAllowed": Property("all", choice("all", "none", "translate", "reshape")),
        "Deletable": Property(True, on_off),
        "DrawingArea": Property("auto", anything),
        "Selected": Property(False, on_off),
        "ContextMenu": Property(None, anything),
    }

    def extent(self, letter: str) -> tuple[float, float] | None:
        return None  # what is meant of a picture does not change what is seen of it

    def outline(self) -> np.ndarray:
        return np.zeros((0, 2))

    def markers(self) -> np.ndarray:
        """Where it could be taken hold of."""
        return self.outline()

    def inside(self, rows: int, columns: int, x: tuple[float, float], y: tuple[float, float]) -> np.ndarray:
        """The mask (rows x columns) of a picture whose first and last pixel middles lie at x and y."""
        from cnnscript.pictures.images import polygons

        outline = self.outline()
        across = pixel_of(outline[:, 0], x, columns)
        down = pixel_of(outline[:, 1], y, rows)
        return polygons.mask_of(across, down, rows, columns)

    def holds(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Which points lie inside, or on the outline."""
        outline = self.outline()
        if len(outline) < 3:
            return np.zeros(len(x), bool)
        from cnnscript.pictures.images import polygons

        return polygons.holds(outline, x, y)


def pixel_of(values: np.ndarray, ends: tuple[float, float], count: int) -> np.ndarray:
    first, last = ends
    return values - first + 1 if count == 1 or last == first else (values - first) * (count - 1) / (last - first) + 1


FACE = {"FaceAlpha": Property(0.2, part), "FaceSelectable": Property(True, on_off)}
SEEN = {"MarkersVisible": Property("on", choice("on", "hover", "off"))}


class RectangleRegion(RegionOfInterest):
    kind, class_name = "images.roi.rectangle", "images.roi.Rectangle"
    shown = ("Position", "RotationAngle", "AspectRatio", "Label")
    own = {
        **FACE, **SEEN,
        "Position": Property(None, finite(4, (2, 3))),
        "RotationAngle": Property(0.0, number),
        "Rotatable": Property(False, on_off),
        "FixedAspectRatio": Property(False, on_off),
        "AspectRatio": Property(1.0, positive),
        "Vertices": Property(None),
    }  # fmt: skip

    def get_Position(self) -> np.ndarray:
        found = self.value("Position")
        return np.zeros((0, 0)) if found is None else found

    def get_AspectRatio(self) -> float:
        found = self.value("Position")
        return float(found[3] / found[2]) if found is not None and found[2] else self.value("AspectRatio")

    def get_Vertices(self) -> np.ndarray:
        return self.outline()

    def outline(self) -> np.ndarray:
        found = self.value("Position")
        if found is None:
            return np.zeros((0, 2))
        left, top, width, height = found
        corners = np.array([(left, top), (left, top + height), (left + width, top + height), (left + width, top)])
        return turned(corners, self.value("RotationAngle"))

    def markers(self) -> np.ndarray:
        corners = self.outline()
        return np.vstack((corners, (corners + np.roll(corners, -1, axis=0)) / 2))


def turned(corners: np.ndarray, degrees: float) -> np.ndarray:
    """Points turned about their middle, clockwise as the eye sees it on a picture."""
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return (corners - middle) @ turn + middle if degrees else corners


ROUND = np.linspace(0, 2 * np.pi, 181)[:-1]


class CircleRegion(RegionOfInterest):
    kind, class_name = "images.roi.circle", "images.roi.Circle"
    shown = ("Center", "Radius", "Label")
    own = {
        **FACE, **SEEN,
        "Center": Property(None, finite(2)),
        "Radius": Property(None, finite(1, (0,))),
        "Vertices": Property(None),
    }  # fmt: skip

    def get_Center(self) -> np.ndarray:
        found = self.value("Center")
        return np.zeros((0, 0)) if found is None else found

    def get_Radius(self) -> Any:
        found = self.value("Radius")
        return np.zeros((0, 0)) if found is None else float(found[0])

    def get_Vertices(self) -> np.ndarray:
        return self.outline()

    def outline(self) -> np.ndarray:
        middle, radius = self.value("Center"), self.value("Radius")
        if middle is None or radius is None:
            return np.zeros((0, 2))
        return middle + radius[0] * np.stack((np.cos(ROUND), np.sin(ROUND)), axis=1)

    def markers(self) -> np.ndarray:
        return self.outline()[::45]


class EllipseRegion(RegionOfInterest):
    kind, class_name = "images.roi.ellipse", "images.roi.Ellipse"
    shown = ("Center", "SemiAxes", "RotationAngle", "AspectRatio", "Label")
    own = {
        **FACE, **SEEN,
        "Center": Property(None, finite(2)),
        "SemiAxes": Property(None, finite(2, (0, 1))),
        "RotationAngle": Property(0.0, number),
        "FixedAspectRatio": Property(False, on_off),
        "AspectRatio": Property(1.0, positive),
        "Vertices": Property(None),
    }  # fmt: skip

    def get_Center(self) -> np.ndarray:
        found = self.value("Center")
        return np.zeros((0, 0)) if found is None else found

    def get_SemiAxes(self) -> np.ndarray:
        found = self.value("SemiAxes")
        return np.zeros((0, 0)) if found is None else found

    def get_AspectRatio(self) -> float:
        found = self.value("SemiAxes")
        return float(found[1] / found[0]) if found is not None and found[0] else self.value("AspectRatio")

    def get_Vertices(self) -> np.ndarray:
        return self.outline()

    def outline(self) -> np.ndarray:
        middle, axes = self.value("Center"), self.value("SemiAxes")
        if middle is None or axes is None:
            return np.zeros((0, 2))
        corners = middle + axes * np.stack((np.cos(ROUND), np.sin(ROUND)), axis=1)
        return turned(corners, self.value("RotationAngle"))

    def markers(self) -> np.ndarray:
        return self.outline()[::45]


class PointsRegion(RegionOfInterest):
    """One whose Position is points."""

    shown = ("Position", "Label")
    own = {**SEEN, "Position": Property(lambda: np.zeros((0, 2)), points())}

    def outline(self) -> np.ndarray:
        return self.value("Position")


class PolygonRegion(PointsRegion):
    kind, class_name = "images.roi.polygon", "images.roi.Polygon"
    own = {**FACE, "MinimumNumberOfPoints": Property(3.0, positive)}


class FreehandRegion(PointsRegion):
    kind, class_name = "images.roi.freehand", "images.roi.Freehand"
    shown = ("Position", "Closed", "Label")
    own = {
        **FACE,
        "Closed": Property(True, on_off),
        "Multiclick": Property(False, on_off),
        "Smoothing": Property(1.0, number),
        "Waypoints": Property(None, anything),
    }

    @property
    def closed(self) -> bool:  # type: ignore[override]
        return self.value("Closed")

    def markers(self) -> np.ndarray:
        return np.zeros((0, 2))


class LineRegion(PointsRegion):
    closed = False
    kind, class_name = "images.roi.line", "images.roi.Line"
    own = {"Position": Property(lambda: np.zeros((0, 2)), points(2))}


class PolylineRegion(PointsRegion):
    closed = False
    kind, class_name = "images.roi.polyline", "images.roi.Polyline"
    own = {"MinimumNumberOfPoints": Property(2.0, positive)}


class PointRegion(PointsRegion):
    closed = False
    kind, class_name = "images.roi.point", "images.roi.Point"
    own = {"Position": Property(None, finite(2))}

    def get_Position(self) -> np.ndarray:
        found = self.value("Position")
        return np.zeros((0, 0)) if found is None else found

    def outline(self) -> np.ndarray:
        found = self.value("Position")
        return np.zeros((0, 2)) if found is None else found.reshape(1, 2)


KINDS: dict[str, type[RegionOfInterest]] = {
    "rectangle": RectangleRegion, "circle": CircleRegion, "ellipse": EllipseRegion, "polygon": PolygonRegion,
    "freehand": FreehandRegion, "line": LineRegion, "polyline": PolylineRegion, "point": PointRegion,
}  # fmt: skip
