"""Functions that classes call which redefine indexing."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described
from cnnscript.code.indexing_mixins import Operations, list_length
from cnnscript.errors import ScriptError


@builtin
def listLength(value, operations, context, /):
    """
    n = listLength(value, operations, context)

    How many values indexing operations give of a value; classes that redefine indexing call it.

    Examples
      >> try, listLength([1 2], 3, 4), catch e, disp(e.message), end
      Indexing operations are what the methods of a class that redefines indexing get.

    See also subsref, numel.
    """
    if type(operations) is not Operations:
        raise ScriptError(
            "MATLAB:index:InvalidOperations",
            "Indexing operations are what the methods of a class that redefines indexing get.",
            notes=(f"got {described(operations)}",),
        )
    return list_length(value, operations)
