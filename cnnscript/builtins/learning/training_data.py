"""What a model is trained on: predictors and responses from matrices and tables, classes, weights, prior, cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.builtins.tables.groups import group_numbers
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.indexing import index
from cnnscript.values.numeric import (
    COLON,
    DOUBLE,
    EMPTY,
    as_array,
    is_cell,
    is_numeric,
    ndarray,
    norm,
    numel_of,
    size_of,
)
from cnnscript.values.rows import as_index, take_rows
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import cell_of_texts, is_char, is_text, text_or_none, texts_or_none


@dataclass(frozen=True)
class Column:
    """A predictor: its name and, where it is categorical, its levels (each becomes a column of zeros and ones)."""

    name: str
    levels: Any = None


def full_matrix(session, value, name: str) -> ndarray:
    """A matrix of floats; sparse ones are filled."""
    if getattr(value, "class_name", "") in ("double", "logical", "sparse", "gpuArray"):  # kept in a form of its own
        value = session.call("full", 1, value)
    if (
        not is_numeric(value)
        and not (isinstance(value, ndarray) and value.dtype.kind == "b")
        and type(value) is not bool
    ):
        raise ScriptError(
            f"stats:{name}:BadX", "The predictors must be a matrix of numbers or a table.",
            notes=(f"got {described(value)}",),
        )  # fmt: skip
    array = as_array(value)
    if array.ndim != 2 or array.dtype.kind == "c":
        raise ScriptError(
            f"stats:{name}:BadX", "The predictors must be a real matrix.", notes=(f"got {described(value)}",)
        )
    return array.astype(DOUBLE)


def encoded(columns: list[Column], parts: list) -> ndarray:
    """Predictors as floats; a categorical one as a column for each of its levels."""
    found = []
    for column, part in zip(columns, parts, strict=True):
        if column.levels is None:
            found.append(np.asarray(as_array(part), float).reshape(size_of(part)[0], -1, order="F"))
            continue
        words = level_words(part)
        found.append(np.array([[word == level for level in column.levels] for word in words], float))
    return np.column_stack(found) if found else np.zeros((0, 0))


def level_words(part) -> list:
    if isinstance(part, Categorical):
        return part.texts()
    words = texts_or_none(part)
    return words if words is not None else as_array(part).ravel("F").tolist()


def is_levels(part) -> bool:
    return isinstance(part, Categorical) or is_text(part) or is_cell(part)


class Predictors:
    """The columns a model takes, and how to read them from a matrix or a table."""

    def __init__(self, columns: list[Column]):
        self.columns = columns

    @classmethod
    def of_matrix(cls, array: ndarray, names: list[str], categorical: list[int]) -> Predictors:
        columns = []
        for place, word in enumerate(names):
            levels = np.unique(array[:, place]).tolist() if place in categorical else None
            columns.append(Column(word, levels))
        return cls(columns)

    @classmethod
    def of_table(cls, table, names: list[str], categorical: list[int]) -> Predictors:
        columns = []
        for place, name in enumerate(names):
            part = table.data(name)
            levels = None
            if isinstance(part, Categorical):
                levels = list(part.names)
            elif is_levels(part):
                levels = sorted(set(level_words(part)))
            elif place in categorical:
                levels = np.unique(take.vector(part, name)).tolist()
            columns.append(Column(name, levels))
        return cls(columns)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def categorical(self) -> list[int]:
        return [place + 1 for place, column in enumerate(self.columns) if column.levels is not None]

    def expanded(self) -> list[str]:
        """A name for each column of the matrix: categorical predictors have one for each level."""
        names = []
        for column in self.columns:
            names += [column.name] if column.levels is None else [f"{column.name}_{level}" for level in column.levels]
        return names

    def matrix(self, session, value, name: str, by_columns: bool = False) -> ndarray:
        """New observations as the model takes them."""
        from cnnscript.values.tables import Table

        if isinstance(value, Table):
            return encoded(self.columns, [value.data(column.name) for column in self.columns])
        array = full_matrix(session, value, name)
        array = array.T if by_columns else array
        if array.shape[1] != len(self.columns):
            raise ScriptError(
                f"stats:{name}:BadXSize",
                f"X must have {len(self.columns)} columns.",
                notes=(f"got {described(value)}",),
            )
        if not self.categorical:
            return array
        return encoded(self.columns, [array[:, [place]] for place in range(array.shape[1])])


@dataclass(frozen=True)
class Data:
    """Observations for a classifier.

    X         n × p floats, as the model takes them
    y         the class of each, from 0
    weights   of each, adding up to 1; within a class to its prior
    prior, cost  1 × K and K × K (true class by predicted)
    classes   the K class names, a column of the class of the responses
    given     the predictors as they were given (rows used only), responses: their labels
    """

    X: ndarray
    y: ndarray
    weights: ndarray
    prior: ndarray
    cost: ndarray
    classes: Any
    predictors: Predictors
    response: str
    given: Any
    responses: Any
    raw_weights: ndarray

    @property
    def count(self) -> int:
        return len(self.prior)

    def without_rows(self) -> Data:
        """The classes and what is known of the predictors, without observations."""
        none = np.zeros(0)
        return replace(
            self, X=self.X[:0], y=self.y[:0], weights=none, raw_weights=none, given=EMPTY, responses=EMPTY
        )  # fmt: skip

    def state_kept(self) -> dict[str, Any]:
        """What a file keeps: the predictors once where they are as they were given."""
        given = self.given
        if type(given) is ndarray and given.shape == self.X.shape and np.array_equal(given, self.X, equal_nan=True):
            return {**vars(self), "X": "F" if self.X.flags.f_contiguous else "C"}
        return dict(vars(self))

    def revive(self, session: Any) -> None:
        if isinstance(self.X, str):
            object.__setattr__(self, "X", np.array(self.given, DOUBLE, order="F" if self.X == "F" else "C"))

    def part(self, rows: ndarray) -> Data:
        """Some of the rows, with the prior as it is."""
        y = self.y[rows]
        return replace(
            self, X=self.X[rows], y=y, weights=to_prior(self.raw_weights[rows], y, self.prior),
            raw_weights=self.raw_weights[rows],
        )  # fmt: skip


def to_prior(weights: ndarray, y: ndarray, prior: ndarray) -> ndarray:
    """Weights scaled so that each class adds up to its prior."""
    sums = np.bincount(y, weights, minlength=len(prior))
    share = np.divide(prior, sums, out=np.zeros(len(prior)), where=sums > 0)
    scaled = weights * share[y]
    total = scaled.sum()
    return scaled / total if total > 0 else scaled


def sources(session, name: str, first, second, options: dict):
    """Predictors as given, their matrix, responses and the response's name, from (X, Y), (Tbl, Y), (Tbl, name)."""
    from cnnscript.values.tables import Table

    named = options.get("PredictorNames")
    names = None if named is None else take.texts(named, "PredictorNames")
    response = "Y" if options.get("ResponseName") is None else take.text(options["ResponseName"], "ResponseName")
    if isinstance(first, Table):
        used = list(first.names)
        word = text_or_none(second) if is_text(second) and numel_of(second) else None
        if word is not None and first.rows != 1 or word in used:
            if "~" in word:
                response, _, terms = (part.strip() for part in word.partition("~"))
                chosen = [term.strip() for term in terms.split("+")]
                chosen = [term for term in used if term != response] if chosen == ["."] else chosen
                used = [*chosen, response]
            else:
                response = word
            if response not in first.names:
                raise first.unrecognized(response)
            responses = first.data(response)
            used = [term for term in used if term != response]
        else:
            responses, response = of_one_variable(second, response)
        if is_text(options.get("Weights")):
            used = [term for term in used if term != text_or_none(options["Weights"])]
        if names is not None:
            used = [term for term in used if term in names]
        for term in used:
            if term not in first.names:
                raise first.unrecognized(term)
        predictors = Predictors.of_table(first, used, marked_places(options.get("CategoricalPredictors"), used, name))
        return first, predictors, predictors.matrix(session, first, name), responses, response
    by_columns = (
        options.get("ObservationsIn") is not None
        and take.choice(options["ObservationsIn"], ("rows", "columns"), "ObservationsIn") == "columns"
    )
    array = full_matrix(session, first, name)
    array = array.T if by_columns else array
    if names is not None and len(names) != array.shape[1]:
        raise ScriptError(
            f"stats:{name}:BadPredictorNames", "There must be a name for each predictor.",
            notes=(f"{len(names)} names, {array.shape[1]} predictors",),
        )  # fmt: skip
    words = names or [f"x{place}" for place in range(1, array.shape[1] + 1)]
    categorical = marked_places(options.get("CategoricalPredictors"), words, name)
    predictors = Predictors.of_matrix(array, words, categorical)
    responses, response = of_one_variable(second, response)
    return first, predictors, predictors.matrix(session, norm(np.asfortranarray(array)), name), responses, response


def marked_places(marked, names: list[str], name: str) -> list[int]:
    """The places (from 0) of predictors that 'CategoricalPredictors' marks: 'all', names, numbers, or a logical vector.

    names: of all predictors
    """
    if marked is None or not numel_of(marked):
        return []
    words = texts_or_none(marked)
    if words is not None and len(words) == 1 and words[0].lower() == "all":
        return list(range(len(names)))
    if words is not None:
        unknown = [word for word in words if word not in names]
        found = [names.index(word) for word in words if word in names]
    elif as_array(marked).dtype.kind == "b":
        found, unknown = np.flatnonzero(as_array(marked).ravel("F")).tolist(), []
    else:
        found, unknown = [place - 1 for place in take.vector(marked, "CategoricalPredictors").tolist()], []
    if unknown or not set(found) <= set(range(len(names))):
        raise ScriptError(
            f"stats:{name}:BadCategoricalPredictors", "CategoricalPredictors must name predictors or number them.",
            notes=(f"got {described(marked)}, {len(names)} predictors",),
        )  # fmt: skip
    return [int(place) for place in found]


def of_one_variable(responses, response: str):
    """Responses and their name; those of a table of one variable are the variable."""
    from cnnscript.values.tables import Table

    if not isinstance(responses, Table) or len(responses.names) != 1:
        return responses, response
    return responses.data(responses.names[0]), responses.names[0]


def classified(session, name: str, first, second, options: dict, drop_missing: bool) -> Data:
    """Read the arguments of a function that trains a classifier."""
    if second is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    given, predictors, X, responses, response = sources(session, name, first, second, options)
    numbers, classes, _ = group_numbers(responses, name)
    if numbers.size != len(X):
        raise ScriptError(
            f"stats:{name}:BadYSize",
            "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {len(X)} rows, Y {numbers.size} elements",),
        )
    classes = kept_names(session, as_column(classes), responses, name)
    wanted = options.get("ClassNames")
    if wanted is not None and numel_of(wanted):
        numbers, classes = in_order(session, numbers, classes, wanted, name)
    used = ~np.isnan(numbers)
    used &= ~np.isnan(X).any(axis=1) if drop_missing else ~np.isnan(X).all(axis=1)
    weights = weights_of(options.get("Weights"), given, len(X), name)
    used &= weights > 0
    places = np.flatnonzero(used)
    if not places.size:
        raise ScriptError(f"stats:{name}:NoData", "No observation has a class and all its predictors.")
    y, weights = numbers[places].astype(int) - 1, weights[places]
    present = np.unique(y)
    if wanted is None and present.size < y.max() + 1 or present.size < numel_rows(classes):
        classes = take_rows(classes, present)
        y = np.searchsorted(present, y)
    prior = prior_of(options.get("Prior"), y, weights, classes, name)
    cost = cost_of(options.get("Cost"), classes, name)
    return Data(
        X[places], y, to_prior(weights, y, prior), prior, cost, classes, predictors, response,
        given if places.size == len(X) else take_rows(given, places),
        responses if places.size == len(X) else take_rows(as_column(responses), places), weights,
    )  # fmt: skip


def weights_of(values, given, count: int, name: str) -> ndarray:
    """The weights of so many observations: as they are given, those of a variable of a table (given), or 1 each."""
    from cnnscript.values.tables import Table

    if values is None or not numel_of(values):
        return np.ones(count)
    if is_text(values) and isinstance(given, Table):
        values = given.data(take.text(values, "Weights"))
    weights = take.vector(values, "Weights")
    if weights.size != count or (weights < 0).any():
        raise ScriptError(f"stats:{name}:BadW", "Weights must be nonnegative, one for each observation.")
    return weights


def kept_names(session, classes, responses, name: str):
    """Class names as models keep them: of char rows a char matrix, of strings a cell; TreeBagger takes texts only."""
    if is_text(classes) and not is_char(classes):
        classes = cell_of_texts(texts_or_none(classes))
    if is_char(responses) and name != "TreeBagger":
        return session.call("char", 1, classes)
    return classes


def in_cells(session, labels):
    """Labels to be compared whole: char rows and strings as a cell of texts."""
    return session.call("cellstr", 1, labels) if is_text(labels) else labels


def numel_rows(value) -> int:
    return size_of(value)[0]


def as_column(value):
    """A vector value as a column."""
    size = size_of(value)
    if len(size) == 2 and size[0] == 1 and size[1] != 1 and not isinstance(value, str):
        return index(value, (COLON,))
    return value


def in_order(session, numbers: ndarray, classes, wanted, name: str):
    """The classes that 'ClassNames' asks for, in its order; observations of others are left out."""
    known, places = session.call("ismember", 2, in_cells(session, as_column(wanted)), in_cells(session, classes))
    if not np.all(known):
        raise ScriptError(f"stats:{name}:ClassNamesNotFound", "Some of the ClassNames are not among the labels.")
    order = np.asarray(as_array(places)).ravel("F").astype(int)
    fresh = np.full(numbers.size, np.nan)
    for place, old in enumerate(order):
        fresh[numbers == old] = place + 1
    return fresh, take_rows(classes, order - 1)


def prior_of(given, y: ndarray, weights: ndarray, classes, name: str) -> ndarray:
    count = numel_rows(classes)
    given = None if isinstance(given, ndarray) and not given.size else given
    if given is None or is_text(given):
        word = "empirical" if given is None else take.choice(given, ("empirical", "uniform"), "Prior")
        prior = np.bincount(y, weights, minlength=count) if word == "empirical" else np.ones(count)
    elif isinstance(given, Struct):
        prior = take.vector(given.fields.get("ClassProbs"), "Prior.ClassProbs")
        order = order_of(given, classes, f"stats:{name}:BadPrior", "Prior")
        prior = prior[order] if prior.size == count else prior
    else:
        prior = take.vector(given, "Prior")
    if prior.size != count or (prior < 0).any() or not prior.sum() > 0:
        raise ScriptError(f"stats:{name}:BadPrior", "Prior must hold a probability for each class.")
    return prior / prior.sum()


def cost_of(given, classes, name: str) -> ndarray:
    count = numel_rows(classes)
    if given is None or isinstance(given, ndarray) and not given.size:
        return np.ones((count, count)) - np.eye(count)
    order = np.arange(count)
    if isinstance(given, Struct):
        order = order_of(given, classes, f"stats:{name}:BadCost", "Cost")
        given = given.fields.get("ClassificationCosts")
    cost = take.real(given, "Cost")
    if cost.shape != (count, count) or np.diag(cost).any() or (cost < 0).any():
        raise ScriptError(
            f"stats:{name}:BadCost", "Cost must be a square matrix with zeros on its diagonal and a row for each class."
        )
    return cost[np.ix_(order, order)]


def order_of(given: Struct, classes, identifier: str, option: str) -> ndarray:
    """Where each class stands among the ClassNames of a struct, from 0."""
    names = given.fields.get("ClassNames")
    if names is None or not numel_of(names):
        raise ScriptError(identifier, f"{option} as a struct must have the field ClassNames.")
    own, words = (level_words(as_column(part)) for part in (classes, names))
    if len(own) != len(words) or set(own) != set(words):
        raise ScriptError(identifier, f"{option}.ClassNames must name all classes.")
    return np.array([words.index(word) for word in own])


def whole_rows(value, places: ndarray):
    return index(value, (as_index(places), COLON))
