"""MATLAB's example data, where installed packages bring it or we draw it ourselves, by function and by `load`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.data import digit_data
from cnnscript.builtins.registry import builtin
from cnnscript.learning import example_tables
from cnnscript.values.text import cell_of_texts


def as_columns(X: np.ndarray, y: np.ndarray, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Inputs with a column for each observation, and targets with a row for each class."""
    return np.asfortranarray(X.T), np.asfortranarray(np.equal.outer(np.arange(len(names)), y).astype(float))


def fisher_irises(session: Any) -> dict[str, Any]:
    X, y, names = example_tables.irises()
    return {"meas": np.asfortranarray(X), "species": cell_of_texts([names[code] for code in y])}


def inputs_and_targets(word: str, read: Callable) -> Callable[[Any], dict[str, Any]]:
    return lambda session: dict(zip((f"{word}Inputs", f"{word}Targets"), as_columns(*read()), strict=True))


def digit_variables(half: str, places: str, old: bool = False) -> Callable[[Any], dict[str, Any]]:
    def variables(session: Any) -> dict[str, Any]:
        some = digit_data.digits(session)
        X, labels, angles = digit_data.arrays(some, getattr(some, places))
        if old:
            return {f"X{half}": X, f"T{half}": labels}
        return {f"X{half}": X, f"angles{half}": angles, f"labels{half}": labels}

    return variables


LOADED: dict[str, Callable[[Any], dict[str, Any]]] = {
    "fisheriris": fisher_irises,
    "iris_dataset": inputs_and_targets("iris", example_tables.irises),
    "wine_dataset": inputs_and_targets("wine", example_tables.wines),
    "DigitsDataTrain": digit_variables("Train", "train"),
    "DigitsDataTest": digit_variables("Test", "test"),
    "digitTrainSet": digit_variables("Train", "train", old=True),  # of R2016a
    "digitTestSet": digit_variables("Test", "test", old=True),
}


def variables(session: Any, name: str) -> dict[str, Any] | None:
    """What `load` gives for the name of one of MATLAB's example files; None for others."""
    stem, ending = os.path.splitext(name)
    return LOADED[stem](session) if stem in LOADED and ending in ("", ".mat") else None


@builtin(name="iris_dataset", outputs=2)
def iris_dataset(nargout, /):
    """
    [x, t] = iris_dataset

    Fisher's irises: x, 4×150, their sepals' and petals' length and width in centimetres; t, 3×150, a 1 for the species
    of each. From scikit-learn; `load fisheriris` gives them as meas, 150×4, and species.

    Examples
      >> [x, t] = iris_dataset; x(:, 1)', sum(t, 2)'
      ans =
          5.1000    3.5000    1.4000    0.2000
      ans =
          50    50    50
      >> load fisheriris, species{150}
      ans =
          'virginica'

    See also wine_dataset, fitcsvm, gscatter, load.
    """
    return as_columns(*example_tables.irises())


@builtin(name="wine_dataset", outputs=2)
def wine_dataset(nargout, /):
    """
    [x, t] = wine_dataset

    Italian wines: x, 13×178, what was measured of each; t, 3×178, a 1 for the winery it is from. From scikit-learn.

    Examples
      >> [x, t] = wine_dataset; size(x), sum(t, 2)'
      ans =
          13   178
      ans =
          59    71    48

    See also iris_dataset, fitcecoc, pca.
    """
    return as_columns(*example_tables.wines())
