"""Support vector machines for two classes and for one, and linear models trained by their hinge or logistic loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Kernel:
    """A kernel function of rows already divided by the scale.

    word   'linear', 'gaussian' or 'polynomial'; '' for `function`
    """

    word: str = "linear"
    order: int = 3
    function: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None

    def matrix(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """K(i, j) of row i of one and row j of the other."""
        if self.function is not None:
            return self.function(one, other)
        if self.word == "linear":
            return one @ other.T
        if self.word == "polynomial":
            return (1 + one @ other.T) ** self.order
        squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :] - 2 * one @ other.T
        return np.exp(-np.maximum(squares, 0))


@dataclass
class SupportVectors:
    """f(x) = sum of alpha * sign * K(x / scale, vector / scale) + bias.

    vectors  support vectors (m × p, not divided);  alpha, signs: m
    """

    vectors: np.ndarray
    alpha: np.ndarray
    signs: np.ndarray
    bias: float
    scale: float
    kernel: Kernel
    places: np.ndarray
    iterations: int
    settled: bool = True  # not so where the iterations came to their limit
    solver: str = "SMO"

    def scores(self, X: np.ndarray) -> np.ndarray:
        if not len(self.vectors):
            return np.full(len(X), self.bias)
        weights = self.alpha * self.signs
        if self.kernel.function is None and self.kernel.word == "linear":
            return X @ (self.vectors.T @ weights) / self.scale**2 + self.bias
        found = np.empty(len(X))
        for first in range(0, len(X), 2000):  # rows at a time: the kernel matrix stays small
            part = X[first : first + 2000] / self.scale
            found[first : first + 2000] = self.kernel.matrix(part, self.vectors / self.scale) @ weights + self.bias
        return found

    def beta(self) -> np.ndarray:
        """The weights of the predictors, of a linear kernel."""
        return self.vectors.T @ (self.alpha * self.signs) / self.scale


def train_two_classes(
    X: np.ndarray, signs: np.ndarray, limits: np.ndarray, kernel: Kernel, scale: float, tolerance: float, most: int
) -> SupportVectors:
    """The soft-margin machine (Cortes and Vapnik, 1995), solved by SMO in LIBSVM.

    signs   -1 or 1 for each row;  limits: the largest alpha of each row (its box constraint)
    """
    from sklearn.svm import SVC

    scaled = X / scale
    matrix = kernel.matrix(scaled, scaled)
    model = SVC(C=1.0, kernel="precomputed", tol=tolerance, max_iter=most)
    quietly(lambda: model.fit(matrix, signs, sample_weight=limits))
    places = model.support_
    coefficients = model.dual_coef_[0]
    order = np.argsort(places)
    places, coefficients = places[order], coefficients[order]
    return SupportVectors(
        X[places], np.abs(coefficients), signs[places].astype(float), float(model.intercept_[0]), scale, kernel, places,
        int(np.sum(model.n_iter_)), model.fit_status_ == 0,
    )  # fmt: skip


def train_unbalanced(
    X: np.ndarray, signs: np.ndarray, limits: np.ndarray, kernel: Kernel, scale: float, offset: float,
    tolerance: float, most: int,
) -> SupportVectors:  # fmt: skip
    """The machine whose alphas need not sum up to as much on both sides (ISDA: Kecman, Huang and Vogt, 2005).

    Each step moves the one alpha that is farthest from the conditions of Karush, Kuhn and Tucker, until none is
    farther than the tolerance.
    offset  added to every kernel value: the bias is what comes of it, so that without one there is no bias
    """
    scaled = X / scale
    matrix = kernel.matrix(scaled, scaled) + offset
    alpha, slopes = np.zeros(len(X)), np.full(len(X), -1.0)  # slopes of the dual: sign * f(x) - 1
    settled, steps = False, 0
    while not settled and steps < most:
        broken = np.maximum(np.where(alpha < limits, -slopes, 0), np.where(alpha > 0, slopes, 0))
        worst = int(np.argmax(broken))
        settled = bool(broken[worst] <= tolerance)
        if not settled:
            bend = matrix[worst, worst]
            wanted = alpha[worst] - slopes[worst] / bend if bend > 0 else (slopes[worst] < 0) * limits[worst]
            change = min(max(wanted, 0.0), limits[worst]) - alpha[worst]
            alpha[worst] += change
            slopes += change * signs[worst] * signs * matrix[worst]
            steps += 1
    places = np.flatnonzero(alpha)
    bias = offset * float(alpha @ signs)
    return SupportVectors(
        X[places], alpha[places], signs[places].astype(float), bias, scale, kernel, places, steps, settled, "ISDA"
    )


def train_one_class(X: np.ndarray, share: float, kernel: Kernel, scale: float, tolerance: float) -> SupportVectors:
    """The machine that most of the rows are on the positive side of (Schölkopf et al., 2001)."""
    from sklearn.svm import OneClassSVM

    scaled = X / scale
    model = OneClassSVM(nu=share, kernel="precomputed", tol=tolerance)
    quietly(lambda: model.fit(kernel.matrix(scaled, scaled)))
    places, alpha = model.support_, model.dual_coef_[0]
    return SupportVectors(
        X[places],
        alpha,
        np.ones(len(places)),
        float(model.intercept_[0]),
        scale,
        kernel,
        places,
        int(np.sum(model.n_iter_)),
    )


def quietly(task: Callable[[], object]) -> None:
    """Run a training without scikit-learn's words about what has not converged."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        task()


def usual_scale(X: np.ndarray, signs: np.ndarray, uniforms: np.ndarray) -> float:
    """A kernel scale from the data: a quantile of distances of pairs of rows drawn at random (Jaakkola's heuristic)."""
    count = len(X)
    one = np.floor(uniforms[: len(uniforms) // 2] * count).astype(int)
    other = np.floor(uniforms[len(uniforms) // 2 :] * count).astype(int)
    across = signs[one] != signs[other]
    if across.any():
        one, other = one[across], other[across]
    distances = np.linalg.norm(X[one] - X[other], axis=1)
    middle = float(np.median(distances)) if distances.size else 1.0
    return middle or 1.0


# ------------------------------------------------------------------------------------------------------ linear models
def train_linear(
    X: np.ndarray, target: np.ndarray, weights: np.ndarray, loss: str, penalty: str, strength: float, most: int,
    epsilon: float = 0.1, bias: bool = True,
) -> tuple[np.ndarray, float, float]:  # fmt: skip
    """Weights, bias and objective of a linear model: mean loss + strength * (ridge ||b||²/2 or lasso ||b||₁).

    loss     'hinge', 'logistic' (target -1 and 1), 'epsiloninsensitive' or 'mse' (target real)
    Hinge and ridge: by coordinates of the dual (LIBLINEAR); else by L-BFGS, where corners of the loss are rounded off
    by a thousandth and the lasso is split in two nonnegative parts.
    """
    from scipy.optimize import minimize

    count, width = X.shape
    weights = weights / weights.sum()
    if loss == "hinge" and penalty == "ridge" and strength > 0:
        return train_by_coordinates(X, target, weights, strength, most, bias)
    smooth = 1e-3

    def slope_and_loss(margin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if loss == "hinge":
            gap = 1 - target * margin
            value = np.where(gap <= 0, 0, np.where(gap >= smooth, gap - smooth / 2, gap**2 / (2 * smooth)))
            return value, -target * np.clip(gap / smooth, 0, 1)
        if loss == "logistic":
            product = target * margin
            return np.logaddexp(0, -product), -target / (1 + np.exp(np.clip(product, -700, 700)))
        gap = margin - target
        if loss == "mse":
            return gap**2 / 2, gap
        over = np.abs(gap) - epsilon
        value = np.where(over <= 0, 0, np.where(over >= smooth, over - smooth / 2, over**2 / (2 * smooth)))
        return value, np.sign(gap) * np.clip(over / smooth, 0, 1)

    def objective(point: np.ndarray) -> tuple[float, np.ndarray]:
        beta = point[:width] - point[width + 1 :] if penalty == "lasso" else point[:width]
        margin = X @ beta + (point[width] if bias else 0.0)
        value, slope = slope_and_loss(margin)
        pull = X.T @ (weights * slope)
        shift = float(weights @ slope) if bias else 0.0
        if penalty == "lasso":
            sides = point[:width].sum() + point[width + 1 :].sum()
            return float(weights @ value + strength * sides), np.concatenate(
                [pull + strength, [shift], -pull + strength]
            )
        return float(weights @ value + strength * beta @ beta / 2), np.append(pull + strength * beta, shift)

    start = np.zeros(2 * width + 1 if penalty == "lasso" else width + 1)
    if loss in ("mse", "epsiloninsensitive") and bias:
        start[width] = float(weights @ target)
    bounds = None
    if penalty == "lasso":
        bounds = [(0, None)] * width + [(None, None)] + [(0, None)] * width
    found = minimize(
        objective, start, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": most, "maxfun": 2 * most, "ftol": 1e-10, "gtol": 1e-7},
    )  # fmt: skip
    beta = found.x[:width] - found.x[width + 1 :] if penalty == "lasso" else found.x[:width]
    return beta, float(found.x[width]) if bias else 0.0, float(found.fun)


def train_by_coordinates(
    X: np.ndarray, signs: np.ndarray, weights: np.ndarray, strength: float, most: int, bias: bool
) -> tuple[np.ndarray, float, float]:
    """The linear support vector machine: weights, bias and objective.  The bias is held back a hundred times less."""
    from sklearn.svm import LinearSVC

    model = LinearSVC(
        loss="hinge", dual=True, C=1 / strength, fit_intercept=bias, intercept_scaling=10.0, max_iter=most, tol=1e-4,
        random_state=0,
    )  # fmt: skip
    quietly(lambda: model.fit(X, signs, sample_weight=weights))
    beta, shift = model.coef_[0], float(model.intercept_[0]) if bias else 0.0
    gaps = np.maximum(0, 1 - signs * (X @ beta + shift))
    return beta, shift, float(weights @ gaps + strength * beta @ beta / 2)


def train_numbers(
    X: np.ndarray, target: np.ndarray, limits: np.ndarray, epsilon: float, kernel: Kernel, scale: float,
    tolerance: float, most: int,
) -> SupportVectors:  # fmt: skip
    """The machine that answers numbers, with a band of 2·epsilon without loss (Vapnik, 1995).

    limits   the largest alpha of each row;  `alpha * signs` are the differences of the two multipliers of each row
    """
    from sklearn.svm import SVR

    scaled = X / scale
    model = SVR(C=1.0, kernel="precomputed", epsilon=epsilon, tol=tolerance, max_iter=most)
    quietly(lambda: model.fit(kernel.matrix(scaled, scaled), target, sample_weight=limits))
    order = np.argsort(model.support_)
    places, coefficients = model.support_[order], model.dual_coef_[0][order]
    return SupportVectors(
        X[places], np.abs(coefficients), np.sign(coefficients), float(model.intercept_[0]), scale, kernel, places,
        int(np.sum(model.n_iter_)), model.fit_status_ == 0,
    )  # fmt: skip
