"""Graphics objects as script values: handles, arrays of handles, and property values to and fro."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.language.handle_display import array_class, array_text, class_title, object_text
from cnnscript.builtins.language.handle_numbers import number_of, objects_of
from cnnscript.builtins.language.timed_properties import TIMED, as_days, as_times, clock_of
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import OF_ALL, RESET, Graphic, Row, Several
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import no_conversion
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell, norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.placing import place, without
from cnnscript.values.selecting import select
from cnnscript.values.structs import Struct
from cnnscript.values.text import CharArray, cell_of_texts, text_or_none, texts_or_none
from cnnscript.values.times import Datetime, Duration

PLACEHOLDER_CLASS = "matlab.graphics.GraphicsPlaceholder"
METHODS = frozenset(("delete", "isvalid", "findobj", "get", "set", "addlistener", "findprop", "ancestor"))


class Handle(Object):
    """A graphics object of the desk; every handle to one object is the same value."""

    is_handle = True
    ancestors = ("handle", "matlab.graphics.Graphics", "matlab.mixin.SetGet", "hgsetget")

    def __init__(self, graphic: Graphic):
        self.graphic = graphic

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return self.graphic.class_name

    @property
    def methods(self) -> frozenset[str]:  # type: ignore[override]
        return METHODS | self.graphic.methods

    def property_names(self) -> list[str]:
        return sorted(self.graphic.property_names())

    def get(self, name: str) -> Any:
        return by_dot(self.graphic, name)

    def set(self, name: str, value: Any) -> Handle:
        self.graphic.alive()
        if not exact(self.graphic, name):
            raise ScriptError(
                "MATLAB:noPublicFieldForClass",
                f"Unrecognized property '{name}' for class '{self.class_name}'.",
                notes=self.graphic.near(name),
            )
        put_property(self.graphic, name, value)
        return self

    def parts(self) -> tuple:
        return array_of(self), wrap_array

    def keys_among(self, values: tuple) -> tuple:
        return keys_of_handles(values)

    @property
    def listed_as(self) -> str:
        """The class as cells name it."""
        return class_title(self.graphic)

    def brief(self, form: Any) -> str:
        return f"[1×1 {class_title(self.graphic)}]"

    def no_elements(self) -> Any:
        return HandleArray(np.empty((0, 0), OBJECT))

    def delete(self) -> None:
        remove(self.graphic)

    def delete_elements(self, args: tuple) -> Any:
        return wrap_array(without(array_of(self), args))

    def index(self, args: tuple) -> Any:
        if all(type(arg) is float and arg == 1.0 for arg in args):
            return self
        return wrap_array(select(array_of(self), args))

    def element(self, args: tuple) -> Any:
        return HandleArray(array_of(self)).element(args)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join(parts, axis)

    def assign(self, args: tuple, value: Any) -> Any:
        return HandleArray(array_of(self)).assign(args, value)

    def convert(self, target: str) -> float:
        return doubles(self, target)

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose"):
            return self
        if any(isinstance(arg, HandleArray) or is_number(arg) for arg in args):
            return HandleArray(array_of(self)).operator(name, args)
        return super().operator(name, args)

    def disp(self, form: Any) -> str:
        graphic = self.graphic
        pairs = [] if graphic.deleted else [(each, property_value(graphic, each)) for each in graphic.shown]
        return object_text(graphic, pairs, form)


def exact(graphic: Graphic, name: Any) -> bool:
    """Whether a name after a dot is that of a property, in its own letters."""
    return name in graphic.table or name in OF_ALL or name in graphic.older


def by_dot(graphic: Graphic, name: str) -> Any:
    """graphic.name"""
    graphic.alive()
    if not exact(graphic, name):
        raise ScriptError(
            "MATLAB:noSuchMethodOrField",
            f"Unrecognized method, property, or field '{name}' for class '{graphic.class_name}'.",
            notes=graphic.near(name),
        )
    return property_value(graphic, name)


def property_value(graphic: Graphic, name: str) -> Any:
    """The value of a property, of any spelling, as scripts have it."""
    graphic = graphic.meant(name)
    found = graphic.get(name)
    entry = graphic.table.get(name) or graphic.table.get(graphic.find_name(name)) if not is_default(name) else None
    if entry is not None and entry.raw:
        return EMPTY if found is None else found
    if isinstance(found, np.ndarray) and (clock := clock_of(graphic, graphic.find_name(name))) is not None:
        return as_times(found, clock)
    return to_script(found)


def is_default(name: str) -> bool:
    return name[:7].lower() in ("default", "factory")


def put_property(graphic: Graphic, name: str, value: Any) -> None:
    """Set a property, of any spelling, to a script's value."""
    graphic = graphic.meant(name)
    if is_default(name):
        graphic.alive()
        cls, found = graphic.default_named(name[7:])
        word = text_or_none(value)
        raw = cls.table[found].raw and word not in RESET
        graphic.set(name, value if raw else from_script(value))
        return
    found = graphic.find_name(name)
    if found in graphic.table and graphic.table[found].raw:
        graphic.set(found, value)
    elif found in ("Parent", "CurrentAxes", "CurrentFigure", "Children") and is_number(value):
        graphic.set(found, numbered_object(graphic, value))
    elif isinstance(value, (Datetime, Duration)) and TIMED.match(found):
        graphic.set(found, as_days(graphic, found, value))
    else:
        graphic.set(found, from_script(value))


def numbered_object(graphic: Graphic, value: Any) -> Any:
    """The object that a number stands for where a property wants an object: one given that number, or a figure."""
    known = objects_of(value)
    if known is not None:
        return known[0] if len(known) == 1 else known
    desk = graphic.up("root")
    if desk is None or type(value) is not float:
        return value
    return desk if value == 0 else desk.figure(int(value), make=False) or value


def remove(graphic: Graphic) -> None:
    """delete(h): take an object off its desk."""
    desk = graphic.up("root")
    if desk is None:
        graphic.delete()
    else:
        desk.remove(graphic)


class HandleArray(Object):
    """Several graphics objects: `data` is an object array (two dimensions or more) of Graphic, or None for a
    placeholder."""

    is_handle = True
    holds_several = True
    ancestors = ("handle", "matlab.graphics.Graphics")
    methods = METHODS

    def __init__(self, data: np.ndarray):
        self.data = data

    @property
    def class_name(self) -> str:  # type: ignore[override]
        classes = {graphic.class_name if graphic is not None else PLACEHOLDER_CLASS for graphic in self.data.flat}
        return PLACEHOLDER_CLASS if not classes else classes.pop() if len(classes) == 1 else "matlab.graphics.Graphics"

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def property_names(self) -> list[str]:
        """What all of its objects have."""
        names = [set(graphic.property_names()) for graphic in self.graphics()]
        return sorted(set.intersection(*names)) if names else []

    def parts(self) -> tuple:
        return self.data, wrap_array

    def keys_among(self, values: tuple) -> tuple:
        return keys_of_handles(values)

    @property
    def listed_as(self) -> str:
        return array_class(self.data)

    def brief(self, form: Any) -> str:
        return f"[{size_text(self.data.shape, '×')} {array_class(self.data)}]"

    def delete(self) -> None:
        for graphic in self.graphics():
            if not graphic.deleted:
                remove(graphic)

    def graphics(self) -> list[Graphic]:
        return [graphic for graphic in self.data.ravel(order="F") if graphic is not None]

    def get(self, name: str) -> Any:
        """The property of each object, as a list."""
        return tuple(
            by_dot(graphic, name) if graphic is not None else no_property_of_placeholder(name)
            for graphic in self.data.ravel(order="F")
        )

    def set(self, name: str, value: Any) -> HandleArray:
        if self.data.size != 1:
            raise ScriptError(
                "MATLAB:dot:multiple",
                "Assigning to a property of several objects at once takes set.",
                hint=f"set(h, '{name}', value)",
            )
        found = self.data.ravel()[0]
        if found is None:
            raise ScriptError(
                "MATLAB:noPublicFieldForClass", f"Unrecognized property '{name}' for class '{PLACEHOLDER_CLASS}'."
            )
        wrap(found).set(name, value)
        return self

    def index(self, args: tuple) -> Any:
        return wrap_array(select(self.data, args)) if args else self

    def element(self, args: tuple) -> Any:
        """The element that `h(k).name = value` writes into."""
        found = wrap_array(select(self.data, args))
        if isinstance(found, HandleArray) and found.data.size != 1:
            raise ScriptError(
                "MATLAB:index:expected_one_output_for_assignment",
                "Expected one output from a curly brace or dot indexing expression, "
                f"but there were {found.data.size} results.",
            )
        return found

    def assign(self, args: tuple, value: Any) -> Any:
        """`h(k) = handle`: grows as needed, empty places hold placeholders."""
        if len(args) == 1 and type(args[0]) is float and isinstance(value, Handle) and 1 <= args[0] <= self.data.size:
            at = int(args[0])
            if at == args[0] and self.data.T.flat[at - 1] is value.graphic:
                return self  # what h(k).Name = value puts back
        given = array_of(value, assigned_to=self.class_name)
        return wrap_array(place(self.data, args, given, False, lambda count: np.full(count, None, OBJECT)))

    def delete_elements(self, args: tuple) -> Any:
        return wrap_array(without(self.data, args))

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join(parts, axis)

    def convert(self, target: str) -> Any:
        return doubles(self, target)

    def equals(self, other: Any) -> bool:
        if not isinstance(other, Handle | HandleArray):
            return False
        one, two = self.data, array_of(other)
        return one.shape == two.shape and all(a is b for a, b in zip(one.flat, two.flat, strict=True))

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose") and self.data.ndim == 2:
            return wrap_array(self.data.T)
        if name not in ("eq", "ne"):
            return NotImplemented
        if any(is_number(arg) for arg in args):
            from cnnscript.values import compare

            return getattr(compare, name)(*(arg if is_number(arg) else doubles(arg, "double") for arg in args))
        one, other = (array_of(arg) for arg in args)
        try:
            same = np.frompyfunc(lambda a, b: a is b, 2, 1)(one, other).astype(bool)
        except ValueError:
            raise ScriptError(
                "MATLAB:sizeDimensionsMustMatch", "Arrays have incompatible sizes for this operation."
            ) from None
        return norm(same if name == "eq" else ~same)

    def disp(self, form: Any) -> str:
        return array_text(self.data, form)


def keys_of_handles(values: tuple) -> tuple[list[np.ndarray], Any]:
    """Handles as numbers that stand for them in sets, and the way back."""
    arrays = [array_of(value) for value in values]
    keys = [np.asarray(doubles(HandleArray(array), "double"), float).reshape(array.shape) for array in arrays]
    known: dict[float, Graphic] = {}
    for array, some in zip(arrays, keys, strict=True):
        known |= dict(zip(some.ravel().tolist(), array.ravel().tolist(), strict=True))

    def back(chosen: np.ndarray) -> Any:
        made = np.empty(chosen.shape, OBJECT)
        for place_of, key in np.ndenumerate(chosen):
            made[place_of] = known[key]
        return wrap_array(made)

    return keys, back


def no_property_of_placeholder(name: str) -> Any:
    raise ScriptError(
        "MATLAB:noSuchMethodOrField",
        f"Unrecognized method, property, or field '{name}' for class '{PLACEHOLDER_CLASS}'.",
    )


def join(parts: tuple, axis: int) -> Any:
    if any(is_cell(part) for part in parts):
        from cnnscript.values.concatenate import cell_row, horzcat, vertcat

        cells = [part if is_cell(part) else cell_row(part) for part in parts]
        return horzcat(*cells) if axis == 1 else vertcat(*cells)
    desk = next((desk for part in parts if isinstance(part, Handle) and (desk := part.graphic.up("root"))), None)
    arrays = [array_of(part, desk) for part in parts]
    arrays = [array for array in arrays if array.size] or arrays[:1]
    try:
        return wrap_array(np.concatenate(arrays, axis))
    except ValueError:
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch", "Dimensions of arrays being concatenated are not consistent."
        ) from None


def array_of(value: Any, desk: Any = None, assigned_to: str = "") -> np.ndarray:
    """Handles, numbers of figures of the desk, or an empty value, as an object array of Graphic."""
    if isinstance(value, HandleArray):
        return value.data
    if isinstance(value, Handle):
        made = np.empty((1, 1), OBJECT)
        made[0, 0] = value.graphic
        return made
    if isinstance(value, np.ndarray) and value.size == 0:
        return np.empty((0, 0), OBJECT)
    if (known := objects_of(value)) is not None:
        made = np.empty(np.size(value), OBJECT)
        made[:] = known
        return made.reshape(np.atleast_2d(value).shape, order="F")
    if desk is not None and type(value) is float and value >= 1 and value == int(value):
        figure = desk.figure(int(value), make=False)
        if figure is not None:
            return array_of(wrap(figure))
    from cnnscript.values.numeric import class_of

    if assigned_to:
        raise ScriptError(
            "MATLAB:UnableToConvert",
            "Unable to perform assignment because value of type "
            f"'{class_of(value)}' is not convertible to '{assigned_to}'.",
        )
    raise ScriptError(
        "MATLAB:graphics:notHandle", f"Cannot convert {class_of(value)} value to a handle.",
        notes=("graphics objects join only with graphics objects",),
    )


def graphics_of(value: Any) -> list[Graphic]:
    """The graphics objects of a handle, an array of handles, or a cell of either."""
    if isinstance(value, Handle):
        return [value.graphic]
    if isinstance(value, HandleArray):
        return value.graphics()
    if is_cell(value):
        return [graphic for item in value.ravel(order="F") for graphic in graphics_of(item)]
    if isinstance(value, np.ndarray) and value.size == 0:
        return []
    if (found := objects_of(value)) is not None:
        return found
    raise not_a_handle(value)


def is_number(value: Any) -> bool:
    return type(value) is float or isinstance(value, np.ndarray) and value.dtype.kind in "fiu"


def doubles(value: Any, target: str) -> Any:
    """The numbers of the objects of a handle or an array of handles; a placeholder has none."""
    if target != "double":
        raise no_conversion(target, value.class_name)
    data = array_of(value)
    if any(graphic is None for graphic in data.flat):
        raise no_conversion(target, "matlab.graphics.GraphicsPlaceholder")
    return norm(np.array([[number_of(graphic) for graphic in row] for row in data], float).reshape(data.shape))


def not_a_handle(value: Any) -> ScriptError:
    from cnnscript.values.numeric import class_of

    return ScriptError(
        "MATLAB:graphics:InvalidHandle",
        "Invalid or deleted object.",
        notes=(f"got a value of class {class_of(value)}",),
    )


# ---------------------------------------------------------------------------------------------------- values to and fro
def wrap(graphic: Graphic) -> Handle:
    """The one handle of a graphics object."""
    if not hasattr(graphic, "handle"):
        graphic.handle = Handle(graphic)
    return graphic.handle


def wrap_array(data: np.ndarray) -> Any:
    """A handle for one object, a HandleArray for any other number."""
    while data.ndim > 2 and data.shape[-1] == 1:
        data = data.reshape(data.shape[:-1], order="F")
    data = data if data.ndim >= 2 else data.reshape(1, -1)
    one = data.ravel()[0] if data.size == 1 else None
    return wrap(one) if one is not None else HandleArray(data)


def wrap_list(graphics: list[Graphic], column: bool = True) -> Any:
    made = np.empty((len(graphics), 1) if column else (1, len(graphics)), OBJECT)
    for k, graphic in enumerate(graphics):
        made[(k, 0) if column else (0, k)] = graphic
    return wrap_array(made) if graphics else HandleArray(np.empty((0, 0), OBJECT))


def to_script(value: Any) -> Any:
    """A property's Python value as a script value: on and off as text, colours and vectors as rows, objects as
    handles."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None:
        return EMPTY
    if isinstance(value, Graphic):
        return wrap(value)
    if isinstance(value, dict):
        return Struct({name: to_script(item) for name, item in value.items()})
    if isinstance(value, list):
        if isinstance(value, Several) or all(isinstance(item, Graphic) for item in value) and value:
            return wrap_list(value)
        if not value:
            return EMPTY
        return cell_of_texts(value, column=not isinstance(value, Row))
    if isinstance(value, tuple):
        return norm(np.array([value], float))
    if isinstance(value, np.ndarray):
        return norm(np.asfortranarray(value)) if value.ndim >= 2 else norm(value.reshape(1, -1))
    return value


def from_script(value: Any) -> Any:
    """A script value as the pictures package takes it: text as str or list of str, handles as objects, numbers as they
    are."""
    if isinstance(value, Handle):
        return value.graphic
    if isinstance(value, HandleArray):
        return value.graphics()
    if isinstance(value, Categorical):
        words = list(value.texts())
        return words[0] if len(words) == 1 else words
    word = text_or_none(value)
    if word is not None:
        return word
    if isinstance(value, CharArray):
        return [row.rstrip() for row in value.rows()]
    lines = texts_or_none(value)
    if lines is not None and not (is_cell(value) and value.size == 0):
        return lines
    if is_cell(value):
        return [label for item in value.ravel(order="F") for label in cell_words(item)]
    return value


def cell_words(item: Any) -> list[str]:
    """The texts that one element of a cell gives a label or title: numbers are written out."""
    lines = texts_or_none(item)
    if lines is not None:
        return lines
    if isinstance(item, Categorical):
        return list(item.texts())
    array = require_real(item, "a label")
    return ["" if array.size == 0 else "  ".join(f"{number:.5g}" for number in array.ravel().astype(float))]
