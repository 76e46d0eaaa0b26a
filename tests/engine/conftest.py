"""Networks and pictures that several tests share; TensorFlow is loaded once, as the engine loads it."""

import numpy as np
import pytest

from cnnscript.engine.zoo import Zoo


@pytest.fixture(scope="session")
def tf():
    from cnnscript.engine.tensorflow_start import tensorflow

    return tensorflow()


@pytest.fixture(scope="session")
def squeezenet(tmp_path_factory):
    """SqueezeNet with its weights; tests must not change them."""
    return Zoo(folders=[tmp_path_factory.mktemp("weights")], offline=True).network("squeezenet")


@pytest.fixture
def picture():
    """`picture('coffee')`: a picture of scikit-image at 227×227, as a batch of one uint8 image."""

    def load(name, size=(227, 227)):
        from PIL import Image
        from skimage import data

        resized = Image.fromarray(getattr(data, name)()).resize(size[::-1], Image.Resampling.BICUBIC)
        return np.asarray(resized)[None]

    return load


@pytest.fixture
def rng():
    return np.random.default_rng(0)
