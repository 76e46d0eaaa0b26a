"""Models and what is found by them, in MAT-files: each as the name of its class and its state.

Classes are looked up in `HOMES` by their names alone, and nothing of a file is run.  What a class makes of the rest of
its state (functions, above all) is not kept; its method `revive` makes it again.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from cnnscript.values.numeric import OBJECT, fortran, ndarray
from cnnscript.values.structs import Struct, StructArray

LEARNING, STATISTICS = "cnnscript.builtins.learning.", "cnnscript.builtins.statistics."
# the module of each class, and the names of its state that are made again
HOMES: dict[str, tuple[str, frozenset[str]]] = {
    name: (module, frozenset(again.split()))
    for name, module, again in (
        ("SupportVectorMachine", LEARNING + "support_vector_machines", "train transform"),
        ("Scaler", LEARNING + "machine_training", ""),
        ("NearestNeighbours", LEARNING + "nearest_neighbours", "train transform fitted settings"),
        ("NaiveBayes", LEARNING + "naive_bayes", "train transform fitted"),
        ("Discriminant", LEARNING + "discriminants", "train transform"),
        ("TreeClassifier", LEARNING + "tree_classifiers", "train transform"),
        ("OutputCodes", LEARNING + "output_codes", "train transform"),
        ("Ensemble", LEARNING + "ensembles", "train transform"),
        ("BaggedTrees", LEARNING + "bagged_trees", ""),
        ("RegressionTree", LEARNING + "regression_trees", ""),
        ("RegressionMachine", LEARNING + "regression_machines", ""),
        ("PartitionedModel", LEARNING + "partitioned_models", ""),
        ("Partition", LEARNING + "partitions", ""),
        ("Data", LEARNING + "training_data", ""),
        ("Predictors", LEARNING + "training_data", ""),
        ("Column", LEARNING + "training_data", ""),
        ("LinearClassifier", LEARNING + "linear_models", "train transform"),
        ("LinearRegression", LEARNING + "linear_models", ""),
        ("LinearModel", STATISTICS + "regression_models", "fit"),
        ("Distribution", STATISTICS + "distribution_objects", "family"),
        ("Template", LEARNING + "templates", ""),
        ("RocMetrics", "cnnscript.builtins.figures.plot_roc_curves", ""),
        ("TrainingInfo", "cnnscript.builtins.training.trainnet", ""),
        ("Tree", "cnnscript.learning.trees", ""),
        ("SupportVectors", "cnnscript.learning.support_vectors", ""),
        ("Grown", "cnnscript.learning.ensembles", ""),
        ("Kernel", "cnnscript.learning.support_vectors", "function"),
    )
}  # fmt: skip
PART = "part"  # the field of a struct that says what it stands for inside a state


def is_kept(value: Any) -> bool:
    home = HOMES.get(type(value).__name__)
    return home is not None and type(value).__module__ == home[0]


# ----------------------------------------------------------------------------------------------------------- writing
def fields_of(value: Any) -> dict[str, Any]:
    """The state of an object for which `is_kept`, as fields of a struct."""
    again = HOMES[type(value).__name__][1]
    whole = value.state_kept() if hasattr(value, "state_kept") else vars(value)
    state = {name: written(item) for name, item in whole.items() if name not in again}
    return {"kind": type(value).__name__, "state": Struct(state)}


def written(item: Any) -> Any:
    """A part of a state as a value of the language; structs of the language itself are wrapped."""
    if item is None:
        return Struct({PART: "none"})
    if type(item) is int:
        return Struct({PART: "whole", "value": float(item)})
    if isinstance(item, np.float64 | np.bool_):
        return item.item()
    if type(item) is ndarray and item.dtype != OBJECT:
        shape = np.array([item.shape], float).reshape(1, -1)
        order = "F" if item.flags.f_contiguous else "C"
        flat = fortran(item.reshape(1, -1, order="F"))
        return Struct({PART: "array", "shape": shape, "order": order, "value": flat})
    if type(item) in (list, tuple):
        cells = np.empty((1, len(item)), OBJECT)
        for place, part in enumerate(item):
            cells[0, place] = written(part)
        return Struct({PART: type(item).__name__, "items": cells})
    if type(item) is dict:
        return Struct({
            PART: "dict", "value": Struct({name: written(part) for name, part in item.items() if name != "session"})
        })  # fmt: skip
    if type(item) in (Struct, StructArray):
        return Struct({PART: "struct", "value": item})
    if is_kept(item):
        return Struct({PART: "object", **fields_of(item)})
    return item


# ----------------------------------------------------------------------------------------------------------- reading
def restored(fields: dict[str, Any], session: Any) -> Any:
    """The object that such fields stand for.  Raises KeyError, TypeError, ValueError, AttributeError for damaged
    ones."""
    kind = str(fields["kind"])
    module, _ = HOMES[kind]
    cls = getattr(import_module(module), kind)
    made = cls.__new__(cls)
    vars(made).update({name: read(item, session) for name, item in fields["state"].fields.items()})
    if hasattr(made, "revive"):
        made.revive(session)
    return made


def read(item: Any, session: Any) -> Any:
    if type(item) is not Struct:
        return item
    fields = item.fields
    match fields[PART]:
        case "none":
            return None
        case "whole":
            return int(fields["value"])
        case "array":
            shape = tuple(np.atleast_1d(fields["shape"]).astype(int).ravel().tolist())
            array = np.atleast_1d(np.asarray(fields["value"])).ravel().reshape(shape, order="F")
            return np.asarray(array, order="F" if fields["order"] == "F" else "C")
        case "list":
            return [read(part, session) for part in fields["items"].ravel("F").tolist()]
        case "tuple":
            return tuple(read(part, session) for part in fields["items"].ravel("F").tolist())
        case "dict":
            return {name: read(part, session) for name, part in fields["value"].fields.items()}
        case "struct":
            return fields["value"]
        case "object":
            return restored(fields, session)
    raise ValueError(f"a part of unknown kind {fields[PART]}")
