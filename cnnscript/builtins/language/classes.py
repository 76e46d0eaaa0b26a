"""Classes of values: conversions between the numeric classes, and questions about a value's class."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_numeric, unsupported
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import convert
from cnnscript.values.functions import Function
from cnnscript.values.numeric import (
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    LOGICAL,
    as_array,
    class_of,
    is_numeric,
    ndarray,
    norm,
)
from cnnscript.values.objects import Object
from cnnscript.values.take import described
from cnnscript.values.text import is_text, require_text, text_or_none


def float_or_same(x: float) -> float:
    return x


@builtin(floats=float_or_same)
def double(x, /):
    """
    double(X)

    Convert to double precision; the codes of text, the numbers of strings.

    Examples
      >> double(uint8(200)) + 100
      ans =
         300
      >> double('AB')
      ans =
          65    66

    See also single, cast, str2double.
    """
    if type(x) is float:
        return x
    return convert.to_class(x, "double")


@builtin
def single(x, /):
    """
    single(X)

    Convert to single precision.

    Examples
      >> single(pi)
      ans =
        single
          3.1416

    See also double, cast.
    """
    return convert.to_class(x, "single")


@builtin
def int8(x, /):
    """
    int8(X)

    Convert to 8-bit integers: rounded, held to -128 ... 127.

    Examples
      >> int8([2.5 300])
      ans =
        1×2 int8 row vector
           3   127

    See also uint8, int16, cast, intmax.
    """
    return convert.to_class(x, "int8")


@builtin
def int16(x, /):
    """
    int16(X)

    Convert to 16-bit integers: rounded, held to -32768 ... 32767.

    Examples
      >> int16(1e5)
      ans =
        int16
         32767

    See also uint16, int32, cast, intmax.
    """
    return convert.to_class(x, "int16")


@builtin
def int32(x, /):
    """
    int32(X)

    Convert to 32-bit integers: rounded, held to their range.

    Examples
      >> int32(-2.5)
      ans =
        int32
         -3

    See also uint32, int64, cast, intmax.
    """
    return convert.to_class(x, "int32")


@builtin
def int64(x, /):
    """
    int64(X)

    Convert to 64-bit integers: rounded, held to their range.

    Examples
      >> int64(7.2)
      ans =
        int64
         7

    See also uint64, int32, cast, intmax.
    """
    return convert.to_class(x, "int64")


@builtin
def uint8(x, /):
    """
    uint8(X)

    Convert to unsigned 8-bit integers: rounded, held to 0 ... 255.

    Examples
      >> uint8([-5 2.5 300])
      ans =
        1×3 uint8 row vector
           0     3   255

    See also int8, uint16, im2uint8, cast.
    """
    return convert.to_class(x, "uint8")


@builtin
def uint16(x, /):
    """
    uint16(X)

    Convert to unsigned 16-bit integers: rounded, held to 0 ... 65535.

    Examples
      >> uint16(70000)
      ans =
        uint16
         65535

    See also int16, uint8, cast, intmax.
    """
    return convert.to_class(x, "uint16")


@builtin
def uint32(x, /):
    """
    uint32(X)

    Convert to unsigned 32-bit integers: rounded, held to their range.

    Examples
      >> uint32(12.5)
      ans =
        uint32
         13

    See also int32, uint64, cast, intmax.
    """
    return convert.to_class(x, "uint32")


@builtin
def uint64(x, /):
    """
    uint64(X)

    Convert to unsigned 64-bit integers: rounded, held to their range.

    Examples
      >> uint64(3)
      ans =
        uint64
         3

    See also int64, uint32, cast, intmax.
    """
    return convert.to_class(x, "uint64")


@builtin
def logical(x, /):
    """
    logical(X)

    Convert numbers to logical: true where not 0.

    Examples
      >> logical([2 0 -1])
      ans =
        1×3 logical array
         1   0   1

    See also true, false, islogical.
    """
    if type(x) is bool:
        return x
    if type(x) is float and x == x:
        return x != 0.0
    if is_numeric(x) or type(x) is ndarray and x.dtype == LOGICAL:
        array = as_array(x)
        if array.dtype.kind in "fc" and np.isnan(array).any():
            raise ScriptError("MATLAB:nologicalnan", "NaN values cannot be converted to logicals.")
        if array.dtype.kind == "c":
            raise ScriptError("MATLAB:nologicalcomplex", "Complex values cannot be converted to logicals.")
        return norm(array != 0)
    if is_text(x) and class_of(x) == "char":
        return norm(as_array(x) != 0)
    raise unsupported(x, "logical")


@builtin
def cast(x, word, prototype=None, /):
    """
    cast(X, classname)
    cast(X, 'like', p)

    Convert to a class given by name or by a prototype.

    Examples
      >> cast(2.7, 'int8')
      ans =
        int8
         3
      >> class(cast(5, 'like', single(1)))
      ans =
          'single'

    See also typecast, class, double.
    """
    name = require_text(word, "Class name")
    if name.lower() == "like" and prototype is not None:
        name = class_of(prototype)
    if name == "logical":
        return logical(x)
    if name not in DTYPE_OF_CLASS and name != "char":
        raise ScriptError(
            "MATLAB:cast:UnsupportedClass",
            f"Unsupported class for conversion: '{name}'.",
            notes=("known: " + ", ".join(DTYPE_OF_CLASS),),
        )
    return convert.to_class(x, name)


@builtin
def typecast(x, word, /):
    """
    typecast(X, classname)

    The same bytes read as another class.

    Examples
      >> typecast(single(1), 'uint32')
      ans =
        uint32
         1065353216

    See also cast, swapbytes.
    """
    name = require_text(word, "Class name")
    array = require_numeric(x, "typecast")
    if type(x) is str or array.ndim > 2 or 1 not in array.shape and array.size:
        raise ScriptError("MATLAB:typecastc:notVector", "The first input argument must be a vector.")
    if name not in DTYPE_OF_CLASS or name == "logical":
        raise ScriptError("MATLAB:typecastc:invalidClass", f"Unsupported class for conversion: '{name}'.")
    dtype = DTYPE_OF_CLASS[name]
    data = array.ravel("F").tobytes()
    if len(data) % dtype.itemsize:
        raise ScriptError(
            "MATLAB:typecastc:notEnoughInputElements",
            "Too few input values to make output type.",
            notes=(f"{len(data)} bytes are no whole number of {name}",),
        )
    values = np.frombuffer(data, dtype).copy()
    return norm(values.reshape(-1, 1) if array.shape[1] == 1 and array.shape[0] != 1 else values.reshape(1, -1))


@builtin
def swapbytes(x, /):
    """
    swapbytes(X)

    Reverse the bytes of each element.

    Examples
      >> swapbytes(uint16(1))
      ans =
        uint16
         256

    See also typecast.
    """
    array = require_numeric(x, "swapbytes")
    return norm(array.byteswap())


# ------------------------------------------------------------------------------------------------------- questions
@builtin(name="class")
def class_(x, /):
    """
    class(X)

    The name of a value's class.

    Examples
      >> class(5)
      ans =
          'double'
      >> class('a')
      ans =
          'char'

    See also isa, isnumeric, islogical.
    """
    return class_of(x)


CATEGORIES: dict[str, Callable] = {
    "numeric": is_numeric,
    "float": lambda x: class_of(x) in ("double", "single"),
    "integer": lambda x: class_of(x) in INTEGER_CLASSES,
}


@builtin
def isa(x, word, /):
    """
    isa(X, classname)
    isa(X, category)

    Whether a value is of a class, or of a category: 'numeric', 'float', 'integer'.

    Examples
      >> isa(5, 'double')
      ans =
        logical
         1
      >> isa(int8(5), 'float')
      ans =
        logical
         0

    See also class, isnumeric, isfloat.
    """
    name = text_or_none(word)
    if name is None:
        raise ScriptError(
            "MATLAB:isa:InvalidClassName",
            "Class name must be a character vector or string scalar.",
            notes=(f"got {described(word)}",),
        )
    own = class_of(x)
    if name == own:
        return True
    if name in CATEGORIES:
        return CATEGORIES[name](x)
    if isinstance(x, Object):
        return name in x.ancestors or name == "handle" and x.is_handle
    return False


@builtin
def isnumeric(x, /):
    """
    isnumeric(X)

    Whether a value is of a float or integer class.

    Examples
      >> isnumeric('5')
      ans =
        logical
         0

    See also isfloat, isinteger, islogical, isa.
    """
    return is_numeric(x)


@builtin
def isfloat(x, /):
    """
    isfloat(X)

    Whether a value is double or single.

    Examples
      >> isfloat(single(2))
      ans =
        logical
         1

    See also isinteger, isnumeric.
    """
    return class_of(x) in ("double", "single")


@builtin
def isinteger(x, /):
    """
    isinteger(X)

    Whether a value is of an integer class (not whether it is a whole number).

    Examples
      >> isinteger(5)
      ans =
        logical
         0

    See also isfloat, isnumeric, floor.
    """
    return class_of(x) in INTEGER_CLASSES


@builtin
def islogical(x, /):
    """
    islogical(X)

    Whether a value is logical.

    Examples
      >> islogical(3 > 2)
      ans =
        logical
         1

    See also logical, isnumeric.
    """
    return class_of(x) == "logical"


@builtin
def isobject(x, /):
    """
    isobject(X)

    Whether a value is an object of a class.

    Examples
      >> isobject(5)
      ans =
        logical
         0

    See also isa, class.
    """
    return isinstance(x, Object)


@builtin(name="is_function_handle")
def is_function_handle(x, /):
    """
    is_function_handle(X)

    Whether a value is a function handle.

    Examples
      >> is_function_handle(@sin)
      ans =
        logical
         1

    See also isa, class.
    """
    return type(x) is Function
