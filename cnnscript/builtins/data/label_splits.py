"""Image datastores by their labels: countEachLabel, splitEachLabel."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_choosing import random_order
from cnnscript.builtins.data.datastore_objects import numbers_column, require_datastore, rows_at
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_cell
from cnnscript.values.tables import Table
from cnnscript.values.text import number_text, text_or_none, texts_or_none


def groups(store: Any, function: str) -> list[list[int]]:
    """The places (from 0) of each label, labels in order; files without a label belong to none."""
    labels = store.labels
    if labels is None:
        raise ScriptError(
            f"MATLAB:datastoreio:imagedatastore:{function}EmptyLabels",
            f"The Labels property must not be empty to use {function}.",
            hint="imageDatastore(..., LabelSource='foldernames') labels each file by its folder",
        )
    keys: list[Any]
    if type(labels) is Categorical:
        keys = labels.codes.ravel("F").tolist()
    else:
        words = texts_or_none(labels)
        keys = words if words is not None else np.ravel(labels).tolist()
    found: dict[Any, list[int]] = {}
    for place, key in enumerate(keys):
        if not (type(labels) is Categorical and key == 0) and key == key:
            found.setdefault(key, []).append(place)
    return [found[key] for key in sorted(found)]


def names_of(store: Any, parts: list[list[int]]) -> list[str]:
    """The label of each group as text."""
    first = rows_at(store.labels, [part[0] for part in parts]) if parts else None
    if type(first) is Categorical:
        return first.texts()
    words = texts_or_none(first) if first is not None else []
    return words if words is not None else [f"{number:g}" for number in np.asarray(first, float).ravel("F")]


@builtin(name="countEachLabel")
def count_each_label(imds, /):
    """
    T = countEachLabel(imds)

    How many files there are of each label: a table with the variables Label and Count.

    Examples
      >> mkdir cats; mkdir dogs; for k = 1:3, imwrite(zeros(8), "cats/c" + k + ".png"); end
      >> imwrite(zeros(8), 'dogs/d1.png')
      >> T = countEachLabel(imageDatastore('.', IncludeSubfolders=true, LabelSource='foldernames'))
      T =
        2×2 table
          Label    Count
          _____    _____
          cats       3
          dogs       1
      >> min(T{:, 2})
      ans =
           1

    See also splitEachLabel, imageDatastore, countcats.
    """
    store = require_datastore(imds, "countEachLabel")
    parts = groups(store, "countEachLabel")
    labels = rows_at(store.labels, [part[0] for part in parts])
    return Table.of({"Label": labels, "Count": numbers_column([len(part) for part in parts])})


@builtin(name="splitEachLabel", outputs=None)
def split_each_label(session, nargout, imds, /, *p, Include=None, Exclude=None):
    """
    [imds1, imds2] = splitEachLabel(imds, p)
    [imds1, ..., imdsM] = splitEachLabel(imds, p1, ..., pN)
    [...] = splitEachLabel(..., 'randomized')
    [...] = splitEachLabel(..., Name=Value)

    An image datastore cut so that each label is split in the same way.

    p is a fraction of the files of each label (rounded to the nearest whole number), or a number of files. The last
    datastore has what is left. Without 'randomized' the first files of each label come first; with it rng determines
    which.

    MATLAB's page says that it rounds down, but shows 5 files for 0.6 of 6 and 2, and 55 for 0.7 of 15 in each of 5
    labels. What it does where rounding takes more files than there are is not known: here the later ones get fewer.

    Options
      Include  the only labels to be split
      Exclude  labels to be left out

    Examples
      >> for k = 1:5, imwrite(zeros(8), "c" + k + ".png"); end
      >> imds = imageDatastore('c*.png', Labels={'a', 'a', 'b', 'a', 'a'});
      >> [imds1, imds2] = splitEachLabel(imds, 0.5); imds1.Labels', imds2.Labels'
      ans =
        1×3 cell array
          {'a'}    {'a'}    {'b'}
      ans =
        1×2 cell array
          {'a'}    {'a'}
      >> [imds1, imds2] = splitEachLabel(imds, 3, 'randomized', Include="a"); numel(imds1.Files)
      ans =
           3
      >> [imds1, imds2, imds3] = splitEachLabel(imds, 0.25, 0.5, Exclude="b"); numel(imds2.Files)
      ans =
           2

    See also countEachLabel, imageDatastore, subset, shuffle.
    """
    store = require_datastore(imds, "splitEachLabel")
    shares = list(p)
    randomly = bool(shares) and (word := text_or_none(shares[-1])) is not None
    if randomly:
        if not word or not "randomized".startswith(word.lower()):
            raise ScriptError(
                "MATLAB:datastoreio:imagedatastore:invalidStrOption",
                f"'{word}' is not recognized: after the proportions comes 'randomized', or Include or Exclude.",
            )
        shares.pop()
    if not shares:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("splitEachLabel(imds, p)",))
    numbers = [take.number(share, "Proportion") for share in shares]
    fractions = checked(numbers)
    if nargout > len(numbers) + 1:
        raise ScriptError(
            "MATLAB:maxlhs",
            "Too many output arguments.",
            notes=(f"{len(numbers)} proportions give at most {len(numbers) + 1} datastores",),
        )
    parts = wanted(store, groups(store, "splitEachLabel"), Include, Exclude)
    names = names_of(store, parts)
    split: list[list[int]] = [[] for _ in range(len(numbers) + 1)]
    for name, part in zip(names, parts, strict=True):
        counts = shared(numbers, len(part)) if fractions else [int(number) for number in numbers]
        if sum(counts) > len(part):
            raise ScriptError(
                "MATLAB:datastoreio:imagedatastore:splitExceedsFiles",
                "The number of files to split must not exceed the number of files of any label.",
                notes=(f"label '{name}' has {len(part)} files, {sum(counts)} are wanted",),
                hint="countEachLabel(imds) shows how many there are",
            )
        order = [part[k] for k in random_order(session, len(part))] if randomly else part
        start = 0
        for at, count in enumerate([*counts, len(part) - sum(counts)]):
            split[at] += order[start : start + count]
            start += count
    return tuple(store.chosen(places) for places in split[: max(nargout, 1)])


def shared(fractions: list[float], count: int) -> list[int]:
    """How many of so many files each fraction is: the nearest whole number, halves up, while there are files."""
    counts: list[int] = []
    for fraction in fractions:
        counts.append(min(int(np.floor(fraction * count + 0.5)), count - sum(counts)))
    return counts


def checked(numbers: list[float]) -> bool:
    """Are the proportions fractions?  An error where they are neither these nor numbers of files."""
    fractions = all(0 < number < 1 for number in numbers)
    counts = all(number >= 1 and number == np.floor(number) < np.inf for number in numbers)
    if not fractions and not counts:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:invalidProportions",
            "Proportions must all be fractions between 0 and 1, or all be positive numbers of files.",
            notes=("got " + ", ".join(number_text(number) for number in numbers),),
        )
    if fractions and sum(numbers) > 1 + 1e-9:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:proportionsExceedOne",
            "The sum of the proportions must not exceed 1.",
            notes=(f"it is {sum(numbers):g}",),
        )
    return fractions


def wanted(store: Any, parts: list[list[int]], include: Any, exclude: Any) -> list[list[int]]:
    """The groups that are included, or not excluded."""
    if include is not None and exclude is not None:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:includeAndExclude", "Include and Exclude cannot be given together."
        )
    given = include if include is not None else exclude
    if given is None:
        return parts
    names = names_of(store, parts)
    if type(given) is Categorical:
        chosen = given.texts()
    elif is_cell(given) or texts_or_none(given) is not None:
        chosen = take.texts(given, "Include" if include is not None else "Exclude")
    else:
        chosen = [f"{number:g}" for number in take.numeric(given, "Include").astype(float).ravel("F")]
    unknown = [name for name in chosen if name not in names]
    if unknown:
        raise ScriptError(
            "MATLAB:datastoreio:imagedatastore:unknownLabel",
            f"'{unknown[0]}' is not a label of the datastore.",
            notes=("labels: " + ", ".join(names[:12]),),
        )
    return [part for name, part in zip(names, parts, strict=True) if (name in chosen) == (include is not None)]
