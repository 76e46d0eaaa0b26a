"""A session: one workspace and its ports (text out, the desk of figures, the zoo of networks, the search path).

    session = Session()
    session["x"] = 3.0
    session.run("y = magic(x)")     # prints; raises ScriptError
    session["y"]                    # a NumPy array

State lives here and nowhere else.  Built-ins are handed the session; figures and networks are made when first asked
for.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, TextIO

from cnnscript import builtins, display
from cnnscript.code import (
    Bound,
    InternalError,
    Unit,
    Workspace,
    call_function,
    caller_scope,
    compile_program,
    evaluate,
    explained,
    relink,
    script_call,
)
from cnnscript.code.classes import ClassDefinition
from cnnscript.code.dispatch import dispatching, show_by_method, watched
from cnnscript.code.kept_code import load_unit, save_units
from cnnscript.code.linking import destroys, in_scope_of_caller
from cnnscript.engine.importing.keras_models import is_keras_model
from cnnscript.errors import Quit, ScriptError, Source
from cnnscript.search_path import SearchPath, settled
from cnnscript.syntax import parse, read_source
from cnnscript.values import warn
from cnnscript.values.from_python import from_python
from cnnscript.values.functions import Function
from cnnscript.values.instances import KINDS
from cnnscript.values.numeric import quiet

WORDS = re.compile(r"[A-Za-z]\w*")
VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# built-ins of these topics need TensorFlow soon
NETWORK_TOPICS = (
    "pretrained_networks", "questions", "gradcam_maps", "gradient_maps", "activation_maps", "feature_pictures",
    "occlusion_maps", "image_lime", "random_masks", "map_checks", "train_network",
    "trainnet",
)  # fmt: skip
PRESENTERS = ("window", "terminal", "words")
INTERRUPTED = "Operation terminated by user."
PIPE_SECONDS = 5.0  # how long a line through a pipe is waited for
NARROWEST = 20  # letters of a line that values are laid out for, however narrow the terminal
WINDOW_SECONDS = 0.05  # how long windows are looked after at a time


def nowhere() -> TextIO:
    """A stream for a process that was started without standard streams (`>&-`, pythonw)."""
    return open(os.devnull, "w", encoding="utf-8")


def answers(stream: TextIO) -> bool:
    """Will somebody answer?  At a terminal a person; else what stands in a file or comes through a pipe soon."""
    try:
        if stream.isatty() or os.name != "posix":
            return True
        import select

        return bool(select.select([stream], [], [], PIPE_SECONDS)[0])
    except (OSError, ValueError):
        return True  # no file of the system: a stream in memory


class Session:
    """One workspace and everything a program can reach.

    out, err     text streams for what programs print, and for warnings and errors (standard output and error)
    figures      where figures appear: 'window', 'terminal', 'words', a folder for PNG files, or None to choose
                 (a window where there is a display, else files in ./figures)
    zoo          where networks come from (an engine.zoo.Zoo)
    interactive  a person is at a prompt
    debug        faults of ours show Python's traceback
    progress     told in a few words what there is to wait for, and '' when that is over; None: nobody is
    """

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        figures: str | None = None,
        zoo: Any = None,
        interactive: bool = False,
        debug: bool = False,
        progress: Callable[[str], object] | None = None,
    ):
        self.out = out or sys.stdout or nowhere()
        self._err = err
        self.figures = figures
        self.publication: Any = None  # the page that is being made of what is printed and drawn (publish)
        self.interactive = interactive
        self.debug = debug
        self.progress = progress
        self.variables: dict[str, Any] = {}
        self.workspace = Workspace(self.variables)
        self.globals: dict[str, Any] = {}
        self.format = display.Format()
        self.path = SearchPath()
        self.script: str | None = None
        self.diary_file = "diary"
        self.last_error: ScriptError | None = None
        self.last_uncaught: ScriptError | None = None
        self._bound: dict[str, Bound] = {}
        self._programs: dict[str, tuple[tuple[int, int], Unit]] = {}
        self._seen: tuple = ()
        self.closed = False
        self.asker: Callable[[str], str] | None = None  # how the prompt asks for a line
        self.lines: deque[str] | None = None  # what is left of a program that is run line by line
        if zoo is not None:
            self.zoo = zoo

    # ------------------------------------------------------------------------------------------- values from Python
    def __getitem__(self, name: str) -> Any:
        """The value of a variable: float, bool, complex, str, or a NumPy array (see cnnscript.values).

        The workspace's own array, not a copy: the program copies it before it writes, whoever changes it from Python
        changes the variable.  KeyError for a variable that is not there.
        """
        return self.variables[name]

    def __setitem__(self, name: str, value: Any) -> None:
        """Give a variable a value (see from_python; TypeError for what no class of the language holds).

        A keras.Model becomes a SeriesNetwork or DAGNetwork of its own: a copy, which later training does not change.
        """
        if not VARIABLE.fullmatch(name):
            raise ValueError(f"'{name}' is no name of a variable")
        if is_keras_model(value):
            from cnnscript.builtins.networks.imported_networks import handed_in

            self.variables[name] = handed_in(value)
        else:
            self.variables[name] = from_python(value)

    def __contains__(self, name: str) -> bool:
        return name in self.variables

    @property
    def err(self) -> TextIO:
        # asked for each time: while TensorFlow is imported, sys.stderr is another stream (engine.tensorflow_start)
        return self._err or sys.stderr or nowhere()

    @contextmanager
    def printing_to(self, stream: TextIO, errors: TextIO | None = None) -> Iterator[None]:
        """Meanwhile what programs print, warnings too (or those to `errors`), goes to another stream (`evalc`)."""
        before = self.out, self._err
        self.out, self._err = stream, errors or stream
        try:
            yield
        finally:
            self.out, self._err = before

    # ------------------------------------------------------------------------------------------------------ running
    def run(self, text: str, name: str = "<prompt>") -> None:
        """Run statements in the workspace.  Raises ScriptError; what ran before the fault stays done."""
        if self._programs:
            self.look_again()
        if self.interactive:
            self.fit_to_terminal()
        self.run_source(Source(text, name), "prompt")

    def fit_to_terminal(self) -> None:
        """Let what is shown take the width the terminal has now."""
        if self.out.isatty():
            import shutil

            width = max(shutil.get_terminal_size().columns, NARROWEST)
            if width != self.format.width:
                self.format = replace(self.format, width=width)

    def run_file(self, path: str, arguments: list[str] | None = None) -> None:
        """Run a script file in the workspace, or call a function file with the arguments as text."""
        source = self.read_source(path)
        before = self.script, self.path.script
        self.script = os.path.abspath(path)
        self.path.script = os.path.dirname(self.script)
        try:
            self.run_source(source, "script", arguments or [])
        finally:
            self.script, self.path.script = before

    def read_source(self, path: str) -> Source:
        """The text of a program file; in which encoding it was read is said where that was not UTF-8."""
        source = read_source(path)
        if source.encoding != "utf-8":
            self.say_error(f"{source.name} is not UTF-8; it was read as {source.encoding}")
        return source

    def run_source(self, source: Source, kind: str, arguments: list[str] | None = None) -> None:
        self.foresee(source.text)
        if kind == "script":
            unit = load_unit(source, self)
        else:
            unit = compile_program(parse(source, frozenset(self.variables)), source, self, kind)
        before = warn.set_hook(self.warn)
        debugger = self.__dict__.get("debugger")
        if debugger is not None:
            debugger.watch()
        try:
            with quiet():  # NumPy's setting belongs to a thread, and sessions may run in any
                if unit.is_script:
                    if arguments:
                        self["argv"] = arguments
                    unit.run(self.workspace)
                else:
                    self.call_outermost(unit.function, arguments or [])
        finally:
            warn.set_hook(before)
            if "debugger" in self.__dict__:
                self.debugger.rest()

    def call_outermost(self, function: Function, arguments: list[str]) -> None:
        """Call the main function of a file with text; faults get their place as those of scripts do."""
        try:
            call_function(function, 0, *arguments)
        except Exception as fault:
            raise explained(fault) from fault

    def evaluate(self, text: str, scope: Any, nargout: int = 0) -> Any:
        """Run text in a scope: statements, or with nargout above 0 one expression and its values."""
        return evaluate(text, scope, nargout, self)

    def call(self, function: Function | str, nargout: int, *args: Any) -> Any:
        """Call a function by handle or name."""
        return call_function(self.function(function) if isinstance(function, str) else function, nargout, *args)

    def function(self, name: str) -> Function:
        """The function that a name stands for: one of the program that runs, a file in reach, a built-in."""
        scope = caller_scope()
        if scope is not None and scope.unit.reference(name) == "local":
            return scope.unit.handle(name)
        found = self.find_function(name, None)
        bound = self.builtin(name) if found is None else None
        if isinstance(found, Unit):
            return Function(partial(self._run_script, found), name)
        if found is None and bound is not None:
            found = Function(in_scope_of_caller(bound.call) if bound.needs_scope else bound.call, name)
        if name in watched(self):  # classes have methods of that name
            call = found.call if found is not None else partial(self._undefined_call, name)
            return Function(dispatching(name, call), name)
        if found is None:
            raise self.undefined(name)
        return found

    def _run_script(self, script: Unit, nargout: int, *args: Any) -> None:
        """A script called by `feval` or a handle: it runs with the variables of the code that runs."""
        script_call(script)(nargout, *args)

    def _undefined_call(self, name: str, nargout: int, *args: Any) -> Any:
        raise self.undefined(name)

    def attempt(self, text: str, name: str = "<prompt>") -> bool:
        """Run statements; a fault is printed, never raised.  False when there was one."""
        return self._attempt(lambda: self.run(text, name))

    def attempt_file(self, path: str, arguments: list[str] | None = None) -> bool:
        """Run a file; a fault is printed, never raised.  False when there was one."""
        return self._attempt(lambda: self.run_file(path, arguments))

    def _attempt(self, task: Callable[[], object]) -> bool:
        try:
            task()
            return True
        except ScriptError as error:
            self.last_error = self.last_uncaught = error
            self.say_error(error.render())
        except KeyboardInterrupt:
            self.say_error(INTERRUPTED)
        except Quit:  # the user's own wish: nothing to say
            return False
        except InternalError as fault:
            self.say_error(self.confess(fault))
        except BrokenPipeError:  # nobody is there to be told
            raise
        except Exception as fault:  # of what runs outside programs, as the drawing of figures at the end
            ours = InternalError(str(fault), None)
            ours.__cause__ = fault
            self.say_error(self.confess(ours))
        return False

    def say(self, text: str) -> None:
        self.out.write(text + "\n")

    def ask(self, prompt: str) -> str:
        """A line from the user: from the prompt, from what is left of a program that came through a pipe, or from
        standard input.  Raises EOFError where there is none."""
        if self.asker is not None:
            return self.asker(prompt)
        self.out.write(prompt)
        self.out.flush()
        if self.lines is not None:
            if not self.lines:
                raise EOFError
            return self.lines.popleft()
        line = sys.stdin.readline() if sys.stdin is not None and answers(sys.stdin) else ""
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def say_error(self, text: str) -> None:
        self.out.flush()
        self.err.write(text + "\n")
        self.err.flush()

    def confess(self, fault: InternalError) -> str:
        """What to say of a fault of ours."""
        cause = fault.__cause__ or fault
        if self.debug:
            import traceback

            return "".join(traceback.format_exception(cause)).rstrip()
        place = fault.span.source.place(fault.span.line, fault.span.column) if fault.span else ""
        place = f" at {place}" if place else ""
        what = f"{type(cause).__name__}: {cause}".splitlines()[0]
        return (
            f"internal error{place}: {what}\n  + this is a fault of cnnscript, not of your program; --debug shows where"
        )

    def show_figures(self) -> bool:
        """Have every figure seen that has changed; a fault is printed.  False when there was one."""
        return not self.desk_made() or self._attempt(self.desk.flush)

    def close(self, wait: bool = True) -> bool:
        """The end of the session: show what is still to be seen, write what open files still hold.  False when a
        picture could not be shown or a file not be written.

        wait: windows stay until the user has closed them.
        """
        for name in [name for name, value in self.variables.items() if getattr(value, "class_name", "") == "onCleanup"]:
            del self.variables[name]  # its task runs now
        if destroys(self):  # objects that are still there are deleted, which may print and draw
            self.variables.clear()
            self.globals.clear()
            gc.unfreeze()
            gc.collect()  # those that name each other too: later there is nobody to print to
        shown = not self.desk_made() or self._attempt(self.desk.finish if wait else self.desk.flush)
        written = "files" not in self.__dict__ or self._attempt(self.files.close_all)
        save_units(self)
        if "profile" in self.__dict__:
            self.profile.stop()  # it measures the whole process
        self.closed = True
        self.out.flush()
        return shown and written

    def rest(self, seconds: float) -> None:
        """Do nothing for a while, in which windows answer."""
        pump = getattr(self.desk.presenter, "pump", None) if self.desk_made() else None
        end = time.monotonic() + seconds
        while pump is not None and (left := end - time.monotonic()) > 0 and pump(min(left, WINDOW_SECONDS)):
            continue
        time.sleep(max(0.0, end - time.monotonic()))

    # --------------------------------------------------------------------------------- what generated code asks for
    def builtin(self, name: str) -> Bound | None:
        """A built-in bound to this session."""
        bound = self._bound.get(name)
        if bound is None and (entry := builtins.find(name)) is not None:
            bound = self._bound[name] = Bound(entry.bind(self), entry.needs_scope, entry.floats, entry.takes_names)
        return bound

    def builtin_names(self) -> Iterable[str]:
        return builtins.index()

    def find_function(self, name: str, origin: str | None) -> Function | Unit | None:
        """A function file in reach (its main function), or a script file (its unit); read again when it changed.

        A .cnns script that is called as a built-in is does not hide it: saliency.cnns may call saliency, and those
        beside it, too.
        """
        path = self.path.find_function(name, origin)
        found = self.load_program(path) if path else None
        hides = path is not None and path.endswith(".cnns") and not isinstance(found, Function)
        return None if hides and name in builtins.index() else found

    def find_class(self, name: str) -> Any:
        """The definition of a class that a file in reach defines; None where there is none."""
        found = self.find_function(name, None)
        call = found.call if isinstance(found, Function) else None
        return call if isinstance(call, ClassDefinition) else None

    def load_program(self, path: str) -> Function | Unit:
        status = os.stat(path)
        stamp = status.st_mtime_ns, status.st_size
        known = self._programs.get(path)
        if known is None or known[0] != stamp or not settled(status.st_mtime_ns):
            source = self.read_source(path)
            if known is None or known[1].source.text != source.text:  # else its persistent variables stay
                self.foresee(source.text)
                unit = load_unit(source, self)
                if known is not None and not unit.is_script:
                    known[1].successor = unit  # handles to its functions mean the new ones
                known = stamp, unit
            self._programs[path] = known = stamp, known[1]
        unit = known[1]
        return unit if unit.is_script else unit.function

    def loaded(self) -> list[str]:
        """The paths of the program files that were read."""
        return list(self._programs)

    def unit_at(self, path: str) -> Unit:
        """The unit of a program file that was loaded."""
        return self._programs[path][1]

    def forget_functions(self, names: list[str] | None = None) -> None:
        """Drop persistent variables (of all functions, or those of these names) and read function files again that
        changed (`clear functions`)."""
        paths = list(self._programs) if names is None else [self.path.find_function(name) for name in names]
        for path in paths:
            if path in self._programs:
                self._programs[path][1].forget()
        self.look_again()

    def look_again(self, surely: bool = False) -> None:
        """Let names find their functions anew where program files in reach came, went or changed (surely: one did)."""
        if surely or self._reach() != self._seen:
            relink(self)
            self._seen = self._reach()

    def _reach(self) -> tuple:
        """What the meaning of names depends on: which program files are in reach, and when those read last changed."""
        stamps = []
        for path, (stamp, _) in self._programs.items():
            try:
                status = os.stat(path)
            except OSError:
                stamps.append((path, None))
                continue
            now = status.st_mtime_ns, status.st_size
            stamps.append((path, now) if now != stamp else path)
        return self.path.reach(), tuple(stamps)

    def settable_properties(self, name: str) -> dict[str, Any] | None:
        """The properties of a class of graphics objects (of ours, by MATLAB's name); None for other classes."""
        if not name.startswith(("matlab.graphics.", "matlab.ui.")):
            return None
        from cnnscript.builtins.figures.graphics_objects import class_named

        found = class_named(name)
        return None if found is None else dict.fromkeys(found.property_names())

    def table_version(self) -> str:
        """What the table of built-ins was made from."""
        return builtins.kept()["key"]

    def is_package(self, name: str) -> bool:
        return self.path.is_package(name)

    def show(self, name: str, value: Any) -> None:
        """Print a value as a statement without `;` does; objects may have a display of their own."""
        if isinstance(value, KINDS) and show_by_method(name, value, self.out, self.format.blank):
            return
        self.out.write(display.show(name, value, self.format))

    def undefined(self, name: str) -> ScriptError:
        """The error for a name that is nothing: not there yet, or misspelt."""
        from cnnscript.builtins.absent import missing_name_error

        known = {*builtins.index(), *self.variables, *self.path.function_names()}
        return missing_name_error(name, known)

    def shell(self, command: str) -> None:
        """`!command`: run by the shell; at a prompt it has the terminal to itself, else its output is printed."""
        import subprocess

        self.out.flush()
        if self.interactive and self.out is sys.stdout:
            subprocess.run(command, shell=True, stderr=sys.stderr)
        else:
            done = subprocess.run(command, shell=True, capture_output=True, text=True, errors="replace")
            self.out.write(done.stdout + done.stderr)
        self.look_again()

    # ------------------------------------------------------------------------------------------- figures and networks
    @cached_property
    def desk(self) -> Any:
        """The desk of figures, made with the first picture."""
        from cnnscript.pictures.graphics.desk import Desk
        from cnnscript.pictures.presenters import choose

        stem = os.path.splitext(os.path.basename(self.script))[0] if self.script else "figure"
        kind = "auto" if self.figures is None else self.figures if self.figures in PRESENTERS else "file"
        folder = self.figures if kind == "file" and self.figures else "figures"
        terminal = self.out if kind == "terminal" or self.interactive and self.out.isatty() else None
        desk = Desk(choose(kind, lambda line: self.out.write(line + "\n"), folder, stem, terminal, self.say_error))
        desk.caller = self.run_callback
        return desk

    def run_callback(self, graphic: Any, name: str, program: Any) -> None:
        """Run what a property of a graphics object, such as DeleteFcn, holds."""
        from cnnscript.builtins.figures.callbacks import run_callback

        run_callback(self, graphic, name, program)

    def desk_made(self) -> bool:
        return "desk" in self.__dict__

    @cached_property
    def zoo(self) -> Any:
        """Networks by name, made with the first network."""
        from cnnscript.engine.zoo import Zoo

        return Zoo(progress=self.progress) if self.progress is not None else Zoo()

    @cached_property
    def clock(self) -> Any:
        """When `tic` was last said."""
        from cnnscript.builtins.language.clocks import Clock

        return Clock()

    @cached_property
    def random(self) -> Any:
        """The stream of random numbers."""
        from cnnscript.builtins.statistics.random_stream import Stream

        return Stream()

    @cached_property
    def files(self) -> Any:
        """Files opened by fopen."""
        from cnnscript.builtins.language.streams import OpenFiles

        return OpenFiles()

    @cached_property
    def debugger(self) -> Any:
        """Breakpoints, and the stop a program is at."""
        from cnnscript.builtins.language.debugging import talk
        from cnnscript.code.debugger import Debugger

        return Debugger(self, lambda debugger: talk(self, debugger))

    @cached_property
    def warnings(self) -> Any:
        """Which warnings are shown, and the last one."""
        from cnnscript.builtins.language.warning_states import Warnings

        return Warnings()

    def warn(self, identifier: str, message: str) -> None:
        """Issue a warning."""
        self.out.flush()
        shown = self.warnings.issue(self.err, identifier, message)
        if shown and "debugger" in self.__dict__:
            self.debugger.warned(identifier)

    def foresee(self, text: str) -> None:
        """Start importing TensorFlow behind a program that names a function of networks."""
        topics = builtins.index()
        if "tensorflow" not in sys.modules and any(topics.get(word) in NETWORK_TOPICS for word in WORDS.findall(text)):
            self.preload_networks()

    def preload_networks(self) -> None:
        from cnnscript.engine.tensorflow_start import preload

        preload()

    # ------------------------------------------------------------------------------------------ what the prompt asks
    def function_names(self) -> list[str]:
        """Every function that can be called, sorted."""
        return sorted({*builtins.index(), *self.path.function_names()})

    def bundled_pictures(self) -> list[str]:
        """Names that imread finds without a file."""
        from cnnscript.pictures.images import bundled

        return bundled.names()
