"""What is known of a value without running the program: it is surely a double scalar, or surely a logical scalar.

A variable is surely a double when every one of its definitions in the function is; parameters and variables that
come from elsewhere are not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from cnnscript.code.names import OTHER, Names, SizeOutputs
from cnnscript.syntax import tree

ARITHMETIC = frozenset(("+", "-", "*", ".*", "/", "./"))
COMPARISON = frozenset(("<", "<=", ">", ">=", "==", "~=", "!="))

# built-ins that give a double scalar whatever they are given: name to the counts of arguments for which they do
DOUBLE_RESULTS = {
    "numel": (1,),
    "length": (1,),
    "ndims": (1,),
    "height": (1,),
    "width": (1,),
    "pi": (0,),
    "Inf": (0,),
    "inf": (0,),
    "NaN": (0,),
    "nan": (0,),
    "eps": (0,),
    "realmax": (0,),
    "realmin": (0,),
    "toc": (0,),
    "rand": (0,),
    "randn": (0,),
}
# ... and those that give a logical scalar
LOGICAL_RESULTS = {
    name: (1,)
    for name in [  # fmt: skip
        "isempty", "ischar", "iscell", "iscellstr", "isstruct", "isnumeric", "islogical", "isfloat",
        "isinteger", "isreal", "isscalar", "isvector", "isrow", "iscolumn", "ismatrix", "issquare",
        "isstring", "istable", "isvarname",
    ]
} | {"true": (0,), "false": (0,), "isequal": (2, 3), "isa": (2,), "isprop": (2,)}


class Types:
    """What is known in one function.

    floats     variables that are surely double scalars
    functions  variables that are surely function handles
    assumed    parameters taken for doubles: the function tests them before it starts
    is_builtin whether a name means the built-in here (no variable, no function of the program or its files)
    floats_of  the Python function that a built-in is for double arguments, or None
    """

    def __init__(self, is_builtin: Callable[[str], bool], floats_of: Callable[[str], Any]):
        self.floats: set[str] = set()
        self.functions: set[str] = set()
        self.assumed: set[str] = set()
        self.is_builtin = is_builtin
        self.floats_of = floats_of

    def infer(self, names: Names, excluded: set[str]) -> None:
        """Find the variables that are surely doubles."""
        # a loop over nothing leaves [] in its variable, which only matters where somebody reads it afterwards
        emptied = {
            name
            for name, definitions in names.definitions.items()
            if name in names.outside and any(type(definition) is tree.For for definition in definitions)
        }
        self.functions = {
            name
            for name, definitions in names.definitions.items()
            if name not in excluded and all(is_handle(definition) for definition in definitions)
        }
        candidates = set(names.definitions) - excluded - emptied
        while True:
            self.floats = candidates | self.assumed
            kept = {name for name in candidates if all(self.defines_float(d) for d in names.definitions[name])}
            if len(kept) == len(candidates):
                return
            candidates = kept

    def defines_float(self, definition: Any) -> bool:
        if definition is OTHER:
            return False
        if type(definition) is tree.For:
            return self.counts_in_floats(definition.sequence)
        return self.is_float(definition)

    def counts_in_floats(self, sequence: tree.Node) -> bool:
        """Does `for` over this sequence give doubles?"""
        if type(sequence) is tree.Parenthesised:
            return self.counts_in_floats(sequence.expression)
        if type(sequence) is tree.Range:
            parts = (sequence.first, sequence.last, sequence.step)
            return all(part is None or self.is_float(part) for part in parts)
        if type(sequence) is tree.Matrix:
            return len(sequence.rows) == 1 and all(self.is_float(item) for item in sequence.rows[0])
        return False

    def is_float(self, node: tree.Node) -> bool:
        kind = type(node)
        if kind is tree.Number:
            return type(node.value) is float
        if kind is tree.Name:
            return node.id in self.floats or self._gives(DOUBLE_RESULTS, node.id, [])
        if kind is tree.Binary:
            if node.operator in ARITHMETIC:
                return self.is_float(node.left) and self.is_float(node.right)
            if node.operator in ("^", ".^"):
                return is_whole(node.right) and self.is_float(node.left)
            return False
        if kind is tree.Unary:
            return node.operator in "+-" and self.is_float(node.operand)
        if kind is tree.Parenthesised:
            return self.is_float(node.expression)
        if kind is tree.End or kind is SizeOutputs:
            return kind is tree.End or self.is_builtin("size")
        if kind is tree.Call and type(node.base) is tree.Name:
            name, arguments = node.base.id, node.arguments
            if name == "size" and len(arguments) == 2 and is_whole(arguments[1]):
                return self.is_builtin(name)
            if self._gives(DOUBLE_RESULTS, name, arguments):
                return True
            return self.calls_on_floats(name, arguments)
        return False

    def calls_on_floats(self, name: str, arguments: list[tree.Node]) -> bool:
        """Is this a built-in with a form for doubles, given doubles only?"""
        if not arguments or not all(self.is_float(argument) for argument in arguments) or not self.is_builtin(name):
            return False
        function = self.floats_of(name)
        return function is not None and takes(function, len(arguments))

    def is_logical(self, node: tree.Node) -> bool:
        kind = type(node)
        if kind is tree.AndAlso or kind is tree.OrElse:
            return True
        if kind is tree.Parenthesised:
            return self.is_logical(node.expression)
        if kind is tree.Binary:
            return node.operator in COMPARISON and self.is_float(node.left) and self.is_float(node.right)
        if kind is tree.Unary:
            return node.operator in "~!" and self.is_logical(node.operand)
        if kind is tree.Name:
            return self._gives(LOGICAL_RESULTS, node.id, [])
        if kind is tree.Call and type(node.base) is tree.Name:
            return self._gives(LOGICAL_RESULTS, node.base.id, node.arguments)
        return False

    def _gives(self, table: dict[str, tuple[int, ...]], name: str, arguments: list[tree.Node]) -> bool:
        counts = table.get(name)
        if counts is None or len(arguments) not in counts:
            return False
        if any(type(argument) in (tree.Brace, tree.Field, tree.DynamicField) for argument in arguments):
            return False  # may be a list of any length
        return self.is_builtin(name)


def is_handle(definition: Any) -> bool:
    return type(definition) is tree.Anonymous or type(definition) is tree.Handle


@cache
def takes(function: Callable[..., Any], count: int) -> bool:
    """Can a Python function be called with so many arguments?"""
    code = getattr(function, "__code__", None)
    if code is not None:
        least = code.co_argcount - len(function.__defaults__ or ())
        return least <= count <= code.co_argcount
    from inspect import signature

    try:
        signature(function).bind(*[None] * count)
    except (TypeError, ValueError):  # too few or too many, or written in C without a signature
        return False
    return True


def is_whole(node: tree.Node) -> bool:
    """Is this a whole number as written?"""
    if type(node) is tree.Unary and node.operator == "-":
        node = node.operand
    return type(node) is tree.Number and type(node.value) is float and node.value == node.value // 1


def whole_value(node: tree.Node) -> int:
    """The value of a whole number as written."""
    if type(node) is tree.Unary:
        return -int(node.operand.value)
    return int(node.value)
