"""Occlusion sensitivity: cover one place after the other and see how much the score falls (arXiv:1311.2901, §4.2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, Masks, perturbed_scores


class Rectangles(Masks):
    """Rectangles that keep nothing: top, bottom, left, right (rows and columns from 0, ends not in)."""

    name = "rectangles"

    @staticmethod
    def kept(shape: Any, rows: Any, shared: Any) -> Any:
        tf = tensorflow()
        (edges,) = rows
        top, bottom, left, right = (edges[:, k : k + 1] for k in range(4))
        down, across = tf.range(shape[0]), tf.range(shape[1])
        in_rows, in_columns = (down >= top) & (down < bottom), (across >= left) & (across < right)
        return 1.0 - tf.cast(in_rows[:, :, None] & in_columns[:, None, :], tf.float32)


def occlusion_sensitivity(question: MaskedQuestion, mask: tuple[int, int], stride: tuple[int, int], clipping: bool,
                          computing: Computing = USUAL) -> np.ndarray:  # fmt: skip
    """How much the score falls when a mask of h×w pixels lies at each place: rows×columns×K float32.

    Positive where what is covered speaks for the channel.
    """
    height, width = question.image.shape[:2]
    down, across = edges(height, mask[0], stride[0], clipping), edges(width, mask[1], stride[1], clipping)
    nowhere = np.zeros((1, 4), np.int32)  # the image as it is, scored by the same compiled pass
    places = [(*rows, *columns) for rows in down for columns in across]
    masks = Rectangles([np.concatenate([nowhere, np.array(places, np.int32)])])
    scores = perturbed_scores(question, masks, computing)
    return (scores[0] - scores[1:]).reshape(len(down), len(across), -1)


def edges(length: int, mask: int, stride: int, clipping: bool) -> list[tuple[int, int]]:
    """Where masks begin and end along one side.

    clipping  True: their centres are at the first pixel and every stride pixels after it, and what lies outside is cut
              off; False: they begin there, and only those that lie inside whole are taken
    """
    if clipping:
        begins = range(-(mask // 2), length - mask // 2, stride)
        return [(max(begin, 0), min(begin + mask, length)) for begin in begins]
    if mask > length:
        raise ScriptError(
            "nnet_cnn:occlusionSensitivity:MaskTooLarge",
            "Without clipping, the mask must not be larger than the image.",
            notes=(f"the mask is {mask} pixels long, the image {length}",),
        )
    return [(begin, begin + mask) for begin in range(0, length - mask + 1, stride)]
