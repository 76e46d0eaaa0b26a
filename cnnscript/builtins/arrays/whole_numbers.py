"""Divisors and primes: gcd, lcm, primes, isprime, factor."""

from __future__ import annotations

from math import inf

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory, require_numeric
from cnnscript.builtins.elementary.elements import numbers_of, operands
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import (
    DOUBLE,
    DTYPE_OF_CLASS,
    as_array,
    class_of,
    ndarray,
    norm,
    saturated,
)
from cnnscript.values.take import described


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
    if limit != limit:
        raise ScriptError("MATLAB:primes:nanInput", "Input must not be NaN.")
    limit = max(limit, 0.0)
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
    if array.dtype.kind in "cb" or np.any(array < 0) or np.any(array != np.floor(array)) or np.isinf(array).any():
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
    flat = array.ravel("F").astype(np.int64 if array.dtype.kind == "f" and largest < 2**63 else array.dtype)
    return norm(np.array([is_prime(int(item)) for item in flat.tolist()]).reshape(array.shape, order="F"))


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
