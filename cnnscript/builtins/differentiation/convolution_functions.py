"""dlconv, dltranspconv, fullyconnect: weights laid on labelled arrays."""

from __future__ import annotations

from typing import Any

from cnnscript.builtins.differentiation.labelled_arguments import (
    Labelled,
    operand,
    ordered,
    require_room,
    sliding,
    vector,
)
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import convolutions
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import DLArray, numbers, plain_shape
from cnnscript.values.numeric import numel_of, size_of, size_text
from cnnscript.values.text import text_or_none

CARRIED_ON = ("symmetric-include-edge", "symmetric-exclude-edge", "replicate")


@builtin
def dlconv(
    X, weights, bias, /, *, Stride=1.0, DilationFactor=1.0, Padding=0.0, PaddingValue=0.0, DataFormat=None,
    WeightsFormat=None,
):  # fmt: skip
    """
    Y = dlconv(X,weights,bias)
    Y = dlconv(X,weights,bias,DataFormat=FMT)
    Y = dlconv(X,weights,bias,Name=Value)

    The convolution of deep learning: filters slide over the dimensions of space of X, or over time where the weights
    have a dimension T.

    weights without labels are filter size × channels × filters; channels per group × filters per group × groups of a
    grouped convolution. One channel per group makes it channel by channel. bias is a number a filter, or one for all.

    Options
      Stride          step of the filters, one number or one a dimension (1)
      DilationFactor  distance of the filters' elements (1)
      Padding         'same', a number, one a dimension, or a matrix whose rows are the start and the end (0)
      PaddingValue    what is added: a number (0), 'symmetric-include-edge', 'symmetric-exclude-edge', 'replicate'
      DataFormat      labels of the dimensions of an X without labels
      WeightsFormat   labels of the dimensions of the weights, such as 'SSCU', 'SSCUU', 'TCU'

    Examples
      >> X = dlarray(magic(4),"SSCB"); W = [1 0; 0 -1];
      >> extractdata(dlconv(X,W,0))
      ans =
           5    -8    -5
          -2     5    -2
          -5    -8     5
      >> Y = dlconv(dlarray(1:5,"CT"),[1;1;1],0,WeightsFormat="TCU",Padding="same")
      Y =
        1(C) × 5(T) dlarray
           3     6     9    12     9

    See also dltranspconv, fullyconnect, maxpool, batchnorm, dlarray.
    """
    x = Labelled("dlconv", X, DataFormat, (weights, bias))
    window, kernel = filters("dlconv", x, weights, WeightsFormat, "CUU")
    count = len(window)
    how = sliding(count, Stride, Padding, DilationFactor, padding_value(PaddingValue, count))
    shape = kernel.shape
    channels, filter_count, groups = shape[count:]
    require_channels(x, channels * groups, shape, filter_count * groups)
    require_room(x, [x.length(label) for label in window] if len(set(window)) == count else spatial(x, window),
                 how.reach(shape[:count]), how)  # fmt: skip
    b = vector(bias, filter_count * groups, "The bias")
    made = x.run_over(window, lambda a, w, b: convolutions.convolve(a, w, b, how), kernel, b)
    return x.out(made)


@builtin
def dltranspconv(
    X, weights, bias, /, *, Stride=1.0, DilationFactor=1.0, Cropping=0.0, DataFormat=None, WeightsFormat=None
):
    """
    Y = dltranspconv(X,weights,bias)
    Y = dltranspconv(X,weights,bias,DataFormat=FMT)
    Y = dltranspconv(X,weights,bias,Name=Value)

    Transposed convolution: each number of X lays the filters down, a stride apart, and what overlaps is added.

    weights without labels are filter size × filters × channels; filters per group × channels per group × groups of a
    grouped one.

    Options
      Stride          distance of the places where filters are laid (1)
      DilationFactor  distance of the filters' elements (1)
      Cropping        what is cut off: 'same' (the output is Stride times as large), a number, one a dimension, or a
                      matrix whose rows are the start and the end (0)
      DataFormat      labels of the dimensions of an X without labels
      WeightsFormat   labels of the dimensions of the weights, such as 'SSUC', 'SSUCU', 'TUC'

    Examples
      >> extractdata(dltranspconv(dlarray([1 2; 3 4],"SSCB"),ones(2),0,Stride=2))
      ans =
           1     1     2     2
           1     1     2     2
           3     3     4     4
           3     3     4     4

    See also dlconv, maxunpool, dlresize, dlarray.
    """
    x = Labelled("dltranspconv", X, DataFormat, (weights, bias))
    window, kernel = filters("dltranspconv", x, weights, WeightsFormat, "UCU")
    count = len(window)
    how = sliding(count, Stride, Cropping, DilationFactor, name="Cropping")
    filter_count, channels, groups = kernel.shape[count:]
    require_channels(x, channels * groups, kernel.shape, filter_count * groups)
    if not isinstance(how.padding, str):
        lengths = spatial(x, window)
        whole = [step * (n - 1) + span for step, n, span in
                 zip(how.stride, lengths, how.reach(kernel.shape[:count]), strict=True)]  # fmt: skip
        if any(n <= sum(cut) for n, cut in zip(whole, how.padding, strict=True)):
            raise ScriptError(
                "deep:dltranspconv:CroppingTooLarge", "The cropping leaves nothing of the output.",
                notes=(f"the output is {size_text(whole, '×')} before it is cropped",),
            )  # fmt: skip
    b = vector(bias, filter_count * groups, "The bias")
    made = x.run_over(window, lambda a, w, b: convolutions.convolve_transposed(a, w, b, how), kernel, b)
    return x.out(made)


def filters(function: str, x: Labelled, weights: Any, weights_format: Any, rest: str) -> tuple[str, Any]:
    """The labels of the dimensions that the filters slide over, and the weights as size... × rest."""
    labels = weights.labels if isinstance(weights, DLArray) else ""
    if weights_format is not None:
        if labels:
            raise ScriptError(
                f"deep:{function}:WeightsFormatTwice",
                "The option 'WeightsFormat' must not be specified for formatted weights.",
            )
        labels = dimension_labels.checked(take.text(weights_format, "WeightsFormat").upper())
    window = "".join(label for label in x.labels if label == "S" or label == "T" and "T" in labels)
    if not 1 <= len(window) <= 3:
        raise ScriptError(
            f"deep:{function}:SpatialDimensions",
            "The input must have one to three dimensions to convolve over.",
            notes=(f"its format is '{x.labels}'",),
            hint="weights with a 'T' dimension convolve over time: WeightsFormat=\"TCU\"" if "T" in x.labels else None,
        )
    if not labels:
        labels = window + rest
        if len(plain_shape(size_of(weights))) > len(labels):
            raise ScriptError(
                f"deep:{function}:WeightsSize",
                f"The weights must have at most {len(labels)} dimensions, for an input with {len(window)} to convolve "
                "over.",
                notes=(f"the weights are {size_text(size_of(weights), '×')}", f"the input is {x.text()}"),
            )
    return window, ordered(weights, labels, window + rest)


def spatial(x: Labelled, window: str) -> list[int]:
    return [n for n, label in zip(x.sizes, x.labels, strict=True) if label in window]


def padding_value(value: Any, count: int) -> Any:
    if text_or_none(value) is None:
        return take.number(numbers(value), "PaddingValue")
    word = take.choice(value, CARRIED_ON, "PaddingValue")
    if count == 3:
        raise ScriptError("cnnscript:NotYet", f"Convolution over three dimensions with PaddingValue '{word}' is not in "
                          "cnnscript yet.")  # fmt: skip
    return word


def require_channels(x: Labelled, channels: int, shape: tuple[int, ...], made: int) -> None:
    if made > 1:
        x.needs("C", "channel")  # which the filters become
    if x.length("C") != channels:
        raise ScriptError(
            f"deep:{x.function}:ChannelMismatch",
            f"The weights are for {channels} channels, and the input has {x.length('C')}.",
            notes=(f"the input is {x.text()}", f"the weights are {size_text(plain_shape(shape), '×')}"),
        )


@builtin
def fullyconnect(X, weights, bias, /, *, DataFormat=None, WeightsFormat=None):
    """
    Y = fullyconnect(X,weights,bias)
    Y = fullyconnect(X,weights,bias,DataFormat=FMT)
    Y = fullyconnect(X,weights,bias,DataFormat=FMT,WeightsFormat=FMT)

    The weighted sums of a fully connected operation: weights times all the S, C and U numbers of each observation and
    step, and a bias added.

    weights are outputs × inputs. Y has the labels C, B and T that X has, the outputs along C.

    Options
      DataFormat     labels of the dimensions of an X without labels
      WeightsFormat  labels of the dimensions of the weights ('UC': outputs × inputs)

    Examples
      >> Y = fullyconnect(dlarray([1 2; 3 4],"CB"),[1 1; 1 -1; 0 2],[0; 0; 10])
      Y =
        3(C) × 2(B) dlarray
           4     6
          -2    -2
          16    18

    See also dlconv, relu, softmax, dlarray.
    """
    x = Labelled("fullyconnect", X, DataFormat, (weights, bias))
    labels = weights.labels if isinstance(weights, DLArray) else ""
    if WeightsFormat is not None:
        labels = dimension_labels.checked(take.text(WeightsFormat, "WeightsFormat").upper())
    w = ordered(weights, labels or "UC", "UC")
    inputs = x.length("S") * x.length("C") * x.length("U")
    if w.shape[1] != inputs:
        raise ScriptError(
            "deep:fullyconnect:InputMismatch",
            f"The weights are for {w.shape[1]} inputs, and the input has {inputs} for each observation.",
            notes=(f"the input is {x.text()}", f"the weights are {size_text(w.shape, '×')}"),
        )
    if numel_of(bias) not in (1, w.shape[0]):
        raise ScriptError(
            "deep:fullyconnect:BiasMismatch", f"The bias must have {w.shape[0]} elements, one for each output.",
            notes=(f"it has {numel_of(bias)}",),
        )  # fmt: skip
    made = x.run(lambda a, w, b: convolutions.fully_connected(a, x.labels, w, b), w, operand(bias))
    return x.out(made, convolutions.connected(x.labels))
