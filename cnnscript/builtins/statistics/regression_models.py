"""Linear models with names: fitlm, what it made, and predict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.tables import disp_table
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.categorical import Categorical
from cnnscript.values.numeric import is_cell, ndarray, norm
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct
from cnnscript.values.tables import Table
from cnnscript.values.text import String, cell_of_texts, is_text, text_or_none

Term = tuple[int, ...]  # the power of each predictor


@dataclass
class LinearModel(Object):
    """A linear model and the observations it was fitted to.

    names, response   of the predictors and of what they tell
    terms             powers of the predictors, in the order of the coefficients
    rows, values      the predictors (a column each) and the response, NaN where unknown
    weights           of the observations
    """

    names: list[str]
    response: str
    terms: list[Term]
    rows: ndarray
    values: ndarray
    weights: ndarray
    class_name = "LinearModel"
    methods = frozenset(("predict", "coefCI", "feval", "plot", "disp"))

    @cached_property
    def fit(self) -> dict[str, Any]:
        """Coefficients, their covariance and what is left, by least squares."""
        known = ~np.isnan(self.values) & ~np.isnan(self.rows).any(axis=1)
        root = np.sqrt(self.weights[known])
        matrix, right = design(self.rows[known], self.terms), self.values[known]
        q, upper = np.linalg.qr(matrix * root[:, None])
        sizes = np.abs(np.diag(upper))
        if sizes.size and sizes.min() <= 1e-14 * sizes.max() or len(matrix) < len(self.terms):
            b = np.linalg.lstsq(matrix * root[:, None], right * root, rcond=None)[0]
            rank = int(np.linalg.matrix_rank(matrix))
            inverse = np.linalg.pinv((matrix * root[:, None]).T @ (matrix * root[:, None]))
        else:
            b, rank = np.linalg.solve(upper, q.T @ (right * root)), len(self.terms)
            inside = np.linalg.inv(upper)
            inverse = inside @ inside.T
        fitted = matrix @ b
        rest = right - fitted
        weights = self.weights[known]
        error = float((weights * rest**2).sum())
        freedom = right.size - rank
        constant = any(not any(term) for term in self.terms)
        middle = float((weights * right).sum() / weights.sum()) if constant and weights.size else 0.0
        total = float((weights * (right - middle) ** 2).sum())
        spread = error / freedom if freedom > 0 else np.nan
        return {
            "b": b, "covariance": inverse * spread, "sse": error, "sst": total, "dfe": float(freedom), "mse": spread,
            "n": float(right.size), "known": known, "rank": rank, "constant": constant,
        }  # fmt: skip

    # --------------------------------------------------------------------------------------------------- properties
    def property_names(self) -> list[str]:
        return [
            "Coefficients", "CoefficientCovariance", "CoefficientNames", "NumCoefficients", "Rsquared", "RMSE", "MSE",
            "SSE", "SSR", "SST", "DFE", "NumObservations", "NumPredictors", "NumVariables", "Fitted", "Residuals",
            "PredictorNames", "ResponseName", "VariableNames", "LogLikelihood", "ModelFitVsNullModel", "Formula",
        ]  # fmt: skip

    def get(self, name: str) -> Any:
        fit = self.fit
        numbers = {
            "RMSE": np.sqrt(fit["mse"]), "MSE": fit["mse"], "SSE": fit["sse"], "SST": fit["sst"],
            "SSR": fit["sst"] - fit["sse"], "DFE": fit["dfe"], "NumObservations": fit["n"],
            "NumCoefficients": float(len(self.terms)), "NumPredictors": float(len(self.names)),
            "NumVariables": float(len(self.names) + 1),
        }  # fmt: skip
        if name in numbers:
            return float(numbers[name])
        if name == "Coefficients":
            return self.table()
        if name == "CoefficientCovariance":
            return norm(np.asfortranarray(fit["covariance"]))
        if name in ("CoefficientNames", "PredictorNames", "VariableNames"):
            words = self.names if name == "PredictorNames" else [*self.names, self.response]
            words = [self.term_name(term) for term in self.terms] if name == "CoefficientNames" else words
            return cell_of_texts(words, column=name != "CoefficientNames")
        if name == "ResponseName":
            return self.response
        if name == "Formula":
            return self.formula()
        if name == "Rsquared":
            return Struct({"Ordinary": self.share(), "Adjusted": self.share(adjusted=True)})
        if name == "Fitted":
            return column(self.at(self.rows))
        if name == "Residuals":
            raw = self.values - self.at(self.rows)
            return Table.of({"Raw": column(raw), "Pearson": column(raw / np.sqrt(fit["mse"]))})
        if name == "LogLikelihood":
            count = fit["n"]
            return float(-count / 2 * (np.log(2 * np.pi) + np.log(fit["sse"] / count) + 1))
        if name == "ModelFitVsNullModel":
            ratio, p = self.against_constant()
            return Struct({"Fstat": ratio, "Pvalue": p, "NullModel": "constant"})
        raise self.no_property(name)

    def share(self, adjusted: bool = False) -> float:
        fit = self.fit
        if not fit["sst"]:
            return float("nan")
        if not adjusted:
            return 1 - fit["sse"] / fit["sst"]
        return 1 - fit["mse"] / (fit["sst"] / (fit["n"] - bool(fit["constant"])))

    def against_constant(self) -> tuple[float, float]:
        from scipy.stats import f as law

        fit = self.fit
        slopes = fit["rank"] - bool(fit["constant"])
        if slopes < 1 or fit["dfe"] < 1:
            return float("nan"), float("nan")
        ratio = (fit["sst"] - fit["sse"]) / slopes / fit["mse"] if fit["mse"] else np.inf
        return float(ratio), float(law.sf(ratio, slopes, fit["dfe"]))

    def term_name(self, term: Term) -> str:
        powers = [(name, power) for name, power in zip(self.names, term, strict=True) if power]
        parts = [name if power == 1 else f"{name}^{power}" for name, power in powers]
        return ":".join(parts) or "(Intercept)"

    def formula(self) -> str:
        """As MATLAB shortens it: two predictors and their product are x1*x2."""
        words, left = [], [term for term in self.terms]
        if any(not any(term) for term in left):
            words.append("1")
        left = [term for term in left if any(term)]
        names = [self.term_name(term) for term in left]
        crossed: set[str] = set()
        for name in names:
            parts = name.split(":")
            if len(parts) == 2 and all(part in names for part in parts) and not any("^" in part for part in parts):
                crossed.update((*parts, name))
        for name in names:
            parts = name.split(":")
            if name in crossed:
                if len(parts) == 2:
                    words.append("*".join(parts))
            else:
                words.append(name)
        return f"{self.response} ~ {' + '.join(words) or '0'}"

    def table(self) -> Table:
        from scipy.stats import t as law

        fit = self.fit
        error = np.sqrt(np.diag(fit["covariance"]))
        with np.errstate(divide="ignore", invalid="ignore"):
            t = fit["b"] / error
            p = 2 * law.sf(np.abs(t), fit["dfe"])
        columns = {"Estimate": fit["b"], "SE": error, "tStat": t, "pValue": p}
        names = [self.term_name(term) for term in self.terms]
        return Table.of({word: column(part) for word, part in columns.items()}, names)

    def at(self, rows: ndarray) -> ndarray:
        return design(rows, self.terms) @ self.fit["b"]

    # ------------------------------------------------------------------------------------------------------ as text
    def disp(self, form: Any) -> str:
        fit, blank = self.fit, form.blank
        lines = [f"Linear regression model:\n    {self.formula()}\n{blank}Estimated Coefficients:\n"]
        lines.append(disp_table(self.table(), form))
        lines.append(
            f"{blank}Number of observations: {fit['n']:g}, Error degrees of freedom: {fit['dfe']:g}\n"
            f"Root Mean Squared Error: {np.sqrt(fit['mse']):.3g}\n"
        )
        if fit["constant"] and fit["rank"] > 1:
            ratio, p = self.against_constant()
            lines.append(
                f"R-squared: {self.share():.3g},  Adjusted R-Squared: {self.share(adjusted=True):.3g}\n"
                f"F-statistic vs. constant model: {ratio:.3g}, p-value = {p:.3g}\n"
            )
        return "".join(lines)


def column(values: ndarray):
    return norm(np.asfortranarray(np.asarray(values, float).reshape(-1, 1)))


def design(rows: ndarray, terms: list[Term]) -> ndarray:
    """The columns of the terms: products of powers of the predictors."""
    if not terms:
        return np.zeros((len(rows), 0))
    return np.stack([np.prod(rows ** np.array(term, float), axis=1) for term in terms], axis=1)


MODELS = ("constant", "linear", "interactions", "purequadratic", "quadratic")


def terms_of(word: str, count: int) -> list[Term]:
    """The terms of a model by its name."""
    unit = np.eye(count, dtype=int)
    found = [tuple([0] * count)]
    if word != "constant":
        found += [tuple(row) for row in unit.tolist()]
    if word in ("interactions", "quadratic"):
        found += [tuple((unit[i] + unit[j]).tolist()) for i in range(count) for j in range(i + 1, count)]
    if word in ("purequadratic", "quadratic"):
        found += [tuple((2 * row).tolist()) for row in unit]
    return found


def terms_of_formula(text: str, names: list[str]) -> tuple[str, list[Term]]:
    """The response and the terms of 'y ~ 1 + x1*x2 - x3^2' (Wilkinson's notation)."""
    if text.count("~") != 1:
        raise ScriptError("stats:classreg:regr:FormulaProcessor:InvalidFormula", f"'{text}' is no formula.")
    response, right = (part.strip() for part in text.split("~"))
    count = len(names)
    constant, found = True, {}

    def single(factor: str) -> list[Term]:
        match = re.fullmatch(r"(\w+)(?:\^(\d+))?", factor)
        if match is None or match[1] not in names:
            raise ScriptError(
                "stats:classreg:regr:FormulaProcessor:UnknownVariable", f"Unknown variable '{factor}' in the formula.",
                notes=("variables: " + ", ".join(names),),
            )  # fmt: skip
        place, power = names.index(match[1]), int(match[2] or 1)
        return [tuple(exponent * (at == place) for at in range(count)) for exponent in range(1, power + 1)]

    def times(one: Term, other: Term) -> Term:
        return tuple(a + b for a, b in zip(one, other, strict=True))

    for sign, body in re.findall(r"([+-]?)\s*([^+-]+)", right):
        word = body.replace(" ", "")
        if word in ("1", "0"):
            constant = (word == "1") == (sign != "-")
            continue
        made: list[Term] = []
        if "*" in word:
            for factor in word.split("*"):
                each = single(factor)
                made += each + [times(a, b) for a in made for b in each]
        else:
            factors = word.split(":")
            made = single(factors[0]) if len(factors) == 1 else [single(factors[0])[-1]]
            for factor in factors[1:]:
                made = [times(a, single(factor)[-1]) for a in made]
        for term in made:
            if sign == "-":
                found.pop(term, None)
            else:
                found[term] = True
    ordered = sorted(found, key=lambda term: (sum(term), max(term) > 1, [-power for power in term]))
    return response, [tuple([0] * count)] * constant + ordered


def numbers_in(value: Any, name: str) -> ndarray:
    if isinstance(value, Categorical | String) or is_cell(value) or is_text(value):
        raise ScriptError(
            "cnnscript:NotYet", f"fitlm with predictors that are no numbers ('{name}') is not in cnnscript yet.",
            hint="dummyvar makes columns of a categorical",
        )  # fmt: skip
    return take.real(value, name)


@builtin
def fitlm(first, second=None, third=None, /, *, VarNames=None, Intercept=True, Weights=None, PredictorVars=None,
          ResponseVar=None, RobustOpts="off"):  # fmt: skip
    """
    mdl = fitlm(X, y)
    mdl = fitlm(X, y, modelspec)
    mdl = fitlm(tbl)
    mdl = fitlm(tbl, modelspec)
    mdl = fitlm(..., Name=Value)

    A linear model of y by the columns of X, or of the last variable of a table by the others. modelspec is 'constant',
    'linear', 'interactions', 'purequadratic', 'quadratic' or a formula such as 'y ~ x1*x2 + x3^2'.

    Options
      VarNames       names of the columns of X and of y
      Intercept      whether the model has a constant
      Weights        of the observations
      PredictorVars  which variables of a table (names) tell
      ResponseVar    which variable of a table (its name) is told
      RobustOpts     'off'; robustfit fits against outliers

    Examples
      >> mdl = fitlm([1; 2; 3; 4; 5], [2.1; 3.9; 6.2; 7.8; 10.1])
      mdl =
      Linear regression model:
          y ~ 1 + x1
      Estimated Coefficients:
                         Estimate       SE        tStat       pValue
                         ________    ________    _______    __________
          (Intercept)      0.05       0.19807    0.25243       0.81702
          x1               1.99      0.059722     33.321    5.9415e-05
      Number of observations: 5, Error degrees of freedom: 3
      Root Mean Squared Error: 0.189
      R-squared: 0.997,  Adjusted R-Squared: 0.996
      F-statistic vs. constant model: 1.11e+03, p-value = 5.94e-05
      >> mdl = fitlm([1 1; 2 1; 3 5; 4 2], [1; 2; 3; 5], 'y ~ x1 - 1'); disp(mdl.CoefficientNames)
          {'x1'}
      >> mdl = fitlm(table([1; 2; 3; 5], [2; 4; 6; 9], 'VariableNames', {'a', 'b'})); disp(mdl.Formula)
      b ~ 1 + a

    See also predict, regress, robustfit, polyfit.
    """
    if text_or_none(RobustOpts) != "off":
        raise ScriptError(
            "cnnscript:NotYet", "fitlm with 'RobustOpts' is not in cnnscript yet.", hint="robustfit fits so"
        )
    if isinstance(first, Table):
        names, response, rows, values, spec = from_table(first, second, third, PredictorVars, ResponseVar)
    else:
        if second is None:
            raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("fitlm(X, y)",))
        rows, values, spec = numbers_in(first, "X"), take.vector(numbers_in(second, "y"), "y"), third
        if rows.ndim == 2 and rows.shape[0] == 1 and values.size > 1:
            rows = rows.T
        if rows.ndim != 2 or len(rows) != values.size:
            raise ScriptError(
                "stats:classreg:regr:TermsRegression:InputSizeMismatch", "X and y must have the same number of rows.",
                notes=(f"X is {take.described(first)}, y {take.described(second)}",),
            )  # fmt: skip
        names, response = [f"x{place}" for place in range(1, rows.shape[1] + 1)], "y"
        if VarNames is not None:
            given = take.texts(VarNames, "VarNames")
            if len(given) != len(names) + 1:
                raise take.wanted(f"{len(names) + 1} names", "VarNames", VarNames)
            names, response = given[:-1], given[-1]
    word = "linear" if spec is None else take.text(spec, "Model specification")
    if "~" in word:
        told, terms = terms_of_formula(word, names)
        if told != response:
            raise ScriptError("stats:classreg:regr:BadResponseVar", f"'{told}' is not the response '{response}'.")
    else:
        terms = terms_of(take.choice(word, MODELS, "Model specification"), len(names))
    if not take.flag(Intercept, "Intercept"):
        terms = [term for term in terms if any(term)]
    weights = np.ones(values.size) if Weights is None else take.vector(Weights, "Weights")
    if weights.size != values.size or not (weights >= 0).all():
        raise take.wanted("a nonnegative vector as long as y", "Weights", Weights)
    return LinearModel(names, response, terms, rows, values, weights)


def from_table(tbl: Table, second, third, predictors, response):
    """Names, response, rows, values and specification from a table."""
    if third is not None:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    spec = second
    word = text_or_none(spec) if spec is not None else None
    told = take.text(response, "ResponseVar") if response is not None else None
    if word is not None and "~" in word:
        told = word.split("~")[0].strip()
    told = told or tbl.names[-1]
    if told not in tbl.names:
        raise tbl.unrecognized(told)
    names = [name for name in tbl.names if name != told]
    if predictors is not None:
        names = take.texts(predictors, "PredictorVars")
    if word is not None and "~" in word:
        used = set(re.findall(r"[A-Za-z]\w*", word.split("~")[1]))
        names = [name for name in names if name in used] or names[:0]
        unknown = used - set(tbl.names)
        if unknown:
            raise tbl.unrecognized(sorted(unknown)[0])
    columns = [numbers_in(tbl.data(name), name).ravel("F") for name in names]
    values = numbers_in(tbl.data(told), told).ravel("F")
    rows = np.stack(columns, axis=1) if columns else np.zeros((values.size, 0))
    return names, told, rows, values, spec


@overload("LinearModel", outputs=2)
def predict(nargout, mdl, x, /, *, Alpha=0.05):
    """
    ypred = predict(mdl, Xnew)
    [ypred, yci] = predict(mdl, Xnew)
    [...] = predict(..., Alpha=level)

    What a linear model tells of new rows (or of a table), and the confidence bounds of its mean there.

    Options
      Alpha  1 - the confidence (0.05)

    Examples
      >> mdl = fitlm((1:4)', [2; 4; 6; 8.4]); ypred = predict(mdl, 5)
      ypred =
         10.4000
      >> [ypred, yci] = predict(mdl, 5); disp(size(yci))
           1     2

    See also fitlm.
    """
    from scipy.stats import t as law

    if isinstance(x, Table):
        rows = np.stack([numbers_in(x.data(name), name).ravel("F") for name in mdl.names], axis=1)
    else:
        rows = take.real(x, "Xnew")
        if rows.ndim == 2 and rows.shape[1] != len(mdl.names) and rows.shape == (1, rows.size) and len(mdl.names) == 1:
            rows = rows.T
    if rows.ndim != 2 or rows.shape[1] != len(mdl.names):
        raise ScriptError(
            "stats:classreg:regr:TermsRegression:PredictorCount",
            f"Predictor data matrix must have {len(mdl.names)} columns.", notes=(f"got {take.described(x)}",),
        )  # fmt: skip
    told = mdl.at(rows)
    matrix = design(rows, mdl.terms)
    error = np.sqrt(np.einsum("ij,jk,ik->i", matrix, mdl.fit["covariance"], matrix))
    reach = law.ppf(1 - take.number(Alpha, "Alpha") / 2, mdl.fit["dfe"]) * error
    return column(told), norm(np.asfortranarray(np.stack([told - reach, told + reach], axis=1)))


@builtin
def coefCI(mdl, alpha=0.05, /):
    """
    ci = coefCI(mdl)
    ci = coefCI(mdl, alpha)

    Confidence intervals of the coefficients of a linear model, a row each.

    Examples
      >> ci = coefCI(fitlm((1:4)', [2; 4; 6; 8.4]))
      ci =
         -1.0164    0.6164
          1.8219    2.4181
      >> disp(size(coefCI(fitlm((1:4)', [2; 4; 6; 8.4]), 0.1)))
           2     2

    See also fitlm, predict.
    """
    from scipy.stats import t as law

    if not isinstance(mdl, LinearModel):
        raise take.wanted("what fitlm made", "Model", mdl)
    level = take.number(alpha, "Alpha")
    b = mdl.fit["b"]
    reach = law.ppf(1 - level / 2, mdl.fit["dfe"]) * np.sqrt(np.diag(mdl.fit["covariance"]))
    return norm(np.asfortranarray(np.stack([b - reach, b + reach], axis=1)))
