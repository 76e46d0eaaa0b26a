"""Tables of numbers that come with scikit-learn: Fisher's irises, and wines."""

from __future__ import annotations

import numpy as np


def irises() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """150×4 centimetres (sepal length and width, petal length and width), the class of each from 0, and their names.

    R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936.
    """
    from sklearn.datasets import load_iris

    return told(load_iris())


def wines() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """178×13 measurements of Italian wines, the grower of each from 0, and the growers' names."""
    from sklearn.datasets import load_wine

    return told(load_wine())


def told(found: dict) -> tuple[np.ndarray, np.ndarray, list[str]]:
    return found["data"], found["target"], [str(name) for name in found["target_names"]]
