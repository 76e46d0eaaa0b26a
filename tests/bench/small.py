"""One operation on short vectors, microseconds each, beside Octave where it is installed: the goal is no slower.

The two run in turn, each the least of four rounds, so that a neighbour's load falls on both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tests.bench.ratios import print_table

TIMES = 20_000
GOAL = 1.0
STATEMENTS = {
    "a + b": "c = a + b;",
    "2 * a": "c = 2 * a;",
    "a .* b": "c = a .* b;",
    "a / 2": "c = a / 2;",
    "a .^ 2": "c = a.^2;",
    "a'": "c = a';",
    "a * b'": "c = a * d;",
    "M * a'": "c = M * d;",
    "dot": "c = dot(a, b);",
    "cross": "c = cross(a, b);",
    "norm": "c = norm(a);",
    "sum": "c = sum(a);",
    "max": "c = max(a);",
    "any": "c = any(a);",
    "sqrt": "c = sqrt(a);",
    "sqrt(sum(a.^2))": "c = sqrt(sum(a.^2));",
    "a(2)": "c = a(2);",
    "a(2) = 3": "a(2) = 3;",
    "a(1:2)": "c = a(1:2);",
    "M(2, :)": "c = M(2, :);",
    "M(2, :) = a": "M(2, :) = b;",
    "[a b]": "c = [a b];",
    "[1 x 3]": "c = [1 x 3];",
    "a == b": "c = a == b;",
    "s.p + a": "c = s.p + a;",
    "zeros(1, 3)": "c = zeros(1, 3);",
    "numel": "c = numel(a);",
}
START = "a = [1 2 3]; b = [4 5 6]; x = 2; d = a'; M = magic(3); s.p = [1 2 3];"


def program(statement: str) -> str:
    loop = f"start = tic; for i = 1:{TIMES}, {statement} end, best = min(best, toc(start));"
    return f"{START} best = Inf; for round = 1:4, {loop} end, fprintf('%.6f\\n', best * 1e6 / {TIMES});"


def microseconds(command: list[str], path: str) -> float:
    done = subprocess.run([*command, path], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{path} failed:\n{done.stdout}{done.stderr}")
    return float(done.stdout.split()[-1])


def main(names: list[str]) -> None:
    octave = shutil.which("octave-cli")
    if octave is None:
        print("octave-cli is not installed: its column is empty")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "small.m")
        for name in names or STATEMENTS:
            with open(path, "w") as file:
                file.write(program(STATEMENTS[name]))
            ours = microseconds([sys.executable, "-m", "cnnscript"], path)
            theirs = microseconds([octave, "--norc", "-q"], path) if octave else None
            ratio = theirs and ours / theirs
            verdict = "-" if ratio is None else "ok" if ratio <= GOAL else "MISSED"
            rows.append((name, ours, theirs, ratio, GOAL, verdict))
            print(".", end="", flush=True)
    print_table("Short vectors (microseconds)", ("operation", "cnnscript", "octave", "÷octave", "goal", ""), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
