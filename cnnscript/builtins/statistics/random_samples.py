"""Parts drawn at random: randsample, datasample, and the division of data into training, validation and test parts."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.indexing import index
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import COLON, EMPTY, ndarray, norm, numel_of, size_of
from cnnscript.values.rows import as_index
from cnnscript.values.take import described


def weights_from(value, count: int, name: str) -> ndarray:
    weights = take.vector(value, "Weights")
    if weights.size != count:
        raise ScriptError(
            f"stats:{name}:InputSizeMismatch",
            "The weights must have one element for each member of the population.",
            notes=(f"{weights.size} weights, {count} members",),
        )
    if (weights < 0).any() or not np.isfinite(weights).all() or not weights.sum() > 0:
        raise ScriptError(f"stats:{name}:NegativeWeights", "Weights must be nonnegative, finite and not all zero.")
    return weights


def with_weights(stream, weights: ndarray, count: int) -> ndarray:
    """0-based places drawn with replacement, each as likely as its weight."""
    edges = np.minimum(np.concatenate([[0.0], np.cumsum(weights / weights.sum())]), 1.0)
    edges[-1] = 1.0
    return np.clip(np.searchsorted(edges, stream.uniforms(count), side="right") - 1, 0, weights.size - 1)


def distinct_with_weights(stream, weights: ndarray, count: int) -> ndarray:
    """0-based places drawn one after the other without replacement."""
    left, places = weights.astype(float).copy(), []
    for _ in range(count):
        place = int(with_weights(stream, left, 1)[0])
        places.append(place)
        left[place] = 0.0
    return np.array(places, int)


def shuffled(stream, count: int) -> ndarray:
    """0-based places in random order, as randperm orders them."""
    return np.argsort(stream.uniforms(count), kind="stable")


@builtin
def randsample(session, population, k, replacement=False, weights=None, /):
    """
    y = randsample(n, k)
    y = randsample(population, k)
    y = randsample(n, k, replacement)
    y = randsample(population, k, true, w)

    k members of 1:n or of a population, drawn at random: without replacement, with it (true), as likely as weights w.

    Examples
      >> rng default, y = randsample(10, 3)
      y =
           6
           3
           7
      >> y = randsample([10 20 30], 2, true)
      y =
          10    30
      >> y = randsample(3, 4, true, [0 1 0])
      y =
           2
           2
           2
           2
      >> y = randsample('abc', 3, true, [0 0 1])
      y =
          'ccc'

    See also datasample, randperm, randi.
    """
    stream = session.random
    count = take.count(k, "k")
    whole = type(population) is float and population >= 0 and population == np.floor(population)
    total = int(population) if whole else numel_of(population)
    again = take.flag(replacement, "replacement")
    if weights is not None and numel_of(weights):
        if not again:
            raise ScriptError(
                "stats:randsample:NoWeighting", "Weighted sampling without replacement is not supported.",
                hint="datasample(..., 'Replace', false, 'Weights', w) does it",
            )  # fmt: skip
        places = with_weights(stream, weights_from(weights, total, "randsample"), count)
    elif again:
        if not total and count:
            raise ScriptError("stats:randsample:NonemptyPopulation", "The population must not be empty.")
        places = np.floor(stream.uniforms(count) * total).astype(int)
    else:
        if count > total:
            raise ScriptError(
                "stats:randsample:SampleTooLarge",
                "K must be less than or equal to N for sampling without replacement.",
                notes=(f"K is {count}, N is {total}",),
            )
        places = distinct(stream, total, count)
    if whole:
        return norm((places + 1.0).reshape(-1, 1))
    wanted = (places + 1.0).reshape((1, -1) if size_of(population)[0] == 1 else (-1, 1))
    return index(population, (norm(wanted),))


def distinct(stream, total: int, count: int) -> ndarray:
    """0-based places, all different: the start of a permutation, or for few of many draws until enough differ."""
    if 4 * count > total:
        return shuffled(stream, total)[:count]
    taken = np.zeros(total, bool)
    while (missing := count - int(taken.sum())) > 0:
        taken[np.floor(stream.uniforms(missing) * total).astype(int)] = True
    return np.flatnonzero(taken)[shuffled(stream, count)]


@builtin(outputs=2)
def datasample(session, nargout, data, k, dim=None, /, *, Replace=True, Weights=None):
    """
    Y = datasample(data, k)
    Y = datasample(data, k, dim)
    Y = datasample(data, k, Name, Value)
    [Y, idx] = datasample(...)

    k rows (elements of a vector) of data, drawn at random; idx holds their places.

    Options
      Replace  whether one may come twice (true)
      Weights  how likely each is, in proportion

    Examples
      >> rng default, Y = datasample([10 20 30 40], 2)
      Y =
          40    40
      >> Y = datasample(magic(3), 2, 2);  size(Y)
      ans =
           3     2
      >> Y = datasample([10; 20], 3, 'Weights', [1 0]);  Y'
      ans =
          10    10    10
      >> [Y, idx] = datasample([10 20 30], 3, 'Replace', false); sort(idx)
      ans =
           1     2     3

    See also randsample, randperm.
    """
    count = take.count(k, "k")
    size = size_of(data)
    if dim is None:
        axis = next((place for place, length in enumerate(size) if length != 1), 0)
    else:
        axis = take.dimension(dim) - 1
    total = size[axis] if axis < len(size) else 1
    again = take.flag(Replace, "Replace")
    if not again and count > total:
        raise ScriptError(
            "stats:datasample:SampleTooLarge",
            "The sample size cannot be larger than the population for sampling without replacement.",
            notes=(f"{count} of {total}",),
        )
    if not total and count:
        raise ScriptError(
            "stats:datasample:EmptyData", "The data must not be empty.", notes=(f"got {described(data)}",)
        )
    if Weights is not None and numel_of(Weights):
        weights = weights_from(Weights, total, "datasample")
        places = (with_weights if again else distinct_with_weights)(session.random, weights, count)
    elif again:
        places = np.floor(session.random.uniforms(count) * total).astype(int)
    else:
        places = distinct(session.random, total, count)
    where: list = [COLON] * max(len(size), axis + 1)
    where[axis] = as_index(places)
    row = norm((places + 1.0).reshape(1, -1))
    return index(data, tuple(where)), row if size[0] == 1 or axis else norm((places + 1.0).reshape(-1, 1))


# ---------------------------------------------------------------------------------------------- divisions of the data
def places_to_divide(value) -> int:
    """How many places are divided into parts."""
    total = take.count(value, "Q")
    require_memory((1, total), 8)
    return total


def ratios(parts: tuple, name: str) -> ndarray:
    values = np.array([take.number(part, "Ratio") for part in parts])
    if (values < 0).any() or not values.sum() > 0:
        raise ScriptError(f"nnet:{name}:ratios", "The ratios must be nonnegative and not all zero.")
    return values / values.sum()


def counts_of(total: int, shares: ndarray) -> tuple[int, int, int]:
    validation, test = (int(np.floor(share * total + 0.5)) for share in shares[1:])
    return total - validation - test, validation, test


def row(places: ndarray):
    return norm(np.asarray(places, float).reshape(1, -1)) if len(places) else np.zeros((1, 0), order="F")


@builtin(outputs=3)
def dividerand(session, nargout, Q, trainRatio=0.7, valRatio=0.15, testRatio=0.15, /):
    """
    [trainInd, valInd, testInd] = dividerand(Q)
    [trainInd, valInd, testInd] = dividerand(Q, trainRatio, valRatio, testRatio)

    The places 1:Q divided at random into three parts.

    Examples
      >> rng default, [trainInd, valInd, testInd] = dividerand(10, 0.6, 0.2, 0.2)
      trainInd =
           1     3     5     6     7     8
      valInd =
           2     4
      testInd =
           9    10

    See also divideblock, divideint, divideind, cvpartition.
    """
    total = places_to_divide(Q)
    first, second, _ = counts_of(total, ratios((trainRatio, valRatio, testRatio), "dividerand"))
    order = shuffled(session.random, total) + 1
    parts = np.split(order, [first, first + second])
    return tuple(row(np.sort(part)) for part in parts)


@builtin(outputs=3)
def divideblock(nargout, Q, trainRatio=0.7, valRatio=0.15, testRatio=0.15, /):
    """
    [trainInd, valInd, testInd] = divideblock(Q)
    [trainInd, valInd, testInd] = divideblock(Q, trainRatio, valRatio, testRatio)

    The places 1:Q divided into three blocks.

    Examples
      >> [trainInd, valInd, testInd] = divideblock(10, 0.6, 0.2, 0.2)
      trainInd =
           1     2     3     4     5     6
      valInd =
           7     8
      testInd =
           9    10

    See also dividerand, divideint.
    """
    total = places_to_divide(Q)
    first, second, _ = counts_of(total, ratios((trainRatio, valRatio, testRatio), "divideblock"))
    return tuple(row(part) for part in np.split(np.arange(1, total + 1), [first, first + second]))


@builtin(outputs=3)
def divideint(nargout, Q, trainRatio=0.7, valRatio=0.15, testRatio=0.15, /):
    """
    [trainInd, valInd, testInd] = divideint(Q)
    [trainInd, valInd, testInd] = divideint(Q, trainRatio, valRatio, testRatio)

    The places 1:Q dealt out to three parts in turn.

    Examples
      >> [trainInd, valInd, testInd] = divideint(10, 0.6, 0.2, 0.2)
      trainInd =
           1     3     5     6     8    10
      valInd =
           2     7
      testInd =
           4     9

    See also dividerand, divideblock.
    """
    total = places_to_divide(Q)
    shares = ratios((trainRatio, valRatio, testRatio), "divideint")
    given, parts = np.zeros(3), ([], [], [])
    for place in range(1, total + 1):
        part = int(np.argmax(shares * place - given))  # whoever is owed most
        given[part] += 1
        parts[part].append(place)
    return tuple(row(np.array(part)) for part in parts)


@builtin(outputs=3)
def divideind(nargout, Q, trainInd=EMPTY, valInd=EMPTY, testInd=EMPTY, /):
    """
    [trainInd, valInd, testInd] = divideind(Q, trainInd, valInd, testInd)

    The places of three parts, those up to Q.

    Examples
      >> [trainInd, valInd, testInd] = divideind(5, 1:3, 4, [5 6])
      trainInd =
           1     2     3
      valInd =
           4
      testInd =
           5

    See also dividerand, divideblock.
    """
    total = take.count(Q, "Q")
    given = [take.vector(part, "Indices") for part in (trainInd, valInd, testInd)]
    return tuple(row(part[part <= total]) for part in given)


@builtin(outputs=2)
def crossvalind(session, nargout, method, N, M=None, /, *, Classes=None, Min=1.0):
    """
    indices = crossvalind('Kfold', N, K)
    indices = crossvalind('Kfold', group, K)
    [train, test] = crossvalind('HoldOut', N, P)
    [train, test] = crossvalind('LeaveMOut', N, M)
    [train, test] = crossvalind('Resubstitution', N, [P Q])

    Folds, or a part left out, for cross-validation; a vector of groups keeps their shares.

    Options
      Classes  groups to draw from only
      Min      least members of each group in the training part (1)

    Examples
      >> rng default, indices = crossvalind('Kfold', 6, 3); sort(indices)'
      ans =
           1     1     2     2     3     3
      >> [train, test] = crossvalind('HoldOut', 10, 0.3); sum(test)
      ans =
           3
      >> [train, test] = crossvalind('LeaveMOut', [1 1 2 2], 1); nnz(test)
      ans =
           1
      >> [train, test] = crossvalind('Resubstitution', 10, [0.5 0.5]); nnz(train)
      ans =
           5

    See also cvpartition, dividerand.
    """
    from cnnscript.builtins.tables.groups import group_numbers

    word = take.choice(method, ("Kfold", "HoldOut", "LeaveMOut", "Resubstitution"), "Method")
    if numel_of(N) == 1 and type(N) is float:
        groups = np.ones(take.count(N, "N"))
    else:
        groups = group_numbers(N, "crossvalind")[0]
    usable = ~np.isnan(groups)
    if Classes is not None:
        held = session.call("ismember", 1, N, Classes)
        usable &= np.asarray(held).ravel(order="F").astype(bool)
    total = groups.size
    stream = session.random
    if word == "Kfold":
        folds = 5 if M is None else take.positive(M, "K")
        result = np.full(total, np.nan)
        for group in np.unique(groups[usable]):
            members = np.flatnonzero(usable & (groups == group))
            labels = np.ceil(folds * np.arange(1, members.size + 1) / members.size)
            labels = shuffled(stream, folds)[labels.astype(int) - 1] + 1
            result[members[shuffled(stream, members.size)]] = labels
        return norm(result.reshape(-1, 1)), EMPTY
    test = np.zeros(total, bool)
    if word == "LeaveMOut":
        count = 1 if M is None else take.count(M, "M")
        members = np.flatnonzero(usable)
        test[members[shuffled(stream, members.size)[:count]]] = True
        return norm((usable & ~test).reshape(-1, 1)), norm(test.reshape(-1, 1))
    shares = np.array([0.5] if M is None else take.vector(M, "P"))
    train = np.zeros(total, bool)
    for group in np.unique(groups[usable]):
        members = np.flatnonzero(usable & (groups == group))
        members = members[shuffled(stream, members.size)]
        if word == "HoldOut":
            out = int(np.floor(shares[0] * members.size)) if shares[0] < 1 else int(shares[0])
            out = max(0, min(out, members.size - take.count(Min, "Min")))
            test[members[:out]] = True
            train[members[out:]] = True
        else:
            first, second = (float(shares[0]), float(shares[-1]))
            train[members[: int(np.floor(first * members.size))]] = True
            test[members[members.size - int(np.floor(second * members.size)) :]] = True
    return norm(train.reshape(-1, 1)), norm(test.reshape(-1, 1))

