"""Images cut into blocks: columns of them and back, and quadtrees."""

from __future__ import annotations

import numpy as np


def sliding_columns(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Each rows×columns window of a matrix as a column, the windows in column-major order."""
    high, wide = image.shape
    if high < rows or wide < columns:
        return np.zeros((rows * columns, 0), image.dtype, order="F")
    windows = np.lib.stride_tricks.sliding_window_view(image, (rows, columns))
    return np.asfortranarray(windows.transpose(3, 2, 1, 0).reshape(columns * rows, -1, order="C"))


def distinct_columns(image: np.ndarray, rows: int, columns: int, outside: float) -> np.ndarray:
    """Each rows×columns block of a matrix as a column, the blocks in column-major order; `outside` fills the last."""
    down, across = -image.shape[0] % rows, -image.shape[1] % columns
    wide = np.pad(image, ((0, down), (0, across)), constant_values=outside)
    high, broad = wide.shape[0] // rows, wide.shape[1] // columns
    blocks = wide.reshape(high, rows, broad, columns)
    return np.asfortranarray(blocks.transpose(3, 1, 2, 0).reshape(columns * rows, high * broad))


def from_distinct_columns(columns: np.ndarray, rows: int, wide: int, shape: tuple[int, int]) -> np.ndarray:
    """The matrix of a `shape` whose blocks of rows×wide the columns are."""
    high, broad = -(-shape[0] // rows), -(-shape[1] // wide)
    blocks = columns.reshape(wide, rows, broad, high).transpose(3, 1, 2, 0)
    return np.asfortranarray(blocks.reshape(high * rows, broad * wide)[: shape[0], : shape[1]])


def best_length(length: int, most: int) -> int:
    """The length of blocks, up to `most`, that needs the least padding of `length`; of several the largest."""
    if length <= most:
        return length
    tried = np.arange(most, min(-(-length // 10), -(-most // 2)) - 1, -1)
    return int(tried[np.argmin(-length % tried)])


def square_blocks(image: np.ndarray, sizes: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """The blocks of a quadtree that have a side: side×side×k, and where (k×2, from 0, column-major)."""
    columns, rows = np.nonzero(side == sizes.T)
    blocks = np.empty((side, side, rows.size), image.dtype, order="F")
    for k, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        blocks[:, :, k] = image[row : row + side, column : column + side]
    return blocks, np.stack((rows, columns), axis=1)
