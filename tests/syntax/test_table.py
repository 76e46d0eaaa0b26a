"""The table is Lark's, without a conflict; the cache is a convenience that nothing depends on."""

import os
import subprocess
import sys
from pathlib import Path

import lark
import pytest

from cnnscript.errors import Source
from cnnscript.syntax import builder, parser, table, tree
from cnnscript.syntax.lexer import Token

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lark_parser():
    """Lark's own parser of the grammar, with our tokens; strict: any conflict is an error."""

    class Tokens(lark.lexer.Lexer):
        def __init__(self, configuration):
            self.configuration = configuration

        def lex(self, text):
            for token in parser.the_parser().lexer.scan(text).closed_tokens():
                place = {"line": 1, "column": 1, "end_line": 1, "end_column": 1}
                yield lark.Token(token.kind, token.text, start_pos=token.start, end_pos=token.stop, **place)

    return lark.Lark(
        table.grammar_text(), parser="lalr", lexer=Tokens, start="program", strict=True, propagate_positions=True
    )


def built(node):
    """A Lark tree handed to the builder, parts first."""
    if isinstance(node, lark.Token):
        return Token(node.type, str(node), node.start_pos, node.end_pos)
    if node is None:
        return None
    parts = [built(part) for part in node.children]
    start, stop = (0, 0) if node.meta.empty else (node.meta.start_pos, node.meta.end_pos)
    return getattr(builder, str(node.data))(start, stop, *parts)


def places(program):
    return [(type(node), node.start, node.stop) for node in tree.walk(program)][1:]


def test_our_loop_and_larks_make_the_same_tree(tree_case, shape, lark_parser):
    text, _ = tree_case
    ours, larks = parser.parse(Source(text)), built(lark_parser.parse(text))
    assert shape(ours) == shape(larks)
    assert places(ours) == places(larks)


def test_our_loop_and_lark_stop_at_the_same_token(mistake_case, lark_parser):
    text, _ = mistake_case
    ours = parser.the_parser()
    tokens = ours.lexer.scan(text).closed_tokens()
    try:
        lark_parser.parse(text)
    except lark.exceptions.UnexpectedToken as larks:
        with pytest.raises(parser.Unexpected) as caught:
            ours.parse(tokens, len(text))
        assert (caught.value.token.kind, caught.value.token.text) == (larks.token.type, str(larks.token))
        assert ours.accepts(caught.value.states) == larks.interactive_parser.accepts()
    else:
        with pytest.raises(builder.Fault):
            ours.parse(tokens, len(text))


def test_a_grammar_with_a_conflict_is_refused():
    with pytest.raises(lark.exceptions.GrammarError, match="Shift/Reduce conflict"):
        table.make('program: program "+" program | "x"')


def test_every_rule_has_a_builder_and_every_builder_a_rule():
    rules = {callback for _, _, callback, _ in table.make(table.grammar_text())["rules"]} - {None, ""}
    functions = {
        name for name, value in vars(builder).items() if callable(value) and value.__module__ == builder.__name__
    }
    assert rules == {name for name in functions if not name.startswith("_")} - {"Fault"}


def test_every_terminal_is_made_by_the_lexer_or_is_a_pattern():
    made = table.make(table.grammar_text())
    patterns = {name for name, _, _ in made["terminals"]}
    used = {kind for state in made["actions"] for kind in state} - patterns
    assert used == {
        "$END", "END_INDEX", "LHS_OPEN", "SKIP", "CMD_NAME", "CMD_ARG", "SHELL", "CATCH_NAME", "EXTENDS",
        "ARGUMENTS", "PROPERTIES", "METHODS", "EVENTS", "ENUMERATION",
    }  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- cache
@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def making(monkeypatch):
    """How often the table was made, with a small stand-in for it."""
    made = []
    monkeypatch.setattr(table, "make", lambda text: made.append(text) or {"made": len(made)})
    return made


def test_the_table_is_made_once_and_read_afterwards(cache, making):
    assert table.load() == table.load() == {"made": 1}
    assert [path.suffix for path in cache.iterdir()] == [".table"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content[:-1] + b"\0",
        lambda content: b"x" * len(content),
        lambda content: content + content,
    ],
    ids=["empty", "head cut", "tail cut", "one byte changed", "other bytes", "twice"],
)
def test_a_damaged_cache_is_made_again(cache, making, damage):
    table.load()
    (path,) = cache.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert table.load() == {"made": 2}
    assert table.load() == {"made": 2}


def test_another_grammar_has_another_table(cache, making, monkeypatch):
    table.load()
    monkeypatch.setattr(table, "grammar_text", lambda: "start: other")
    assert table.load() == {"made": 2}
    assert len(list(cache.iterdir())) == 2


def test_a_cache_folder_that_cannot_be_is_no_fault(tmp_path, monkeypatch, making):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "file" / "cache"))
    assert table.load() == {"made": 1}
    assert table.load() == {"made": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_table_that_cannot_be_put_in_place_leaves_nothing_behind(cache, making, monkeypatch):
    def refuse(source, target):
        raise PermissionError(source)

    monkeypatch.setattr(os, "replace", refuse)
    assert table.load() == {"made": 1}
    assert list(cache.iterdir()) == []


def test_a_warm_start_imports_neither_lark_nor_platformdirs(tmp_path):
    code = (
        "import sys; from cnnscript.errors import Source; from cnnscript.syntax import parse; parse(Source('x = 1'));"
        "print(sorted({'lark', 'platformdirs', 'importlib.resources', 'cnnscript.syntax.mistakes'} & set(sys.modules)))"
    )
    environment = {**os.environ, "CNNSCRIPT_CACHE": str(tmp_path)}
    runs = [subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True) for _ in "12"]
    assert [run.stdout.decode().strip() for run in runs] == ["['lark']", "[]"], runs[1].stderr.decode()


@pytest.mark.parametrize("base", ["", "/tmp/elsewhere"])
def test_the_cache_lies_where_platformdirs_says(monkeypatch, base):
    import platformdirs

    monkeypatch.delenv("CNNSCRIPT_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    assert table.cache_folder() == platformdirs.user_cache_dir("cnnscript", appauthor=False)
