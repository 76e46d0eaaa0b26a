"""What a datastore reads, as single observations."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.data.combined_datastores import CombinedDatastore
from cnnscript.builtins.data.datastore_objects import Datastore, Observations, rows_at
from cnnscript.values.numeric import as_array, is_cell
from cnnscript.values.tables import Table


def read_together(store: Datastore, size: int) -> None:
    """Let a datastore read a mini-batch at once, where that gives the same observations."""
    stores = store.below if type(store) is CombinedDatastore else [store]
    if all(isinstance(one, Observations) and not getattr(one, "same", False) for one in stores):
        for one in stores:
            one.most = max(one.most, size)  # type: ignore[attr-defined]


def observations(data: Any) -> list[list[Any]]:
    """What a datastore gives as a list of observations, each a list of its variables."""
    if type(data) is Table:
        columns = [
            one.data.ravel("F").tolist() if is_cell(one.data)
            else [rows_at(one.data, [row]) for row in range(data.rows)]
            for one in data.variables
        ]  # fmt: skip
        return [list(row) for row in zip(*columns, strict=True)]
    if is_cell(data):
        return [list(row) for row in as_array(data)]
    return [[data]]
