"""cnnscript: MATLAB scripts that look inside convolutional neural networks, without MATLAB.

The map, in the order data goes:

    errors      Source, Span, ScriptError: what went wrong, where, what to try
    search_path where functions and files are looked for
    syntax      text → tokens → tree (grammar/cnnscript.lark is the language)
    values      what a variable holds: numbers, text, cells, structs, handles, categorical, objects; operators, indexing
    display     values → text: what a statement without `;` prints, sprintf
    code        tree → Python code: names, calls, scopes, errors with their place
    checking    what would fail in a program, said without running it
    engine      networks as graphs of MATLAB's layers, their weights, and questions to them (Keras, TensorFlow)
    explain     what a network sees: one file a method
    learning    machines that learn from rows of numbers: support vectors, trees (scikit-learn)
    pictures    arrays → pictures: resize, tile, fuse, colour; the desk of figures and its presenters
    builtins    the MATLAB face of all that: a table of functions, one file a topic
    session     one workspace and its ports
    repl        the prompt
    cli         the command line; check_command, weights_command: `cnnscript check`, `cnnscript weights`;
                whole_imports: Ctrl-C waits for the end of an import

Imports go down this list only (engine, explain, learning and pictures know nothing of values);
tests/test_layers.py holds it.
"""

from typing import TYPE_CHECKING

from cnnscript.errors import ScriptError

if TYPE_CHECKING:
    from cnnscript.session import Session

__version__ = "0.1.0"
__all__ = ["ScriptError", "Session", "__version__"]


def __getattr__(name: str):
    # `import cnnscript` stays light: the session brings the whole table of built-ins
    if name == "Session":
        from cnnscript.session import Session

        return Session
    raise AttributeError(f"module 'cnnscript' has no attribute {name!r}")
