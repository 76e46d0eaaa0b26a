"""Images taken back from blur."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images import deblurring, scale
from cnnscript.values.functions import Function
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import OBJECT, as_array, is_cell, norm, numel_of, size_text


def levels_of(value: Any, function: str) -> np.ndarray:
    """An image of more than one pixel, as doubles from 0 to 1 whatever its class."""
    array = take.pixels(value, function, "I")
    if array.size < 2:
        raise ScriptError(f"images:{function}:inputImageMustHaveAtLeast2Elements", "I must have at least two elements.")
    return scale.im2double(array)


def spread_of(value: Any, function: str, image: np.ndarray, argument: str = "PSF") -> np.ndarray:
    """A point spread function, not larger than the image."""
    array = take.pixels(value, function, argument).astype(float)
    if array.size < 2 and argument == "PSF":
        raise ScriptError(f"images:{function}:psfMustHaveAtLeast2Elements", "PSF must have at least two elements.")
    if not array.size or not np.isfinite(array).all() or not array.any():
        raise ScriptError(
            f"images:{function}:psfMustNotBeZeroEverywhere", f"{argument} must be finite and not all zeros."
        )
    array = array.reshape(array.shape + (1,) * (image.ndim - array.ndim))
    if array.ndim > image.ndim or any(n > m for n, m in zip(array.shape, image.shape, strict=True)):
        raise ScriptError(
            f"images:{function}:psfMustBeSmallerThanImage",
            f"{argument} must not be larger than the image.",
            notes=(f"{size_text(array.shape)} and {size_text(image.shape)}",),
        )
    return array


def one_or_each(value: Any, default: float, image: np.ndarray, function: str, argument: str) -> np.ndarray:
    """A number, or one for each pixel."""
    if value is None or not numel_of(value):
        return np.full(image.shape, default)
    array = scale.im2double(take.pixels(value, function, argument))
    if array.size != 1 and array.shape != image.shape:
        raise ScriptError(f"images:{function}:sizeMismatch", f"{argument} must be a number or as large as the image.")
    return np.broadcast_to(array, image.shape) if array.size > 1 else np.full(image.shape, array.item())


def back_to(made: np.ndarray, value: Any) -> Any:
    dtype = take.pixels(value, "deconv").dtype
    dtype = np.dtype(float) if dtype.kind == "b" else dtype
    return norm(np.asfortranarray(scale.back_to_class(made, dtype)))


@builtin
def psf2otf(psf, size=None, /):
    """
    OTF = psf2otf(PSF)
    OTF = psf2otf(PSF, sz)

    The transfer function of a size of a point spread function: its Fourier transform about its middle.

    Examples
      >> OTF = psf2otf([1 2 1]/4, [1 4])
      OTF =
          1.0000    0.5000         0    0.5000
      >> OTF = psf2otf([0 1; 0 0])
      OTF =
           1     1
          -1    -1

    See also otf2psf, fft2.
    """
    array = take.pixels(psf, "psf2otf", "PSF").astype(float)
    shape = (
        array.shape
        if size is None or not numel_of(size)
        else tuple(int(n) for n in take.counts(size, "psf2otf", "sz", tuple(range(2, 33))))
    )
    if len(shape) < array.ndim or any(n > m for n, m in zip(array.shape, shape, strict=False)):
        raise ScriptError("images:psf2otf:psfSizeMismatch", "sz must not be smaller than the size of PSF.")
    require_memory(shape, 16)
    return norm(np.asfortranarray(deblurring.to_transfer(array, shape)))


@builtin
def otf2psf(otf, size=None, /):
    """
    PSF = otf2psf(OTF)
    PSF = otf2psf(OTF, sz)

    The point spread function, of a size, of a transfer function.

    Examples
      >> PSF = otf2psf(psf2otf([1 2 1]/4, [1 5]), [1 3])
      PSF =
          0.2500    0.5000    0.2500
      >> PSF = otf2psf(ones(3))
      PSF =
           0     0     0
           0     1     0
           0     0     0

    See also psf2otf, ifft2.
    """
    array = np.atleast_2d(as_array(otf))
    if array.dtype.kind not in "fciub":
        raise take.refusal("otf2psf", "OTF", "a numeric array", otf)
    shape = (
        array.shape
        if size is None or not numel_of(size)
        else tuple(int(n) for n in take.counts(size, "otf2psf", "sz", tuple(range(2, 33))))
    )
    if any(n > m for n, m in zip(shape, array.shape + (1,) * len(shape), strict=False)):
        raise ScriptError("images:otf2psf:psfSizeMismatch", "sz must not be larger than the size of OTF.")
    return norm(np.asfortranarray(deblurring.to_spread(array, tuple(shape))))


@builtin
def deconvwnr(A, PSF, noise=0.0, signal=None, /):
    """
    J = deconvwnr(I, psf)
    J = deconvwnr(I, psf, nsr)
    J = deconvwnr(I, psf, ncorr, icorr)

    Take the blur of a point spread function from an image, by Wiener's filter.

    nsr is the power of the noise over that of the image (0), one or one for each frequency; ncorr and icorr are their
    autocorrelations.

    Examples
      >> I = zeros(8); I(4, 4:6) = 1; psf = [1 1 1]/3; J = deconvwnr(imfilter(I, psf, 'conv', 'circular'), psf, 1e-9);
      >> max(abs(J(:) - I(:))) < 1e-3
      ans =
        logical
         1
      >> J = deconvwnr(uint8(magic(4)), psf, 0.1); class(J), size(deconvwnr(I, psf)), size(deconvwnr(I, psf, 1, I))
      ans =
          'uint8'
      ans =
           8     8
      ans =
           8     8

    See also deconvlucy, deconvreg, deconvblind, edgetaper, wiener2.
    """
    image = levels_of(A, "deconvwnr")
    spread = spread_of(PSF, "deconvwnr", image)
    if signal is None:
        ratio = take.pixels(noise, "deconvwnr", "NSR").astype(float)
        if ratio.size != 1 and ratio.shape != image.shape:
            raise ScriptError("images:deconvwnr:nsrSize", "NSR must be a number or as large as the image.")
        if not (ratio >= 0).all():
            raise take.refusal("deconvwnr", "NSR", "nonnegative", noise)
        made = deblurring.wiener(image, spread, ratio if ratio.size > 1 else np.float64(ratio.item()), np.float64(1))
        return back_to(made, A)
    spectra = []
    for value, argument in ((noise, "NCORR"), (signal, "ICORR")):
        array = take.pixels(value, "deconvwnr", argument).astype(float)
        if not array.size or array.ndim > image.ndim:
            raise take.refusal("deconvwnr", argument, "an autocorrelation", value)
        array = array.reshape(array.shape + (1,) * (image.ndim - array.ndim))
        spectra.append(deblurring.spectrum_of(array, image.shape))
    return back_to(deblurring.wiener(image, spread, spectra[0], spectra[1]), A)


@builtin
def deconvlucy(A, PSF, iterations=10.0, dampar=None, weight=None, readout=None, subsample=1.0, /):
    """
    J = deconvlucy(I, psf)
    J = deconvlucy(I, psf, iter)
    J = deconvlucy(I, psf, iter, dampar, weight, readout, subsample)

    Take the blur of a point spread function from an image, by Lucy's and Richardson's method.

    iter steps (10) are taken; differences below dampar (0) count less; weight is that of each pixel (1), readout what
    the camera adds (0); subsample how many times finer the result is (1). With a cell {I} it gives the cell {I, J, J
    before, changes}, with which it can go on.

    Examples
      >> I = zeros(8); I(4, 4:6) = 1; psf = ones(1, 3)/3; B = imfilter(I, psf, 'conv', 'circular');
      >> J = deconvlucy(B, psf, 50); [norm(J - I) < norm(B - I) / 2, abs(sum(J(:)) - 3) < 1e-6]
      ans =
        1×2 logical array
         1   1
      >> C = deconvlucy({B}, psf, 5); D = deconvlucy(C, psf, 5); isequal(round(D{2}, 9), round(deconvlucy(B, psf), 9))
      ans =
        logical
         1
      >> J = deconvlucy(uint8(magic(4)), psf, 3, 0, ones(4), 0, 2); size(J), class(J)
      ans =
           8     8
      ans =
          'uint8'

    See also deconvwnr, deconvreg, deconvblind.
    """
    cells = list(A.ravel("F")) if is_cell(A) else None
    if cells is not None and not cells:
        raise take.refusal("deconvlucy", "I", "an image, or a cell with one", A)
    source = cells[0] if cells else A
    image = levels_of(source, "deconvlucy")
    spread = spread_of(PSF, "deconvlucy", image)
    steps = 10 if not numel_of(iterations) else take.count(iterations, "deconvlucy", "iter")
    finer = 1 if not numel_of(subsample) else take.count(subsample, "deconvlucy", "subsample")
    if finer < 1 or finer > 1 and image.ndim != 2:
        raise take.refusal("deconvlucy", "subsample", "a positive integer, and above 1 only for matrices", subsample)
    damping = one_or_each(dampar, 0.0, image, "deconvlucy", "dampar")
    share = one_or_each(weight, 1.0, image, "deconvlucy", "weight")
    added = one_or_each(readout, 0.0, image, "deconvlucy", "readout")
    state = None
    if cells and len(cells) == 4:
        state = [scale.im2double(take.pixels(each, "deconvlucy", "the cell")) for each in cells[1:]]
        wanted = tuple(n * finer for n in image.shape) if finer > 1 else image.shape
        if state[0].shape != wanted or state[1].shape != wanted or state[2].shape != (state[0].size, 2):
            raise take.refusal("deconvlucy", "the cell", "one that deconvlucy gave", A)
        state = [state[0], state[1], np.concatenate([state[2].reshape(-1, 2)])]
        order = [each.ravel("F") for each in state[2].T]
        state[2] = np.stack([each.reshape(wanted, order="F").ravel() for each in order], axis=1)
    now, before, changes = deblurring.lucy(image, spread, steps, damping, share, added, finer, state)
    if cells is None:
        return back_to(now, source)
    made = np.empty((1, 4), OBJECT, order="F")
    columns = np.stack([each.reshape(now.shape).ravel("F") for each in changes.T], axis=1)
    made[0, :] = [source, back_to(now, source), back_to(before, source), norm(np.asfortranarray(columns))]
    return made


@builtin(outputs=2)
def deconvblind(nargout, A, PSF, iterations=10.0, dampar=None, weight=None, readout=None, fun=None, /, *parameters):
    """
    J = deconvblind(I, psfi)
    [J, psfr] = deconvblind(I, psfi)
    [J, psfr] = deconvblind(I, psfi, iter, dampar, weight, readout)
    [J, psfr] = deconvblind(..., fun, P1, P2, ...)

    Take blur from an image where only a first guess of the point spread function (and its size) is known.

    Image and function are estimated in turns, iter (10) times, without MATLAB's foreseen steps for the function; fun,
    where given, is called on it after each step. dampar, weight and readout are as of deconvlucy.

    Examples
      >> I = zeros(12); I(4:8, 4:6) = 1; psf = [1 2 1]/4; B = imfilter(I, psf, 'conv', 'circular');
      >> [J, psfr] = deconvblind(B, ones(1, 3)/3, 20); [sum(psfr) > 0.999, psfr(2) > 0.34]
      ans =
        1×2 logical array
         1   1
      >> J = deconvblind(uint8(magic(6)), ones(3)); class(J), [~, p] = deconvblind(I, ones(3), 2, 0, 1, 0, @(p) p.^0/9);
      ans =
          'uint8'

    See also deconvlucy, deconvwnr, deconvreg.
    """
    image = levels_of(A, "deconvblind")
    spread = spread_of(PSF, "deconvblind", image)
    if (spread < 0).any():
        raise take.refusal("deconvblind", "the point spread function", "nonnegative", PSF)
    steps = 10 if not numel_of(iterations) else take.count(iterations, "deconvblind", "iter")
    if not steps:
        raise take.refusal("deconvblind", "iter", "positive", iterations)
    damping = one_or_each(dampar, 0.0, image, "deconvblind", "dampar")
    share = one_or_each(weight, 1.0, image, "deconvblind", "weight")
    added = one_or_each(readout, 0.0, image, "deconvblind", "readout")
    if fun is None:
        made, psf = deblurring.blind(image, spread, steps, damping, share, added)
    else:
        if type(fun) is not Function:
            raise take.refusal("deconvblind", "fun", "a function handle", fun)

        def change(psf: np.ndarray) -> np.ndarray:
            found = take.pixels(
                fun.call(1, norm(np.asfortranarray(psf)), *parameters), "deconvblind", "the result of fun"
            )
            if found.shape != spread.shape:
                raise ScriptError("images:deconvblind:funSize", "fun must give a function of the same size.")
            return found.astype(float)

        made, psf = deblurring.blind(image, spread, steps, damping, share, added, change)
    return back_to(made, A), norm(np.asfortranarray(psf))


@builtin(outputs=2)
def deconvreg(nargout, A, PSF, power=0.0, span=None, operator=None, /):
    """
    J = deconvreg(I, psf)
    J = deconvreg(I, psf, np)
    J = deconvreg(I, psf, np, lrange)
    J = deconvreg(I, psf, np, lrange, regop)
    [J, lagra] = deconvreg(...)

    Take the blur of a point spread function from an image, with the least roughness that the power np of its noise (0)
    allows.

    The multiplier lagra is looked for in lrange ([1e-9 1e9]), or is lrange where that is one number; regop measures
    roughness (the Laplacian).

    Examples
      >> I = zeros(8); I(4, 4:6) = 1; psf = ones(1, 3)/3; B = imfilter(I, psf, 'conv', 'circular');
      >> [J, lagra] = deconvreg(B, psf); [max(abs(J(:) - I(:))) < 1e-3, lagra < 1e-6]
      ans =
        1×2 logical array
         1   1
      >> [J, lagra] = deconvreg(B, psf, 0, 0.5); lagra
      lagra =
          0.5000
      >> J = deconvreg(B, psf, 0.01, [1e-7 10], [1 -2 1]); size(J)
      ans =
           8     8

    See also deconvwnr, deconvlucy, deconvblind.
    """
    image = levels_of(A, "deconvreg")
    spread = spread_of(PSF, "deconvreg", image)
    noise = take.number(power, "deconvreg", "np") if numel_of(power) else 0.0
    if not noise >= 0:
        raise take.refusal("deconvreg", "np", "nonnegative", power)
    limits: tuple[float, float] | float = (1e-9, 1e9)
    if span is not None and numel_of(span):
        given = take.numbers(span, "deconvreg", "lrange", (1, 2))
        if not all(0 < each < np.inf for each in given):
            raise take.refusal("deconvreg", "lrange", "positive", span)
        limits = given[0] if len(given) == 1 or given[0] == given[1] else (min(given), max(given))
    if operator is None or not numel_of(operator):
        rough = laplacian(tuple(n for n in image.shape), spread)
    else:
        rough = spread_of(operator, "deconvreg", image, "REGOP")
    made, factor = deblurring.constrained(image, spread, noise, limits, rough)
    return back_to(made, A), factor


def laplacian(shape: tuple[int, ...], spread: np.ndarray) -> np.ndarray:
    """Minus the sum of second differences along the dimensions that are blurred."""
    along = [axis for axis, n in enumerate(shape) if n > 2 and spread.shape[axis] > 1]
    along = along or [axis for axis, n in enumerate(shape) if n > 2]
    made = np.zeros([3 if axis in along else 1 for axis in range(len(shape))])
    middle = tuple(1 if axis in along else 0 for axis in range(len(shape)))
    for axis in along:
        for side in (0, 2):
            made[tuple(side if k == axis else m for k, m in enumerate(middle))] = 1
    made[middle] = -2 * max(len(along), 1)
    return made


@builtin
def edgetaper(A, PSF, /):
    """
    J = edgetaper(I, psf)

    Draw the edges of an image towards its blur, so that deconvolution makes no rings there.

    Examples
      >> J = edgetaper(magic(8), ones(3)/9); J(4, 4), J(1, 1) == 64
      ans =
          37
      ans =
        logical
         0

    See also deconvwnr, deconvlucy, deconvreg, psf2otf.
    """
    array = take.pixels(A, "edgetaper", "I")
    image = levels_of(A, "edgetaper")
    spread = spread_of(PSF, "edgetaper", image)
    if any(2 * n > m and n > 1 for n, m in zip(spread.shape, image.shape, strict=True)):
        raise ScriptError(
            "images:edgetaper:psfMustBeSmallerThanHalfImage", "The size of PSF must not exceed half of the image's."
        )
    if array.dtype.kind == "f":
        image = array.astype(float)
    return back_to(deblurring.tapered(image, spread), A)
