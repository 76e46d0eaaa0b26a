"""What can be said of programs without running them: `cnnscript check`, `checkcode`.

What is where:
    findings  one thing found and its place; how a list of them is shown and counted
    files     the files of a program: read once, their functions, classes and words
    reach     what a name that is no variable means in a file
    folders   which folders a program adds to the path, where that can be read off its text
    flow      one function or script: its variables in the order they are set, its names
    calls     counts of inputs and outputs, names of options
    networks  questions to networks that a program names: layers, sizes of images, weights
    whole     all files together

Nothing here knows the built-ins: it is handed a `Table`.  What is not certain is no error: a name that `eval`, `load`,
a caller or a folder unknown here may bring is a note, or nothing.
"""

from cnnscript.checking.findings import Finding
from cnnscript.checking.whole import check

__all__ = ["Finding", "check"]
