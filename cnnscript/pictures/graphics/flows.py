"""Lines that follow a field of arrows."""

from __future__ import annotations

import numpy as np

MOST = 10_000  # points of a line
SHORTEST = 3  # cells of the board that a line crosses
CELLS = 20  # along each side of the board on which lines are kept apart


class Field:
    """A field of arrows over a grid, in cells of side 1.

    parts   its components along columns, rows [, pages], arrays over rows × columns [× pages]
    """

    def __init__(self, parts: list[np.ndarray]):
        self.shape = np.array(parts[0].shape)
        self.table = np.stack(parts, axis=-1)
        self.order = [1, 0, 2][: len(self.shape)]
        count = len(self.shape)
        self.corners = np.array([[(k >> bit) & 1 for bit in range(count)] for k in range(2**count)])

    def at(self, places: np.ndarray) -> np.ndarray:
        """The arrows at places (n×d: column, row [, page] from 0), by linear interpolation; NaN outside."""
        where = places[:, self.order]
        with np.errstate(invalid="ignore"):
            inside = ((where >= -1e-12) & (where <= self.shape - 1 + 1e-12)).all(1)
        safe = np.clip(np.where(inside[:, None], where, 0.0), 0, self.shape - 1)
        low = np.minimum(safe.astype(int), np.maximum(self.shape - 2, 0))
        share = safe - low
        made = np.zeros((len(places), self.table.shape[-1]))
        for corner in self.corners:
            weight = np.prod(np.where(corner, share, 1 - share), axis=1)
            index = np.minimum(low + corner, self.shape - 1)
            found = self.table[tuple(index.T)]
            made += np.where(weight[:, None] > 0, weight[:, None] * found, 0.0)
        made[~inside] = np.nan
        return made


def follow(
    field: Field, starts: np.ndarray, step: float = 0.1, most: int = MOST, sign: float = 1.0
) -> list[np.ndarray]:
    """Points (m×d each) along a field from each start (n×d): `step` of a cell at a time (Runge-Kutta of second order),
    until the grid ends, the field stands still, or after `most` points."""
    at = np.array(starts, float)
    with np.errstate(invalid="ignore"):
        alive = np.isfinite(field.at(at)).all(1)
    ends = np.where(alive, 1, 0)
    history = [at.copy()]
    for _ in range(most - 1):
        numbers = np.flatnonzero(alive)
        if not numbers.size:
            break
        here = at[numbers]
        middle = here + towards(field.at(here), sign) * step / 2
        there = here + towards(field.at(middle), sign) * step
        with np.errstate(invalid="ignore"):
            fine = np.isfinite(there).all(1) & np.isfinite(field.at(there)).all(1) & (there != here).any(1)
        at[numbers[fine]] = there[fine]
        alive[numbers[~fine]] = False
        ends[numbers[fine]] += 1
        history.append(at.copy())
    table = np.stack(history)
    return [table[: ends[k], k] for k in range(len(at))]


def towards(arrows: np.ndarray, sign: float) -> np.ndarray:
    """Arrows of length 1; 0 where the field stands still."""
    speed = np.linalg.norm(arrows, axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return sign * np.divide(arrows, speed, out=np.zeros_like(arrows), where=~(speed < 1e-12))


def spread(field: Field, density: float) -> list[np.ndarray]:
    """Lines (column and row from 0) that fill a grid evenly: one begins in each cell of a board that no other has
    crossed, and ends where it meets another."""
    count = max(1, round(CELLS * density))
    taken = np.zeros((count, count), bool)
    size = np.maximum(field.shape[::-1] - 1, 1) / count
    row, column = (part.ravel() for part in np.meshgrid(np.arange(count), np.arange(count), indexing="ij"))
    starts = np.column_stack([column + 0.5, row + 0.5]) * size
    step = float(size.min()) / 4
    both = [follow(field, starts, step, 6 * count, sign) for sign in (1.0, -1.0)]
    made = []
    # From the outside in by a fixed shuffle, so that a picture is the same each time.
    for number in np.random.RandomState(0).permutation(len(starts)).tolist():
        if taken[row[number], column[number]]:
            continue
        own: set[tuple[int, int]] = set()
        halves = []
        for lines in both:
            line = lines[number]
            cells = np.minimum((line / size).astype(int), count - 1)
            length = 0
            for c, r in cells.tolist():
                if taken[r, c] and (r, c) not in own:
                    break
                own.add((r, c))
                length += 1
            halves.append(line[:length])
        whole = np.concatenate([halves[1][::-1], halves[0][1:]])
        if len(own) >= min(SHORTEST, count):
            made.append(whole)
            for cell in own:
                taken[cell] = True
    return made
