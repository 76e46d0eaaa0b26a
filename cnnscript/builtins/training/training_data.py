"""Training data in the forms in which scripts have them, as feeds of the engine: nothing is read before its turn.

data in memory (arrays, tables of features)             ArrayFeed
images that are read or made one by one, by number      ImageFeed
datastores that can only be read from start to end      StoreFeed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnscript.builtins.data.augmented_datastores import AugmentedImageDatastore
from cnnscript.builtins.data.combined_datastores import OfProgram, below
from cnnscript.builtins.data.datastore_objects import Datastore, Observations
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_sources import Source, source_of
from cnnscript.builtins.data.observations import observations, read_together
from cnnscript.builtins.data.patch_datastores import PatchDatastore
from cnnscript.builtins.data.pixel_label_image_datastores import PixelLabelImageDatastore
from cnnscript.builtins.networks.sequence_layouts import NOT_SEQUENCES
from cnnscript.builtins.training.targets import Targets, categories_of, disagreement, invalid
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layers import Layer
from cnnscript.engine.training.feeds import ArrayFeed, Batch, Feed, single
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, is_cell, is_numeric, ndarray
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none

if TYPE_CHECKING:
    from concurrent.futures import Future

Begun = Callable[[Sequence[int]], Callable[[], list[Any]]]


class Data:
    """Predictors and responses as a script gave them.

    inputs  the input layers of the network
    what    'training' or 'validation', for errors
    """

    def __init__(self, inputs: Sequence[Layer], what: str):
        self.inputs, self.what = inputs, what

    def first_response(self) -> Any:
        """A response, or all: of categories, those of all data."""
        raise NotImplementedError

    def feed(self, targets: Targets) -> Feed:
        raise NotImplementedError


def require_one(inputs: Sequence[Layer], what: str) -> None:
    if len(inputs) != 1:
        raise invalid(what, "Invalid {} data. For a network with several inputs, the data must be a datastore.",
                      f"the network has {len(inputs)} inputs",
                      hint="combine(ds1,ds2,dsResponses) makes one")  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ in memory
class OfArrays(Data):
    """array: N×H×W×C; responses: a value with a row for each, or images along its fourth dimension."""

    def __init__(self, array: ndarray, responses: Any, inputs: Sequence[Layer], what: str):
        super().__init__(inputs, what)
        self.array, self.responses = array, responses
        require_real(array, what)
        require_some(array.size, what)
        check_size(array.shape[1:], inputs[0], what)

    def first_response(self) -> Any:
        return self.responses

    def feed(self, targets: Targets) -> Feed:
        made = targets.of(self.responses)
        if len(made) != len(self.array):
            raise disagreement(targets.newer, len(self.array), len(made))
        require_some(len(made), self.what)
        return ArrayFeed([self.array], made)


def of_arrays(predictors: Any, responses: Any, inputs: Sequence[Layer], what: str) -> Data:
    if not is_numeric(predictors) and not (type(predictors) is ndarray and predictors.dtype == bool):
        raise no_predictors(predictors, what)
    array = as_array(predictors)
    if isinstance(inputs[0], FeatureInput):
        if array.ndim != 2:
            raise invalid(what, "Invalid {} data. For feature input, predictors must be a matrix of "
                          "observations by features.", f"they are {take.described(predictors)}")  # fmt: skip
        return OfArrays(array[:, None, None, :], responses, inputs, what)
    if array.ndim > 4:
        raise ScriptError("cnnscript:NotYet", "Training on volumes is not in cnnscript yet.",
                          notes=(f"the predictors are {take.described(predictors)}",))  # fmt: skip
    whole = array.reshape((*array.shape, 1, 1)[:4], order="F")
    return OfArrays(whole.transpose(3, 0, 1, 2), responses, inputs, what)


def no_predictors(value: Any, what: str) -> ScriptError:
    """The error for predictors of a class that no images are of."""
    named = texts_or_none(value) is not None
    hint = "imageDatastore reads the images of folders and files, and its Labels are their classes" if named else None
    return invalid(what, NOT_SEQUENCES, f"they are {take.described(value)}", hint=hint)


def of_features(table: Table, names: Sequence[Any], inputs: Sequence[Layer], what: str) -> Data:
    """A table of features: the named variables are the responses, without names the last; all others are features."""
    chosen = take.texts(names[0], "responseNames") if names else table.names[-1:]
    for name in chosen:
        table.place(name)
    columns = [table.data(name) for name in table.names if name not in chosen]
    bad = [name for name in table.names if name not in chosen and not is_numeric(table.data(name))]
    if bad:
        raise invalid(what, "Invalid {} data. For feature input, the predictors in a table must be numeric.",
                      f"'{bad[0]}' is {take.described(table.data(bad[0]))}",
                      hint="onehotencode makes numbers of categories")  # fmt: skip
    array = np.hstack([as_array(one) for one in columns]) if columns else np.zeros((table.rows, 0))
    if len(chosen) == 1:
        responses = table.data(chosen[0])
    else:
        responses = table.select([table.place(name) for name in chosen]).joined()
    return OfArrays(array[:, None, None, :], responses, inputs, what)


# ------------------------------------------------------------------------------------------------------------ by number
class OfImages(Data):
    """begun: places from 0 → what makes the images there; beside: whether a thread beside the script's can do that."""

    def __init__(self, begun: Begun, beside: bool, count: int, responses: Any, inputs: Sequence[Layer], what: str):
        super().__init__(inputs, what)
        self.begun, self.beside, self.count, self.responses = begun, beside, count, responses
        require_some(count, what)
        if responses is None:
            raise invalid(what, "Invalid {} data. The datastore has no responses.",
                          hint="an imageDatastore has them in Labels: LabelSource='foldernames'")  # fmt: skip

    def first_response(self) -> Any:
        return self.responses

    def feed(self, targets: Targets) -> Feed:
        return ImageFeed(self.begun, self.beside, targets.of(self.responses), self.inputs[0], self.what)


def of_source(source: Source, inputs: Sequence[Layer], what: str) -> Data:
    kept, beside = source.for_training()
    return OfImages(lambda places: lambda: kept.images(places), beside, source.count(), source.responses, inputs, what)


class ImageFeed:
    """Images fetched by their numbers when it is their turn: a mini-batch is made while the one before is learned."""

    def __init__(self, begun: Begun, beside: bool, targets: np.ndarray, layer: Layer, what: str):
        self.begun, self.beside, self.targets, self.layer, self.what = begun, beside, targets, layer, what
        self.count = len(targets)
        self.start(None)

    def start(self, order: Sequence[int] | None) -> None:
        self.order = list(range(self.count)) if order is None else list(order)
        self.next = 0

    def take(self, most: int) -> Batch | None:
        places = self.order[self.next : self.next + most]
        if not places:
            return None
        self.next += len(places)
        images = self.begun(places)  # what is random in them is drawn here, in the order of the observations

        def inputs() -> list[np.ndarray]:
            return [stacked(images(), self.layer, self.what)]

        targets = self.targets[places]
        return ComingBatch(maker().submit(inputs), targets) if self.beside else Batch(inputs(), targets)


class ComingBatch(Batch):
    """A mini-batch whose images another thread makes meanwhile; whoever wants them waits, and gets its error."""

    def __init__(self, coming: Future, targets: np.ndarray):
        object.__setattr__(self, "coming", coming)
        object.__setattr__(self, "targets", targets)

    @property
    def inputs(self) -> list[np.ndarray]:  # type: ignore[override]
        return self.coming.result()


@cache
def maker() -> Any:
    """The thread that makes mini-batches; it has those of image_reading to read files."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix="mini-batches")


# ---------------------------------------------------------------------------------------------------------- in sequence
class OfStore(Data):
    """A datastore whose pieces are rows: an input for each of the network's, then the response to each output."""

    def __init__(self, session: Any, store: Datastore, inputs: Sequence[Layer], what: str):
        super().__init__(inputs, what)
        self.session, self.store = session, store.copied()

    def first_response(self, output: int = 0) -> Any:
        store = self.store.copied()
        rows = observations(store.read(self.session)[0]) if store.has_more() else []
        require_some(len(rows), self.what)
        return response_of(rows[0], len(self.inputs) + output, self.what)

    def feed(self, targets: Targets) -> Feed:
        return StoreFeed(self.session, self.store, targets, self.inputs, self.what)


class StoreFeed:
    """A datastore read from start to end, in another order where it can be chosen from."""

    def __init__(self, session: Any, store: Datastore, targets: Targets, inputs: Sequence[Layer], what: str):
        self.session, self.store, self.targets, self.inputs, self.what = session, store, targets, inputs, what
        choosable = not isinstance(store, OfProgram) and "subset" in store.methods
        self.count = store.observations() if choosable else None  # type: ignore[attr-defined]
        self.start(None)

    def start(self, order: Sequence[int] | None) -> None:
        self.current = self.store.copied() if order is None else self.store.chosen(list(order))  # type: ignore[attr-defined]
        self.waiting: list[list[Any]] = []

    def rows(self, most: int) -> list[list[Any]]:
        """The next observations, up to so many, as they are read."""
        read_together(self.current, most)
        while len(self.waiting) < most and self.current.has_more():
            self.waiting += observations(self.current.read(self.session)[0])
        rows, self.waiting = self.waiting[:most], self.waiting[most:]
        return rows

    def take(self, most: int) -> Batch | None:
        rows = self.rows(most)
        if not rows:
            return None
        count = len(self.inputs)
        for row in rows:
            check_columns(row, count + len(self.targets.each), self.what)
        made = [
            one.of_rows([response_of(row, count + k, self.what) for row in rows])
            for k, one in enumerate(self.targets.each)
        ]
        columns = [[cell_content(row[k]) for row in rows] for k in range(count)]
        images = [stacked(column, layer, self.what) for column, layer in zip(columns, self.inputs, strict=True)]
        return Batch(images, made[0], others=tuple(made[1:]))


def check_columns(row: Sequence[Any], count: int, what: str) -> None:
    """MATLAB takes a column for each input and each output, not one more."""
    if len(row) > count:
        raise invalid(what, "Invalid {} data. Each row that the datastore reads must have predictors and responses.",
                      f"a row has {len(row)} columns, the network takes {count}")  # fmt: skip


def of_datastore(session: Any, value: Any, inputs: Sequence[Layer], what: str) -> Data:
    store = below(session, [value], "read")[0]
    if isinstance(store, (PixelLabelImageDatastore, PatchDatastore)):
        require_one(inputs, what)
        return OfStore(session, store, inputs, what)
    if isinstance(store, (ImageDatastore, AugmentedImageDatastore)):
        require_one(inputs, what)
    if isinstance(store, ImageDatastore):
        return of_source(source_of(session, store, None), inputs, what)
    if isinstance(store, AugmentedImageDatastore):
        made, beside = store.for_training()
        return OfImages(lambda places: made.begun(session, places), beside, made.observations(),
                        made.source.responses, inputs, what)  # fmt: skip
    if isinstance(store, Observations) and len(inputs) == 1:
        raise invalid(what, "Invalid {} data. Each row that the datastore reads must have predictors and responses.",
                      f"it is a {store.class_name.rpartition('.')[2]}",
                      hint="combine(dsX,dsY) has both")  # fmt: skip
    return OfStore(session, store, inputs, what)


def response_of(row: Sequence[Any], count: int, what: str) -> Any:
    if len(row) <= count:
        raise invalid(what, "Invalid {} data. Each row that the datastore reads must have predictors and responses.",
                      f"a row has {len(row)} of {count + 1} columns",
                      hint="a transform gives {image,label}: a cell with a column for each")  # fmt: skip
    return row[count]


def cell_content(value: Any) -> Any:
    return value.ravel("F")[0] if is_cell(value) and value.size == 1 else value


def stacked(images: Sequence[Any], layer: Layer, what: str) -> np.ndarray:
    """Images, or rows of features, as N×H×W×C in single, of the size that the layer takes."""
    arrays = []
    for image in images:
        array = as_array(image) if is_numeric(image) or type(image) is ndarray and image.dtype == bool else None
        if array is None or array.ndim > 3:
            raise invalid(what, "Invalid {} data. Predictors must be numeric arrays of images.",
                          f"one is {take.described(image)}")  # fmt: skip
        require_real(array, what)
        if isinstance(layer, FeatureInput):
            array = array.reshape(1, 1, -1, order="F")
        shape = (*array.shape, 1)[:3]
        check_size(shape, layer, what)
        arrays.append(array.reshape(shape, order="F"))
    return single(np.stack(arrays))


def check_size(got: Sequence[int], layer: Layer, what: str) -> None:
    wanted = layer.input_size if isinstance(layer, ImageInput) else None
    if wanted is None or tuple(got) == tuple(wanted):
        return
    if isinstance(layer, FeatureInput):
        raise ScriptError(
            "nnet_cnn:trainNetwork:InputSizeMismatch",
            f"Invalid {what} data. Number of features ({got[2]}) must match the input size of the feature input layer "
            f"({wanted[2]}).",
        )
    hint = None
    if got[:2] != wanted[:2]:
        hint = f"augmentedImageDatastore([{wanted[0]} {wanted[1]}],imds) resizes images"
    elif (got[2], wanted[2]) == (1, 3):
        hint = "augmentedImageDatastore(..., 'ColorPreprocessing','gray2rgb') makes colours"
    elif (got[2], wanted[2]) == (3, 1):
        hint = "augmentedImageDatastore(..., 'ColorPreprocessing','rgb2gray') takes colours away"
    elif wanted[2] == 1 and got[2] != 4:  # images one behind the other, without a dimension of channels
        hint = f"N images are {wanted[0]}×{wanted[1]}×1×N: reshape(X,{wanted[0]},{wanted[1]},1,[])"
    raise ScriptError(
        "nnet_cnn:trainNetwork:ImageSizeMismatch",
        f"The {what} images are of size {times(got)} but the input layer expects images of size {times(wanted)}.",
        hint=hint,
    )


def times(size: Sequence[int]) -> str:
    return "×".join(map(str, size))


def require_real(array: np.ndarray, what: str) -> None:
    if array.dtype.kind == "c":
        raise invalid(what, "Invalid {} data. Predictors must be real.", "they are complex",
                      hint="cat(3,real(X),imag(X)) has both parts as channels")  # fmt: skip


def require_some(count: int, what: str) -> None:
    if not count:
        raise invalid(what, "Invalid {} data. There are no observations.")


def classes_of(data: Data) -> tuple[str, ...]:
    """The classes of the responses."""
    return categories_of(data.first_response(), data.what)
