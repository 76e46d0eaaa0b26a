"""From where an axes is seen: MATLAB's camera, and where a point in space comes to lie on the page.

Data go into the plot box (limits to 0 and the box's sides), the box is seen from the camera, and what is seen is
scaled to the axes' place: stretched until the box fills it, or by one factor where an aspect ratio or the camera's
angle was chosen (`DataAspectRatio`, `PlotBoxAspectRatio`, `CameraViewAngle`), as MATLAB does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.layout import CAMERA, FLAT, in_space

if TYPE_CHECKING:
    from cnnscript.pictures.graphics.axes import Axes

SOLID = (-37.5, 30.0)  # view(3)
FAR = 5.0  # how far the camera stands from the middle, in diagonals of the plot box
CORNERS = np.array([[x, y, z] for z in (0.0, 1.0) for y in (0.0, 1.0) for x in (0.0, 1.0)])
PIXELS_A_STEP = 40  # between ticks of an axis in space, at least


def turned(azimuth: float, elevation: float) -> np.ndarray:
    """Rows: to the right, up, and towards the camera, for a view in degrees (unit vectors in the plot box)."""
    across, rise = np.deg2rad((azimuth, elevation))
    return np.array(
        [
            [np.cos(across), np.sin(across), 0],
            [-np.sin(rise) * np.sin(across), np.sin(rise) * np.cos(across), np.cos(rise)],
            [np.cos(rise) * np.sin(across), -np.cos(rise) * np.cos(across), np.sin(rise)],
        ]
    )


def angles(toward: np.ndarray) -> tuple[float, float]:
    """Azimuth and elevation of a direction to the camera."""
    flat = float(np.hypot(toward[0], toward[1]))
    azimuth = np.rad2deg(np.arctan2(toward[0], -toward[1])) if flat > 1e-12 else 0.0
    return float(azimuth), float(np.rad2deg(np.arctan2(toward[2], flat)))


def reach_of(axes: Axes) -> tuple[np.ndarray, np.ndarray]:
    """The limits of the three axes, lower and upper; logarithms where an axis is logarithmic."""
    ends = np.array([axes.get(f"{letter}Lim") for letter in "XYZ"])
    for row, letter in enumerate("XYZ"):
        if axes.value(f"{letter}Scale") == "log":
            high = np.log10(max(ends[row, 1], 1e-300))
            ends[row] = (np.log10(ends[row, 0]) if ends[row, 0] > 0 else high - 6, high)
    return ends[:, 0], ends[:, 1]


def box_sides(axes: Axes) -> np.ndarray:
    """The proportions of the plot box."""
    if axes.value("DataAspectRatioMode") == "manual":
        low, high = reach_of(axes)
        sides = (high - low) / axes.value("DataAspectRatio")
        return sides / sides.max()
    if axes.value("PlotBoxAspectRatioMode") == "manual":
        return axes.value("PlotBoxAspectRatio") / axes.value("PlotBoxAspectRatio").max()
    return np.ones(3)


class Camera:
    """How an axes is seen.

    low, high   limits (3 numbers each; logarithms of logarithmic axes)
    sides       of the plot box
    look        3×3: to the right, up, towards the camera
    target      what the camera looks at, in the plot box
    distance    of the camera from it
    scale       pixels a unit of the box, across and up
    middle      where the target lies, in pixels from the lower left of the axes' place
    """

    def __init__(self, axes: Axes):
        self.low, self.high = reach_of(axes)
        self.sides = box_sides(axes)
        self.reverse = np.array([axes.value(f"{letter}Dir") == "reverse" for letter in "XYZ"])
        self.logarithmic = np.array([axes.value(f"{letter}Scale") == "log" for letter in "XYZ"])
        self.perspective = axes.value("Projection") == "perspective"
        self.place(axes)
        self.scale_to(axes)

    def place(self, axes: Axes) -> None:
        manual = {name: axes.value(f"{name}Mode") == "manual" for name in CAMERA}
        self.target = self.boxed(axes.value("CameraTarget")) if manual["CameraTarget"] else self.sides / 2
        self.look = turned(*axes.value("View"))
        self.distance = FAR * float(np.linalg.norm(self.sides))
        if manual["CameraPosition"]:
            away = self.boxed(axes.value("CameraPosition")) - self.target
            self.distance = float(np.linalg.norm(away)) or 1.0
            self.look = turned(*angles(away / self.distance))
        if manual["CameraUpVector"]:
            toward = self.look[2]
            up = np.asarray(axes.value("CameraUpVector"), float) * self.stretch()
            right = np.cross(up, toward)
            if np.linalg.norm(right) > 1e-12:
                right = right / np.linalg.norm(right)
                self.look = np.array([right, np.cross(toward, right), toward])

    def stretch(self) -> np.ndarray:
        """Units of the box a unit of data."""
        return self.sides / (self.high - self.low) * np.where(self.reverse, -1, 1)

    def scale_to(self, axes: Axes) -> None:
        box = layout.axes_box(axes)
        room = np.array((box.width, box.height))
        self.middle = room / 2
        flat, _ = self.plane(CORNERS * self.sides)
        least, most = flat.min(0), flat.max(0)
        off = self.perspective and axes.value("CameraTargetMode") == "auto"
        half = (most - least) / 2 if off else np.maximum(np.abs(least), np.abs(most))
        self.half = np.maximum(half, 1e-9)
        free = all(
            axes.value(f"{name}Mode") == "auto" for name in ("DataAspectRatio", "PlotBoxAspectRatio", "CameraViewAngle")
        )
        if axes.value("CameraViewAngleMode") == "manual":
            reach = self.distance * np.tan(np.deg2rad(axes.value("CameraViewAngle")) / 2)
            self.scale = np.full(2, room.min() / 2 / reach)
        elif free:
            self.scale = room / 2 / self.half
            if half.min() < 1e-6:  # a box seen from its side is a line
                self.scale = np.full(2, (room / 2 / self.half).min())
        else:
            self.scale = np.full(2, (room / 2 / self.half).min())
        self.angle = axes.value("CameraViewAngle")
        if axes.value("CameraViewAngleMode") == "auto":
            reach = self.half.max() if free else room.min() / 2 / self.scale[0]
            self.angle = float(2 * np.rad2deg(np.arctan(reach / self.distance)))
        if off:
            self.middle = room / 2 - (most + least) / 2 * self.scale

    # -------------------------------------------------------------------------------------------------------- points
    def boxed(self, points: np.ndarray) -> np.ndarray:
        """Points of data (n×3 or 3 numbers) in the plot box."""
        points = np.asarray(points, float)
        if self.logarithmic.any():
            with np.errstate(divide="ignore", invalid="ignore"):
                points = np.where(self.logarithmic, np.log10(np.where(points > 0, points, np.nan)), points)
        parts = (np.where(np.isfinite(points), points, np.nan) - self.low) / (self.high - self.low)
        return np.where(self.reverse, 1 - parts, parts) * self.sides

    def plane(self, boxed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points of the box (n×3) in the plane across the target (n×2), and how near to the camera they are (n)."""
        seen = (np.asarray(boxed, float) - self.target) @ self.look.T
        if not self.perspective:
            return seen[..., :2], seen[..., 2]
        away = np.maximum(self.distance - seen[..., 2], 1e-3 * self.distance)
        return seen[..., :2] * (self.distance / away)[..., None], -away

    def pixels(self, boxed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points of the box (… ×3) in pixels from the lower left corner of the axes' place, and their nearness."""
        flat, near = self.plane(boxed)
        return flat * self.scale + self.middle, near

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points of data (… ×3) in pixels, and their nearness."""
        return self.pixels(self.boxed(points))

    def data(self, boxed: np.ndarray) -> np.ndarray:
        """A point of the box as data (logarithmic axes: logarithms)."""
        parts = np.asarray(boxed, float) / self.sides
        return self.low + np.where(self.reverse, 1 - parts, parts) * (self.high - self.low)


# ------------------------------------------------------------------------------------------- what the properties answer
def camera_position(axes: Axes) -> np.ndarray:
    camera = Camera(axes)
    return camera.data(camera.target + camera.look[2] * camera.distance)


def camera_target(axes: Axes) -> np.ndarray:
    camera = Camera(axes)
    return camera.data(camera.target)


def camera_up(axes: Axes) -> np.ndarray:
    azimuth, elevation = axes.get("View")
    if abs(elevation) != 90:
        return np.array((0.0, 0.0, 1.0))
    up = turned(azimuth, elevation)[1]
    return np.round(up, 15) + 0.0


def data_ratio(axes: Axes) -> np.ndarray:
    """The DataAspectRatio: that set, or that of the box as it is, the smallest part 1."""
    if axes.value("DataAspectRatioMode") == "manual" or not in_space(axes):
        return axes.value("DataAspectRatio")
    low, high = reach_of(axes)
    ratio = (high - low) / box_sides(axes)
    return ratio / ratio.min()


def box_ratio(axes: Axes) -> np.ndarray:
    """The PlotBoxAspectRatio: that set, or that of the box as the data ratio makes it."""
    if not in_space(axes) or axes.value("DataAspectRatioMode") == "auto":
        return axes.value("PlotBoxAspectRatio")
    sides = box_sides(axes)
    return sides / sides.min()


def seen_from(axes: Axes) -> np.ndarray:
    """The View property: that set, or that of a camera which was put somewhere."""
    if axes.value("CameraPositionMode") != "manual" and axes.value("CameraTargetMode") != "manual":
        return axes.value("View")
    away = camera_position(axes) - camera_target(axes)
    return np.array(angles(away * np.abs(Camera(axes).stretch())))


def steps_in_space(axes: Axes, letter: str) -> int:
    """How many tick steps there is room for along an axis of a box of equal sides, seen as the axes is."""
    box = layout.axes_box(axes)
    look = turned(*(axes.value("View") if tuple(axes.value("View")) != FLAT else SOLID))
    sides = np.ones(3)
    if axes.value("PlotBoxAspectRatioMode") == "manual":
        sides = axes.value("PlotBoxAspectRatio") / axes.value("PlotBoxAspectRatio").max()
    flat = (CORNERS * sides) @ look[:2].T
    room = np.array((box.width, box.height)) / np.maximum(np.ptp(flat, axis=0), 1e-9)
    kept = {axes.value(f"{name}Mode") for name in ("DataAspectRatio", "PlotBoxAspectRatio")}
    if "manual" in kept and axes.value("CameraViewAngleMode") == "auto":  # axis vis3d leaves ticks as they are
        room = np.full(2, room.min())
    along = look[:2, "XYZ".index(letter)] * sides["XYZ".index(letter)] * room
    return max(3, min(10, round(float(np.hypot(*along)) / PIXELS_A_STEP)))
