"""Decision trees cut back: prune, cvloss, and losses of the trees on the way (Subtrees)."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from cnnscript.builtins.learning import partitions
from cnnscript.builtins.learning.classifiers import loss_of
from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.tree_classifiers import TreeClassifier
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.take import described, unfit_inputs
from cnnscript.values.text import is_text


def tree_of(model: Any, name: str, whole: bool = False) -> TreeClassifier:
    if not isinstance(model, TreeClassifier) or whole and model.is_compact:
        raise unfit_inputs(name, f"got {described(model)}", hint="trees of fitctree can be cut back")
    return model


def wanted_levels(last: int, given: Any) -> ndarray:
    """The levels that 'Subtrees' asks for: 0 (the whole tree), some, or 'all'.  last: that of one leaf."""
    if empty(given):
        return np.array([0])
    if is_text(given):
        take.choice(given, ("all",), "Subtrees")
        return np.arange(last + 1)
    found = take.vector(given, "Subtrees")
    if (found != np.trunc(found)).any() or found.min() < 0 or found.max() > last or (np.diff(found) < 0).any():
        raise ScriptError(
            "stats:classreg:learning:classif:BadSubtrees",
            f"Subtrees must be 'all' or ascending whole numbers from 0 to {last}.",
        )
    return found.astype(int)


def by_levels(levels: ndarray, sizes: list[int], losses: ndarray, y: ndarray, weights: ndarray, TreeSize: Any) -> tuple:
    """Losses, their standard errors, leaves, and the level to cut back to.

    losses  levels × observations, what each costs
    """
    found = losses @ weights
    shares = np.bincount(y, weights)
    errors = np.zeros(len(levels))
    for k in np.flatnonzero(shares):
        part = losses[:, y == k]
        errors += shares[k] ** 2 * part.var(axis=1) / part.shape[1]
    errors = np.sqrt(errors)
    way = "se" if empty(TreeSize) else take.choice(TreeSize, ("se", "min"), "TreeSize")
    least = int(found.argmin())
    good = found <= found[least] + (errors[least] if way == "se" else 0) + 1e-12
    best = float(levels[good].max())
    return (*(norm(np.asarray(part, float).reshape(-1, 1)) for part in (found, errors, sizes)), best)


def subtree_losses(
    tree: TreeClassifier, X: ndarray, y: ndarray, weights: ndarray, LossFun: Any, Subtrees: Any, TreeSize: Any
) -> tuple:  # fmt: skip
    """What loss and resubLoss give of a tree: losses, standard errors, leaves, best level."""
    of_nodes, worths = tree.levels()
    levels = wanted_levels(len(worths) - 1, Subtrees)
    trees = [tree.pruned(level, of_nodes) for level in levels.tolist()]
    sizes = [int((one.fitted.left < 0).sum()) for one in trees]
    raw = [one.raw_scores(X) for one in trees]
    outputs = by_levels(levels, sizes, np.stack([costs_of(tree, part, y) for part in raw]), y, weights, TreeSize)
    if LossFun is None:
        return outputs
    found = [loss_of(tree, part, tree.chosen(part), y, weights, LossFun) for part in raw]
    return (norm(np.array(found).reshape(-1, 1)), *outputs[1:])


def costs_of(tree: TreeClassifier, scores: ndarray, y: ndarray) -> ndarray:
    """What each observation costs by the class that is chosen for it."""
    return tree.data.cost[y, tree.chosen(scores)]


@builtin
def prune(tree, /, *, Level=None, Alpha=None, Nodes=None):
    """
    tree1 = prune(tree)
    tree1 = prune(tree, Name, Value)

    A decision tree cut back: questions that help least are taken back first. tree.PruneList tells the level at which
    each node ceases to ask, tree.PruneAlpha how much a leaf must lower the error at each level to stay.

    Options
      Level  a number from 0 (nothing) to max(tree.PruneList) (one leaf is left)
      Alpha  cut back as far as PruneAlpha does not exceed this number
      Nodes  numbers of nodes that become leaves

    Examples
      >> tree = fitctree((1:8)', [0 0 0 0 1 0 1 1]', 'MinParentSize', 2);
      >> [tree.PruneList'; tree.CutPoint']
      ans =
          2.0000         0    1.0000    1.0000         0         0         0
          4.5000       NaN    6.5000    5.5000       NaN       NaN       NaN
      >> tree1 = prune(tree, 'Level', 1); tree1.NumNodes
      ans =
           3
      >> tree1 = prune(tree, 'Nodes', 1); tree1.NumNodes
      ans =
           1
      >> tree1 = prune(tree);

    See also cvloss, fitctree, view.
    """
    model = tree_of(tree, "prune")
    given = [name for name, value in (("Level", Level), ("Alpha", Alpha), ("Nodes", Nodes)) if not empty(value)]
    if len(given) > 1:
        raise ScriptError(
            "stats:ClassificationTree:prune:TooManyParameters", "Only one of Level, Alpha and Nodes may be given.",
            notes=("got " + ", ".join(given),),
        )  # fmt: skip
    if not given:
        return model
    if given == ["Nodes"]:
        nodes = take.vector(Nodes, "Nodes")
        if (nodes != np.trunc(nodes)).any() or nodes.min() < 1 or nodes.max() > len(model.fitted.left):
            raise ScriptError(
                "stats:ClassificationTree:prune:BadNodes", f"Nodes must be from 1 to {len(model.fitted.left)}."
            )
        return model.cut_back(nodes.astype(int) - 1)
    of_nodes, worths = model.levels()
    if given == ["Alpha"]:
        return model.pruned(int((worths <= take.number(Alpha, "Alpha")).sum()) - 1, of_nodes)
    level = take.count(Level, "Level")
    if level > len(worths) - 1:
        raise ScriptError(
            "stats:ClassificationTree:prune:BadLevel", f"Level must be a whole number from 0 to {len(worths) - 1}."
        )
    return model.pruned(level, of_nodes)


@builtin(outputs=4)
def cvloss(session, tree, /, *, Subtrees=None, TreeSize=None, KFold=10.0, LossFun=None):
    """
    E = cvloss(tree)
    [E, SE, Nleaf, BestLevel] = cvloss(tree, Name, Value)

    How wrong a decision tree and those that it is cut back to are on observations that they were not trained on, by
    trees trained without each fold of the data and cut back as far.

    SE is the standard error of each loss, Nleaf how many leaves are left, BestLevel how far prune should cut back.

    Options
      Subtrees  levels, 0 (the whole tree), or 'all'
      TreeSize  'se': the smallest tree whose loss is at most one standard error above the least; 'min': the least
      KFold     how many folds (10)
      LossFun   'mincost' or 'classiferror'

    Examples
      >> rng default, X = (1:40)'; tree = fitctree(X, X > 20);
      >> E = cvloss(tree, 'KFold', 5);
      >> [E, SE, Nleaf, BestLevel] = cvloss(tree, 'Subtrees', 'all'); Nleaf', BestLevel
      ans =
           2     1
      BestLevel =
           0

    See also prune, fitctree, kfoldLoss, resubLoss.
    """
    model = tree_of(tree, "cvloss", whole=True)
    if not empty(LossFun):
        take.choice(LossFun, ("mincost", "classiferror"), "LossFun")
    data, (of_nodes, worths) = model.data, model.levels()
    levels = wanted_levels(len(worths) - 1, Subtrees)
    means = np.sqrt(worths * np.r_[worths[1:], np.inf])
    means[-1] = np.inf
    count = take.integer(KFold, "KFold", 2)
    folds = partitions.folded(session.random, data.y + 1.0, count)
    losses = np.zeros((len(levels), len(data.y)))
    for fold in range(1, count + 1):
        tested = np.flatnonzero(folds == fold)
        one = copy.copy(model)
        one.data = data.part(np.flatnonzero(folds != fold))
        one.fitted = model.train(one.data)
        own_nodes, own = one.levels()
        for row, level in enumerate(levels.tolist()):
            cut = one.pruned(int((own <= means[level]).sum()) - 1, own_nodes)
            losses[row, tested] = costs_of(model, cut.raw_scores(data.X[tested]), data.y[tested])
    sizes = [int((model.pruned(level, of_nodes).fitted.left < 0).sum()) for level in levels.tolist()]
    return by_levels(levels, sizes, losses, data.y, data.weights, TreeSize)
