"""`eval`: run text in the variables of a scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from cnnscript.code.calls import Return, outputs
from cnnscript.code.emit import plain_name
from cnnscript.code.generate import Generator
from cnnscript.code.scopes import DYNAMIC, Scope, Workspace, as_namespace, write_back
from cnnscript.code.traces import explained
from cnnscript.code.unit import Unit
from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import parse, tree


def evaluate(
    text: str, scope: Workspace | Scope, nargout: int, host: Any, name: str = "eval", around: Unit | None = None
) -> Any:
    """Run text in a scope; the functions of the unit `around` are in reach (by default of the scope's own).

    With nargout 0 as statements, shown unless `;` ends them; the value is None.  Otherwise as one expression: its
    value, or a tuple of nargout values above 1.
    Raises ScriptError, InternalError.
    """
    source = Source(text, f"<{name}>")
    program = parse(source, frozenset(scope))
    unit = Unit(program, source, host, "eval")
    unit.around = around
    if isinstance(scope, Scope):
        unit.around = scope.unit
        unit.workspace_globals = set(scope.unit.global_names(scope.frame.f_code))
    if nargout == 0:
        _run(unit, scope)
        return None
    node = _expression(program, source)
    generator = Generator(unit, None, dynamic=True)
    generator.global_names = set(scope.global_names) | unit.workspace_globals
    generator.variables = set(generator.global_names)
    variables = _variables(scope)
    result = None
    try:
        with _namespace(scope, variables):
            exec(generator.expression_code(node, nargout, DYNAMIC), unit.namespace, variables)
            result = variables.pop("_result", None)
    except Exception as error:
        raise explained(error).with_traceback(None) from None
    values = outputs(result, nargout)
    return values[0] if nargout == 1 else values


def _expression(program: tree.Program, source: Source) -> tree.Node:
    if len(program.body) == 1 and not program.functions and type(program.body[0]) is tree.Expression:
        return program.body[0].expression
    if len(program.body) == 1 and type(program.body[0]) is tree.Command:
        command = program.body[0]
        texts = [tree.Text(command.start, command.stop, word, "char") for word in command.arguments]
        return tree.Call(command.start, command.stop, tree.Name(command.start, command.stop, command.name), texts)
    raise ScriptError(
        "MATLAB:m_invalid_expression_to_eval",
        "The text is not one expression, so it has no value.",
        Span(source, 0, len(source.text)),
        hint="call eval without output arguments",
    )


def _variables(scope: Workspace | Scope) -> dict[str, Any]:
    """The scope's own dictionary, or a copy of its fast variables."""
    if isinstance(scope, Workspace):
        running = scope.running()
        return scope.variables if running is None else running.copy()
    return scope.variables if scope.dynamic else scope.copy()


def _namespace(scope: Workspace | Scope, variables: dict[str, Any]) -> AbstractContextManager[Any]:
    """What to do around code that runs in these variables: those of a running frame are as Python has them already,
    with what that frame keeps under names of ours."""
    if isinstance(scope, Workspace) and variables is scope.variables:
        return as_namespace(variables)
    return _keeping(variables)


@contextmanager
def _keeping(variables: dict[str, Any]) -> Iterator[None]:
    ours = {key: value for key, value in variables.items() if plain_name(key) is None}
    try:
        yield
    finally:
        for key in [key for key in variables if plain_name(key) is None]:
            del variables[key]
        variables.update(ours)


def _run(unit: Unit, scope: Workspace | Scope) -> None:
    variables = _variables(scope)
    copied = not (isinstance(scope, Scope) and scope.dynamic) and variables is not scope.variables
    before = dict(variables) if copied else {}
    try:
        with _namespace(scope, variables):
            for segment in unit.segments():
                _run_piece(unit, segment.body, variables)
    except Return:
        return
    except Exception as error:
        raise explained(error).with_traceback(None) from None
    finally:
        if copied:
            write_back(scope, before, variables)
        elif isinstance(scope, Workspace):
            scope.global_names |= unit.workspace_globals
            unit.note_globals(scope)


def _run_piece(unit: Unit, body: list[tree.Node], variables: dict[str, Any]) -> None:
    for statement in body:
        if type(statement) is tree.Global:
            unit.workspace_globals.update(statement.names)
    code = Generator(unit, None, dynamic=True).dynamic_body(body, DYNAMIC)
    exec(code, unit.namespace, variables)
