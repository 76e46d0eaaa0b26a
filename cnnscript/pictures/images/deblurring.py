"""Pictures taken back from blur: transfer functions, and deconvolution by Wiener, Lucy and Richardson, with a
constraint of smoothness, and blind.

Convolutions are circular; images and point spread functions (PSF) are doubles of any number of dimensions.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

EPS = float(np.finfo(float).eps)


def to_transfer(spread: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The transfer function of a `shape` of a PSF whose middle is at floor(size/2) from 0."""
    if not spread.any():
        return np.zeros(shape)
    spread = spread.reshape(spread.shape + (1,) * (len(shape) - spread.ndim))
    wide = np.pad(spread, [(0, n - m) for n, m in zip(shape, spread.shape, strict=True)])
    wide = np.roll(wide, [-(m // 2) for m in spread.shape], range(wide.ndim))
    made = np.fft.fftn(wide)
    steps = sum(made.size * float(np.log2(n)) for n in shape if n > 1)
    if np.abs(made.imag).max() / np.abs(made).max() <= steps * EPS:
        return made.real
    return made


def to_spread(transfer: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The PSF of a `shape` of a transfer function, its middle at floor(size/2) from 0."""
    if not transfer.any():
        return np.zeros(shape)
    shape = shape + (1,) * (transfer.ndim - len(shape))
    made = np.fft.ifftn(transfer)
    steps = sum(made.size * float(np.log2(n)) for n in transfer.shape if n > 1)
    if np.abs(made.imag).max() / np.abs(made).max() <= steps * EPS:
        made = made.real
    made = np.roll(made, [n // 2 for n in shape], range(made.ndim))
    return made[tuple(slice(0, n) for n in shape)]


def back(spectrum: np.ndarray) -> np.ndarray:
    return np.real(np.fft.ifftn(spectrum))


def wiener(image: np.ndarray, spread: np.ndarray, noise: np.ndarray, signal: np.ndarray) -> np.ndarray:
    """The image that is nearest in the mean, for power spectra of noise and signal (numbers or arrays as large)."""
    transfer = to_transfer(spread, image.shape)
    below = np.abs(transfer) ** 2 * signal + noise
    floor = np.sqrt(EPS)
    tiny = np.abs(below) < floor
    below = np.where(tiny, np.where(below < 0, -floor, floor), below)
    return back(np.conj(transfer) * signal / below * np.fft.fftn(image))


def spectrum_of(correlation: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The power spectrum of an autocorrelation: an array as large as the image, or a row of values at distances
    (symmetric about its middle), the same in every direction."""
    lengths = [n for n in shape if n > 1]
    if min(correlation.shape) == 1 and len(lengths) > 1 and correlation.size > 1:
        flat = correlation.ravel(order="F")
        half = flat.size // 2
        distance = np.sqrt(
            sum(
                np.minimum(axis, n - axis) ** 2.0
                for axis, n in zip(np.ogrid[tuple(map(slice, shape))], shape, strict=True)
            )
        )
        wide = np.interp(distance, np.arange(flat.size - half), flat[half:], right=0)
        return np.abs(np.fft.fftn(wide))
    wide = np.pad(correlation, [(0, max(n - m, 0)) for n, m in zip(shape, correlation.shape, strict=True)])
    wide = np.roll(wide, [-(m // 2) for m in correlation.shape], range(wide.ndim))
    return np.abs(np.fft.fftn(wide[tuple(map(slice, shape))]))


def lucy(
    image: np.ndarray,
    spread: np.ndarray,
    steps: int,
    damping: np.ndarray,
    weight: np.ndarray,
    readout: np.ndarray,
    finer: int = 1,
    state: list[np.ndarray] | None = None,
) -> list[np.ndarray]:
    """The image of greatest likelihood under Poisson noise, by steps of W. Richardson (1972) and L. Lucy (1974), each
    from a place foreseen from the last two (D. Biggs, M. Andrews, Applied Optics 36, 1997).

    damping: differences below it count less.  weight: of each pixel.  readout: what the camera adds.  finer: how many
    times finer the result is sampled than the image.
    Returns the estimate, the one before, and the last change and the one before as two columns.
    """
    if state is None:
        shape = tuple(n * finer if n > 1 else n for n in image.shape)
        start = np.kron(image, np.ones([finer if n > 1 else 1 for n in image.shape])) if finer > 1 else image
        state = [start.reshape(shape), np.zeros(shape), np.zeros((start.size, 2))]
    now, before, changes = state
    transfer = to_transfer(spread, now.shape)
    corrected = np.maximum(weight * (readout + image), 0)
    wide = np.repeat(np.repeat(weight, finer, 0), finer, 1) if finer > 1 else weight
    scale = back(np.conj(transfer) * np.fft.fftn(wide)) + np.sqrt(EPS)
    squared = damping**2
    pace, done = 0.0, 2 if changes.any() else 0
    for step in range(done, done + steps):
        if step > 1:
            pace = float(changes[:, 0] @ changes[:, 1] / (changes[:, 1] @ changes[:, 1] + EPS))
            pace = max(min(pace, 1.0), 0.0)
        foreseen = np.maximum(now + pace * (now - before), 0)
        blurred = back(transfer * np.fft.fftn(foreseen))
        if finer > 1:
            blurred = binned(blurred, finer)
        blurred = blurred + readout
        blurred[blurred == 0] = EPS
        ratio = corrected / blurred + EPS
        if np.any(squared):
            with np.errstate(divide="ignore", invalid="ignore"):
                unlike = corrected * np.log(np.maximum(ratio, EPS)) - corrected + blurred
                much = 2 / np.where(squared > 0, squared, 1) * unlike
            much = np.minimum(np.where(squared > 0, np.maximum(much, 0), 1), 1)
            gain = much**9 * (10 - 9 * much)
            ratio = 1 + gain * (ratio - 1)
        if finer > 1:
            ratio = np.kron(ratio, np.ones((finer, finer)))
        before = now
        now = np.maximum(foreseen * back(np.conj(transfer) * np.fft.fftn(ratio)) / scale, 0)
        changes = np.stack(((now - foreseen).ravel(), changes[:, 0]), axis=1)
    return [now, before, changes]


def binned(image: np.ndarray, finer: int) -> np.ndarray:
    rows, columns = (n // finer for n in image.shape)
    return image.reshape(rows, finer, columns, finer).mean((1, 3))


def blind(
    image: np.ndarray,
    spread: np.ndarray,
    steps: int,
    damping: np.ndarray,
    weight: np.ndarray,
    readout: np.ndarray,
    change: Callable[[np.ndarray], np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Image and PSF in turns: each step of Lucy's for the image with the PSF so far, then one for the PSF, which stays
    nonnegative with a sum of 1 and is given to `change` after each step."""
    psf = spread / spread.sum()
    state = lucy(image, psf, 0, damping, weight, readout)
    for _ in range(steps):
        state = lucy(image, psf, 1, damping, weight, readout, 1, state)
        now = state[0]
        transfer = np.fft.fftn(now)
        blurred = back(to_transfer(psf, now.shape) * transfer) + readout
        blurred[blurred == 0] = EPS
        ratio = np.maximum(weight * (image + readout), 0) / blurred
        scale = back(np.conj(transfer) * np.fft.fftn(weight)) + np.sqrt(EPS)
        factor = back(np.conj(transfer) * np.fft.fftn(ratio)) / scale
        factor = np.roll(factor, [n // 2 for n in psf.shape], range(factor.ndim))
        psf = np.maximum(psf * factor[tuple(map(slice, psf.shape))], 0)
        psf = psf / (psf.sum() + EPS)
        if change is not None:
            psf = change(psf)
    return state[0], psf


def constrained(
    image: np.ndarray, spread: np.ndarray, power: float, span: tuple[float, float] | float, operator: np.ndarray
) -> tuple[np.ndarray, float]:
    """The image of least roughness (by an operator, such as the Laplacian) whose blur differs from the given one by the
    power of the noise; the multiplier is looked for in a span, or given.

    Returns the image and the multiplier.
    """
    transfer = to_transfer(spread, image.shape)
    rough = np.abs(to_transfer(operator, image.shape)) ** 2
    spectrum = np.fft.fftn(image)
    strength = np.abs(transfer) ** 2

    def remains(factor: float) -> float:
        below = strength + factor * rough
        part = factor * rough * spectrum / np.where(below == 0, np.sqrt(EPS), below)
        return float((np.abs(part) ** 2).sum() / image.size)

    if isinstance(span, tuple):
        from scipy.optimize import minimize_scalar

        low, high = np.log(span[0]), np.log(span[1])
        found = minimize_scalar(lambda x: abs(remains(float(np.exp(x))) - power), bounds=(low, high), method="bounded")
        factor = float(np.exp(found.x))
    else:
        factor = span
    below = strength + factor * rough
    below = np.where(np.abs(below) < np.sqrt(EPS), np.sqrt(EPS), below)
    return back(np.conj(transfer) * spectrum / below), factor


def tapered(image: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The image with its edges drawn towards its blur, by the autocorrelation of the PSF's projections."""
    spread = spread / spread.sum()
    blurred = back(np.fft.fftn(image) * to_transfer(spread, image.shape))
    weight = np.ones((1,) * image.ndim)
    for axis, length in enumerate(image.shape):
        if axis >= spread.ndim or spread.shape[axis] == 1:
            continue
        line = spread.sum(tuple(k for k in range(spread.ndim) if k != axis))
        power = np.real(np.fft.ifft(np.abs(np.fft.fft(line, length - 1)) ** 2)) if length > 1 else np.ones(1)
        power = np.append(power, power[0])
        taper = 1 - power / power.max()
        weight = weight * taper.reshape([-1 if k == axis else 1 for k in range(image.ndim)])
    made = weight * image + (1 - weight) * blurred
    return np.clip(made, image.min(), image.max())
