"""Whole numbers: gcd, lcm, primes, isprime, factor, factorial, nchoosek, perms, rat, and bits."""

from __future__ import annotations

from itertools import combinations, permutations
from math import comb, inf

import numpy as np

from cnnscript.builtins.creation import require_parts
from cnnscript.builtins.dimensions import require_memory, require_numeric, unsupported
from cnnscript.builtins.elements import numbers_of, operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import (
    DOUBLE,
    DTYPE_OF_CLASS,
    INTEGER_CLASSES,
    as_array,
    class_of,
    ndarray,
    norm,
    saturated,
)
from cnnscript.values.take import described
from cnnscript.values.text import is_text, require_text


def require_whole(array: ndarray, name: str, message: str) -> ndarray:
    if array.dtype.kind == "c" or array.dtype.kind == "f" and np.any(array != np.floor(array)):
        raise ScriptError(f"MATLAB:{name}:nonIntInput", message)
    return array


def of_wholes(x, y, name: str, function):
    a, b, dtype = operands(x, y, name)
    for array in (a, b):
        require_whole(
            array,
            name,
            f"{name.upper()} requires integer input arguments." if name == "gcd" else "Inputs must be integers.",
        )
    if dtype.kind in "iu":
        result = function(a.astype(np.int64), b.astype(np.int64))
        return norm(np.asfortranarray(saturated(result, dtype)))
    if np.any(np.abs(a) >= 2**53) or np.any(np.abs(b) >= 2**53):
        raise ScriptError(
            f"MATLAB:{name}:largestFlint", "Inputs must contain values smaller than the largest consecutive flint."
        )
    return norm(np.asfortranarray(function(a.astype(np.int64), b.astype(np.int64)).astype(dtype)))


@builtin(outputs=3)
def gcd(nargout, x, y, /):
    """
    gcd(A, B)
    [G, U, V] = gcd(A, B)

    Greatest common divisor; G = A.*U + B.*V.

    Examples
      >> gcd(12, [8 18])
      ans =
           4     6
      >> [G, U, V] = gcd(12, 18)
      G =
           6
      U =
          -1
      V =
           1

    See also lcm, factor, rem.
    """
    if nargout < 2:
        return of_wholes(x, y, "gcd", np.gcd)
    a, b, dtype = operands(x, y, "gcd")
    require_whole(a, "gcd", "GCD requires integer input arguments.")
    require_whole(b, "gcd", "GCD requires integer input arguments.")
    first, second = np.broadcast_arrays(a, b)
    found = [bezout(int(p), int(q)) for p, q in zip(first.ravel("F").tolist(), second.ravel("F").tolist(), strict=True)]
    return tuple(
        norm(np.array([item[place] for item in found], DOUBLE).reshape(first.shape, order="F").astype(dtype))
        for place in range(3)
    )


def bezout(a: int, b: int) -> tuple[int, int, int]:
    """gcd and the two factors of the extended Euclidean algorithm."""
    x, y, u, v = 1, 0, 0, 1
    p, q = abs(a), abs(b)
    while q:
        quotient = p // q
        p, q = q, p - quotient * q
        x, u = u, x - quotient * u
        y, v = v, y - quotient * v
    return p, x if a >= 0 else -x, y if b >= 0 else -y


@builtin
def lcm(x, y, /):
    """
    lcm(A, B)

    Least common multiple.

    Examples
      >> lcm(4, [6 10])
      ans =
          12    20

    See also gcd, factor.
    """
    for value in (x, y):
        if np.any(as_array(numbers_of(value, "lcm")) <= 0):
            raise ScriptError("MATLAB:lcm:InputNotPosInt", "Input arguments must contain positive integers.")
    return of_wholes(x, y, "lcm", np.lcm)


# ------------------------------------------------------------------------------------------------------------ primes
def sieve(limit: int) -> ndarray:
    """All primes up to a limit."""
    if limit < 2:
        return np.zeros(0, np.int64)
    flags = np.ones(limit + 1, bool)
    flags[:2] = False
    for number in range(2, int(limit**0.5) + 1):
        if flags[number]:
            flags[number * number :: number] = False
    return np.flatnonzero(flags)


@builtin
def primes(n, /):
    """
    primes(n)

    The primes up to n, in a row.

    Examples
      >> primes(20)
      ans =
           2     3     5     7    11    13    17    19

    See also isprime, factor.
    """
    limit = take.number(n, "Input")
    if limit == inf or limit > 1e10:
        raise ScriptError("MATLAB:primes:largestFlint", "Input is too large.", notes=(f"got {limit:g}",))
    require_memory((1, max(0, int(limit))), 1)
    found = sieve(int(limit)).reshape(1, -1)
    return norm(
        found.astype(
            DTYPE_OF_CLASS[class_of(n)] if class_of(n) in DTYPE_OF_CLASS and class_of(n) != "logical" else DOUBLE
        )
    )


@builtin
def isprime(x, /):
    """
    isprime(X)

    Which elements are prime.

    Examples
      >> isprime([2 9 11])
      ans =
        1×3 logical array
         1   0   1

    See also primes, factor.
    """
    array = require_numeric(x, "isprime")
    if array.dtype.kind in "cb" or np.any(array < 0) or np.any(array != np.floor(array)):
        raise ScriptError(
            "MATLAB:isprime:InputNotPosInt",
            "All entries of X must be nonnegative integers.",
            notes=(f"got {described(x)}",),
        )
    if not array.size:
        return norm(np.zeros(array.shape, bool, order="F"))
    largest = int(array.max())
    if largest <= 10**7:
        flags = np.zeros(largest + 1, bool)
        flags[sieve(largest)] = True
        return norm(np.asfortranarray(flags[array.astype(np.int64)]))
    return norm(np.array([is_prime(int(item)) for item in array.ravel("F").tolist()]).reshape(array.shape, order="F"))


def is_prime(number: int) -> bool:
    """Miller and Rabin with the twelve witnesses that decide below 2^64."""
    if number < 41:
        return number in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    witnesses = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    if any(number % witness == 0 for witness in witnesses):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for witness in witnesses:
        power = pow(witness, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


@builtin
def factor(n, /):
    """
    factor(n)

    Prime factors of a number, in a row.

    Examples
      >> factor(60)
      ans =
           2     2     3     5

    See also primes, isprime, gcd.
    """
    number = take.integer(n, "Input", 0)
    factors, rest, divisor = [], number, 2
    while divisor * divisor <= rest:
        while rest % divisor == 0:
            factors.append(divisor)
            rest //= divisor
        divisor += 1 if divisor == 2 else 2
        if divisor > 1000 and is_prime(rest):
            break
    if rest > 1 or not factors:
        factors.append(rest)
    kind = class_of(n)
    return norm(np.array([factors], DTYPE_OF_CLASS.get(kind, DOUBLE)))


# ----------------------------------------------------------------------------------------------------- combinatorics
FACTORIALS = np.cumprod(np.concatenate([[1.0], np.arange(1.0, 171.0)]))


@builtin
def factorial(n, /):
    """
    factorial(n)

    Product of the numbers 1 to n, for each element.

    Examples
      >> factorial([0 3 5])
      ans =
           1     6   120

    See also nchoosek, prod, gamma.
    """
    array = require_numeric(n, "factorial")
    if array.dtype.kind in "cb" or np.any(array < 0) or np.any(array != np.floor(array)):
        raise ScriptError(
            "MATLAB:factorial:NNonnegativeInteger",
            "N must be an array of real non-negative integers.",
            notes=(f"got {described(n)}",),
        )
    result = np.where(array > 170, inf, FACTORIALS[np.minimum(array, 170).astype(np.int64)])
    return norm(
        np.asfortranarray(saturated(result, array.dtype) if array.dtype.kind in "iu" else result.astype(array.dtype))
    )


@builtin
def nchoosek(n, k, /):
    """
    nchoosek(n, k)
    nchoosek(v, k)

    How many ways there are to choose k of n; for a vector, a matrix whose rows are the ways.

    Examples
      >> nchoosek(5, 2)
      ans =
          10
      >> nchoosek([1 2 3], 2)
      ans =
           1     2
           1     3
           2     3

    See also perms, factorial.
    """
    count = take.integer(k, "K", 0)
    array, back = require_parts(n, "nchoosek")
    if array.size == 1 and not is_text(n):
        total = take.integer(n, "N", 0)
        if count > total:
            raise ScriptError(
                "MATLAB:nchoosek:KOutOfRange",
                "K must be an integer between 0 and N.",
                notes=(f"N is {total}, K is {count}",),
            )
        ways = float(comb(total, count))
        kind = class_of(n)
        return norm(saturated(np.array([[ways]]), DTYPE_OF_CLASS[kind])) if kind in INTEGER_CLASSES else ways
    require_memory((comb(array.size, count) if count <= array.size else 0, max(count, 1)), 8)
    flat = array.ravel("F")
    places = np.array(list(combinations(range(flat.size), count)), np.int64).reshape(-1, count)
    return back(np.asfortranarray(flat[places]))


@builtin
def perms(v, /):
    """
    perms(v)

    All orders of the elements of a vector, one a row, in reverse order.

    Examples
      >> perms([1 2 3])
      ans =
           3     2     1
           3     1     2
           2     3     1
           2     1     3
           1     3     2
           1     2     3

    See also nchoosek, randperm.
    """
    array, back = require_parts(v, "perms")
    flat = array.ravel("F")
    if flat.size > 11:
        require_memory((int(np.prod(np.arange(1.0, flat.size + 1))), flat.size), 8)
    places = np.array(list(permutations(range(flat.size - 1, -1, -1))), np.int64).reshape(-1, flat.size)
    return back(np.asfortranarray(flat[places]))


@builtin(outputs=2)
def rat(nargout, x, tolerance=None, /):
    """
    rat(X)
    rat(X, tol)
    [N, D] = rat(X)

    A fraction near X: its numerator and denominator, or the continued fraction as text.

    Examples
      >> [N, D] = rat(0.75)
      N =
           3
      D =
           4
      >> rat(pi)
      ans =
          '3 + 1/(7 + 1/(16))'
      >> rat(pi, 0.01)
      ans =
          '3 + 1/(7)'

    See also format.
    """
    array = require_numeric(x, "rat").astype(DOUBLE)
    flat = array.ravel("F")
    finite = np.abs(flat[np.isfinite(flat)])
    limit = 1e-6 * float(finite.sum()) if tolerance is None else take.number(tolerance, "Tolerance")
    found = [continued(float(item), limit) for item in flat.tolist()]
    if nargout < 2:
        from cnnscript.values.convert import rows_as_char

        return rows_as_char([text for _, _, text in found])
    return tuple(
        norm(np.array([item[place] for item in found], DOUBLE).reshape(array.shape, order="F")) for place in range(2)
    )


def continued(number: float, limit: float) -> tuple[float, float, str]:
    """Numerator, denominator and text of a continued fraction within a limit."""
    if number != number or number in (inf, -inf):
        return (number if number != number else np.sign(number)), 0.0 if number == number else 1.0, str(number)
    last_n, last_d, n, d = 1.0, 0.0, float(np.round(number)), 1.0
    steps = [n]
    rest = number - n
    while abs(number - n / d) >= limit and rest != 0:
        rest = 1 / rest
        step = float(np.round(rest))
        steps.append(step)
        last_n, n = n, n * step + last_n
        last_d, d = d, d * step + last_d
        rest -= step
    sign = -1.0 if d < 0 else 1.0
    text = f"{steps[0]:g}" + "".join(f" + 1/({step:g}" for step in steps[1:]) + ")" * (len(steps) - 1)
    return sign * n, sign * d, text


# --------------------------------------------------------------------------------------------------------------- bits
def bit_operands(x, y, assumed, name: str):
    """Two operands as unsigned 64-bit numbers, and the class of the result."""
    a, b, dtype = operands(x, y, name)
    for array in (a, b):
        if array.dtype.kind == "f" and (np.any(array < 0) or np.any(array != np.floor(array))) and assumed is None:
            raise ScriptError(
                f"MATLAB:{name}:inputsMustBeNonNegativeIntegers",
                "Double inputs must have integer values in the range of ASSUMEDTYPE.",
            )
    return a, b, dtype


def bitwise(x, y, assumed, name: str, function):
    if assumed is not None:
        kind = require_text(assumed, "Class name")
        if kind not in INTEGER_CLASSES:
            raise ScriptError(
                f"MATLAB:{name}:unknownType", "ASSUMEDTYPE must be an integer type name.", notes=(f"got '{kind}'",)
            )
    if class_of(x) == class_of(y) == "logical":
        return norm(function(as_array(x), as_array(y)))
    a, b, dtype = bit_operands(x, y, assumed, name)
    if dtype.kind in "iu":
        return norm(np.asfortranarray(function(a.astype(dtype), b.astype(dtype))))
    working = np.uint64 if assumed is None else DTYPE_OF_CLASS[kind]
    result = function(a.astype(working), b.astype(working))
    return norm(np.asfortranarray(result.astype(dtype)))


@builtin
def bitand(x, y, assumed=None, /):
    """
    bitand(A, B)
    bitand(A, B, assumedtype)

    Bitwise and of whole numbers.

    Examples
      >> bitand(12, [4 10])
      ans =
           4     8
      >> bitand(6, 3, 'uint8')
      ans =
           2

    See also bitor, bitxor, bitshift.
    """
    return bitwise(x, y, assumed, "bitand", np.bitwise_and)


@builtin
def bitor(x, y, assumed=None, /):
    """
    bitor(A, B)
    bitor(A, B, assumedtype)

    Bitwise or of whole numbers.

    Examples
      >> bitor(12, 3)
      ans =
          15

    See also bitand, bitxor.
    """
    return bitwise(x, y, assumed, "bitor", np.bitwise_or)


@builtin
def bitxor(x, y, assumed=None, /):
    """
    bitxor(A, B)
    bitxor(A, B, assumedtype)

    Bitwise exclusive or of whole numbers.

    Examples
      >> bitxor(12, 10)
      ans =
           6

    See also bitand, bitor.
    """
    return bitwise(x, y, assumed, "bitxor", np.bitwise_xor)


@builtin
def bitcmp(x, assumed=None, /):
    """
    bitcmp(A)
    bitcmp(A, assumedtype)

    All bits of integers turned over.

    Examples
      >> bitcmp(uint8(5))
      ans =
        uint8
         250
      >> bitcmp(5, 'uint8')
      ans =
         250

    See also bitand, bitxor.
    """
    array = require_numeric(x, "bitcmp")
    if array.dtype.kind in "iu":
        return norm(~array)
    if array.dtype.kind == "b":
        raise unsupported(x, "bitcmp")
    kind = "uint64" if assumed is None else require_text(assumed, "Class name")
    working = DTYPE_OF_CLASS.get(kind, DOUBLE)
    if kind not in INTEGER_CLASSES:
        raise ScriptError(
            "MATLAB:bitcmp:unknownType", "ASSUMEDTYPE must be an integer type name.", notes=(f"got '{kind}'",)
        )
    return norm((~array.astype(working)).astype(DOUBLE))


@builtin
def bitshift(x, places, assumed=None, /):
    """
    bitshift(A, k)
    bitshift(A, k, assumedtype)

    Bits shifted k places to the left, or to the right for k < 0; bits that fall off are lost.

    Examples
      >> bitshift(3, [1 4])
      ans =
           6    48
      >> bitshift(uint8(255), 4)
      ans =
        uint8
         240

    See also bitand, bitset, pow2.
    """
    array = require_numeric(x, "bitshift")
    steps = require_numeric(places, "bitshift").astype(np.int64)
    integers = array.dtype.kind in "iu"
    if not integers and (np.any(array < 0) or np.any(array != np.floor(array))):
        raise ScriptError(
            "MATLAB:bitshift:inputsMustBeNonNegativeIntegers",
            "Double inputs must have integer values in the range of ASSUMEDTYPE.",
        )
    kind = class_of(x) if integers else "uint64" if assumed is None else require_text(assumed, "Class name")
    width = DTYPE_OF_CLASS[kind].itemsize * 8
    unsigned = array.astype(np.uint64) & np.uint64(2**width - 1)
    left, right = np.clip(steps, 0, 63).astype(np.uint64), np.clip(-steps, 0, 63).astype(np.uint64)
    shifted = np.where(steps >= 0, (unsigned << left) & np.uint64(2**width - 1), unsigned >> right)
    shifted = np.where(np.abs(steps) >= 64, np.uint64(0), shifted)
    result = shifted.astype(array.dtype) if integers else shifted.astype(DOUBLE)
    return norm(np.asfortranarray(result))


def bit_places(x, place, name: str) -> tuple[ndarray, ndarray]:
    array, places = np.broadcast_arrays(require_numeric(x, name), require_numeric(place, name))
    width = 53 if array.dtype.kind == "f" else array.dtype.itemsize * 8
    if places.size and (places.min() < 1 or places.max() > width):
        raise ScriptError(
            f"MATLAB:{name}:bitMustBeInRange",
            f"BIT must be an integer between 1 and {width}.",
            notes=(f"got {described(place)}",),
        )
    return array, places.astype(np.int64) - 1


@builtin
def bitget(x, place, /):
    """
    bitget(A, bit)

    The bit at a place, counted from 1 at the right.

    Examples
      >> bitget(5, [1 2 3])
      ans =
           1     0     1

    See also bitset, bitand.
    """
    array, places = bit_places(x, place, "bitget")
    return norm(np.asfortranarray(((array.astype(np.int64) >> places) & 1).astype(array.dtype)))


@builtin
def bitset(x, place, value=1.0, /):
    """
    bitset(A, bit)
    bitset(A, bit, v)

    The bit at a place set to 1, or to v.

    Examples
      >> bitset(8, 1)
      ans =
           9
      >> bitset(9, 1, 0)
      ans =
           8

    See also bitget, bitor.
    """
    array, places = bit_places(x, place, "bitset")
    mask = np.left_shift(np.int64(1), places)
    whole = array.astype(np.int64)
    on = require_numeric(value, "bitset") != 0
    return norm(np.asfortranarray(np.where(on, whole | mask, whole & ~mask).astype(array.dtype)))
