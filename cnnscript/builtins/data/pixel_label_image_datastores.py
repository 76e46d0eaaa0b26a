"""pixelLabelImageDatastore: images and the classes of their pixels, changed at random together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.augmented_datastores import AugmentedImageDatastore, size_of_output
from cnnscript.builtins.data.datastore_objects import column, require_datastore
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_sources import OfFiles
from cnnscript.builtins.data.pixel_label_datastores import PixelLabelDatastore, counted, one_by_one
from cnnscript.builtins.images.data_augmenter import DataAugmenter, changed
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_empty, norm
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, text_or_none

NAME = "pixelLabelImageDatastore"


class PixelLabelImageDatastore(AugmentedImageDatastore):
    """labels: the label images, one for each image of the source."""

    class_name = NAME
    methods = AugmentedImageDatastore.methods | {"countEachLabel"}
    most = 1

    def __init__(self, source: OfFiles, labels: PixelLabelDatastore, size: tuple[int, int] | None,
                 augmenter: DataAugmenter | None, colours: str, mode: str):  # fmt: skip
        super().__init__(source, size, augmenter, colours, mode)
        self.labels = labels

    def properties(self) -> dict[str, Any]:
        size = np.zeros((0, 0)) if self.size_made is None else norm(np.array([self.size_made], float))
        return {
            "Images": cell_of_texts(self.source.store.files),  # type: ignore[attr-defined]
            "PixelLabelData": cell_of_texts(self.labels.files),
            "ClassNames": cell_of_texts(self.labels.classes),
            "DataAugmentation": "none" if self.augmenter is None else self.augmenter,
            "ColorPreprocessing": self.colours,
            "OutputSize": size,
            "OutputSizeMode": self.mode,
            "MiniBatchSize": float(self.most),
            "NumObservations": float(self.observations()),
            "DispatchInBackground": self.background,
        }

    def held(self) -> Sequence[Any]:
        return [*super().held(), *self.labels.held()]

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        drawn = self.drawn(session, len(places))
        labels = [self.relabelled(image, *how) for image, how in zip(self.labels.image_at(places), drawn, strict=True)]
        columns = {"inputImage": column(self.images(session, places, drawn)), "pixelLabelImage": column(labels)}
        return Table.of(columns), self.source.about(places)

    def relabelled(self, labels: Categorical, matrix: np.ndarray | None, corner: tuple[float, float]) -> Categorical:
        """Labels moved, resized and cut as their image is; what comes from outside is undefined."""
        if matrix is not None:
            assert self.augmenter is not None
            labels = changed(self.augmenter, matrix, labels)
        if self.size_made is None or labels.codes.shape[:2] == self.size_made:
            return labels
        codes = self.sized(labels.codes.astype(np.float64), corner, self.size_made, "nearest")
        return Categorical(np.asfortranarray(codes.astype(np.int64)), labels.names)

    def nothing(self) -> Any:
        return Table.of({name: np.empty((0, 1), object, order="F") for name in ("inputImage", "pixelLabelImage")})

    def chosen(self, places: Sequence[int]) -> PixelLabelImageDatastore:
        made = super().chosen(places)
        made.labels = self.labels.chosen(places)  # type: ignore[attr-defined]
        return made  # type: ignore[return-value]


@builtin(name="pixelLabelImageDatastore")
def pixel_label_image_datastore(
    imds, pxds, /, *, DataAugmentation="none", ColorPreprocessing="none", OutputSize=None, OutputSizeMode="resize",
    DispatchInBackground=False
):  # fmt: skip
    """
    pximds = pixelLabelImageDatastore(imds, pxds)
    pximds = pixelLabelImageDatastore(imds, pxds, Name=Value)

    Images with the classes of their pixels, to train a network that segments: both are resized and changed alike.

    imds is an imageDatastore, pxds a pixelLabelDatastore of as many files, in the same order. read gives a table with
    the variables inputImage and pixelLabelImage; pximds.MiniBatchSize (1), how many rows at once, may be set. Labels
    are resized and moved to the nearest pixel; where the augmentation shows what is outside of the image, they are
    undefined.

    Options
      DataAugmentation      'none', or an imageDataAugmenter
      ColorPreprocessing    'none', 'gray2rgb' or 'rgb2gray'
      OutputSize            [rows cols] of what is read; [] (default): as the files have it
      OutputSizeMode        'resize', 'centercrop' or 'randcrop'
      DispatchInBackground  false; images are read by several threads in any case

    Examples
      >> mkdir im; mkdir lb; imwrite(uint8([9 8; 7 6]), 'im/a.png'); imwrite(uint8([0 1; 1 1]), 'lb/a.png');
      >> pximds = pixelLabelImageDatastore(imageDatastore('im'), pixelLabelDatastore('lb', ["sky" "road"], [0 1]));
      >> disp(pximds.NumObservations), disp(pximds.OutputSizeMode)
           1
      resize
      >> data = read(pximds)
      data =
        1×2 table
          inputImage      pixelLabelImage
          ___________    _________________
          {2×2 uint8}    {2×2 categorical}
      >> pxds = pixelLabelDatastore('lb', ["sky" "road"], [0 1]);
      >> pximds = pixelLabelImageDatastore(imageDatastore('im'), pxds, OutputSize=[4 4], ColorPreprocessing='gray2rgb');
      >> data = read(pximds); size(data.inputImage{1})
      ans =
           4     4     3

    See also pixelLabelDatastore, imageDatastore, imageDataAugmenter, combine, trainNetwork, countEachLabel.
    """
    images = of_kind(imds, ImageDatastore, "an imageDatastore", "imds")
    labels = of_kind(pxds, PixelLabelDatastore, "a pixelLabelDatastore", "pxds")
    if images.observations() != labels.observations():
        raise ScriptError(
            "vision:semanticseg:numImagesMismatch",
            "The image datastore and the pixel label datastore must have the same number of files.",
            notes=(f"{images.observations()} images, {labels.observations()} pixel label images",),
        )
    size = None if OutputSize is None or is_empty(OutputSize) else size_of_output(OutputSize)
    augmenter = DataAugmentation if isinstance(DataAugmentation, DataAugmenter) else None
    if augmenter is None and (text_or_none(DataAugmentation) or "").lower() != "none":
        raise take.wanted("'none' or an imageDataAugmenter", "DataAugmentation", DataAugmentation)
    colours = take.choice(ColorPreprocessing, ("none", "gray2rgb", "rgb2gray"), "ColorPreprocessing")
    mode = take.choice(OutputSizeMode, ("resize", "centercrop", "randcrop"), "OutputSizeMode")
    made = PixelLabelImageDatastore(OfFiles(images), labels.copied(), size, augmenter, colours, mode)
    made.background = take.flag(DispatchInBackground, "DispatchInBackground")
    return made


def of_kind(value: Any, kind: type, words: str, name: str) -> Any:
    if not isinstance(value, kind) or kind is ImageDatastore and isinstance(value, PixelLabelDatastore):
        raise take.wanted(words, name, value)
    return value


@overload(NAME, name="countEachLabel")
def count_each_pixel_label(pximds, /):
    """
    tbl = countEachLabel(pximds)

    How many pixels there are of each class in the label images as their files have them.

    Examples
      >> imwrite(uint8([0 1; 1 7]), 'a.png'); pxds = pixelLabelDatastore('a.png', ["sky" "road"], [0 1]);
      >> tbl = countEachLabel(pixelLabelImageDatastore(imageDatastore('a.png'), pxds)); tbl.ImagePixelCount'
      ans =
           4     4

    See also pixelLabelImageDatastore.
    """
    store = require_datastore(pximds, "countEachLabel")
    return counted(store.labels.classes, one_by_one(store.labels))
