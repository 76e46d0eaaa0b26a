"""Holes in pictures filled: smoothly, along the lines that run into them, or with patches from elsewhere."""

from __future__ import annotations

import heapq

import numpy as np

from cnnscript.pictures.images import filters


def smooth(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Each masked pixel of a float image the mean of its (up to four) neighbours: Laplace's equation solved at once."""
    from scipy.sparse import coo_array
    from scipy.sparse.linalg import spsolve

    made = image.copy()
    rows, columns = np.nonzero(mask)
    if not rows.size or mask.all():
        return made
    number = np.full(mask.shape, -1)
    number[rows, columns] = np.arange(rows.size)
    places, others, right, count = [], [], np.zeros(rows.size), np.zeros(rows.size)
    for down, across in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        y, x = rows + down, columns + across
        inside = (y >= 0) & (y < mask.shape[0]) & (x >= 0) & (x < mask.shape[1])
        count += inside
        which = np.flatnonzero(inside)
        next_to = number[y[which], x[which]]
        known = next_to < 0
        np.add.at(right, which[known], image[y[which][known], x[which][known]])
        places.append(which[~known])
        others.append(next_to[~known])
    row, column = np.concatenate(places), np.concatenate(others)
    ones = np.arange(rows.size)
    matrix = coo_array(
        (
            np.concatenate((count, -np.ones(row.size))),
            (np.concatenate((ones, row)), np.concatenate((ones, column))),
        ),
        shape=(rows.size, rows.size),
    ).tocsc()
    made[rows, columns] = np.atleast_1d(spsolve(matrix, right))
    return made


def tensor(image: np.ndarray, weight: np.ndarray, sigma: float) -> np.ndarray:
    """The structure tensor of H×W×C (xx, xy, yy), averaged over where `weight` is true."""
    size = 2 * int(np.ceil(2 * sigma)) + 1
    level = np.where(weight[:, :, None], image, 0)
    share = filters.smoothed(weight.astype(float), [sigma] * 2, [size] * 2)
    share = np.maximum(share, 1e-12)
    calm = filters.smoothed(level, [sigma] * 2, [size] * 2) / share[:, :, None]
    y, x = np.gradient(calm, axis=0), np.gradient(calm, axis=1)
    parts = np.stack(((x * x).sum(2), (x * y).sum(2), (y * y).sum(2)), axis=2) * weight[:, :, None]
    return filters.smoothed(parts, [2 * sigma] * 2, [4 * size + 1] * 2)


def coherent(image: np.ndarray, mask: np.ndarray, sharpness: float, radius: int) -> np.ndarray:
    """Masked pixels of H×W×C filled from the edge of the hole inwards, each from known ones within a radius, most from
    those along the direction in which the picture changes least (F. Bornemann, T. März, J. Math. Imaging and Vision 28,
    2007)."""
    from scipy.ndimage import distance_transform_edt

    made = image.copy()
    known = ~mask
    if not known.any():
        return made
    directions = tensor(image, known, 1.4)
    distance = distance_transform_edt(mask)
    rows, columns = np.nonzero(mask)
    order = np.argsort(distance[rows, columns], kind="stable")
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    ball = (np.hypot(y, x) <= radius + 0.5) & ((y != 0) | (x != 0))
    y, x = y[ball], x[ball]
    for place in order:
        row, column = rows[place], columns[place]
        down, across = row + y, column + x
        inside = (down >= 0) & (down < mask.shape[0]) & (across >= 0) & (across < mask.shape[1])
        down, across = down[inside], across[inside]
        there = known[down, across]
        down, across = down[there], across[there]
        if not down.size:
            continue
        offset_y, offset_x = down - row, across - column
        xx, xy, yy = directions[down, across].sum(0)
        spread = np.hypot(xx - yy, 2 * xy)
        strength = sharpness * (1 + 50 * (spread / (xx + yy)) ** 2) if xx + yy > 0 else 0.0
        angle = 0.5 * np.arctan2(2 * xy, xx - yy)  # along the gradient; lines run across it
        away = offset_x * np.cos(angle) + offset_y * np.sin(angle)
        reach = np.hypot(offset_x, offset_y)
        weight = np.exp(-0.5 * (strength * away / radius) ** 2) / reach
        weight = weight if weight.sum() > 1e-300 else 1 / reach
        made[row, column] = (weight[:, None] * made[down, across]).sum(0) / weight.sum()
        directions[row, column] = directions[down, across].mean(0)
        known[row, column] = True
    return made


def exemplar(image: np.ndarray, mask: np.ndarray, patch: tuple[int, int], by_tensor: bool) -> np.ndarray:
    """Masked pixels of H×W×C filled patch by patch from the most alike whole patch elsewhere; first where much is known
    and strong lines run in (A. Criminisi, P. Pérez, K. Toyama, IEEE Trans. Image Processing 13, 2004).

    by_tensor: the strength of lines by the structure tensor, else by the largest gradient.
    """
    from scipy.ndimage import binary_erosion
    from scipy.signal import fftconvolve

    made = np.where(mask[:, :, None], 0.0, image)
    missing = mask.copy()
    rows, columns, channels = image.shape
    reach = patch[0] // 2, patch[1] // 2
    whole = binary_erosion(~mask, np.ones(patch), border_value=0)
    if not whole.any():
        return smooth_channels(image, mask)
    trust = (~mask).astype(float)
    squares = (made**2).sum(2)
    while missing.any():
        front = missing & ~binary_erosion(missing, np.ones((3, 3)), border_value=1)
        if not front.any():
            break
        certain = filters.smoothed(trust, [1e3, 1e3], patch)
        if by_tensor:
            parts = tensor(made, ~missing, 1.0)
            lines = np.sqrt(np.hypot(parts[..., 0] - parts[..., 2], 2 * parts[..., 1]))
        else:
            grey = np.where(missing, np.nan, made.mean(2))
            steep = np.hypot(*np.gradient(grey))
            lines = np.nan_to_num(steep)
            lines = filters.smoothed(lines, [1e3, 1e3], (3, 3))
        value = np.where(front, certain * (lines + 1e-3 * (lines.max(initial=0) + 1e-9)), -1)
        row, column = np.unravel_index(int(value.argmax()), value.shape)
        top, bottom = max(row - reach[0], 0), min(row + reach[0] + 1, rows)
        left, right = max(column - reach[1], 0), min(column + reach[1] + 1, columns)
        part, holes = made[top:bottom, left:right], missing[top:bottom, left:right]
        there = (~holes).astype(float)
        cost = fftconvolve(squares, there[::-1, ::-1], "valid")
        for k in range(channels):
            cost = cost - 2 * fftconvolve(made[:, :, k], (part[:, :, k] * there)[::-1, ::-1], "valid")
        allowed = whole[row - top : rows - (bottom - row) + 1, column - left : columns - (right - column) + 1]
        cost = np.where(allowed[: cost.shape[0], : cost.shape[1]], cost, np.inf)
        best = np.unravel_index(int(cost.argmin()), cost.shape)
        source = made[best[0] : best[0] + bottom - top, best[1] : best[1] + right - left]
        part[holes] = source[holes]
        trust[top:bottom, left:right][holes] = certain[row, column]
        squares[top:bottom, left:right] = (part**2).sum(2)
        missing[top:bottom, left:right] = False
    return made


def smooth_channels(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    return np.stack([smooth(image[:, :, k], mask) for k in range(image.shape[2])], axis=2)


def arrival_times(speed: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """When a front that starts at the seeds and moves with a speed reaches each pixel (voxel): |∇T|·speed = 1, by fast
    marching (J. Sethian, PNAS 93, 1996)."""
    shape = speed.shape
    wide_shape = tuple(n + 2 for n in shape)
    times = np.full(wide_shape, np.inf)
    inner = tuple(slice(1, -1) for _ in shape)
    times[inner][seeds] = 0
    slow = np.full(wide_shape, np.inf)
    slow[inner] = 1 / np.maximum(speed.astype(float), np.finfo(float).tiny)
    steps = [int(np.prod(wide_shape[axis + 1 :])) for axis in range(len(shape))]
    flat, cost = times.ravel().tolist(), slow.ravel().tolist()
    done = bytearray(len(flat))
    blocked = np.ones(wide_shape, bool)
    blocked[inner] = False
    for place in np.flatnonzero(blocked).tolist():
        done[place] = 1
    heap = [(0.0, int(place)) for place in np.flatnonzero(times.ravel() == 0)]
    heapq.heapify(heap)
    while heap:
        time, place = heapq.heappop(heap)
        if done[place]:
            continue
        done[place] = 1
        for step in steps:
            for other in (place - step, place + step):
                if done[other]:
                    continue
                nearest = sorted(min(flat[other - each], flat[other + each]) for each in steps)
                found, wait = nearest[0] + cost[other], cost[other]
                for count in range(2, len(nearest) + 1):
                    if found <= nearest[count - 1]:
                        break
                    total = sum(nearest[:count])
                    inside = total * total - count * (sum(t * t for t in nearest[:count]) - wait * wait)
                    if inside < 0:
                        break
                    found = (total + inside**0.5) / count
                if found < flat[other]:
                    flat[other] = found
                    heapq.heappush(heap, (found, other))
    return np.array(flat).reshape(wide_shape)[inner]
