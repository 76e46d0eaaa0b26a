"""Functions that draw, print or decode numbers take dlarrays for their numbers."""

from __future__ import annotations

from cnnscript.builtins.differentiation.elementwise import ordinary
from cnnscript.builtins.registry import overload

WORDS = """
    addpoints animatedline bar contour contourf fprintf heatmap histogram imagesc imshow line loglog mesh num2str
    onehotdecode plot plot3 scatter semilogx semilogy sprintf stairs stem surf
"""


def of_numbers(name: str) -> None:
    @overload("dlarray", name=name, outputs=None)
    def function(session, nargout, /, *args):
        return ordinary(session, name, *args, nargout=nargout)


for word in WORDS.split():
    of_numbers(word)
