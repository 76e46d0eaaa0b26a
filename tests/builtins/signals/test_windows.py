"""Windows: their ends, their symmetry, and that 'periodic' is the longer symmetric one without its last point."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.signals import windows
from cnnscript.errors import ScriptError

SAMPLED = ["hamming", "hann", "blackman", "blackmanharris", "nuttallwin", "flattopwin"]


def made(name, *args):
    return np.asarray(find(name).bind(None)(1, *args)).ravel()


@pytest.mark.parametrize("name", sorted(windows.WINDOWS))
@pytest.mark.parametrize("points", [2, 5, 8])
def test_every_window_is_symmetric_and_has_its_length(name, points):
    values = made(name, float(points))
    assert values.size == points
    assert np.allclose(values, values[::-1], atol=1e-12)


@pytest.mark.parametrize("name", SAMPLED)
def test_periodic_is_the_longer_window_without_its_last_point(name):
    assert made(name, 8.0, "periodic").tolist() == made(name, 9.0)[:-1].tolist()


@pytest.mark.parametrize("name", sorted(windows.WINDOWS))
def test_one_point_is_one_and_none_is_an_empty_column(name):
    assert find(name).bind(None)(1, 1.0) == 1.0
    assert find(name).bind(None)(1, 0.0).shape == (0, 1)


def test_values_known_from_their_formulas():
    assert np.allclose(made("hamming", 3.0), [0.08, 1, 0.08])
    assert np.allclose(made("hanning", 3.0), [0.5, 1, 0.5])
    assert made("blackman", 5.0)[0] == 0
    assert np.allclose(made("triang", 3.0), [0.5, 1, 0.5])


def test_a_length_that_is_no_number_is_refused_and_a_broken_one_rounded_with_a_warning(run):
    with pytest.raises(ScriptError):
        run("hamming([1 2])")
    assert run("x = numel(hann(4.6))")[0].startswith("Warning: Rounding order")
    assert run["x"] == 5
