"""Lines and circles in images: the Hough transform."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, kernels, lines_and_circles, scale
from cnnscript.values.numeric import norm
from cnnscript.values.structs import struct_of_own


@builtin(outputs=3)
def hough(nargout, BW, /, *, RhoResolution=1.0, ThetaResolution=None, Theta=None):
    """
    H = hough(BW)
    [H, theta, rho] = hough(BW)
    [H, theta, rho] = hough(BW, Name=Value)

    How many pixels of a logical image lie on each line x*cos(theta) + y*sin(theta) = rho.

    Options
      RhoResolution    step of rho in pixels (1)
      Theta            angles in degrees from -90 to less than 90 (-90:89)
      ThetaResolution  step of the angles in degrees, in place of Theta

    Examples
      >> [H, theta, rho] = hough(eye(5)); max(H(:)), size(H), rho([1 end])
      ans =
           5
      ans =
          13   180
      ans =
          -6     6
      >> [r, c] = find(H == 5); [theta(c) rho(r)]
      ans =
        Columns 1 through 13
         -50   -49   -48   -47   -46   -45   -44   -43   -42   -41   -40     0     0
        Columns 14 through 22
           0     0     0     0     0     0     0     0     0
      >> size(hough(eye(5), RhoResolution=0.5, Theta=-90:0.5:89.5))
      ans =
          25   360

    See also houghpeaks, houghlines, edge.
    """
    image = matrix(BW, "hough", "BW") != 0
    step = take.number(RhoResolution, "hough", "RhoResolution")
    if not 0 < step < max(np.hypot(*image.shape), 1e-9):
        raise take.refusal("hough", "RhoResolution", "positive and less than the diagonal of the image", RhoResolution)
    if Theta is not None:
        angles = np.array(take.numbers(Theta, "hough", "Theta"))
    elif ThetaResolution is not None:
        by = take.number(ThetaResolution, "hough", "ThetaResolution")
        if not 0 < by < 90:
            raise take.refusal("hough", "ThetaResolution", "between 0 and 90", ThetaResolution)
        half = np.linspace(-90, 0, int(np.ceil(90 / by)) + 1)
        angles = np.concatenate((half, -half[-2:0:-1]))
    else:
        angles = np.arange(-90, 90.0)
    if not angles.size or not (angles >= -90).all() or not (angles < 90).all():
        raise take.refusal("hough", "Theta", "angles from -90 to less than 90 degrees", Theta)
    votes, distances = lines_and_circles.hough(image, angles, step)
    return norm(votes), norm(angles.reshape(1, -1)), norm(distances.reshape(1, -1))


@builtin
def houghpeaks(H, numpeaks=1.0, /, *, Threshold=None, NHoodSize=None, Theta=None):
    """
    peaks = houghpeaks(H, numpeaks)
    peaks = houghpeaks(H, numpeaks, Name=Value)

    The rows and columns of the largest votes of a Hough transform, numpeaks (1) at most.

    Options
      Threshold  least votes of a peak (half of the most)
      NHoodSize  [rows cols], odd: what is cleared around each peak (the odd numbers from size(H)/50 up)
      Theta      the angles of the columns (-90:89)

    Examples
      >> [H, theta, rho] = hough(eye(5)); peaks = houghpeaks(H, 1)
      peaks =
           7    41
      >> peaks = houghpeaks(magic(4), 3, Threshold=10, NHoodSize=[1 1])
      peaks =
           1     1
           4     3
           4     2

    See also hough, houghlines.
    """
    votes = np.asarray(matrix(H, "houghpeaks", "H"), float)
    for wrong, word in ((not votes.size, "nonempty"), (not np.isfinite(votes).all(), "finite")):
        if wrong:
            raise ScriptError(f"MATLAB:houghpeaks:expected{word.title()}", f"Expected input number 1, H, to be {word}.")
    if (votes != np.floor(votes)).any():
        raise ScriptError("MATLAB:houghpeaks:expectedInteger", "Expected input number 1, H, to be integer-valued.")
    count = take.count(numpeaks, "houghpeaks", "numpeaks")
    if not count:
        raise take.refusal("houghpeaks", "numpeaks", "positive", numpeaks)
    threshold = 0.5 * votes.max(initial=0) if Threshold is None else take.number(Threshold, "houghpeaks", "Threshold")
    if not threshold >= 0:
        raise take.refusal("houghpeaks", "Threshold", "nonnegative", Threshold)
    if NHoodSize is None:
        sizes = [max(2 * int(np.ceil(n / 50 / 2)) + 1, 1) for n in votes.shape]
    else:
        sizes = take.counts(NHoodSize, "houghpeaks", "NHoodSize", 2)
    large = NHoodSize is not None and any(n > m for n, m in zip(sizes, votes.shape, strict=True))
    if large or any(n < 1 or n % 2 == 0 for n in sizes):
        raise take.refusal("houghpeaks", "NHoodSize", "two odd positive numbers, not larger than H", NHoodSize)
    wraps = True
    if Theta is not None:
        angles = np.array(take.numbers(Theta, "houghpeaks", "Theta", votes.shape[1]))
        step = abs(angles[1] - angles[0]) if angles.size > 1 else 180.0
        wraps = abs(angles.max() - angles.min()) + step >= 180 - 1e-9
    found = lines_and_circles.hough_peaks(votes, count, threshold, (sizes[0], sizes[1]), wraps)
    return norm(np.asfortranarray(found + 1.0))


@builtin
def houghlines(BW, theta, rho, peaks, /, *, FillGap=20.0, MinLength=40.0):
    """
    lines = houghlines(BW, theta, rho, peaks)
    lines = houghlines(BW, theta, rho, peaks, Name=Value)

    The pieces of lines of an image at peaks of its Hough transform: a struct array with the fields point1 and point2
    ([x y]), theta and rho.

    Options
      FillGap    pieces no farther apart are one (20 pixels)
      MinLength  shorter ones are left out (40 pixels)

    Examples
      >> BW = false(60); BW(20, 5:55) = true; [H, theta, rho] = hough(BW);
      >> lines = houghlines(BW, theta, rho, houghpeaks(H, 1)); [lines.point1 lines.point2 lines.theta lines.rho]
      ans =
           5    20    55    20   -90   -19
      >> numel(houghlines(BW, theta, rho, houghpeaks(H, 1), MinLength=60, FillGap=5))
      ans =
           0

    See also hough, houghpeaks.
    """
    image = matrix(BW, "houghlines", "BW") != 0
    angles = np.array(take.numbers(theta, "houghlines", "theta"))
    distances = np.array(take.numbers(rho, "houghlines", "rho"))
    places = matrix(peaks, "houghlines", "peaks").astype(float)
    gap = take.number(FillGap, "houghlines", "FillGap")
    shortest = take.number(MinLength, "houghlines", "MinLength")
    if not gap > 0 or not shortest > 0:
        raise take.refusal("houghlines", "FillGap and MinLength", "positive", FillGap)
    if places.size and (
        places.shape[1] != 2
        or (places < 1).any()
        or (places != np.floor(places)).any()
        or (places > (distances.size, angles.size)).any()
    ):
        raise take.refusal("houghlines", "peaks", "rows and columns of the Hough transform", peaks)
    found = lines_and_circles.segments(image, angles, distances, places.astype(int).reshape(-1, 2) - 1, gap, shortest)
    names = ["point1", "point2", "theta", "rho"]
    data = np.empty((1, len(found)), object, order="F")
    for k, (start, end, angle, distance) in enumerate(found):
        ends = [norm(np.array([[point[0] + 1.0, point[1] + 1.0]])) for point in (start, end)]
        data[0, k] = dict(zip(names, [*ends, angle, distance], strict=True))
    return struct_of_own(names, data)


@builtin(outputs=3)
def imfindcircles(
    nargout, A, radius, /, *, ObjectPolarity="bright", Method="PhaseCode", Sensitivity=0.85, EdgeThreshold=None
):
    """
    centers = imfindcircles(A, radius)
    [centers, radii] = imfindcircles(A, [rmin rmax])
    [centers, radii, metric] = imfindcircles(A, [rmin rmax], Name=Value)

    Circles in an image: their middles [x y], radii and how sure they are, the surest first.

    By the votes of edges along their gradients, as in MATLAB; the numbers differ from MATLAB's by fractions of a pixel.

    Options
      ObjectPolarity  'bright' or 'dark' circles
      Method          'PhaseCode' or 'TwoStage' (the radius by a second look)
      Sensitivity     0 to 1: more finds weaker circles (0.85)
      EdgeThreshold   0 to 1 of the largest gradient (by Otsu's method)

    Examples
      >> [x, y] = meshgrid(1:60); A = (x - 30).^2 + (y - 25).^2 <= 144;
      >> [centers, radii, metric] = imfindcircles(A, [8 16]); round(centers), round(radii)
      ans =
          30    25
      ans =
          12
      >> centers = imfindcircles(~A, 12, ObjectPolarity='dark', Method='TwoStage', Sensitivity=0.9); size(centers)
      ans =
           1     2

    See also hough, edge.
    """
    array = take.pixels(A, "imfindcircles", "A")
    if array.ndim == 3 and array.shape[2] == 3:
        array = colour.rgb2gray(array)
    if array.ndim != 2:
        raise take.refusal("imfindcircles", "A", "a grey or colour image", A)
    given = take.numbers(radius, "imfindcircles", "the radius", (1, 2))
    low, high = given[0], given[-1]
    if not 0 < low <= high < np.inf or any(r != int(r) for r in given):
        raise take.refusal("imfindcircles", "the radius", "a positive integer or two in order", radius)
    bright = take.choice(ObjectPolarity, ("bright", "dark"), "imfindcircles", "ObjectPolarity") == "bright"
    coded = take.choice(Method, ("PhaseCode", "TwoStage"), "imfindcircles", "Method") == "PhaseCode"
    sensitivity = between_0_and_1(Sensitivity, "Sensitivity")
    threshold = None if EdgeThreshold is None else between_0_and_1(EdgeThreshold, "EdgeThreshold")
    level = scale.im2double(array)
    if array.dtype == bool:  # without greys at its edges a picture has no good directions there
        level = kernels.apply(level, kernels.gaussian((5, 5), 1.5), "replicate")
    votes = lines_and_circles.circle_votes(level, low, high, bright, threshold, coded)
    centres, heights = lines_and_circles.circle_centres(votes, sensitivity)
    if not len(centres):
        empty = norm(np.zeros((0, 0)))
        return empty, empty, empty
    radii = np.array([radius_at(level, votes, x, y, low, high, coded) for x, y in centres.tolist()])
    return norm(np.asfortranarray(centres + 1)), norm(radii.reshape(-1, 1)), norm(heights.reshape(-1, 1))


def between_0_and_1(value: Any, argument: str) -> float:
    found = take.number(value, "imfindcircles", argument)
    if not 0 <= found <= 1:
        raise ScriptError("MATLAB:imfindcircles:expectedInRange", f"Expected {argument} to be a number from 0 to 1.")
    return found


def radius_at(level: np.ndarray, votes: np.ndarray, x: float, y: float, low: float, high: float, coded: bool) -> float:
    """The radius of the circle about (x, y): told by the phase of its votes, or where the gradient is steepest."""
    if low == high:
        return low
    row, column = int(np.clip(round(y), 0, level.shape[0] - 1)), int(np.clip(round(x), 0, level.shape[1] - 1))
    if coded:
        phase = float(np.angle(votes[row, column]))
        return float(np.exp((phase + np.pi) / (2 * np.pi) * (np.log(high) - np.log(low)) + np.log(low)))
    from scipy.ndimage import map_coordinates

    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    radii = np.arange(low, high + 0.25, 0.5)
    rows = y + np.outer(radii, np.sin(turns))
    columns = x + np.outer(radii, np.cos(turns))
    profile = map_coordinates(level, [rows, columns], order=1, mode="nearest").mean(1)
    return float(radii[int(np.argmax(np.abs(np.gradient(profile))))])
