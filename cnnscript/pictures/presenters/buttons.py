"""Push buttons of figures in windows: drawn over the page, and pressed with the mouse."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import FancyBboxPatch

from cnnscript.pictures.drawing.draw_words import families
from cnnscript.pictures.graphics import layout
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.interface_objects import UIControl

OVER = 50  # everything else
ROUND = 0.15  # of a button's height: the radius of its corners


def buttons(figure: Figure) -> list[UIControl]:
    """The push buttons of a figure that are there to be seen."""
    controls = [node for node in figure.walk() if isinstance(node, UIControl)]
    return [node for node in controls if node.value("Style") == "pushbutton" and node.value("Visible")]


def box_of(button: UIControl) -> layout.Box:
    """Where a button is, in pixels from the lower left corner of its figure."""
    around = layout.room_of(button)
    box = layout.to_pixels(
        button.value("Position"), button.value("Units"), around.width, around.height, layout.FIRST_PIXEL
    )
    return layout.Box(around.left + box.left, around.bottom + box.bottom, box.width, box.height)


def draw_buttons(page: Any, figure: Figure) -> None:
    """Draw them on a page of the figure's size."""
    width, height = layout.figure_size(figure)
    for button in buttons(figure):
        box, able = box_of(button), button.value("Enable") == "on"
        corner = ROUND * box.height
        # the frame has the shape that the page gives its coordinates: pixels, whatever size the window has
        frame = FancyBboxPatch(
            (box.left + corner, box.bottom + corner), box.width - 2 * corner, box.height - 2 * corner,
            boxstyle=f"round,pad={corner},rounding_size={corner}", facecolor=button.value("BackgroundColor"),
            edgecolor=(0.6, 0.6, 0.6), linewidth=0.75, zorder=OVER, transform=pixels_of(page, width, height),
        )  # fmt: skip
        page.add_artist(frame)
        words = button.value("String")
        page.text(
            (box.left + box.width / 2) / width, (box.bottom + box.height / 2) / height,
            words if isinstance(words, str) else "\n".join(words), ha="center", va="center", zorder=OVER + 1,
            color=button.value("ForegroundColor") if able else (0.6, 0.6, 0.6), fontsize=button.value("FontSize"),
            fontweight=button.value("FontWeight"), fontfamily=list(families(button.value("FontName"))),
        )  # fmt: skip


def pixels_of(page: Any, width: int, height: int) -> Any:
    """MATLAB's pixels of a figure to a page's, which may have been made larger by the user."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / width, 1 / height) + page.transFigure


def press(page: Any, figure: Figure, x: float, y: float) -> bool:
    """The mouse was pressed at a place of the page's canvas, in its pixels; True where that was a button."""
    width, height = layout.figure_size(figure)
    across, up = page.transFigure.inverted().transform((x, y)) * (width, height)
    for button in reversed(buttons(figure)):
        box = box_of(button)
        if 0 <= across - box.left <= box.width and 0 <= up - box.bottom <= box.height:
            program, caller = button.value("Callback"), figure.parent.caller
            if button.value("Enable") == "on" and program is not None and caller is not None:
                caller(button, "Callback", program)
            return True
    return False
