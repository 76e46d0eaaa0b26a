"""Small networks to perturb images of, and what they compute, written out by hand."""

import numpy as np

from cnnscript.engine.architectures import read_architecture

RESIDUAL = """
data	image-input	12x15x3 none
conv	convolution	4 3x3 padding=same
relu	relu
res	convolution	4 3x3 padding=same
add	addition		res relu
out	relu
pool	global-average-pooling
fc	convolution	3 1x1
prob	softmax
"""

# a network whose truth is known: the one score is the mean brightness of two pixels
CUE = """
data	image-input	12x15x3 none
fc	fully-connected	1
"""


def residual(seed=4):
    """A network with a shortcut, and its numbers."""
    random = np.random.default_rng(seed)
    found = read_architecture(RESIDUAL)
    arrays = {
        layer.name: {
            name: random.normal(0, 0.4, shape).astype(np.float32) for name, shape in layer.parameter_shapes().items()
        }
        for layer in found.network().layers
    }
    arrays = {name: held for name, held in arrays.items() if held}
    arrays["conv"]["Weights"] /= 60  # scores that are not sure
    return found.network(arrays), arrays


def residual_scores(arrays, image):
    """What the residual network says of one image, in plain TensorFlow."""
    import tensorflow as tf

    def convolved(x, name, padding):
        return tf.nn.conv2d(x, arrays[name]["Weights"], 1, padding) + arrays[name]["Bias"]

    first = tf.nn.relu(convolved(image[None].astype(np.float32), "conv", "SAME"))
    last = tf.nn.relu(convolved(first, "res", "SAME") + first)
    pooled = tf.reduce_mean(last, [1, 2], keepdims=True)
    return tf.nn.softmax(tf.reshape(convolved(pooled, "fc", "VALID"), [-1])).numpy()


def cue(places=((3, 4), (8, 11))):
    """A network whose score is the sum of all channels at some places."""
    found = read_architecture(CUE)
    ((name, shape),) = [item for item in found.network().layers[1].parameter_shapes().items() if item[0] == "Weights"]
    weights = np.zeros((12, 15, 3))
    for place in places:
        weights[place] = 1.0
    return found.network({"fc": {name: weights.reshape(shape).astype(np.float32), "Bias": np.zeros(1, np.float32)}})
