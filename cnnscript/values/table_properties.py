"""T.Properties: what is said about a table or timetable, to read and to change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import EMPTY, OBJECT, class_of, ndarray, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, string_array, texts_or_none
from cnnscript.values.times import Duration


class TableProperties(Object):
    """T.Properties: what is said about a table, to read and to change."""

    def __init__(self, table: Table):
        self.table = table

    @property
    def class_name(self) -> str:  # type: ignore[override]
        return f"matlab.tabular.{'Table' if self.table.times is None else 'Timetable'}Properties"

    def property_names(self) -> list[str]:
        last = ["RowNames"] if self.table.times is None else ["RowTimes", "StartTime", "SampleRate", "TimeStep"]
        return [
            "Description",
            "UserData",
            "DimensionNames",
            "VariableNames",
            "VariableTypes",
            "VariableDescriptions",
            "VariableUnits",
            "VariableContinuity",
            *last,
        ]

    def get(self, name: str) -> Any:
        table = self.table
        if name == "Description":
            return table.about.description
        if name == "UserData":
            return table.about.user_data
        if name == "DimensionNames":
            return cell_of_texts(table.about.dimension_names, column=False)
        if name == "VariableNames":
            return cell_of_texts(table.names, column=False)
        if name == "VariableTypes":
            return string_array([class_of(variable.data) for variable in table.variables], (1, len(table.variables)))
        if name in ("VariableDescriptions", "VariableUnits"):
            field = "unit" if name == "VariableUnits" else "description"
            texts = [getattr(variable, field) for variable in table.variables]
            return cell_of_texts(texts, column=False) if any(texts) else np.empty((0, 0), OBJECT)
        if name == "VariableContinuity":
            words = [variable.continuity for variable in table.variables]
            return cell_of_texts(words, column=False) if any(word != "unset" for word in words) else EMPTY
        if name == "CustomProperties":
            return CustomProperties(table)
        if table.times is not None and name in ("RowTimes", "StartTime", "SampleRate", "TimeStep"):
            return facts_of_times(table.times)[name]
        if name == "RowNames":
            return cell_of_texts(table.row_names) if table.row_names else np.empty((0, 0), OBJECT)
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> TableProperties:
        table = self.table
        if name == "Description":
            return TableProperties(replace(table, about=replace(table.about, description=require_one(value, name))))
        if name == "UserData":
            return TableProperties(replace(table, about=replace(table.about, user_data=value)))
        if name == "RowNames" and table.times is None:
            return TableProperties(table.with_row_names(require_texts(value, name)))
        if name == "RowTimes" and table.times is not None:
            return TableProperties(table.with_times(value))
        if name == "DimensionNames":
            texts = self.counted(require_texts(value, name), 2, name)
            return TableProperties(replace(table, about=replace(table.about, dimension_names=(texts[0], texts[1]))))
        if name == "VariableNames":
            return TableProperties(table.named(self.counted(require_texts(value, name), len(table.variables), name)))
        if name == "VariableTypes":
            types = self.counted(require_texts(value, name), len(table.variables), name)
            pairs = zip(table.variables, types, strict=True)
            variables = tuple(replace(variable, data=to_class(variable.data, kind)) for variable, kind in pairs)
            return TableProperties(replace(table, variables=variables))
        if name in ("VariableDescriptions", "VariableUnits"):
            field = "unit" if name == "VariableUnits" else "description"
            texts = require_texts(value, name) or [""] * len(table.variables)
            texts = self.counted(texts, len(table.variables), name)
            pairs = zip(table.variables, texts, strict=True)
            variables = tuple(replace(variable, **{field: text}) for variable, text in pairs)
            return TableProperties(replace(table, variables=variables))
        if name == "VariableContinuity":
            words = require_texts(value, name) or ["unset"] * len(table.variables)
            unknown = next((word for word in words if word not in CONTINUITIES), None)
            if unknown is not None:
                raise ScriptError(
                    "MATLAB:table:InvalidContinuity",
                    f"'{unknown}' is not a continuity of a variable.",
                    notes=("known: " + ", ".join(CONTINUITIES),),
                )
            pairs = zip(table.variables, self.counted(words, len(table.variables), name), strict=True)
            variables = tuple(replace(variable, continuity=word) for variable, word in pairs)
            return TableProperties(replace(table, variables=variables))
        if name == "CustomProperties" and type(value) is CustomProperties:
            return TableProperties(value.table)
        raise self.no_property(name, setting=True)

    def counted(self, texts: list[str], count: int, name: str) -> list[str]:
        if len(texts) != count:
            what = "dimension" if name == "DimensionNames" else "variable"
            raise ScriptError(
                f"MATLAB:table:IncorrectNumberOf{name}",
                f"The {name} property must contain one name for each {what} in the table."
                if name.endswith("Names")
                else f"The {name} property must contain one text for each {what} in the table.",
                notes=(f"got {len(texts)}, the table has {count}",),
            )
        return texts

    def components(self) -> Any:
        return Struct({name: self.get(name) for name in self.property_names()})


CONTINUITIES = ("unset", "continuous", "step", "event")


class CustomProperties(Object):
    """T.Properties.CustomProperties: what a program added with addprop, of the table or of its variables."""

    class_name = "matlab.tabular.CustomProperties"

    def __init__(self, table: Table):
        self.table = table

    def of_table(self) -> dict[str, Any]:
        return dict(self.table.about.custom)

    def of_variables(self) -> list[str]:
        return list(dict.fromkeys(name for variable in self.table.variables for name, _ in variable.custom))

    def property_names(self) -> list[str]:
        return [*self.of_table(), *self.of_variables()]

    def get(self, name: str) -> Any:
        if name in self.of_table():
            return self.of_table()[name]
        if name not in self.of_variables():
            raise self.no_property(name)
        values = [dict(variable.custom).get(name) for variable in self.table.variables]
        known = [value for value in values if value is not None]
        if not known:
            return EMPTY
        from cnnscript.values.concatenate import horzcat
        from cnnscript.values.rows import blank_rows

        alike = all(class_of(value) == class_of(known[0]) and size_of(value) == (1, 1) for value in known)
        blank = blank_rows(known[0], 1, missing=True) if alike else EMPTY
        values = [blank if value is None else value for value in values]
        if all(class_of(value) == class_of(values[0]) and size_of(value) == (1, 1) for value in values):
            return horzcat(*values)
        cell = np.empty((1, len(values)), OBJECT)
        for place, value in enumerate(values):
            cell[0, place] = value
        return cell

    def set(self, name: str, value: Any) -> CustomProperties:
        table = self.table
        if name in self.of_table():
            custom = {**self.of_table(), name: value}
            return CustomProperties(replace(table, about=replace(table.about, custom=tuple(custom.items()))))
        if name not in self.of_variables():
            raise self.no_property(name, setting=True)
        from cnnscript.values.indexing import index
        from cnnscript.values.numeric import is_cell, numel_of

        if numel_of(value) != len(table.variables):
            raise ScriptError(
                "MATLAB:table:InvalidCustomPropLength",
                f"The custom property '{name}' must have one element for each variable.",
                notes=(f"got {numel_of(value)}, the table has {len(table.variables)}",),
            )
        if is_cell(value):
            items = value.ravel("F").tolist()
        else:
            items = [index(value, (float(place),)) for place in range(1, numel_of(value) + 1)]
        variables = tuple(
            replace(variable, custom=tuple({**dict(variable.custom), name: item}.items()))
            for variable, item in zip(table.variables, items, strict=True)
        )
        return CustomProperties(replace(table, variables=variables))


def facts_of_times(times: Any) -> dict[str, Any]:
    """The times of a timetable's rows, the first, and the step between them (NaN where it is not always the same)."""
    moments = times.data.ravel("F")
    steps = np.diff(moments)
    tolerance = 1e-9 * np.abs(moments).max(initial=1.0)
    regular = steps.size and np.all(np.abs(steps - steps[0]) <= tolerance) and steps[0] > 0
    step = float(steps[0]) if regular else np.nan
    form = times.form if type(times) is Duration else "hh:mm:ss"
    return {
        "RowTimes": times,
        "StartTime": times.like(moments[:1].reshape(-1, 1)) if moments.size else times,
        "SampleRate": 1000 / step if regular else np.nan,
        "TimeStep": Duration(np.array([[step]]), form),
    }


def require_texts(value: Any, name: str) -> list[str]:
    if type(value) is ndarray and not value.size:
        return []
    texts = texts_or_none(value)
    if texts is None:
        raise ScriptError(
            f"MATLAB:table:Invalid{name}",
            f"The {name} property must be a cell array of character vectors or a string array.",
            notes=(f"got a {size_text(size_of(value))} {class_of(value)}",),
        )
    return texts


def require_one(value: Any, name: str) -> str:
    texts = require_texts(value, name)
    if len(texts) > 1:
        raise ScriptError(f"MATLAB:table:Invalid{name}", f"The {name} property must be one text.")
    return texts[0] if texts else ""
