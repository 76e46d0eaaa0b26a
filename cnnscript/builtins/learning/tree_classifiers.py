"""Decision trees: fitctree, and how they are shown: view."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.learning.classifiers import Classifier
from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.partitioned_models import cross_validated
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.text import cell_of_texts, is_text


class TreeClassifier(Classifier):
    kind, short = "ClassificationTree", "Tree"
    methods = Classifier.methods | {"view", "prune", "cvloss"}

    def trainer(self, session: Any) -> Callable[[Data], Any]:
        return tree_trainer(session, self.options)

    def raw_scores(self, X):
        return self.fitted.scores(X)

    def answer(self, X: ndarray, nargout: int) -> tuple:
        """Classes, scores, the node that each row ends in, and the number of the class."""
        nodes = self.fitted.leaves(X)
        shares = self.fitted.shares[nodes]
        places = self.chosen(shares)
        numbers = (nodes + 1.0, places + 1.0)
        scores = norm(np.asfortranarray(self.transform(shares)))
        return (self.labels(places), scores, *(norm(part.reshape(-1, 1)) for part in numbers))

    def levels(self) -> tuple[ndarray, ndarray]:
        """The level of each node, and the worth of a leaf at each level."""
        from cnnscript.learning import pruning

        tree, data = self.fitted, self.data
        share = pruning.masses(tree, data.X, data.weights) if len(data.y) else tree.counts / tree.counts[0]
        return pruning.sequence(tree, share * self.costs(tree.shares).min(axis=1))

    def pruned(self, level: int, levels: ndarray) -> TreeClassifier:
        """The tree cut back to a level.  levels: of the nodes, which callers of many ask once."""
        return self.cut_back(np.flatnonzero(levels <= level)) if level else self

    def cut_back(self, nodes: ndarray) -> TreeClassifier:
        from cnnscript.learning import pruning

        made = copy.copy(self)
        made.fitted = pruning.cut_back(self.fitted, nodes)
        return made

    def own_properties(self) -> dict[str, Callable[[], Any]]:
        tree = self.fitted

        def children():
            return norm(np.asfortranarray(np.column_stack([tree.left, tree.right]) + 1.0))

        def cut_names():
            names = self.expanded()
            asked = zip(tree.left, tree.column, strict=True)
            return cell_of_texts([names[column] if left >= 0 else "" for left, column in asked])

        return {
            "NumNodes": lambda: float(len(tree.left)),
            "Children": children,
            "CutPoint": lambda: norm(tree.cut.reshape(-1, 1)),
            "CutPredictor": cut_names,
            "IsBranchNode": lambda: norm((tree.left >= 0).reshape(-1, 1)),
            "NodeSize": lambda: norm(tree.counts.astype(float).reshape(-1, 1)),
            "ClassProbability": lambda: norm(np.asfortranarray(tree.shares)),
            "NodeClass": lambda: self.labels(self.chosen(tree.shares)),
            "PruneList": lambda: norm(self.levels()[0].astype(float).reshape(-1, 1)),
            "PruneAlpha": lambda: norm(self.levels()[1].reshape(-1, 1)),
        }

    def shown(self) -> list[str]:
        return ["ResponseName", "CategoricalPredictors", "ClassNames", "ScoreTransform", "NumObservations"]


def refuse_surrogates(options: dict) -> None:
    given = options.get("Surrogate")
    if not empty(given) and (not is_text(given) or take.choice(given, ("on", "off", "all"), "Surrogate") != "off"):
        raise ScriptError("cnnscript:NotYet", "'Surrogate' splits are not in cnnscript yet.")


def tree_trainer(session, options: dict) -> Callable[[Data], Any]:
    from cnnscript.learning.trees import grow

    def whole(name: str, default: int) -> int:
        return default if empty(options.get(name)) else take.positive(options[name], name)

    refuse_surrogates(options)
    criterion = options.get("SplitCriterion")
    word = "gdi" if empty(criterion) else take.choice(criterion, ("gdi", "deviance", "twoing"), "SplitCriterion")
    if word == "twoing":
        raise ScriptError("cnnscript:NotYet", "'SplitCriterion' 'twoing' is not in cnnscript yet.")
    leaf = whole("MinLeafSize", 1)
    parent = max(whole("MinParentSize", 10), 2 * leaf)
    splits = None if empty(options.get("MaxNumSplits")) else take.count(options["MaxNumSplits"], "MaxNumSplits")
    few = options.get("NumVariablesToSample")
    if empty(few) or is_text(few) and take.choice(few, ("all",), "NumVariablesToSample"):
        few = None
    else:
        few = take.positive(few, "NumVariablesToSample")
    merge = empty(options.get("MergeLeaves")) or take.flag(options["MergeLeaves"], "MergeLeaves")

    def train(data: Data):
        sampled = None if few is None or few >= data.X.shape[1] else few
        seed = 0 if sampled is None else int(session.random.uniforms(1)[0] * 2**31)
        count = len(data.y) if splits is None else splits
        return grow(
            data.X, data.y, data.weights, data.count, {"gdi": "gini", "deviance": "entropy"}[word], parent, leaf, count,
            seed, sampled, merge,
        )  # fmt: skip

    return train


@builtin
def fitctree(
    session, X, Y=None, /, *, MinParentSize=None, MinLeafSize=None, MaxNumSplits=None, SplitCriterion=None, Prune=None,
    MergeLeaves=None, NumVariablesToSample=None, Surrogate=None, ClassNames=None, Cost=None, Prior=None, Weights=None,
    PredictorNames=None, ResponseName=None, ScoreTransform=None, CategoricalPredictors=None, CrossVal=None,
    CVPartition=None, Holdout=None, KFold=None, Leaveout=None, OptimizeHyperparameters=None,
    HyperparameterOptimizationOptions=None,
):  # fmt: skip
    """
    tree = fitctree(X, Y)
    tree = fitctree(Tbl, ResponseVarName)
    tree = fitctree(..., Name, Value)

    A decision tree that asks one predictor at a time.

    A categorical predictor counts as a column of zeros and ones for each of its levels.

    Options
      MinParentSize            observations that a node that asks has at least (10)
      MinLeafSize              observations of a leaf at least (1)
      MaxNumSplits             most questions (n-1)
      SplitCriterion           'gdi' (Gini) or 'deviance'
      Prune                    'on': prune and PruneList know how far the tree can be cut back, whatever is given
      MergeLeaves              'on': leaves of one question that answer the same become one
      NumVariablesToSample     how many predictors are drawn for each question ('all')
      Surrogate                'off'
      ClassNames               the classes, in order
      Cost                     cost of taking one class (row) for another (column)
      Prior                    'empirical', 'uniform', or the probabilities
      Weights                  of the observations
      PredictorNames           names
      ResponseName             a name ('Y')
      ScoreTransform           'none', 'logit' ... or a function
      CategoricalPredictors    which are categorical
      CrossVal                 'on': ten folds
      CVPartition              a cvpartition
      Holdout                  share left out to test
      KFold                    number of folds
      Leaveout                 'on': each observation is a fold
      OptimizeHyperparameters  'none'
      HyperparameterOptimizationOptions  with OptimizeHyperparameters: a structure

    Examples
      >> X = [1 1; 2 1; 1 2; 6 5; 7 6; 6 7]; Y = {'a'; 'a'; 'a'; 'b'; 'b'; 'b'};
      >> tree = fitctree(X, Y, 'MinParentSize', 2)
      tree =
        ClassificationTree
                   ResponseName: 'Y'
          CategoricalPredictors: []
                     ClassNames: {'a'  'b'}
                 ScoreTransform: 'none'
                NumObservations: 6
      >> label = predict(tree, [2 2; 6 6])
      label =
        2×1 cell array
          {'a'}
          {'b'}
      >> tree = fitctree(table(X(:, 1), X(:, 2), Y), 'Y', 'MinParentSize', 2); tree.NumNodes
      ans =
           3

    See also prune, cvloss, fitcknn, fitcsvm, predict.
    """
    options = dict(locals())
    for word in ("session", "X", "Y"):
        options.pop(word)
    refuse_search(OptimizeHyperparameters, "fitctree", HyperparameterOptimizationOptions)
    if not empty(Prune):
        take.flag(Prune, "Prune")
    data = classified(session, "fitctree", X, Y, options, drop_missing=False)
    return cross_validated(session, TreeClassifier(data, tree_trainer(session, options), options), options)
