"""Points of many dimensions laid out in few: t-distributed stochastic neighbours, by scikit-learn."""

from __future__ import annotations

import numpy as np

FEW = 1000  # points


def neighbour_embedding(
    distances: np.ndarray, dimensions: int, perplexity: float, rate: float, exaggeration: float, rounds: int,
    start: np.ndarray, exact: bool, theta: float,
) -> tuple[np.ndarray, float]:  # fmt: skip
    """Places of n points (n × dimensions) whose neighbours are those of the distances (n × n), and the divergence.

    start   n × dimensions, where the points begin;  rate: as in the paper, four times what scikit-learn calls so
    """
    import warnings

    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    model = TSNE(
        n_components=dimensions, perplexity=perplexity, learning_rate=rate / 4, early_exaggeration=exaggeration,
        max_iter=max(250, rounds), init=start, metric="precomputed", method="exact" if exact else "barnes_hut",
        angle=theta, random_state=0,
    )  # fmt: skip
    threads = 1 if len(distances) <= FEW else None  # a round of few points is over before the threads have met
    with warnings.catch_warnings(), threadpool_limits(threads):
        warnings.simplefilter("ignore")
        places = model.fit_transform(distances)
    return np.asarray(places, float), float(model.kl_divergence_)
