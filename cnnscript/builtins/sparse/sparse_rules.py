"""What a built-in makes of sparse matrices that says nothing of them itself: declared here, once for all.

In this order: an `overload("sparse")` of the function; `TAKES_SPARSE`, which take any value as it is; `AT_ELEMENTS`,
which need only the elements that are not zero; `SPARSE_RESULTS`, which compute on full matrices and give sparse ones;
all others compute on full matrices and give what they give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.values.numeric import as_array, norm
from cnnscript.values.sparse import Sparse, full_value, sparse_value
from cnnscript.values.text import text_or_none

# they look at class and size only, hand their arguments on, or hold them
TAKES_SPARSE_WORDS = """
    class size numel length ndims isempty isa isnumeric isreal islogical isfloat ismatrix isvector isscalar
    isrow iscolumn issquare iscell ischar isstruct iscellstr isstring isobject isinteger iscategorical istable
    isfield is_function_handle isdatetime isduration iscalendarduration isjava isgraphics height width columns
    rows cell struct setfield getfield struct2cell cell2struct num2cell cellfun deal feval evalc isequal
    isequaln disp display plus minus times rdivide ldivide power mtimes mrdivide mldivide mpower lt le gt ge eq
    ne uminus uplus and or not horzcat vertcat cat transpose ctranspose colon subsref subsasgn subsindex
    bsxfun assert validateattributes addParameter addOptional addRequired inputParser parse containers.Map
    dictionary setappdata getappdata func2str str2func timeit print_usage orderfields rmfield iskeyword
    isvarname save whos assignin set get fieldnames isprop ismethod methods properties inputname nargin nargout
    exist onCleanup squeeze full gather mustBeNonsparse mustBeSparse structfun
    decomposition dlarray
"""
TAKES_SPARSE = frozenset(TAKES_SPARSE_WORDS.split())

# zero goes to zero, so that only the other elements are asked
AT_ELEMENTS_WORDS = """
    abs sign real imag conj fix floor ceil round sqrt sin tan asin atan sinh tanh asinh atanh sind tand asind
    atand expm1 log1p angle isnan isinf deg2rad rad2deg erf erfinv nthroot realsqrt sinpi ismissing cbrt
"""
AT_ELEMENTS = frozenset(AT_ELEMENTS_WORDS.split())

# computed on full matrices; the first output (all numeric ones for those in ALL_SPARSE) is sparse
SPARSE_RESULTS_WORDS = """
    exp exp2 log log2 log10 cos cosh acos acosh sec csc cot asec acsc acot sech csch coth asech acsch acoth cosd
    secd cscd cotd acosd asecd acscd acotd gamma gammaln erfc erfcx cospi isfinite reallog pow2 mod rem hypot
    atan2 idivide realpow cumsum cumprod cummax cummin median mode var std sumsq sortrows
    unique circshift permute ipermute repmat repelem shiftdim resize paddata expm sqrtm
    toeplitz hankel cross dot normalize vecnorm trapz cumtrapz accumarray union intersect setdiff setxor complex
    swapbytes bounds rescale
"""
SPARSE_RESULTS = frozenset(SPARSE_RESULTS_WORDS.split())


def with_sparse(name: str, call: Callable, nargout: int, args: tuple) -> Any:
    """The results of a built-in with a sparse matrix among its arguments (see the module)."""
    if name in AT_ELEMENTS and type(args[0]) is Sparse or name in ("mod", "rem") and divides_zero(args):
        return at_elements(call, nargout, args)
    if len(args) > 1 and type(args[-1]) is Sparse and text_or_none(args[-2]) == "like":
        # the class, complexity and storage of the prototype
        return sparse_value(call(nargout, *map(full_value, args[:-1]), args[-1].dtype.type(1).item()))
    found = call(nargout, *(full_value(arg) for arg in args))
    if name not in SPARSE_RESULTS:
        return found
    if type(found) is tuple:
        return (sparse_value(found[0]), *found[1:])
    return sparse_value(found)


def divides_zero(args: tuple) -> bool:
    """Are the arguments of mod or rem a sparse matrix and a scalar by which the rest of zero is zero?"""
    return len(args) == 2 and type(args[0]) is Sparse and type(args[1]) is float and args[1] == args[1]


def at_elements(call: Callable, nargout: int, args: tuple) -> Any:
    """An elementwise function with f(0) = 0 on the stored elements of its first argument."""
    value = args[0]
    data = value.matrix.data
    if not data.size:
        kind = as_array(call(nargout, np.zeros((2, 1), value.dtype), *map(full_value, args[1:])))
        return value.with_data(np.zeros(0, kind.dtype))
    found = call(nargout, norm(data.reshape(-1, 1)), *map(full_value, args[1:]))
    return value.with_data(as_array(found).ravel("F"))
