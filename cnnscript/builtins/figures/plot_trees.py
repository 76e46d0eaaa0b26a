"""Decision trees as text and as drawings: view."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.regression_trees import RegressionTree
from cnnscript.builtins.registry import overload
from cnnscript.pictures.graphics import plots
from cnnscript.pictures.graphics.primitives import Text
from cnnscript.values import take
from cnnscript.values.text import texts_or_none


def number_text(value: float) -> str:
    return f"{value:g}"


def answers_of(model: Any) -> tuple[Any, list[str], list[str]]:
    """The tree of a model, what each node would answer, and the names of the predictors."""
    if isinstance(model, RegressionTree):
        names = model.predictors.expanded()
        return model.tree, [number_text(value) for value in model.tree.shares[:, 0].tolist()], names
    tree = model.fitted
    labels = model.labels(model.chosen(tree.shares))
    words = labels.texts() if hasattr(labels, "texts") else texts_or_none(labels)
    if words is None:
        words = [number_text(float(value)) for value in np.atleast_1d(labels).ravel("F").tolist()]
    return tree, list(words), model.expanded()


def lines_of(model: Any) -> list[str]:
    """The tree as MATLAB writes it: a line a node."""
    tree, answers, names = answers_of(model)
    numbers = isinstance(model, RegressionTree)
    width = len(str(len(tree.left)))
    found = [f"Decision tree for {'regression' if numbers else 'classification'}"]
    for node, answer in enumerate(answers):
        if tree.left[node] < 0:
            found.append(f"{node + 1:{width}d}  {'fit' if numbers else 'class'} = {answer}")
            continue
        name, cut = names[tree.column[node]], number_text(float(tree.cut[node]))
        found.append(
            f"{node + 1:{width}d}  if {name}<{cut} then node {tree.left[node] + 1} elseif {name}>={cut} then node "
            f"{tree.right[node] + 1} else {answer}"
        )
    return found


def places_of(tree: Any) -> np.ndarray:
    """Where each node is drawn, n × 2: leaves beside each other, each question above the middle of what follows."""
    places = np.zeros((len(tree.left), 2))
    depth = np.zeros(len(tree.left))
    order, waiting = [], [0]
    while waiting:
        node = waiting.pop()
        order.append(node)
        if tree.left[node] >= 0:
            depth[[tree.left[node], tree.right[node]]] = depth[node] + 1
            waiting += [int(tree.right[node]), int(tree.left[node])]
    leaves = [node for node in order if tree.left[node] < 0]
    places[leaves, 0] = np.arange(len(leaves))
    for node in reversed(order):
        if tree.left[node] >= 0:
            places[node, 0] = (places[tree.left[node], 0] + places[tree.right[node], 0]) / 2
    places[:, 1] = -depth
    return places


def draw(session: Any, model: Any) -> None:
    """A figure of the tree: what each node asks above its two branches, what each leaf answers below it."""
    tree, answers, names = answers_of(model)
    kind = "Regression" if isinstance(model, RegressionTree) else "Classification"
    before = session.desk.current
    figure = session.desk.figure()
    for name, value in (("Name", f"{kind} tree viewer"), ("Tag", "tree viewer"), ("IntegerHandle", False),
                        ("NumberTitle", False)):  # fmt: skip
        figure.set(name, value)
    axes = session.desk.current_axes()
    places = places_of(tree)
    for node, answer in enumerate(answers):
        x, y = places[node]
        asks = tree.left[node] >= 0
        for child in (tree.left[node], tree.right[node]) if asks else ():
            plots.Line(axes, XData=np.array([x, places[child, 0]]), YData=np.array([y, places[child, 1]]), Color="b")
        plots.Line(
            axes, XData=np.array([x]), YData=np.array([y]), LineStyle="none", Marker="^" if asks else ".", Color="b"
        )
        words = f"{names[tree.column[node]]} < {number_text(float(tree.cut[node]))}" if asks else answer
        Text(
            axes, String=words, Position=np.array([x, y + (0.12 if asks else -0.12)]), HorizontalAlignment="center",
            VerticalAlignment="bottom" if asks else "top", Interpreter="none",
        )  # fmt: skip
    axes.set("XLim", np.array([-1.0, places[:, 0].max() + 1]))
    axes.set("YLim", np.array([places[:, 1].min() - 0.6, 0.6]))
    axes.set("Visible", "off")
    axes.touch()
    figure.set("HandleVisibility", "callback")  # what follows is drawn where it was drawn before
    session.desk.current = before


VIEW = """
view(tree)
view(tree, 'Mode', mode)

A decision tree as text, a line for each node; or as a drawing in a figure of its own, which gcf does not see.

Options
  Mode   'text' or 'graph'
  Prune  how far a tree of classes is cut back first (0), as by prune

Examples
  >> view({make})
  Decision tree for {kind}
  1  if x1<5.5 then node 2 elseif x1>=5.5 then node 3 else {first}
  2  {word} = {first}
  3  {word} = {last}
  >> view({make}, 'Mode', 'graph'), name = get(findall(groot, 'Tag', 'tree viewer'), 'Name')
  name =
      '{title} tree viewer'

See also {maker}, predict.
"""


def declare_view(class_name: str) -> None:
    maker = "fitrtree" if "Regression" in class_name else "fitctree"
    make = f"{maker}([1; 2; 9; 10], [0; 0; 1; 1], 'MinParentSize', 2)"
    make = f"compact({make})" if class_name.startswith("Compact") else make

    def view(session, tree, /, *, Mode="text", Prune=None):
        if Prune is not None:
            from cnnscript.builtins.learning.tree_pruning import prune

            tree = prune(tree, Level=Prune)
        if take.choice(Mode, ("text", "graph"), "Mode") == "graph":
            draw(session, tree)
        else:
            session.out.write("\n".join(lines_of(tree)) + "\n")

    numbers = maker == "fitrtree"
    title = "Regression" if numbers else "Classification"
    words = {"kind": title.lower(), "title": title, "word": "fit" if numbers else "class", "make": make, "maker": maker}
    text = VIEW.format(**words, first="0.5" if numbers else "0", last="1")
    view.__doc__ = text.replace("fit = 0.5", "fit = 0")
    overload(class_name, name="view")(view)


for _class_name in ("ClassificationTree", "CompactClassificationTree", "RegressionTree", "CompactRegressionTree"):
    declare_view(_class_name)
