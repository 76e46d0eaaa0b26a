"""MATLAB's colour maps, with any number of colours: n×3 doubles from 0 to 1.

All but parula and turbo are short formulas in MATLAB's documentation.  Parula is given by the 64 colours that are
published of it, turbo by every eighth of the 256 colours that A. Mikhailov published (2019); both run straight between
them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

# Ten-thousandths of red, green and blue of parula(64).
PARULA = (
    2422, 1504, 6603, 2504, 1650, 7076, 2578, 1818, 7511, 2647, 1978, 7952, 2706, 2147, 8364, 2751, 2342, 8710,
    2783, 2559, 8991, 2803, 2782, 9221, 2813, 3006, 9414, 2810, 3228, 9579, 2795, 3447, 9717, 2760, 3667, 9829,
    2699, 3892, 9906, 2602, 4123, 9952, 2440, 4358, 9988, 2206, 4603, 9973, 1963, 4847, 9892, 1834, 5074, 9798,
    1786, 5289, 9682, 1764, 5499, 9520, 1687, 5703, 9359, 1540, 5902, 9218, 1460, 6091, 9079, 1380, 6276, 8973,
    1248, 6459, 8883, 1113, 6635, 8763, 952, 6798, 8598, 689, 6948, 8394, 297, 7082, 8163, 36, 7203, 7917,
    67, 7312, 7660, 433, 7411, 7394, 964, 7500, 7120, 1408, 7584, 6842, 1717, 7670, 6554, 1938, 7758, 6251,
    2161, 7843, 5923, 2470, 7918, 5567, 2906, 7973, 5188, 3406, 8008, 4789, 3909, 8029, 4354, 4456, 8024, 3909,
    5044, 7993, 3480, 5616, 7942, 3045, 6174, 7876, 2612, 6720, 7793, 2227, 7242, 7698, 1910, 7738, 7598, 1646,
    8203, 7498, 1535, 8634, 7406, 1596, 9035, 7330, 1774, 9393, 7288, 2100, 9728, 7298, 2394, 9956, 7434, 2371,
    9970, 7659, 2199, 9952, 7893, 2028, 9892, 8136, 1885, 9786, 8386, 1766, 9676, 8639, 1643, 9610, 8890, 1537,
    9597, 9135, 1423, 9628, 9373, 1265, 9691, 9606, 1064, 9769, 9839, 805,
)  # fmt: skip
# Thousandths of red, green and blue of turbo at 0, 8, 16 ... 248, 255 of 255.
TURBO = (
    190, 72, 232, 225, 164, 451, 251, 252, 634, 268, 338, 780, 276, 421, 891, 275, 501, 966, 259, 580, 999,
    214, 659, 980, 158, 736, 923, 112, 806, 845, 93, 866, 762, 120, 912, 687, 197, 949, 595, 305, 977, 490,
    428, 994, 386, 547, 999, 296, 644, 990, 234, 726, 965, 206, 805, 925, 205, 875, 873, 216, 933, 812, 227,
    973, 747, 225, 993, 674, 203, 996, 587, 169, 984, 493, 128, 958, 400, 88, 921, 315, 55, 874, 245, 33,
    816, 185, 18, 746, 131, 9, 664, 84, 4, 571, 45, 5, 480, 16, 11,
)  # fmt: skip
COLOR_ORDER = (
    (0.0, 0.4470, 0.7410),
    (0.8500, 0.3250, 0.0980),
    (0.9290, 0.6940, 0.1250),
    (0.4940, 0.1840, 0.5560),
    (0.4660, 0.6740, 0.1880),
    (0.3010, 0.7450, 0.9330),
    (0.6350, 0.0780, 0.1840),
)


def ramp(n: int) -> np.ndarray:
    """0 to 1 in n steps; 0 where n is 1."""
    return np.arange(n) / max(n - 1, 1)


def columns(*parts: np.ndarray | float, n: int) -> np.ndarray:
    """Red, green and blue, each an array of n or one number, side by side."""
    return np.stack([np.broadcast_to(np.asarray(part, float), n) for part in parts], axis=1)


def gray(n: int) -> np.ndarray:
    return columns(ramp(n), ramp(n), ramp(n), n=n)


def hot(n: int) -> np.ndarray:
    third = int(3 / 8 * n)
    rest = n - 2 * third
    up = np.arange(1, third + 1) / max(third, 1)
    red = np.r_[up, np.ones(n - third)]
    green = np.r_[np.zeros(third), up, np.ones(rest)]
    blue = np.r_[np.zeros(2 * third), np.arange(1, rest + 1) / max(rest, 1)]
    return columns(red, green, blue, n=n)


def bone(n: int) -> np.ndarray:
    return (7 * gray(n) + hot(n)[:, ::-1]) / 8


def copper(n: int) -> np.ndarray:
    return np.minimum(1, gray(n) * (1.25, 0.7812, 0.4975))


def pink(n: int) -> np.ndarray:
    return np.sqrt((2 * gray(n) + hot(n)) / 3)


def cool(n: int) -> np.ndarray:
    return columns(ramp(n), 1 - ramp(n), 1, n=n)


def spring(n: int) -> np.ndarray:
    return columns(1, ramp(n), 1 - ramp(n), n=n)


def summer(n: int) -> np.ndarray:
    return columns(ramp(n), 0.5 + ramp(n) / 2, 0.4, n=n)


def autumn(n: int) -> np.ndarray:
    return columns(1, ramp(n), 0, n=n)


def winter(n: int) -> np.ndarray:
    return columns(0, ramp(n), 0.5 + (1 - ramp(n)) / 2, n=n)


def hsv(n: int) -> np.ndarray:
    """Once around the hues; the last colour is one step short of the first."""
    hue = np.arange(n) / max(n, 1)
    return np.clip(np.abs((hue[:, None] * 6 + (0, 4, 2)) % 6 - 3) - 1, 0, 1)


def jet(n: int) -> np.ndarray:
    """Trapezia of red, green and blue, a quarter of the map apart."""
    quarter = -(-n // 4)
    up = np.arange(1, quarter + 1) / max(quarter, 1)
    trapezium = np.r_[up, np.ones(max(quarter - 1, 0)), up[::-1]]
    green = -(-quarter // 2) - (n % 4 == 1) + np.arange(trapezium.size)
    out = np.zeros((n, 3))
    for channel, at in enumerate((green + quarter, green, green - quarter)):
        inside = (at >= 0) & (at < n)
        # Red is cut at its end and blue at its beginning, so what is kept is the trapezium's own part.
        out[at[inside], channel] = trapezium[inside]
    return out


def lines(n: int) -> np.ndarray:
    return np.array(COLOR_ORDER)[np.arange(n) % len(COLOR_ORDER)]


def prism(n: int) -> np.ndarray:
    six = np.array(((1, 0, 0), (1, 0.5, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (2 / 3, 0, 1)))
    return six[np.arange(n) % 6]


def flag(n: int) -> np.ndarray:
    four = np.array(((1, 0, 0), (1, 1, 1), (0, 0, 1), (0, 0, 0)), float)
    return four[np.arange(n) % 4]


def white(n: int) -> np.ndarray:
    return np.ones((n, 3))


def parula(n: int) -> np.ndarray:
    return between(np.array(PARULA, float).reshape(-1, 3) / 10000, np.linspace(0, 1, 64), n)


def turbo(n: int) -> np.ndarray:
    return between(np.array(TURBO, float).reshape(-1, 3) / 1000, np.r_[np.arange(0, 249, 8), 255] / 255, n)


def between(colours: np.ndarray, places: np.ndarray, n: int) -> np.ndarray:
    """n colours at equal steps on straight lines between `colours`, which stand at `places` from 0 to 1."""
    at = np.linspace(0, 1, n) if n != 1 else np.zeros(1)
    return np.stack([np.interp(at, places, colours[:, channel]) for channel in range(3)], axis=1)


MAPS: dict[str, Callable[[int], np.ndarray]] = {
    make.__name__: make
    for make in (
        parula, turbo, hsv, hot, cool, spring, summer, autumn, winter, gray, bone, copper, pink, jet, lines, prism,
        flag, white,
    )
}  # fmt: skip


@lru_cache(64)
def colormap(name: str, n: int = 256) -> np.ndarray:
    """The map called `name` with n colours, read-only."""
    made = MAPS[name](n)
    made.setflags(write=False)
    return made
