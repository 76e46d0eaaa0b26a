"""Responses of training data as the engine takes them: numbers of classes, or numbers; and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnscript.engine.layers import Size, Steps
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, is_cell, is_numeric
from cnnscript.values.tables import Table
from cnnscript.values.text import texts_or_none

NOT_CATEGORICAL = (
    "Invalid {} data. For image, sequence-to-label, and feature classification tasks, responses must be categorical."
)


@dataclass(frozen=True)
class Targets:
    """How responses become targets.

    classes  the names of the classes in the order of the network's scores; None: responses are numbers
    size     of the output that is compared with them
    what     'training' or 'validation', for errors
    newer    are sizes that differ told as trainnet tells them, not as trainNetwork?
    """

    classes: tuple[str, ...] | None
    size: Size
    what: str = "training"
    newer: bool = False

    @property
    def each(self) -> tuple[Targets, ...]:
        """The targets of each output: these, of the only one."""
        return (self,)

    @property
    def of_pixels(self) -> bool:
        """Does every pixel of an image have a class?"""
        return self.classes is not None and tuple(self.size[:2]) != (1, 1) and not isinstance(self.size, Steps)

    def of(self, responses: Any) -> np.ndarray:
        """Responses with a row for each observation (or N×1 cells) as N×h×w classes or N×h×w×c numbers."""
        return self.numbers(responses) if self.classes is None else self.places(responses)

    def of_rows(self, rows: Sequence[Any]) -> np.ndarray:
        """Responses read one by one."""
        if self.classes is None:
            return self.numbers(in_cell(rows))
        return np.concatenate([self.places(row) for row in rows])

    def as_validation(self) -> Targets:
        return replace(self, what="validation")

    def places(self, responses: Any) -> np.ndarray:
        """Categories as places among the classes."""
        if self.of_pixels:
            return self.pixels(responses)
        if is_cell(responses) and responses.size and all(type(one) is Categorical for one in responses.flat):
            return np.concatenate([self.places(one) for one in responses.ravel("F").tolist()])
        if type(responses) is not Categorical:
            raise invalid(self.what, NOT_CATEGORICAL, f"they are {take.described(responses)}",
                          hint="categorical(labels) makes categories of them")  # fmt: skip
        assert self.classes is not None
        place = {name: k for k, name in enumerate(self.classes)}
        known = np.array([-2, *(place.get(name, -1) for name in responses.names)], np.int32)
        found = known[responses.codes.ravel("F")]
        if (found == -2).any():
            raise invalid(self.what, "Invalid {} data. Responses must not contain undefined values.",
                          f"{int((found == -2).sum())} of {found.size} are <undefined>")  # fmt: skip
        if (found == -1).any():
            other = responses.names[int(responses.codes.ravel("F")[found == -1][0]) - 1]
            raise invalid(self.what, "Invalid {} data. The responses must be classes of the network.",
                          f"'{other}' is none of {some(self.classes)}")  # fmt: skip
        return found.reshape(-1, 1, 1)

    def pixels(self, responses: Any) -> np.ndarray:
        """Categorical images (h×w, or h×w×1×N) as N×h×w places among the classes; -1 where a pixel is undefined."""
        if is_cell(responses) and responses.size:
            return np.concatenate([self.pixels(one) for one in responses.ravel("F").tolist()])
        if type(responses) is not Categorical:
            raise invalid(self.what, NOT_CATEGORICAL, f"they are {take.described(responses)}",
                          hint="categorical(labels,ids,names) makes categories of label images")  # fmt: skip
        assert self.classes is not None
        place = {name: k for k, name in enumerate(self.classes)}
        known = np.array([-1, *(place.get(name, -2) for name in responses.names)], np.int32)
        return self.images(known[responses.codes], list(responses.names))

    def images(self, places: np.ndarray, names: Sequence[str]) -> np.ndarray:
        """Places h×w×1×N as N×h×w.  names: of the categories; a place of -2 is one that the network does not know."""
        height, width, channels, count = (*places.shape, 1, 1)[:4]
        if places.ndim > 4 or channels != 1 or (height, width) != tuple(self.size[:2]):
            got = (height, width, channels if channels != 1 else len(names))
            raise misfit(self.what, self.size, got, newer=self.newer)
        if (places == -2).any():
            assert self.classes is not None
            other = next(name for name in names if name not in self.classes)
            raise invalid(self.what, "Invalid {} data. The responses must be classes of the network.",
                          f"'{other}' is none of {some(self.classes)}")  # fmt: skip
        return places.reshape(height, width, count, order="F").transpose(2, 0, 1)

    def numbers(self, responses: Any) -> np.ndarray:
        """Numbers as N×h×w×c, of the size of the output."""
        if type(responses) is Table:
            responses = responses.joined()
        if is_cell(responses):
            items = [numeric(one, self.what) for one in responses.ravel("F").tolist()]
            sizes = sorted({"×".join(map(str, one.shape)) for one in items})
            if len(sizes) > 1:
                raise invalid(self.what, "Invalid {} data. All responses must have the same size.", *sizes[:3])
            whole = np.stack(items) if items else np.zeros((0, 1, 1))
            if whole.ndim == 3 and 1 in whole.shape[1:] and self.size[:2] == (1, 1):
                whole = whole.reshape(len(whole), 1, 1, -1)
            elif whole.ndim == 3:
                whole = whole[..., None]
        else:
            array = numeric(responses, self.what)
            if array.ndim <= 2:
                whole = array[:, None, None, :]
            else:
                whole = array.reshape((*array.shape, 1)[:4], order="F").transpose(3, 0, 1, 2)
        if whole.shape[1:] != self.size:
            raise misfit(self.what, self.size, whole.shape[1:], len(whole), self.newer)
        return np.asarray(whole, np.float32)


class IndexTargets(Targets):
    """Responses that are numbers of classes, from 1."""

    def places(self, responses: Any) -> np.ndarray:
        if is_cell(responses) and self.of_pixels and responses.size:
            return np.concatenate([self.places(one) for one in responses.ravel("F").tolist()])
        if is_cell(responses):
            responses = np.array([[np.ravel(as_array(one))[0]] for one in responses.flat], float)
        array = numeric(responses, self.what)
        assert self.classes is not None
        strange = (array != np.floor(array)) | (array < 1) | (array > len(self.classes))
        if strange.any() or not self.of_pixels and (array.ndim > 2 or array.shape[1] != 1):
            raise invalid(self.what, "Invalid {} data. Targets must be numbers of classes.",
                          f"they go from 1 to {len(self.classes)}")  # fmt: skip
        places = array.astype(np.int32) - 1
        return self.images(places, self.classes) if self.of_pixels else places.reshape(-1, 1, 1)


def numeric(value: Any, what: str) -> np.ndarray:
    if not is_numeric(value):
        raise invalid(what, "Invalid {} data. For regression tasks, responses must be numeric.",
                      f"they are {take.described(value)}",
                      hint="categorical(labels) makes classes of texts" if texts_or_none(value) else None)  # fmt: skip
    array = as_array(value)
    if array.dtype.kind == "c":
        raise invalid(what, "Invalid {} data. Responses must be real.", f"they are complex {take.described(value)}")
    if not np.isfinite(array).all():
        raise invalid(what, "Invalid {} data. Responses must not contain NaN or Inf.")
    return array


def in_cell(rows: Sequence[Any]) -> np.ndarray:
    made = np.empty((len(rows), 1), object)
    for k, row in enumerate(rows):
        made[k, 0] = row.ravel("F")[0] if is_cell(row) and row.size == 1 else row
    return made


def shown(size: Sequence[int]) -> str:
    """(10), or ([28 28 1]) where there is more than channels."""
    return f"({size[-1]})" if tuple(size[:-1]) == (1, 1) else "([" + " ".join(map(str, size)) + "])"


def disagreement(newer: bool, predictors: int, responses: int) -> ScriptError:
    """MATLAB's error for another number of responses than of predictors."""
    if newer:
        return ScriptError(
            "nnet_cnn:trainNetwork:XandYObservationsDisagree",
            f"Number of observations in predictors ({predictors}) and targets ({responses}) must match. Check that the "
            "data and network are consistent.",
        )
    return ScriptError(
        "nnet_cnn:trainNetwork:XandYObservationsDisagree", "Number of observations in X and Y disagree.",
        notes=(f"{predictors} in X", f"{responses} in Y"),
    )  # fmt: skip


def channels_differ(what: str, predictions: int, targets: int, hint: str | None) -> ScriptError:
    """trainnet's error for another number of channels in the responses than in what the network gives."""
    return invalid(
        what, f"Number of channels in predictions ({predictions}) must match the number of channels in the targets "
        f"({targets}).", f"of the {what} data", hint=hint,
    )  # fmt: skip


def misfit(what: str, size: Sequence[int], got: Sequence[int], count: int = 0, newer: bool = False) -> ScriptError:
    """MATLAB's error for responses of another size than the network's output.  count: rows of the responses."""
    maps = tuple(size[:-1]) != (1, 1)
    if newer and not maps and tuple(got[:-1]) == (1, 1):
        return channels_differ(what, size[-1], got[-1], hint_of_misfit(size[-1], got[-1], count))
    found = "([" + " ".join(map(str, got)) + "])" if maps else shown(got)
    return invalid(
        what, f"Invalid {{}} data. The output size {shown(size)} of the last layer does not match the response size "
        f"{found}.", hint=None if maps else hint_of_misfit(size[-1], got[-1], count),
    )  # fmt: skip


def hint_of_misfit(wanted: int, got: int, count: int) -> str | None:
    """count: rows of the responses."""
    if got == 1:
        return "classes are categorical(labels), not numbers"
    return "responses have a row for each observation: Y' has" if count == wanted else None


def some(names: Sequence[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names[:4])
    return listed + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def invalid(what: str, message: str, *notes: str, hint: str | None = None) -> ScriptError:
    return ScriptError("nnet_cnn:trainNetwork:InvalidData", message.format(what), notes=notes, hint=hint)


def categories_of(response: Any, what: str = "training") -> tuple[str, ...]:
    """The classes that categorical responses have, in their order."""
    if is_cell(response) and response.size:
        response = response.ravel("F")[0]
    if type(response) is not Categorical:
        raise invalid(what, NOT_CATEGORICAL, f"they are {take.described(response)}",
                      hint="categorical(labels) makes categories of them")  # fmt: skip
    return tuple(response.names)
