"""TreeBagger: many trees of classes or numbers, each grown on observations drawn anew (Breiman, 2001)."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.learning.bagged_trees import BaggedTrees
from cnnscript.builtins.learning.fitting_options import empty, refuse_search
from cnnscript.builtins.learning.regression_trees import depths
from cnnscript.builtins.learning.response_models import responded
from cnnscript.builtins.learning.training_data import Data, classified
from cnnscript.builtins.learning.tree_classifiers import refuse_surrogates
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray
from cnnscript.values.structs import Struct
from cnnscript.values.text import is_text

OLDER = {"OOBPred": "OOBPrediction", "OOBVarImp": "OOBPredictorImportance", "MinLeaf": "MinLeafSize",
         "NVarToSample": "NumPredictorsToSample", "FBoot": "InBagFraction", "NPrint": "NumPrint"}  # fmt: skip


@builtin
def TreeBagger(
    session, NumTrees, X, Y=None, /, *, Method=None, OOBPrediction=None, OOBPredictorImportance=None, OOBPred=None,
    OOBVarImp=None, MinLeafSize=None, MinLeaf=None, MinParentSize=None, MaxNumSplits=None, NumPredictorsToSample=None,
    NVarToSample=None, InBagFraction=None, FBoot=None, SampleWithReplacement=None, Cost=None, Prior=None, Weights=None,
    ClassNames=None, PredictorNames=None, ResponseName=None, CategoricalPredictors=None, NumPrint=None, NPrint=None,
    Surrogate=None, PredictorSelection=None, Options=None, OptimizeHyperparameters=None,
):  # fmt: skip
    """
    B = TreeBagger(NumTrees, X, Y)
    B = TreeBagger(NumTrees, Tbl, ResponseVarName)
    B = TreeBagger(NumTrees, Tbl, formula)
    B = TreeBagger(NumTrees, Tbl, Y)
    B = TreeBagger(..., Name, Value)

    Trees of classes (or numbers), each grown on observations drawn anew; together they are a random forest. The classes
    that predict gives are character vectors.

    Options
      Method                   'classification' or 'regression'
      OOBPrediction            'on': what each tree has not seen is kept, for oobError and oobPredict ('off')
      OOBPredictorImportance   'on': how much each predictor is needed, by shuffling it ('off')
      OOBPred                  older name of OOBPrediction
      OOBVarImp                older name of OOBPredictorImportance
      MinLeafSize              observations of a leaf at least: 1 for classes, 5 for numbers
      MinLeaf                  older name of MinLeafSize
      MinParentSize            observations of a node that asks at least (twice MinLeafSize)
      MaxNumSplits             most questions of a tree (n-1)
      NumPredictorsToSample    predictors drawn for each question, or 'all': the square root of their number for
                               classes, a third for numbers
      NVarToSample             older name of NumPredictorsToSample
      InBagFraction            share of the observations drawn for each tree (1)
      FBoot                    older name of InBagFraction
      SampleWithReplacement    'on' or 'off'
      Cost                     cost of taking one class (row) for another (column)
      Prior                    'Empirical', 'Uniform', or the probabilities
      Weights                  of the observations
      ClassNames               the classes, in order
      PredictorNames           names
      ResponseName             a name ('Y')
      CategoricalPredictors    which are categorical
      NumPrint                 after how many trees a line is printed
      NPrint                   older name of NumPrint
      Surrogate                'off'
      PredictorSelection       'allsplits'
      Options                  struct with UseParallel: the answer is the same
      OptimizeHyperparameters  'none'

    Examples
      >> rng(1), X = [randn(30, 4); randn(30, 4) + 2]; Y = [repmat({'a'}, 30, 1); repmat({'b'}, 30, 1)];
      >> B = TreeBagger(20, X, Y, 'OOBPrediction', 'on')
      B =
        TreeBagger
      Ensemble with 20 bagged decision trees:
                          Training X:               [60x4]
                          Training Y:               [60x1]
                              Method:       classification
                       NumPredictors:                    4
               NumPredictorsToSample:                    2
                         MinLeafSize:                    1
                       InBagFraction:                    1
               SampleWithReplacement:                    1
                ComputeOOBPrediction:                    1
       ComputeOOBPredictorImportance:                    0
                           Proximity:                   []
                          ClassNames:             'a'             'b'
      >> [label, scores] = predict(B, [0 0 0 0; 2 2 2 2]); label'
      ans =
        1×2 cell array
          {'a'}    {'b'}
      >> B = TreeBagger(5, X, X(:, 1), 'Method', 'regression'); B.MinLeafSize
      ans =
           5
      >> T = table(X(:, 1), X(:, 2), Y); B = TreeBagger(5, T, 'Y'); numel(B.Trees)
      ans =
           5
      >> B = TreeBagger(5, T, 'Y ~ Var1'); B = TreeBagger(5, T(:, 1:2), Y); B.ClassNames'
      ans =
        1×2 cell array
          {'a'}    {'b'}

    See also fitcensemble, fitctree, oobError, predict.
    """
    given = dict(locals())
    session = given.pop("session")
    options = {name: value for name, value in given.items() if name not in (*OLDER, "NumTrees", "X", "Y")}
    for old, name in OLDER.items():
        options[name] = given[old] if empty(options[name]) else options[name]
    refuse_search(OptimizeHyperparameters, "TreeBagger")
    refuse_surrogates(options)
    ways = ("allsplits", "curvature", "interaction-curvature")
    if not empty(PredictorSelection) and take.choice(PredictorSelection, ways, "PredictorSelection") != "allsplits":
        raise ScriptError("cnnscript:NotYet", "'PredictorSelection' other than 'allsplits' is not in cnnscript yet.")
    if not empty(Options) and not isinstance(Options, Struct):
        raise take.wanted("a structure made by statset", "Options", Options)
    count = take.positive(NumTrees, "NumTrees")
    method = "classification" if empty(Method) else take.choice(Method, ("classification", "regression"), "Method")
    if method == "classification":
        data, numbers = classified(session, "TreeBagger", X, Y, options, drop_missing=False), None
        rows, weights = len(data.y), data.weights
    else:
        for word in ("Prior", "Cost", "ClassNames"):
            if not empty(options[word]):
                raise ScriptError(
                    "stats:TreeBagger:TreeBagger:BadOption", f"'{word}' is for classes: regression has none.",
                )  # fmt: skip
        data, numbers = None, responded(session, "TreeBagger", X, Y, options)
        rows, weights = numbers[3].size, numbers[4]
    made = grown_forest(session, data, numbers, rows, weights, count, method, options)
    shown = options["NumPrint"]
    if not empty(shown) and not (is_text(shown) and take.choice(shown, ("off",), "NumPrint")):
        for tree in range(step := take.positive(shown, "NumPrint"), count + 1, step):
            session.out.write(f"Tree {tree} done.\n")
    return made


def grown_forest(
    session, data: Data | None, numbers: tuple | None, rows: int, weights: ndarray, count: int, method: str,
    options: dict,
) -> BaggedTrees:  # fmt: skip
    from cnnscript.learning import ensembles, trees

    X = data.X if data is not None else numbers[2]
    width = X.shape[1]
    usual = int(np.ceil(np.sqrt(width))) if data is not None else max(1, width // 3)
    sizes = {**options, "NumVariablesToSample": options["NumPredictorsToSample"]}
    share = 1.0 if empty(options["InBagFraction"]) else take.number(options["InBagFraction"], "InBagFraction")
    again = empty(options["SampleWithReplacement"]) or take.flag(
        options["SampleWithReplacement"], "SampleWithReplacement"
    )
    if not 0 < share <= 1:
        raise ScriptError("stats:TreeBagger:BadFBoot", "InBagFraction must be a number above 0 and at most 1.")

    def learn(places: ndarray):
        parent, leaf, splits, seed, sampled = depths(
            session, sizes, rows, width, 2 if data is not None else 10, 1 if data is not None else 5, usual
        )
        even = np.full(places.size, 1 / places.size)
        if data is None:
            return trees.grow_numbers(X[places], numbers[3][places], even, parent, leaf, splits, seed, sampled)
        return trees.grow(
            X[places], data.y[places], even, data.count, "gini", parent, leaf, splits, seed, sampled, False
        )

    grown = ensembles.bag(rows, weights, count, share, again, session.random.uniforms, learn)
    _, leaf, _, _, sampled = depths(
        session, {**sizes, "NumVariablesToSample": None}, rows, width, 2, 1 if data is not None else 5, None
    )
    given = options["NumPredictorsToSample"]
    sampled = usual if empty(given) else width if is_text(given) else min(width, take.positive(given))
    flags = {
        name: not empty(options[name]) and take.flag(options[name], name)
        for name in ("OOBPrediction", "OOBPredictorImportance")
    }
    settings = {
        "method": method, "leaf": leaf, "sampled": sampled, "share": share, "replace": again,
        "oob": flags["OOBPrediction"] or flags["OOBPredictorImportance"],
    }  # fmt: skip
    made = BaggedTrees(data, numbers, grown.learners, grown.used, settings)
    if flags["OOBPredictorImportance"]:
        made.changes = made.permuted_changes(session.random.uniforms)
    return made
