"""Functions whose variables are only known as they run: those that call `eval`, `assignin`, `load`, `clear` ..."""

from __future__ import annotations

from types import CodeType
from typing import Any

from cnnscript.code.calls import UNSET, Return, gathered, too_many_inputs, too_many_outputs
from cnnscript.code.emit import mangled
from cnnscript.code.generate import Generator
from cnnscript.syntax import tree
from cnnscript.values.concatenate import cell_row


class DynamicFunction:
    """A function that keeps its variables in a dictionary."""

    def __init__(self, unit: Any, node: tree.Function):
        self.unit = unit
        self.node = node
        self.outputs = [parameter.name for parameter in node.outputs]
        self.code: CodeType | None = None

    @property
    def __name__(self) -> str:
        return "_f_" + self.node.name

    def __call__(self, nargout: int, *args: Any) -> Any:
        if self.code is None:
            generator = Generator(self.unit, self.node, dynamic=True)
            self.code = generator.dynamic_body(self.node.body, "_f_" + self.node.name)
        variables = self.bind(args)
        variables["_nargin"] = float(len(args))
        constructed = self.unit.constructors.get(self.node.name)
        if constructed is not None:
            variables[mangled(self.outputs[0])] = constructed()
        variables["_nargout"] = nargout
        try:
            exec(self.code, self.unit.namespace, variables)
        except Return:
            return self.result(nargout, variables)
        return self.result(nargout, variables)

    def bind(self, args: tuple) -> dict[str, Any]:
        """The inputs as variables."""
        if self.node.arguments:  # its first statements bind them
            return {"_given": args}
        names = [parameter.name for parameter in self.node.parameters]
        variables: dict[str, Any] = {}
        if names[-1:] == ["varargin"]:
            names = names[:-1]
            variables["varargin"] = cell_row(*args[len(names) :])
        elif len(args) > len(names):
            raise too_many_inputs(self.unit.usage(self.node.name))
        for name, value in zip(names, args, strict=False):
            if name != "~":
                variables[mangled(name)] = value
        return variables

    def result(self, nargout: int, variables: dict[str, Any]) -> Any:
        if not self.outputs:
            if nargout:
                raise too_many_outputs(self.node.name)
            return None
        if nargout > len(self.outputs) and self.outputs[-1] != "varargout":
            raise too_many_outputs(self.node.name)
        values = tuple(variables.get(mangled(name), UNSET) for name in self.outputs)
        return gathered(nargout, tuple(self.outputs), values, self.node.name)
