"""imageSet: collections of image files as scripts before imageDatastore have them, and arrays of such."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_choosing import random_order
from cnnscript.builtins.data.datastore_objects import places_of
from cnnscript.builtins.data.file_lists import locations
from cnnscript.builtins.data.image_datastores import look_up_images
from cnnscript.builtins.images.image_files import load_picture
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.indexing import select
from cnnscript.values.numeric import OBJECT, class_of, norm, size_text
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts, text_or_none

NAME = "imageSet"
PROPERTIES = ("Description", "ImageLocation", "Count")


@dataclass(frozen=True)
class Images:
    description: str
    files: tuple[str, ...]


class ImageSets(Object):
    """One image set, or an array of them: data is an object array of Images."""

    class_name = NAME
    holds_several = True
    methods = frozenset(("read", "select", "partition"))

    def __init__(self, data: np.ndarray):
        self.data = data

    @classmethod
    def row(cls, sets: Sequence[Images]) -> ImageSets:
        data = np.empty((1, len(sets)), OBJECT)
        data[0, :] = sets
        return cls(data)

    def sets(self) -> list[Images]:
        return self.data.ravel("F").tolist()

    def only(self, function: str) -> Images:
        if self.data.size != 1:
            raise ScriptError(
                f"vision:{NAME}:scalarExpected",
                f"{function} takes a single image set.",
                notes=(f"got an array of {size_text(self.size(), '×')}",),
                hint=f"{function}(imgSets(1), ...)",
            )
        return self.data.item()

    def like(self, sets: Sequence[Images]) -> ImageSets:
        data = np.empty(self.data.size, OBJECT)
        data[:] = sets
        return ImageSets(data.reshape(self.data.shape, order="F"))

    # ------------------------------------------------------------------------------------------------- properties
    def property_names(self) -> list[str]:
        return list(PROPERTIES)

    def get(self, name: str) -> Any:
        """The property; of an array that of each, as several values."""
        if name not in PROPERTIES:
            raise self.no_property(name)
        values = tuple(property_of(one, name) for one in self.sets())
        return values[0] if len(values) == 1 else values

    def set(self, name: str, value: Any) -> Object:
        if name != "Description":
            return super().set(name, value)
        return self.like([replace(self.only("Setting Description"), description=take.text(value, name))])

    def equals(self, other: Any) -> bool:
        return type(other) is ImageSets and self.size() == other.size() and self.sets() == other.sets()

    # ------------------------------------------------------------------------------------------------- as an array
    def size(self) -> tuple[int, ...]:
        return self.data.shape

    def index(self, args: tuple) -> Any:
        chosen = select(self.data, args) if args else self.data
        return ImageSets(chosen if isinstance(chosen, np.ndarray) else ImageSets.row([chosen]).data)

    def parts(self) -> tuple:
        return self.data, ImageSets

    def no_elements(self) -> ImageSets:
        return ImageSets.row([])

    def concatenate(self, parts: tuple, axis: int) -> Any:
        arrays = [part.data for part in parts if type(part) is ImageSets]
        if len(arrays) < sum(not (isinstance(part, np.ndarray) and part.size == 0) for part in parts):
            return super().concatenate(parts, axis)
        return ImageSets(np.concatenate([array for array in arrays if array.size] or arrays[:1], axis))

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("transpose", "ctranspose"):
            return ImageSets(self.data.T)
        return super().operator(name, args)

    # ------------------------------------------------------------------------------------------------- as text
    def disp(self, form: Any) -> str:
        if self.data.size != 1:
            names = "".join(f"    {word}\n" for word in PROPERTIES)
            return f"  {size_text(self.size(), '×')} imageSet array with properties:\n{form.blank}{names}"
        one = self.data.item()
        texts = (f"'{one.description}'", f"{{1×{len(one.files)} cell}}", str(len(one.files)))
        lines = "".join(f"{word:>17}: {text}\n" for word, text in zip(PROPERTIES, texts, strict=True))
        return f"  imageSet with properties:\n{form.blank}{lines}"


def property_of(one: Images, name: str) -> Any:
    if name == "Count":
        return float(len(one.files))
    return one.description if name == "Description" else cell_of_texts(list(one.files), column=False)


@builtin(name=NAME)
def image_set(session, location, recursive=None, /):
    """
    imgSet = imageSet(folder)
    imgSet = imageSet(imageLocation)
    imgSets = imageSet(folder, 'recursive')

    The image files of a folder, or those of a list of names. With 'recursive' a row of image sets: one for each folder,
    in and below the given one, that has images.

    imgSet.Description is the name of the folder and may be set, imgSet.ImageLocation a row of file names and
    imgSet.Count their number. Image sets stand in arrays; newer scripts have imageDatastore for them.

    Examples
      >> mkdir cats; mkdir dogs; for k = 1:3, imwrite(k*ones(8)/4, "cats/c" + k + ".png"); end
      >> imwrite(zeros(8), 'dogs/d1.png'), imgSet = imageSet('cats')
      imgSet =
        imageSet with properties:
            Description: 'cats'
          ImageLocation: {1×3 cell}
                  Count: 3
      >> imgSets = imageSet('.', 'recursive'); {imgSets.Description}, [imgSets.Count]
      ans =
        1×2 cell array
          {'cats'}    {'dogs'}
      ans =
           3     1
      >> imgSet = imageSet({'cats/c3.png', 'dogs/d1.png'}); imgSet.Count
      ans =
           2

    See also imageDatastore, imread, montage.
    """
    words = locations(location, NAME)
    if recursive is not None:
        take.choice(recursive, ("recursive",), "The second argument")
    if len(words) != 1 or text_or_none(location) is None or os.path.isfile(words[0]):
        files, _ = look_up_images(session, words, None, False)
        return ImageSets.row([Images("", tuple(files))])
    files, folders = look_up_images(session, words, None, recursive is not None)
    by_folder: dict[str, list[str]] = {}
    for name in files:
        by_folder.setdefault(os.path.dirname(name), []).append(name)
    if recursive is None:
        return ImageSets.row([Images(os.path.basename(folders[0]), tuple(files))])
    return ImageSets.row([Images(os.path.basename(folder), tuple(names)) for folder, names in by_folder.items()])


@overload(NAME, name="read")
def read_image(session, imgSet, idx, /):
    """
    im = read(imgSet, idx)

    The image of a set with a number.

    Examples
      >> for k = 1:3, imwrite(uint8(10*k*ones(8)), "c" + k + ".png"); end
      >> im = read(imageSet('.'), 2); im(1)
      ans =
        uint8
         20

    See also imageSet, imread.
    """
    one = imgSet.only("read")
    at = take.positive(idx, "Index")
    if at > len(one.files):
        raise ScriptError(
            f"vision:{NAME}:indexExceeds",
            f"Index exceeds the number of images in the set. Index must not exceed {len(one.files)}.",
            notes=(f"got {at}",),
        )
    return norm(load_picture(session, one.files[at - 1]).pixels)


@builtin(name="select")
def select_images(imgSet, idx, /):
    """
    imgSetOut = select(imgSet, idx)

    The images with given numbers (or where a logical array is true) as a set; of an array of sets, these of each.

    Examples
      >> for k = 1:4, imwrite(zeros(8), "c" + k + ".png"); end
      >> imgSetOut = select(imageSet('.'), [4 2]); [~, name] = fileparts(imgSetOut.ImageLocation{1})
      name =
          'c4'

    See also imageSet, partition.
    """
    if not isinstance(imgSet, ImageSets):
        raise take.unfit_inputs("select", f"select takes an imageSet; this is a {class_of(imgSet)}")
    chosen = []
    for one in imgSet.sets():
        places = places_of(idx, len(one.files), "select")
        chosen.append(replace(one, files=tuple(one.files[place] for place in places)))
    return imgSet.like(chosen)


@overload(NAME, name="partition", outputs=None)
def partition_images(session, nargout, imgSets, groupSizes, method="sequential", /):
    """
    set1 = partition(imgSets, groupSizes)
    [set1, set2, ..., setN] = partition(imgSets, groupSizes)
    [set1, set2, ..., setN] = partition(imgSets, groupSizes, method)

    Each set cut into groups: groupSizes are fractions of its images (rounded down), or numbers of images; one output
    more than there are sizes has the rest.

    method is 'sequential' (default), or 'randomized', where rng determines which images go where.

    Examples
      >> for k = 1:10, imwrite(zeros(8), sprintf('c%02d.png', k)); end
      >> imgSets = imageSet('.'); set1 = partition(imgSets, 3); set1.Count
      ans =
           3
      >> [set1, set2] = partition(imgSets, 0.4); set2.Count
      ans =
           6
      >> [set1, set2, set3] = partition(imgSets, [0.2 0.5], 'randomized'); [set1.Count set2.Count set3.Count]
      ans =
           2     5     3

    See also imageSet, select, splitEachLabel.
    """
    sizes = take.vector(groupSizes, "groupSizes")
    whole = (sizes >= 1).all() and (sizes == np.floor(sizes)).all()
    if not sizes.size or not whole and not ((sizes > 0) & (sizes < 1)).all() or not whole and sizes.sum() > 1 + 1e-9:
        raise ScriptError(
            f"vision:{NAME}:groupSizes",
            "groupSizes must all be fractions whose sum is not above 1, or all be positive numbers of images.",
            notes=("got " + ", ".join(f"{size:g}" for size in sizes),),
        )
    if nargout > sizes.size + 1:
        raise ScriptError(
            "MATLAB:maxlhs", "Too many output arguments.", notes=(f"{sizes.size} sizes give {sizes.size + 1} sets",)
        )
    randomly = take.choice(method, ("sequential", "randomized"), "method") == "randomized"
    groups: list[list[Images]] = [[] for _ in range(sizes.size + 1)]
    for one in imgSets.sets():
        count = len(one.files)
        numbers = [int(size) if whole else int(np.floor(size * count + 1e-9)) for size in sizes]
        if sum(numbers) > count:
            raise ScriptError(
                f"vision:{NAME}:tooFewImages",
                "groupSizes must not exceed the number of images of any set.",
                notes=(f"'{one.description}' has {count} images, {sum(numbers)} are wanted",),
            )
        order = random_order(session, count) if randomly else list(range(count))
        cuts = np.cumsum([0, *numbers, count - sum(numbers)])
        for group, start, end in zip(groups, cuts[:-1], cuts[1:], strict=True):
            group.append(replace(one, files=tuple(one.files[place] for place in order[start:end])))
    return tuple(imgSets.like(group) for group in groups[: max(nargout, 1)])
