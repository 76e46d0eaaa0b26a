"""The folder of triangles below matlabroot that tutorials on segmentation train with, made on first use."""

from __future__ import annotations

import os
from typing import Any

from cnnscript.builtins.data.example_folders import drawn_folder
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
    drawn_folder(os.path.join(root, *INSIDE), "triangles", triangle_pictures.write_folder)
