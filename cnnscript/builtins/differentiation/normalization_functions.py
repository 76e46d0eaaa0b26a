"""batchnorm, layernorm, groupnorm, instancenorm, crosschannelnorm."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.labelled_arguments import Labelled, real, vector
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import normalizations
from cnnscript.engine.recording import Record, is_tracing
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.convert import to_class
from cnnscript.values.dlarrays import DLArray, numbers, operate, reshaped, unlabelled
from cnnscript.values.numeric import as_array, norm, numel_of, size_text
from cnnscript.values.text import text_or_none


@builtin(outputs=3)
def batchnorm(
    nargout, X, offset, scaleFactor, mu=None, sigmaSq=None, /, *, Epsilon=1e-5, MeanDecay=0.1, VarianceDecay=0.1,
    DataFormat=None,
):  # fmt: skip
    """
    Y = batchnorm(X,offset,scaleFactor)
    [Y,popMu,popSigmaSq] = batchnorm(X,offset,scaleFactor)
    Y = batchnorm(X,offset,scaleFactor,mu,sigmaSq)
    [Y,datasetMu,datasetSigmaSq] = batchnorm(X,offset,scaleFactor,datasetMu,datasetSigmaSq)
    ... = batchnorm(...,Name=Value)

    Batch normalization: each channel with mean 0 and variance 1, times scaleFactor, plus offset.

    The statistics are those of X, and given back; mu and sigmaSq are used in their place where only Y is asked for
    (a trained network predicts), and carried on by those of X where they are asked for back (it is trained).
    Variances are those of the population, divided by n.

    Options
      Epsilon        added to variances (1e-5)
      MeanDecay      share of the new mean in datasetMu (0.1)
      VarianceDecay  share of the new variance in datasetSigmaSq (0.1)
      DataFormat     labels of the dimensions of an X without labels

    Examples
      >> X = dlarray([1 3; 10 30],"CB");
      >> [Y,mu,sigmaSq] = batchnorm(X,[0;0],[1;2])
      Y =
        2(C) × 2(B) dlarray
         -1.0000    1.0000
         -2.0000    2.0000
      mu =
           2
          20
      sigmaSq =
           1
         100
      >> batchnorm(X,0,1,[1;10],[1;100],Epsilon=1e-9)
      ans =
        2(C) × 2(B) dlarray
               0    2.0000
               0    2.0000
      >> [~,mu] = batchnorm(X,0,1,[0;0],[1;1])
      mu =
          0.2000
          2.0000

    See also layernorm, groupnorm, instancenorm, dlconv, dlarray.
    """
    x = Labelled("batchnorm", X, DataFormat, (offset, scaleFactor))
    channels = needs_channels(x)
    o, s, epsilon = scaled(x, offset, scaleFactor, Epsilon)
    if (mu is None) != (sigmaSq is None):
        raise ScriptError("MATLAB:minrhs", "Not enough input arguments.", notes=("mu and sigmaSq come together",))
    if mu is not None and nargout < 2:
        m, v = vector(mu, channels, "mu"), vector(sigmaSq, channels, "sigmaSq")
        return x.out(
            x.run_over(None, lambda a, o, s, m, v: normalizations.normalize(a, m, v, o, s, epsilon), o, s, m, v)
        )
    if mu is not None:
        for name, one in (("datasetMu", mu), ("datasetSigmaSq", sigmaSq)):
            one_for_each(one, channels, name)
    made, *statistics = x.run_over(None, lambda a, o, s: normalizations.normalize_by_batch(a, o, s, epsilon), o, s)
    if nargout < 2:
        return x.out(made)
    if is_tracing() and isinstance(mu, DLArray) and isinstance(sigmaSq, DLArray):
        shares = decay(MeanDecay, "MeanDecay"), decay(VarianceDecay, "VarianceDecay")
        return x.out(made), *map(followed, statistics, (mu, sigmaSq), shares)
    found = [column(one) for one in statistics]
    if mu is not None:
        decays = decay(MeanDecay, "MeanDecay"), decay(VarianceDecay, "VarianceDecay")
        held = [as_array(numbers(one)).reshape(-1, 1, order="F") for one in (mu, sigmaSq)]
        found = [share * new + (1 - share) * old for share, new, old in zip(decays, found, held, strict=True)]
        kept = zip(found, (mu, sigmaSq), strict=True)
        return x.out(made), *(DLArray(norm(new)) if isinstance(old, DLArray) else norm(new) for new, old in kept)
    return x.out(made), *map(norm, found)


def followed(new: Record, old: DLArray, share: float) -> DLArray:
    """Statistics that follow those of a batch, as `batchnorm` has them from numbers, where there are none: what
    dlaccelerate traces stays one graph. No gradient leads through them."""
    batch = DLArray(None, "", new.constant().reshape((-1, 1)))
    held = reshaped(unlabelled(old), (numel_of(old), 1))
    made = operate("plus", operate("times", share, batch), operate("times", 1 - share, held))
    return DLArray(None, "", made.operand().constant())


def column(statistic: Record | np.ndarray) -> np.ndarray:
    array = statistic.array() if isinstance(statistic, Record) else statistic
    return array.reshape(-1, 1)


def one_for_each(value: Any, channels: int, name: str) -> None:
    """Refuse statistics to carry on that are not a number for each channel: one for all would not stay one."""
    source = real(value)
    if numel_of(source) != channels:
        raise ScriptError(
            "deep:dlarray:VectorLength",
            f"{name} must be a vector of length {channels}, the number of channels.",
            notes=(f"it is {size_text(source.size(), '×')}",),
        )


def decay(value: Any, name: str) -> float:
    share = take.number(numbers(value), name)
    if not 0 <= share <= 1:
        raise take.wanted("a number from 0 to 1", name, value, "MATLAB:notInRange")
    return share


def needs_channels(x: Labelled) -> int:
    x.needs("C", "channel")
    return x.length("C")


def scaled(x: Labelled, offset: Any, scale: Any, epsilon: Any) -> tuple[Any, Any, float]:
    count = x.length("C")
    small = take.number(numbers(epsilon), "Epsilon")
    if small <= 0:
        raise take.wanted("positive", "Epsilon", epsilon, "MATLAB:expectedPositive")
    return vector(offset, count, "The offset"), vector(scale, count, "The scale factor"), small


@builtin
def layernorm(X, offset, scaleFactor, /, *, Epsilon=1e-5, OperationDimension="auto", DataFormat=None):
    """
    Y = layernorm(X,offset,scaleFactor)
    Y = layernorm(X,offset,scaleFactor,DataFormat=FMT)
    Y = layernorm(X,offset,scaleFactor,Name=Value)

    Layer normalization: each observation with mean 0 and variance 1, each channel times scaleFactor, plus offset.

    Options
      Epsilon             added to variances (1e-5)
      OperationDimension  over what: 'auto' (default), 'channel-only', 'spatial-channel', 'batch-excluded'; auto is
                          'spatial-channel' of pictures, and 'channel-only' of features and of what has a time
      DataFormat          labels of the dimensions of an X without labels

    Examples
      >> layernorm(dlarray([1 5; 3 5; 5 8],"CB"),0,1)
      ans =
        3(C) × 2(B) dlarray
         -1.2247   -0.7071
               0   -0.7071
          1.2247    1.4142

    See also batchnorm, groupnorm, instancenorm, dlarray.
    """
    x = Labelled("layernorm", X, DataFormat, (offset, scaleFactor))
    needs_channels(x)
    words = {"auto": "", "channel-only": "C", "spatial-channel": "SC", "batch-excluded": "SCTU"}
    over = words[take.choice(OperationDimension, words, "OperationDimension")]
    over = over or ("C" if "T" in x.labels or "S" not in x.labels else "SC")
    o, s, epsilon = scaled(x, offset, scaleFactor, Epsilon)
    window = over.replace("C", "") or None

    def compute(a, o, s):
        return normalizations.normalize_over(a, window is not None, True, o, s, epsilon)

    return x.out(x.run_over(window, compute, o, s))


@builtin
def instancenorm(X, offset, scaleFactor, /, *, Epsilon=1e-5, DataFormat=None):
    """
    Y = instancenorm(X,offset,scaleFactor)
    Y = instancenorm(X,offset,scaleFactor,DataFormat=FMT)
    Y = instancenorm(X,offset,scaleFactor,Name=Value)

    Instance normalization: each channel of each observation with mean 0 and variance 1, times scaleFactor, plus offset.

    Options
      Epsilon     added to variances (1e-5)
      DataFormat  labels of the dimensions of an X without labels

    Examples
      >> instancenorm(dlarray([1 3; 10 30],"CS"),[0;5],[1;1])
      ans =
        2(S) × 2(C) dlarray
         -1.0000    4.0000
          1.0000    6.0000

    See also batchnorm, groupnorm, layernorm, dlarray.
    """
    x = Labelled("instancenorm", X, DataFormat, (offset, scaleFactor))
    needs_channels(x)
    if not set(x.labels) & set("STU"):
        x.needs("S", "spatial")
    o, s, epsilon = scaled(x, offset, scaleFactor, Epsilon)

    def compute(a, o, s):
        return normalizations.normalize_over(a, True, False, o, s, epsilon)

    return x.out(x.run_over("STU", compute, o, s))


@builtin
def groupnorm(X, numGroups, offset, scaleFactor, /, *, Epsilon=1e-5, DataFormat=None):
    """
    Y = groupnorm(X,numGroups,offset,scaleFactor)
    Y = groupnorm(X,numGroups,offset,scaleFactor,DataFormat=FMT)
    Y = groupnorm(X,numGroups,offset,scaleFactor,Name=Value)

    Group normalization: groups of neighbouring channels of each observation with mean 0 and variance 1, each channel
    times scaleFactor, plus offset.

    numGroups is a number that divides the channels, 'all-channels' (one group) or 'channel-wise'.

    Options
      Epsilon     added to variances (1e-5)
      DataFormat  labels of the dimensions of an X without labels

    Examples
      >> groupnorm(dlarray([1; 3; 10; 30],"CB"),2,0,1)
      ans =
        4(C) × 1(B) dlarray
         -1.0000
          1.0000
         -1.0000
          1.0000

    See also batchnorm, layernorm, instancenorm, dlarray.
    """
    x = Labelled("groupnorm", X, DataFormat, (offset, scaleFactor))
    channels = needs_channels(x)
    if text_or_none(numGroups) is not None:
        word = take.choice(numGroups, ("all-channels", "channel-wise"), "numGroups")
        groups = 1 if word == "all-channels" else channels
    else:
        groups = take.positive(numbers(numGroups), "numGroups")
    if channels % groups:
        raise ScriptError(
            "deep:groupnorm:NumGroups", "The number of channels must be a multiple of the number of groups.",
            notes=(f"{channels} channels, {groups} groups",),
        )  # fmt: skip
    o, s, epsilon = scaled(x, offset, scaleFactor, Epsilon)

    return x.out(x.run_over("STU", lambda a, o, s: normalizations.normalize_groups(a, groups, o, s, epsilon), o, s))


@builtin
def crosschannelnorm(X, windowSize, /, *, Alpha=1e-4, Beta=0.75, K=2.0, DataFormat=None):
    """
    Y = crosschannelnorm(X,windowSize)
    Y = crosschannelnorm(X,windowSize,DataFormat=FMT)
    Y = crosschannelnorm(X,windowSize,Name=Value)

    Each number divided by (K + Alpha*ss/windowSize)^Beta, where ss is the sum of the squares of its neighbours among
    the channels.

    Options
      Alpha       (1e-4)
      Beta        (0.75)
      K           (2)
      DataFormat  labels of the dimensions of an X without labels

    Examples
      >> crosschannelnorm(dlarray([1; 2; 3],"CB"),3,Alpha=3,Beta=1,K=1)
      ans =
        3(C) × 1(B) dlarray
          0.1667
          0.1333
          0.2143

    See also batchnorm, groupnorm, dlarray.
    """
    x = Labelled("crosschannelnorm", X, DataFormat)
    needs_channels(x)
    window = take.positive(to_class(numbers(windowSize), "double"), "windowSize")
    alpha, beta, k = (take.number(numbers(one), name) for one, name in ((Alpha, "Alpha"), (Beta, "Beta"), (K, "K")))
    return x.out(x.run_over(None, lambda a: normalizations.normalize_across_channels(a, window, alpha, beta, k)))
