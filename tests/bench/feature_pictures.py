"""deepDreamImage and activationMaximization over their floor: as many bare compiled passes forward and back to the
pictures as there are steps, with the same pictures in one batch (SqueezeNet, 227×227).  explanations.py calls this.

What a step does besides its pass does not depend on the layer: in the first layers, whose passes are a few
milliseconds, it shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np

from cnnscript.engine.execute import steps, walk
from cnnscript.engine.graph import Network
from cnnscript.session import Session
from tests.bench.ratios import alternating, print_table

GOAL, STEPS, CHANNELS = 1.3, 10, (1, 6, 36)
LAYERS = ("fire2-concat", "fire5-concat", "conv10")
CALLS = (
    "deepDreamImage(net,'{layer}',1:{count},PyramidLevels=1,NumIterations={steps},Verbose=false);",
    "activationMaximization(net,'{layer}',1:{count},NumIterations={steps});",
)


def main(names: list[str]) -> None:
    session = Session(out=io.StringIO())
    session.run("net = squeezenet;")
    network = session["net"].network
    rows = [row for layer in LAYERS for count in CHANNELS for row in asked(session, network, layer, count)]
    header = ("pictures of features", "layer", "channels", "passes", "floor ms", "ours ms", "ratio", "<= 1.3")
    print_table("feature pictures against their floor", header, rows)


def asked(session: Session, network: Network, layer: str, count: int) -> list[tuple]:
    floor = bare(network, network.number(layer), count)
    tasks: dict[str, Callable[[], object]] = {"floor": floor}
    for call in CALLS:
        code = call.format(layer=layer, count=count, steps=STEPS)
        tasks[call.partition("(")[0]] = lambda code=code: session.run(code)
    for task in tasks.values():
        task()  # compiled
    times = alternating(tasks, 3)
    rows = []
    for name in list(tasks)[1:]:
        ratio = times[name] / times["floor"]
        verdict = "yes" if ratio <= GOAL else "NO"
        rows.append((name, layer, count, STEPS, 1000 * times["floor"], 1000 * times[name], ratio, verdict))
    return rows


def bare(network: Network, layer: int, count: int) -> Callable[[], object]:
    """The passes of one call: mean answer of each picture's channel, and its gradient at the pictures."""
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    path = steps(network, [layer])
    images = tf.constant(np.random.default_rng(0).normal(117, 1, (count, 227, 227, 3)).astype(np.float32))
    channels = tf.range(count)

    @tf.function(autograph=False, input_signature=[tf.TensorSpec((None, None, None, 3))])
    def one(images):
        with tf.GradientTape() as tape:
            tape.watch(images)
            maps = walk(path, images, [layer])[layer]
            answers = tf.reduce_mean(tf.gather(maps, channels[:, None], axis=3, batch_dims=1), (1, 2, 3))
        return tape.gradient(answers, images)

    return lambda: [one(images).numpy() for _ in range(STEPS)]
