"""Datastores made of others: combine, transform."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import (
    ALL_FORMATS,
    CHOOSING,
    IO,
    READING,
    Datastore,
    Observations,
    formats,
    in_cell,
    no_more,
    require_datastore,
)
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import horzcat
from cnnscript.values.functions import Function
from cnnscript.values.instances import Instance
from cnnscript.values.numeric import as_array, norm


class OfProgram(Datastore):
    """A datastore of a class of the program, derived from matlab.io.Datastore."""

    def __init__(self, session: Any, value: Instance):
        self.session, self.value, self.class_name = session, value, value.class_name

    def has_more(self) -> bool:
        return bool(as_array(self.session.call("hasdata", 1, self.value)).all())

    def read(self, session: Any) -> tuple[Any, Any]:
        return session.call("read", 2, self.value)

    def rewind(self) -> None:
        self.session.call("reset", 0, self.value)

    def progress(self) -> float:
        return take.number(self.session.call("progress", 1, self.value), "What progress gives")

    def copied(self) -> Datastore:
        made = OfProgram(self.session, self.session.call("copy", 1, self.value))
        made.rewind()
        return made


def below(session: Any, values: Sequence[Any], function: str) -> list[Datastore]:
    """Copies of the datastores that are arguments of a function, at their start: who reads the new one does not move
    the old ones."""
    made = []
    for value in values:
        if isinstance(value, Instance) and "matlab.io.Datastore" in value.definition.ancestors:
            value = OfProgram(session, value)
        made.append(require_datastore(value, function).copied())
    return made


class Upon(Datastore):
    """A datastore upon others, those `below`."""

    def __init__(self, below: Sequence[Datastore]):
        self.below = list(below)
        self.methods = READING | (CHOOSING if all(isinstance(each, (Observations, Upon)) and "subset" in each.methods
                                                  for each in self.below) else frozenset())  # fmt: skip

    def upon(self, below: Sequence[Datastore]) -> Upon:
        """The same upon other datastores, at its start."""
        made = copy.copy(self)
        made.below = list(below)
        made.rewind()
        return made

    def copied(self) -> Upon:
        return self.upon([each.copied() for each in self.below])

    def rewind(self) -> None:
        for each in self.below:
            each.rewind()

    def has_more(self) -> bool:
        return all(each.has_more() for each in self.below)

    def progress(self) -> float:
        return min(each.progress() for each in self.below)

    def observations(self) -> int:
        return min(each.observations() for each in self.below)

    def chosen(self, places: Sequence[int]) -> Upon:
        return self.upon([each.chosen(places) for each in self.below])

    def below_cell(self) -> np.ndarray:
        made = np.empty((1, len(self.below)), object)
        for place, each in enumerate(self.below):
            made[0, place] = each.value if isinstance(each, OfProgram) else each
        return made


def infos(known: Sequence[Any]) -> np.ndarray:
    made = np.empty((1, len(known)), object)
    made[0, :] = known
    return made


class CombinedDatastore(Upon):
    """Several datastores side by side: a piece of each in a row."""

    class_name = f"{IO}CombinedDatastore"

    def properties(self) -> dict[str, Any]:
        return {"UnderlyingDatastores": self.below_cell(), "SupportedOutputFormats": formats(ALL_FORMATS)}

    def read(self, session: Any) -> tuple[Any, Any]:
        if not self.has_more():
            raise no_more()
        made = [each.read(session) for each in self.below]
        return beside([data for data, _ in made]), infos([info for _, info in made])


def beside(pieces: list[Any]) -> Any:
    """Pieces in a row, each that is neither a cell nor a table in a cell."""
    return horzcat(*(in_cell(piece) for piece in pieces))


class SequentialDatastore(Upon):
    """Several datastores one after the other."""

    class_name = f"{IO}SequentialDatastore"
    properties = CombinedDatastore.properties

    def has_more(self) -> bool:
        return any(each.has_more() for each in self.below)

    def read(self, session: Any) -> tuple[Any, Any]:
        for each in self.below:
            if each.has_more():
                return each.read(session)
        raise no_more()

    def progress(self) -> float:
        return sum(each.progress() for each in self.below) / len(self.below)

    def observations(self) -> int:
        return sum(each.observations() for each in self.below)

    def chosen(self, places: Sequence[int]) -> Upon:
        starts = np.cumsum([0, *(each.observations() for each in self.below)])
        made, run, of = [], [], -1
        for place in places:
            at = int(np.searchsorted(starts, place, "right")) - 1
            if at != of and run:
                made.append(self.below[of].chosen(run))
                run = []
            of = at
            run.append(place - int(starts[at]))
        return self.upon([*made, self.below[max(of, 0)].chosen(run)])


class TransformedDatastore(Upon):
    """What functions make of each piece of other datastores, one after the other.

    functions  each is given what the one before made
    told       is each given, and does it give, what is known of the piece?
    """

    class_name = f"{IO}TransformedDatastore"

    def __init__(self, below: Sequence[Datastore], functions: Sequence[Function], told: Sequence[bool]):
        super().__init__(below)
        self.functions, self.told = list(functions), list(told)

    def properties(self) -> dict[str, Any]:
        functions = np.empty((1, len(self.functions)), object)
        functions[0, :] = self.functions
        return {
            "UnderlyingDatastores": self.below_cell(),
            "SupportedOutputFormats": formats(ALL_FORMATS),
            "Transforms": functions,
            "IncludeInfo": norm(np.array([self.told], bool)),
        }

    def read(self, session: Any) -> tuple[Any, Any]:
        if not self.has_more():
            raise no_more()
        made = [each.read(session) for each in self.below]
        given = [data for data, _ in made]
        known = [info for _, info in made]
        for function, told in zip(self.functions, self.told, strict=True):
            if told:
                data, info = session.call(function, 2, *given, *known)
                known = [info]
            else:
                data = session.call(function, 1, *given)
            given = [data]
        return data, known[0] if len(known) == 1 else infos(known)


@builtin
def transform(session, ds, /, *rest, IncludeInfo=False):
    """
    ds2 = transform(ds, fcn)
    ds2 = transform(ds1, ..., dsN, fcn)
    ds2 = transform(..., IncludeInfo=tf)

    A datastore of what a function makes of each piece that is read of ds.

    It reads copies, from their start: ds stays where it is. A transform of a transformed datastore adds its function to
    Transforms.

    Options
      IncludeInfo  whether fcn is also given what is known about the piece, and gives it: [data, info] = fcn(data, info)

    Examples
      >> ds = transform(arrayDatastore([1; 2; 3]), @(c) {10*c{1}}); data = readall(ds)
      data =
        3×1 cell array
          {[10]}
          {[20]}
          {[30]}
      >> ds = transform(arrayDatastore(1), arrayDatastore(2), @(a, b) a{1} + b{1}); read(ds)
      ans =
           3
      >> ds = transform(imageDatastore('coffee.png'), @(img, info) deal(info.Filename, info), IncludeInfo=true);
      >> read(ds)
      ans =
          'coffee.png'

    See also combine, read, arrayDatastore, imageDatastore.
    """
    given = [ds, *rest]
    if len(given) < 2:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("ds2 = transform(ds, fcn)",))
    stores = below(session, given[:-1], "transform")
    function = take.function(given[-1], "Transformation")
    told = take.flag(IncludeInfo, "IncludeInfo")
    if len(stores) == 1 and isinstance(first := stores[0], TransformedDatastore):
        return TransformedDatastore(first.below, [*first.functions, function], [*first.told, told])
    return TransformedDatastore(stores, [function], [told])


@builtin
def combine(session, ds, /, *rest, ReadOrder="associated"):
    """
    ds2 = combine(ds1, ds2, ..., dsN)
    ds2 = combine(..., ReadOrder=order)

    Several datastores as one: a piece of each, side by side in a cell or a table. It reads copies, from their start.

    Options
      ReadOrder  'associated': side by side; 'sequential': one datastore after the other

    Examples
      >> ds2 = combine(arrayDatastore([1; 2]), arrayDatastore({'a'; 'b'})); data = read(ds2)
      data =
        1×2 cell array
          {[1]}    {1×1 cell}
      >> ds2 = combine(arrayDatastore([1; 2]), arrayDatastore(3), ReadOrder='sequential'); cell2mat(readall(ds2))'
      ans =
           1     2     3

    See also transform, read, arrayDatastore, imageDatastore.
    """
    stores = below(session, (ds, *rest), "combine")
    order = take.choice(ReadOrder, ("associated", "sequential"), "ReadOrder")
    return CombinedDatastore(stores) if order == "associated" else SequentialDatastore(stores)
