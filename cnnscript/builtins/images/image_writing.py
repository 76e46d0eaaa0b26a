"""imwrite: images to files, with the options of each format."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.gif_files import DISPOSALS
from cnnscript.pictures.images.image_writers import COMPRESSIONS, TEXTS, write_image
from cnnscript.values.text import text_or_none, texts_or_none

EPOCH = 719529.0  # the datenum of 1970
ORDERS = ("LRCP", "RLCP", "RPCL", "PCRL", "CPRL")


@builtin
def imwrite(
    session,
    image,
    /,
    *rest,
    Quality=None,
    Mode=None,
    Comment=None,
    BitDepth=None,
    Alpha=None,
    Transparency=None,
    Background=None,
    Gamma=None,
    Chromaticities=None,
    SignificantBits=None,
    InterlaceType=None,
    XResolution=None,
    YResolution=None,
    ResolutionUnit=None,
    ImageModTime=None,
    CreationTime=None,
    Author=None,
    Copyright=None,
    Description=None,
    Disclaimer=None,
    Software=None,
    Source=None,
    Title=None,
    Warning=None,
    WriteMode=None,
    DelayTime=None,
    LoopCount=None,
    DisposalMethod=None,
    TransparentColor=None,
    BackgroundColor=None,
    Location=None,
    ScreenSize=None,
    Compression=None,
    ColorSpace=None,
    Resolution=None,
    RowsPerStrip=None,
    CompressionRatio=None,
    ProgressionOrder=None,
    QualityLayers=None,
    ReductionLevels=None,
    TileSize=None,
    Encoding=None,
    MaxValue=None,
):
    """
    imwrite(A, filename)
    imwrite(A, map, filename)
    imwrite(..., fmt)
    imwrite(..., Name=Value)

    Write an image file: png, jpg, tif, gif, bmp, jp2, pbm, pgm, ppm or pcx.

    Floating-point images run from 0 to 1; uint8, uint16 (PNG and TIFF) and logical are written as they are. GIF files
    take grey or indexed frames, also several as M-by-N-by-1-by-K. The file is written beside and renamed, so that a
    full disk leaves what was there.

    Options
      Quality           of JPEG files, 0 to 100 (75)
      Mode              'lossy' or 'lossless' (JPEG 2000)
      Comment           words kept in a PNG, JPEG, JPEG 2000 or GIF file
      BitDepth          bits of each number in a PNG file: 1, 2, 4, 8 or 16
      Alpha             transparency of PNG files, M-by-N
      Transparency      PNG: how opaque each colour of the map is, 0 to 1; or the one clear colour
      Background        PNG: the colour behind a transparent picture
      Gamma             PNG: the gamma of the file
      Chromaticities    PNG: [wx wy rx ry gx gy bx by]
      SignificantBits   PNG: how many bits of each channel count
      InterlaceType     PNG: 'none'
      XResolution       PNG: pixels a unit, across
      YResolution       PNG: pixels a unit, down
      ResolutionUnit    PNG: 'unknown' or 'meter'
      ImageModTime      PNG: when the picture was last changed, a datenum or a date in words
      CreationTime      PNG: words
      Author            PNG: words
      Copyright         PNG: words
      Description       PNG and TIFF: words
      Disclaimer        PNG: words
      Software          PNG: words
      Source            PNG: words
      Title             PNG: words
      Warning           PNG: words
      WriteMode         'overwrite' or 'append' (GIF and TIFF)
      DelayTime         seconds between the frames of a GIF, one number or one a frame (0.5)
      LoopCount         how often a GIF repeats; Inf for ever
      DisposalMethod    GIF: 'leaveInPlace', 'restoreBG', 'restorePrevious' or 'doNotSpecify'
      TransparentColor  GIF: the row of the map that is clear, from 1 (from 0 for whole numbers)
      BackgroundColor   GIF: the row of the map behind the frames
      Location          GIF: [column row] of a frame on the screen
      ScreenSize        GIF: [height width] of the screen
      Compression       TIFF: 'packbits', 'none', 'lzw', 'deflate', 'jpeg', 'ccitt', 'fax3' or 'fax4'
      ColorSpace        TIFF: 'rgb'
      Resolution        TIFF: dots per inch, one number or [x y] (72)
      RowsPerStrip      TIFF: rows in each piece of the file
      CompressionRatio  JPEG 2000: how much smaller the file gets (1)
      ProgressionOrder  JPEG 2000: 'LRCP', 'RLCP', 'RPCL', 'PCRL' or 'CPRL'
      QualityLayers     JPEG 2000: 1 to 20
      ReductionLevels   JPEG 2000: 1 to 8
      TileSize          JPEG 2000: [rows columns]
      Encoding          PBM, PGM, PPM: 'rawbits' or 'ASCII'
      MaxValue          PBM, PGM, PPM: the number that means white

    Examples
      >> imwrite(uint8([0 128; 255 7]), 'a.png'); imread('a.png')
      ans =
        2×2 uint8 matrix
           0   128
         255     7
      >> imwrite([1 2], [1 0 0; 0 0 1], 'b.png'); [X, map] = imread('b.png'); map(2,:)
      ans =
           0     0     1
      >> imwrite([0 0.5 1], 'd.png', BitDepth=16); imread('d.png')
      ans =
        1×3 uint16 row vector
             0   32768   65535
      >> imwrite(rand(8), 'c', 'jpg', Quality=90); exist('c', 'file')
      ans =
           2
      >> for k = 1:3, imwrite(uint8(k*ones(4)), gray(256), 'e.gif', WriteMode='append', DelayTime=0.1), end
      >> size(imread('e.gif', Frames='all'))
      ans =
           4     4     1     3

    See also imread, imfinfo, saveas, exportgraphics.
    """
    given = {name: value for name, value in locals().items() if name[0].isupper() and value is not None}
    values = list(rest)
    colours = None
    if values and text_or_none(values[0]) is None:
        colours = take.colour_map(values.pop(0), "imwrite")
    if not values:
        raise ScriptError(
            "MATLAB:imagesci:imwrite:missingFilename",
            "Not enough input arguments.",
            notes=("imwrite needs a file name",),
        )
    name = os.path.expanduser(take.word(values.pop(0), "imwrite", "the file name"))
    kind = take.word(values.pop(0), "imwrite", "the format").lower().lstrip(".") if values else None
    if values:
        raise ScriptError("MATLAB:imagesci:imwrite:tooManyArgs", "Too many input arguments.")
    pixels = take.pixels(image, "imwrite")
    ending = kind or os.path.splitext(name)[1][1:].lower()
    if ending == "gif" and pixels.ndim == 3:
        raise ScriptError(
            "MATLAB:imagesci:writegif:badDimensions",
            "3-D data not supported for GIF files. Data must be 2-D or 4-D.",
            notes=("got " + "x".join(map(str, pixels.shape)),),
            hint="[X, map] = rgb2ind(A, 256) makes an indexed image of a colour image",
        )
    counted = pixels.dtype.kind != "f"  # whole numbers count the rows of a map from 0
    options = {option: READERS[option](value, option, counted) for option, value in given.items()}
    write_image(name, pixels, colours, kind, **options)


# ------------------------------------------------------------------------------------------- what each option may be
def number(low: float, high: float):
    def read(value: Any, name: str, counted: bool) -> float:
        found = take.number(value, "imwrite", name)
        if not low <= found <= high:
            raise take.refusal("imwrite", name, f"a number from {low:g} to {high:g}", value)
        return found

    return read


def numbers(*counts: int):
    def read(value: Any, name: str, counted: bool) -> list[float]:
        return take.numbers(value, "imwrite", name, counts or None)

    return read


def word(*options: str):
    def read(value: Any, name: str, counted: bool) -> str:
        return take.choice(value, options, "imwrite", name)

    return read


def words(value: Any, name: str, counted: bool) -> str:
    lines = texts_or_none(value)
    if lines is None:
        raise take.refusal("imwrite", name, "text", value)
    return "\n".join(lines)


def comments(value: Any, name: str, counted: bool) -> Any:
    lines = texts_or_none(value)
    if lines is None:
        raise take.refusal("imwrite", name, "text, or a cell array of text", value)
    return list(lines)


def pixels_of(value: Any, name: str, counted: bool) -> np.ndarray:
    return take.pixels(value, "imwrite", name)


def row_of_map(value: Any, name: str, counted: bool) -> int:
    found = round(take.number(value, "imwrite", name)) - (not counted)
    if not 0 <= found <= 255:
        raise take.refusal("imwrite", name, "a row of the map", value)
    return found


def delays(value: Any, name: str, counted: bool) -> list[float]:
    found = take.numbers(value, "imwrite", name)
    if not found or not all(0 <= each <= 655 for each in found):
        raise take.refusal("imwrite", name, "seconds from 0 to 655", value)
    return found


def disposals(value: Any, name: str, counted: bool) -> list[str]:
    lines = texts_or_none(value)
    if not lines:
        raise take.refusal("imwrite", name, "text", value)
    return [take.choice(line, DISPOSALS, "imwrite", name) for line in lines]


def loop_count(value: Any, name: str, counted: bool) -> float:
    found = take.number(value, "imwrite", name)
    if found != float("inf") and not (0 <= found <= 65535 and found == int(found)):
        raise take.refusal("imwrite", name, "a whole number from 0 to 65535, or Inf", value)
    return found


def places(value: Any, name: str, counted: bool) -> tuple[int, int]:
    first, second = take.numbers(value, "imwrite", name, 2)
    if not (0 <= first <= 65535 and 0 <= second <= 65535):
        raise take.refusal("imwrite", name, "two whole numbers that are not negative", value)
    return int(first), int(second)


def resolution(value: Any, name: str, counted: bool) -> tuple[float, float]:
    found = take.numbers(value, "imwrite", name, (1, 2))
    if not all(each > 0 for each in found):
        raise take.refusal("imwrite", name, "positive numbers", value)
    return found[0], found[-1]


def moment(value: Any, name: str, counted: bool) -> float:
    """A date in words, or a datenum, as seconds since 1970."""
    from cnnscript.builtins.times.dates import datenum

    return (take.number(datenum(value), "imwrite", name) - EPOCH) * 86400.0


def parts(value: Any, name: str, counted: bool) -> list[float]:
    found = take.numbers(value, "imwrite", name)
    if not all(0 <= each <= 1 for each in found):
        raise take.refusal("imwrite", name, "numbers from 0 to 1", value)
    return found


READERS = {
    **dict.fromkeys(TEXTS, words),
    "Comment": comments,
    "Quality": number(0, 100),
    "Mode": word("lossy", "lossless"),
    "BitDepth": number(1, 16),
    "Alpha": pixels_of,
    "Transparency": parts,
    "Background": numbers(1, 3),
    "Gamma": number(0, 1e4),
    "Chromaticities": numbers(8),
    "SignificantBits": numbers(),
    "InterlaceType": word("none"),
    "XResolution": number(0, 1e9),
    "YResolution": number(0, 1e9),
    "ResolutionUnit": word("unknown", "meter"),
    "ImageModTime": moment,
    "WriteMode": word("overwrite", "append"),
    "DelayTime": delays,
    "LoopCount": loop_count,
    "DisposalMethod": disposals,
    "TransparentColor": row_of_map,
    "BackgroundColor": row_of_map,
    "Location": places,
    "ScreenSize": places,
    "Compression": word(*COMPRESSIONS),
    "ColorSpace": word("rgb", "cielab", "icclab"),
    "Resolution": resolution,
    "RowsPerStrip": number(1, 1e9),
    "CompressionRatio": number(1, 1e6),
    "ProgressionOrder": word(*ORDERS),
    "QualityLayers": number(1, 20),
    "ReductionLevels": number(1, 8),
    "TileSize": numbers(2),
    "Encoding": word("rawbits", "ASCII"),
    "MaxValue": number(1, 65535),
}
