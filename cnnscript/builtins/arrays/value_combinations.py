"""combinations: every choice of one element from each of several arrays, as the rows of a table."""

from __future__ import annotations

from math import prod

import numpy as np

from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.memory import require_memory
from cnnscript.values.tables import Table


@builtin
def combinations(argument_names, /, *arrays):
    """
    T = combinations(A1, ..., An)

    All choices of one element from each array, a row of a table for each; the last array changes fastest.

    Variables are named after the workspace variables they come from, others Var1, Var2 ...

    Examples
      >> T = combinations([1 2], ["a" "b"])
      T =
        4×2 table
          Var1    Var2
          ____    ____
           1      "a"
           1      "b"
           2      "a"
           2      "b"

    See also table, meshgrid, nchoosek, perms.
    """
    if not arrays:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    parts = [require_parts(array, "combinations") for array in arrays]
    sizes = [array.size for array, _ in parts]
    total = prod(sizes)
    require_memory((total, len(sizes)), 8)
    columns = {}
    inner = total
    for at, (array, back) in enumerate(parts):
        inner = inner // sizes[at] if sizes[at] else 0
        places = np.arange(total) // max(inner, 1) % max(sizes[at], 1)
        name = argument_names[at] if at < len(argument_names) else ""
        columns[name if name and name not in columns else f"Var{at + 1}"] = back(
            array.ravel(order="F")[places].reshape(-1, 1)
        )
    return Table.of(columns)
