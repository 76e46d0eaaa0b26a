"""The folder of example pictures below matlabroot that tutorials on denoising train with, made on first use."""

from __future__ import annotations

import os
import re
import shutil
from typing import Any

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import bundled

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
    path = os.path.join(root, *INSIDE)
    if os.path.isdir(path) or bundled.folder() is None:
        return
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(beside, exist_ok=True)
        bundled.write_look_alikes(beside, ELSEWHERE)
        try:
            os.rename(beside, path)
        except OSError:
            if not os.path.isdir(path):  # another process was quicker: its folder stays
                raise
    except OSError as fault:
        raise ScriptError(
            "cnnscript:imdata:cannotWrite",
            f"The example pictures cannot be written into '{path}'.",
            notes=(fault.strerror or str(fault),),
            hint="CNNSCRIPT_CACHE names a folder that can be written",
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
