"""Colours that programs are given: validatecolor."""

import numpy as np
import pytest


def test_colours_of_all_kinds_become_parts_from_0_to_1(run):
    run("a = validatecolor(uint16([32768 0 65535; 0 65535 0]), 'multiple'); b = validatecolor('#F90');")
    run("c = validatecolor(\"k\"); d = validatecolor([0.2 0.4 0.6]); e = validatecolor({'red', '#8000FF'}, 'mult');")
    assert np.allclose(run["a"], [[32768 / 65535, 0, 1], [0, 1, 0]]) and np.allclose(run["b"], [[1, 0.6, 0]])
    assert run["c"].tolist() == [[0, 0, 0]] and run["d"].tolist() == [[0.2, 0.4, 0.6]]
    assert np.allclose(run["e"], [[1, 0, 0], [128 / 255, 0, 1]])


@pytest.mark.parametrize(
    "colour", ["'reddish'", "'#12'", "'#GG0000'", "[1 2 3]", "[1 0]", "int8([1 0 0])", "{1}", "true", "{'r' 'g'}", "{}"]
)
def test_what_is_not_one_colour_is_refused(run, colour):
    assert run.fault(f"validatecolor({colour})").identifier.startswith("MATLAB:graphics:validatecolor:")
