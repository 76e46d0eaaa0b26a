"""Tree → Python code → a run.

A program becomes Python `ast` nodes that carry the line and column of the source, is compiled by `compile()` and runs
as ordinary Python: variables are fast locals, a call is `f(nargout, *args)`, several outputs are a tuple, a
comma-separated list expands with `*`.  Nothing here knows the built-ins: a `Host` hands them in.

    emit          makers of Python nodes with places of the source
    names, infer  which names are variables; what is surely a double
    context → operators, references → expressions → targets → statements → generate
                  tree → Python code, each module a part of one Generator; anonymous, arguments: parts of their own
    runtime, calls, dynamic
                  what generated code calls
    program_text → lookup → unit
                  a text and its places; what its names mean; the text ready to run
    hosts, linking, dispatch, undefined
                  what is asked of the session; units that call one another; names that classes have methods of
    scopes, evaluate
                  variables by name; text run in them
    traces, exceptions, reports
                  errors with their place; MException; getReport
    debugger      stops inside a running program
    kept_code     generated code kept between runs

Classes of programs:

    class_reading → classes → members
                  what a file says; the class it defines; properties and methods and who may use them
    class_bases, layer_base, enumerations, dynamic_properties, listeners, set_get, custom_display, indexing_mixins,
    datastore_bases, test_case
                  what classes derive from, or are: handle and the mixins, layers, enumerations, test classes
    subscripting  classes that index their objects themselves
    metaclasses, comments, finding
                  what is known of a class, and of its members' comments; objects that fit a description

For the session:

    unit = compile_program(program, source, host, kind="script" | "prompt")
        `program` from `syntax.parse(source, variables)`.  Functions without statements make a function file.
    unit.is_script       statements to run; otherwise `unit.function` is its main function, a `Function`
    unit.run(workspace)  run the statements in a `Workspace`; raises ScriptError (span, marks, stack set),
                         KeyboardInterrupt (workspace whole), InternalError (our own fault: `.span` where the program
                         was, `__cause__` why), or whatever a built-in raises that is no `Exception` (such as Exit)
    unit.forget()        drop persistent variables of its functions (`clear functions`)

    evaluate(text, scope, nargout, host, name="eval") -> value, tuple or None
        run text in a scope: with nargout 0 as statements (shown unless `;` ends them), else as one expression

    call_function(function, nargout, *args)   call a `Function` from a built-in: checks that all outputs came
    explained(error) -> ScriptError           any exception on its way out, as what a script sees (span, stack); raises
                                              InternalError for our own faults.  For built-ins that catch errors of
                                              functions they call (cellfun's ErrorHandler, evalc, evalin with a catch)
    caller_scope()                            the Scope of the script code that runs now

    Workspace(variables: dict)                the base workspace: get(name, default), set, delete, names(), global_names
    Scope                                     the variables of a running function or script, same methods, and
                                              `function` (its name, '' in the base workspace), `nargin`, `nargout`,
                                              `caller()`, `base()`: what a built-in with `scope` gets
    MException(identifier, message)           the exception object (`code.exceptions`), `MException.of(ScriptError)`
    script_call(unit)                         what calls a script by name: call(nargout)
    relink(host)                              after the path or a file changed: resolve names of functions anew

What the session supplies:

    class Host(Protocol):
        globals: dict[str, object]                      variables declared global
        workspace: Workspace                            the base workspace
        def builtin(self, name) -> Bound | None         Bound(call, needs_scope, floats)
        def find_function(self, name, origin) -> Function | Unit | None
                                                        a file in reach: Function of a function file, Unit of a script
        def is_package(self, name) -> bool
        def table_version(self) -> str                  what the table of built-ins was made from (`kept_code`)
        def show(self, name, value) -> None             a statement without `;`
        def undefined(self, name) -> ScriptError        the error for a name that is nothing (with its hint)
        def shell(self, command) -> None                `!command`
"""

from cnnscript.code.calls import call_function
from cnnscript.code.evaluate import evaluate
from cnnscript.code.exceptions import MException
from cnnscript.code.hosts import Bound, Host
from cnnscript.code.linking import relink, script_call
from cnnscript.code.scopes import Scope, Workspace, caller_scope
from cnnscript.code.traces import InternalError, explained
from cnnscript.code.unit import Unit

__all__ = [
    "Bound",
    "Host",
    "InternalError",
    "MException",
    "Scope",
    "Unit",
    "Workspace",
    "call_function",
    "caller_scope",
    "compile_program",
    "evaluate",
    "explained",
    "relink",
    "script_call",
]

compile_program = Unit
