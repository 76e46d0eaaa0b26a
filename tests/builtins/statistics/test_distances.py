"""Distances between rows."""

import numpy as np

from cnnscript.builtins.statistics.distances import by_products


def test_distances_by_products_are_those_by_differences():
    rows = np.random.RandomState(1).randn(40, 7) + 50
    exact = np.sqrt(((rows[:, None] - rows[None]) ** 2).sum(2))
    assert np.allclose(by_products(rows), exact, atol=1e-6)
