"""Projections of images along lines, and images from them."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import projections
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import norm, numel_of
from cnnscript.values.text import text_or_none


@builtin(outputs=2)
def radon(nargout, A, theta=None, /):
    """
    R = radon(I)
    R = radon(I, theta)
    [R, xp] = radon(I, theta)

    The sums of an image along lines: a column for each angle in degrees (0:179), a row for each distance xp from the
    middle pixel, floor((size(I)+1)/2).

    Examples
      >> [R, xp] = radon(ones(3), [0 90]); [xp R]
      ans =
         -3.0000         0         0
         -2.0000    0.3750    0.3750
         -1.0000    2.6250    2.6250
               0    3.0000    3.0000
          1.0000    2.6250    2.6250
          2.0000    0.3750    0.3750
          3.0000         0         0
      >> size(radon(ones(10)))
      ans =
          19   180

    See also iradon, phantom, hough.
    """
    image = np.asarray(matrix(A, "radon", "I"), float)
    if not image.size:
        raise take.refusal("radon", "I", "an image with pixels", A)
    angles = np.arange(180.0) if theta is None else np.array(take.numbers(theta, "radon", "theta"))
    found, distances = projections.radon(image, angles)
    return norm(found), norm(distances.reshape(-1, 1))


@builtin(outputs=2)
def iradon(nargout, R, theta, /, *rest):
    """
    I = iradon(R, theta)
    I = iradon(R, theta, interpolation, filter, frequency_scaling, output_size)
    [I, H] = iradon(...)

    The image whose projections the columns of R are, at angles theta (degrees; one number: the step), by filtered
    back-projection; H is the response of the filter.

    The last four in any order: interpolation 'nearest', 'linear' (the default), 'spline', 'pchip' or 'cubic'; filter
    'Ram-Lak' (the default), 'Shepp-Logan', 'Cosine', 'Hamming', 'Hann' or 'None'; frequency_scaling from above 0 to 1
    (1) cuts the filter off; output_size is the side of the image (2*floor(size(R,1)/(2*sqrt(2)))).

    Examples
      >> P = phantom(64); I = iradon(radon(P, 0:179), 0:179, 'linear', 'Ram-Lak', 1, 64); corr2(P, I) > 0.9
      ans =
        logical
         1
      >> [I, H] = iradon(radon(P), 1); size(I), H(1:3)'
      ans =
          66    66
      ans =
          0.0016    0.0076    0.0157

    See also radon, phantom, fft.
    """
    columns = np.asarray(matrix(R, "iradon", "R"), float)
    angles = np.array(take.numbers(theta, "iradon", "theta"))
    if angles.size == 1 and columns.shape[1] > 1:
        angles = np.arange(columns.shape[1]) * angles[0]
    if angles.size != columns.shape[1] or not columns.size:
        raise ScriptError(
            "images:iradon:thetaNotMatchingProjectionNumber", "THETA does not match the number of projections."
        )
    interpolation, kind, share, size = "linear", "ram-lak", 1.0, None
    for value in rest:
        word = text_or_none(value)
        if word is None:
            if not numel_of(value):
                continue
            number = take.number(value, "iradon", "the argument")
            if 0 < number <= 1 and size is None and share == 1.0 and number != 1:
                share = number
            elif number > 1 and number == int(number):
                size = int(number)
            elif number != 1:
                raise ScriptError(
                    "images:iradon:invalidInputs", "frequency_scaling is above 0 and up to 1, output_size an integer."
                )
            continue
        folded = word.lower()
        methods = ("nearest", "linear", "spline", "pchip", "cubic", "v5cubic")
        if any(folded and each.startswith(folded) for each in methods):
            interpolation = take.choice(word, methods, "iradon", "the interpolation")
        else:
            kind = take.choice(word, projections.FILTERS, "iradon", "the filter")
    if size is None:
        size = 2 * int(np.floor(columns.shape[0] / (2 * np.sqrt(2))))
    require_memory((size, size), 8)
    made, response = projections.inverse_radon(columns, angles, interpolation, kind, share, size)
    return norm(made), norm(response.reshape(-1, 1))


@builtin(outputs=2)
def phantom(nargout, /, *rest):
    """
    P = phantom
    P = phantom(n)
    P = phantom(def, n)
    P = phantom(E, n)
    [P, E] = phantom(...)

    A picture of a head made of ellipses, n by n pixels (256), to try reconstructions with.

    def is 'Shepp-Logan' or 'Modified Shepp-Logan' (the default, with more contrast); E has a row for each ellipse:
    level, half axes, middle x and y, turn in degrees.

    Examples
      >> [P, E] = phantom(64); size(P), size(E), max(P(:))
      ans =
          64    64
      ans =
          10     6
      ans =
           1
      >> P = phantom('Shepp-Logan', 32); size(phantom), P = phantom([1 0.5 0.5 0 0 0], 5)
      ans =
         256   256
      P =
           0     0     0     0     0
           0     0     1     0     0
           0     1     1     1     0
           0     0     1     0     0
           0     0     0     0     0

    See also radon, iradon.
    """
    values = list(rest)
    parts = projections.ellipses("modified shepp-logan")
    if values and text_or_none(values[0]) is not None:
        word = take.choice(values.pop(0), ("shepp-logan", "modified shepp-logan"), "phantom", "def")
        parts = projections.ellipses(word)
    elif values and numel_of(values[0]) > 1:
        parts = np.asarray(matrix(values.pop(0), "phantom", "E"), float)
        if parts.shape[1] != 6:
            raise ScriptError("images:phantom:invalidInputs", "E must have six columns.")
    size = take.count(values.pop(0), "phantom", "n") if values else 256
    take.no_options(values, "phantom")
    require_memory((size, size), 8)
    return norm(projections.phantom(parts, size)), norm(np.asfortranarray(parts))


def sensor(value: Any, function: str) -> str:
    return take.choice(value, ("arc", "line"), function, "FanSensorGeometry")


@builtin(outputs=3)
def fanbeam(nargout, A, D, /, *, FanRotationIncrement=1.0, FanSensorGeometry="arc", FanSensorSpacing=1.0):
    """
    F = fanbeam(I, D)
    F = fanbeam(I, D, Name=Value)
    [F, fan_sensor_positions, fan_rotation_angles] = fanbeam(...)

    The sums of an image along fans of lines from a point at distance D from the middle pixel: a row for each sensor, a
    column for each angle that the point is turned by.

    It is interpolated from the projections of radon, as in MATLAB.

    Options
      FanRotationIncrement  degrees between fans (1)
      FanSensorGeometry     'arc' (sensors at equal angles) or 'line' (at equal distances)
      FanSensorSpacing      degrees between sensors, or pixels (1)

    Examples
      >> [F, positions, angles] = fanbeam(ones(10), 20, FanRotationIncrement=90); size(F, 2), angles'
      ans =
           4
      ans =
           0    90   180   270
      >> F = fanbeam(ones(10), 20, FanSensorGeometry='line', FanRotationIncrement=180); F(9:11, 1)'
      ans =
         10.0506   10.0129   10.0000

    See also ifanbeam, radon.
    """
    image = np.asarray(matrix(A, "fanbeam", "I"), float)
    distance = take.number(D, "fanbeam", "D")
    reach = float(np.hypot(*image.shape) / 2)
    if not reach <= distance < np.inf:
        raise ScriptError(
            "images:fanbeam:dInvalid",
            "D must be at least half of the diagonal of the image, so that all of it is seen.",
        )
    by = take.number(FanRotationIncrement, "fanbeam", "FanRotationIncrement")
    spacing = take.number(FanSensorSpacing, "fanbeam", "FanSensorSpacing")
    if not by > 0 or not spacing > 0 or 360 / by > 1e6:
        raise take.refusal("fanbeam", "FanRotationIncrement and FanSensorSpacing", "positive", FanRotationIncrement)
    geometry = sensor(FanSensorGeometry, "fanbeam")
    step = min(by, 1.0)
    angles = np.arange(0, 360, step)
    columns, places = projections.radon(image, angles)
    widest = np.rad2deg(np.arcsin(min(1.0, places[-1] / distance)))
    if geometry == "arc":
        count = int(np.floor(widest / spacing))
        positions = np.arange(-count, count + 1) * spacing
        gamma = np.deg2rad(positions)
    else:
        count = int(np.floor(distance * np.tan(np.deg2rad(min(widest, 89))) / spacing))
        positions = np.arange(-count, count + 1) * spacing
        gamma = np.arctan(positions / distance)
    beta = np.arange(int(np.ceil(360 / by - 1e-9))) * by
    made = projections.at_places(
        columns, places, step, distance * np.sin(gamma)[:, None], beta[None] + np.rad2deg(gamma)[:, None]
    )
    return norm(np.asfortranarray(made)), norm(positions.reshape(-1, 1)), norm(beta.reshape(-1, 1))


@builtin(outputs=2)
def ifanbeam(
    nargout,
    F,
    D,
    /,
    *,
    FanCoverage="cycle",
    FanRotationIncrement=1.0,
    FanSensorGeometry="arc",
    FanSensorSpacing=1.0,
    Filter="Ram-Lak",
    FrequencyScaling=1.0,
    Interpolation="linear",
    OutputSize=None,
):
    """
    I = ifanbeam(F, D)
    I = ifanbeam(F, D, Name=Value)
    [I, H] = ifanbeam(...)

    The image whose projections by fans the columns of F are, with the point of the fans at distance D; H is the
    response of the filter.

    The fans are first turned into parallel projections.

    Options
      FanCoverage           'cycle' (the fans go once round); 'minimal' is not in cnnscript yet
      FanRotationIncrement  degrees between fans (1)
      FanSensorGeometry     'arc' (sensors at equal angles) or 'line' (at equal distances)
      FanSensorSpacing      degrees between sensors, or pixels (1)
      Filter                as of iradon
      FrequencyScaling      as of iradon
      Interpolation         as of iradon
      OutputSize            side of the image

    Examples
      >> P = phantom(64); F = fanbeam(P, 100, FanSensorSpacing=0.5);
      >> I = ifanbeam(F, 100, FanSensorSpacing=0.5, OutputSize=64); corr2(P, I) > 0.8
      ans =
        logical
         1
      >> [I, H] = ifanbeam(F, 100, FanSensorSpacing=0.5, Filter='Hann'); H(1) > 0
      ans =
        logical
         1

    See also fanbeam, iradon.
    """
    fans = np.asarray(matrix(F, "ifanbeam", "F"), float)
    distance = take.number(D, "ifanbeam", "D")
    by = take.number(FanRotationIncrement, "ifanbeam", "FanRotationIncrement")
    spacing = take.number(FanSensorSpacing, "ifanbeam", "FanSensorSpacing")
    if not distance > 0 or not by > 0 or not spacing > 0 or not fans.size:
        raise take.refusal("ifanbeam", "D, FanRotationIncrement and FanSensorSpacing", "positive", D)
    if take.choice(FanCoverage, ("cycle", "minimal"), "ifanbeam", "FanCoverage") == "minimal":
        raise ScriptError("cnnscript:NotYet", "Fans with 'minimal' coverage are not in cnnscript yet.")
    positions = (np.arange(fans.shape[0]) - (fans.shape[0] - 1) / 2) * spacing
    gamma = np.deg2rad(positions) if sensor(FanSensorGeometry, "ifanbeam") == "arc" else np.arctan(positions / distance)
    share = take.number(FrequencyScaling, "ifanbeam", "FrequencyScaling")
    if not 0 < share <= 1:
        raise take.refusal("ifanbeam", "FrequencyScaling", "above 0 and up to 1", FrequencyScaling)
    kind = take.choice(Filter, projections.FILTERS, "ifanbeam", "Filter")
    method = take.choice(Interpolation, ("nearest", "linear", "spline", "pchip", "cubic"), "ifanbeam", "Interpolation")
    last = int(np.floor(distance * np.sin(np.abs(gamma).max())))
    places = np.arange(-last, last + 1.0)
    angles = np.arange(180.0)
    turn = np.rad2deg(np.arcsin(np.clip(places / distance, -1, 1)))
    parallel = projections.at_places(
        fans, np.rad2deg(gamma), by, turn[:, None] + 0 * angles[None], angles[None] - turn[:, None]
    )
    size = 2 * int(np.floor(parallel.shape[0] / (2 * np.sqrt(2))))
    if OutputSize is not None:
        size = take.count(OutputSize, "ifanbeam", "OutputSize")
    made, response = projections.inverse_radon(parallel, angles, method, kind, share, size)
    return norm(made), norm(response.reshape(-1, 1))
