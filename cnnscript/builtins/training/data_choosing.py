"""Which form training data have: sequences or images and features; in memory, tables or datastores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnscript.builtins.data.augmented_datastores import AugmentedImageDatastore
from cnnscript.builtins.data.combined_datastores import below
from cnnscript.builtins.data.datastore_objects import Datastore
from cnnscript.builtins.data.image_sources import source_of
from cnnscript.builtins.data.mini_batch_queues import MiniBatchQueue
from cnnscript.builtins.networks.sequence_layouts import Layouts, takes_sequences
from cnnscript.builtins.training.sequence_data import OfSequenceStore, sequences_of
from cnnscript.builtins.training.targets import invalid
from cnnscript.builtins.training.training_data import (
    Data,
    no_predictors,
    of_arrays,
    of_datastore,
    of_features,
    of_source,
    require_one,
)
from cnnscript.engine.input_layers import FeatureInput
from cnnscript.engine.layers import Layer
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.instances import Instance
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none


def data_of(session: Any, values: Sequence[Any], inputs: Sequence[Layer], what: str = "training",
            layouts: Layouts | None = None) -> Data:  # fmt: skip
    """What the arguments before the layers are: a datastore; X and Y; a table, and maybe the names of its responses.

    layouts  how sequences lie in their arrays; None: as in trainNetwork's

    ScriptError for anything else.
    """
    first, *rest = values
    layouts = layouts or Layouts()
    of_program = isinstance(first, Instance) and "matlab.io.Datastore" in first.definition.ancestors
    if isinstance(first, Datastore) or of_program:
        if rest and what != "validation":
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.",
                              notes=("responses are in the datastore",))  # fmt: skip
        if rest:
            require_own(below(session, [first], "read")[0], rest)
        if takes_sequences(inputs):
            return OfSequenceStore(session, below(session, [first], "read")[0], inputs, layouts, what)
        return of_datastore(session, first, inputs, what)
    if isinstance(first, MiniBatchQueue) and rest:
        raise invalid(what, "Invalid {} data. Responses cannot stand beside a minibatchqueue: it holds its own.",
                      f"they are {take.described(rest[0])}")  # fmt: skip
    if isinstance(first, MiniBatchQueue):  # trainnet and testnet have made a datastore of it
        raise invalid(what, "Invalid {} data. trainNetwork does not take a minibatchqueue.",
                      hint="it takes the datastore of the queue; trainnet takes queues")  # fmt: skip
    require_one(inputs, what)
    if takes_sequences(inputs):
        return sequences_of(session, values, inputs, layouts, what)
    if type(first) is Table:
        if isinstance(inputs[0], FeatureInput):
            return of_features(first, rest, inputs, what)
        return of_source(source_of(session, first, rest[0] if rest else None), inputs, what)
    if not rest and texts_or_none(first) is not None:
        raise no_predictors(first, what)
    if len(rest) != 1:
        raise ScriptError(
            "MATLAB:minrhs" if not rest else "MATLAB:maxrhs",
            "Not enough input arguments." if not rest else "Too many input arguments.",
            notes=("arrays of predictors and responses are given as two arguments, X and Y",),
        )
    return of_arrays(first, rest[0], inputs, what)


def require_own(store: Any, responses: Sequence[Any]) -> None:
    """ValidationData={imds,imds.Labels} gives the labels twice. MATLAB takes that: so scripts train that were kept
    (seen in five; its manual does not say so). Others than the datastore's would be dropped: they are refused."""
    own = store.source.responses if isinstance(store, AugmentedImageDatastore) else getattr(store, "labels", None)
    given = responses[0] if len(responses) == 1 else None
    if type(own) is not Categorical or type(given) is not Categorical or own.texts() != given.texts():
        raise invalid("validation", "Invalid {} data. Responses beside a datastore must be its own labels.",
                      "they are others" if type(given) is Categorical else f"they are {take.described(given)}",
                      hint="ValidationData=ds takes those of the datastore")  # fmt: skip
