"""TensorFlow, imported silently and once, in the background when there is time.

`import tensorflow` takes 5 s and more, and its libraries write log lines straight to file descriptor 2.  So it always
runs in a daemon thread: `preload()` starts it while the program still parses or the prompt waits, `tensorflow()`
waits for it, and leaving the program meanwhile is immediate.  (A thread that is not a daemon holds the exit for
seconds; Ctrl-C in an import on the main thread leaves modules half made.)

While it runs, descriptor 2 is a temporary file, and `sys.stderr` writes to where descriptor 2 led before, so nothing
that the program itself says is lost or late.  Afterwards everything in that file that is not a log line is written
out; when the import fails, all of it is.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import io
import logging
import os
import re
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from types import ModuleType

from cnnscript.errors import ScriptError

SETTINGS = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # tensorflow-cpu is silent with it; the full wheel still writes lines about CUDA
    "KERAS_BACKEND": "tensorflow",
}
FREED_BYTES = 256 * 2**20  # of freed memory kept for what comes next
HEAPED_BYTES = 32 * 2**20  # arrays up to this size lie in memory that is kept: the most that glibc allows
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # as malloc.h numbers them
LOG_LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] "  # 2025-01-01 10:00:00.000000: I tensorflow/...
    r"|[IWEF]\d{4} \d\d:\d\d:\d+\.\d+ +\d+ "  # I0000 00:00:1700000000.000000 1234 cuda_executor.cc:...
    r"|WARNING: All log messages before absl::InitializeLog"
    r"|To enable the following instructions|TF-TRT Warning|Skipping registering GPU devices"
)

_lock = threading.Lock()
_done: threading.Event | None = None  # set when the import that was started last is over
_fault: BaseException | None = None
_module: ModuleType | None = None
_end_quietly: Callable[[], object] | None = None  # while an import is kept silent


def preload() -> None:
    """Start importing TensorFlow in the background, if that has not been done; returns at once."""
    global _done, _fault
    with _lock:
        if _module is not None or (_done is not None and not _done.is_set()):
            return
        _fault = None
        _done = threading.Event()
        threading.Thread(target=_import, args=(_done,), name="import tensorflow", daemon=True).start()


def loaded() -> bool:
    """Is TensorFlow there, so that asking for it costs nothing?"""
    return _module is not None


def tensorflow(progress: Callable[[str], object] | None = None) -> ModuleType:
    """The module, waited for.  `progress` is told when there is something to wait for, and '' when that is over.

    Raises ScriptError when TensorFlow cannot be imported; a later call tries again.
    """
    if _module is None:
        preload()
        done = _done
        if done is not None and not done.is_set():
            progress = progress or str
            progress("loading TensorFlow ...")
            try:
                # Thread.join, interrupted by Ctrl-C, would take the thread for ended (up to Python 3.12)
                while not done.wait(0.2):  # seconds: on Windows nothing interrupts a wait
                    continue
            finally:
                progress("")
    if _module is None:
        raise ScriptError(
            "cnnscript:engine:NoTensorFlow",
            "TensorFlow, which computes the networks, cannot be loaded.",
            notes=(f"{type(_fault).__name__}: {_fault}",),
            hint="python -m pip install --force-reinstall tensorflow",
        ) from _fault
    return _module


def _import(done: threading.Event) -> None:
    global _fault, _module
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", SETTINGS["TF_CPP_MIN_LOG_LEVEL"])
    os.environ["KERAS_BACKEND"] = SETTINGS["KERAS_BACKEND"]  # whatever else is set, the engine speaks TensorFlow
    try:
        with silence():
            import keras
            import tensorflow

            logging.getLogger("tensorflow").setLevel(logging.ERROR)  # its advice on tracing is not for scripts
            tensorflow.constant(0.0) + 1.0  # the first operation looks for devices, and writes about it
            keep_freed_memory()
            gc.freeze()  # else each full collection walks what was loaded: a quarter of a second
            keras.config.disable_traceback_filtering()  # one plain line as message, not nine with colour codes
    except BaseException as fault:  # kept for the thread that asks: this one has nobody to tell
        _fault = fault
    else:
        _module = tensorflow
    finally:
        done.set()


def keep_freed_memory() -> None:
    """Let up to FREED_BYTES of freed memory stay in the process (glibc; others have allocators with their own habits).

    Outputs of layers are some megabytes each, made and freed with every question.  Given back to the system, each comes
    again page by page, zeroed: 40 % of the time that all of SqueezeNet's layers take at 500×500.
    """
    if sys.platform == "linux":
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_TRIM_THRESHOLD, FREED_BYTES)
            mallopt(M_MMAP_THRESHOLD, HEAPED_BYTES)


def end_quietly() -> None:
    """The process ends at once: what an import that still runs writes from now on is not to be seen."""
    if _end_quietly is not None:
        _end_quietly()


@contextlib.contextmanager
def silence():
    """Keep log lines that libraries write to descriptor 2 from the user while the block runs (see the module)."""
    global _end_quietly
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    before = _standard_error()
    kept = tempfile.TemporaryFile()  # noqa: SIM115  closed in give_back
    own_stderr = sys.stderr
    replaced = _beside(own_stderr, before)
    os.dup2(kept.fileno(), 2)
    sys.stderr = replaced
    given_back = threading.Lock()

    def give_back(everything: bool = False, leaving: bool = False) -> None:
        """Write what was not a log line and put descriptor 2 back; the first caller does it.

        leaving: the import still runs, and writes; the process ends before it does, so descriptor 2 stays where it is.
        """
        if not given_back.acquire(blocking=False):
            return
        if not leaving:
            if sys.stderr is replaced:
                sys.stderr = own_stderr
            os.dup2(before, 2)
        kept.seek(0)
        lines = kept.read().decode("utf-8", "replace").splitlines(keepends=True)
        kept.close()
        text = "".join(lines if everything else (line for line in lines if not LOG_LINE.match(line)))
        if text:
            os.write(before, text.encode("utf-8", "replace"))
        if replaced is own_stderr and not leaving:
            os.close(before)

    atexit.register(give_back)  # leaving in the middle must not swallow what is said last
    _end_quietly = functools.partial(give_back, leaving=True)
    try:
        yield
    except BaseException:
        give_back(everything=True)
        raise
    finally:
        give_back()
        atexit.unregister(give_back)
        _end_quietly = None


def _standard_error() -> int:
    """A duplicate of descriptor 2, which is made to lead nowhere first where the program was started without one."""
    try:
        return os.dup(2)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)  # takes 2 itself when that is the lowest free
        if nowhere != 2:
            os.dup2(nowhere, 2)
            os.close(nowhere)
        return os.dup(2)


def _beside(stream, descriptor: int):
    """A text stream to a descriptor if `stream` writes to descriptor 2 itself, else the stream."""
    try:
        writes_to_it = stream is not None and stream.fileno() == 2
    except (OSError, ValueError, AttributeError, io.UnsupportedOperation):
        writes_to_it = False
    if not writes_to_it:
        return stream
    beside = open(  # noqa: SIM115  whoever took it for sys.stderr meanwhile may keep it: it goes with the last of them
        descriptor, "w", encoding=stream.encoding, errors=stream.errors, buffering=1, closefd=False
    )
    weakref.finalize(beside, os.close, descriptor)
    return beside
