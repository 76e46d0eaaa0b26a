"""Images written to files, with what each format can hold: PNG and GIF by us, the rest by Pillow."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from cnnscript.errors import ScriptError
from cnnscript.pictures.images import gif_files, png_files, scale
from cnnscript.pictures.images.files import FORMATS, write_whole

TEXTS = (
    "Author", "Comment", "Copyright", "CreationTime", "Description", "Disclaimer", "Software", "Source", "Title",
    "Warning",
)  # fmt: skip
# the options of imwrite that each format takes
OPTIONS = {
    "PNG": frozenset((
        *TEXTS, "Alpha", "Background", "BitDepth", "Chromaticities", "Gamma", "ImageModTime", "InterlaceType",
        "ResolutionUnit", "SignificantBits", "Transparency", "XResolution", "YResolution",
    )),
    "GIF": frozenset((
        "BackgroundColor", "Comment", "DelayTime", "DisposalMethod", "Location", "LoopCount", "ScreenSize",
        "TransparentColor", "WriteMode",
    )),
    "JPEG": frozenset(("BitDepth", "Comment", "Mode", "Quality")),
    "JPEG2000": frozenset((
        "Comment", "CompressionRatio", "Mode", "ProgressionOrder", "QualityLayers", "ReductionLevels", "TileSize",
    )),
    "TIFF": frozenset(("ColorSpace", "Compression", "Description", "Resolution", "RowsPerStrip", "WriteMode")),
    "PPM": frozenset(("Encoding", "MaxValue")),
    "BMP": frozenset(),
    "PCX": frozenset(),
}  # fmt: skip
COMPRESSIONS = {
    "packbits": "packbits", "none": "raw", "lzw": "tiff_lzw", "deflate": "tiff_adobe_deflate", "jpeg": "jpeg",
    "ccitt": "group3", "fax3": "group3", "fax4": "group4",
}  # fmt: skip


def write_image(
    path: str | Path,
    pixels: np.ndarray,
    colours: np.ndarray | None = None,
    kind: str | None = None,
    **options: Any,
) -> None:
    """Write H×W or H×W×3 pixels (or row numbers of `colours`), or the frames H×W×1×K of a GIF, to a file.

    kind: the format's name, by default the file name's ending.  options: those of OPTIONS, as Python values.
    Floating-point pixels are taken as 0 to 1; logical ones are written with one bit where the format can.
    """
    path = Path(path)
    kind = (kind or path.suffix[1:]).lower()
    if kind not in FORMATS:
        raise ScriptError(
            "MATLAB:imagesci:imwrite:fileFormat",
            "Unable to determine the file format from the file name."
            if not kind
            else f"Unable to write files of format '{kind}'.",
            notes=("formats: " + ", ".join(sorted(FORMATS)),),
        )
    name = FORMATS[kind]
    for option in options:
        if option not in OPTIONS[name]:
            raise ScriptError(
                "MATLAB:imagesci:imwrite:badParameter",
                f"{option} is not an option for {name} files.",
                notes=(f"options: {', '.join(sorted(OPTIONS[name]))}" if OPTIONS[name] else f"{name} has none",),
            )
    check_size(pixels, name)
    produce = WRITERS[name](path, pixels, colours if colours is not None and colours.size else None, kind, options)
    write_whole(path, produce)


def check_size(pixels: np.ndarray, name: str) -> None:
    frames = name == "GIF" and pixels.ndim == 4 and pixels.shape[2] == 1
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    if pixels.size == 0 or not (pixels.ndim == 2 or (pixels.ndim == 3 and channels in (1, 3)) or frames):
        if name == "TIFF" and pixels.ndim == 3 and channels == 4 and pixels.size:
            return
        raise ScriptError(
            "MATLAB:imagesci:imwrite:wrongDimensions",
            "The image data must be m-by-n or m-by-n-by-3, and not empty.",
            notes=("got " + "x".join(map(str, pixels.shape)),),
        )


Produce = Callable[[BinaryIO], object]


def flat(pixels: np.ndarray) -> np.ndarray:
    return pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels


def row_numbers(pixels: np.ndarray) -> np.ndarray:
    """Rows of a palette counted from 0: whole numbers are, others count from 1."""
    rows = pixels if pixels.dtype.kind in "iub" else pixels - 1
    return np.clip(rows, 0, 255).astype(np.uint8)


def palette_of(colours: np.ndarray) -> np.ndarray:
    """n×3 doubles from 0 to 1 as uint8."""
    return np.floor(np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)


# ------------------------------------------------------------------------------------------------------------------ PNG
def png(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    pixels, alpha = flat(pixels), options.get("Alpha")
    chunks = png_chunks(options, colours, 1 if pixels.ndim == 2 else 3)
    if colours is not None:
        if alpha is not None:
            raise not_with("Alpha", "an indexed image", hint="Transparency says how clear each colour is")
        if len(colours) > 256:
            raise too_many_colours(len(colours))
        depth = int(options.get("BitDepth", 8))
        if depth not in (1, 2, 4, 8):
            raise bad_depth(depth, "1, 2, 4 or 8 for an indexed image")
        rows, palette = row_numbers(pixels), palette_of(colours)
        return lambda file: png_files.write(file, rows, depth, palette, chunks)
    default = 16 if pixels.dtype == np.uint16 else 1 if pixels.dtype == bool and alpha is None else 8
    depth = int(options.get("BitDepth", default))
    grey_only = depth in (1, 2, 4) and pixels.ndim == 2 and alpha is None
    if depth not in (8, 16) and not grey_only:
        raise bad_depth(depth, "8 or 16, or 1, 2 or 4 for a grey image without Alpha")
    whole = at_depth(pixels, depth)
    if alpha is not None:
        whole = np.dstack((whole, at_depth(alpha, depth)))
    return lambda file: png_files.write(file, whole, depth, None, chunks)


def at_depth(pixels: np.ndarray, depth: int) -> np.ndarray:
    """Pixels as whole numbers of so many bits."""
    if depth == 16:
        return scale.im2uint16(pixels)
    if depth == 8:
        return scale.im2uint8(pixels)
    if pixels.dtype == bool and depth == 1:
        return pixels.astype(np.uint8)
    return np.floor(scale.im2double(pixels) * ((1 << depth) - 1) + 0.5).astype(np.uint8)


def png_chunks(options: dict[str, Any], colours: np.ndarray | None, channels: int) -> list[tuple[bytes, bytes]]:
    """What the options of a PNG file say, as chunks."""
    chunks = []
    if "Gamma" in options:
        chunks.append((b"gAMA", struct.pack(">I", round(options["Gamma"] * 100000))))
    if "Chromaticities" in options:
        chunks.append((b"cHRM", struct.pack(">8I", *(round(each * 100000) for each in options["Chromaticities"]))))
    if "SignificantBits" in options:
        chunks.append((b"sBIT", bytes(int(each) for each in options["SignificantBits"])))
    if "Transparency" in options:
        clear = options["Transparency"]
        if colours is not None:
            chunks.append((b"tRNS", bytes(int(each * 255 + 0.5) for each in clear)))
        else:
            chunks.append((b"tRNS", struct.pack(f">{len(clear)}H", *(int(each * 255 + 0.5) for each in clear))))
    if "Background" in options:
        back = options["Background"]
        if colours is not None:
            chunks.append((b"bKGD", bytes((int(back[0]) - 1,))))
        else:
            chunks.append((b"bKGD", struct.pack(f">{len(back)}H", *(int(each * 255 + 0.5) for each in back))))
    if "XResolution" in options or "YResolution" in options:
        x = options.get("XResolution", options.get("YResolution"))
        y = options.get("YResolution", x)
        metres = options.get("ResolutionUnit", "unknown") == "meter"
        chunks.append((b"pHYs", struct.pack(">IIB", int(x), int(y), metres)))
    if "ImageModTime" in options:
        stamp = time.gmtime(options["ImageModTime"])
        chunks.append((b"tIME", struct.pack(">H5B", stamp.tm_year, *stamp[1:6])))
    for name in TEXTS:
        if name in options:
            chunks.append(png_files.text_chunk("Creation Time" if name == "CreationTime" else name, options[name]))
    return chunks


# ------------------------------------------------------------------------------------------------------------------ GIF
def gif(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    pixels = flat(pixels)
    if pixels.ndim == 3:
        from PIL import Image

        image = Image.fromarray(np.ascontiguousarray(scale.im2uint8(pixels))).quantize(256)
        frames = [np.array(image)]
        palette = np.array(image.getpalette(), np.uint8).reshape(-1, 3)[:256]
    else:
        layers = [pixels] if pixels.ndim == 2 else [pixels[:, :, 0, k] for k in range(pixels.shape[3])]
        if colours is not None:
            if len(colours) > 256:
                raise too_many_colours(len(colours))
            frames, palette = [row_numbers(layer) for layer in layers], palette_of(colours)
        elif pixels.dtype == bool:
            frames, palette = [layer.astype(np.uint8) for layer in layers], np.array([[0] * 3, [255] * 3], np.uint8)
        else:
            frames = [scale.im2uint8(layer) for layer in layers]
            palette = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, 1)
    about = gif_files.Animation(
        delay=options.get("DelayTime", [0.5]),
        loops=options.get("LoopCount"),
        disposal=options.get("DisposalMethod", ["doNotSpecify"]),
        transparent=options.get("TransparentColor"),
        background=options.get("BackgroundColor", 0),
        location=options.get("Location", (0, 0)),
        screen=options.get("ScreenSize"),
        comments=options.get("Comment", []),
    )
    if options.get("WriteMode") == "append" and path.exists():
        try:
            data = gif_files.appended(path.read_bytes(), frames, palette, about)
        except ValueError as fault:
            raise ScriptError(
                "MATLAB:imagesci:writegif:badFile",
                f'Unable to append to "{path}": it is no whole GIF file.',
                notes=(str(fault),),
            ) from None
    else:
        data = gif_files.written(frames, palette, about)
    return lambda file: file.write(data)


# -------------------------------------------------------------------------------------------------------- other formats
def jpeg(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    depth = int(options.get("BitDepth", 16 if pixels.dtype == np.uint16 else 8))
    if depth != 8 or options.get("Mode", "lossy") != "lossy":
        raise ScriptError(
            "MATLAB:imagesci:writejpg:unsupported",
            "JPEG files are written with 8 bits and with losses.",
            notes=(f"asked for {depth} bits, '{options.get('Mode', 'lossy')}'",),
            hint="a PNG or TIFF file holds 16 bits; im2uint8(A) keeps the picture with 8",
        )
    image = pillow_image(pixels, colours, "JPEG")
    comment = "\n".join(options.get("Comment", []))
    saved: dict[str, Any] = {"quality": round(options.get("Quality", 75))}
    if comment:
        saved["comment"] = comment.encode("utf-8")
    return lambda file: image.save(file, "JPEG", **saved)


def jpeg2000(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    image = pillow_image(pixels, colours, "JPEG2000")
    lossless = options.get("Mode", "lossy") == "lossless"
    saved: dict[str, Any] = {"irreversible": not lossless}
    ratio = options.get("CompressionRatio", 1.0)
    if not lossless and ratio > 1:
        layers = int(options.get("QualityLayers", 1))
        saved |= {"quality_mode": "rates", "quality_layers": [ratio * 2.0**k for k in range(layers - 1, -1, -1)]}
    if "TileSize" in options:
        saved["tile_size"] = tuple(int(length) for length in options["TileSize"][::-1])
    if "ReductionLevels" in options:
        saved["num_resolutions"] = int(options["ReductionLevels"]) + 1
    if "ProgressionOrder" in options:
        saved["progression"] = options["ProgressionOrder"].upper()
    if options.get("Comment"):
        saved["comment"] = "\n".join(options["Comment"])
    return lambda file: image.save(file, "JPEG2000", **saved)


def tiff(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    from PIL import Image, ImageSequence

    pixels = flat(pixels)
    deep = pixels.dtype == np.uint16 and pixels.ndim == 3
    append = options.get("WriteMode") == "append" and path.exists()
    if deep:
        return deep_tiff(pixels, append, options)
    one_bit = pixels.dtype == bool
    compression = options.get("Compression", "ccitt" if one_bit else "packbits")
    if compression in ("ccitt", "fax3", "fax4") and not one_bit:
        raise not_with(f"Compression '{compression}'", "an image that is not logical")
    if compression == "jpeg" and (one_bit or colours is not None):
        raise not_with("Compression 'jpeg'", "a logical or indexed image")
    image: Any = pillow_image(pixels, colours, "TIFF")
    if options.get("ColorSpace", "rgb") != "rgb":
        raise ScriptError(
            "MATLAB:imagesci:writetif:colorspace",
            "TIFF files are written in RGB.",
            notes=(f"asked for '{options['ColorSpace']}'",),
        )
    x, y = options.get("Resolution", (72.0, 72.0))
    saved: dict[str, Any] = {"compression": COMPRESSIONS[compression], "dpi": (x, y)}
    info: dict[int, Any] = {}
    if "Description" in options:
        info[270] = options["Description"]
    if "RowsPerStrip" in options:
        info[278] = int(options["RowsPerStrip"])
        saved["strip_size"] = max(1, int(options["RowsPerStrip"]) * row_bytes(image))
    if info:
        saved["tiffinfo"] = info
    if append:
        with Image.open(path) as old:
            frames = [each.copy() for each in ImageSequence.Iterator(old)]
        saved |= {"save_all": True, "append_images": frames[1:] + [image]}
        image = frames[0]
    return lambda file: image.save(file, "TIFF", **saved)


def row_bytes(image: Any) -> int:
    return (image.width + 7) // 8 if image.mode == "1" else image.width * (2 if image.mode[:2] == "I;" else 1) * len(
        image.getbands()
    )


def deep_tiff(pixels: np.ndarray, append: bool, options: dict[str, Any]) -> Produce:
    """Colour pictures of 16 bits a channel, which Pillow cannot write."""
    import tifffile

    compression = options.get("Compression", "none")
    if append or compression not in ("none", "deflate"):
        raise ScriptError(
            "MATLAB:imagesci:imwrite:unsupportedDepth",
            "Colour images of 16 bits are written to TIFF files alone, and packed with 'none' or 'deflate'.",
            hint="im2uint8(A) keeps the picture with 8 bits",
        )
    return lambda file: tifffile.imwrite(
        file,
        np.ascontiguousarray(pixels),
        photometric="rgb",
        compression="zlib" if compression == "deflate" else None,
        resolution=options.get("Resolution", (72.0, 72.0)),
        resolutionunit="INCH",
        description=options.get("Description"),
        rowsperstrip=int(options["RowsPerStrip"]) if "RowsPerStrip" in options else None,
    )


def ppm(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    """pbm, pgm and ppm: bits, greys and colours; pnm is whichever fits."""
    pixels = flat(pixels)
    if colours is not None:
        from cnnscript.pictures.images.colour import ind2rgb

        pixels = ind2rgb(pixels, colours)
    wanted = {"pbm": 4, "pgm": 5, "ppm": 6, "pnm": 4 if pixels.dtype == bool else 5 if pixels.ndim == 2 else 6}[kind]
    if pixels.ndim == 3 and wanted != 6:
        raise not_with(f"A {kind} file", "a colour image", hint="rgb2gray makes it grey; ppm files hold colours")
    if wanted == 6 and pixels.ndim == 2:
        pixels = np.dstack([pixels] * 3)
    deep = pixels.dtype == np.uint16
    largest = int(options.get("MaxValue", 65535 if deep else 255))
    if wanted == 4:
        white = pixels if pixels.dtype == bool else scale.im2uint8(pixels) >= 128
        numbers = (~white).astype(np.uint8)
    else:
        numbers = at_depth(pixels, 16 if deep else 8)
    height, width = pixels.shape[:2]
    plain = options.get("Encoding", "rawbits").lower() == "ascii"
    head = f"P{wanted - 3 if plain else wanted}\n{width} {height}\n" + ("" if wanted == 4 else f"{largest}\n")
    if plain:
        rows = numbers.reshape(height, -1).tolist()
        body = "".join(" ".join(map(str, row)) + "\n" for row in rows).encode("ascii")
    elif wanted == 4:
        body = np.packbits(numbers, axis=1).tobytes()
    else:
        body = np.ascontiguousarray(numbers, ">u2" if largest > 255 else np.uint8).tobytes()
    return lambda file: file.write(head.encode("ascii") + body)


def plainly(path: Path, pixels: np.ndarray, colours: np.ndarray | None, kind: str, options: dict[str, Any]) -> Produce:
    image = pillow_image(pixels, colours, FORMATS[kind])
    return lambda file: image.save(file, FORMATS[kind])


WRITERS = {
    "PNG": png, "GIF": gif, "JPEG": jpeg, "JPEG2000": jpeg2000, "TIFF": tiff, "PPM": ppm, "BMP": plainly, "PCX": plainly
}  # fmt: skip


def pillow_image(pixels: np.ndarray, colours: np.ndarray | None, name: str) -> Any:
    """A Pillow image of pixels as `write_image` takes them."""
    from PIL import Image

    pixels = flat(pixels)
    if colours is not None:
        if name in ("JPEG", "JPEG2000"):
            from cnnscript.pictures.images.colour import ind2rgb

            return Image.fromarray(np.ascontiguousarray(scale.im2uint8(ind2rgb(pixels, colours))))
        if len(colours) > 256:
            raise too_many_colours(len(colours))
        image = Image.fromarray(np.ascontiguousarray(row_numbers(pixels)))
        image.putpalette(palette_of(colours).tobytes())
        return image
    if pixels.dtype == np.uint16 and pixels.ndim == 2 and name in ("TIFF", "JPEG2000"):
        return Image.fromarray(np.ascontiguousarray(pixels))
    if pixels.dtype == bool and name in ("TIFF", "BMP"):
        return Image.fromarray(np.ascontiguousarray(pixels))
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        return Image.fromarray(np.ascontiguousarray(scale.im2uint8(pixels)), "CMYK")
    return Image.fromarray(np.ascontiguousarray(scale.im2uint8(pixels)))


# ------------------------------------------------------------------------------------------------------------- refusals
def not_with(what: str, thing: str, hint: str | None = None) -> ScriptError:
    return ScriptError("MATLAB:imagesci:imwrite:unsupported", f"{what} does not go with {thing}.", hint=hint)


def bad_depth(depth: int, wanted: str) -> ScriptError:
    return ScriptError("MATLAB:imagesci:imwrite:bitDepth", f"BitDepth is {wanted}.", notes=(f"got {depth}",))


def too_many_colours(count: int) -> ScriptError:
    return ScriptError(
        "MATLAB:imagesci:imwrite:tooManyColors",
        "A colour map in a file has at most 256 colours.",
        notes=(f"got {count}",),
    )
