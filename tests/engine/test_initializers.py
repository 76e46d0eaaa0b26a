"""How parameters begin: sizes, spreads, order, and what is given goes before."""

import numpy as np
import pytest

from cnnscript.builtins.statistics.random_stream import Stream
from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import Convolution, GroupedConvolution
from cnnscript.engine.initializers import initial, initial_parameters
from cnnscript.engine.pointwise_layers import BatchNormalization
from cnnscript.engine.weights import to_matlab

CONV = Convolution(name="c", filter_size=(3, 5), num_filters=40, num_channels=6)


def test_glorot_is_uniform_within_its_bound_and_drawn_in_matlabs_order():
    weights = initial(CONV, "Weights", Stream())
    bound = np.sqrt(6 / (15 * 6 + 15 * 40))
    expected = (2 * Stream().uniforms(15 * 6 * 40) - 1) * bound
    np.testing.assert_allclose(to_matlab(CONV, "Weights", weights).ravel("F"), expected.astype(np.float32))
    assert 0.95 * bound < abs(weights).max() <= bound


@pytest.mark.parametrize(
    ("word", "deviation"), [("he", np.sqrt(2 / 90)), ("narrow-normal", 0.01), ("zeros", 0), ("ones", 0)]
)
def test_other_initialisers_have_their_spread(word, deviation):
    weights = initial(CONV.with_learning(WeightsInitializer=word), "Weights", Stream())
    assert weights.std() == pytest.approx(deviation, rel=0.03)
    assert weights.mean() == pytest.approx(float(word == "ones"), abs=0.01)


def test_orthogonal_weights_are_orthonormal():
    layer = FullyConnected(output_size=4, input_size=9).with_learning(WeightsInitializer="orthogonal")
    weights = to_matlab(layer, "Weights", initial(layer, "Weights", Stream()))
    np.testing.assert_allclose(weights @ weights.T, np.eye(4), atol=1e-6)


def test_a_function_is_called_with_matlabs_size():
    asked = []

    def call(start, shape):
        asked.append((start, shape))
        return np.full(shape, 2.5)

    layer = GroupedConvolution(name="g", filter_size=(3, 3), num_groups=2, num_channels_per_group=4,
                               num_filters_per_group=5).with_learning(WeightsInitializer=len)  # fmt: skip
    assert (initial(layer, "Weights", Stream(), call) == 2.5).all()
    assert asked == [(len, (3, 3, 4, 5, 2))]


def test_given_numbers_go_before_and_the_others_begin():
    norm = BatchNormalization(name="b", num_channels=3)
    made = initial_parameters([CONV, norm], {"b": {"Scale": np.full((1, 1, 3), 7.0)}}, Stream())
    assert set(made) == {"c", "b"}
    assert made["c"]["Bias"].tolist() == [0] * 40
    assert {name: array.tolist() for name, array in made["b"].items()} == {
        "Offset": [0, 0, 0],
        "Scale": [7, 7, 7],
        "TrainedMean": [0, 0, 0],
        "TrainedVariance": [1, 1, 1],
    }
    with pytest.raises(ValueError, match="Scale"):
        initial_parameters([norm], {"b": {"Scale": np.zeros((1, 1, 4))}}, Stream())
