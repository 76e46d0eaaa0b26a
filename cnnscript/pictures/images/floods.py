"""Watersheds: an image flooded from its lowest places (F. Meyer, Topographic distance and watershed lines, Signal
Processing 38, 1994)."""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import connected


def watershed(image: np.ndarray, seeds: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """The basin of each pixel: `seeds` (labels from 1, else 0) grown up the image; 0 where two basins meet.

    Pixels are flooded from the lowest up, and of equals in the order in which the water came to them; the water comes
    first to the neighbours of seeds, down the columns.
    """
    shape = tuple(n + 2 for n in image.shape)
    inner = (slice(1, -1),) * image.ndim
    labels = np.zeros(shape, np.int64)
    labels[inner] = seeds
    ranks = np.zeros(shape, np.int64)
    ranks[inner] = np.unique(image, return_inverse=True)[1].reshape(image.shape)
    outside = np.ones(shape, bool)
    outside[inner] = False
    strides = np.cumprod((1, *shape[:-1])).tolist()
    around = connected.fitted(neighbours, image.ndim)
    steps = [
        sum((by - 1) * stride for by, stride in zip(place[::-1], strides, strict=True))
        for place in np.argwhere(np.transpose(around)).tolist()
    ]
    steps = [step for step in steps if step]
    basin = labels.ravel(order="F").tolist()
    level = ranks.ravel(order="F").tolist()
    known = (outside | (labels > 0)).ravel(order="F").tolist()  # outside, or the water has come to it
    arrived: dict[int, list[int]] = {}  # by level, in the order of coming; the water never falls
    for place in np.flatnonzero(labels.ravel(order="F")).tolist():
        for step in steps:
            beside = place + step
            if not known[beside]:
                known[beside] = True
                arrived.setdefault(level[beside], []).append(beside)
    for water in range(int(ranks.max(initial=0)) + 1):
        here = arrived.pop(water, ())
        for place in here:  # it grows while the water spreads on one level
            own = 0
            dry = []
            for step in steps:
                beside = place + step
                found = basin[beside]
                if found:
                    if own and found != own:
                        break  # two basins meet
                    own = found
                elif not known[beside]:
                    dry.append(beside)
            else:
                basin[place] = own
                for beside in dry:
                    known[beside] = True
                    height = level[beside]
                    if height <= water:
                        here.append(beside)
                    else:
                        arrived.setdefault(height, []).append(beside)
    return np.array(basin).reshape(shape, order="F")[inner]
