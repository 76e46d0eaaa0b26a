"""The folder of triangles below matlabroot that tutorials on segmentation train with, made on first use."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import triangle_pictures
from cnnscript.pictures.images.triangle_pictures import TEST, TRAINING

INSIDE = ("toolbox", "vision", "visiondata", "triangleImages")  # of matlabroot
NOTICE = f"triangleImages: MATLAB's triangles are not ours to ship; {TRAINING + TEST} pictures of our own stand in."


def tell(session: Any) -> None:
    """Once in a session it is said whose they are."""
    if NOTICE not in session.desk.told:
        session.desk.told.add(NOTICE)
        session.out.write(NOTICE + "\n")


def make_folder(root: str) -> None:
    """The pictures' files, where they are not there yet.  root: what matlabroot answers."""
    path = os.path.join(root, *INSIDE)
    if os.path.isdir(path):
        return
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        triangle_pictures.write_folder(path)
    except OSError as fault:
        raise ScriptError(
            "cnnscript:triangles:cannotWrite",
            f"The pictures of triangles cannot be written into '{path}'.",
            notes=(fault.strerror or str(fault),),
            hint="CNNSCRIPT_CACHE names a folder that can be written",
        ) from None
