"""Errors and warnings made by programs: error, assert, rethrow, warning, lasterr, lastwarn, MException."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TextIO

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.texts import described, one_text, shaped
from cnnscript.errors import ScriptError
from cnnscript.values.numeric import OBJECT, as_array, is_cell, is_empty, ndarray, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray, is_struct
from cnnscript.values.text import is_text, text_or_none

IDENTIFIER = re.compile(r"[A-Za-z][\w-]*(:[\w-]+)+")


# ------------------------------------------------------------------------------------------------- state of warnings
@dataclass
class Warnings:
    """Which warnings are shown, and the last one (shown or not).

    states   identifier to 'on', 'off' or 'error'; 'all' is the rule for the rest
    modes    'backtrace' and 'verbose', 'on' or 'off'
    """

    states: dict[str, str] = field(default_factory=lambda: {"all": "on"})
    modes: dict[str, str] = field(default_factory=lambda: {"backtrace": "on", "verbose": "off"})
    message: str = ""
    identifier: str = ""

    def state(self, identifier: str) -> str:
        return self.states.get(identifier, self.states["all"])

    def set(self, identifier: str, state: str) -> None:
        if identifier == "all":
            self.states = {"all": state}
        else:
            self.states[identifier] = state

    def issue(self, err: TextIO, identifier: str, message: str) -> bool:
        """A warning: printed (True), kept silent or raised, as its state says."""
        state = self.state(identifier)
        if state == "error":
            raise ScriptError(identifier, message)
        if state == "off":
            return False
        self.identifier, self.message = identifier, message
        err.write(f"Warning: {message}\n")
        if self.modes["verbose"] == "on" and identifier:
            err.write(f'(Type "warning off {identifier}" to suppress this warning.)\n')
        return True


# ----------------------------------------------------------------------------------------------------------- messages
def formatted(template: str, args: tuple) -> str:
    from cnnscript.display.printf import format_text

    return format_text(template, list(args))


def read_message(args: tuple, name: str) -> tuple[str, str]:
    """Identifier and message of the argument forms (msg), (msg, A...), (id, msg, A...).

    A single text is taken as it is, but for error and warning with more arguments it is a template.
    """
    words = [text_or_none(arg) if is_text(arg) else None for arg in args]
    if words[0] is None:
        raise ScriptError(
            f"MATLAB:{name}:invalidInput" if name != "error" else "MATLAB:error:InvalidInput",
            "Message must be specified as a character vector or string scalar.",
            notes=(f"{name} got {described(args[0])}",),
        )
    if len(args) == 1:
        return "", words[0]
    if IDENTIFIER.fullmatch(words[0]):
        if words[1] is None:
            raise ScriptError(
                f"MATLAB:{name}:invalidMessage",
                "Message must be specified as a character vector or string scalar.",
                notes=(f"after the identifier {name} got {described(args[1])}",),
            )
        return words[0], formatted(words[1], args[2:])
    return "", formatted(words[0], args[1:])


def fault_of(value: Any, name: str) -> ScriptError | None:
    """The fault that an MException or a struct (message, identifier) stands for; None for an empty struct."""
    from cnnscript.code.exceptions import MException

    if type(value) is Struct:
        fields = value.fields
        if not fields:
            return None
        message = text_or_none(fields.get("message", ""))
        identifier = text_or_none(fields.get("identifier", ""))
        if message is None or identifier is None or "message" not in fields and "identifier" not in fields:
            raise ScriptError(
                f"MATLAB:{name}:InvalidStruct" if name != "rethrow" else "MATLAB:rethrow:invalidInput",
                "Expected a struct with the text fields 'message' and 'identifier'.",
            )
        return ScriptError(identifier, message)
    if type(value) is StructArray and is_empty(value):
        return None
    if isinstance(value, MException):
        return value.copied()
    raise ScriptError(
        f"MATLAB:{name}:invalidInput",
        "Input must be an MException or a struct with a message and an identifier.",
        notes=(f"{name} got {described(value)}",),
    )


@builtin
def error(first, /, *rest):
    """
    error(msg)
    error(msg, A1, ..., An)
    error(errID, msg, A1, ..., An)
    error(errorStruct)

    Stop with an error.

    A single text is shown as it is; with more arguments it is a template as for sprintf. An empty text does nothing.

    Examples
      >> try, error('net:size', 'needs %d channels', 3), catch e, disp(e.message), end
      needs 3 channels
      >> try, error('no layer'), catch e, disp(e.message), end
      no layer
      >> try, error(struct('message', 'own', 'identifier', 'a:b')), catch e, disp(e.identifier), end
      a:b

    See also warning, assert, rethrow, MException.
    """
    if not rest and not is_text(first):
        if type(first) is ndarray and first.size == 0 and first.dtype != OBJECT:
            return
        if is_struct(first) or isinstance(first, Object):
            fault = fault_of(first, "error")
            if fault is not None and fault.message:
                raise fault
            return
    identifier, message = read_message((first, *rest), "error")
    if message or identifier and rest:
        raise ScriptError(identifier, message)


@builtin
def assert_(condition, /, *rest):
    """
    assert(cond)
    assert(cond, msg)
    assert(cond, msg, A1, ..., An)
    assert(cond, errID, msg, A1, ..., An)

    An error when a condition is false.

    Examples
      >> assert(true)
      >> try, assert(1 > 2, 'order:wrong', 'got %d', 1), catch e, disp(e.message), end
      got 1
      >> try, assert(false), catch e, disp(e.message), end
      Assertion failed.

    See also error, validateattributes.
    """
    if type(condition) is bool:
        true = condition
    else:
        known = type(condition) in (float, ndarray) or isinstance(condition, np.generic)
        if not known or is_cell(condition) or numel_of(condition) != 1:
            raise ScriptError(
                "MATLAB:assertion:LogicalScalar",
                "The condition input argument must be a scalar logical.",
                notes=(f"assert got {described(condition)}",),
            )
        true = bool(as_array(condition).item())
    if true:
        return
    if not rest:
        raise ScriptError("MATLAB:assertion:failed", "Assertion failed.")
    identifier, message = read_message(rest, "assert")
    raise ScriptError(identifier, message)


@builtin
def rethrow(exception, /):
    """
    rethrow(exception)
    rethrow(errorStruct)

    Raise a caught error again, with the place where it first happened.

    Examples
      >> try, error('a:b', 'first'), catch e, try, rethrow(e), catch f, disp(f.message), end, end
      first

    See also error, throw, MException, getReport.
    """
    fault = fault_of(exception, "rethrow")
    if fault is not None:
        raise fault


@builtin
def throw(exception, /):
    """
    throw(exception)

    Raise an MException.

    Examples
      >> ME = MException('a:b', 'layer %d', 3);
      >> try, throw(ME), catch e, disp(e.message), end
      layer 3

    See also rethrow, error, MException.
    """
    raise require_exception(exception, "throw").thrown()


def require_exception(value: Any, name: str) -> Any:
    from cnnscript.code.exceptions import MException

    if not isinstance(value, MException):
        raise ScriptError(
            "MATLAB:UndefinedFunction",
            f"Incorrect number or types of inputs or outputs for function '{name}'.",
            notes=(f"{name} is for an MException, got {described(value)}",),
        )
    return value


@builtin
def throwAsCaller(exception, /):
    """
    throwAsCaller(exception)

    Raise an MException as if it happened where the running function was called.

    Examples
      >> try, throwAsCaller(MException('a:b', 'c')), catch e, disp(e.identifier), end
      a:b

    See also throw, rethrow.
    """
    throw(exception)


@builtin(name="MException")
def mexception(identifier, template, /, *args):
    """
    ME = MException(errID, msg)
    ME = MException(errID, msg, A1, ..., An)

    An error as an object, to throw later.

    Examples
      >> ME = MException('net:layer', 'no layer %d', 9);
      >> disp(ME.message)
      no layer 9
      >> disp(ME.identifier)
      net:layer

    See also error, throw, rethrow, getReport.
    """
    from cnnscript.code.exceptions import MException

    name = one_text(identifier, "MException", "Identifier")
    if name and not IDENTIFIER.fullmatch(name):
        raise ScriptError(
            "MATLAB:MException:InvalidIdentifier",
            "First argument must be a message identifier such as 'component:mnemonic'.",
            notes=(f"MException got '{name}'",),
        )
    return MException(ScriptError(name, formatted(one_text(template, "MException", "Message"), args)))


@builtin
def getReport(exception, kind="extended", /, *rest):
    """
    msgText = getReport(exception)
    msgText = getReport(exception, type)

    The text of a caught error: message and place, or with 'basic' the message only.

    Examples
      >> ME = MException('a:b', 'no layer');
      >> msgText = getReport(ME, 'basic')
      msgText =
          'no layer'
      >> disp(contains(getReport(ME), 'no layer'))
         1

    See also MException, error.
    """
    fault = fault_of(exception, "getReport")
    if fault is None:
        return ""
    word = one_text(kind, "getReport", "Type").lower()
    if word == "basic":
        return fault.message
    if word != "extended":
        raise ScriptError(
            "MATLAB:MException:getReport:InvalidType", "Type must be 'extended' or 'basic'.", notes=(f"got '{word}'",)
        )
    from cnnscript.code.exceptions import report

    return report(fault)


@builtin
def addCause(exception, cause, /):
    """
    newException = addCause(exception, cause)

    The exception with one more cause.

    Examples
      >> ME = addCause(MException('a:b', 'outer'), MException('c:d', 'inner'));
      >> disp(ME.cause{1}.message)
      inner

    See also MException, throw, getReport.
    """
    return require_exception(exception, "addCause").with_cause(require_exception(cause, "addCause"))


@builtin(outputs=2)
def lasterr(session, nargout, message=None, identifier=None, /):
    """
    msg = lasterr
    [msg, msgID] = lasterr
    lasterr(newMsg, newID)

    The message and identifier of the last error.

    Examples
      >> try, error('a:b', 'first'), catch, end
      >> [msg, msgID] = lasterr;
      >> lasterr('', '');

    See also error, lastwarn, MException.
    """
    fault = session.last_error
    if message is not None:
        name = one_text(identifier, "lasterr", "Identifier") if identifier is not None else ""
        session.last_error = ScriptError(name, one_text(message, "lasterr", "Message"))
        if not nargout:
            return None
    return (fault.message, fault.identifier) if fault is not None else ("", "")


# ----------------------------------------------------------------------------------------------------------- warnings
def warning_struct(pairs: list[tuple[str, str]]) -> Any:
    parts = [{"identifier": name, "state": state} for name, state in pairs]
    if len(parts) == 1:
        return Struct(parts[0])
    return StructArray(["identifier", "state"], shaped(parts, (len(parts), 1)))


@builtin
def warning(session, nargout, /, *args):
    """
    warning(msg)
    warning(msg, A1, ..., An)
    warning(warnID, msg, A1, ..., An)
    warning(state)
    warning(state, warnID)
    warnStruct = warning
    warning(warnStruct)

    Show a warning, or say which warnings are shown: state is 'on', 'off', 'error' or 'query'.

    Examples
      >> warning('net:slow', 'batch of %d', 4)
      Warning: batch of 4
      >> warning('off', 'net:slow')
      >> warning('net:slow', 'not shown')
      >> s = warning('query', 'net:slow');
      >> disp(s.state)
      off
      >> warning on
      >> old = warning;
      >> warning(old)

    See also error, lastwarn.
    """
    warnings = session.warnings
    if not args:
        pairs = list(warnings.states.items())
        if nargout:
            return warning_struct(pairs)
        session.out.write(f"The default warning state is '{warnings.states['all']}'.\n")
        for name, state in pairs[1:]:
            session.out.write(f"  {state:>5}  {name}\n")
        return None
    first = args[0]
    if is_struct(first):
        from cnnscript.values.structs import elements

        if not {"identifier", "state"} <= set(first.names()):
            raise ScriptError(
                "MATLAB:warning:InvalidStruct",
                "A struct of warning states must have the fields 'identifier' and 'state'.",
                notes=("fields: " + ", ".join(first.names()),),
            )
        for fields in elements(first).ravel("F").tolist():
            name, state = (one_text(fields[word], "warning", word) for word in ("identifier", "state"))
            warnings.set(name, state)
        return None
    word = text_or_none(first)
    state = word.lower() if word is not None else ""
    if state in ("on", "off", "error", "query") and len(args) <= 3:
        return change_state(session, nargout, state, args[1:])
    identifier, message = read_message(args, "warning")
    if message:
        session.warn(identifier, message)
    return None


def change_state(session: Any, nargout: int, state: str, rest: tuple) -> Any:
    warnings = session.warnings
    name = one_text(rest[0], "warning", "Identifier") if rest else "all"
    if name in warnings.modes:
        before = Struct({"identifier": name, "state": warnings.modes[name]})
        if state != "query":
            warnings.modes[name] = state
        return before if nargout or state == "query" else None
    if name == "last":
        name = warnings.identifier
    before = (
        warning_struct([(name, warnings.state(name))])
        if name != "all"
        else warning_struct(list(warnings.states.items()))
    )
    if state == "query":
        if nargout:
            return before
        session.out.write(f"The state of warning '{name}' is '{warnings.state(name)}'.\n")
        return None
    warnings.set(name, state)
    return before if nargout else None


@builtin(outputs=2)
def lastwarn(session, nargout, message=None, identifier=None, /):
    """
    msg = lastwarn
    [msg, warnID] = lastwarn
    lastwarn(newMsg, newID)

    The message and identifier of the last warning.

    Examples
      >> lastwarn('slow', 'net:slow');
      >> [msg, warnID] = lastwarn
      msg =
          'slow'
      warnID =
          'net:slow'

    See also warning, lasterr.
    """
    warnings = session.warnings
    before = warnings.message, warnings.identifier
    if message is not None:
        warnings.message = one_text(message, "lastwarn", "Message")
        warnings.identifier = one_text(identifier, "lastwarn", "Identifier") if identifier is not None else ""
        if not nargout:
            return None
    return before
