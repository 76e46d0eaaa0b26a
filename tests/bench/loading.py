"""A function file of 2 000 lines: read for the first time, from what is kept of it, and all its functions called.

Each measurement is a process of its own with a cache folder of its own; the processes' start is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.bench.ratios import print_table

PART = """\
function [r, s] = part{k}(x, n)
% PART{k}  one of many
r = 0; s = zeros(1, n);
for i = 1:n
    if mod(i, 2) == 0 && x > i
        r = r + sqrt(x) * i;
        s(i) = r / (i + {k});
    elseif x < -i
        s(i) = -r;
    else
        r = r - x(1);
        name = sprintf('%d_%s', i, 'abc');
        q.value = numel(name);
        q.list{i} = [r, s(i)];
    end
end
switch name
    case {'a', 'b'}
        r = r * 2;
    otherwise
        r = r + numel(q.list);
end
end
"""
MEASURE = """
import sys, time
from cnnscript.session import Session
session = Session()
session.run("x = [1 2 3]; y = 0;")
start = time.perf_counter(); session.load_program(sys.argv[1]); loaded = time.perf_counter()
session.run("y = big(3);"); called = time.perf_counter()
session.close()
print(loaded - start, called - loaded)
"""


def program(lines: int) -> str:
    count = lines // PART.count("\n") + 1
    calls = "".join(f"r = r + part{k}(x, 3);\n" for k in range(count))
    return f"function r = big(x)\nr = 0;\n{calls}end\n" + "".join(PART.replace("{k}", str(k)) for k in range(count))


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "big.m")
        with open(path, "w") as file:
            file.write(program(2000))
        environment = {**os.environ, "CNNSCRIPT_CACHE": os.path.join(folder, "cache")}
        command = [sys.executable, "-c", "from cnnscript.syntax.parser import the_parser; the_parser()" + MEASURE, path]

        def run() -> tuple[float, float]:
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=folder)
            loaded, called = done.stdout.split()
            return float(loaded), float(called)

        subprocess.run([sys.executable, "-m", "cnnscript", "-e", "x = [1 2 3];"], env=environment, capture_output=True)
        first = run()
        later = [min(times) for times in zip(*(run() for _ in range(5)), strict=True)]
    rows = [
        ("first run: load", first[0], 0.3, verdict(first[0], 0.3)),
        ("first run: call all functions", first[1], None, "-"),
        ("later runs: load", later[0], 0.05, verdict(later[0], 0.05)),
        ("later runs: call all functions", later[1], None, "-"),
    ]
    print_table("A function file of 2 000 lines (seconds)", ("what", "s", "goal", ""), rows)


def verdict(seconds: float, goal: float) -> str:
    return "ok" if seconds <= goal else "MISSED"


if __name__ == "__main__":
    main(sys.argv[1:])
