"""Properties that several objects have in common."""

from __future__ import annotations

from typing import Any

from cnnscript.pictures.graphics.objects import Graphic


class PropertyLink:
    """What is set on one of the targets is set on all.

    targets: the objects.  names: the properties, as their classes spell them.
    """

    def __init__(self, targets: list[Graphic], names: list[str]) -> None:
        self.targets: list[Graphic] = []
        self.names = [targets[0].find_name(name) for name in names] if targets else list(names)
        self.passing = False
        self.take_in(targets)

    def take_in(self, targets: list[Graphic]) -> None:
        for each in targets:
            for name in self.names:
                each.find_name(name)
            if each not in self.targets:
                self.targets.append(each)
                each.links = [*each.links, self]

    def let_go(self, targets: list[Graphic]) -> None:
        for each in targets:
            if each in self.targets:
                self.targets.remove(each)
                each.links = [link for link in each.links if link is not self]

    def passed(self, source: Graphic, name: str, value: Any) -> None:
        """A property of a target was set."""
        if self.passing or name not in self.names:
            return
        self.passing = True
        try:
            for each in self.targets:
                if each is not source and not each.deleted:
                    each.set(name, value)
        finally:
            self.passing = False


def unlink(node: Graphic, names: set[str]) -> None:
    """Take an object out of the links of some properties."""
    for link in list(node.links):
        if set(link.names) <= names:
            link.let_go([node])
