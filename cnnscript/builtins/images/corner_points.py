"""Corners in images."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import corners, scale
from cnnscript.values.numeric import norm
from cnnscript.values.text import text_or_none

METHODS = ("Harris", "MinimumEigenvalue")


def strengths(image: Any, method: str, sensitivity: Any, weights: Any, function: str) -> np.ndarray:
    array = take.pixels(image, function, "I")
    if array.ndim != 2:
        raise take.refusal(function, "I", "a grey image", image)
    level = array if array.dtype.kind == "f" else scale.im2double(array)
    if weights is None:
        spread = np.arange(-2, 3) ** 2 / (2 * 1.5**2)
        window = np.exp(-spread) / np.exp(-spread).sum()
    else:
        window = np.array(take.numbers(weights, function, "FilterCoefficients"))
        if len(window) % 2 == 0 or len(window) < 3:
            raise take.refusal(function, "FilterCoefficients", "a vector of odd length, 3 or more", weights)
    factor = 0.04 if sensitivity is None else take.number(sensitivity, function, "SensitivityFactor")
    if not 0 < factor < 0.25:
        raise take.refusal(function, "SensitivityFactor", "a number between 0 and 0.25", sensitivity)
    if sensitivity is not None and method != "Harris":
        raise ScriptError(f"images:{function}:unmatchedMethod", "SensitivityFactor belongs to the method 'Harris'.")
    made = corners.metric(level.astype(float), window, factor if method == "Harris" else None)
    return made.astype(array.dtype if array.dtype.kind == "f" else float)


@builtin
def cornermetric(I, method="Harris", /, *, FilterCoefficients=None, SensitivityFactor=None):  # noqa: E741
    """
    C = cornermetric(I)
    C = cornermetric(I, method)
    C = cornermetric(..., Name=Value)

    How much of a corner each pixel is, by 'Harris' or by 'MinimumEigenvalue'.

    Options
      FilterCoefficients  the row of a separable window (that of a Gaussian of 5 pixels, sigma 1.5)
      SensitivityFactor   of Harris, between 0 and 0.25 (0.04)

    Examples
      >> I = zeros(9); I(5:9, 5:9) = 1; C = cornermetric(I); [~, k] = max(C(:)); [r, c] = ind2sub(size(C), k); [r c]
      ans =
           5     5
      >> max(cornermetric(ones(5), 'MinimumEigenvalue'), [], 'all')
      ans =
           0

    See also corner, edge.
    """
    word = take.choice(method, METHODS, "cornermetric", "the method")
    found = strengths(I, word, SensitivityFactor, FilterCoefficients, "cornermetric")
    return norm(np.asfortranarray(found))


@builtin
def corner(I, /, *args, FilterCoefficients=None, SensitivityFactor=None, QualityLevel=0.01):  # noqa: E741
    """
    C = corner(I)
    C = corner(I, method)
    C = corner(I, N)
    C = corner(I, method, N)
    C = corner(..., Name=Value)

    Where the corners of an image are: x and y of each, the strongest first, N at most (200).

    Options
      FilterCoefficients  the row of a separable window (that of a Gaussian of 5 pixels, sigma 1.5)
      SensitivityFactor   of 'Harris', between 0 and 0.25 (0.04)
      QualityLevel        the weakest corner as a part of the strongest, between 0 and 1 (0.01)

    Examples
      >> I = zeros(20); I(7:14, 6:15) = 1; sortrows(corner(I))'
      ans =
           6     6    15    15
           7    14     7    14
      >> size(corner(I, 'MinimumEigenvalue', 2))
      ans =
           2     2

    See also cornermetric, edge.
    """
    given = list(args)
    method = "Harris"
    if given and text_or_none(given[0]) is not None:
        method = take.choice(given.pop(0), METHODS, "corner", "the method")
    most = take.count(given.pop(0), "corner", "N") if given else 200
    if given:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    if not most:
        raise take.refusal("corner", "N", "a positive integer", args[-1])
    quality = take.number(QualityLevel, "corner", "QualityLevel")
    if not 0 < quality < 1:
        raise take.refusal("corner", "QualityLevel", "a number between 0 and 1", QualityLevel)
    strength = strengths(I, method, SensitivityFactor, FilterCoefficients, "corner")
    return norm(np.asfortranarray(corners.peaks(strength.astype(float), quality, most)))
