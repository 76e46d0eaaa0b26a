"""Masks looked up pixel by pixel: what becomes of a pixel is read from a table by the 3x3 (or 2x2) pixels about it,
and the operations of MATLAB's bwmorph, each a table made from its rule.

The bits of a neighbourhood count down the columns: of 3x3, northwest 1, west 2, southwest 4, north 8, the pixel 16,
south 32, northeast 64, east 128, southeast 256.  Outside the image lie zeros.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

NW, W, SW, N, C, S, NE, E, SE = (1 << k for k in range(9))
RING = (N, NE, E, SE, S, SW, W, NW)  # clockwise
ALL = 511


def codes(mask: np.ndarray, side: int = 3) -> np.ndarray:
    """The number of each pixel's neighbourhood; of 2x2 the pixel is the first."""
    rows, columns = mask.shape
    before = 1 if side == 3 else 0
    wide = np.zeros((rows + side - 1, columns + side - 1), np.int16)
    wide[before : before + rows, before : before + columns] = mask
    made = np.zeros(mask.shape, np.int16)
    for column in range(side):
        for row in range(side):
            made += wide[row : row + rows, column : column + columns] << (row + side * column)
    return made


def look_up(mask: np.ndarray, table: np.ndarray) -> np.ndarray:
    return table[codes(mask, 3 if table.size == 512 else 2)]


def made_by(rule: Callable[[int], bool | int], dtype: type = bool) -> np.ndarray:
    return np.array([rule(code) for code in range(512)], dtype)


# ---------------------------------------------------------------------------------------------------- rules of one 3x3
def runs(bits: list[bool]) -> int:
    """How many runs of truth there are in a ring."""
    starts = sum(bits[k] and not bits[k - 1] for k in range(len(bits)))
    return starts if starts or not bits or not bits[0] else 1


def ring(code: int) -> list[bool]:
    return [bool(code & bit) for bit in RING]


def regions_about(code: int) -> int:
    """How many regions the ones about the pixel make: two neighbours along the ring belong together, and so do two
    sides across a corner that is zero."""
    around = ring(code)
    for corner in (1, 3, 5, 7):
        if around[corner - 1] and around[(corner + 1) % 8]:
            around[corner] = True
    return runs(around)


def background_about(code: int) -> int:
    """How many regions, stepping along the ring, the zeros about a one make."""
    return runs([not bit for bit in ring(code)]) if code & C else 0


def is_simple(code: int) -> bool:
    """May a one go without joining or parting anything?  Not if it is alone."""
    has_open_side = code & (N | E | S | W) != (N | E | S | W)
    return bool(code & C) and has_open_side and regions_about(code) == 1


def bridges(code: int) -> bool:
    """Would a one in the middle join what is apart?  Two corners of one side are left to the pixel between them."""
    if regions_about(code) < 2:
        return False
    around = ring(code)
    for corner in (1, 3, 5, 7):
        if around[corner - 1] and around[(corner + 1) % 8]:
            around[corner] = True
    label, labels = 0, []
    for k in range(8):
        label += around[k] and not around[k - 1]
        labels.append(label if around[k] else 0)
    last = max(labels)
    labels = [1 if number == last and around[0] and around[7] else number for number in labels]
    set_places = [k for k in range(8) if ring(code)[k]]
    for one in set_places:
        for two in set_places:
            corners_of_a_side = one % 2 and two % 2 and (one - two) % 8 in (2, 6)
            if labels[one] != labels[two] and not corners_of_a_side:
                return True
    return False


def fills_diagonal(code: int) -> bool:
    """Does the middle lie between two ones that only meet at a corner?"""
    around = ring(code)
    return any(not around[k] and around[k - 1] and around[(k + 1) % 8] for k in (1, 3, 5, 7))


def is_spur(code: int) -> bool:
    """In a mask turned over: a zero whose zero neighbours lie together on one side."""
    if code & C:
        return False
    free = [k for k in range(8) if not ring(code)[k]]
    if not free:
        return False
    if len(free) == 1:
        return True
    return any(set(free) <= {(side - 1) % 8, side, (side + 1) % 8} and side in free for side in (0, 2, 4, 6))


def thins(code: int, second: bool) -> bool:
    """Does a pixel go in thinning (Z. Guo and R. W. Hall's conditions as L. Lam, S.-W. Lee and C. Y. Suen give them,
    IEEE PAMI 14, 1992, page 879)?"""
    x = [bool(code & bit) for bit in (E, NE, N, NW, W, SW, S, SE)]
    crossings = sum(not x[2 * k] and (x[2 * k + 1] or x[(2 * k + 2) % 8]) for k in range(4))
    one = sum(x[2 * k] or x[2 * k + 1] for k in range(4))
    two = sum(x[2 * k + 1] or x[(2 * k + 2) % 8] for k in range(4))
    held = (x[5] or x[6] or not x[3]) and x[4] if second else (x[1] or x[2] or not x[7]) and x[0]
    return bool(code & C) and crossings == 1 and 2 <= min(one, two) <= 3 and not held


# S. Golay's L and its turns: what must be one, what must be zero.
SKELETON = (
    (NW | N | NE, SW | S | SE), (N | E, W | SW | S), (NW | W | SW, NE | E | SE), (N | W, E | SE | S),
    (NE | E | SE, NW | W | SW), (S | W, N | NE | E), (SW | S | SE, NW | N | NE), (S | E, N | NW | W),
)  # fmt: skip

RULES: dict[str, Callable[[int], bool]] = {
    "dilate": lambda code: code != 0,
    "erode": lambda code: code == ALL,
    "bridge": lambda code: bool(code & C) or bridges(code),
    "clean": lambda code: bool(code & C) and code != C,
    "diag": lambda code: bool(code & C) or fills_diagonal(code),
    "endpoints": lambda code: background_about(code) == 1,
    "fatten": lambda code: bool(code & C) or (code != 0 and not bridges(code)),
    "fill": lambda code: bool(code & C) or code & (N | E | S | W) == (N | E | S | W),
    "hbreak": lambda code: bool(code & C) and code not in (ALL ^ W ^ E, ALL ^ N ^ S),
    "majority": lambda code: code.bit_count() >= 5,
    "perim4": lambda code: bool(code & C) and code & (N | E | S | W) != (N | E | S | W),
    "perim8": lambda code: bool(code & C) and code != ALL,
    "remove": lambda code: bool(code & C) and code & (N | E | S | W) != (N | E | S | W),
    "simple": is_simple,
    "spur": is_spur,
    "thin1": lambda code: bool(code & C) and not thins(code, False),
    "thin2": lambda code: bool(code & C) and not thins(code, True),
    "branch": lambda code: bool(code & C) and code.bit_count() >= 4,
    "alone": lambda code: code == C,
    "single": lambda code: code.bit_count() == 1,
}


@cache
def table(name: str) -> np.ndarray:
    return made_by(RULES[name])


@cache
def background_table() -> np.ndarray:
    return made_by(background_about, int)


@cache
def skeleton_tables() -> list[np.ndarray]:
    return [
        made_by(lambda code, ones=ones, zeros=zeros: bool(code & C) and not (code & ones == ones and not code & zeros))
        for ones, zeros in SKELETON
    ]


# ------------------------------------------------------------------------------------------------------- whole passes
def passed(mask: np.ndarray, *names: str) -> np.ndarray:
    for name in names:
        mask = look_up(mask, table(name))
    return mask


def branch_points(mask: np.ndarray) -> np.ndarray:
    """Pixels where lines part: three neighbours or more; of those between two pieces of background only the ones beside
    no pixel among three."""
    about = look_up(mask, background_table())
    candidates = look_up(mask, table("branch")) & (about != 1)
    beside = look_up(about > 2, table("dilate"))
    return candidates & ~((about == 2) & beside)


def shrunk(mask: np.ndarray) -> np.ndarray:
    mask = mask.copy()
    for row, column in ((0, 0), (1, 1), (0, 1), (1, 0)):
        goes = look_up(mask, table("simple"))
        mask[row::2, column::2] &= ~goes[row::2, column::2]
    return mask


def without_spurs(mask: np.ndarray) -> np.ndarray:
    """Ends of lines taken off.  The mask is turned over, so that lines do not end at the border of the image."""
    dark = ~mask
    ends = look_up(dark, table("spur"))
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        still = ends & look_up(dark, table("spur")) if (row, column) != (0, 0) else ends
        dark[row::2, column::2] ^= still[row::2, column::2]
    return ~dark


def thickened(mask: np.ndarray) -> np.ndarray:
    """The background thinned; pixels alone are first made larger, so that it has something to thin about them."""
    alone = look_up(mask, table("alone"))
    if alone.any():
        mask = mask | (look_up(alone, table("dilate")) & look_up(mask, table("single")))
    dark = np.pad(~mask, 2, constant_values=True)
    thin = passed(dark, "thin1", "thin2")
    dark = (dark & ~thin & look_up(thin, table("diag"))) | thin
    return ~dark[2:-2, 2:-2]


def skeleton_step(mask: np.ndarray) -> np.ndarray:
    for one in skeleton_tables():
        mask = look_up(mask, one)
    return mask


PASSES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "bothat": lambda mask: passed(mask, "dilate", "erode") & ~mask,
    "branchpoints": branch_points,
    "close": lambda mask: passed(mask, "dilate", "erode"),
    "open": lambda mask: passed(mask, "erode", "dilate"),
    "shrink": shrunk,
    "skeleton": skeleton_step,
    "spur": without_spurs,
    "thicken": thickened,
    "thin": lambda mask: passed(mask, "thin1", "thin2"),
    "tophat": lambda mask: mask & ~passed(mask, "erode", "dilate"),
}
OPERATIONS = (
    "bothat", "branchpoints", "bridge", "clean", "close", "diag", "dilate", "endpoints", "erode", "fatten", "fill",
    "hbreak", "majority", "open", "perim4", "perim8", "remove", "shrink", "skeleton", "spur", "thicken", "thin",
    "tophat",
)  # fmt: skip


def morph(mask: np.ndarray, operation: str, times: float = 1) -> np.ndarray:
    """The operation so many times, or until nothing changes."""
    step = PASSES.get(operation) or (lambda mask: passed(mask, operation))
    done = 0
    while done < times:
        made = step(mask)
        if np.array_equal(made, mask):
            break
        mask = made
        done += 1
    return mask
