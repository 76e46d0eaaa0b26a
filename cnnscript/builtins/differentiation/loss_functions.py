"""crossentropy, indexcrossentropy, mse, l1loss, l2loss, huber: predictions against targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.labelled_arguments import Labelled, given_out, ordered
from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.row_ranges import mean_of_known
from cnnscript.engine.labelled import losses
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import DLArray, dlarray, labelled, numbers, plain_shape
from cnnscript.values.numeric import as_array, class_of, numel_of, size_of, size_text

FACTORS = ("batch-size", "all-elements", "mask-included", "none")


@builtin
def crossentropy(
    Y, targets, weights=None, /, *, ClassificationMode="single-label", TargetCategories=None, Mask=None,
    Reduction="sum", NormalizationFactor="batch-size", DataFormat=None, WeightsFormat=None,
):  # fmt: skip
    """
    loss = crossentropy(Y,targets)
    loss = crossentropy(Y,targets,weights)
    loss = crossentropy(...,DataFormat=FMT)
    loss = crossentropy(...,Name=Value)

    The cross-entropy of probabilities and targets: the sum of -targets.*log(Y), divided by the number of observations.

    Y is what softmax gives, or for labels that do not exclude each other sigmoid; targets is of its size. weights has
    a weight for each class, or one for each element. The loss is a dlarray without labels.

    Options
      ClassificationMode   'single-label' (default) or 'multilabel': adds -(1-targets).*log(1-Y)
      TargetCategories     the same by its older name: 'exclusive' or 'independent'
      Mask                 1 where an element counts, 0 where not; of the size of Y, or with dimensions of length 1
      Reduction            'sum' (default) or 'none': a loss for each element
      NormalizationFactor  the sum is divided by: 'batch-size' (default), 'all-elements', 'mask-included' or 'none'
      DataFormat           labels of the dimensions of a Y without labels
      WeightsFormat        labels of the dimensions of the weights, such as 'C' or 'UC'

    Examples
      >> Y = softmax(dlarray([1 2; 3 2],"CB")); loss = crossentropy(Y,[0 1; 1 0])
      loss =
        1×1 dlarray
          0.4100
      >> loss = crossentropy(Y,[0 1; 1 0],[1 10],WeightsFormat="C");
      >> loss = crossentropy(sigmoid(dlarray([0; 0])),[1; 0],ClassificationMode="multilabel",DataFormat="CB")
      loss =
        1×1 dlarray
          1.3863

    See also indexcrossentropy, mse, softmax, sigmoid, onehotencode, dlarray.
    """
    mode = take.choice(ClassificationMode, ("single-label", "multilabel"), "ClassificationMode")
    if TargetCategories is not None:
        word = take.choice(TargetCategories, ("exclusive", "independent"), "TargetCategories")
        mode = "multilabel" if word == "independent" else "single-label"
    formula = losses.cross_entropy_of_labels if mode == "multilabel" else losses.cross_entropy
    y = Labelled("crossentropy", Y, DataFormat, (targets,))
    return lost(y, targets, formula, weights, WeightsFormat, Mask, Reduction, NormalizationFactor)


@builtin
def indexcrossentropy(
    Y, targets, weights=None, /, *, MaskIndex=0.0, Reduction="sum", NormalizationFactor="batch-size", DataFormat=None,
    WeightsFormat=None,
):  # fmt: skip
    """
    loss = indexcrossentropy(Y,targets)
    loss = indexcrossentropy(Y,targets,weights)
    loss = indexcrossentropy(...,Name=Value)

    The cross-entropy of probabilities and the numbers of their classes.

    targets is as Y is, with a number from 1 in place of the channels.

    Options
      MaskIndex            the number of targets that do not count (0)
      Reduction            'sum' (default) or 'none': a loss for each target
      NormalizationFactor  the sum is divided by: 'batch-size' (default), 'all-elements', 'target-included' or 'none'
      DataFormat           labels of the dimensions of a Y without labels
      WeightsFormat        labels of the dimensions of the weights, a number a class

    Examples
      >> Y = dlarray([0.25 0.5; 0.75 0.5],"CB"); loss = indexcrossentropy(Y,[2 1])
      loss =
        1×1 dlarray
          0.4904

    See also crossentropy, softmax, dlarray.
    """
    y = Labelled("indexcrossentropy", Y, DataFormat, (targets,))
    y.needs("C", "channel")
    shape = tuple(1 if label == "C" else n for label, n in zip(y.labels, y.sizes, strict=True))
    wanted = alike(y, targets, "targets", shape)
    found = as_array(numbers(targets))
    masked, classes = take.number(numbers(MaskIndex), "MaskIndex"), y.length("C")
    if ((found != masked) & ((found < 1) | (found > classes) | (found % 1 != 0))).any():
        raise ScriptError(
            "deep:indexcrossentropy:Targets",
            f"The targets must be whole numbers from 1 to {classes}, the number of channels, or the MaskIndex.",
            notes=(f"they go from {found.min():g} to {found.max():g}",),
        )
    words = ("batch-size", "all-elements", "target-included", "none")
    factor = take.choice(NormalizationFactor, words, "NormalizationFactor")
    whole = take.choice(Reduction, ("sum", "none"), "Reduction") == "sum"
    divisors = {"batch-size": y.length("B"), "all-elements": found.size, "none": 1,
                "target-included": int((found != masked).sum())}  # fmt: skip
    given = [] if weights is None else [spread(y, weights, WeightsFormat)]

    def compute(a, t, *w):
        of_each = losses.index_cross_entropy(a, t, y.labels, masked)
        if w:
            of_each = of_each * losses.weight_of_target(w[0], t, y.labels, masked)
        return losses.reduced(of_each, None, None, float(divisors[factor]) if whole else 1.0, whole)

    made = y.run(compute, wanted, *given)
    return scalar(made) if whole else y.out(made)


@builtin
def mse(Y, targets=None, /, *rest, DataFormat=None):
    """
    loss = mse(Y,targets)
    loss = mse(Y,targets,DataFormat=FMT)
    perf = mse(E)
    perf = mse(E,Y,X,FP)

    Half the mean squared error: the sum of (Y-targets).^2/2, divided by the number of observations.

    Of errors alone, a matrix of numbers or a cell of them, it is the mean of their squares, not halved; NaN, an
    unknown error, does not count. Y, X and FP behind errors do not count either, as in MATLAB: of numbers that are no
    dlarray mse(Y,T) is not the error of Y, mse(Y-T) is.

    Options
      DataFormat  labels of the dimensions of a Y without labels

    Examples
      >> loss = mse(dlarray([1 2; 3 4],"CB"),[1 2; 3 2])
      loss =
        1×1 dlarray
           1
      >> perf = mse([1 -2; 3 NaN])
      perf =
          4.6667

    See also mae, l2loss, l1loss, huber, crossentropy, dlarray.
    """
    differentiable = isinstance(Y, DLArray) or isinstance(targets, DLArray) or DataFormat is not None
    if len(rest) > (0 if differentiable else 2):
        raise ScriptError("MATLAB:TooManyInputs", "Too many input arguments.")
    if not differentiable:
        return mean_of_known(Y, np.square, "mse")
    if targets is None:
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.")
    y = Labelled("mse", Y, DataFormat, (targets,))
    return lost(y, targets, lambda a, t: losses.squared(a, t) / 2)


@builtin
def l1loss(
    Y, targets, weights=None, /, *, Mask=None, Reduction="sum", NormalizationFactor="batch-size", DataFormat=None,
    WeightsFormat=None,
):  # fmt: skip
    """
    loss = l1loss(Y,targets)
    loss = l1loss(Y,targets,weights)
    loss = l1loss(...,Name=Value)

    The sum of abs(Y-targets), divided by the number of observations.

    Options
      Mask                 1 where an element counts, 0 where not
      Reduction            'sum' (default) or 'none': a loss for each element
      NormalizationFactor  the sum is divided by: 'batch-size' (default), 'all-elements', 'mask-included' or 'none'
      DataFormat           labels of the dimensions of a Y without labels
      WeightsFormat        labels of the dimensions of the weights

    Examples
      >> loss = l1loss(dlarray([1 2; 3 4],"CB"),[1 2; 3 2],NormalizationFactor="all-elements")
      loss =
        1×1 dlarray
          0.5000

    See also l2loss, mse, huber, dlarray.
    """
    y = Labelled("l1loss", Y, DataFormat, (targets,))
    return lost(y, targets, losses.absolute, weights, WeightsFormat, Mask, Reduction, NormalizationFactor)


@builtin
def l2loss(
    Y, targets, weights=None, /, *, Mask=None, Reduction="sum", NormalizationFactor="batch-size", DataFormat=None,
    WeightsFormat=None,
):  # fmt: skip
    """
    loss = l2loss(Y,targets)
    loss = l2loss(Y,targets,weights)
    loss = l2loss(...,Name=Value)

    The sum of (Y-targets).^2, divided by the number of observations.

    Options
      Mask                 1 where an element counts, 0 where not
      Reduction            'sum' (default) or 'none': a loss for each element
      NormalizationFactor  the sum is divided by: 'batch-size' (default), 'all-elements', 'mask-included' or 'none'
      DataFormat           labels of the dimensions of a Y without labels
      WeightsFormat        labels of the dimensions of the weights

    Examples
      >> loss = l2loss(dlarray([1 2; 3 4],"CB"),[1 2; 3 2],Mask=[1 0; 1 1],NormalizationFactor="mask-included")
      loss =
        1×1 dlarray
          1.3333

    See also mse, l1loss, huber, dlarray.
    """
    y = Labelled("l2loss", Y, DataFormat, (targets,))
    return lost(y, targets, losses.squared, weights, WeightsFormat, Mask, Reduction, NormalizationFactor)


@builtin
def huber(
    Y, targets, weights=None, /, *, TransitionPoint=1.0, Mask=None, Reduction="sum", NormalizationFactor="batch-size",
    DataFormat=None, WeightsFormat=None,
):  # fmt: skip
    """
    loss = huber(Y,targets)
    loss = huber(Y,targets,weights)
    loss = huber(...,Name=Value)

    The Huber loss, divided by the number of observations: half the squared error up to a transition point, and a line
    beyond.

    Options
      TransitionPoint      where the line begins (1)
      Mask                 1 where an element counts, 0 where not
      Reduction            'sum' (default) or 'none': a loss for each element
      NormalizationFactor  the sum is divided by: 'batch-size' (default), 'all-elements', 'mask-included' or 'none'
      DataFormat           labels of the dimensions of a Y without labels
      WeightsFormat        labels of the dimensions of the weights

    Examples
      >> huber(dlarray([0.5 3],"CB"),[0 0],Reduction="none")
      ans =
        1(C) × 2(B) dlarray
          0.1250    2.5000

    See also l1loss, l2loss, mse, dlarray.
    """
    y = Labelled("huber", Y, DataFormat, (targets,))
    point = take.number(numbers(TransitionPoint), "TransitionPoint")
    if point <= 0:
        raise take.wanted("positive", "TransitionPoint", TransitionPoint, "MATLAB:expectedPositive")

    def formula(a, t):
        return losses.huber(a, t, point)

    return lost(y, targets, formula, weights, WeightsFormat, Mask, Reduction, NormalizationFactor)


# ----------------------------------------------------------------------------------------------------- what they share
def lost(
    y: Labelled, targets: Any, formula: Callable[[Any, Any], Any], weights: Any = None, weights_format: Any = None,
    mask: Any = None, reduction: Any = "sum", factor: Any = "batch-size",
) -> DLArray:  # fmt: skip
    """A loss of each element, weighed, masked, summed and divided as the options say."""
    whole = take.choice(reduction, ("sum", "none"), "Reduction") == "sum"
    word = take.choice(factor, FACTORS, "NormalizationFactor")
    sizes = y.sizes
    total = float(numel_of(y.array))
    divisor = {"batch-size": float(y.length("B")), "all-elements": total, "mask-included": None, "none": 1.0}[word]
    more = [alike(y, targets, "targets", sizes)]
    has_weights, has_mask = weights is not None, mask is not None
    if has_weights:
        more.append(spread(y, weights, weights_format))
    if has_mask:
        more.append(alike(y, mask, "Mask", sizes, spreads=True))

    def compute(a, t, *rest):
        left = list(rest)
        w = left.pop(0) if has_weights else None
        m = left.pop(0) if has_mask else None
        return losses.reduced(formula(a, t), w, m, divisor if whole else 1.0, whole)

    made = y.run(compute, *more)
    return scalar(made) if whole else y.out(made)


def scalar(made: Any) -> DLArray:
    """A loss without labels."""
    return given_out(made.reshape((1, 1)))


def alike(y: Labelled, value: Any, name: str, shape: tuple[int, ...], spreads: bool = False) -> Any:
    """The operand of an array laid out as Y is, of a shape; `spreads`: or with dimensions of length 1."""
    if class_of(value) == "logical":
        value = as_array(value).astype(float)
    if isinstance(value, DLArray) and value.labels:
        made = ordered(value, value.labels, y.labels)
    else:
        made = ordered(numbers_as_they_are(value), y.labels, y.labels)
    fits = len(made.shape) == len(shape) and all(
        one == n or spreads and one == 1 for one, n in zip(made.shape, shape, strict=True)
    )
    if not fits:
        raise ScriptError(
            f"deep:{y.function}:SizeMismatch",
            f"The {name} must have the size {size_text(plain_shape(shape), '×')}, as the predictions have.",
            notes=(f"the predictions are {y.text()}", f"the {name} is {size_text(size_of(value), '×')}"
                   if name == "Mask" else f"the targets are {size_text(size_of(value), '×')}"),
        )  # fmt: skip
    return made


def numbers_as_they_are(value: Any) -> Any:
    """Numbers of any class as those that dlarrays hold."""
    if isinstance(value, DLArray) or class_of(value) in ("single", "double"):
        return value
    return take.array(value, "targets")


def spread(y: Labelled, weights: Any, weights_format: Any) -> Any:
    """The operand of weights, that spreads over Y: labelled, or without labels as large as Y."""
    labels = weights.labels if isinstance(weights, DLArray) else ""
    if weights_format is not None:
        labels = dimension_labels.checked(take.text(weights_format, "WeightsFormat").upper())
    if not labels:
        if numel_of(weights) == 1 or plain_shape(size_of(weights)) == plain_shape(y.sizes):
            return alike(y, weights, "weights", y.sizes, spreads=True)
        raise ScriptError(
            f"deep:{y.function}:WeightsFormat",
            "Weights must be a formatted dlarray, or the option 'WeightsFormat' must be specified.",
            notes=(f"the weights are {size_text(size_of(weights), '×')}, without labels",),
            hint='WeightsFormat="C" of a vector with a weight for each class',
        )
    if len(labels) == 1:  # a vector, however it lies
        weights = labelled(weights if isinstance(weights, DLArray) else dlarray(as_array(numbers(weights))), labels)
        labels = weights.labels
    made = ordered(weights, labels, y.labels)
    if any(n not in (1, size) for n, size in zip(made.shape, y.sizes, strict=True)):
        raise ScriptError(
            f"deep:{y.function}:WeightsSize", "The weights must have the sizes of the predictions, or 1.",
            notes=(f"the predictions are {y.text()}", f"the weights are {size_text(made.shape, '×')}"),
        )  # fmt: skip
    return made
