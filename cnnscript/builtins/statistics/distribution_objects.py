"""Distributions as objects: makedist, fitdist, and pdf, cdf, icdf, random by a distribution's name or object."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.builtins.statistics.distributions import FAMILIES, Family, drawn, evaluated
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.objects import Object
from cnnscript.values.text import is_text

WORDS = {family.word: family for family in FAMILIES}
# names as scripts write them: MATLAB's class, its heading, the family, parameters as the object names them
KINDS = {
    "Normal": ("Normal", "norm", ("mu", "sigma"), (0.0, 1.0)),
    "Uniform": ("Uniform", "unif", ("Lower", "Upper"), (0.0, 1.0)),
    "Exponential": ("Exponential", "exp", ("mu",), (1.0,)),
    "Lognormal": ("Lognormal", "logn", ("mu", "sigma"), (0.0, 1.0)),
    "Gamma": ("Gamma", "gam", ("a", "b"), (1.0, 1.0)),
    "Beta": ("Beta", "beta", ("a", "b"), (1.0, 1.0)),
    "Weibull": ("Weibull", "wbl", ("A", "B"), (1.0, 1.0)),
    "Rayleigh": ("Rayleigh", "rayl", ("B",), (1.0,)),
    "Binomial": ("Binomial", "bino", ("N", "p"), (1.0, 0.5)),
    "Poisson": ("Poisson", "poiss", ("lambda",), (1.0,)),
}
# distributions that have no object, by the names that pdf and its like take
NAMED = {
    "chisquare": "chi2", "chi2": "chi2", "t": "t", "f": "f", "geometric": "geo", "geo": "geo", "normal": "norm",
    "norm": "norm", "uniform": "unif", "unif": "unif", "exponential": "exp", "exp": "exp", "lognormal": "logn",
    "logn": "logn", "gamma": "gam", "gam": "gam", "beta": "beta", "weibull": "wbl", "wbl": "wbl", "rayleigh": "rayl",
    "rayl": "rayl", "binomial": "bino", "bino": "bino", "poisson": "poiss", "poiss": "poiss",
}  # fmt: skip


class Distribution(Object):
    """A distribution with its parameters, and the bounds of their confidence where they were fitted."""

    methods = frozenset(("pdf", "cdf", "icdf", "random", "mean", "std", "var", "median"))
    class_name = "prob.ProbabilityDistribution"
    ancestors = ("prob.ParametricDistribution",)

    def __init__(self, kind: str, values: tuple[float, ...], bounds: list[tuple[float, float]] | None = None):
        title, word, self.names, _ = KINDS[kind]
        self.title, self.kind, self.family, self.values, self.bounds = title, kind, WORDS[word], values, bounds
        if not np.all(self.family.valid(*(np.array([value]) for value in values))):
            raise ScriptError(
                "stats:probdists:BadParameter", f"The parameters do not go with a {title.lower()} distribution.",
                notes=tuple(f"{name} is {value:g}" for name, value in zip(self.names, values, strict=True)),
            )  # fmt: skip

    def revive(self, session: Any) -> None:
        self.family = WORDS[KINDS[self.kind][1]]

    def property_names(self) -> list[str]:
        return [*self.names, "DistributionName", "NumParameters", "ParameterNames", "ParameterValues"]

    def get(self, name: str) -> Any:
        if name in self.names:
            return self.values[self.names.index(name)]
        if name == "DistributionName":
            return self.kind
        if name == "NumParameters":
            return float(len(self.values))
        if name == "ParameterNames":
            from cnnscript.values.text import cell_of_texts

            return cell_of_texts(list(self.names), column=False)
        if name == "ParameterValues":
            return norm(np.array([self.values]))
        raise self.no_property(name)

    def set(self, name: str, value: Any) -> Distribution:
        if name not in self.names:
            return super().set(name, value)
        values = list(self.values)
        values[self.names.index(name)] = take.number(value, name)
        return Distribution(self.kind, tuple(values))

    def law(self) -> Any:
        return self.family.law(*self.values)

    def equals(self, other: Any) -> bool:
        return isinstance(other, Distribution) and (self.kind, self.values) == (other.kind, other.values)

    def disp(self, form: Any) -> str:
        blank = form.blank
        width = max(map(len, self.names))
        lines = []
        shown = [f"{value:g}" for value in self.values]
        longest = max(map(len, shown))
        for place, (name, text) in enumerate(zip(self.names, shown, strict=True)):
            line = f"    {name:>{width}} = {text:>{longest}}"
            if self.bounds is not None:
                low, high = self.bounds[place]
                line += f"   [{low:g}, {high:g}]"
            lines.append(line + "\n")
        return f"  {self.kind}Distribution\n{blank}  {self.title} distribution\n" + "".join(lines)


def kind_of(value: Any) -> str:
    word = take.text(value, "Distribution name")
    folded = word.lower()
    for kind, (_, short, _, _) in KINDS.items():
        if folded in (kind.lower(), short):
            return kind
    return take.choice(word, tuple(KINDS), "Distribution name")


@builtin
def makedist(name="Normal", /, *pairs):
    """
    pd = makedist(name)
    pd = makedist(name, parameter, value, ...)

    A distribution: 'Normal' (mu, sigma), 'Uniform' (Lower, Upper), 'Exponential' (mu), 'Lognormal' (mu, sigma),
    'Gamma' (a, b), 'Beta' (a, b), 'Weibull' (A, B), 'Rayleigh' (B), 'Binomial' (N, p), 'Poisson' (lambda).

    Examples
      >> pd = makedist('Normal', 'mu', 75, 'sigma', 10)
      pd =
        NormalDistribution
        Normal distribution
             mu = 75
          sigma = 10
      >> pd = makedist('Poisson'); disp(pdf(pd, 0))
          0.3679

    See also fitdist, pdf, cdf, icdf, random.
    """
    kind = kind_of(name)
    _, _, names, values = KINDS[kind]
    found = list(values)
    if len(pairs) % 2:
        raise ScriptError("stats:internal:parseArgs:WrongNumberArgs", "Wrong number of arguments.")
    for word, value in zip(pairs[::2], pairs[1::2], strict=True):
        found[names.index(take.choice(word, names, "Parameter"))] = take.number(value, "Parameter value")
    return Distribution(kind, tuple(found))


@builtin
def fitdist(x, name, /):
    """
    pd = fitdist(x, name)

    The distribution of a kind (see makedist) that fits data best, with 95% confidence intervals of its parameters
    where there are formulas for them.

    Examples
      >> pd = fitdist([1; 2; 3; 4; 5], 'Normal')
      pd =
        NormalDistribution
        Normal distribution
             mu =       3   [1.03676, 4.96324]
          sigma = 1.58114   [0.947313, 4.54349]

    See also makedist, pdf, histogram.
    """
    from scipy import stats

    data = take.vector(x, "X")
    data = data[~np.isnan(data)]
    if not data.size:
        raise ScriptError("stats:ProbDistUnivParam:fit:EmptyData", "Input x must contain some data.")
    kind, count = kind_of(name), data.size
    bounds = None
    if kind in ("Normal", "Lognormal"):
        if kind == "Lognormal":
            require_positive(data, kind)
        numbers = np.log(data) if kind == "Lognormal" else data
        mean, spread = numbers.mean(), numbers.std(ddof=1) if count > 1 else 0.0
        values = (float(mean), float(spread))
        if count > 1:
            reach = stats.t.ppf(0.975, count - 1) * spread / np.sqrt(count)
            ends = spread * np.sqrt((count - 1) / stats.chi2.ppf([0.975, 0.025], count - 1))
            bounds = [(mean - reach, mean + reach), (ends[0], ends[1])]
    elif kind == "Exponential":
        require_positive(data, kind)
        values = (float(data.mean()),)
        total = 2 * data.sum()
        ends = total / stats.chi2.ppf([0.975, 0.025], 2 * count)
        bounds = [(ends[0], ends[1])]
    elif kind == "Poisson":
        values = (float(data.mean()),)
        total = data.sum()
        low = stats.chi2.ppf(0.025, 2 * total) / 2 / count if total else 0.0
        bounds = [(low, stats.chi2.ppf(0.975, 2 * (total + 1)) / 2 / count)]
    elif kind == "Uniform":
        values = (float(data.min()), float(data.max()))
    elif kind == "Rayleigh":
        values = (float(np.sqrt((data**2).mean() / 2)),)
    elif kind in ("Gamma", "Weibull", "Beta"):
        require_positive(data, kind)
        if kind == "Gamma":
            shape, _, scale = stats.gamma.fit(data, floc=0)
            values = (float(shape), float(scale))
        elif kind == "Weibull":
            shape, _, scale = stats.weibull_min.fit(data, floc=0)
            values = (float(scale), float(shape))
        else:
            if (data >= 1).any():
                raise ScriptError("stats:betafit:BadData", "The data must be between 0 and 1.")
            first, second, _, _ = stats.beta.fit(data, floc=0, fscale=1)
            values = (float(first), float(second))
    else:
        raise ScriptError("cnnscript:NotYet", f"fitdist of a {kind.lower()} distribution is not in cnnscript yet.")
    return Distribution(kind, values, bounds)


def require_positive(data, kind: str) -> None:
    if (data <= 0).any():
        raise ScriptError("stats:fitdist:BadData", f"Data for a {kind.lower()} distribution must be positive.")


def family_named(value: Any) -> Family:
    word = take.text(value, "Distribution name").lower().replace(" ", "").replace("-", "")
    if word not in NAMED:
        take.choice(value, tuple(NAMED), "Distribution name")
    return WORDS[NAMED.get(word) or NAMED[take.choice(word, tuple(NAMED), "Distribution name")]]


def asked(what: str, first: Any, x: Any, rest: tuple, name: str):
    if isinstance(first, Distribution):
        family, given = first.family, first.values
        words = rest
    else:
        family = family_named(first)
        words = tuple(item for item in rest if is_text(item))
        given = tuple(item for item in rest if not is_text(item))
    if words:
        if what != "cdf":
            raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
        take.choice(words[0], ("upper",), "Tail")
        what = "sf"
    return evaluated(family, what, name, x, tuple(given))


@builtin
def pdf(distribution, x, /, *parameters):
    """
    y = pdf(name, x, parameters)
    y = pdf(pd, x)

    The density (or probability) at x of a distribution named, or of what makedist made.

    Examples
      >> y = pdf('Normal', 0, 0, 1)
      y =
          0.3989
      >> y = pdf(makedist('Uniform', 'Upper', 4), [1 5])
      y =
          0.2500         0

    See also cdf, icdf, random, makedist.
    """
    return asked("pdf", distribution, x, parameters, "pdf")


@builtin
def cdf(distribution, x, /, *parameters):
    """
    p = cdf(name, x, parameters)
    p = cdf(pd, x)
    p = cdf(..., 'upper')

    The share up to x of a distribution named, or of what makedist made; or above x.

    Examples
      >> p = cdf('Poisson', 2, 3)
      p =
          0.4232
      >> p = cdf(makedist('Normal'), 0, 'upper')
      p =
          0.5000

    See also pdf, icdf, random, makedist.
    """
    return asked("cdf", distribution, x, parameters, "cdf")


@builtin
def icdf(distribution, p, /, *parameters):
    """
    x = icdf(name, p, parameters)
    x = icdf(pd, p)

    Where the share of a distribution is p.

    Examples
      >> x = icdf('Normal', 0.975, 0, 1)
      x =
          1.9600
      >> x = icdf(makedist('Exponential', 'mu', 2), 0.5)
      x =
          1.3863

    See also cdf, pdf, random, makedist.
    """
    return asked("inv", distribution, p, parameters, "icdf")


@builtin
def random(session, distribution, /, *rest):
    """
    r = random(name, parameters)
    r = random(name, parameters, m, n, ...)
    r = random(pd)
    r = random(pd, m, n, ...)

    Random numbers of a distribution named, or of what makedist made.

    Examples
      >> r = size(random('Normal', 0, 1, 2, 3))
      r =
           2     3
      >> r = size(random(makedist('Poisson'), [1 4]))
      r =
           1     4

    See also pdf, cdf, rand, randn, makedist.
    """
    if isinstance(distribution, Distribution):
        return drawn(session, distribution.family, (*distribution.values, *rest))
    return drawn(session, family_named(distribution), rest)


def fact(name: str, what: str, example: str) -> None:
    def function(pd, /):
        return float(getattr(pd.law(), name)())

    function.__doc__ = f"""
    m = {name}(pd)

    The {what} of a distribution.

    Examples
      >> m = {name}(makedist('Normal', 'mu', 3, 'sigma', 2))
      m =
           {example}

    See also makedist.
    """
    overload(Distribution.class_name, name=name)(function)


fact("mean", "mean", "3")
fact("std", "standard deviation", "2")
fact("var", "variance", "4")
fact("median", "median", "3")
