"""augmentedImageDatastore: images brought to one size, and changed at random, as networks are trained with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data import image_reading
from cnnscript.builtins.data.datastore_objects import (
    CHOOSING,
    READING,
    SHOWN_FIRST,
    Observations,
    column,
    places_of,
    require_datastore,
)
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_sources import OfFiles, Source, source_of
from cnnscript.builtins.images import picture_arguments
from cnnscript.builtins.images.data_augmenter import DataAugmenter, all_changed, changed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour
from cnnscript.pictures.images.resize import imresize
from cnnscript.pictures.images.warping import QUICK_CLASSES
from cnnscript.pictures.images.warping import SMALL as SMALL_TO_MOVE
from cnnscript.values import take
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, is_text, text_or_none, texts_or_none

NAME = "augmentedImageDatastore"
WORTH_A_THREAD = 20_000  # numbers in an image; with less, threads wait for each other longer than they work
SMALL = 100  # rows or columns of what is made, likewise


class AugmentedImageDatastore(Observations):
    """Images of one size in mini-batches.

    size       rows and columns; None: images keep theirs
    augmenter  None, or what changes images at random
    colours    'none', 'gray2rgb', 'rgb2gray'
    mode       'resize', 'centercrop', 'randcrop'
    """

    class_name = NAME
    methods = READING | CHOOSING | {"readByIndex", "partitionByIndex"}
    most = 128

    def __init__(
        self, source: Source, size: tuple[int, int] | None, augmenter: DataAugmenter | None, colours: str, mode: str
    ):
        self.source, self.size_made, self.augmenter, self.colours, self.mode = source, size, augmenter, colours, mode
        self.background = False

    def properties(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"NumObservations": float(self.observations())}
        if isinstance(self.source, OfFiles):
            shown["Files"] = cell_of_texts(self.source.store.files)
            shown["AlternateFileSystemRoots"] = self.source.store.roots
        return shown | {
            "MiniBatchSize": float(self.most),
            "DataAugmentation": "none" if self.augmenter is None else self.augmenter,
            "ColorPreprocessing": self.colours,
            "OutputSize": norm(np.array([self.size_made], float)),
            "OutputSizeMode": self.mode,
            "DispatchInBackground": self.background,
        }

    def set(self, name: str, value: Any) -> AugmentedImageDatastore:
        if name == "MiniBatchSize":
            self.most = take.positive(value, name)
        elif name == "DispatchInBackground":
            self.background = take.flag(value, name)
        else:
            return super().set(name, value)
        return self

    def held(self) -> Sequence[Any]:
        return self.source.held()

    # ---------------------------------------------------------------------------------------------------- reading
    def observations(self) -> int:
        return self.source.count()

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        columns: dict[str, Any] = {"input": column(self.images(session, places))}
        if self.source.responses is not None:
            columns["response"] = self.source.chosen(places).responses
        return Table.of(columns), self.source.about(places)

    def drawn(self, session: Any, count: int) -> list[tuple]:
        """What is random for so many images, in their order: how each is moved, and where it is cut."""
        crops = self.mode == "randcrop"
        matrices: Sequence[Any] = [None] * count
        corners = np.full((count, 2), 0.5)
        if self.augmenter is not None:
            matrices, more = self.augmenter.matrices(session, count, 2 if crops else 0)
            corners = more if crops else corners
        elif crops:
            corners = session.random.uniforms(2 * count).reshape(count, 2)
        return list(zip(matrices, corners.tolist(), strict=True))

    def images(self, session: Any, places: Sequence[int], drawn: list[tuple] | None = None) -> list[Any]:
        """The images at places from 0 as a network gets them; what is random is drawn here where it was not before."""
        return self.finished(places, self.drawn(session, len(places)) if drawn is None else drawn)

    def begun(self, session: Any, places: Sequence[int]) -> Callable[[], list[Any]]:
        """What makes these images, by any thread: what is random is drawn before."""
        drawn = self.drawn(session, len(places))
        return lambda: self.finished(places, drawn)

    def finished(self, places: Sequence[int], drawn: list[tuple]) -> list[Any]:
        """The images at places, changed as was drawn."""
        finished: list[Any] = []
        step = 2
        while len(finished) < len(places):  # a few at a time: photographs are large before they are resized
            block = slice(len(finished), len(finished) + step)
            images = self.source.images(places[block])
            finished += self.all_made(images, drawn[block])
            step = image_reading.at_once(images)
        return finished

    def all_made(self, images: list[Any], drawn: list[tuple]) -> list[Any]:
        if (stack := self.stack(images)) is not None:
            return self.made_together(stack, drawn, np.ndim(images[0]) == 2)
        if len(images) < 2 or np.size(images[0]) < WORTH_A_THREAD and max(self.size_made or (0,)) < SMALL:
            return [self.made(image, *how) for image, how in zip(images, drawn, strict=True)]
        first = self.made(images[0], *drawn[0])  # what is imported for it is there when the threads begin
        return [first, *image_reading.workers().map(self.made, images[1:], *zip(*drawn[1:], strict=True))]

    def stack(self, images: list[Any]) -> np.ndarray | None:
        """Small images of one size as N×H×W×C; None for others."""
        first = images[0] if len(images) > 1 else None
        if type(first) is not np.ndarray or first.ndim not in (2, 3) or first.dtype.name not in QUICK_CLASSES:
            return None
        kinds = {(type(each), np.shape(each), getattr(each, "dtype", None)) for each in images}
        if len(kinds) > 1 or not 0 < first.shape[0] * first.shape[1] <= SMALL_TO_MOVE:
            return None
        stack = np.stack(images)
        if stack.ndim == 4 and stack.shape[3] == 3 and self.colours == "rgb2gray":
            stack = np.stack([colour.rgb2gray(image) for image in stack])
        stack = stack[..., None] if stack.ndim == 3 else stack
        return stack if stack.dtype.kind == "u" or np.isfinite(stack).all() else None

    def made_together(self, stack: np.ndarray, drawn: list[tuple], flat: bool) -> list[Any]:
        """What `made` gives for each of many images, N×H×W×C; flat: they had no third dimension."""
        flat = flat or stack.shape[3] == 1
        if stack.shape[3] == 1 and self.colours == "gray2rgb":
            stack, flat = np.repeat(stack, 3, 3), False
        if self.augmenter is not None:
            stack = all_changed(self.augmenter, np.stack([matrix for matrix, _ in drawn]), stack)
        size = self.size_made
        if size is not None and stack.shape[1:3] != size:
            if self.mode == "resize":
                stack = imresize(stack.transpose(1, 2, 3, 0), size, method="bilinear").transpose(3, 0, 1, 2)
            else:
                cut = [self.sized(image, corner, size) for image, (_, corner) in zip(stack, drawn, strict=True)]
                stack = np.stack(cut)
        stack = stack[..., 0] if flat else stack
        return [norm(np.asfortranarray(image)) for image in stack]

    def made(self, image: Any, matrix: np.ndarray | None, corner: tuple[float, float]) -> Any:
        array = as_array(image)
        if is_text(image) or array.dtype == object or array.ndim not in (2, 3) or not array.size:
            raise ScriptError(
                f"nnet_cnn:{NAME}:invalidImage",
                "An image must be a numeric array of height-by-width or height-by-width-by-channels.",
                notes=(f"got {take.described(image)}",),
            )
        if self.colours == "gray2rgb":
            array = colour.as_rgb(array)
        elif self.colours == "rgb2gray" and array.ndim == 3 and array.shape[2] == 3:
            array = colour.rgb2gray(array)
        if matrix is not None:
            array = as_array(changed(self.augmenter, matrix, norm(array)))
        if self.size_made is not None and array.shape[:2] != self.size_made:
            array = self.sized(array, corner, self.size_made)
        return norm(np.asfortranarray(array))

    def sized(self, array: np.ndarray, corner: tuple[float, float], size: tuple[int, int],
              method: str = "bilinear") -> np.ndarray:  # fmt: skip
        if self.mode == "resize":
            return imresize(array, size, method=method)
        room = [have - wanted for have, wanted in zip(array.shape[:2], size, strict=True)]
        if min(room) < 0:
            raise ScriptError(
                f"nnet_cnn:{NAME}:imageSmallerThanOutput",
                f"Images must be at least as large as the OutputSize where OutputSizeMode is '{self.mode}'.",
                notes=(f"an image is {array.shape[0]}x{array.shape[1]}",),
            )
        if self.mode == "centercrop":
            top, left = (free // 2 for free in room)
        else:
            top, left = (int(part * (free + 1)) for part, free in zip(corner, room, strict=True))
        return array[top : top + size[0], left : left + size[1]]

    def for_training(self) -> tuple[AugmentedImageDatastore, bool]:
        """The datastore for many epochs, and whether its images can be made by a thread beside the script's."""
        made = self.copied()
        made.source, beside = self.source.for_training()
        return made, beside

    def preview(self, session: Any) -> Any:
        return self.piece(session, range(min(SHOWN_FIRST, self.observations())))[0]

    def nothing(self) -> Any:
        return Table.of({"input": np.empty((0, 1), object, order="F")})

    def chosen(self, places: Sequence[int]) -> AugmentedImageDatastore:
        made = self.copied()
        made.source = self.source.chosen(places)
        return made


def size_of_output(value: Any) -> tuple[int, int]:
    """Rows and columns of [rows cols] or [rows cols channels]."""
    if texts_or_none(value) is not None:
        raise take.wanted("a vector of two or three positive integers", "outputSize", value)
    numbers = take.vector(value, "outputSize")
    if numbers.size not in (2, 3) or ((numbers < 1) | (numbers != np.floor(numbers)) | ~np.isfinite(numbers)).any():
        raise take.wanted("a vector of two or three positive integers", "outputSize", value)
    return int(numbers[0]), int(numbers[1])


@builtin(name="augmentedImageDatastore")
def augmented_image_datastore(
    session, outputSize, images, /, *rest, DataAugmentation="none", ColorPreprocessing="none",
    OutputSizeMode="resize", DispatchInBackground=False
):  # fmt: skip
    """
    auimds = augmentedImageDatastore(outputSize, imds)
    auimds = augmentedImageDatastore(outputSize, X, Y)
    auimds = augmentedImageDatastore(outputSize, X)
    auimds = augmentedImageDatastore(outputSize, tbl)
    auimds = augmentedImageDatastore(outputSize, tbl, responseNames)
    auimds = augmentedImageDatastore(..., Name=Value)

    Images in mini-batches, brought to the size [rows cols] and changed at random each time they are read.

    imds is an image datastore, whose labels are the responses; X an array height×width×channels×N and Y its classes or
    numbers; tbl a table whose first variable holds images or names of files. read gives a table with the variables
    input and response; auimds.MiniBatchSize (128), how many at once, may be set.

    Options
      DataAugmentation      'none', or an imageDataAugmenter
      ColorPreprocessing    'none', 'gray2rgb' or 'rgb2gray'
      OutputSizeMode        'resize' (bilinear), 'centercrop' or 'randcrop'
      DispatchInBackground  false; images are read by several threads in any case

    Examples
      >> imds = imageDatastore({'coffee.png', 'chelsea.png', 'camera.png'}, Labels=categorical([1 2 3]));
      >> auimds = augmentedImageDatastore([64 48], imds, ColorPreprocessing='gray2rgb'); data = read(auimds)
      data =
        3×2 table
               input         response
          _______________    ________
          {64×48×3 uint8}       1
          {64×48×3 uint8}       2
          {64×48×3 uint8}       3
      >> auimds = augmentedImageDatastore([28 28 1], rand(20, 20, 1, 200), (1:200)')
      auimds =
        augmentedImageDatastore with properties:
               NumObservations: 200
                 MiniBatchSize: 128
              DataAugmentation: 'none'
            ColorPreprocessing: 'none'
                    OutputSize: [28 28]
                OutputSizeMode: 'resize'
          DispatchInBackground: 0
      >> auimds = augmentedImageDatastore([2 2], magic(4), OutputSizeMode='centercrop'); x = read(auimds); x.input{1}
      ans =
        2×2 single matrix
          11    10
           7     6
      >> tbl = table({'coffee.png'; 'camera.png'}, [7; 8], [1; 0], VariableNames=["file" "size" "mood"]);
      >> auimds = augmentedImageDatastore([10 10], tbl); data = read(auimds); data.response
      ans =
           7     1
           8     0
      >> auimds = augmentedImageDatastore([10 10], tbl, "mood"); data = read(auimds); data.response'
      ans =
           1     0

    See also imageDataAugmenter, imageDatastore, read, readByIndex, imresize.
    """
    size = size_of_output(outputSize)
    if len(rest) > 1 or rest and isinstance(images, ImageDatastore) and text_or_none(rest[0]) is not None:
        picture_arguments.no_options(list(rest), NAME)
    response = rest[0] if rest else None
    augmenter = DataAugmentation if isinstance(DataAugmentation, DataAugmenter) else None
    if augmenter is None and (text_or_none(DataAugmentation) or "").lower() != "none":
        raise take.wanted("'none' or an imageDataAugmenter", "DataAugmentation", DataAugmentation)
    colours = take.choice(ColorPreprocessing, ("none", "gray2rgb", "rgb2gray"), "ColorPreprocessing")
    mode = take.choice(OutputSizeMode, ("resize", "centercrop", "randcrop"), "OutputSizeMode")
    made = AugmentedImageDatastore(source_of(session, images, response), size, augmenter, colours, mode)
    made.background = take.flag(DispatchInBackground, "DispatchInBackground")
    return made


@builtin(name="augmentedImageSource")
def augmented_image_source(
    session, outputSize, images, /, *rest, DataAugmentation="none", ColorPreprocessing="none",
    OutputSizeMode="resize", BackgroundExecution=False
):  # fmt: skip
    """
    auimds = augmentedImageSource(outputSize, imds)
    auimds = augmentedImageSource(outputSize, X, Y)
    auimds = augmentedImageSource(..., Name=Value)

    The old name of augmentedImageDatastore, which says what it takes.

    Options
      DataAugmentation      'none', or an imageDataAugmenter
      ColorPreprocessing    'none', 'gray2rgb' or 'rgb2gray'
      OutputSizeMode        'resize' (bilinear), 'centercrop' or 'randcrop'
      BackgroundExecution   false; images are read by several threads in any case

    Examples
      >> auimds = augmentedImageSource([28 28], imageDatastore('coffee.png')); class(auimds)
      ans =
          'augmentedImageDatastore'
      >> auimds = augmentedImageSource([4 4], rand(8, 8, 1, 3), [1; 2; 3], OutputSizeMode='randcrop');
      >> height(read(auimds))
      ans =
           3

    See also augmentedImageDatastore.
    """
    return augmented_image_datastore(
        session, outputSize, images, *rest, DataAugmentation=DataAugmentation, ColorPreprocessing=ColorPreprocessing,
        OutputSizeMode=OutputSizeMode, DispatchInBackground=BackgroundExecution,
    )  # fmt: skip


@builtin(name="readByIndex", outputs=2)
def read_by_index(session, nargout, auimds, ind, /):
    """
    data = readByIndex(auimds, ind)
    [data, info] = readByIndex(auimds, ind)

    The observations of an augmentedImageDatastore with given numbers, as read gives them.

    Examples
      >> auimds = augmentedImageDatastore([4 4], rand(8, 8, 3, 10), (1:10)'); data = readByIndex(auimds, [3 9])
      data =
        2×2 table
              input         response
          ______________    ________
          {4×4×3 single}       3
          {4×4×3 single}       9
      >> imds = imageDatastore({'coffee.png', 'chelsea.png'});
      >> [data, info] = readByIndex(augmentedImageDatastore([4 4], imds), 2); info.Filename
      ans =
        1×1 cell array
          {'chelsea.png'}

    See also augmentedImageDatastore, read, partitionByIndex.
    """
    store = require_datastore(auimds, "readByIndex")
    data, info = store.piece(session, places_of(ind, store.observations(), "readByIndex"))
    return (data, info) if nargout > 1 else data


@builtin(name="partitionByIndex")
def partition_by_index(auimds, ind, /):
    """
    auimds2 = partitionByIndex(auimds, ind)

    An augmentedImageDatastore of the observations with given numbers.

    Examples
      >> auimds = augmentedImageDatastore([4 4], rand(8, 8, 3, 10), (1:10)');
      >> auimds2 = partitionByIndex(auimds, [3 9]); data = read(auimds2); data.response'
      ans =
           3     9

    See also augmentedImageDatastore, readByIndex, subset.
    """
    store = require_datastore(auimds, "partitionByIndex")
    return store.chosen(places_of(ind, store.observations(), "partitionByIndex"))
