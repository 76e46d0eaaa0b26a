"""Maps of what a network misses when it is covered: occlusionSensitivity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_outputs import UPSAMPLING
from cnnscript.builtins.explanations.masked_images import colour, how, is_auto, keeping, masked_question, sides
from cnnscript.builtins.registry import builtin
from cnnscript.explain.occlusion import occlusion_sensitivity
from cnnscript.pictures.images.resize import imresize
from cnnscript.values import take
from cnnscript.values.numeric import norm


@builtin
def occlusionSensitivity(
    session,
    net,
    X,
    target,
    channel=None,
    /,
    *,
    MaskSize="auto",
    Stride="auto",
    MaskValue="auto",
    OutputUpsampling="bicubic",
    MaskClipping="on",
    MiniBatchSize=128.0,
    InputDataFormats="auto",
    ExecutionEnvironment="auto",
):
    """
    scoreMap = occlusionSensitivity(net,X,label)
    scoreMap = occlusionSensitivity(net,X,channelIdx)
    activationMap = occlusionSensitivity(net,X,layer,channel)
    scoreMap = occlusionSensitivity(net,X,label,Name=Value)

    How much the score of a class falls when a mask covers each part of an image.

    X is one image as the network takes it, or larger where its layers allow that; label a class or several (text,
    string, categorical), channelIdx their numbers. Of a layer, the outputs of a channel are summed over height and
    width. The map is h×w×K, single: the score of the whole image minus that of the covered one, so that positive
    places speak for the class. All classes are scored in the same passes.

    Masks lie on a grid of the stride, from the top left. With clipping their centres begin on the first pixel and what
    lies outside is cut off; a mask of even length reaches one pixel further up and left than down and right. Without,
    they begin there, and those that do not fit are left out. The map of these scores is enlarged with imresize to the
    size of X. MATLAB's page says this much; where inside an even mask its centre is, it does not say.

    Ctrl-C stops at once and keeps the scores there are: the same call goes on from them.

    Options
      MaskSize              'auto' (default: a fifth of the image's height and width), n or [h w] pixels
      Stride                'auto' (default: a tenth), n or [down across] pixels
      MaskValue             'auto' (default: the mean of each channel of X), a number, or one for each channel
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': a number for each mask
      MaskClipping          'on' (default) or 'off'
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      InputDataFormats      'auto' (default), or a letter for each dimension of X: 'SSCB'
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = occlusionSensitivity(net,X,'espresso',MaskSize=80,Stride=70);
      >> size(map)
      ans =
         227   227
      >> size(occlusionSensitivity(net,X,[968 505],MaskSize=80,Stride=70,OutputUpsampling="none"))
      ans =
           4     4     2
      >> map = occlusionSensitivity(net,X,'fire9-concat',3,MaskSize=80,Stride=70);
      >> class(map)
      ans =
          'single'

    See also imageLIME, rise, overlay, classify, imresize.
    """
    question = masked_question(net, X, "occlusionSensitivity", target, channel, InputDataFormats)
    height, width = size = question.image.shape[:2]
    mask = share(size, 0.2) if is_auto(MaskSize, "MaskSize") else sides(MaskSize, "MaskSize")
    stride = share(size, 0.1) if is_auto(Stride, "Stride") else sides(Stride, "Stride")
    if not is_auto(MaskValue, "MaskValue"):
        question = replace(question, baseline=colour(MaskValue, question))
    upsampling = take.choice(OutputUpsampling, UPSAMPLING, "OutputUpsampling")
    clipping = take.flag(MaskClipping, "MaskClipping")
    computing = how(session, MiniBatchSize, ExecutionEnvironment)
    with keeping(session, question.network):
        found = occlusion_sensitivity(question, mask, stride, clipping, computing)
    return norm(enlarged(found, upsampling, (height, width)))


def share(size: tuple[int, ...], part: float) -> tuple[int, int]:
    """A part of height and width in whole pixels."""
    height, width = (max(1, int(np.floor(part * length + 0.5))) for length in size)
    return height, width


def enlarged(maps: Any, upsampling: str, size: tuple[int, int]) -> np.ndarray:
    """Maps (rows×columns×K) at the size of the image, or as they are."""
    if upsampling == "none":
        return np.asfortranarray(maps)
    return imresize(np.asfortranarray(maps), size, method=upsampling)
