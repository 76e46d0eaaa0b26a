"""The language programs: cnnscript against Octave (where installed) and against plain Python and NumPy.

Each program in programs/ is valid MATLAB and prints `name seconds` (median of five) and `check name value`; `twins.py`
does the same work in Python.  Goals are ratios: ours ÷ Octave, or ours ÷ NumPy for whole-array work.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.ratios import print_table

PROGRAMS = Path(__file__).parent / "programs"
GOALS_OCTAVE = {
    "scalar_loop": 0.12,
    "matrix_fill": 0.35,
    "fib20": 0.05,
    "string_build": 0.4,
    "struct_update": 0.08,
    "cell_append": 0.4,
    "collatz": 0.06,
    "conv3d_loops": 0.8,
    "conv3d_scalar": 0.25,
    "vector_grow": 0.45,
    "arrayfun_handle": 0.15,
    "cellfun_handle": 0.15,
    "cellfun_builtin": 0.15,
    "handle_call_loop": 0.08,
    "user_func_loop": 0.08,
    "switch_strings": 0.1,
    "sprintf_loop": 0.4,
}
GOALS_NUMPY = {
    "matmul1000": 1.1,
    "elementwise1e7": 1.2,
    "transcend1e7": 1.2,
    "sort1e6": 1.2,
    "unique1e6": 1.2,
    "cumsum1e6": 1.2,
}


def results(command: list[str], name: str) -> tuple[float, str]:
    """Seconds and check value that a program prints under an interpreter."""
    run = subprocess.run(command, cwd=PROGRAMS, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    lines = [line.split() for line in run.stdout.splitlines()]
    seconds = [float(line[1]) for line in lines if len(line) == 2 and line[0] == name]
    checks = [line[2] for line in lines if len(line) == 3 and line[0] == "check"]
    if not seconds or not checks:
        raise SystemExit(f"{' '.join(command)} failed:\n{run.stdout}{run.stderr}")
    return seconds[0], checks[0]


def main(names: list[str]) -> None:
    octave = shutil.which("octave-cli")
    twins = str(Path(__file__).with_name("twins.py"))
    rows = []
    for name in names or [*GOALS_OCTAVE, *GOALS_NUMPY]:
        ours, check = results([sys.executable, "-m", "cnnscript", f"{name}.m"], name)
        python, twin_check = results([sys.executable, twins, name], name)
        theirs = results([octave, "--norc", "-q", f"{name}.m"], name)[0] if octave else None
        goal = GOALS_OCTAVE.get(name) or GOALS_NUMPY[name]
        ratio = ours / python if name in GOALS_NUMPY else theirs and ours / theirs
        verdict = "-" if ratio is None else "ok" if ratio <= goal else "MISSED"
        same = "same" if float(check) == float(twin_check) else f"{check} / {twin_check}"
        rows.append((name, ours, theirs, python, theirs and ours / theirs, ours / python, goal, verdict, same))
        print(".", end="", flush=True)
    print_table(
        "Language programs (seconds)",
        ("program", "cnnscript", "octave", "python", "÷octave", "÷python", "goal", "", "check"),
        rows,
    )
    ratios = [row[4] for row in rows if row[4] and row[0] in GOALS_OCTAVE]
    if ratios:
        product = 1.0
        for ratio in ratios:
            product *= ratio
        print(f"geometric mean of cnnscript ÷ octave: {product ** (1 / len(ratios)):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
