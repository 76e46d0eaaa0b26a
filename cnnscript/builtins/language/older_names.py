"""Names of old for what has another name now: isstr, setstr."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin
from cnnscript.values.text import is_char


@builtin
def isstr(x, /):
    """
    tf = isstr(A)

    The old name of ischar.

    Examples
      >> tf = isstr('a')
      tf =
        logical
         1

    See also ischar.
    """
    return is_char(x)


@builtin
def setstr(session, x, /):
    """
    s = setstr(A)

    The old name of char.

    Examples
      >> s = setstr([72 105])
      s =
          'Hi'

    See also char.
    """
    return session.call("char", 1, x)
