"""Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391)."""

from __future__ import annotations

import numpy as np

from cnnscript.explain.scoring import Question, rectified, summed


def grad_cam(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """The maps of a layer, each weighed with its mean gradient (eq. 1), summed, what speaks against left out (eq. 2).

    Returns the maps n×h×w at the layer's own size, and the scores n.
    """
    found = question.gradients([feature])
    importance = found.gradients[feature].mean((1, 2))
    return rectified(summed(found.outputs[feature], importance)), found.scores
