"""Making graphics objects out of others: copies, groups, transforms; their order; properties that go together."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.builtins.figures.callbacks import listen
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs
from cnnscript.builtins.figures.graphics_objects import targets
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import (
    Handle,
    HandleArray,
    graphics_of,
    not_a_handle,
    property_value,
    put_property,
    wrap,
    wrap_list,
)
from cnnscript.builtins.registry import alias, builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.groups import Group, Transform
from cnnscript.pictures.graphics.lesser_parts import DataTipRow
from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.values.numeric import is_cell
from cnnscript.values.objects import Object
from cnnscript.values.text import text_or_none, texts_or_none


@builtin
def copyobj(session, h, parent, option="", /):
    """
    c = copyobj(h, parent)
    c = copyobj(h, parent, 'legacy')

    Copies of graphics objects and of all that is in them, put into other parents.

    One parent takes every copy; of several each takes one, and one object may be copied into several. Callbacks and
    application data are copied with 'legacy' only.

    Examples
      >> h = plot(1:3, Color='r'); f = figure; ax = axes(f); c = copyobj(h, ax); c.Color, c == h
      ans =
           1     0     0
      ans =
        logical
         0
      figure 1: line 3 points
      figure 2: line 3 points

    See also hggroup, gobjects, findobj.
    """
    legacy = (text_or_none(option) or "").lower() == "legacy"
    sources, parents = targets(session, h, "copyobj"), targets(session, parent, "copyobj")
    if len(sources) == 1:
        sources *= max(len(parents), 1)
    if len(parents) == 1:
        parents *= len(sources)
    if len(sources) != len(parents):
        raise ScriptError("MATLAB:copyobj:size", "Handle vectors have different lengths.")
    made = []
    for source, place in zip(sources, parents, strict=True):
        source.alive()
        place.alive()
        if source.homes and place.kind not in source.homes:
            raise ScriptError(
                "MATLAB:HandleGraphics:hgError", f"{source.short_class()} cannot be a child of {place.short_class()}."
            )
        made.append(copy_into(session, source, place, legacy))
    column = isinstance(h, HandleArray) and h.size()[1] == 1
    return wrap_list(made, column)


def copy_into(session: Any, source: Graphic, place: Graphic, legacy: bool) -> Graphic:
    known: dict[int, Graphic] = {}
    made = source.copied(place, known)
    for one in known.values():
        for attribute in ("twin", "current_axes"):
            partner = getattr(one, attribute, None)
            if partner is not None:
                setattr(one, attribute, known.get(id(partner)))
        if getattr(one, "objects", None):
            one.objects = [known.get(id(each), each) for each in one.objects]
        if not legacy:
            for name, entry in one.table.items():
                if name.endswith(("Fcn", "Callback")) and entry.raw:
                    one.values.pop(name, None)
    if isinstance(made, Figure):
        made.number = session.desk.next_number()
        made.page, made.seen = None, 0
        session.desk.current = made
    place.children.append(made)
    made.touch()
    return made


@builtin
def hggroup(session, /, *args):
    """
    g = hggroup
    g = hggroup(Name=Value)
    g = hggroup(parent, ...)

    A group: objects whose Parent is g are shown, hidden and deleted together.

    Examples
      >> g = hggroup; h = plot(1:3, Parent=g); g.Children == h
      ans =
        logical
         1
      figure 1: line 3 points

    See also hgtransform, copyobj, plot.
    """
    return grouped(session, Group, args, "hggroup")


@builtin
def hgtransform(session, /, *args):
    """
    t = hgtransform
    t = hgtransform(Name=Value)
    t = hgtransform(parent, ...)

    A group that is drawn through a matrix: t.Matrix moves, turns and stretches all that is in it.

    Examples
      >> t = hgtransform; line([0 1], [0 1], Parent=t); t.Matrix = makehgtform('translate', [2 0 0]); t.Matrix(1, 4)
      ans =
           2
      figure 1: line 2 points

    See also makehgtform, hggroup.
    """
    return grouped(session, Transform, args, "hgtransform")


def grouped(session: Any, kind: type[Group], args: tuple, function: str) -> Any:
    parent: Graphic | None = None
    if args and isinstance(args[0], Handle) and args[0].graphic.kind in kind.homes:
        parent, args = args[0].graphic, args[1:]
        parent.alive()
    given = pairs(args, function)
    inside = next((value for name, value in given if name.lower() == "parent" and isinstance(value, Handle)), None)
    made = kind(parent or (inside.graphic if inside is not None else session.desk.current_axes()))
    set_pairs(made, [(name, value) for name, value in given if name.lower() != "parent" or value is not inside])
    return wrap(made)


@builtin
def makehgtform(*args):
    """
    M = makehgtform
    M = makehgtform('translate', [tx ty tz])
    M = makehgtform('scale', s)
    M = makehgtform('xrotate', t)
    M = makehgtform('axisrotate', [ax ay az], t)

    The 4-by-4 matrix of a movement, for hgtransform; several are multiplied in the order given.

    Movements: 'translate' with a vector or three numbers, 'scale' with one factor or three, 'xrotate', 'yrotate' and
    'zrotate' with an angle in radians, 'axisrotate' with an axis and an angle.

    Examples
      >> M = makehgtform
      M =
           1     0     0     0
           0     1     0     0
           0     0     1     0
           0     0     0     1
      >> M = makehgtform('translate', [1 2 3], 'scale', 2); M(1:3, :)
      ans =
           2     0     0     1
           0     2     0     2
           0     0     2     3
      >> M = makehgtform('xrotate', pi/2); round(M(2:3, 2:3))
      ans =
           0    -1
           1     0
      >> M = makehgtform('axisrotate', [0 0 1], pi/2); round(M(1:2, 1:2))
      ans =
           0    -1
           1     0

    See also hgtransform, hggroup.
    """
    made, rest = np.eye(4), list(args)
    while rest:
        ways = ("translate", "scale", "xrotate", "yrotate", "zrotate", "axisrotate")
        way = take.choice(rest.pop(0), ways, "makehgtform", "the movement")
        numbers: list[float] = []
        while rest and text_or_none(rest[0]) is None:
            numbers += take.numbers(rest.pop(0), "makehgtform", f"the argument of {way}")
        made = made @ movement(way, numbers)
    return made


def movement(way: str, numbers: list[float]) -> np.ndarray:
    """One movement as a 4×4 matrix."""
    wanted = {"translate": (3,), "scale": (1, 3), "axisrotate": (4,)}.get(way, (1,))
    if len(numbers) not in wanted:
        raise ScriptError(
            "MATLAB:makehgtform:arguments",
            f"'{way}' takes {' or '.join(map(str, wanted))} numbers.",
            notes=(f"got {len(numbers)}",),
        )
    made = np.eye(4)
    if way == "translate":
        made[:3, 3] = numbers
    elif way == "scale":
        made[[0, 1, 2], [0, 1, 2]] = numbers
    else:
        axis = np.array({"xrotate": (1, 0, 0), "yrotate": (0, 1, 0), "zrotate": (0, 0, 1)}.get(way, numbers[:3]), float)
        length = np.linalg.norm(axis)
        if not length:
            raise ScriptError("MATLAB:makehgtform:axis", "The axis of a rotation must not be zero.")
        x, y, z = axis / length
        across = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        angle = numbers[-1]
        made[:3, :3] += np.sin(angle) * across + (1 - np.cos(angle)) * (across @ across)
    return made


@builtin
def uistack(session, h, where="up", steps=1.0, /):
    """
    uistack(h)
    uistack(h, where)
    uistack(h, where, n)

    Move objects up in front of others, by one place or n; where: 'up', 'down', 'top' or 'bottom'.

    Examples
      >> h = plot(1:3, magic(3)); uistack(h(1), 'top'); ax = gca; ax.Children(1) == h(1)
      ans =
        logical
         1
      figure 1: line 3 points, line 3 points, line 3 points
      >> uistack(h(1), 'down', 2); uistack(h(3)); ax.Children(1) == h(3)
      ans =
        logical
         1
      figure 1: line 3 points, line 3 points, line 3 points

    See also hggroup, copyobj.
    """
    way = take.choice(where, ("up", "down", "top", "bottom"), "uistack", "the direction")
    graphics = targets(session, h, "uistack")
    count = take.count(steps, "uistack", "the number of steps")
    for graphic in graphics:
        graphic.alive()
        if graphic.parent is None:
            raise ScriptError("MATLAB:uistack:parent", "uistack moves objects that have a parent.")
    order = graphics if way in ("up", "top") else graphics[::-1]
    for graphic in order:
        siblings = graphic.parent.children
        at = siblings.index(graphic)
        siblings.remove(graphic)
        to = {"up": at + count, "down": max(at - count, 0), "top": len(siblings), "bottom": 0}[way]
        siblings.insert(to, graphic)
        graphic.parent.touch()


# ---------------------------------------------------------------------------------------- properties that go together
class Link(Object):
    """What linkprop gives: while it is there, the properties of its objects change together."""

    class_name: ClassVar[str] = "matlab.graphics.internal.LinkProp"
    is_handle: ClassVar[bool] = True
    methods: ClassVar[frozenset[str]] = frozenset(("delete", "addprop", "removeprop", "addtarget", "removetarget"))

    def __init__(self, graphics: list[Graphic], names: list[str]):
        self.graphics, self.names, self.busy = list(graphics), [], False
        for name in names:
            self.add(name)

    def property_names(self) -> list[str]:
        return ["Targets", "PropertyNames", "Enabled"]

    def get(self, name: str) -> Any:
        if name == "Targets":
            return wrap_list(self.graphics, column=False)
        if name == "PropertyNames":
            from cnnscript.values.text import cell_of_texts

            return cell_of_texts(self.names).reshape(1, -1)
        return "on" if name == "Enabled" else super().get(name)

    def own_method(self, name: str) -> Any:
        return {
            "addprop": lambda nargout, link, word: self.add(text_or_none(word) or ""),
            "removeprop": lambda nargout, link, word: self.drop(text_or_none(word) or ""),
            "addtarget": lambda nargout, link, h: self.join(graphics_of(h)),
            "removetarget": lambda nargout, link, h: self.leave(graphics_of(h)),
        }.get(name)

    def add(self, name: str) -> None:
        found = [graphic.find_name(name) for graphic in self.graphics]
        self.names += found[:1]
        for graphic in self.graphics[1:]:
            put_property(graphic, found[0], property_value(self.graphics[0], found[0]))
        for graphic, word in zip(self.graphics, found, strict=True):
            graphic.watchers.setdefault(word, []).append(self.changed)

    def drop(self, name: str) -> None:
        self.names = [each for each in self.names if each != name]
        for graphic in self.graphics:
            if self.changed in graphic.watchers.get(name, ()):
                graphic.watchers[name].remove(self.changed)

    def join(self, more: list[Graphic]) -> None:
        for graphic in more:
            for name in self.names:
                put_property(graphic, name, property_value(self.graphics[0], name))
                graphic.watchers.setdefault(name, []).append(self.changed)
            self.graphics.append(graphic)

    def leave(self, gone: list[Graphic]) -> None:
        for graphic in gone:
            for name in self.names:
                if self.changed in graphic.watchers.get(name, ()):
                    graphic.watchers[name].remove(self.changed)
        self.graphics = [graphic for graphic in self.graphics if graphic not in gone]

    def delete(self) -> None:
        for name in list(self.names):
            self.drop(name)

    def changed(self, graphic: Graphic, name: str) -> None:
        if self.busy:
            return
        self.busy = True
        try:
            for other in self.graphics:
                if other is not graphic and not other.deleted:
                    put_property(other, name, property_value(graphic, name))
        finally:
            self.busy = False


@builtin
def linkprop(session, h, names, /):
    """
    link = linkprop(h, name)
    link = linkprop(h, names)

    Let properties of several objects change together, as long as link is there; all begin with those of the first.

    link has the methods addprop, removeprop, addtarget and removetarget.

    Examples
      >> a = subplot(1, 2, 1); b = subplot(1, 2, 2); link = linkprop([a b], {'XLim', 'FontSize'});
      >> a.XLim = [0 5]; b.XLim
      ans =
           0     5
      figure 1: axes 1: empty axes; axes 2: empty axes
      >> link = linkprop([a b], 'FontSize'); b.FontSize = 14; a.FontSize
      ans =
          14
      figure 1: axes 1: empty axes; axes 2: empty axes

    See also linkaxes, addlistener, set.
    """
    words = texts_or_none(names)
    if not words:
        raise take.refusal("linkprop", "the properties", "text, or a cell of texts", names)
    graphics = targets(session, h, "linkprop")
    if not graphics:
        raise not_a_handle(h)
    return Link(graphics, list(words))


@builtin
def addlistener(h, /, *args):
    """
    el = addlistener(h, event, f)
    el = addlistener(h, name, 'PostSet', f)

    Call f(source, event) when something happens to objects: an event of theirs, such as 'ObjectBeingDestroyed', or,
    with 'PostSet', that a property was set.

    Objects are those of classes that a program defines, or graphics objects. delete(el) ends it.

    Examples
      >> ax = gca; el = addlistener(ax, 'XLim', 'PostSet', @(s, e) disp(e.AffectedObject.XLim)); ax.XLim = [0 4];
           0     4
      figure 1: empty axes
      >> el = addlistener(ax, 'ObjectBeingDestroyed', @(s, e) disp('gone')); delete(ax)
      gone

    See also linkprop, delete, set.
    """
    if isinstance(h, Handle | HandleArray) or is_cell(h):
        graphics = graphics_of(h)
        for graphic in graphics:
            graphic.alive()
        return listen(graphics, args)
    if isinstance(h, Object):
        raise ScriptError(
            "MATLAB:class:InvalidEvent", f"Objects of class '{h.class_name}' have no events that are told."
        )
    raise not_a_handle(h)


alias("listener", "addlistener")


@builtin
def dataTipTextRow(label, value, format="auto", /):  # noqa: N802
    """
    row = dataTipTextRow(label, value)
    row = dataTipTextRow(label, value, format)

    A line of the data tips of a plot, for h.DataTipTemplate.DataTipRows.

    Examples
      >> h = plot(1:3); row = dataTipTextRow('k', 'XData', '%d'); h.DataTipTemplate.DataTipRows(end+1) = row;
      >> numel(h.DataTipTemplate.DataTipRows)
      ans =
           3
      figure 1: line 3 points

    See also plot, scatter.
    """
    made = DataTipRow(None)
    for name, given in (("Label", label), ("Value", value), ("Format", format)):
        put_property(made, name, given)
    return wrap(made)
