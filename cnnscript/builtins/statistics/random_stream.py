"""MATLAB's stream of random numbers: Mersenne twister, 53-bit uniforms, the ziggurat for normals.

`rng default` then `rand` gives 0.8147 0.9058 0.1270 0.9134 and `randn` 0.5377 1.8339 -2.2588 as in MATLAB: NumPy's
legacy generator is the same twister, with seed 0 standing for 5489.
"""

from __future__ import annotations

from functools import cache
from math import exp, log, sqrt

import numpy as np

from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import ndarray

DEFAULT_SEED = 5489  # what MATLAB's seed 0 stands for


class Stream:
    """The stream of a session: a twister and the seed it was last given."""

    def __init__(self):
        self.seed_with(0)

    def seed_with(self, seed: int) -> None:
        self.seed = seed
        self.twister = np.random.RandomState(seed or DEFAULT_SEED)

    def uniforms(self, count: int) -> ndarray:
        """Doubles in (0, 1), 53 bits each."""
        require_memory((count, 1), 8)
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
