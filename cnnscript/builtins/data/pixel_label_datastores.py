"""pixelLabelDatastore: image files whose pixels say which class each pixel of another image belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import (
    CHOOSING,
    IO,
    READING,
    column,
    numbers_column,
    read_size,
    require_datastore,
)
from cnnscript.builtins.data.file_lists import endings, locations
from cnnscript.builtins.data.image_datastores import ImageDatastore, look_up_images
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray, size_text
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, texts_or_none

CLASS = f"{IO}PixelLabelDatastore"


@dataclass(frozen=True)
class LabelIds:
    """Which numbers (or colours) in a label image stand for which class.

    classes  names of the classes
    ids      n×1 numbers or n×3 colours, sorted as `keys` makes one number of each; codes: from 1, the class of each
    """

    classes: tuple[str, ...]
    ids: ndarray
    codes: ndarray

    @classmethod
    def of(cls, classes: Sequence[str], groups: Sequence[ndarray]) -> LabelIds:
        """groups: for each class its numbers (m×1) or colours (m×3)."""
        ids = np.concatenate(groups)
        codes = np.repeat(np.arange(1, len(groups) + 1), [len(group) for group in groups])
        order = np.argsort(keys(ids), kind="stable")
        return cls(tuple(classes), ids[order], codes[order])

    def label(self, image: Any, source: str) -> Categorical:
        """An image of numbers, or of colours, as categories; what stands for no class is undefined."""
        if type(image) is Categorical:
            return self.checked(image, source)
        array = as_array(image) if is_numeric(image) or type(image) is ndarray and image.dtype == bool else None
        if array is None:
            raise ScriptError(
                "vision:semanticseg:ReadFcnOutput", "The output of the custom ReadFcn must be a categorical matrix.",
                notes=(f"for {source} it is {take.described(image)}",), hint="numbers among the label IDs will do, too",
            )  # fmt: skip
        channels = self.ids.shape[1]
        if array.ndim != (3 if channels == 3 else 2) or channels == 3 and array.shape[2] != 3:
            wanted = "RGB images, for the pixel label IDs are colours" if channels == 3 else "M-by-N label matrices"
            raise ScriptError(
                "vision:semanticseg:invalidLabelImage", f"Pixel label images must be {wanted}.",
                notes=(f"{source} is {size_text(array.shape, '×')}",),
                hint="colours as pixelLabelIDs are M-by-3, a row for each class" if array.ndim == 3 else None,
            )  # fmt: skip
        found = keys(array if channels == 3 else array[..., None])
        known = keys(self.ids)
        place = np.minimum(np.searchsorted(known, found), len(known) - 1)
        codes = np.where(known[place] == found, self.codes[place], 0).astype(np.int64)
        return Categorical(np.asfortranarray(codes), list(self.classes))

    def checked(self, image: Categorical, source: str) -> Categorical:
        """Categories that a ReadFcn gave, in the order of the classes."""
        strange = [name for name in image.names if name not in self.classes]
        if strange:
            raise ScriptError(
                "vision:semanticseg:ReadFcnCategories",
                "The categories of the output of the custom ReadFcn must be the class names of the datastore.",
                notes=(f"'{strange[0]}', of {source}, is none of " + ", ".join(f"'{name}'" for name in self.classes),),
            )
        table = np.array([0, *(self.classes.index(name) + 1 for name in image.names)], np.int64)
        return Categorical(np.asfortranarray(table[image.codes]), list(self.classes))


def keys(pixels: ndarray) -> ndarray:
    """One number for each colour (or number) along the last axis."""
    if pixels.shape[-1] == 1:
        return pixels[..., 0].astype(np.float64) if pixels.dtype.kind != "f" else pixels[..., 0]
    red, green, blue = (pixels[..., k].astype(np.float64) for k in range(3))
    return (red * 65536 + green) * 65536 + blue


class PixelLabelDatastore(ImageDatastore):
    """Label images as files; read as categorical images.

    classes, ids, codes  as LabelIds has them, codes as a column
    """

    class_name = CLASS
    methods = READING | CHOOSING | {"readimage", "countEachLabel"}

    def __init__(self, session: Any, files: list[str], folders: list[str], label_ids: LabelIds):
        super().__init__(session, files, folders)
        self.classes, self.ids, self.codes = list(label_ids.classes), label_ids.ids, label_ids.codes.reshape(-1, 1)

    @property
    def label_ids(self) -> LabelIds:
        return LabelIds(tuple(self.classes), self.ids, self.codes.ravel())

    def properties(self) -> dict[str, Any]:
        return {
            "Files": self.file_cell(),
            "ClassNames": cell_of_texts(self.classes),
            "ReadSize": float(self.most),
            "ReadFcn": self.read_function(),
            "AlternateFileSystemRoots": self.roots,
        }

    def get(self, name: str) -> Any:
        found = self.properties()
        if name not in found:
            raise self.no_property(name)
        return found[name]

    def set(self, name: str, value: Any) -> PixelLabelDatastore:
        if name not in ("ReadSize", "ReadFcn", "AlternateFileSystemRoots"):
            return super(ImageDatastore, self).set(name, value)
        super().set(name, value)
        return self

    def held(self) -> Sequence[Any]:
        return [self.ids, self.codes]

    def images(self, names: Sequence[str]) -> list[Any]:
        ids = self.label_ids
        return [ids.label(image, name) for image, name in zip(super().images(names), names, strict=True)]

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        single = self.most == 1
        images = [self.read_ahead(places[0])] if single and self.reader is None else self.image_at(places)
        return column(images), self.about(places, single)

    def about(self, places: Sequence[int], single: bool) -> Struct:
        fields = dict(super().about(places, single).fields)
        del fields["Label"]
        return Struct(fields)

    def lines_of(self, name: str, value: Any, form: Any, indent: int) -> str:
        if name == "Files" and self.files:
            return f"{{{len(self.files)}×1 cell}}"
        return super().lines_of(name, value, form, indent)


def ids_of(value: Any, classes: Sequence[str]) -> list[ndarray]:
    """pixelLabelIDs: for each class its numbers (m×1) or colours (m×3)."""
    if is_cell(value):
        groups = [ids_in(item) for item in value.ravel("F").tolist()]
    else:
        array = whole(value)
        if array.ndim == 2 and array.shape[1] == 3 and array.shape[0] == len(classes) and len(classes) != 1:
            groups = list(array[:, None, :])
        elif array.ndim == 2 and array.shape == (1, 3) and len(classes) == 1:
            groups = [array]
        else:
            groups = [np.array([[number]]) for number in array.ravel("F").tolist()]
    if len(groups) != len(classes):
        raise ScriptError(
            "vision:semanticseg:classNamesAndIDsMismatch",
            "The number of class names must be the number of pixel label IDs.",
            notes=(f"there are {len(classes)} class names and {len(groups)} pixel label IDs",),
        )
    if len({group.shape[1] for group in groups}) > 1:
        raise ScriptError(
            "vision:semanticseg:mixedIDs", "The pixel label IDs must all be numbers, or all be M-by-3 colours."
        )
    seen: dict[tuple, str] = {}
    for name, group in zip(classes, groups, strict=True):
        for row in map(tuple, group.tolist()):
            if seen.setdefault(row, name) != name:
                raise ScriptError(
                    "vision:semanticseg:idsNotUnique", "The pixel label IDs must be unique.",
                    notes=(f"{' '.join(f'{one:g}' for one in row)} stands for '{seen[row]}' and for '{name}'",),
                )  # fmt: skip
    return groups


def ids_in(value: Any) -> ndarray:
    """The numbers or colours of one class."""
    array = whole(value)
    return array if array.ndim == 2 and array.shape[1] == 3 else array.reshape(-1, 1, order="F")


def whole(value: Any) -> ndarray:
    array = take.real(value, "pixelLabelIDs")
    if not array.size or (array != np.floor(array)).any() or (array < 0).any():
        raise take.wanted("nonnegative integers", "pixelLabelIDs", value)
    return array.astype(np.float64)


def class_names(value: Any) -> list[str]:
    words = texts_or_none(value)
    if words is None:
        raise take.wanted("a string vector or a cell array of character vectors", "classNames", value)
    repeated = next((word for k, word in enumerate(words) if word in words[:k]), None)
    if repeated is not None:
        raise ScriptError(
            "vision:semanticseg:classNamesNotUnique", "The class names must be unique.",
            notes=(f"'{repeated}' comes twice",),
            hint="a cell of pixelLabelIDs gives a class several: {[1;2],3}",
        )  # fmt: skip
    return [str(word) for word in words]


@builtin(name="pixelLabelDatastore")
def pixel_label_datastore(
    session, location, classNames, pixelLabelIDs, /, *, IncludeSubfolders=False, FileExtensions=None, ReadSize=1.0,
    ReadFcn=None, AlternateFileSystemRoots=None
):  # fmt: skip
    """
    pxds = pixelLabelDatastore(location, classNames, pixelLabelIDs)
    pxds = pixelLabelDatastore(location, classNames, pixelLabelIDs, Name=Value)

    Files of label images as a datastore: what is read are categorical images, one category for each class name.

    location is a folder, a file, a text with `*`, or a list of such. pixelLabelIDs says what stands for which class in
    the files: a vector of a number for each class, or, where several stand for one, a cell of column vectors; for label
    images in colour a K-by-3 matrix, or a cell of M-by-3 matrices. Pixels of no class are undefined: training and
    counting leave them out. read and readall give a cell, readimage one categorical image.

    Options
      IncludeSubfolders         whether files in subfolders count (false)
      FileExtensions            endings of the files that count, such as '.png'; by default all of images
      ReadSize                  images that read gives at once (1)
      ReadFcn                   function that reads a file of a given name, as label IDs or as categorical image
      AlternateFileSystemRoots  {} only

    Examples
      >> mkdir labels; imwrite(uint8([0 1; 1 7]), 'labels/a.png'); imwrite(uint8([0 0; 0 1]), 'labels/b.png');
      >> pxds = pixelLabelDatastore('labels', ["sky" "road"], [0 1])
      pxds =
        PixelLabelDatastore with properties:
                             Files: {2×1 cell}
                        ClassNames: {2×1 cell}
                          ReadSize: 1
                           ReadFcn: @readDatastoreImage
          AlternateFileSystemRoots: {}
      >> C = readimage(pxds, 1)
      C =
        2×2 categorical array
           sky       road
           road      <undefined>
      >> tbl = countEachLabel(pxds)
      tbl =
        2×3 table
            Name      PixelCount    ImagePixelCount
          ________    __________    _______________
          {'sky' }        4                8
          {'road'}        3                8
      >> pxds = pixelLabelDatastore('labels', ["low" "high"], {[0; 1], 7}, ReadSize=2); C = read(pxds); size(C)
      ans =
           2     1

    See also pixelLabelImageDatastore, imageDatastore, combine, countEachLabel, labeloverlay, semanticseg.
    """
    names = class_names(classNames)
    wanted = endings(FileExtensions, "pixelLabelDatastore")
    words = locations(location, "pixelLabelDatastore")
    groups = ids_of(pixelLabelIDs, names)
    deep = take.flag(IncludeSubfolders, "IncludeSubfolders")
    files, folders = look_up_images(session, words, wanted, deep)
    made = PixelLabelDatastore(session, files, folders, LabelIds.of(names, groups))
    for name, value in (("ReadFcn", ReadFcn), ("AlternateFileSystemRoots", AlternateFileSystemRoots)):
        if value is not None:
            made.set(name, value)
    made.most = read_size(ReadSize, "pixelLabelDatastore")
    return made


def counted(classes: Sequence[str], images: Any) -> Table:
    """Name, PixelCount and ImagePixelCount of each class in categorical images: how many pixels are of it, and how
    many pixels the images have that show it."""
    counts, sizes = np.zeros(len(classes)), np.zeros(len(classes))
    for image in images:
        found = np.bincount(image.codes.ravel("F"), minlength=len(classes) + 1)[1:]
        counts += found
        sizes[found > 0] += image.codes.size
    return Table.of({
        "Name": cell_of_texts(list(classes)), "PixelCount": numbers_column(counts.tolist()),
        "ImagePixelCount": numbers_column(sizes.tolist()),
    })  # fmt: skip


@overload(CLASS, name="countEachLabel")
def count_each_pixel_label(session, pxds, /):
    """
    tbl = countEachLabel(pxds)

    How many pixels there are of each class: a table with the variables Name, PixelCount and ImagePixelCount, the
    number of pixels of those images that show the class.

    Examples
      >> imwrite(uint8([0 1; 1 7]), 'a.png'); pxds = pixelLabelDatastore('a.png', ["sky" "road"], [0 1]);
      >> tbl = countEachLabel(pxds); tbl.PixelCount'
      ans =
           1     2

    See also pixelLabelDatastore.
    """
    store = require_datastore(pxds, "countEachLabel")
    return counted(store.classes, one_by_one(store))


def one_by_one(store: PixelLabelDatastore, most: int = 32) -> Any:
    """Its images, a few in memory at a time."""
    for start in range(0, store.observations(), most):
        yield from store.image_at(range(start, min(start + most, store.observations())))
