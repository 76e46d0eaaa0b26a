"""fileDatastore: files that a function of the user reads; datastore: whichever a location wants."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import ALL_FORMATS, IO, Observations, column, formats
from cnnscript.builtins.data.file_lists import endings, locations, look_up, matching, shown_list
from cnnscript.builtins.data.image_datastores import USUAL, no_roots
from cnnscript.builtins.data.image_reading import file_size, is_bundled, read_by
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import vertcat
from cnnscript.values.functions import Function
from cnnscript.values.structs import Struct
from cnnscript.values.text import cell_of_texts, text_or_none


class FileDatastore(Observations):
    """Files, each read by `reader`.

    uniform  whether what is read of several files goes one below the other, instead of into a cell
    """

    class_name = f"{IO}FileDatastore"

    def __init__(self, session: Any, files: list[str], folders: list[str], reader: Function):
        self.session, self.files, self.folders, self.reader = session, files, folders, reader
        self.previewer: Function | None = None
        self.uniform = False

    def properties(self) -> dict[str, Any]:
        return {
            "Files": cell_of_texts(self.files) if self.files else np.empty((0, 1), object),
            "Folders": cell_of_texts(self.folders) if self.folders else np.empty((0, 1), object),
            "UniformRead": self.uniform,
            "ReadMode": "file",
            "BlockSize": float("inf"),
            "PreviewFcn": self.previewer or self.reader,
            "SupportedOutputFormats": formats(ALL_FORMATS),
            "ReadFcn": self.reader,
            "AlternateFileSystemRoots": np.empty((0, 0), object),
        }

    def set(self, name: str, value: Any) -> FileDatastore:
        if name == "Files":
            self.files, self.folders = look_up(self.session, locations(value, "fileDatastore"), None, False, False)
        elif name == "ReadFcn":
            self.reader = take.function(value, name, self.session.function)
        elif name == "PreviewFcn":
            self.previewer = take.function(value, name, self.session.function)
            return self
        else:
            return super().set(name, value)
        self.rewind()
        return self

    def observations(self) -> int:
        return len(self.files)

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        """One file; of several those of `read_all`, in a cell or one below the other."""
        read = [read_by(session, self.reader, self.files[place]) for place in places]
        if self.most == 1:
            name = self.files[places[0]]
            return read[0], Struct({"Filename": name, "FileSize": file_size(name)})
        return vertcat(*read) if self.uniform else column(read), Struct({})

    def preview(self, session: Any) -> Any:
        if not self.files:
            return super().preview(session)
        return read_by(session, self.previewer or self.reader, self.files[0])

    def chosen(self, places: Sequence[int]) -> FileDatastore:
        made = self.copied()
        made.files = [self.files[place] for place in places]
        return made

    def lines_of(self, name: str, value: Any, form: Any, indent: int) -> str:
        if name in ("Files", "Folders"):
            return shown_list(self.files if name == "Files" else self.folders, indent)
        return super().lines_of(name, value, form, indent)


@builtin(name="fileDatastore")
def file_datastore(
    session, location, /, *, ReadFcn=None, IncludeSubfolders=False, FileExtensions=None, UniformRead=False,
    ReadMode="file", PreviewFcn=None, AlternateFileSystemRoots=None
):  # fmt: skip
    """
    fds = fileDatastore(location, ReadFcn=fcn)
    fds = fileDatastore(location, ReadFcn=fcn, Name=Value)

    Files as a datastore: read gives what the function makes of the name of the next one.

    location is a folder, a file, a text with `*`, or a string array or cell of such.

    Options
      ReadFcn                   function that reads a file of a given name
      IncludeSubfolders         whether files in subfolders count (false)
      FileExtensions            endings of the files that count, such as '.mat'; by default all
      UniformRead               whether readall puts what it read one below the other, instead of in a cell (false)
      ReadMode                  'file': the function reads a whole file
      PreviewFcn                function that preview calls instead of ReadFcn
      AlternateFileSystemRoots  {} only

    Examples
      >> for k = 1:3, x = k; save("n" + k + ".mat", "x"); end
      >> fds = fileDatastore('n*.mat', ReadFcn=@load); s = read(fds)
      s =
        struct with fields:
          x: 1
      >> fds = fileDatastore(pwd, ReadFcn=@(name) load(name).x, FileExtensions='.mat', UniformRead=true); readall(fds)'
      ans =
           1     2     3

    See also imageDatastore, read, transform, datastore.
    """
    if ReadFcn is None:
        raise ScriptError(
            "MATLAB:datastoreio:filedatastore:readFcnRequired",
            "fileDatastore needs ReadFcn, the function that reads a file.",
            hint="fileDatastore(location, 'ReadFcn', @load)",
        )
    if AlternateFileSystemRoots is not None:
        no_roots(AlternateFileSystemRoots)
    mode = take.choice(ReadMode, ("file", "partialfile", "bytes"), "ReadMode")
    if mode != "file":
        raise ScriptError("cnnscript:fileDatastore:readMode", f"ReadMode '{mode}' is not in cnnscript: only 'file' is.")
    words = locations(location, "fileDatastore")
    deep = take.flag(IncludeSubfolders, "IncludeSubfolders")
    files, folders = look_up(session, words, endings(FileExtensions, "fileDatastore"), deep, True)
    made = FileDatastore(session, files, folders, take.function(ReadFcn, "ReadFcn", session.function))
    made.uniform = take.flag(UniformRead, "UniformRead")
    if PreviewFcn is not None:
        made.set("PreviewFcn", PreviewFcn)
    return made


@builtin
def datastore(session, location, /, *options):
    """
    ds = datastore(location)
    ds = datastore(location, Type=kind)
    ds = datastore(location, Name=Value)

    A datastore of the kind that the files at a location want, or of the given Type: 'image' (imageDatastore), 'file'
    (fileDatastore) or 'tabulartext' (tabularTextDatastore). The other options are those of its function.

    Examples
      >> ds = datastore({'coffee.png', 'chelsea.png'}); class(ds)
      ans =
          'matlab.io.datastore.ImageDatastore'
      >> imwrite(zeros(4), 'a.png'), ds = datastore(pwd, Type='image', LabelSource='foldernames'); numel(ds.Labels)
      ans =
           1
      >> ds = datastore(pwd, ReadFcn=@(name) 5, Type='file'); read(ds)
      ans =
           5

    See also imageDatastore, fileDatastore, tabularTextDatastore, readtable.
    """
    given = list(options)
    words = [(text_or_none(word) or "").lower() for word in given[::2]]
    kind = None
    if "type" in words and len(given) > 2 * words.index("type") + 1:
        at = 2 * words.index("type")
        kind = given[at + 1]
        del given[at : at + 2]
    known = ("image", "file", "tabulartext", "spreadsheet", "keyvalue", "database", "parquet")
    word = take.choice(kind, known, "Type") if kind is not None else kind_of(session, location, words)
    if word == "tabulartext":
        return session.call("tabularTextDatastore", 1, location, *given)
    if word not in ("image", "file"):
        raise ScriptError(
            "cnnscript:datastore:type",
            f"Datastores of the type '{word}' are not in cnnscript.",
            hint="readtable reads a file of text or a workbook; fileDatastore(location, ReadFcn=@readtable) many",
        )
    return session.call(f"{word}Datastore", 1, location, *given)


def kind_of(session: Any, location: Any, words: list[str]) -> str:
    """The kind that the first file at a location wants."""
    if "readfcn" in words and "labelsource" not in words:
        return "file"
    given = locations(location, "datastore")
    if not given or is_bundled(word := given[0]):
        return "image"
    names = [word]
    for path in matching(session, word)[:1]:
        names = [path]
        if os.path.isdir(path):
            names = [name for _, _, inside in os.walk(path) for name in sorted(inside)][:50]
    ends = [os.path.splitext(name)[1].lower() for name in names]
    if any(end in USUAL for end in ends) or not ends:
        return "image"
    return "spreadsheet" if ends[0] in (".xlsx", ".xls") else "tabulartext" if ends[0] in (".csv", ".txt") else "image"
