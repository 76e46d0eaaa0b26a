"""lstm, gru, attention, embed: sequences of labelled arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.labelled_arguments import Labelled, given_out, operand, ordered
from cnnscript.builtins.registry import builtin
from cnnscript.engine.labelled import attention as attending
from cnnscript.engine.labelled.recurrences import recur
from cnnscript.engine.labelled.running import run
from cnnscript.engine.recurrent_layers import GRU, LSTM, Recurrent
from cnnscript.errors import ScriptError
from cnnscript.values import dimension_labels, take
from cnnscript.values.dlarrays import DLArray, numbers, plain_shape
from cnnscript.values.numeric import as_array, numel_of, size_of, size_text
from cnnscript.values.text import text_or_none

STATE_FUNCTIONS = ("tanh", "softsign", "relu")
GATE_FUNCTIONS = ("sigmoid", "hard-sigmoid")


@builtin(outputs=3)
def lstm(
    nargout, X, H0, C0, weights, recurrentWeights, bias, /, *, StateActivationFunction="tanh",
    GateActivationFunction="sigmoid", DataFormat=None,
):  # fmt: skip
    """
    Y = lstm(X,H0,C0,weights,recurrentWeights,bias)
    [Y,hiddenState,cellState] = lstm(X,H0,C0,weights,recurrentWeights,bias)
    ... = lstm(...,Name=Value)

    A long short-term memory over the time of X, whose units' outputs are the channels of Y.

    weights are 4*units × channels, recurrentWeights 4*units × units, bias 4*units: input gate, forget gate, cell
    candidate, output gate. H0 and C0 are the states to begin with, units × 1 or units × observations.

    Options
      StateActivationFunction  'tanh' (default), 'softsign', 'relu'
      GateActivationFunction   'sigmoid' (default), 'hard-sigmoid'
      DataFormat               labels of the dimensions of an X without labels

    Examples
      >> X = dlarray([1 2 3],"CT"); [Y,H,C] = lstm(X,0,0,[1;1;1;1],[0;0;0;0],[0;0;0;0])
      Y =
        1(C) × 3(T) dlarray
          0.3696    0.7677    0.9305
      H =
        1×1 dlarray
          0.9305
      C =
        1×1 dlarray
          2.2238

    See also gru, attention, embed, dlarray.
    """
    x = Labelled("lstm", X, DataFormat, (H0, C0, weights, recurrentWeights, bias))
    layer = LSTM(
        num_hidden_units=units(x, recurrentWeights),
        state_activation_function=take.choice(StateActivationFunction, STATE_FUNCTIONS, "StateActivationFunction"),
        gate_activation_function=take.choice(GateActivationFunction, GATE_FUNCTIONS, "GateActivationFunction"),
    )
    return recurrent(nargout, x, layer, (weights, recurrentWeights, bias), (H0, C0))


@builtin(outputs=2)
def gru(
    nargout, X, H0, weights, recurrentWeights, bias, /, *, ResetGateMode="after-multiplication",
    StateActivationFunction="tanh", GateActivationFunction="sigmoid", DataFormat=None,
):  # fmt: skip
    """
    Y = gru(X,H0,weights,recurrentWeights,bias)
    [Y,hiddenState] = gru(X,H0,weights,recurrentWeights,bias)
    ... = gru(...,Name=Value)

    A gated recurrent unit over the time of X, whose units' outputs are the channels of Y.

    weights are 3*units × channels, recurrentWeights 3*units × units, bias 3*units: reset gate, update gate, candidate.
    H0 is the state to begin with, units × 1 or units × observations.

    Options
      ResetGateMode            'after-multiplication' (default), 'before-multiplication',
                               'recurrent-bias-after-multiplication' (bias is 6*units)
      StateActivationFunction  'tanh' (default), 'softsign', 'relu'
      GateActivationFunction   'sigmoid' (default), 'hard-sigmoid'
      DataFormat               labels of the dimensions of an X without labels

    Examples
      >> [Y,H] = gru(dlarray([1 2 3],"CT"),0,[1;1;1],[0;0;0],[0;0;0])
      Y =
        1(C) × 3(T) dlarray
          0.2048    0.2953    0.3285
      H =
        1×1 dlarray
          0.3285

    See also lstm, attention, embed, dlarray.
    """
    x = Labelled("gru", X, DataFormat, (H0, weights, recurrentWeights, bias))
    modes = ("after-multiplication", "before-multiplication", "recurrent-bias-after-multiplication")
    layer = GRU(
        num_hidden_units=units(x, recurrentWeights),
        reset_gate_mode=take.choice(ResetGateMode, modes, "ResetGateMode"),
        state_activation_function=take.choice(StateActivationFunction, STATE_FUNCTIONS, "StateActivationFunction"),
        gate_activation_function=take.choice(GateActivationFunction, GATE_FUNCTIONS, "GateActivationFunction"),
    )
    return recurrent(nargout, x, layer, (weights, recurrentWeights, bias), (H0,))


def units(x: Labelled, again: Any) -> int:
    """The number of hidden units, of an input that has channels."""
    x.needs("C", "channel")
    if set(x.labels) - set("CBT"):
        raise ScriptError(
            f"deep:{x.function}:Labels", "The input must have the labels 'C', 'B' and 'T' only.",
            notes=(f"it is {x.text()}",),
        )  # fmt: skip
    return size_of(again)[1]


def recurrent(nargout: int, x: Labelled, layer: Recurrent, learnt: tuple, states: tuple) -> Any:
    count, rows = layer.num_hidden_units, layer.gates * layer.num_hidden_units
    wanted = ((rows, x.length("C")), (rows, count), (layer.bias_length(), 1))
    for name, value, shape in zip(("weights", "recurrent weights", "bias"), learnt, wanted, strict=True):
        if numel_of(value) != shape[0] * shape[1] or name != "bias" and plain_shape(size_of(value)) != shape:
            raise ScriptError(
                f"deep:{x.function}:SizeMismatch", f"The {name} must have the size {size_text(shape, '×')}.",
                notes=(f"got {size_text(size_of(value), '×')}", f"{count} units, and the input is {x.text()}"),
            )  # fmt: skip
    begun = []
    for name, state in zip(layer.state, states, strict=True):
        source = as_dlarray(state)
        made = ordered(source, source.labels, "CB") if source.labels else operand(source)
        if made.shape not in ((count, 1), (count, x.length("B"))):
            raise ScriptError(
                f"deep:{x.function}:StateSize",
                f"{name} must have the size {count}×1, or {count}×{x.length('B')}: one for each observation.",
                notes=(f"got {size_text(size_of(state), '×')}",),
            )
        begun.append(made)
    names = (*layer.learnables, *layer.state)

    def compute(a, *given):
        steps, ends = recur(layer, a, x.labels, dict(zip(names, given, strict=True)))
        return (steps, *ends.values())

    y, *ends = x.run(compute, *map(operand, learnt), *begun)
    if nargout < 2:
        return x.out(y)
    formats = [state.labels and "CB" if isinstance(state, DLArray) else "" for state in states]
    return x.out(y), *map(given_out, ends, formats)


@builtin(outputs=2)
def attention(
    session, nargout, queries, keys, values, numHeads, /, *, Scale="auto", PaddingMask=None, AttentionMask="none",
    DropoutProbability=0.0, DataFormat=None,
):  # fmt: skip
    """
    Y = attention(queries,keys,values,numHeads)
    [Y,weights] = attention(queries,keys,values,numHeads)
    ... = attention(...,Name=Value)

    Scaled dot-product attention over the dimension of time, space or any other: for each query the values, weighed by
    the softmax of the scaled products of their keys with it.

    The channels are cut into numHeads runs, each a head. weights are keys × queries × heads × observations.

    Options
      Scale               factor of the products: a number, or 'auto' (1/sqrt(channels of a head))
      PaddingMask         of the size of the keys, with one channel: 1 where a key is there, 0 where it is padding
      AttentionMask       'none' (default), 'causal' (no query sees later keys), or keys × queries numbers, 0 where a
                          query must not see a key
      DropoutProbability  share of the weights that are left out at random, as in training (0)
      DataFormat          labels of the dimensions of arrays without labels

    Examples
      >> X = dlarray([1 0 1; 0 1 1],"CT"); [Y,W] = attention(X,X,X,1,AttentionMask="causal");
      >> Y
      Y =
        2(C) × 3(T) dlarray
          1.0000    0.3302    0.7517
               0    0.6698    0.7517
      >> sum(extractdata(W))
      ans =
           1     1     1

    See also lstm, gru, embed, softmax, dlarray.
    """
    q, k, v = (Labelled("attention", one, DataFormat, (queries, keys, values)) for one in (queries, keys, values))
    heads = take.positive(numbers(numHeads), "numHeads")
    over = [label for label in q.labels if label in "STU"]
    same = q.labels == k.labels == v.labels
    if not same or len(over) > 1 or "C" not in q.labels:
        raise ScriptError(
            "deep:attention:Labels",
            "Queries, keys and values must have the same labels: 'C', at most one of 'S', 'T' and 'U', and 'B'.",
            notes=(f"queries are {q.text()}", f"keys are {k.text()}", f"values are {v.text()}"),
        )
    lengths = [(one.length("C"), one.length("".join(over)) if over else 1, one.length("B")) for one in (q, k, v)]
    (qc, q_count, qb), (kc, k_count, kb), (vc, v_count, vb) = lengths
    if qc != kc or k_count != v_count or not qb == kb == vb or qc % heads or vc % heads:
        raise ScriptError(
            "deep:attention:SizeMismatch",
            "Queries and keys must have as many channels, keys and values must be as many, and numHeads must divide "
            "the channels.",
            notes=(f"queries are {q.text()}", f"keys are {k.text()}", f"values are {v.text()}", f"{heads} heads"),
        )
    scale = None
    if text_or_none(Scale) is None:
        scale = take.number(numbers(Scale), "Scale")
    else:
        take.choice(Scale, ("auto",), "Scale")
    shown = seen(k, PaddingMask, AttentionMask, q_count, k_count)
    share = take.number(numbers(DropoutProbability), "DropoutProbability")
    if not 0 <= share < 1:
        raise take.wanted("a number from 0 and below 1", "DropoutProbability", DropoutProbability)
    kept = None
    if share:
        drawn = as_array(session.call("rand", 1, *map(float, (k_count, q_count, heads, qb))))
        kept = (drawn.reshape(k_count, q_count, heads, qb) >= share).T / (1 - share)

    def compute(a, b, c):
        factors = None if kept is None else kept.astype(a.dtype.as_numpy_dtype)
        return attending.attend(a, b, c, q.labels, heads, scale=scale, shown=shown, kept=factors)

    y, weights = q.run(compute, k.operand(), v.operand())
    return (q.out(y), given_out(weights)) if nargout > 1 else q.out(y)


def seen(k: Labelled, padding: Any, attention_mask: Any, queries: int, keys: int) -> np.ndarray | None:
    """Which keys queries see: an array that spreads over N × heads × queries × keys; None: all."""
    shown = None
    if text_or_none(attention_mask) is not None:
        if take.choice(attention_mask, ("none", "causal"), "AttentionMask") == "causal":
            shown = np.tri(queries, keys, dtype=bool)[None, None]
    else:
        mask = as_array(numbers(attention_mask))
        if mask.shape[:2] != (keys, queries):
            raise ScriptError(
                "deep:attention:AttentionMask", f"AttentionMask must be keys × queries, {keys}×{queries}.",
                notes=(f"it is {size_text(mask.shape, '×')}",),
            )  # fmt: skip
        mask = mask.reshape(*mask.shape, *(1,) * (4 - mask.ndim)) if mask.ndim != 3 else mask[:, :, None]
        shown = (mask != 0).T
    if padding is not None:
        source = as_dlarray(numbers(padding))
        labels = padding.labels if isinstance(padding, DLArray) and padding.labels else k.labels
        over = "".join(set(k.labels) & set("STU")) or "T"
        mask = np.asarray(ordered(source, labels, f"C{over}B"))[0]
        if mask.shape not in ((keys, k.length("B")), (keys, 1)):
            raise ScriptError(
                "deep:attention:PaddingMask", "PaddingMask must have the size of the keys, with one channel.",
                notes=(f"the keys are {k.text()}", f"the mask is {size_text(size_of(padding), '×')}"),
            )  # fmt: skip
        there = (mask != 0).T[:, None, None]
        shown = there if shown is None else shown & there
    return shown


@builtin
def embed(X, weights, /, *, DataFormat=None, WeightsFormat=None):
    """
    Y = embed(X,weights)
    Y = embed(X,weights,DataFormat=FMT)
    Y = embed(X,weights,DataFormat=FMT,WeightsFormat=FMT)

    Vectors for the numbers, from 1, of words: the columns of the weights, along the channels of Y. The last column is
    for all that is no number of a word: padding (0), NaN, and numbers beyond the weights.

    Options
      DataFormat     labels of the dimensions of an X without labels
      WeightsFormat  labels of the dimensions of the weights ('CU': length × words)

    Examples
      >> Y = embed(dlarray([2 1 2],"CT"),dlarray([1 2; 10 20]))
      Y =
        2(C) × 3(T) dlarray
           2     1     2
          20    10    20

    See also lstm, attention, onehotencode, dlarray.
    """
    x = Labelled("embed", X, DataFormat, (weights,))
    labels = weights.labels if isinstance(weights, DLArray) else ""
    if WeightsFormat is not None:
        labels = dimension_labels.checked(take.text(WeightsFormat, "WeightsFormat").upper())
    w = ordered(weights, labels or "CU", "CU")
    found = as_array(numbers(x.array))
    if x.length("C") != 1:
        raise ScriptError(
            "deep:embed:Channels", "The input must have one channel, of numbers of words.", notes=(f"it is {x.text()}",)
        )
    known = (found >= 1) & (found <= w.shape[1]) & (found == np.floor(found))
    indices = np.where(known, found, w.shape[1])
    plain = np.ascontiguousarray(indices.reshape(x.sizes, order="F").T)
    made = run(lambda w: attending.embed(plain, x.labels, w), w)
    return x.out(made, x.labels if "C" in x.labels else "C" + x.labels)
