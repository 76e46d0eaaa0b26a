"""The prompt: lines in, a session run, text and figures out.  `converse(session)` is all of it.

    prompt        the loop, and how prompt_toolkit is set up
    keys          what Enter, Tab and a paste do; indentation
    past          the history file
    waiting       what goes on while the prompt waits: figure windows, the import of TensorFlow
    cursor        what stands before the cursor
    completion    what Tab offers there
    highlighting  colours of the line being typed
    painting      colours of errors and warnings        (these two also serve scripts run in a terminal,
    status_line   what there is to wait for              and need no prompt_toolkit)
"""

from typing import Any

__all__ = ["converse"]


def converse(session: Any) -> int:
    """Read and run statements until `exit` or the end of input; the exit status."""
    from cnnscript.repl import prompt

    return prompt.converse(session)
