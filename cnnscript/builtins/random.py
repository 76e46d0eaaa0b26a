"""Random numbers from MATLAB's stream: Mersenne twister, 53-bit uniforms, the ziggurat for normals.

`rng default` then `rand` gives 0.8147 0.9058 0.1270 0.9134 as in MATLAB: NumPy's legacy generator is the same twister,
with seed 0 standing for 5489.
"""

from __future__ import annotations

import time
from functools import cache
from math import exp, log, sqrt

import numpy as np

from cnnscript.builtins.creation import class_arguments
from cnnscript.builtins.dimensions import require_memory, require_numeric, shape_from
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import DOUBLE, as_array, is_numeric, ndarray, norm, saturated
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none

DEFAULT_SEED = 5489  # what MATLAB's seed 0 stands for
GENERATORS = {"twister": "twister", "mt19937ar": "twister"}


class Stream:
    """The one global stream: a twister and the seed it was last given."""

    def __init__(self):
        self.seed_with(0)

    def seed_with(self, seed: int) -> None:
        self.seed = seed
        self.twister = np.random.RandomState(seed or DEFAULT_SEED)

    def uniforms(self, count: int) -> ndarray:
        """Doubles in (0, 1), 53 bits each."""
        return self.twister.random_sample(count)

    def words(self, count: int) -> ndarray:
        """Whole 32-bit outputs of the twister."""
        return self.twister.randint(0, 2**32, count, dtype=np.uint32)

    def normals(self, count: int) -> ndarray:
        """Standard normal doubles by the ziggurat (256 layers).

        A try and a uniform number each take a pair of the twister's words.  All pairs are worked out as tries at
        once; the one in a hundred that misses its layer's rectangle is settled as a loop would, with the pairs
        that follow it, which then are no tries.
        """
        parts, have = [], 0
        edges, heights = layers()
        while have < count:
            before = self.twister.get_state()
            pairs = (count - have) + (count - have) // 32 + 16
            words = self.words(2 * pairs).astype(np.uint64)
            low, high = words[0::2], words[1::2]
            layer = (high >> np.uint64(24)).astype(np.int64) + 1
            mantissa = (low >> np.uint64(3)) * np.uint64(2**24) + (high & np.uint64(2**24 - 1))
            normal = (mantissa * 2.0**-52 - 1.0) * edges[layer]
            inside = np.abs(normal) <= edges[layer - 1]
            uniforms = ((low >> np.uint64(5)) * np.uint64(2**26) + (high >> np.uint64(6))) * 2.0**-53
            used = keep_accepted(normal, inside, layer, uniforms, edges, heights)
            accepted = np.flatnonzero(inside[:used])[: count - have]
            if have + accepted.size == count:  # leave the twister right behind the last pair that counted
                used = next_try(int(accepted[-1]), inside, layer)
            self.twister.set_state(before)
            self.words(2 * used)
            parts.append(normal[accepted])
            have += accepted.size
        return np.concatenate(parts) if parts else np.empty(0)


def keep_accepted(normal, inside, layer, uniforms, edges, heights) -> int:
    """Settle the tries outside their rectangles, in place: those accepted become `inside`, in `normal`; pairs spent
    on them get layer 0 and are not inside.  Gives the number of pairs that could be settled."""
    pairs = normal.size
    free = 0
    for at in np.flatnonzero(~inside).tolist():
        if at < free:
            continue
        value, last = float(normal[at]), at + 1
        if layer[at] < 256:
            if last >= pairs:
                return at
            height = heights[layer[at]] + uniforms[last] * (heights[layer[at] - 1] - heights[layer[at]])
            inside[at] = height < exp(-0.5 * value * value)
        else:  # the tail
            while True:
                if last + 1 >= pairs:
                    return at
                x = log(uniforms[last]) / TAIL
                last += 1
                if -2.0 * log(uniforms[last]) > x * x:
                    break
                last += 1
            normal[at] = x - TAIL if value < 0 else TAIL - x
            inside[at] = True
        layer[at + 1 : last + 1] = 0
        inside[at + 1 : last + 1] = False
        free = last + 1
    return pairs


def next_try(at: int, inside: ndarray, layer: ndarray) -> int:
    """The first pair after an accepted one that was not spent on it."""
    at += 1
    while at < layer.size and layer[at] == 0:
        at += 1
    return at


TAIL = 3.6541528853610088  # where the tail starts for 256 layers of equal area (Marsaglia and Tsang, 2000)


@cache
def layers() -> tuple[ndarray, ndarray]:
    """Right edges x[0..256] (x[0] = 0) of the ziggurat's layers, and the curve's height at each."""
    area = 0.00492867323399
    edges = np.zeros(257)
    edges[256] = area * exp(0.5 * TAIL * TAIL)
    edges[255] = TAIL
    for layer in range(254, 0, -1):
        edges[layer] = sqrt(-2 * log(area / edges[layer + 1] + exp(-0.5 * edges[layer + 1] ** 2)))
    return edges, np.exp(-0.5 * edges**2)


STREAM = Stream()


# ------------------------------------------------------------------------------------------------------------- rng
@builtin
def rng(nargout, /, *args):
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
        state = current_state()
    if args:
        restart(args)
    return state


def current_state() -> Struct:
    """The generator's state as MATLAB's struct: Type, Seed, State (625 words)."""
    _, key, position, *_ = STREAM.twister.get_state()
    words = np.append(key, np.uint32(position)).reshape(-1, 1)
    return Struct({"Type": "twister", "Seed": np.uint32(STREAM.seed), "State": words})


def restart(args: tuple) -> None:
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
        STREAM.seed = int(given.fields["Seed"])
        STREAM.twister.set_state(("MT19937", flat[:624], int(flat[624]), 0, 0.0))
        return
    if is_text(given):
        word = (text_or_none(given) or "").lower()
        if word == "shuffle":
            STREAM.seed_with(int(time.time() * 100) % 2**31)
        elif word == "default":
            STREAM.seed_with(0)
        else:
            raise ScriptError(
                "MATLAB:rng:badFirstOpt",
                "First input must be a nonnegative integer seed less than 2^32, 'shuffle', 'default', or generator "
                "settings captured previously using S = RNG.",
                notes=(f"got '{word}'",),
            )
        return
    array = as_array(given) if is_numeric(given) or type(given) is bool else np.zeros(0)
    seed = float(array.item()) if array.size == 1 else -1.0
    if not 0 <= seed < 2**32 or seed != seed // 1:
        raise ScriptError(
            "MATLAB:rng:badSeed",
            "Seed must be a nonnegative integer seed less than 2^32.",
            notes=(f"got {described(given)}",),
        )
    STREAM.seed_with(int(seed))


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
def rand(*args):
    """
    rand
    rand(n)
    rand(m, n, ...)
    rand([m n ...])
    rand(..., classname)
    rand(..., 'like', p)

    Uniform random numbers between 0 and 1.

    Examples
      >> rng default, rand(1, 3)
      ans =
          0.8147    0.9058    0.1270

    See also randn, randi, randperm, rng.
    """
    if args and is_text(args[0]) and (text_or_none(args[0]) or "").lower() in ("seed", "state", "twister"):
        raise ScriptError(
            "MATLAB:rand:oldSeeding", "Seeding with rand(...) is not in cnnscript.", hint="write rng(seed)"
        )
    return random_array(args, "rand", STREAM.uniforms)


@builtin
def randn(*args):
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
    return random_array(args, "randn", STREAM.normals)


@builtin
def randi(limits, /, *args):
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
        return STREAM.uniforms(1)[0].item() * limits // 1.0 + 1.0
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
    from cnnscript.builtins.creation import NUMERIC_CLASSES

    args, dtype = class_arguments(args, "randi", NUMERIC_CLASSES)
    shape = shape_from(args, "randi")
    require_memory(shape, 8)
    numbers = low + np.floor(STREAM.uniforms(int(np.prod(shape, dtype=np.int64))) * (high - low + 1))
    numbers = numbers.reshape(shape, order="F")
    return norm(saturated(numbers, dtype) if dtype.kind in "iu" else numbers.astype(dtype, copy=False))


@builtin
def randperm(n, k=None, /):
    """
    randperm(n)
    randperm(n, k)

    The numbers 1 to n in random order; only the first k of them.

    Examples
      >> rng default, randperm(6)
      ans =
           6     3     5     1     2     4
      >> numel(unique(randperm(100, 10)))
      ans =
          10

    See also randi, rand, rng.
    """
    counts = []
    for value in (n, k):
        if value is None:
            continue
        array = require_numeric(value, "randperm")
        if array.size != 1 or array.item() < 0 or array.item() != array.item() // 1:
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
        order = np.argsort(STREAM.uniforms(total), kind="stable") + 1.0
        return norm(order.reshape(1, -1))
    # the first k steps of a shuffle
    numbers = np.arange(1.0, total + 1)
    draws = STREAM.uniforms(wanted)
    for place in range(wanted):
        other = place + int(draws[place] * (total - place))
        numbers[place], numbers[other] = numbers[other], numbers[place]
    return norm(numbers[:wanted].reshape(1, -1))
