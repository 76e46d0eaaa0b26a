"""LayerCAM (Jiang et al. 2021, IEEE TIP 30, 5875-5888)."""

from __future__ import annotations

import numpy as np

from cnnscript.explain.scoring import Question, rectified, summed


def layer_cam(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """The maps of a layer, each place weighed with its own gradient where that is positive, summed, rectified.

    Works at any depth: of early layers the maps are fine.  Returns the maps n×h×w, and the scores n.
    """
    found = question.gradients([feature])
    return rectified(summed(found.outputs[feature], rectified(found.gradients[feature]))), found.scores
