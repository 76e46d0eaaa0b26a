"""What all datastores share: they are read piece by piece from the start to the end, and started again."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from cnnscript.display.containers import field_text
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import vertcat
from cnnscript.values.numeric import class_of, is_cell, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.rows import take_rows
from cnnscript.values.tables import Table
from cnnscript.values.text import string_array

IO = "matlab.io.datastore."
CLASSES = (
    f"{IO}ImageDatastore", f"{IO}FileDatastore", f"{IO}ArrayDatastore", f"{IO}TabularTextDatastore",
    f"{IO}CombinedDatastore", f"{IO}SequentialDatastore", f"{IO}TransformedDatastore", "augmentedImageDatastore",
    f"{IO}PixelLabelDatastore", "pixelLabelImageDatastore", "denoisingImageDatastore",
    "randomPatchExtractionDatastore",
)  # fmt: skip
READING = frozenset((
    "read", "readall", "preview", "hasdata", "reset", "progress", "transform", "combine", "copy",
))  # fmt: skip
CHOOSING = frozenset((
    "shuffle", "subset", "partition", "numpartitions", "numobservations", "isShuffleable", "isSubsettable",
    "isPartitionable",
))  # fmt: skip
SHOWN_FIRST = 8  # rows of a preview
IMAGE_FORMATS = ("png", "jpg", "jpeg", "tif", "tiff")
ALL_FORMATS = (
    "txt", "csv", "dat", "asc", "xlsx", "xls", "parquet", "parq", *IMAGE_FORMATS, "wav", "flac", "ogg", "opus", "mp3",
    "mp4", "m4a",
)  # fmt: skip


def first_rows(data: Any) -> Any:
    """The rows of cells or a table that a preview shows; other data whole."""
    if not (is_cell(data) or type(data) is Table) or size_of(data)[0] <= SHOWN_FIRST:
        return data
    return data.take(np.arange(SHOWN_FIRST)) if type(data) is Table else take_rows(data, np.arange(SHOWN_FIRST))


class Datastore(Object):
    """A collection that is read piece by piece.

    A subclass says `has_more`, `read` and `rewind`; `observations` where it has a number of them.
    """

    ancestors: ClassVar[tuple[str, ...]] = ("matlab.io.Datastore", "matlab.mixin.Copyable", "handle")
    is_handle = True
    methods = READING

    def has_more(self) -> bool:
        """Is there anything left to be read?"""
        raise NotImplementedError

    def read(self, session: Any) -> tuple[Any, Any]:
        """The next piece, and what is known about it."""
        raise NotImplementedError

    def rewind(self) -> None:
        """Begin again."""
        raise NotImplementedError

    def progress(self) -> float:
        """How much was read, from 0 to 1."""
        raise NotImplementedError

    def copied(self) -> Datastore:
        """A datastore of its own that holds the same and stands at the start."""
        made = copy.copy(self)
        made.rewind()
        return made

    def read_all(self, session: Any) -> Any:
        """Everything, one piece below the other; where this datastore stands does not change."""
        other, pieces = self.copied(), []
        while other.has_more():
            data = other.read(session)[0]
            if type(data) is str:
                data = one_cell(data)
            pieces.append(data)
        return vertcat(*pieces) if pieces else self.nothing()

    def nothing(self) -> Any:
        """What reading everything gives where there is nothing."""
        return np.empty((0, 1), object, order="F")

    def preview(self, session: Any) -> Any:
        """The first piece, of cells and tables eight rows of it; nothing where there is none."""
        other = self.copied()
        return first_rows(other.read(session)[0]) if other.has_more() else np.zeros((0, 0))

    def properties(self) -> dict[str, Any]:
        raise NotImplementedError

    def components(self) -> Any:
        """The values of the properties: what isequal compares, as MATLAB does for handles of one class."""
        values = [*self.properties().values(), *self.held()]
        made = np.empty((1, len(values)), object)
        made[0, :] = values
        return made

    def held(self) -> Sequence[Any]:
        """Values that no property shows."""
        return ()

    # -------------------------------------------------------------------------------------------------- as text
    def lines_of(self, name: str, value: Any, form: Any, indent: int) -> str:
        """A property as it is shown, without its name."""
        return field_text(value, form, form.width - indent)

    def disp(self, form: Any) -> str:
        shown = self.properties()
        width = max(map(len, shown)) + 4
        title = self.class_name.rpartition(".")[2]
        rows = "".join(
            f"{name:>{width}}: {self.lines_of(name, value, form, width + 2)}\n" for name, value in shown.items()
        )
        return f"  {title} with properties:\n{form.blank}{rows}{form.blank}"


class Observations(Datastore):
    """A datastore of numbered observations.

    A subclass says `observations`, `piece` and `chosen`; `next` (from 0) is the observation that is read next.
    """

    methods = READING | CHOOSING
    ancestors = (*Datastore.ancestors, f"{IO}Partitionable", f"{IO}Shuffleable", f"{IO}Subsettable")
    next: int = 0
    most: int = 1

    def observations(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        """The observations at places (from 0), and what is known about them."""
        raise NotImplementedError

    def chosen(self, places: Sequence[int]) -> Observations:
        """A datastore of the observations at places (from 0), at its start."""
        raise NotImplementedError

    def has_more(self) -> bool:
        return self.next < self.observations()

    def read(self, session: Any) -> tuple[Any, Any]:
        if not self.has_more():
            raise no_more()
        last = min(self.next + self.most, self.observations())
        made = self.piece(session, range(self.next, last))
        self.next = last
        return made

    def rewind(self) -> None:
        self.next = 0

    def progress(self) -> float:
        count = self.observations()
        return self.next / count if count else 1.0

    def read_all(self, session: Any) -> Any:
        count = self.observations()
        if not count:
            return self.nothing()
        other = self.copied()
        other.most = max(count, 2)  # a piece of several is a cell
        return other.piece(session, range(count))[0]


def no_more() -> ScriptError:
    return ScriptError(
        "MATLAB:datastoreio:splittabledatastore:noMoreData",
        "No more data to read. Use the reset method to reset the datastore to the start of the data. Before calling "
        "the read method, check if data is available to read by using the hasdata method.",
    )


def require_datastore(value: Any, function: str, kind: type = Datastore) -> Any:
    """The datastore, or MATLAB's error for a function that knows no such argument."""
    if not isinstance(value, kind) or function not in value.methods:
        raise take.unfit_inputs(function, f"{function} takes a datastore that can do it; this is a {class_of(value)}")
    return value


def read_size(value: Any, function: str) -> int:
    """The option ReadSize."""
    return take.positive(value, f"{function}: ReadSize")


def places_of(value: Any, count: int, function: str) -> list[int]:
    """Places from 0 for indices from 1, or for a logical array with an element for each of `count` observations."""
    array = take.numeric(value, "Indices")
    if array.dtype == bool:
        if array.size != count:
            raise ScriptError(
                f"MATLAB:datastoreio:{function}:wrongLogicalSize",
                f"Logical indices must have one element for each of the {count} observations.",
                notes=(f"got {array.size}",),
            )
        return np.flatnonzero(array.ravel("F")).tolist()
    numbers = take.real(value, "Indices").ravel("F")
    if ((numbers < 1) | (numbers != np.floor(numbers))).any():
        raise ScriptError(
            f"MATLAB:datastoreio:{function}:invalidIndices",
            "Indices must be positive integers or logical values.",
            notes=(f"got {take.described(value)}",),
        )
    if (numbers > count).any():
        raise ScriptError(
            f"MATLAB:datastoreio:{function}:indexExceedsNumObservations",
            f"Index exceeds the number of observations in the datastore. Indices must not exceed {count}.",
            notes=(f"got {numbers.max():g}",),
        )
    return (numbers.astype(np.int64) - 1).tolist()


def rows_at(value: Any, places: Sequence[int]) -> Any:
    """The rows of any value at places from 0."""
    return take_rows(value, np.fromiter(places, np.int64, len(places)))


def column(items: Sequence[Any]) -> np.ndarray:
    """A cell column."""
    made = np.empty((len(items), 1), object, order="F")
    for place, item in enumerate(items):
        made[place, 0] = item
    return made


def one_cell(value: Any) -> np.ndarray:
    return column([value])


def in_cell(value: Any) -> Any:
    """A cell or a table as it is, anything else in a cell."""
    return value if is_cell(value) or type(value) is Table else one_cell(value)


def formats(names: Sequence[str]) -> Any:
    return string_array(list(names), (1, len(names)))


def numbers_column(numbers: Sequence[float]) -> Any:
    return norm(np.array(numbers, float).reshape(-1, 1))
