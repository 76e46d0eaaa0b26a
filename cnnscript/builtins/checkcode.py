"""Checks of program files that run nothing: checkcode and its older name mlint."""

from __future__ import annotations

from typing import Any

from cnnscript import builtins, checking
from cnnscript.builtins.absent import absent, missing_name_error
from cnnscript.builtins.registry import alias, builtin
from cnnscript.checking.files import File
from cnnscript.checking.findings import Finding
from cnnscript.checking.reach import Table
from cnnscript.errors import ScriptError


def the_table() -> Table:
    """The built-ins, as checks are handed them."""
    return Table(builtins.find, builtins.index(), absent(), missing_name_error)
