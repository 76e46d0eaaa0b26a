"""What was typed before: a file in the user's data folder, shared by all prompts."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

MOST_BYTES = 2_000_000  # of the file; when it has grown longer, its older half is dropped


class KeptHistory(FileHistory):
    """The history file; that it can no longer be written (a full disk) must not stop the prompt."""

    def store_string(self, string: str) -> None:
        with contextlib.suppress(OSError):
            super().store_string(string.encode("utf-8", "replace").decode("utf-8"))  # before 3.0.53 it wants real text


def history() -> History:
    """The history file (CNNSCRIPT_HISTORY says another place); kept in memory where no file can be written."""
    path = Path(os.environ.get("CNNSCRIPT_HISTORY") or folder() / "history")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab") as file:
            long = file.tell() > MOST_BYTES
        if long:
            shorten(path)
    except OSError:
        return InMemoryHistory()
    return KeptHistory(str(path))


def folder() -> Path:
    from platformdirs import user_data_dir

    return Path(user_data_dir("cnnscript", appauthor=False))


def shorten(path: Path) -> None:
    """Keep the newer half of the entries (each begins with a line of `#` and its time)."""
    content = path.read_bytes()
    cut = content.find(b"\n#", len(content) // 2)
    if cut >= 0:
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.write_bytes(content[cut:])
        os.replace(beside, path)
