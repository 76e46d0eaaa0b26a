"""Patches cut from images at random, in mini-batches: randomPatchExtractionDatastore, denoisingImageDatastore."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import CHOOSING, READING, Observations, column
from cnnscript.builtins.data.image_datastores import ImageDatastore
from cnnscript.builtins.data.image_reading import Kept, have_folders
from cnnscript.builtins.data.pixel_label_datastores import PixelLabelDatastore
from cnnscript.builtins.images.data_augmenter import DataAugmenter, changed
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, scale
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import cell_of_texts, text_or_none

PATCHES, DENOISING = "randomPatchExtractionDatastore", "denoisingImageDatastore"
SHOWN_FIRST = 8  # rows of a preview


class PatchDatastore(Observations):
    """Observations are patches, `per_image` of each image; where they are cut is drawn anew each time.

    stores  image datastores whose images belong together
    size    rows and columns of a patch, and maybe planes
    of      for each observation the place of its image
    """

    methods = READING | CHOOSING | {"readByIndex"}
    most = 128

    def __init__(self, stores: Sequence[ImageDatastore], size: tuple[int, ...], per_image: int):
        self.stores, self.size_cut, self.per_image = [store.copied() for store in stores], size, per_image
        self.of = np.repeat(np.arange(stores[0].observations()), per_image)
        self.background = False
        for store in self.stores:  # an image is wanted again for each of its patches
            if store.reader is None and have_folders(store.files):
                store.kept = Kept()

    def set(self, name: str, value: Any) -> PatchDatastore:
        if name == "MiniBatchSize":
            self.most = take.positive(value, name)
        elif name == "DispatchInBackground":
            self.background = take.flag(value, name)
        else:
            return super().set(name, value)
        return self

    def held(self) -> Sequence[Any]:
        return [cell_of_texts(store.files) for store in self.stores]

    def observations(self) -> int:
        return len(self.of)

    def chosen(self, places: Sequence[int]) -> PatchDatastore:
        made = self.copied()
        made.of = self.of[list(places)]
        return made

    def preview(self, session: Any) -> Any:
        return self.piece(session, range(min(SHOWN_FIRST, self.observations())))[0]

    def read_all(self, session: Any) -> Any:
        return self.piece(session, range(self.observations()))[0]

    def columns(self, session: Any, patches: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
        """The variables of the table that patches, of all stores for each observation, are read as."""
        raise NotImplementedError

    def prepared(self, image: Any) -> Any:
        """An image as patches are cut from it."""
        return image

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        of = self.of[list(places)]
        wanted = list(dict.fromkeys(of.tolist()))
        images = [
            dict(zip(wanted, map(self.prepared, store.image_at(wanted)), strict=True)) if wanted else {}
            for store in self.stores
        ]
        corners = session.random.uniforms(len(of) * len(self.size_cut)).reshape(len(of), -1)
        patches, rectangles = [], []
        for place, corner in zip(of.tolist(), corners, strict=True):
            start = self.start(images[0][place], corner, self.stores[0].files[place])
            rectangles.append([start[1] + 1, start[0] + 1, self.size_cut[1], self.size_cut[0]])
            patches.append(tuple(
                self.cut(each[place], start, images[0][place], store.files[place])
                for each, store in zip(images, self.stores, strict=True)
            ))  # fmt: skip
        table = {name: column(values) for name, values in self.columns(session, patches).items()}
        names = cell_of_texts([self.stores[0].files[place] for place in of]) if len(of) else column([])
        rows = norm(np.array(rectangles, float).reshape(-1, 4))
        return Table.of(table), Struct({"Filename": names, "RandomPatchRectangles": rows})

    def start(self, image: Any, corner: np.ndarray, name: str) -> list[int]:
        """The first row, column (and plane) of a patch."""
        shape = plain(image).shape
        room = [have - cut for have, cut in zip((*shape, 1), self.size_cut, strict=False)]
        if min(room) < 0:
            raise ScriptError(
                f"images:{self.class_name}:patchLargerThanImage",
                "PatchSize must not exceed the size of the images.",
                notes=(f"{name} is {'×'.join(map(str, shape))}", f"PatchSize is {'×'.join(map(str, self.size_cut))}"),
            )
        return [int(part * (free + 1)) for part, free in zip(corner, room, strict=True)]

    def cut(self, image: Any, start: Sequence[int], first: Any, name: str) -> Any:
        array, count = plain(image), len(start)
        if array.shape[:count] != plain(first).shape[:count]:
            raise ScriptError(
                f"images:{self.class_name}:sizesDiffer",
                "Images that belong together must have the same size.",
                notes=(f"{name} is {'×'.join(map(str, array.shape))}, the other "
                       f"{'×'.join(map(str, plain(first).shape))}",),
            )  # fmt: skip
        slices = [slice(low, low + size) for low, size in zip(start, self.size_cut, strict=True)]
        part = np.asfortranarray(array[tuple(slices[: array.ndim])])  # a third one is 0:1 where images are grey
        if isinstance(image, Categorical):
            return Categorical(part, list(image.names), image.ordinal, image.protected)
        return norm(part)


def plain(image: Any) -> np.ndarray:
    return image.codes if isinstance(image, Categorical) else as_array(image)


# -------------------------------------------------------------------------------------------------- pairs of patches
class RandomPatchExtractionDatastore(PatchDatastore):
    """augmenter: None, or what changes both patches of a pair alike."""

    class_name = PATCHES
    augmenter: DataAugmenter | None = None

    def properties(self) -> dict[str, Any]:
        return {
            "PatchesPerImage": float(self.per_image),
            "PatchSize": norm(np.array([self.size_cut], float)),
            "MiniBatchSize": float(self.most),
            "DataAugmentation": "none" if self.augmenter is None else self.augmenter,
            "NumObservations": float(self.observations()),
            "DispatchInBackground": self.background,
        }

    def columns(self, session: Any, patches: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
        if self.augmenter is not None:
            matrices = self.augmenter.matrices(session, len(patches))[0]
            patches = [
                tuple(changed(self.augmenter, matrix, part) for part in parts)
                for matrix, parts in zip(matrices, patches, strict=True)
            ]
        names = [
            f"{role}PixelLabelImage" if isinstance(store, PixelLabelDatastore) else f"{role}Image"
            for role, store in zip(("Input", "Response"), self.stores, strict=True)
        ]
        return {name: [parts[k] for parts in patches] for k, name in enumerate(names)}


@builtin(name=PATCHES)
def random_patch_extraction_datastore(
    ds1, ds2, PatchSize, /, *, PatchesPerImage=128.0, DataAugmentation="none", DispatchInBackground=False
):  # fmt: skip
    """
    patchds = randomPatchExtractionDatastore(ds1, ds2, PatchSize)
    patchds = randomPatchExtractionDatastore(ds1, ds2, PatchSize, Name=Value)

    Pairs of patches, cut at the same random place from an image of ds1 and the one of ds2 that belongs to it: to train
    networks from image to image, or, where ds2 is a pixelLabelDatastore, networks that segment.

    PatchSize is [rows cols], one number for squares, or [rows cols planes] for volumes. read gives a table with the
    variables InputImage and ResponseImage (ResponsePixelLabelImage for pixel labels) of patchds.MiniBatchSize (128)
    rows; where a patch is cut is drawn anew each time, as rng determines. [data, info] = read(patchds) gives in info
    where: RandomPatchRectangles, a row [x y width height] for each.

    Options
      PatchesPerImage       how many patches of each image there are (128)
      DataAugmentation      'none', or an imageDataAugmenter, which changes both patches alike
      DispatchInBackground  false; files are read by several threads in any case

    Examples
      >> mkdir a; mkdir b; for k = 1:2, I = magic(8) + k; imwrite(uint8(I), "a/" + k + ".png"); end
      >> for k = 1:2, imwrite(uint8(100 + magic(8) + k), "b/" + k + ".png"); end
      >> patchds = randomPatchExtractionDatastore(imageDatastore('a'), imageDatastore('b'), [3 4], PatchesPerImage=5)
      patchds =
        randomPatchExtractionDatastore with properties:
               PatchesPerImage: 5
                     PatchSize: [3 4]
                 MiniBatchSize: 128
              DataAugmentation: 'none'
               NumObservations: 10
          DispatchInBackground: 0
      >> patchds.MiniBatchSize = 2; data = read(patchds)
      data =
        2×2 table
          InputImage     ResponseImage
          ___________    _____________
          {3×4 uint8}     {3×4 uint8}
          {3×4 uint8}     {3×4 uint8}
      >> isequal(data.ResponseImage{2}, data.InputImage{2} + 100)
      ans =
        logical
         1
      >> g = imageDataAugmenter('RandXReflection', true);
      >> patchds = randomPatchExtractionDatastore(imageDatastore('a'), imageDatastore('b'), 8, DataAugmentation=g);

    See also denoisingImageDatastore, imageDatastore, pixelLabelDatastore, imageDataAugmenter, trainNetwork.
    """
    stores = [images_of(ds1, PATCHES, "ds1"), images_of(ds2, PATCHES, "ds2")]
    if stores[0].observations() != stores[1].observations():
        raise ScriptError(
            f"images:{PATCHES}:numImagesMismatch",
            "Both datastores must have the same number of images.",
            notes=tuple(f"ds{k + 1} has {store.observations()}" for k, store in enumerate(stores)),
        )
    size = size_of_patch(PatchSize, (2, 3))
    made = RandomPatchExtractionDatastore(stores, size, take.positive(PatchesPerImage, "PatchesPerImage"))
    if isinstance(DataAugmentation, DataAugmenter):
        made.augmenter = DataAugmentation
    elif (text_or_none(DataAugmentation) or "").lower() != "none":
        raise take.wanted("'none' or an imageDataAugmenter", "DataAugmentation", DataAugmentation)
    made.background = take.flag(DispatchInBackground, "DispatchInBackground")
    return made


# --------------------------------------------------------------------------------------------------- patches and noise
class DenoisingImageDatastore(PatchDatastore):
    """levels: the least and the largest standard deviation of the noise; grey: whether patches have one channel."""

    class_name = DENOISING
    levels: tuple[float, float] = (0.1, 0.1)
    grey = True

    def properties(self) -> dict[str, Any]:
        low, high = self.levels
        return {
            "PatchesPerImage": float(self.per_image),
            "PatchSize": norm(np.array([[*self.size_cut, 1 if self.grey else 3]], float)),
            "GaussianNoiseLevel": low if low == high else norm(np.array([[low, high]])),
            "ChannelFormat": "grayscale" if self.grey else "rgb",
            "MiniBatchSize": float(self.most),
            "NumObservations": float(self.observations()),
            "DispatchInBackground": self.background,
        }

    def prepared(self, image: Any) -> Any:
        array = scale.im2double(as_array(image), np.float32)
        if not self.grey:
            return colour.as_rgb(array)
        return colour.rgb2gray(array) if array.ndim == 3 and array.shape[2] == 3 else array

    def columns(self, session: Any, patches: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
        low, high = self.levels
        noisy, noise = [], []
        for (patch,) in patches:
            level = low if low == high else low + (high - low) * float(session.random.uniforms(1)[0])
            array = as_array(patch)
            added = (level * session.random.normals(array.size)).astype(np.float32).reshape(array.shape, order="F")
            noise.append(norm(added))
            noisy.append(norm(array + added))
        return {"input": noisy, "response": noise}


@builtin(name=DENOISING)
def denoising_image_datastore(
    imds, /, *, PatchesPerImage=512.0, PatchSize=50.0, GaussianNoiseLevel=0.1, ChannelFormat="grayscale",
    DispatchInBackground=False
):  # fmt: skip
    """
    dnimds = denoisingImageDatastore(imds)
    dnimds = denoisingImageDatastore(imds, Name=Value)

    Patches cut at random from the images of an imageDatastore, with noise, and that noise: what networks such as
    dnCNNLayers learn to find.

    Images are taken as single from 0 to 1. read gives a table with the variables input, the patch with its noise, and
    response, the noise alone, of dnimds.MiniBatchSize (128) rows; both are drawn anew each time, as rng determines.

    Options
      PatchesPerImage       how many patches of each image there are (512)
      PatchSize             [rows cols], or one number for squares (50)
      GaussianNoiseLevel    standard deviation of the noise (0.1), or [least largest], drawn evenly for each patch
      ChannelFormat         'grayscale' (default) or 'rgb'
      DispatchInBackground  false; files are read by several threads in any case

    Examples
      >> imds = imageDatastore({'coffee.png', 'camera.png'});
      >> dnimds = denoisingImageDatastore(imds, 'PatchesPerImage', 64, 'GaussianNoiseLevel', [0.01 0.1])
      dnimds =
        denoisingImageDatastore with properties:
               PatchesPerImage: 64
                     PatchSize: [50 50 1]
            GaussianNoiseLevel: [0.0100 0.1000]
                 ChannelFormat: 'grayscale'
                 MiniBatchSize: 128
               NumObservations: 128
          DispatchInBackground: 0
      >> dnimds = denoisingImageDatastore(imds, PatchSize=[20 30], ChannelFormat='rgb'); data = preview(dnimds);
      >> data(1, :)
      ans =
        1×2 table
               input              response
          ________________    ________________
          {20×30×3 single}    {20×30×3 single}

    See also randomPatchExtractionDatastore, imageDatastore, imnoise, trainNetwork.
    """
    store = images_of(imds, DENOISING, "imds")
    levels = take.vector(GaussianNoiseLevel, "GaussianNoiseLevel")
    if levels.size not in (1, 2) or not (levels >= 0).all() or levels[0] > levels[-1] or not np.isfinite(levels).all():
        raise take.wanted("a number that is not negative, or two that rise", "GaussianNoiseLevel", GaussianNoiseLevel)
    size = size_of_patch(PatchSize, (2,))
    made = DenoisingImageDatastore([store], size, take.positive(PatchesPerImage, "PatchesPerImage"))
    made.levels = float(levels[0]), float(levels[-1])
    made.grey = take.choice(ChannelFormat, ("grayscale", "rgb"), "ChannelFormat") == "grayscale"
    made.background = take.flag(DispatchInBackground, "DispatchInBackground")
    return made


def images_of(value: Any, function: str, name: str) -> ImageDatastore:
    if not isinstance(value, ImageDatastore) or function == DENOISING and isinstance(value, PixelLabelDatastore):
        kinds = "an imageDatastore" if function == DENOISING else "an imageDatastore or a pixelLabelDatastore"
        raise take.wanted(kinds, name, value)
    return value


def size_of_patch(value: Any, lengths: tuple[int, ...]) -> tuple[int, ...]:
    numbers = take.vector(value, "PatchSize")
    if numbers.size == 1:
        numbers = np.repeat(numbers, 2)
    if numbers.size not in lengths or ((numbers < 1) | (numbers != np.floor(numbers)) | ~np.isfinite(numbers)).any():
        words = " or ".join(map(str, (1, *lengths)))
        raise take.wanted(f"a vector of {words} positive integers", "PatchSize", value)
    return tuple(int(number) for number in numbers)
