"""Grad-CAM++ (Chattopadhay et al. 2018, arXiv:1710.11063)."""

from __future__ import annotations

import numpy as np

from cnnscript.explain.scoring import Question, rectified, summed


def grad_cam_plus_plus(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """As Grad-CAM, but each place of a map counts by how much its gradient bends (eq. 5 and 19).

    The paper's score is exp(S) of a class score S, whose factor exp(S) is common to a whole map and left out here.  Of
    eq. 19, g² / (2 g² + Σ A · g³) with g = ∂S/∂A, g² cancels: 1 / (2 + Σ A · g).  S is the question's score: logits.
    Returns the maps n×h×w, and the scores n.
    """
    found = question.gradients([feature])
    maps, slope = found.outputs[feature], found.gradients[feature]
    below = 2 + maps.sum((1, 2), keepdims=True) * slope
    share = np.divide(rectified(slope), below, out=np.zeros_like(slope), where=below != 0)
    return rectified(summed(maps, share.sum((1, 2)))), found.scores
