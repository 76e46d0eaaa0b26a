"""Categorical arrays: codes into a list of category names."""

from __future__ import annotations

import numpy as np

from cnnscript.values.numeric import ndarray


class Categorical:
    """A categorical array of any size.

    codes    int64 array (two or more dimensions): 0 is <undefined>, k is the k-th category
    names    category names in order
    ordinal  whether < and > compare them
    """

    __slots__ = ("codes", "names", "ordinal", "protected")
    class_name = "categorical"

    def __init__(self, codes: ndarray, names: list[str], ordinal: bool = False, protected: bool = False):
        self.codes = codes
        self.names = names
        self.ordinal = ordinal
        self.protected = protected or ordinal

    def size(self) -> tuple[int, ...]:
        return self.codes.shape

    def texts(self) -> list[str]:
        """The category name of each element, column-major; '<undefined>' where there is none."""
        words = ["<undefined>", *self.names]
        return [words[code] for code in self.codes.ravel("F").tolist()]

    @classmethod
    def from_texts(cls, texts: list[str], shape: tuple[int, ...], names: list[str] | None = None) -> Categorical:
        """Texts (column-major in `shape`); the categories are `names`, or the sorted distinct texts."""
        if names is None:
            names = sorted(set(texts))
        place = {name: code for code, name in enumerate(names, 1)}
        codes = np.array([place.get(text, 0) for text in texts], np.int64).reshape(shape, order="F")
        return cls(codes, list(names))
