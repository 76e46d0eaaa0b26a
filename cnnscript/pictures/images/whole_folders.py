"""Folders that appear when they are whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole_folder(folder: str) -> Iterator[str]:
    """A folder beside the one that is named, to be filled, which then takes its place.

    Where another process was quicker, its folder stays.
    """
    beside = f"{folder}.{os.getpid()}"
    try:
        os.makedirs(beside, exist_ok=True)
        yield beside
        try:
            os.rename(beside, folder)
        except OSError:
            if not os.path.isdir(folder):
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
