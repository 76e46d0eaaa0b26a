"""Warnings made by programs: which are shown, and the last one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TextIO

from cnnscript.builtins.language.faults import read_message
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import one_text, shaped
from cnnscript.code.reports import full_name
from cnnscript.code.traces import running_places
from cnnscript.errors import HERE, ScriptError
from cnnscript.values.structs import Struct, StructArray, is_struct
from cnnscript.values.text import text_or_none


# ------------------------------------------------------------------------------------------------- state of warnings
@dataclass
class Warnings:
    """Which warnings are shown, and the last one, shown or not.

    states   identifier to 'on', 'off' or 'error'; 'all' is the rule for the rest
    modes    'backtrace' and 'verbose', 'on' or 'off'
    heard    where identifiers go, in place of the screen, while a test asks for them
    """

    states: dict[str, str] = field(default_factory=lambda: {"all": "on"})
    modes: dict[str, str] = field(default_factory=lambda: {"backtrace": "on", "verbose": "off"})
    message: str = ""
    identifier: str = ""
    heard: list[str] | None = None

    def state(self, identifier: str) -> str:
        return self.states.get(identifier, self.states["all"])

    def set(self, identifier: str, state: str) -> None:
        if identifier in self.modes:
            self.modes[identifier] = state
        elif identifier == "all":
            self.states = {"all": state}
        else:
            self.states[identifier] = state

    def issue(self, err: TextIO, identifier: str, message: str) -> bool:
        """A warning: printed (True), kept silent or raised, as its state says."""
        state = self.state(identifier)
        if state == "error":
            raise ScriptError(identifier, message, using=HERE)
        self.identifier, self.message = identifier, message
        if state == "off":
            return False
        if self.heard is not None:
            self.heard.append(identifier)
            return False
        err.write(f"Warning: {message}\n")
        if self.modes["verbose"] == "on" and identifier:
            err.write(f'(Type "warning off {identifier}" to suppress this warning.)\n')
        if self.modes["backtrace"] == "on":
            for at, (frame, _) in enumerate(running_places()):
                err.write(f"{'  ' if at else '> '}In {full_name(frame)} (line {frame.line})\n")
        return True


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
