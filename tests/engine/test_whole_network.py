"""Proof of numbers: SqueezeNet on ten photographs of installed packages against NumPy in float64, and what it sees."""

import importlib.util
import os

import numpy as np
import pytest

from cnnscript.engine.questions import ask
from tests.engine import numpy_layers

PHOTOGRAPHS = {  # what the network sees in it, and how surely
    "skimage/data/astronaut.png": ("stethoscope", 0.116),
    "skimage/data/coffee.png": ("espresso", 0.998),
    "skimage/data/chelsea.png": ("Egyptian cat", 0.516),
    "skimage/data/rocket.jpg": ("pole", 0.153),
    "skimage/data/retina.jpg": ("jellyfish", 0.310),
    "skimage/data/hubble_deep_field.jpg": ("beer bottle", 0.0815),
    "skimage/data/motorcycle_left.png": ("motor scooter", 0.491),
    "sklearn/datasets/images/china.jpg": ("bell cote", 0.391),
    "sklearn/datasets/images/flower.jpg": ("coral fungus", 0.476),
    "matplotlib/mpl-data/sample_data/grace_hopper.jpg": ("bow tie", 0.695),
}


def pixels(path):
    """The photograph at 227×227, as a batch of one."""
    from PIL import Image

    package, _, file = path.partition("/")
    folder = os.path.dirname(importlib.util.find_spec(package).origin)
    with Image.open(os.path.join(folder, file)) as image:
        return np.asarray(image.convert("RGB").resize((227, 227), Image.Resampling.BICUBIC))[None]


@pytest.mark.parametrize("path", PHOTOGRAPHS, ids=os.path.basename)
def test_the_whole_of_squeezenet_is_the_numpy_network(squeezenet, path):
    """Every layer on a photograph, forwards in float64, to 1e-5 of its own range."""
    x = pixels(path)
    found = ask(squeezenet, x, range(len(squeezenet.layers)))
    for layer, got, value in zip(squeezenet.layers, found, numpy_layers.forward(squeezenet, x), strict=True):
        assert got.shape == value.shape
        assert abs(got - value).max() <= 1e-5 * abs(value).max(), layer.name
    scores = found[-1].ravel()
    label, score = PHOTOGRAPHS[path]
    assert squeezenet.classes[scores.argmax()] == label
    assert scores.max() == pytest.approx(score, abs=2e-3)
