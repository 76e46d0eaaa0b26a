"""Properties of graphics objects, and finding them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import (
    Handle,
    HandleArray,
    graphics_of,
    not_a_handle,
    to_script,
    wrap,
    wrap_list,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import OBJECT, as_array, is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none, texts_or_none


def class_named(name: str) -> type[Graphic] | None:
    """The class of graphics objects that MATLAB calls so; only the last word decides where none is of that name."""
    from cnnscript.pictures.graphics import annotations, axes, beside, charts, figures, plots, primitives, series
    from cnnscript.pictures.images import shapes

    classes: list[type[Graphic]] = []
    for module in (annotations, axes, beside, charts, figures, plots, primitives, series, shapes):
        classes += [item for item in vars(module).values() if isinstance(item, type) and issubclass(item, Graphic)]
    last = name.rpartition(".")[2]
    exact = [item for item in classes if item.class_name == name]
    near = [item for item in classes if item.class_name.rpartition(".")[2] == last]
    return next(iter(exact + near), None)


def targets(session: Any, value: Any, function: str) -> list[Graphic]:
    """Graphics objects from handles, or from numbers: 0 is the root, n figure n; see handle_numbers."""
    if isinstance(value, (Handle, HandleArray)) or is_cell(value):
        return graphics_of(value)
    if isinstance(value, Object) or text_or_none(value) is not None:
        raise not_a_handle(value)
    found: list[Graphic] = []
    for number in as_array(value).ravel(order="F").tolist():
        known = object_of(number)
        found.append(known or (session.desk if number == 0 else figure_of(session, number, function)))
    return found


@builtin
def set(session, h, /, *args):
    """
    set(h, name, value)
    set(h, name1, value1, name2, value2)
    set(h, names, values)
    set(h, struct)

    Change properties of graphics objects; names in any case, and their beginnings.

    Examples
      >> f = figure; set(f, 'position', [1 1 300 200]); f.Position(3:4)
      ans =
         300   200
      >> set(gca, {'XLim', 'YLim'}, {[0 2], [0 3]}); ylim
      ans =
           0     3
      figure 1: empty axes

    See also get, gcf, gca.
    """
    if isinstance(h, Object) and not isinstance(h, (Handle, HandleArray)):
        for name, value in pairs(args, "set"):
            h.set(name, value)
        return
    graphics = targets(session, h, "set")
    if args and is_cell(args[0]) and len(args) == 2:
        names = texts_or_none(args[0]) or []
        values = as_array(args[1])
        values = values if values.dtype == OBJECT else np.array([[values]], OBJECT)
        if values.shape[-1] != len(names) and values.size != len(names):
            raise ScriptError("MATLAB:set:sizes", "Size mismatch in Param Cell / Value Cell pair.")
        for row, graphic in enumerate(graphics):
            line = (
                values[row]
                if values.ndim == 2 and values.shape[0] == len(graphics) and len(graphics) > 1
                else values.ravel(order="F")
            )
            set_pairs(graphic, list(zip(names, line, strict=True)))
        return
    given = pairs(args, "set")
    if not given:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("set(h, name, value)",))
    for graphic in graphics:
        if graphic is session.desk:
            for name, value in given:
                graphic.set(name, text_or_none(value) if text_or_none(value) is not None else value)
        else:
            set_pairs(graphic, given)


@builtin
def get(session, h, name=None, /):
    """
    value = get(h, name)
    values = get(h, names)
    s = get(h)

    Properties of graphics objects: one, several (a cell), or all (a struct).

    Examples
      >> f = figure; get(f, 'number')
      ans =
           1
      >> values = get(f, {'Name', 'Visible'})
      values =
        1×2 cell array
          {0×0 char}    {'on'}
      >> s = get(f); s.Units
      ans =
          'pixels'

    See also set, gcf, gca.
    """
    if isinstance(h, Object) and not isinstance(h, (Handle, HandleArray)):
        word = take.word(name, "get", "the property") if name is not None else None
        return h.get(word) if word is not None else Struct({each: h.get(each) for each in h.property_names()})
    graphics = targets(session, h, "get")
    if name is None:
        if len(graphics) != 1:
            raise ScriptError("MATLAB:get:several", "get without a name takes one object.")
        graphic = graphics[0]
        return Struct({each: to_script(graphic.get(each)) for each in sorted(graphic.property_names())})
    names = texts_or_none(name)
    if names is None:
        raise take.refusal("get", "the property", "text", name)
    if not is_cell(name) and len(names) == 1 and len(graphics) == 1:
        return to_script(graphics[0].get(names[0]))
    made = np.empty((len(graphics), len(names)), OBJECT)
    for row, graphic in enumerate(graphics):
        for column, word in enumerate(names):
            made[row, column] = to_script(graphic.get(word))
    return made


@builtin
def ishandle(session, h, /):
    """
    tf = ishandle(h)

    Which elements are graphics objects, or numbers of figures.

    Examples
      >> f = figure; [ishandle(f) ishandle(77)]
      ans =
        1×2 logical array
         1   0

    See also isgraphics, isvalid.
    """
    return are_graphics(session, h, None)


@builtin
def isgraphics(session, h, type=None, /):
    """
    tf = isgraphics(h)
    tf = isgraphics(h, type)

    Which elements are graphics objects, of one type such as 'figure' or 'axes'.

    Examples
      >> [isgraphics(gca) isgraphics(gca, 'figure') isgraphics(3)]
      ans =
        1×3 logical array
         1   0   0
      figure 1: empty axes

    See also ishandle, findobj.
    """
    return are_graphics(session, h, take.word(type, "isgraphics", "the type").lower() if type is not None else None)


def are_graphics(session: Any, value: Any, kind: str | None) -> Any:
    if isinstance(value, Handle):
        return not value.graphic.deleted and kind in (None, value.graphic.kind)
    if isinstance(value, HandleArray):
        return norm(
            np.vectorize(lambda g: g is not None and not g.deleted and kind in (None, g.kind), otypes=[bool])(
                value.data
            )
        )
    if isinstance(value, (Object, str)) or is_cell(value) or text_or_none(value) is not None:
        return False
    numbers = {float(figure.number) for figure in session.desk.figures()} if session.desk_made() else frozenset()
    array = as_array(value)
    roots = [0.0] if kind in (None, "root") else []
    figures = numbers if kind in (None, "figure") else ()
    given = [
        number
        for number in array.ravel().tolist()
        if (known := object_of(number)) is not None and not known.deleted and kind in (None, known.kind)
    ]
    return norm(np.isin(array, [*roots, *figures, *given]))


@builtin
def isvalid(h, /):
    """
    tf = isvalid(h)

    Which handles are of objects that have not been deleted.

    Examples
      >> h = plot(1:2); cla; isvalid(h)
      figure 1: line 2 points
      ans =
        logical
         0
      figure 1: empty axes

    See also ishandle, isgraphics.
    """
    if isinstance(h, Handle):
        return not h.graphic.deleted
    if isinstance(h, HandleArray):
        return norm(np.vectorize(lambda g: g is not None and not g.deleted, otypes=[bool])(h.data))
    if isinstance(h, Object) and h.is_handle:
        return True
    raise take.refusal("isvalid", "the argument", "a handle", h)


@builtin
def findobj(session, /, *args):
    """
    h = findobj
    h = findobj(name, value)
    h = findobj(objects, name, value)

    The graphics objects that have a property with a value, among all or in some.

    Examples
      >> plot(1:3); h = findobj(gca, 'Type', 'line'); h.YData
      ans =
           1     2     3
      figure 1: line 3 points

    See also findall, allchild, get, gobjects.
    """
    return wrap_list([graphic for graphic in fitting(session, args, "findobj") if in_reach(session, graphic)])


@builtin
def findall(session, objects, /, *args):
    """
    h = findall(objects)
    h = findall(objects, name, value)

    The graphics objects in some (0: all) that have a property with a value, also those whose handle is hidden.

    Examples
      >> figure('HandleVisibility', 'off'); plot(1:3); h = findall(0, 'Type', 'line'); h.YData
      ans =
           1     2     3
      figure 1: line 3 points

    See also findobj, allchild.
    """
    return wrap_list(fitting(session, (objects, *args), "findall"))


def in_reach(session: Any, graphic: Graphic) -> bool:
    return graphic is session.desk or graphic.value("HandleVisibility") == "on"


def fitting(session: Any, args: tuple, function: str) -> list[Graphic]:
    """[Objects,] names and values: the graphics objects in the objects (or all) whose properties have these values."""
    values = list(args)
    roots: list[Graphic] = [session.desk]
    if values and text_or_none(values[0]) is None:
        roots = targets(session, values.pop(0), function)
    values = [value for value in values if text_or_none(value) not in ("-and", "flat")]
    wanted = pairs(tuple(values), function)

    def fits(graphic: Graphic) -> bool:
        return not graphic.deleted and all(has(graphic, word, value) for word, value in wanted)

    return [node for root in roots for node in root.walk() if fits(node)]


def has(graphic: Graphic, word: str, value: Any) -> bool:
    """Whether a property has a value: texts in any letter case, handles the same object, numbers equal."""
    try:
        found = to_script(graphic.get(word))
    except ScriptError:
        return False
    text = text_or_none(value)
    if text is not None:
        return isinstance(found, str) and found.lower() == text.lower()
    if isinstance(value, Handle):
        return found is value
    return np.array_equal(as_array(found), as_array(value))


@builtin
def allchild(session, h, /):
    """
    children = allchild(h)

    All children of an object, hidden ones too, newest first.

    Examples
      >> plot(1:3); hold on; plot(1:4); children = allchild(gca); children(1).XData
      ans =
           1     2     3     4
      figure 1: line 3 points, line 4 points

    See also findobj.
    """
    return wrap_list([child for graphic in targets(session, h, "allchild") for child in reversed(graphic.children)])


@builtin
def ancestor(h, type, /):
    """
    p = ancestor(h, type)

    The nearest object of a type that an object is in, itself included.

    Examples
      >> h = plot(1:3); p = ancestor(h, 'figure'); p.Number
      ans =
           1
      figure 1: line 3 points

    See also findobj, gcf.
    """
    graphics = graphics_of(h)
    found = graphics[0].up(take.word(type, "ancestor", "the type").lower()) if graphics else None
    return wrap(found) if found is not None else wrap_list([])


@builtin
def gobjects(*sizes):
    """
    h = gobjects(n)
    h = gobjects(m, n)

    Room for handles of graphics objects.

    Examples
      >> h = gobjects(1, 3); h(2) = plot(1:2); size(h)
      ans =
           1     3
      figure 1: line 2 points

    See also plot, findobj.
    """
    given = [n for value in sizes for n in take.numbers(value, "gobjects", "the size")]
    lengths = [take.count(max(n, 0.0), "gobjects", "the size") for n in given] or [1]
    shape = (lengths[0], lengths[0]) if len(lengths) == 1 else tuple(lengths[:2])
    require_memory(shape, 8)
    return HandleArray(np.full(shape, None, OBJECT))
