"""Grad-CAM++ (Chattopadhay et al. 2018, arXiv:1710.11063)."""

from __future__ import annotations

import numpy as np

from cnnscript.explain.scoring import Question, rectified


def grad_cam_plus_plus(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """As Grad-CAM, but each place of a map counts by how much its gradient bends (eq. 5 and 19).

    The paper's score is exp(S) of a class score S, whose factor exp(S) is common to a whole map: it is left out, and
    the derivatives of the exponential are powers of the gradient of S (eq. 19).  S is the question's score: logits.
    Returns the maps n×h×w, and the scores n.
    """
    found = question.gradients([feature])
    maps, slope = found.outputs[feature], found.gradients[feature].astype(np.float64)
    below = 2 * slope**2 + maps.sum((1, 2), keepdims=True) * slope**3
    share = np.divide(slope**2, below, out=np.zeros_like(below), where=below != 0)
    importance = (share * rectified(slope)).sum((1, 2), keepdims=True)
    return rectified((importance * maps).sum(-1)).astype(np.float32), found.scores
