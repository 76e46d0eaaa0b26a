"""Probability distributions: densities, shares, quantiles and random numbers (normpdf, normcdf, norminv ...)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cnnscript.builtins.arrays.dimensions import require_memory, require_real, shape_from
from cnnscript.builtins.elementary.elements import aligned
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import DOUBLE, SINGLE, ndarray, norm
from cnnscript.values.text import is_text

# bumps of variance 1, of whose sums densities are made
KERNELS: dict[str, Callable[[ndarray], ndarray]] = {
    "normal": lambda z: np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi),
    "box": lambda z: (np.abs(z) <= np.sqrt(3)) / (2 * np.sqrt(3)),
    "triangle": lambda z: np.maximum(0, np.sqrt(6) - np.abs(z)) / 6,
    "epanechnikov": lambda z: np.maximum(0, 0.75 * (1 - z**2 / 5)) / np.sqrt(5),
}


@dataclass(frozen=True)
class Family:
    """A family of distributions.

    word        beginning of its functions' names;  title: in words
    parameters  names; defaults for the last ones
    law         SciPy's frozen distribution of arrays of parameters
    valid       which parameters it takes
    examples    arguments, and the density, share and quantile (of 0.3) there
    draw        random numbers from uniform or normal ones, or None: the quantiles of uniform ones
    """

    word: str
    title: str
    parameters: tuple[str, ...]
    defaults: tuple[float, ...]
    law: Callable
    valid: Callable
    example: str
    values: tuple[str, str, str]
    draw: Callable | None = None
    whole: bool = False


def stats():
    from scipy import stats as found

    return found


FAMILIES = (
    Family("norm", "normal", ("mu", "sigma"), (0.0, 1.0), lambda mu, s: stats().norm(mu, s), lambda mu, s: s > 0,
           "1, 0, 2", ("0.1760", "0.6915", "-1.0488"), lambda stream, n, mu, s: mu + s * stream.normals(n)),
    Family("unif", "uniform", ("a", "b"), (0.0, 1.0), lambda a, b: stats().uniform(a, b - a), lambda a, b: b >= a,
           "1, 0, 4", ("0.2500", "0.2500", "1.2000"), lambda stream, n, a, b: a + (b - a) * stream.uniforms(n)),
    Family("exp", "exponential", ("mu",), (1.0,), lambda mu: stats().expon(0, mu), lambda mu: mu > 0,
           "1, 2", ("0.3033", "0.3935", "0.7133"), lambda stream, n, mu: -mu * np.log(stream.uniforms(n))),
    Family("logn", "lognormal", ("mu", "sigma"), (0.0, 1.0), lambda mu, s: stats().lognorm(s, 0, np.exp(mu)),
           lambda mu, s: s > 0, "2, 0, 1", ("0.1569", "0.7559", "0.5919"),
           lambda stream, n, mu, s: np.exp(mu + s * stream.normals(n))),
    Family("gam", "gamma", ("a", "b"), (1.0,), lambda a, b: stats().gamma(a, 0, b), lambda a, b: (a > 0) & (b > 0),
           "1, 2, 3", ("0.0796", "0.0446", "3.2920")),
    Family("beta", "beta", ("a", "b"), (), lambda a, b: stats().beta(a, b), lambda a, b: (a > 0) & (b > 0),
           "0.5, 2, 3", ("1.5000", "0.6875", "0.2724")),
    Family("chi2", "chi-square", ("v",), (), lambda v: stats().chi2(v), lambda v: v > 0,
           "1, 3", ("0.2420", "0.1987", "1.4237")),
    Family("t", "Student's t", ("v",), (), lambda v: stats().t(v), lambda v: v > 0,
           "1, 5", ("0.2197", "0.8184", "-0.5594")),
    Family("f", "F", ("v1", "v2"), (), lambda a, b: stats().f(a, b), lambda a, b: (a > 0) & (b > 0),
           "1, 3, 5", ("0.3612", "0.5351", "0.4974")),
    Family("wbl", "Weibull", ("a", "b"), (1.0, 1.0), lambda a, b: stats().weibull_min(b, 0, a),
           lambda a, b: (a > 0) & (b > 0), "1, 2, 3", ("0.3309", "0.1175", "1.4184"),
           lambda stream, n, a, b: a * (-np.log(stream.uniforms(n))) ** (1 / b)),
    Family("rayl", "Rayleigh", ("b",), (1.0,), lambda b: stats().rayleigh(0, b), lambda b: b > 0,
           "1, 2", ("0.2206", "0.1175", "1.6892")),
    Family("bino", "binomial", ("n", "p"), (), lambda n, p: stats().binom(n, p),
           lambda n, p: (n >= 0) & (n == np.floor(n)) & (p >= 0) & (p <= 1), "2, 5, 0.4",
           ("0.3456", "0.6826", "1"), None, True),
    Family("poiss", "Poisson", ("lambda",), (), lambda m: stats().poisson(m), lambda m: m >= 0,
           "2, 3", ("0.2240", "0.4232", "2"), None, True),
    Family("geo", "geometric", ("p",), (), lambda p: stats().geom(p, -1), lambda p: (p > 0) & (p <= 1),
           "2, 0.3", ("0.1470", "0.6570", "0"), None, True),
)  # fmt: skip


def columns(values: tuple, name: str) -> tuple[list[ndarray], tuple, np.dtype]:
    """Arguments as flat arrays of one size, the size, the class."""
    arrays = [require_real(value, name) for value in values]
    single = any(array.dtype == SINGLE for array in arrays)
    shape: tuple = (1, 1)
    for array in arrays:
        if array.size != 1:
            if shape != (1, 1) and array.shape != shape:
                raise ScriptError(
                    f"stats:{name}:InputSizeMismatch", "Non-scalar arguments must match in size.",
                    notes=tuple("x".join(map(str, part.shape)) for part in arrays),
                )  # fmt: skip
            shape = array.shape
    found = []
    for array in arrays:
        one, _ = aligned(array.astype(DOUBLE), np.zeros(shape))
        found.append(np.broadcast_to(one, shape).ravel("F"))
    return found, shape, SINGLE if single else DOUBLE


def with_defaults(family: Family, given: tuple, name: str) -> tuple:
    missing = len(family.parameters) - len(given)
    if missing > len(family.defaults):
        raise ScriptError(
            "MATLAB:minrhs" if name else "", "Not enough input arguments.",
            notes=(f"{name}(..., {', '.join(family.parameters)})",),
        )  # fmt: skip
    if missing < 0:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    return (*given, *family.defaults[len(family.defaults) - missing :]) if missing else given


def evaluated(family: Family, what: str, name: str, x, given: tuple):
    (points, *parameters), shape, dtype = columns((x, *with_defaults(family, given, name)), name)
    good = np.asarray(family.valid(*parameters))
    safe = [np.where(good, part, 0.5 if part.size else part) for part in parameters]
    if not good.all():
        usable = [part[good][0] if good.any() else 1.0 for part in parameters]
        safe = [np.where(good, part, one) for part, one in zip(parameters, usable, strict=True)]
    law = family.law(*safe)
    kind = {"pdf": "pmf" if family.whole else "pdf", "cdf": "cdf", "sf": "sf", "inv": "ppf"}[what]
    found = np.asarray(getattr(law, kind)(points), float)
    if what == "inv" and family.whole:
        found = np.where(points == 0, 0.0, found)
    found = np.where(good & ~np.isnan(points), found, np.nan)
    return norm(np.asfortranarray(found.reshape(shape, order="F").astype(dtype)))


def declare(family: Family) -> None:
    word, names = family.word, ", ".join(family.parameters)
    density, share, quantile = family.values
    first = family.example.partition(", ")[2]
    title = family.title

    def pdf(x, /, *given):
        return evaluated(family, "pdf", f"{word}pdf", x, given)

    pdf.__doc__ = f"""
    y = {word}pdf(x, {names})

    {"Probability" if family.whole else "Density"} of the {title} distribution.

    Examples
      >> y = {word}pdf({family.example})
      y =
      {number(density)}

    See also {word}cdf, {word}inv, {word}rnd.
    """

    def cdf(x, /, *given):
        if given and is_text(given[-1]):
            take.choice(given[-1], ("upper",), "Tail")
            return evaluated(family, "sf", f"{word}cdf", x, given[:-1])
        return evaluated(family, "cdf", f"{word}cdf", x, given)

    cdf.__doc__ = f"""
    p = {word}cdf(x, {names})
    p = {word}cdf(x, {names}, 'upper')

    Share of the {title} distribution up to x, or above it.

    Examples
      >> p = {word}cdf({family.example})
      p =
      {number(share)}
      >> p = round({word}cdf({family.example}) + {word}cdf({family.example}, 'upper'), 12)
      p =
           1

    See also {word}pdf, {word}inv, {word}rnd.
    """

    def inv(p, /, *given):
        return evaluated(family, "inv", f"{word}inv", p, given)

    inv.__doc__ = f"""
    x = {word}inv(p, {names})

    Where the share of the {title} distribution is p.

    Examples
      >> x = {word}inv(0.3, {first})
      x =
      {number(quantile)}

    See also {word}cdf, {word}pdf, {word}rnd.
    """

    def rnd(session, /, *given):
        return drawn(session, family, given)

    rnd.__doc__ = f"""
    r = {word}rnd({names})
    r = {word}rnd({names}, m, n, ...)
    r = {word}rnd({names}, [m n ...])

    Random numbers of the {title} distribution, from the stream of rand and randn.

    Examples
      >> r = size({word}rnd({first}, 2, 3))
      r =
           2     3

    See also {word}pdf, {word}cdf, rand, rng.
    """
    for function, suffix in ((pdf, "pdf"), (cdf, "cdf"), (inv, "inv"), (rnd, "rnd")):
        builtin(function, name=word + suffix)


def number(text: str) -> str:
    """A scalar as it is displayed, in the place of an example's output."""
    return f"     {text}" if "." not in text else f"{text:>10}"


def drawn(session, family: Family, given: tuple):
    name, count = f"{family.word}rnd", len(family.parameters)
    if len(given) < count - len(family.defaults):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    parameters, rest = given[:count], given[count:]
    arrays, shape, dtype = columns(with_defaults(family, parameters, name), name)
    if rest:
        wanted = shape_from(rest, name)
        if shape not in ((1, 1), wanted):
            raise ScriptError(f"stats:{name}:InputSizeMismatch", "Size information is inconsistent.")
        arrays = [np.broadcast_to(part, (int(np.prod(wanted)),)) if part.size == 1 else part for part in arrays]
        shape = wanted
    require_memory(shape, 8)
    total = int(np.prod(shape))
    arrays = [np.broadcast_to(part, (total,)) if part.size == 1 else part for part in arrays]
    good = np.asarray(family.valid(*arrays))
    if family.draw is not None:
        found = np.asarray(family.draw(session.random, total, *arrays), float)
    else:
        usable = [part[good][0] if good.any() else 1.0 for part in arrays]
        safe = [np.where(good, part, one) for part, one in zip(arrays, usable, strict=True)]
        found = np.asarray(family.law(*safe).ppf(session.random.uniforms(total)), float)
    found = np.where(good, found, np.nan)
    return norm(np.asfortranarray(found.reshape(shape, order="F").astype(dtype)))


for _family in FAMILIES:
    declare(_family)
