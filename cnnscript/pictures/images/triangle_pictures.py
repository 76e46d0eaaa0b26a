"""Pictures of triangles with the class of every pixel, as tutorials train segmentation with: ours, always the same.

Each shows one bright triangle on a darker ground, both blotched; about a twentieth of the pixels belong to triangles.
"""

from __future__ import annotations

import os

import numpy as np

from cnnscript.pictures.images import png_files
from cnnscript.pictures.images.whole_folders import whole_folder

SIDE = 32
TRAINING, TEST = 200, 100
SEED = 33
TRIANGLE, GROUND = 255, 0  # what label pictures hold
SMALLEST, LARGEST = 4.5, 7.5  # pixels from a triangle's middle to its corners
UNEVEN = 0.45  # radians by which corners leave their third of the circle, at most
GREYS, CONTRASTS = (40, 110), (55, 110)  # of the ground, and of the triangle above it
GRAIN = 9.0  # standard deviation of the grey of single pixels
BLOTCHES = 14.0  # of patches of a few pixels
QUALITY = 95  # of the JPEG files
LARGE = 220  # rows and columns of the picture that networks are tried on


def corners(chance: np.random.RandomState, middle: np.ndarray) -> np.ndarray:
    """Three corners (x, y) around a middle, going round in one direction: 3×2."""
    angles = chance.uniform(0, 2 * np.pi) + np.arange(3) * 2 * np.pi / 3 + chance.uniform(-UNEVEN, UNEVEN, 3)
    radii = chance.uniform(SMALLEST, LARGEST, 3)
    return middle + np.stack((np.cos(angles), np.sin(angles)), 1) * radii[:, None]


def depth_in(points: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """How far each pixel's middle lies inside of the triangle, in pixels (below 0: outside): rows×columns."""
    y, x = np.mgrid[:rows, :columns].astype(float)
    edges = np.roll(points, -1, 0) - points
    lengths = np.hypot(*edges.T)
    sides = [
        (edge[0] * (y - start[1]) - edge[1] * (x - start[0])) / length
        for start, edge, length in zip(points, edges, lengths, strict=True)
    ]
    return np.minimum.reduce(sides)


def painted(depths: list[np.ndarray], chance: np.random.RandomState) -> np.ndarray:
    """A uint8 picture of triangles of such depths."""
    rows, columns = depths[0].shape
    grey = np.full((rows, columns), chance.uniform(*GREYS))
    for depth in depths:
        grey += chance.uniform(*CONTRASTS) * np.clip(0.5 + depth, 0, 1)
    coarse = chance.normal(0, BLOTCHES, (-(-rows // 4), -(-columns // 4)))
    grey += np.kron(coarse, np.ones((4, 4)))[:rows, :columns] + chance.normal(0, GRAIN, (rows, columns))
    return np.clip(np.round(grey), 0, 255).astype(np.uint8)


def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Pictures and their labels, (TRAINING + TEST) × SIDE × SIDE uint8, those for training first."""
    chance = np.random.RandomState(SEED)  # whose numbers never change with NumPy's versions
    pictures = np.empty((TRAINING + TEST, SIDE, SIDE), np.uint8)
    labels = np.empty_like(pictures)
    for place in range(len(pictures)):
        middle = chance.uniform(LARGEST, SIDE - 1 - LARGEST, 2)
        depth = depth_in(corners(chance, middle), SIDE, SIDE)
        pictures[place] = painted([depth], chance)
        labels[place] = np.where(depth > 0, TRIANGLE, GROUND)
    return pictures, labels


def large() -> np.ndarray:
    """A larger picture of sixteen triangles: LARGE×LARGE uint8."""
    chance = np.random.RandomState(SEED + 1)
    cell = LARGE / 4
    middles = [np.array((column + 0.5, row + 0.5)) * cell for row in range(4) for column in range(4)]
    room = cell / 2 - LARGEST
    depths = [depth_in(corners(chance, middle + chance.uniform(-room, room, 2)), LARGE, LARGE) for middle in middles]
    return painted(depths, chance)


def write_folder(folder: str) -> None:
    """Files in trainingImages, trainingLabels, testImages, testLabels below a folder: pictures as JPEG, labels as PNG,
    under MathWorks' names.

    The folder appears when it is whole; where another process was quicker, its folder stays.
    """
    from PIL import Image

    pictures, labels = drawn()
    halves = (("training", range(TRAINING)), ("test", range(TRAINING, TRAINING + TEST)))
    with whole_folder(folder) as beside:
        for word, places in halves:
            for kind in ("Images", "Labels"):
                os.makedirs(os.path.join(beside, word + kind))
            for number, place in enumerate(places, 1):
                picture = os.path.join(beside, f"{word}Images", f"image_{number:03d}.jpg")
                Image.fromarray(pictures[place]).save(picture, quality=QUALITY)
                with open(os.path.join(beside, f"{word}Labels", f"labeled_image_{number:03d}.png"), "wb") as file:
                    png_files.write(file, labels[place])
