"""Which folders a program adds to the path, as far as its text says: `addpath(genpath('lib'))`."""

from __future__ import annotations

import os

from cnnscript.syntax import tree

UNKNOWN = None


def added(body: list[tree.Node], file: str) -> tuple[list[str], bool]:
    """Folders added by `addpath` anywhere in these statements, and whether all of them are known.

    A relative folder is looked for beside the file and in the current folder.
    """
    folders: list[str] = []
    known = True
    variables: dict[str, list[tree.Node]] = {}
    calls: list[list[str | None]] = []
    for statement in body:
        for node in tree.walk(statement):
            if type(node) is tree.Assign and type(node.target) is tree.Name:
                variables.setdefault(node.target.id, []).append(node.value)
            elif type(node) is tree.Call and type(node.base) is tree.Name and node.base.id == "addpath":
                calls.append([text_of(argument, variables, file) for argument in node.arguments])
            elif type(node) is tree.Command and node.name == "addpath":
                calls.append(list(node.arguments))
    for call in calls:
        for text in call:
            if text is UNKNOWN:
                known = False
                continue
            for part in text.split(os.pathsep):
                if part and part not in ("-begin", "-end", "-frozen", "0", "1"):
                    found = [p for base in (os.path.dirname(file), ".") if os.path.isdir(p := os.path.join(base, part))]
                    folders += found[:1]
    return [os.path.abspath(folder) for folder in folders], known


def text_of(node: tree.Node, variables: dict[str, list[tree.Node]], file: str, depth: int = 0) -> str | None:
    """The text that an expression is, or UNKNOWN."""

    def inner(part: tree.Node) -> str | None:
        return text_of(part, variables, file, depth + 1)

    if depth > 20:
        return UNKNOWN
    kind = type(node)
    if kind is tree.Text:
        return node.value
    if kind is tree.Parenthesised:
        return inner(node.expression)
    if kind is tree.Matrix and len(node.rows) == 1:
        parts = [inner(part) for part in node.rows[0]]
        return UNKNOWN if UNKNOWN in parts else "".join(parts)  # type: ignore[arg-type]
    if kind is tree.Name:
        if node.id in variables:
            return inner(variables[node.id][0]) if len(variables[node.id]) == 1 else UNKNOWN
        if node.id == "pwd":
            return os.path.dirname(os.path.abspath(file))
        return {"filesep": os.sep, "pathsep": os.pathsep}.get(node.id, UNKNOWN)
    if kind is tree.Call and type(node.base) is tree.Name:
        parts = [inner(part) for part in node.arguments]
        name = node.base.id
        if name == "mfilename":
            return os.path.splitext(os.path.abspath(file))[0] if node.arguments else UNKNOWN
        if UNKNOWN in parts or not parts:
            return UNKNOWN
        if name == "fullfile":
            return os.path.join(*parts)  # type: ignore[arg-type]
        if name == "fileparts":
            return os.path.dirname(parts[0])  # type: ignore[type-var]
        if name == "genpath":
            return os.pathsep.join(_below(parts[0], file))  # type: ignore[arg-type]
    return UNKNOWN


def _below(folder: str, file: str) -> list[str]:
    """A folder and all below it, as `genpath` gives them."""
    base = os.path.join(os.path.dirname(os.path.abspath(file)), folder)
    if not os.path.isdir(base):
        base = os.path.abspath(folder)
    found = []
    for place, inner, _ in os.walk(base):
        inner[:] = [name for name in inner if name[:1] not in (".", "+", "@") and name not in ("private", "resources")]
        found.append(place)
    return found or [folder]
