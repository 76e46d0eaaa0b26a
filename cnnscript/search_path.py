"""Where functions and files are looked for: the current folder, the script's folder, then the search path."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT_ENDINGS = (".m", ".cnns", ".mlx")
TICK = 100_000_000  # nanoseconds: a file system may give two changes this close together one time


def settled(changed: int) -> bool:
    """Is a modification time (ns) old enough that a later change is sure to have another?"""
    return time.time_ns() - changed > TICK


class SearchPath:
    """The search path of a session.

    folders  added folders, first looked at first
    script   folder of the script being run, or None
    """

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.script: str | None = None
        self._listings: dict[str, tuple[int, frozenset[str]]] = {}
        self._of_listing: dict[frozenset[str], frozenset[str]] = {}

    def add(self, folders: list[str], end: bool = False) -> None:
        """Put folders at the front (or the end) of the path; one already there moves."""
        fresh = list(dict.fromkeys(os.path.abspath(folder) for folder in folders))
        kept = [folder for folder in self.folders if folder not in fresh]
        self.folders = kept + fresh if end else fresh + kept

    def remove(self, folders: list[str]) -> None:
        gone = {os.path.abspath(folder) for folder in folders}
        self.folders = [folder for folder in self.folders if folder not in gone]

    def places(self, origin: str | None = None) -> list[str]:
        """Folders in the order they are searched for a name used in the file `origin`: first its private folder, which
        for a private function is the one it is in."""
        beside = os.path.dirname(origin) if origin else ""
        private = beside if os.path.basename(beside) == "private" else os.path.join(beside, "private")
        first = [private] if origin else []
        script = [self.script] if self.script else []
        return [*first, *current_folder(), *script, *self.folders]

    def find_function(self, name: str, origin: str | None = None) -> str | None:
        """The path of the file that defines a function or script called `name` (`package.name` looks in +package)."""
        *packages, last = name.split(".")
        inner = [f"+{package}" for package in packages]
        for folder in self.places(origin):
            folder = os.path.join(folder, *inner)
            names = self.listing(folder)
            for ending in SCRIPT_ENDINGS:
                if last + ending in names and os.path.isfile(path := os.path.join(folder, last + ending)):
                    return path
                if "@" + last in names and os.path.isfile(path := os.path.join(folder, "@" + last, last + ending)):
                    return path
        return None

    def is_package(self, name: str) -> bool:
        inner = [f"+{part}" for part in name.split(".")]
        return any(os.path.isdir(os.path.join(folder, *inner)) for folder in self.places())

    def function_names(self) -> set[str]:
        """The names of all script and function files in reach."""
        return {
            os.path.splitext(entry)[0]
            for folder in self.places()
            for entry in self.listing(folder)
            if entry.endswith(SCRIPT_ENDINGS)
        }

    def reach(self) -> tuple:
        """The folders that are searched, each with the program files, packages and classes in it."""
        return tuple((folder, self._programs_in(self.listing(folder))) for folder in self.places())

    def _programs_in(self, names: frozenset[str]) -> frozenset[str]:
        known = self._of_listing.get(names)
        if known is None:
            if len(self._of_listing) > 1000:
                self._of_listing.clear()
            known = frozenset(name for name in names if name[:1] in "+@" or name.endswith(SCRIPT_ENDINGS))
            self._of_listing[names] = known
        return known

    def find_file(self, name: str) -> Path | None:
        """An existing file: as given, beside the script, then on the path."""
        from pathlib import Path

        given = Path(os.path.expanduser(name))
        if given.is_file():
            return given
        if not given.is_absolute():
            for folder in self.places():
                if os.path.isfile(path := os.path.join(folder, name)):
                    return Path(path)
        return None

    def listing(self, folder: str) -> frozenset[str]:
        """The names in a folder, read again when the folder changed (nothing for a folder that cannot be read)."""
        try:
            changed = os.stat(folder).st_mtime_ns
        except OSError:
            return frozenset()
        known = self._listings.get(folder)
        if known is None or known[0] != changed:
            try:
                known = changed, frozenset(os.listdir(folder))
            except OSError:
                return frozenset()
            if settled(changed):
                self._listings[folder] = known
        return known[1]


def current_folder() -> list[str]:
    """The current folder; nothing where somebody has deleted it."""
    try:
        return [os.getcwd()]
    except FileNotFoundError:
        return []
