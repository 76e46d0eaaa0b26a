"""The reference pages of functions that many classes have, as they are for dlarrays."""

from __future__ import annotations

from collections.abc import Callable

from cnnscript.builtins.registry import overload


def declare(name: str, function: Callable, forms: str, what: str, example: str, *, outputs: int | None = None,
            shows: str = "   1", see: str = "dlarray, dlgradient") -> None:  # fmt: skip
    """Declare what a function does with dlarrays.

    forms    its syntaxes, one a line
    what     the page's sentences
    example  a line that prints `shows`
    """
    lines = ["", *forms.strip().splitlines(), "", what, "", "Examples", f"  >> {example}", f"  {shows}", "",
             f"See also {see}.", ""]  # fmt: skip
    function.__doc__ = "\n".join(lines)
    overload("dlarray", name=name, outputs=outputs)(function)


def agrees(call: str, data: str) -> str:
    """An example: what a tape records of `call`, a function of x, is what the numbers give."""
    return f"f = @(x) {call}; x = {data}; disp(max(abs(extractdata(dlfeval(f,dlarray(x))) - f(x)),[],'all') < 1e-12)"
