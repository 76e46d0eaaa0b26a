"""The operators as functions: plus(a, b) is a + b; also bsxfun, xor and the tests of two values for equality."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import compare, operators
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import OBJECT, as_array, class_of, ndarray, norm, size_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.take import described
from cnnscript.values.text import CharArray, String, codes_of, is_char, text_or_none


@builtin
def plus(a, b, /):
    """
    plus(A, B)

    Sum of two arrays, element by element: A + B.

    Examples
      >> plus([1 2], 3)
      ans =
           4     5

    See also minus, sum, times.
    """
    return operators.plus(a, b)


@builtin
def minus(a, b, /):
    """
    minus(A, B)

    Difference of two arrays, element by element: A - B.

    Examples
      >> minus([1 2], 3)
      ans =
          -2    -1

    See also plus, uminus, diff.
    """
    return operators.minus(a, b)


@builtin
def times(a, b, /):
    """
    times(A, B)

    Product of two arrays, element by element: A .* B.

    Examples
      >> times([1 2], 3)
      ans =
           3     6

    See also mtimes, rdivide, power, prod.
    """
    return operators.times(a, b)


@builtin
def rdivide(a, b, /):
    """
    rdivide(A, B)

    Quotient of two arrays, element by element: A ./ B.

    Examples
      >> rdivide([3 6], 3)
      ans =
           1     2

    See also ldivide, times, idivide.
    """
    return operators.rdivide(a, b)


@builtin
def ldivide(a, b, /):
    """
    ldivide(A, B)

    Quotient B./A, element by element: A .\\ B.

    Examples
      >> ldivide(2, [4 6])
      ans =
           2     3

    See also rdivide, times.
    """
    return operators.ldivide(a, b)


@builtin
def power(a, b, /):
    """
    power(A, B)

    Power of two arrays, element by element: A .^ B.

    Examples
      >> power([1 2 3], 2)
      ans =
           1     4     9

    See also mpower, times, sqrt.
    """
    return operators.power(a, b)


@builtin
def mtimes(a, b, /):
    """
    mtimes(A, B)

    Matrix product: A * B.

    Examples
      >> mtimes([1 2], [3; 4])
      ans =
          11

    See also times, mpower, dot.
    """
    return operators.mtimes(a, b)


@builtin
def mrdivide(a, b, /):
    """
    mrdivide(A, B)

    Solution x of x*B = A: A / B.

    Examples
      >> mrdivide(6, 3)
      ans =
           2

    See also mldivide, rdivide.
    """
    return operators.mrdivide(a, b)


@builtin
def mldivide(a, b, /):
    """
    mldivide(A, B)

    Solution x of A*x = B, in the least squares sense where A is not square: A \\ B.

    Examples
      >> mldivide([2 0; 0 4], [2; 8])
      ans =
           1
           2

    See also mrdivide, inv, linsolve.
    """
    return operators.mldivide(a, b)


@builtin
def mpower(a, b, /):
    """
    mpower(A, B)

    Power of a matrix: A ^ B.

    Examples
      >> mpower([1 1; 0 1], 3)
      ans =
           1     3
           0     1

    See also power, mtimes, expm.
    """
    return operators.mpower(a, b)


@builtin
def lt(a, b, /):
    """
    lt(A, B)

    Whether each element is less: A < B.

    Examples
      >> lt([1 5], 3)
      ans =
        1×2 logical array
         1   0

    See also le, gt, ge, eq, ne.
    """
    return compare.lt(a, b)


@builtin
def le(a, b, /):
    """
    le(A, B)

    Whether each element is less or equal: A <= B.

    Examples
      >> le([1 3 5], 3)
      ans =
        1×3 logical array
         1   1   0

    See also lt, gt, ge.
    """
    return compare.le(a, b)


@builtin
def gt(a, b, /):
    """
    gt(A, B)

    Whether each element is greater: A > B.

    Examples
      >> gt([1 5], 3)
      ans =
        1×2 logical array
         0   1

    See also ge, lt, le.
    """
    return compare.gt(a, b)


@builtin
def ge(a, b, /):
    """
    ge(A, B)

    Whether each element is greater or equal: A >= B.

    Examples
      >> ge([1 3 5], 3)
      ans =
        1×3 logical array
         0   1   1

    See also gt, lt, le.
    """
    return compare.ge(a, b)


@builtin
def eq(a, b, /):
    """
    eq(A, B)

    Whether elements are equal: A == B.

    Examples
      >> eq([1 2 3], 2)
      ans =
        1×3 logical array
         0   1   0

    See also ne, isequal, strcmp.
    """
    return compare.eq(a, b)


@builtin
def ne(a, b, /):
    """
    ne(A, B)

    Whether elements differ: A ~= B.

    Examples
      >> ne([1 2 3], 2)
      ans =
        1×3 logical array
         1   0   1

    See also eq, isequal.
    """
    return compare.ne(a, b)


@builtin
def uminus(a, /):
    """
    uminus(A)

    Each element with the other sign: -A.

    Examples
      >> uminus([1 -2])
      ans =
          -1     2

    See also minus, uplus, abs.
    """
    return operators.uminus(a)


@builtin
def uplus(a, /):
    """
    uplus(A)

    The same numbers: +A.

    Examples
      >> uplus([1 -2])
      ans =
           1    -2

    See also plus, uminus.
    """
    return operators.uplus(a)


# ------------------------------------------------------------------------------------------------------------ logic
@builtin(name="and")
def and_(a, b, /, *more):
    """
    and(A, B)
    and(A, B, C, ...)

    Whether both (all) are true, element by element: A & B.

    Examples
      >> and([1 1 0], [1 0 0])
      ans =
        1×3 logical array
         1   0   0

    See also or, not, xor, all.
    """
    result = compare.and_(a, b)
    for value in more:
        result = compare.and_(result, value)
    return result


@builtin(name="or")
def or_(a, b, /, *more):
    """
    or(A, B)
    or(A, B, C, ...)

    Whether one of them is true, element by element: A | B.

    Examples
      >> or([1 1 0], [1 0 0])
      ans =
        1×3 logical array
         1   1   0

    See also and, not, xor, any.
    """
    result = compare.or_(a, b)
    for value in more:
        result = compare.or_(result, value)
    return result


@builtin(name="not")
def not_(a, /):
    """
    not(A)

    Whether each element is false: ~A.

    Examples
      >> not([1 0 2])
      ans =
        1×3 logical array
         0   1   0

    See also and, or, xor.
    """
    return compare.not_(a)


@builtin
def xor(a, b, /):
    """
    xor(A, B)

    Whether exactly one of two is true, element by element.

    Examples
      >> xor([1 1 0], [1 0 0])
      ans =
        1×3 logical array
         0   1   0

    See also and, or, not.
    """
    return compare.ne(compare.not_(a), compare.not_(b))


# --------------------------------------------------------------------------------------------------------- expansion
NAMED = {
    name: getattr(operators if hasattr(operators, name) else compare, name)
    for name in ["plus", "minus", "times", "rdivide", "ldivide", "power", "lt", "le", "gt", "ge", "eq", "ne"]
}


@builtin
def bsxfun(session, function, a, b, /):
    """
    bsxfun(fun, A, B)

    A function of two arrays, dimensions of length 1 expanded to fit; operators do so by themselves.

    Examples
      >> bsxfun(@plus, [1 2], [10; 20])
      ans =
          11    12
          21    22

    See also plus, repmat, arrayfun.
    """
    word = text_or_none(function)
    if word in NAMED:
        return NAMED[word](a, b)
    if type(function) is Function:
        if function.text in NAMED:
            return NAMED[function.text](a, b)
        from cnnscript.builtins.elements import aligned

        x, y = aligned(as_array(a), as_array(b))
        shape = np.broadcast_shapes(x.shape, y.shape)
        x, y = (norm(np.asfortranarray(np.broadcast_to(part, shape))) for part in (x, y))
        return function.call(1, x, y)
    raise ScriptError(
        "MATLAB:bsxfun:invalidFunction",
        "First argument must be a function handle.",
        notes=(f"got {described(function)}",),
    )


# ---------------------------------------------------------------------------------------------------------- equality
def same(a, b, missing_equal: bool) -> bool:
    """isequal of two values: sizes and elements; classes of numbers, logicals and char do not matter."""
    if a is b and missing_equal:
        return True
    if isinstance(a, Object) or isinstance(b, Object):
        return a.equals(b) if isinstance(a, Object) else b.equals(a)
    kinds = {kind_of(a), kind_of(b)}
    if kinds == {"text", "string"}:
        return size_of_texts(a) == size_of_texts(b) and texts_of(a) == texts_of(b)
    if "string" in kinds and len(kinds) == 2:
        return False
    if kinds == {"cell"}:
        return a.shape == b.shape and all(
            same(one, other, missing_equal) for one, other in zip(a.ravel("F"), b.ravel("F"), strict=True)
        )
    if kinds == {"struct"}:
        return same_structs(a, b, missing_equal)
    if kinds == {"string"}:
        return a.data.shape == b.data.shape and all(
            one == other or missing_equal and one is other
            for one, other in zip(a.data.ravel("F").tolist(), b.data.ravel("F").tolist(), strict=True)
        )
    if "categorical" in kinds:
        return same_categories(a, b, missing_equal)
    if kinds == {"function"}:
        return a is b or a.text == b.text and not a.anonymous
    if kinds <= {"numeric", "text"}:
        if size_of(a) != size_of(b):
            return False
        x, y = numbers_in(a), numbers_in(b)
        if missing_equal and x.dtype.kind in "fc" and y.dtype.kind in "fc":
            return bool(((x == y) | (np.isnan(x) & np.isnan(y))).all())
        return bool((x == y).all())
    return False


def kind_of(value) -> str:
    kind = type(value)
    if is_char(value):
        return "text"
    if kind is ndarray and value.dtype == OBJECT:
        return "cell"
    return KINDS.get(kind, "numeric")


KINDS = {
    String: "string",
    Struct: "struct",
    StructArray: "struct",
    Categorical: "categorical",
    Function: "function",
}


def numbers_in(value) -> ndarray:
    return codes_of(value) if type(value) is str or type(value) is CharArray else as_array(value)


def size_of_texts(value) -> tuple[int, ...]:
    return value.data.shape if type(value) is String else (1, 1) if type(value) is str else size_of(value)


def texts_of(value) -> list:
    return value.data.ravel("F").tolist() if type(value) is String else [text_or_none(value)]


def same_structs(a, b, missing_equal: bool) -> bool:
    """Structs are equal when their fields are, in whatever order."""
    from cnnscript.values.structs import elements

    if size_of(a) != size_of(b) or set(a.names()) != set(b.names()):
        return False
    pairs = zip(elements(a).ravel("F").tolist(), elements(b).ravel("F").tolist(), strict=True)
    return all(same(one[name], other[name], missing_equal) for one, other in pairs for name in one)


def same_categories(a, b, missing_equal: bool) -> bool:
    """Categorical arrays are equal when the names of their elements are; undefined equals nothing."""
    from cnnscript.values.text import texts_or_none

    if type(a) is Categorical and type(b) is Categorical:
        if a.codes.shape != b.codes.shape or a.ordinal != b.ordinal or a.ordinal and a.names != b.names:
            return False
        undefined = bool((a.codes == 0).any() or (b.codes == 0).any())
        return a.texts() == b.texts() and (missing_equal or not undefined)
    value, other = (a, b) if type(a) is Categorical else (b, a)
    words = texts_or_none(other)
    if words is None or class_of(other) not in ("char", "string", "cell"):
        return False
    shape = (1, 1) if is_char(other) else size_of(other)
    return value.codes.shape == shape and value.texts() == words


@builtin
def isequal(a, b, /, *more):
    """
    isequal(A, B)
    isequal(A, B, C, ...)

    Whether values have the same size and contents; NaN equals nothing.

    Numbers of different classes can be equal; structs are compared field by field.

    Examples
      >> isequal([1 2], [1 2])
      ans =
        logical
         1
      >> isequal('a', 'a', 'b')
      ans =
        logical
         0

    See also isequaln, eq, strcmp.
    """
    return all(same(a, other, False) for other in (b, *more))


@builtin
def isequaln(a, b, /, *more):
    """
    isequaln(A, B)
    isequaln(A, B, C, ...)

    Whether values have the same size and contents; NaN equals NaN.

    Examples
      >> isequaln([1 NaN], [1 NaN])
      ans =
        logical
         1

    See also isequal, isnan.
    """
    return all(same(a, other, True) for other in (b, *more))
