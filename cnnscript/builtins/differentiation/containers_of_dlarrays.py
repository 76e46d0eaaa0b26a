"""dlarrays in cells, structs and tables: all of them changed at once, or those of several containers together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray
from cnnscript.values.numeric import is_cell, is_numeric, size_of
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.tables import Table

Change = Callable[[DLArray], DLArray]



def changed(value: Any, change: Change, networks: Callable[[DLNetwork], DLNetwork] | None = None) -> Any:
    """A value with every dlarray in it (in cells, structs, variables of tables) changed; itself where none is in it."""
    if isinstance(value, DLArray):
        return change(value)
    if isinstance(value, DLNetwork):
        return value if networks is None else networks(value)
    if is_cell(value):
        items = [changed(item, change, networks) for item in value.ravel("F")]
        if all(new is old for new, old in zip(items, value.ravel("F"), strict=True)):
            return value
        made = np.empty(value.size, object)
        made[:] = items
        return made.reshape(value.shape, order="F")
    if type(value) is Struct:
        fields = {name: changed(item, change, networks) for name, item in value.fields.items()}
        same = all(fields[name] is value.fields[name] for name in fields)
        return value if same else Struct(fields)
    if type(value) is StructArray:
        data = np.empty(value.data.shape, object)
        for at in np.ndindex(data.shape):
            data[at] = {name: changed(item, change, networks) for name, item in value.data[at].items()}
        return StructArray(value.field_names, data)
    if type(value) is Table:
        variables = [replace(one, data=changed(one.data, change, networks)) for one in value.variables]
        same = all(new.data is old.data for new, old in zip(variables, value.variables, strict=True))
        return value if same else replace(value, variables=tuple(variables))
    return value


def dlarrays_in(value: Any) -> list[DLArray]:
    """Every dlarray in a value, in the order that `changed` meets them."""
    found: list[DLArray] = []

    def keep(one: DLArray) -> DLArray:
        found.append(one)
        return one

    changed(value, keep)
    return found


# -------------------------------------------------------------------------------------------------------- side by side
Step = Callable[..., Sequence[Any]]


def together(step: Step, outputs: int, first: Any, others: Sequence[Any]) -> list[Any]:
    """`outputs` containers like the first one, of what a function gives for its arrays beside those at the same places
    of the others.

    step  an array of the first container, and one of each other, to a sequence of values
    """
    if isinstance(first, DLNetwork):
        table = first.get("Learnables")
        made = together(step, outputs, table, [one.get("Learnables") if isinstance(one, DLNetwork) else one
                                               for one in others])  # fmt: skip
        return [first.set("Learnables", made[0]), *made[1:]]
    if isinstance(first, DLArray) or is_numeric(first):
        if any(not isinstance(one, DLArray) and not is_numeric(one) for one in others):
            raise unlike(first, others)
        return list(step(first, *others))[:outputs]
    if is_cell(first):
        if any(not is_cell(one) or one.shape != first.shape for one in others):
            raise unlike(first, others)
        columns = [one.ravel("F") for one in others]
        found = [together(step, outputs, item, [column[k] for column in columns])
                 for k, item in enumerate(first.ravel("F"))]  # fmt: skip
        cells = []
        for at in range(outputs):
            flat = np.empty(first.size, object)
            flat[:] = [one[at] for one in found]
            cells.append(flat.reshape(first.shape, order="F"))
        return cells
    if type(first) is Struct:
        if any(type(one) is not Struct or one.names() != first.names() for one in others):
            raise unlike(first, others)
        found_in = {name: together(step, outputs, item, [one.fields[name] for one in others])
                    for name, item in first.fields.items()}  # fmt: skip
        return [Struct({name: made[at] for name, made in found_in.items()}) for at in range(outputs)]
    if type(first) is Table and "Value" in first.names:
        if any(type(one) is not Table or one.rows != first.rows or "Value" not in one.names for one in others):
            raise unlike(first, others)
        made = together(step, outputs, first.data("Value"), [one.data("Value") for one in others])
        return [with_values(first, values) for values in made]
    raise unlike(first, others)


def with_values(table: Table, values: Any) -> Table:
    """A table of learnables with other values."""
    variables = [replace(one, data=values) if one.name == "Value" else one for one in table.variables]
    return replace(table, variables=tuple(variables))


def unlike(first: Any, others: Sequence[Any]) -> ScriptError:
    """The error for containers that do not go together."""
    return ScriptError(
        "deep:dlupdate:InputsMismatch",
        "The parameters and the other inputs must be dlarrays, numeric arrays, or cells, structs and tables of them "
        "with the same structure.",
        notes=tuple(take.described(one) for one in (first, *others) if size_of(one))[:4],
    )
