"""All files of a check together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cnnscript.checking.files import File, root_of
from cnnscript.checking.findings import ERROR, MISSING, NOTE, Finding
from cnnscript.checking.flow import Flow, validations
from cnnscript.checking.networks import check_networks
from cnnscript.checking.reach import Reach, Table
from cnnscript.code.class_bases import base_named
from cnnscript.errors import ScriptError, Span
from cnnscript.syntax import tree


def check(files: Iterable[File], table: Table, folders: Iterable[str] = ()) -> list[Finding]:
    """What is found in files, in the order they are given and of their text.

    folders  more places that functions are looked for in, as `addpath` would add them
    """
    files = list(files)
    roots = dict.fromkeys(root_of(file.folder) for file in files)
    added = [folder for file in files for folder in file.added_folders[0]]
    reach = Reach(table, [*folders, *added, *roots])
    for file in files:
        reach.add(file)
    for folder in reach.path.folders:
        reach.learn_classes(folder)
    found: list[Finding] = []
    for file in files:
        found += sorted(check_file(file, reach), key=lambda finding: finding.span.start)
    return found


def check_file(file: File, reach: Reach) -> list[Finding]:
    found = [Finding(file.path, ERROR, mistake) for mistake in file.mistakes]
    if not file.readable:
        return found
    if file.program.body:
        found += Flow(file, reach, None).check()
    for function in file.program.functions:
        found += Flow(file, reach, function).check()
    for node in file.program.classes:
        found += _check_class(file, reach, node)
    return found + check_networks(file, reach)


def _check_class(file: File, reach: Reach, node: tree.Class) -> list[Finding]:
    reach.methods.update(file.methods)
    found, whole = [], True
    for name in node.superclasses:
        kind = reach.meaning(name, file).kind
        if (base := base_named(name)) is not None:
            reach.methods.update(base.methods)
        elif kind in ("nothing", "missing"):
            found.append(_superclass(file, reach, node, name, kind == "missing"))
            whole = False
    for block in node.blocks:
        if type(block) is tree.Properties:
            around = Flow(file, reach, tree.Function(node.start, node.start, node.name, [], [], [], [], []))
            for item in block.properties:
                for part in (item.default, *validations(item)):
                    if part is not None:
                        around.expression(part, {item.name}, ())
            found += around.findings
        elif type(block) is tree.Methods:
            for method in block.methods:
                flow = Flow(file, reach, method)
                if method.name == node.name:  # a constructor's object is there from the start
                    flow.start |= flow.outputs
                if not whole and not flow.unknown:
                    flow.unknown = (0, "a superclass that is not here may have it")
                found += flow.check()
    return found


def _superclass(file: File, reach: Reach, node: tree.Class, name: str, missing: bool) -> Finding:
    error = reach.table.undefined(name, reach.known_names())
    place = re.compile(rf"\b{re.escape(name)}\b").search(file.source.text, node.start)
    start = place.start() if place else node.start
    error.span = Span(file.source, start, start + len(name))
    if missing:
        error.identifier = MISSING
        return Finding(file.path, ERROR, error, name)
    message = f"The specified superclass '{name}' contains a parse error, cannot be found on MATLAB's search path, or "
    message += "is shadowed by another file with the same name."
    error = ScriptError("MATLAB:class:InvalidSuperClass", message, error.span, hint=error.hint)
    return Finding(file.path, NOTE if not file.adds_known_folders else ERROR, error)
