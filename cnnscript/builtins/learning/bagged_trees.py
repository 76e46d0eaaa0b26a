"""What TreeBagger grew, and questions to it: predict, error, oobError."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.regression_trees import RegressionTree
from cnnscript.builtins.learning.training_data import Data, level_words
from cnnscript.builtins.learning.tree_classifiers import TreeClassifier
from cnnscript.builtins.registry import builtin, overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, OBJECT, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.text import cell_of_texts, is_text


class BaggedTrees(Object):
    """The trees, what they were grown on, and which of it each has seen.

    data       of classes: the observations;  None for numbers, of which `numbers` is (predictors, response, X, target,
               weights)
    trees      learning.trees.Tree, each;  used: n × trees
    settings   what was asked for
    """

    class_name = "TreeBagger"
    methods = frozenset(("predict", "oobError", "oobPredict", "error", "compact"))

    def __init__(self, data: Data | None, numbers: tuple | None, trees: list, used: ndarray, settings: dict):
        self.data, self.numbers, self.trees, self.used, self.settings = data, numbers, trees, used, settings
        self.changes: Any = None

    @property
    def X(self) -> ndarray:
        return self.data.X if self.data is not None else self.numbers[2]

    @property
    def predictors(self) -> Any:
        return self.data.predictors if self.data is not None else self.numbers[0]

    def names(self) -> list[str]:
        """The classes as text, as TreeBagger gives them."""
        return words_of(self.data.classes) if self.data is not None else []

    def means(self, X: ndarray, asked: ndarray | None = None) -> tuple[ndarray, ndarray]:
        """What the trees say of rows on average (n × K, or n × 1), and the deviation of what they say; `asked` says
        which trees each row asks (n × trees).  Rows that ask none get NaN."""
        width = self.data.count if self.data is not None else 1
        total, squares, count = np.zeros((len(X), width)), np.zeros((len(X), width)), np.zeros((len(X), 1))
        for place, tree in enumerate(self.trees):
            rows = np.ones(len(X), bool) if asked is None else asked[:, place]
            said = tree.scores(X[rows])
            total[rows] += said
            squares[rows] += said**2
            count[rows] += 1
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = total / count
            spread = np.sqrt(np.maximum(squares / count - mean**2, 0))
        return mean, spread

    def labels(self, shares: ndarray) -> Any:
        """A column of class names; where nothing is known, the most frequent class."""
        shares = np.where(np.isnan(shares), self.data.prior, shares)
        names = self.names()
        cost = shares @ self.data.cost
        return cell_of_texts([names[k] for k in cost.argmin(axis=1)])

    def answer(self, X: ndarray, asked: ndarray | None = None) -> tuple:
        mean, spread = self.means(X, asked)
        if self.data is None:
            return norm(mean), norm(spread)
        return self.labels(mean), norm(np.asfortranarray(mean)), norm(np.asfortranarray(spread))

    def judged_by_others(self) -> tuple:
        """`answer` to the own observations, each by the trees that have not seen it."""
        self.require_others("oobPredict")
        return self.answer(self.X, ~self.used)

    def require_others(self, name: str) -> None:
        if not self.settings["oob"]:
            raise ScriptError(
                "stats:TreeBagger:oobError:InvalidOperation",
                "Out-of-bag predictions are not there: TreeBagger was called without 'OOBPrediction' 'on'.",
                notes=(f"for {name}",),
            )

    def wrong(self, X: ndarray, truth: ndarray, weights: ndarray, asked: ndarray, mode: str) -> Any:
        """The share of wrong classes, or the mean squared error, of rows."""
        count = len(self.trees)
        chosen = {
            "ensemble": [range(count)],
            "individual": [[k] for k in range(count)],
            "cumulative": [range(k + 1) for k in range(count)],
        }[mode]
        found = []
        said = [tree.scores(X) for tree in self.trees]
        running, times = np.zeros_like(said[0]), np.zeros((len(X), 1))
        for places in chosen:
            if mode == "cumulative":
                last = places[-1]
                running = running + said[last] * asked[:, [last]]
                times = times + asked[:, [last]]
                total, number = running, times
            else:
                total = sum(said[k] * asked[:, [k]] for k in places)
                number = asked[:, list(places)].sum(axis=1, keepdims=True)
            with np.errstate(invalid="ignore", divide="ignore"):
                mean = total / number
            known = number[:, 0] > 0
            share = weights[known] / weights[known].sum() if known.any() else weights[known]
            if self.data is None:
                found.append(float(share @ (mean[known, 0] - truth[known]) ** 2) if known.any() else np.nan)
                continue
            mean = np.where(known[:, None], mean, self.data.prior)
            places_found = (mean @ self.data.cost).argmin(axis=1)
            found.append(float(weights @ (places_found != truth) / weights.sum()))
        return norm(np.array(found).reshape(-1, 1))

    def own_errors(self, mode: str) -> Any:
        truth, weights = (self.data.y, self.data.weights) if self.data is not None else self.numbers[3:]
        return self.wrong(self.X, truth, weights, ~self.used, mode)

    def permuted_changes(self, uniforms: Any) -> ndarray:
        """For each predictor how much the error of each tree on what it has not seen grows where the predictor's values
        are shuffled: the mean over the trees, divided by their deviation."""
        X, width = self.X, self.X.shape[1]
        truth = self.data.y if self.data is not None else self.numbers[3]
        grown = np.zeros((len(self.trees), width))

        def error(tree: Any, rows: ndarray, answers: ndarray) -> float:
            said = tree.scores(rows)
            if self.data is None:
                return float(((said[:, 0] - answers) ** 2).mean())
            return float((said.argmax(axis=1) != answers).mean())

        for place, tree in enumerate(self.trees):
            rows = np.flatnonzero(~self.used[:, place])
            if not rows.size:
                continue
            before = error(tree, X[rows], truth[rows])
            for column in np.unique(tree.column[tree.left >= 0]):
                shuffled = X[rows].copy()
                shuffled[:, column] = shuffled[np.argsort(uniforms(rows.size), kind="stable"), column]
                grown[place, column] = error(tree, shuffled, truth[rows]) - before
        spread = grown.std(axis=0, ddof=1) if len(grown) > 1 else np.zeros(width)
        mean = grown.mean(axis=0)
        return np.divide(mean, spread, out=np.zeros(width), where=spread > 0)

    # --------------------------------------------------------------------------------------------------- properties
    def known(self) -> dict[str, Any]:
        settings = self.settings

        def trees():
            cell = np.empty((len(self.trees), 1), OBJECT)
            for place, tree in enumerate(self.trees):
                if self.data is None:
                    cell[place, 0] = RegressionTree.of_tree(tree, self.numbers[0], self.numbers[1])
                    continue
                one = TreeClassifier.__new__(TreeClassifier)
                vars(one).update(data=self.data, options={}, fitted=tree, is_compact=True, train=None)
                one.set_transform("none")
                cell[place, 0] = one
            return cell

        target = self.data.responses if self.data is not None else norm(self.numbers[3].reshape(-1, 1))
        weights = self.data.weights if self.data is not None else self.numbers[4]
        classes = self.data is not None
        changes = EMPTY if self.changes is None else norm(self.changes.reshape(1, -1))
        return {
            "Trees": trees,
            "NumTrees": lambda: float(len(self.trees)),
            "Method": lambda: settings["method"],
            "ClassNames": lambda: cell_of_texts(self.names()) if classes else cell_of_texts([]),
            "X": lambda: norm(np.asfortranarray(self.X)),
            "Y": lambda: target,
            "W": lambda: norm(weights.reshape(-1, 1)),
            "PredictorNames": lambda: cell_of_texts(self.predictors.names, column=False),
            "NumPredictorsToSample": lambda: float(settings["sampled"]),
            "MinLeafSize": lambda: float(settings["leaf"]),
            "InBagFraction": lambda: settings["share"],
            "SampleWithReplacement": lambda: settings["replace"],
            "ComputeOOBPrediction": lambda: settings["oob"],
            "ComputeOOBPredictorImportance": lambda: self.changes is not None,
            "OOBIndices": lambda: norm(np.asfortranarray(~self.used)) if settings["oob"] else EMPTY,
            "OOBPermutedPredictorDeltaError": lambda: changes,
            "OOBPermutedVarDeltaError": lambda: changes,
            "Prior": lambda: norm(self.data.prior.reshape(1, -1)) if classes else EMPTY,
            "Cost": lambda: norm(np.asfortranarray(self.data.cost)) if classes else EMPTY,
            "Proximity": lambda: EMPTY,
        }

    def property_names(self) -> list[str]:
        return list(self.known())

    def get(self, name: str) -> Any:
        older = {"NTrees": "NumTrees", "MinLeaf": "MinLeafSize", "NVarToSample": "NumPredictorsToSample",
                 "FBoot": "InBagFraction", "VarNames": "PredictorNames"}  # fmt: skip
        found = self.known()
        name = older.get(name, name)
        if name not in found:
            raise self.no_property(name)
        return found[name]()

    def disp(self, form: Any) -> str:
        rows, columns = self.X.shape
        settings = self.settings
        lines = [
            ("Training X", f"[{rows}x{columns}]"), ("Training Y", f"[{rows}x1]"), ("Method", settings["method"]),
            ("NumPredictors", columns), ("NumPredictorsToSample", settings["sampled"]),
            ("MinLeafSize", settings["leaf"]), ("InBagFraction", f"{settings['share']:g}"),
            ("SampleWithReplacement", int(settings["replace"])), ("ComputeOOBPrediction", int(settings["oob"])),
            ("ComputeOOBPredictorImportance", int(self.changes is not None)), ("Proximity", "[]"),
        ]  # fmt: skip
        text = f"  TreeBagger\nEnsemble with {len(self.trees)} bagged decision trees:\n"
        text += "".join(f"{name:>30}: {value!s:>20}\n" for name, value in lines)
        if self.data is not None:
            words = "".join(f" {quoted:>15}" for quoted in (f"'{word}'" for word in self.names()))
            text += f"{'ClassNames':>30}:{words}\n"
        return text + form.blank


def words_of(labels: Any) -> list[str]:
    """Labels as texts."""
    return [item if isinstance(item, str) else f"{item:g}" for item in level_words(labels)]


@overload("TreeBagger", name="predict", outputs=3)
def predict_by_trees(session, nargout, B, X, /):
    """
    label = predict(B, X)
    [label, scores] = predict(B, X)
    [label, scores, stdevs] = predict(B, X)

    The class of each row of X by the trees of a TreeBagger, as a cell of character vectors, the mean of what the trees
    say of each class, and its deviation over the trees; of numbers the mean answer and its deviation.

    Examples
      >> rng(1), B = TreeBagger(9, [1:9, 21:30]', [ones(9, 1); 2*ones(10, 1)]); label = predict(B, [3; 28])
      label =
        2×1 cell array
          {'1'}
          {'2'}

    See also TreeBagger, oobPredict.
    """
    answer = B.answer(B.predictors.matrix(session, X, "predict"))
    return answer[: max(nargout, 1)] if len(answer) >= nargout else answer


@builtin
def oobError(B, /, *, Mode="cumulative"):
    """
    err = oobError(B)
    err = oobError(B, 'Mode', mode)

    How wrong a TreeBagger is on observations, each judged by the trees that have not seen it: the share of wrong
    classes, or the mean squared error of numbers.

    Options
      Mode  'cumulative' for the first tree, the first two ..., 'individual' for each tree, 'ensemble' for all

    Examples
      >> rng(1), B = TreeBagger(30, (1:40)', (1:40)' > 20, 'OOBPrediction', 'on'); err = oobError(B); size(err)
      ans =
          30     1
      >> err = oobError(B, 'Mode', 'ensemble') < 0.1
      err =
        logical
         1

    See also TreeBagger, oobPredict.
    """
    if not isinstance(B, BaggedTrees):
        raise take.wanted("a TreeBagger", "B", B)
    B.require_others("oobError")
    return B.own_errors(take.choice(Mode, ("cumulative", "individual", "ensemble"), "Mode"))


@overload("TreeBagger", name="error")
def error_of_trees(session, B, X, Y=None, /, *, Mode="cumulative"):
    """
    err = error(B, X, Y)
    err = error(B, Tbl, ResponseVarName)
    err = error(B, X, Y, 'Mode', mode)

    How wrong a TreeBagger is on observations: the share of wrong classes, or the mean squared error of numbers.

    Options
      Mode  'cumulative' for the first tree, the first two ..., 'individual' for each tree, 'ensemble' for all

    Examples
      >> rng(1), B = TreeBagger(9, (1:40)', (1:40)' > 20); err = error(B, [3; 33], [false; true], 'Mode', 'ensemble')
      err =
           0

    See also TreeBagger, oobError.
    """
    if Y is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    labels = X.data(take.text(Y, "Response")) if is_text(Y) and hasattr(X, "data") and not isinstance(X, ndarray) else Y
    matrix = B.predictors.matrix(session, X, "error")
    mode = take.choice(Mode, ("cumulative", "individual", "ensemble"), "Mode")
    asked = np.ones((len(matrix), len(B.trees)), bool)
    if B.data is None:
        target = take.vector(labels, "Y")
        require_pairs(len(matrix), target.size)
        return B.wrong(matrix, target, np.full(target.size, 1 / target.size), asked, mode)
    known = {name: place for place, name in enumerate(B.names())}
    truth = np.array([known.get(word, -1) for word in words_of(labels)])
    require_pairs(len(matrix), truth.size)
    return B.wrong(matrix, truth, np.full(truth.size, 1 / truth.size), asked, mode)


def require_pairs(rows: int, answers: int) -> None:
    if rows != answers:
        raise ScriptError(
            "stats:error:BadYSize", "The number of rows of X must be the number of elements of Y.",
            notes=(f"X has {rows} rows, Y {answers} elements",),
        )  # fmt: skip
