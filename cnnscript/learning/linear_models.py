"""Linear models of numbers, fitted by scikit-learn."""

from __future__ import annotations

import numpy as np


def lasso(X: np.ndarray, y: np.ndarray, strength: float | None = None) -> np.ndarray:
    """The weights (p) of least squares with a lasso penalty: least of Σ (y - b - Xw)²/2n + strength · Σ|w|.

    X, y      n×p and n numbers;  strength: None for 1/n, as fitrlinear has it
    """
    from sklearn.linear_model import Lasso

    model = Lasso(alpha=1 / len(X) if strength is None else strength, max_iter=10000, tol=1e-6)
    return model.fit(np.asarray(X, float), np.asarray(y, float)).coef_
