"""The operators as functions: plus(a, b) is a + b; and, or, not, xor; bsxfun."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import compare, operators
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.take import described
from cnnscript.values.text import text_or_none


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
        from cnnscript.builtins.elementary.elements import aligned

        x, y = aligned(as_array(a), as_array(b))
        shape = np.broadcast_shapes(x.shape, y.shape)
        x, y = (norm(np.asfortranarray(np.broadcast_to(part, shape))) for part in (x, y))
        return function.call(1, x, y)
    raise ScriptError(
        "MATLAB:bsxfun:invalidFunction",
        "First argument must be a function handle.",
        notes=(f"got {described(function)}",),
    )
