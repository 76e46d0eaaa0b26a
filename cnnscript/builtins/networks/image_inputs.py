"""The forms in which images come to a network: arrays, cells, tables, datastores; as batches the engine takes.

Nothing is read before its turn: of a datastore, a table of file names or a cell of images no more than one mini-batch
is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnscript.builtins.networks.queued_observations import QueuedObservations
from cnnscript.builtins.networks.sequence_inputs import (
    SequenceBatch,
    gathered,
    one_row,
    rows_of_array,
    takes_sequences,
)
from cnnscript.builtins.networks.sequence_layouts import Layouts
from cnnscript.engine.graph import Network
from cnnscript.engine.questions import wrong_count
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import as_array, class_of, is_cell, ndarray, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.tables import Table
from cnnscript.values.text import String, text_or_none, texts_or_none

FEATURES = "nnet.cnn.layer.FeatureInputLayer"

Batch = list[np.ndarray]  # N×H×W×C for each input of the network


def batches(session: Any, network: Network, values: list[Any], most: int) -> Iterator[Batch]:
    """The images of the arguments after the network, batch by batch; arrays come as one batch, whatever their number.

    values  one for each input of the network; or one datastore, table or cell with a column for each
    most    images taken at a time of what is read piece by piece
    """
    inputs = network.inputs
    if len(values) == 1:
        value = values[0]
        if is_datastore(value):
            yield from stacked(session, network, datastore_rows(session, value, len(inputs)), most)
            return
        if type(value) is Table:
            yield from table_batches(session, network, value, most)
            return
    if len(values) != len(inputs) and not (len(values) == 1 and is_cell(values[0])):
        raise wrong_count(network, len(values))
    if any(is_cell(value) for value in values):
        yield from stacked(session, network, cell_rows(network, values), most)
        return
    yield [image_batch(value, network, number) for value, number in zip(values, inputs, strict=True)]


def sequence_batches(session: Any, network: Network, values: list[Any], most: int, layouts: Layouts
                     ) -> Iterator[SequenceBatch]:  # fmt: skip
    """As `batches`, for a network an input of which takes sequences: padded mini-batches of `most` observations."""
    return gathered(network, sequence_rows(session, network, values, layouts), most, layouts.padding)


def sequence_rows(session: Any, network: Network, values: list[Any], layouts: Layouts) -> Iterator[list[np.ndarray]]:
    """Observations, an array for each input: of sequences T×1×C, else 1×H×W×C."""
    inputs = network.inputs
    if len(values) == 1 and (is_datastore(values[0]) or type(values[0]) is Table):
        value = values[0]
        rows = table_rows(value, len(inputs)) if type(value) is Table else datastore_rows(session, value, len(inputs))
    elif len(values) == 1 < len(inputs) and is_cell(values[0]):
        rows = cell_rows(network, values)
    else:
        if len(values) != len(inputs):
            raise wrong_count(network, len(values))
        columns = []
        for k, (value, number) in enumerate(zip(values, inputs, strict=True)):
            if takes_sequences(network, number):
                empty = is_cell(value) and not value.size
                columns.append([] if empty else rows_of_array(network, number, value, layouts, k))
            elif is_cell(value):
                columns.append([one_image(session, one, network, number) for one in value.ravel("F").tolist()])
            else:
                columns.append([one[None] for one in image_batch(value, network, number)])
        if len({len(column) for column in columns}) > 1:
            raise counts_differ([len(column) for column in columns])
        yield from (list(row) for row in zip(*columns, strict=True))
        return
    for row in rows:
        yield [
            one_row(network, number, value, layouts, k) if takes_sequences(network, number)
            else one_image(session, value, network, number)
            for k, (value, number) in enumerate(zip(row, inputs, strict=True))
        ]  # fmt: skip


def counts_differ(counts: list[int]) -> ScriptError:
    return ScriptError(
        "nnet_cnn:DAGNetwork:NumberOfObservationsDiffers",
        "All inputs of the network must have the same number of observations.",
        notes=("they have " + ", ".join(map(str, counts)),),
    )


# ----------------------------------------------------------------------------------------------------------- in pieces


def is_datastore(value: Any) -> bool:
    """Can it be read piece by piece?"""
    return isinstance(value, Object) and type(value) is not Table and {"read", "hasdata"} <= set(value.methods)


def datastore_rows(session: Any, store: Any, count: int) -> Iterator[tuple]:
    """The observations of a datastore from its start, each with its `count` inputs; it is left at its start."""
    if isinstance(store, QueuedObservations):  # no value of the language, which functions of scripts could read
        while store.has_more():
            rows = store.read(session)[0]
            if len(rows):
                yield from rows_read(rows, count)
        return
    rewind(session, store)
    try:
        while as_array(session.call("hasdata", 1, store)).any():
            yield from rows_read(session.call("read", 1, store), count)
    finally:
        rewind(session, store)


def rewind(session: Any, store: Any) -> None:
    if "reset" in store.methods:
        session.call("reset", 0, store)


def rows_read(data: Any, count: int) -> Iterator[tuple]:
    """The observations in what `read` gave: one image, a cell or a table with a row for each."""
    if type(data) is Table:
        yield from table_rows(data, count)
    elif is_cell(data):
        cells = data.reshape(data.shape[0], -1, order="F")
        if cells.shape[1] < count:
            raise too_few_columns(count, cells.shape[1])
        yield from (tuple(cells[k, :count]) for k in range(len(cells)))
    elif count == 1:
        yield (data,)
    else:
        raise too_few_columns(count, 1)


def cell_rows(network: Network, values: list[Any]) -> Iterator[tuple]:
    """The observations in cells of images: one cell for each input, or one cell with a column for each."""
    count = len(network.inputs)
    if count > 1 and len(values) == 1:
        yield from rows_read(values[0], count)
        return
    columns = [value.ravel("F").tolist() if is_cell(value) else [value] for value in values]
    if len({len(column) for column in columns}) > 1:
        raise counts_differ([len(column) for column in columns])
    yield from zip(*columns, strict=True)


def table_batches(session: Any, network: Network, table: Table, most: int) -> Iterator[Batch]:
    """The observations of a table: images or names of files in its first columns; numbers for a feature network."""
    inputs = network.inputs
    if len(inputs) == 1 and takes_features(network, inputs[0]):
        columns = [as_array(table.data(name)) for name in table.names if is_number_column(table.data(name))]
        wanted = network.sizes[inputs[0]][2]
        yield [image_batch(np.hstack(columns)[:, :wanted], network, inputs[0])] if columns else []
        return
    yield from stacked(session, network, table_rows(table, len(inputs)), most)


def is_number_column(column: Any) -> bool:
    return type(column) is ndarray and column.dtype.kind in "fiub" and column.ndim == 2


def table_rows(table: Table, count: int) -> Iterator[tuple]:
    if len(table.names) < count:
        raise too_few_columns(count, len(table.names))
    columns = [column_values(table.data(name), name) for name in table.names[:count]]
    yield from zip(*columns, strict=True)


def column_values(column: Any, name: str) -> list[Any]:
    """A variable of a table as its values, one for each row."""
    if is_cell(column):
        return column.ravel("F").tolist()
    if type(column) is String or isinstance(column, str):
        return list(texts_or_none(column) or [])
    raise ScriptError(
        "nnet_cnn:SeriesNetwork:InvalidTable",
        "The table must hold images or names of image files in its first variable.",
        notes=(f"'{name}' is a {class_of(column)} of size {size_text(size_of(column))}",),
    )


def too_few_columns(wanted: int, got: int) -> ScriptError:
    return ScriptError(
        "nnet_cnn:DAGNetwork:TooFewColumns",
        f"The network has {wanted} input{'s' * (wanted != 1)}: each observation must have {wanted} "
        f"column{'s' * (wanted != 1)}.",
        notes=(f"there {'is' if got == 1 else 'are'} {got}",),
    )


def stacked(session: Any, network: Network, rows: Iterator[tuple], most: int) -> Iterator[Batch]:
    """Observations of equal sizes that follow one another, up to `most` at a time."""
    inputs = network.inputs
    held: list[list[np.ndarray]] = []
    for row in rows:
        images = [one_image(session, value, network, number) for value, number in zip(row, inputs, strict=True)]
        if held and (len(held) == most or any(a.shape != b.shape for a, b in zip(images, held[0], strict=True))):
            yield [np.concatenate(column) for column in zip(*held, strict=True)]
            held = []
        held.append(images)
    if held:
        yield [np.concatenate(column) for column in zip(*held, strict=True)]


def one_image(session: Any, value: Any, network: Network, number: int) -> np.ndarray:
    """One observation as a batch of one; a text is the name of an image file."""
    name = text_or_none(value)
    if name is not None:
        value = session.call("imread", 1, name)
    batch = image_batch(value, network, number)
    if len(batch) != 1:
        raise ScriptError(
            "nnet_cnn:SeriesNetwork:InvalidPredictDataForImageInputLayer",
            "Incorrect input data. Each observation must be one image.",
            notes=(f"one is a {class_of(value)} of size {size_text(size_of(value))}",),
        )
    return batch


# -------------------------------------------------------------------------------------------------------------- arrays


def takes_features(network: Network, number: int) -> bool:
    return network.layers[number].matlab_class == FEATURES


def image_batch(images: Any, network: Network, number: int | None = None) -> np.ndarray:
    """Images as N×H×W×C, without a copy; ScriptError for anything that is no numeric array of images."""
    number = network.inputs[0] if number is None else number
    if isinstance(images, (str, bool)) or not hasattr(images, "dtype") and not isinstance(images, float):
        raise not_images(images, network, number)
    array = as_array(images)
    if array.dtype.kind not in "fiu" or array.ndim > 4:
        raise not_images(images, network, number)
    if takes_sequences(network, number):
        layouts = Layouts(steps_first=network.kind == "dlnetwork")
        return np.stack(rows_of_array(network, number, images, layouts))
    if takes_features(network, number) and array.ndim == 2:
        return array[:, None, None, :]
    height, width, channels, count = (*array.shape, 1, 1)[:4]
    return array.reshape(height, width, channels, count, order="F").transpose(3, 0, 1, 2)


def not_images(value: Any, network: Network, number: int) -> ScriptError:
    size = " ".join(str(n) for n in network.sizes[number])
    kind = class_of(value)
    if getattr(getattr(value, "dtype", None), "kind", "") == "c":
        kind = f"complex {kind}"
    return ScriptError(
        "nnet_cnn:SeriesNetwork:InvalidPredictDataForImageInputLayer",
        f"Incorrect input data. The input images must be a numeric array with a size of [{size}].",
        notes=(f"the input is a {kind} of size {size_text(size_of(value))}",),
        hint="imread gives an image of a file" if text_or_none(value) is not None else None,
    )
