"""Parts of datastores and other orders: shuffle, subset, partition."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import Datastore, places_of, require_datastore
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.random import permutation
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.text import text_or_none


def random_order(session: Any, count: int) -> list[int]:
    """The numbers 0 to count-1 as randperm orders them."""
    if count < 2:
        return list(range(count))
    return (np.ravel(permutation(session.random, float(count), None)).astype(np.int64) - 1).tolist()


@builtin
def shuffle(session, ds, /):
    """
    ds2 = shuffle(ds)

    A datastore of the same observations in random order, which rng determines.

    Examples
      >> rng(0), ds = shuffle(arrayDatastore((1:6)')); cell2mat(readall(ds))'
      ans =
           6     3     5     1     2     4

    See also subset, randperm, rng.
    """
    store = require_datastore(ds, "shuffle")
    return store.chosen(random_order(session, store.observations()))


@builtin
def subset(ds, indices, /):
    """
    ds2 = subset(ds, indices)

    A datastore of some observations, chosen by numbers from 1 or by a logical array.

    Examples
      >> ds = subset(arrayDatastore((10:10:50)'), [5 1]); cell2mat(readall(ds))'
      ans =
          50    10
      >> ds = subset(arrayDatastore([7; 8]), [false true]); cell2mat(readall(ds))
      ans =
           8

    See also shuffle, partition, splitEachLabel.
    """
    store = require_datastore(ds, "subset")
    return store.chosen(places_of(indices, store.observations(), "subset"))


@builtin
def partition(ds, n, index=None, /):
    """
    part = partition(ds, n, index)
    part = partition(ds, 'Files', index)
    part = partition(ds, 'Observations', index)

    The part with a number out of n parts of a datastore; with 'Files' that of one file, by its number or name.

    Examples
      >> ds = arrayDatastore((1:5)'); part = partition(ds, 2, 2); cell2mat(readall(part))'
      ans =
           4     5
      >> imds = imageDatastore({'coffee.png', 'chelsea.png'}); part = partition(imds, 'Files', 2); part.Files
      ans =
        1×1 cell array
          {'chelsea.png'}
      >> part = partition(ds, 'Observations', 3); cell2mat(readall(part))
      ans =
           3

    See also numpartitions, subset, splitEachLabel.
    """
    store = require_datastore(ds, "partition")
    if index is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    count = store.observations()
    if text_or_none(n) is None:
        parts = take.positive(n, "Number of partitions")
        at = within(index, parts)
        return store.chosen(np.array_split(np.arange(count), parts)[at].tolist())
    word = take.choice(n, ("Files", "Observations"), "Partition strategy")
    names = getattr(store, "files", None)
    if word == "Files" and names is None:
        raise ScriptError(
            "MATLAB:datastoreio:partition:noFiles", f"A datastore of class '{store.class_name}' has no files."
        )
    name = text_or_none(index)
    if word == "Files" and name is not None:
        if name not in names:
            raise ScriptError(
                "MATLAB:datastoreio:partition:fileNotFound", f"File '{name}' is not in the datastore."
            )
        return store.chosen([names.index(name)])
    return store.chosen([within(index, count)])


def within(index: Any, count: int) -> int:
    """A partition's number, from 0."""
    at = take.positive(index, "Partition index")
    if at > count:
        raise ScriptError(
            "MATLAB:datastoreio:partition:invalidPartitionIndex",
            f"Partition index must not exceed the number of partitions, {count}.",
            notes=(f"got {at}",),
        )
    return at - 1


@builtin
def numpartitions(ds, pool=None, /):
    """
    n = numpartitions(ds)
    n = numpartitions(ds, pool)

    Into how many parts a datastore can be cut: the number of its observations; with a pool (here []) for one worker.

    Examples
      >> n = numpartitions(arrayDatastore((1:5)'))
      n =
           5
      >> n = numpartitions(arrayDatastore((1:5)'), [])
      n =
           5

    See also partition, numobservations.
    """
    store = require_datastore(ds, "numpartitions")
    if pool is not None and np.size(pool):
        raise ScriptError("cnnscript:numpartitions:pool", "There are no parallel pools in cnnscript.")
    return float(store.observations())


@builtin
def numobservations(ds, /):
    """
    n = numobservations(ds)

    How many observations a datastore holds.

    Examples
      >> n = numobservations(arrayDatastore((1:5)'))
      n =
           5

    See also subset, numpartitions.
    """
    return float(require_datastore(ds, "numobservations").observations())


def can(value: Any, function: str) -> bool:
    if not isinstance(value, Datastore):
        require_datastore(value, function)
    return function in value.methods


@builtin(name="isShuffleable")
def is_shuffleable(ds, /):
    """
    tf = isShuffleable(ds)

    Whether shuffle takes a datastore.

    Examples
      >> isShuffleable(arrayDatastore(1:5))
      ans =
        logical
         1

    See also shuffle, isSubsettable, isPartitionable.
    """
    return can(ds, "isShuffleable")


@builtin(name="isSubsettable")
def is_subsettable(ds, /):
    """
    tf = isSubsettable(ds)

    Whether subset takes a datastore.

    Examples
      >> isSubsettable(arrayDatastore(1:5))
      ans =
        logical
         1

    See also subset, isShuffleable, isPartitionable.
    """
    return can(ds, "isSubsettable")


@builtin(name="isPartitionable")
def is_partitionable(ds, /):
    """
    tf = isPartitionable(ds)

    Whether partition takes a datastore.

    Examples
      >> isPartitionable(arrayDatastore(1:5))
      ans =
        logical
         1

    See also partition, isShuffleable, isSubsettable.
    """
    return can(ds, "isPartitionable")
