"""Points taken with the mouse, and waiting for a click or a key, in windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.values import take
from cnnscript.values.numeric import norm

RETURN = 13  # the key that ends the taking of points
CLICKS = {1: "normal", 2: "extend", 3: "alt"}


def next_press(session: Any, figure: Figure) -> Any:
    """The next click into a figure's window or key in it, which its properties then tell of; None: it was closed."""
    press = session.desk.presenter.next_press(figure)
    if press is None:
        return None
    if press.key:
        figure.values["CurrentCharacter"] = chr(press.button)
    else:
        figure.values["SelectionType"] = CLICKS[press.button]
        figure.values["CurrentPoint"] = np.array([press.place])
    if press.axes is not None and not press.key:
        session.desk.select(press.axes)
    axes = figure.current_axes
    if axes is not None and press.point is not None:
        x, y = press.point
        axes.values["CurrentPoint"] = np.array([[x, y, 1.0], [x, y, -1.0]])
    return press


@builtin(outputs=3)
def ginput(session, nargout, n=None, /):
    """
    [x,y] = ginput(n)
    [x,y] = ginput
    [x,y,button] = ginput(...)
    p = ginput(...)

    Points that a person clicks in the axes of the current figure, n of them or until the Return key.

    A key takes the point under the mouse too. button is 1, 2 or 3 for the left, middle and right button of the mouse,
    for a key the code of its character. The coordinates are those of the axes that is clicked, which becomes the
    current one. It needs a window: where there is none, it is an error.

    Examples
      >> try, [x,y] = ginput(2); catch e, disp(e.message), end
      ginput needs a window to click in.

    See also waitforbuttonpress, gca.
    """
    if n is not None:
        number = take.real(n, "n")
        if number.size != 1 or number.ravel()[0] != np.floor(number.ravel()[0]) or number.ravel()[0] < 0:
            raise ScriptError("MATLAB:ginput:NeedPositiveInt", "Requires a positive integer.")
    if not hasattr(session.desk.presenter, "next_press"):
        raise ScriptError(
            "cnnscript:desktop", "ginput needs a window to click in.", hint="write the points into the script"
        )
    figure = session.desk.current_figure()
    session.desk.current_axes()
    session.desk.update()
    wanted = np.inf if n is None else float(number.ravel()[0])
    taken: list[tuple[float, float, float]] = []
    while len(taken) < wanted:
        press = next_press(session, figure)
        if press is None:
            # the sentence is from memory
            raise ScriptError("MATLAB:ginput:FigureDeletionPause", "Interrupted by figure deletion")
        if press.key and press.button == RETURN:
            break
        if press.point is not None:
            taken.append((*press.point, float(press.button)))
    points = np.array(taken, float).reshape(-1, 3)
    if nargout <= 1:
        return (norm(points[:, :2].copy(order="F")),)
    return tuple(norm(points[:, place].reshape(-1, 1).copy()) for place in range(3))[:nargout]


@builtin
def waitforbuttonpress(session, /):
    """
    k = waitforbuttonpress

    Wait for a click into the current figure (0) or a key pressed in it (1).

    Where figures are not in windows, nobody can press anything: they are shown, and k is 0.

    Examples
      >> imshow(zeros(2)); k = waitforbuttonpress
      figure 1: image 2x2
      k =
           0

    See also ginput, drawnow, shg.
    """
    session.desk.update()
    if not hasattr(session.desk.presenter, "next_press"):
        return 0.0
    figure = session.desk.current_figure()
    session.desk.update()
    press = next_press(session, figure)
    if press is None:
        # from memory
        raise ScriptError(
            "MATLAB:UI:CancelWaitForKeyOrButtonPress",
            "waitforbuttonpress exit because all figures have been deleted",
        )
    return float(press.key)
