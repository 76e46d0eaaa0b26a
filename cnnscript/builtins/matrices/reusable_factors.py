"""Factors of a matrix that are kept to solve many systems of equations: decomposition, isIllConditioned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.matrices.linear import float_matrix
from cnnscript.builtins.registry import builtin, overload
from cnnscript.display.containers import fields_body
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import as_array, is_numeric, ndarray, norm, numel_of
from cnnscript.values.objects import Object
from cnnscript.values.sparse import Sparse
from cnnscript.values.take import unfit_inputs
from cnnscript.values.warn import warn

KINDS = (
    "auto", "qr", "cod", "lu", "ldl", "chol", "triangular", "permutedTriangular", "banded", "hessenberg", "diagonal",
)  # fmt: skip
BY_RANK = ("qr", "cod")  # the kinds that also solve systems with more or fewer equations than unknowns
Solver = Callable[[ndarray], ndarray]


class Decomposition(Object):
    """The factors of a matrix: `dA \\ b`, `b / dA`.

    matrix   what is decomposed (of a half that was asked for: the whole matrix that it stands for)
    kind     one of KINDS but 'auto'
    scale    the number that the matrix is multiplied by; turned: it stands for its conjugate transpose
    solvers  for the matrix and its conjugate transpose, made when first needed
    """

    class_name = "decomposition"
    methods = frozenset({"isIllConditioned", "rank", "rcond"})

    def __init__(self, matrix: ndarray, kind: str, check: bool, tolerance: float | None, scale: complex = 1.0):
        self.matrix, self.kind, self.check, self.tolerance, self.scale = matrix, kind, check, tolerance, scale
        self.turned = self.sparse = False
        self.solvers: dict[bool, Solver] = {}
        self.measured: list[float] = []
        self.ranked: list[tuple[int, float]] = []
        self.solver(False)

    def copy(self, **changed: Any) -> Decomposition:
        new = object.__new__(Decomposition)
        new.__dict__.update(self.__dict__)  # the factors are shared: nothing changes them
        new.__dict__.update(changed)
        return new

    # ------------------------------------------------------------------------------------------------ properties
    def property_names(self) -> list[str]:
        return [
            "MatrixSize", "Type", "CheckCondition", "Datatype", "IsConjugateTransposed", "IsReal", "IsSparse",
            "ScaleFactor",
        ]  # fmt: skip

    def get(self, name: str) -> Any:
        shape = self.matrix.shape[::-1] if self.turned else self.matrix.shape
        found = {
            "MatrixSize": lambda: np.array([shape], float, order="F"),
            "Type": lambda: self.kind,
            "CheckCondition": lambda: self.check,
            "Datatype": lambda: "single" if self.matrix.dtype in (np.float32, np.complex64) else "double",
            "IsConjugateTransposed": lambda: self.turned,
            "IsReal": lambda: self.matrix.dtype.kind != "c" and np.imag(self.scale) == 0,
            "IsSparse": lambda: self.sparse,
            "ScaleFactor": lambda: norm(np.array([[self.scale]])),
        }
        if name not in found:
            raise self.no_property(name)
        return found[name]()

    def set(self, name: str, value: Any) -> Decomposition:
        if name == "CheckCondition":
            return self.copy(check=take.flag(value, "CheckCondition"))
        return Object.set(self, name, value)

    def disp(self, form: Any) -> str:
        body = fields_body([(word, self.get(word)) for word in ("MatrixSize", "Type")], form)
        return f"  decomposition with properties:\n{form.blank}{body}{form.blank}  Show all properties\n{form.blank}"

    # ------------------------------------------------------------------------------------------------- equations
    def solver(self, turned: bool) -> Solver:
        if turned not in self.solvers:
            matrix = self.matrix.conj().T if turned else self.matrix
            self.solvers[turned] = MAKERS[self.kind](matrix, self)
        return self.solvers[turned]

    def reciprocal(self) -> float:
        """The reciprocal condition number in the 1-norm."""
        if not self.measured:
            from cnnscript.builtins.matrices.norms import rcond as measure

            self.measured.append(float(measure(norm(self.matrix))))
        return self.measured[0]

    def rank(self) -> tuple[int, float]:
        """The rank, and the tolerance that it is found by."""
        if not self.ranked:
            self.ranked.append(pivoted(self.matrix, self)[3:])
        return self.ranked[0]

    def ill(self) -> bool:
        if self.kind in BY_RANK:
            return self.rank()[0] < min(self.matrix.shape)
        return bool(not self.reciprocal() >= np.finfo(self.matrix.dtype).eps)

    def solved(self, right: ndarray, turned: bool) -> ndarray:
        """The x with A x = right, or A' x = right."""
        scale = np.conj(self.scale) if turned else self.scale
        turned = turned != self.turned
        rows = self.matrix.shape[1 if turned else 0]
        if right.ndim > 2:
            raise ScriptError("MATLAB:inputsMustBe2D", "Arguments must be 2-D.")
        if right.shape[0] != rows:
            raise ScriptError(
                "MATLAB:dimagree", "Matrix dimensions must agree.",
                notes=(f"the decomposition is of a {self.matrix.shape[0]}x{self.matrix.shape[1]} matrix",),
            )  # fmt: skip
        if self.check and self.matrix.size and self.ill():
            self.complain()
        with np.errstate(all="ignore"):  # a singular matrix gives Inf and NaN
            found = self.solver(turned)(right)
        if scale != 1:
            found = found / scale
        if np.float32 in (self.matrix.real.dtype, right.real.dtype):
            found = found.astype(np.complex64 if found.dtype.kind == "c" else np.float32)
        return found

    def complain(self) -> None:
        if self.kind in BY_RANK:
            found, limit = self.rank()
            warn("MATLAB:rankDeficientMatrix", f"Rank deficient, rank = {found}, tol = {limit:13.6e}.")
        elif self.reciprocal() == 0:
            warn("MATLAB:singularMatrix", "Matrix is singular to working precision.")
        else:
            warn(
                "MATLAB:nearlySingularMatrix",
                "Matrix is close to singular or badly scaled. Results may be inaccurate. "
                f"RCOND = {self.reciprocal():13.6e}.",
            )

    def operator(self, name: str, args: tuple) -> Any:
        if name == "uminus":
            return self.copy(scale=-self.scale)
        if name == "ctranspose":
            return self.copy(turned=not self.turned, scale=np.conj(self.scale))
        if len(args) != 2 or isinstance(args[0], Decomposition) and isinstance(args[1], Decomposition):
            return NotImplemented
        other = args[1] if args[0] is self else args[0]
        if not is_numeric(other) or isinstance(other, Sparse):
            return NotImplemented
        array = as_array(other)
        if array.dtype.kind in "iub":
            return NotImplemented
        if name == "mldivide" and args[0] is self:
            return narrowed(np.asfortranarray(self.solved(array, False)))
        if name == "mrdivide" and args[1] is self:
            return narrowed(np.asfortranarray(self.solved(array.conj().T, True).conj().T))
        if numel_of(other) == 1 and (name == "mtimes" or name == "mrdivide" and args[0] is self):
            number = array.ravel()[0].item()
            if number == 0 and name == "mrdivide":
                number = np.inf
            return self.copy(scale=self.scale * number if name == "mtimes" else self.scale / number)
        return NotImplemented


# ----------------------------------------------------------------------------------------------------------- factors
def pivoted(matrix: ndarray, of: Decomposition) -> tuple[ndarray, ndarray, ndarray, int, float]:
    """Q, R and the order of columns of matrix(:, order) = Q R; the rank, and the tolerance that it is found by."""
    from scipy import linalg

    q, r, order = linalg.qr(matrix, mode="economic", pivoting=True)
    diagonal = np.abs(np.diagonal(r))
    limit = of.tolerance
    if limit is None:
        limit = max(matrix.shape) * np.finfo(r.dtype).eps * (diagonal[0] if diagonal.size else 0)
    return q, r, order, int((diagonal > limit).sum()), float(limit)


def by_qr(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    q, r, order, rank, _ = pivoted(matrix, of)

    def solve(right: ndarray) -> ndarray:
        found = np.zeros((matrix.shape[1], right.shape[1]), np.result_type(matrix, right))
        if rank:
            found[order[:rank]] = linalg.solve_triangular(r[:rank, :rank], (q.conj().T @ right)[:rank])
        return found

    return solve


def by_cod(matrix: ndarray, of: Decomposition) -> Solver:
    """The shortest of the solutions: R(1:rank, :)' = Z T, so that R = T' Z'."""
    from scipy import linalg

    q, r, order, rank, _ = pivoted(matrix, of)
    z, t = linalg.qr(r[:rank].conj().T, mode="economic")

    def solve(right: ndarray) -> ndarray:
        found = np.zeros((matrix.shape[1], right.shape[1]), np.result_type(matrix, right))
        if rank:
            inner = linalg.solve_triangular(t, (q.conj().T @ right)[:rank], trans="C")
            found[order] = z @ inner
        return found

    return solve


def by_lu(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    from cnnscript.values.matrices import _from_singular_factors

    factors, pivots, info = linalg.get_lapack_funcs("getrf", (matrix,))(matrix)
    if info > 0:
        return lambda right: _from_singular_factors(factors, pivots, right)
    return lambda right: linalg.lu_solve((factors, pivots), right)


def by_ldl(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    mixed, middle, order = linalg.ldl(matrix, hermitian=True)
    lower = mixed[order]
    solve_middle = by_lu(middle, of)

    def solve(right: ndarray) -> ndarray:
        inner = linalg.solve_triangular(lower, right[order], lower=True, unit_diagonal=True)
        found = np.empty(right.shape, np.result_type(matrix, right))
        found[order] = linalg.solve_triangular(lower, solve_middle(inner), lower=True, unit_diagonal=True, trans="C")
        return found

    return solve


def by_chol(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    try:
        factor = linalg.cho_factor(matrix)
    except linalg.LinAlgError:
        raise ScriptError(
            "MATLAB:decomposition:notPosDef", "Matrix must be positive definite.", hint="'ldl' takes any symmetric one"
        ) from None
    return lambda right: linalg.cho_solve(factor, right)


def by_triangle(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    from cnnscript.values.matrices import _substitute

    upper = not np.tril(matrix, -1).any()
    if not np.diagonal(matrix).all():
        return lambda right: _substitute(matrix, right, not upper)
    return lambda right: linalg.solve_triangular(matrix, right, lower=not upper)


def order_to_triangle(matrix: ndarray) -> ndarray | None:
    """The order of rows that makes a matrix triangular, or None."""
    filled = matrix != 0
    if not filled.any(axis=1).all():
        return None
    size = len(matrix)
    for places in (filled.argmax(axis=1), size - 1 - filled[:, ::-1].argmax(axis=1)):
        if np.unique(places).size == size:
            return np.argsort(places)
    return None


def by_permuted_triangle(matrix: ndarray, of: Decomposition) -> Solver:
    rows = order_to_triangle(matrix)
    if rows is not None:
        solve = by_triangle(matrix[rows], of)
        return lambda right: solve(right[rows])
    columns = order_to_triangle(matrix.T)  # the conjugate transpose of one whose rows can be ordered
    inner = by_triangle(matrix[:, columns], of)

    def solve_columns(right: ndarray) -> ndarray:
        found = inner(right)
        back = np.empty_like(found)
        back[columns] = found
        return back

    return solve_columns


def by_bands(matrix: ndarray, of: Decomposition) -> Solver:
    from scipy import linalg

    size = len(matrix)
    rows, columns = np.nonzero(matrix)
    below, above = int((rows - columns).max(initial=0)), int((columns - rows).max(initial=0))
    bands = np.zeros((2 * below + above + 1, size), matrix.dtype)
    bands[below + above + rows - columns, columns] = matrix[rows, columns]
    factors, pivots, info = linalg.get_lapack_funcs("gbtrf", (matrix,))(bands, below, above)
    if info > 0:
        return by_lu(matrix, of)

    def solve(right: ndarray) -> ndarray:
        dtype = np.result_type(matrix, right)
        run = linalg.get_lapack_funcs("gbtrs", dtype=dtype)
        return run(factors.astype(dtype), below, above, right.astype(dtype), pivots)[0]

    return solve


def by_diagonal(matrix: ndarray, of: Decomposition) -> Solver:
    diagonal = np.diagonal(matrix)[:, None]
    return lambda right: right / diagonal


MAKERS = {
    "qr": by_qr, "cod": by_cod, "lu": by_lu, "ldl": by_ldl, "chol": by_chol, "triangular": by_triangle,
    "permutedTriangular": by_permuted_triangle, "banded": by_bands, "hessenberg": by_lu, "diagonal": by_diagonal,
}  # fmt: skip


def is_triangular(matrix: ndarray) -> bool:
    return not (np.tril(matrix, -1).any() and np.triu(matrix, 1).any())


def is_diagonal(matrix: ndarray) -> bool:
    return not (np.tril(matrix, -1).any() or np.triu(matrix, 1).any())


def is_hermitian(matrix: ndarray) -> bool:
    return np.array_equal(matrix, matrix.conj().T)


FITS = {  # which matrices a kind is for, in words
    "ldl": (is_hermitian, "symmetric or Hermitian"),
    "chol": (is_hermitian, "symmetric or Hermitian"),
    "triangular": (is_triangular, "triangular"),
    "permutedTriangular": (lambda matrix: order_to_triangle(matrix) is not None, "a permuted triangular matrix"),
    "hessenberg": (lambda matrix: not np.tril(matrix, -2).any(), "upper Hessenberg"),
    "diagonal": (is_diagonal, "diagonal"),
}


def kind_for(matrix: ndarray, density: float | None) -> str:
    """The kind that is taken where none is asked for; sparse matrices may be banded, with bands filled so densely."""
    if matrix.shape[0] != matrix.shape[1]:
        return "qr"
    for kind in ("diagonal", "triangular", "permutedTriangular"):
        if FITS[kind][0](matrix):
            return kind
    if density is not None and band_density(matrix) > density:
        return "banded"
    if is_hermitian(matrix):
        positive = bool((np.diagonal(matrix).real > 0).all())
        return "chol" if positive and is_positive_definite(matrix) else "ldl"
    return "hessenberg" if density is None and FITS["hessenberg"][0](matrix) else "lu"


def band_density(matrix: ndarray) -> float:
    """The share of the elements between the outermost diagonals with any that are not zero."""
    rows, columns = np.nonzero(matrix)
    away = columns - rows
    size = len(matrix)
    within = sum(size - abs(k) for k in range(int(away.min(initial=0)), int(away.max(initial=0)) + 1))
    return rows.size / within


def is_positive_definite(matrix: ndarray) -> bool:
    from scipy import linalg

    return linalg.get_lapack_funcs("potrf", (matrix,))(matrix)[1] == 0


# ---------------------------------------------------------------------------------------------------------- built-ins
@builtin
def decomposition(
    A, type="auto", triangularFlag=None, /, *, CheckCondition=True, RankTolerance=None, BandDensity=0.5,
    LDLPivotTolerance=None, LUPivotTolerance=None,
):  # fmt: skip
    """
    dA = decomposition(A)
    dA = decomposition(A, type)
    dA = decomposition(A, type, triangularFlag)
    dA = decomposition(..., Name=Value)

    The factors of a matrix, kept to solve many systems: dA\\b is A\\b and b/dA is b/A, but A is decomposed only once.
    dA', -dA, c*dA and dA/c are decompositions too.

    Types are 'auto', 'qr', 'cod' (shortest solution), 'lu', 'ldl', 'chol', 'triangular', 'permutedTriangular',
    'banded', 'hessenberg' and 'diagonal'.  With 'upper' or 'lower', 'ldl', 'chol' and 'triangular' use only that half
    of A.

    Options
      CheckCondition     whether solving warns of an ill-conditioned matrix (true)
      RankTolerance      what diagonal elements of 'qr' and 'cod' are above for their rank
      BandDensity        share of a sparse matrix's band that is filled, from which on it counts as banded (0.5)
      LDLPivotTolerance  refused: of sparse matrices, whose factors are those of full ones here
      LUPivotTolerance   refused: of sparse matrices, whose factors are those of full ones here

    Examples
      >> dA = decomposition([4 1; 2 3], 'lu')
      dA =
        decomposition with properties:
          MatrixSize: [2 2]
                Type: 'lu'
        Show all properties
      >> x = dA \\ [5; 5]
      x =
           1
           1
      >> y = [6 4] / dA
      y =
           1     1
      >> tf = isIllConditioned(decomposition([1 2; 2 4], 'qr'))
      tf =
        logical
         1

    See also mldivide, lu, qr, chol, rcond.
    """
    sparse = isinstance(A, Sparse)
    if not sparse and not is_numeric(A):
        raise take.wanted("a matrix of floats", "A", A)
    matrix = float_matrix(A.full() if sparse else A, "decomposition")
    for name, value in (("LDLPivotTolerance", LDLPivotTolerance), ("LUPivotTolerance", LUPivotTolerance)):
        if value is not None:
            raise ScriptError("cnnscript:NotYet", f"'{name}' is not in cnnscript's decomposition yet.")
    density = take.number(BandDensity, "BandDensity")
    if not 0 <= density <= 1:
        raise take.wanted("between 0 and 1", "BandDensity", BandDensity)
    kind = take.choice(type, KINDS, "Type")
    if not np.isfinite(matrix).all():
        raise ScriptError("MATLAB:decomposition:nonfinite", "Matrix must not contain Inf or NaN.")
    if triangularFlag is not None:
        upper = take.choice(triangularFlag, ("upper", "lower"), "Triangular flag") == "upper"
        if kind not in ("ldl", "chol", "triangular"):
            raise ScriptError(
                "MATLAB:decomposition:InvalidTriangularFlag",
                "'upper' and 'lower' are for the types 'ldl', 'chol' and 'triangular'.",
            )
        half = np.triu(matrix) if upper else np.tril(matrix)
        other = (np.triu(matrix, 1) if upper else np.tril(matrix, -1)).conj().T
        matrix = half if kind == "triangular" or matrix.shape[0] != matrix.shape[1] else half + other
    if kind == "auto":
        kind = kind_for(matrix, density if sparse else None)
    if kind not in BY_RANK and matrix.shape[0] != matrix.shape[1]:
        raise ScriptError("MATLAB:square", "Matrix must be square.", hint="'qr' and 'cod' take any matrix")
    fits, words = FITS.get(kind, (None, ""))
    if fits is not None and not fits(matrix):
        raise ScriptError(
            f"MATLAB:decomposition:not{kind[0].upper()}{kind[1:]}", f"Matrix must be {words} for the type '{kind}'."
        )
    limit = None if RankTolerance is None else take.number(RankTolerance, "RankTolerance")
    if limit is not None and limit < 0:
        raise take.wanted("nonnegative", "RankTolerance", RankTolerance)
    found = Decomposition(matrix, kind, take.flag(CheckCondition, "CheckCondition"), limit)
    found.sparse = sparse
    return found


@builtin
def isIllConditioned(dA, /):
    """
    tf = isIllConditioned(dA)

    Whether the matrix of a decomposition is nearly singular: rcond(dA) < eps; of 'qr' and 'cod', without full rank.

    Examples
      >> tf = isIllConditioned(decomposition([4 1; 2 3]))
      tf =
        logical
         0

    See also decomposition, rcond, rank.
    """
    if not isinstance(dA, Decomposition):
        raise unfit_inputs("isIllConditioned", f"got {take.described(dA)}", hint="isIllConditioned(decomposition(A))")
    return dA.ill()


@overload("decomposition")
def rcond(dA, /):
    """
    c = rcond(dA)

    The reciprocal condition number of the matrix of a decomposition other than 'qr' and 'cod'.

    Examples
      >> c = rcond(decomposition([2 0; 0 1]))
      c =
          0.5000

    See also decomposition, isIllConditioned.
    """
    if dA.kind in BY_RANK:
        raise ScriptError(
            "MATLAB:decomposition:RcondNotSupported", f"rcond is not for a decomposition of type '{dA.kind}'.",
            hint="rank(dA)",
        )  # fmt: skip
    return dA.reciprocal()


@overload("decomposition")
def rank(dA, /):
    """
    r = rank(dA)

    The rank of the matrix of a decomposition of type 'qr' or 'cod'.

    Examples
      >> r = rank(decomposition([1 2; 2 4], 'cod'))
      r =
           1

    See also decomposition, isIllConditioned.
    """
    if dA.kind not in BY_RANK:
        raise ScriptError(
            "MATLAB:decomposition:RankNotSupported", f"rank is not for a decomposition of type '{dA.kind}'.",
            hint="rcond(dA)",
        )  # fmt: skip
    return float(dA.rank()[0])
