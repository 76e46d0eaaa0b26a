"""The table of built-ins is whole: each entry is documented, its examples print what they show."""

import inspect
import io
import re

import pytest

from cnnscript.builtins import load
from cnnscript.builtins.registry import TABLE
from cnnscript.session import Session

load()
NAMES = sorted(TABLE)


def called_with(name, code):
    """The counts of positional arguments and outputs with which a piece of example code calls a built-in."""
    for found in re.finditer(rf"(?:\[([^\]=]*)\]\s*=\s*)?(?<![\w.'\"@]){re.escape(name)}(?!\w)(\s*\()?", code):
        outputs = len(re.split(r"[,\s]+", found[1].strip())) if found[1] else 1
        yield outputs, found[2] is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_builtin_has_syntaxes_a_summary_and_examples(name):
    entry = TABLE[name]
    assert entry.help.syntaxes and entry.help.syntaxes[0], name
    assert all(name in line for line in entry.help.syntaxes) or entry.function.__name__.rstrip("_") != name
    assert entry.help.summary.endswith("."), name
    assert entry.help.examples, name


@pytest.mark.parametrize("name", [name for name in NAMES if TABLE[name].options])
def test_every_option_is_described_and_every_described_option_exists(name):
    entry = TABLE[name]
    assert set(entry.help.options) == set(entry.options)


def test_every_see_also_exists():
    missing = {(name, other) for name in NAMES for other in TABLE[name].help.see_also if other not in TABLE}
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_every_example_prints_what_it_shows(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    for example in TABLE[name].help.examples:
        out.seek(0)
        out.truncate()
        session.attempt(example.code)
        session.desk.flush()
        printed = [line.rstrip() for line in out.getvalue().splitlines() if line.strip()]
        assert printed == [line.rstrip() for line in example.output], example.code


@pytest.mark.parametrize("name", NAMES)
def test_every_syntax_line_is_exercised_by_an_example(name):
    entry = TABLE[name]
    code = "\n".join(example.code for example in entry.help.examples)
    if entry.function.__name__.rstrip("_") != name:
        return
    for line in entry.help.syntaxes:
        wanted = re.match(r"\[([^\]]*)\]\s*=", line)
        outputs = len(wanted[1].split(",")) if wanted else 1
        got = list(called_with(name, code))
        assert got, f"no example calls {name}"
        if outputs > 1 and "..." not in line:
            assert any(count >= outputs for count, _ in got), line


def test_options_and_inputs_follow_the_declaration_rules():
    for name in NAMES:
        parameters = inspect.signature(TABLE[name].function).parameters.values()
        kinds = {parameter.kind for parameter in parameters}
        assert inspect.Parameter.POSITIONAL_OR_KEYWORD not in kinds, name
        assert inspect.Parameter.VAR_KEYWORD not in kinds, name
