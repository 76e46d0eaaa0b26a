"""Maps at the resolution of the image, of gradients with respect to it: saliency and what was made of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.explanations.baselines import baseline_images
from cnnscript.builtins.explanations.map_outputs import asked, chosen_feature, given_out
from cnnscript.builtins.explanations.targets import warn_of_saturation
from cnnscript.builtins.registry import builtin
from cnnscript.explain import gradient_times_input as times_input
from cnnscript.explain import guided_grad_cam as guided
from cnnscript.explain import integrated_gradients as integrated
from cnnscript.explain import saliency as vanilla
from cnnscript.explain import smooth_grad as smooth
from cnnscript.explain.saliency import CHANNELS, MODIFIERS, over_channels
from cnnscript.values import take
from cnnscript.values.numeric import norm
from cnnscript.values.warn import warn


@builtin
def saliency(
    session,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    Modifier="none",
    Channels="abs",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = saliency(net,X,label)
    map = saliency(net,X,classIdx)
    map = saliency(net,X,reductionFcn)
    map = saliency(net,X,label,Name=Value)

    How the score of a class changes with each pixel: the gradient (arXiv:1312.6034).

    X is one image h×w×c, or several h×w×c×N; label is text, a string array, a categorical or a cell of texts, classIdx
    numbers from 1, reductionFcn a function of the scores (as of gradCAM). K classes of one image give K maps, N images
    one map each. The map is single and has the size of the image.

    Options
      Modifier              'none' (default): the gradient; 'relu': where it is positive; 'guided': guided
                            backpropagation (arXiv:1412.6806); 'zeiler-fergus': deconvolution (arXiv:1311.2901)
      Channels              'abs' (default): the sum of the sizes over the channels; 'max': the largest size; 'sum'; or
                            'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> net = squeezenet;
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> map = saliency(net,im,'espresso');
      >> size(map)
      ans =
         227   227
      >> size(saliency(net,im,[968 505],Modifier="guided",Channels="none"))
      ans =
         227   227     3     2

    See also gradCAM, integratedGradients, smoothGrad, guidedGradCAM.
    """
    given = asked("saliency", net, X, label, reduction=ReductionLayer, score=Score,
                  environment=ExecutionEnvironment, form=Format, session=session)  # fmt: skip
    modifier, how = take.choice(Modifier, MODIFIERS, "Modifier"), take.choice(Channels, CHANNELS, "Channels")
    found, scores = vanilla.saliency(given.question, modifier)
    warn_of_saturation(given.network, given.target, scores)
    return given_out(over_channels(found, how))


@builtin
def gradientTimesInput(  # noqa: N802
    session,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    Baseline=0.0,
    Channels="sum",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = gradientTimesInput(net,X,label)
    map = gradientTimesInput(net,X,classIdx)
    map = gradientTimesInput(net,X,label,Name=Value)

    What each pixel adds to the score of a class, were the network linear: gradient times input (arXiv:1605.01713).

    Arguments and sizes are those of saliency; what speaks against the class is negative.

    Options
      Baseline              what stands for nothing: see integratedGradients (0)
      Channels              'sum' (default), 'abs': the sum of the sizes, 'max': the largest size, 'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> map = gradientTimesInput(squeezenet,im,'espresso',Score="logit");
      >> size(map)
      ans =
         227   227

    See also saliency, integratedGradients.
    """
    given = asked("gradientTimesInput", net, X, label, reduction=ReductionLayer, score=Score,
                  environment=ExecutionEnvironment, form=Format)  # fmt: skip
    how = take.choice(Channels, CHANNELS, "Channels")
    start = baseline_images(session, given, Baseline, Format)
    found, scores = times_input.gradient_times_input(given.question, start)
    warn_of_saturation(given.network, given.target, scores)
    return given_out(over_channels(found, how))


@builtin(outputs=2)
def integratedGradients(  # noqa: N802
    session,
    nargout,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    Baseline=0.0,
    Steps=50.0,
    Channels="sum",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = integratedGradients(net,X,label)
    map = integratedGradients(net,X,classIdx)
    [map,err] = integratedGradients(...)
    [map,err] = integratedGradients(...,Name=Value)

    How a score comes about between a baseline and the image: integrated gradients (arXiv:1703.01365).

    The gradients are averaged over the straight way from the baseline to the image and multiplied by that way, so that
    the sum of the map is what the score differs by. err is by how much it misses that, for each map; where this is
    more than a tenth of the difference, a warning says so: more Steps make it smaller. Arguments and sizes are those
    of saliency.

    Options
      Baseline              a number (0: black), one for each channel, an image, "white", "mean" (the network's mean
                            image), "blur" (the image without its details) or "random"
      Steps                 at how many places of the way gradients are taken (50)
      Channels              'sum' (default), 'abs': the sum of the sizes, 'max': the largest size, 'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> net = squeezenet;
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> [map,err] = integratedGradients(net,im,'espresso',Score="logit",Steps=20);
      >> size(map)
      ans =
         227   227
      >> abs(err) < 0.1*abs(sum(map(:)))
      ans =
        logical
         1

    See also saliency, gradientTimesInput, smoothGrad.
    """
    given = asked("integratedGradients", net, X, label, reduction=ReductionLayer, score=Score,
                  environment=ExecutionEnvironment, form=Format, progress=session.zoo.progress)  # fmt: skip
    how, steps = take.choice(Channels, CHANNELS, "Channels"), take.positive(Steps, "Steps")
    start = baseline_images(session, given, Baseline, Format)
    found, errors = integrated.integrated_gradients(given.question, start, steps)
    if nargout < 2:
        warn_of_incompleteness(found, errors, steps)
    result = given_out(over_channels(found, how))
    return result, norm(np.asfortranarray(errors[None, :]))


def warn_of_incompleteness(found: np.ndarray, errors: np.ndarray, steps: int) -> None:
    """Say when the sum of a map is far from the difference that it should explain."""
    sums = found.sum((1, 2, 3), dtype=float)
    for whole, error in zip(sums, errors, strict=True):
        if abs(error) > 0.1 * abs(whole - error):
            warn(
                "deep:integratedGradients:Incomplete",
                f"The map sums to {whole:.3g}, and the scores of image and baseline differ by {whole - error:.3g}. "
                f"More than {steps} Steps bring them together.",
            )
            return


@builtin
def smoothGrad(  # noqa: N802
    session,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    NumSamples=50.0,
    NoiseLevel=0.15,
    Channels="abs",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = smoothGrad(net,X,label)
    map = smoothGrad(net,X,classIdx)
    map = smoothGrad(net,X,label,Name=Value)

    The mean gradient of noisy copies of an image, which is less noisy than its gradient (arXiv:1706.03825).

    Arguments and sizes are those of saliency; rng makes the noise the same again.

    Options
      NumSamples            how many noisy copies (50)
      NoiseLevel            the deviation of the noise, as a share of the range of the image's numbers (0.15)
      Channels              'abs' (default): the sum of the sizes, 'max': the largest size, 'sum', 'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> rng default
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> map = smoothGrad(squeezenet,im,'espresso',NumSamples=4);
      >> size(map)
      ans =
         227   227

    See also saliency, varGrad, integratedGradients, rng.
    """
    return noisy("smoothGrad", smooth.smooth_grad, session, net, X, label, NumSamples, NoiseLevel, Channels, Score,
                 ReductionLayer, ExecutionEnvironment, Format)  # fmt: skip


@builtin
def varGrad(  # noqa: N802
    session,
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    NumSamples=50.0,
    NoiseLevel=0.15,
    Channels="sum",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = varGrad(net,X,label)
    map = varGrad(net,X,classIdx)
    map = varGrad(net,X,label,Name=Value)

    The variance of the gradients of noisy copies of an image (arXiv:1810.03307).

    Arguments and sizes are those of saliency; rng makes the noise the same again.

    Options
      NumSamples            how many noisy copies (50)
      NoiseLevel            the deviation of the noise, as a share of the range of the image's numbers (0.15)
      Channels              'sum' (default) or 'abs': the sum over the channels, 'max': the largest, 'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> rng default
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> map = varGrad(squeezenet,im,'espresso',NumSamples=4);
      >> all(map(:) >= 0)
      ans =
        logical
         1

    See also smoothGrad, saliency, rng.
    """
    return noisy("varGrad", smooth.var_grad, session, net, X, label, NumSamples, NoiseLevel, Channels, Score,
                 ReductionLayer, ExecutionEnvironment, Format)  # fmt: skip


def noisy(function: str, method: Any, session: Any, net: Any, images: Any, label: Any, samples: Any, noise: Any,
          channels: Any, score: Any, reduction: Any, environment: Any, form: Any) -> Any:  # fmt: skip
    """What smoothGrad and varGrad have in common."""
    given = asked(function, net, images, label, reduction=reduction, score=score, environment=environment, form=form,
                  progress=session.zoo.progress)  # fmt: skip
    how = take.choice(channels, CHANNELS, "Channels")
    level = take.number(noise, "NoiseLevel")
    if not 0 <= level < np.inf:
        raise take.wanted("0 or more", "NoiseLevel", noise, "MATLAB:expectedNonnegative")
    generator = np.random.default_rng(session.random.words(4))  # ten times as fast as randn's, as repeatable
    found = method(given.question, take.positive(samples, "NumSamples"), level, generator)
    warn_of_saturation(given.network, given.target, given.question.scores())
    return given_out(over_channels(found, how))


@builtin
def guidedGradCAM(  # noqa: N802
    net,
    X,  # noqa: N803
    label,
    /,
    *,
    FeatureLayer=None,
    Channels="abs",
    Score=None,
    ReductionLayer=None,
    ExecutionEnvironment="auto",
    Format="",
):
    """
    map = guidedGradCAM(net,X,label)
    map = guidedGradCAM(net,X,classIdx)
    map = guidedGradCAM(net,X,label,Name=Value)

    Guided backpropagation where Grad-CAM points: the product of both (arXiv:1610.02391).

    Arguments and sizes are those of saliency.

    Options
      FeatureLayer          the layer of the Grad-CAM map (as gradCAM chooses it)
      Channels              'abs' (default): the sum of the sizes, 'max': the largest size, 'sum', 'none': h×w×c
      Score                 'softmax' (MATLAB's) or 'logit'; by default what the reduction layer gives
      ReductionLayer        the layer whose output is the score (the softmax layer, or the last layer)
      ExecutionEnvironment  'auto' (default), 'cpu', 'gpu', 'multi-gpu', 'parallel'
      Format                what the dimensions of X are: "SSC", "SSCB", ...

    Examples
      >> im = imresize(imread('coffee.png'),[227 227]);
      >> map = guidedGradCAM(squeezenet,im,'espresso',Channels="none");
      >> size(map)
      ans =
         227   227     3

    See also gradCAM, saliency.
    """
    given = asked("guidedGradCAM", net, X, label, reduction=ReductionLayer, score=Score,
                  environment=ExecutionEnvironment, form=Format)  # fmt: skip
    how = take.choice(Channels, CHANNELS, "Channels")
    feature = chosen_feature(given.network, given.target.layer, given.size, FeatureLayer)
    found, scores = guided.guided_grad_cam(given.question, feature)
    warn_of_saturation(given.network, given.target, scores)
    return given_out(over_channels(found, how))
