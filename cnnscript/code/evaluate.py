"""`eval`: run text in the variables of a scope."""

from __future__ import annotations

from typing import Any

from cnnscript.code.calls import Return, outputs
from cnnscript.code.generate import Generator
from cnnscript.code.scopes import Scope, Workspace
from cnnscript.code.traces import explained
from cnnscript.code.unit import Unit
from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import parse, tree


def evaluate(text: str, scope: Workspace | Scope, nargout: int, host: Any, name: str = "eval") -> Any:
    """Run text in a scope.

    With nargout 0 as statements, shown unless `;` ends them; the value is None.  Otherwise as one expression: its
    value, or a tuple of nargout values above 1.
    Raises ScriptError, InternalError.
    """
    source = Source(text, f"<{name}>")
    program = parse(source, frozenset(scope))
    unit = Unit(program, source, host, "eval")
    if isinstance(scope, Scope):
        unit.around = scope.unit
        unit.workspace_globals = set(scope.unit.global_names(scope.frame.f_code))
    if nargout == 0:
        _run(unit, scope)
        return None
    node = _expression(program, source)
    generator = Generator(unit, None, dynamic=True)
    generator.global_names = set(getattr(scope, "global_names", ())) | unit.workspace_globals
    variables = _variables(scope)
    try:
        exec(generator.expression_code(node, nargout, "_script"), unit.namespace, variables)
    except Exception as error:
        raise explained(error).with_traceback(None) from None
    finally:
        result = variables.pop("_result", None)
        _tidy(variables)
    if nargout == 1:
        return outputs(result, 1)[0]
    return outputs(result, nargout)


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
    running = scope._running() if isinstance(scope, Workspace) else scope
    if running is None or running.dynamic:
        return scope.variables
    variables = running.variables
    before = variables.get("_workspace")  # a piece of a script: what earlier pieces and other functions set
    if before is None:
        return dict(variables)
    return {**before, **{name: value for name, value in variables.items() if value is not None}}


def _run(unit: Unit, scope: Workspace | Scope) -> None:
    variables = _variables(scope)
    own = variables is getattr(scope, "variables", None)
    if isinstance(scope, Scope) and scope.dynamic:
        own = True
    unit.is_script = True
    for segment in unit.segments():
        segment.dynamic = True
    before = dict(variables)
    hidden = {key: value for key, value in variables.items() if key[0] == "_"}
    try:
        for segment in unit.segments():
            _run_piece(unit, segment.body, variables)
    except Return:
        return
    except Exception as error:
        raise explained(error).with_traceback(None) from None
    finally:
        _tidy(variables)
        variables.update(hidden)
        if not own:
            _write_back(scope, before, variables)
        elif isinstance(scope, Workspace):
            scope.global_names |= unit.workspace_globals
            unit.note_globals(scope)


def _run_piece(unit: Unit, body: list[tree.Node], variables: dict[str, Any]) -> None:
    for statement in body:
        if type(statement) is tree.Global:
            unit.workspace_globals.update(statement.names)
    code = Generator(unit, None, dynamic=True).dynamic_body(body, "_script")
    exec(code, unit.namespace, variables)


def _tidy(variables: dict[str, Any]) -> None:
    """Take away what the code kept under names of its own."""
    for name in [name for name in variables if name[0] == "_" and not name.startswith(("_v_", "_narg"))]:
        if name not in ("_workspace",):
            del variables[name]


def _write_back(scope: Workspace | Scope, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Let the changes of a copy be those of the running function."""
    for name, value in after.items():
        if name[0] != "_" and before.get(name) is not value:
            scope[name] = value
    for name in before:
        if name not in after and name[0] != "_" and name in scope:
            del scope[name]
