"""Words of axes: titles, labels, text, legend."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import object_of, objects_of
from cnnscript.builtins.language.handles import Handle, HandleArray, from_script, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import Legend
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.values.numeric import is_cell, is_numeric
from cnnscript.values.text import text_or_none, texts_or_none


def words_of(value: Any) -> str | list[str]:
    """What a title, label or text says: text of any kind, a cell of lines, a categorical, a number."""
    found = from_script(value)
    if isinstance(found, (str, list)):
        return found
    if isinstance(found, Handle):
        return ""
    if not is_numeric(found) and type(found) is not bool:
        raise take.refusal("the function", "the text", "text or a number", value)
    array = require_real(found, "the text")
    return "" if array.size == 0 else "  ".join(f"{number:.5g}" for number in array.ravel().astype(float).tolist())


def label(session: Any, nargout: int, args: tuple, name: str, function: str) -> Any:
    """title, xlabel and their like: [axes or layout,] words and text properties."""
    owner: Any = None
    if args and (isinstance(args[0], Handle) or object_of(args[0]) is not None):
        owner, args = graphics_of(args[0])[0], args[1:]
        owner.alive()
        if isinstance(owner, (Figure, Text)) or not hasattr(owner, "label"):
            raise ScriptError(
                "MATLAB:hg:target",
                f"{function} is written on an axes, a layout or a colorbar.",
                notes=(f"got a {owner.kind}",),
            )
    if not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(text)",))
    owner = owner or session.desk.current_axes()
    words, rest = words_of(args[0]), args[1:]
    second = None
    if name == "Title" and len(rest) % 2:
        second, rest = words_of(rest[0]), rest[1:]
    made = owner.label(name)
    made.set("String", words)
    made.values["Visible"] = True
    set_pairs(made, pairs(rest, function))
    if second is not None:
        owner.label("Subtitle").set("String", second)
    return wrap(made) if nargout else None


@builtin(outputs=1)
def title(session, nargout, /, *args):
    """
    title(txt)
    title(txt, subtitletxt)
    title(target, txt)
    title(..., Name=Value)
    t = title(...)

    Words above an axes, a tiled layout or a colorbar.

    txt may be text, a cell of lines, a categorical or a number. `_` and `^` lower and raise what follows, unless
    Interpreter is 'none'.

    Examples
      >> imshow(zeros(2)); title('conv1', Interpreter='none')
      figure 1: image 2x2, title 'conv1'
      >> t = title({'two', 'lines'}, FontSize=14); t.FontSize
      ans =
          14
      figure 1: image 2x2, title 'two / lines'

    See also subtitle, xlabel, ylabel, sgtitle, text.
    """
    return label(session, nargout, args, "Title", "title")


@builtin(outputs=1)
def subtitle(session, nargout, /, *args):
    """
    subtitle(txt)
    subtitle(target, txt)
    subtitle(..., Name=Value)
    t = subtitle(...)

    Words under the title of an axes.

    Examples
      >> plot(1:2); t = subtitle('small');
      figure 1: line 2 points, subtitle 'small'

    See also title.
    """
    return label(session, nargout, args, "Subtitle", "subtitle")


@builtin(outputs=1)
def xlabel(session, nargout, /, *args):
    """
    xlabel(txt)
    xlabel(target, txt)
    xlabel(..., Name=Value)
    t = xlabel(...)

    Words along the x-axis.

    Examples
      >> plot(1:2); t = xlabel('Iteration', FontSize=12);
      figure 1: line 2 points, xlabel 'Iteration'

    See also ylabel, zlabel, title.
    """
    return label(session, nargout, args, "XLabel", "xlabel")


@builtin(outputs=1)
def ylabel(session, nargout, /, *args):
    """
    ylabel(txt)
    ylabel(target, txt)
    ylabel(..., Name=Value)
    t = ylabel(...)

    Words along the y-axis.

    Examples
      >> plot(1:2); t = ylabel('Loss');
      figure 1: line 2 points, ylabel 'Loss'

    See also xlabel, zlabel, title.
    """
    return label(session, nargout, args, "YLabel", "ylabel")


@builtin(outputs=1)
def zlabel(session, nargout, /, *args):
    """
    zlabel(txt)
    zlabel(target, txt)
    zlabel(..., Name=Value)
    t = zlabel(...)

    Words along the z-axis.

    Examples
      >> surf(magic(3)); t = zlabel('Height');
      figure 1: surface 3x3, zlabel 'Height'

    See also xlabel, ylabel, title.
    """
    return label(session, nargout, args, "ZLabel", "zlabel")


@builtin(outputs=1)
def sgtitle(session, nargout, /, *args):
    """
    sgtitle(txt)
    sgtitle(f, txt)
    sgtitle(..., Name=Value)
    t = sgtitle(...)

    Words above all axes of a figure.

    Examples
      >> subplot(1, 2, 1); imshow(zeros(2)); subplot(1, 2, 2); imshow(ones(2)); t = sgtitle('Both');
      figure 1: axes 1: image 2x2; axes 2: image 2x2; title of all 'Both'

    See also title, subplot.
    """
    figure = None
    if args and isinstance(args[0], Handle):
        figure, args = figure_of(session, args[0], "sgtitle"), args[1:]
    if not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("sgtitle(text)",))
    made = session.desk.figure_title(words_of(args[0]), figure)
    set_pairs(made, pairs(args[1:], "sgtitle"))
    return wrap(made) if nargout else None


@builtin(outputs=1)
def text(session, nargout, /, *args):
    """
    text(x, y, txt)
    text(x, y, z, txt)
    text(ax, ...)
    text(..., Name=Value)
    t = text(...)

    Words at places in an axes.

    Several places take as many texts, or all the same one.

    Examples
      >> imshow(zeros(9)); text(2, 3, 'here', Color='r')
      figure 1: image 9x9, text 'here'
      >> t = text([1 2], [1 2], {'a', 'b'}); size(t)
      ans =
           2     1
      figure 1: image 9x9, text 'here', text 'a', text 'b'

    See also title, legend, plot.
    """
    axes, rest = axes_first(args)
    numeric = 0
    while numeric < len(rest) and numeric < 3 and texts_or_none(rest[numeric]) is None and not is_cell(rest[numeric]):
        numeric += 1
    if numeric < 2 or numeric >= len(rest):
        raise ScriptError("MATLAB:text:args", "text takes x, y and what to write.")
    x, y, z = (np.array(take.numbers(value, "text", "the place")) for value in (*rest[:numeric], 0.0)[:3])
    given = pairs(rest[numeric + 1 :], "text")
    parent = next((value for word, value in given if word.lower() == "parent"), None)
    given = [(word, value) for word, value in given if word.lower() != "parent"]
    axes = (parent.graphic if isinstance(parent, Handle) else None) or axes or session.desk.current_axes()
    content = rest[numeric]
    lines = words_of(content)
    count = max(x.size, y.size)
    if any(part.size not in (1, count) for part in (x, y, z)):
        raise ScriptError("MATLAB:text:size", "x and y must have as many elements as each other.")
    each = lines if isinstance(lines, list) and count > 1 and len(lines) == count else [lines] * count
    made = []
    for k in range(count):
        one = Text(axes, Position=np.array([part[k % part.size] for part in (x, y, z)]), String=each[k])
        set_pairs(one, given)
        made.append(one)
    return wrap_list(made) if nargout else None


# --------------------------------------------------------------------------------------------------------------- legend
@builtin(outputs=1)
def legend(session, nargout, /, *args):
    """
    legend
    legend(label1, label2)
    legend(labels)
    legend(objects, labels)
    legend(ax, ...)
    legend(..., Name=Value)
    legend off
    lgd = legend(...)

    Name what is plotted in an axes.

    Without labels the DisplayName of each object is taken. Location is a compass point such as 'northwest', with
    'outside' after it, or 'best'.

    Examples
      >> plot(1:3); hold on; plot(3:-1:1); legend('up', 'down', Location='best')
      figure 1: line 3 points, line 3 points, legend 'up', 'down'
      >> lgd = legend({'a', 'b'}); lgd.String{2}
      ans =
          'b'
      figure 1: line 3 points, line 3 points, legend 'a', 'b'
      >> legend off
      figure 1: line 3 points, line 3 points

    See also plot, colorbar, text.
    """
    axes, rest = axes_first(args)
    axes = axes or session.desk.current_axes()
    objects = None
    if rest and (isinstance(rest[0], (Handle, HandleArray)) or objects_of(rest[0]) is not None):
        objects, rest = graphics_of(rest[0]), rest[1:]
    words = [text_or_none(value) for value in rest]
    if (
        len(rest) == 1
        and words[0] is not None
        and words[0].lower() in ("off", "hide", "show", "toggle", "boxoff", "boxon")
    ):
        return legend_switch(session, axes, words[0].lower(), nargout)
    names: list[str] | None = None
    at = 0
    if rest and words[0] is None:
        found = from_script(rest[0])
        names, at = ([found] if isinstance(found, str) else list(found) if isinstance(found, list) else []), 1
    else:
        while at < len(rest) and words[at] is not None and not is_property(words[at], len(rest) - at):
            names = [*(names or []), words[at]]
            at += 1
    given = pairs(rest[at:], "legend")
    if not axes.drawn():
        raise ScriptError("MATLAB:legend:empty", "Plot empty.", hint="legend names what has been plotted")
    made = showing.legend(session.desk, axes, names, objects)
    set_pairs(made, given)
    return wrap(made) if nargout else None


def is_property(word: str | None, left: int) -> bool:
    """Whether a text begins the name-value options of legend: an option's whole name with a value after it."""
    return left % 2 == 0 and word is not None and word.lower() in {name.lower() for name in Legend.property_names()}


def legend_switch(session: Any, axes: Axes, word: str, nargout: int) -> Any:
    made = axes.get("Legend")
    if word == "off":
        if made is not None:
            made.delete()
        return None
    made = made or showing.legend(session.desk, axes)
    if word in ("boxoff", "boxon"):
        made.set("Box", word == "boxon")
    else:
        made.set("Visible", {"hide": False, "show": True, "toggle": not made.value("Visible")}[word])
    return wrap(made) if nargout else None
