"""writeall: all images of a datastore, as they are or changed, as files of another folder."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

from cnnscript.builtins.data.combined_datastores import TransformedDatastore
from cnnscript.builtins.data.datastore_objects import IMAGE_FORMATS
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.files.places import real_path
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.image_writers import write_image
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, is_cell
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, is_text


def images_below(ds: Any) -> ImageDatastore | None:
    """The image datastore that is written, or whose changed images are."""
    while isinstance(ds, TransformedDatastore) and len(ds.below) == 1:
        ds = ds.below[0]
    return ds if isinstance(ds, ImageDatastore) else None


def goals(store: ImageDatastore, folder: str, layout: str, before: str, after: str, kind: str) -> list[str]:
    """Where each image is written."""
    made = []
    for name in store.files:
        stem = f"{before}{os.path.splitext(os.path.basename(name))[0]}{after}.{kind}"
        roots = [root for root in store.folders if name.startswith(root + os.sep)]
        inner = ""
        if layout == "duplicate" and roots:  # the folder that the datastore was made of, and what is inside
            root = max(roots, key=len)
            inner = os.path.join(os.path.basename(root), os.path.relpath(os.path.dirname(name), root))
        made.append(os.path.normpath(os.path.join(folder, inner, stem)))
    twice = next((name for name, count in Counter(made).items() if count > 1), None)
    if twice is not None:
        raise ScriptError(
            "MATLAB:datastoreio:writeall:sameName",
            f"Two images would be written as '{twice}'.",
            notes=("nothing was written",),
            hint="FolderLayout='duplicate' keeps their folders" if layout == "flatten" else None,
        )
    return made


@builtin
def writeall(
    session, ds, outputLocation, /, *, FolderLayout="duplicate", OutputFormat=None, FilenamePrefix="",
    FilenameSuffix="", WriteFcn=None, UseParallel=False
):  # fmt: skip
    """
    writeall(ds, outputLocation)
    writeall(ds, outputLocation, Name=Value)

    Write all images of an image datastore, or of a transform of one, as files into a folder.

    Options
      FolderLayout    'duplicate' (default): in folders as those that they are from; 'flatten': all in one
      OutputFormat    'png' (default), 'jpg', 'jpeg', 'tif' or 'tiff'
      FilenamePrefix  text before each file's name
      FilenameSuffix  text after it
      WriteFcn        function(data, writeInfo, outputFormat) that writes one; writeInfo has the fields ReadInfo,
                      SuggestedOutputName and Location
      UseParallel     false; the files are the same

    Examples
      >> mkdir cats; for k = 1:2, imwrite(k*ones(8)/4, "cats/c" + k + ".png"); end
      >> imds = imageDatastore('cats'); writeall(imds, 'out', OutputFormat='jpg', FilenameSuffix='_a')
      >> isfile('out/cats/c1_a.jpg')
      ans =
        logical
         1
      >> small = transform(imds, @(x) imresize(x, [4 4])); writeall(small, 'small', FolderLayout='flatten')
      >> size(imread('small/c2.png'))
      ans =
           4     4

    See also imageDatastore, transform, imwrite.
    """
    store = images_below(ds)
    if store is None:
        raise take.unfit_inputs(
            "writeall", f"writeall takes image datastores, and transforms of one; this is a {class_of(ds)}"
        )
    folder = os.path.abspath(real_path(take.text(outputLocation, "outputLocation")))
    layout = take.choice(FolderLayout, ("duplicate", "flatten"), "FolderLayout")
    kind = "png" if OutputFormat is None else take.choice(OutputFormat, IMAGE_FORMATS, "OutputFormat")
    before, after = take.text(FilenamePrefix, "FilenamePrefix"), take.text(FilenameSuffix, "FilenameSuffix")
    writer = None if WriteFcn is None else take.function(WriteFcn, "WriteFcn", session.function)
    take.flag(UseParallel, "UseParallel")
    reading = ds.copied()
    images_below(reading).most = 1  # one at a time, whatever the ReadSize
    for place, goal in enumerate(goals(store, folder, layout, before, after, kind)):
        data, info = reading.read(session)
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        if writer is not None:
            about = {"ReadInfo": info, "SuggestedOutputName": String.of(goal), "Location": String.of(folder)}
            session.call(writer, 0, data, Struct(about), String.of(kind))
            continue
        pixels = as_array(data)
        if is_text(data) or is_cell(data) or pixels.dtype == object or pixels.ndim not in (2, 3):
            raise ScriptError(
                "MATLAB:datastoreio:writeall:notAnImage",
                "What is written must be an image for each file; a WriteFcn writes anything.",
                notes=(f"of {store.files[place]}: {take.described(data)}",),
            )
        write_image(goal, pixels, None, kind)
