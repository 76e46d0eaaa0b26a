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
ROOM = 64_000_000  # bytes of images that are held beside those asked for


@cache
def workers() -> Any:
    """The threads that decode images: Pillow lets go of the interpreter meanwhile."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max(os.cpu_count() or 1, 2), thread_name_prefix="images")


def read_pictures(session: Any, names: Sequence[str]) -> list[Any]:
    """The pixels of image files, as imread gives them, in order."""
    if len(names) > 1 and all(map(os.path.dirname, names)):
        with warnings.catch_warnings():  # for all threads at once: the filters belong to the process
            warnings.simplefilter("ignore")
            pixels = list(workers().map(named_pixels, names))
        return [norm(array) for array in pixels]
    return [named(name, OWN_READER, lambda name=name: norm(load_picture(session, name).pixels)) for name in names]


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
