"""arrayDatastore: an array in memory, read slice by slice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnscript.builtins.data.datastore_objects import IO, Observations, column, read_size
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.indexing import index
from cnnscript.values.numeric import COLON, norm, size_of
from cnnscript.values.structs import Struct
from cnnscript.values.text import String


class ArrayDatastore(Observations):
    """The slices of a value along one dimension.

    same  whether pieces come as they are, instead of each in a cell
    """

    class_name = f"{IO}ArrayDatastore"

    def __init__(self, value: Any, dimension: int, same: bool):
        self.value, self.dimension, self.same = value, dimension, same

    def properties(self) -> dict[str, Any]:
        return {
            "ReadSize": float(self.most),
            "IterationDimension": float(self.dimension),
            "OutputType": String.of("same" if self.same else "cell"),
        }

    def set(self, name: str, value: Any) -> ArrayDatastore:
        if name == "ReadSize":
            self.most = read_size(value, "arrayDatastore")
        elif name == "IterationDimension":
            dimension = take.positive(value, name)
            require_rows(dimension, self.same)
            self.dimension = dimension
            self.rewind()
        elif name == "OutputType":
            same = take.choice(value, ("cell", "same"), name) == "same"
            require_rows(self.dimension, same)
            self.same = same
        else:
            return super().set(name, value)
        return self

    def held(self) -> Sequence[Any]:
        return (self.value,)

    def observations(self) -> int:
        shape = size_of(self.value)
        return shape[self.dimension - 1] if self.dimension <= len(shape) else 1

    def slices(self, places: Sequence[int]) -> Any:
        """The slices at places from 0, together."""
        wanted = norm(np.array(places, float).reshape(1, -1) + 1)
        count = max(len(size_of(self.value)), self.dimension)
        return index(self.value, tuple(wanted if k == self.dimension - 1 else COLON for k in range(count)))

    def piece(self, session: Any, places: Sequence[int]) -> tuple[Any, Any]:
        if self.same:
            return self.slices(places), Struct({})
        return column([self.slices([place]) for place in places]), Struct({})

    def chosen(self, places: Sequence[int]) -> ArrayDatastore:
        made = self.copied()
        made.value = self.slices(places)
        return made


def require_rows(dimension: int, same: bool) -> None:
    if same and dimension != 1:
        raise ScriptError(
            "MATLAB:io:datastore:array:sameNeedsRows",
            "IterationDimension must be 1 when OutputType is 'same'.",
            notes=(f"it is {dimension}",),
        )


@builtin(name="arrayDatastore")
def array_datastore(A, /, *, ReadSize=1.0, IterationDimension=1.0, OutputType="cell"):
    """
    ds = arrayDatastore(A)
    ds = arrayDatastore(A, Name=Value)

    An array (numbers, cell, table, categories, ...) as a datastore: read gives it slice by slice.

    Options
      ReadSize            slices that read gives at once (1)
      IterationDimension  the dimension that is cut (1)
      OutputType          'cell': each slice in a cell; 'same': slices as they are

    Examples
      >> ds = arrayDatastore([1 2; 3 4])
      ds =
        ArrayDatastore with properties:
                    ReadSize: 1
          IterationDimension: 1
                  OutputType: "cell"
      >> ds = arrayDatastore([1 2; 3 4; 5 6], ReadSize=2, OutputType='same'); read(ds)
      ans =
           1     2
           3     4
      >> ds = arrayDatastore(rand(8, 8, 3, 10), IterationDimension=4); data = read(ds); size(data{1})
      ans =
           8     8     3

    See also read, combine, transform, imageDatastore.
    """
    same = take.choice(OutputType, ("cell", "same"), "OutputType") == "same"
    dimension = take.positive(IterationDimension, "IterationDimension")
    require_rows(dimension, same)
    made = ArrayDatastore(A, dimension, same)
    made.most = read_size(ReadSize, "arrayDatastore")
    return made
