"""Darknet's .weights: a header, then the numbers of each convolution one after another without any names.

For each: biases (of the batch normalisation where there is one), then its scales, means and variances, then the
filters as filters × channels × height × width.  All float32, little-endian.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np


class DarknetNumbers:
    """The numbers of a file, taken one array after another."""

    def __init__(self, path: Path):
        """ValueError when the header is none."""
        data = path.read_bytes()
        if len(data) < 20:
            raise ValueError("not a Darknet file: it is too short")
        major, minor, _ = struct.unpack_from("<3i", data)
        if not (0 <= major < 1000 and 0 <= minor < 1000):
            raise ValueError("not a Darknet file: its version makes no sense")
        start = 20 if major * 10 + minor >= 2 else 16  # the count of images seen took 8 bytes from version 0.2 on
        if (len(data) - start) % 4:
            raise ValueError("not a Darknet file: its length is no whole number of numbers")
        self.numbers = np.frombuffer(data, "<f4", offset=start)
        self.at = 0

    def take(self, *shape: int) -> np.ndarray:
        """The next numbers in that shape; ValueError when there are not enough."""
        count = int(np.prod(shape))
        if self.at + count > self.numbers.size:
            raise ValueError(f"the file ends after {self.numbers.size} numbers")
        self.at += count
        return self.numbers[self.at - count : self.at].reshape(shape)

    def left(self) -> int:
        return self.numbers.size - self.at
