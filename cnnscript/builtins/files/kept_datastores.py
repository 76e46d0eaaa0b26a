"""Datastores, the changes of augmented ones, and training options in MAT-files: what each is made from, by name.

Files stay where they are: a datastore that is read back looks for them under the names it had. It begins at its start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cnnscript.builtins.data.array_datastores import ArrayDatastore
from cnnscript.builtins.data.augmented_datastores import AugmentedImageDatastore
from cnnscript.builtins.data.combined_datastores import (
    CombinedDatastore,
    OfProgram,
    SequentialDatastore,
    TransformedDatastore,
)
from cnnscript.builtins.data.datastore_objects import column
from cnnscript.builtins.data.file_datastores import FileDatastore
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_sources import OfArray, OfFiles, OfTable, Source
from cnnscript.builtins.data.pixel_label_datastores import LabelIds, PixelLabelDatastore
from cnnscript.builtins.data.pixel_label_image_datastores import PixelLabelImageDatastore
from cnnscript.builtins.data.text_datastores import TextDatastore
from cnnscript.builtins.images.data_augmenter import DataAugmenter
from cnnscript.builtins.training.metric_objects import MetricObject
from cnnscript.builtins.training.schedule_objects import LearnRateSchedule
from cnnscript.builtins.training.training_options import TrainingOptions
from cnnscript.values.numeric import as_array
from cnnscript.values.structs import Struct

# what each is made from: attributes that hold values of the language, lists of them, whole numbers, or None
HELD: dict[type, tuple[str, ...]] = {
    ImageDatastore: ("files", "folders", "labels", "reader", "failures", "most"),
    PixelLabelDatastore: ("files", "folders", "reader", "classes", "ids", "codes", "most"),
    FileDatastore: ("files", "folders", "reader", "previewer", "uniform", "most"),
    TextDatastore: ("files", "folders", "options", "selected", "most"),
    ArrayDatastore: ("value", "dimension", "same", "most"),
    CombinedDatastore: ("below",),
    SequentialDatastore: ("below",),
    TransformedDatastore: ("below", "functions", "told"),
    OfProgram: ("value",),
    AugmentedImageDatastore: ("source", "size_made", "augmenter", "colours", "mode", "background", "most"),
    PixelLabelImageDatastore: (
        "source", "labels", "size_made", "augmenter", "colours", "mode", "background", "most",
    ),  # fmt: skip
    DataAugmenter: ("values",),
    TrainingOptions: ("solver", "values"),
    MetricObject: ("kind", "values"),
    LearnRateSchedule: ("kind", "values"),
    OfFiles: ("store",),
    OfArray: ("pixels", "responses"),
    OfTable: ("items", "responses"),
}
KINDS = {kind.__name__: kind for kind in HELD}
LISTS = frozenset((
    "files", "folders", "failures", "options", "selected", "below", "functions", "told", "items", "size_made",
    "classes",
))  # fmt: skip
NAMES = frozenset(("files", "folders", "failures", "selected", "classes"))
WHOLE = frozenset(("most", "dimension"))

# how each begins, before its attributes are set
BLANK: dict[type, Callable[[Any, dict[str, Any]], Any]] = {
    ImageDatastore: lambda session, held: ImageDatastore(session, held["files"], held["folders"]),
    PixelLabelDatastore: lambda session, held: PixelLabelDatastore(
        session, held["files"], held["folders"], LabelIds(tuple(held["classes"]), held["ids"], held["codes"])
    ),
    FileDatastore: lambda session, held: FileDatastore(session, held["files"], held["folders"], held["reader"]),
    TextDatastore: lambda session, held: TextDatastore(session, held["files"], held["folders"], held["options"]),
    ArrayDatastore: lambda session, held: ArrayDatastore(held["value"], held["dimension"], held["same"]),
    CombinedDatastore: lambda session, held: CombinedDatastore(held["below"]),
    SequentialDatastore: lambda session, held: SequentialDatastore(held["below"]),
    TransformedDatastore: lambda session, held: TransformedDatastore(
        held["below"], held["functions"], held["told"]
    ),
    OfProgram: lambda session, held: OfProgram(session, held["value"]),
    AugmentedImageDatastore: lambda session, held: AugmentedImageDatastore(
        held["source"], held["size_made"], held["augmenter"], held["colours"], held["mode"]
    ),
    PixelLabelImageDatastore: lambda session, held: PixelLabelImageDatastore(
        held["source"], held["labels"], held["size_made"], held["augmenter"], held["colours"], held["mode"]
    ),
    DataAugmenter: lambda session, held: DataAugmenter(held["values"]),
    TrainingOptions: lambda session, held: TrainingOptions.kept(held["solver"], held["values"]),
    MetricObject: lambda session, held: MetricObject.kept(held["kind"], held["values"]),
    LearnRateSchedule: lambda session, held: LearnRateSchedule.kept(held["kind"], held["values"]),
    OfFiles: lambda session, held: OfFiles(held["store"]),
    OfArray: lambda session, held: OfArray(held["pixels"], held["responses"]),
    OfTable: lambda session, held: OfTable(session, held["items"], held["responses"]),
}


def fields_of(value: Any) -> dict[str, Any] | None:
    """What is kept of a datastore, an augmenter or options, as values of the language; None for other objects."""
    names = HELD.get(type(value))
    if names is None:
        return None
    held = {name: getattr(value, name) for name in names}
    return {"kind": type(value).__name__, "held": Struct({
        name: written(item) for name, item in held.items() if item is not None
    })}  # fmt: skip


def written(item: Any) -> Any:
    if isinstance(item, Source):
        return Struct(fields_of(item) or {})
    if isinstance(item, dict):
        return Struct(item)
    if isinstance(item, Sequence) and not isinstance(item, str):
        return column([written(part) for part in item])
    return float(item) if type(item) is int else item


def restored(fields: dict[str, Any], session: Any) -> Any:
    """The object that such fields stand for.  Raises KeyError, TypeError, ValueError for damaged ones."""
    kind = KINDS[fields["kind"]]
    given = fields["held"].fields
    held = {name: read(name, given[name], session) if name in given else None for name in HELD[kind]}
    made = BLANK[kind](session, held)
    for name, value in held.items():
        if name != "store":  # of which the source has a copy of its own
            setattr(made, name, value)
    return made


def read(name: str, value: Any, session: Any) -> Any:
    if name == "source":
        return restored(value.fields, session)
    if name == "values":
        return dict(value.fields)
    if name in LISTS:
        parts = as_array(value).ravel("F").tolist()
        if name in NAMES and not all(isinstance(part, str) for part in parts):
            raise ValueError(f"its {name} are no names")
        return tuple(map(int, parts)) if name == "size_made" else parts
    return int(value) if name in WHOLE else value
