"""`h.Layout`: in which tile of a tiled layout an axes, a colorbar, a legend or another layout stands, or in which rows
and columns of an app's grid."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from cnnscript.pictures.graphics.objects import Graphic
from cnnscript.pictures.graphics.properties import Property, array, floats, vector

SIDES = ("north", "south", "east", "west")


def tile(value: Any) -> float | str:
    """The number of a tile, or a side of the layout."""
    if isinstance(value, str) and value.lower() in SIDES:
        return value.lower()
    number = np.asarray(value)
    if number.size == 1 and number.dtype.kind in "fiu" and number.ravel()[0] >= 1 and number.ravel()[0] % 1 == 0:
        return float(number.ravel()[0])
    raise ValueError("Value must be a positive integer, or 'north', 'south', 'east' or 'west'.")


class TileOptions(Graphic):
    """owner: what stands in the tile."""

    kind, class_name = "tiledlayoutoptions", "matlab.graphics.layout.TiledChartLayoutOptions"
    shown = ("Tile", "TileSpan")
    own = {
        "Tile": Property(1.0, tile),
        "TileSpan": Property(lambda: floats(1, 1), vector(2)),
    }

    def __init__(self, owner: Any) -> None:
        super().__init__()
        self.owner = self.parent = owner

    def get_Tile(self) -> float | str:
        return self.owner.side or (float(self.owner.span[0] + 1) if self.owner.span else 1.0)

    def get_TileSpan(self) -> np.ndarray:
        return floats(*self.owner.span[2:]) if self.owner.span else floats(1, 1)

    def set(self, name: str, value: Any) -> None:
        super().set(name, value)
        owner, found = self.owner, self.find_name(name)
        where = owner.span or (0, 0, 1, 1)
        if found == "Tile":
            kept = self.values["Tile"]
            owner.side = kept if isinstance(kept, str) else ""
            place = where[0] if owner.side else int(kept) - 1
            owner.span = None if owner.side else (place, place, *where[2:])
        elif found == "TileSpan":
            owner.span = (*where[:2], *(max(1, int(n)) for n in self.values["TileSpan"]))
        if "Location" in owner.table:
            owner.values["Location"] = "layout"
        owner.touch()


def cells(value: Any) -> np.ndarray:
    """A row or a column, or the first and the last of several."""
    given = np.asarray(array(value), float).ravel()
    if given.size not in (1, 2) or (given < 1).any() or (given % 1).any():
        raise ValueError("Value must be a positive integer, or two of them.")
    return given


class GridLayoutOptions(Graphic):
    """In which rows and columns of a grid a component stands."""

    kind, class_name = "gridlayoutoptions", "matlab.ui.layout.GridLayoutOptions"
    shown = ("Row", "Column")
    own: ClassVar = {"Row": Property(None, cells), "Column": Property(None, cells)}

    def __init__(self, owner: Any) -> None:
        super().__init__()
        self.parent = owner

    def get_Row(self) -> np.ndarray:
        return self.place()[0]

    def get_Column(self) -> np.ndarray:
        return self.place()[1]

    def place(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns: those set, or those that are next in order."""
        rows, columns = self.value("Row"), self.value("Column")
        if rows is None or columns is None:
            grid = self.parent.parent
            at, wide = grid.children.index(self.parent), len(grid.value("ColumnWidth"))
            rows = floats(at // wide + 1) if rows is None else rows
            columns = floats(at % wide + 1) if columns is None else columns
        return rows, columns


def tile_options(value: Any) -> Any:
    if not isinstance(value, (TileOptions, GridLayoutOptions)):
        raise ValueError("Value must be a layout options object.")
    return value


def tile_options_of(node: Any) -> TileOptions | GridLayoutOptions | None:
    """The options of what stands in a tiled layout or in an app's grid; None for what does not."""
    if node.parent is not None and node.parent.kind == "uigridlayout":
        made = node.values.get("Layout")
        if not isinstance(made, GridLayoutOptions):
            made = node.values["Layout"] = GridLayoutOptions(node)
        return made
    if not any(isinstance(up, Graphic) and up.kind == "tiledlayout" for up in (node.parent, *parents(node))):
        return None
    made = node.values.get("Layout")
    if made is None:
        made = node.values["Layout"] = TileOptions(node)
    return made


def parents(node: Any) -> list[Any]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


