"""Gradient × input (Shrikumar et al. 2016, arXiv:1605.01713)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.tapes import IMAGES
from cnnscript.explain.scoring import Question


def gradient_times_input(question: Question, baseline: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each number of the images adds to the score, were the network linear.

    baseline  N×H×W×C, what stands for nothing (zeros in the paper)
    Returns (x − baseline) × gradient, n×H×W×C, and the scores n.
    """
    found = question.gradients()
    return (question.images.astype(np.float32) - baseline) * found.gradients[IMAGES], found.scores
