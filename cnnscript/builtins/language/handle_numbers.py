"""Numbers that stand for graphics objects, as scripts that keep handles in arrays of doubles hold them.

A figure is its number and the root 0.  Any other object is given a number with a fraction the first time a script turns
it into a double, so that no count and no figure is taken for it.
"""

from __future__ import annotations

import itertools
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic

FRACTION = 2.0**-11
_counter = itertools.count(1)
_objects: WeakValueDictionary[float, Graphic] = WeakValueDictionary()


def number_of(graphic: Graphic) -> float:
    """The number of a graphics object, always the same for the same object."""
    if graphic.kind == "root":
        return 0.0
    if graphic.kind == "figure":
        return float(graphic.number)
    if not hasattr(graphic, "script_number"):
        graphic.script_number = next(_counter) + FRACTION
        _objects[graphic.script_number] = graphic
    return graphic.script_number


def object_of(number: Any) -> Graphic | None:
    """The object (it may be deleted) that a number was given to; None for figures, the root and other numbers."""
    return _objects.get(number) if isinstance(number, float) else None


def objects_of(value: Any) -> list[Graphic] | None:
    """The objects of a double or an array of doubles, column-major; None unless every number was given to one."""
    if type(value) is float:
        found = [object_of(value)]
    elif type(value) is np.ndarray and value.dtype == float and value.size and _objects:
        found = [object_of(number) for number in value.ravel(order="F").tolist()]
    else:
        return None
    return None if None in found else found
