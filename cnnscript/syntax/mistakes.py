"""What is wrong with a text, in words."""

from __future__ import annotations

from typing import Any

from cnnscript.errors import ScriptError, Source, Span
from cnnscript.syntax.lexer import Scan


def describe(source: Source, scan: Scan, fault: Any, parser: Any) -> ScriptError:
    token = fault.token
    return ScriptError("MATLAB:m_invalid_expression", "Invalid expression.", Span(source, token.start, token.stop))
