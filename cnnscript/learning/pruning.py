"""Pruning of decision trees by cost and size (Breiman et al., 1984, chapter 3)."""

from __future__ import annotations

import copy

import numpy as np

from cnnscript.learning.trees import Tree, kept


def masses(tree: Tree, X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of all weight that comes to each node."""
    found = np.bincount(tree.leaves(X), weights, minlength=len(tree.left))
    for node in range(len(tree.left) - 1, -1, -1):  # children stand behind their parents
        if tree.left[node] >= 0:
            found[node] += found[tree.left[node]] + found[tree.right[node]]
    return found / weights.sum()


def sequence(tree: Tree, risks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At what level each node ceases to ask (0: it never asks), and what a leaf must be worth at each level.

    risks   what each node adds to the error of the tree when it is a leaf

    Each level takes back the questions that lower the error least for each leaf that they add.
    """
    left, right = tree.left.copy(), tree.right.copy()
    levels, worths = np.zeros(len(left), int), [0.0]
    while left[0] >= 0:
        below, leaves = risks.copy(), np.ones(len(left))
        for node in range(len(left) - 1, -1, -1):
            if left[node] >= 0:
                below[node] = below[left[node]] + below[right[node]]
                leaves[node] = leaves[left[node]] + leaves[right[node]]
        asking = np.flatnonzero(left >= 0)
        worth = (risks[asking] - below[asking]) / (leaves[asking] - 1)
        least = max(worth.min(), 0.0)
        worths.append(least)
        for node in asking[worth <= least + 1e-12 * max(1.0, risks[0])].tolist():
            waiting = [node]
            while waiting:
                at = waiting.pop()
                if left[at] >= 0:
                    waiting += [int(left[at]), int(right[at])]
                    levels[at] = len(worths) - 1
                    left[at] = right[at] = -1
    return levels, np.array(worths)


def cut_back(tree: Tree, nodes: np.ndarray) -> Tree:
    """The tree in which these nodes no longer ask."""
    made = copy.copy(tree)
    made.left, made.right = tree.left.copy(), tree.right.copy()
    made.left[nodes] = made.right[nodes] = -1
    return kept(made)
