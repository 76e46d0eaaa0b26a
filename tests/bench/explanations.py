"""Methods that explain against their floor, in one run: the passes that a method needs times one bare compiled pass of
the same batch.  SqueezeNet at 227×227, one image; built-ins as scripts call them, with all that they do around the
passes.  Methods of gradients and layers: gradient_maps.py; pictures of features: feature_pictures.py; checks that make
maps anew: map_checks.py; this calls all three.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from cnnscript.engine.execute import steps, walk
from cnnscript.engine.graph import Network
from cnnscript.explain import perturbation
from cnnscript.session import Session
from tests.bench import feature_pictures, gradient_maps, map_checks
from tests.bench.ratios import alternating, print_table

GOAL = 1.3
# what is called, and how many images it scores
MASKED = [
    ("occlusionSensitivity(net,X,968);", 101),
    ("occlusionSensitivity(net,X,[968 505 1],Stride=11);", 442),
    ("imageLIME(net,X,968,NumSamples=512);", 512),
    ('imageLIME(net,X,968,Segmentation="grid",Model="linear",NumSamples=512);', 512),
    ("rise(net,X,968,NumMasks=512);", 512),
    ("rise(net,X,1:10,NumMasks=512);", 512),
    ("deletion(net,X,map,968);", 51),
    ("verify(net,X,map,968);", 54),
    ("infidelity(net,X,map,968,NumSamples=511);", 512),
    ("compareMaps(net,X,map,968,Measures='network',Plot=false);", 2 * (2 * 26 + 29 + 65)),
]


def main(names: list[str]) -> None:
    session = Session(out=io.StringIO())
    session.run("net = squeezenet; X = imresize(imread('coffee.png'),[227 227]); map = rand(227);")
    network = session["net"].network
    rows = [masked(session, network, code, count) for code, count in MASKED]
    header = ("methods that mask the image", "images", "batch", "floor ms", "ours ms", "ratio", "<= 1.3")
    print_table("explanations against their floor (SqueezeNet, 227×227)", header, rows)
    gradient_maps.main([])
    map_checks.main([])
    feature_pictures.main([])


def masked(session: Session, network: Network, code: str, count: int) -> tuple:
    batch = perturbation.QUICKEST_BATCH
    floor = bare(network, batch, count)

    def ours() -> None:
        session.run(code)

    memory = perturbation.memory(network)
    before = memory.passes
    ours()
    assert memory.passes - before == count, f"{code} scored {memory.passes - before} images"
    times = alternating({"floor": floor, "ours": ours}, 5)
    ratio = times["ours"] / times["floor"]
    verdict = "yes" if ratio <= GOAL else "NO"
    return code, count, batch, 1000 * times["floor"], 1000 * times["ours"], ratio, verdict


def bare(network: Network, batch: int, count: int) -> Any:
    """One compiled pass, as often as `count` images need it."""
    import tensorflow as tf

    last = network.number("prob")
    path = steps(network, [last])
    run = tf.function(
        lambda x: walk(path, x, [last])[last],
        input_signature=[tf.TensorSpec((None, 227, 227, 3), tf.float32)], autograph=False,
    )  # fmt: skip
    random = np.random.default_rng(0)
    images = [tf.constant(random.uniform(0, 255, (n, 227, 227, 3)), tf.float32)
              for n in [batch] * (count // batch) + [count % batch] * (count % batch > 0)]  # fmt: skip
    run(images[0])
    return lambda: [run(one).numpy() for one in images]


if __name__ == "__main__":
    main([])
