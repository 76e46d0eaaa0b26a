"""Sequences of several lengths as one batch: padded or cut to one length, and cut into pieces of a length.

A sequence is T×1×C, of images T×H×W×C; a batch of them has N before that.  What the options mean is on MathWorks' page
of trainingOptions, at SequenceLength and SequencePaddingDirection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cnnscript.engine.training.feeds import Batch


@dataclass(frozen=True)
class Padding:
    """How sequences get one length.

    length  'longest' or 'shortest' of the batch; or a number: as the longest, then in pieces of so many steps
    value   what the padding is of
    left    is it before the first step (and what is too long cut off there)? else after the last
    """

    length: str | int = "longest"
    value: float = 0.0
    left: bool = False

    def wanted(self, lengths: Sequence[int]) -> int:
        return min(lengths) if self.length == "shortest" else max(lengths)

    def kept(self, length: int, wanted: int) -> tuple[slice, slice]:
        """What of a sequence stays, and where it lies in what is `wanted` steps long."""
        count = min(length, wanted)
        if self.left:
            return slice(length - count, length), slice(wanted - count, wanted)
        return slice(0, count), slice(0, count)


def padded(sequences: Sequence[np.ndarray], padding: Padding, dtype: type = np.float32) -> np.ndarray:
    """Arrays T×... of any number of steps as one N×T×..."""
    wanted = padding.wanted([len(one) for one in sequences])
    whole = np.full((len(sequences), wanted, *sequences[0].shape[1:]), padding.value, dtype)
    for place, one in enumerate(sequences):
        source, target = padding.kept(len(one), wanted)
        whole[place, target] = one[source]
    return whole


def there(lengths: Sequence[int], padding: Padding) -> np.ndarray:
    """N×T: true where the sequences have steps in what `padded` gives."""
    wanted = padding.wanted(lengths)
    mask = np.zeros((len(lengths), wanted), bool)
    for place, length in enumerate(lengths):
        mask[place, padding.kept(length, wanted)[1]] = True
    return mask


def pieces(batch: Batch, length: int) -> Iterator[Batch]:
    """A batch of sequences as batches of at most so many steps, one after another; inputs that are no sequences, and
    targets that are not for each step, are in all of them."""
    steps = max(mask.shape[1] for mask in batch.there if mask is not None)
    for start in range(0, steps, length):
        part = slice(start, start + length)
        inputs = [one if mask is None else one[:, part] for one, mask in zip(batch.inputs, batch.there, strict=True)]
        masks = tuple(mask if mask is None else mask[:, part] for mask in batch.there)
        if batch.counted is None:
            targets, counted = batch.targets, None
        else:
            targets, counted = batch.targets[:, part], batch.counted[:, part]
        yield Batch(inputs, targets, masks, counted, more=start + length < steps)
