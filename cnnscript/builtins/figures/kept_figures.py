"""Figures kept in files and opened again: savefig, openfig, hgsave, hgload.

A kept figure is a MAT-file whose variable hgS_070000 is a tree of structs (type, handle, properties, children,
special), as MATLAB wrote figures before R2014b and writes them beside its newer form since: `load('a.fig', '-mat')`
shows it, and MATLAB's own files open too as far as their objects are known here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.files import saved_objects
from cnnscript.builtins.files.matfiles import SaveWishes, read_mat, write_mat
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import (
    Handle,
    HandleArray,
    from_script,
    graphics_of,
    to_script,
    wrap,
    wrap_array,
    wrap_list,
)
from cnnscript.builtins.registry import builtin
from cnnscript.code import evaluate
from cnnscript.code.emit import plain_name
from cnnscript.code.scopes import Workspace
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.keeping import Node, Reference, kept, reopened
from cnnscript.pictures.graphics.objects import every_kind
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, OBJECT, is_cell
from cnnscript.values.structs import Struct, elements, is_struct, struct_array
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none

VARIABLE = "hgS_070000"
HANDLES = "graphics_handles"  # the field that stands for handles in UserData and callbacks
FIELDS = ["type", "handle", "properties", "children", "special"]
# what MATLAB's files call the objects of its older charts
OLDER_TYPES = {
    "graph2d.lineseries": "line",
    "graph3d.surfaceplot": "surface",
    "specgraph.areaseries": "area",
    "specgraph.barseries": "bar",
    "specgraph.contourgroup": "contour",
    "specgraph.errorbarseries": "errorbar",
    "specgraph.quivergroup": "quiver",
    "specgraph.scattergroup": "scatter",
    "specgraph.stairseries": "stair",
    "specgraph.stemseries": "stem",
    "scribe.legend": "legend",
    "scribe.colorbar": "colorbar",
}
LABELS = ("Title", "XLabel", "YLabel", "ZLabel")  # in the order of the field special of an axes in MATLAB's files
UNSEEN = ("ui", "scribe.")  # menus, tool bars and the tools of the plot editor: nothing of them is in the picture


# ----------------------------------------------------------------------------------------------------- nodes as structs
def struct_of_node(node: Node) -> Struct:
    children = np.empty((len(node.children), 1), OBJECT)
    for place, child in enumerate(node.children):
        children[place, 0] = struct_of_node(child).fields
    return Struct(
        {
            "type": node.kind,
            "handle": node.handle,
            "properties": Struct({name: packed(value, True) for name, value in node.properties.items()}),
            "children": struct_array(FIELDS, children),
            "special": Struct(
                {
                    "class": node.maker,
                    "unset": cell_of_texts([name for name, value in node.properties.items() if value is None]),
                    "flat": cell_of_texts([name for name, value in node.properties.items() if is_flat(value)]),
                    "own": Struct({name: packed(value) for name, value in node.own.items()}),
                }
            ),
        }
    )


def is_flat(value: Any) -> bool:
    """Is this an array of one dimension?  The language has none, and a file must tell it from a row."""
    return type(value) is np.ndarray and value.ndim == 1


def packed(value: Any, plain: bool = False) -> Any:
    """A Python value as one for a MAT-file; plain: as scripts see it, where its property's check brings it back."""
    if isinstance(value, Reference):
        return Struct({"reference": value.handle})
    if isinstance(value, Node):
        return Struct({"node": struct_of_node(value)})
    if type(value) is dict:
        return Struct({"dictionary": Struct({name: packed(item) for name, item in value.items()})})
    if type(value) in (list, tuple, frozenset):
        if plain and all(type(item) in (str, float, int) for item in value) and value:
            return to_script(value)
        items = np.empty((1, len(value)), OBJECT)
        items[0] = [packed(item) for item in (sorted(value) if type(value) is frozenset else value)]
        return Struct({type(value).__name__: items})
    if value is None:
        return EMPTY if plain else Struct({"none": EMPTY})
    if type(value) is np.ndarray and value.dtype != OBJECT:
        return Struct({"flat": np.atleast_2d(value)}) if is_flat(value) and not plain else np.atleast_2d(value)
    if type(value) is bool and plain:
        return to_script(value)
    if type(value) is int:
        return Struct({"whole": float(value)})
    if type(value) in (bool, float, str) or isinstance(value, np.generic) or is_cell(value):
        return value
    return Struct({"value": value})  # a value of the language: UserData, callbacks


def unpacked(value: Any, raw: bool = False) -> Any:
    if type(value) is not Struct or len(value.fields) != 1:
        return value if raw else from_script(value)
    ((kind, inside),) = value.fields.items()
    match kind:
        case "reference":
            return Reference(float(inside))
        case "node":
            return node_of_struct(inside)
        case "dictionary":
            return {key: unpacked(item) for key, item in inside.fields.items()}
        case "list":
            return [unpacked(item) for item in inside.ravel("F")]
        case "tuple":
            return tuple(unpacked(item) for item in inside.ravel("F"))
        case "frozenset":
            return frozenset(unpacked(item) for item in inside.ravel("F"))
        case "none":
            return None
        case "flat":
            return np.atleast_1d(inside).ravel()
        case "whole":
            return int(inside)
        case "value":
            return inside
    return value


@cache
def raw_properties(kind: str) -> frozenset[str]:
    """The properties of objects of a kind that hold a script's own values: UserData, callbacks."""
    tables = [cls.table for cls in every_kind() if cls.kind == kind]
    return frozenset(name for table in tables for name, entry in table.items() if entry.raw)


def node_of_struct(value: Any) -> Node:
    """A node of one of our files, or of MATLAB's."""
    if type(value) is not Struct or not {"type", "properties", "children"} <= value.fields.keys():
        raise ValueError("no tree of graphics objects")
    fields = value.fields
    kind = OLDER_TYPES.get(fields["type"], fields["type"])
    special = fields.get("special")
    ours = type(special) is Struct and "own" in special.fields
    properties = fields["properties"].fields if type(fields["properties"]) is Struct else {}
    raw = raw_properties(kind)
    node = Node(
        kind,
        special.fields["class"] if ours else "",
        float(fields.get("handle") or 0.0) if np.size(fields.get("handle")) == 1 else 0.0,
        {name: unpacked(item, name in raw) for name, item in properties.items()},
    )
    inside = elements(fields["children"]).ravel("F") if is_struct(fields["children"]) else ()
    children = [Struct(dict(each)) for each in inside]
    if ours:
        for name in texts_or_none(special.fields["flat"]) or ():
            node.properties[name] = np.ravel(node.properties[name])
        node.properties |= dict.fromkeys(texts_or_none(special.fields["unset"]) or ())
        node.own = {name: unpacked(item) for name, item in special.fields["own"].fields.items()}
        node.children = [node_of_struct(child) for child in children]
        return node
    return foreign(node, children, special)


def foreign(node: Node, children: list[Struct], special: Any) -> Node:
    """A node of MATLAB's file: what it sets is set by hand, and the texts that are titles and labels are known by their
    places."""
    table = next((cls.table for cls in every_kind() if cls.kind == node.kind), {})
    node.properties = {name: item for name, item in node.properties.items() if name in table}
    for name in list(node.properties):
        if table[name].manual:
            node.properties.setdefault(table[name].manual, "manual")
    places = np.asarray(special, float).ravel().tolist() if isinstance(special, (float, np.ndarray)) else []
    roles = {int(place): label for place, label in zip(places, LABELS, strict=False)} if node.kind == "axes" else {}
    labels = {}
    for place, child in enumerate(children, 1):
        if str(child.fields["type"]).startswith(UNSEEN) and child.fields["type"] not in OLDER_TYPES:
            continue
        made = node_of_struct(child)
        if place in roles:
            labels[roles[place]] = made
            made.properties.pop("Position", None)
        else:
            node.children.append(made)
    if labels:
        node.own["labels"] = labels
    return node


# ---------------------------------------------------------------------------------------------------- handles in values
def numbered(session: Any, value: Any, places: dict[int, float]) -> Any:
    """A script's value with handles as numbers of objects of the figure (0: of none)."""
    if isinstance(value, Handle | HandleArray):
        data = value.data if isinstance(value, HandleArray) else np.array([[value.graphic]], OBJECT)
        numbers = [places.get(id(graphic), 0.0) for graphic in data.ravel("F")]
        return Struct({HANDLES: np.reshape(numbers, data.shape, order="F")})
    return inside_of(session, value, lambda item: numbered(session, item, places))


def found_again(session: Any, value: Any, graphics: list[Any]) -> Any:
    """What `numbered` was given, with handles of the objects of the figure that was opened."""
    if type(value) is Struct and list(value.fields) == [HANDLES]:
        numbers = np.atleast_2d(np.asarray(value.fields[HANDLES], float))
        data = np.empty(numbers.shape, OBJECT)
        for place, number in np.ndenumerate(numbers):
            data[place] = graphics[int(number) - 1] if 0 < number <= len(graphics) else None
        return wrap_array(data)
    return inside_of(session, value, lambda item: found_again(session, item, graphics))


def inside_of(session: Any, value: Any, change: Callable[[Any], Any]) -> Any:
    """Structs, a cell or an anonymous function with their parts changed; other values as they are."""
    if type(value) is Function and value.captured:
        taken = {plain_name(name) or name: change(item) for name, item in value.captured.items()}
        return evaluate(value.text, Workspace(taken), 1, session)
    if is_struct(value):
        data = elements(value)
        many = np.empty(data.shape, OBJECT, order="F")
        for place, fields in np.ndenumerate(data):
            many[place] = {name: change(item) for name, item in fields.items()}
        return struct_array(value.names(), many)
    if not is_cell(value):
        return value
    made = np.empty(value.shape, OBJECT, order="F")
    for place, item in np.ndenumerate(value):
        made[place] = change(item)
    return made


def with_own_values(node: Node, change: Callable[[Any], Any]) -> None:
    """Change what a script gave the objects of a tree to keep, and their titles and labels."""
    for name in raw_properties(node.kind) & node.properties.keys():
        node.properties[name] = change(node.properties[name])
    labels = node.own.get("labels", {}).values()
    for each in (*node.children, *(label for label in labels if isinstance(label, Node))):
        with_own_values(each, change)


# ------------------------------------------------------------------------------------------------------------ the files
def keep(session: Any, figures: list[Figure], path: str) -> None:
    nodes = np.empty((len(figures), 1), OBJECT)
    for place, figure in enumerate(figures):
        places = {id(graphic): float(number) for number, graphic in enumerate(figure.walk(), 1)}
        node = kept(figure)
        with_own_values(node, partial(numbered, session, places=places))
        nodes[place, 0] = struct_of_node(node).fields
    write_mat(session, path, {VARIABLE: struct_array(FIELDS, nodes)}, SaveWishes([path, "-v7"]))
    for figure in figures:
        figure.values["FileName"] = os.path.abspath(path)


def with_ending(name: str) -> str:
    path = os.path.expanduser(name)
    return path if os.path.splitext(path)[1] else path + ".fig"


def opened(session: Any, name: str, visible: bool | None) -> list[Figure]:
    """The figures of a file as new figures of the desk."""
    path = session.path.find_file(with_ending(name))
    if path is None:
        raise ScriptError(
            "MATLAB:open:fileNotFound", f"Requires a valid filename: there is no file '{with_ending(name)}'."
        )
    with saved_objects.keeping(saved_objects.Keeper(session)):
        found = read_mat(str(path), lambda present: [each for each in present if each == VARIABLE])
    try:
        nodes = [node_of_struct(Struct(dict(each))) for each in elements(found[VARIABLE]).ravel("F")]
    except (KeyError, ValueError, AttributeError, TypeError):
        raise ScriptError(
            "MATLAB:openfig:badFile",
            f"Unable to open '{path}': it holds no figure.",
            hint="a figure is kept by savefig" if VARIABLE not in found else None,
        ) from None
    made = []
    for node in nodes:
        if node.kind != "figure":
            raise ScriptError("MATLAB:openfig:badFile", f"Unable to open '{path}': it holds no figure.")
        node.properties["FileName"] = os.path.abspath(path)
        if visible is not None:
            node.properties["Visible"] = visible
        figure = reopened(node, session.desk)
        graphics = list(figure.walk())
        for graphic in (*graphics, *(label for each in graphics for label in getattr(each, "labels", {}).values())):
            for name in raw_properties(graphic.kind) & graphic.values.keys():
                graphic.values[name] = found_again(session, graphic.values[name], graphics)
        made.append(figure)
    return made


@builtin
def savefig(session, /, *args):
    """
    savefig(filename)
    savefig(h, filename)
    savefig(h, filename, "compact")

    Keep a figure, or several, in a .fig file that openfig opens again.

    The file is a MAT-file with the tree of objects that MATLAB's older .fig files hold. 'compact' is taken: files are
    always compact.

    Examples
      >> plot(1:3); title('kept'); savefig('a.fig'); close all; openfig('a.fig');
      figure 1: line 3 points, title 'kept'
      figure 1: line 3 points, title 'kept'
      >> h = [figure figure]; savefig(h, 'two', "compact"); S = load('two.fig', '-mat'); size(S.hgS_070000)
      ans =
           2     1

    See also openfig, hgsave, saveas, exportgraphics.
    """
    values = list(args)
    if values and text_or_none(values[-1]) == "compact" and len(values) > 1:
        values.pop()
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", hint="savefig('name.fig')")
    if len(values) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    name = take.word(values.pop(), "savefig", "the file name")
    if not name:
        raise ScriptError("MATLAB:savefig:noName", "The file name is empty.")
    if values and isinstance(values[0], (float, int)):
        figures = [figure_of(session, values[0], "savefig")]
    else:
        figures = graphics_of(values[0]) if values else [session.desk.current_figure()]
    for figure in figures:
        figure.alive()
        if not isinstance(figure, Figure):
            raise ScriptError("MATLAB:savefig:notFigure", "savefig keeps figures: the handle is of another object.")
    keep(session, figures, with_ending(name))


@builtin
def openfig(session, filename, /, *rest):
    """
    fig = openfig(filename)
    fig = openfig(filename, copies)
    fig = openfig(filename, copies, visibility)

    Open the figures of a .fig file.

    copies is 'new' (a further figure) or 'reuse' (the figure that is open from that file, if there is one); visibility
    'visible' or 'invisible', else as it was kept. MATLAB's own .fig files open as far as their objects are known.

    Examples
      >> bar([3 1 2]); savefig('a.fig'); f = openfig('a.fig', 'reuse', 'invisible'); f.Number
      ans =
           1
      >> close all; f = openfig('a'); f.Children.Children.YData
      ans =
           3     1     2
      figure 1: bar 3 bars

    See also savefig, hgload.
    """
    copies, visible = "new", None
    for value in rest:
        word = take.choice(value, ("new", "reuse", "visible", "invisible"), "openfig", "the option")
        if word in ("new", "reuse"):
            copies = word
        else:
            visible = word == "visible"
    name = take.word(filename, "openfig", "the file name")
    if copies == "reuse":
        path = session.path.find_file(with_ending(name))
        there = [
            figure
            for figure in session.desk.figures()
            if path is not None and figure.value("FileName") == os.path.abspath(path)
        ]
        if there:
            session.desk.select(there[0])
            if visible is not None:
                there[0].set("Visible", visible)
            return wrap(there[0])
    figures = opened(session, name, visible)
    return wrap_list(figures)


@builtin
def hgsave(session, /, *args):
    """
    hgsave(filename)
    hgsave(h, filename)

    Keep a figure in a file, as savefig does.

    Examples
      >> plot(1:3); hgsave(gcf, 'a'); exist('a.fig', 'file')
      ans =
           2
      figure 1: line 3 points
      >> hgsave('b.fig')

    See also savefig, hgload.
    """
    savefig(session, *args)


@builtin
def hgload(session, filename, /):
    """
    h = hgload(filename)

    Open the figures of a .fig file, as openfig does.

    Examples
      >> plot(1:3); savefig('a.fig'); h = hgload('a.fig'); h.Number
      ans =
           2
      figure 1: line 3 points
      figure 2: line 3 points

    See also openfig, savefig.
    """
    return wrap_list(opened(session, take.word(filename, "hgload", "the file name"), None))
