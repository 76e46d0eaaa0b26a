"""Names for layers and nodes of which each is there once."""

from __future__ import annotations


class FreeNames:
    """What gives names out.  taken: those that are gone."""

    taken: set[str]

    def free(self, name: str) -> str:
        """The name, or name_1, name_2 ... where it is taken already; it is taken now."""
        chosen, count = name, 0
        while chosen in self.taken:
            count += 1
            chosen = f"{name}_{count}"
        self.taken.add(chosen)
        return chosen
