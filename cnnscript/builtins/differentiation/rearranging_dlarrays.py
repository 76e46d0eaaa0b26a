"""Functions that move the elements of dlarrays about: each runs on the places of the elements, which then follow."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.elementwise import ordinary, wrapped
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels
from cnnscript.values.dlarrays import DLArray, join, reshaped, unlabelled
from cnnscript.values.numeric import as_array

LABELS_STAY = "circshift flip fliplr flipud repmat repelem tril triu"  # what was a channel stays one
LABELS_GO = "diag resize rot90 shiftdim vec"


def moved(session: Any, name: str, source: DLArray, rest: tuple, labels: str) -> DLArray:
    """A function of arrays on a dlarray's elements: on their numbers, or on their places where a tape follows them."""
    if source.record is None:
        made = as_array(ordinary(session, name, source.array(), *rest))
        return wrapped(made, labels + "U" * (made.ndim - len(labels)) if labels else "")
    made = as_array(ordinary(session, name, source.places().astype(np.float64), *rest)).astype(np.int64)
    return source.arranged(made, labels + "U" * (made.ndim - len(labels)) if labels else "")


def mover(name: str, keeps_labels: bool) -> None:
    @overload("dlarray", name=name)
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        return moved(session, name, source, rest, source.labels if keeps_labels else "")


for word in LABELS_STAY.split():
    mover(word, True)
for word in LABELS_GO.split():
    mover(word, False)


@overload("dlarray")
def reshape(session, x, /, *sizes):
    """reshape(dlX,sz1,...,szN): without labels."""
    source = unlabelled(as_dlarray(x))
    if source.record is None:
        return DLArray(ordinary(session, "reshape", source, *sizes))
    shape = as_array(ordinary(session, "reshape", np.broadcast_to(0.0, source.size()), *sizes)).shape
    return reshaped(source, shape)


def permuting(name: str) -> None:
    @overload("dlarray", name=name)
    def function(session, x, order, /):
        source = as_dlarray(x)
        labels = source.labels
        if labels:
            places = [int(at) - 1 for at in as_array(ordinary(session, "double", order)).ravel("F")]
            turned = "".join((labels + "U" * len(places))[at] for at in places)
            if len(places) < len(labels) or turned.rstrip("U") != labels.rstrip("U"):
                raise ScriptError(
                    "deep:dlarray:PermuteLabeled",
                    f"The function '{name}' moves dimensions of formatted dlarrays only among those of one label.",
                    notes=(f"it is {dimension_labels.size_text(source.size(), labels)}",),
                    hint="stripdims(x) takes the labels off",
                )
        return moved(session, name, source, (order,), labels)


permuting("permute")
permuting("ipermute")


@overload("dlarray")
def squeeze(session, x, /):
    """squeeze(dlX): singletons go, with their labels; matrices stay as they are."""
    source = as_dlarray(x)
    if len(source.size()) < 3:
        return source
    kept = "".join(label for label, length in zip(source.labels, source.size(), strict=False) if length != 1)
    if source.labels and len(kept) < 2:  # a vector: its label, then anything
        kept = (kept or source.labels[0]) + "U"
    left = [length for length in source.size() if length != 1]
    return source.arranged(source.places().reshape((*left, *[1] * (2 - len(left))), order="F"), kept)


@overload("dlarray")
def cat(session, dim, /, *parts):
    """cat(dim,X1,...,XN) with dlarrays among the parts: with the labels of those that have some."""
    axis = int(as_array(ordinary(session, "double", dim)).item()) - 1
    return join(parts, axis)


def pages_turned(name: str) -> None:
    @overload("dlarray", name=name)
    def function(session, x, /):
        source = as_dlarray(x)
        if source.labels:
            raise ScriptError(
                f"deep:dlarray:{name}:Labeled", f"The function '{name}' is supported only for unformatted dlarrays.",
                hint="stripdims(x) takes the labels off",
            )  # fmt: skip
        return moved(session, name, source, (), "")


pages_turned("pagetranspose")
pages_turned("pagectranspose")
