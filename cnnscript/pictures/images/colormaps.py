"""MATLAB's colour maps, with any number of colours: n×3 doubles from 0 to 1.

All but parula and turbo are short formulas.  Parula is given by the 256 colours that are published of it, turbo by the
256 that A. Mikhailov published (2019), which matplotlib holds; both run straight between them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

# Ten-thousandths of red, green and blue of parula(256).
PARULA = (
    2422, 1504, 6603, 2444, 1534, 6728, 2464, 1569, 6847, 2484, 1607, 6961, 2503, 1648, 7071, 2522, 1689, 7179, 2540,
    1732, 7286, 2558, 1773, 7393, 2576, 1814, 7501, 2594, 1854, 7610, 2611, 1893, 7719, 2628, 1932, 7828, 2645, 1972,
    7937, 2661, 2011, 8043, 2676, 2052, 8148, 2691, 2094, 8249, 2704, 2138, 8346, 2717, 2184, 8439, 2729, 2231, 8528,
    2740, 2280, 8612, 2749, 2330, 8692, 2758, 2382, 8767, 2766, 2435, 8840, 2774, 2489, 8908, 2781, 2543, 8973, 2788,
    2598, 9035, 2794, 2653, 9094, 2798, 2708, 9150, 2802, 2764, 9204, 2806, 2819, 9255, 2809, 2875, 9305, 2811, 2930,
    9352, 2813, 2985, 9397, 2814, 3040, 9441, 2814, 3095, 9483, 2813, 3150, 9524, 2811, 3204, 9563, 2809, 3259, 9600,
    2807, 3313, 9636, 2803, 3367, 9670, 2798, 3421, 9702, 2791, 3475, 9733, 2784, 3529, 9763, 2776, 3583, 9791, 2766,
    3638, 9817, 2754, 3693, 9840, 2741, 3748, 9862, 2726, 3804, 9881, 2710, 3860, 9898, 2691, 3916, 9912, 2670, 3973,
    9924, 2647, 4030, 9935, 2621, 4088, 9946, 2591, 4145, 9955, 2556, 4203, 9965, 2517, 4261, 9974, 2473, 4319, 9983,
    2424, 4378, 9991, 2369, 4437, 9996, 2311, 4497, 9995, 2250, 4559, 9985, 2189, 4620, 9968, 2128, 4682, 9948, 2066,
    4743, 9926, 2006, 4803, 9906, 1950, 4861, 9887, 1903, 4919, 9867, 1869, 4975, 9844, 1847, 5030, 9819, 1831, 5084,
    9793, 1818, 5138, 9766, 1806, 5191, 9738, 1795, 5244, 9709, 1785, 5296, 9677, 1778, 5349, 9641, 1773, 5401, 9602,
    1768, 5452, 9560, 1764, 5504, 9516, 1755, 5554, 9473, 1740, 5605, 9432, 1716, 5655, 9393, 1686, 5705, 9357, 1649,
    5755, 9323, 1610, 5805, 9289, 1573, 5854, 9254, 1540, 5902, 9218, 1513, 5950, 9182, 1492, 5997, 9147, 1475, 6043,
    9113, 1461, 6089, 9080, 1446, 6135, 9050, 1429, 6180, 9022, 1408, 6226, 8998, 1383, 6272, 8975, 1354, 6317, 8953,
    1321, 6363, 8932, 1288, 6408, 8910, 1253, 6453, 8887, 1219, 6497, 8862, 1185, 6541, 8834, 1152, 6584, 8804, 1119,
    6627, 8770, 1085, 6669, 8734, 1048, 6710, 8695, 1009, 6750, 8653, 964, 6789, 8609, 914, 6828, 8562, 855, 6865,
    8513, 789, 6902, 8462, 713, 6938, 8409, 628, 6972, 8355, 535, 7006, 8299, 433, 7039, 8242, 328, 7071, 8183, 234,
    7103, 8124, 155, 7133, 8064, 91, 7163, 8003, 46, 7192, 7941, 19, 7220, 7878, 9, 7248, 7815, 18, 7275, 7752, 46,
    7301, 7688, 94, 7327, 7623, 162, 7352, 7558, 253, 7376, 7492, 369, 7400, 7426, 504, 7423, 7359, 638, 7446, 7292,
    770, 7468, 7224, 899, 7489, 7156, 1023, 7510, 7088, 1141, 7531, 7019, 1252, 7552, 6950, 1354, 7572, 6881, 1448,
    7593, 6812, 1532, 7614, 6741, 1609, 7635, 6671, 1678, 7656, 6599, 1741, 7678, 6527, 1799, 7699, 6454, 1853, 7721,
    6379, 1905, 7743, 6303, 1954, 7765, 6225, 2003, 7787, 6146, 2061, 7808, 6065, 2118, 7828, 5983, 2178, 7849, 5899,
    2244, 7869, 5813, 2318, 7887, 5725, 2401, 7905, 5636, 2491, 7922, 5546, 2589, 7937, 5454, 2695, 7951, 5360, 2809,
    7964, 5266, 2929, 7975, 5170, 3052, 7985, 5074, 3176, 7994, 4975, 3301, 8002, 4876, 3424, 8009, 4774, 3548, 8016,
    4669, 3671, 8021, 4563, 3795, 8026, 4454, 3921, 8029, 4344, 4050, 8031, 4233, 4184, 8030, 4122, 4322, 8028, 4013,
    4463, 8024, 3904, 4608, 8018, 3797, 4753, 8011, 3691, 4899, 8002, 3586, 5044, 7993, 3480, 5187, 7982, 3374, 5329,
    7970, 3267, 5470, 7957, 3159, 5609, 7943, 3050, 5748, 7929, 2941, 5886, 7913, 2833, 6024, 7896, 2726, 6161, 7878,
    2622, 6297, 7859, 2521, 6433, 7839, 2423, 6567, 7818, 2329, 6701, 7796, 2239, 6833, 7773, 2155, 6963, 7750, 2075,
    7091, 7727, 1998, 7218, 7703, 1924, 7344, 7679, 1852, 7468, 7654, 1782, 7590, 7629, 1717, 7710, 7604, 1658, 7829,
    7579, 1608, 7945, 7554, 1570, 8060, 7529, 1546, 8172, 7505, 1535, 8281, 7481, 1536, 8389, 7457, 1546, 8495, 7435,
    1564, 8600, 7413, 1587, 8703, 7392, 1615, 8804, 7372, 1650, 8903, 7353, 1695, 9000, 7336, 1749, 9093, 7321, 1815,
    9184, 7308, 1890, 9272, 7298, 1973, 9357, 7290, 2061, 9440, 7285, 2151, 9523, 7284, 2237, 9606, 7285, 2312, 9689,
    7292, 2373, 9770, 7304, 2418, 9842, 7330, 2446, 9900, 7365, 2429, 9946, 7407, 2394, 9966, 7458, 2351, 9971, 7513,
    2309, 9972, 7569, 2267, 9971, 7626, 2224, 9969, 7683, 2181, 9966, 7740, 2138, 9962, 7798, 2095, 9957, 7856, 2053,
    9949, 7915, 2012, 9938, 7974, 1974, 9923, 8034, 1939, 9906, 8095, 1906, 9885, 8156, 1875, 9861, 8218, 1846, 9835,
    8280, 1817, 9807, 8342, 1787, 9778, 8404, 1757, 9748, 8467, 1726, 9720, 8529, 1695, 9694, 8591, 1665, 9671, 8654,
    1636, 9651, 8716, 1608, 9634, 8778, 1582, 9619, 8840, 1557, 9608, 8902, 1532, 9601, 8963, 1507, 9596, 9023, 1480,
    9595, 9084, 1450, 9597, 9143, 1418, 9601, 9203, 1382, 9608, 9262, 1344, 9618, 9320, 1304, 9629, 9379, 1261, 9642,
    9437, 1216, 9657, 9494, 1168, 9674, 9552, 1116, 9692, 9609, 1061, 9711, 9667, 1001, 9730, 9724, 938, 9749, 9782,
    872, 9769, 9839, 805,
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
    return between(np.array(PARULA, float).reshape(-1, 3) / 10000, n)


def turbo(n: int) -> np.ndarray:
    from matplotlib import colormaps as published

    return between(np.array(published["turbo"].colors), n)


def between(colours: np.ndarray, n: int) -> np.ndarray:
    """n colours at equal steps on straight lines between `colours`, the first of them where n is 1."""
    at = np.arange(n) * (len(colours) - 1) / max(n - 1, 1)
    places = np.arange(len(colours))
    return np.stack([np.interp(at, places, colours[:, channel]) for channel in range(3)], axis=1)


def colorcube(n: int) -> np.ndarray:
    """A grid of colours through the RGB cube, then ramps of red, green, blue and grey in what the grid leaves free.

    The grid has as many steps as fit into n; a grid that leaves nothing free gives up one of its steps of blue.  Its
    greys and pure colours are left to the ramps, the last of which is grey and takes what three equal ones leave.
    """
    steps = int(n ** (1 / 3) + np.finfo(float).eps)
    if steps < 2:
        return gray(n)
    level = np.linspace(0, 1, steps)
    blue = np.linspace(0, 1, steps - 1) if steps**3 == n and steps > 2 else level
    b, r, g = np.meshgrid(blue, level, level, indexing="ij")
    cube = np.stack((r.ravel(), g.ravel(), b.ravel()), axis=1)
    cube = cube[(np.ptp(cube, axis=1) > 0) & ((cube > 0).sum(1) > 1)]
    free = n - len(cube) - 1
    pure = free // 4
    ramp_up, grey = np.arange(1, pure + 1) / max(pure, 1), free - 3 * pure
    ramps = np.zeros((3 * pure, 3))
    for channel in range(3):
        ramps[channel * pure : (channel + 1) * pure, channel] = ramp_up
    return np.vstack((cube, ramps, np.repeat(np.arange(grey + 1)[:, None] / max(grey, 1), 3, axis=1)))


MAPS: dict[str, Callable[[int], np.ndarray]] = {
    make.__name__: make
    for make in (
        parula, turbo, hsv, hot, cool, spring, summer, autumn, winter, gray, bone, copper, pink, jet, lines, prism,
        flag, white, colorcube,
    )
}  # fmt: skip


@lru_cache(64)
def colormap(name: str, n: int = 256) -> np.ndarray:
    """The map called `name` with n colours, read-only."""
    made = MAPS[name](n)
    made.setflags(write=False)
    return made
