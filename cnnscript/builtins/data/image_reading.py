"""Many image files read at once, as datastores read them ahead."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.images.image_files import load_picture
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import bundled, files
from cnnscript.values.functions import Function
from cnnscript.values.numeric import norm

OWN_READER = "readDatastoreImage"
MOST_AHEAD = 16  # images read ahead
KEPT_ROOM = 256_000_000  # bytes of images that a training keeps for its next epochs
ROOM = 64_000_000  # bytes of images that are held beside those asked for


@cache
def workers() -> Any:
    """The threads that decode images: Pillow lets go of the interpreter meanwhile."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max(os.cpu_count() or 1, 2), thread_name_prefix="images")


def read_pictures(session: Any, names: Sequence[str]) -> list[Any]:
    """The pixels of image files, as imread gives them, in order."""
    if len(names) > 1 and have_folders(names):
        with warnings.catch_warnings():  # for all threads at once: the filters belong to the process
            warnings.simplefilter("ignore")
            return read_beside(names)
    return [named(name, OWN_READER, lambda name=name: norm(load_picture(session, name).pixels)) for name in names]


def have_folders(names: Sequence[str]) -> bool:
    """Are all of them paths?  Bare names may be those of pictures that are always there, which say whose they are."""
    return all(map(os.path.dirname, names))


def read_beside(names: Sequence[str]) -> list[Any]:
    """The pixels of files at paths, in order, by several threads and in any one; what Pillow warns of goes on."""
    step = max(1, min(len(names) // 8, 16))  # small files take less time than handing them over
    parts = [names[start : start + step] for start in range(0, len(names), step)]
    return [norm(array) for pixels in workers().map(several_pixels, parts) for array in pixels]


def several_pixels(names: Sequence[str]) -> list[np.ndarray]:
    return [named_pixels(name) for name in names]


class Kept:
    """Images that were read and may be wanted again, up to a number of bytes; a file that changed is read again."""

    def __init__(self, room: int = KEPT_ROOM):
        self.room = room
        self.held: dict[str, tuple[tuple[int, int], Any]] = {}

    def images(self, names: Sequence[str], read: Callable[[Sequence[str]], list[Any]]) -> list[Any]:
        marks = [mark_of(name) for name in names]
        found: list[Any] = [None] * len(names)
        missing = []
        for place, (name, mark) in enumerate(zip(names, marks, strict=True)):
            known = self.held.get(name)
            if known is not None and known[0] == mark:
                found[place] = known[1]
            else:
                missing.append(place)
        for place, image in zip(missing, read([names[place] for place in missing]) if missing else (), strict=True):
            found[place] = image
            size = getattr(image, "nbytes", 8)
            if marks[place] is not None and names[place] not in self.held and size <= self.room:
                self.held[names[place]] = marks[place], image
                self.room -= size
        return found


def mark_of(name: str) -> tuple[int, int] | None:
    """When a file was changed, and how large it is; None where there is none."""
    try:
        status = os.stat(name)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def unreadable(session: Any, names: Sequence[str], reader: Function | None) -> list[bool]:
    """Which of the files give no image, by the user's function or by our own."""

    def fails(name: str) -> bool:
        try:
            if reader is not None:
                session.call(reader, 1, name)
            elif os.path.dirname(name):
                pixels_of_file(name)
        except ScriptError:
            return True
        return False

    if reader is not None:
        return [fails(name) for name in names]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(workers().map(fails, names))


def pixels_of_file(name: str) -> np.ndarray:
    return files.read_pixels(Path(name), 1).pixels


def named_pixels(name: str) -> np.ndarray:
    return named(name, OWN_READER, lambda: pixels_of_file(name))


def at_once(images: Sequence[Any]) -> int:
    """How many images like these are worth holding at once."""
    largest = max((image.nbytes for image in images if isinstance(image, np.ndarray)), default=8)
    return max(1, min(ROOM // max(largest, 1), 64))


def read_by(session: Any, function: Function, name: str) -> Any:
    """What a function of the user gives for a file; its error names the file."""
    return named(name, function.text, lambda: session.call(function, 1, name))


def named(name: str, reader: str, work: Callable[[], Any]) -> Any:
    """What reading a file gives; an error says of which file and by whom, as MATLAB's does."""
    try:
        return work()
    except ScriptError as fault:
        who = reader if reader.startswith("@") else f"@{reader}"
        fault.message = f"Error using ReadFcn {who} function handle for file\n{name}.\n{fault.message}"
        raise


def file_size(name: str) -> float:
    try:
        return float(os.path.getsize(name))
    except OSError:
        return 0.0 if bundled.find(name) is None else float("nan")


def is_bundled(name: str) -> bool:
    """Is it the bare name of a picture that is always there?"""
    return not os.path.dirname(name) and name in bundled.names()
