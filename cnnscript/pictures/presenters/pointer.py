"""Clicks into windows and keys pressed in them, as programs wait for them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cnnscript.pictures.graphics.axes import Axes

# the characters that keys without a sign of their own stand for
KEYS = {
    "enter": 13, "return": 13, "escape": 27, "backspace": 8, "tab": 9, "delete": 127,
    "left": 28, "right": 29, "up": 30, "down": 31, " ": 32, "space": 32,
}  # fmt: skip


class Press(NamedTuple):
    """button: of the mouse (1 left, 2 middle, 3 right), or the code of a key's character.  place: in pixels of the
    canvas, from the lower left."""

    key: bool
    button: int
    place: tuple[float, float]
    axes: Axes | None  # in which it was
    point: tuple[float, float] | None  # in the numbers of that axes, else of the current one


@contextlib.contextmanager
def listening(page: Any, tell: Callable[[bool, int, Any], object]) -> Iterator[None]:
    """Have a window tell of clicks and keys in it; not of clicks for the tool that is chosen in its bar."""

    def clicked(event: Any) -> None:
        bar = page.canvas.manager.toolbar
        if int(event.button) in (1, 2, 3) and not (bar is not None and bar.mode):
            tell(False, int(event.button), event)

    def typed(event: Any) -> None:
        code = KEYS.get(event.key or "", ord(event.key) if event.key and len(event.key) == 1 else 0)
        if code:
            tell(True, code, event)

    held = [
        page.canvas.mpl_connect("button_press_event", clicked),
        page.canvas.mpl_connect("key_press_event", typed),
    ]
    try:
        yield
    finally:
        for one in held:
            page.canvas.mpl_disconnect(one)


def found(event: Any, places: dict[Axes, Any], current: Axes | None) -> tuple[Axes | None, tuple[float, float] | None]:
    """The axes that an event was in, and where it was in the numbers of that axes, else of the current one."""
    if event.x is None or event.y is None:
        return None, None
    inside = next((axes for axes, place in places.items() if place.bbox.contains(event.x, event.y)), None)
    place = places.get(inside or current)
    if place is None:
        return inside, None
    x, y = place.transData.inverted().transform((event.x, event.y))
    return inside, (float(x), float(y))
