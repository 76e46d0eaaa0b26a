"""Object and background parted by the least cut of a graph of regions.

A picture comes as labels of regions (1 to n) and the mean colour of each (n×channels).
"""

from __future__ import annotations

import numpy as np

from cnnscript.pictures.images import segmentation

STEPS = 1 << 20  # capacities are whole numbers up to here


def region_means(image: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean colours (n×channels) and sizes of the regions of labels from 1; the image has as many pixels as labels."""
    flat = labels.ravel()
    count = int(flat.max(initial=0))
    sizes = np.bincount(flat, minlength=count + 1)[1:]
    channels = image.reshape(flat.size, -1)
    sums = [np.bincount(flat, channels[:, k], minlength=count + 1)[1:] for k in range(channels.shape[1])]
    return np.stack(sums, axis=1) / np.maximum(sizes, 1)[:, None], sizes


REACH = {4: 1, 8: 2, 6: 1, 18: 2, 26: 3}  # in how many dimensions a neighbour of a connectivity may be one away


def neighbours(labels: np.ndarray, connectivity: int) -> np.ndarray:
    """Pairs of regions (from 0) with pixels that are neighbours by a connectivity (4, 8; 6, 18, 26), each once."""
    pairs = []
    for step in np.ndindex((3,) * labels.ndim):
        offset = tuple(k - 1 for k in step)
        if not 1 <= sum(map(abs, offset)) <= REACH[connectivity] or offset < (0,) * labels.ndim:
            continue
        one = labels[tuple(slice(max(0, -k), n - max(0, k)) for k, n in zip(offset, labels.shape, strict=True))].ravel()
        other = labels[
            tuple(slice(max(0, k), n - max(0, -k)) for k, n in zip(offset, labels.shape, strict=True))
        ].ravel()
        apart = (one != other) & (one > 0) & (other > 0)
        pairs.append(np.stack((np.minimum(one, other)[apart], np.maximum(one, other)[apart]), axis=1))
    return np.unique(np.concatenate(pairs), axis=0) - 1


def least_cut(object_cost: np.ndarray, background_cost: np.ndarray, pairs: np.ndarray, links: np.ndarray) -> np.ndarray:
    """Which regions are object, so that the costs of what they are called and the links that are cut are least.

    A cost of infinity settles a region.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    count = object_cost.size
    finite = np.concatenate((object_cost, background_cost, links))
    finite = finite[np.isfinite(finite)]
    scale = STEPS / max(float(finite.max(initial=0)), 1e-12)
    settled = 1 << 28

    def capacity(cost: np.ndarray) -> np.ndarray:
        return np.where(np.isfinite(cost), np.minimum(np.where(np.isfinite(cost), cost, 0) * scale, settled), settled)

    node = np.arange(count)
    source, sink = count, count + 1
    rows = np.concatenate((np.full(count, source), node, pairs[:, 0], pairs[:, 1]))
    columns = np.concatenate((node, np.full(count, sink), pairs[:, 1], pairs[:, 0]))
    values = np.concatenate((capacity(background_cost), capacity(object_cost), capacity(links), capacity(links)))
    graph = csr_array((values.astype(np.int32), (rows, columns)), shape=(count + 2, count + 2))
    graph.sum_duplicates()
    left = graph - maximum_flow(graph, source, sink).flow
    left.data = (left.data > 0).astype(np.int32)
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    made = np.zeros(count + 2, bool)
    made[reached] = True
    return made[:count]


def links_between(colours: np.ndarray, pairs: np.ndarray, strength: float) -> np.ndarray:
    """What it costs to part two regions: the more the more alike they are."""
    if not len(pairs):
        return np.zeros(0)
    change = ((colours[pairs[:, 0]] - colours[pairs[:, 1]]) ** 2).sum(1)
    spread = float(change.mean()) or 1.0
    return strength * np.exp(-change / (2 * spread))


def nearest_cluster(colours: np.ndarray, seeds: np.ndarray, most: int) -> np.ndarray:
    """The distance of each colour from the nearest of up to `most` clusters of the seeds."""
    points = np.unique(seeds, axis=0)
    if len(points) > most:
        _, points = segmentation.colour_clusters(seeds, most, 1, 50, 1e-4, 0)
    squares = (colours**2).sum(1)[:, None] - 2 * colours @ points.T + (points**2).sum(1)
    return np.sqrt(np.maximum(squares.min(1), 0))


def snapped(
    colours: np.ndarray, pairs: np.ndarray, inside: np.ndarray, outside: np.ndarray, strength: float
) -> np.ndarray:
    """Regions like those marked as object, parted from those like the ones marked as background (Y. Li and others, Lazy
    Snapping, SIGGRAPH 2004).  inside, outside: which regions are marked."""
    near = nearest_cluster(colours, colours[inside], 64), nearest_cluster(colours, colours[outside], 64)
    total = np.maximum(near[0] + near[1], 1e-12)
    costs = [np.where(outside & ~inside, np.inf, near[0] / total), np.where(inside, np.inf, near[1] / total)]
    costs[0] = np.where(inside, 0, costs[0])
    costs[1] = np.where(outside & ~inside, 0, costs[1])
    return least_cut(costs[0], costs[1], pairs, links_between(colours, pairs, strength))


def unlikelihood(colours: np.ndarray, members: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """-log of the likelihood of each colour under five Gaussians fitted to the members."""
    points, weights = colours[members], sizes[members].astype(float)
    count = min(5, len(np.unique(points, axis=0)))
    labels = segmentation.colour_clusters(points, count, 1, 50, 1e-4, 0)[0] if count > 1 else np.zeros(len(points), int)
    total = np.zeros(len(colours))
    for k in range(count):
        share = weights[labels == k]
        mean = (points[labels == k] * share[:, None]).sum(0) / share.sum()
        apart = points[labels == k] - mean
        spread = (apart * share[:, None]).T @ apart / share.sum() + 1e-4 * np.eye(colours.shape[1])
        away = colours - mean
        distance = (away @ np.linalg.inv(spread) * away).sum(1)
        total += share.sum() / weights.sum() / np.sqrt(np.linalg.det(spread)) * np.exp(-distance / 2)
    return -np.log(np.maximum(total, 1e-300))


def grabbed(
    colours: np.ndarray,
    sizes: np.ndarray,
    pairs: np.ndarray,
    possible: np.ndarray,
    inside: np.ndarray,
    outside: np.ndarray,
    most_steps: int,
) -> np.ndarray:
    """The object among the possible regions: colours of object and background as Gaussians and the least cut in turns,
    until nothing changes (C. Rother and others, GrabCut, SIGGRAPH 2004)."""
    found = possible & ~outside
    links = links_between(colours, pairs, 2.0)
    for _ in range(most_steps):
        if not found.any() or found.all():
            break
        costs = unlikelihood(colours, found, sizes), unlikelihood(colours, ~found, sizes)
        low = np.minimum(*costs)
        object_cost = np.where(~possible | outside, np.inf, costs[0] - low)
        background_cost = np.where(inside, np.inf, costs[1] - low)
        background_cost = np.where(~possible | outside, 0, background_cost)
        now = least_cut(object_cost, background_cost, pairs, links)
        if (now == found).all():
            break
        found = now
    return found
