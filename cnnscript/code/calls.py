"""What generated code calls besides the functions of `values`: calls of values, lists, outputs, switch, errors."""

from __future__ import annotations

import re
import sys
from math import ceil, floor
from sys import _getframe
from types import FrameType
from typing import Any

from cnnscript.code.emit import plain_name
from cnnscript.code.members import PUBLIC
from cnnscript.code.subscripting import Pending, taken
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.indexing import (
    as_arguments,
    get_field,
    index,
    index1,
    no_value,
    one,
    operand,
    single,
)
from cnnscript.values.instances import KINDS, Instance
from cnnscript.values.numeric import class_of, is_cell, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.ranges import colon
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import String, text_or_none


class Return(BaseException):
    """`return` in code whose variables are a dictionary; no `catch` of the program stops it."""


class Unset:
    """The type of UNSET: a parameter that was not given, a name that is no variable."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<unset>"

    def size(self) -> tuple[int, ...]:
        """Asked for by an `end` among the arguments of what proved to be a function."""
        message = "The end operator must be used within an array index expression."
        raise ScriptError("MATLAB:m_end_outside_index", message)


UNSET = Unset()


# ---------------------------------------------------------------------------------------------------------- handles
def call_function(function: Function, nargout: int, *args: Any) -> Any:
    """Call a function handle from a built-in: a value or None for nargout 0, a value for 1, a tuple above."""
    result = function.call(nargout, *args)
    if result is None and nargout == 1:
        raise too_many_outputs(function.text)
    return outputs(result, nargout, function) if nargout > 1 else result


def call_value(value: Any, nargout: int, *args: Any) -> Any:
    """value(args) where nargout is not 1: a function gives what is asked for, anything else its one part."""
    if type(value) is Function:
        return value.call(nargout, *as_arguments(args))
    if isinstance(value, KINDS) and value.definition.indexes:
        result = value.definition.reference(value, ("(", args), nargout)
        if result is not NotImplemented:
            return picked(result, nargout)
    elif type(value) is Pending:
        return picked(value.step(("(", args), nargout), nargout)
    elif isinstance(value, Object) and (function := value.as_function()) is not None:
        return function.call(nargout, *as_arguments(args))
    return index(value, args)


def picked(result: tuple, nargout: int) -> Any:
    """The outputs of a reference as a call gives them."""
    return result if nargout > 1 else result[0] if result else None


def either(value: Any, function: Any, scope: Any, nargout: int, *args: Any, names: tuple | None = None) -> Any:
    """name(args) where only running tells whether the name is a variable; `names`: what a function that asks for it is
    told of its arguments."""
    if value is not UNSET and value is not None:
        if nargout == 1:
            return index1(value, *args) if len(args) == 1 else index(value, args)
        return call_value(value, nargout, *args)
    told = {} if names is None else {"names": names}
    if scope is None:
        result = function(nargout, *as_arguments(args), **told)
    else:
        result = function(scope, nargout, *as_arguments(args), **told)
    if result is None and nargout == 1:
        raise no_value("the function")
    return result


def anonymous(call: Any, text: str, inputs: float) -> Function:
    taken = call.__kwdefaults__
    if taken and any(value is UNSET for value in taken.values()):  # names that may be variables, and are not
        taken = {name: value for name, value in taken.items() if value is not UNSET}
    return Function(call, text, taken, int(inputs), None)


def nested_handle(call: Any, name: str) -> Function:
    return Function(call, name)


# ------------------------------------------------------------------------------------------------------------- dots
HAVE_METHODS = (Object, String, Categorical)


class Dots:
    """Dot expressions, which may call methods: a host finds the functions."""

    def __init__(self, unit: Any):
        self.unit = unit

    def calls(self, value: Object, name: Any) -> bool:
        """Is `value.name` a call?"""
        if isinstance(value, KINDS):
            return name in value.definition.methods and not self.own(value, name)
        return type(name) is str and name in value.methods

    def own(self, value: Any, name: Any = None) -> bool:
        """Does the class of an object say itself what a dot after it means here?"""
        definition = value.definition
        return definition.indexes and definition.referencing(".", name) is not None and not definition.passes_by()

    def method(self, value: Object, name: str) -> Any:
        """The function that `value.name(...)` calls, or None where the name is a property."""
        if isinstance(value, KINDS):
            return method_of(value, name)
        if name not in value.methods:
            return None
        own = value.own_method(name) if isinstance(value, Object) else None
        if own is not None:
            return own
        bound = self.unit.host.builtin(name)
        if bound is not None:
            return bound.call
        found = self.unit.resolve(name)
        if found is None:
            raise value.no_property(name)
        return found

    def dot_call(self, value: Any, name: str, nargout: int, *args: Any) -> Any:
        """value.name(args)"""
        if type(value) is Instance and not (definition := value.definition).indexes:
            method = definition.methods.get(name)
            if method is not None and method.plain:
                result = method.call(nargout, value, *as_arguments(args))
                if result is None and nargout == 1:
                    raise no_value(name)
                return result
        if type(value) is Struct:
            part = get_field(value, name)
        elif isinstance(value, Object):
            if isinstance(value, KINDS) and self.own(value, name):
                steps = ((".", name), ("(", args))
                result = taken(value, steps, nargout, value.definition.referencing("."))
                return picked(result, nargout)
            if type(value) is Pending:
                steps = (*value.steps, (".", name), ("(", args))
                result = taken(value.value, steps, nargout, value.function)
                return picked(result, nargout)
            method = self.method(value, name)
            if method is not None:
                result = method(nargout, value, *as_arguments(args))
                if result is None and nargout == 1:
                    raise no_value(name)
                return result
            part = single(value.get(name))
        elif isinstance(value, HAVE_METHODS) and name in value.methods:
            return self.method(value, name)(nargout, value, *as_arguments(args))
        else:
            part = single(get_field(value, name))
        if nargout == 1:
            return index1(part, *args) if len(args) == 1 else index(part, args)
        return call_value(part, nargout, *args)

    def method_handle(self, value: Any, word: str, path: str) -> Function:
        """@value.method, and @value.part.method: what calls the method with the object as it is now."""
        *parts, name = path.split(".")

        def call(nargout: int, *args: Any) -> Any:
            holder = value
            for part in parts:
                holder = self.dot_single(holder, part)
            if isinstance(holder, HAVE_METHODS) and self.calls(holder, name):
                return self.method(holder, name)(nargout, holder, *args)
            return self.dot_call(holder, name, nargout, *args)

        return Function(call, f"@(varargin){word}.{path}(varargin{{:}})", {word: value}, -1, None)

    def field(self, value: Any, name: str) -> Any:
        """value.name: one value, or the tuple of a struct array."""
        if isinstance(value, HAVE_METHODS):
            if self.calls(value, name):
                result = self.method(value, name)(1, value)
                if result is None:
                    raise no_value(name)
                return result
            if isinstance(value, KINDS) and self.own(value, name):
                return taken(value, ((".", name),), None, value.definition.referencing("."))
        return get_field(value, name)

    def dot_one(self, value: Any, name: str) -> Any:
        """value.name where one value is wanted: the first of a list."""
        if type(value) is Struct and name in value.fields:
            return value.fields[name]
        if type(value) is Instance and not value.definition.indexes:
            found = value.definition.properties.get(name)
            if found is not None:
                if found.open or found.kept and found.definer is self.unit.definition:
                    return value.values[name]
                return by_property(value, found)
        result = self.field(value, name)
        return one(result) if type(result) is tuple else result

    def dot_single(self, value: Any, name: str) -> Any:
        """value.name where something follows: the only one of a list."""
        if type(value) is Struct and name in value.fields:
            return value.fields[name]
        if type(value) is Instance and not value.definition.indexes:
            found = value.definition.properties.get(name)
            if found is not None:
                if found.open or found.kept and found.definer is self.unit.definition:
                    return value.values[name]
                return by_property(value, found)
        return single(self.field(value, name))

    def dot_operand(self, value: Any, name: str) -> Any:
        """value.name as an operand."""
        if type(value) is Struct and name in value.fields:
            return value.fields[name]
        if type(value) is Instance and not value.definition.indexes:
            found = value.definition.properties.get(name)
            if found is not None:
                if found.open or found.kept and found.definer is self.unit.definition:
                    return value.values[name]
                return by_property(value, found)
        result = self.field(value, name)
        return operand(result) if type(result) is tuple else result

    def fields(self, value: Any, name: str) -> tuple:
        """value.name as a list."""
        result = self.field(value, name)
        return result if type(result) is tuple else (result,)

    def dot_outputs(self, value: Any, name: str, nargout: int) -> Any:
        """value.name as a statement or the body of a function: a method may give none."""
        if isinstance(value, HAVE_METHODS) and self.calls(value, name):
            return self.method(value, name)(nargout, value)
        return listed(self.fields(value, name), nargout)

    def dot_statement(self, value: Any, name: str, nargout: int) -> tuple:
        """value.name as a statement: its values in turn."""
        if isinstance(value, HAVE_METHODS) and self.calls(value, name):
            result = self.method(value, name)(nargout, value)
            return () if result is None else (result,)
        if isinstance(value, KINDS) and self.own(value, name):
            return taken(value, ((".", name),), 0, value.definition.referencing("."))
        if type(value) is Pending:
            return value.step((".", name), 0)
        return self.fields(value, name)

    def dot_tuple(self, value: Any, name: str, nargout: int) -> tuple:
        """[a, b] = value.name"""
        if isinstance(value, HAVE_METHODS) and self.calls(value, name):
            return outputs(self.method(value, name)(nargout, value), nargout)
        return first_of(self.fields(value, name), nargout)


def by_property(value: Instance, found: Any) -> Any:
    """What reading a property gives, asked for by the function two frames up: its get method, which reads itself
    plainly, or what is stored."""
    getter = found.getter
    if (
        getter is not None
        and found.get_access == PUBLIC
        and not (found.observable or value.deleted)
        and _getframe(2).f_code.co_name != getter.python_name
    ):
        return getter.call(1, value)
    return found.read(value)


def method_of(value: Any, name: str) -> Any:
    """The method of a class that `object.name(...)` calls; None where the name is none of its methods."""
    method = value.definition.find_method(name)
    if method is None:
        return None
    method.require_access()
    if method.static:
        return lambda nargout, holder, *args: method.call(nargout, *args)
    return method.call


# ---------------------------------------------------------------------------------------------------------- outputs
def outputs(result: Any, count: int, function: Function | None = None) -> tuple:
    """The outputs of a call (of `function`, where known) as a tuple of `count`; raises where there are fewer."""
    if count == 1:
        if type(result) is tuple:
            return result[:1]
        if result is None:
            raise no_value("the function")
        return (result,)
    if type(result) is tuple and len(result) == count:
        return result
    if type(result) is tuple:
        if len(result) > count:
            return result[:count]
    elif count == 0:
        return ()
    if function is None:
        function = called_function(sys._getframe(1))
    if function is not None and gives_one_value(function.text):
        raise too_few_values(count, 1)
    raise ScriptError("MATLAB:TooManyOutputs", "Too many output arguments.", notes=(f"{count} were asked for",))


def gives_one_value(text: str) -> bool:
    """Is this the text of an anonymous function whose body is an expression and no call?"""
    inputs, _, body = text.partition(")")
    call = re.fullmatch(r"\s*([A-Za-z][\w.]*)\s*(\(.*\))?\s*", body)
    return inputs[:2] == "@(" and (call is None or call[1] in re.findall(r"\w+", inputs))


def called_function(frame: FrameType) -> Function | None:
    """The function handle that generated code called where it is now; None where it called a function by its name."""
    from cnnscript.code.emit import mangled
    from cnnscript.code.traces import span_at

    span = span_at(frame, frame.f_lasti) if "_unit" in frame.f_globals else None
    name = re.match(r"(?:.*=\s*)?([A-Za-z]\w*)", span.text) if span is not None else None
    value = frame.f_locals.get(mangled(name[1])) if name else None
    return value if type(value) is Function else None


def wrapped(result: Any, count: int) -> tuple:
    """The outputs of a call for `[varargout{1:nargout}] =`: with nothing asked for, the value that it gives anyway."""
    if count == 0:
        return result[:1] if type(result) is tuple else () if result is None else (result,)
    return outputs(result, count)


def wrapped_list(values: tuple, count: int) -> tuple:
    """The same for a list."""
    return values[:1] if count == 0 else first_of(values, count)


def first_of(values: tuple, count: int) -> tuple:
    """[a, b] = c{:}: the first values of a list."""
    if len(values) < count:
        raise too_few_values(count, len(values))
    return values[:count]


def too_few_values(count: int, given: int) -> ScriptError:
    return ScriptError(
        "MATLAB:needMoreRhsOutputs",
        "Insufficient number of outputs from right hand side of equal sign to satisfy assignment.",
        notes=(f"{count} are assigned, the right side has {given}",),
    )


def listed(values: tuple, nargout: int) -> Any:
    """A list as the outputs of an anonymous function or a statement."""
    if nargout > 1:
        return first_of(values, nargout)
    if not values and nargout == 0:
        return None
    return one(values)


def gathered(nargout: int, names: tuple[str, ...], values: tuple, function: str) -> Any:
    """The outputs of a function that has many, or `varargout`; UNSET where one was never assigned."""
    wanted = max(nargout, 1)
    fixed = values
    if names[-1] == "varargout":
        fixed = values[:-1]
        rest = values[-1]
        more: tuple = ()
        if rest is not UNSET and rest is not None:
            if not is_cell(rest):
                raise ScriptError("MATLAB:vararginNotCell", "The value of varargout must be a cell array.")
            more = tuple(rest.ravel("F").tolist())
        if nargout <= 1 and not fixed and not more:
            if nargout == 0:
                return None
            raise _unassigned("varargout", function)
        given = (*fixed, *more)
        if len(given) < wanted:
            raise _unassigned(f"varargout{{{len(more) + 1}}}", function)
    else:
        if nargout > len(values):
            raise too_many_outputs(function)
        given = fixed
    chosen = given[:wanted]
    for at, value in enumerate(chosen):
        if value is UNSET or value is None:
            if nargout == 0:
                return None
            raise _unassigned(names[at] if at < len(names) else names[-1], function)
    return chosen if nargout > 1 else chosen[0]


def missing_output(nargout: int, names: tuple[str, ...], variables: dict[str, Any], function: str) -> None:
    """A function ends without having set an output: nothing where none was asked for."""
    if nargout == 0:
        return
    name = next((name for name in names if variables.get(name) is None), names[0])
    raise _unassigned(name, function)


def _unassigned(name: str, function: str) -> ScriptError:
    return ScriptError(
        "MATLAB:unassignedOutputs",
        f'Output argument "{name}" (and possibly others) not assigned a value in the execution with "{function}" '
        "function.",
    )


def no_outputs(function: str) -> None:
    """A function without outputs was asked for one: the place is the call."""
    from cnnscript.code.traces import span_at

    error = too_many_outputs(function)
    caller = sys._getframe(1).f_back
    while caller is not None and "_unit" not in caller.f_globals:
        caller = caller.f_back
    if caller is not None:
        error.span = span_at(caller, caller.f_lasti)
    raise error


def too_many_outputs(function: str) -> ScriptError:
    return ScriptError("MATLAB:TooManyOutputs", "Too many output arguments.", notes=(f"called: {function}",))


def too_many_inputs(usage: str | None) -> ScriptError:
    return ScriptError("MATLAB:TooManyInputs", "Too many input arguments.", notes=(usage,) if usage else ())


def lost_value(name: str) -> None:
    error = no_value(name)
    error.identifier = "MATLAB:maxlhs"  # as of a built-in asked for more than it has
    raise error


# ---------------------------------------------------------------------------------------------------- ranges, loops
def span(first: Any, last: Any) -> Any:
    """first:last as an index: a slice of places, or the array where it is no plain range of whole numbers."""
    if type(first) is float is type(last) and first >= 1.0 and last >= first and last < 2.0**62:
        start = int(first)
        if start == first:
            return slice(start - 1, int(last))
    return colon(first, None, last)


def span_by(first: Any, step: Any, last: Any) -> Any:
    """first:step:last as an index."""
    if type(first) is float is type(last) and type(step) is float and 1.0 <= first <= last < 2.0**62 and step >= 1.0:
        start, stride = int(first), int(step)
        if start == first and stride == step:
            count = (int(last) - start) // stride + 1
            return slice(start - 1, start + (count - 1) * stride, stride)
    return colon(first, step, last)


def counter(first: int, step: int, last: float) -> Any:
    """The whole numbers that a loop counts."""
    if last != last:
        return (last,)  # MATLAB's 1:NaN is NaN
    if step > 0:
        return range(first, floor(min(last, 2.0**62)) + 1, step)
    return range(first, ceil(max(last, -(2.0**62))) - 1, step)


# ------------------------------------------------------------------------------------------------------- conditions
def decides_or(value: Any) -> bool:
    """Is the left side of | in a condition a true scalar?"""
    return (type(value) is bool or type(value) is float) and value == value and value != 0


def decides_and(value: Any) -> bool:
    """Is the left side of & in a condition a false scalar?"""
    return (type(value) is bool or type(value) is float) and value == 0


def switch_on(value: Any) -> Any:
    """What `switch` compares: a scalar or text."""
    kind = type(value)
    if kind is float or kind is str or kind is bool or text_or_none(value) is not None:
        return text_or_none(value) if type(value) is String else value
    if is_cell(value) or type(value) in (Struct, StructArray) or numel_of(value) != 1 and numel_of(value) != 0:
        raise ScriptError(
            "MATLAB:SwitchExpressionMustBeScalar",
            "SWITCH expression must be a scalar or a character vector.",
            notes=(f"this is a {class_of(value)} of {numel_of(value)} elements",),
        )
    return value


def matches(subject: Any, case: Any) -> bool:
    """Does a case fit?  A cell fits when one of its elements does; text is compared whole, letter case counts."""
    if is_cell(case):
        return any(matches(subject, item) for item in case.ravel("F").tolist())
    text = text_or_none(subject)
    other = text_or_none(case)
    if isinstance(subject, Instance) and subject.member:  # a member of an enumeration, compared by name with text
        text = subject.member if other is not None else None
    if text is not None or other is not None:
        return text == other
    if type(case) is String:
        return False
    if numel_of(case) == 0 or numel_of(subject) == 0:
        return numel_of(case) == numel_of(subject) == 0
    from cnnscript.values.operators import eq, truth

    try:
        return truth(eq(subject, case))
    except ScriptError:
        return False


# ---------------------------------------------------------------------------------------------------------- scripts
def leave(workspace: dict[str, Any], variables: dict[str, Any]) -> None:
    """Put the variables of a piece of a script back into its workspace."""
    for name, value in variables.items():
        if value is not None and (name[0] != "_" or (name := plain_name(name)) is not None):
            workspace[name] = value


def caught(error: BaseException) -> Any:
    """The value of `catch err`, which `lasterr` tells of too; our own faults go on."""
    from cnnscript.code.exceptions import MException
    from cnnscript.code.scopes import caller_scope
    from cnnscript.code.traces import explained

    seen = explained(error)
    scope = caller_scope()
    if scope is not None:
        scope.unit.host.last_error = seen
    return MException.of(seen)



