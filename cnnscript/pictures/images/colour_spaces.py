"""Colours in other spaces: XYZ, L*a*b*, linear light, NTSC's YIQ and YCbCr; differences of colours and of lights.

Colours are the last axis of an array (n×3 or H×W×3); levels run from 0 to 1.  The matrices from linear light to CIE XYZ
are made of the primaries' chromaticities and the white point, so that white (1, 1, 1) is the white point exactly; other
white points are reached by Bradford's adaptation (K. Lam, 1985).
"""

from __future__ import annotations

from functools import cache

import numpy as np

WHITE_POINTS = {
    "a": (1.0985, 1.0, 0.3558),
    "c": (0.9807, 1.0, 1.1822),
    "e": (1.0, 1.0, 1.0),
    "d50": (0.96419865576090, 1.0, 0.82511648322104),
    "d55": (0.9568, 1.0, 0.9214),
    "d65": (0.95047, 1.0, 1.08883),
    "icc": (31595 / 32768, 1.0, 27030 / 32768),
}
# x and y of red, green and blue, and the white point that a space is defined with
PRIMARIES = {
    "srgb": ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), "d65"),
    "adobe-rgb-1998": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), "d65"),
    "prophoto-rgb": ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), "d50"),
}
PRIMARIES["linear-rgb"] = PRIMARIES["srgb"]
PRIMARIES["bt.2020"] = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), "d65")
BRADFORD = np.array(((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296)))
VON_KRIES = np.array(((0.40024, 0.7076, -0.08081), (-0.2263, 1.16532, 0.0457), (0.0, 0.0, 0.91822)))
YIQ_TO_RGB = np.array(((1.0, 0.956, 0.621), (1.0, -0.272, -0.647), (1.0, -1.106, 1.703)))
RGB_TO_YCBCR = np.array(((65.481, 128.553, 24.966), (-37.797, -74.203, 112.0), (112.0, -93.786, -18.214)))
YCBCR_OFFSET = np.array((16.0, 128.0, 128.0))
LAB_BREAK = 6 / 29


@cache
def to_xyz(space: str) -> np.ndarray:
    """From linear red, green and blue to XYZ under the space's own white."""
    *corners, white = PRIMARIES[space]
    unscaled = np.array([(x / y, 1.0, (1 - x - y) / y) for x, y in corners]).T
    return unscaled * np.linalg.solve(unscaled, WHITE_POINTS[white])


def adaptation(source: np.ndarray, target: np.ndarray, method: str = "bradford") -> np.ndarray:
    """The matrix that takes XYZ under one white to what looks the same under another."""
    cone = {"bradford": BRADFORD, "vonkries": VON_KRIES, "simple": np.eye(3)}[method]
    ratio = (cone @ np.asarray(target, float)) / (cone @ np.asarray(source, float))
    return np.linalg.solve(cone, ratio[:, None] * cone)


def linear(level: np.ndarray, space: str) -> np.ndarray:
    """Light that levels of a space stand for; the curves go on below 0 as their own mirrors."""
    size = np.abs(level)
    if space == "linear-rgb":
        return level
    if space == "srgb":
        light = np.where(size <= 0.04045, size / 12.92, ((np.maximum(size, 0.04045) + 0.055) / 1.055) ** 2.4)
    elif space == "adobe-rgb-1998":
        light = size**2.19921875
    else:
        light = np.where(size < 16 / 512, size / 16, size**1.8)
    return np.copysign(light, level)


def encoded(light: np.ndarray, space: str) -> np.ndarray:
    """Levels of a space for linear light."""
    size = np.abs(light)
    if space == "linear-rgb":
        return light
    if space == "srgb":
        level = np.where(size <= 0.0031308, 12.92 * size, 1.055 * np.maximum(size, 0.0031308) ** (1 / 2.4) - 0.055)
    elif space == "adobe-rgb-1998":
        level = size ** (1 / 2.19921875)
    else:
        level = np.where(size < 1 / 512, 16 * size, size ** (1 / 1.8))
    return np.copysign(level, light)


def rgb2xyz(level: np.ndarray, space: str, white: np.ndarray) -> np.ndarray:
    own = np.array(WHITE_POINTS[PRIMARIES[space][3]])
    matrix = to_xyz(space)
    if not np.array_equal(own, white):
        matrix = adaptation(own, white) @ matrix
    return linear(level, space) @ matrix.T


def xyz2rgb(xyz: np.ndarray, space: str, white: np.ndarray) -> np.ndarray:
    own = np.array(WHITE_POINTS[PRIMARIES[space][3]])
    matrix = np.linalg.inv(to_xyz(space))
    if not np.array_equal(own, white):
        matrix = matrix @ adaptation(white, own)
    return encoded(xyz @ matrix.T, space)


def xyz2lab(xyz: np.ndarray, white: np.ndarray) -> np.ndarray:
    ratio = xyz / white
    root = np.where(ratio > LAB_BREAK**3, np.cbrt(ratio), ratio / (3 * LAB_BREAK**2) + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack((116 * y - 16, 500 * (x - y), 200 * (y - z)), axis=-1)


def lab2xyz(lab: np.ndarray, white: np.ndarray) -> np.ndarray:
    y = (lab[..., 0] + 16) / 116
    root = np.stack((y + lab[..., 1] / 500, y, y - lab[..., 2] / 200), axis=-1)
    return np.where(root > LAB_BREAK, root**3, 3 * LAB_BREAK**2 * (root - 4 / 29)) * white


def rgb2ntsc(level: np.ndarray) -> np.ndarray:
    return level @ np.linalg.inv(YIQ_TO_RGB).T


def ntsc2rgb(yiq: np.ndarray) -> np.ndarray:
    """RGB not below 0, and scaled down where a channel would exceed 1."""
    rgb = np.maximum(yiq @ YIQ_TO_RGB.T, 0)
    return rgb / np.maximum(rgb.max(-1, keepdims=True, initial=1), 1)


def rgb2ycbcr(values: np.ndarray, white: float) -> np.ndarray:
    """Y from 16/255 to 235/255 of `white`, Cb and Cr from 16/255 to 240/255."""
    return (values @ RGB_TO_YCBCR.T / 255) + YCBCR_OFFSET * (white / 255)


def ycbcr2rgb(values: np.ndarray, white: float) -> np.ndarray:
    return np.clip(((values - YCBCR_OFFSET * (white / 255)) * 255) @ np.linalg.inv(RGB_TO_YCBCR).T, 0, white)


# ------------------------------------------------------------------------------------- wide gamut (ITU-R BT.2020, 2100)
BEND, BENT = 0.018053968510807, 1.09929682680944  # where BT.2020's curve leaves its straight part, and its slope there
LUMA = np.array((0.2627, 0.6780, 0.0593))
CHROMA = np.array((1.8814, 1.4746))  # what B - Y and R - Y are divided by
PQ = (2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32)
HLG = (0.17883277, 0.28466892, 0.55991073)


def wide_linear(level: np.ndarray, curve: str) -> np.ndarray:
    """Light (0 to 1) of levels under BT.2020's curve, or BT.2100's 'PQ' or 'HLG'."""
    level = np.maximum(level, 0)
    if curve == "PQ":
        m1, m2, c1, c2, c3 = PQ
        power = level ** (1 / m2)
        return (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    if curve == "HLG":
        a, b, c = HLG
        return np.where(level <= 0.5, level**2 / 3, (np.exp((level - c) / a) + b) / 12)
    return np.where(level < 4.5 * BEND, level / 4.5, ((level + BENT - 1) / BENT) ** (1 / 0.45))


def wide_encoded(light: np.ndarray, curve: str) -> np.ndarray:
    light = np.maximum(light, 0)
    if curve == "PQ":
        m1, m2, c1, c2, c3 = PQ
        power = light**m1
        return ((c1 + c2 * power) / (1 + c3 * power)) ** m2
    if curve == "HLG":
        a, b, c = HLG
        return np.where(light <= 1 / 12, np.sqrt(3 * light), a * np.log(np.maximum(12 * light - b, 1e-12)) + c)
    return np.where(light < BEND, 4.5 * light, BENT * light**0.45 - (BENT - 1))


def rgb2ycbcr_wide(level: np.ndarray) -> np.ndarray:
    """Y from 0 to 1, Cb and Cr from -1/2 to 1/2."""
    luma = level @ LUMA
    return np.stack([luma, (level[..., 2] - luma) / CHROMA[0], (level[..., 0] - luma) / CHROMA[1]], -1)


def ycbcr2rgb_wide(values: np.ndarray) -> np.ndarray:
    luma = values[..., 0]
    blue, red = luma + CHROMA[0] * values[..., 1], luma + CHROMA[1] * values[..., 2]
    return np.stack([red, (luma - LUMA[0] * red - LUMA[2] * blue) / LUMA[1], blue], -1)


# -------------------------------------------------------------------------------------------------------- differences
def cie76(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How far two L*a*b* colours are apart (CIE 1976)."""
    return np.sqrt(((first - second) ** 2).sum(-1))


def cie94(first: np.ndarray, second: np.ndarray, weights: tuple[float, ...]) -> np.ndarray:
    """CIE 1994, the first image as the reference; weights kL, kC, kH, K1, K2."""
    k_l, k_c, k_h, k_1, k_2 = weights
    light, a, b = np.moveaxis(first - second, -1, 0)
    chroma_1, chroma_2 = np.hypot(first[..., 1], first[..., 2]), np.hypot(second[..., 1], second[..., 2])
    chroma = chroma_1 - chroma_2
    hue = np.maximum(a**2 + b**2 - chroma**2, 0)
    return np.sqrt(
        (light / k_l) ** 2 + (chroma / (k_c * (1 + k_1 * chroma_1))) ** 2 + hue / (k_h * (1 + k_2 * chroma_1)) ** 2
    )


def ciede2000(first: np.ndarray, second: np.ndarray, weights: tuple[float, ...]) -> np.ndarray:
    """CIEDE2000 (G. Sharma, W. Wu, E. Dalal, Color Research and Application 30, 2005); by scikit-image, whose numbers
    are those of the paper's table."""
    from skimage.color import deltaE_ciede2000

    return deltaE_ciede2000(first, second, *weights[:3])
