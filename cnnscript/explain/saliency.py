"""Saliency (Simonyan et al. 2013, arXiv:1312.6034), and its modified backward passes.

guided         guided backpropagation (Springenberg et al. 2014, arXiv:1412.6806)
zeiler-fergus  the deconvolutional network's rule (Zeiler and Fergus 2013, arXiv:1311.2901)
"""

from __future__ import annotations

import numpy as np

from cnnscript.engine.tapes import IMAGES
from cnnscript.explain.scoring import Question, rectified

MODIFIERS = ("none", "relu", "guided", "zeiler-fergus")
CHANNELS = ("abs", "max", "sum", "none")


def saliency(question: Question, modifier: str = "none") -> tuple[np.ndarray, np.ndarray]:
    """How the score changes with each number of the images.

    modifier  'none': the gradient; 'relu': where it is positive; 'guided', 'zeiler-fergus': ReLUs let only positive
              gradients back (tapes.changed)
    Returns the gradients n×H×W×C, and the scores n.
    """
    found = question.gradients(rule=modifier if modifier in ("guided", "zeiler-fergus") else "none")
    slope = found.gradients[IMAGES]
    return rectified(slope) if modifier == "relu" else slope, found.scores


def over_channels(numbers: np.ndarray, how: str) -> np.ndarray:
    """Numbers n×H×W×C as one map n×H×W: the sum of their sizes ('abs'), the largest size ('max'; Simonyan §3.1), their
    sum ('sum'), or as they are ('none')."""
    if how == "none":
        return numbers
    if how == "sum":
        return numbers.sum(-1)
    return np.abs(numbers).sum(-1) if how == "abs" else np.abs(numbers).max(-1)
