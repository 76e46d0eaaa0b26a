"""The README's list of functions is the table of built-ins."""

import re
from pathlib import Path

from cnnscript.builtins import load
from cnnscript.builtins.registry import TABLE
from cnnscript.builtins.topic_files import import_topic

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- functions: ", "<!-- end of functions -->"


def function_list() -> str:
    """Each topic: what its module says it is about, and its functions."""
    load()
    topics: dict[str, list[str]] = {}
    for name, entry in TABLE.items():
        topics.setdefault(entry.topic, []).append(name)
    lines = []
    for topic, names in sorted(topics.items()):
        first = (import_topic(topic).__doc__ or topic).splitlines()[0]
        title = first.split(":")[0].rstrip(".")
        lines.append(f"- **{title}**: " + " ".join(f"`{name}`" for name in sorted(names, key=str.lower)))
    return f"{len(TABLE)} built-ins; `help NAME` shows each with examples.\n\n" + "\n".join(lines) + "\n"


def test_the_function_list_is_up_to_date(rewrite):
    text = README.read_text(encoding="utf-8")
    found = re.search(rf"({re.escape(BEGIN)}[^\n]*-->\n)(.*?)({re.escape(END)})", text, re.S)
    assert found
    wanted = f"\n{function_list()}\n"
    if rewrite:
        README.write_text(text[: found.start(2)] + wanted + text[found.end(2) :], encoding="utf-8")
    else:
        assert found[2] == wanted
