"""Values of classes that MAT-files have no public format for: structs that stand for them, both ways.

Such a struct says in the field MARK what it stands for; files of version 7 and of version 7.3 hold the same ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.files import saved_objects
from cnnscript.builtins.text.texts import shaped
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import EMPTY, as_array, class_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.text import MISSING, String

MARK = saved_objects.MARK  # a struct with this field stands for a value whose class has no public format


def marked(value: Any) -> Struct:
    """A struct that stands for a value of a class without a public format."""
    if type(value) is String:
        items = value.data.ravel("F").tolist()
        missing = np.array([[item is MISSING for item in items]], bool)
        texts = shaped(["" if item is MISSING else item for item in items], value.data.shape)
        return Struct({MARK: "string", "text": texts, "missing": missing, "untyped": value.untyped})
    if type(value) is Categorical:
        names = shaped(list(value.names), (len(value.names), 1))
        return Struct(
            {MARK: "categorical", "codes": value.codes.astype(float), "names": names, "ordinal": value.ordinal}
        )
    kind = class_of(value)
    if kind in ("table", "timetable"):
        names, data = [v.name for v in value.variables], [v.data for v in value.variables]
        return Struct(
            {
                MARK: "table",
                "times": EMPTY if value.times is None else value.times,
                "dimension_names": shaped(list(value.about.dimension_names), (1, 2)),
                "units": shaped([v.unit for v in value.variables], (1, len(names))),
                "descriptions": shaped([v.description for v in value.variables], (1, len(names))),
                "names": shaped(names, (1, len(names))),
                "data": shaped(data, (1, len(data))),
                "rows": float(value.rows),
                "row_names": shaped(list(value.row_names or ()), (len(value.row_names or ()), 1)),
            }
        )
    if kind == "containers.Map":
        keys = value.sorted_keys()
        return Struct(
            {
                MARK: kind,
                "keys": shaped(keys, (1, len(keys))),
                "values": shaped([value.items[key] for key in keys], (1, len(keys))),
                "key_type": value.key_type,
                "value_type": value.value_type,
            }
        )
    if kind in ("datetime", "duration"):
        return Struct(
            {MARK: kind, "milliseconds": value.data, "format": value.form, "zone": getattr(value, "zone", "")}
        )
    if kind == "calendarDuration":
        parts = dict(zip(("months", "days", "time"), value.arrays(), strict=True))
        return Struct({MARK: kind, **parts, "format": value.form})
    if kind == "dlarray":
        return Struct({MARK: kind, "numbers": value.value, "labels": value.labels})
    if kind == "dictionary":
        return Struct(
            {
                MARK: kind,
                "keys": value.all_keys(),
                "values": value.all_values(),
                "count": float(len(value.store)),
                "key_type": value.key_type,
                "value_type": value.value_type,
            }
        )
    made = saved_objects.marked(value)
    if made is not None:
        return made
    if isinstance(value, Object):
        from cnnscript.builtins.files import kept_datastores, kept_states
        from cnnscript.builtins.networks.saved_networks import fields_of

        parts = kept_datastores.fields_of(value)
        if parts is not None:
            return Struct({MARK: "datastore", **parts})
        parts = fields_of(value)
        if parts is not None:
            return Struct({MARK: "network", **parts})
        if kept_states.is_kept(value):
            return Struct({MARK: "state", **kept_states.fields_of(value)})
        node = graphics_kept(value)
        if node is not None:
            return Struct({MARK: "graphics", "node": node})
    raise TypeError("a function handle" if type(value) is Function else kind)


def graphics_kept(value: Object) -> Struct | None:
    """What is kept of a chart, an axes or what is drawn in one; None for figures, whose files savefig writes."""
    from cnnscript.builtins.language.handles import Handle

    if type(value) is not Handle or value.graphic.deleted or value.graphic.kind in ("figure", "root"):
        return None
    from cnnscript.builtins.figures.kept_figures import struct_of_node
    from cnnscript.pictures.graphics.keeping import kept

    return struct_of_node(kept(value.graphic))


class Refused(TypeError):
    """Something inside an array cannot be read."""


def restored(fields: dict[str, Any]) -> Any:
    """The value that a marked struct stands for."""
    kind = fields[MARK]
    if kind == "string":
        missing = as_array(fields["missing"]).ravel("F").tolist()
        texts = fields["text"].ravel("F").tolist()
        return String(
            shaped(
                [MISSING if gone else text for text, gone in zip(texts, missing, strict=True)], fields["text"].shape
            ),
            untyped=bool(fields.get("untyped", False)),
        )
    if kind == "categorical":
        names = fields["names"].ravel("F").tolist()
        return Categorical(as_array(fields["codes"]).astype(np.int64), names, bool(fields["ordinal"]))
    if kind == "table":
        from cnnscript.values.tables import About, Table, Variable

        names, data = fields["names"].ravel("F").tolist(), fields["data"].ravel("F").tolist()
        rows = tuple(fields["row_names"].ravel("F").tolist()) or None
        said = [fields[word].ravel("F").tolist() for word in ("units", "descriptions") if word in fields]
        said = said or [[""] * len(names)] * 2
        variables = tuple(Variable(*parts) for parts in zip(names, data, *said, strict=True))
        about = About()
        if "dimension_names" in fields:
            about = About(dimension_names=tuple(fields["dimension_names"].ravel("F").tolist()))
        times = fields.get("times")
        return Table(variables, int(fields["rows"]), rows, about, times if isinstance(times, Object) else None)
    if kind == "dictionary":
        from cnnscript.builtins.arrays.dictionary_values import Dictionary

        made = Dictionary(fields["key_type"], fields["value_type"])
        return made.written(fields["keys"], fields["values"]) if fields["count"] else made
    if kind == "calendarDuration":
        from cnnscript.values.calendar_times import CalendarDuration

        return CalendarDuration(fields["months"], fields["days"], fields["time"], fields["format"])
    if kind == "containers.Map":
        from cnnscript.builtins.arrays.maps import Map

        made = Map(fields["key_type"], fields["value_type"])
        keys, values = fields["keys"].ravel("F").tolist(), fields["values"].ravel("F").tolist()
        made.items = dict(zip(keys, values, strict=True))
        return made
    if kind in ("datetime", "duration"):
        from cnnscript.values import times

        form = fields["format"] if type(fields["format"]) is str else ""
        moments = as_array(fields["milliseconds"])
        if kind == "duration":
            return times.Duration(moments, form)
        return times.Datetime(moments, form, fields["zone"] if type(fields.get("zone")) is str else "")
    if kind == "network":
        return restored_network(fields)
    if kind == "datastore" and (session := saved_objects.session()) is not None:
        return restored_datastore(fields, session)
    if kind == "state" and (session := saved_objects.session()) is not None:
        return restored_state(fields, session)
    if kind == "graphics" and saved_objects.session() is not None:
        return restored_graphics(fields)
    if kind == "dlarray":
        from cnnscript.values import dlarrays

        return dlarrays.dlarray(fields["numbers"], fields["labels"] if type(fields["labels"]) is str else "")
    made = saved_objects.restored(fields)
    return Struct(fields) if made is None else made


def restored_network(fields: dict[str, Any]) -> Any:
    """The network, layer graph or layers that such a struct stands for."""
    from cnnscript.builtins.networks import saved_networks

    try:
        return saved_networks.restored(fields)
    except saved_networks.NotKept as fault:
        raise Refused(str(fault)) from None
    except (KeyError, ValueError, AttributeError, IndexError, TypeError) as fault:
        raise Refused(f"a damaged network ({fault})") from None


def restored_state(fields: dict[str, Any], session: Any) -> Any:
    from cnnscript.builtins.files import kept_states

    try:
        return kept_states.restored(fields, session)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError) as fault:
        raise Refused(f"a damaged {fields.get('kind', 'object')} ({fault})") from None


def restored_graphics(fields: dict[str, Any]) -> Any:
    """A graphics object in no figure."""
    from cnnscript.builtins.figures.kept_figures import node_of_struct
    from cnnscript.builtins.language.handles import wrap
    from cnnscript.errors import ScriptError
    from cnnscript.pictures.graphics.figures import Figure
    from cnnscript.pictures.graphics.keeping import restored

    try:
        made = restored(node_of_struct(fields["node"]), Figure(None, 0))
        made.parent = None
        return wrap(made)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, ScriptError) as fault:
        raise Refused(f"a damaged graphics object ({fault})") from None


def restored_datastore(fields: dict[str, Any], session: Any) -> Any:
    from cnnscript.builtins.files import kept_datastores

    try:
        return kept_datastores.restored(fields, session)
    except (KeyError, ValueError, AttributeError, TypeError) as fault:
        what = "damaged training options" if fields.get("kind") == "TrainingOptions" else "a damaged datastore"
        raise Refused(f"{what} ({fault})") from None
