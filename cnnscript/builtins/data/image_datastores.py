"""imageDatastore: many image files with their labels; readimage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data import image_reading
from cnnscript.builtins.data.datastore_objects import (
    CHOOSING,
    IMAGE_FORMATS,
    IO,
    READING,
    Observations,
    column,
    formats,
    numbers_column,
    read_size,
    require_datastore,
    rows_at,
)
from cnnscript.builtins.data.file_labels import labels_of, shown_labels, shown_strings
from cnnscript.builtins.data.file_lists import endings, last_folder, locations, look_up, shown_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import files as image_files
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import is_cell, is_empty
from cnnscript.values.structs import Struct
from cnnscript.values.text import String, cell_of_texts
from cnnscript.values.warn import warn

MOST_NAMED = 3  # files in a warning
USUAL = tuple(f".{word}" for word in image_files.FORMATS)


class ImageDatastore(Observations):
    """Image files.

    files, folders  full paths
    failures        files that were left out because they cannot be read; None where nobody asked for that
    labels          None, or one for each file: categorical, cell, string array, numbers, logical
    reader          the user's ReadFcn; None for the own one
    kept            images of a training, for its next epochs
    """

    class_name = f"{IO}ImageDatastore"
    methods = READING | CHOOSING | {"readimage", "countEachLabel", "splitEachLabel"}

    def __init__(self, session: Any, files: list[str], folders: list[str]):
        self.session, self.files, self.folders = session, files, folders
        self.failures: list[str] | None = None
        self.labels: Any = None
        self.reader: Function | None = None
        self.own_reader: Function | None = None
        self.kept: image_reading.Kept | None = None
        self.roots: Any = np.empty((0, 0), object)
        self.ahead: dict[int, Any] = {}
        self.stride = 1
        self.shown: tuple[Any, Any] = None, None

    # ------------------------------------------------------------------------------------------------- properties
    def properties(self) -> dict[str, Any]:
        return {
            "Files": self.file_cell(),
            "Folders": cell_of_texts(self.folders) if self.folders else np.empty((0, 1), object),
            "AlternateFileSystemRoots": self.roots,
            "ReadSize": float(self.most),
            "Labels": np.empty((0, 0), object) if self.labels is None else self.labels,
            "SupportedOutputFormats": formats(IMAGE_FORMATS),
            "DefaultOutputFormat": String.of("png"),
            "ReadFcn": self.read_function(),
        }

    def get(self, name: str) -> Any:
        if name == "Labels":  # asked for most often, and the files are many
            return np.empty((0, 0), object) if self.labels is None else self.labels
        if name in ("ReadFailureRule", "ReadFailures"):  # MATLAB's file datastores have them; not shown, as there
            rule = "error" if self.failures is None else "skipfile"
            return rule if name == "ReadFailureRule" else cell_of_texts(self.failures or [])
        return self.file_cell() if name == "Files" else super().get(name)

    def leave_out_unreadable(self) -> None:
        """Only the files stay that give images; a warning names the others."""
        bad = image_reading.unreadable(self.session, self.files, self.reader)
        self.failures = [name for name, fails in zip(self.files, bad, strict=True) if fails]
        if not self.failures:
            return
        count, named = len(self.files), ", ".join(self.failures[:MOST_NAMED])
        more = f" and {len(self.failures) - MOST_NAMED} more" if len(self.failures) > MOST_NAMED else ""
        kept = [place for place, fails in enumerate(bad) if not fails]
        self.files = [self.files[place] for place in kept]
        if self.labels is not None:
            self.labels = rows_at(self.labels, kept)
        warn(
            "MATLAB:datastoreio:imagedatastore:filesSkipped",
            f"{len(self.failures)} of {count} files cannot be read and are left out: {named}{more}.",
        )

    def file_cell(self) -> np.ndarray:
        """The files as a cell, kept for loops over imds.Files{k}; whoever writes into it writes into a copy."""
        made, of = self.shown
        if of is not self.files:
            made = cell_of_texts(self.files) if self.files else np.empty((0, 1), object)
            self.shown = made, self.files
        return made

    def set(self, name: str, value: Any) -> ImageDatastore:
        if name == "Labels":
            self.labels = labels_of(value, len(self.files))
        elif name == "Files":
            self.set_files(value)
        elif name == "ReadSize":
            self.most = read_size(value, "imageDatastore")
        elif name == "ReadFcn":
            found = take.function(value, "ReadFcn", self.session.function)
            self.reader = None if found.text == image_reading.OWN_READER else found
        elif name == "AlternateFileSystemRoots":
            self.roots = no_roots(value)
            return self
        else:
            return super().set(name, value)
        if name != "Labels":
            self.rewind()
        return self

    def set_files(self, value: Any) -> None:
        """Other files; a file that was there keeps its label."""
        if is_empty(value):
            files, folders = [], []
        else:
            files, folders = look_up_images(self.session, locations(value, "imageDatastore"), None, False)
        if self.labels is not None:
            place = {name: k for k, name in enumerate(self.files)}
            kept = [place.get(name, -1) for name in files]
            if -1 not in kept:
                self.labels = rows_at(self.labels, kept)
            elif type(self.labels) is Categorical:
                codes = np.append(self.labels.codes.ravel("F"), 0)[kept].reshape(-1, 1)
                self.labels = Categorical(codes, self.labels.names, self.labels.ordinal, self.labels.protected)
            else:
                self.labels = None
        self.files, self.folders = files, folders

    def read_function(self) -> Function:
        if self.reader is not None:
            return self.reader
        if self.own_reader is None:
            self.own_reader = own_reader(self.session)
        return self.own_reader

    # ---------------------------------------------------------------------------------------------------- reading
    def observations(self) -> int:
        return len(self.files)

    def rewind(self) -> None:
        super().rewind()
        self.ahead, self.stride = {}, 1

    def images(self, names: Sequence[str]) -> list[Any]:
        """What the ReadFcn gives for each file."""
        if self.reader is None:
            try:
                if self.kept is not None:
                    return self.kept.images(names, image_reading.read_beside)
                return image_reading.read_pictures(self.session, names)
            except ScriptError as fault:
                fault.hint = "imageDatastore(..., ReadFailureRule='skipfile') leaves such files out"
                raise
        return [image_reading.read_by(self.session, self.reader, name) for name in names]

    def image_at(self, places: Sequence[int]) -> list[Any]:
        """The images at places from 0."""
        return self.images([self.files[place] for place in places])

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        single = self.most == 1
        images = [self.read_ahead(places[0])] if single and self.reader is None else self.image_at(places)
        data = images[0] if single else column(images)
        return data, self.about(places, single)

    def read_ahead(self, place: int) -> Any:
        """The next image; with it those that come then, twice as many each time the reading goes on."""
        if place not in self.ahead:
            following = range(place, min(place + self.stride, len(self.files)))
            names = [self.files[k] for k in following]
            try:
                images = self.images(names)
            except ScriptError:  # of a later file perhaps, which is told when its turn comes
                images = self.images(names[:1])
            self.ahead = dict(zip(following, images, strict=False))
            self.stride = min(2 * self.stride, image_reading.MOST_AHEAD, image_reading.at_once(images))
        return self.ahead.pop(place)

    def preview(self, session: Any) -> Any:
        """The first image, whatever ReadSize is."""
        other = self.copied()
        other.most = 1
        return other.read(session)[0] if self.files else np.zeros((0, 0))

    def about(self, places: Sequence[int], single: bool) -> Struct:
        names = [self.files[place] for place in places]
        sizes = [image_reading.file_size(name) for name in names]
        label: Any = ""
        if self.labels is not None:
            label = rows_at(self.labels, places)
            if single and is_cell(label):
                label = label.item()
        return Struct({
            "Filename": names[0] if single else cell_of_texts(names),
            "FileSize": sizes[0] if single else numbers_column(sizes),
            "Label": label,
        })  # fmt: skip

    def chosen(self, places: Sequence[int]) -> ImageDatastore:
        made = self.copied()
        made.files = [self.files[place] for place in places]
        if self.labels is not None:
            made.labels = rows_at(self.labels, places)
        return made

    # ---------------------------------------------------------------------------------------------------- as text
    def lines_of(self, name: str, value: Any, form: Any, indent: int) -> str:
        if name in ("Files", "Folders"):
            return shown_list(self.files if name == "Files" else self.folders, indent)
        if name == "Labels" and self.labels is not None:
            return shown_labels(value)
        if name in ("SupportedOutputFormats", "DefaultOutputFormat"):
            return shown_strings(value)
        return super().lines_of(name, value, form, indent)


def own_reader(session: Any) -> Function:
    """What ReadFcn is where the user gave none."""

    def read(nargout: int, name: Any) -> Any:
        return image_reading.read_pictures(session, [take.text(name, "filename")])[0]

    return Function(read, image_reading.OWN_READER, inputs=1)


def no_roots(value: Any) -> Any:
    if not is_empty(value):
        raise ScriptError(
            "cnnscript:datastore:roots",
            "AlternateFileSystemRoots is for clusters of machines, which cnnscript does not use.",
            hint="leave the option away",
        )
    return np.empty((0, 0), object)


def look_up_images(
    session: Any, words: list[str], wanted: tuple[str, ...] | None, deep: bool
) -> tuple[list[str], list[str]]:
    """The files of locations, where a name alone may be that of a picture that is always there."""
    files: list[str] = []
    folders: list[str] = []
    pending: list[str] = []

    def settle() -> None:
        found, inside = look_up(session, pending, wanted or USUAL, deep, True, wanted is None)
        files.extend(found)
        folders.extend(inside)
        pending.clear()

    for word in words:
        if image_reading.is_bundled(word) and session.path.find_file(word) is None:
            settle()
            files.append(word)
        else:
            pending.append(word)
    settle()
    return files, list(dict.fromkeys(folders))


@builtin(name="imageDatastore")
def image_datastore(
    session, location, /, *, IncludeSubfolders=False, FileExtensions=None, LabelSource="none", Labels=None,
    ReadFcn=None, ReadSize=1.0, AlternateFileSystemRoots=None, ReadFailureRule="error"
):  # fmt: skip
    """
    imds = imageDatastore(location)
    imds = imageDatastore(location, Name=Value)

    Image files as a datastore, to be read one after the other: read, readimage, readall.

    location is a folder, a file, a text with `*`, or a string array or cell of such. imds.Files and imds.Labels may be
    set. An object of it is a handle: what a function reads of it is read.

    Options
      IncludeSubfolders         whether files in subfolders count (false)
      FileExtensions            endings of the files that count, such as {'.jpg', '.png'}; by default all of images
      LabelSource               'none', or 'foldernames': each file's label is the name of its folder
      Labels                    labels, one for each file: categorical, text, numbers
      ReadFcn                   function that reads a file of a given name
      ReadSize                  images that read gives at once (1)
      AlternateFileSystemRoots  {} only
      ReadFailureRule           'error' (default), or 'skipfile': every file is read once now, and those that give no
                                image are left out; a warning and imds.ReadFailures name them

    Examples
      >> mkdir cats; mkdir dogs; for k = 1:3, imwrite(k*ones(8)/4, "cats/c" + k + ".png"); end
      >> imwrite(zeros(8), 'dogs/d1.png')
      >> imds = imageDatastore({'cats', 'dogs'}, LabelSource='foldernames'); numel(imds.Files)
      ans =
           4
      >> imds.Labels'
      ans =
        1×4 categorical array
           cats      cats      cats      dogs
      >> img = readimage(imds, 3); img(1)
      ans =
        uint8
         191
      >> imds = imageDatastore('*/*3.png'); [~, name] = fileparts(imds.Files{1})
      name =
          'c3'
      >> fclose(fopen('dogs/empty.png', 'w')); warning off
      >> imds = imageDatastore('dogs', ReadFailureRule='skipfile'); numel(imds.Files), numel(imds.ReadFailures)
      ans =
           1
      ans =
           1

    See also readimage, read, readall, countEachLabel, splitEachLabel, imread.
    """
    wanted = endings(FileExtensions, "imageDatastore")
    words = locations(location, "imageDatastore")
    deep = take.flag(IncludeSubfolders, "IncludeSubfolders")
    source = take.choice(LabelSource, ("none", "foldernames"), "LabelSource")
    files, folders = look_up_images(session, words, wanted, deep)
    made = ImageDatastore(session, files, folders)
    if source == "foldernames":
        if Labels is not None:
            raise ScriptError(
                "MATLAB:datastoreio:imagedatastore:labelSourceAndLabels",
                "LabelSource 'foldernames' and Labels cannot be given at the same time.",
            )
        made.labels = Categorical.from_texts([last_folder(name) for name in files], (len(files), 1))
    elif Labels is not None:
        made.labels = labels_of(Labels, len(files))
    for name, value in (("ReadFcn", ReadFcn), ("AlternateFileSystemRoots", AlternateFileSystemRoots)):
        if value is not None:
            made.set(name, value)
    made.most = read_size(ReadSize, "imageDatastore")
    if take.choice(ReadFailureRule, ("error", "skipfile"), "ReadFailureRule") == "skipfile":
        made.leave_out_unreadable()
    return made


@builtin(outputs=2)
def readimage(session, nargout, imds, I, /):  # noqa: E741
    """
    img = readimage(imds, I)
    [img, fileinfo] = readimage(imds, I)

    The Ith image of an image datastore; fileinfo holds Filename, FileSize and Label.

    Examples
      >> imds = imageDatastore({'coffee.png', 'chelsea.png'}); size(readimage(imds, 2))
      ans =
         300   451     3
      >> imwrite(zeros(4), 'a.png'), imds = imageDatastore('a.png', Labels={'dark'});
      >> [img, fileinfo] = readimage(imds, 1); fileinfo.Label
      ans =
          'dark'

    See also imageDatastore, read, readall.
    """
    store = require_datastore(imds, "readimage")
    count = store.observations()
    place = take.positive(I, "Index")
    if place > count:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:invalidIndex",
            f"Index exceeds the number of files in the datastore. Index must not exceed {count}.",
            notes=(f"got {place}",),
        )
    image = store.image_at([place - 1])[0]
    return image, store.about([place - 1], True) if nargout > 1 else None
