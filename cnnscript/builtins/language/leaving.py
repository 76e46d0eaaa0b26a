"""Leaving: exit and quit."""

from __future__ import annotations

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import whole_number
from cnnscript.errors import Exit
from cnnscript.values import take
from cnnscript.values.text import is_text


@builtin(name="exit")
def exit_(status=0.0, force=None, /):
    """
    exit
    exit(code)

    Leave, with an exit status for the shell.

    Examples
      >> f = @() exit(3);
      >> disp(class(f))
      function_handle

    See also quit.
    """
    if force is not None:
        take.choice(force, ("force", "cancel"), "Second argument")
    raise Exit(0 if is_text(status) else whole_number(status, "exit", "Exit code"))


@builtin(name="quit")
def quit_(status=0.0, force=None, /):
    """
    quit
    quit(code)

    Leave, as exit does.

    Examples
      >> f = @() quit(1);
      >> disp(func2str(f))
      @()quit(1)

    See also exit.
    """
    exit_(status, force)
