"""Exceptions on their way out: where in the program they arose, and what a script sees of them.

Generated code carries source positions, so a Python traceback knows the characters of each call.  A `ScriptError` gets
its span, its operands and its callers from there; the few Python exceptions that generated code raises by itself (an
unset variable, a wrong number of arguments, an index beyond an array read inline) become MATLAB's errors; any other
exception is a fault of ours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import CodeType, FrameType, TracebackType
from typing import Any

from cnnscript.code.emit import mangled, plain_name
from cnnscript.code.scopes import Scope
from cnnscript.errors import HERE, Frame, ScriptError, Span
from cnnscript.syntax import tree
from cnnscript.values.indexing import no_field
from cnnscript.values.selecting import bad_index, out_of_bounds

QUOTED = re.compile(r"'(\w+)'")
TOO_MANY = re.compile(r"(_f_[^\s(]*)\(\) takes .*positional arguments? but")
MORE_THAN_ITS = re.compile(r"_f_<lambda>\(\) takes (\d+) positional arguments? but (\d+) were given")  # nargout first
TOO_FEW = re.compile(r"_f_[^\s(]*\(\) missing \d+ required positional")
BEYOND = re.compile(r"index (-?\d+) is out of bounds for (?:axis (\d+) with )?size (\d+)")
NOT_FINITE = re.compile(  # of the libraries for linear algebra, points and learning
    r"(?i)must not contain infs or nans|must be finite, check for nan or inf|^Input (?:\w+ )?contains (?:NaN|infinity)"
    r"|must not contain values inf, nan"
)
UNREACHED = re.compile(r"did(?: not|n't) converge")
ALLOCATED = re.compile(r"allocating tensor with shape\[([\d,]+)\]")
TOO_LARGE = re.compile(
    r"Maximum allowed (?:size|dimension) exceeded|array is too big|int too large to convert to C|int too big to convert"
)
NO_WHOLE_NUMBER = re.compile(r"cannot convert float (?:NaN|infinity) to integer")
MOST_FRAMES = 500  # on a stack: MATLAB's limit of calls inside one another
FEW_FRAMES = 40  # with fewer it is not calls that are too deep, but a statement
NESTED = "Maximum recursion limit of 500 reached."


class InternalError(Exception):
    """A fault of ours: an exception that no program can be blamed for.  `__cause__` is the exception, `span` the place
    of the program that met it."""

    def __init__(self, message: str, span: Span | None):
        super().__init__(message)
        self.span = span


def explained(error: BaseException) -> ScriptError:
    """An exception as what a script sees of it, with span and stack.

    Raises InternalError (from the exception) for a fault of ours, and the exception itself when the reader of our
    output is gone: there is nobody to tell.
    """
    if isinstance(error, BrokenPipeError):
        raise error
    places = generated_places(error.__traceback__)
    innermost = places[-1] if places else None
    if isinstance(error, ScriptError):
        seen = error
    else:
        seen = _translated(error, innermost, _raised_in_generated(error.__traceback__))
        if seen is None:
            if isinstance(error, InternalError):
                raise error
            span = span_at(*innermost) if innermost else None
            raise InternalError(f"{type(error).__name__}: {error}", span) from error
    if innermost is not None and seen.span is None:
        _locate(seen, *innermost)
        if seen is error and not seen.using:
            seen.using = _user_of(*innermost)
    if not seen.stack and places:
        seen.stack = tuple(_callers(places[-MOST_FRAMES:]))[:MOST_FRAMES]
    return seen


def last_fault(task: Callable[[], object]) -> str:
    """The message of the fault that a task meets, '' where there is none: for what runs at the end of an object, where
    nothing can be raised.  Ctrl-C passes."""
    try:
        task()
    except Exception as fault:
        try:
            return explained(fault).message
        except InternalError as ours:
            return f"internal error: {ours}"
        except BrokenPipeError:  # nobody reads our output any more: the next line that is written says so
            return ""
    return ""


RAISERS = frozenset(("error", "assert", "throw", "rethrow", "throwAsCaller", "MException"))


def _user_of(frame: FrameType, instruction: int) -> str:
    """The built-in that an instruction calls, HERE where that is `error` and its like, '' for anything else."""
    unit = frame.f_globals["_unit"]
    span = span_at(frame, instruction)
    node = unit.node_at(span) if span is not None else None
    base = node.base if type(node) is tree.Call else node
    if type(base) is not tree.Name or mangled(base.id) in frame.f_locals:
        return ""
    if base.id in RAISERS:
        return HERE
    return base.id if unit.reference(base.id) in ("builtin", "scope") else ""


def running_places() -> list[tuple[Frame, Span | None]]:
    """The functions and scripts that run now, innermost first, each with the place it is at."""
    found: list[tuple[Frame, Span | None]] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and len(found) < MOST_FRAMES:
        if "_unit" in frame.f_globals:
            span = span_at(frame, frame.f_lasti)
            entry = _frame(frame, span)
            if entry is not None:
                found.append((entry, span))
        frame = frame.f_back
    return found


# ---------------------------------------------------------------------------------------------------------- places
def generated_places(traceback: TracebackType | None) -> list[tuple[FrameType, int]]:
    """The frames of generated code in a traceback, outermost first, each with the instruction it was at."""
    places = []
    while traceback is not None:
        if "_unit" in traceback.tb_frame.f_globals:
            places.append((traceback.tb_frame, traceback.tb_lasti))
        traceback = traceback.tb_next
    return places


def _raised_in_generated(traceback: TracebackType | None) -> bool:
    """Did generated code itself raise, and not something it called?"""
    if traceback is None:
        return False
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return "_unit" in traceback.tb_frame.f_globals


def span_at(frame: FrameType, instruction: int) -> Span | None:
    """The characters of the program that an instruction of generated code stands for."""
    unit = frame.f_globals["_unit"]
    position = positions_of(unit, frame.f_code)[instruction // 2]
    if None in position:
        return None
    line, end_line, column, end_column = position
    source = unit.source
    return Span(source, source.offset(line, column + 1), source.offset(end_line, end_column + 1))


def positions_of(unit: Any, code: CodeType) -> list[tuple]:
    """The place of each instruction of a piece of code, unpacked once: a program may catch many errors."""
    known = unit.positions.get(id(code))
    if known is None:
        known = unit.positions[id(code)] = code, list(code.co_positions())  # the code is kept, so its id stays its own
    return known[1]


def _callers(places: list[tuple[FrameType, int]]) -> list[Frame]:
    """The stack, innermost first: the frames of the traceback, then the callers of its outermost frame."""
    inner = [_frame(frame, span_at(frame, at)) for frame, at in reversed(places)]
    outer: list[Frame | None] = []
    frame = places[0][0].f_back
    while frame is not None and len(inner) + len(outer) < MOST_FRAMES:
        if "_unit" in frame.f_globals:
            outer.append(_frame(frame, span_at(frame, frame.f_lasti)))
        frame = frame.f_back
    return [entry for entry in inner + outer if entry is not None]


def _frame(frame: FrameType, span: Span | None) -> Frame | None:
    """A function or script on the stack; None for text of the prompt."""
    unit = frame.f_globals["_unit"]
    name = unit.frame_name(frame.f_code, span)
    if not name or span is not None and span.start == span.stop:
        return None
    line = span.line if span is not None else frame.f_lineno or 0
    return Frame(name, unit.source.name, line)


# --------------------------------------------------------------------------------------------------------- the span
def _locate(error: ScriptError, frame: FrameType, instruction: int) -> None:
    """Set the span; for an operator the operands as marks, and their names in the notes."""
    span = span_at(frame, instruction)
    error.span = span
    if span is None or error.stack:
        return
    node = frame.f_globals["_unit"].node_at(span)
    if type(node) is tree.Binary:
        source = span.source
        error.span = Span(source, node.at, node.at + len(node.operator))
        error.marks = (
            Span(source, node.left.start, node.left.stop),
            Span(source, node.right.start, node.right.stop),
        )
        error.notes = tuple(_named(note, node) for note in error.notes)
    elif type(node) is tree.Unary and error.notes:
        error.notes = tuple(_with_name(note, "the operand", node.operand) for note in error.notes)


def _named(note: str, node: tree.Binary) -> str:
    """'left is 2x3' as 'a is 2x3' where the operand is a name."""
    return _with_name(_with_name(note, "left", node.left), "right", node.right)


def _with_name(note: str, word: str, operand: tree.Node) -> str:
    if type(operand) is tree.Name and note.startswith(word + " "):
        return operand.id + note[len(word) :]
    return note


# ------------------------------------------------------------------------------------------------- Python's own errors
def _translated(error: BaseException, place: tuple[FrameType, int] | None, direct: bool) -> ScriptError | None:
    """MATLAB's error for an exception of Python; None where it is a fault of ours."""
    if isinstance(error, RecursionError):
        inside = generated_places(error.__traceback__)
        if len(inside) + len(running_places()) < FEW_FRAMES:
            return ScriptError(
                "MATLAB:cnnscript:tooLongStatement",
                "A value is nested too deeply, or a statement has too many operators.",
                hint="a long statement can be split into several",
            )
        return ScriptError(
            "MATLAB:recursionLimit", NESTED, hint="a function that calls itself needs a case where it stops"
        )
    if isinstance(error, MemoryError):
        return ScriptError("MATLAB:nomem", "Out of memory.")
    if type(error).__name__ == "ResourceExhaustedError":  # TensorFlow's, which the language does not import
        wanted = ALLOCATED.search(str(error))
        notes = (f"TensorFlow wanted room for {wanted[1].replace(',', 'x')} numbers",) if wanted else ()
        return ScriptError("MATLAB:nomem", "Out of memory.", notes=notes, hint="fewer or smaller data at a time")
    if isinstance(error, UnicodeEncodeError) and error.encoding == sys.getfilesystemencoding():
        return unwritable(error.object, error.object[error.start : error.end])
    if isinstance(error, ValueError) and str(error).startswith("embedded null"):
        return ScriptError("MATLAB:cnnscript:system", "A name for the system cannot hold a character with code 0.")
    if isinstance(error, OSError):  # a disk, a folder, a device: what the system says is what there is to say
        notes = tuple(str(name) for name in (error.filename, error.filename2) if name is not None)
        return ScriptError("MATLAB:cnnscript:system", f"{error.strerror or error}.", notes=notes)
    if place is None:
        return None
    text = str(error)
    if isinstance(error, Warning) and text.startswith("Casting complex values to real"):
        return ScriptError("MATLAB:expectedReal", "Input must be real.")
    if isinstance(error, ValueError) and NOT_FINITE.search(text):  # LinAlgError too
        return ScriptError("MATLAB:matrixWithNaNInf", "Input matrix contains NaN or Inf.")
    if isinstance(error, ValueError) and UNREACHED.search(text):
        return ScriptError(
            "MATLAB:cnnscript:noConvergence",
            "The computation did not converge.",
            hint="are there NaN, Inf or very large and very small numbers together in its input?",
        )
    if isinstance(error, (ValueError, OverflowError)) and NO_WHOLE_NUMBER.search(text):
        return ScriptError(
            "MATLAB:expectedFinite", "NaN or Inf was given where a whole number is needed.", hint="check it by isfinite"
        )
    if isinstance(error, (ValueError, OverflowError)) and TOO_LARGE.search(text):
        return ScriptError("MATLAB:pmaxsize", "Maximum variable size allowed by the program is exceeded.")
    if isinstance(error, TypeError):
        if (found := TOO_MANY.search(text)) is not None:
            notes = _usage(place, found[1])
            if (counts := MORE_THAN_ITS.search(text)) is not None:  # its place is that of the call, maybe a built-in's
                takes, got = int(counts[1]) - 1, int(counts[2]) - 1
                notes = (f"an anonymous function of {takes} input{'s' * (takes != 1)} was given {got}",)
            return ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=notes)
        if TOO_FEW.search(text) is not None:
            return ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        if direct and "cannot be interpreted as an integer" in text:  # a loop over NaN, read inline
            node = _node(place)
            return bad_index(float("nan"), 0, len(node.arguments) if type(node) is tree.Call else 1)
    if not direct:
        return None
    if isinstance(error, NameError):
        return _unset(text, place)
    if isinstance(error, KeyError) and error.args:
        return _no_field(str(error.args[0]), place)
    if isinstance(error, IndexError) and (found := BEYOND.search(text)) is not None:
        return _beyond(int(found[2] or 0), int(found[3]), place)
    return None


def unwritable(name: str, letters: str) -> ScriptError:
    """The error for a name that the encoding of the system's names has no letters for."""
    encoding = sys.getfilesystemencoding()
    return ScriptError(
        "MATLAB:cnnscript:system",
        f"The name '{name}' cannot be written in {encoding}, the encoding of file names here.",
        notes=("it has no " + ", ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(letters)),),
        hint=None if encoding == "utf-8" else "the environment variable PYTHONUTF8=1 lets names have any letters",
    )


def _usage(place: tuple[FrameType, int], called: str) -> tuple[str, ...]:
    usage = place[0].f_globals["_unit"].usage(called.rpartition("_f_")[2])
    return (usage,) if usage else ()


def _unset(text: str, place: tuple[FrameType, int]) -> ScriptError | None:
    """A variable that is read before it is set."""
    found = QUOTED.search(text)
    name = plain_name(found[1]) if found else None
    if name is None:
        return None
    frame = place[0]
    unit = frame.f_globals["_unit"]
    if name in unit.parameters(frame.f_code):
        return ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"no value was given for {name}",))
    return unit.undefined(name, Scope(frame))


def _no_field(name: str, place: tuple[FrameType, int]) -> ScriptError:
    node = _node(place)
    known: list[str] = []
    if type(node) is tree.Field and type(node.base) is tree.Name:
        value = place[0].f_locals.get(node.base.id)
        known = list(getattr(value, "fields", ()))
    return no_field(name, known)


def _beyond(axis: int, size: int, place: tuple[FrameType, int]) -> ScriptError:
    node = _node(place)
    count = len(node.arguments) if type(node) is tree.Call else 2
    return out_of_bounds(size, axis if count > 1 else 0, count)


def _node(place: tuple[FrameType, int]) -> tree.Node | None:
    span = span_at(*place)
    return place[0].f_globals["_unit"].node_at(span) if span is not None else None
