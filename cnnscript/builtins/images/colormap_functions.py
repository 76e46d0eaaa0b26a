"""The colour maps as functions: parula, jet, gray ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.pictures.images import colormaps
from cnnscript.values.numeric import norm

LOOKS = {
    "parula": "Blue, green, orange, yellow: MATLAB's default",
    "turbo": "A smooth rainbow",
    "hsv": "Once around the hues",
    "hot": "Black, red, yellow, white",
    "cool": "Cyan to magenta",
    "spring": "Magenta to yellow",
    "summer": "Green to yellow",
    "autumn": "Red to yellow",
    "winter": "Blue to green",
    "gray": "Black to white",
    "bone": "Grey with a tinge of blue",
    "copper": "Black to copper",
    "pink": "Pastel shades of pink",
    "jet": "Blue, cyan, yellow, red",
    "lines": "The colours that lines are drawn in, again and again",
    "prism": "Six bright colours, again and again",
    "flag": "Red, white, blue and black, again and again",
    "white": "All white",
    "colorcube": "A grid through all colours, then ramps of red, green, blue and grey",
}


def current_length(session: Any) -> int:
    """How many colours a map has when nobody says: as many as the current figure's, else 256."""
    current = session.desk.current if session.desk_made() else None
    return len(current.colour_map()) if current is not None else 256


def declare(word: str) -> None:
    """Declare the built-in for one colour map."""

    def colours(session, m=None, /):
        count = current_length(session) if m is None else take.count(m, word, "m")
        require_memory((count, 3), 8)
        return norm(np.array(colormaps.colormap(word, count)))

    other = "jet" if word != "jet" else "parula"
    colours.__doc__ = f"""
    c = {word}
    c = {word}(m)

    {LOOKS[word]}, as an m-by-3 colormap.

    Without m the map is as long as the figure's (256).

    Examples
      >> size({word}(16))
      ans =
          16     3
      >> size({word})
      ans =
         256     3

    See also colormap, {other}.
    """
    builtin(colours, name=word)


for _name in LOOKS:
    declare(_name)
