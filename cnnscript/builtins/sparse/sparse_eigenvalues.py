"""A few eigenvalues and singular values of large matrices: eigs, svds."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.language.functions import function_of
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.sparse.sparse_factors import as_matrix, require_square
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import as_array, ndarray, norm, numel_of, size_of
from cnnscript.values.sparse import full_value
from cnnscript.values.structs import Struct
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn

SMALL = 300  # matrices up to this size are treated as full ones: exact, and quicker
WHICH = {
    "largestabs": "largestabs", "smallestabs": "smallestabs", "largestreal": "largestreal",
    "smallestreal": "smallestreal", "bothendsreal": "bothendsreal", "largestimag": "largestimag",
    "smallestimag": "smallestimag", "bothendsimag": "bothendsimag",
    "lm": "largestabs", "sm": "smallestabs", "la": "largestreal", "sa": "smallestreal", "be": "bothendsreal",
    "lr": "largestreal", "sr": "smallestreal", "li": "largestimag", "si": "smallestimag",
}  # fmt: skip
ARPACK = {
    "largestabs": "LM", "largestreal": "LR", "smallestreal": "SR", "largestimag": "LI", "smallestimag": "SI",
}  # fmt: skip
KNOWN = (
    "Tolerance", "MaxIterations", "SubspaceDimension", "StartVector", "FailureTreatment", "Display",
    "IsFunctionSymmetric", "IsCholesky", "CholeskyPermutation", "IsSymmetricDefinite",
)  # fmt: skip


def settings(rest: list) -> tuple[list, dict[str, Any]]:
    """What comes before the options, and the options: a struct, or names and values."""
    for at, item in enumerate(rest):
        if type(item) is Struct:
            fields = {"tol": "Tolerance", "maxit": "MaxIterations", "p": "SubspaceDimension", "v0": "StartVector"}
            found = {fields.get(name.lower(), name): value for name, value in item.fields.items()}
            return rest[:at], found
        word = text_or_none(item)
        if word is not None and word.lower() not in WHICH and word.lower() not in ("largest", "smallest", "smallestnz"):
            names = {name.lower(): name for name in KNOWN}
            options = {}
            for place in range(at, len(rest) - 1, 2):
                name = names.get((text_or_none(rest[place]) or "").lower())
                if name is None:
                    raise ScriptError(
                        "MATLAB:eigs:UnknownOption",
                        "Fourth argument must be a structure of options or name-value pairs of "
                        + ", ".join(KNOWN) + ".",
                    )  # fmt: skip
                options[name] = rest[place + 1]
            if (len(rest) - at) % 2:
                raise ScriptError("MATLAB:eigs:InvalidSigma", f"Unrecognized sigma value '{word}'.")
            return rest[:at], options
    return rest, {}


@builtin(outputs=3)
def eigs(session, nargout, x, /, *rest):
    """
    d = eigs(A)
    d = eigs(A, k)
    d = eigs(A, k, sigma)
    d = eigs(A, k, sigma, Name, Value)
    d = eigs(A, B, ...)
    d = eigs(Afun, n, ...)
    [V, D] = eigs(...)
    [V, D, flag] = eigs(...)

    A few eigenvalues (6) of a matrix or of a function that applies it, and eigenvectors.

    sigma is 'largestabs', 'smallestabs', 'largestreal', 'smallestreal', 'bothendsreal' or a number near which they
    are sought.

    Names (or fields of a struct): Tolerance (tol), MaxIterations (maxit), SubspaceDimension (p), StartVector (v0),
    FailureTreatment ('replacenan' or 'drop'), IsFunctionSymmetric (issym), IsCholesky (cholB), CholeskyPermutation
    (permB); IsSymmetricDefinite is checked and not needed, Display (disp) is answered with a warning.

    Examples
      >> eigs(sparse(diag([1 5 3 2])), 2)
      ans =
           5
           3
      >> eigs(sparse(diag([1 5 3 2])), 1, 'smallestabs')
      ans =
           1

    See also eig, svds.
    """
    items, options = settings(list(rest))
    if type(x) is Function or text_or_none(x) is not None:
        if not items:
            raise ScriptError("MATLAB:eigs:NeedN", "Size of problem, N, must be specified.")
        size = take.positive(full_value(items.pop(0)), "N")
        sigma_word = (text_or_none(items[1]) or "" if len(items) > 1 else "").lower()
        matrix = matrix_of(function_of(session, x, "eigs"), size)
        if WHICH.get(sigma_word) == "smallestabs" or len(items) > 1 and not sigma_word:
            matrix = np.linalg.inv(matrix)  # the function solves with A (or A - sigma*I)
            if not sigma_word:
                matrix = matrix + scalar_sigma(full_value(items[1])) * np.eye(size)
        symmetric_said = options.get("IsFunctionSymmetric", options.get("issym"))
        if symmetric_said is not None and take.flag(full_value(symmetric_said)):
            matrix = (matrix + matrix.conj().T) / 2
    else:
        require_square(x)
        matrix = as_matrix(x)
        size = matrix.shape[0]
    second = None
    if items and size_of(items[0]) == (size, size) and size > 1:
        second = as_matrix(items.pop(0))
        flag = options.get("IsCholesky", options.get("cholB"))
        if flag is not None and take.flag(full_value(flag)):
            second = second.conj().T @ second
            order = options.get("CholeskyPermutation", options.get("permB"))
            if order is not None and numel_of(order):  # B(order, order) is R'*R
                back = np.argsort(take.vector(full_value(order), "CholeskyPermutation"))
                second = second[back][:, back]
    elif items and numel_of(items[0]) == 0 and len(items) > 1:
        items.pop(0)
    count = min(6, size) if not items else take.count(full_value(items[0]), "k")
    count = min(count, size)
    sigma: Any = "largestabs"
    if len(items) > 1:
        word = text_or_none(items[1])
        sigma = WHICH.get(word.lower()) if word is not None else scalar_sigma(full_value(items[1]))
        if sigma is None:
            raise ScriptError("MATLAB:eigs:InvalidSigma", f"Unrecognized sigma value '{word}'.")
    shown = options.get("Display", options.get("disp"))
    if shown is not None and take.number(full_value(shown), "Display"):
        warn("cnnscript:eigs", "The steps of eigs are not shown here.")
    if options.get("IsSymmetricDefinite") is not None:
        take.flag(full_value(options["IsSymmetricDefinite"]), "IsSymmetricDefinite")
    treatment = options.get("FailureTreatment")
    treatment = "replacenan" if treatment is None else (
        take.choice(treatment, ("replacenan", "keep", "drop"), "FailureTreatment")
    )
    values, vectors, missing = eigenpairs(matrix, second, count, sigma, options)
    if missing and treatment == "keep":
        raise ScriptError("cnnscript:NotYet", "'FailureTreatment' 'keep' is not in cnnscript's eigs yet.")
    if missing and treatment == "drop":
        values, vectors = values[: count - missing], vectors[:, : count - missing]
    if missing:
        warn(
            "MATLAB:eigs:NotAllEigsConverged",
            f"Only {count - missing} of the {count} requested eigenvalues converged. Eigenvalues that did not converge "
            "are NaN.",
        )
    column = operators.uplus(norm(np.asfortranarray(real_if_real(values).reshape(-1, 1))))
    if nargout < 2:
        return column
    diagonal = norm(np.asfortranarray(np.diag(real_if_real(values))))
    return norm(np.asfortranarray(real_if_real(vectors))), diagonal, float(missing > 0)


def scalar_sigma(value: Any) -> Any:
    """The number near which eigenvalues are wanted."""
    found = take.array(value, "sigma")
    if found.size != 1:
        raise ScriptError("MATLAB:eigs:InvalidSigma", "Sigma must be a word or a number.")
    return found.item()


def real_if_real(array: ndarray) -> ndarray:
    return array.real.copy() if array.dtype.kind == "c" and not array.imag.any() else array


def matrix_of(function: Function, size: int) -> ndarray:
    """The matrix that a function of a column applies."""
    columns = []
    for place in range(size):
        unit = np.zeros((size, 1))
        unit[place] = 1
        columns.append(as_array(full_value(function.call(1, norm(unit)))).reshape(-1))
    return np.array(columns).T


def is_hermitian(matrix: Any) -> bool:
    difference = matrix - matrix.conj().T
    return not (difference.count_nonzero() if hasattr(difference, "count_nonzero") else np.count_nonzero(difference))


def eigenpairs(matrix: Any, second: Any, count: int, sigma: Any, options: dict) -> tuple[ndarray, ndarray, int]:
    """The wanted eigenvalues in MATLAB's order, their vectors, and how many did not converge."""
    size = matrix.shape[0]
    hermitian = is_hermitian(matrix) and (second is None or is_hermitian(second))
    if size <= SMALL or count >= size - 1 or sigma in ("bothendsimag", "bothendsreal") and not hermitian:
        values, vectors = all_pairs(dense(matrix), None if second is None else dense(second), hermitian)
        missing = 0
    else:
        values, vectors, missing = some_pairs(matrix, second, count, sigma, hermitian, options)
    order = ordered(values, sigma)[: max(count - missing, 0)]
    values, vectors = values[order], vectors[:, order]
    if missing:
        values = np.concatenate([values, np.full(missing, np.nan)])
        vectors = np.hstack([vectors, np.full((size, missing), np.nan)])
    return values, vectors, missing


def dense(matrix: Any) -> ndarray:
    return matrix.toarray() if hasattr(matrix, "toarray") else matrix


def all_pairs(matrix: ndarray, second: ndarray | None, hermitian: bool) -> tuple[ndarray, ndarray]:
    import scipy.linalg

    if not all(np.isfinite(part).all() for part in (matrix, second) if part is not None):
        raise ScriptError("MATLAB:eigs:matrixWithNaNInf", "Input matrix contains NaN or Inf.")
    try:
        if hermitian:
            return scipy.linalg.eigh(matrix, second)
    except scipy.linalg.LinAlgError:
        return scipy.linalg.eig(matrix, second)  # the second matrix is not positive definite
    return scipy.linalg.eig(matrix, second)


def some_pairs(matrix: Any, second: Any, count: int, sigma: Any, hermitian: bool, options: dict) -> tuple:
    """ARPACK's answer: values, vectors, how many are missing."""
    from scipy.sparse import csc_array
    from scipy.sparse import linalg as sparse_linalg

    which, shift = "LM", None
    if sigma == "smallestabs":
        shift = 0.0
    elif not isinstance(sigma, str):
        shift = sigma
    elif sigma == "bothendsreal":
        which = "BE"
    else:
        which = ARPACK[sigma]
        if hermitian:
            which = {"LR": "LA", "SR": "SA", "LI": "LM", "SI": "SM"}.get(which, which)
    settings_given = {
        "tol": take.number(full_value(options["Tolerance"]), "Tolerance") if "Tolerance" in options else 1e-14,
        "maxiter": take.positive(full_value(options["MaxIterations"]), "MaxIterations")
        if "MaxIterations" in options else max(300, 10 * matrix.shape[0]),
        "v0": as_array(full_value(options["StartVector"])).ravel() if "StartVector" in options
        else np.cos(np.arange(1.0, matrix.shape[0] + 1)),
    }  # fmt: skip
    if "SubspaceDimension" in options:
        settings_given["ncv"] = take.positive(full_value(options["SubspaceDimension"]), "SubspaceDimension")
    search = sparse_linalg.eigsh if hermitian else sparse_linalg.eigs
    if not hasattr(matrix, "toarray"):
        matrix = csc_array(matrix)
    if second is not None and not hasattr(second, "toarray"):
        second = csc_array(second)
    try:
        values, vectors = search(matrix, count, second, shift, which, **settings_given)
    except sparse_linalg.ArpackNoConvergence as fault:
        return fault.eigenvalues, fault.eigenvectors, count - fault.eigenvalues.size
    except RuntimeError:  # A - shift*B is singular
        shift = shift + 1e-10 if shift is not None else None
        values, vectors = search(matrix, count, second, shift, which, **settings_given)
    return values, vectors, 0


def ordered(values: ndarray, sigma: Any) -> ndarray:
    """The order in which eigenvalues are given."""
    if sigma == "largestabs":
        return np.argsort(-np.abs(values), kind="stable")
    if sigma == "smallestabs":
        return np.argsort(np.abs(values), kind="stable")
    if sigma == "largestreal":
        return np.argsort(-values.real, kind="stable")
    if sigma == "smallestreal":
        return np.argsort(values.real, kind="stable")
    if sigma == "largestimag":
        return np.argsort(-np.abs(values.imag), kind="stable")
    if sigma == "smallestimag":
        return np.argsort(np.abs(values.imag), kind="stable")
    if sigma in ("bothendsreal", "bothendsimag"):
        part = values.real if sigma == "bothendsreal" else values.imag
        up = np.argsort(part, kind="stable")
        mixed = [at for pair in zip(up[::-1], up, strict=True) for at in pair]
        return np.array(list(dict.fromkeys(mixed)), np.int64)
    return np.argsort(np.abs(values - sigma), kind="stable")


@builtin(outputs=4)
def svds(nargout, x, count=6.0, sigma="largest", /, *rest):
    """
    s = svds(A)
    s = svds(A, k)
    s = svds(A, k, sigma)
    s = svds(A, k, sigma, Name, Value)
    [U, S, V] = svds(...)
    [U, S, V, flag] = svds(...)

    A few singular values (6), the 'largest', the 'smallest', the 'smallestnz' or those closest to a number.

    Examples
      >> svds(sparse(diag([1 5 3])), 2)
      ans =
           5
           3

    See also svd, eigs.
    """
    matrix = as_matrix(x)
    small = min(matrix.shape)
    number = min(take.count(full_value(count), "k"), small)
    word = text_or_none(sigma)
    if word is not None:
        word = take.choice({"l": "largest"}.get(word.lower(), word), ("largest", "smallest", "smallestnz"), "Sigma")
    options = settings(list(rest))[1]
    if small <= SMALL or word != "largest" or number >= small - 1:
        left, values, right = np.linalg.svd(dense(matrix), full_matrices=False)
    else:
        from scipy.sparse.linalg import svds as some

        wishes: dict[str, Any] = {"v0": np.cos(np.arange(1.0, small + 1))}
        if "Tolerance" in options:
            wishes["tol"] = take.number(full_value(options["Tolerance"]), "Tolerance")
        if "MaxIterations" in options:
            wishes["maxiter"] = take.positive(full_value(options["MaxIterations"]), "MaxIterations")
        if "SubspaceDimension" in options:
            wishes["ncv"] = take.positive(full_value(options["SubspaceDimension"]), "SubspaceDimension")
        left, values, right = some(matrix, number, **wishes)
    if word in ("largest", "smallest"):
        order = np.argsort(-values if word == "largest" else values, kind="stable")[:number]
        order = order[np.argsort(-values[order], kind="stable")]
    elif word == "smallestnz":
        present = np.flatnonzero(values > max(matrix.shape) * np.finfo(float).eps * values.max(initial=0))
        order = present[np.argsort(values[present], kind="stable")][:number][::-1]
    else:
        order = np.argsort(np.abs(values - take.number(full_value(sigma), "sigma")), kind="stable")[:number]
        order = order[np.argsort(-values[order], kind="stable")]
    values = values[order]
    if nargout < 2:
        return norm(values.reshape(-1, 1))
    turned = np.asfortranarray(right.conj().T[:, order])
    parts = (norm(np.asfortranarray(left[:, order])), norm(np.asfortranarray(np.diag(values))), norm(turned))
    return (*parts, 0.0)[:nargout]
