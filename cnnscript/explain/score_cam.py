"""Score-CAM (Wang et al. 2020, arXiv:1910.01279)."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.engine.questions import ask
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.explain.perturbation import USUAL, Computing, MaskedQuestion, Masks, perturbed_scores
from cnnscript.explain.scoring import rectified


class MapMasks(Masks):
    """Maps of a layer, enlarged bilinearly and brought to the range 0 to 1 (eq. 7); a constant map keeps nothing."""

    name = "maps of a layer"

    @staticmethod
    def kept(shape: Any, rows: Any, shared: Any) -> Any:
        tf = tensorflow()
        large = tf.image.resize(rows[0][..., None], shape)[..., 0]
        low, high = (reduce(large, (1, 2), keepdims=True) for reduce in (tf.reduce_min, tf.reduce_max))
        return tf.math.divide_no_nan(large - low, high - low)


def score_cam(question: MaskedQuestion, feature: int, computing: Computing = USUAL) -> np.ndarray:
    """The maps of a layer, each weighed with the score of the image that it lets through; nothing is differentiated.

    The weights are the softmax of these scores over the maps (algorithm 1; that the baseline's score is taken off them
    first does not change their softmax): the scores should be logits.
    Returns the maps K×h×w, one for each channel of the question.  Needs a pass for each map of the layer.
    """
    (found,) = ask(question.network, question.image[None], [feature], environment=computing.environment)
    maps = found[0]
    scores = perturbed_scores(question, MapMasks([np.ascontiguousarray(maps.transpose(2, 0, 1))]), computing)
    exponentials = np.exp(scores.astype(np.float64) - scores.max(0))
    weights = exponentials / exponentials.sum(0)
    return rectified((maps @ weights).transpose(2, 0, 1)).astype(np.float32)
