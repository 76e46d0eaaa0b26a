"""Eigen-CAM (Muhammad and Yeasin 2020, arXiv:2008.00299)."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.graph import Network
from cnnscript.engine.questions import ask
from cnnscript.engine.tensorflow_start import tensorflow

ROUNDS, SETTLED = 64, 1e-12  # of the power method at most; how little its unit vector may change in the last
SQUARINGS = 40  # enough for eigenvalues that differ by one part in 10¹¹


def eigen_cam(network: Network, images: np.ndarray, feature: int, environment: str = "auto") -> np.ndarray:
    """The maps of a layer, projected on their first principal direction: what the layer sees, whatever the class.

    images  N×H×W×C.  The direction's sign, which the decomposition leaves open, is the one whose map is not below 0 on
    the whole.  Returns the maps N×h×w.
    """
    (maps,) = ask(network, images, [feature], environment=environment)
    return np.stack([projected(one) for one in maps])


def projected(maps: np.ndarray) -> np.ndarray:
    """h×w: maps h×w×c times their first right singular vector.

    It is found from the first eigenvector of the matrix of products of places (hw×hw) or of channels (c×c), whichever
    is smaller.
    """
    tf = tensorflow()
    rows = tf.constant(np.ascontiguousarray(maps.reshape(-1, maps.shape[-1]), np.float32))
    few_places = rows.shape[0] < rows.shape[1]
    products = tf.cast(tf.matmul(rows, rows, transpose_a=not few_places, transpose_b=few_places), tf.float64)
    direction = first_eigenvector(products)
    if few_places:  # a left singular vector, which the singular value makes the projection
        found = direction * np.sqrt(direction @ products.numpy() @ direction)
    else:
        found = tf.linalg.matvec(rows, direction.astype(np.float32)).numpy()
    return (found * (-1 if found.sum() < 0 else 1)).reshape(maps.shape[:2]).astype(np.float32)


def first_eigenvector(matrix: Any) -> np.ndarray:
    """The eigenvector of the largest eigenvalue of a symmetric matrix n×n without negative eigenvalues; 0 of 0.

    By the power method, 0.3 ms: maps after ReLUs have one direction far before the others.  What it ends in is the
    first one where the square of its eigenvalue is more than those of all others together, which are the rest of the
    matrix's own squares.  Otherwise by squaring.
    """
    numbers = matrix.numpy()
    vector = numbers.sum(0)
    for _ in range(ROUNDS):
        image = numbers @ vector
        value = np.linalg.norm(image)
        if not value:
            break
        before, vector = vector, image / value
        if np.abs(vector - before).max() < SETTLED:
            if 2 * value**2 > np.vdot(numbers, numbers):
                return vector
            break
    return squared_out(matrix)


def squared_out(matrix: Any) -> np.ndarray:
    """The same, of any such matrix: it is squared again and again, until only the direction of its largest eigenvalue
    is left.  Some products on TensorFlow's threads, where LAPACK's own threads take a second on a machine with other
    things to do.
    """
    tf = tensorflow()
    size = tf.norm(matrix)
    if size == 0:
        return np.zeros(matrix.shape[0])
    power = matrix / size
    for _ in range(SQUARINGS):
        square = tf.matmul(power, power)
        square /= tf.norm(square)
        change = tf.reduce_max(tf.abs(square - power))
        power = square
        if change < 1e-9:
            break
    numbers = power.numpy()
    column = numbers[:, numbers.diagonal().argmax()]
    return column / np.linalg.norm(column)
