"""What the numbers of a network's images mean, as far as its input layer says: their range, middle and unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.engine.graph import Network
from cnnscript.engine.input_layers import ImageInput

GREYS = 255.0


@dataclass(frozen=True)
class InputScale:
    """low, high  the range of the numbers; None where the input layer does not tell
    middle     of the range where the input layer names it, else the mean that it subtracts (0): one number a channel
    unit       one step of 255 in the range; 1 where that is not known
    """

    low: float | None
    high: float | None
    middle: np.ndarray
    unit: float


def input_scale(network: Network) -> InputScale:
    """The scale of the images of the network's (first) input.

    'rescale-...' normalisations name the range.  A mean that was subtracted tells it: it lies within 0..1, or within
    0..255.  Without normalisation, or with a mean of 0, anything may come in.
    """
    layer: Any = network.input
    channels = network.input_size[2]
    if isinstance(layer, ImageInput) and layer.normalization.startswith("rescale"):
        low, high = (float(np.asarray(given if given is not None else otherwise).flat[0])
                     for given, otherwise in ((layer.min, 0.0), (layer.max, GREYS)))  # fmt: skip
        return InputScale(low, high, np.full(channels, (low + high) / 2, np.float32), (high - low) / GREYS)
    mean = getattr(layer, "mean", None) if getattr(layer, "normalization", "none") in ("zerocenter", "zscore") else None
    if mean is None:
        return InputScale(None, None, np.zeros(channels, np.float32), 1.0)
    array = np.asarray(mean, np.float32)
    middle = np.broadcast_to(array.mean((0, 1)) if array.ndim > 1 else array, (channels,)).copy()
    if not 0 <= middle.min() <= middle.max() <= GREYS or middle.max() == 0:
        return InputScale(None, None, middle, 1.0)
    high = 1.0 if middle.max() <= 1 else GREYS
    return InputScale(0.0, high, middle, high / GREYS)
