"""Decision trees for classes and for numbers, grown by scikit-learn as CART (Breiman et al., 1984) grows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Tree:
    """A grown tree.

    left, right   children of each node from 0, -1 for a leaf;  column, cut: what a node asks (x < cut goes left)
    shares        nodes × K: the probability of each class;  counts: observations
    """

    left: np.ndarray
    right: np.ndarray
    column: np.ndarray
    cut: np.ndarray
    shares: np.ndarray
    counts: np.ndarray

    def scores(self, X: np.ndarray) -> np.ndarray:
        return self.shares[self.leaves(X)]

    def leaves(self, X: np.ndarray) -> np.ndarray:
        """The node that each row ends in; one that cannot be asked ends where the question is."""
        nodes = np.zeros(len(X), int)
        going = np.ones(len(X), bool)
        while going.any():
            at = nodes[going]
            inner = self.left[at] >= 0
            values = X[going, np.where(inner, self.column[at], 0)]
            moves = inner & ~np.isnan(values)
            following = np.where(values < self.cut[at], self.left[at], self.right[at])
            nodes[going] = np.where(moves, following, at)
            places = np.flatnonzero(going)
            going[places[~moves]] = False
        return nodes


def grow(
    X: np.ndarray, y: np.ndarray, weights: np.ndarray, count: int, criterion: str, parent: int, leaf: int, splits: int,
    seed: int, sampled: int | None = None, merge: bool = True,
) -> Tree:  # fmt: skip
    """Grow a tree with at most `splits` questions; leaves hold `leaf` rows or more, asked nodes `parent` or more.

    criterion   'gini' or 'entropy';  sampled: how many columns are drawn for each question (None: all are looked at)
    merge       whether questions whose leaves answer the same are taken back
    """
    from sklearn.tree import DecisionTreeClassifier

    model = DecisionTreeClassifier(
        criterion=criterion, min_samples_split=max(2, parent) if splits else 1 + len(X), min_samples_leaf=leaf,
        max_features=sampled, max_leaf_nodes=max(2, splits + 1) if splits < len(X) else None, random_state=seed,
    )  # fmt: skip
    known = without_gaps(X)
    asked, ranked = as_single(known)
    model.fit(asked, y, sample_weight=weights * len(weights))
    grown = model.tree_
    shares = np.zeros((grown.node_count, count))
    values = grown.value[:, 0, :]
    shares[:, model.classes_] = values / values.sum(axis=1, keepdims=True)
    # scikit-learn asks x <= middle; a middle is no value of the data, so that asking x < middle is the same
    cut = np.where(grown.children_left >= 0, grown.threshold, np.nan)
    tree = Tree(
        grown.children_left.copy(), grown.children_right.copy(), grown.feature.copy(), cut, shares, grown.n_node_samples
    )
    ask_values(tree, known, asked, ranked)
    if sampled is None:
        of_first_columns(tree, known)
    if merge:
        joined(tree)
    return tree


def of_first_columns(tree: Tree, X: np.ndarray) -> None:
    """Let each node ask for the first of the columns that divide its rows alike: scikit-learn takes any of them."""
    rows = {0: np.arange(len(X))}
    for node in range(len(tree.left)):
        here, column = rows.pop(node), tree.column[node]
        if tree.left[node] < 0:
            continue
        low = X[here, column] < tree.cut[node]
        one, other = X[here[low], :column], X[here[~low], :column]
        ends = [(part.min(0, initial=np.inf), part.max(0, initial=-np.inf)) for part in (one, other)]
        below, above = ends[0][1] < ends[1][0], ends[1][1] < ends[0][0]
        alike = np.flatnonzero(below | above)
        if alike.size:
            first = alike[0]
            lower, upper = (ends[0][1], ends[1][0]) if below[first] else (ends[1][1], ends[0][0])
            tree.column[node], tree.cut[node] = first, between(lower[first], upper[first])
            if not below[first]:
                tree.left[node], tree.right[node] = tree.right[node], tree.left[node]
                low = ~low
        rows[int(tree.left[node])], rows[int(tree.right[node])] = here[low], here[~low]
    kept(tree)


def grow_numbers(
    X: np.ndarray, y: np.ndarray, weights: np.ndarray, parent: int, leaf: int, splits: int, seed: int,
    sampled: int | None = None,
) -> Tree:  # fmt: skip
    """A tree that answers numbers (least squares); `shares` is nodes × 1, the mean of each node."""
    from sklearn.tree import DecisionTreeRegressor

    model = DecisionTreeRegressor(
        min_samples_split=max(2, parent) if splits else 1 + len(X), min_samples_leaf=leaf, max_features=sampled,
        max_leaf_nodes=max(2, splits + 1) if splits < len(X) else None, random_state=seed,
    )  # fmt: skip
    known = without_gaps(X)
    asked, ranked = as_single(known)
    grown = model.fit(asked, y, sample_weight=weights * len(weights)).tree_
    tree = Tree(
        grown.children_left.copy(), grown.children_right.copy(), grown.feature.copy(),
        np.where(grown.children_left >= 0, grown.threshold, np.nan), grown.value[:, 0, :].copy(),
        grown.n_node_samples.copy(),
    )  # fmt: skip
    ask_values(tree, known, asked, ranked)
    return tree


def as_single(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What scikit-learn is given, and which of its columns are ranks.

    It works in single precision and takes numbers closer than 1e-7 for equal: where that would lose values of a column,
    or where some are infinite, their ranks divide its rows in the same ways.
    """
    ordered = np.sort(X, axis=0)
    with np.errstate(all="ignore"):
        rough = ordered.astype(np.float32)
        lost = (ordered[1:] > ordered[:-1]) & ~(np.diff(rough, axis=0) > 2e-7)
        hard = lost.any(axis=0) | np.isinf(rough).any(axis=0)
    ranked = np.flatnonzero(hard)
    if ranked.size:
        X = X.copy()
        for column in ranked:
            X[:, column] = np.unique(X[:, column], return_inverse=True)[1]
    return X, ranked


def ask_values(tree: Tree, X: np.ndarray, asked: np.ndarray, ranked: np.ndarray) -> None:
    """Let nodes that ask for a rank ask for a value between those that it divides."""
    if not ranked.size:
        return
    rows = {0: np.arange(len(X))}
    for node in range(len(tree.left)):
        here, column = rows.pop(node), tree.column[node]
        if tree.left[node] < 0:
            continue
        low = asked[here, column] < tree.cut[node]
        rows[int(tree.left[node])], rows[int(tree.right[node])] = here[low], here[~low]
        if column in ranked:
            values = X[here, column]
            tree.cut[node] = between(values[low].max(), values[~low].min())


def between(lower: float, upper: float) -> float:
    """The middle of two numbers, or what else divides them where there is none."""
    with np.errstate(all="ignore"):
        middle = (lower + upper) / 2
    return middle if lower < middle <= upper else upper


def without_gaps(X: np.ndarray) -> np.ndarray:
    """NaN replaced by the median of its column, by 0 where the column has no number."""
    if not np.isnan(X).any():
        return X
    empty = np.isnan(X).all(axis=0)
    middles = np.nanmedian(np.where(empty, 0.0, X), axis=0)
    return np.where(np.isnan(X), middles, X)


def importance(tree: Tree, width: int) -> np.ndarray:
    """What each of `width` columns does for a tree of classes, as predictorImportance counts it.

    The sum, over the nodes that ask for the column, of how much the question lowers Gini's index of all rows, divided
    by the number of nodes that ask.
    """
    risk = (1 - (tree.shares**2).sum(axis=1)) * tree.counts / tree.counts[0]
    asking = np.flatnonzero(tree.left >= 0)
    gains = np.zeros(width)
    np.add.at(gains, tree.column[asking], risk[asking] - risk[tree.left[asking]] - risk[tree.right[asking]])
    return gains / max(asking.size, 1)


def joined(tree: Tree) -> None:
    """Take back questions whose leaves all answer the same class: they lower no error, as MATLAB's merging does."""
    answers = tree.shares.argmax(axis=1)
    for node in range(len(tree.left) - 1, -1, -1):
        left, right = tree.left[node], tree.right[node]
        if left >= 0 and tree.left[left] < 0 and tree.left[right] < 0 and answers[left] == answers[right]:
            tree.left[node] = tree.right[node] = -1
    kept(tree)


def kept(tree: Tree) -> Tree:
    """The tree itself with the nodes that can still be reached, in the order of levels."""
    order, at = [0], 0
    while at < len(order):
        node = order[at]
        at += 1
        if tree.left[node] >= 0:
            order += [int(tree.left[node]), int(tree.right[node])]
    place = {node: number for number, node in enumerate(order)}
    for name in ("column", "cut", "shares", "counts"):
        setattr(tree, name, getattr(tree, name)[order])
    tree.left = np.array([place.get(int(node), -1) if node >= 0 else -1 for node in tree.left[order]])
    tree.right = np.array([place.get(int(node), -1) if node >= 0 else -1 for node in tree.right[order]])
    tree.cut = np.where(tree.left >= 0, tree.cut, np.nan)
    return tree


def regression_importance(X: np.ndarray, y: np.ndarray, parent: int = 10, tolerance: float = 1e-6) -> np.ndarray:
    """What each column of X (n×p) does for a regression tree of y (n numbers), as predictorImportance counts it.

    The sum, over the nodes that ask for the column, of how much the question lowers the squared error of all rows,
    divided by the number of nodes that ask.  The tree is grown as fitrtree grows it: to its end, nodes of fewer than
    `parent` rows and those whose error is below `tolerance` times that of the root ask nothing.
    """
    from sklearn.tree import DecisionTreeRegressor

    model = DecisionTreeRegressor(min_samples_split=parent, random_state=0)
    grown = model.fit(np.asarray(X, float), np.asarray(y, float)).tree_
    risk = grown.impurity * grown.n_node_samples / len(X)
    gains = np.zeros(X.shape[1])
    asking, waiting = 0, [0]
    while waiting:
        node = waiting.pop()
        left, right = grown.children_left[node], grown.children_right[node]
        if left < 0 or grown.impurity[node] <= tolerance * grown.impurity[0]:
            continue
        gains[grown.feature[node]] += risk[node] - risk[left] - risk[right]
        asking += 1
        waiting += [left, right]
    return gains / max(asking, 1)
