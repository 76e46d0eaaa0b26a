"""What needs a desktop and a hand on the mouse: one clear sentence each, and what to do instead."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values.text import text_or_none

INSTEAD = {
    "implay": "montage(frames) shows all frames; a loop over imshow and drawnow shows one after the other",
    "imcontrast": "imadjust(I, [low high]) stretches the contrast",
    "impixelinfo": "impixel(I, columns, rows) gives the colours of pixels",
    "cpselect": "write the points into the script: fitgeotrans(movingPoints, fixedPoints, type)",
    "imsave": "imwrite(I, 'name.png') writes the image",
    "imageRegionAnalyzer": "regionprops('table', BW) measures the regions",
    "imageSegmenter": "imbinarize, imfill and activecontour part an image",
    "drawassisted": "drawfreehand(Position=xy) takes the points",
    "imdistline": "imline(gca, [x1 y1; x2 y2]) draws a line, hypot measures it",
    "getline": "write the points into the script",
    "getpts": "write the points into the script",
    "getrect": "write [xmin ymin width height] into the script",
    "gtext": "text(x, y, words) writes at a place",
    "openvar": "disp(x) shows a variable",
    "preferences": "format and setpref keep what can be chosen",
    "demo": "help topics lists what there is",
    "edit": "type NAME shows a file; any editor changes it",
}
MEANT = {
    "implay": "Play frames in an app",
    "imcontrast": "Stretch the contrast of an image with the mouse",
    "impixelinfo": "The colour of the pixel under the mouse",
    "cpselect": "Choose pairs of points with the mouse",
    "imsave": "Save the image of a figure in a dialog",
    "imageRegionAnalyzer": "Look at the regions of a mask in an app",
    "imageSegmenter": "Part an image in an app",
    "drawassisted": "Draw along edges with the mouse",
    "imdistline": "Measure a distance with the mouse",
    "getline": "Take the corners of a line with the mouse",
    "getpts": "Take points with the mouse",
    "getrect": "Take a rectangle with the mouse",
    "gtext": "Write words where the mouse is clicked",
    "openvar": "Look at a variable in an editor",
    "preferences": "Choose settings in a dialog",
    "demo": "Look through examples",
    "edit": "Write a file in an editor",
}


def declare(word: str) -> None:
    """Declare one function that only says that it cannot be."""

    def refuse(nargout, /, *args):
        raise ScriptError("cnnscript:desktop", f"{word} needs MATLAB's desktop.", hint=INSTEAD[word])

    refuse.__doc__ = f"""
    {word}

    {MEANT[word]}: not without MATLAB's desktop.

    It ends in an error that says what to do instead.

    Examples
      >> try, {word}, catch e, disp(e.message), end
      {word} needs MATLAB's desktop.

    See also imshow, imread.
    """
    builtin(refuse, name=word)


for _name in INSTEAD:
    declare(_name)


@builtin(outputs=1)
def imtool(session, nargout, /, *args):
    """
    imtool(I)
    imtool(I, ...)
    f = imtool(...)

    Show an image as imshow does, in a figure of its own: the app with its tools needs MATLAB's desktop.

    Examples
      >> imtool(zeros(3))
      figure 1: image 3x3

    See also imshow, figure.
    """
    words = [text_or_none(value) for value in args]
    if len(words) == 2 and [(word or "").lower() for word in words] == ["close", "all"]:
        for figure in [each for each in session.desk.figures() if each.value("Tag") == "imtool"]:
            session.desk.close(figure)
        return None
    figure = session.desk.figure()
    figure.set("Tag", "imtool")
    if args:
        session.call("imshow", 0, *args)
    return handle_of(figure) if nargout else None


def handle_of(figure: Any) -> Any:
    from cnnscript.builtins.language.handles import wrap

    return wrap(figure)
