"""Which built-ins are handed dlarrays as they are; those with an `overload("dlarray")` say what they do; all others
refuse them, as MATLAB does."""

from __future__ import annotations

from cnnscript.builtins.sparse.sparse_rules import TAKES_SPARSE
from cnnscript.errors import ScriptError

# what looks at class and size only, hands its arguments on, or holds them, takes sparse matrices and dlarrays alike
TAKES_WORDS = """
    gpuArray isdlarray underlyingType arrayfun isequal isequaln isvarname fieldnames tic toc memoize isobject table
    array2table cell2table struct2table table2cell arrayDatastore trainnet testnet
"""
NOT_FOR_DLARRAYS = frozenset(("full", "mustBeNonsparse", "mustBeSparse", "decomposition", "bsxfun"))
TAKES = (TAKES_SPARSE | frozenset(TAKES_WORDS.split())) - NOT_FOR_DLARRAYS
# what draws, prints or decodes takes their numbers: nothing is differentiated any more
AS_NUMBERS_WORDS = """
    addpoints animatedline bar contour contourf fprintf heatmap histogram imagesc imshow line loglog mesh num2str
    onehotdecode plot plot3 scatter semilogx semilogy sprintf stairs stem surf
"""
AS_NUMBERS = frozenset(AS_NUMBERS_WORDS.split())
FOLDERS = ("differentiation", "explanations", "networks")  # their functions say themselves what they make of a dlarray


def takes_dlarrays(name: str, module: str) -> bool:
    return name in TAKES or module.split(".")[-2:-1] in ([folder] for folder in FOLDERS)


def unsupported(name: str) -> ScriptError:
    """The error of a function that is not there for dlarrays."""
    return ScriptError(
        "MATLAB:UndefinedFunction",
        f"Undefined function '{name}' for input arguments of type 'dlarray'.",
        hint="extractdata(x) is its numbers, which dlgradient does not follow",
    )
