"""Eigen-CAM (Muhammad and Yeasin 2020, arXiv:2008.00299)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask


def eigen_cam(network: Network, images: np.ndarray, feature: int, environment: str = "auto") -> np.ndarray:
    """The maps of a layer, projected on their first principal direction: what the layer sees, whatever the class.

    images  N×H×W×C.  The direction's sign, which the decomposition leaves open, is the one whose map is not below 0 on
    the whole.  Returns the maps N×h×w.
    """
    (maps,) = ask(network, images, [feature], environment=environment)
    return np.stack([projected(one) for one in maps])


def projected(maps: np.ndarray) -> np.ndarray:
    """h×w: maps h×w×c times their first right singular vector.

    It is the first eigenvector of the c×c (or, where that is smaller, hw×hw) matrix of their products.
    """
    rows = maps.reshape(-1, maps.shape[-1]).astype(np.float64)
    if rows.shape[0] < rows.shape[1]:
        values, vectors = np.linalg.eigh(rows @ rows.T)
        found = vectors[:, -1] * np.sqrt(max(values[-1], 0))
    else:
        found = rows @ np.linalg.eigh(rows.T @ rows)[1][:, -1]
    return (found * (-1 if found.sum() < 0 else 1)).reshape(maps.shape[:2]).astype(np.float32)
