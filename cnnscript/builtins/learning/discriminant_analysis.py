"""Observations given to the group that is likeliest by normal distributions: classify(sample, training, group)."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.learning.fitting_options import empty
from cnnscript.builtins.learning.training_data import kept_names, level_words
from cnnscript.builtins.tables.groups import group_numbers
from cnnscript.errors import ScriptError
from cnnscript.values import take, warn
from cnnscript.values.numeric import EMPTY, OBJECT, as_array, is_numeric, ndarray, norm
from cnnscript.values.rows import take_rows
from cnnscript.values.structs import Struct, struct_of_own
from cnnscript.values.take import described
from cnnscript.values.text import is_text

TYPES = ("linear", "quadratic", "diaglinear", "diagquadratic", "mahalanobis")


def classified_by_groups(session: Any, nargout: int, sample: Any, training: Any, group: Any, *rest: Any) -> tuple:
    """The outputs of classify(sample, training, group, type, prior)."""
    if len(rest) > 2:
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    form, prior = (*rest, None, None)[:2]
    form = "linear" if empty(form) else take.choice(form, TYPES, "Type")
    rows, known = matrix_of(sample, "SAMPLE"), matrix_of(training, "TRAINING")
    numbers, names, _ = group_numbers(group, "classify")
    if numbers.size != len(known):
        raise ScriptError(
            "stats:classify:TrGrpSizeMismatch", "The length of GROUP must equal the number of rows in TRAINING.",
            notes=(f"GROUP has {numbers.size} elements, TRAINING {len(known)} rows",),
        )  # fmt: skip
    if not rows.size:
        rows = np.zeros((0, known.shape[1]))
    if rows.shape[1] != known.shape[1]:
        raise ScriptError(
            "stats:classify:SampleTrColSizeMismatch", "SAMPLE and TRAINING must have the same number of columns.",
            notes=(f"SAMPLE has {rows.shape[1]}, TRAINING {known.shape[1]}",),
        )  # fmt: skip
    there = ~np.isnan(numbers)
    known, y = known[there], numbers[there].astype(int) - 1
    names = kept_names(session, names, group, "classify")
    count = len(level_words(names))
    sizes = np.bincount(y, minlength=count)
    if not y.size or (sizes == 0).any():
        warn("stats:classify:EmptyGroups", "GROUP contains levels without observations.")
    shares = prior_of(prior, sizes, names)
    fitted = Groups(form, known, y, sizes)
    every = fitted.densities(rows, shares)
    chosen = likeliest(every if form != "mahalanobis" else -fitted.distances(rows))
    outputs: list[Any] = [take_rows(names, chosen)]
    if nargout > 1:
        guessed = likeliest(fitted.densities(known, shares) if form != "mahalanobis" else -fitted.distances(known))
        missed = np.bincount(y, guessed != y, minlength=count) / np.maximum(sizes, 1)
        highest = every.max(axis=1, initial=-np.inf, keepdims=True)
        parts = np.exp(every - highest)
        sums = parts.sum(axis=1, keepdims=True)
        logs = np.log(sums) + highest - 0.5 * known.shape[1] * np.log(2 * np.pi)
        outputs += [float(shares @ missed), norm(np.asfortranarray(parts / sums)), norm(logs)]
    if nargout > 4:
        outputs.append(fitted.boundaries(names, shares))
    return tuple(outputs[: max(nargout, 1)])


def matrix_of(value: Any, name: str) -> ndarray:
    if not is_numeric(value) or as_array(value).ndim != 2 or as_array(value).dtype.kind == "c":
        raise ScriptError(
            "stats:classify:BadMatrix", f"{name} must be a real matrix.", notes=(f"got {described(value)}",)
        )
    return np.asarray(as_array(value), float)


def prior_of(given: Any, sizes: ndarray, names: Any) -> ndarray:
    """The share of each group: alike by default, none of groups without observations."""
    if empty(given):
        prior = np.ones(sizes.size)
    elif is_text(given):
        take.choice(given, ("empirical",), "Prior")
        prior = sizes.astype(float)
    elif isinstance(given, Struct):
        words = level_words(given.fields.get("group", EMPTY))
        shares = take.vector(given.fields.get("prob", EMPTY), "Prior.prob")
        if not set(level_words(names)) <= set(words) or shares.size != len(words):
            raise ScriptError("stats:classify:BadPrior", "PRIOR must hold a probability for each group.")
        prior = np.array([shares[words.index(word)] for word in level_words(names)])
    else:
        prior = take.vector(given, "Prior")
    if prior.size != sizes.size or (prior < 0).any():
        raise ScriptError(
            "stats:classify:GrpPriorSizeMismatch",
            "PRIOR must be a vector with one nonnegative element for each group.",
            notes=(f"{prior.size} elements, {sizes.size} groups",),
        )  # fmt: skip
    prior = np.where(sizes > 0, prior, 0.0)
    if not prior.sum() > 0:
        raise ScriptError("stats:classify:BadPrior", "PRIOR must not be 0 for all groups.")
    return prior / prior.sum()


def likeliest(densities: ndarray) -> ndarray:
    return np.argmax(np.where(np.isnan(densities), -np.inf, densities), axis=1)


class Groups:
    """Normal distributions of groups: their means, and roots R of their covariances R'*R, one for all or each."""

    def __init__(self, form: str, known: ndarray, y: ndarray, sizes: ndarray):
        self.form, self.used = form, np.flatnonzero(sizes)
        count, length = self.used.size, len(known)
        self.means = np.full((sizes.size, known.shape[1]), np.nan)
        for k in self.used:
            self.means[k] = known[y == k].mean(axis=0)
        rest = known - self.means[y]
        self.apart = form in ("quadratic", "diagquadratic", "mahalanobis")
        if not self.apart and length <= count:
            raise ScriptError(
                "stats:classify:NTrainingTooSmall", "TRAINING must have more observations than the number of groups."
            )
        if self.apart and (sizes == 1).any():
            raise ScriptError(
                "stats:classify:BadQuadVarSize", "Each group in TRAINING must have at least two observations."
            )
        self.roots: dict[int, ndarray] = {}
        if self.apart:
            for k in self.used:
                self.roots[int(k)] = self.root(rest[y == k], sizes[k] - 1)
        else:
            one = self.root(rest, length - count)
            self.roots = dict.fromkeys(self.used.tolist(), one)

    def root(self, rest: ndarray, freedom: int) -> ndarray:
        """R of the covariance R'*R of rows around their mean."""
        diagonal = self.form.startswith("diag")
        if diagonal:
            values = np.sqrt((rest**2).sum(axis=0) / freedom)
            root = np.diag(values)
        else:
            root = np.linalg.qr(rest, mode="r") / np.sqrt(freedom)
            values = np.linalg.svd(root, compute_uv=False)
        few = values.size < rest.shape[1] or len(root) < root.shape[1]
        if few or (values <= max(rest.shape) * np.spacing(values.max(initial=0))).any():
            what, word = ("variances", "positive") if diagonal else ("covariance matrix", "positive definite")
            whole = f"group {what}" if diagonal else f"{what} of each group in"
            raise ScriptError(
                f"stats:classify:Bad{'Diag' if diagonal else ''}{'Quad' if self.apart else 'Linear'}Var",
                (f"The {whole}{' of' if diagonal else ''} TRAINING must be {word}." if self.apart
                 else f"The pooled {what} of TRAINING must be {word}."),
                hint=None if diagonal else "the types 'diaglinear' and 'diagquadratic' take each column by itself",
            )  # fmt: skip
        return root

    def distances(self, rows: ndarray) -> ndarray:
        """Squared Mahalanobis distances, n × groups; Inf to groups without observations."""
        found = np.full((len(rows), len(self.means)), np.inf)
        for k in self.used.tolist():
            turned = np.linalg.solve(self.roots[k].T, (rows - self.means[k]).T)
            found[:, k] = (turned**2).sum(axis=0)
        return found

    def spread(self, k: int) -> float:
        """The logarithm of the determinant of a covariance."""
        return 2 * float(np.log(np.abs(np.diag(self.roots[k]))).sum())

    def densities(self, rows: ndarray, shares: ndarray) -> ndarray:
        """Logarithms of what each group makes of rows, up to a constant."""
        found = np.full((len(rows), len(self.means)), -np.inf)
        distances = self.distances(rows)
        with np.errstate(divide="ignore"):
            logs = np.log(shares)
        for k in self.used.tolist():
            found[:, k] = logs[k] - 0.5 * (distances[:, k] + self.spread(k))
        return found

    def boundaries(self, names: Any, shares: ndarray) -> Any:
        """Groups × groups structs: a row x is of the first of two where 0 < const + x*linear + x*quadratic*x'."""
        fields = ["type", "name1", "name2", "const", "linear", *(["quadratic"] if self.apart else [])]
        size = len(self.means)
        cell = np.empty((size, size), OBJECT, order="F")
        inverse = {k: np.linalg.inv(root.T @ root) for k, root in self.roots.items()}
        by_share = self.form != "mahalanobis"
        for one in range(size):
            for two in range(size):
                made: dict[str, Any] = dict.fromkeys(fields, EMPTY)
                if one != two and one in self.roots and two in self.roots:
                    linear = inverse[one] @ self.means[one] - inverse[two] @ self.means[two]
                    ends = [self.means[k] @ inverse[k] @ self.means[k] for k in (one, two)]
                    const = -0.5 * (ends[0] - ends[1])
                    if by_share:
                        const += np.log(shares[one] / shares[two]) - 0.5 * (self.spread(one) - self.spread(two))
                    made |= {"type": self.form, "const": float(const), "linear": norm(linear.reshape(-1, 1))}
                    made |= {"name1": take_rows(names, np.array([one])), "name2": take_rows(names, np.array([two]))}
                    if self.apart:
                        made["quadratic"] = norm(np.asfortranarray(-0.5 * (inverse[one] - inverse[two])))
                cell[one, two] = made
        return struct_of_own(fields, cell)
