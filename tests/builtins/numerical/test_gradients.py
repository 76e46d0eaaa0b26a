"""del2: spacings."""

import numpy as np
import pytest


def test_points_may_lie_unevenly(run):
    run("a = del2([1 4 9 25], [1 2 3 5]); b = del2(magic(4), 2); c = del2(magic(4), [0 2 4 6], 2);")
    assert run["a"].ravel().tolist() == pytest.approx([0.5] * 4)
    assert np.allclose(run["b"], run["c"])
    assert run.fault("del2(1:3, [1 2]);").identifier == "MATLAB:del2:InvalidSpacing"
    assert run.fault("del2(magic(3), 1, 2, 3);").identifier == "MATLAB:del2:InvalidInputs"
