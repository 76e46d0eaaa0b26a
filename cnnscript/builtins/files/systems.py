"""Linear systems with what is known of their matrix: linsolve."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.matrices.linear import float_matrix, rank
from cnnscript.builtins.matrices.norms import rcond
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import operators, take
from cnnscript.values.numeric import ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.warn import quietly

FIELDS = ("LT", "UT", "UHESS", "SYM", "POSDEF", "RECT", "TRANSA")
# what may be said together of one matrix (and, with each, TRANSA)
TOGETHER = ({"LT"}, {"UT"}, {"UHESS"}, {"SYM"}, {"SYM", "POSDEF"}, {"RECT"}, {"LT", "RECT"}, {"UT", "RECT"}, set())


@builtin(outputs=2)
def linsolve(nargout, a, b, opts=None, /):
    """
    X = linsolve(A, B)
    X = linsolve(A, B, opts)
    [X, r] = linsolve(...)

    Solution X of A*X = B, and the reciprocal of the condition number of A (its rank, where A is not square).

    opts is a structure that says what A is, which is believed, not looked at: fields LT and UT (lower, upper
    triangular), UHESS (upper Hessenberg), SYM (symmetric or Hermitian), POSDEF (positive definite), RECT (rectangular),
    and TRANSA (solve A'*X = B), each true or false.

    Examples
      >> linsolve([2 0; 0 4], [2; 8])
      ans =
           1
           2
      >> opts.LT = true;
      >> linsolve([2 9; 1 4], [2; 9], opts)
      ans =
           1
           2
      >> [X, r] = linsolve([2 0; 0 4], [2; 8]);

    See also mldivide, inv.
    """
    matrix = known_part(float_matrix(a, "linsolve"), known_facts(opts))
    if nargout < 2:
        return operators.mldivide(norm(matrix), b)
    with quietly():  # whoever asks for the second output looks at it
        solution = operators.mldivide(norm(matrix), b)
    square = matrix.shape[0] == matrix.shape[1]
    return solution, rcond(norm(matrix)) if square else rank(norm(matrix))


def known_facts(opts) -> set[str]:
    """The fields of the structure that are true."""
    if opts is None:
        return set()
    if not isinstance(opts, Struct):
        raise ScriptError(
            "MATLAB:linsolve:OptsNotStruct", "Third argument must be a struct.", notes=(f"got {take.described(opts)}",)
        )
    for name in opts.fields:
        if name not in FIELDS:
            raise ScriptError(
                "MATLAB:linsolve:InvalidOptsField", f"Unknown field '{name}' in options structure.",
                hint="fields are " + ", ".join(FIELDS),
            )
    facts = {name for name, value in opts.fields.items() if take.flag(value, name)}
    if facts - {"TRANSA"} not in TOGETHER:
        raise ScriptError(
            "MATLAB:linsolve:InvalidOptsCombination", "Invalid combination of fields in options structure.",
            notes=("true are " + ", ".join(sorted(facts)),),
        )
    return facts


def known_part(matrix: ndarray, facts: set[str]) -> ndarray:
    """The matrix that is meant: of one that is said to have zeros, what stands there does not count."""
    if "LT" in facts:
        matrix = np.tril(matrix)
    elif "UT" in facts:
        matrix = np.triu(matrix)
    elif "UHESS" in facts:
        matrix = np.triu(matrix, -1)
    elif "SYM" in facts:
        matrix = np.tril(matrix) + np.tril(matrix, -1).conj().T
    return matrix.conj().T if "TRANSA" in facts else matrix
