"""Image files: read them, say what they hold."""

from __future__ import annotations

import datetime
import difflib
import os
from typing import Any

import numpy as np

from cnnscript.builtins.files.places import real_path
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import bundled, files
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none


def load_picture(session: Any, name: str, frame: int | None = 1) -> files.Picture:
    """An image by name: as given, beside the script, on the search path, then among the bundled pictures."""
    if "://" in name:
        return picture_at(name, frame)
    path = session.path.find_file(real_path(name, session))
    if path is not None:
        return files.read_image(path, frame)
    found = bundled.find(name, frame)
    if found is None:
        raise missing_file(name)
    if found.notice and found.notice not in session.desk.told:
        session.desk.told.add(found.notice)
        session.out.write(found.notice + "\n")
    return found.picture


def picture_at(url: str, frame: int | None) -> files.Picture:
    """The image at a web address."""
    import tempfile

    from cnnscript.builtins.language.web import fetched, opened

    answer = opened(url, file=url.rpartition("/")[2] or "the file")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "image")
        fetched(answer, path, url)
        try:
            return files.read_image(path, frame)
        except ScriptError as fault:
            fault.message, fault.notes = fault.message.replace(path, url), (url,)
            raise


def missing_file(name: str) -> ScriptError:
    """The error for an image that is nowhere, with names that are near."""
    folder, last = os.path.split(name)
    try:
        there = os.listdir(folder or ".")
    except OSError:
        there = []
    pictures = [entry for entry in there if os.path.splitext(entry)[1][1:].lower() in files.FORMATS]
    near = difflib.get_close_matches(last, pictures + (bundled.names() if not folder else []), 3, 0.6)
    hint = (
        f"near names: {', '.join(near)}"
        if near
        else "bundled pictures: coffee.png, chelsea.png, astronaut.png, peppers.png, face.jpg ..."
    )
    return ScriptError("MATLAB:imagesci:imread:fileDoesNotExist", f'File "{name}" does not exist.', hint=hint)


@builtin(outputs=3)
def imread(session, nargout, filename, /, *rest, Index=None, Frames=None):
    """
    A = imread(filename)
    A = imread(filename, fmt)
    A = imread(filename, k)
    A = imread(filename, Name=Value)
    [X, map] = imread(...)
    [X, map, alpha] = imread(...)

    Read an image file.

    Grey pictures are M-by-N, colour pictures M-by-N-by-3, uint8 or uint16; one bit is logical. A picture with a palette
    comes as row numbers X and the palette map. The file is looked for as given, beside the script, on the search path,
    and then among pictures that are always there: scikit-image's (coffee, chelsea, astronaut, camera, coins, ...) and
    look-alikes of MATLAB's examples (face.jpg, peppers.png, cameraman.tif, ...), which say what they are. A name that
    is a web address is fetched.

    Options
      Index   which image of a TIFF or GIF file, from 1
      Frames  which frames of a GIF file; 'all' gives them along the fourth dimension

    Examples
      >> size(imread('coffee.png'))
      ans =
         400   600     3
      >> class(imread('camera', 'png'))
      ans =
          'uint8'
      >> size(imread('multipage.tif', 2))
      ans =
          15    10
      >> size(imread('no_time_for_that_tiny.gif', Frames='all'))
      ans =
          25    14     3    24
      >> [X, map] = imread('coffee.png'); isempty(map)
      ans =
        logical
         1
      >> [X, map, alpha] = imread('logo.png'); size(alpha)
      ans =
         500   500

    See also imwrite, imshow, imfinfo.
    """
    name = take.word(filename, "imread", "the file name")
    frame: int | None = 1
    for value in rest:
        kind = text_or_none(value)
        if kind is None:
            frame = take.count(value, "imread", "the index")
        elif kind.lower().lstrip(".") in files.FORMATS:
            if not os.path.splitext(name)[1]:
                name = f"{name}.{kind.lower().lstrip('.')}"
        else:
            raise ScriptError(
                "MATLAB:imagesci:imread:badFormat",
                f"The format '{kind}' is not one that imread knows.",
                notes=(", ".join(files.FORMATS),),
            )
    for value in (Index, Frames):
        if value is not None:
            frame = None if text_or_none(value) == "all" else take.count(value, "imread", "Index")
    held = load_picture(session, name, frame)
    return tuple(norm(array) for array in held)


@builtin
def imfinfo(session, filename, /):
    """
    info = imfinfo(filename)

    What an image file holds: a struct with Filename, FileModDate, FileSize, Format, Width, Height, BitDepth and
    ColorType; for files of several images (GIF, TIFF) a row of structs, one an image. Those of a GIF also have
    ColorTable, DelayTime (in hundredths of a second) and BackgroundColor.

    Examples
      >> imwrite(zeros(4, 6, 'uint8'), 'a.png'); info = imfinfo('a.png'); [info.Height info.Width info.BitDepth]
      ans =
           4     6     8

    See also imread.
    """
    from cnnscript.values.structs import Struct, struct_array

    name = take.word(filename, "imfinfo", "the file name")
    path = session.path.find_file(real_path(name, session))
    if path is None:
        raise missing_file(name)
    facts = [
        {"Filename": str(path), "FileModDate": changed(path), "FileSize": float(path.stat().st_size)}
        | {"Format": path.suffix[1:].lower()}
        | frame
        for frame in files.frames_of(path)
    ]
    if len(facts) == 1:
        return Struct(facts[0])
    row = np.empty((1, len(facts)), object)
    row[0, :] = facts
    return struct_array(list(facts[0]), row)


def changed(path: Any) -> str:
    """When a file was last written, as MATLAB's date text."""
    return datetime.datetime.fromtimestamp(path.stat().st_mtime).strftime("%d-%b-%Y %H:%M:%S")
