"""Explanations, measured in one run: each method over its floor, and Grad-CAM and saliency beside other libraries.

A method's floor is the number of passes that it needs times one bare compiled pass of the same kind, at one image:
forward, or forward and back to the images, or forward and back to the feature layer.  Every call gets an image that
was not asked about before.  The other libraries are no dependencies:

    pip install --target FOLDER --no-deps tf-keras-vis deprecated wrapt
    pip install --target FOLDER --no-deps xplique tf_keras tensorflow-probability dm-tree cloudpickle decorator einops
    pip install --target FOLDER --no-deps opencv-python-headless; rm -r FOLDER/tests  (a package that hides ours)
    PYTHONPATH=FOLDER python -m tests.bench explanations

What is not there has no line.
"""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.engine.graph import Network
from cnnscript.engine.zoo import Zoo
from tests.bench.ratios import alternating, print_table

LABEL = 967
STEPS = 24  # of integrated gradients, and samples of SmoothGrad
GOAL, GOAL_KERAS_VIS, GOAL_XPLIQUE = 1.3, 3.0, 1.0
_numbers = itertools.count()

Task = Callable[[], object]


def main(names: list[str]) -> None:
    network = Zoo(folders=[Path(tempfile.mkdtemp())], offline=True).network("squeezenet")
    bare = bare_passes(network)
    rows = [over_its_floor(name, *task, bare) for name, task in methods(network).items()]
    header = ("SqueezeNet 227×227, one image", "passes", "one pass ms", "floor ms", "ours ms", "ratio", "<= 1.3")
    print_table("methods over their floors", header, rows)
    others = [row for task in (against_keras_vis, against_xplique) for row in task(network)]
    if others:
        header = ("method, other library", "ours ms", "other ms", "faster by", "goal", "met")
        print_table("beside other libraries", header, others)


def image() -> np.ndarray:
    """Another 227×227×3 image each time, laid out as scripts hold images."""
    found = np.random.default_rng(next(_numbers)).integers(0, 256, (3, 227, 227), np.uint8)
    return found.transpose(2, 1, 0)


def called(network: Network, function: str, *rest: Any) -> Task:
    """`function(net,image,label,...)` as a script calls it."""
    from cnnscript.session import Session

    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    net = NetworkObject(network)
    return lambda: session.call(function, 1, net, image(), *rest)


def methods(network: Network) -> dict[str, tuple[str, int, Task]]:
    """Each method: what its passes are, how many it needs, the call."""
    label = float(LABEL + 1)
    early = network.sizes[network.number("fire2-squeeze1x1")][2]
    of_layer = {name: ("to the features", 1, called(network, name, label))
                for name in ("gradCAM", "gradCAMPlusPlus", "layerCAM", "hiResCAM")}  # fmt: skip
    return {
        **of_layer,
        "saliency": ("to the image", 1, called(network, "saliency", label)),
        "saliency, guided": ("guided", 1, called(network, "saliency", label, "Modifier", "guided")),
        "gradientTimesInput": ("to the image", 1, called(network, "gradientTimesInput", label)),
        "integratedGradients": (
            "to the image", STEPS, called(network, "integratedGradients", label, "Steps", float(STEPS))),
        "smoothGrad": ("to the image", STEPS, called(network, "smoothGrad", label, "NumSamples", float(STEPS))),
        "varGrad": ("to the image", STEPS, called(network, "varGrad", label, "NumSamples", float(STEPS))),
        "classActivationMap": ("forward", 1, called(network, "classActivationMap", label)),
        "eigenCAM": ("forward", 1, called(network, "eigenCAM")),
        "scoreCAM": ("forward", early, called(network, "scoreCAM", label, "FeatureLayer", "fire2-squeeze1x1")),
    }  # fmt: skip


def bare_passes(network: Network) -> dict[str, Task]:
    """One compiled pass of each kind, written with nothing of ours but the layers' operations."""
    from cnnscript.engine.execute import steps, walk
    from cnnscript.engine.tapes import changed
    from cnnscript.engine.tensorflow_start import tensorflow

    tf = tensorflow()
    prob, feature = network.number("prob"), network.number("relu_conv10")
    path = steps(network, [prob])
    guided = [changed(step, "guided") for step in path]
    signature = [tf.TensorSpec((None, None, None, 3), tf.float32)]

    def compiled(function: Callable) -> Task:
        traced = tf.function(function, input_signature=signature, autograph=False)
        return lambda: [each.numpy() for each in traced(tf.constant(image()[None].astype(np.float32)))]

    def to_images(images: Any, path: Any) -> list[Any]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(images)
            score = walk(path, images, [prob])[prob][..., LABEL]
        return [tape.gradient(score, images)]

    def to_features(images: Any) -> list[Any]:
        watched = {}

        def visit(number: int, output: Any) -> None:
            if number == feature:
                tape.watch(output)
                watched[number] = output

        with tf.GradientTape(watch_accessed_variables=False) as tape:
            score = walk(path, images, [prob], visit=visit)[prob][..., LABEL]
        return [watched[feature], tape.gradient(score, watched[feature])]

    return {
        "forward": compiled(lambda images: [walk(path, images, [prob])[prob]]),
        "to the image": compiled(lambda images: to_images(images, path)),
        "guided": compiled(lambda images: to_images(images, guided)),
        "to the features": compiled(to_features),
    }


def over_its_floor(name: str, kind: str, passes: int, task: Task, bare: dict[str, Task]) -> tuple:
    for _ in range(3):  # asked before: everything is compiled
        bare[kind]()
        task()
    found = alternating({"bare": bare[kind], "ours": task})
    floor = passes * found["bare"]
    ratio = found["ours"] / floor
    return (name, passes, found["bare"] * 1000, floor * 1000, found["ours"] * 1000, ratio, verdict(ratio <= GOAL))


def beside(network: Network, library: str, tasks: dict[str, tuple[str, Task]], goal: float) -> list[tuple]:
    rows = []
    for name, (function, other) in tasks.items():
        ours = called(network, function, float(LABEL + 1))
        for _ in range(2):
            ours()
            other()
        found = alternating({"ours": ours, "other": other})
        faster = found["other"] / found["ours"]
        rows.append((f"{name}, {library}", found["ours"] * 1000, found["other"] * 1000, faster, f">= {goal:g}",
                     verdict(faster >= goal)))  # fmt: skip
    return rows


def against_keras_vis(network: Network) -> list[tuple]:
    try:
        from tf_keras_vis.gradcam import Gradcam
        from tf_keras_vis.saliency import Saliency
    except ImportError:
        return []
    from cnnscript.engine.keras_layers import keras_name
    from cnnscript.engine.keras_model import keras_model

    model = keras_model(network)
    gradcam, saliency = Gradcam(model, clone=False), Saliency(model, clone=False)
    layer = keras_name("relu_conv10")

    def score(output: Any) -> Any:
        return output[..., LABEL]

    return beside(network, "tf-keras-vis", {
        "Grad-CAM": ("gradCAM", lambda: gradcam(score, image()[None].astype(np.float32), penultimate_layer=layer,
                                                seek_penultimate_conv_layer=False)),
        "saliency": ("saliency", lambda: saliency(score, image()[None].astype(np.float32))),
    }, GOAL_KERAS_VIS)  # fmt: skip


def against_xplique(network: Network) -> list[tuple]:
    try:
        from xplique.attributions import GradCAM, Saliency
    except ImportError:
        return []
    import keras

    from cnnscript.engine.keras_layers import keras_name
    from cnnscript.engine.keras_model import keras_model

    whole = keras_model(network)
    model = keras.Model(whole.inputs, keras.layers.Flatten()(whole.outputs[0]))
    layer = keras_name("relu_conv10")
    gradcam, saliency = GradCAM(model, conv_layer=layer), Saliency(model)
    target = np.eye(1000, dtype=np.float32)[[LABEL]]
    return beside(network, "xplique", {
        "Grad-CAM": ("gradCAM", lambda: gradcam(image()[None].astype(np.float32), target)),
        "saliency": ("saliency", lambda: saliency(image()[None].astype(np.float32), target)),
    }, GOAL_XPLIQUE)  # fmt: skip


def verdict(good: bool) -> str:
    return "yes" if good else "NO"
