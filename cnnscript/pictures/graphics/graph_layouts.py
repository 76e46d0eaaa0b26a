"""Where the nodes of a graph stand: in layers, by springs, on a circle, by the eigenvectors of its Laplacian."""

from __future__ import annotations

import numpy as np

SWEEPS = 12  # up and down through the layers
SPRINGS = 100  # steps of a force layout
DENSE = 500  # nodes: beyond, matrices are sparse


def circle(count: int) -> tuple[np.ndarray, np.ndarray]:
    """On a circle of radius 1, the first on the right, against the clock."""
    angles = 2 * np.pi * np.arange(count) / max(count, 1)
    return np.cos(angles), np.sin(angles)


def neighbours(count: int, ends: np.ndarray) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for one, other in ends.tolist():
        if one != other:
            found[one].append(other)
            found[other].append(one)
    return found


def force(
    count: int, ends: np.ndarray, steps: int = SPRINGS, start: tuple[np.ndarray, np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Edges pull, nodes push each other away (Fruchterman and Reingold), from a fixed beginning."""
    if count < 2:
        return np.zeros(count), np.zeros(count)
    if start is None:
        across, up = circle(count)
        chance = np.random.default_rng(0)
        place = np.stack([across, up], axis=1) * np.sqrt(count) / 2 + 0.1 * chance.standard_normal((count, 2))
    else:
        place = np.stack(start, axis=1).astype(float)
    ends = ends[ends[:, 0] != ends[:, 1]]
    heat = np.sqrt(count) / 2
    for step in range(steps):
        apart = place[:, None] - place[None]
        distance = np.sqrt((apart**2).sum(-1)) + 1e-9
        push = (apart / distance[..., None] ** 2).sum(1)
        pull = place[ends[:, 1]] - place[ends[:, 0]]
        strength = np.sqrt((pull**2).sum(-1, keepdims=True))
        np.add.at(push, ends[:, 0], pull * strength)
        np.add.at(push, ends[:, 1], -pull * strength)
        push -= 0.05 * (place - place.mean(0))  # parts that no edge joins stay in sight
        size = np.sqrt((push**2).sum(-1, keepdims=True)) + 1e-12
        place = place + push / size * np.minimum(size, heat * (1 - step / steps) + 1e-3)
    place -= place.mean(0)
    return place[:, 0], place[:, 1]


def subspace(count: int, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By the eigenvectors of the graph's Laplacian with the smallest eigenvalues above 0."""
    if count < 3:
        return circle(count)
    if count > DENSE:
        return sparse_subspace(count, ends)
    laplacian = np.zeros((count, count))
    for one, other in ends.tolist():
        if one != other:
            laplacian[[one, other], [other, one]] = -1
    np.fill_diagonal(laplacian, -laplacian.sum(1))
    _, vectors = np.linalg.eigh(laplacian)
    return vectors[:, 1], vectors[:, 2]


def sparse_subspace(count: int, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    from scipy.sparse import coo_matrix, diags
    from scipy.sparse.linalg import eigsh

    pairs = ends[ends[:, 0] != ends[:, 1]]
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    links = ((links + links.T) > 0).astype(float)
    laplacian = (diags(np.asarray(links.sum(1)).ravel()) - links).tocsc()
    values, vectors = eigsh(laplacian, k=3, sigma=-0.01, v0=np.ones(count))
    order = np.argsort(values)
    return vectors[:, order[1]], vectors[:, order[2]]


# -------------------------------------------------------------------------------------------------------------- layers
def ranks(count: int, ends: np.ndarray, sources: list[int] | None = None) -> np.ndarray:
    """The layer of each node, from 0: one further than the furthest of those that lead to it; edges that would close a
    circle count the other way."""
    after: list[list[int]] = [[] for _ in range(count)]
    waiting = np.zeros(count, int)
    for one, other in onward(count, ends, sources):
        after[one].append(other)
        waiting[other] += 1
    found = np.zeros(count, int)
    ready = [node for node in range(count) if not waiting[node]]
    while ready:
        node = ready.pop(0)
        for other in after[node]:
            found[other] = max(found[other], found[node] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return found


def onward(count: int, ends: np.ndarray, sources: list[int] | None = None) -> list[tuple[int, int]]:
    """The edges without loops, those turned round that lead back to where a walk from the sources came from."""
    out: list[list[int]] = [[] for _ in range(count)]
    for one, other in ends.tolist():
        if one != other:
            out[one].append(other)
    incoming = np.bincount(ends[:, 1], minlength=count) if len(ends) else np.zeros(count, int)
    first = sources if sources else [node for node in range(count) if not incoming[node]]
    state = np.zeros(count, int)  # 0 not seen, 1 on the way, 2 done
    made = []
    for root in [*first, *range(count)]:
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(out[root]))]
        while stack:
            node, rest = stack[-1]
            other = next(rest, None)
            if other is None:
                state[node] = 2
                stack.pop()
                continue
            made.append((other, node) if state[other] == 1 else (node, other))
            if not state[other]:
                state[other] = 1
                stack.append((other, iter(out[other])))
    return made


def layered(
    count: int, ends: np.ndarray, sources: list[int] | None = None
) -> tuple[np.ndarray, np.ndarray, list[list[tuple[float, float]]]]:
    """In layers from top to bottom, with few crossings (Sugiyama): x, y, and for each edge the places between its ends
    where it passes through layers."""
    if not count:
        return np.zeros(0), np.zeros(0), []
    rank = ranks(count, ends, sources)
    layers: list[list[int]] = [[] for _ in range(int(rank.max()) + 1)]
    for node in range(count):
        layers[rank[node]].append(node)
    above: dict[int, list[int]] = {node: [] for node in range(count)}
    below: dict[int, list[int]] = {node: [] for node in range(count)}
    chains: list[list[int]] = []
    next_node = count
    for one, other in ends.tolist():
        top, bottom = (one, other) if rank[one] <= rank[other] else (other, one)
        chain, last = [], top
        for level in range(rank[top] + 1, rank[bottom]):
            above[next_node], below[next_node] = [], []
            layers[level].append(next_node)
            below[last].append(next_node)
            above[next_node].append(last)
            chain.append(next_node)
            last, next_node = next_node, next_node + 1
        if rank[top] < rank[bottom]:
            below[last].append(bottom)
            above[bottom].append(last)
        chains.append(chain if top == one else chain[::-1])
    order_layers(layers, above, below)
    across = spread(layers, above, below)
    height = len(layers)
    level = {node: float(height - k) for k, layer in enumerate(layers) for node in layer}
    x = np.array([across[node] for node in range(count)])
    y = np.array([level[node] for node in range(count)])
    return x, y, [[(across[node], level[node]) for node in chain] for chain in chains]


def order_layers(layers: list[list[int]], above: dict, below: dict) -> None:
    """Put each layer in the order of the middles of its neighbours, going down and up some times."""
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for k in range(1, len(layers)) if down else range(len(layers) - 2, -1, -1):
            fixed = {node: place for place, node in enumerate(layers[k - 1 if down else k + 1])}
            near = above if down else below
            own = {node: place for place, node in enumerate(layers[k])}

            def middle(node: int, near: dict = near, fixed: dict = fixed, own: dict = own) -> float:
                there = [fixed[other] for other in near[node]]
                return sum(there) / len(there) if there else float(own[node])

            layers[k].sort(key=middle)


def spread(layers: list[list[int]], above: dict, below: dict) -> dict[int, float]:
    """Places along the layers: at least 1 apart, each near the middle of its neighbours."""
    across = {node: float(place - (len(layer) - 1) / 2) for layer in layers for place, node in enumerate(layer)}
    for sweep in range(2 * SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            near = above if sweep % 2 == 0 else below
            wanted = []
            for node in layer:
                there = [across[other] for other in near[node]]
                wanted.append(sum(there) / len(there) if there else across[node])
            placed = apart(np.array(wanted))
            across.update(dict(zip(layer, placed.tolist(), strict=True)))
    least = min(across.values())
    return {node: place - least + 1 for node, place in across.items()}


def apart(wanted: np.ndarray) -> np.ndarray:
    """The places nearest to those wanted, in their order, that are at least 1 apart (least squares, by pooling)."""
    shifted = wanted - np.arange(wanted.size)
    blocks: list[list[float]] = []
    for value in shifted.tolist():
        blocks.append([value, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            size = before[1] + last[1]
            blocks.append([(before[0] * before[1] + last[0] * last[1]) / size, size])
    flat = np.concatenate([np.full(int(size), value) for value, size in blocks]) if blocks else np.zeros(0)
    return flat + np.arange(wanted.size)
