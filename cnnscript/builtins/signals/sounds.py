"""Sounds: sound and soundsc, where there is nothing to play them on."""

from __future__ import annotations

from cnnscript.builtins.arrays.dimensions import require_numeric
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.take import described
from cnnscript.values.warn import warn


def checked(y, rate, bits, name: str) -> None:
    """The signal, its rate and its bits are what MATLAB takes; then what MATLAB says without loudspeakers."""
    array = require_numeric(y, name)
    if array.ndim != 2 or array.dtype.kind == "c" or min(array.shape) > 2:
        raise ScriptError(
            f"MATLAB:{name}:invalidSignal", "The signal must be a real vector or a matrix with two columns.",
            notes=(f"got {described(y)}",),
        )  # fmt: skip
    if not take.number(rate, "The sample rate") > 0:
        raise ScriptError(f"MATLAB:{name}:invalidRate", "The sample rate must be positive.")
    if take.number(bits, "The number of bits") not in (8, 16, 24):
        raise ScriptError(f"MATLAB:{name}:invalidBits", "The number of bits must be 8, 16 or 24.")
    warn("MATLAB:audiovideo:audioplayer:noAudioOutputDevice", "No audio outputs were found.")


@builtin
def sound(y, Fs=8192.0, nBits=16.0, /):
    """
    sound(y)
    sound(y, Fs)
    sound(y, Fs, nBits)

    Play a signal: cnnscript has no loudspeaker, and warns as MATLAB does where it finds none.

    Examples
      >> sound(sin(1:100), 8000)
      Warning: No audio outputs were found.

    See also soundsc, beep.
    """
    checked(y, Fs, nBits, "sound")


@builtin
def soundsc(y, Fs=8192.0, second=None, third=None, /):
    """
    soundsc(y)
    soundsc(y, Fs)
    soundsc(y, Fs, nBits)
    soundsc(y, Fs, nBits, yRange)

    Play a signal scaled to full volume: cnnscript has no loudspeaker, and warns as MATLAB does where it finds none.

    Examples
      >> soundsc(1:100)
      Warning: No audio outputs were found.

    See also sound.
    """
    for value in (second, third):
        if value is not None and take.vector(value, "nBits or yRange").size not in (1, 2):
            raise take.wanted("one number, or two for the range", "nBits or yRange", value)
    bits = second if second is not None and take.vector(second).size == 1 else 16.0
    checked(y, Fs, bits, "soundsc")
