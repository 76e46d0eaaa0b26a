"""One thing found in a program, and how a list of them is shown, counted and written as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cnnscript.errors import ScriptError, Span

MISSING = "cnnscript:missingFunction"
ERROR, NOTE = "error", "note"


@dataclass(slots=True)
class Finding:
    """severity  'error': the program fails where it comes to this place; 'note': it may
    name      the function that MATLAB has and we lack; '' for anything else
    """

    file: str
    severity: str
    fault: ScriptError
    name: str = ""

    @property
    def span(self) -> Span:
        assert self.fault.span is not None
        return self.fault.span

    def place(self) -> tuple[str, int]:
        return self.file, self.span.start

    def record(self) -> dict[str, Any]:
        """The fields of `--json`; columns count from 1, `end_column` is the last one's."""
        line, column = self.span.source.position(self.span.start)
        within = len(self.span.source.line(line)) + 1
        return {
            "file": self.file,
            "line": line,
            "column": column,
            "end_column": max(column, min(column + self.span.stop - self.span.start - 1, within)),
            "severity": self.severity,
            "identifier": self.fault.identifier,
            "message": self.fault.message,
            "hint": self.fault.hint,
        }


def told(findings: Iterable[Finding]) -> list[str]:
    """The findings in words; one that repeats in a file is drawn once, with the lines of the others."""
    groups: dict[tuple, list[Finding]] = {}
    for finding in findings:
        fault = finding.fault
        key = (finding.file, finding.severity, fault.message, finding.span.text, fault.notes, fault.hint)
        groups.setdefault(key, []).append(finding)
    return [_drawn(same) for same in groups.values()]


def _drawn(same: list[Finding]) -> str:
    first = same[0]
    text = first.fault.render()
    kind = "missing" if first.name else first.severity
    text = kind + text[len("error") :]
    own = first.span.line
    lines = list(dict.fromkeys(other.span.line for other in same if other.span.line != own))
    if not lines:
        return text
    shown = ", ".join(map(str, lines[:8])) + (f" and {len(lines) - 8} more" if len(lines) > 8 else "")
    again = f"    also in line{'s' * (len(lines) > 1)} {shown}"
    head, hint, rest = text.partition("\n  + ")
    return f"{head}\n{again}{hint}{rest}"


def count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def summary(files: int, findings: list[Finding]) -> str:
    """`3 files: 2 errors, 1 function missing, 1 note`."""
    missing = {finding.name for finding in findings if finding.name and finding.severity == ERROR}
    errors = sum(finding.severity == ERROR and not finding.name for finding in findings)
    notes = sum(finding.severity == NOTE for finding in findings)
    parts = []
    if errors:
        parts.append(count(errors, "error"))
    if missing:
        parts.append(f"{count(len(missing), 'function')} missing")
    if not parts:
        parts.append("no errors")
    if notes:
        parts.append(count(notes, "note"))
    return f"{count(files, 'file')}: {', '.join(parts)}"


def missing_functions(findings: list[Finding]) -> list[dict[str, Any]]:
    """The functions that are missing, most used first: name, uses, files, and what comes nearest."""
    uses = Counter(finding.name for finding in findings if finding.name)
    files: dict[str, set[str]] = {}
    nearest: dict[str, str | None] = {}
    for finding in findings:
        if finding.name:
            files.setdefault(finding.name, set()).add(finding.file)
            nearest[finding.name] = finding.fault.hint
    order = sorted(uses, key=lambda name: (-len(files[name]), -uses[name], name.lower()))
    return [{"name": name, "uses": uses[name], "files": len(files[name]), "hint": nearest[name]} for name in order]


def missing_table(findings: list[Finding]) -> str:
    """`missing_functions` as a table."""
    rows = [("function", "files", "uses", "")]
    for row in missing_functions(findings):
        rows.append((row["name"], str(row["files"]), str(row["uses"]), row["hint"] or ""))
    if len(rows) == 1:
        return "no function is missing"
    widths = [max(len(row[k]) for row in rows) for k in range(3)]
    return "\n".join(
        f"{name.ljust(widths[0])}  {files.rjust(widths[1])}  {uses.rjust(widths[2])}  {hint}".rstrip()
        for name, files, uses, hint in rows
    )
