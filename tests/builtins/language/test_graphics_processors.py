"""Graphics processors where there is none."""

import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import graphics_processors
from cnnscript.errors import ScriptError


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def test_without_a_graphics_processor_asking_for_one_is_matlabs_error(monkeypatch):
    monkeypatch.setattr(graphics_processors, "gpu_count", lambda: 0)
    assert call("canUseGPU") is False and call("gpuDeviceCount") == 0.0
    for name, args in (("gpuDevice", ()), ("gpuArray", (1.0,))):
        with pytest.raises(ScriptError) as caught:
            call(name, *args)
        assert caught.value.identifier == "parallel:gpu:device:DriverNotFound"


def test_gather_passes_everything_through():
    assert call("gather", 1.0, "a", nargout=2) == (1.0, "a")
