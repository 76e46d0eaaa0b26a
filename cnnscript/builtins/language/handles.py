"""Graphics objects as script values: handles, arrays of handles, and property values to and fro."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, require_real
from cnnscript.builtins.language.handle_numbers import number_of, objects_of
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.categorical import Categorical
from cnnscript.values.convert import no_conversion
from cnnscript.values.numeric import COLON, EMPTY, OBJECT, as_array, is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import CharArray, cell_of_texts, text_or_none, texts_or_none


class Handle(Object):
    """A graphics object of the desk; every handle to one object is the same value."""

    is_handle = True
    ancestors = ("handle", "matlab.graphics.Graphics")

    def __init__(self, graphic: Graphic):
        self.graphic = graphic

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return self.graphic.class_name

    def property_names(self) -> list[str]:
        return self.graphic.property_names()

    def get(self, name: str) -> Any:
        return to_script(self.graphic.get(name))

    def set(self, name: str, value: Any) -> Handle:
        self.graphic.set(name, from_script(value) if name != "UserData" else value)
        return self

    def no_elements(self) -> Any:
        return HandleArray(np.empty((0, 0), OBJECT))

    def delete(self) -> None:
        remove(self.graphic)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join(parts, axis)

    def assign(self, args: tuple, value: Any) -> Any:
        return HandleArray(np.array([[self.graphic]], OBJECT)).assign(args, value)

    def convert(self, target: str) -> float:
        return doubles(self, target)

    def operator(self, name: str, args: tuple) -> Any:
        if any(isinstance(arg, HandleArray) or is_number(arg) for arg in args):
            return HandleArray(array_of(self)).operator(name, args)
        return super().operator(name, args)

    def show(self, name: str, form: Any) -> str:
        loose = "" if form.spacing == "compact" else "\n"
        return f"{name} = \n{loose}{self.disp(form)}{loose}"

    def disp(self, form: Any) -> str:
        from cnnscript.display import show

        graphic = self.graphic
        title = class_title(graphic)
        if graphic.deleted:
            return f"  handle to deleted {title}\n"
        rows = [(name, self.get(name)) for name in graphic.shown]
        width = max(len(name) for name, _ in rows) + 4 if rows else 0
        head = f"  {title}{numbered(graphic)} with properties:\n\n"
        lines = [f"{name:>{width}}: {brief(value, show, form)}\n" for name, value in rows]
        more = "" if form.spacing == "compact" else "\n  Use GET to show all properties\n"
        return head + "".join(lines) + more


def class_title(graphic: Graphic) -> str:
    return graphic.class_name.rpartition(".")[2]


def numbered(graphic: Graphic) -> str:
    """What MATLAB puts in parentheses after the class: a figure's number, an axes' title, a text's words."""
    if graphic.kind == "figure":
        name = graphic.value("Name")
        return f" ({graphic.number}: {name})" if name else f" ({graphic.number})"
    words: Any = ""
    if isinstance(graphic, Axes):
        words = graphic.words_of("Title")
    elif graphic.kind == "text":
        words = graphic.value("String")
    elif "DisplayName" in graphic.table:
        words = graphic.value("DisplayName")
    elif graphic.kind in ("tiledlayout", "subplottext"):
        words = graphic.words_of("Title") if graphic.kind == "tiledlayout" else graphic.value("String")
    words = words[0] if isinstance(words, list) and words else words
    return f" ({words})" if words else ""


def brief(value: Any, show: Any, form: Any) -> str:
    """A property's value on one line, as the display of objects has it."""
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, Handle):
        return f"[1×1 {class_title(value.graphic)}]"
    if is_cell(value):
        return "{" + "×".join(map(str, value.shape)) + " cell}"
    array = as_array(value) if not isinstance(value, Object) else None
    if array is None or array.dtype.kind not in "fiub":
        return f"[{'×'.join(map(str, value.size() if array is None else array.shape))} {type(value).__name__}]"
    if array.size == 0:
        return "[]"
    if array.ndim > 2 or array.shape[0] > 1 or array.size > 10:
        from cnnscript.values.numeric import class_of

        return f"[{'×'.join(map(str, array.shape))} {class_of(value)}]"
    numbers = " ".join(short(number) for number in array.ravel().astype(float).tolist())
    return numbers if array.size == 1 else f"[{numbers}]"


def short(number: float) -> str:
    """A number as the display of objects has it: whole, or with four digits after the point."""
    if number != number or number in (float("inf"), float("-inf")):
        return "NaN" if number != number else "Inf" if number > 0 else "-Inf"
    if number == int(number) and abs(number) < 1e9:
        return f"{number:.0f}"
    return f"{number:.4f}" if 1e-3 <= abs(number) < 1e5 else f"{number:.4e}"


def remove(graphic: Graphic) -> None:
    """delete(h): take an object off its desk."""
    desk = graphic.up("root")
    if desk is None:
        graphic.delete()
    else:
        desk.remove(graphic)


class HandleArray(Object):
    """Several graphics objects: `data` is an object array (two dimensions) of Graphic, or None for a placeholder."""

    is_handle = True
    class_name = "matlab.graphics.Graphics"
    ancestors = ("handle",)

    def __init__(self, data: np.ndarray):
        self.data = data

    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def property_names(self) -> list[str]:
        graphics = self.graphics()
        return graphics[0].property_names() if graphics else []

    def delete(self) -> None:
        for graphic in self.graphics():
            if not graphic.deleted:
                remove(graphic)

    def graphics(self) -> list[Graphic]:
        return [graphic for graphic in self.data.ravel(order="F") if graphic is not None]

    def get(self, name: str) -> Any:
        if self.data.size != 1:
            raise ScriptError(
                "MATLAB:index:expected_one_output_from_expression",
                f"Intermediate dot '.' indexing produced a comma-separated list with {self.data.size} values, "
                "but it must produce a single value when followed by subsequent indexing operations.",
                hint=f"get(h, '{name}') gives all of them",
            )
        return to_script(self.graphics()[0].get(name))

    def set(self, name: str, value: Any) -> HandleArray:
        if self.data.size != 1:
            raise ScriptError(
                "MATLAB:dot:multiple",
                "Assigning to a property of several objects at once takes set.",
                hint=f"set(h, '{name}', value)",
            )
        self.graphics()[0].set(name, from_script(value))
        return self

    def index(self, args: tuple) -> Any:
        return wrap_array(self.data[self.places(args)] if len(args) > 1 else self.linear(args[0]))

    def linear(self, arg: Any) -> np.ndarray:
        flat = self.data.ravel(order="F")
        chosen = flat[positions(arg, flat.size)]
        if arg is COLON:
            return chosen.reshape(-1, 1)
        shape = (
            np.shape(arg) if isinstance(arg, np.ndarray) and min(np.shape(arg)) != 1 and arg.dtype.kind != "b" else None
        )
        if shape:
            return chosen.reshape(shape, order="F")
        return chosen.reshape(-1, 1) if self.data.shape[1] == 1 and self.data.shape[0] > 1 else chosen.reshape(1, -1)

    def places(self, args: tuple) -> Any:
        return np.ix_(*(positions(arg, length) for arg, length in zip(args, self.data.shape, strict=True)))

    def assign(self, args: tuple, value: Any) -> HandleArray:
        """`h(k) = handle`: grows as needed, empty places hold placeholders."""
        graphics = graphics_of(value)
        data = self.data
        if len(args) == 1:
            places = positions(args[0], data.size, grow=True)
            row = not (data.shape[1] == 1 and data.shape[0] > 1)
            need = int(places.max()) + 1 if places.size else 0
            flat = np.full(max(need, data.size), None, OBJECT)
            flat[: data.size] = data.ravel(order="F")
            if data.shape[0] > 1 and data.shape[1] > 1 and need > data.size:
                raise ScriptError("MATLAB:index:grow", "Attempt to grow array along ambiguous dimension.")
            flat[places] = graphics if len(graphics) != 1 else graphics[0]
            shape = data.shape if flat.size == data.size else (1, flat.size) if row else (flat.size, 1)
            return HandleArray(flat.reshape(shape, order="F"))
        if not args:
            message = "An indexing expression on the left side of an assignment must have at least one subscript."
            raise ScriptError("MATLAB:atLeastOneIndexIsRequired", message)
        if len(args) > data.ndim:
            if not all(type(arg) is float and arg == 1.0 for arg in args[data.ndim :]):
                raise ScriptError("MATLAB:index:grow", "An array of graphics objects has two dimensions.")
            args = args[: data.ndim]
        rows, columns = (positions(arg, length, grow=True) for arg, length in zip(args, data.shape, strict=True))
        made = np.full(
            (max(rows.max(initial=-1) + 1, data.shape[0]), max(columns.max(initial=-1) + 1, data.shape[1])),
            None,
            OBJECT,
        )
        made[: data.shape[0], : data.shape[1]] = data
        made[np.ix_(rows, columns)] = (
            graphics[0] if len(graphics) == 1 else np.array(graphics, OBJECT).reshape(rows.size, columns.size)
        )
        return HandleArray(made)

    def concatenate(self, parts: tuple, axis: int) -> Any:
        return join(parts, axis)

    def convert(self, target: str) -> Any:
        return doubles(self, target)

    def operator(self, name: str, args: tuple) -> Any:
        if name not in ("eq", "ne"):
            return NotImplemented
        if any(is_number(arg) for arg in args):
            from cnnscript.values import compare

            return getattr(compare, name)(*(arg if is_number(arg) else doubles(arg, "double") for arg in args))
        one, other = (array_of(arg) for arg in args)
        same = np.frompyfunc(lambda a, b: a is b, 2, 1)(one, other).astype(bool)
        return norm(same if name == "eq" else ~same)

    def show(self, name: str, form: Any) -> str:
        loose = "" if form.spacing == "compact" else "\n"
        return f"{name} = \n{loose}{self.disp(form)}{loose}"

    def disp(self, form: Any) -> str:
        size = "×".join(map(str, self.data.shape))
        if self.data.size == 0:
            return f"  {size} empty GraphicsPlaceholder array.\n"
        names = {class_title(graphic) if graphic is not None else "GraphicsPlaceholder" for graphic in self.data.flat}
        word = names.pop() if len(names) == 1 else "graphics"
        rows = [
            "  "
            + "    ".join(class_title(graphic) if graphic is not None else "GraphicsPlaceholder" for graphic in row)
            + "\n"
            for row in self.data
        ]
        loose = "" if form.spacing == "compact" else "\n"
        return f"  {size} {word} array:\n{loose}" + "".join(rows)


def positions(arg: Any, length: int, grow: bool = False) -> np.ndarray:
    """Places from 0 that an index stands for."""
    if arg is COLON or (isinstance(arg, str) and arg == ":"):
        return np.arange(length)
    array = require_numeric(arg, "an index")
    places = (
        np.flatnonzero(array.ravel(order="F"))
        if array.dtype.kind == "b"
        else array.ravel(order="F").astype(np.intp) - 1
    )
    if places.size and (places.min() < 0 or (not grow and places.max() >= length)):
        raise ScriptError(
            "MATLAB:badsubscript",
            f"Index exceeds the number of array elements. Index must not exceed {length}."
            if places.min() >= 0
            else "Array indices must be positive integers or logical values.",
        )
    return places


def join(parts: tuple, axis: int) -> Any:
    arrays = [array_of(part) for part in parts]
    arrays = [array for array in arrays if array.size] or arrays[:1]
    try:
        return wrap_array(np.concatenate(arrays, axis))
    except ValueError:
        raise ScriptError(
            "MATLAB:catenate:dimensionMismatch", "Dimensions of arrays being concatenated are not consistent."
        ) from None


def array_of(value: Any) -> np.ndarray:
    """Handles, or an empty value, as an object array of Graphic."""
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
    raise ScriptError("MATLAB:graphics:notHandle", "Graphics objects join only with graphics objects.")


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
    data = data if data.ndim == 2 else data.reshape(1, -1)
    return wrap(data[0, 0]) if data.size == 1 and data[0, 0] is not None else HandleArray(data)


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
    if isinstance(value, list):
        if all(isinstance(item, Graphic) for item in value) and value:
            return wrap_list(value)
        if not value:
            return EMPTY
        return cell_of_texts(value)
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
