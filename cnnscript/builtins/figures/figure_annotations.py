"""Annotations: arrows, boxes and words on a figure."""

from __future__ import annotations

from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs, tried
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import annotations
from cnnscript.values.text import text_or_none


@builtin(outputs=1)
def annotation(session, nargout, /, *args):
    """
    annotation(lineType, x, y)
    annotation(shapeType, dim)
    annotation(container, ...)
    annotation(..., Name=Value)
    an = annotation(...)

    Draw on the figure itself, over its axes; places run from 0 to 1 from its lower left corner.

    Line types: 'line', 'arrow', 'doublearrow', 'textarrow', from x(1), y(1) to x(2), y(2). Shape types: 'rectangle',
    'ellipse', 'textbox', with dim = [x y w h]. Properties: String, Color, LineWidth, FontSize, EdgeColor ...

    Examples
      >> imshow(zeros(9)); annotation('textarrow', [0.3 0.5], [0.6 0.5], String='here')
      figure 1: image 9x9, textarrow 'here'
      >> an = annotation('textbox', [0.1 0.1 0.3 0.1], String='a note', FitBoxToText='on'); an.FontSize
      ans =
          10
      figure 1: image 9x9, textarrow 'here', textbox 'a note'

    See also text, title, rectangle, line.
    """
    values = list(args)
    figure = figure_of(session, values.pop(0), "annotation") if values and isinstance(values[0], Handle) else None
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("annotation('textbox', [x y w h])",))
    word = take.choice(values.pop(0), tuple(annotations.KINDS), "annotation", "the type")
    kind = annotations.KINDS[word]
    given = []
    for name in ("X", "Y") if issubclass(kind, annotations.LineShape) else ("Position",):
        if values and text_or_none(values[0]) is None:
            given.append((name, values.pop(0)))
    given = tried(kind, given + pairs(tuple(values), "annotation"))
    made = kind(figure or session.desk.current_figure())
    set_pairs(made, given)
    return wrap(made) if nargout else None
