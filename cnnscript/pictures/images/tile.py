"""Many images as one: the grid that `montage` and `imtile` make.

A picture of 96 channels is one array, not 96 axes: putting it together costs what copying the pixels costs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, scale
from cnnscript.pictures.images.resize import imresize


def frames_of(array: np.ndarray, third_is_frames: bool, name: str = "montage") -> list[np.ndarray]:
    """The images of a multi-frame array.

    M×N is one grey frame; M×N×1×K are grey, M×N×3×K colour frames.  M×N×K are K grey frames, but M×N×3 is one colour
    frame unless `third_is_frames` (imtile).
    """
    if array.ndim == 2:
        return [array]
    if array.ndim == 3:
        if array.shape[2] == 3 and not third_is_frames:
            return [array]
        return [array[:, :, k] for k in range(array.shape[2])]
    if array.ndim == 4 and array.shape[2] in (1, 3):
        return [array[:, :, 0, k] if array.shape[2] == 1 else array[:, :, :, k] for k in range(array.shape[3])]
    raise ScriptError(
        f"MATLAB:images:{name}:invalidSize",
        "A multiframe image array must be m-by-n-by-k, m-by-n-by-1-by-k or m-by-n-by-3-by-k.",
        notes=("got " + "x".join(map(str, array.shape)),),
    )


def grid_size(count: int, rows: int, columns: int, size: Sequence[float] | None = None) -> tuple[int, int]:
    """Rows and columns of tiles for `count` images of rows × columns pixels.

    Without `size` the whole comes as near to a square as it can, in pixels; a NaN in `size` is as many as are needed.
    """
    given = [n for n in size or () if not math.isnan(n)]
    if not given:
        across = math.ceil(math.sqrt(rows * count / columns)) if columns else 1
        across = max(1, min(across, count))
        return math.ceil(count / across), across
    if len(given) == 1:
        other = math.ceil(count / given[0])
        return (other, int(given[0])) if math.isnan(size[0]) else (int(given[0]), other)
    if size[0] * size[1] < count:
        raise ScriptError(
            "MATLAB:images:montage:sizeTooSmall",
            "SIZE must be big enough to include all frames in I.",
            notes=(f"{size[0]:g}x{size[1]:g} tiles for {count} images",),
            hint=f"[{math.ceil(count / size[1])} {size[1]:g}] is big enough",
        )
    return int(size[0]), int(size[1])


def tile(
    images: Sequence[np.ndarray | None],
    size: Sequence[float] | None = None,
    thumbnail: Sequence[float] | None = None,
    border: tuple[int, int] = (0, 0),
    background: tuple[float, float, float] = (0.0, 0.0, 0.0),
    in_colour: bool = False,
) -> np.ndarray:
    """Images row by row in one grid, H×W or H×W×3.

    images: H×W or H×W×3 each; None is a blank tile.  Differing classes become double, grey among colour becomes colour.
    size: rows and columns of tiles, NaN for what is needed.  thumbnail: rows and columns of pixels in each tile, NaN
    to keep the first image's proportions; by default the first image's size.  An image of another size is resized,
    keeping its proportions, and centred.  border: pixels of background above and below, left and right of each tile.
    in_colour: whether grey images become colour even over a grey background.
    """
    there = [image for image in images if image is not None]
    if not there:
        return np.zeros((0, 0))
    if len({image.dtype for image in there}) > 1:
        images = [image if image is None else scale.im2double(image) for image in images]
    grey = background[0] == background[1] == background[2]
    if in_colour or not grey or any(image.ndim == 3 for image in there):
        images = [image if image is None else colour.as_rgb(image) for image in images]
    there = [image for image in images if image is not None]
    rows, columns = tile_size(there[0].shape[:2], thumbnail)
    down, across = grid_size(len(images), rows, columns, size)

    dtype, channels = there[0].dtype, there[0].shape[2:]
    high, wide = rows + 2 * border[0], columns + 2 * border[1]
    level = np.array(background, float)
    paint = level >= 0.5 if dtype.kind == "b" else scale.back_to_class(level, dtype)
    paint = paint if channels else paint[0]
    whole = np.empty((down, high, across, wide, *channels), dtype)
    whole[...] = paint
    for k, image in enumerate(images):
        if image is None:
            continue
        row, column = divmod(k, across)
        cell = whole[row, border[0] : border[0] + rows, column, border[1] : border[1] + columns]
        place(cell, image)
    return np.asfortranarray(whole.reshape(down * high, across * wide, *channels))


def tile_size(first: tuple[int, int], thumbnail: Sequence[float] | None) -> tuple[int, int]:
    """Pixels of a tile, from the first image's and what was asked for."""
    given = [n for n in thumbnail or () if not math.isnan(n)]
    if not given:
        return first
    if len(given) == 2:
        return int(given[0]), int(given[1])
    rows, columns = thumbnail
    if math.isnan(rows):
        return max(1, round(first[0] * columns / first[1])), int(columns)
    return int(rows), max(1, round(first[1] * rows / first[0]))


def place(cell: np.ndarray, image: np.ndarray) -> None:
    """Put an image in the middle of a cell, as large as it goes with its proportions kept."""
    rows, columns = cell.shape[:2]
    if image.shape[:2] != (rows, columns):
        factor = min(rows / image.shape[0], columns / image.shape[1])
        size = (max(1, min(rows, round(image.shape[0] * factor))), max(1, min(columns, round(image.shape[1] * factor))))
        image = imresize(image, size)
    top, left = (rows - image.shape[0]) // 2, (columns - image.shape[1]) // 2
    cell[top : top + image.shape[0], left : left + image.shape[1]] = image
