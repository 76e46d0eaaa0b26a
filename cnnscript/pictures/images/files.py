"""Image files, read as MATLAB's imread reads them, by Pillow; and files written whole or not at all.

Every file that this package writes goes through `write_whole`: into a new file beside the
old one, which takes its name only when it is complete, so that a full disk or an interrupted program leaves what was
there before.
"""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import png_files, scale

PNG_COMPRESSION = 2  # of 0 to 9, for pictures of figures: above 2 they hardly get smaller and take twice as long
FORMATS = {
    "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "bmp": "BMP", "tif": "TIFF", "tiff": "TIFF", "gif": "GIF",
    "ppm": "PPM", "pgm": "PPM", "pbm": "PPM", "pnm": "PPM", "pcx": "PCX", "jp2": "JPEG2000",
}  # fmt: skip
MOST_PIXELS = 500_000_000  # of one image; more is taken for a damaged header


class Picture(NamedTuple):
    """What a file held: pixels (or row numbers of `colours`), colour map (n×3 doubles, or 0×0), transparency (or
    0×0)."""

    pixels: np.ndarray
    colours: np.ndarray
    alpha: np.ndarray


NOTHING = np.zeros((0, 0))


def read_image(path: str | Path, frame: int | None = 1) -> Picture:
    """One image of a file; for GIF and TIFF the `frame`th (from 1), or with None all of them, M×N×1×K or M×N×3×K.

    Grey and true colour keep their depth (uint8 or uint16); one bit is logical; a palette stays a palette.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks about headers: what matters of them is an error below
        return read_pixels(Path(path), frame)


def read_pixels(path: Path, frame: int | None) -> Picture:
    from PIL import Image, UnidentifiedImageError

    if not path.exists():
        raise ScriptError("MATLAB:imagesci:imread:fileDoesNotExist", f'File "{path}" does not exist.')
    if path.is_dir():
        raise ScriptError(
            "MATLAB:imagesci:imread:fileFormat", "Unable to determine the file format.", notes=(f"{path} is a folder",)
        )
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ScriptError(
                    "MATLAB:imagesci:imread:tooLarge",
                    f'File "{path}" says that it holds {image.width} x {image.height} pixels.',
                )
            count = getattr(image, "n_frames", 1)
            if frame is not None:
                if not 1 <= frame <= count:
                    raise ScriptError(
                        "MATLAB:imagesci:imread:invalidImageIndex",
                        f'The index {frame} is outside the images of "{path}".',
                        notes=(f"it holds {count}",),
                    )
                image.seek(frame - 1)
                return decode(image, path, frame)
            frames = []
            for number in range(count):
                image.seek(number)
                frames.append(decode(image, path, number + 1))
            if len({held.pixels.ndim for held in frames}) > 1:  # a GIF whose later frames have colours of their own
                frames = [in_colour(held) for held in frames]
            pixels = [held.pixels if held.pixels.ndim == 3 else held.pixels[:, :, None] for held in frames]
            return Picture(np.asfortranarray(np.stack(pixels, axis=3)), frames[0].colours, frames[0].alpha)
    except UnidentifiedImageError:
        raise ScriptError(
            "MATLAB:imagesci:imread:fileFormat", "Unable to determine the file format.", notes=(what_it_is(path),)
        ) from None
    except PermissionError:
        raise ScriptError(
            "MATLAB:imagesci:imread:fileOpen",
            f'Unable to open file "{path}" for reading. You may not have read permission.',
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as fault:
        raise ScriptError(
            "MATLAB:imagesci:imread:corruptFile",
            f'Unable to read file "{path}". The file is damaged or cut short.',
            notes=(f"{path.stat().st_size} bytes; {fault}",),
        ) from None


def frames_of(path: Path) -> list[dict[str, Any]]:
    """MATLAB's facts about each image of a file: Width, Height, BitDepth, ColorType; of a GIF its colours and times
    too. Only the first image is decoded."""
    from PIL import Image

    first = read_image(path)
    depth = {"bool": 1, "uint8": 8, "uint16": 16}.get(first.pixels.dtype.name, 32)
    channels = first.pixels.shape[2] if first.pixels.ndim == 3 else 1
    kind = "indexed" if first.colours.size else "truecolor" if channels > 1 else "grayscale"
    facts = []
    with Image.open(path) as image:
        for k in range(getattr(image, "n_frames", 1)):
            image.seek(k)
            one = {"Width": float(image.width), "Height": float(image.height)}
            one |= {"BitDepth": float(depth * channels), "ColorType": kind}
            if image.format == "GIF":
                one |= {"ColorTable": first.colours, "DelayTime": image.info.get("duration", 0) / 10.0}
                one["BackgroundColor"] = float(image.info.get("background", 0)) + 1
            facts.append(one)
    return facts


def in_colour(held: Picture) -> Picture:
    """A picture as H×W×3 uint8, its palette looked up."""
    from cnnscript.pictures.images.colour import as_rgb, ind2rgb

    pixels = scale.im2uint8(ind2rgb(held.pixels, held.colours)) if held.colours.size else as_rgb(held.pixels)
    return Picture(pixels, NOTHING, held.alpha)


def what_it_is(path: Path) -> str:
    """In a few words, what a file that holds no image holds."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        return f"{path} is empty"
    if b"\0" not in start and all(byte >= 32 or byte in b"\t\r\n\f\x1b" for byte in start):
        return f"{path} holds text"
    return f"{path} begins with the bytes {start[:4].hex(' ')}, which is no image format that we know"


def decode(image: Any, path: Path, frame: int) -> Picture:
    """A Pillow image, open at a frame of a file, as MATLAB has it; how a camera was held (EXIF) is left aside."""
    mode = image.mode
    if mode == "P":
        return decode_indexed(image)
    deep = deep_pixels(image, path, frame)
    if deep is not None:
        channels = deep.shape[2]
        alpha = np.asfortranarray(deep[:, :, -1]) if channels in (2, 4) else NOTHING
        return Picture(np.asfortranarray(deep[:, :, :3] if channels > 2 else deep[:, :, 0]), NOTHING, alpha)
    if mode in ("LA", "RGBA", "PA"):
        pixels = np.array(image.convert("RGBA") if mode == "PA" else image)
        colours = pixels[:, :, 0] if mode == "LA" else pixels[:, :, :3]
        return Picture(np.asfortranarray(colours), NOTHING, np.asfortranarray(pixels[:, :, -1]))
    if mode == "YCbCr":
        image = image.convert("RGB")
    pixels = np.array(image)
    if mode == "I" and pixels.min(initial=0) >= 0 and pixels.max(initial=0) <= 65535 or mode.startswith("I;16"):
        pixels = pixels.astype(np.uint16)
    return Picture(np.asfortranarray(pixels), NOTHING, NOTHING)


def deep_pixels(image: Any, path: Path, frame: int) -> np.ndarray | None:
    """H×W×channels uint16 of a file that Pillow has open at a frame (from 1), and of which it would keep 8 bits of 16;
    None for any other file."""
    if image.format == "PNG" and image.tile:
        return png_files.read_deep(path, image.tile[0][3])
    if image.format == "TIFF":
        depths = image.tag_v2.get(258, (8,))  # BitsPerSample
        if len(depths) > 1 and set(depths) == {16}:
            import tifffile

            return np.asarray(tifffile.imread(path, key=frame - 1), np.uint16)
    return None


def decode_indexed(image: Any) -> Picture:
    """An image with a palette: row numbers from 0, and as many colours as the file lists."""
    packing = image.palette.rawmode or "RGB"
    listed = len(image.palette.palette) // len(packing.partition(";")[0])
    pixels = np.array(image)
    palette = np.asarray(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    count = max(min(listed, len(palette)), int(pixels.max(initial=0)) + 1)
    colours = np.zeros((count, 3))
    colours[: len(palette)] = palette[:count] / 255
    alpha = NOTHING
    if "transparency" in image.info and image.format == "PNG":
        alpha = np.asfortranarray(np.array(image.convert("RGBA"))[:, :, 3])
    return Picture(np.asfortranarray(pixels), np.asfortranarray(colours), alpha)


def write_whole(
    path: str | Path, produce: Callable[[BinaryIO], object], identifier: str = "MATLAB:imagesci:imwrite:fileOpen"
) -> None:
    """Call `produce(file)` and let what it wrote be the file at `path`, or leave everything as it was and raise
    ScriptError."""
    path = Path(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("w+b") as file:  # TIFF writers read what they wrote
            produce(file)
        partial.replace(path)
    except OSError as fault:
        raise ScriptError(
            identifier,
            f'Unable to open file "{path}" for writing. You might not have write permission.',
            notes=(reason(path, fault),),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def reason(path: Path, fault: OSError) -> str:
    """Why a file could not be written, in one line."""
    folder = path.parent
    if not folder.exists():
        return f"there is no folder {folder}"
    if not folder.is_dir():
        return f"{folder} is not a folder"
    return fault.strerror or str(fault)
