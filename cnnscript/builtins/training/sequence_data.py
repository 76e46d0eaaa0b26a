"""Training data that are sequences, in the forms in which scripts have them, as feeds of the engine.

A feed pads (or cuts) the sequences of a mini-batch to one length, and with a number as SequenceLength gives a
mini-batch in pieces of so many steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.data.augmented_datastores import AugmentedImageDatastore
from cnnscript.builtins.data.datastore_objects import Datastore
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.networks.sequence_layouts import (
    PREDICTORS,
    Layouts,
    in_order,
    is_array,
    one_sequence,
    sequences_in,
)
from cnnscript.builtins.training.targets import Targets, channels_differ, disagreement, invalid, numeric
from cnnscript.builtins.training.training_data import (
    Data,
    OfStore,
    StoreFeed,
    cell_content,
    check_columns,
    require_some,
    response_of,
    stacked,
)
from cnnscript.engine.layers import Layer, Steps
from cnnscript.engine.recurrent_layers import SequenceInput
from cnnscript.engine.training.feeds import Batch, Feed
from cnnscript.engine.training.sequences import padded, pieces, there
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, norm
from cnnscript.values.tables import Table
from cnnscript.values.text import text_or_none

LABELS = "Invalid {} data. Responses must be a vector of categorical responses, or a cell array of categorical response sequences."  # fmt: skip  # noqa: E501
NUMBERS = (
    "Invalid {} data. Responses must be a matrix of numeric responses, or a N-by-1 cell array of sequences, where N is "
    "the number of sequences. The feature dimension of all sequences must be the same."
)
LENGTHS = "Invalid {} data. Sequence responses must have the same sequence length as the corresponding predictors."

Row = tuple[list[np.ndarray], np.ndarray]  # an observation: an array for each input of the network, and its target


# ------------------------------------------------------------------------------------------------------------ responses
class Responses:
    """How the responses of observations become targets: T×1 classes or T×1×R numbers of each step where the network
    gives outputs for steps, else 1×1 classes or 1×1×R numbers."""

    def __init__(self, targets: Targets, layouts: Layouts):
        self.targets, self.layouts, self.what = targets, layouts, targets.what
        self.for_steps = isinstance(targets.size, Steps)

    def refuse(self, value: Any) -> ScriptError:
        """The error for responses that have not the form."""
        hint = None
        if is_cell(value) and not self.for_steps:
            hint = "for a response to each step, OutputMode of the last recurrent layer must be 'sequence'"
        elif self.for_steps and not is_cell(value):
            hint = "for one response to a sequence, OutputMode of the last recurrent layer must be 'last'"
        return invalid(self.what, NUMBERS if self.targets.classes is None else LABELS,
                       f"they are {take.described(value)}", hint=hint)  # fmt: skip

    def of_all(self, value: Any, count: int, in_cell: bool) -> list[np.ndarray]:
        """The responses of all `count` observations.  in_cell: did the sequences come in a cell?"""
        if type(value) is Table:
            value = value.joined()
        if not self.for_steps:
            if is_cell(value):
                raise self.refuse(value)
            return list(self.targets.of(value))
        if is_cell(value):
            return [self.of_sequence(one) for one in value.ravel("F").tolist()]
        if in_cell and count > 1:
            raise self.refuse(value)
        several = self.layouts.steps_first or "B" in self.layouts.target
        if several and is_array(value) and as_array(value).ndim == 3:
            turned = in_order(as_array(value), self.layouts.target or "TCB")
            assert turned is not None  # three letters
            return [self.in_steps(one) for one in turned]
        return [self.of_sequence(value)]

    def of_one(self, value: Any) -> np.ndarray:
        """The response of an observation that was read alone."""
        return self.of_sequence(value) if self.for_steps else self.targets.of_rows([value])[0]

    def of_sequence(self, value: Any) -> np.ndarray:
        if is_cell(value) and value.size == 1:
            value = value.ravel("F")[0]
        if self.targets.classes is not None:
            if type(value) is Categorical or is_array(value) and type(self.targets) is not Targets:
                return self.targets.places(as_column(value)).reshape(-1, 1)
            raise self.refuse(value)
        if not is_array(value):
            raise self.refuse(value)
        usual = self.layouts.usual(False, False)
        turned = in_order(numeric(value, self.what), self.layouts.target.replace("B", "") or usual)
        if turned is None:
            raise self.refuse(value)
        return self.in_steps(turned[0])

    def in_steps(self, array: np.ndarray) -> np.ndarray:
        """T×R numbers (or numbers of classes, T×1) as a target."""
        if self.targets.classes is not None:
            return self.targets.places(norm(np.asfortranarray(array))).reshape(-1, 1)
        if array.shape[1] != self.targets.size[2]:
            if self.targets.newer:
                raise channels_differ(self.what, self.targets.size[2], array.shape[1], None)
            raise invalid(
                self.what, f"Invalid {{}} data. The output size ({self.targets.size[2]}) of the last layer does not "
                f"match the response size ({array.shape[1]})."
            )  # fmt: skip
        return np.asarray(array, np.float32)[:, None]


def as_column(value: Any) -> Any:
    """A sequence of categories or of numbers of classes as a column."""
    return value if type(value) is Categorical else norm(as_array(value).reshape(-1, 1, order="F"))


# ---------------------------------------------------------------------------------------------------------------- feeds
class Assembler:
    """Observations put together as batches."""

    def __init__(self, layers: Sequence[Layer], targets: Targets, layouts: Layouts):
        self.layers, self.layouts, self.what = list(layers), layouts, targets.what
        self.responses = Responses(targets, layouts)

    def row(self, columns: Sequence[Any], response: Any) -> Row:
        """An observation as a datastore reads it."""
        found = []
        for k, (value, layer) in enumerate(zip(columns, self.layers, strict=True)):
            if isinstance(layer, SequenceInput):
                form = self.layouts.of_input(k, bool(layer.image_size), several=False)
                found.append(one_sequence(value, form, layer, self.what))
            else:
                found.append(stacked([value], layer, self.what)[0])
        made = found, self.responses.of_one(response)
        self.check(made)
        return made

    def check(self, row: Row, place: int | None = None) -> None:
        """MATLAB's error unless there is a response for each step."""
        if not self.responses.for_steps:
            return
        steps = next(len(one) for one, layer in zip(row[0], self.layers, strict=True)
                     if isinstance(layer, SequenceInput))  # fmt: skip
        if len(row[1]) != steps:
            which = "a sequence" if place is None else f"sequence number {place}"
            raise invalid(self.what, LENGTHS, f"{which} has {steps} steps and {len(row[1])} responses")

    def batches(self, rows: Sequence[Row]) -> list[Batch]:
        """One batch, or its pieces."""
        padding = self.layouts.padding
        inputs, masks = [], []
        for k, layer in enumerate(self.layers):
            column = [row[0][k] for row in rows]
            if isinstance(layer, SequenceInput):
                inputs.append(padded(column, padding))
                masks.append(there([len(one) for one in column], padding))
            else:
                inputs.append(np.stack(column))
                masks.append(None)
        found = [row[1] for row in rows]
        counted = None
        if self.responses.for_steps:
            counted = there([len(one) for one in found], padding)
            of_classes = found[0].dtype.kind == "i"
            nothing = replace(padding, value=-1.0 if of_classes else 0.0)
            whole = padded(found, nothing, np.int32 if of_classes else np.float32)
        else:
            whole = np.stack(found)
        batch = Batch(inputs, whole, tuple(masks), counted)
        return [batch] if isinstance(padding.length, str) else list(pieces(batch, padding.length))


class SequenceFeed:
    """Sequences in memory."""

    def __init__(self, rows: Sequence[Row], assembler: Assembler):
        self.rows, self.assembler = list(rows), assembler
        self.count = len(self.rows)
        self.start(None)

    def start(self, order: Sequence[int] | None) -> None:
        self.order = list(range(self.count)) if order is None else list(order)
        self.next = 0
        self.waiting: list[Batch] = []

    def take(self, most: int) -> Batch | None:
        if not self.waiting and self.next < self.count:
            places = self.order[self.next : self.next + most]
            self.next += most
            self.waiting = self.assembler.batches([self.rows[place] for place in places])
        return self.waiting.pop(0) if self.waiting else None


# ----------------------------------------------------------------------------------------------------------- in memory
class OfSequences(Data):
    """columns: for each observation an array for each input; in_cell: did they come in a cell?"""

    def __init__(self, columns: list[list[np.ndarray]], responses: Any, in_cell: bool, inputs: Sequence[Layer],
                 layouts: Layouts, what: str):  # fmt: skip
        super().__init__(inputs, what)
        self.columns, self.responses, self.in_cell, self.layouts = columns, responses, in_cell, layouts
        require_some(len(columns), what)

    def first_response(self) -> Any:
        return with_all_categories(self.responses)

    def feed(self, targets: Targets) -> Feed:
        assembler = Assembler(self.inputs, targets, self.layouts)
        made = assembler.responses.of_all(self.responses, len(self.columns), self.in_cell)
        if len(made) != len(self.columns):
            raise disagreement(targets.newer, len(self.columns), len(made))
        rows = list(zip(self.columns, made, strict=True))
        for place, row in enumerate(rows, 1):
            assembler.check(row, place)
        return SequenceFeed(rows, assembler)


def with_all_categories(responses: Any) -> Any:
    """Of a cell of categorical sequences the first, with the categories of all: sequences may lack some of them."""
    if not is_cell(responses) or not all(type(one) is Categorical for one in responses.flat):
        return responses
    items = responses.ravel("F").tolist()
    names = list(dict.fromkeys(name for one in items for name in one.names))
    return items[0] if not items or list(items[0].names) == names else Categorical(items[0].codes, names)


def sequences_of(session: Any, values: Sequence[Any], inputs: Sequence[Layer], layouts: Layouts, what: str) -> Data:
    """Sequences and responses, or a table, for a network of one input."""
    first, *rest = values
    layer = inputs[0]
    assert isinstance(layer, SequenceInput)
    if type(first) is Table:
        first, responses = of_table(session, first, rest)
    elif len(rest) != 1:
        raise ScriptError(
            "MATLAB:minrhs" if not rest else "MATLAB:maxrhs",
            "Not enough input arguments." if not rest else "Too many input arguments.",
            notes=("sequences and responses are given as two arguments",),
        )
    else:
        responses = rest[0]
    columns = [[one] for one in sequences_in(first, layer, 0, layouts, what)]
    return OfSequences(columns, responses, is_cell(first), inputs, layouts, what)


# ---------------------------------------------------------------------------------------------------------- in sequence
class OfSequenceStore(OfStore):
    """A datastore whose pieces are rows: a sequence (or what another input takes) for each input, then the response."""

    def __init__(self, session: Any, store: Datastore, inputs: Sequence[Layer], layouts: Layouts, what: str):
        if isinstance(store, (ImageDatastore, AugmentedImageDatastore)):
            raise invalid(what, PREDICTORS, f"the {store.class_name.rpartition('.')[2]} reads images")
        super().__init__(session, store, inputs, what)
        self.layouts = layouts

    def first_response(self) -> Any:
        found = super().first_response()
        return found.ravel("F")[0] if is_cell(found) and found.size == 1 else found

    def feed(self, targets: Targets) -> Feed:
        return SequenceStoreFeed(self.session, self.store, targets, self.inputs, self.layouts)


class SequenceStoreFeed(StoreFeed):
    """A datastore of sequences read from start to end, in another order where it can be chosen from."""

    def __init__(self, session: Any, store: Datastore, targets: Targets, inputs: Sequence[Layer], layouts: Layouts):
        self.assembler = Assembler(inputs, targets, layouts)
        super().__init__(session, store, targets, inputs, targets.what)

    def start(self, order: Sequence[int] | None) -> None:
        super().start(order)
        self.pending: list[Batch] = []

    def take(self, most: int) -> Batch | None:
        if not self.pending:
            rows = self.rows(most)
            count = len(self.inputs)
            for row in rows:
                check_columns(row, count + 1, self.what)
            made = [
                self.assembler.row([cell_content(one) for one in row[:count]], response_of(row, count, self.what))
                for row in rows
            ]
            self.pending = self.assembler.batches(made) if made else []
        return self.pending.pop(0) if self.pending else None


def of_table(session: Any, table: Table, names: Sequence[Any]) -> tuple[Any, Any]:
    """Sequences and responses of a table: sequences (or names of MAT files that hold one) in its first variable; the
    named variables are the responses, without names all others."""
    chosen = take.texts(names[0], "responseNames") if names else table.names[1:]
    places = [table.place(name) for name in chosen]
    sequences = loaded(session, table.data(table.names[0]))
    if len(places) == 1:
        return sequences, loaded(session, table.data(chosen[0]))
    return sequences, table.select(places).joined()


def loaded(session: Any, column: Any) -> Any:
    """A variable of a table; names of MAT files in a cell are replaced by the first variable of each."""
    if not is_cell(column) or not column.size or any(text_or_none(one) is None for one in column.flat):
        return column
    made = np.empty((column.size, 1), object)
    for k, name in enumerate(column.ravel("F").tolist()):
        fields = session.call("load", 1, name).fields
        made[k, 0] = next(iter(fields.values()))
    return made
