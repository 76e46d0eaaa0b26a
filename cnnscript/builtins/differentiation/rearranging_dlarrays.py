"""Functions that move the elements of dlarrays about: each runs on the places of the elements, which then follow."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.elementwise import ordinary, wrapped
from cnnscript.builtins.differentiation.reference_pages import agrees, declare
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels
from cnnscript.values.dlarrays import DLArray, join, reshaped, unlabelled
from cnnscript.values.numeric import as_array

LABELS_STAY = {  # what was a channel stays one
    "circshift": ("circshift(x,1)", "Elements moved in a circle"), "flip": ("flip(x,2)", "Elements turned round"),
    "fliplr": ("fliplr(x)", "Columns in reverse order"), "flipud": ("flipud(x)", "Rows in reverse order"),
    "repmat": ("repmat(x,2,3)", "Copies side by side"), "repelem": ("repelem(x,2,1)", "Each element repeated"),
    "tril": ("tril(x)", "What lies on and below a diagonal"), "triu": ("triu(x)", "What lies on and above a diagonal"),
}  # fmt: skip
LABELS_GO = {
    "diag": ("diag(x)", "Diagonals"), "resize": ("resize(x,[2 2])", "Elements cut or filled up to a size"),
    "rot90": ("rot90(x)", "Elements turned by quarters"), "shiftdim": ("shiftdim(x,1)", "Dimensions moved in a circle"),
}  # fmt: skip


def moved(session: Any, name: str, source: DLArray, rest: tuple, labels: str) -> DLArray:
    """A function of arrays on a dlarray's elements: on their numbers, or on their places where a tape follows them."""
    if source.record is None:
        made = as_array(ordinary(session, name, source.array(), *rest))
        return wrapped(made, labels + "U" * (made.ndim - len(labels)) if labels else "")
    made = as_array(ordinary(session, name, source.places().astype(np.float64), *rest)).astype(np.int64)
    return source.arranged(made, labels + "U" * (made.ndim - len(labels)) if labels else "")


def mover(name: str, example: str, what: str, keeps_labels: bool) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        return moved(session, name, source, rest, source.labels if keeps_labels else "")

    declare(name, function, f"Y = {name}(dlX,...)",
            f"{what}, of a dlarray: {'with' if keeps_labels else 'without'} its labels.",
            agrees(example, "magic(3)"))  # fmt: skip


for word, (call, meaning) in LABELS_STAY.items():
    mover(word, call, meaning, True)
for word, (call, meaning) in LABELS_GO.items():
    mover(word, call, meaning, False)


@overload("dlarray")
def reshape(session, x, /, *sizes):
    """
    Y = reshape(dlX,sz)
    Y = reshape(dlX,sz1,...,szN)

    A dlarray with as many elements in another shape, without labels.

    Examples
      >> disp(reshape(dlarray([1 2; 3 4],"SC"),1,[]))
        1×4 dlarray
           1     3     2     4

    See also dlarray, squeeze, permute.
    """
    source = unlabelled(as_dlarray(x))
    if source.record is None:
        return DLArray(ordinary(session, "reshape", source, *sizes))
    shape = as_array(ordinary(session, "reshape", np.broadcast_to(0.0, source.size()), *sizes)).shape
    return reshaped(source, shape)


def permuting(name: str) -> None:
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

    declare(name, function, f"Y = {name}(dlX,order)",
            "A dlarray with its dimensions in another order; with labels, only among dimensions of one label.",
            agrees(f"{name}(x,[3 1 2])", "reshape(1:8,2,2,2)"))  # fmt: skip


permuting("permute")
permuting("ipermute")


@overload("dlarray")
def squeeze(session, x, /):
    """
    Y = squeeze(dlX)

    A dlarray without its dimensions of length 1, and without their labels; a matrix stays as it is.

    Examples
      >> y = squeeze(dlarray(ones(1,2,1,3),"SSCB"));
      >> disp(dims(y))
      SB

    See also dlarray, reshape.
    """
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
    """
    Y = cat(dim,dlX1,...,dlXN)

    Arrays of which some are dlarrays, joined; with the labels of those that have some.

    Examples
      >> disp(cat(2,dlarray([1; 2],"CB"),[3; 4]))
        2(C) × 2(B) dlarray
           1     3
           2     4

    See also dlarray, horzcat, vertcat.
    """
    axis = int(as_array(ordinary(session, "double", dim)).item()) - 1
    return join(parts, axis)


def pages_turned(name: str) -> None:
    def function(session, x, /):
        source = as_dlarray(x)
        if source.labels:
            raise ScriptError(
                f"deep:dlarray:{name}:Labeled", f"The function '{name}' is supported only for unformatted dlarrays.",
                hint="stripdims(x) takes the labels off",
            )  # fmt: skip
        return moved(session, name, source, (), "")

    declare(name, function, f"Y = {name}(dlX)", "Each page of a dlarray without labels, transposed.",
            agrees(f"{name}(x)", "reshape(1:8,2,2,2)"))  # fmt: skip


pages_turned("pagetranspose")
pages_turned("pagectranspose")
