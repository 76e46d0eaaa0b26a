"""The prompt: lines in, a session run, text and figures out.  `converse(session)` is all of it."""

from cnnscript.repl.prompt import converse

__all__ = ["converse"]
