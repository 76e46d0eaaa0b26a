"""Indexing as function calls: substruct, subsref, subsasgn; structs and name-value lists."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.arrays.structures import copied
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.text.texts import described, one_text, shaped
from cnnscript.code.subscripting import plain_assignment, plain_reference
from cnnscript.errors import ScriptError
from cnnscript.values.instances import KINDS as OBJECTS
from cnnscript.values.numeric import COLON, DOUBLE, EMPTY, is_cell, ndarray
from cnnscript.values.structs import Struct, elements, is_struct, struct_array
from cnnscript.values.text import text_or_none

KINDS = ("()", "{}", ".")


@builtin
def substruct(*pairs):
    """
    S = substruct(type1, subs1, type2, subs2, ...)

    A struct that says how something is indexed: types '()', '{}' and '.'.

    Examples
      >> S = substruct('.', 'size', '()', {2});
      >> disp(S(1).subs)
      size

    See also subsref, subsasgn.
    """
    if not pairs or len(pairs) % 2:
        raise ScriptError("MATLAB:substruct:nargin", "Types and subscripts must come in pairs.")
    parts = []
    for kind, subs in zip(pairs[::2], pairs[1::2], strict=True):
        word = text_or_none(kind)
        if word not in KINDS:
            raise ScriptError(
                "MATLAB:substruct:SubsType", "A type must be '()', '{}' or '.'.", notes=(described(kind),)
            )
        if word == "." and text_or_none(subs) is None or word != "." and not is_cell(subs):
            raise ScriptError(
                "MATLAB:substruct:SubsValue",
                "Subscripts must be a cell for '()' and '{}' and text for '.'.",
                notes=(described(subs),),
            )
        parts.append({"type": word, "subs": subs})
    return struct_array(["type", "subs"], shaped(parts, (1, len(parts))))


def steps_of(value: Any, name: str) -> list[tuple[str, Any]]:
    """The steps that an indexing struct describes: kind, and a name or tuple of indices."""
    if not is_struct(value) or set(value.names()) != {"type", "subs"}:
        raise ScriptError(
            f"MATLAB:{name}:SubsMustBeStruct",
            "Subscript argument must be a struct with the fields 'type' and 'subs'.",
            notes=(f"{name} got {described(value)}",),
        )
    steps = []
    for fields in elements(value).ravel("F").tolist():
        kind = one_text(fields["type"], name, "Type")
        if kind not in KINDS:
            raise ScriptError(
                f"MATLAB:{name}:InvalidType", "A type must be '()', '{}' or '.'.", notes=(f"got '{kind}'",)
            )
        if kind == ".":
            steps.append((kind, one_text(fields["subs"], name, "Field name")))
        else:
            subs = fields["subs"].ravel("F").tolist() if is_cell(fields["subs"]) else [fields["subs"]]
            steps.append((kind, tuple(COLON if text_or_none(item) == ":" else item for item in subs)))
    return steps


@builtin
def subsref(nargout, value, steps, /):
    """
    B = subsref(A, S)
    [B1, B2] = subsref(A, S)

    What indexing gives: subsref(A, substruct('()', {2})) is A(2).

    Examples
      >> [B1, B2] = subsref({3, 4}, substruct('{}', {':'}));
      >> B = subsref([5 6 7], substruct('()', {2}))
      B =
           6

    See also substruct, subsasgn, getfield.
    """
    values = plain_reference(value, [(kind[0], step) for kind, step in steps_of(steps, "subsref")], nargout)
    if not values and nargout:
        raise ScriptError("MATLAB:index:noValues", "Indexing gave no value.")
    return values


@builtin
def subsasgn(value, steps, new, /):
    """
    A = subsasgn(A, S, B)

    What an indexed assignment gives: subsasgn(A, substruct('()', {2}), 5) is A after A(2) = 5.

    Examples
      >> A = subsasgn([5 6 7], substruct('()', {2}), 0)
      A =
           5     0     7

    See also substruct, subsref, setfield.
    """
    described_steps = steps_of(steps, "subsasgn")
    if isinstance(value, OBJECTS) and described_steps:
        return plain_assignment(value, [(kind[0], step) for kind, step in described_steps], new)
    return placed(value, described_steps, new)


def placed(base: Any, steps: list[tuple[str, Any]], value: Any) -> Any:
    """`base` with `value` at the place that the steps lead to."""
    from cnnscript.values.assignment import assign, assign_brace, assign_field, delete
    from cnnscript.values.indexing import brace, get_field, index

    if not steps:
        return value
    (kind, step), rest = steps[0], steps[1:]
    if rest:
        read = {".": get_field, "()": index, "{}": brace}[kind]
        try:
            inner = read(base, step)
            inner = inner[0] if type(inner) is tuple else inner
        except ScriptError:
            inner = EMPTY  # it is made on the way
        value = placed(inner, rest, value)
    if kind == "()" and not rest and type(value) is ndarray and value.shape == (0, 0) and value.dtype == DOUBLE:
        return delete(copied(base), step)  # as the literal [] does
    write = {".": assign_field, "()": assign, "{}": assign_brace}[kind]
    return write(copied(base), step, value)


@builtin
def namedargs2cell(structure, /):
    """
    C = namedargs2cell(S)

    The fields of a struct as a row of names and values.

    Examples
      >> C = namedargs2cell(struct('Size', 3, 'Name', 'conv1'))
      C =
        1×4 cell array
          {'Size'}    {[3]}    {'Name'}    {'conv1'}

    See also struct2cell, fieldnames.
    """
    if type(structure) is not Struct:
        raise ScriptError(
            "MATLAB:namedargs2cell:MustBeScalarStruct",
            "Input must be a scalar structure.",
            notes=(f"namedargs2cell got {described(structure)}",),
        )
    flat = [part for pair in structure.fields.items() for part in pair]
    return shaped(flat, (1, len(flat)))
