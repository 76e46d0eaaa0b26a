"""Start to exit of `cnnscript -e 1` beside `python -c "import numpy"` and, where found, Octave; the prompt likewise;
and a script that classifies an image beside the import of TensorFlow and Keras alone.

All run from bytecode, as an installed package does, whatever the surroundings say about writing it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tests.bench.ratios import alternating, print_table


def process(environment: dict[str, str], *command: str):
    return lambda: subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=True, env=environment)


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure(folder)


def measure(folder: str) -> None:
    """Measure with bytecode kept in a folder of our own, and a history there too."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": folder, "CNNSCRIPT_HISTORY": os.path.join(folder, "history")}
    python = sys.executable
    tasks = {
        "python -c 'import numpy'": process(environment, python, "-c", "import numpy"),
        "cnnscript -e 1": process(environment, python, "-m", "cnnscript", "-e", "1"),
        "python -c 'import numpy, prompt_toolkit'": process(environment, python, "-c", "import numpy, prompt_toolkit"),
        "the prompt, ready": process(environment, python, "-c", READY),
    }
    if octave := shutil.which("octave-cli"):
        tasks["octave-cli --eval 1"] = process(environment, octave, "--norc", "-q", "--eval", "1")
    script = os.path.join(folder, "classify.cnns")
    with open(script, "w") as file:
        file.write("net = squeezenet; label = classify(net, imresize(imread('coffee.png'), [227 227]))")
    answers = {
        "python -c 'import tensorflow, keras'": process(environment, python, "-c", "import tensorflow, keras"),
        "a script whose network classifies an image": process(environment, python, "-m", "cnnscript", script),
    }
    for task in (tasks | answers).values():
        task()  # writes the bytecode
    times = alternating(tasks, 11) | alternating(answers, 3)
    numpy, both = times["python -c 'import numpy'"], times["python -c 'import numpy, prompt_toolkit'"]
    tensorflow = times["python -c 'import tensorflow, keras'"]
    goals = {
        "cnnscript -e 1": (numpy, 2.0),
        "the prompt, ready": (both, 2.5),
        "a script whose network classifies an image": (tensorflow, 1.3),
    }
    rows = []
    for name, seconds in times.items():
        base, goal = goals.get(name, (None, None))
        ratio = base and seconds / base
        rows.append((name, seconds, ratio, goal, "-" if goal is None else "ok" if ratio <= goal else "MISSED"))
    print_table("Start to exit (seconds)", ("process", "median", "ratio", "goal", ""), rows)


# a whole process up to the moment the first prompt is drawn
READY = """
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from cnnscript.session import Session
from cnnscript.repl import converse
with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
    keys.send_text("exit\\r")
    try:
        converse(Session(interactive=True))
    except SystemExit:
        print(end="")
"""

if __name__ == "__main__":
    main(sys.argv[1:])
