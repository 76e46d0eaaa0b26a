"""cvpartition: which observations train and which test, fold by fold."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.random_samples import shuffled
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_text

SHOWN = ("NumObservations", "NumTestSets", "TrainSize", "TestSize", "IsCustom", "IsGrouped", "IsStratified")
TITLES = {
    "kfold": "K-fold cross validation partition",
    "holdout": "Hold-out cross validation partition",
    "leaveout": "Leave-one-out cross validation partition",
    "resubstitution": "Resubstitution (no partition of data)",
    "custom": "Custom cross validation partition",
}


class Partition(Object):
    """A division of observations into test sets; the rest of the observations trains.

    folds     for each observation the test set it is in (from 1), 0: in none, NaN: not used
    sets      how many test sets
    groups    the group of each observation where the division keeps their shares, else None
    """

    class_name = "cvpartition"
    methods = frozenset(("training", "test", "repartition"))

    def __init__(self, kind: str, folds: ndarray, sets: int, groups: ndarray | None, share: float = 0.0):
        self.kind, self.folds, self.sets, self.groups, self.share = kind, folds, sets, groups, share

    def test_rows(self, which: int) -> ndarray:
        if self.kind == "resubstitution":
            return ~np.isnan(self.folds)
        return self.folds == which

    def training_rows(self, which: int) -> ndarray:
        used = ~np.isnan(self.folds)
        return used if self.kind == "resubstitution" else used & (self.folds != which)

    def property_names(self) -> list[str]:
        return ["Type", *SHOWN]

    def get(self, name: str) -> Any:
        if name == "Type":
            return self.kind
        if name in ("NumObservations", "N"):
            return float(np.sum(~np.isnan(self.folds)))
        if name == "NumTestSets":
            return float(self.sets)
        if name in ("TrainSize", "TestSize"):
            rows = self.training_rows if name == "TrainSize" else self.test_rows
            return norm(np.array([[float(rows(place).sum()) for place in range(1, self.sets + 1)]]))
        if name == "IsCustom":
            return self.kind == "custom"
        if name in ("IsGrouped", "IsStratified"):
            return name == "IsStratified" and self.groups is not None
        raise self.no_property(name)

    def disp(self, form: Any) -> str:
        lines = []
        for word in SHOWN:
            value = self.get(word)
            if isinstance(value, ndarray):
                text = "  ".join(f"{number:g}" for number in value.ravel().tolist()[:10])
                text += "..." if value.size > 10 else ""
            else:
                text = f"{value:g}" if not isinstance(value, bool) else str(int(value))
            lines.append(f"{word:>18}: {text}\n")
        return f"{TITLES[self.kind]}\n" + "".join(lines)


def folded(stream, groups: ndarray, sets: int) -> ndarray:
    """A test set for each observation, each with about the same number of each group."""
    folds = np.full(groups.size, np.nan)
    begun = 0
    for group in np.unique(groups[~np.isnan(groups)]):
        members = np.flatnonzero(groups == group)
        labels = (np.arange(members.size) + begun) % sets + 1
        begun = (begun + members.size) % sets
        folds[members[shuffled(stream, members.size)]] = labels
    return folds


def held_out(stream, groups: ndarray, share: float) -> ndarray:
    """1 for the observations of the test set, 0 for the others."""
    folds = np.where(np.isnan(groups), np.nan, 0.0)
    used = np.flatnonzero(~np.isnan(groups))
    total = int(np.floor(share * used.size + 0.5)) if share < 1 else int(share)
    names = np.unique(groups[used])
    sizes = np.array([(groups == name).sum() for name in names])
    exact = sizes * total / max(1, used.size)
    counts = np.floor(exact).astype(int)
    for place in np.argsort(-(exact - counts), kind="stable")[: total - counts.sum()]:
        counts[place] += 1
    for name, count in zip(names, counts, strict=True):
        members = np.flatnonzero(groups == name)
        folds[members[shuffled(stream, members.size)[:count]]] = 1
    return folds


@builtin
def cvpartition(
    session, first, kind=None, number=None, /, *, KFold=None, Holdout=None, Leaveout=None, Resubstitution=None,
    Stratify=True, CustomPartition=None,
):  # fmt: skip
    """
    c = cvpartition(n, 'KFold', k)
    c = cvpartition(n, 'Holdout', p)
    c = cvpartition(group, 'KFold', k)
    c = cvpartition(group, 'Holdout', p, 'Stratify', false)
    c = cvpartition(n, 'Leaveout')
    c = cvpartition(n, 'Resubstitution')
    c = cvpartition('CustomPartition', testSets)

    Divide n observations for cross-validation; for a vector of groups each part gets the same share of each.

    Options
      KFold            number of folds (10)
      Holdout          the share, or number, of observations to test with (0.1)
      Leaveout         'on': each observation is a fold
      Resubstitution   'on': all observations train and test
      Stratify         whether the parts keep the shares of the groups (true)
      CustomPartition  the test set of each observation

    Examples
      >> rng default, c = cvpartition(6, 'KFold', 3)
      c =
      K-fold cross validation partition
         NumObservations: 6
             NumTestSets: 3
               TrainSize: 4  4  4
                TestSize: 2  2  2
                IsCustom: 0
               IsGrouped: 0
            IsStratified: 0
      >> c = cvpartition([1 1 1 2 2 2], 'Holdout', 1/3); test(c)'
      ans =
        1×6 logical array
         1   0   0   0   1   0
      >> c = cvpartition(3, 'Leaveout'); c.NumTestSets
      ans =
           3
      >> c = cvpartition(3, 'Resubstitution'); c.TestSize
      ans =
           3

    See also crossval, kfoldLoss, dividerand.
    """
    words = ("KFold", "Holdout", "Leaveout", "Resubstitution")
    custom = take.text(first, "n") if is_text(first) and numel_of(first) and kind is not None and number is None else ""
    if custom.lower() == "custompartition":
        CustomPartition, first, kind = kind, None, None
    if CustomPartition is not None:
        sets = take.vector(CustomPartition, "testSets")
        names = np.unique(sets)
        folds = np.searchsorted(names, sets) + 1.0
        if set(names.tolist()) <= {0.0, 1.0}:
            return Partition("custom", sets.astype(float), 1, None)
        return Partition("custom", folds, names.size, None)
    if kind is not None:
        word = take.choice(kind, words, "Type")
        given: Any = number if number is not None else {"KFold": 10.0, "Holdout": 0.1}.get(word, True)
    else:
        chosen = [(word, value) for word, value in zip(words, (KFold, Holdout, Leaveout, Resubstitution), strict=True)
                  if value is not None]  # fmt: skip
        if len(chosen) != 1:
            raise ScriptError(
                "stats:cvpartition:BadType", "Give one of 'KFold', 'Holdout', 'Leaveout' and 'Resubstitution'."
            )
        word, given = chosen[0]
    whole = type(first) is float
    if whole:
        count = take.positive(first, "n")
        require_memory((count, 1), 64)  # several arrays of them are made
        groups = np.ones(count)
    else:
        from cnnscript.builtins.tables.groups import group_numbers

        groups = group_numbers(first, "cvpartition")[0]
    kept = None
    if not whole and word in ("KFold", "Holdout"):
        if take.flag(Stratify, "Stratify"):
            kept = groups
        else:
            groups = np.where(np.isnan(groups), np.nan, 1.0)
    total = int(np.sum(~np.isnan(groups)))
    if word == "KFold":
        sets = take.integer(given, "k", 2)
        if sets > total:
            raise ScriptError(
                "stats:cvpartition:BadK", "The number of folds must not exceed the number of observations.",
                notes=(f"{sets} folds, {total} observations",),
            )  # fmt: skip
        return Partition("kfold", folded(session.random, groups, sets), sets, kept)
    if word == "Holdout":
        share = take.number(given, "p")
        if not 0 < share < total or share > 1 and share != np.floor(share):
            raise ScriptError(
                "stats:cvpartition:BadP", "P must be between 0 and 1, or a number of observations.",
                notes=(f"got {described(given)}",),
            )  # fmt: skip
        return Partition("holdout", held_out(session.random, groups, share), 1, kept, share)
    if word == "Leaveout":
        folds = np.full(groups.size, np.nan)
        folds[~np.isnan(groups)] = shuffled(session.random, total) + 1.0
        return Partition("leaveout", folds, total, None)
    return Partition("resubstitution", np.where(np.isnan(groups), np.nan, 1.0), 1, None)


def which_set(c, i, name: str) -> int:
    if not isinstance(c, Partition):
        raise unfit_inputs(name, f"got {described(c)}")
    return take.integer(i, "The number of the test set", 1, c.sets)


@builtin
def training(c, i=1.0, /):
    """
    idx = training(c)
    idx = training(c, i)

    Which observations train in a partition, for its i-th test set.

    Examples
      >> idx = training(cvpartition(3, 'Resubstitution'))'
      idx =
        1×3 logical array
         1   1   1
      >> idx = training(cvpartition(4, 'KFold', 2), 1); sum(idx)
      ans =
           2

    See also cvpartition, test.
    """
    require_partition(c, "training")
    if type(i) is str and i == "all":
        return norm(np.asfortranarray(np.stack([c.training_rows(k) for k in range(1, c.sets + 1)], axis=1)))
    return norm(c.training_rows(which_set(c, i, "training")).reshape(-1, 1))


@builtin
def test(c, i=1.0, /):
    """
    idx = test(c)
    idx = test(c, i)

    Which observations are in the (i-th) test set of a partition.

    Examples
      >> idx = test(cvpartition(3, 'Resubstitution'))'
      idx =
        1×3 logical array
         1   1   1
      >> idx = test(cvpartition(4, 'KFold', 2), 1); sum(idx)
      ans =
           2

    See also cvpartition, training.
    """
    require_partition(c, "test")
    if type(i) is str and i == "all":
        return norm(np.asfortranarray(np.stack([c.test_rows(k) for k in range(1, c.sets + 1)], axis=1)))
    return norm(c.test_rows(which_set(c, i, "test")).reshape(-1, 1))


def require_partition(value, name: str) -> None:
    if not isinstance(value, Partition):
        raise unfit_inputs(name, f"{name} is for what cvpartition gives, got {described(value)}")


@builtin
def repartition(session, c, /):
    """
    cnew = repartition(c)

    Another random partition of the same kind.

    Examples
      >> cnew = repartition(cvpartition(6, 'KFold', 3)); cnew.NumTestSets
      ans =
           3

    See also cvpartition.
    """
    which_set(c, 1.0, "repartition")
    groups = c.groups if c.groups is not None else np.where(np.isnan(c.folds), np.nan, 1.0)
    if c.kind == "kfold":
        return Partition("kfold", folded(session.random, groups, c.sets), c.sets, c.groups)
    if c.kind == "holdout":
        return Partition("holdout", held_out(session.random, groups, c.share), 1, c.groups, c.share)
    return Partition(c.kind, c.folds.copy(), c.sets, c.groups)
