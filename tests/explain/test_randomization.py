"""Layers that forget, and a network that does not."""

import numpy as np
import pytest

from cnnscript.explain import randomization
from tests.explain.perturbed_networks import residual
from tests.explain.small_networks import all_numbers


def numbers(network):
    return {key: value.copy() for key, value in all_numbers(network).items()}


def changed(one, other):
    return {layer for (layer, name), value in one.items() if not np.array_equal(value, other[layer, name])}


@pytest.mark.parametrize("mode", randomization.MODES)
def test_layers_are_drawn_from_the_scores_down_and_the_network_stays_to_the_bit(mode):
    network, _ = residual()
    before = numbers(network)
    layers = randomization.learned_layers(network, network.number("prob"))
    names = [network.layers[i].name for i in layers]
    assert names == ["fc", "res", "conv"]
    random = np.random.default_rng(0)
    seen = [changed(before, numbers(twin))
            for twin in randomization.randomized(network, [[i] for i in layers], mode, random)]  # fmt: skip
    expected = [{"fc"}, {"fc", "res"}, {"fc", "res", "conv"}] if mode == "cascading" else [{"fc"}, {"res"}, {"conv"}]
    assert seen == expected
    after = numbers(network)
    assert all(np.array_equal(before[key], after[key]) for key in before) and network.version == 0


def test_drawn_numbers_keep_mean_and_deviation():
    random = np.random.default_rng(0)
    found = randomization.drawn(random.normal(3, 2, (3, 3, 40, 40)), random)
    assert found.mean() == pytest.approx(3, abs=0.1) and found.std() == pytest.approx(2, abs=0.1)
    np.testing.assert_array_equal(randomization.drawn(np.ones(4, np.float32), random), np.ones(4))
    assert randomization.drawn(np.array([5.0]), random)[0] not in (0, 5)


def test_a_layer_after_the_scores_is_not_looked_at():
    network, _ = residual()
    assert [network.layers[i].name for i in randomization.learned_layers(network, network.number("out"))] == [
        "res", "conv",
    ]  # fmt: skip
