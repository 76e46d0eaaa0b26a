"""Calls whose arguments are certain: too many or too few inputs and outputs, options that a function does not take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from cnnscript.checking.reach import Meaning
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.take import nearest

LISTS = (tree.Field, tree.DynamicField)
LITERALS = (tree.Number, tree.Text, tree.Handle, tree.Anonymous)
TOO_MANY_INPUTS = ("MATLAB:TooManyInputs", "Too many input arguments.")
TOO_MANY_OUTPUTS = ("MATLAB:TooManyOutputs", "Too many output arguments.")


class Fault(NamedTuple):
    node: tree.Node
    error: ScriptError


def faults(node: tree.Node, name: str, arguments: list[tree.Node], meaning: Meaning, outputs: int) -> Iterator[Fault]:
    """What is surely wrong with a call.

    node     the whole expression
    outputs  how many are asked for; 0 for a statement
    """
    if meaning.kind in ("local", "file") and meaning.function is not None:
        yield from _of_function(node, name, arguments, meaning.function, outputs)
    elif meaning.kind == "builtin" and meaning.builtin is not None:
        first, *others = [list(_of_builtin(node, arguments, entry, outputs)) for entry in meaning.builtin]
        written = all(type(argument) in LITERALS for argument in arguments)
        if written or all(others):  # else what some class of values takes may be right
            yield from first
    elif meaning.kind == "script" and arguments:
        message = f"Attempt to execute SCRIPT {name} as a function."
        yield Fault(node, ScriptError("MATLAB:scriptNotAFunction", message))


def counted(arguments: list[tree.Node]) -> tuple[int, bool]:
    """How many values arguments are at least, and whether that is exact: `c{:}` and `s.x` may be any number."""
    number, exact = 0, True
    for argument in arguments:
        if type(argument) is tree.Named:
            number += 2
        elif type(argument) in LISTS or type(argument) is tree.Brace and not _is_one(argument):
            exact = False
        elif type(argument) is tree.Call and type(argument.base) is not tree.Name:
            exact = False  # s(k).f(1) and the like may be calls with no value, or lists
        else:
            number += 1
    return number, exact


def _is_one(node: tree.Brace) -> bool:
    return (
        bool(node.arguments)
        and all(type(index) in (tree.Number, tree.End) for index in node.arguments)
        and (type(node.base) is tree.Name)
    )


def _of_function(
    node: tree.Node, name: str, arguments: list[tree.Node], function: tree.Function, outputs: int
) -> Iterator[Fault]:
    names = [parameter.name for parameter in function.parameters]
    usage = (f"{name}({', '.join(names)})",)
    taken = len(names)
    named = any(block_argument.option for block in function.arguments for block_argument in block.arguments)
    repeating = any("Repeating" in block.attributes for block in function.arguments)
    number, _ = counted(arguments)
    if number > taken and names[-1:] != ["varargin"] and not named and not repeating:
        yield Fault(node, ScriptError(*TOO_MANY_INPUTS, notes=usage))
    declared = [item for block in function.arguments for item in block.arguments if item.option or item.from_class]
    if declared and not any(item.from_class for item in declared):
        options = [item.option for item in declared if item.option]
        folded = [option.lower() for option in options]
        for argument in arguments:
            if type(argument) is tree.Named and argument.name.lower() not in folded:
                hint = nearest(argument.name, options)
                message = f"Invalid argument name '{argument.name}'."
                place = tree.Node(argument.start, argument.start + len(argument.name))
                notes = ("names are " + ", ".join(options),)
                yield Fault(
                    place, ScriptError("MATLAB:functionValidation:InvalidNameValue", message, notes=notes, hint=hint)
                )
    given = [parameter.name for parameter in function.outputs]
    if outputs > len(given) and given[-1:] != ["varargout"]:
        yield Fault(node, ScriptError(*TOO_MANY_OUTPUTS, notes=usage))


def _of_builtin(node: tree.Node, arguments: list[tree.Node], entry: Any, outputs: int) -> Iterator[Fault]:
    if entry.outputs is not None and outputs > max(entry.outputs, 1):
        yield Fault(node, ScriptError("MATLAB:maxlhs", "Too many output arguments.", notes=entry.usage()))
    number, exact = counted(arguments)
    if entry.options:
        if not exact:
            return
        flat = _flat(arguments)
        yield from _of_options(flat, entry)
        positional = _positional(flat, entry)
        if positional is None:
            return
        number = positional
    if entry.maximum is not None and number > entry.maximum:
        yield Fault(node, ScriptError("MATLAB:maxrhs", "Too many input arguments.", notes=entry.usage()))
    elif exact and number < entry.minimum:
        yield Fault(node, ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=entry.usage()))


def _flat(arguments: list[tree.Node]) -> list[tree.Node]:
    """The arguments as they are passed: Name=value is a text and a value."""
    flat: list[tree.Node] = []
    for argument in arguments:
        if type(argument) is tree.Named:
            stop = argument.start + len(argument.name)
            flat += [tree.Text(argument.start, stop, argument.name, "string"), argument.value]
        else:
            flat.append(argument)
    return flat


def _starts(flat: list[tree.Node], entry: Any) -> Iterator[int]:
    """Where the options may start: the first is where they surely do, if everything before is no text."""
    for at in range(min(entry.minimum, len(flat)), len(flat)):
        node = flat[at]
        if (len(flat) - at) % 2 == 0 and type(node) is tree.Text and node.value:
            past = at >= entry.maximum if entry.maximum is not None else _misspelt(node.value, entry.options)
            if past or entry.match_option(node.value):
                yield at


def _misspelt(word: str, options: tuple[str, ...]) -> bool:
    """Is a word nearly an option?  Of a function that takes any number of inputs it might be one of them."""
    return bool(get_close_matches(word.lower(), [option.lower() for option in options], 1, 0.8))


def _of_options(flat: list[tree.Node], entry: Any) -> Iterator[Fault]:
    start = next(_starts(flat, entry), None)
    if start is None:
        return
    for node in flat[start::2]:
        if type(node) is not tree.Text:
            continue
        try:
            entry.option(node.value)
        except ScriptError as error:
            yield Fault(node, error.with_traceback(None))


def _positional(flat: list[tree.Node], entry: Any) -> int | None:
    """How many inputs stand before the options; None where a variable may be the name of one."""
    start = next(_starts(flat, entry), None)
    before = flat if start is None else flat[:start]
    for at, node in enumerate(before):
        may_name = type(node) not in (tree.Number, tree.Matrix, tree.Cell, tree.Anonymous, tree.Handle, tree.Text)
        if may_name and at >= entry.minimum and (len(flat) - at) % 2 == 0:
            return None
    return len(before)
