"""Arrays made larger at their edges."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.images import picture_arguments as take
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.pictures.images.padding import REPEATS, pad
from cnnscript.values.memory import require_memory
from cnnscript.values.numeric import as_array, class_of, norm, saturated
from cnnscript.values.text import text_or_none


@builtin
def padarray(A, padsize, /, *rest):
    """
    B = padarray(A, padsize)
    B = padarray(A, padsize, padval)
    B = padarray(A, padsize, padval, direction)

    An array with more elements before and after the first and last of each dimension.

    padsize says how many for each dimension. padval is a number (0), or 'symmetric' (the mirror with the edge
    repeated), 'replicate' (the edge) or 'circular'. direction is 'both' (the default), 'pre' or 'post'.

    Examples
      >> padarray([1 2; 3 4], [0 1])
      ans =
           0     1     2     0
           0     3     4     0
      >> padarray([1 2 3], [0 2], 'symmetric')
      ans =
           2     1     1     2     3     3     2
      >> padarray(uint8([1 2]), [1 1], 9, 'post')
      ans =
        2×3 uint8 matrix
         1   2   9
         9   9   9
      >> padarray([1 2 3], [0 2], 'circular', 'pre')
      ans =
           2     3     1     2     3
      >> size(padarray(ones(2), [1 1 1]))
      ans =
           4     4     3

    See also imcrop, circshift, repmat.
    """
    array = A if type(A) is np.ndarray else as_array(A) if not hasattr(A, "class_name") else None
    if array is None or array.dtype.kind not in "fiubc":
        raise ScriptError(
            "MATLAB:padarray:invalidType",
            "Expected input number 1, A, to be one of these types:\n\nnumeric, logical\n\n"
            f"Instead its type was {class_of(A)}.",
        )
    sizes = take.pixels(padsize, "padarray", "input number 2, PADSIZE,").astype(float).ravel(order="F")
    if not ((sizes >= 0) & (sizes == np.floor(sizes)) & np.isfinite(sizes)).all():
        fault = "nonnegative" if (sizes < 0).any() else "integer-valued"
        raise ScriptError(
            f"MATLAB:padarray:expected{'Nonnegative' if fault == 'nonnegative' else 'Integer'}",
            f"Expected input number 2, PADSIZE, to be {fault}.",
        )
    outside, direction = 0.0, "both"
    if len(rest) > 2:
        raise ScriptError("MATLAB:maxrhs", "Too many input arguments.")
    for place, value in enumerate(rest):
        if text_or_none(value) is not None:
            words = (*REPEATS, "pre", "post", "both") if place == 0 or outside == 0.0 else ("pre", "post", "both")
            found = take.choice(value, words, "padarray", f"input number {place + 3}")
            if found in REPEATS:
                outside = found
            else:
                direction = found
        elif place == 0:
            outside = value if type(value) is complex else take.number(value, "padarray", "input number 3, PADVAL,")
        else:
            raise take.refusal("padarray", "input number 4, DIRECTION,", "'pre', 'post' or 'both'", value)
    many = [int(size) for size in sizes]
    before = many if direction in ("both", "pre") else [0] * len(many)
    after = many if direction in ("both", "post") else [0] * len(many)
    if isinstance(outside, str) and any(
        size and (k >= array.ndim or array.shape[k] == 0) for k, size in enumerate(many) if k < array.ndim
    ):
        return norm(pad(array, before, after, 0.0))  # nothing is there to repeat
    lengths = [array.shape[k] if k < array.ndim else 1 for k in range(max(len(many), array.ndim))]
    require_memory(
        tuple(n + (before[k] + after[k] if k < len(many) else 0) for k, n in enumerate(lengths)), array.itemsize
    )
    if type(outside) is complex and array.dtype.kind in "iu":
        raise take.refusal("padarray", "input number 3, PADVAL,", "real", outside)
    if isinstance(outside, float) and array.dtype.kind in "iub":
        outside = bool(outside) if array.dtype == bool else saturated(outside, array.dtype).item()
    if type(outside) is complex and array.dtype.kind in "fb":
        array = array.astype(np.complex64 if array.dtype == np.float32 else complex)
    return norm(pad(array, before, after, outside))
