"""`arguments` blocks: the inputs of a function declared with sizes, classes, validators and defaults.

The function takes `*_given`; its first statements split that into positional and named inputs, convert and check each
as it is declared, and set the variables.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnscript.code import emit
from cnnscript.code.emit import Place
from cnnscript.errors import ScriptError
from cnnscript.syntax import tree
from cnnscript.values.convert import to_class
from cnnscript.values.numeric import DTYPE_OF_CLASS, as_array, class_of, norm, size_of, size_text
from cnnscript.values.objects import Object
from cnnscript.values.text import String, chars, text_or_none

CONVERTED = frozenset((*DTYPE_OF_CLASS, "char", "string", "cell"))
TEXT = frozenset(("char", "string"))
PLAIN_CLASSES = CONVERTED | {"struct", "function_handle", "float", "numeric", "integer", "table", "handle"}


@dataclass(frozen=True)
class Declaration:
    """One declared input or output.

    where  how errors name it: 'Invalid argument at position 1. ' and the like
    sizes  its size, None for `:` in a dimension; None as a whole where none is declared
    construct  makes an object of the class from a value of another, where the class is one of objects
    """

    name: str
    where: str
    sizes: tuple[int | None, ...] | None
    class_name: str | None
    construct: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Layout:
    """How the inputs of a function are split: names of the positional, repeating and named ones."""

    positional: tuple[str, ...]
    required: int
    repeating: tuple[str, ...]
    options: tuple[str, ...]
    function: str


# --------------------------------------------------------------------------------------------------- generated code
def declared_arguments(generator: Any, place: Place) -> list[ast.stmt]:
    """The statements that bind the inputs of the generator's function."""
    function = generator.function
    blocks = [block for block in function.arguments if "Output" not in block.attributes]
    fixed = [item for block in blocks if "Repeating" not in block.attributes for item in block.arguments]
    repeating = [item for block in blocks if "Repeating" in block.attributes for item in block.arguments]
    of_classes = [item for item in fixed if item.from_class is not None]
    positional = [item for item in fixed if item.option is None and item.from_class is None]
    options = [item for item in fixed if item.option is not None]
    explicit = {item.option.lower() for item in options}
    taken = [(item, _options_of_class(generator, item, explicit)) for item in of_classes]
    declared = {item.name for item in positional + repeating + options + of_classes}
    if not blocks:  # only outputs are declared
        return _plain_inputs(generator, place)
    undeclared = [parameter.name for parameter in function.parameters if parameter.name not in declared | {"~"}]
    if undeclared:
        raise generator.fault(
            function.arguments[0],
            "MATLAB:functionValidation:UndeclaredArgument",
            f"Positional argument '{undeclared[0]}' must be declared in the arguments block.",
        )
    required = next((at for at, item in enumerate(positional) if item.default is not None), len(positional))
    layout = Layout(
        tuple(item.name for item in positional),
        required,
        tuple(item.name for item in repeating),
        (*(item.option for item in options), *(name for _, properties in taken for name in properties)),
        function.name,
    )
    unit = generator.unit
    split = emit.call(
        "_split_arguments", [emit.load("_given", place), unit.constant_of(layout, place)], place
    )
    parts = emit.put(
        ast.Tuple([emit.store(name, place) for name in ("_given", "_repeated", "_named", "_nargin")], emit.STORE), place
    )
    made: list[ast.stmt] = [emit.assign(parts, split, place)]
    for at, item in enumerate(positional):
        made += _positional(generator, item, at)
    for at, item in enumerate(repeating):
        made += _repeating(generator, item, at, len(positional))
    for name in dict.fromkeys(item.name for item in options + of_classes):
        made.append(emit.assign(generator.target(name, place), emit.call("_new_struct", [], place), place))
        generator.bound.add(name)
    for item in options:
        made += _option(generator, item)
    for item, properties in taken:
        place = generator.place(item)
        given = [
            generator.load(item.name, place), emit.load("_named", place), unit.constant_of(properties, place)
        ]  # fmt: skip
        made.append(emit.statement(emit.call("_take_properties", given, place), place))
    return made


def _plain_inputs(generator: Any, place: Place) -> list[ast.stmt]:
    """The inputs of a function that declares its outputs only."""
    names = [parameter.name for parameter in generator.function.parameters]
    rest = names[-1:] == ["varargin"]
    fixed = names[:-1] if rest else names
    layout = Layout(tuple(fixed), 0, ("varargin",) if rest else (), (), generator.function.name)
    given = [emit.load("_given", place), generator.unit.constant_of(layout, place)]
    split = emit.call("_split_arguments", given, place)
    targets = [emit.store(name, place) for name in ("_given", "_repeated", "_named", "_nargin")]
    made = [emit.assign(emit.put(ast.Tuple(targets, emit.STORE), place), split, place)]
    for at, name in enumerate(fixed):
        if name == "~":
            continue
        value = emit.subscript(emit.load("_given", place), emit.constant(at, place), emit.LOAD, place)
        count = emit.call("_len", [emit.load("_given", place)], place)
        test = emit.compare(count, ast.Gt(), emit.constant(at, place), place)
        made.append(emit.when(test, [emit.assign(generator.target(name, place), value, place)], [], place))
    if rest:
        column = emit.subscript(emit.load("_repeated", place), emit.constant(0, place), emit.LOAD, place)
        cell = emit.call("_cell_row", [emit.starred(column, place)], place)
        made.append(emit.assign(generator.target("varargin", place), cell, place))
        generator.bound.add("varargin")
    return made


def _options_of_class(generator: Any, item: tree.Argument, explicit: set[str]) -> dict[str, Any]:
    """The properties of a class that are options (`options.?Class`), each with what checks its value."""
    properties = generator.unit.settable_properties(item.from_class)
    if properties is None:
        raise generator.fault(
            item,
            "MATLAB:functionValidation:ClassNotFound",
            f"Unable to find the class '{item.from_class}', whose properties are to be arguments.",
        )
    return {name: check for name, check in properties.items() if name.lower() not in explicit}


def take_properties(struct: Any, named: dict[str, Any], properties: dict[str, Any]) -> None:
    """Put the given values of a class's properties into the struct of options."""
    for name, check in properties.items():
        if name in named:
            try:
                struct.fields[name] = named[name] if check is None else check(named[name])
            except ScriptError as error:
                sentence = error.message.partition("'. ")[2] if error.message.startswith("Error setting") else ""
                raise ScriptError(
                    error.identifier,
                    f"Invalid value for '{name}' argument. {sentence or error.message}",
                    notes=error.notes,
                    hint=error.hint,
                ) from None


def constructor_of(unit: Any, class_name: str | None) -> Callable[[Any], Any] | None:
    """What makes an object of a class of objects from one value; None for the classes of plain values."""
    if class_name is None or class_name in PLAIN_CLASSES:
        return None

    def construct(value: Any) -> Any:
        from cnnscript.code.traces import explained

        function = unit.host.function(class_name)
        try:
            return function.call(1, value)
        except Exception as fault:  # a constructor may fail in any way: the value is not of the class then
            raise explained(fault).with_traceback(None) from None

    return construct


def _declaration(item: tree.Argument, where: str, unit: Any = None) -> Declaration:
    sizes = None
    if item.sizes is not None:
        sizes = tuple(None if type(size) is tree.Colon else int(size.value) for size in item.sizes)
    construct = constructor_of(unit, item.class_name) if unit is not None else None
    return Declaration(item.option or item.name, where, sizes, item.class_name, construct)


def _checked(generator: Any, item: tree.Argument, where: str, value: ast.expr, place: Place) -> ast.expr:
    """The value converted as declared."""
    if item.sizes is None and item.class_name is None:
        return value
    declaration = generator.unit.constant_of(_declaration(item, where, generator.unit), place)
    return emit.call("_as_declared", [value, declaration], place)


def _validators(generator: Any, item: tree.Argument, where: str, value: Any, place: Place) -> list[ast.stmt]:
    """Calls of the validators; their errors are told with the place of the argument."""
    made: list[ast.stmt] = []
    for validator in item.validators or []:
        if type(validator) is tree.Call:
            base, given = validator.base, generator.arguments(validator.arguments)
        else:
            base, given = validator, [value()]
        name = base.id if type(base) is tree.Name else generator.dotted(base)
        if name is None:
            raise generator.fault(validator, "MATLAB:m_invalid_validator", "A validator must be a function.")
        function = emit.load(generator.function_name(name), place)
        spot = generator.place(validator)
        call = emit.call("_validate", [function, emit.constant(where, spot), *given], spot)
        made.append(emit.statement(call, spot))
    return made


def _positional(generator: Any, item: tree.Argument, at: int) -> list[ast.stmt]:
    place = generator.place(item)
    if item.name == "~":
        return []
    where = f"Invalid argument at position {at + 1}. "
    given = emit.subscript(emit.load("_given", place), emit.constant(at, place), emit.LOAD, place)
    take = emit.assign(generator.target(item.name, place), _checked(generator, item, where, given, place), place)
    body = [take]
    if item.default is not None:
        default = _checked(generator, item, f"Invalid default value for argument '{item.name}'. ",
                           generator.value(item.default), place)
        count = emit.call("_len", [emit.load("_given", place)], place)
        test = emit.compare(count, ast.Gt(), emit.constant(at, place), place)
        body = [emit.when(test, [take], [emit.assign(generator.target(item.name, place), default, place)], place)]
    generator.bound.add(item.name)
    return body + _validators(generator, item, where, lambda: generator.load(item.name, place), place)


def _repeating(generator: Any, item: tree.Argument, at: int, before: int) -> list[ast.stmt]:
    place = generator.place(item)
    column = emit.subscript(emit.load("_repeated", place), emit.constant(at, place), emit.LOAD, place)
    each = "_item"
    where = f"Invalid argument at position {before + at + 1}. "
    value = _checked(generator, item, where, emit.load(each, place), place)
    kept = generator.kept()
    add = emit.call_of(emit.attribute(emit.load(kept, place), "append", place), [value], place)
    loop = ast.For(emit.store(each, place), column, [
        *_validators(generator, item, where, lambda: emit.load(each, place), place),
        emit.statement(add, place),
    ], [])
    empty = emit.assign(emit.store(kept, place), emit.put(ast.List([], emit.LOAD), place), place)
    cell = emit.call("_cell_row", [emit.starred(emit.load(kept, place), place)], place)
    generator.bound.add(item.name)
    return [empty, emit.put(loop, place), emit.assign(generator.target(item.name, place), cell, place)]


def _option(generator: Any, item: tree.Argument) -> list[ast.stmt]:
    place = generator.place(item)
    where = f"Invalid value for '{item.option}' argument. "
    key = emit.constant(item.option, place)
    named = emit.subscript(emit.load("_named", place), key, emit.LOAD, place)

    def field(context: ast.expr_context) -> ast.expr:
        fields = emit.attribute(generator.load(item.name, place), "fields", place)
        return emit.subscript(fields, emit.constant(item.option, place), context, place)

    given = [emit.assign(field(emit.STORE), _checked(generator, item, where, named, place), place)]
    given += _validators(generator, item, where, lambda: field(emit.LOAD), place)
    orelse: list[ast.stmt] = []
    if item.default is not None:
        default = _checked(generator, item, where, generator.value(item.default), place)
        orelse = [emit.assign(field(emit.STORE), default, place)]
    test = emit.compare(emit.constant(item.option, place), ast.In(), emit.load("_named", place), place)
    return [emit.when(test, given, orelse, place)]


def declared_outputs(generator: Any, place: Place) -> list[ast.stmt]:
    """Before a return: convert and check the outputs that are set."""
    made: list[ast.stmt] = []
    outputs = [
        item for block in generator.function.arguments if "Output" in block.attributes for item in block.arguments
    ]
    blocks = [block for block in generator.function.arguments if "Repeating" in block.attributes]
    repeating = {id(item) for block in blocks for item in block.arguments}
    for item in outputs:
        where = f"Invalid value for output argument '{item.name}'. "
        if id(item) in repeating:
            if item.name in generator.bound or item.name in generator.names.definitions:
                each = _each_output(generator, item, where, place)
                made.append(emit.guarded(each, [emit.put(ast.Pass(), place)], place))
            continue
        value = _checked(generator, item, where, generator.load(item.name, place), place)
        body: list[ast.stmt] = [emit.assign(generator.target(item.name, place), value, place)]
        body += _validators(generator, item, where, lambda name=item.name: generator.load(name, place), place)
        if item.name in generator.bound:
            made += body
        else:
            made.append(emit.guarded(body, [emit.put(ast.Pass(), place)], place))
    return made


def _each_output(generator: Any, item: tree.Argument, where: str, place: Place) -> list[ast.stmt]:
    """Convert and check each element of the cell of repeating outputs."""
    cell = emit.attribute(generator.load(item.name, place), "ravel", place)
    column = emit.call_of(cell, [emit.constant("F", place)], place)
    kept, each = generator.kept(), "_item"
    add = emit.call_of(emit.attribute(emit.load(kept, place), "append", place), [emit.load(each, place)], place)
    value = _checked(generator, item, where, emit.load(each, place), place)
    loop = ast.For(emit.store(each, place), column, [
        emit.assign(emit.store(each, place), value, place),
        *_validators(generator, item, where, lambda: emit.load(each, place), place),
        emit.statement(add, place),
    ], [])
    row = emit.call("_cell_row", [emit.starred(emit.load(kept, place), place)], place)
    return [
        emit.assign(emit.store(kept, place), emit.put(ast.List([], emit.LOAD), place), place),
        emit.put(loop, place),
        emit.assign(generator.target(item.name, place), row, place),
    ]


# ------------------------------------------------------------------------------------------------------ at run time
def split_arguments(given: tuple, layout: Layout) -> tuple[tuple, list[list], dict[str, Any], float]:
    """Positional inputs, repeating ones (a list for each name), named ones, and nargin."""
    count = len(given)
    positional, named = given, {}
    if layout.options:
        for at in range(min(layout.required, count), count + 1):
            if at < count and _starts_options(given[at:], layout):
                positional = given[:at]
                named = {_option_named(given[i], layout): given[i + 1] for i in range(at, count, 2)}
                break
    if len(positional) < layout.required:
        raise ScriptError(
            "MATLAB:minrhs", "Not enough input arguments.", notes=(_usage(layout),)
        )
    fixed = len(layout.positional)
    rest = positional[fixed:]
    if rest and not layout.repeating:
        if layout.options and text_or_none(rest[0]) is not None:
            _option_named(rest[0], layout)
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(_usage(layout),))
    width = max(len(layout.repeating), 1)
    if len(rest) % width:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(_usage(layout),))
    repeated = [list(rest[at::width]) for at in range(len(layout.repeating))]
    return positional[:fixed], repeated, named, float(len(positional))


def _starts_options(rest: tuple, layout: Layout) -> bool:
    """Are these names and values of options, the first of them known?"""
    if len(rest) % 2:
        return False
    word = text_or_none(rest[0])
    return word is not None and word.lower() in {option.lower() for option in layout.options}


def _option_named(value: Any, layout: Layout) -> str:
    word = text_or_none(value)
    found = [option for option in layout.options if word is not None and option.lower() == word.lower()]
    if not found:
        raise ScriptError(
            "MATLAB:TooManyInputs" if word is None else "MATLAB:functionValidation:InvalidNameValue",
            "Too many input arguments." if word is None else f"Invalid argument name '{word}'.",
            notes=("names are " + ", ".join(layout.options),),
        )
    return found[0]


def _usage(layout: Layout) -> str:
    words = [*layout.positional, *(f"{name}..." for name in layout.repeating)]
    words += [f"{option}=..." for option in layout.options]
    return f"{layout.function}({', '.join(words)})"


def as_declared(value: Any, declaration: Declaration) -> Any:
    """A value converted to the declared class and size; raises ScriptError where it cannot be."""
    if declaration.class_name is not None:
        value = _in_class(value, declaration)
    if declaration.sizes is not None:
        value = _in_size(value, declaration)
    return value


def _in_class(value: Any, declaration: Declaration) -> Any:
    wanted = declaration.class_name
    kind = class_of(value)
    if kind == wanted or isinstance(value, Object) and wanted in value.ancestors:
        return value
    if wanted == "float" and kind in ("double", "single") or wanted == "numeric" and kind in DTYPE_OF_CLASS:
        return value
    convertible = wanted in CONVERTED and kind not in ("struct", "function_handle")
    convertible = convertible and (kind != "cell" or wanted in TEXT)
    if convertible and not isinstance(value, Object):
        try:
            return to_class(value, wanted)
        except ScriptError:
            convertible = False
    if declaration.construct is not None and kind not in ("struct", "function_handle"):
        try:
            made = declaration.construct(value)
        except ScriptError:
            made = None
        if made is not None and class_of(made) == wanted:
            return made
    raise ScriptError(
        "MATLAB:validation:UnableToConvert",
        f"{declaration.where}Value must be of type {wanted} or be convertible to {wanted}.",
        notes=(f"{declaration.name} is a {kind}",),
    )


def _in_size(value: Any, declaration: Declaration) -> Any:
    sizes = declaration.sizes
    shape = size_of(value)
    padded = shape + (1,) * (len(sizes) - len(shape))
    if len(padded) == len(sizes) and all(want in (None, got) for want, got in zip(sizes, padded, strict=True)):
        return value
    count = 1
    for length in shape:
        count *= length
    numbers = not isinstance(value, Object) and not hasattr(value, "call")
    if count == 1 and numbers and None not in sizes:  # a scalar fills the declared size
        return norm(np.full(sizes, as_array(value).reshape(-1)[0], order="F"))
    if shape == (0, 0) and None in sizes and numbers:  # [] is an empty row where a row is declared
        return _reshaped(value, tuple(0 if size is None else size for size in sizes))
    vector = len(shape) == 2 and 1 in shape
    if vector and len(sizes) == 2 and numbers and sorted(map(bool, (sizes[0] == 1, sizes[1] == 1))) == [False, True]:
        length = sizes[1] if sizes[0] == 1 else sizes[0]
        if length in (None, count):  # a row for a column, or the other way round
            return _reshaped(value, (1, count) if sizes[0] == 1 else (count, 1))
    if sizes == (1, 1):
        wanted = "Value must be a scalar."
    elif sizes in ((1, None), (None, 1)):
        wanted = "Value must be a vector."
    else:
        words = "-by-".join(":" if size is None else str(size) for size in sizes)
        wanted = f"Value must have dimensions {words}."
    raise ScriptError(
        "MATLAB:validation:IncompatibleSize",
        declaration.where + wanted,
        notes=(f"{declaration.name} is {size_text(shape)}",),
    )


def _reshaped(value: Any, shape: tuple[int, ...]) -> Any:
    """The same elements in another shape."""
    if type(value) is String:
        return String(value.data.reshape(shape, order="F"))
    array = as_array(value).reshape(shape, order="F")
    return chars(array) if class_of(value) == "char" else norm(array)


def validate(function: Any, where: str, *args: Any) -> None:
    """Call a validator; its error says which argument it is about."""
    try:
        function(0, *args)
    except ScriptError as error:
        if error.message.startswith("Invalid "):
            raise
        raise ScriptError(error.identifier, where + error.message, notes=error.notes, hint=error.hint) from None
