"""Images laid over each other: normalised correlation, phase correlation, and registration by their levels."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.images.geometric_transforms import Transform
from cnnscript.builtins.images.image_warping import warped
from cnnscript.builtins.images.spatial_references import SpatialReference, default_reference
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import colour, registration, warping
from cnnscript.values.memory import require_memory
from cnnscript.values.named_values import NamedValues
from cnnscript.values.numeric import norm

CLASSES = {
    "translation": "transltform2d", "rigid": "rigidtform2d", "similarity": "simtform2d", "affine": "affinetform2d"
}  # fmt: skip


class Settings(NamedValues):
    """An optimizer's or a metric's settings, as imregconfig makes them; a handle whose numbers are set."""

    is_handle = True

    def __init__(self, word: str, values: dict[str, float | bool]):
        super().__init__(values)
        self.class_name = f"registration.{word}"  # type: ignore[misc]

    def checked(self, name: str, value: Any) -> float | bool:
        if isinstance(self.values[name], bool):
            return take.flag(value, self.class_name, name)
        found = take.number(value, self.class_name, name)
        if not found > 0:
            raise take.refusal(self.class_name, name, "positive", value)
        return found

    def equals(self, other: Any) -> bool:
        return isinstance(other, Settings) and (self.class_name, self.values) == (other.class_name, other.values)


DESCENT = {
    "GradientMagnitudeTolerance": 1e-4, "MinimumStepLength": 1e-5, "MaximumStepLength": 0.0625,
    "MaximumIterations": 100.0, "RelaxationFactor": 0.5,
}  # fmt: skip
EVOLUTION = {"GrowthFactor": 1.05, "Epsilon": 1.5e-6, "InitialRadius": 6.25e-3, "MaximumIterations": 100.0}
INFORMATION = {"NumberOfSpatialSamples": 500.0, "NumberOfHistogramBins": 50.0, "UseAllPixels": True}


@builtin(outputs=2)
def imregconfig(nargout, modality, /):
    """
    [optimizer, metric] = imregconfig(modality)

    The settings with which imregister and imregtform look for the transformation: 'monomodal' for images of one kind,
    'multimodal' for images whose levels mean different things.

    The optimizer's MaximumIterations and the metric's NumberOfHistogramBins count; the search is SciPy's, so that the
    other numbers are kept but steer nothing.

    Examples
      >> [optimizer, metric] = imregconfig('monomodal')
      optimizer =
        RegularStepGradientDescent with properties:
          GradientMagnitudeTolerance: 1.0000e-04
                   MinimumStepLength: 1.0000e-05
                   MaximumStepLength: 0.0625
                   MaximumIterations: 100
                    RelaxationFactor: 0.5000
      metric =
        MeanSquares with no properties.
      >> [optimizer, metric] = imregconfig('multimodal'); optimizer.MaximumIterations = 300; metric
      metric =
        MattesMutualInformation with properties:
          NumberOfSpatialSamples: 500
           NumberOfHistogramBins: 50
                    UseAllPixels: 1

    See also imregister, imregtform.
    """
    if take.choice(modality, ("monomodal", "multimodal"), "imregconfig", "the modality") == "monomodal":
        return (
            Settings("optimizer.RegularStepGradientDescent", dict(DESCENT)), Settings("metric.MeanSquares", {})
        )  # fmt: skip
    return (
        Settings("optimizer.OnePlusOneEvolutionary", dict(EVOLUTION)),
        Settings("metric.MattesMutualInformation", dict(INFORMATION)),
    )


def grey(value: Any, function: str, name: str) -> np.ndarray:
    array = take.pixels(value, function, name)
    if array.ndim == 3 and array.shape[2] == 3:
        array = colour.rgb2gray(array)
    if array.ndim != 2 or min(array.shape) < 4:
        raise take.refusal(function, name, "a grey image of 4-by-4 or more", value)
    level = array.astype(float)
    if not np.isfinite(level).all():
        raise take.refusal(function, name, "finite", value)
    return level


def two_images(values: tuple, function: str) -> tuple[Any, Any, SpatialReference, SpatialReference, list]:
    """(moving, fixed, ...) or (moving, Rmoving, fixed, Rfixed, ...)."""
    given = list(values)
    if len(given) > 3 and isinstance(given[1], SpatialReference) and isinstance(given[3], SpatialReference):
        moving, first, fixed, second = given[:4]
        rest = given[4:]
    else:
        if len(given) < 2:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
        moving, fixed, *rest = given
        shapes = [np.shape(take.pixels(value, function, "the image")) for value in (moving, fixed)]
        first, second = default_reference(shapes[0]), default_reference(shapes[1])
    return moving, fixed, first, second, rest


def world_matrix(reference: SpatialReference) -> np.ndarray:
    """From places in the image to the world."""
    matrix = np.eye(3)
    for axis, ((low, _), extent) in enumerate(zip(reference.limits, reference.extents, strict=True)):
        matrix[axis, axis], matrix[axis, 2] = extent, low - 0.5 * extent
    return matrix


def sought(session: Any, values: tuple, options: dict[str, Any], function: str) -> tuple[Transform, Any]:
    moving, fixed, first, second, rest = two_images(values, function)
    if len(rest) != 3:
        raise ScriptError(
            "MATLAB:minrhs", f"{function} takes two images, the type of transformation, an optimizer and a metric."
        )
    kind = take.choice(rest[0], tuple(CLASSES), function, "the type of transformation")
    optimizer, metric = rest[1:]
    for name, value in (("optimizer", optimizer), ("metric", metric)):
        if not isinstance(value, Settings) or f".{name}." not in value.class_name:
            raise take.refusal(function, name, f"an object of registration.{name}, as imregconfig makes", value)
    levels = take.count(options["PyramidLevels"], function, "PyramidLevels")
    if levels < 1:
        raise take.refusal(function, "PyramidLevels", "positive", options["PyramidLevels"])
    start = np.eye(3)
    if options["InitialTransformation"] is not None:
        begun = options["InitialTransformation"]
        if not isinstance(begun, Transform) or begun.dimensions != 2 or begun.freedom == "projective":
            raise take.refusal(function, "InitialTransformation", "an affine transformation object", begun)
        start = begun.matrix
    shown = take.flag(options["DisplayOptimization"], function, "DisplayOptimization")

    def told(level: int, calls: int, worth: float) -> None:
        if shown:
            session.out.write(f"Pyramid level {level + 1}: {calls} evaluations, metric {worth:g}\n")

    bins = None
    if metric.class_name.endswith("MattesMutualInformation"):
        bins = int(metric.values["NumberOfHistogramBins"])
    into, out = world_matrix(first), world_matrix(second)
    begun_in_pixels = np.linalg.inv(out) @ start @ into
    found = registration.search(
        grey(moving, function, "MOVING"), grey(fixed, function, "FIXED"), kind, begun_in_pixels, levels,
        int(optimizer.values["MaximumIterations"]), bins, told,
    )  # fmt: skip
    matrix = out @ found @ np.linalg.inv(into)
    matrix[2] = (0, 0, 1)
    name = CLASSES[kind]
    if kind != "affine":
        from cnnscript.builtins.images.transformed_points import fits

        probe = Transform("affinetform2d", matrix)
        if not fits(probe, kind, function):
            name = "affinetform2d"
    if kind == "translation" and name == "transltform2d":
        matrix[:2, :2] = np.eye(2)
    return Transform(name, matrix), (moving, first, second)


@builtin
def imregtform(
    session, first, second, /, *rest, DisplayOptimization=False, InitialTransformation=None, PyramidLevels=3.0
):
    """
    tform = imregtform(moving, fixed, tformType, optimizer, metric)
    tform = imregtform(moving, Rmoving, fixed, Rfixed, tformType, optimizer, metric)
    tform = imregtform(..., Name=Value)

    The transformation that lays a moving image over a fixed one so that their levels agree.

    tformType is 'translation', 'rigid', 'similarity' or 'affine'; optimizer and metric come from imregconfig.
    The search is SciPy's, from coarse images to fine ones; its result is near MATLAB's.

    Options
      DisplayOptimization    whether to print how it goes (false)
      InitialTransformation  where the search begins (the identity)
      PyramidLevels          how many sizes the images are looked at in (3)

    Examples
      >> [x, y] = meshgrid(1:40); fixed = exp(-((x-20).^2 + (y-22).^2)/50); moving = exp(-((x-18).^2 + (y-23).^2)/50);
      >> [optimizer, metric] = imregconfig('monomodal');
      >> tform = imregtform(moving, fixed, 'translation', optimizer, metric); round(tform.Translation, 1)
      ans =
           2    -1

    See also imregister, imregconfig, imregcorr, imwarp, normxcorr2.
    """
    options = {
        "DisplayOptimization": DisplayOptimization, "InitialTransformation": InitialTransformation,
        "PyramidLevels": PyramidLevels,
    }  # fmt: skip
    return sought(session, (first, second, *rest), options, "imregtform")[0]


@builtin(outputs=2)
def imregister(
    session, nargout, first, second, /, *rest, DisplayOptimization=False, InitialTransformation=None, PyramidLevels=3.0
):
    """
    registered = imregister(moving, fixed, tformType, optimizer, metric)
    registered = imregister(moving, Rmoving, fixed, Rfixed, tformType, optimizer, metric)
    [registered, Rregistered] = imregister(..., Name=Value)

    A moving image laid over a fixed one, by the transformation that imregtform finds.

    Options
      DisplayOptimization    whether to print how it goes (false)
      InitialTransformation  where the search begins (the identity)
      PyramidLevels          how many sizes the images are looked at in (3)

    Examples
      >> [x, y] = meshgrid(1:40); fixed = exp(-((x-20).^2 + (y-22).^2)/50); moving = exp(-((x-18).^2 + (y-23).^2)/50);
      >> [optimizer, metric] = imregconfig('monomodal');
      >> [registered, R] = imregister(moving, fixed, 'translation', optimizer, metric);
      >> max(max(abs(registered(5:35, 5:35) - fixed(5:35, 5:35)))) < 0.01
      ans =
        logical
         1

    See also imregtform, imregconfig, imregcorr, imwarp.
    """
    options = {
        "DisplayOptimization": DisplayOptimization, "InitialTransformation": InitialTransformation,
        "PyramidLevels": PyramidLevels,
    }  # fmt: skip
    tform, (moving, reference, out) = sought(session, (first, second, *rest), options, "imregister")
    image = take.pixels(moving, "imregister", "MOVING")
    return norm(warped(image, reference, tform, out, "linear", 0.0, False)), out


@builtin(outputs=2)
def imregcorr(nargout, first, second, /, *rest, Window=True):
    """
    tform = imregcorr(moving, fixed)
    tform = imregcorr(moving, fixed, transformtype)
    tform = imregcorr(moving, Rmoving, fixed, Rfixed, transformtype)
    [tform, peak] = imregcorr(..., Window=tf)

    The transformation that lays a moving image over a fixed one, by the phases of their spectra.

    transformtype is 'similarity' (the default), 'rigid' or 'translation'. peak (to 1) says how sure the shift is.
    Our own arithmetic; fractions of pixels and degrees differ from MATLAB's.

    Options
      Window  whether the images' edges are faded out first (true)

    Examples
      >> rng(0), A = imgaussfilt(rand(64), 2); fixed = A(9:56, 9:56); moving = A(12:59, 7:54);
      >> tform = imregcorr(moving, fixed, 'translation'); round(tform.Translation)
      ans =
          -2     3

    See also imregtform, imregister, imwarp, normxcorr2.
    """
    moving, fixed, into, out, left = two_images((first, second, *rest), "imregcorr")
    kind = "similarity"
    if left:
        kind = take.choice(left.pop(0), ("similarity", "rigid", "translation"), "imregcorr", "the transformation type")
    take.no_options(left, "imregcorr")
    window = take.flag(Window, "imregcorr", "Window")
    a, b = grey(moving, "imregcorr", "MOVING"), grey(fixed, "imregcorr", "FIXED")
    if kind == "translation":
        shift, peak = registration.shift_between(a, b, window)
        matrix = np.eye(3)
        matrix[:2, 2] = shift
    else:
        angle, factor = registration.turn_and_scale(a, b, kind == "similarity")
        found = []
        for turn in (angle, angle + 180):
            cosine, sine = warping.cosine_sine(turn)
            middle = (np.array(a.shape[::-1], float) + 1) / 2
            matrix = np.eye(3)
            matrix[:2, :2] = factor * np.array(((cosine, -sine), (sine, cosine)))
            matrix[:2, 2] = (np.array(b.shape[::-1], float) + 1) / 2 - matrix[:2, :2] @ middle
            reference = default_reference(b.shape)
            seen = warped(
                a, default_reference(a.shape), Transform("affinetform2d", matrix), reference, "linear", a.mean(), False
            )
            shift, peak = registration.shift_between(seen, b, window)
            matrix[:2, 2] += shift
            found.append((peak, matrix))
        peak, matrix = max(found, key=lambda one: one[0])
    matrix = world_matrix(out) @ matrix @ np.linalg.inv(world_matrix(into))
    matrix[2] = (0, 0, 1)
    return Transform(CLASSES[kind], matrix), peak


@builtin
def normxcorr2(template, A, /):
    """
    C = normxcorr2(template, A)

    The correlation coefficient (-1 to 1) of a template with each part of an image that it can be laid on.

    C has the size of A plus that of the template less one; its greatest element is where the template's last row and
    column lie when it fits best.

    Examples
      >> A = zeros(5); A(2:3, 3:4) = [1 2; 3 4]; C = normxcorr2([1 2; 3 4], A);
      >> [value, place] = max(C(:)); [row, column] = ind2sub(size(C), place)
      row =
           3
      column =
           4

    See also corr2, imregcorr, conv2.
    """
    small = take.pixels(template, "normxcorr2", "TEMPLATE")
    large = take.pixels(A, "normxcorr2", "A")
    if small.ndim != 2 or large.ndim != 2:
        raise take.refusal("normxcorr2", "TEMPLATE and A", "matrices", template if small.ndim != 2 else A)
    if small.size < 2 or any(a > b for a, b in zip(small.shape, large.shape, strict=True)):
        raise ScriptError(
            "images:normxcorr2:invalidTemplate",
            "The template must be smaller than the image, and have two elements or more.",
        )
    if (small == small.ravel()[0]).all():
        raise ScriptError("images:normxcorr2:sameElementsInTemplate", "The values of TEMPLATE cannot all be the same.")
    require_memory(tuple(a + b for a, b in zip(small.shape, large.shape, strict=True)), 64)
    return norm(np.asfortranarray(registration.normalized_correlation(small, large)))


@builtin(outputs=2)
def imregdemons(
    nargout, moving, fixed, /, *rest, AccumulatedFieldSmoothing=1.0, PyramidLevels=3.0, DisplayWaitbar=True
):
    """
    D = imregdemons(moving, fixed)
    D = imregdemons(moving, fixed, N)
    [D, moving_reg] = imregdemons(..., Name=Value)

    The field of displacements that lays a moving image over a fixed one of its size, by the demons' algorithm.

    N is how many steps are made (100), or for each level, the coarsest first. imwarp(moving, D) is moving_reg. Our own
    arithmetic; near MATLAB's.

    Options
      AccumulatedFieldSmoothing  standard deviation of the smoothing after each step (1)
      PyramidLevels              how many sizes the images are looked at in (3)
      DisplayWaitbar             whether to show how far it is (nothing is shown)

    Examples
      >> [x, y] = meshgrid(1:48); f = @(a) exp(-((x-a).^2 + (y-24).^2)/60);
      >> [D, moving_reg] = imregdemons(f(22), f(25));
      >> size(D), max(max(abs(moving_reg - f(25)))) < 0.1
      ans =
          48    48     2
      ans =
        logical
         1

    See also imwarp, imregister, imregtform.
    """
    from cnnscript.pictures.images.demons import displaced, field_between

    a, b = grey(moving, "imregdemons", "MOVING"), grey(fixed, "imregdemons", "FIXED")
    if a.shape != b.shape:
        raise ScriptError("images:imregdemons:sizeMismatch", "MOVING and FIXED must have the same size.")
    levels = take.count(PyramidLevels, "imregdemons", "PyramidLevels")
    if not 1 <= levels <= 12:
        raise take.refusal("imregdemons", "PyramidLevels", "from 1 to 12", PyramidLevels)
    while levels > 1 and min(a.shape) < 2**levels:
        levels -= 1
    rounds = take.counts(rest[0], "imregdemons", "N", (1, levels)) if rest else [100]
    take.no_options(list(rest[1:]), "imregdemons")
    take.flag(DisplayWaitbar, "imregdemons", "DisplayWaitbar")
    smoothing = take.number(AccumulatedFieldSmoothing, "imregdemons", "AccumulatedFieldSmoothing")
    if not smoothing > 0:
        raise take.refusal("imregdemons", "AccumulatedFieldSmoothing", "positive", AccumulatedFieldSmoothing)
    width = float(np.ptp(b)) or 1.0
    field = field_between(a / width, b / width, rounds * levels if len(rounds) == 1 else rounds, smoothing)
    seen = displaced(take.pixels(moving, "imregdemons", "MOVING"), field) if nargout > 1 else b
    return norm(np.asfortranarray(field)), norm(np.asfortranarray(seen))
