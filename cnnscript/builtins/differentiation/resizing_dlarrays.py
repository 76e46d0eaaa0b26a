"""dlresize: labelled arrays in other sizes along their dimensions of space."""

from __future__ import annotations

from cnnscript.builtins.differentiation.labelled_arguments import Labelled
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import resizing
from cnnscript.engine.spatial_layers import Resize2D
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import numbers

ROUNDINGS = ("round", "floor", "onnx-10")


@builtin
def dlresize(
    X, /, *, Scale=None, OutputSize=None, Method="nearest", GeometricTransformMode="half-pixel",
    NearestRoundingMode="round", DataFormat=None,
):  # fmt: skip
    """
    Y = dlresize(X,Scale=scale)
    Y = dlresize(X,OutputSize=outputSize)
    Y = dlresize(...,Name=Value)

    A dlarray in another size along its dimensions of space.

    Options
      Scale                   factor of the size: one number, or one a dimension
      OutputSize              the size along the dimensions of space; NaN where it follows from the others
      Method                  'nearest' (default) or 'linear'
      GeometricTransformMode  'half-pixel' (default) or 'asymmetric': where pixels lie
      NearestRoundingMode     'round' (default), 'floor', 'onnx-10'
      DataFormat              labels of the dimensions of an X without labels

    Examples
      >> extractdata(dlresize(dlarray([1 2; 3 4],"SSCB"),Scale=[1 2]))
      ans =
           1     1     2     2
           3     3     4     4
      >> extractdata(dlresize(dlarray([1 3],"CS"),OutputSize=4,Method="linear"))
      ans =
          1.0000
          1.5000
          2.5000
          3.0000

    See also dltranspconv, maxpool, imresize, dlarray.
    """
    x = Labelled("dlresize", X, DataFormat)
    lengths = [n for n, label in zip(x.sizes, x.labels, strict=True) if label == "S"]
    if not lengths:
        x.needs("S", "spatial")
    if (Scale is None) == (OutputSize is None):
        raise ScriptError(
            "deep:dlresize:ScaleOrSize", "Either Scale or OutputSize must be specified.",
            notes=("got both" if Scale is not None else "got neither",),
        )  # fmt: skip
    like = Resize2D(
        method=take.choice(Method, ("nearest", "linear"), "Method"),
        geometric_transform_mode=take.choice(
            GeometricTransformMode, ("half-pixel", "asymmetric"), "GeometricTransformMode"
        ),
        nearest_rounding_mode=take.choice(NearestRoundingMode, ROUNDINGS, "NearestRoundingMode"),
    )
    name = "Scale" if OutputSize is None else "OutputSize"
    found = take.vector(numbers(Scale if OutputSize is None else OutputSize), name).tolist()
    found = found * len(lengths) if name == "Scale" and len(found) == 1 else found
    known = [one for one in found if one == one]
    if len(found) != len(lengths) or not known or min(known) <= 0 or name == "Scale" and len(known) < len(found):
        raise ScriptError(
            f"deep:dlresize:{name}", f"{name} must have a positive number for each of the {len(lengths)} dimensions of "
            "space.", notes=(f"got {take.described(Scale if OutputSize is None else OutputSize)}",),
        )  # fmt: skip
    if name == "Scale":
        sizes = tuple(max(int(length * scale), 1) for length, scale in zip(lengths, found, strict=True))
        return x.out(x.run_over("S", lambda a: resizing.resize(a, sizes, tuple(found), like)))
    ratio = next(size / length for size, length in zip(found, lengths, strict=True) if size == size)
    sizes = tuple(
        int(size) if size == size else max(-int(-length * ratio // 1), 1)
        for size, length in zip(found, lengths, strict=True)
    )
    return x.out(x.run_over("S", lambda a: resizing.resize(a, sizes, None, like)))
