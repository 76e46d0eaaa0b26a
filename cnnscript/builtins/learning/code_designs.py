"""Coding designs of error-correcting output codes: which classes each machine tells from which."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnscript.builtins.learning.training_data import Data, to_prior
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import EMPTY, ndarray

CODINGS = ("onevsone", "allpairs", "onevsall", "binarycomplete", "ternarycomplete", "ordinal", "denserandom",
           "sparserandom")  # fmt: skip


def design(name: str, count: int, stream) -> ndarray:
    """A coding matrix, classes × machines: 1 and -1 are the two sides of a machine, 0 is not asked."""
    if name in ("onevsone", "allpairs"):
        pairs = [(one, two) for one in range(count) for two in range(one + 1, count)]
        matrix = np.zeros((count, len(pairs)))
        for place, (one, two) in enumerate(pairs):
            matrix[one, place], matrix[two, place] = 1, -1
        return matrix
    if name == "onevsall":
        return 2 * np.eye(count) - 1
    if name == "ordinal":
        return np.array([[-1.0 if row <= place else 1.0 for place in range(count - 1)] for row in range(count)])
    if name == "binarycomplete":
        codes = np.arange(1, 2 ** (count - 1))
        bits = (codes[None, :] >> np.arange(count - 1)[:, None]) & 1
        return np.vstack([np.ones(codes.size), 1.0 - 2 * bits])
    if name == "ternarycomplete":
        found, seen = [], set()
        for code in np.ndindex(*(3,) * count):
            column = np.array(code) - 1.0
            first = column[np.flatnonzero(column)[0]] if column.any() else 0
            key = tuple(column * first)
            if first and (column > 0).any() and (column < 0).any() and key not in seen:
                seen.add(key)
                found.append(np.array(key))
        return np.stack(found, axis=1)
    machines = int(np.ceil((10 if name == "denserandom" else 15) * np.log2(count)))
    best, distance = None, -1.0
    for _ in range(1000 if count < 20 else 100):
        draws = stream.uniforms(count * machines).reshape((count, machines), order="F")
        if name == "denserandom":
            matrix = np.where(draws < 0.5, -1.0, 1.0)
        else:
            matrix = np.where(draws < 0.5, 0.0, np.where(draws < 0.75, -1.0, 1.0))
        usable = (matrix > 0).any(axis=0) & (matrix < 0).any(axis=0)
        if not usable.all():
            matrix = matrix[:, usable]
        if not matrix.size:
            continue
        between = [
            float((1 - np.sign(matrix[one] * matrix[two])).sum() / 2) for one in range(count) for two in range(one)
        ]
        if min(between) > distance:
            best, distance = matrix, min(between)
    return best


def checked_code(code: ndarray, count: int) -> ndarray:
    if code.ndim != 2 or len(code) != count or not np.isin(code, (-1, 0, 1)).all():
        raise ScriptError(
            "stats:fitcecoc:BadCoding", "Coding must be a matrix of -1, 0 and 1 with a row for each class.",
            notes=(f"{count} classes",),
        )  # fmt: skip
    if not ((code > 0).any(axis=0) & (code < 0).any(axis=0)).all():
        raise ScriptError("stats:fitcecoc:BadCoding", "Each column of Coding must have a 1 and a -1.")
    return code


def sides(data: Data, code: ndarray) -> Data:
    """The observations of one binary problem: classes -1 and 1."""
    rows = np.flatnonzero(code[data.y] != 0)
    y = (code[data.y[rows]] > 0).astype(int)
    weights = data.weights[rows]
    prior = np.bincount(y, weights, minlength=2)
    prior = prior / prior.sum()
    # what mistaking the one side for the other costs, on the mean of its classes; which mean MATLAB takes its page of
    # fitcecoc leaves open ("differently among different types of binary learners")
    below, above = np.flatnonzero(code < 0), np.flatnonzero(code > 0)
    cost = np.zeros((2, 2))
    cost[0, 1], cost[1, 0] = data.cost[np.ix_(below, above)].mean(), data.cost[np.ix_(above, below)].mean()
    return replace(
        data, X=data.X[rows], y=y, weights=to_prior(weights, y, prior), raw_weights=weights, prior=prior,
        cost=cost, classes=np.array([[-1.0], [1.0]], order="F"), given=EMPTY, responses=EMPTY,
    )  # fmt: skip
