"""Maps from random soft masks: rise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.masked_images import colour, how, is_auto, keeping, masked_question, sides
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.explain import rise as method
from cnnscript.explain.input_scales import GREYS
from cnnscript.explain.perturbation import MaskedQuestion
from cnnscript.values import take
from cnnscript.values.numeric import norm


@builtin
def rise(
    session,
    net,
    X,
    target,
    channel=None,
    /,
    *,
    NumMasks=4000.0,
    GridSize=7.0,
    Probability=0.5,
    MaskValue="auto",
    Normalization="expected",
    MiniBatchSize=128.0,
    InputDataFormats="auto",
    ExecutionEnvironment="auto",
):
    """
    map = rise(net,X,label)
    map = rise(net,X,channelIdx)
    map = rise(net,X,layer,channel)
    map = rise(net,X,label,Name=Value)

    Where an image must be seen for the score of a class: the mean of many random masks, each weighed by the score that
    the image has behind it (RISE, Petsiuk and others, 2018).

    label is a class or several (text, string, categorical), channelIdx their numbers; all are scored in the same
    passes. Of a layer, the outputs of a channel are summed over height and width. The map is h×w×K, single: at each
    pixel about the score that the image has when this pixel is seen. Masks are grids of zeros and ones, enlarged
    bilinearly and moved by a random part of a cell; they are drawn from the stream that rng sets.

    Ctrl-C stops at once and keeps the scores there are: the same call goes on from them.

    Options
      NumMasks              how many masks (4000)
      GridSize              cells of a mask: n or [down across] (7)
      Probability           of a cell to be seen (0.5)
      MaskValue             what is seen elsewhere: a number or one for each channel; 'auto' (default): what the
                            network's input layer makes zero of, as the paper has it (its mean; without one, 0)
      Normalization         'expected' (default, the paper's): divide by Probability times NumMasks; 'observed': by how
                            often each pixel was seen, which takes the chance of the masks out of the map
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      InputDataFormats      'auto' (default), or a letter for each dimension of X: 'SSCB'
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = rise(net,X,'espresso',NumMasks=40);
      >> size(map)
      ans =
         227   227
      >> size(rise(net,X,[968 505],NumMasks=10))
      ans =
         227   227     2
      >> size(rise(net,X,'fire9-concat',3,NumMasks=10))
      ans =
         227   227

    See also occlusionSensitivity, imageLIME, overlay, rng.
    """
    question = masked_question(net, X, "rise", target, channel, InputDataFormats)
    height, width = question.image.shape[:2]
    count = take.positive(NumMasks, "NumMasks")
    rows, columns = sides(GridSize, "GridSize", words="")
    if rows > height or columns > width:
        raise ScriptError(
            "deep:rise:GridTooFine", "A mask must not have more cells than the image has pixels.",
            notes=(f"GridSize is {rows}×{columns}", f"the image is {height}×{width}"),
        )  # fmt: skip
    probability = take.number(Probability, "Probability")
    if not 0 < probability <= 1:
        raise ScriptError(
            "deep:rise:InvalidProbability",
            "Probability must be above 0, and at most 1.",
            notes=(f"got {probability:g}",),
        )
    auto = is_auto(MaskValue, "MaskValue")
    question = replace(question, baseline=neutral(question) if auto else colour(MaskValue, question))
    observed = take.choice(Normalization, ("expected", "observed"), "Normalization") == "observed"
    computing = how(session, MiniBatchSize, ExecutionEnvironment)
    with keeping(session, question.network):
        grids = session.random.uniforms(count * rows * columns).reshape(count, rows, columns) < probability
        draws = method.Draws(grids, session.random.uniforms(2 * count).reshape(count, 2))
        found = method.rise(question, draws, probability, observed, computing)
    return norm(np.asfortranarray(found, np.float32))


def neutral(question: MaskedQuestion) -> np.ndarray:
    """What the network's input layer makes zero of, as a baseline."""
    entry = question.network.input
    mean, low, high = (
        statistic(value, otherwise, question.image.shape)
        for value, otherwise in ((entry.mean, 0.0), (entry.min, 0.0), (entry.max, GREYS))
    )
    zero = {
        "zerocenter": mean,
        "zscore": mean,
        "rescale-symmetric": (low + high) / 2,
        "rescale-zero-one": low,
    }.get(entry.normalization, np.zeros((1, 1, 1)))
    return zero.astype(np.float32)


def statistic(value: Any, otherwise: float, shape: tuple[int, ...]) -> np.ndarray:
    """A statistic of the input layer (a number, one a channel, an image; None: what the layer takes in its place) as
    one that broadcasts to images."""
    array = np.asarray(otherwise if value is None else value, float)
    array = array.reshape(1, 1, -1) if array.ndim < 3 else array
    return array if array.shape[:2] in ((1, 1), shape[:2]) else array.mean((0, 1), keepdims=True)
