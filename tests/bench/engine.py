"""Questions to networks, measured side by side in one run: activations against one bare compiled call of the graph,
against keras.Model.predict and, where it is installed, against ONNX Runtime on the same graph; all layers at once;
first questions; a hundred questions; loading.

Every call gets images that were not asked about before: what is kept of earlier images is never used.  AlexNet has
random numbers: its speed is the same.  ONNX Runtime is no dependency: `PYTHONPATH=FOLDER python -m tests.bench engine`
after `pip install --target FOLDER --no-deps onnxruntime flatbuffers`.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import tempfile
import time
import types
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.builtins.registry import TABLE
from cnnscript.engine.architectures import architecture
from cnnscript.engine.graph import Network
from cnnscript.engine.zoo import Zoo
from tests.bench.onnx_graph import onnx_graph
from tests.bench.ratios import alternating, print_table

# layer, size of the images, how many at once
QUESTIONS = {
    "squeezenet": [("conv1", 227, 1), ("fire5-concat", 227, 1), ("prob", 227, 1), ("conv1", 500, 1), ("prob", 500, 1),
                   ("prob", 227, 32), ("relu_conv10", 500, 32)],
    "alexnet": [("conv1", 227, 1), ("relu5", 227, 1), ("prob", 227, 1), ("conv1", 500, 1), ("relu5", 500, 1),
                ("prob", 227, 32), ("relu5", 500, 32)],
}  # fmt: skip
LARGE = ("resnet50", "nasnetmobile")
GOAL_BARE, GOAL_PREDICT, GOAL_ONNX, GOAL_ALL, GOAL_FIRST, GOAL_LOAD = 1.1, 4.0, 2.0, 1.5, 500.0, 100.0


def main(names: list[str]) -> None:
    from cnnscript.builtins.networks import questions
    from cnnscript.engine.tensorflow_start import tensorflow

    start = time.perf_counter()
    tensorflow()
    print(f"\nimport tensorflow: {time.perf_counter() - start:.1f} s ({questions.__name__} is light before)")
    first, rows, every = [], [], []
    for name in names or QUESTIONS:
        first += first_answers(name)
        network = made(name)
        rows += [question(network, name, *asked) for asked in QUESTIONS[name]]
        every += [all_layers(network, name, size) for size in (227, 500)]
    first += [row for name in (() if names else LARGE) for row in large_networks_answers(name)]
    print_table("first answers of a network just made", ("question", "ms", "<= 500"), first)
    header = ("question", "bare ms", "ours ms", "ratio", "<= 1.1", "predict ms", "faster by", ">= 4",
              "onnx ms", "ratio", "<= 2")  # fmt: skip
    print_table("activations of images not seen before, the question asked before", header, rows)
    header = ("all layers that this size allows", "deepest ms", "all ms", "ratio", "<= 1.5")
    print_table("all layers at once against the deepest of them", header, every)
    print_table("a hundred questions", ("", "value"), leaks())
    print_table("loading a converted network", ("network", "MB", "ms", "ms per 50 MB", "<= 100"), loading())


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


def images(size: int = 227, count: int = 1):
    """Pictures as a script holds them, all different: uint8, column-major; made beforehand, given in turn, each marked
    so that no two are the same."""
    random = np.random.default_rng(0)
    shape = (size, size, 3, count) if count > 1 else (size, size, 3)
    held = [np.asfortranarray(random.integers(0, 256, shape).astype(np.uint8)) for _ in range(4)]
    for turn in itertools.count():
        image = held[turn % len(held)]
        image.ravel("K")[:4] = np.frombuffer(np.uint32(turn).tobytes(), np.uint8)
        yield image


def activations(network: Network):
    """The built-in as a script calls it."""
    session = types.SimpleNamespace(zoo=types.SimpleNamespace(progress=lambda message: None))
    call, net = TABLE["activations"].bind(session), NetworkObject(network)
    return lambda image, layer: call(1, net, image, layer)


def first_answers(name: str) -> list[tuple]:
    """conv1, a deep layer and the layer after it of one image: one pass in three pieces; then the next image."""
    network, new = made(name), images()
    ask, picture = activations(network), next(new).copy(order="F")
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
        taken = 1000 * (time.perf_counter() - start)
        rows.append((f"{name} {layer}, {label}", taken, verdict(taken <= GOAL_FIRST)))
    return rows


def large_networks_answers(name: str) -> list[tuple]:
    """The first three questions to a network of many layers: its numbers become variables, and nothing is traced."""
    from cnnscript.engine.questions import ask

    network = made(name)
    new, last = images(network.input_size[0]), len(network.layers) - 1
    rows = []
    for turn in ("first", "second", "third"):
        start = time.process_time()
        ask(network, next(new)[..., None].transpose(3, 0, 1, 2), [last])
        taken = 1000 * (time.process_time() - start)
        rows.append((f"{name}, {turn} image (processor time)", taken, verdict(taken <= GOAL_FIRST)))
    return rows


def question(network: Network, name: str, layer: str, size: int, count: int) -> tuple:
    import tensorflow as tf

    from cnnscript.engine.execute import steps, walk

    new = images(size, count)
    number = network.number(layer)
    path = steps(network, [number])
    bare = tf.function(
        lambda x: walk(path, x, [number])[number],
        input_signature=[tf.TensorSpec((count, size, size, 3), tf.float32)],
        autograph=False,
    )
    ask = activations(network)
    random = np.random.default_rng(1)
    floats = itertools.cycle([random.integers(0, 256, (count, size, size, 3)).astype(np.float32) for _ in range(3)])
    tasks: dict[str, Any] = {
        "bare": lambda: bare(tf.constant(next(floats))).numpy(),
        "ours": lambda: ask(next(new), layer),
    }
    if count == 1 and size == 227:
        tasks["predict"] = keras_predict(network, layer, floats)
    if (runtime := onnx_runtime(network, layer)) is not None:
        turned = itertools.cycle([np.ascontiguousarray(next(floats).transpose(0, 3, 1, 2)) for _ in range(3)])
        tasks["onnx"] = lambda: runtime.run(None, {"images": next(turned)})
    for task in tasks.values():
        task(), task()
    times = alternating(tasks, 15 if count == 1 else 3)
    ratio = times["ours"] / times["bare"]
    gain = times["predict"] / times["ours"] if "predict" in times else None
    onnx = times["ours"] / times["onnx"] if "onnx" in times else None
    return (
        f"{name} {layer}, {count} of {size}",
        1000 * times["bare"],
        1000 * times["ours"],
        ratio,
        verdict(ratio <= GOAL_BARE),
        1000 * times["predict"] if gain else None,
        gain,
        verdict(gain >= GOAL_PREDICT) if gain else None,
        1000 * times["onnx"] if onnx else None,
        onnx,
        verdict(onnx <= GOAL_ONNX) if onnx else None,
    )


def keras_predict(network: Network, layer: str, floats: Any) -> Any:
    import keras

    from cnnscript.engine.keras_model import keras_model

    model = keras_model(network)
    part = keras.Model(model.inputs[0], model.get_layer(layer).output)
    return lambda: part.predict(next(floats), verbose=0)


def onnx_runtime(network: Network, layer: str) -> Any:
    """ONNX Runtime's session for the same graph; None where it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # its threads would disturb the others
    return onnxruntime.InferenceSession(onnx_graph(network, layer), options, providers=["CPUExecutionProvider"])


def all_layers(network: Network, name: str, size: int) -> tuple:
    """Every layer at once against the last of them (convolutional layers only where the images are larger)."""
    from cnnscript.engine.questions import ask

    new = images(size)
    last = len(network.layers) - 1 if size == 227 or name == "squeezenet" else network.number("relu5")
    wanted = list(range(last + 1))

    def asked(numbers: list[int]) -> Any:
        return ask(network, next(new)[..., None].transpose(3, 0, 1, 2), numbers)

    tasks = {"deepest": lambda: asked([last]), "all": lambda: asked(wanted)}
    for task in tasks.values():
        task(), task()
    times = alternating(tasks, 15)
    ratio = times["all"] / times["deepest"]
    label = f"{name}, 1 to {last + 1} at {size}"
    return label, 1000 * times["deepest"], 1000 * times["all"], ratio, verdict(ratio <= GOAL_ALL)


def leaks() -> list[tuple]:
    """What 100 different questions, asked twice each, and then 100 more leave behind."""
    from cnnscript.engine.questions import TRACED_QUESTIONS, ask, of

    network, new = made("squeezenet"), images()
    rows: list[tuple] = []
    memory = []
    for turn in range(2):
        for k in range(100):
            numbers = [10 + k % 50, 60 + (k // 50) + 2 * turn]
            for _ in range(2):
                ask(network, next(new)[..., None].transpose(3, 0, 1, 2), numbers)
        gc.collect()
        memory.append(resident())
    rows.append(("traces held", len(of(network).traced)))
    rows.append(("traces at most", TRACED_QUESTIONS))
    rows.append(("MB after 100 questions", memory[0]))
    rows.append(("MB after 200 questions", memory[1]))
    del network
    gc.collect()
    rows.append(("MB when the network is gone", resident()))
    if hasattr(library := ctypes.CDLL(None), "malloc_trim"):  # glibc keeps what was freed for what comes next
        library.malloc_trim(0)
        rows.append(("MB of that still in use", resident()))
    return rows


def resident() -> float:
    """Megabytes of memory that the process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def loading() -> list[tuple]:
    """Reading the converted file of a network until it can be asked."""
    from cnnscript.engine.weights import read_arrays, write_arrays

    rows = []
    for name in QUESTIONS:
        network = made(name)
        arrays = {
            layer.name: {word: network.parameter(layer.name, word) for word in layer.parameter_shapes()}
            for layer in network.layers
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.npz"
            write_arrays(path, {key: value for key, value in arrays.items() if value}, "bench")
            size = path.stat().st_size / 1e6
            described = architecture(name)

            def load(path=path, described=described):
                return described.network(read_arrays(path, described.network()))

            taken = 1000 * alternating({"load": load}, 5)["load"]
        share = taken / max(size / 50, 1)
        rows.append((name, size, taken, share, verdict(share <= GOAL_LOAD)))
    return rows


def verdict(reached: bool) -> str:
    return "ok" if reached else "MISSED"
