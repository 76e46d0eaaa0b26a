"""Inline functions: an expression as text and the names of its inputs, called like a function handle."""

from __future__ import annotations

from typing import Any, ClassVar

from cnnscript.values.functions import Function
from cnnscript.values.indexing import called
from cnnscript.values.objects import Object


class Inline(Object):
    """What `inline` makes.

    function   the handle that calling the object calls
    formula    the expression
    names      of the inputs
    """

    class_name: ClassVar[str] = "inline"

    def __init__(self, function: Function, formula: str, names: tuple[str, ...]):
        self.function = function
        self.formula = formula
        self.names = names

    def as_function(self) -> Function:
        return self.function

    def index(self, args: tuple) -> Any:
        return called(self.function, args) if args else self

    def equals(self, other: Any) -> bool:
        return type(other) is Inline and (self.formula, self.names) == (other.formula, other.names)

    def show(self, name: str, form: Any) -> str:
        loose = "" if form.spacing == "compact" else "\n"
        return f"{name} =\n{loose}{self.described(name)}{loose}"

    def disp(self, form: Any) -> str:
        return self.described("f")

    def described(self, name: str) -> str:
        """The two lines that show it under a name."""
        return f"     Inline function:\n     {name}({','.join(self.names)}) = {self.formula}\n"
