"""A function over the elements of something: cellfun, arrayfun, structfun.

The loop itself is one comprehension over plain Python values; what the results are is looked at once at the end.  The
names that MATLAB has always treated specially ('isempty', 'length', ...) do not call anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnscript.builtins import registry
from cnnscript.builtins.arrays.creation import require_parts
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, flag_of, shaped
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import vertcat
from cnnscript.values.functions import Function
from cnnscript.values.numeric import (
    COMPLEX,
    DOUBLE,
    LOGICAL,
    OBJECT,
    as_array,
    class_of,
    is_cell,
    is_empty,
    ndarray,
    norm,
    numel_of,
    size_of,
)
from cnnscript.values.objects import Object
from cnnscript.values.sparse import Sparse, full_value
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, String, chars, codes_of, is_char, text_or_none


def length_of(value: Any) -> float:
    size = size_of(value)
    return float(max(size)) if 0 not in size else 0.0


def is_real(value: Any) -> bool:
    kind = type(value)
    if kind is complex:
        return False
    if kind is float or kind is bool or is_char(value):
        return True
    dtype = getattr(value, "dtype", None)
    return dtype is not None and dtype != OBJECT and dtype.kind != "c"


# names that are answered without a call; also what a handle to the built-in of that name does
DIRECT: dict[str, Callable[[Any], Any]] = {
    "isempty": is_empty,
    "numel": lambda value: float(numel_of(value)),
    "length": length_of,
    "ndims": lambda value: float(len(size_of(value))),
    "ischar": is_char,
    "iscell": is_cell,
    "isreal": is_real,
    "islogical": lambda value: class_of(value) == "logical",
    "isstruct": lambda value: type(value) is Struct or type(value) is StructArray,
    "isstring": lambda value: type(value) is String,
    "class": class_of,
}


def answered(shortcut: Callable[[Any], Any], items: list) -> list:
    """What the shortcut says of each item; plain arrays are asked directly."""
    if shortcut is DIRECT["numel"]:
        return [float(item.size) if type(item) is ndarray else float(numel_of(item)) for item in items]
    if shortcut is is_empty:
        return [item.size == 0 if type(item) is ndarray else is_empty(item) for item in items]
    return list(map(shortcut, items))


OLD_NAMES = {"prodofsize": "numel", "ndims": "ndims"}


def direct(session: Any, function: Any, name: str) -> Callable[[Any], Any] | None:
    """The shortcut for a function given by name, or by a handle to the built-in of that name."""
    if type(function) is Function:
        word = function.text
        if getattr(function.call, "__module__", "") != registry.__name__:
            return None
    else:
        word = text_or_none(function)
        if word is None or session.path.find_function(word) is not None:
            return None
        if name == "cellfun":
            word = OLD_NAMES.get(word, word)
    return DIRECT.get(word)


def caller(session: Any, function: Any, name: str) -> Callable:
    """What is called for each element: `call(nargout, *args)`."""
    if isinstance(function, Object):
        function = function.as_function() or function
    if type(function) is Function:
        return function.call
    word = text_or_none(function)
    if word is None:
        raise ScriptError(
            f"MATLAB:{name}:InvalidFunction" if name != "cellfun" else "MATLAB:cellfun:NotAFunction",
            "Argument must be a valid function handle or function name.",
            notes=(f"{name} got {described(function)}",),
        )
    if word.lstrip().startswith("@"):
        return session.evaluate(word, session.workspace, 1).call
    return lambda nargout, *args: session.call(word, nargout, *args)


# --------------------------------------------------------------------------------------------------------- elements
def elements_of(value: Any) -> list:
    """The elements of any array, column-major, each a script value."""
    kind = type(value)
    if kind is ndarray:
        dtype = value.dtype
        if dtype in (DOUBLE, LOGICAL, COMPLEX):
            return value.ravel("F").tolist()
        if dtype == OBJECT:
            cells = []
            for item in value.ravel("F").tolist():
                cell = np.empty((1, 1), OBJECT)
                cell[0, 0] = item
                cells.append(cell)
            return cells
        return list(value.ravel("F"))
    if kind is str:
        return list(value)
    if kind is CharArray:
        return [chr(code) for code in codes_of(value).ravel("F").tolist()]
    if kind is String:
        return [String(shaped([item], (1, 1))) for item in value.data.ravel("F").tolist()]
    if kind is StructArray:
        return [Struct(dict(fields)) for fields in value.data.ravel("F").tolist()]
    if kind is Categorical:
        codes = value.codes.ravel("F")
        return [
            Categorical(codes[i : i + 1].reshape(1, 1), value.names, value.ordinal, value.protected)
            for i in range(codes.size)
        ]
    if kind in (float, bool, complex, Struct, Function) or isinstance(value, np.generic):
        return [value]
    count = numel_of(value)
    return [value.index((float(i),)) for i in range(1, count + 1)] if count != 1 else [value]


def gathered(results: list, shape: tuple[int, ...], name: str, output: int) -> Any:
    """Scalar results of one class as an array of `shape`."""
    kinds = set(map(type, results))
    if len(kinds) == 1:
        kind = next(iter(kinds))
        if kind is float:
            return norm(np.array(results, DOUBLE).reshape(shape, order="F"))
        if kind is bool:
            return norm(np.array(results, LOGICAL).reshape(shape, order="F"))
        if issubclass(kind, np.generic):
            return norm(np.array(results).reshape(shape, order="F"))
    if any(type(result) is Sparse for result in results):
        return gathered([full_value(result) for result in results], shape, name, output)
    first = class_of(results[0]) if results else ""
    for i, result in enumerate(results, 1):
        if size_of(result) != (1, 1):
            raise ScriptError(
                f"MATLAB:{name}:NotAScalarOutput",
                f"Non-scalar in Uniform output, at index {i}, output {output}.\nSet 'UniformOutput' to false.",
                notes=(f"the function gave {described(result)}",),
            )
        if class_of(result) != first:
            raise ScriptError(
                f"MATLAB:{name}:MismatchInOutputType",
                f"Mismatch at index {i}, output {output}: class {class_of(result)} after class {first}.\n"
                "Set 'UniformOutput' to false.",
            )
    if not results:
        return norm(np.zeros(shape, order="F"))
    if first == "char":
        return chars(np.array([ord(text) for text in results], np.uint32).reshape(shape, order="F"))
    if first == "string":
        return String(shaped([text.data.item() for text in results], shape))
    if first == "categorical":
        names = list(dict.fromkeys(word for item in results for word in item.names))
        return Categorical.from_texts([item.texts()[0] for item in results], shape, names)
    if first == "cell":
        return shaped([result.item() for result in results], shape)
    if first == "function_handle":
        raise ScriptError(
            f"MATLAB:{name}:UnimplementedOutputArrayType",
            f"Outputs of class {first} cannot be put together in an array.\nSet 'UniformOutput' to false.",
            notes=(f"at index 1, output {output}",),
        )
    if not isinstance(results[0], (float, bool, complex, np.generic)):
        array, back = require_parts(vertcat(*results), name)
        return back(array.reshape(shape, order="F"))
    return norm(np.array([as_array(result).item() for result in results]).reshape(shape, order="F"))


# ------------------------------------------------------------------------------------------------------------ the loop
def run(
    session: Any,
    nargout: int,
    function: Callable,
    columns: Sequence[list],
    handler: Any,
    name: str,
) -> list[list] | None:
    """Call the function for every row of the columns: one list of results for each output, None when there are none."""
    wanted = max(nargout, 1)
    if handler is None:
        if len(columns) == 1:
            results = [function(nargout, item) for item in columns[0]]
        else:
            results = [function(nargout, *row) for row in zip(*columns, strict=True)]
    else:
        from cnnscript.code import explained

        rescue = caller(session, handler, name)
        results = []
        for i, row in enumerate(zip(*columns, strict=True), 1):
            try:
                results.append(function(nargout, *row))
            except Exception as fault:
                error = explained(fault)
                report = Struct({"message": error.message, "identifier": error.identifier, "index": float(i)})
                results.append(rescue(nargout, report, *row))
    if nargout <= 1:
        if any(result is None for result in results):
            if nargout == 0:
                return None
            raise ScriptError(
                "MATLAB:maxlhs", "Too many output arguments.", notes=(f"the function of {name} gives nothing",)
            )
        return [results]
    for result in results:
        if type(result) is not tuple or len(result) < wanted:
            raise ScriptError(
                "MATLAB:maxlhs", "Too many output arguments.", notes=(f"{name} was asked for {nargout} outputs",)
            )
    return [[result[k] for result in results] for k in range(wanted)]


def same_size(values: tuple, name: str) -> tuple[int, ...]:
    shape = size_of(values[0])
    for i, value in enumerate(values[1:], 3):
        other = size_of(value)
        if other != shape:
            raise ScriptError(
                f"MATLAB:{name}:InputDimMismatch",
                f"All of the input arguments must be of the same size and shape.\n{difference(shape, other, i)}",
                notes=(f"input 2 is {'x'.join(map(str, shape))}", f"input {i} is {'x'.join(map(str, other))}"),
            )
    return shape


def difference(shape: tuple[int, ...], other: tuple[int, ...], at: int) -> str:
    """Where the size of input `at` differs first from that of the inputs before it."""
    if len(shape) != len(other):
        return f"Previous inputs had {len(shape)} dimensions. Input #{at} has {len(other)}"
    axis = next(axis for axis, (m, n) in enumerate(zip(shape, other, strict=True)) if m != n)
    return f"Previous inputs had size {shape[axis]} in dimension {axis + 1}. Input #{at} has size {other[axis]}"


def finished(outputs: list[list] | None, shape: tuple[int, ...], uniform: bool, name: str) -> tuple | None:
    if outputs is None:
        return None
    if uniform:
        return tuple(gathered(results, shape, name, k) for k, results in enumerate(outputs, 1))
    return tuple(shaped(results, shape) for results in outputs)


@builtin
def cellfun(session, nargout, function, first, /, *rest, UniformOutput=True, ErrorHandler=None):
    """
    A = cellfun(func, C1, ..., Cn)
    A = cellfun(func, C1, ..., Cn, Name=Value)
    [A1, ..., Am] = cellfun(func, C1, ..., Cn)

    Call a function with the contents of each cell.

    The results must be scalars of one class; with UniformOutput false they may be anything and come in cells.
    ErrorHandler is called in place of a call that failed, with a struct (message, identifier, index) in front.

    Options
      UniformOutput  false for results in cells (true)
      ErrorHandler   function for calls that fail

    Examples
      >> A = cellfun(@numel, {'conv', 'relu', ''})
      A =
           4     4     0
      >> A = cellfun(@(s) [s '1'], {'a', 'b'}, 'UniformOutput', false)
      A =
        1×2 cell array
          {'a1'}    {'b1'}
      >> [low, high] = cellfun(@bounds, {[3 1 2], [9 7]})
      low =
           1     7
      high =
           3     9

    See also arrayfun, structfun, cell2mat.
    """
    values = (first, *rest)
    legacy = text_or_none(function) if type(function) is not Function else None
    if legacy == "size" and len(rest) == 1 and not is_cell(rest[0]):
        function, values = (lambda nargout, item, k=int(rest[0]): float((*size_of(item), *[1] * k)[k - 1])), (first,)
    elif legacy == "isclass" and len(rest) == 1:
        word = text_or_none(rest[0])
        function, values = (lambda nargout, item: class_of(item) == word), (first,)
    else:
        legacy = None
    for i, value in enumerate(values, 2):
        if not is_cell(value):
            raise ScriptError(
                "MATLAB:cellfun:NotACell",
                f"Input #{i} expected to be a cell array, was {class_of(value)} instead.",
                hint="arrayfun goes over the elements of other arrays" if i == 2 else None,
            )
    uniform = flag_of(UniformOutput, "cellfun", "UniformOutput")
    if legacy is None:
        if len(values) == 1 and nargout <= 1 and (shortcut := direct(session, function, "cellfun")) is not None:
            results = answered(shortcut, first.ravel("F").tolist())
            return finished([results], first.shape, uniform, "cellfun")
        function = caller(session, function, "cellfun")
    shape = same_size(values, "cellfun")
    columns = [value.ravel("F").tolist() for value in values]
    if not columns[0]:
        return empty_results(nargout, shape, uniform)
    outputs = run(session, nargout, function, columns, ErrorHandler, "cellfun")
    return finished(outputs, shape, uniform, "cellfun")


def empty_results(nargout: int, shape: tuple[int, ...], uniform: bool) -> tuple:
    return tuple(np.zeros(shape) if uniform else np.empty(shape, OBJECT) for _ in range(max(nargout, 1)))


@builtin
def arrayfun(session, nargout, function, first, /, *rest, UniformOutput=True, ErrorHandler=None):
    """
    B = arrayfun(func, A1, ..., An)
    B = arrayfun(func, A1, ..., An, Name=Value)
    [B1, ..., Bm] = arrayfun(func, A1, ..., An)

    Call a function with each element of an array.

    The results must be scalars of one class; with UniformOutput false they may be anything and come in cells.

    Options
      UniformOutput  false for results in cells (true)
      ErrorHandler   function for calls that fail, as in cellfun

    Examples
      >> B = arrayfun(@(k) k^2, [1 2 3])
      B =
           1     4     9
      >> B = arrayfun(@(k) zeros(k), [1 2], UniformOutput=false)
      B =
        1×2 cell array
          {[0]}    {2×2 double}
      >> [B1, B2] = arrayfun(@max, [4 5]);

    See also cellfun, structfun, bsxfun.
    """
    values = (first, *rest)
    uniform = flag_of(UniformOutput, "arrayfun", "UniformOutput")
    shape = same_size(values, "arrayfun")
    columns = [elements_of(value) for value in values]
    if not columns[0]:
        return empty_results(nargout, shape, uniform)
    if len(values) == 1 and nargout <= 1 and (shortcut := direct(session, function, "arrayfun")) is not None:
        return finished([list(map(shortcut, columns[0]))], shape, uniform, "arrayfun")
    function = caller(session, function, "arrayfun")
    outputs = run(session, nargout, function, columns, ErrorHandler, "arrayfun")
    return finished(outputs, shape, uniform, "arrayfun")


@builtin
def structfun(session, nargout, function, structure, /, *, UniformOutput=True, ErrorHandler=None):
    """
    A = structfun(func, S)
    A = structfun(func, S, Name=Value)
    [A1, ..., Am] = structfun(func, S)

    Call a function with each field of a struct; the results are a column.

    Options
      UniformOutput  false for a struct with the results in the same fields (true)
      ErrorHandler   function for calls that fail, as in cellfun

    Examples
      >> A = structfun(@numel, struct('a', 'conv', 'b', 5))
      A =
           4
           1
      >> A = structfun(@(x) x * 2, struct('a', 1, 'b', 2), UniformOutput=false)
      A =
        struct with fields:
          a: 2
          b: 4
      >> [A1, A2] = structfun(@bounds, struct('a', [1 2]));

    See also cellfun, arrayfun, fieldnames.
    """
    if type(structure) is not Struct:
        raise ScriptError(
            "MATLAB:structfun:InvalidInputType"
            if type(structure) is not StructArray
            else "MATLAB:structfun:NotScalarStruct",
            "Input to structfun must be a scalar structure.",
            notes=(f"structfun got {described(structure)}",),
        )
    uniform = flag_of(UniformOutput, "structfun", "UniformOutput")
    names = structure.names()
    shape = (len(names), 1)
    if not names:
        return empty_results(nargout, (0, 1), True) if uniform else tuple(Struct({}) for _ in range(max(nargout, 1)))
    function = caller(session, function, "structfun")
    outputs = run(session, nargout, function, [list(structure.fields.values())], ErrorHandler, "structfun")
    if uniform or outputs is None:
        return finished(outputs, shape, True, "structfun")
    return tuple(Struct(dict(zip(names, results, strict=True))) for results in outputs)
