"""Signals at other rates: interp."""

import numpy as np


def test_interp_keeps_the_samples_and_finds_smooth_signals_between(run):
    run("t = 0:0.1:3; [z, b] = interp(sin(t), 4); k = z(1:4:end); c = interp((1:9)', 2);")
    run("s = class(interp(single(1:9), 2));")
    assert np.allclose(run["k"], np.sin(np.arange(31) / 10)) and run["s"] == "single" and run["c"].shape == (18, 1)
    assert np.allclose(run["z"][0, :117], np.sin(np.arange(117) / 40), atol=3e-4)
    taps = run["b"].ravel()
    assert taps.size == 2 * 4 * 4 + 1 and np.allclose(taps, taps[::-1]) and taps[16] == 1
    assert np.allclose(np.delete(taps[::4], 4), 0)
    assert run.fault("interp(1:8, 2)").message == "Length of data sequence must be at least 9."
    for call in ("interp(ones(3), 2)", "interp(1:9, 2.5)", "interp(1:9, 2, 4, 0)", "interp('a', 2)", "interp(1:9, 0)"):
        assert run.fault(call).message
