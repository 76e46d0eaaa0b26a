"""What a simple model makes of a network near one image: imageLIME."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.explanations.map_outputs import UPSAMPLING
from cnnscript.builtins.explanations.masked_images import how, keeping, masked_question
from cnnscript.builtins.explanations.occlusion_maps import enlarged
from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.explain.lime import grid, grid_features, sample_scores
from cnnscript.learning.linear_models import lasso
from cnnscript.learning.trees import regression_importance
from cnnscript.pictures.images import scale
from cnnscript.values import take
from cnnscript.values.numeric import as_array, class_of, is_numeric, norm, size_of, size_text
from cnnscript.values.text import text_or_none
from cnnscript.values.warn import warn

SEGMENTATIONS = ("superpixels", "grid")


@builtin(outputs=3)
def imageLIME(
    session,
    nargout,
    net,
    X,
    target,
    /,
    *,
    NumFeatures=49.0,
    NumSamples=2048.0,
    Segmentation="superpixels",
    Model="tree",
    OutputUpsampling=None,
    MiniBatchSize=128.0,
    InputDataFormats="auto",
    ExecutionEnvironment="auto",
):
    """
    scoreMap = imageLIME(net,X,label)
    scoreMap = imageLIME(net,X,channelIdx)
    [scoreMap,featureMap,featureImportance] = imageLIME(net,X,label)
    [___] = imageLIME(net,X,label,Name=Value)

    Which parts of an image matter to the score of a class, by a simple model of what the network says of it.

    The image is divided into features. NumSamples images keep a random half of them, the others take the mean colour of
    X; the scores of these images are fitted by a simple model of which features are there (LIME, Ribeiro and others,
    2016), and what it makes of a feature is its importance. label is a class or several (text, string, categorical),
    channelIdx their numbers; all are scored in the same passes. scoreMap is h×w×K, featureMap the number of each
    pixel's feature, featureImportance features×K, a column for each class.

    The tree is grown as fitrtree grows it, and the importance of a feature is what questions for it lower the squared
    error by, per question (predictorImportance): never negative. The line is fitrlinear's least squares with a lasso
    penalty of 1/NumSamples, the importance its weight: negative where a feature speaks against the class. MATLAB's page
    names these functions but not their settings, nor the chance of a feature to stay; all samples weigh alike. They are
    drawn from the stream that rng sets.

    Ctrl-C stops at once and keeps the scores there are: the same call goes on from them.

    Options
      NumFeatures           about how many features (49); 'grid' makes floor(sqrt(n)) squared of a square image
      NumSamples            how many images are scored (2048)
      Segmentation          'superpixels' (default), 'grid', or a matrix with the number of each pixel's feature, from 1
      Model                 'tree' (default) or 'linear'
      OutputUpsampling      of grids: 'nearest' (default), 'bicubic', or 'none': a number for each cell
      MiniBatchSize         most images computed at once (128); fewer where that is quicker
      InputDataFormats      'auto' (default), or a letter for each dimension of X: 'SSCB'
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'

    Examples
      >> net = squeezenet; X = imresize(imread('coffee.png'),[227 227]);
      >> map = imageLIME(net,X,'espresso',NumSamples=40);
      >> size(map)
      ans =
         227   227
      >> [map,features,importance] = imageLIME(net,X,[968 505],Segmentation="grid",Model="linear",NumSamples=60);
      >> size(importance), max(features(:))
      ans =
          49     2
      ans =
          49

    See also occlusionSensitivity, rise, overlay, superpixels, maxk, rng.
    """
    question = masked_question(net, X, "imageLIME", target, None, InputDataFormats)
    height, width = question.image.shape[:2]
    count, samples = take.positive(NumFeatures, "NumFeatures"), take.positive(NumSamples, "NumSamples")
    model = take.choice(Model, ("tree", "linear"), "Model")
    named = text_or_none(Segmentation) is not None
    segmentation = take.choice(Segmentation, SEGMENTATIONS, "Segmentation") if named else ""
    upsampling = take.choice("nearest" if OutputUpsampling is None else OutputUpsampling, UPSAMPLING,
                             "OutputUpsampling")  # fmt: skip
    if OutputUpsampling is not None and segmentation != "grid":
        warn(
            "nnet_cnn:imageLIME:UpsamplingOfGridsOnly",
            "OutputUpsampling has no effect: only maps of Segmentation 'grid' are smaller than the image.",
        )
    computing = how(session, MiniBatchSize, ExecutionEnvironment)
    rows, columns = grid(height, width, count)
    if segmentation == "grid":
        labels = grid_features(height, width, rows, columns) + 1
    elif segmentation:
        labels = superpixel_features(session, question.image, X, count)
    else:
        labels = own_features(Segmentation, (height, width))
    features = int(labels.max())
    with keeping(session, question.network):
        kept = session.random.uniforms(samples * features).reshape(features, samples).T < 0.5
        scores = sample_scores(question, labels - 1, kept, computing)
    explain = regression_importance if model == "tree" else lasso
    importance = np.column_stack([explain(kept, scores[:, k]) for k in range(scores.shape[1])])
    if segmentation == "grid" and upsampling != "nearest":
        cells = importance.reshape(columns, rows, -1).transpose(1, 0, 2)
        found = enlarged(cells, upsampling, (height, width))
    else:
        found = importance[labels - 1]
    outputs = found, np.asarray(labels, float), importance
    return tuple(norm(np.asfortranarray(one)) for one in outputs[: max(1, nargout)])


def superpixel_features(session: Any, image: np.ndarray, X: Any, count: int) -> np.ndarray:
    """The superpixel of each pixel, from 1 without gaps; of images that are neither grey nor colour, of their mean."""
    picture = image if image.shape[2] in (1, 3) else image.mean(axis=2, keepdims=True)
    white = {"uint8": 255.0, "uint16": 65535.0}.get(class_of(X))
    level = picture / white if white else picture if is_light(picture) else scale.mat2gray(picture)
    level = level[:, :, 0] if level.shape[2] == 1 else level
    labels = session.call("superpixels", 1, norm(np.asfortranarray(level, float)), float(count))
    return np.unique(np.atleast_2d(labels), return_inverse=True)[1].reshape(image.shape[:2]) + 1


def is_light(picture: np.ndarray) -> bool:
    """Do its numbers lie between black 0 and white 1?"""
    return bool(picture.min() >= 0 and picture.max() <= 1)


def own_features(value: Any, size: tuple[int, int]) -> np.ndarray:
    """A matrix with the number of each pixel's feature."""
    real = is_numeric(value) and as_array(value).dtype.kind != "c"
    array = np.asarray(value, float) if real else np.zeros(())
    whole = array.shape == size and bool(((array >= 1) & (array == np.floor(array)) & (array < 2**31)).all())
    if not whole:
        raise ScriptError(
            "nnet_cnn:imageLIME:InvalidSegmentation",
            "Segmentation must be 'superpixels', 'grid', or a matrix of positive integers of the size of the image.",
            notes=(f"it is a {size_text(size_of(value))} {class_of(value)}", f"the image is {size_text(size)}"),
            hint="the numbers must be whole and above 0" if array.shape == size else None,
        )
    return array.astype(np.int64)
