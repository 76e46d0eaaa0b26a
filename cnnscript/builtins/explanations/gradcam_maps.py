"""gradCAM: MATLAB's function, and the contrast with another class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_outputs import UPSAMPLING, Asked, asked, chosen_feature, given_out
from cnnscript.builtins.explanations.targets import class_numbers, warn_of_saturation
from cnnscript.builtins.registry import builtin
from cnnscript.engine.questions import ask
from cnnscript.engine.tapes import one_hot
from cnnscript.errors import ScriptError
from cnnscript.explain.grad_cam import grad_cam
from cnnscript.values import take
from cnnscript.values.text import text_or_none

RUNNER_UP = "runner-up"


@builtin(outputs=3)
def gradCAM(  # noqa: N802
    session,
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    ReductionLayer=None,
    FeatureLayer=None,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Format="",
    InputDataFormats="",
    Score=None,
    Against=None,
    Gamma=1.0,
):
    """
    scoreMap = gradCAM(net,X,label)
    scoreMap = gradCAM(net,X,classIdx)
    scoreMap = gradCAM(net,X,reductionFcn)
    [scoreMap,featureLayer,reductionLayer] = gradCAM(...)
    scoreMap = gradCAM(...,Name=Value)

    Where an image speaks for a class: gradient-weighted class activation mapping (Grad-CAM, arXiv:1610.02391).

    The maps of the feature layer are weighted with the mean gradients of the class's score, summed, and what is
    negative is set to 0. X is one image h×w×c, or several h×w×c×N; label is text, a string array, a categorical or a
    cell of texts, classIdx numbers from 1. K classes of one image give K maps, N images one map each. The map is
    single, has the size of the image and is not rescaled. For what is no classification, reductionFcn reduces the
    output of the reduction layer, a dlarray, to the scalar that is differentiated.

    The score is that of the softmax layer, as in MATLAB: for a class that the network is sure of, its gradient
    vanishes; Score="logit" differentiates what goes into the softmax. With Against, the map shows what speaks for the
    class and not for another one (Finer-CAM, arXiv:2501.11309): the gradient of y(label) - Gamma*y(other), of logits.

    Options
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      FeatureLayer          the layer whose maps are weighted (the last ReLU layer with height or width, or the last
                            layer that gathers what ReLUs gave; else the last such convolution)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...
      InputDataFormats      the same, by its newer name
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      Against               another class: a label, a number, or "runner-up" (or true) for the next best
      Gamma                 how much the other class counts (1)

    Examples
      >> net = squeezenet;
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> scoreMap = gradCAM(net,im,'espresso','OutputUpsampling','none');
      >> size(scoreMap)
      ans =
          14    14
      >> [scoreMap,featureLayer,reductionLayer] = gradCAM(net,im,[968 505]);
      >> size(scoreMap), featureLayer, reductionLayer
      ans =
         227   227     2
      featureLayer =
          'relu_conv10'
      reductionLayer =
          'prob'
      >> byFunction = gradCAM(net,im,@(x) x(968) + x(505));
      >> max(abs(byFunction - sum(scoreMap,3)),[],'all') < 1e-3
      ans =
        logical
         1
      >> finer = gradCAM(net,im,"espresso",Against="runner-up");

    See also activations, classify, saliency, layerCAM.
    """
    form = take.text(InputDataFormats, "InputDataFormats") or take.text(Format, "Format")
    if text_or_none(Format) not in ("", form):
        raise ScriptError(
            "deep:gradCAM:TwoFormats",
            "'Format' and 'InputDataFormats' are two names of one option.",
            notes=(f"they are '{text_or_none(Format)}' and '{form}'",),
        )
    contrast = Against is not None and not (type(Against) is bool and not Against)
    score = Score if Score is not None or not contrast else "logit"
    given = asked("gradCAM", net, X, label, reduction=ReductionLayer, score=score,
                  environment=ExecutionEnvironment, form=form, session=session)  # fmt: skip
    upsampling = take.choice(OutputUpsampling, UPSAMPLING, "OutputUpsampling")
    feature = chosen_feature(given.network, given.target.layer, given.size, FeatureLayer)
    question = given.question
    if contrast:
        question = replace(question, weights=contrasted(given, Against, take.number(Gamma, "Gamma")))
    maps, scores = grad_cam(question, feature)
    if not contrast:
        warn_of_saturation(given.network, given.target, scores)
    layers = given.network.layers
    scored = layers[given.target.layer].name
    return given_out(maps, given.size[:2], upsampling), layers[feature].name, scored


def contrasted(given: Asked, other: Any, gamma: float) -> np.ndarray:
    """Weights n×c of each class against another: 1 for it, -gamma for the other."""
    network, layer, images = given.network, given.target.layer, given.question.images
    classes = list(given.target.classes)
    if not classes:
        raise ScriptError(
            "deep:gradCAM:AgainstNeedsClass", "'Against' needs a class to compare, and a reduction function was given."
        )
    count = max(len(classes), len(images))
    classes = classes * count if len(classes) == 1 else classes
    if other is True or text_or_none(other) == RUNNER_UP and RUNNER_UP not in network.classes:
        (outputs,) = ask(network, images, [layer])
        scores = np.broadcast_to(outputs.sum((1, 2)), (count, outputs.shape[-1])).copy()
        scores[np.arange(count), classes] = -np.inf
        others = scores.argmax(1).tolist()
    else:
        others = class_numbers(network, layer, other)
        if len(others) not in (1, count):
            raise ScriptError(
                "deep:gradCAM:AgainstCount",
                "'Against' must be one class, or one for each map.",
                notes=(f"there are {count} maps and {len(others)} classes against them",),
            )
        others = others * count if len(others) == 1 else others
    same = [k for k in range(count) if others[k] == classes[k]]
    if same:
        raise ScriptError(
            "deep:gradCAM:AgainstItself",
            "A class cannot be compared with itself.",
            notes=(f"'Against' is class {others[same[0]] + 1}, and so is the label",),
        )
    channels = network.sizes[layer][2]
    return one_hot(classes, channels) - np.float32(gamma) * one_hot(others, channels)
