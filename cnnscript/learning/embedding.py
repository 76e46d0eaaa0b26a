"""Points of many dimensions laid out in few: t-distributed stochastic neighbours (van der Maaten and Hinton, 2008).

The probabilities and the gradient (with Barnes and Hut's tree) are scikit-learn's; the descent is the paper's, so that
it can be watched and stopped at any step: exaggeration in the first 99, momentum 0.5 and after 250 steps 0.8, gains.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FEW = 1000  # points
EXAGGERATED, HEAVIER = 99, 250  # steps
# a step's number, divergence and gradient (n × dimensions), exaggeration, places; whether to stop
Watch = Callable[[int, float, np.ndarray, float, np.ndarray], bool]


def neighbour_embedding(
    distances: np.ndarray, perplexity: float, rate: float, exaggeration: float, rounds: int, start: np.ndarray,
    exact: bool, theta: float, tolerance: float = 0.0, every: int = 0, watch: Watch | None = None,
) -> tuple[np.ndarray, float]:  # fmt: skip
    """Places of n points (n × dimensions) whose neighbours are those of the distances (n × n), and the divergence.

    start       n × dimensions, where the points begin;  rate: length of the steps
    tolerance   of the norm of the gradient, below which the descent ends
    watch       is asked every `every` steps, and before the first (step 0)
    """
    from threadpoolctl import threadpool_limits

    threads = 1 if len(distances) <= FEW else None  # a round of few points is over before the threads have met
    with threadpool_limits(threads):
        objective = objective_of(distances, perplexity, start.shape, exact, theta)
        # a quarter: the gradient of scikit-learn has the factor 4 that other programs take into the rate
        return descended(objective, start, rate / 4, exaggeration, rounds, tolerance, every, watch)


def objective_of(
    distances: np.ndarray, perplexity: float, shape: tuple[int, ...], exact: bool, theta: float
) -> Callable[[np.ndarray, float], tuple[float, np.ndarray]]:
    """The divergence of places and its gradient, for an exaggeration of the neighbours' probabilities."""
    from sklearn.manifold import _t_sne
    from sklearn.neighbors import NearestNeighbors

    count, dimensions = shape
    freedom = max(dimensions - 1, 1)
    if exact:
        shares = _t_sne._joint_probabilities(np.asarray(distances, float) ** 2, perplexity, 0)
    else:
        near = NearestNeighbors(n_neighbors=min(count - 1, int(3 * perplexity + 1)), metric="precomputed")
        graph = near.fit(distances).kneighbors_graph(mode="distance")
        graph.data **= 2
        shares = _t_sne._joint_probabilities_nn(graph, perplexity, 0)

    def objective(places: np.ndarray, exaggeration: float) -> tuple[float, np.ndarray]:
        flat = np.asarray(places, np.float64 if exact else np.float32).ravel()
        if exact:
            value, slope = _t_sne._kl_divergence(flat, shares * exaggeration, freedom, count, dimensions)
        else:
            raised = shares.copy()
            raised.data = shares.data * np.float32(exaggeration)
            value, slope = _t_sne._kl_divergence_bh(flat, raised, freedom, count, dimensions, angle=theta)
        return float(value), np.asarray(slope, float).reshape(shape)

    return objective


def descended(
    objective: Callable[[np.ndarray, float], tuple[float, np.ndarray]], start: np.ndarray, rate: float,
    exaggeration: float, rounds: int, tolerance: float, every: int, watch: Watch | None,
) -> tuple[np.ndarray, float]:  # fmt: skip
    """Steps down the gradient with momentum, and gains for what keeps its direction (Jacobs, 1988)."""
    places = np.array(start, float)
    step, gains = np.zeros_like(places), np.ones_like(places)
    going = True
    if watch is not None:
        value, slope = objective(places, exaggeration)
        going = not watch(0, value, slope, exaggeration, places)
    for turn in range(1, rounds + 1):
        if not going:
            break
        raised = exaggeration if turn <= EXAGGERATED else 1.0
        value, slope = objective(places, raised)
        gains = np.maximum(np.where(np.sign(slope) == np.sign(step), gains * 0.8, gains + 0.2), 0.01)
        step = (0.5 if turn < HEAVIER else 0.8) * step - rate * gains * slope
        places = places + step
        places -= places.mean(axis=0)
        if watch is not None and not turn % every and watch(turn, value, slope, raised, places):
            going = False
        if turn > EXAGGERATED and np.linalg.norm(slope) < tolerance:
            break
    return places, objective(places, 1.0)[0]


def widths(distances: np.ndarray, perplexity: float) -> np.ndarray:
    """The deviation of each point's Gaussian that gives its neighbours the perplexity, by halving; n × n distances."""
    squares, goal = np.asarray(distances, float) ** 2, np.log(perplexity)
    low, high = np.full(len(squares), 1e-20), np.full(len(squares), np.inf)
    beta = np.ones(len(squares))
    away = ~np.eye(len(squares), dtype=bool)
    for _ in range(100):
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            shares = np.exp(-squares * beta[:, None]) * away
            total = np.maximum(shares.sum(axis=1), 1e-300)
            entropy = np.log(total) + beta * (squares * shares).sum(axis=1) / total
        wide = entropy > goal
        low, high = np.where(wide, beta, low), np.where(wide, high, beta)
        beta = np.where(np.isinf(high), beta * 2, (low + high) / 2)
    return np.sqrt(1 / (2 * beta))
