"""One pass through a dlnetwork with its state: forward, as training sees it, and predict's second answer."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.networks.dlarray_passes import as_arrays, has_dlarrays, passed_on
from cnnscript.builtins.networks.dlnetworks import DLNetwork
from cnnscript.builtins.networks.image_inputs import batches
from cnnscript.builtins.networks.network_outputs import output_of, wanted_outputs
from cnnscript.builtins.networks.question_arguments import options_only, trained
from cnnscript.builtins.registry import builtin
from cnnscript.engine.devices import ACCELERATIONS
from cnnscript.engine.forward import forward as walk_forward
from cnnscript.engine.memory_order import as_array, as_tensor
from cnnscript.engine.questions import check_images
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import class_of, is_cell, norm
from cnnscript.values.take import unfit_inputs


@builtin(outputs=None)
def forward(session, nargout, net, images, /, *more, Outputs=None, Acceleration="auto"):
    """
    Y = forward(net,X)
    Y = forward(net,X1,...,XN)
    [Y1,...,YM] = forward(net,X)
    [Y1,...,YM] = forward(net,X,Outputs=layerNames)
    [Y1,...,YM,state] = forward(net,X)

    The outputs of a dlnetwork as training computes them.

    Dropout drops, by the random numbers of rng, and batch normalisation uses the mean and the variance of X. state is
    the network's table State as it is afterwards: net.State = state remembers it. All of X is computed at once. X may
    be a dlarray; then Y is one, with labels, and inside dlfeval gradients lead through the network.

    Options
      Outputs       names of the layers whose outputs are wanted, in this order (the network's outputs)
      Acceleration  'auto' (default), 'mex', 'none'; it makes no difference here

    Examples
      >> net = dlnetwork([imageInputLayer([1 1 2],Normalization="none"); batchNormalizationLayer(Name="bn")]);
      >> [Y,state] = forward(net,reshape([1 10 3 30],1,1,2,2));
      >> squeeze(Y)
      ans =
        2×2 single matrix
         -1.0000    1.0000
         -1.0000    1.0000
      >> squeeze(state.Value{1})'
      ans =
        1×2 single dlarray
          0.2000    2.0000

    See also predict, dlnetwork, resetState.
    """
    if isinstance(net, DLNetwork):
        network = trained(net, "forward")
    else:
        raise unfit_inputs(
            "forward",
            f"the first input is a {class_of(net)}, and must be a dlnetwork",
            hint="dag2dlnetwork(net) makes one of a trained network",
        )
    options_only("forward", more)
    take.choice(Acceleration, ACCELERATIONS, "Acceleration")
    numbers, with_state = wanted_outputs(network, Outputs, nargout, "forward")
    if has_dlarrays([images, *more]):
        return passed_on(
            session, net, [images, *more], numbers, training=True, with_state=with_state, draw=drawing(session)
        )
    found = passed(session, net, [images, *more], numbers, training=True)
    return found if with_state else found[:-1]


def passed(session: Any, net: DLNetwork, values: list[Any], numbers: list[int], *, training: bool) -> tuple:
    """The outputs of layers (0-based numbers) for all images at once, and the new State."""
    network = net.network
    assert network is not None, "only initialised networks are passed through"
    pieces = list(batches(session, network, values, most=2**31))
    if len(pieces) != 1:
        raise ScriptError(
            "nnet_cnn:dlnetwork:OneBatch",
            "All observations of a pass through a dlnetwork must have the same size.",
            notes=(f"they came in {len(pieces)} batches",),
        )
    (batch,) = pieces
    check_images(network, [one.shape for one in batch], numbers)
    tensors = {place: as_tensor(one) for place, one in zip(network.inputs, batch, strict=True)}
    outputs, state = walk_forward(
        network, tensors, numbers, training=training, draw=drawing(session), progress=session.zoo.progress
    )
    in_cell = any(is_cell(value) for value in values)
    found = [
        norm(output_of(network, number, [as_array(one)], in_cell))
        for number, one in zip(numbers, outputs, strict=True)
    ]
    return *found, net.fresh_table("State", as_arrays(state))


def drawing(session: Any) -> Any:
    """Random numbers of the session's stream for dropout, in the order in which MATLAB fills h×w×c×N."""

    def draw(shape: Any) -> np.ndarray:
        count, height, width, channels = (int(n) for n in shape)
        drawn = session.random.uniforms(count * height * width * channels)
        return drawn.astype(np.float32).reshape(count, channels, width, height).transpose(0, 3, 2, 1)

    return draw
