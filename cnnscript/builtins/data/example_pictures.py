"""The folder of example pictures below matlabroot that tutorials on denoising train with, made on first use."""

from __future__ import annotations

import os
import re
from typing import Any

from cnnscript.builtins.data.example_folders import drawn_folder
from cnnscript.pictures.images import bundled
from cnnscript.pictures.images.whole_folders import whole_folder

INSIDE = ("toolbox", "images", "imdata")  # of matlabroot
ELSEWHERE = ("face.jpg", "sherlock.jpg", "ngc6543a.jpg", "visionteam.jpg")  # pictures of other folders of MATLAB
WHOLE = re.compile(r"toolbox[\\/]images[\\/]imdata[\\/]*([^\\/]*\*[^\\/]*)?$")  # the folder, or a pattern in it
NOTICE = "imdata: MATLAB's example pictures are not ours to ship; look-alikes of scikit-image's stand in."


def tell(session: Any) -> None:
    """Once in a session it is said whose they are."""
    if NOTICE not in session.desk.told:
        session.desk.told.add(NOTICE)
        session.out.write(NOTICE + "\n")


def make_folder(root: str) -> None:
    """The pictures' files under MATLAB's names, where they are not there yet.  root: what matlabroot answers."""
    if bundled.folder() is not None:
        drawn_folder(os.path.join(root, *INSIDE), "imdata", write_folder)


def write_folder(folder: str) -> None:
    with whole_folder(folder) as beside:
        bundled.write_look_alikes(beside, ELSEWHERE)
