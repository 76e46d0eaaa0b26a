"""Pictures in windows, through whichever of matplotlib's desktop back ends works here.

A window shows the figure as it was when it was last looked at; `pump` lets windows answer the user while a prompt
waits, and closing a window deletes its figure.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cnnscript.pictures.drawing import draw
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.presenters.graph_browser import SIZE, GraphBrowser, browsed

if TYPE_CHECKING:
    from cnnscript.pictures.presenters.live_page import LivePage
    from cnnscript.pictures.presenters.pointer import Press

BACK_ENDS = ("QtAgg", "TkAgg", "GTK4Agg", "GTK3Agg", "macosx", "WXAgg")


def usable() -> str | None:
    """The first desktop back end that loads, now the one in use; None where there is none."""
    import matplotlib

    for name in BACK_ENDS:
        try:
            with alone():
                matplotlib.use(name, force=True)
                import matplotlib.pyplot  # noqa: F401  (loads the back end's toolkit)

                matplotlib.pyplot.switch_backend(name)
        except (ImportError, RuntimeError, OSError):
            continue
        return name
    return None


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """No other thread runs between two steps of the block, only where it waits for a file.

    Qt for Python walks the loaded modules when it is imported, and ends the process if TensorFlow, which is imported in
    the background, adds one meanwhile.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600.0)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


class WindowPresenter:
    """One window a figure, drawn when looked at.

    tell: says to the person what a program that has ended still waits for.
    """

    keeps = False

    def __init__(self, tell: Callable[[str], object] = str) -> None:
        import matplotlib

        self.tell = tell
        self.windows: dict[Figure, Any] = {}  # the pages of the figures, which may change their numbers
        self.sizes: dict[Figure, tuple[float, float]] = {}  # what the figures of the windows ask for
        self.browsers: dict[Figure, GraphBrowser] = {}
        self.lively: dict[Figure, LivePage] = {}
        # Windows are drawn again whenever the toolkit wants it: our text settings hold for all of the run.
        draw.quiet_text().__enter__()
        matplotlib.rcParams["savefig.directory"] = ""  # pictures are saved where the program is, not at home

    def show(self, figure: Figure) -> None:
        import matplotlib
        import matplotlib.pyplot as plt

        from cnnscript.pictures.presenters.buttons import press
        from cnnscript.pictures.presenters.live_page import LivePage

        graph = browsed(figure)
        width, height = SIZE if graph is not None else layout.figure_size(figure)
        fresh = figure not in self.windows
        if fresh:
            bar = "toolbar2" if figure.value("ToolBar") != "none" else "None"
            with matplotlib.rc_context({"toolbar": bar}):
                page = plt.figure(figsize=draw.inches(width, height), dpi=draw.DPI)
            # matplotlib's own keys: q would close the window, l make an axis logarithmic
            page.canvas.mpl_disconnect(page.canvas.manager.key_press_handler_id)
            page.canvas.mpl_connect("close_event", lambda event: self.closed(figure))
            page.canvas.mpl_connect("button_press_event", lambda event: press(page, figure, event.x, event.y))
            self.windows[figure] = page
            page.show()  # empty: toolkits draw a window more than once while it opens
            page.canvas.flush_events()
            if figure not in self.windows:
                return  # closed at once
        page = self.windows[figure]
        browser = self.browsers.get(figure)
        if browser is not None and (browser.page, browser.plot) != (page, graph):
            self.browsers.pop(figure).end()
        if self.sizes.get(figure) != (width, height):  # else the user may have chosen another size
            page.set_size_inches(*draw.inches(width, height), forward=True)
            self.sizes[figure] = (width, height)
        if graph is not None and figure in self.lively:
            self.lively.pop(figure).end()
        name, number = figure.value("Name"), f"Figure {figure.number}" if figure.value("IntegerHandle") else "Figure"
        title = (f"{number}: {name}" if name else number) if figure.value("NumberTitle") else name
        page.canvas.manager.set_window_title(title)
        if graph is None:
            if figure not in self.lively:
                self.lively[figure] = LivePage(page, figure)
            self.lively[figure].paint()
        else:
            self.browsers.setdefault(figure, GraphBrowser(page, graph)).draw()
            page.canvas.draw()
        page.canvas.flush_events()

    def closed(self, figure: Figure) -> None:
        """The user closed a window: its figure goes too."""
        self.windows.pop(figure, None)
        self.sizes.pop(figure, None)
        self.browsers.pop(figure, None)
        self.lively.pop(figure, None)
        if not figure.deleted:
            figure.seen = figure.stamp
            figure.parent.close(figure)

    def close(self, figure: Figure) -> None:
        held = self.windows.pop(figure, None)
        self.sizes.pop(figure, None)
        self.browsers.pop(figure, None)
        self.lively.pop(figure, None)
        if held is not None:
            import matplotlib.pyplot as plt

            plt.close(held)

    def pump(self, seconds: float = 0.02) -> bool:
        """Let the windows answer what the user does to them for a while; False when there are none."""
        # Not by start_event_loop: that of a window which the user closes meanwhile would never end.
        for figure, page in list(self.windows.items()):
            if figure in self.windows:
                page.canvas.flush_events()
        if self.windows:
            time.sleep(seconds)
        return bool(self.windows)

    def next_press(self, figure: Figure) -> Press | None:
        """Wait for a click into a figure's window or a key in it; None where the window goes before."""
        from cnnscript.pictures.presenters.pointer import Press, found, listening

        presses: list[Press] = []

        def heard(key: bool, button: int, event: Any) -> None:
            drawn = self.lively.get(figure)
            place = found(event, {} if drawn is None else drawn.places, figure.current_axes)
            presses.append(Press(key, button, (float(event.x or 0), float(event.y or 0)), *place))

        page = self.windows.get(figure)
        if page is None:
            return None
        with listening(page, heard):
            while not presses and figure in self.windows:
                self.pump()
        return presses[0] if presses else None

    def finish(self) -> None:
        """Keep the windows open until the user has closed them all, or presses Ctrl-C."""
        if not self.windows:
            return
        one = len(self.windows) == 1
        if one or not all(figure.value("IntegerHandle") for figure in self.windows):
            which = ", ".join(figure.called for figure in self.windows)
        else:
            which = "figures " + ", ".join(map(str, sorted(figure.number for figure in self.windows)))
        try:
            self.tell(f"{which}: close {'its window' if one else 'their windows'} to end, or press Ctrl-C")
            while self.pump(0.1):
                continue
        except KeyboardInterrupt:
            self.windows.clear()
