"""Pictures as words: one line a figure, for tests, screen readers and logs."""

from __future__ import annotations

from collections.abc import Callable

from cnnscript.pictures.drawing.words import describe
from cnnscript.pictures.graphics.figures import Figure


class WordsPresenter:
    """Says what a figure shows, each time it would be seen."""

    keeps = True

    def __init__(self, say: Callable[[str], object]):
        self.say = say

    def show(self, figure: Figure) -> None:
        self.say(describe(figure))

    def close(self, figure: Figure) -> None:
        return None

    def finish(self) -> None:
        return None
