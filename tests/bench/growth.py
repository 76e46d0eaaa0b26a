"""Work that grows with n: each program at n and at 2 n, beside Octave where it is installed.

A step that costs the same however much there is already takes twice as long at 2 n; a cliff takes four times.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tests.bench.ratios import print_table

CLIFF = 3.2  # times at 2 n: above this growth is no longer linear (short times waver)
# name to (n, statements before the clock, statements measured)
PROGRAMS = {
    "cellfun, handle": (100_000, "c = num2cell(1:n);", "r = cellfun(@(x) x + 1, c);"),
    "cellfun, cells out": (100_000, "c = num2cell(1:n);", "r = cellfun(@(x) [x x], c, 'UniformOutput', false);"),
    "arrayfun, handle": (100_000, "", "r = arrayfun(@(x) x^2, 1:n);"),
    "cellfun, built-in": (100_000, "c = num2cell(1:n);", "r = cellfun(@isempty, c);"),
    "s = [s 'x']": (40_000, "s = '';", "for i = 1:n, s = [s 'x']; end"),
    "s = [s sprintf(...)]": (20_000, "s = '';", "for i = 1:n, s = [s sprintf('%d,', i)]; end"),
    "x(end+1) = i": (40_000, "x = [];", "for i = 1:n, x(end+1) = i; end"),
    "x = [x i]": (20_000, "x = [];", "for i = 1:n, x = [x i]; end"),
    "c{end+1} = i": (40_000, "c = {};", "for i = 1:n, c{end+1} = i; end"),
    "s(end+1).x = i": (20_000, "s = struct('x', {});", "for i = 1:n, s(end+1).x = i; end"),
    "s(i).x = s(i).x + 1": (40_000, "s = repmat(struct('x', 0), 1, n);", "for i = 1:n, s(i).x = s(i).x + 1; end"),
    "struct(...) array": (40_000, "c = num2cell(1:n);", "s = struct('a', c); v = [s.a];"),
    "map, inserts numbers": (20_000, "m = containers.Map('KeyType', 'double', 'ValueType', 'any');",
                             "for i = 1:n, m(i) = i; end"),
    "map, inserts text": (20_000, "m = containers.Map();", "for i = 1:n, m(sprintf('k%d', i)) = i; end"),
    "map, isKey and lookup": (20_000, "m = containers.Map('KeyType', 'double', 'ValueType', 'any'); "
                              "for i = 1:n, m(i) = i; end",
                              "t = 0; for i = 1:n, if isKey(m, i), t = t + m(i); end, end"),
    "string array grows": (10_000, "s = strings(0);", "for i = 1:n, s(end+1) = \"a\"; end"),
    "string + string": (20_000, "s = \"\";", "for i = 1:n, s = s + \"x\"; end"),
    "strsplit and strjoin": (50_000, "t = repmat('ab,', 1, n);", "c = strsplit(t, ','); u = strjoin(c, ';');"),
    "regexprep": (50_000, "t = repmat('ab,', 1, n);", "u = regexprep(t, 'a(b)', '$1');"),
    "num2cell, cell2mat": (50_000, "c = num2cell(1:n);", "x = cell2mat(c);"),
    "unique of texts": (50_000, "c = arrayfun(@(k) sprintf('%d', mod(k, 100)), 1:n, 'UniformOutput', false);",
                        "[u, i, j] = unique(c);"),
    "T.x(i) = i": (4_000, "T = table(zeros(n, 1), 'VariableNames', {'x'});", "for i = 1:n, T.x(i) = i; end"),
    "T(end+1, :) = row": (400, "T = table([], {}, 'VariableNames', {'x', 'y'});",
                          "for i = 1:n, T(end+1, :) = {i, {'a'}}; end"),
}  # fmt: skip
# Octave has no strings and tables; its maps sort all keys at each insertion (minutes)
NOT_OCTAVE = {"string array grows", "string + string", "T.x(i) = i", "T(end+1, :) = row"} | {
    name for name in PROGRAMS if name.startswith("map,")
}


def seconds(command: list[str], folder: str, name: str, n: int) -> float:
    """The least time of three of a program at one n; the process's start is not counted."""
    _, before, measured = PROGRAMS[name]
    clock = "best = min(best, toc(start));"
    lines = [f"n = {n};", "best = Inf;", "for round = 1:3", before, "start = tic;", measured, clock]
    path = os.path.join(folder, "grow.m")
    with open(path, "w") as file:
        file.write("\n".join([*lines, "end", "fprintf('%.6f\\n', best);"]))
    done = subprocess.run([*command, path], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")
    return float(done.stdout.split()[-1])


def main(names: list[str]) -> None:
    octave = shutil.which("octave-cli")
    if octave is None:
        print("octave-cli is not installed: its column is empty")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or PROGRAMS:
            n = PROGRAMS[name][0]
            ours = [sys.executable, "-m", "cnnscript"]
            single, double = seconds(ours, folder, name, n), seconds(ours, folder, name, 2 * n)
            theirs = None
            if octave and name not in NOT_OCTAVE:
                theirs = seconds([octave, "--norc", "-q"], folder, name, n)
            growth = double / single
            verdict = "ok" if growth <= CLIFF or double < 0.05 else "CLIFF"
            rows.append((name, n, single, double, growth, verdict, theirs, theirs and single / theirs))
            print(".", end="", flush=True)
    print_table(
        "Growth (seconds at n and at 2 n)",
        ("program", "n", "n", "2 n", "growth", "", "octave at n", "÷octave"),
        rows,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
