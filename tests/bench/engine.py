"""Questions to a network: activations against one bare compiled call of its graph, and against keras.Model.predict.

Every call gets an image that was not asked about before: what is kept of earlier images is never used.  AlexNet has
random numbers: its speed is the same.
"""

from __future__ import annotations

import itertools
import tempfile
import time
import types
from pathlib import Path

import numpy as np

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.builtins.registry import TABLE
from cnnscript.engine.architectures import architecture
from cnnscript.engine.graph import Network
from cnnscript.engine.zoo import Zoo
from tests.bench.ratios import alternating, print_table

QUESTIONS = {"squeezenet": ("conv1", "fire5-concat", "prob"), "alexnet": ("conv1", "relu5", "prob")}
GOAL_BARE, GOAL_PREDICT = 1.2, 3.0


def main(names: list[str]) -> None:
    from cnnscript.builtins.networks import questions
    from cnnscript.engine.tensorflow_start import tensorflow

    start = time.perf_counter()
    tensorflow()
    print(f"\nimport tensorflow: {time.perf_counter() - start:.1f} s ({questions.__name__} is light before)")
    first, rows = [], []
    for name in names or QUESTIONS:
        first += first_answers(name)
        rows += [question(made(name), name, layer) for layer in QUESTIONS[name]]
    print_table("first answers of a network just made (ms)", ("question", "ms"), first)
    header = ("question", "bare call ms", "activations ms", "ratio", "<= 1.2", "predict ms", "faster by", ">= 3")
    print_table("activations of one 227×227 image, the question asked before", header, rows)


def made(name: str) -> Network:
    if name == "squeezenet":
        with tempfile.TemporaryDirectory() as folder:
            return Zoo(folders=[Path(folder)], offline=True).network(name)
    random = np.random.default_rng(0)
    described = architecture(name)
    return described.network(
        {
            layer.name: {
                parameter: random.normal(0, 0.02, shape).astype(np.float32)
                for parameter, shape in layer.parameter_shapes().items()
            }
            for layer in described.network().layers
        }
    )


def images(count: int = 40):
    """Pictures as a script holds them, all different: 227×227×3 uint8, column-major; made beforehand."""
    random = np.random.default_rng(0)
    return iter([np.asfortranarray(random.integers(0, 256, (227, 227, 3)).astype(np.uint8)) for _ in range(count)])


def activations(network: Network):
    """The built-in as a script calls it."""
    session = types.SimpleNamespace(zoo=types.SimpleNamespace(progress=lambda message: None))
    call, net = TABLE["activations"].bind(session), NetworkObject(network)
    return lambda image, layer: call(1, net, image, layer)


def first_answers(name: str) -> list[tuple]:
    """conv1, a deep layer and the layer after it of one image: one pass in three pieces; then the next image."""
    network, new = made(name), images()
    ask, picture = activations(network), next(new)
    second, third = ("conv10", "relu_conv10") if name == "squeezenet" else ("conv5", "relu5")
    rows = []
    for label, image, layer in [
        ("first", picture, "conv1"),
        ("same image", picture, second),
        ("same image", picture, third),
        ("same image again", picture, "conv1"),
        ("next image (traces)", next(new), second),
        ("next image", next(new), second),
    ]:
        start = time.perf_counter()
        ask(image, layer)
        rows.append((f"{name} {layer}, {label}", 1000 * (time.perf_counter() - start)))
    return rows


def question(network: Network, name: str, layer: str) -> tuple:
    import keras
    import tensorflow as tf

    from cnnscript.engine.execute import steps, walk
    from cnnscript.engine.keras_model import keras_model

    new = images()
    number = network.number(layer)
    path = steps(network, [number])
    bare = tf.function(
        lambda x: walk(path, x, [number])[number],
        input_signature=[tf.TensorSpec((1, 227, 227, 3), tf.float32)],
        autograph=False,
    )
    ask = activations(network)
    model = keras_model(network)
    part = keras.Model(model.inputs[0], model.get_layer(layer).output)
    floats = itertools.cycle([next(new)[None].astype(np.float32) for _ in range(5)])
    tasks = {
        "bare": lambda: bare(tf.constant(next(floats))).numpy(),
        "activations": lambda: ask(next(new), layer),
        "predict": lambda: part.predict(next(floats), verbose=0),
    }
    for task in tasks.values():
        task(), task()
    times = alternating(tasks, 15)
    ratio, gain = times["activations"] / times["bare"], times["predict"] / times["activations"]
    verdicts = ("ok" if ratio <= GOAL_BARE else "MISSED", "ok" if gain >= GOAL_PREDICT else "MISSED")
    return (
        f"{name} {layer}",
        1000 * times["bare"],
        1000 * times["activations"],
        ratio,
        verdicts[0],
        1000 * times["predict"],
        gain,
        verdicts[1],
    )
