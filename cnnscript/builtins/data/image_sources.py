"""Where an augmentedImageDatastore has its images from: an image datastore, an array, or a table."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import numbers_column, rows_at
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_reading import Kept, file_size, have_folders, read_pictures
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import is_cell, ndarray, norm, numel_of, size_of
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import String, cell_of_texts, text_or_none, texts_or_none
from cnnscript.values.transposed import transpose


class Source:
    """Images and what belongs to them.

    responses  None, or a value with a row for each image
    """

    responses: Any = None

    def count(self) -> int:
        raise NotImplementedError

    def images(self, places: Sequence[int]) -> list[Any]:
        """The images at places from 0."""
        raise NotImplementedError

    def about(self, places: Sequence[int]) -> Struct:
        return Struct({})

    def held(self) -> list[Any]:
        """What makes two sources equal."""
        return [] if self.responses is None else [self.responses]

    def chosen(self, places: Sequence[int]) -> Source:
        """The source of the images at places from 0."""
        raise NotImplementedError

    def for_training(self) -> tuple[Source, bool]:
        """The source for many epochs, and whether its images can be made by a thread beside the script's."""
        return self, False


class OfFiles(Source):
    """The files of an image datastore."""

    def __init__(self, store: ImageDatastore):
        self.store = store.copied()
        self.responses = store.labels

    def count(self) -> int:
        return self.store.observations()

    def images(self, places: Sequence[int]) -> list[Any]:
        return self.store.image_at(places)

    def about(self, places: Sequence[int]) -> Struct:
        names = [self.store.files[place] for place in places]
        fields = {"Filename": cell_of_texts(names), "FileSize": numbers_column([file_size(name) for name in names])}
        if self.responses is not None:
            fields["Label"] = rows_at(self.responses, places)
        return Struct(fields)

    def chosen(self, places: Sequence[int]) -> Source:
        return OfFiles(self.store.chosen(places))

    def for_training(self) -> tuple[Source, bool]:
        if self.store.reader is not None or not have_folders(self.store.files):
            return self, False
        made = OfFiles(self.store)
        made.store.kept = Kept()
        warnings.filterwarnings("ignore", module=r"PIL\b")  # remarks about headers; filters are not a thread's own
        return made, True


class OfArray(Source):
    """Images height×width×channels×N; doubles become single, as MATLAB's do."""

    def __init__(self, pixels: ndarray, responses: Any):
        self.pixels, self.responses = pixels, responses

    def held(self) -> list[Any]:
        return [self.pixels, *super().held()]

    def count(self) -> int:
        return self.pixels.shape[3]

    def images(self, places: Sequence[int]) -> list[Any]:
        kind = np.float32 if self.pixels.dtype == np.float64 else self.pixels.dtype
        return [norm(np.array(self.pixels[..., place], kind, order="F")) for place in places]

    def for_training(self) -> tuple[Source, bool]:
        return self, True

    def chosen(self, places: Sequence[int]) -> Source:
        responses = None if self.responses is None else rows_at(self.responses, places)
        return OfArray(self.pixels[..., list(places)], responses)


class OfTable(Source):
    """The first variable of a table: images in a cell, or names of files."""

    def __init__(self, session: Any, items: list[Any], responses: Any):
        self.session, self.items, self.responses = session, items, responses

    def held(self) -> list[Any]:
        return [*self.items, *super().held()]

    def count(self) -> int:
        return len(self.items)

    def images(self, places: Sequence[int]) -> list[Any]:
        items = [self.items[place] for place in places]
        if items and text_or_none(items[0]) is not None:
            return read_pictures(self.session, [take.text(item, "The name of an image file") for item in items])
        return items

    def chosen(self, places: Sequence[int]) -> Source:
        responses = None if self.responses is None else rows_at(self.responses, places)
        return OfTable(self.session, [self.items[place] for place in places], responses)


def source_of(session: Any, value: Any, response: Any) -> Source:
    """The source that an argument is: of a datastore, a table with the names of its responses, an array and its."""
    if isinstance(value, ImageDatastore):
        if response is not None:
            raise ScriptError(
                "nnet_cnn:augmentedImageDatastore:responsesOfDatastore",
                "With an image datastore no responses are given: its Labels are the responses.",
            )
        return OfFiles(value)
    if type(value) is Table:
        return of_table(session, value, response)
    if type(value) is not ndarray or value.dtype == object or value.ndim > 4 or value.dtype.kind not in "fiub":
        raise ScriptError(
            "nnet_cnn:augmentedImageDatastore:invalidInput",
            "Images must be an imageDatastore, a table, or a numeric array of height-by-width-by-channels-by-N.",
            notes=(f"got {take.described(value)}",),
        )
    pixels = value.reshape(*value.shape, *([1] * (4 - value.ndim)), order="F")
    if response is None:
        return OfArray(pixels, None)
    return OfArray(pixels, responses_of(response, pixels.shape[3]))


def responses_of(value: Any, count: int) -> Any:
    """Responses with a row for each of `count` images: classes or numbers as a column, rows of numbers, or images
    along the fourth dimension as a cell."""
    shape = size_of(value)
    if type(value) is ndarray and value.dtype != object and value.ndim == 4 and shape[3] == count:
        made = np.empty((count, 1), object, order="F")
        for place in range(count):
            made[place, 0] = norm(value[..., place])
        return made
    if len(shape) == 2 and shape[0] != count and shape[1] == count == numel_of(value):
        return transpose(value)
    if shape[0] != count:
        raise ScriptError(
            "nnet_cnn:augmentedImageDatastore:XYSizeMismatch",
            "The number of images and the number of responses must be equal.",
            notes=(f"{count} images, {take.described(value)}",),
        )
    return value


def of_table(session: Any, table: Table, names: Any) -> Source:
    if not table.names:
        raise ScriptError("nnet_cnn:augmentedImageDatastore:emptyTable", "The table has no variables.")
    first = table.data(table.names[0])
    if is_cell(first):
        items = first.ravel("F").tolist()
    elif type(first) is String or isinstance(first, str):
        items = list(texts_or_none(first) or [])
    else:
        raise ScriptError(
            "nnet_cnn:augmentedImageDatastore:invalidTable",
            "The first variable of the table must hold images or names of image files.",
            notes=(f"'{table.names[0]}' is {take.described(first)}",),
        )
    chosen = table.names[1:] if names is None else take.texts(names, "responseNames")
    for name in chosen:
        table.place(name)
    if not chosen:
        return OfTable(session, items, None)
    if len(chosen) == 1:
        return OfTable(session, items, table.data(chosen[0]))
    return OfTable(session, items, table.select([table.place(name) for name in chosen]).joined())
