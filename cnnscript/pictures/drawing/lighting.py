"""How lights change the colours of faces, by MATLAB's formula.

A point of colour C with normal N, seen from V, under lights of colour K from L is

    C·ambient·A + sum over lights of C·K·diffuse·(N·L) + K·(s + (1 - s)·C)·specular·(R·V)^exponent

where R is L mirrored at N, A the axes' AmbientLightColor, and s the SpecularColorReflectance. Without a light in the
axes colours stay as they are. Lights infinitely far shine along their Position as a direction in data; local ones from
it.
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.camera import Camera
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.surfaces import Light


def lights_of(axes: Axes) -> list[Light]:
    """The lights that shine in an axes."""
    return [
        node
        for node in axes.walk()
        if isinstance(node, Light) and node.value("Visible") and node.value("Color") != "none"
    ]


def unit(vectors: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)


class Shine:
    """The light that falls on faces: what the colour is multiplied by, and what is added."""

    def __init__(self, camera: Camera, axes: Axes):
        self.camera = camera
        self.lights = lights_of(axes)
        self.ambient = np.asarray(axes.value("AmbientLightColor"), float)

    def __bool__(self) -> bool:
        return bool(self.lights)

    def fall(self, node: Graphic, points: np.ndarray, normals: np.ndarray) -> np.ndarray:
        """For points of the plot box (n×3) and their normals (n×3, any length): n×6, three factors of the object's
        red, green and blue, and three shares of light to add to them."""
        camera = self.camera
        ambient, diffuse, specular, exponent, own = (
            node.value(name)
            for name in (
                "AmbientStrength", "DiffuseStrength", "SpecularStrength", "SpecularExponent", "SpecularColorReflectance"
            )
        )  # fmt: skip
        normals = unit(normals)
        toward = np.broadcast_to(camera.look[2], points.shape)
        if camera.perspective:
            toward = unit(camera.target + camera.look[2] * camera.distance - points)
        facing = (normals * toward).sum(-1)
        back = node.value("BackFaceLighting")
        if back == "reverselit":
            normals = np.where(facing[:, None] < 0, -normals, normals)
        factor = np.tile(ambient * self.ambient, (len(points), 1))
        added = np.zeros((len(points), 3))
        for light in self.lights:
            colour = np.asarray(light.value("Color"), float)
            if light.value("Style") == "infinite":
                ray = unit(light.value("Position") * camera.stretch())[None, :]
            else:
                ray = unit(camera.boxed(light.value("Position")) - points)
            slope = (normals * ray).sum(-1)
            mirrored = 2 * slope[:, None] * normals - ray
            gleam = np.clip((mirrored * toward).sum(-1), 0, None) ** exponent * (slope > 0)
            slope = np.clip(slope, 0, None)
            if back == "unlit":
                gleam, slope = gleam * (facing >= 0), slope * (facing >= 0)
            factor += diffuse * slope[:, None] * colour + specular * (1 - own) * gleam[:, None] * colour
            added += specular * own * gleam[:, None] * colour
        return np.hstack([factor, added])


def lit(paint: np.ndarray, fallen: np.ndarray) -> np.ndarray:
    """Colours (n×3) in a light (n×6, see `Shine.fall`)."""
    return np.clip(paint[:, :3] * fallen[:, :3] + fallen[:, 3:], 0, 1)


def grid_normals(grid: np.ndarray) -> np.ndarray:
    """Normals at the points of a grid (rows × columns × 3), from the slopes to their neighbours."""
    down, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    return np.cross(across, down)


def face_normals(corners: np.ndarray) -> np.ndarray:
    """Normals of polygons (n×k×3), k at least 3."""
    if corners.shape[1] == 4:
        return np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    return np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])


def vertex_normals(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Normals at points (p×3) of a mesh with faces (n×k, from 0; -1 where a face has fewer corners)."""
    corners = points[faces[:, :3]]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    made = np.zeros_like(points)
    for column in range(faces.shape[1]):
        there = faces[:, column] >= 0
        np.add.at(made, faces[there, column], flat[there])
    return made
