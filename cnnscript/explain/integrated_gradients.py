"""Integrated gradients (Sundararajan et al. 2017, arXiv:1703.01365)."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.tapes import IMAGES
from cnnscript.explain.scoring import Question


def integrated_gradients(question: Question, baseline: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """The gradients along the straight way from a baseline to the image, averaged, times that way (eq. 1 and 3).

    baseline  N×H×W×C or 1×H×W×C: where the way begins
    steps     at how many places of the way; each is the middle of its part (the paper takes the ends: this errs less)
    Returns the attributions n×H×W×C, whose sum should be F(x) − F(baseline) (completeness), and by how much each sum
    misses it: n.
    """
    attributions, misses = [], []
    with question.telling(question.count * steps) as waiting:
        for k in range(question.count):
            one = question.alone(k)
            start = baseline[k if len(baseline) > 1 else 0].astype(np.float32)
            way = one.images[0].astype(np.float32) - start
            total = np.zeros(way.shape)
            for first in range(0, steps, one.batch):
                places = (np.arange(first, min(first + one.batch, steps)) + 0.5) / steps
                images = start + places.astype(np.float32)[:, None, None, None] * way
                total += one.of(images).gradients().gradients[IMAGES].sum(0)
                waiting.done(k * steps + first + len(places))
            attributions.append((total / steps * way).astype(np.float32))
            ends = one.of(np.stack([start, start + way])).scores()
            misses.append(attributions[-1].sum(dtype=float) - float(ends[1] - ends[0]))
    return np.stack(attributions), np.array(misses)
