"""What classes of the program that derive from matlab.io.Datastore get: readall, preview, numpartitions."""

from __future__ import annotations

from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.values.concatenate import vertcat
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import EMPTY, as_array

MIXINS = ("MiniBatchable", "Shuffleable", "Partitionable", "PartitionableByIndex", "BackgroundDispatchable",
          "Subsettable", "HadoopLocationBased")  # fmt: skip


def ask(value: Instance, name: str, nargout: int = 1, *args: Any) -> Any:
    """What a method of the program's class gives."""
    method = value.definition.find_method(name)
    if method is None:
        raise ScriptError(
            "MATLAB:class:abstract",
            f"Class '{value.class_name}' must have the method '{name}', as datastores have it.",
        )
    return method.call(nargout, value, *args)


def started(value: Instance) -> Instance:
    """A copy of a datastore, at its start."""
    made = ask(value, "copy")
    ask(made, "reset", 0)
    return made


def readall(nargout: int, value: Instance) -> Any:
    """All pieces, one below the other."""
    other, pieces = started(value), []
    while as_array(ask(other, "hasdata")).all():
        pieces.append(ask(other, "read"))
    return vertcat(*pieces) if pieces else EMPTY


def preview(nargout: int, value: Instance) -> Any:
    """The first piece."""
    other = started(value)
    return ask(other, "read") if as_array(ask(other, "hasdata")).all() else EMPTY


def numpartitions(nargout: int, value: Instance, *pool: Any) -> Any:
    """Into how many parts the class says that it can be cut."""
    return ask(value, "maxpartitions")


METHODS = {"readall": readall, "preview": preview}
