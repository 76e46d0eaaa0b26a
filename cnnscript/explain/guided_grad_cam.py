"""Guided Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391, §3.2)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.explain.grad_cam import grad_cam
from cnnscript.explain.saliency import saliency
from cnnscript.explain.scoring import Question


def guided_grad_cam(question: Question, feature: int) -> tuple[np.ndarray, np.ndarray]:
    """Guided backpropagation, times the Grad-CAM map brought to the image's size (bilinear, as in the paper).

    Returns n×H×W×C, and the scores n.
    """
    maps, scores = grad_cam(question, feature)
    fine, _ = saliency(question, "guided")
    coarse = tensorflow().image.resize(maps[..., None], fine.shape[1:3], "bilinear").numpy()
    return fine * coarse, scores
