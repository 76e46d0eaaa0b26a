"""A network cut off at a layer, for pictures of any size, to be climbed by gradients.

Only the way to the layer counts: before filters of the first layers there are no others that want a size.  A fully
connected layer on the way becomes the convolution that it is (its weights a filter as large as its input, sliding over
larger pictures; Long 2015, arXiv:1411.4038 §3.1), and a layer that flattened maps for it lets them pass.  At the
network's own size all numbers are the network's.

A channel whose ReLU is shut everywhere gives no gradient to begin with: on the way back the last ReLUs before the layer
let the gradient through where it would be lost altogether (Olah 2017, "Feature Visualization", redirects it likewise).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cnnscript.engine import pointwise_layers as pointwise
from cnnscript.engine.connected_layers import Flatten, FullyConnected
from cnnscript.engine.execute import Step, steps, walk
from cnnscript.engine.graph import Network
from cnnscript.engine.importing.foreign_layers import FlattenChannelsFirst, FlattenCStyle
from cnnscript.engine.layers import Size
from cnnscript.engine.tensorflow_start import tensorflow

# how a layer folds height (0), width (1) and channels (2) into one axis, slowest first
FOLDS = {Flatten: (2, 1, 0), FlattenCStyle: (0, 1, 2), FlattenChannelsFirst: (2, 0, 1)}
EACH_BY_ITSELF = (
    pointwise.ReLU, pointwise.LeakyReLU, pointwise.ClippedReLU, pointwise.Tanh, pointwise.Sigmoid, pointwise.Dropout,
)  # fmt: skip

RELUS = (pointwise.ReLU, pointwise.ClippedReLU)

_compiled: weakref.WeakKeyDictionary[Network, dict[Hashable, Any]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class OpenPath:
    """The way to one layer.

    layer    its number, 0-based
    steps    what to compute
    windows  the fully connected layers that slide: number → height and width of their filters
    passed   the flattening layers that let maps pass
    fixed    does a layer on the way hang on the size in a way of its own?  Then other sizes may not do (`size_for`)
    rigid    is a flattened row looked at as a whole?  Then only the network's own size will do
    """

    network: Network
    layer: int
    steps: tuple[Step, ...]
    windows: dict[int, tuple[int, int]]
    passed: frozenset[int]
    fixed: bool
    rigid: bool

    def __call__(self, images: Any) -> Any:
        """The layer's maps N×h×w×C for images N×H×W×C (tensors)."""
        return walk(self.steps, images, [self.layer])[self.layer]

    def size_for(self, size: Size) -> Size:
        """The size of the layer's maps for images of a size.  ScriptError where a layer cannot take what reaches it;
        a height or width below 1 where a window does not fit in, or another size will not do."""
        if self.rigid and size != self.network.input_size:
            return (0, 0, self.network.sizes[self.layer][2])
        return self._sizes(size)[self.layer]

    def bytes_for(self, size: Size) -> int:
        """What all outputs on the way hold for one image of a size."""
        return sum(4 * height * width * channels for height, width, channels in self._sizes(size).values())

    def _sizes(self, size: Size) -> dict[int, Size]:
        sizes: dict[int, Size] = {}
        for step in self.steps:
            given = [sizes[source] for source in step.sources] or [size]
            i = step.number
            if i in self.windows:
                (height, width), (down, across) = given[0][:2], self.windows[i]
                sizes[i] = (height - down + 1, width - across + 1, step.layer.output_size)
            else:
                sizes[i] = given[0] if i in self.passed else step.layer.size_after(*given)
        return sizes


def open_path(network: Network, layer: int) -> OpenPath:
    """The way to a layer (0-based number), open to any size of pictures where its layers allow it."""
    path = steps(network, [layer])
    folded: dict[int, tuple[Size, tuple[int, ...]]] = {}  # layers whose maps pass unfolded: their size, how they fold
    changed: dict[int, Step] = {}
    windows: dict[int, tuple[int, int]] = {}
    fixed = rigid = False
    for step in path:
        kind, i, sources = type(step.layer), step.number, step.sources
        if kind in FOLDS and sources[0] not in folded and not getattr(step.layer, "per_step", False):
            folded[i] = (network.sizes[sources[0]], FOLDS[kind])
            changed[i] = replace(step, compute=tensorflow().identity)
        elif kind is FullyConnected and not step.layer.per_step:
            size, order = folded.get(sources[0], (network.sizes[sources[0]], (0, 1, 2)))
            windows[i] = size[:2]
            changed[i] = replace(step, compute=_sliding(network, step, size, order))
        elif kind in EACH_BY_ITSELF and sources[0] in folded:
            folded[i] = folded[sources[0]]
        else:
            fixed = fixed or step.layer.needs_fixed_size
            rigid = rigid or any(source in folded for source in sources)
    if layer in folded or rigid:
        fixed = rigid = True
        for made in (changed, windows, folded):
            made.clear()
    changed |= {i: woken(changed.get(i, step)) for i, step in last_relus(path, layer).items()}
    steps_there = tuple(changed.get(step.number, step) for step in path)
    return OpenPath(network, layer, steps_there, windows, frozenset(folded), fixed, rigid)


def _sliding(network: Network, step: Step, size: Size, order: tuple[int, ...]) -> Callable[[Any], Any]:
    """A fully connected layer as a convolution over maps whose folding in that order it was trained on."""
    tf = tensorflow()
    held = network.variables[step.layer.name].layer.parameters
    kernel, bias = held["Weights"], held["Bias"]
    laid_out = [size[axis] for axis in order]
    back = [*(order.index(axis) for axis in range(3)), 3]

    def compute(maps):
        filters = tf.transpose(tf.reshape(kernel, (*laid_out, step.layer.output_size)), back)
        return tf.nn.bias_add(tf.nn.conv2d(maps, filters, 1, "VALID"), bias)

    return compute


def last_relus(path: Sequence[Step], layer: int) -> dict[int, Step]:
    """The ReLUs that lead to a layer with nothing learnt behind them: number → step."""
    by_number = {step.number: step for step in path}
    found: dict[int, Step] = {}
    waiting = [layer]
    while waiting:
        step = by_number[waiting.pop()]
        if isinstance(step.layer, RELUS):
            found[step.number] = step
        elif not step.layer.parameter_shapes():
            waiting.extend(step.sources)
    return found


def woken(step: Step) -> Step:
    """A ReLU whose gradient passes as it is where, for a whole image, nothing of it would be left."""
    tf = tensorflow()

    @tf.custom_gradient
    def passed(x, output):
        def back(slope):
            blocked = tf.where(output == x, slope, 0.0)
            lives = tf.reduce_any(blocked != 0, (1, 2, 3), keepdims=True)
            return tf.where(lives, blocked, slope), None

        return tf.identity(output), back

    return replace(step, compute=lambda x: passed(x, tf.stop_gradient(step.compute(x))))


def compiled(network: Network, question: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` compiled for a question to a network, made once; it goes with the network."""
    held = _compiled.setdefault(network, {})
    if question not in held:
        held[question] = make()
    return held[question]
