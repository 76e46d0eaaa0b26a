"""HiResCAM (Draelos and Carin 2020, arXiv:2011.08891)."""

from __future__ import annotations

import numpy as np

from cnnscript.explain.scoring import Question, summed


def hires_cam(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """The maps of a layer, each place weighed with its own gradient, summed; what speaks against is negative.

    Where one fully connected layer follows, the sum of a map is the logit without its bias: it shows exactly what the
    network used.  Returns the maps n×h×w, and the scores n.
    """
    found = question.gradients([feature])
    return summed(found.outputs[feature], found.gradients[feature]), found.scores
