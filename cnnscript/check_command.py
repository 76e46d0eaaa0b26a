"""`cnnscript check FILE...`: what is wrong with programs, said without running them."""

from __future__ import annotations

import json
import sys
from typing import Any

USAGE = """\
cnnscript check: read programs without running them; say what would fail here

  cnnscript check FILE...         .m, .cnns and .mlx files; a folder stands for all below it

  --summary                       which functions are missing, most used first
  --json                          a list of objects: file, line, column, end_column,
                                  severity, identifier, message, hint
  --path FOLDER                   look for functions there too (again for more)
  --no-notes                      errors only

An error is what fails when the program comes to it: mistakes of syntax, names that exist
nowhere, functions that MATLAB has and cnnscript has not yet, variables read before they
are set, options a function does not take, too many inputs or outputs.  A note is what may
be fine: a variable that load, eval or a caller may set, what stands in try.
Exit status: 0 no errors (notes do not count), 1 errors, 2 wrong usage.
"""

OK, ERRORS, USAGE_ERROR = 0, 1, 2


def check_command(words: list[str]) -> int:
    """Do what the words after `check` say; the exit status."""
    paths: list[str] = []
    folders: list[str] = []
    flags = set()
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if word in ("-h", "--help"):
            print(USAGE, end="")
            return OK
        if word in ("--json", "--summary", "--no-notes"):
            flags.add(word)
        elif flag == "--path":
            given = value if equals else next(rest, None)
            if not given:
                return _refuse("--path needs a folder")
            folders.append(given)
        elif word == "--":
            paths += rest
        elif word.startswith("-"):
            return _refuse(f"unknown option {word}")
        else:
            paths.append(word)
    if not paths:
        return _refuse("which files?")
    return _check(paths, folders, flags)


def _refuse(problem: str) -> int:
    print(f"cnnscript check: {problem}\ntry: cnnscript check --help", file=sys.stderr)
    return USAGE_ERROR


def _check(paths: list[str], folders: list[str], flags: set[str]) -> int:
    from cnnscript.builtins.language.checkcode import the_table
    from cnnscript.checking import check, findings
    from cnnscript.checking.files import File, program_files
    from cnnscript.errors import ScriptError, Source, Span

    try:
        files = program_files(paths)
    except ScriptError as problem:
        return _refuse(problem.message)
    read, found = [], []
    for path in files:
        try:
            read.append(File(path))
        except ScriptError as problem:  # no text
            if problem.span is None:
                problem.span = Span(Source("", path), 0, 0)
            found.append(findings.Finding(path, findings.ERROR, problem))
    found += check(read, the_table(), folders)
    if "--no-notes" in flags:
        found = [finding for finding in found if finding.severity == findings.ERROR]
    for text in _output(found, len(files), flags):
        print(text)
    return ERRORS if any(finding.severity == findings.ERROR for finding in found) else OK


def _output(found: list[Any], files: int, flags: set[str]) -> list[str]:
    from cnnscript.checking import findings

    if "--json" in flags:
        rows = findings.missing_functions(found) if "--summary" in flags else [item.record() for item in found]
        return [json.dumps(rows, indent=1, ensure_ascii=False)]
    line = findings.summary(files, found)
    if "--summary" in flags:
        return [findings.missing_table(found), line]
    from cnnscript.repl.painting import CHECK_HEADS, painted, wants_colour

    texts = findings.told(found)
    if wants_colour(sys.stdout):
        texts = [painted(text, CHECK_HEADS) for text in texts]
    return [*texts, line]
