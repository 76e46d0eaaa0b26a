"""Time: tic, toc, cputime, timeit, pause."""

from __future__ import annotations

import time

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.text import is_text, text_or_none


class Clock:
    """When the last `tic` was: nanoseconds of the performance counter, None before the first; whether `pause` waits."""

    def __init__(self):
        self.started: int | None = None
        self.pausing = True


@builtin
def tic(session, nargout, /):
    """
    tic
    timerVal = tic

    Start the stopwatch that toc reads.

    Examples
      >> tic
      >> disp(toc < 60)
         1
      >> timerVal = tic;
      >> disp(class(timerVal))
      uint64

    See also toc, timeit, cputime.
    """
    now = time.perf_counter_ns()
    if nargout:
        return np.uint64(now // 1000)
    session.clock.started = now
    return None


@builtin
def toc(session, nargout, timer=None, /):
    """
    toc
    elapsedTime = toc
    elapsedTime = toc(timerVal)

    The seconds since tic: printed, or as a number.

    Examples
      >> timerVal = tic;
      >> elapsedTime = toc(timerVal);
      >> disp(elapsedTime >= 0)
         1
      >> tic
      >> text = evalc('toc');
      >> disp(text(1:15))
      Elapsed time is

    See also tic, timeit.
    """
    now = time.perf_counter_ns()
    if timer is not None:
        if type(timer) is not np.uint64:
            raise ScriptError(
                "MATLAB:toc:invalidTimerValue",
                "Timer value must be the output of tic.",
                notes=(f"toc got {described(timer)}",),
            )
        seconds = (now - int(timer) * 1000) / 1e9
    else:
        if session.clock.started is None:
            raise ScriptError(
                "MATLAB:toc:callTicFirstNoInputs",
                "You must call 'tic' without an output argument before calling 'toc' without an input argument.",
            )
        seconds = (now - session.clock.started) / 1e9
    if nargout:
        return seconds
    session.out.write(f"Elapsed time is {seconds:.6f} seconds.\n")
    return None


@builtin
def cputime():
    """
    t = cputime

    The seconds of processor time used so far.

    Examples
      >> t = cputime;
      >> disp(t > 0)
         1

    See also tic, toc.
    """
    return time.process_time()


@builtin
def timeit(session, function, outputs=None, /):
    """
    t = timeit(f)
    t = timeit(f, numOutputs)

    The typical time in seconds that a call of f() takes: the median of several measurements.

    Examples
      >> t = timeit(@() sum(1:10));
      >> disp(t > 0)
         1
      >> t = timeit(@() max([1 2]), 2);

    See also tic, toc.
    """
    if type(function) is not Function:
        raise ScriptError(
            "MATLAB:timeit:InvalidInput",
            "The first argument must be a function handle.",
            notes=(f"got {described(function)}",),
        )
    from statistics import median

    count = 1 if outputs is None else take.count(outputs, "Number of outputs")
    call = function.call

    def measured(times: int) -> float:
        start = time.perf_counter()
        for _ in range(times):
            call(count)
        return time.perf_counter() - start

    times = 1
    while (taken := measured(times)) < 0.001 and times < 1_000_000:
        times *= 10
    return median([taken, *(measured(times) for _ in range(6))]) / times


@builtin
def pause(session, nargout, seconds=None, /):
    """
    pause
    pause(n)
    pause(state)
    oldState = pause(state)
    oldState = pause('query')

    Wait n seconds, or for the Enter key where a person is at a prompt. 'off' makes that nothing, 'on' something again.

    Examples
      >> pause(0.01)
      >> pause
      >> oldState = pause('off')
      oldState =
          'on'
      >> pause(oldState)
      >> disp(pause('query'))
      on

    See also input, tic.
    """
    word = text_or_none(seconds) if is_text(seconds) else None
    if word in ("on", "off", "query"):
        before = "on" if session.clock.pausing else "off"
        session.clock.pausing = word == "on" if word != "query" else session.clock.pausing
        return before if nargout or word == "query" else None
    if nargout:
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.")
    if not session.clock.pausing:
        return None
    session.show_figures()
    if seconds is None:
        if session.interactive:
            session.out.flush()
            input()
        return None
    if word is not None or not isinstance(seconds, (int, float, np.number)) or not float(seconds) >= 0:
        raise ScriptError(
            "MATLAB:pause:InvalidInputType",
            "Time must be a nonnegative number of seconds.",
            notes=(f"got {described(seconds)}",),
        )
    session.out.flush()
    session.rest(min(float(seconds), threading_limit()))
    return None


def threading_limit() -> float:
    """The longest sleep the system takes."""
    import threading

    return threading.TIMEOUT_MAX
