"""networkDataLayout: the size and format of data that will come into a network, without the data."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.engine.layers import Size, Steps, Vector
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.objects import Object

LETTERS = "SCBTU"


class DataLayout(Object):
    """A networkDataLayout: a value.  sizes: NaN where a length is open; letters: what each dimension is, or ''."""

    class_name = "networkDataLayout"

    def __init__(self, sizes: tuple[float, ...], letters: str):
        self.sizes, self.letters = sizes, letters

    def properties(self) -> dict[str, Any]:
        return {"Size": norm(np.array([self.sizes], float)), "Format": self.letters}

    def entering_size(self) -> Size:
        """Height, width and channels of images; a Vector of features, Steps of sequences.

        ScriptError where a length that must be known is open.
        """
        letters = self.letters or "SSCB"[: len(self.sizes)]
        known = {"S": [], "C": [], "T": []}
        for letter, length in zip(letters, self.sizes, strict=False):
            if letter in "SC" and isnan(length):
                raise ScriptError(
                    "nnet_cnn:networkDataLayout:OpenSize",
                    "To initialize a network, the spatial and channel sizes of a data layout must be known.",
                    notes=(f"dimension '{letter}' is NaN",),
                )
            if letter in known:
                known[letter].append(1 if isnan(length) else int(length))
        if len(known["S"]) > 2 or known["S"] and known["T"]:
            what = "sequences of images" if known["T"] else "images with more than two spatial dimensions"
            raise ScriptError(
                "nnet_cnn:networkDataLayout:TooManyDimensions",
                f"Networks of {what} do not begin by an example in cnnscript.",
                notes=(f"the format is '{letters}'",),
            )
        channels = known["C"][0] if known["C"] else 1
        if known["T"]:
            return Steps((known["T"][0], 1, channels))
        if not known["S"]:
            return Vector((1, 1, channels))
        height, width = (*known["S"], 1)[:2]
        return height, width, channels

    def equals(self, other: Any) -> bool:
        same = type(other) is DataLayout and self.letters == other.letters
        return same and np.array_equal(self.sizes, other.sizes, equal_nan=True)


@builtin(name="networkDataLayout")
def network_data_layout(session, size, format="", /):
    """
    layout = networkDataLayout(sz)
    layout = networkDataLayout(sz,fmt)

    The size and format of data that will come into a network, to initialise it.

    NaN stands for a length that is open, such as that of the batch. fmt has a letter for each dimension: S (spatial),
    C (channel), B (batch), T (time) or U (unspecified).

    Examples
      >> layout = networkDataLayout([28 28 1 NaN],"SSCB")
      layout =
        networkDataLayout with properties:
            Size: [28 28 1 NaN]
          Format: 'SSCB'
      >> net = dlnetwork([convolution2dLayer(3,8); reluLayer],layout);
      >> size(net.Learnables.Value{1})
      ans =
           3     3     1     8
      >> layout = networkDataLayout([28 28 3]);
      >> layout.Size
      ans =
          28    28     3

    See also dlnetwork, initialize.
    """
    sizes = tuple(float(n) for n in np.asarray(take.vector(size, "sz"), float).ravel())
    if any(not isnan(n) and (n < 0 or n != int(n)) for n in sizes):
        raise ScriptError(
            "nnet_cnn:networkDataLayout:InvalidSize", "Sizes of a data layout must be nonnegative integers or NaN.",
            notes=("got " + ", ".join(f"{n:g}" for n in sizes),),
        )  # fmt: skip
    letters = take.text(format, "fmt").upper()
    if any(letter not in LETTERS for letter in letters):
        raise ScriptError(
            "nnet_cnn:networkDataLayout:InvalidFormat",
            "A format must consist of the letters 'S', 'C', 'B', 'T', and 'U'.", notes=(f"got '{letters}'",),
        )  # fmt: skip
    if letters and len(letters) < len(sizes):
        raise ScriptError(
            "nnet_cnn:networkDataLayout:FormatTooShort",
            "The format must have a letter for each dimension of the size.",
            notes=(f"{len(letters)} letters, {len(sizes)} dimensions",),
        )
    return DataLayout(sizes, letters)
