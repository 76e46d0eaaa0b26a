"""Charts of tables and of answers: heatmap, confusion matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.figures.graphics_arguments import pairs, set_pairs, tried
from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.language.handles import Handle, wrap
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.graphics.beside import TiledLayout
from cnnscript.pictures.graphics.charts import ConfusionChart
from cnnscript.pictures.graphics.figures import Figure
from cnnscript.pictures.graphics.interface_objects import Panel
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import as_array, norm
from cnnscript.values.take import described
from cnnscript.values.text import String, cell_of_texts, string_array, text_or_none, texts_or_none


class Groups:
    """The groups of labels of any kind.

    words: the group of each element, as text; '' where it is missing.  names: the groups, numbers and categories in
    order, text in the order it comes.  back: names to a column of the labels' own kind.
    """

    def __init__(self, value: Any, function: str):
        self.back: Callable[[list[str]], Any]
        self.are_numbers = False
        if isinstance(value, Categorical):
            self.words = [word if word != "<undefined>" else "" for word in value.texts()]
            self.names = list(value.names)
            every = list(value.names)
            self.back = lambda names: Categorical.from_texts(names, (len(names), 1), list(dict.fromkeys(every + names)))
            return
        words = texts_or_none(value)
        if words is not None:
            self.words, self.names = list(words), list(dict.fromkeys(word for word in words if word))
            strings = isinstance(value, String)
            self.back = lambda names: string_array(names, (len(names), 1)) if strings else cell_of_texts(names)
            return
        array = take.pixels(value, function, "the labels").ravel(order="F")
        known = array if array.dtype.kind != "f" else array[~np.isnan(array)]
        self.words = [f"{number:g}" if number == number else "" for number in array.tolist()]
        self.names = [f"{number:g}" for number in np.unique(known).tolist()]
        kind = array.dtype
        self.are_numbers = True
        self.back = lambda names: norm(np.array([[float(name)] for name in names]).astype(kind).reshape(-1, 1))


def counted(true: Any, guessed: Any, order: Any, function: str) -> tuple[np.ndarray, list[str], Any]:
    """How often each group of the first was taken for each of the second; the groups, as text and in their own kind."""
    known, found = Groups(true, function), Groups(guessed, function)
    if len(known.words) != len(found.words):
        raise ScriptError(
            "stats:confusionmat:SizeMismatch",
            "The known and the predicted labels must have as many elements as each other.",
            notes=(f"{len(known.words)} and {len(found.words)}",),
        )
    if known.are_numbers != found.are_numbers:
        raise ScriptError(
            "stats:confusionmat:TypeMismatch",
            "The known and the predicted labels must be of the same kind.",
            notes=(f"{described(true)} and {described(guessed)}",),
        )
    names = known.names + [name for name in found.names if name not in known.names]
    if not isinstance(true, Categorical) and texts_or_none(true) is None:
        names = sorted(names, key=float)
    if order is not None:
        wanted = Groups(order, function).words
        missing = [name for name in names if name not in wanted]
        if missing:
            raise ScriptError(
                "stats:confusionmat:OrderMissing",
                "Order must name every group.",
                notes=("not there: " + ", ".join(missing),),
            )
        names = wanted
    place = {name: k for k, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for one, other in zip(known.words, found.words, strict=True):
        if one and other:
            counts[place[one], place[other]] += 1
    return counts, names, known.back(names)


@builtin(outputs=2)
def confusionmat(nargout, group, grouphat, /, *, Order=None):
    """
    C = confusionmat(group, grouphat)
    C = confusionmat(group, grouphat, Order=grouporder)
    [C, order] = confusionmat(...)

    How often each group (rows) was taken for each group (columns).

    Labels are numbers, truth, text or categorical. Missing ones are left out.

    Options
      Order  the groups, in the order of the rows

    Examples
      >> [C, order] = confusionmat([1 1 2 3], [1 2 2 3])
      C =
           1     1     0
           0     1     0
           0     0     1
      order =
           1
           2
           3
      >> C = confusionmat({'cat', 'dog'}, {'dog', 'dog'}, Order={'dog', 'cat'})
      C =
           1     0
           1     0

    See also confusionchart, grp2idx.
    """
    counts, _, order = counted(group, grouphat, Order, "confusionmat")
    return norm(counts), order


def on_parent(session: Any, args: list[Any]) -> list[Any]:
    """Choose the figure, panel, tab or tiled layout with which a call begins; the other arguments."""
    if args and isinstance(args[0], Handle):
        handle = args.pop(0)
        graphic = handle.graphic
        graphic.alive()
        if isinstance(graphic, Figure):
            session.desk.select(graphic)
        elif isinstance(graphic, TiledLayout):
            session.call("nexttile", 0, handle)
        elif isinstance(graphic, Panel):
            session.desk.select(session.desk.new_axes(graphic))
        else:
            raise ScriptError(
                "MATLAB:hg:InvalidParent",
                "A chart is put on a figure, a panel, a tab or a tiled layout.",
                notes=(f"got a {graphic.kind}",),
            )
    return args


@builtin(outputs=1)
def confusionchart(session, nargout, /, *args):
    """
    confusionchart(trueLabels, predictedLabels)
    confusionchart(m)
    confusionchart(m, classLabels)
    confusionchart(parent, ...)
    confusionchart(..., Name=Value)
    cm = confusionchart(...)

    Show how often each class was taken for each other: rows are the true classes, columns the predicted ones.

    Properties: Title, XLabel, YLabel, Normalization ('absolute', 'row-normalized', 'column-normalized',
    'total-normalized'), RowSummary and ColumnSummary ('off', 'absolute', 'row-normalized' or 'column-normalized',
    'total-normalized'), DiagonalColor, OffDiagonalColor, FontSize, GridVisible. sortClasses(cm, order) sorts.

    Examples
      >> cm = confusionchart([1 1 2], [1 2 2]); cm.NormalizedValues
      ans =
           1     1
           0     1
      figure 1: confusion matrix 2x2
      >> cm = confusionchart([9 1; 3 7], {'cat', 'dog'}, Normalization='row-normalized', Title='Animals');
      figure 1: confusion matrix 2x2, title 'Animals'

    See also confusionmat, sortClasses, heatmap.
    """
    values = on_parent(session, list(args))
    if not values:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("confusionchart(true, predicted)",))
    second = len(values) > 1 and (len(values) % 2 == 0)
    given = tried(ConfusionChart, pairs(tuple(values[2 if second else 1 :]), "confusionchart"))
    first = values[0]
    matrix = not isinstance(first, Categorical) and texts_or_none(first) is None and is_square(first)
    if matrix and (not second or labels_for(values[1], as_array(first).shape[0])):
        counts = np.asarray(take.pixels(first, "confusionchart", "the matrix"), float)
        if not (np.isfinite(counts) & (counts >= 0) & (counts == np.floor(counts))).all():
            raise take.refusal("confusionchart", "the confusion matrix", "a matrix of counts: whole, not negative",
                               first)  # fmt: skip
        labels = Groups(values[1], "confusionchart") if second else None
        names = labels.words if labels is not None else [str(k) for k in range(1, len(counts) + 1)]
        kept = values[1] if second else norm(np.arange(1.0, len(counts) + 1).reshape(-1, 1))
    elif second:
        counts, names, kept = counted(first, values[1], None, "confusionchart")
    else:
        raise take.refusal("confusionchart", "the confusion matrix", "a square matrix", first)
    made = session.desk.chart(ConfusionChart)
    made.fill(counts, names)
    made.class_values = kept
    set_pairs(made, given)
    return wrap(made) if nargout else None


def is_square(value: Any) -> bool:
    array = as_array(value)
    return array.ndim == 2 and array.shape[0] == array.shape[1] and array.size > 0


def labels_for(value: Any, count: int) -> bool:
    """Whether a value is `count` labels, and not itself a matrix of answers."""
    return len(Groups(value, "confusionchart").words) == count


SORTS = ("auto", "ascending-diagonal", "descending-diagonal", "cluster")


def clustered(values: np.ndarray) -> np.ndarray:
    """Rows in the order of the leaves of a tree of them: single linkage, near leaves beside each other."""
    if len(values) < 3:
        return np.arange(len(values))
    from scipy.cluster.hierarchy import leaves_list, linkage

    return leaves_list(linkage(values, "single", optimal_ordering=True)).astype(int)


@builtin
def sortClasses(chart, order, /):
    """
    sortClasses(cm, order)

    Put the classes of a confusion chart in another order.

    order is a list of them, 'auto' (as they were), 'ascending-diagonal' or 'descending-diagonal' (by the values on the
    diagonal), or 'cluster' (classes that are taken for the same others stand together).

    Examples
      >> cm = confusionchart([1 1 2], [1 2 2]); sortClasses(cm, [2 1]); cm.NormalizedValues
      ans =
           1     0
           1     1
      figure 1: confusion matrix 2x2

    See also confusionchart.
    """
    if not isinstance(chart, Handle) or not isinstance(chart.graphic, ConfusionChart):
        raise take.refusal("sortClasses", "cm", "a confusion chart", chart)
    graphic = chart.graphic
    word = text_or_none(order)
    if word is not None:
        way = take.choice(order, SORTS, "sortClasses", "the order")
        diagonal = np.diag(graphic.get_NormalizedValues())
        chosen = {
            "auto": lambda: np.argsort(graphic.order),
            "ascending-diagonal": lambda: np.argsort(diagonal, kind="stable"),
            "descending-diagonal": lambda: np.argsort(-diagonal, kind="stable"),
            "cluster": lambda: clustered(graphic.get_NormalizedValues()),
        }[way]()
    else:
        wanted = Groups(order, "sortClasses").words
        if sorted(wanted) != sorted(graphic.classes):
            raise ScriptError(
                "MATLAB:sortClasses:classes",
                "The order must name each class once.",
                notes=("classes: " + ", ".join(graphic.classes),),
            )
        chosen = np.array([graphic.classes.index(name) for name in wanted])
    labels = graphic.class_values
    graphic.sort(chosen)
    if labels is not None:
        graphic.class_values = Groups(labels, "sortClasses").back(graphic.classes)
