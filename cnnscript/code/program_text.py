"""The text of a unit: its nodes by their place, and what traces and scopes want to know of its generated code."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import TYPE_CHECKING, Any

from cnnscript.code.scopes import DYNAMIC, SEGMENT
from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax import tree

if TYPE_CHECKING:
    from cnnscript.code.generate import Generator
    from cnnscript.code.kept_code import Keeper


@dataclass(slots=True)
class About:
    """What traces and scopes want to know of a piece of generated code."""

    name: str
    parameters: frozenset[str] = frozenset()
    global_names: frozenset[str] = frozenset()
    node: tree.Function | None = None


class ProgramText:
    """A program and its source; what is known of the code generated from it."""

    def __init__(self, program: tree.Program, source: Source, kind: str):
        self.program = program
        self.source = source
        self.kind = kind
        # absolute, as the program may change its folder
        self.origin = os.path.abspath(source.name) if source.name and os.path.exists(source.name) else None
        self.functions = {function.name: function for function in program.functions}
        self.keeper: Keeper | None = None  # notes what generations do, where code is kept between runs (`kept_code`)
        self._about: dict[str, About] = {}

    def fault(self, node: tree.Node, identifier: str, message: str, hint: str | None = None) -> ScriptError:
        """An error of the text itself."""
        return ScriptError(identifier, message, Span(self.source, node.start, node.stop), hint=hint)

    def describe(self, generator: Generator, outer: Any) -> None:
        """Note what is known of a function being generated, by its Python name."""
        function = generator.function
        if function is None:
            about = About("", global_names=frozenset(generator.global_names))
            self._about[SEGMENT] = self._about[DYNAMIC] = about
            return
        names = frozenset(parameter.name for parameter in function.parameters)
        self._about["_f_" + function.name] = About(
            function.name, names, frozenset(generator.global_names), function
        )
        if self.keeper is not None:
            self.keeper.note("about", function.name, tuple(sorted(names)), tuple(sorted(generator.global_names)))

    def about(self, code: CodeType) -> About:
        return self._about.get(code.co_name, _NOTHING)

    def function_name(self, code: CodeType) -> str:
        return self.about(code).name

    def parameters(self, code: CodeType) -> frozenset[str]:
        return self.about(code).parameters

    def global_names(self, code: CodeType) -> frozenset[str]:
        return self.about(code).global_names

    def frame_name(self, code: CodeType, span: Span | None) -> str:
        """What a stack calls this code: its function, its script, '@(...)...'; '' for text of the prompt."""
        if code.co_name == "<lambda>":
            return self.anonymous_at(span)
        if code.co_name.startswith("_f_"):
            return code.co_name[3:]
        if self.kind == "script" and self.source.name[:1] not in ("<", "-"):
            return os.path.splitext(os.path.basename(self.source.name))[0]
        return ""

    def anonymous_at(self, span: Span | None) -> str:
        from cnnscript.code.anonymous import text_of

        if span is None:
            return "@()"
        around = [
            node
            for node in tree.walk(self.program)
            if type(node) is tree.Anonymous and node.start <= span.start and span.stop <= node.stop
        ]
        if not around:
            return "@()"
        return text_of(min(around, key=lambda node: node.stop - node.start), self.source.text)

    def node_at(self, span: Span) -> tree.Node | None:
        """The innermost node written in exactly these characters."""
        found = None
        parts, starts = self._parts
        at = bisect_right(starts, span.start) - 1
        pending: list[tree.Node] = [parts[at]] if at >= 0 else []
        while pending:
            node = pending.pop()
            same = node.start == span.start and node.stop == span.stop and type(node) is not tree.Program
            if same and (found is None or type(node) is not tree.Parenthesised):
                found = node
            if node.start <= span.start and span.stop <= node.stop:
                pending += tree.children(node)
        return found

    @cached_property
    def _parts(self) -> tuple[list[tree.Node], list[int]]:
        """The statements and functions of the program in the order they are written, and where each starts."""
        program = self.program
        parts = sorted([*program.body, *program.functions, *program.classes], key=lambda node: node.start)
        return parts, [node.start for node in parts]

    def usage(self, name: str) -> str | None:
        """How a function of this unit is called."""
        node = self.functions.get(name)
        if node is None:
            return None
        return f"{name}({', '.join(parameter.name for parameter in node.parameters)})"


_NOTHING = About("")
