"""gallery: famous test matrices."""

from __future__ import annotations

import inspect

import numpy as np

from cnnscript.builtins.elementary.elements import narrowed
from cnnscript.builtins.matrices import gallery_families, gallery_random
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import COMPLEX_SINGLE, SINGLE, ndarray, norm
from cnnscript.values.text import is_text, text_or_none

THREE = np.array([[-149.0, -50, -154], [537, 180, 546], [-27, -9, -25]])
FIVE = np.array([
    [-9.0, 11, -21, 63, -252], [70, -69, 141, -421, 1684], [-575, 575, -1149, 3451, -13801],
    [3891, -3891, 7782, -23345, 93365], [1024, -1024, 2048, -6144, 24572],
])  # fmt: skip
NOT_YET = ("randjorth",)
DATA = ("integerdata", "normaldata", "uniformdata")
FAMILIES = (*gallery_families.PLAIN, *gallery_families.SPARSE, *gallery_random.RANDOM, *DATA, "wathen", *NOT_YET)


@builtin(outputs=3)
def gallery(session, nargout, name, /, *args):
    """
    A = gallery(3)
    A = gallery(matrixname, P1, P2, ...)
    A = gallery(matrixname, P1, P2, ..., classname)
    [A, B, C] = gallery(matrixname, P1, P2, ...)

    A famous test matrix of some family; 3 and 5 are two badly conditioned ones.

    Families: binomial, cauchy, chebspec, chebvand, chow, circul, clement, compar, condex, cycol, dorr, dramadah,
    fiedler, forsythe, frank, gcdmat, gearmat, grcar, hanowa, house, invhess, invol, ipjfact, jordbloc, kahan, kms,
    krylov, lauchli, lehmer, leslie, lesp, lotkin, minij, moler, neumann, orthog, parter, pei, poisson, prolate, qmult,
    randcolu, randcorr, randhess, rando, randsvd, redheff, riemann, ris, smoke, toeppd, toeppen, tridiag, triw, wathen,
    wilk.  uniformdata, normaldata and integerdata give fixed data for a key j, other data than MATLAB's.

    Examples
      >> A = gallery('minij', 4)
      A =
           1     1     1     1
           1     2     2     2
           1     2     3     3
           1     2     3     4
      >> A = gallery('circul', [1 2 3], 'single')
      A =
        3×3 single matrix
           1     2     3
           3     1     2
           2     3     1
      >> A = gallery(3)
      A =
        -149   -50  -154
         537   180   546
         -27    -9   -25
      >> [v, beta, s] = gallery('house', [3; 4])
      v =
           8
           4
      beta =
          0.0250
      s =
          -5

    See also magic, hilb, toeplitz, rosser, wilkinson.
    """
    if not is_text(name):
        number = take.number(name, "The matrix")
        if number not in (3.0, 5.0):
            raise ScriptError(
                "MATLAB:gallery:invalidInput", "The first argument must be a matrix name, 3 or 5.",
                notes=(f"got {number:g}",),
            )  # fmt: skip
        return (norm(np.asfortranarray(THREE if number == 3 else FIVE)),)
    word = take.choice(name, FAMILIES, "The family")
    if word in NOT_YET:
        raise ScriptError("cnnscript:NotYet", f"The family '{word}' of gallery is not in cnnscript yet.")
    single = False
    if args and is_text(args[-1]):
        kind = take.choice(args[-1], ("double", "single"), "Class")
        single, args = kind == "single", args[:-1]
    if any(is_text(arg) and text_or_none(arg) for arg in args):
        raise ScriptError("MATLAB:gallery:invalidInput", f"The arguments of '{word}' must be numbers.")
    found = made(session, word, args, nargout)
    parts = found if isinstance(found, tuple) else (found,)
    return tuple(finished(part, single) for part in parts)


def made(session, word: str, args: tuple, nargout: int):
    random = word in gallery_random.RANDOM or word == "wathen"
    function = getattr(gallery_random if random or word in DATA else gallery_families, word)
    try:
        inspect.signature(function).bind(*((None, *args) if random else args))
    except TypeError:
        missing = len(args) < 2
        raise ScriptError(
            "MATLAB:minrhs" if missing else "MATLAB:maxrhs",
            "Not enough input arguments." if missing else "Too many input arguments.",
            notes=(f"gallery('{word}', ...) got {len(args)}",),
        ) from None
    found = function(session.random, *args) if random else function(*args)
    if word in gallery_families.SPARSE or word == "wathen":
        if word == "dorr":
            if nargout > 1:
                return found
            c, d, e = (part.ravel() for part in found)
            found = np.diag(c, -1) + np.diag(d) + np.diag(e, 1)
        if isinstance(found, tuple):
            return (stored(session, found[0]), *found[1:])
        return stored(session, found)
    return found


def stored(session, matrix: ndarray):
    """A matrix that MATLAB keeps sparse."""
    return session.call("sparse", 1, norm(np.asfortranarray(matrix)))


def finished(part, single: bool):
    if not isinstance(part, (ndarray, float, complex, np.number)):
        return part
    array = np.atleast_2d(np.asarray(part))
    if single:
        array = array.astype(COMPLEX_SINGLE if array.dtype.kind == "c" else SINGLE)
    return narrowed(np.asfortranarray(array))
