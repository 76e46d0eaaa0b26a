"""Class activation maps besides gradCAM: of a layer's size, brought to the image's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.baselines import baseline_images
from cnnscript.builtins.explanations.map_outputs import UPSAMPLING, Asked, asked, chosen_feature, given_out
from cnnscript.builtins.explanations.targets import explained, pictures, warn_of_saturation
from cnnscript.builtins.registry import builtin
from cnnscript.engine.devices import ENVIRONMENTS
from cnnscript.explain.chosen_layers import reduction_layer
from cnnscript.explain.class_activation_map import class_activation_map
from cnnscript.explain.eigen_cam import eigen_cam
from cnnscript.explain.grad_cam_plus_plus import grad_cam_plus_plus
from cnnscript.explain.hires_cam import hires_cam
from cnnscript.explain.layer_cam import layer_cam
from cnnscript.explain.perturbation import Computing, MaskedQuestion
from cnnscript.explain.score_cam import score_cam
from cnnscript.values import take

Method = Callable[..., Any]


def weighted(function: str, method: Method, net: Any, images: Any, label: Any, feature: Any, reduction: Any,
             upsampling: Any, environment: Any, score: Any, form: Any) -> tuple[Any, str, str]:  # fmt: skip
    """The maps of a method of (question, feature layer), the feature layer and the layer that is scored."""
    given = asked(function, net, images, label, reduction=reduction, score=score, environment=environment, form=form)
    how = take.choice(upsampling, UPSAMPLING, "OutputUpsampling")
    number = chosen_feature(given.network, given.target.layer, given.size, feature)
    maps, scores = method(given.question, number)
    warn_of_saturation(given.network, given.target, scores)
    return drawn(given, maps, how, number)


def drawn(given: Asked, maps: Any, upsampling: str, feature: int) -> tuple[Any, str, str]:
    layers = given.network.layers
    return given_out(maps, given.size[:2], upsampling), layers[feature].name, layers[given.target.layer].name


@builtin(outputs=3)
def gradCAMPlusPlus(  # noqa: N802
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    FeatureLayer=None,
    ReductionLayer=None,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Score="logit",
    Format="",
):
    """
    map = gradCAMPlusPlus(net,X,label)
    map = gradCAMPlusPlus(net,X,classIdx)
    [map,featureLayer,reductionLayer] = gradCAMPlusPlus(...)
    [map,featureLayer,reductionLayer] = gradCAMPlusPlus(...,Name=Value)

    Where an image speaks for a class, all its objects: Grad-CAM++ (arXiv:1710.11063).

    As gradCAM, but each place of a feature map counts by how its gradient bends there. Arguments and sizes are
    those of gradCAM.

    Options
      FeatureLayer          the layer whose maps are weighted (as gradCAM chooses it)
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Score                 'logit' (default: the paper's exp(score)), or 'softmax'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = gradCAMPlusPlus(squeezenet,im,'espresso');
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'relu_conv10'

    See also gradCAM, layerCAM, hiResCAM.
    """
    return weighted("gradCAMPlusPlus", grad_cam_plus_plus, net, X, label, FeatureLayer, ReductionLayer,
                    OutputUpsampling, ExecutionEnvironment, Score, Format)  # fmt: skip


@builtin(outputs=3)
def layerCAM(  # noqa: N802
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    FeatureLayer=None,
    ReductionLayer=None,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Score=None,
    Format="",
):
    """
    map = layerCAM(net,X,label)
    map = layerCAM(net,X,classIdx)
    [map,featureLayer,reductionLayer] = layerCAM(...)
    [map,featureLayer,reductionLayer] = layerCAM(...,Name=Value)

    Where an image speaks for a class, at any depth: LayerCAM (IEEE TIP 30, 5875-5888).

    Each place of the feature maps is weighted with its own gradient where that is positive: maps of early layers
    are fine, those of late layers coarse. Arguments and sizes are those of gradCAM.

    Options
      FeatureLayer          the layer whose maps are weighted (as gradCAM chooses it)
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = layerCAM(squeezenet,im,'espresso',FeatureLayer='fire5-concat');
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'fire5-concat'

    See also gradCAM, gradCAMPlusPlus, hiResCAM.
    """
    return weighted("layerCAM", layer_cam, net, X, label, FeatureLayer, ReductionLayer,
                    OutputUpsampling, ExecutionEnvironment, Score, Format)  # fmt: skip


@builtin(outputs=3)
def hiResCAM(  # noqa: N802
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    FeatureLayer=None,
    ReductionLayer=None,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Score=None,
    Format="",
):
    """
    map = hiResCAM(net,X,label)
    map = hiResCAM(net,X,classIdx)
    [map,featureLayer,reductionLayer] = hiResCAM(...)
    [map,featureLayer,reductionLayer] = hiResCAM(...,Name=Value)

    What a network used of each place of its feature maps: HiResCAM (arXiv:2011.08891).

    Feature maps times their gradients, summed over the channels; what speaks against the class is negative. Where one
    fully connected layer follows, the map sums to the logit without its bias. Arguments and sizes are those of gradCAM.

    Options
      FeatureLayer          the layer whose maps are weighted (as gradCAM chooses it)
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = hiResCAM(squeezenet,im,'espresso');
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'relu_conv10'

    See also gradCAM, gradCAMPlusPlus, layerCAM.
    """
    return weighted("hiResCAM", hires_cam, net, X, label, FeatureLayer, ReductionLayer,
                    OutputUpsampling, ExecutionEnvironment, Score, Format)  # fmt: skip


@builtin(outputs=2)
def classActivationMap(  # noqa: N802
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = classActivationMap(net,X,label)
    map = classActivationMap(net,X,classIdx)
    [map,featureLayer] = classActivationMap(...)
    [map,featureLayer] = classActivationMap(...,Name=Value)

    Class activation maps of networks that end in global average pooling (CAM, arXiv:1512.04150).

    The maps before the pooling are weighted with the weights of the class in the fully connected layer behind it;
    nothing is differentiated. What speaks against the class is negative. Arguments and sizes are those of gradCAM.

    Options
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = classActivationMap(squeezenet,im,'espresso');
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'relu_conv10'

    See also gradCAM, hiResCAM, eigenCAM.
    """
    given = asked("classActivationMap", net, X, label, environment=ExecutionEnvironment, form=Format)
    how = take.choice(OutputUpsampling, UPSAMPLING, "OutputUpsampling")
    question, target = given.question, given.target
    maps, feature = class_activation_map(
        given.network, question.images, target.layer, list(target.classes), question.environment
    )
    return drawn(given, maps, how, feature)[:2]


@builtin(outputs=2)
def eigenCAM(  # noqa: N802
    nargout,
    net,
    X,  # noqa: N803
    /,
    *,
    FeatureLayer=None,
    OutputUpsampling="bicubic",
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = eigenCAM(net,X)
    [map,featureLayer] = eigenCAM(net,X)
    [map,featureLayer] = eigenCAM(net,X,Name=Value)

    What a layer sees of an image, whatever the class: Eigen-CAM (arXiv:2008.00299).

    The layer's maps are projected on their first principal direction. X is one image h×w×c, or several h×w×c×N.

    Options
      FeatureLayer          the layer whose maps are projected (as gradCAM chooses it)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = eigenCAM(squeezenet,im);
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'relu_conv10'

    See also gradCAM, classActivationMap.
    """
    network = explained(net, "eigenCAM")
    images = pictures(network, X, Format)
    how = take.choice(OutputUpsampling, UPSAMPLING, "OutputUpsampling")
    place = take.choice(ExecutionEnvironment, ENVIRONMENTS, "ExecutionEnvironment")
    height, width, channels = images.shape[1:]
    feature = chosen_feature(network, reduction_layer(network), (height, width, channels), FeatureLayer)
    maps = eigen_cam(network, images, feature, place)
    return given_out(maps, (height, width), how), network.layers[feature].name


@builtin(outputs=3)
def scoreCAM(  # noqa: N802
    session,
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    FeatureLayer=None,
    ReductionLayer=None,
    OutputUpsampling="bicubic",
    Baseline=0.0,
    MiniBatchSize=128.0,
    ExecutionEnvironment="auto",
    Score="logit",
    Format="",
):
    """
    map = scoreCAM(net,X,label)
    map = scoreCAM(net,X,classIdx)
    [map,featureLayer,reductionLayer] = scoreCAM(...)
    [map,featureLayer,reductionLayer] = scoreCAM(...,Name=Value)

    Where an image speaks for a class, without gradients: Score-CAM (arXiv:1910.01279).

    Each map of the feature layer masks the image, and is weighted with the softmax of the scores that the masked images
    get. That takes a pass through the network for each map, of all classes at once. Arguments and sizes are those of
    gradCAM. Stopped with Ctrl-C, the same call goes on from where it was.

    Options
      FeatureLayer          the layer whose maps are weighted (as gradCAM chooses it)
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      OutputUpsampling      'bicubic' (default), 'nearest', or 'none': the map at the layer's own size
      Baseline              what stands where a map is lowest: see integratedGradients (0)
      MiniBatchSize         most masked images computed at once (128); fewer where they would take much memory
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Score                 'logit' (default), or 'softmax', of which the weights hardly differ
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,featureLayer] = scoreCAM(squeezenet,im,'espresso',FeatureLayer='fire2-squeeze1x1');
      >> size(map), featureLayer
      ans =
         227   227
      featureLayer =
          'fire2-squeeze1x1'

    See also gradCAM, occlusionSensitivity, eigenCAM.
    """
    given = asked("scoreCAM", net, X, label, reduction=ReductionLayer, score=Score,
                  environment=ExecutionEnvironment, form=Format)  # fmt: skip
    how = take.choice(OutputUpsampling, UPSAMPLING, "OutputUpsampling")
    feature = chosen_feature(given.network, given.target.layer, given.size, FeatureLayer)
    computing = Computing(
        take.positive(MiniBatchSize, "MiniBatchSize"), given.question.environment, session.zoo.progress
    )
    images, classes = given.question.images.astype(np.float32), given.target.classes
    starts = baseline_images(session, given, Baseline, Format)
    maps = []
    for k in range(len(images)):
        channels = classes if len(images) == 1 else classes[k : k + 1] if len(classes) > 1 else classes
        asked_of = MaskedQuestion(given.network, given.target.layer, channels, images[k], np.asarray(starts[k]))
        maps.append(score_cam(asked_of, feature, computing))
    return drawn(given, np.concatenate(maps), how, feature)
