"""Errors made by programs: error, assert, rethrow, MException and its methods, lasterr, lasterror."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text
from cnnscript.errors import HERE, Frame, ScriptError
from cnnscript.values.numeric import OBJECT, as_array, is_cell, is_empty, ndarray, numel_of
from cnnscript.values.structs import Struct, StructArray, elements, is_struct
from cnnscript.values.take import unfit_inputs
from cnnscript.values.text import is_text, text_or_none

IDENTIFIER = re.compile(r"[A-Za-z][\w-]*(:[\w-]+)+")


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
            f"MATLAB:{name}:invalidInput" if name != "error" else "MATLAB:error:invalidMessageType",
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
        fault = ScriptError(identifier, message, using=HERE)
        fault.stack = frames_of(fields.get("stack"))
        return fault
    if type(value) is StructArray and is_empty(value):
        return None
    if isinstance(value, MException):
        return value.copied()
    raise ScriptError(
        f"MATLAB:{name}:invalidInput",
        "Input must be an MException or a struct with a message and an identifier.",
        notes=(f"{name} got {described(value)}",),
    )


def frames_of(stack: Any) -> tuple[Frame, ...]:
    """The calls that the stack field of an error struct lists; none where it is not one."""
    if not is_struct(stack) or not {"file", "name", "line"} <= set(stack.names()):
        return ()
    frames = []
    for fields in elements(stack).ravel("F").tolist():
        file, name = text_or_none(fields["file"]), text_or_none(fields["name"])
        frames.append(Frame(name or "", file or "", int(fields["line"]) if type(fields["line"]) is float else 0))
    return tuple(frames)


@builtin(outputs=0)
def error(nargout, first, /, *rest):
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
    no_output(nargout)
    if not rest and not is_text(first):
        if type(first) is ndarray and first.size == 0 and first.dtype != OBJECT:
            return
        if is_struct(first):
            fault = fault_of(first, "error")
            if fault is not None and fault.message:
                raise fault
            return
    identifier, message = read_message((first, *rest), "error")
    if message or identifier and rest:
        raise ScriptError(identifier, message, using=HERE)


def no_output(nargout: int) -> None:
    """What only raises gives nothing: asked for something it says so, whatever it was to raise."""
    if nargout:
        raise ScriptError("MATLAB:maxlhs", "Too many output arguments.")


@builtin(outputs=0)
def assert_(nargout, condition, /, *rest):
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
    no_output(nargout)
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
        raise ScriptError("MATLAB:assertion:failed", "Assertion failed.", using=HERE)
    identifier, message = read_message(rest, "assert")
    raise ScriptError(identifier, message, using=HERE)


@builtin(outputs=0)
def rethrow(nargout, exception, /):
    """
    rethrow(exception)
    rethrow(errorStruct)

    Raise a caught error again, with the place where it first happened.

    Examples
      >> try, error('a:b', 'first'), catch e, try, rethrow(e), catch f, disp(f.message), end, end
      first

    See also error, throw, MException, getReport.
    """
    no_output(nargout)
    fault = fault_of(exception, "rethrow")
    if fault is not None:
        raise fault


@builtin(outputs=0)
def throw(nargout, exception, /):
    """
    throw(exception)

    Raise an MException.

    Examples
      >> ME = MException('a:b', 'layer %d', 3);
      >> try, throw(ME), catch e, disp(e.message), end
      layer 3

    See also rethrow, error, MException.
    """
    no_output(nargout)
    raise require_exception(exception, "throw").thrown()


def require_exception(value: Any, name: str) -> Any:
    from cnnscript.code.exceptions import MException

    if not isinstance(value, MException):
        raise unfit_inputs(name, f"{name} is for an MException, got {described(value)}")
    return value


@builtin(outputs=0)
def throwAsCaller(nargout, exception, /):
    """
    throwAsCaller(exception)

    Raise an MException as if it happened where the running function was called.

    Examples
      >> try, throwAsCaller(MException('a:b', 'c')), catch e, disp(e.identifier), end
      a:b

    See also throw, rethrow.
    """
    no_output(nargout)
    raise require_exception(exception, "throwAsCaller").thrown_by_caller()


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
    msgText = getReport(exception, type, 'hyperlinks', value)

    The text of a caught error: who raised it and the message; 'extended' adds the calls on the way and the causes.

    The names of functions are links where value is 'on', plain text where it is 'off' or 'default'.

    Examples
      >> ME = MException('a:b', 'no layer');
      >> msgText = getReport(ME, 'basic')
      msgText =
          'no layer'
      >> disp(contains(getReport(ME), 'no layer'))
         1
      >> disp(getReport(ME, 'extended', 'hyperlinks', 'off'))
      no layer

    See also MException, error.
    """
    from cnnscript.code.reports import report

    fault = require_exception(exception, "getReport").error
    word = one_text(kind, "getReport", "Type").lower()
    if word == "hyperlinks":
        word, rest = "extended", (kind, *rest)
    if word not in ("extended", "basic"):
        raise ScriptError(
            "MATLAB:MException:getReport:InvalidType", "Type must be 'extended' or 'basic'.", notes=(f"got '{word}'",)
        )
    links = "default"
    if rest:
        words = [one_text(part, "getReport", "Option").lower() for part in rest]
        if len(words) != 2 or words[0] != "hyperlinks" or words[1] not in ("on", "off", "default"):
            raise ScriptError(
                "MATLAB:MException:getReport:InvalidOption",
                "Options must be 'hyperlinks' and 'on', 'off' or 'default'.",
                notes=("got " + ", ".join(f"'{text}'" for text in words),),
            )
        links = words[1]
    return report(fault, word == "extended", links == "on")


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
    from cnnscript.code.exceptions import MException

    if not isinstance(cause, MException):
        raise ScriptError(
            "MATLAB:functionValidation:InvalidInput",
            "Invalid input for argument 2 (rhs2): Value must be 'MException scalar'.",
            notes=(f"addCause got {described(cause)}",),
        )
    return require_exception(exception, "addCause").with_cause(cause)


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


@builtin(name="MException.last")
def mexception_last(session, action=None, /):
    """
    ME = MException.last
    MException.last('reset')

    The last error that no try caught.

    Examples
      >> MException.last('reset')
      >> ME = MException.last;
      >> isempty(ME.message)
      ans =
        logical
         1

    See also MException, lasterr, lasterror.
    """
    from cnnscript.code.exceptions import MException

    if action is None:
        return MException(session.last_uncaught or ScriptError("", ""))
    if one_text(action, "MException.last", "Action").lower() != "reset":
        raise ScriptError("MATLAB:MException:last:InvalidAction", "The only action is 'reset'.")
    session.last_uncaught = None
    return None


@builtin
def lasterror(session, given=None, /):
    """
    s = lasterror
    lasterror('reset')
    lasterror(s)

    The last error as a struct: message, identifier and stack.  MException in a catch is the newer way.

    Examples
      >> try, error('a:b', 'first'), catch, end
      >> s = lasterror;
      >> disp(s.identifier)
      a:b
      >> lasterror('reset')

    See also lasterr, rethrow, MException.
    """
    from cnnscript.code.exceptions import stack_of
    from cnnscript.code.reports import head

    fault = session.last_error or ScriptError("", "")
    if given is None:
        return Struct({"message": head(fault), "identifier": fault.identifier, "stack": stack_of(fault)})
    if is_text(given) and one_text(given, "lasterror", "Action").lower() == "reset":
        session.last_error = None
        return None
    if not is_struct(given):
        raise ScriptError("MATLAB:lasterror:InvalidInput", "Input must be 'reset' or a struct that lasterror gave.")
    session.last_error = fault_of(given, "lasterror")
    return None
