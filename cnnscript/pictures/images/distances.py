"""Distances of pixels: to the nearest one of a mask, along paths within a mask, and along paths weighed by grey.

SciPy measures as the crow flies; scikit-image and SciPy find the paths.
"""

from __future__ import annotations

import numpy as np

METRICS = ("euclidean", "cityblock", "chessboard", "quasi-euclidean")


def nearest(mask: np.ndarray, metric: str, places: bool = False) -> tuple[np.ndarray, np.ndarray | None]:
    """The distance (single) of each pixel to the nearest of the mask, Inf where there is none; and its place, counted
    from 1 down the columns (0 where there is none), of equals the first."""
    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32), np.zeros(mask.shape, np.int64)
    if metric == "quasi-euclidean":
        if mask.ndim == 2:
            return quasi(mask, places)
        costs, back = paths(np.ones(mask.shape), mask, metric)
        return costs.astype(np.float32), origins(back, mask) if places else None
    from scipy import ndimage

    # transposed, so that of equally near pixels SciPy meets the first down the columns first
    dark = np.ascontiguousarray(~mask.T)
    if metric == "euclidean":
        found = ndimage.distance_transform_edt(dark, return_indices=places)
    else:
        word = "taxicab" if metric == "cityblock" else "chessboard"
        found = ndimage.distance_transform_cdt(dark, word, return_indices=places)
    distance, where = found if places else (found, None)
    at = None
    if where is not None:
        subscripts = tuple(where[mask.ndim - 1 - axis].T for axis in range(mask.ndim))
        at = np.ravel_multi_index(subscripts, mask.shape, order="F") + 1
    return np.ascontiguousarray(distance.T).astype(np.float32), at


def quasi(mask: np.ndarray, places: bool) -> tuple[np.ndarray, np.ndarray | None]:
    """Steps along rows and columns count 1, slanted ones the root of 2."""
    costs, back = paths(np.ones(mask.shape), mask, "quasi-euclidean")
    return costs.astype(np.float32), origins(back, mask) if places else None


def paths(cost: np.ndarray, seeds: np.ndarray, metric: str) -> tuple[np.ndarray, tuple]:
    """The cheapest path of each pixel to a seed: a step costs the mean of both its pixels, times its length by the
    metric; pixels of cost Inf cannot be entered.  And how to go back."""
    if metric == "chessboard":
        return over_graph(cost, seeds), ()
    from skimage.graph import MCP_Geometric

    finder = MCP_Geometric(cost, fully_connected=metric != "cityblock")
    starts = [tuple(place) for place in np.argwhere(seeds)]
    if not starts:
        return np.full(cost.shape, np.inf), ()
    costs, back = finder.find_costs(starts)
    return costs, (back, finder.offsets)


def over_graph(cost: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """`paths` where a slanted step is as long as a straight one (scikit-image has no such), by Dijkstra's method."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    number = np.arange(cost.size).reshape(cost.shape)
    ones, twos, weights = [], [], []
    for step in np.ndindex((3,) * cost.ndim):
        if step <= (1,) * cost.ndim:
            continue  # the other half are the same steps back
        here = tuple(slice(0 if by else 1, n - 1 if by == 2 else n) if by != 1 else slice(None) for by, n in
                     zip(step, cost.shape, strict=True))
        there = tuple(slice(1 if by == 2 else 0, n if by else n - 1) if by != 1 else slice(None) for by, n in
                      zip(step, cost.shape, strict=True))
        weight = ((cost[here] + cost[there]) / 2).ravel()
        open_ = np.isfinite(weight)
        ones.append(number[here].ravel()[open_])
        twos.append(number[there].ravel()[open_])
        weights.append(weight[open_])
    starts = number[seeds]
    if not len(starts):
        return np.full(cost.shape, np.inf)
    edges = np.concatenate(weights), (np.concatenate(ones), np.concatenate(twos))
    graph = csr_array(edges, shape=(cost.size, cost.size))
    return dijkstra(graph, directed=False, indices=starts, min_only=True).reshape(cost.shape)


def origins(back: tuple, seeds: np.ndarray) -> np.ndarray:
    """The seed that each path comes from, counted from 1 down the columns."""
    steps, offsets = back
    place = np.arange(seeds.size).reshape(seeds.shape, order="F")
    strides = np.cumprod((1, *seeds.shape[:-1]))
    moves = np.append(np.asarray(offsets) @ strides, 0)
    parent = place - moves[np.where(steps >= 0, steps, len(offsets))]
    flat = np.empty(seeds.size, np.int64)
    flat[place.ravel()] = parent.ravel()
    while True:  # each round halves the way that is left
        further = flat[flat]
        if np.array_equal(further, flat):
            return flat[place] + 1
        flat = further


def within(mask: np.ndarray, seeds: np.ndarray, metric: str) -> np.ndarray:
    """The length (single) of the shortest path to a seed within the mask: NaN outside, Inf where none leads."""
    costs, _ = paths(np.where(mask, 1.0, np.inf), seeds & mask, metric)
    found = np.where(np.isfinite(costs), costs, np.inf).astype(np.float32)
    found[~mask] = np.nan
    return found


def over_grey(image: np.ndarray, seeds: np.ndarray, metric: str) -> np.ndarray:
    """The least cost of a path to a seed over an image that is not below 0."""
    cost = image.astype(float)
    tiny = np.finfo(float).tiny
    costs, _ = paths(np.maximum(cost, tiny), seeds, metric)  # a cost of nothing would be a wall
    return np.where(costs < 1e-290, 0.0, costs)


def branches_pruned(mask: np.ndarray, shortest: int) -> np.ndarray:
    """A skeleton without its branches of fewer than `shortest` pixels: ways from an end to where lines part."""
    mask = mask.copy()
    around = [tuple(step - 1 for step in steps) for steps in np.ndindex((3,) * mask.ndim) if any(s != 1 for s in steps)]
    pixels = {tuple(int(n) for n in place) for place in np.argwhere(mask)}

    def beside(place: tuple[int, ...]) -> list[tuple[int, ...]]:
        found = (tuple(n + by for n, by in zip(place, step, strict=True)) for step in around)
        return [other for other in found if other in pixels]

    gone: set[tuple[int, ...]] = set()
    for end in sorted(place for place in pixels if len(beside(place)) == 1):
        way, seen, place = [end], {end}, end
        while len(way) <= shortest:
            onward = [other for other in beside(place) if other not in seen]
            if not onward:
                way = []  # the other end: a line alone is no branch
                break
            place = onward[0]
            if len(onward) > 1 or len(beside(place)) > 2:
                break
            way.append(place)
            seen.add(place)
        if way and len(way) < shortest:
            gone.update(way)
    for place in gone:
        mask[place] = False
    return mask
