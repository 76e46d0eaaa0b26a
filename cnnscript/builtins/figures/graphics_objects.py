"""Properties of graphics objects: set, get; which values are handles; room for handles."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.figures.graphics_arguments import pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of
from cnnscript.builtins.language.handles import (
    Handle,
    HandleArray,
    graphics_of,
    not_a_handle,
    property_value,
    put_property,
)
from cnnscript.builtins.registry import alias, builtin
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic, every_kind
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, is_cell, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none


def class_named(name: str) -> type[Graphic] | None:
    """The class of graphics objects that MATLAB calls so; only the last word decides where none is of that name."""
    from cnnscript.pictures.images import shapes

    classes = [*every_kind(), *(item for item in vars(shapes).values() if isinstance(item, type))]
    classes = [item for item in classes if issubclass(item, Graphic)]
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
    numbers = as_array(value)
    if getattr(numbers, "dtype", None) is None or numbers.dtype.kind not in "fiub":
        raise not_a_handle(value)
    for number in numbers.ravel(order="F").tolist():
        known = object_of(number)
        if known is None and number != 0:
            whole = number == number and 1 <= number < 2**31 and number == int(number)
            known = session.desk.figure(int(number), make=False) if whole else None
            if known is None:
                fault = f"no object has the number {number:g}"
                raise ScriptError("MATLAB:class:InvalidHandle", "Invalid or deleted object.", notes=(fault,))
        found.append(known or session.desk)
    return found


@builtin(outputs=1)
def set(session, nargout, h, /, *args):
    """
    set(h, name, value)
    set(h, name1, value1, name2, value2)
    set(h, names, values)
    set(h, struct)
    choices = set(h, name)
    s = set(h)

    Change properties of graphics objects; names in any case, and their beginnings.

    names and values may be cells: one value a name, or a row of values for each object. A value 'default' or 'factory'
    gives a property the value of a new object. Without a value: what the property may be, where that is one of a few
    words; without a name: that of every property.

    Examples
      >> f = figure; set(f, 'position', [1 1 300 200]); f.Position(3:4)
      ans =
         300   200
      >> set(gca, {'XLim', 'YLim'}, {[0 2], [0 3]}); ylim
      ans =
           0     3
      figure 1: empty axes
      >> s.Tag = 'a'; set(gcf, s); disp(get(gcf, 'Tag'))
      a
      figure 1: empty axes
      >> choices = set(gca, 'XScale')
      choices =
        2×1 cell array
          {'linear'}
          {'log'   }
      >> s = set(gcf); disp(s.Pointer{1})
      arrow
      >> h = plot(1:3, magic(3)); set(h, 'LineWidth', 2, 'Marker', 'o'); disp(h(3).Marker)
      o
      figure 1: line 3 points, line 3 points, line 3 points

    See also get, findobj, gcf, gca, reset.
    """
    if isinstance(h, Object) and not isinstance(h, (Handle, HandleArray)):
        for name, value in pairs(args, "set"):
            h.set(name, value)
        return None
    graphics = targets(session, h, "set")
    for graphic in graphics:
        graphic.alive()
    if len(args) <= 1 and not (args and isinstance(args[0], Struct)):
        return choices(session, nargout, graphics, args)
    rest = list(args)
    while rest:
        head = rest.pop(0)
        if isinstance(head, Struct):
            for name, value in head.fields.items():
                for graphic in graphics:
                    put_property(graphic, name, value)
            continue
        if not rest:
            raise ScriptError(
                "MATLAB:hg:InvalidPVPair",
                "Invalid parameter/value pair arguments.",
                notes=("set takes property names, each followed by its value",),
            )
        if is_cell(head):
            set_cells(graphics, head, rest.pop(0))
            continue
        word = text_or_none(head)
        if word is None:
            raise ScriptError(
                "MATLAB:hg:InvalidPVPair",
                "Invalid parameter/value pair arguments.",
                notes=("set takes property names, each followed by its value",),
            )
        value = rest.pop(0)
        for graphic in graphics:
            put_property(graphic, word, value)
    return None


def set_cells(graphics: list[Graphic], names: Any, given: Any) -> None:
    """set(h, names, values): a row of values for each object, or one for all."""
    words = texts_or_none(names) or []
    values = as_array(given)
    values = values if values.dtype == OBJECT else np.array([[given]], OBJECT)
    each = values.ndim == 2 and values.shape == (len(graphics), len(words))
    if not each and values.size != len(words):
        raise ScriptError("MATLAB:set:sizes", "Size mismatch in Param Cell / Value Cell pair.")
    for row, graphic in enumerate(graphics):
        line = values[row] if each else values.ravel(order="F")
        for word, value in zip(words, line, strict=True):
            put_property(graphic, word, value)


def choices(session: Any, nargout: int, graphics: list[Graphic], args: tuple) -> Any:
    """set(h, name) and set(h): what properties may be."""
    if len(graphics) != 1:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("set(h, name, value)",))
    graphic = graphics[0]
    if args:
        word = text_or_none(args[0])
        if word is None:
            raise take.refusal("set", "the property", "text", args[0])
        return words_for(graphic, graphic.find_name(word))
    table = {
        name: words_for(graphic, name)
        for name in sorted(graphic.property_names())
        if name in ("Parent", "Children") or name in graphic.table and graphic.table[name].check is not None
    }
    if nargout:
        return Struct(table)
    rows = [(name, value.reshape(1, -1) if value.size else value) for name, value in table.items()]
    session.out.write(fields_body(rows, session.format) + session.format.blank)
    return None


def words_for(graphic: Graphic, name: str) -> Any:
    """The words that a property may be, in a column; an empty cell where it takes other values."""
    entry = graphic.table.get(name)
    words = list(getattr(entry.check, "words", ())) if entry is not None and entry.check is not None else []
    return cell_of_texts(words) if words else np.empty((0, 0), OBJECT)


@builtin(outputs=1)
def get(session, nargout, h, name=None, /):
    """
    value = get(h, name)
    values = get(h, names)
    s = get(h)
    get(h)
    defaults = get(h, 'default')

    Properties of graphics objects: one, several (a cell), or all (a struct, or printed).

    Of several objects the values stand in a column of a cell. 'DefaultLineLineWidth' and its like are what objects made
    in h begin with, 'FactoryLineLineWidth' what they would begin with otherwise.

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
      >> text = evalc('get(f)'); contains(text, "WindowState: 'normal'")
      ans =
        logical
         1
      >> set(f, 'DefaultLineLineWidth', 2); defaults = get(f, 'default')
      defaults =
        struct with fields:
          defaultLineLineWidth: 2
      >> value = get(f, 'FactoryLineLineWidth')
      value =
          0.5000

    See also set, gcf, gca, findobj.
    """
    if isinstance(h, Object) and not isinstance(h, (Handle, HandleArray)):
        word = take.word(name, "get", "the property") if name is not None else None
        return h.get(word) if word is not None else Struct({each: h.get(each) for each in h.property_names()})
    graphics = targets(session, h, "get")
    for graphic in graphics:
        graphic.alive()
    if name is None:
        return everything(session, nargout, graphics)
    names = texts_or_none(name)
    if names is None:
        raise take.refusal("get", "the property", "text", name)
    if not graphics:
        return EMPTY
    if not is_cell(name) and len(names) == 1 and len(graphics) == 1:
        return property_value(graphics[0], names[0])
    made = np.empty((len(graphics), len(names)), OBJECT)
    for row, graphic in enumerate(graphics):
        for column, word in enumerate(names):
            made[row, column] = property_value(graphic, word)
    return made


def everything(session: Any, nargout: int, graphics: list[Graphic]) -> Any:
    """get(h): all properties, as a struct (of several objects of one kind a column of structs) or printed."""
    if not graphics:
        return EMPTY
    if len({type(graphic) for graphic in graphics}) > 1:
        raise ScriptError("MATLAB:get:several", "get without a name takes objects of one class.")
    names = sorted(graphics[0].property_names(), key=str.lower)
    tables = [{name: property_value(graphic, name) for name in names} for graphic in graphics]
    if nargout:
        if len(tables) == 1:
            return Struct(tables[0])
        column = np.empty((len(tables), 1), OBJECT)
        for row, table in enumerate(tables):
            column[row, 0] = table
        return StructArray(names, column)
    for table in tables:
        session.out.write(fields_body(list(table.items()), session.format) + session.format.blank)
    return None


def reset_graphics(session: Any, h: Any) -> None:
    """reset(h): graphics objects (0: the root) with the properties of new ones, but for their data and places."""
    for graphic in targets(session, h, "reset"):
        graphic.alive()
        graphic.reset()


@builtin
def inspect(session, h, /):
    """
    inspect(h)

    Look at the properties of an object in an editor: not without MATLAB's desktop.

    It ends in an error that lists the properties and says what to do instead.

    Examples
      >> try, inspect(gcf), catch e, disp(e.message), end
      inspect needs MATLAB's desktop.

    See also get, set, properties.
    """
    graphics = targets(session, h, "inspect")
    names = sorted({name for graphic in graphics for name in graphic.property_names()})
    raise ScriptError(
        "cnnscript:desktop",
        "inspect needs MATLAB's desktop.",
        notes=("properties: " + ", ".join(names),),
        hint="get(h) prints the properties, set(h, name, value) changes them",
    )


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


alias("ishghandle", "ishandle")


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
    numbers = {float(number) for number in session.desk.numbered()} if session.desk_made() else frozenset()
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
        return not getattr(h, "deleted", False)
    raise take.refusal("isvalid", "the argument", "a handle", h)


@builtin
def gobjects(*sizes):
    """
    h = gobjects(n)
    h = gobjects(m, n, ...)

    Room for handles of graphics objects: placeholders in an array of that size.

    Examples
      >> h = gobjects(1, 3); h(2) = plot(1:2); size(h)
      ans =
           1     3
      figure 1: line 2 points

    See also plot, findobj.
    """
    given = [n for value in sizes for n in take.numbers(value, "gobjects", "the size")]
    lengths = [take.count(max(n, 0.0), "gobjects", "the size") for n in given] or [1]
    shape = (lengths[0], lengths[0]) if len(lengths) == 1 else tuple(lengths)
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    require_memory(shape, 8)
    return HandleArray(np.full(shape, None, OBJECT))
