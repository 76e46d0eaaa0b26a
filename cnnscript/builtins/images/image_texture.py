"""Textures of images as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.image_smoothing import grey_or_colour
from cnnscript.builtins.images.local_statistics import matrix
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import textures
from cnnscript.values.numeric import norm
from cnnscript.values.structs import Struct
from cnnscript.values.text import texts_or_none

PROPERTIES = ("Contrast", "Correlation", "Energy", "Homogeneity")


@builtin(outputs=2)
def graycomatrix(nargout, A, /, *, GrayLimits=None, NumLevels=None, Offset=None, Symmetric=False):
    """
    glcms = graycomatrix(I)
    glcms = graycomatrix(I, Name=Value)
    [glcms, SI] = graycomatrix(...)

    How often a grey level (row) has another one (column) beside it; SI is the image in levels from 1.

    Options
      GrayLimits  [low high] of the levels (the range of the class; []: the lowest and highest of I)
      NumLevels   how many (8; of a logical image 2)
      Offset      rows of [down right]: where the other pixel is ([0 1]); a plane for each
      Symmetric   whether pairs count either way round (false)

    Examples
      >> glcm = graycomatrix([1 1 5 6 8; 2 3 5 7 1; 4 5 7 1 2; 8 5 1 2 5], GrayLimits=[])
      glcm =
           1     2     0     0     1     0     0     0
           0     0     1     0     1     0     0     0
           0     0     0     0     1     0     0     0
           0     0     0     0     1     0     0     0
           1     0     0     0     0     1     2     0
           0     0     0     0     0     0     0     1
           2     0     0     0     0     0     0     0
           0     0     0     0     1     0     0     0
      >> [glcms, SI] = graycomatrix([0 0.4; 1 1], NumLevels=2, Offset=[0 1; 1 0], Symmetric=true); glcms, SI
      glcms(:,:,1) =
           2     0
           0     2
      glcms(:,:,2) =
           0     2
           2     0
      SI =
           1     1
           2     2

    See also graycoprops, entropyfilt.
    """
    array = matrix(A, "graycomatrix", "I")
    levels = (
        (2 if array.dtype == bool else 8) if NumLevels is None else take.count(NumLevels, "graycomatrix", "NumLevels")
    )
    if not 1 <= levels <= 4096:
        raise take.refusal("graycomatrix", "NumLevels", "a positive integer", NumLevels)
    if array.dtype == bool and levels != 2:
        raise ScriptError(
            "images:graycomatrix:invalidNumLevelsForBinary", "NumLevels must be 2 for a logical image."
        )  # fmt: skip
    if GrayLimits is None:
        bounds = np.iinfo(array.dtype) if array.dtype.kind in "ui" else None
        limits = (float(bounds.min), float(bounds.max)) if bounds else (0.0, 1.0)
    else:
        given = take.numbers(GrayLimits, "graycomatrix", "GrayLimits", (0, 2))
        known = array[~np.isnan(array)] if array.dtype.kind == "f" else array
        ends = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        limits = (given[0], given[1]) if given else ends
        if limits[0] > limits[1]:
            raise take.refusal("graycomatrix", "GrayLimits", "[low high]", GrayLimits)
    offsets = np.array([[0.0, 1.0]]) if Offset is None else matrix(Offset, "graycomatrix", "Offset").astype(float)
    if offsets.shape[1] != 2 or (offsets != np.floor(offsets)).any():
        raise take.refusal("graycomatrix", "Offset", "rows of two integers", Offset)
    both = take.flag(Symmetric, "graycomatrix", "Symmetric")
    steps = textures.grey_steps(array, limits, levels)
    found = [
        textures.co_occurrences(steps, (int(np.clip(down, -1e6, 1e6)), int(np.clip(across, -1e6, 1e6))), levels, both)
        for down, across in offsets.tolist()
    ]
    made = np.stack(found, axis=2) if found else np.zeros((levels, levels, 0))
    return norm(np.asfortranarray(made)), norm(np.asfortranarray(steps))


@builtin
def graycoprops(glcm, properties=None, /):
    """
    stats = graycoprops(glcm)
    stats = graycoprops(glcm, properties)

    Contrast, Correlation, Energy and Homogeneity of co-occurrences (of each plane), as a struct; or those named, by a
    text, a cell or string array of names, or 'all'.

    Examples
      >> stats = graycoprops([0 1 2 3; 1 1 2 3; 1 0 2 0; 0 0 0 3])
      stats =
        struct with fields:
             Contrast: 2.8947
          Correlation: 0.0783
               Energy: 0.1191
          Homogeneity: 0.5658
      >> stats = graycoprops(eye(2), {'Energy', 'contrast'})
      stats =
        struct with fields:
          Contrast: 0
            Energy: 0.5000

    See also graycomatrix.
    """
    array = take.pixels(glcm, "graycoprops", "glcm")
    array = array.reshape(array.shape + (1,) * (3 - array.ndim)).astype(float)
    if array.ndim != 3 or array.shape[0] != array.shape[1] or array.shape[0] < 2 or (array < 0).any():
        raise take.refusal("graycoprops", "glcm", "square matrices of nonnegative numbers", glcm)
    names: list[str] = []
    for text in texts_or_none(properties) or [] if properties is not None else ["all"]:
        for word in text.replace(",", " ").split():
            found = take.choice(word, (*PROPERTIES, "all"), "graycoprops", "the property")
            names += list(PROPERTIES) if found == "all" else [found]
    if not names:
        raise take.refusal("graycoprops", "properties", "names of properties", properties)
    each = [textures.co_occurrence_properties(array[:, :, k]) for k in range(array.shape[2])]
    names = [name for name in PROPERTIES if name in names]
    return Struct({name: norm(np.array([[one[name] for one in each]])) for name in names})


def two(value: Any, function: str, argument: str) -> tuple[int, int]:
    found = take.counts(value, function, argument, 2)
    if min(found) < 1:
        raise take.refusal(function, argument, "two positive integers", value)
    return found[0], found[1]


@builtin(outputs=2)
def extractHOGFeatures(
    nargout,
    A,
    points=None,
    /,
    *,
    CellSize=None,
    BlockSize=None,
    BlockOverlap=None,
    NumBins=9.0,
    UseSignedOrientation=False,
):
    """
    features = extractHOGFeatures(I)
    [features, visualization] = extractHOGFeatures(I)
    [features, validPoints] = extractHOGFeatures(I, points)
    features = extractHOGFeatures(..., Name=Value)

    Histograms of oriented gradients of blocks of cells: a row (single); or, around points [x y], a row for each.

    The method is that of N. Dalal and B. Triggs (2005); in detail the numbers differ from MATLAB's.
    plot(visualization) draws the features over an image.

    Options
      CellSize              [rows cols] of pixels of a cell ([8 8])
      BlockSize             [rows cols] of cells of a block ([2 2])
      BlockOverlap          cells that neighbouring blocks share (ceil(BlockSize/2))
      NumBins               directions (9)
      UseSignedOrientation  whether directions are from -180 to 180 degrees, not from 0 to 180 (false)

    Examples
      >> features = extractHOGFeatures(imread('camera.png'), CellSize=[64 64]); size(features), class(features)
      ans =
                 1        1764
      ans =
          'single'
      >> [features, validPoints] = extractHOGFeatures(rand(40), [20 20; 2 2]); size(features), validPoints
      ans =
           1    36
      validPoints =
          20    20

    See also extractLBPFeatures, imgradient.
    """
    array = grey_or_colour(A, "extractHOGFeatures")
    cell = (8, 8) if CellSize is None else two(CellSize, "extractHOGFeatures", "CellSize")
    block = (2, 2) if BlockSize is None else two(BlockSize, "extractHOGFeatures", "BlockSize")
    if BlockOverlap is None:
        overlap = [-(-n // 2) for n in block]
    else:
        overlap = take.counts(BlockOverlap, "extractHOGFeatures", "BlockOverlap", 2)
    if any(shared >= n for shared, n in zip(overlap, block, strict=True)) and block != (1, 1):
        raise take.refusal("extractHOGFeatures", "BlockOverlap", "less than BlockSize", BlockOverlap)
    step = tuple(max(n - shared, 1) for n, shared in zip(block, overlap, strict=True))
    bins = take.count(NumBins, "extractHOGFeatures", "NumBins")
    if not bins:
        raise take.refusal("extractHOGFeatures", "NumBins", "positive", NumBins)
    signed = take.flag(UseSignedOrientation, "extractHOGFeatures", "UseSignedOrientation")
    lengths = [cell[k] * block[k] for k in (0, 1)]
    if points is None:
        if any(n < length for n, length in zip(array.shape, lengths, strict=False)):
            raise ScriptError(
                "vision:extractHOGFeatures:imageTooSmall", "The image must be at least as large as a block of cells."
            )
        found = textures.gradient_histograms(array, cell, block, (step[0], step[1]), bins, signed)
        features = norm(found.astype(np.float32).reshape(1, -1))
        if nargout < 2:
            return features
        from cnnscript.builtins.images.hog_pictures import HogPicture

        cells = array.shape[0] // cell[0], array.shape[1] // cell[1]
        weights = textures.cell_weights(found, cells, block, (step[0], step[1]), bins)
        return features, HogPicture(weights, cell, signed)
    places = matrix(points, "extractHOGFeatures", "points").astype(float)
    if places.shape[1] != 2:
        raise take.refusal("extractHOGFeatures", "points", "rows of [x y]", points)
    size, direction = textures.strongest_gradient(array)
    rows, kept = [], []
    for place in places.tolist():
        top, left = (round(place[1 - k]) - 1 - lengths[k] // 2 for k in (0, 1))
        if top < 0 or left < 0 or top + lengths[0] > size.shape[0] or left + lengths[1] > size.shape[1]:
            continue
        where = slice(top, top + lengths[0]), slice(left, left + lengths[1])
        rows.append(textures.block_histogram(size[where], direction[where], cell, block, bins, signed))
        kept.append(place)
    made = np.array(rows, np.float32).reshape(len(rows), block[0] * block[1] * bins)
    return norm(np.asfortranarray(made)), norm(np.asfortranarray(np.array(kept).reshape(-1, 2)))


@builtin
def extractLBPFeatures(
    A, /, *, NumNeighbors=8.0, Radius=1.0, Upright=True, Interpolation="Linear", CellSize=None, Normalization="L2"
):
    """
    features = extractLBPFeatures(I)
    features = extractLBPFeatures(I, Name=Value)

    Histograms of uniform local binary patterns of cells of a grey image: a row (single).

    The last bin of a cell counts all patterns that are not uniform; the order of the others is our own.

    Options
      NumNeighbors   points on the circle around each pixel (8; 4 to 24)
      Radius         of the circle in pixels (1)
      Upright        whether turned patterns count as different (true)
      Interpolation  'Linear' or 'Nearest'
      CellSize       [rows cols] of a cell (the whole image)
      Normalization  'L2' (each cell of length 1) or 'None'

    Examples
      >> features = extractLBPFeatures(imread('camera.png')); size(features), norm(double(features))
      ans =
           1    59
      ans =
          1.0000
      >> features = extractLBPFeatures(ones(4), Upright=false, Normalization='None')
      features =
        1×10 single row vector
           0     0     0     0     0     0     0     0     4     0

    See also extractHOGFeatures, graycomatrix.
    """
    array = matrix(A, "extractLBPFeatures", "I").astype(float)
    count = take.count(NumNeighbors, "extractLBPFeatures", "NumNeighbors")
    radius = take.count(Radius, "extractLBPFeatures", "Radius")
    if not 4 <= count <= 24:
        raise take.refusal("extractLBPFeatures", "NumNeighbors", "from 4 to 24", NumNeighbors)
    if not 1 <= radius <= 5:
        raise take.refusal("extractLBPFeatures", "Radius", "from 1 to 5", Radius)
    upright = take.flag(Upright, "extractLBPFeatures", "Upright")
    linear = take.choice(Interpolation, ("Linear", "Nearest"), "extractLBPFeatures", "Interpolation") == "Linear"
    plain = take.choice(Normalization, ("L2", "None"), "extractLBPFeatures", "Normalization") == "None"
    cell = array.shape if CellSize is None else two(CellSize, "extractLBPFeatures", "CellSize")
    if any(n < max(m, 2 * radius + 1) for n, m in zip(array.shape, cell, strict=True)):
        raise ScriptError(
            "vision:extractLBPFeatures:imageTooSmall", "The image must be larger than a cell and than the circle."
        )
    made = textures.pattern_histograms(array, count, radius, upright, linear, cell)
    if not plain:
        made = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return norm(made.astype(np.float32).reshape(1, -1))


# -------------------------------------------------------------------------------------------------------------- Gabor
def gabor_numbers(value: Any, function: str, argument: str, low: float, high: float) -> list[float]:
    found = take.numbers(value, function, argument)
    if not found or not all(low <= each < high for each in found):
        raise take.refusal(function, argument, f"numbers from {low:g} to less than {high:g}", value)
    return found


@builtin
def gabor(wavelength, orientation, /, *, SpatialFrequencyBandwidth=1.0, SpatialAspectRatio=0.5):
    """
    g = gabor(wavelength, orientation)
    g = gabor(wavelength, orientation, Name=Value)

    Gabor filters: a row of objects, one for each wavelength (pixels, 2 or more) with each orientation (degrees).

    Properties: Wavelength, Orientation, SpatialFrequencyBandwidth, SpatialAspectRatio, SpatialKernel.

    Options
      SpatialFrequencyBandwidth  in octaves (1)
      SpatialAspectRatio         of the Gaussian (0.5)

    Examples
      >> g = gabor([4 8], 90); size(g), [g.Wavelength], g(2).Orientation, size(g(1).SpatialKernel)
      ans =
           1     2
      ans =
           4     8
      ans =
          90
      ans =
          65    65
      >> g = gabor(4, 0, SpatialAspectRatio=1)
      g =
        gabor with properties:
                         Wavelength: 4
                        Orientation: 0
          SpatialFrequencyBandwidth: 1
                 SpatialAspectRatio: 1
                      SpatialKernel: [33×33 double]

    See also imgaborfilt, extractHOGFeatures.
    """
    from cnnscript.builtins.images.gabor_filters import bank

    return bank(
        gabor_numbers(wavelength, "gabor", "wavelength", 2, 1e4),
        gabor_numbers(orientation, "gabor", "orientation", -1e6, 1e6),
        gabor_numbers(SpatialFrequencyBandwidth, "gabor", "SpatialFrequencyBandwidth", 0.01, 1e3),
        gabor_numbers(SpatialAspectRatio, "gabor", "SpatialAspectRatio", 0.01, 1e3),
    )


@builtin(outputs=2)
def imgaborfilt(nargout, A, wavelength, orientation=None, /, *, SpatialFrequencyBandwidth=1.0, SpatialAspectRatio=0.5):
    """
    mag = imgaborfilt(A, wavelength, orientation)
    mag = imgaborfilt(A, wavelength, orientation, Name=Value)
    mag = imgaborfilt(A, gaborbank)
    [mag, phase] = imgaborfilt(...)

    How strongly a grey image has stripes of a wavelength (pixels) and an orientation (degrees) at each pixel, and their
    phase; with a row of gabor filters a plane for each.

    Options
      SpatialFrequencyBandwidth  in octaves (1)
      SpatialAspectRatio         of the Gaussian (0.5)

    Examples
      >> A = repmat([0 0 1 1], 16, 4); mag = imgaborfilt(A, 4, 0); mag(8, 8) > 5
      ans =
        logical
         1
      >> [mag, phase] = imgaborfilt(single(A), gabor([4 8], [0 90])); size(mag), class(phase)
      ans =
          16    16     4
      ans =
          'single'

    See also gabor, imfilter.
    """
    from cnnscript.builtins.images.gabor_filters import GaborArray, GaborFilter

    array = matrix(A, "imgaborfilt", "A")
    if isinstance(wavelength, (GaborFilter, GaborArray)):
        if orientation is not None:
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        found = wavelength.filters()
    else:
        if orientation is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        wave = take.number(wavelength, "imgaborfilt", "wavelength")
        if not 2 <= wave < 1e4:
            raise take.refusal("imgaborfilt", "wavelength", "2 or more", wavelength)
        turn = take.number(orientation, "imgaborfilt", "orientation")
        if not -1e6 < turn < 1e6:
            raise take.refusal("imgaborfilt", "orientation", "an angle in degrees", orientation)
        found = [
            GaborFilter(
                wave,
                turn,
                gabor_numbers(SpatialFrequencyBandwidth, "imgaborfilt", "SpatialFrequencyBandwidth", 0.01, 1e3)[0],
                gabor_numbers(SpatialAspectRatio, "imgaborfilt", "SpatialAspectRatio", 0.01, 1e3)[0],
            )
        ]
    kind = np.float32 if array.dtype == np.float32 else float
    if not array.size or not found:
        raise take.refusal("imgaborfilt", "A", "an image with pixels", A)
    reach = max(textures.gabor_reach(one.wavelength, one.bandwidth, one.aspect) for one in found)
    made = [
        textures.gabor_response(array.astype(float), one.wavelength, one.orientation, one.bandwidth, one.aspect, reach)
        for one in found
    ]
    planes = np.stack(made, axis=2)
    return (
        norm(np.asfortranarray(np.abs(planes).astype(kind))),
        norm(np.asfortranarray(np.angle(planes).astype(kind))),
    )
