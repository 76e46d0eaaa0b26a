"""The command line: flags to a script, a piece of code, or the prompt; exit status 0, 1 (script error) or 2 (usage)."""

from __future__ import annotations

import _thread
import atexit
import contextlib
import os
import re
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cnnscript import whole_imports

if TYPE_CHECKING:
    from cnnscript.session import Session

USAGE = """\
cnnscript: MATLAB scripts that look inside convolutional networks; no MATLAB

  cnnscript                       the prompt (help NAME, lookfor WORD, exit)
  cnnscript FILE [ARGUMENTS]      run a .m, .cnns or .mlx file (arguments: text)
  cnnscript -e CODE               run CODE
  cnnscript check FILE...         what would fail, unrun (check --help)
  cnnscript weights list          weights that are here (weights --help)

  --with NAME=EXPR                set a variable first (again for more)
  --figures WHERE                 a folder, 'terminal', 'window' or 'words'
  --no-display                    figures go to files in ./figures
  --debug                         show Python's traceback when the fault is ours
  --version, --help

  cnnscript scripts/visualize_activations.cnns
  cnnscript --with "net=squeezenet" -e "net.Layers(2)"

Environment: CNNSCRIPT_WEIGHTS (weights folder), CNNSCRIPT_CACHE (cache folder),
CNNSCRIPT_OFFLINE=1 (download nothing).
"""

STOPS = re.compile(r"\b(?:dbstop|keyboard)\b")  # a program that comes through a pipe and stops reads its own next lines
OK, SCRIPT_ERROR, USAGE_ERROR = 0, 1, 2
OF_THE_NET = ("urllib3", "requests")  # packages whose warnings concern what a machine can reach, not the script


class Usage(Exception):
    """What is wrong with the command line, in words."""


class Options:
    """The command line, read."""

    def __init__(self, words: list[str]):
        self.code: str | None = None
        self.file: str | None = None
        self.arguments: list[str] = []
        self.presets: list[tuple[str, str]] = []
        self.figures: str | None = None
        self.debug = False
        self.action = ""
        rest = iter(words)
        for word in rest:
            if word == "--":
                self._take_file(next(rest, None), rest)
                break
            flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
            if flag in ("-h", "--help"):
                self.action = "help"
            elif flag in ("-V", "--version"):
                self.action = "version"
            elif flag == "--debug":
                self.debug = True
            elif flag == "--no-display":
                self.figures = self.figures or "figures"
            elif flag in ("-e", "--eval", "--with", "--figures"):
                given = value if equals else next(rest, None)
                if given is None:
                    raise Usage(f"{flag} needs a value")
                self._take(flag, given)
            elif word.startswith("-") and word != "-":
                raise Usage(f"unknown option {word}")
            else:
                self._take_file(word, rest)

    def _take_file(self, name: str | None, rest: Iterator[str]) -> None:
        if name is None:
            raise Usage("-- needs a file after it")
        if self.code is not None:
            raise Usage(f"both -e and a file ({name}) are given")
        self.file = name
        self.arguments = list(rest)

    def _take(self, flag: str, value: str) -> None:
        if flag == "--figures":
            self.figures = value
        elif flag == "--with":
            name, equals, expression = value.partition("=")
            if not equals or not name.strip().isidentifier():
                raise Usage(f"--with takes NAME=EXPR, got {value}")
            self.presets.append((name.strip(), expression))
        else:
            self.code = value if self.code is None else self.code + "\n" + value


def main(words: list[str] | None = None) -> int:
    """Run the command line (words None: this process's own, which then ends); the exit status."""
    if words is not None:
        return command(words)
    sys.unraisablehook = deliver_again
    whole_imports.install(strike_soon)
    warnings.showwarning = say_warning
    warnings.filterwarnings("error", message="Casting complex values to real")  # a part of the value would be lost
    status = command(sys.argv[1:])
    if "cnnscript.engine.tensorflow_start" in sys.modules:
        leave(status)
    return status


def deliver_again(lost: sys.UnraisableHookArgs) -> None:
    """Deliver a Ctrl-C once more that Python met where nothing can be raised (a callback of its import system, the end
    of an object) and would drop: the program would run on.  A moment later, when that place is left."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        strike_soon()
    else:
        sys.__unraisablehook__(lost)


def say_warning(message: Warning | str, category: type[Warning], *place: object) -> None:
    """A library's warning as one of the language's, without the library's place; those for programmers are not said."""
    from cnnscript.values.warn import warn

    if category.__module__.split(".")[0] in OF_THE_NET:  # of parts that are not installed and not asked for
        return
    if not issubclass(category, (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ResourceWarning)):
        warn(f"Python:{category.__name__}", str(message).strip())


def strike_soon() -> None:
    """Ctrl-C for the main thread, a moment later."""
    timer = threading.Timer(0.02, strike)
    timer.daemon = True
    timer.start()


def strike() -> None:
    """Ctrl-C for the main thread, from another; where the system has signals for threads, it also ends a sleep."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()


def leave(status: int) -> None:
    """End the process now.

    Python takes its modules down one by one: seconds while TensorFlow is still being imported, one where it has been.
    """
    from cnnscript.engine.tensorflow_start import end_quietly

    end_quietly()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


def command(words: list[str]) -> int:
    """Do what the words of a command line say; the exit status."""
    if words[:1] in (["check"], ["weights"]):
        return subcommand(*words)
    try:
        options = Options(words)
    except Usage as problem:
        print(f"cnnscript: {problem}\ntry: cnnscript --help", file=sys.stderr)
        return USAGE_ERROR
    if options.action == "help":
        print(USAGE, end="")
        return OK
    if options.action == "version":
        from cnnscript import __version__

        print("cnnscript", __version__)
        return OK
    if options.figures == "terminal" and not (sys.stdout is not None and sys.stdout.isatty()):
        print("cnnscript: --figures terminal needs a terminal, and standard output is none", file=sys.stderr)
        return USAGE_ERROR
    try:
        return run(options)
    except BrokenPipeError:
        # the reader of our output left: nothing more can be said to it
        drop_output()
        return OK
    except OSError as problem:  # of our own streams: what a program meets is said by the session
        drop_output()
        print(f"cnnscript: output could not be written: {problem.strerror or problem}", file=sys.stderr)
        return SCRIPT_ERROR
    except KeyboardInterrupt:  # between two pieces of work; inside them the session answers
        return SCRIPT_ERROR


def subcommand(name: str, *words: str) -> int:
    """`cnnscript check ...` or `cnnscript weights ...`; the exit status."""
    write_any_text()
    try:
        if name == "weights":
            from cnnscript.weights_command import weights_command

            return weights_command(list(words))
        from cnnscript.check_command import check_command

        return check_command(list(words))
    except BrokenPipeError:
        drop_output()
        return OK


def write_any_text() -> None:
    """× and é print on any terminal and in any pipe."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def drop_output() -> None:
    """Let what is still to be written to standard output go nowhere."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(options: Options) -> int:
    """Run the file or code, or the prompt."""
    from cnnscript.errors import Exit
    from cnnscript.repl.painting import PaintedErrors, wants_colour
    from cnnscript.repl.status_line import StatusLine
    from cnnscript.session import Session

    write_any_text()
    at_prompt = options.code is None and options.file is None
    session = Session(
        err=PaintedErrors() if wants_colour(sys.stderr) else None,
        figures=options.figures,
        interactive=at_prompt and sys.stdin is not None and sys.stdin.isatty(),
        debug=options.debug,
        progress=StatusLine(sys.stderr is not None and sys.stderr.isatty()),
    )
    status, wait = SCRIPT_ERROR, not session.interactive
    try:
        status = work(session, options)
    except Exit as request:
        status, wait = request.status, False  # `exit` closes windows
    finally:
        shown = session.close(wait)
    return status if shown else status or SCRIPT_ERROR


def work(session: Session, options: Options) -> int:
    """The presets, then the file, the code or the prompt; the exit status."""
    for name, expression in options.presets:
        if not session.attempt(f"{name} = ({expression}\n);", name="--with"):
            return SCRIPT_ERROR
    if options.code is not None:
        done = session.attempt(options.code, name="-e")
    elif options.file == "-" or options.file is None and not session.interactive:
        text = sys.stdin.read() if sys.stdin is not None else ""
        done = line_by_line(session, text) if STOPS.search(text) else session.attempt(text, name="<stdin>")
    elif options.file is not None:
        done = session.attempt_file(script_file(options.file), options.arguments)
    else:
        from cnnscript.repl import converse

        return converse(session)
    return OK if done else SCRIPT_ERROR


def line_by_line(session: Session, text: str) -> bool:
    """Run a program that came through a pipe as if its lines were typed: where it stops, the next ones are commands."""
    from collections import deque

    from cnnscript.syntax import incomplete

    session.lines = deque(text.splitlines())
    done = True
    while session.lines:
        statement = session.lines.popleft()
        while session.lines and incomplete(statement):
            statement += "\n" + session.lines.popleft()
        done = session.attempt(statement, name="") and done
    session.lines = None
    return done


def script_file(name: str) -> str:
    """The file that a name on the command line means; its ending may be left out, as `run` allows."""
    from cnnscript.search_path import SCRIPT_ENDINGS

    if not os.path.exists(name):
        for ending in SCRIPT_ENDINGS:
            if os.path.isfile(name + ending):
                return name + ending
    return name
