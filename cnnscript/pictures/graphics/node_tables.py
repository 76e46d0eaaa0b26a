"""What is said of the nodes of a plotted graph, a row each: windows let it be browsed beside the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NodeTable:
    """A table with a row for each node.

    title: what it is of.  heads: names of the columns, the first that of the nodes' names.  rows: their texts.
    details: all that is known of a node, in lines.  faults: what is wrong with a node, by its place.  wrong: what is
    wrong with the whole.
    """

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    details: Callable[[int], str]
    faults: dict[int, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def hint(self, node: int) -> str:
        """What is shown beside a node that the mouse is over: its texts, and what is wrong."""
        return "\n".join([text for text in self.rows[node] if text] + self.faults.get(node, []))

    def widths(self, most: int) -> list[int]:
        """Characters in each column, at most so many."""
        return [
            min(most, max(len(head), *(len(row[k]) for row in self.rows))) if self.rows else len(head)
            for k, head in enumerate(self.heads)
        ]


def shortened(text: str, count: int) -> str:
    """A text of at most so many characters, its end cut off with a mark; nothing where not even three have room."""
    if len(text) <= count:
        return text
    return text[: count - 1] + "…" if count >= 3 else ""
