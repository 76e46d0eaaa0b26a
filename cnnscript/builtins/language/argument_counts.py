"""nargchk: the older check of how many arguments a function got."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT
from cnnscript.values.structs import Struct, StructArray


@builtin
def nargchk(minargs, maxargs, numargs, outputtype="string", /):
    """
    msg = nargchk(minargs, maxargs, numargs)
    msg = nargchk(minargs, maxargs, numargs, 'struct')

    [] where numargs lies between minargs and maxargs, else a message (or a struct for error); narginchk is newer.

    Examples
      >> msg = nargchk(1, 2, 0)
      msg =
          'Not enough input arguments.'
      >> msg = nargchk(1, 2, 2)
      msg =
           []
      >> msg = nargchk(1, 2, 3, 'struct'); msg.identifier
      ans =
          'MATLAB:nargchk:tooManyInputs'

    See also narginchk, nargin.
    """
    low, high, count = (take.number(value, "The number of arguments") for value in (minargs, maxargs, numargs))
    if low > high:
        raise ScriptError("MATLAB:nargchk:minGreaterThanMax", "MINARGS must not exceed MAXARGS.")
    as_struct = take.choice(outputtype, ("string", "struct"), "Output type") == "struct"
    if low <= count <= high:
        nothing = np.empty((0, 1), OBJECT)
        return StructArray(["message", "identifier"], nothing) if as_struct else EMPTY
    few = count < low
    message = "Not enough input arguments." if few else "Too many input arguments."
    if not as_struct:
        return message
    return Struct({"message": message, "identifier": f"MATLAB:nargchk:{'notEnough' if few else 'tooMany'}Inputs"})
