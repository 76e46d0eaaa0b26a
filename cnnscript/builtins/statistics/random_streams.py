"""Streams of random numbers as objects: RandStream, its global stream, and what draws from one."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.statistics.random import (
    GENERATORS,
    current_state,
    permutation,
    random_array,
    restart,
    whole_numbers,
)
from cnnscript.builtins.statistics.random_stream import Stream
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import text_or_none


class RandStream(Object):
    """A stream of MATLAB's Mersenne twister; `stream` is what it draws from."""

    class_name = "RandStream"
    ancestors: ClassVar[tuple[str, ...]] = ("handle",)
    is_handle = True
    methods = frozenset(("rand", "randn", "randi", "randperm", "reset"))

    def __init__(self, stream: Stream):
        self.stream = stream

    def property_names(self) -> list[str]:
        return [
            "Type", "Seed", "NumStreams", "StreamIndex", "State", "Substream", "NormalTransform", "Antithetic",
            "FullPrecision",
        ]  # fmt: skip

    def get(self, name: str) -> Any:
        fixed = {
            "Type": "mt19937ar", "NumStreams": 1.0, "StreamIndex": 1.0, "Substream": 1.0,
            "NormalTransform": "Ziggurat", "Antithetic": False, "FullPrecision": True,
        }  # fmt: skip
        if name in fixed:
            return fixed[name]
        if name in ("Seed", "State"):
            return current_state(self.stream).fields[name]
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> Object:
        if name != "State":
            return super().set(name, value)
        restart(self.stream, (Struct({"Type": "twister", "Seed": float(self.stream.seed), "State": value}),))
        return self

    def operator(self, name: str, args: tuple) -> Any:
        if name in ("eq", "ne"):  # two objects of one stream are the same stream
            same = all(isinstance(arg, RandStream) and arg.stream is self.stream for arg in args)
            return same == (name == "eq")
        return NotImplemented

    def equals(self, other: Any) -> bool:
        return isinstance(other, RandStream) and other.stream is self.stream

    def disp(self, form: Any) -> str:
        return (
            f"{self.get('Type')} random stream\n             Seed: {self.stream.seed}\n"
            f"  NormalTransform: Ziggurat\n{form.blank}"
        )


def made(generator, options: dict[str, Any]) -> RandStream:
    """A stream from the name of its generator and the options of `RandStream`."""
    word = take.text(generator, "Generator").lower()
    if word not in GENERATORS:
        raise ScriptError(
            "MATLAB:RandStream:InvalidType",
            f"Unknown or unsupported generator type: '{word}'.",
            hint="cnnscript has 'mt19937ar'",
        )
    take.choice(options["NormalTransform"], ("Ziggurat",), "NormalTransform")
    stream = Stream()
    seed = options["Seed"]
    if text_or_none(seed) is not None:
        take.choice(seed, ("shuffle",), "Seed")
        seed = float(int(time.time() * 100) % 2**31)
    restart(stream, (seed,))
    return RandStream(stream)


@builtin(name="RandStream")
def rand_stream(generator="mt19937ar", /, *, Seed=0.0, NormalTransform="Ziggurat"):
    """
    s = RandStream(generator)
    s = RandStream(generator, Name=Value)

    A stream of random numbers of its own: rand(s, ...), randn(s, ...), randi(s, ...), randperm(s, ...).

    The generator is 'mt19937ar', the Mersenne twister.

    Options
      Seed              a whole number (0), or 'shuffle' for one from the clock
      NormalTransform   'Ziggurat'

    Examples
      >> s = RandStream('mt19937ar', Seed=1, NormalTransform='Ziggurat'); rand(s)
      ans =
          0.4170
      >> s = RandStream('mt19937ar')
      s =
      mt19937ar random stream
                   Seed: 0
        NormalTransform: Ziggurat

    See also rng, rand, RandStream.getGlobalStream, RandStream.setGlobalStream.
    """
    return made(generator, {"Seed": Seed, "NormalTransform": NormalTransform})


@builtin(name="RandStream.getGlobalStream")
def get_global_stream(session, /):
    """
    s = RandStream.getGlobalStream

    The stream that rand, randn, randi and randperm draw from.

    Examples
      >> rng(1), s = RandStream.getGlobalStream; rand(s)
      ans =
          0.4170

    See also RandStream, RandStream.setGlobalStream, rng.
    """
    return RandStream(session.random)


@builtin(name="RandStream.setGlobalStream", outputs=1)
def set_global_stream(session, nargout, stream, /):
    """
    RandStream.setGlobalStream(s)
    prev = RandStream.setGlobalStream(s)

    Make a stream the one that rand, randn, randi and randperm draw from; prev is the one before.

    Examples
      >> RandStream.setGlobalStream(RandStream('mt19937ar', Seed=1)); rand
      ans =
          0.4170
      >> prev = RandStream.setGlobalStream(RandStream('mt19937ar', Seed=2)); class(prev)
      ans =
          'RandStream'

    See also RandStream, RandStream.getGlobalStream, rng.
    """
    if not isinstance(stream, RandStream):
        raise ScriptError("MATLAB:RandStream:setGlobalStream:InvalidInput", "Input must be a RandStream object.")
    before = RandStream(session.random)
    session.random = stream.stream
    return before if nargout else None


@builtin
def reset(session, stream, seed=None, /):
    """
    reset(s)
    reset(s, seed)
    reset(h)

    A stream of random numbers from its start, or from that of another seed; graphics objects h (0: the root) with the
    properties of new ones.

    Of graphics objects the data stay, and of figures and axes the place.

    Examples
      >> s = RandStream('mt19937ar', Seed=1); a = rand(s); reset(s), isequal(a, rand(s))
      ans =
        logical
         1
      >> reset(s, 5), s.Seed
      ans =
        uint32
         5
      >> h = plot(1:3, LineWidth=4); reset(h); h.LineWidth
      ans =
          0.5000
      figure 1: line 3 points

    See also RandStream, rng, set, clf, cla.
    """
    if not isinstance(stream, RandStream) and seed is None:
        from cnnscript.builtins.figures.graphics_objects import reset_graphics

        reset_graphics(session, stream)
        return
    if not isinstance(stream, RandStream):
        raise unfit_inputs("reset", f"got {take.described(stream)}")
    restart(stream.stream, (float(stream.stream.seed) if seed is None else seed,))


@overload("RandStream", name="rand")
def rand_of_stream(stream, /, *args):
    """
    rand(s, ...)

    Uniform random numbers from a stream.

    Examples
      >> rand(RandStream('mt19937ar'), 1, 2)
      ans =
          0.8147    0.9058
    """
    return random_array(args, "rand", stream.stream.uniforms)


@overload("RandStream", name="randn")
def randn_of_stream(stream, /, *args):
    """
    randn(s, ...)

    Normal random numbers from a stream.

    Examples
      >> randn(RandStream('mt19937ar'), 1, 2)
      ans =
          0.5377    1.8339
    """
    return random_array(args, "randn", stream.stream.normals)


@overload("RandStream", name="randi")
def randi_of_stream(stream, limits, /, *args):
    """
    randi(s, limits, ...)

    Random whole numbers from a stream.

    Examples
      >> randi(RandStream('mt19937ar'), 10, 1, 2)
      ans =
           9    10
    """
    return whole_numbers(stream.stream, limits, args)


@overload("RandStream", name="randperm")
def randperm_of_stream(stream, n, k=None, /):
    """
    randperm(s, n)
    randperm(s, n, k)

    The numbers 1 to n in an order drawn from a stream.

    Examples
      >> randperm(RandStream('mt19937ar'), 6)
      ans =
           6     3     5     1     2     4
    """
    return permutation(stream.stream, n, k)
