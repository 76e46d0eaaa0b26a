"""`cnnscript weights ...`: the weights of networks, looked at, fetched, checked."""

from __future__ import annotations

import sys

USAGE = """\
cnnscript weights: the numbers that trained networks come with

  cnnscript weights list          every network: whether its weights are here, their size
  cnnscript weights list NAME     the sources of one, with addresses
  cnnscript weights status        folders, what is here, what is unfinished
  cnnscript weights get NAME...   fetch, check, convert (again goes on where it broke off)
       --unchecked                also from sources that no known hash can check
  cnnscript weights add NAME FILE take a file you have: .onnx .h5 .keras .caffemodel .pth
                                  .weights .mat .npz
  cnnscript weights verify [NAME] read what is here to its last byte
  cnnscript weights path          the folder that new weights go to

Environment: CNNSCRIPT_WEIGHTS (a folder, looked in first), CNNSCRIPT_OFFLINE=1 (fetch
nothing), http_proxy, https_proxy, no_proxy.
Exit status: 0 all well, 1 not to be had or damaged, 2 wrong usage.
"""

OK, FAILED, USAGE_ERROR = 0, 1, 2


def weights_command(words: list[str]) -> int:
    """Do what the words after `weights` say; the exit status."""
    from cnnscript.engine.weights_commands import weights_text
    from cnnscript.engine.zoo import Zoo
    from cnnscript.errors import ScriptError
    from cnnscript.repl.painting import PaintedErrors, wants_colour
    from cnnscript.repl.status_line import StatusLine

    if not words or any(word in ("-h", "--help") for word in words):
        print(USAGE, end="")
        return OK
    zoo = Zoo(progress=StatusLine(sys.stderr is not None and sys.stderr.isatty()))
    try:
        text, well = weights_text(zoo, words)
    except ScriptError as problem:
        err = PaintedErrors() if wants_colour(sys.stderr) else sys.stderr
        err.write(problem.render() + "\n")
        usage = problem.identifier in ("cnnscript:weights:Usage", "cnnscript:weights:UnknownNetwork")
        return USAGE_ERROR if usage else FAILED
    except KeyboardInterrupt:
        zoo.progress("")
        print("cnnscript weights: stopped; what had come is kept for the next try", file=sys.stderr)
        return FAILED
    print(text)
    return OK if well else FAILED
