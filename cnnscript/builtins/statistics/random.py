"""Random numbers: rng, rand, randn, randi, randperm, all from the session's one stream (`session.random`)."""

from __future__ import annotations

import time
import zlib

import numpy as np

from cnnscript.builtins.arrays.creation import class_arguments
from cnnscript.builtins.arrays.dimensions import require_memory, require_numeric, shape_from
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.random_stream import Stream
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DOUBLE, as_array, is_numeric, ndarray, norm, saturated
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none
from cnnscript.values.warn import warn

GENERATORS = {"twister": "twister", "mt19937ar": "twister"}


# ------------------------------------------------------------------------------------------------------------- rng
@builtin
def rng(session, nargout, /, *args):
    """
    rng default
    rng(seed)
    rng(seed, generator)
    rng('shuffle')
    s = rng
    rng(s)

    Seed the random numbers, or take and restore the state of their generator.

    The generator is 'twister'; the same seed gives the same numbers as MATLAB.

    Examples
      >> rng default
      >> rand
      ans =
          0.8147
      >> rng(1), s = rng; a = rand;
      >> rng(s), isequal(a, rand)
      ans =
        logical
         1

    See also rand, randn, randi, randperm.
    """
    state = None
    if nargout or not args:
        state = current_state(session.random)
    if args:
        restart(session.random, args)
    return state


def current_state(stream: Stream) -> Struct:
    """The generator's state as MATLAB's struct: Type, Seed, State (625 words)."""
    _, key, position, *_ = stream.twister.get_state()
    words = np.append(key, np.uint32(position)).reshape(-1, 1)
    return Struct({"Type": "twister", "Seed": np.uint32(stream.seed), "State": words})


def restart(stream: Stream, args: tuple) -> None:
    given = args[0]
    if len(args) > 1:
        word = (text_or_none(args[1]) or "").lower()
        if word not in GENERATORS:
            raise ScriptError(
                "MATLAB:rng:badSecondOpt",
                "Second argument must be a random number generator name.",
                notes=(f"got {described(args[1])}", "cnnscript has 'twister'"),
            )
    if isinstance(given, Struct):
        words = given.fields.get("State")
        if text_or_none(given.fields.get("Type")) != "twister" or type(words) is not ndarray or words.size != 625:
            raise ScriptError("MATLAB:rng:badSettings", "Input must be a structure with fields Type, Seed, and State.")
        flat = words.ravel().astype(np.uint32)
        stream.seed = int(given.fields["Seed"])
        stream.twister.set_state(("MT19937", flat[:624], int(flat[624]), 0, 0.0))
        return
    if is_text(given):
        word = (text_or_none(given) or "").lower()
        if word == "shuffle":
            stream.seed_with(int(time.time() * 100) % 2**31)
        elif word == "default":
            stream.seed_with(0)
        else:
            raise ScriptError(
                "MATLAB:rng:badFirstOpt",
                "First input must be a nonnegative integer seed less than 2^32, 'shuffle', 'default', or generator "
                "settings captured previously using S = RNG.",
                notes=(f"got '{word}'",),
            )
        return
    array = as_array(given) if is_numeric(given) or type(given) is bool else np.zeros(0)
    seed = float(array.item()) if array.size == 1 and array.dtype.kind != "c" else -1.0
    if not 0 <= seed < 2**32:
        raise ScriptError(
            "MATLAB:rng:badSeed",
            "Seed must be a nonnegative integer seed less than 2^32.",
            notes=(f"got {described(given)}",),
        )
    stream.seed_with(int(seed))  # of rng(sum(100*clock)), which many scripts write, the fraction is dropped


OLD_GENERATORS = ("seed", "state", "twister")


def seeded_as_of_old(stream: Stream, args: tuple, name: str):
    """rand('twister', seed) and its elders; without a seed the state, which seeds again."""
    word = (text_or_none(args[0]) or "").lower()
    if len(args) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if len(args) == 1:
        return current_state(stream).fields["State"].astype(DOUBLE)
    if word != "twister":
        warn(
            f"cnnscript:{name}:oldGenerator",
            f"{name}('{word}', ...) seeds the Mersenne twister: the numbers are not those of MATLAB's generator "
            f"'{word}'. rng(seed) gives MATLAB's numbers.",
        )
    given = as_array(args[1]) if is_numeric(args[1]) or type(args[1]) is bool else np.zeros(0)
    if given.size == 625 and given.dtype.kind in "fiu":
        restart(stream, (Struct({"Type": "twister", "Seed": 0.0, "State": given.astype(np.uint32)}),))
    elif given.size == 1 and given.dtype.kind != "c":
        stream.seed_with(int(abs(given.item())) % 2**32 if np.isfinite(given.item()) else 0)
    elif given.size and given.dtype.kind != "c":  # a state of another generator: all of it decides
        stream.seed_with(zlib.crc32(given.astype(DOUBLE).tobytes("F")))
    else:
        raise ScriptError(f"MATLAB:{name}:badState", "Generator state must be numbers.", notes=(described(args[1]),))
    return None


def random_array(args: tuple, name: str, draw) -> object:
    """An array of doubles or singles from `draw(count)`, filled column by column."""
    if not args:
        return float(draw(1)[0])
    args, dtype = class_arguments(args, name, ("double", "single"))
    shape = shape_from(args, name)
    require_memory(shape, dtype.itemsize)
    count = 1
    for length in shape:
        count *= length
    return norm(draw(count).astype(dtype, copy=False).reshape(shape, order="F"))


@builtin
def rand(session, /, *args):
    """
    rand
    rand(n)
    rand(m, n, ...)
    rand([m n ...])
    rand(..., classname)
    rand(..., 'like', p)
    rand('twister', seed)

    Uniform random numbers between 0 and 1.

    The generators of old, rand('state', seed) and rand('seed', seed), are not here: the twister is seeded, and a
    warning says so.

    Examples
      >> rng default, rand(1, 3)
      ans =
          0.8147    0.9058    0.1270
      >> rand('twister', 1), rand
      ans =
          0.4170

    See also randn, randi, randperm, rng.
    """
    if args and is_text(args[0]) and (text_or_none(args[0]) or "").lower() in OLD_GENERATORS:
        return seeded_as_of_old(session.random, args, "rand")
    return random_array(args, "rand", session.random.uniforms)


@builtin
def randn(session, /, *args):
    """
    randn
    randn(n)
    randn(m, n, ...)
    randn([m n ...])
    randn(..., classname)
    randn(..., 'like', p)

    Normal random numbers with mean 0 and variance 1.

    Examples
      >> rng default, randn(1, 3)
      ans =
          0.5377    1.8339   -2.2588

    See also rand, randi, rng.
    """
    if args and is_text(args[0]) and (text_or_none(args[0]) or "").lower() in OLD_GENERATORS:
        return seeded_as_of_old(session.random, args, "randn")
    return random_array(args, "randn", session.random.normals)


@builtin
def randi(session, limits, /, *args):
    """
    randi(imax)
    randi([imin imax])
    randi(limits, n)
    randi(limits, m, n, ...)
    randi(limits, ..., classname)

    Random whole numbers from 1 to imax, or from imin to imax.

    Examples
      >> rng default, randi(10, 1, 5)
      ans =
           9    10     2    10     7
      >> rng default, randi([5 7], 1, 3, 'uint8')
      ans =
        1×3 uint8 row vector
         7   7   5

    See also rand, randperm, rng.
    """
    if type(limits) is float and not args and limits >= 1.0 and limits == limits // 1.0:
        return session.random.uniforms(1)[0].item() * limits // 1.0 + 1.0
    return whole_numbers(session.random, limits, args)


def whole_numbers(stream: Stream, limits, args: tuple):
    """What `randi` gives from a stream."""
    bounds = require_numeric(limits, "randi").ravel("F").astype(DOUBLE)
    if bounds.size not in (1, 2) or np.any(bounds != np.floor(bounds)) or not np.all(np.isfinite(bounds)):
        raise ScriptError(
            "MATLAB:randi:invalidLimits",
            "First input must be an integer scalar or a two-element vector of integers.",
            notes=(f"got {described(limits)}",),
        )
    low, high = (1.0, float(bounds[0])) if bounds.size == 1 else (float(bounds[0]), float(bounds[1]))
    if high < low:
        raise ScriptError(
            "MATLAB:randi:invalidLimits",
            "First input must be a positive scalar integer value IMAX, or two integer values [IMIN IMAX] with IMIN "
            "less than or equal to IMAX.",
            notes=(f"got {low:g} and {high:g}",),
        )
    from cnnscript.builtins.arrays.creation import NUMERIC_CLASSES

    args, dtype = class_arguments(args, "randi", NUMERIC_CLASSES)
    shape = shape_from(args, "randi")
    require_memory(shape, 8)
    numbers = low + np.floor(stream.uniforms(int(np.prod(shape, dtype=np.int64))) * (high - low + 1))
    numbers = numbers.reshape(shape, order="F")
    return norm(saturated(numbers, dtype) if dtype.kind in "iu" else numbers.astype(dtype, copy=False))


@builtin
def randperm(session, n, k=None, /):
    """
    randperm(n)
    randperm(n, k)

    The numbers 1 to n in random order; only k of them.

    randperm(n) gives MATLAB's order for the same seed, randperm(n, k) another one.

    Examples
      >> rng default, randperm(6)
      ans =
           6     3     5     1     2     4
      >> numel(unique(randperm(100, 10)))
      ans =
          10

    See also randi, rand, rng.
    """
    return permutation(session.random, n, k)


def permutation(stream: Stream, n, k):
    """What `randperm` gives from a stream."""
    counts = []
    for value in (n, k):
        if value is None:
            continue
        array = require_numeric(value, "randperm")
        if array.size != 1 or array.dtype.kind == "c" or array.item() < 0 or array.item() != array.item() // 1:
            raise ScriptError(
                "MATLAB:randperm:inputType", "N and K must be nonnegative integers.", notes=(f"got {described(value)}",)
            )
        counts.append(int(array.item()))
    total = counts[0]
    wanted = counts[-1]
    if wanted > total:
        raise ScriptError(
            "MATLAB:randperm:inputKTooLarge",
            "K must be less than or equal to N.",
            notes=(f"N is {total}, K is {wanted}",),
        )
    require_memory((1, total), 8)
    if k is None:
        order = np.argsort(stream.uniforms(total), kind="stable") + 1.0
        return norm(order.reshape(1, -1))
    # the first k steps of a shuffle
    numbers = np.arange(1.0, total + 1)
    draws = stream.uniforms(wanted)
    for place in range(wanted):
        other = place + int(draws[place] * (total - place))
        numbers[place], numbers[other] = numbers[other], numbers[place]
    return norm(numbers[:wanted].reshape(1, -1))
