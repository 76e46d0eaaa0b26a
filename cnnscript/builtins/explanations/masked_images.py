"""What the functions share that explain a prediction by taking parts of the image away.

asked = masked_question(net, X, "rise", target, channel)    the question, the baseline still to be chosen
computing = how(session, MiniBatchSize, ExecutionEnvironment)
with keeping(session, asked.network): ...                   Ctrl-C inside keeps what is done, and says so
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from cnnscript.builtins.explanations.targets import class_numbers, explained, pictures, scored_layer
from cnnscript.builtins.networks.image_inputs import takes_features
from cnnscript.builtins.networks.questions import layer_number
from cnnscript.builtins.networks.sequence_inputs import takes_sequences
from cnnscript.engine.devices import ENVIRONMENTS
from cnnscript.errors import ScriptError
from cnnscript.explain.perturbation import Computing, MaskedQuestion, memory
from cnnscript.values import take
from cnnscript.values.numeric import size_text
from cnnscript.values.text import text_or_none


def masked_question(
    net: Any, X: Any, function: str, target: Any, channel: Any = None, form: Any = "auto", score: Any = None
) -> MaskedQuestion:
    """What is asked of a network: (net,X,classes) or (net,X,layer,channel).  Its baseline is the mean of each channel.

    target  None: all channels of the scores
    form    'auto', or the letters of X's dimensions (InputDataFormats)
    score   'softmax' or 'logit'; None: as the network ends
    """
    network = explained(net, function)
    first = network.inputs[0]
    if len(network.inputs) > 1 or takes_sequences(network, first) or takes_features(network, first):
        raise ScriptError(
            "deep:explain:NoImageInput",
            f"{function} needs a network with one input for images.",
            notes=tuple(f"'{network.layers[i].name}' takes {network.layers[i].describe()}" for i in network.inputs),
        )
    letters = take.text(form, "InputDataFormats")
    images = pictures(network, X, "" if letters.lower() == "auto" else letters)
    if len(images) > 1:
        raise ScriptError(
            "deep:explain:OneImage", f"{function} explains one image at a time.",
            notes=(f"there are {len(images)}",), hint="X(:,:,:,1) is the first",
        )  # fmt: skip
    layer = scored_layer(network, None, score) if channel is None else layer_number(network, target)
    if channel is not None:
        channels = channel_numbers(network, layer, channel)
    elif target is None:
        channels = list(range(network.sizes[layer][2]))
    else:
        channels = class_numbers(network, layer, target)
    image = np.ascontiguousarray(images[0], np.float32)
    return MaskedQuestion(
        network, layer, channels, image, image.mean((0, 1), keepdims=True, dtype=float).astype(np.float32)
    )


def channel_numbers(network: Any, layer: int, channel: Any) -> list[int]:
    if text_or_none(channel) is not None:
        raise ScriptError(
            "deep:explain:InvalidChannel", "A channel of a layer must be given as a number.",
            notes=(f"got '{text_or_none(channel)}'",),
        )  # fmt: skip
    return class_numbers(network, layer, channel)


def how(session: Any, batch_size: Any, environment: Any) -> Computing:
    """The options of computing, checked."""
    return Computing(
        take.positive(batch_size, "MiniBatchSize"),
        take.choice(environment, ENVIRONMENTS, "ExecutionEnvironment"),
        session.zoo.progress,
    )


@contextmanager
def keeping(session: Any, network: Any) -> Iterator[None]:
    """Ctrl-C in here ends the program as always, and loses nothing: the scores there are stay with the network, the
    random numbers drawn are put back, so that the same call asks for the same masks and goes on where it was."""
    stream, held = session.random, memory(network)
    before, held.last_stop = stream.twister.get_state(), (0, 0)
    try:
        yield
    except KeyboardInterrupt:
        stream.twister.set_state(before)
        done, count = held.last_stop
        if done:
            session.say_error(f"{done} of {count} masked images are done and kept: the same call goes on from there.")
            held.last_stop = (0, 0)  # said: a function around this one need not say it again
        raise


def colour(value: Any, question: MaskedQuestion, name: str = "MaskValue", words: str = "'auto', ") -> np.ndarray:
    """A number for all channels or one for each, as a baseline.  words: what else the option takes, for the error."""
    numbers = take.vector(value, name)
    channels = question.image.shape[2]
    if numbers.size not in (1, channels) or not np.isfinite(numbers).all():
        raise ScriptError(
            "deep:explain:InvalidMaskValue",
            f"{name} must be {words}a finite number, or a vector with a number for each channel.",
            notes=(f"got {numbers.size} numbers", f"the image is {size_text(question.image.shape, '×')}"),
        )
    return np.broadcast_to(numbers, (channels,)).astype(np.float32)[None, None]


def is_auto(value: Any, name: str) -> bool:
    """Is it the text 'auto'?  Another text is an error."""
    return text_or_none(value) is not None and take.choice(value, ("auto",), name) == "auto"


def sides(value: Any, name: str, words: str = "'auto', ") -> tuple[int, int]:
    """A positive whole number for height and width, or one for each.  words: what else the option takes."""
    numbers = take.vector(value, name)
    if numbers.size not in (1, 2) or not all(number >= 1 and number == np.floor(number) < np.inf for number in numbers):
        raise ScriptError(
            "deep:explain:InvalidSize",
            f"{name} must be {words}a positive integer, or a vector [height width] of two.",
            notes=(f"got [{' '.join(f'{number:g}' for number in numbers[:6])}]",),
        )
    return int(numbers[0]), int(numbers[-1])
