"""Finding graphics objects: by their properties, by their kin, and those that callbacks are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_objects import class_named, targets
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, HandleArray, array_of, property_value, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, as_array, is_cell
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none, texts_or_none

Test = Callable[[Graphic], bool]


@builtin
def findobj(session, /, *args):
    """
    h = findobj
    h = findobj(name, value)
    h = findobj(objects, name, value)
    h = findobj(objects, '-depth', d, ...)
    h = findobj(objects, 'flat', ...)
    h = findobj(..., '-regexp', name, pattern)
    h = findobj(..., '-property', name)
    h = findobj(..., '-function', f)
    h = findobj(..., '-isa', classname)
    h = findobj(test1, operator, test2)

    The graphics objects that have a property with a value, among all or in some, newest first.

    Tests are joined by '-and' (which may be left out), '-or' and '-xor'; '-not' turns one around, a cell holds some in
    parentheses. '-depth' says how far below the objects to look; 'flat' is '-depth', 0. f takes a handle and says
    whether it is wanted; '-function', name, f asks it about a property. Objects whose HandleVisibility is not 'on' are
    found by findall.

    Examples
      >> plot(1:3); h = findobj(gca, 'Type', 'line'); h.YData
      ans =
           1     2     3
      figure 1: line 3 points
      >> h = findobj('-isa', 'matlab.graphics.chart.primitive.Line', '-and', '-not', {'LineWidth', 2}); numel(h)
      ans =
           1
      >> plot(1:4, Tag='part 1'); h = findobj('-regexp', 'Tag', '^part', '-or', 'Type', 'image'); numel(h)
      ans =
           1
      figure 1: line 4 points
      >> numel(findobj(gcf, '-property', 'YData')), numel(findobj(gcf, '-depth', 1)), numel(findobj(gcf, 'flat'))
      ans =
           1
      ans =
           2
      ans =
           1
      >> h = findobj(gcf, '-function', @(x) strcmp(x.Type, 'line')); numel(h)
      ans =
           1

    See also findall, allchild, get, gobjects.
    """
    return wrap_list(fitting(session, args, "findobj", session.desk.shows_hidden()))


@builtin
def findall(session, objects, /, *args):
    """
    h = findall(objects)
    h = findall(objects, name, value)

    As findobj, in some objects (0: all), also those whose handle is hidden, such as titles and labels.

    Examples
      >> figure('HandleVisibility', 'off'); plot(1:3); h = findall(0, 'Type', 'line'); h.YData
      ans =
           1     2     3
      figure 1: line 3 points
      >> title('a'); set(findall(gcf, '-property', 'FontSize'), 'FontSize', 14); t = get(gca, 'Title'); t.FontSize
      ans =
          14
      figure 1: line 3 points, title 'a'

    See also findobj, allchild.
    """
    return wrap_list(fitting(session, (objects, *args), "findall", True))


def fitting(session: Any, args: tuple, function: str, every: bool) -> list[Graphic]:
    """[Objects,] ['-depth', d,] and tests: the graphics objects in the objects (or all) that pass the tests."""
    values = list(args)
    roots: list[Graphic] = [session.desk]
    if values and text_or_none(values[0]) is None and not isinstance(values[0], Struct) and not is_cell(values[0]):
        roots = targets(session, values.pop(0), function)
    depth: float = np.inf
    kept: list[Any] = []
    while values:
        word = text_or_none(values[0])
        low = word.lower() if word is not None else ""
        if low == "flat" and not kept:
            depth = 0
            values.pop(0)
        elif low == "-depth" and len(values) > 1:
            values.pop(0)
            depth = take.number(values.pop(0), function, "the depth")
        else:
            # A name takes its value with it, whatever that says.
            taken = 1 if low in ("-and", "-or", "-xor", "-not") or isinstance(values[0], Struct) else 2
            taken = 3 if low == "-regexp" or low == "-function" and len(values) > 2 and named(values[1]) else taken
            taken = 1 if is_cell(values[0]) else taken
            kept += values[:taken]
            del values[:taken]
    test = tests(session, kept, function)
    found: dict[int, Graphic] = {}
    for root in roots:
        for node in within(root, depth, every):
            if not node.deleted and id(node) not in found and test(node):
                found[id(node)] = node
    return list(found.values())


def named(value: Any) -> bool:
    return text_or_none(value) is not None


def within(node: Graphic, depth: float, every: bool) -> Any:
    """An object and what is in it, so many levels down."""
    yield node
    if depth > 0:
        for child in node.kin(every):
            yield from within(child, depth - 1, every)


# -------------------------------------------------------------------------------------------------------------- tests
def tests(session: Any, values: list[Any], function: str) -> Test:
    """Tests joined by operators: '-not' first, then '-and', '-xor' and '-or'."""
    terms: list[list[list[Test]]] = [[[]]]  # or of xor of and
    turned, joined = False, False
    rest = list(values)
    while rest:
        low = (text_or_none(rest[0]) or "").lower()
        if low == "-not":
            turned, _ = not turned, rest.pop(0)
            continue
        if low in ("-and", "-or", "-xor"):
            rest.pop(0)
            joined = True
            if low == "-or":
                terms.append([[]])
            elif low == "-xor":
                terms[-1].append([])
            continue
        test = one_test(session, rest, low, function)
        terms[-1][-1].append(opposite(test) if turned else test)
        turned = joined = False
    if joined or turned:
        raise ScriptError("MATLAB:findobj:operators", f"{function}: nothing follows the last logical operator.")

    def passes(node: Graphic) -> bool:
        return any(
            sum(all(test(node) for test in factors) for factors in alternatives) % 2 == 1
            if len(alternatives) > 1
            else all(test(node) for test in alternatives[0])
            for alternatives in terms
        )

    return passes


def opposite(test: Test) -> Test:
    return lambda node: not test(node)


def one_test(session: Any, rest: list[Any], low: str, function: str) -> Test:
    """The test at the front of the list, which is taken off."""
    if is_cell(rest[0]):
        return tests(session, rest.pop(0).ravel(order="F").tolist(), function)
    if isinstance(rest[0], Struct):
        fields = list(rest.pop(0).fields.items())
        return lambda node: all(has(node, name, value) for name, value in fields)
    word = text_or_none(rest.pop(0))
    if word is None or not rest:
        raise ScriptError(
            "MATLAB:hg:InvalidPVPair",
            "Invalid parameter/value pair arguments.",
            notes=(f"{function} takes property names, each followed by its value",),
        )
    if low == "-property":
        name = take.word(rest.pop(0), function, "the property")
        return lambda node: node_has(node, name)
    if low == "-isa":
        name = take.word(rest.pop(0), function, "the class")
        kind = class_named(name)
        kind = kind if kind is not None and kind.class_name == name else None
        return lambda node: node.class_name == name or kind is not None and isinstance(node, kind)
    if low == "-regexp":
        from cnnscript.builtins.text.patterns import translated

        if len(rest) < 2:
            raise ScriptError("MATLAB:minrhs", f"{function}: '-regexp' takes a property and a pattern.")
        name = take.word(rest.pop(0), function, "the property")
        finder = translated(take.word(rest.pop(0), function, "the pattern")).finder
        return lambda node: isinstance(found := value_or_none(node, name), str) and bool(finder.search(found))
    if low == "-function":
        name = text_or_none(rest[0]) if len(rest) > 1 else None
        if name is not None:
            rest.pop(0)
        asked = rest.pop(0)
        if type(asked) is not Function:
            raise ScriptError("MATLAB:findobj:function", f"{function}: '-function' takes a function handle.")

        def answers(node: Graphic) -> bool:
            if name is not None and not node_has(node, name):
                return False
            result = session.call(asked, 1, wrap(node) if name is None else property_value(node, name))
            return bool(np.all(as_array(result) != 0)) and as_array(result).size > 0

        return answers
    value = rest.pop(0)
    return lambda node: has(node, word, value)


def node_has(node: Graphic, name: str) -> bool:
    return value_or_none(node, name) is not None


def value_or_none(node: Graphic, name: str) -> Any:
    """The value of a property, None for an object that has it not."""
    try:
        return property_value(node, name)
    except ScriptError:
        return None


def has(node: Graphic, word: str, value: Any) -> bool:
    """Whether a property has a value: texts in any letter case, handles the same object, numbers equal."""
    found = value_or_none(node, word)
    if found is None:
        return False
    text = text_or_none(value)
    if text is not None:
        if isinstance(found, str):
            return found.lower() == text.lower()
        text = None
    if isinstance(value, Handle | HandleArray):
        if not isinstance(found, Handle | HandleArray):
            return False
        one, two = array_of(found), array_of(value)
        return one.shape == two.shape and all(a is b for a, b in zip(one.flat, two.flat, strict=True))
    from cnnscript.builtins.language.equality import same

    wanted = given_as(node, word, value)
    return same(found, wanted, True)


def given_as(node: Graphic, word: str, value: Any) -> Any:
    """A value as the property would keep it ('r' for [1 0 0], true for 'on'); as it is where it would not."""
    from cnnscript.builtins.language.handles import from_script, to_script

    entry = node.table.get(node.find_name(word))
    if entry is None or entry.raw or entry.check is None:
        return value
    try:
        return to_script(entry.check(from_script(value)))
    except (ValueError, TypeError, ScriptError):
        return value


# ---------------------------------------------------------------------------------------------------------------- kin
@builtin
def allchild(session, h, /):
    """
    children = allchild(h)

    All children of an object, hidden ones too, newest first; of several objects a cell.

    Examples
      >> plot(1:3); hold on; plot(1:4); children = allchild(gca); children(1).XData
      ans =
           1     2     3     4
      figure 1: line 3 points, line 4 points

    See also findobj, findall.
    """
    found = [wrap_list(graphic.listed(True)) for graphic in targets(session, h, "allchild")]
    if len(found) == 1:
        return found[0]
    cell = np.empty((len(found), 1), OBJECT)
    for row, children in enumerate(found):
        cell[row, 0] = children
    return cell


@builtin
def ancestor(session, h, type, option="", /):
    """
    p = ancestor(h, type)
    p = ancestor(h, type, 'toplevel')

    The nearest object of a type that an object is in, itself included; with 'toplevel' the outermost.

    type may be a cell of types, or a class. There is none: [].

    Examples
      >> h = plot(1:3); p = ancestor(h, 'figure'); p.Number
      ans =
           1
      figure 1: line 3 points
      >> p = ancestor(h, {'figure', 'axes'}, 'toplevel'); p.Type
      ans =
          'figure'

    See also findobj, gcf.
    """
    kinds = [kind.lower() for kind in texts_or_none(type) or ()]
    if not kinds:
        raise take.refusal("ancestor", "the type", "text, or a cell of texts", type)
    top = text_or_none(option) or ""
    if top not in ("", "toplevel"):
        raise ScriptError("MATLAB:ancestor:option", "The third argument of ancestor can be 'toplevel' only.")
    made = [
        wrap(found) if (found := outer(graphic, kinds, bool(top))) is not None else wrap_list([])
        for graphic in targets(session, h, "ancestor")
    ]
    if len(made) == 1:
        return made[0]
    cell = np.empty((len(made), 1), OBJECT)
    for row, found in enumerate(made):
        cell[row, 0] = found
    return cell if made else wrap_list([])


def outer(graphic: Graphic, kinds: list[str], top: bool) -> Graphic | None:
    graphic.alive()
    found, node = None, graphic
    while node is not None:
        if node.kind in kinds or node.class_name.lower() in kinds:
            found = node
            if not top:
                break
        node = node.holder()
    return found


# --------------------------------------------------------------------------------------------------- of callbacks
@builtin
def gco(session, f=None, /):
    """
    h = gco
    h = gco(f)

    The object of the current figure (or of f) that was clicked last: figure property CurrentObject.

    Examples
      >> figure; isempty(gco)
      ans =
        logical
         1
      >> h = plot(1:3); set(gcf, 'CurrentObject', h); h == gco(gcf)
      ans =
        logical
         1
      figure 1: line 3 points

    See also gcf, gca, gcbo.
    """
    figures = [session.desk.current] if f is None else targets(session, f, "gco")
    figure = figures[0] if figures else None
    found = figure.value("CurrentObject") if figure is not None else None
    return wrap(found) if isinstance(found, Graphic) and not found.deleted else wrap_list([])


@builtin(outputs=2)
def gcbo(session, nargout, /):
    """
    h = gcbo
    [h, f] = gcbo

    The object whose callback runs now, and its figure; [] where none does.

    Examples
      >> h = gcbo; isempty(h)
      ans =
        logical
         1
      >> f = figure('DeleteFcn', 'disp(class(gcbo))'); delete(f)
      matlab.ui.Figure
      >> [h, f] = gcbo; isempty(f)
      ans =
        logical
         1

    See also gcbf, gco, gcf.
    """
    found = session.desk.called[-1] if session.desk.called else None
    figure = found.up("figure") if found is not None else None
    return tuple(wrap(each) if each is not None else wrap_list([]) for each in (found, figure))[: max(nargout, 1)]


@builtin
def gcbf(session, /):
    """
    f = gcbf

    The figure of the object whose callback runs now; [] where none does.

    Examples
      >> isempty(gcbf)
      ans =
        logical
         1

    See also gcbo, gcf.
    """
    found = session.desk.called[-1].up("figure") if session.desk.called else None
    return wrap(found) if found is not None else wrap_list([])


@builtin
def findfigs(session, /):
    """
    findfigs

    Put figures that lie off the screen back onto it.

    Examples
      >> f = figure('Position', [-5000 100 300 200]); findfigs; f.Position(1) >= 0
      ans =
        logical
         1

    See also figure, gcf.
    """
    from cnnscript.pictures.graphics.layout import SCREEN

    for figure in session.desk.figures():
        units = figure.value("Units")
        if units != "pixels":
            continue
        box = np.asarray(figure.get("Position"), float)
        moved = np.r_[np.clip(box[:2], 0, np.maximum(np.array(SCREEN) - box[2:], 0)), box[2:]]
        if not np.array_equal(box, moved):
            figure.set("Position", moved)
