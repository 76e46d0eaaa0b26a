"""Objects that are their properties: options, settings, metrics, results."""

from __future__ import annotations

import copy
from typing import Any

from cnnscript.values.objects import Object


class NamedValues(Object):
    """An object that is names and their values, shown in that order.

    A subclass whose properties can be set says in `checked` what they take; the object of a value class is copied.
    """

    values: dict[str, Any]

    def __init__(self, values: dict[str, Any]):
        self.values = values

    def properties(self) -> dict[str, Any]:
        return self.values

    def checked(self, name: str, value: Any) -> Any:
        """What is kept of a value that the property is set to; a ScriptError where it takes no such value."""
        raise self.read_only(name)

    def set(self, name: str, value: Any) -> Any:
        if name not in self.values:
            return super().set(name, value)
        kept = self.checked(name, value)
        if self.is_handle:
            self.values[name] = kept
            return self
        changed = copy.copy(self)
        changed.values = {**self.values, name: kept}
        return changed
