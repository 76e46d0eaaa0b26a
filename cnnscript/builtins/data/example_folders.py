"""Folders of example pictures below matlabroot, drawn when they are first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable

from cnnscript.errors import ScriptError


def drawn_folder(path: str, what: str, write: Callable[[str], object]) -> str:
    """The folder, made by `write` where it is not there yet.  what: of which pictures, in one word."""
    if not os.path.isdir(path):
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            write(path)
        except OSError as fault:
            raise ScriptError(
                f"cnnscript:{what}:cannotWrite",
                f"The pictures of {what} cannot be written into '{path}'.",
                notes=(fault.strerror or str(fault),),
                hint="CNNSCRIPT_CACHE names a folder that can be written",
            ) from None
    return path
