"""Words of axes: titles, labels, text, legend."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_real
from cnnscript.builtins.figures.figure_windows import figure_of
from cnnscript.builtins.figures.graphics_arguments import axes_first, pairs, set_pairs
from cnnscript.builtins.figures.plot_data import Coordinates
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handle_numbers import objects_of
from cnnscript.builtins.language.handles import Handle, HandleArray, from_script, graphics_of, wrap, wrap_list
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.drawing import markup
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.axes import Axes
from cnnscript.pictures.graphics.beside import Legend
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.pictures.graphics.stacked_chart import StackedLineChart
from cnnscript.pictures.graphics.word_room import lines_of
from cnnscript.values.numeric import is_cell, is_numeric
from cnnscript.values.text import cell_of_texts, text_or_none, texts_or_none
from cnnscript.values.warn import warn


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
    owners: list[Any] = []
    if args and (isinstance(args[0], (Handle, HandleArray)) or objects_of(args[0]) is not None):
        owners, args = graphics_of(args[0]), args[1:]
    if not args:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=(f"{function}(text)",))
    words: Any = None
    rest = args
    if len(args) % 2 or (text_or_none(args[0]) or "").lower() not in TEXT_NAMES:
        words, rest = words_of(args[0]), args[1:]
    second = None
    if name == "Title" and len(rest) % 2:
        second, rest = words_of(rest[0]), rest[1:]
    given, parent = without_parent(pairs(rest, function))
    owners = [parent] if parent is not None else owners or [session.desk.current_axes()]
    made = []
    for owner in owners:
        owner.alive()
        if isinstance(owner.parent, StackedLineChart):
            owner = owner.parent
        owner = owner.acting() if isinstance(owner, Axes) else owner
        if isinstance(owner, (Figure, Text)) or not hasattr(owner, "label"):
            raise ScriptError(
                "MATLAB:hg:target",
                f"{function} is written on an axes, a layout or a colorbar.",
                notes=(f"got a {owner.kind}",),
            )
        text = owner.label(name)
        if words is not None:
            text.set("String", words)
        text.values["Visible"] = True
        set_pairs(text, given)
        if second is not None or nargout > 1:
            below = owner.label("Subtitle")
            if second is not None:
                below.set("String", second)
            set_pairs(below, [(word, value) for word, value in given if word.lower() == "color"])
        made.append(text)
        check_markup(text)
    if nargout > 1:
        return wrap_list(made), wrap_list([owner.label("Subtitle") for owner in owners])
    return wrap_list(made) if nargout else None


def check_markup(text: Text) -> None:
    """Warn of what its interpreter cannot read: it is written as it stands."""
    words, interpreter = text.value("String"), text.value("Interpreter")
    lines = lines_of(words, interpreter)
    if interpreter == "tex" and not any(sign in line for line in lines for sign in "\\{}^_"):
        return
    for line in lines:
        if not markup.readable(line, interpreter):
            warn(
                "MATLAB:handle_graphics:exceptions:SceneNode",
                "Error in state of SceneNode.\nString scalar or character vector must have valid interpreter syntax: "
                f"\n{line}",
            )


TEXT_NAMES = {each.lower() for each in Text.property_names()}


def without_parent(given: list[tuple[str, Any]]) -> tuple[list[tuple[str, Any]], Any]:
    """Properties without 'Parent', and the object given as that."""
    parent = None
    for word, value in given:
        if word.lower() == "parent":
            found = graphics_of(value)
            if len(found) != 1:
                raise ScriptError("MATLAB:hg:InvalidValue", "A Parent is one graphics object, such as an axes.")
            parent = found[0]
            parent.alive()
    return [(word, value) for word, value in given if word.lower() != "parent"], parent


@builtin(outputs=2)
def title(session, nargout, /, *args):
    """
    title(txt)
    title(txt, subtitletxt)
    title(target, txt)
    title(..., Name=Value)
    [t, s] = title(...)

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
    places, content, more = text_arguments(rest)
    given, parent = without_parent(pairs(more, "text"))
    if parent is not None and not isinstance(parent, Axes):
        axes = None
    axes = (parent if isinstance(parent, Axes) else None) or axes or session.desk.current_axes()
    if content is None:
        made = [Text(axes)]
        set_pairs(made[0], given)
        return wrap_list(made) if nargout else None
    coordinates = [Coordinates(value, "text", "the place") for value in places]
    for one, letter in zip(coordinates, "XYZ", strict=False):
        if one.names:
            known = axes.categories(letter)
            one.values = np.array([known.index(name) + 1.0 if name in known else np.nan for name in one.names])
    numbers = [one.values.ravel(order="F") for one in coordinates]
    lines = words_of(content)
    count = max(each.size for each in numbers)
    if any(each.size not in (1, count) for each in numbers):
        raise ScriptError("MATLAB:text:size", "x and y must have as many elements as each other.")
    each = lines if isinstance(lines, list) and count > 1 and len(lines) == count else [lines] * count
    if isinstance(lines, str) and count > 1 and is_numeric(from_script(content)) and np.size(content) == count:
        each = [f"{number:.5g}" for number in np.asarray(content, float).ravel(order="F").tolist()]
    made = []
    for k in range(count):
        at = [each_letter[k % each_letter.size] for each_letter in numbers]
        one = Text(axes)
        set_pairs(one, [(word, value) for word, value in given if word.lower() == "units"])
        one.set("Position", np.array([*at, 0.0][:3]))
        one.set("String", each[k])
        set_pairs(one, [(word, value) for word, value in given if word.lower() != "units"])
        made.append(one)
        check_markup(one)
    return wrap_list(made) if nargout else None


def text_arguments(rest: tuple) -> tuple[tuple, Any, tuple]:
    """The places of a text, what it says (None: properties say all), and its properties."""
    worded = [texts_or_none(value) is not None or is_cell(value) for value in rest]
    numeric = worded.index(True) if True in worded else len(rest)
    if not rest or numeric == 0 and len(rest) % 2 == 0 and (text_or_none(rest[0]) or "").lower() in TEXT_NAMES:
        return (), None, rest
    if numeric >= 3 and (len(rest) == 3 or (len(rest) - 3) % 2 == 0):
        return rest[:2], rest[2], rest[3:]  # a number is what is written
    if numeric >= 4:
        return rest[:3], rest[3], rest[4:]
    if numeric < 2 or numeric >= len(rest):
        raise ScriptError("MATLAB:text:args", "text takes x, y and what to write.")
    return rest[:numeric], rest[numeric], rest[numeric + 1 :]


# --------------------------------------------------------------------------------------------------------------- legend
@builtin(outputs=4)
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
    [lgd, icons, plots, txt] = legend(...)

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
    objects = None
    if rest and (isinstance(rest[0], (Handle, HandleArray)) or objects_of(rest[0]) is not None):
        found, rest = graphics_of(rest[0]), rest[1:]
        if len(found) == 1 and isinstance(found[0], Legend):
            axes = found[0].parent
        elif len(found) == 1 and isinstance(found[0], Figure):
            axes = found[0].current_axes
        elif len(found) == 1 and isinstance(found[0], Axes):
            axes = found[0]
        else:
            objects = found
            axes = axes or next((each.up("axes") for each in found if each.up("axes") is not None), None)
    axes = axes or session.desk.current_axes()
    words = [text_or_none(value) for value in rest]
    if len(rest) == 1 and words[0] is not None and words[0].lower() in SWITCHES:
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
    rest = rest[at:]
    if rest and text_or_none(rest[0]) is None and np.size(rest[0]) == 1 and is_numeric(rest[0]):
        # A number is a place as old programs have it.
        place = OLD_PLACES.get(take.number(rest[0], "legend", "the location"))
        if place is None:
            message = "Invalid argument. Type 'help legend' for more information."
            raise ScriptError("MATLAB:legend:UnknownParameter", message)
        rest = ("Location", place, *rest[1:])
    given, parent = without_parent(pairs(rest, "legend"))
    if isinstance(parent, Axes):
        axes = parent
    if not axes.drawn() and (axes.twin is None or not axes.twin.drawn()):
        warn("MATLAB:legend:PlotEmpty", "Plot empty.")
    made = showing.legend(session.desk, axes, names, objects)
    there = len(objects if objects is not None else made.named())
    if names is not None and len(names) > there:
        warn("MATLAB:legend:IgnoringExtraEntries", "Ignoring extra legend entries.")
    try:
        set_pairs(made, given)
    except ScriptError:
        made.delete()
        raise
    if nargout > 1:
        entries = made.entries()
        plotted = wrap_list([node for node, _ in entries])
        return wrap(made), icons_of(made), plotted, cell_of_texts([text for _, text in entries])
    return wrap(made) if nargout else None


SWITCHES = ("off", "hide", "show", "toggle", "boxoff", "boxon")
OLD_PLACES = {
    -1.0: "northeastoutside", 0.0: "best", 1.0: "northeast", 2.0: "northwest", 3.0: "southwest", 4.0: "southeast",
}  # fmt: skip


def icons_of(made: Legend) -> Any:
    """The signs and words of a legend as objects of their own: first the words, then a sign for each entry."""
    entries = made.entries()
    icons: list[Any] = [Text(None, String=words, FontSize=made.get("FontSize")) for _, words in entries]
    for node, words in entries:
        icon = copy.copy(node)
        icon.parent, icon.children, icon.values = None, [], dict(node.values)
        icon.__dict__.pop("handle", None)
        icon.__dict__.pop("script_number", None)
        icon.values["Tag"] = words
        icons.append(icon)
    return wrap_list(icons)


def is_property(word: str | None, left: int) -> bool:
    """Whether a text begins the name-value options of legend: an option's whole name with a value after it."""
    return left % 2 == 0 and word is not None and word.lower() in {name.lower() for name in Legend.property_names()}


def legend_switch(session: Any, axes: Axes, word: str, nargout: int) -> Any:
    made = axes.get("Legend") or None
    if word == "off":
        if made is not None:
            made.delete()
        return None
    if made is None and word == "hide":
        return None
    made = made or showing.legend(session.desk, axes)
    if word in ("boxoff", "boxon"):
        made.set("Box", word == "boxon")
    else:
        made.set("Visible", {"hide": False, "show": True, "toggle": not made.value("Visible")}[word])
    return wrap(made) if nargout else None
