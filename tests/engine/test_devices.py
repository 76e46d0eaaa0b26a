"""ExecutionEnvironment: the CPU always, GPUs only where there are some."""

import numpy as np
import pytest

from cnnscript.engine import devices as module
from cnnscript.engine.devices import devices
from cnnscript.engine.questions import ask
from cnnscript.errors import ScriptError
from tests.engine.test_questions import images, network


@pytest.fixture
def gpus(monkeypatch):
    return lambda count: monkeypatch.setattr(module, "gpu_count", lambda: count)


def test_without_a_gpu_everything_that_need_not_have_one_runs_on_the_cpu(gpus):
    gpus(0)
    assert [devices(name) for name in ("auto", "cpu", "parallel")] == [("/CPU:0",)] * 3


@pytest.mark.parametrize("environment", ["gpu", "multi-gpu"])
def test_asking_for_a_gpu_where_there_is_none_is_matlabs_error(gpus, environment):
    gpus(0)
    with pytest.raises(ScriptError) as caught:
        devices(environment)
    assert caught.value.message == "Unable to find a supported GPU device."
    assert caught.value.identifier == "nnet_cnn:internal:cnngpu:GPUArchMismatch"


def test_with_gpus_auto_takes_one_and_multi_gpu_all(gpus):
    gpus(2)
    assert devices("auto") == devices("gpu") == ("/GPU:0",)
    assert devices("multi-gpu") == devices("parallel") == ("/GPU:0", "/GPU:1")
    assert devices("cpu") == ("/CPU:0",)


def test_questions_obey(gpus):
    gpus(0)
    net = network()
    np.testing.assert_array_equal(ask(net, images(), [1], environment="cpu")[0], ask(net, images(), [1])[0])
    for options in ({"environment": "gpu"}, {"acceleration": "mex"}):
        with pytest.raises(ScriptError):
            ask(net, images(), [1], **options)
