"""The grammar file as a parse table, made once and kept in the user's cache folder.

Making the table takes Lark and half a second; reading it back takes neither, so a program that starts with a warm
cache never imports Lark.  The table is plain data (see `make`), the file is named by a hash of everything it is made
from, and a file that is missing, cut short or damaged is made again without a word.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from importlib.util import find_spec
from threading import get_ident
from typing import Any

GRAMMAR = "cnnscript.lark"
FORMAT = b"cnnscript table 1\n"


def grammar_text() -> str:
    """The text of the grammar: a package beside this one when installed, a folder beside the package in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "grammar"), os.path.join(os.path.dirname(package), "grammar")):
        path = os.path.join(folder, GRAMMAR)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    from importlib.resources import files  # a zip, or whatever else the package was loaded from

    return files("cnnscript.grammar").joinpath(GRAMMAR).read_text(encoding="utf-8")


def load() -> dict[str, Any]:
    """The table (see `make`): from the cache, or made now and put there."""
    text = grammar_text()
    path = os.path.join(cache_folder(), f"syntax-{_fingerprint(text)}.table")
    table = _read(path)
    if table is None:
        table = make(text)
        _write(path, table)
    return table


def make(text: str) -> dict[str, Any]:
    """The table of a grammar, as dicts, lists, strings and numbers.

    terminals  [name, pattern, is it a fixed text], in the order of the grammar file
    actions    for each state {terminal: n}: go to state n, or reduce rule -n - 1
    gotos      for each state {rule name: state}
    rules      [name, how many symbols, what it becomes, which symbols become its parts]: see `parser.Rules`
    start, end the first state, and the state after the whole program
    """
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """Our own lexer stands here; Lark is asked for the table only."""

        def __init__(self, configuration: Any):
            self.configuration = configuration

        def lex(self, lexer_state: Any, parser_state: Any) -> Any:
            raise NotImplementedError

    # strict: a conflict between two rules is an error, never settled by Lark's own preference
    grammar = Lark(text, parser="lalr", lexer=NoLexer, start="program", strict=True)
    table = grammar.parser.parser._parse_table  # Lark has no public name for it
    rules = {rule: number for number, rule in enumerate(grammar.rules)}
    actions: list[dict[str, int]] = []
    gotos: list[dict[str, int]] = []
    for state in range(len(table.states)):
        actions.append({})
        gotos.append({})
        for symbol, (_, argument) in table.states[state].items():
            if argument in rules:
                actions[-1][str(symbol)] = -rules[argument] - 1
            elif symbol.isupper():  # Lark's convention: terminals in capitals
                actions[-1][str(symbol)] = argument
            else:
                gotos[-1][str(symbol)] = argument
    terminals = [
        [str(t.name), str(t.pattern.value), type(t.pattern).__name__ == "PatternStr"] for t in grammar.terminals
    ]
    return {
        "terminals": terminals,
        "actions": actions,
        "gotos": gotos,
        "rules": [_plain_rule(rule) for rule in grammar.rules],
        "start": table.start_states["program"],
        "end": table.end_states["program"],
    }


def _plain_rule(rule: Any) -> list[Any]:
    """[name, size, callback, parts] of one of Lark's rules.

    callback  the builder's function; '' for a rule that only groups (its parts are spliced into the rule around it);
              None for a rule of one part that is that part
    parts     one number a part: the symbol's place in the rule; -1 for a part left out; -2 - place for a group
    """
    missing = "".join(str(int(absent)) for absent in rule.options.empty_indices) or "0" * len(rule.expansion)
    parts, place = [], 0
    for absent in missing:
        if absent == "1":
            parts.append(-1)
            continue
        symbol = rule.expansion[place]
        if not symbol.is_term and symbol.name.startswith("_"):
            parts.append(-2 - place)
        elif not (symbol.is_term and symbol.filter_out):
            parts.append(place)
        place += 1
    name = str(rule.origin.name)
    callback: str | None = str(rule.alias or name)
    if name.startswith("_"):
        callback = ""
    elif rule.options.expand1 and not rule.alias and len(parts) == 1 and parts[0] >= 0:
        callback = None
    return [name, len(rule.expansion), callback, parts]


# ------------------------------------------------------------------------------------------------------ the cache
def cache_folder() -> str:
    """Where the table is kept: $CNNSCRIPT_CACHE, or platformdirs' folder for this system.

    On Linux the rule (XDG base directories) is written out: importing platformdirs takes longer than all the rest.
    """
    folder = os.environ.get("CNNSCRIPT_CACHE")
    if folder:
        return folder
    if sys.platform == "linux":
        base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return os.path.join(base, "cnnscript")
    from platformdirs import user_cache_dir

    return user_cache_dir("cnnscript", appauthor=False)


def _fingerprint(text: str) -> str:
    """A name for all the table is made from: the grammar, this file, Lark's version, Python's marshal format."""
    made_from = [text.encode(), str((marshal.version, sys.version_info[:2])).encode()]
    lark = find_spec("lark")
    for path in (__file__, lark.origin if lark else None):  # lark/__init__.py holds its version; nothing is imported
        if path and os.path.isfile(path):
            with open(path, "rb") as file:
                made_from.append(file.read())
    whole = b"\0".join(made_from)
    return f"{zlib.crc32(whole):08x}{zlib.adler32(whole):08x}"


def _read(path: str) -> dict[str, Any] | None:
    """The table in a file, or None where the file is not whole."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return None
    head, body = content[: len(FORMAT) + 4], content[len(FORMAT) + 4 :]
    if not head.startswith(FORMAT) or zlib.crc32(body).to_bytes(4, "big") != head[len(FORMAT) :]:
        return None
    return marshal.loads(body)


def _write(path: str, table: dict[str, Any]) -> None:
    body = marshal.dumps(table)
    keep(path, FORMAT + zlib.crc32(body).to_bytes(4, "big") + body)


def keep(path: str, content: bytes) -> None:
    """Keep what can be made again in a file: written beside and renamed, so that nobody reads half of it.  Nowhere to
    write is no fault."""
    beside = f"{path}.{os.getpid()}-{get_ident()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.remove(beside)
