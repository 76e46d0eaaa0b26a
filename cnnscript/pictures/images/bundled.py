"""Pictures that are always at hand.

scikit-image brings pictures with it (`camera`, `coffee`, `chelsea`, `astronaut` ...): they are read under their own
names, with or without the ending, straight from the installed package; nothing is downloaded and scikit-image is not
imported. MATLAB's example pictures are MathWorks': scripts that ask for `peppers.png` or `face.jpg` get a look-alike
of the same size and class, cut from one of those, and are told so.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cnnscript.pictures.images import colour, files, triangle_pictures
from cnnscript.pictures.images.resize import imresize
from cnnscript.pictures.images.triangle_pictures import LARGE

ENDINGS = (".png", ".jpg", ".tif", ".gif")


class LookAlike(NamedTuple):
    """A picture of scikit-image made into the size and class of one of MATLAB's."""

    picture: str
    size: tuple[int, int]
    kind: str = "colour"  # or grey, binary
    part: tuple[int, int, int, int] | None = (
        None  # rows and columns of the picture that are used: top, bottom, left, right
    )
    what: str = ""


LOOK_ALIKES = {
    "face.jpg": LookAlike("astronaut.png", (227, 227), part=(6, 216, 118, 328), what="the face of an astronaut"),
    "peppers.png": LookAlike("coffee.png", (384, 512), part=(0, 400, 34, 567), what="a cup of coffee"),
    "sherlock.jpg": LookAlike("chelsea.png", (640, 960), part=(0, 300, 0, 450), what="a cat"),
    "kobi.png": LookAlike("chelsea.png", (1164, 1746), part=(0, 300, 0, 450), what="a cat"),
    "cameraman.tif": LookAlike("camera.png", (256, 256), "grey", what="a man with a camera"),
    "coins.png": LookAlike("coins.png", (246, 300), "grey", (0, 303, 0, 370), what="coins"),
    "eight.tif": LookAlike("coins.png", (242, 308), "grey", (0, 302, 0, 384), what="coins"),
    "rice.png": LookAlike("gravel.png", (256, 256), "grey", (0, 256, 0, 256), what="gravel"),
    "pout.tif": LookAlike("astronaut.png", (291, 240), "grey", (0, 291, 100, 340), what="the face of an astronaut"),
    "moon.tif": LookAlike("moon.png", (537, 358), "grey", (0, 512, 86, 427), what="the moon"),
    "saturn.png": LookAlike("moon.png", (1500, 1200), "colour", (0, 512, 51, 461), what="the moon"),
    "text.png": LookAlike("page.png", (256, 256), "binary", (0, 191, 0, 191), what="a page of text"),
    "circles.png": LookAlike("coins.png", (256, 256), "binary", (0, 303, 0, 303), what="coins"),
    "blobs.png": LookAlike("horse.png", (272, 329), "binary", what="a horse"),
    "hestain.png": LookAlike("ihc.png", (227, 303), part=(0, 384, 0, 512), what="stained tissue"),
    "tissue.png": LookAlike("ihc.png", (506, 800), part=(0, 324, 0, 512), what="stained tissue"),
    "cell.tif": LookAlike("cell.png", (159, 191), "grey", (200, 518, 60, 442), what="a cell"),
    "onion.png": LookAlike("coffee.png", (135, 198), part=(20, 380, 40, 568), what="a cup of coffee"),
    "pears.png": LookAlike("coffee.png", (486, 732), part=(0, 398, 0, 600), what="a cup of coffee"),
    "football.jpg": LookAlike("rocket.jpg", (256, 320), part=(0, 427, 53, 587), what="a rocket"),
    "foosball.jpg": LookAlike("coffee.png", (256, 320), part=(0, 400, 50, 550), what="a cup of coffee"),
    "autumn.tif": LookAlike("motorcycle_left.png", (206, 345), part=(0, 442, 0, 740), what="a motorcycle"),
    "car1.jpg": LookAlike("motorcycle_left.png", (375, 500), part=(0, 497, 40, 702), what="a motorcycle"),
    "street1.jpg": LookAlike("motorcycle_left.png", (480, 640), part=(0, 497, 40, 702), what="a motorcycle"),
    "street2.jpg": LookAlike("motorcycle_right.png", (480, 640), part=(0, 497, 40, 702), what="a motorcycle"),
    "fabric.png": LookAlike("color.png", (480, 640), what="colours"),
    "ngc6543a.jpg": LookAlike("hubble_deep_field.jpg", (650, 600), part=(0, 872, 0, 805), what="a field of galaxies"),
    "visionteam.jpg": LookAlike("astronaut.png", (461, 818), part=(0, 288, 0, 511), what="an astronaut"),
    "lighthouse.png": LookAlike("rocket.jpg", (640, 480), part=(0, 427, 160, 480), what="a rocket"),
    "llama.jpg": LookAlike("chelsea.png", (876, 1314), part=(0, 300, 0, 450), what="a cat"),
    "tire.tif": LookAlike("motorcycle_left.png", (205, 232), "grey", (180, 420, 60, 332), what="a motorcycle"),
    "circuit.tif": LookAlike("brick.png", (280, 272), "grey", (0, 512, 0, 497), what="bricks"),
    "concordaerial.png": LookAlike("grass.png", (1200, 1800), "colour", (0, 341, 0, 512), what="grass"),
}

TRIANGLES = "triangletest.jpg"  # a picture of triangles to try a segmentation on, which we draw ourselves

OUR_TRIANGLES = (
    f"triangleTest.jpg: MATLAB's picture is not ours to ship; sixteen triangles of our own stand in, {LARGE}x{LARGE}."
)

# Folders under matlabroot where MATLAB keeps its example pictures; a path through one of them may be met by a
# look-alike.
MATLAB_FOLDERS = {"imdata", "nnet", "examples", "imagesci", "demos", "visiondata", "deeplearning_shared", "toolbox"}


@lru_cache(1)
def folder() -> Path | None:
    """Where the installed scikit-image keeps its pictures; found without importing it."""
    found = importlib.util.find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        return None
    place = Path(found.submodule_search_locations[0]) / "data"
    return place if place.is_dir() else None


def names() -> list[str]:
    """Every name that `find` knows: MATLAB's, and scikit-image's files as they are installed."""
    place = folder()
    own = [path.name for path in place.iterdir() if path.suffix in ENDINGS] if place else []
    return sorted({*own, *LOOK_ALIKES, "triangleTest.jpg"})


class Found(NamedTuple):
    """A bundled picture: its pixels, and what to tell the user (None where the name is the picture's own)."""

    picture: files.Picture
    notice: str | None


def find(name: str, frame: int | None = 1) -> Found | None:
    """The picture that goes by `name`, a file name or a path that runs through one of MATLAB's example folders.

    frame: which image of a file that holds several, from 1; None for all.
    """
    parts = [part for part in re.split(r"[\\/]+", name) if part]
    if not parts or (len(parts) > 1 and not MATLAB_FOLDERS.intersection(parts[:-1])):
        return None
    word = parts[-1].lower()
    if word == TRIANGLES:
        pixels = np.asfortranarray(triangle_pictures.large())
        return Found(files.Picture(pixels, files.NOTHING, files.NOTHING), OUR_TRIANGLES)
    place = folder()
    if place is None:
        return None
    if word in LOOK_ALIKES:
        alike = LOOK_ALIKES[word]
        if not (place / alike.picture).exists():
            return None
        return Found(files.Picture(look_alike(word), files.NOTHING, files.NOTHING), notice(word, alike))
    for candidate in (word, *(word + ending for ending in ENDINGS)):
        if candidate.endswith(ENDINGS) and (place / candidate).is_file():
            return Found(files.read_image(place / candidate, frame), None)
    return None


def notice(name: str, alike: LookAlike) -> str:
    """One line that says which picture stands in."""
    channels = "x3" if alike.kind == "colour" else ""
    return (
        f"{name}: MATLAB's picture is not ours to ship; {alike.what} ({alike.picture} from scikit-image) "
        f"stands in, {alike.size[0]}x{alike.size[1]}{channels}."
    )


def write_look_alikes(folder: str, without: tuple[str, ...]) -> None:
    """Files of the look-alikes in a folder, under MATLAB's names."""
    from PIL import Image

    for name in LOOK_ALIKES:
        found = None if name in without else find(name)
        if found is not None:
            Image.fromarray(found.picture.pixels).save(Path(folder) / name, quality=95)  # which only JPEG heeds


@lru_cache(8)
def look_alike(name: str) -> np.ndarray:
    """The pixels that stand in for one of MATLAB's pictures: uint8, or logical; H×W or H×W×3; read-only."""
    alike = LOOK_ALIKES[name]
    pixels = files.read_image(folder() / alike.picture).pixels
    if alike.part:
        top, bottom, left, right = alike.part
        pixels = pixels[top:bottom, left:right]
    if pixels.dtype == bool:
        pixels = pixels * np.uint8(255)
    pixels = (
        colour.as_rgb(pixels) if alike.kind == "colour" else colour.rgb2gray(pixels) if pixels.ndim == 3 else pixels
    )
    pixels = imresize(np.asfortranarray(pixels), alike.size)
    if alike.kind == "binary":
        pixels = pixels > 127
    pixels = np.asfortranarray(pixels)
    pixels.setflags(write=False)
    return pixels
