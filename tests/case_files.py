"""Case files: a program, a separator line, and the exact text that running it gives."""

from pathlib import Path

SEPARATOR = "%---- gives ----\n"


def read_case(path: Path) -> tuple[str, str]:
    """The program and the expected text ('' where there is none yet)."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    program, _, expected = text.partition(SEPARATOR)
    return program, expected


def check_case(path: Path, program: str, expected: str, got: str, rewrite: bool) -> None:
    """Compare, or with `rewrite` put what was got in place of what was expected."""
    if rewrite and got != expected:
        path.write_bytes((program + SEPARATOR + got).encode("utf-8", "surrogateescape"))
    elif not rewrite:
        assert got == expected
