"""Where a question is computed: MATLAB's 'ExecutionEnvironment' in TensorFlow's words."""

from __future__ import annotations

from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.errors import ScriptError

ENVIRONMENTS = ("auto", "cpu", "gpu", "multi-gpu", "parallel")
ACCELERATIONS = ("auto", "mex", "none")


def gpu_count() -> int:
    """GPUs that TensorFlow can use."""
    return len(tensorflow().config.list_logical_devices("GPU"))


def devices(environment: str) -> tuple[str, ...]:
    """Names of the devices that take the mini-batches in turn.

    'auto'       the first GPU where there is one, else the CPU
    'cpu'        the CPU
    'gpu'        the first GPU
    'multi-gpu'  all GPUs
    'parallel'   all GPUs where there are any, else the CPU (TensorFlow uses all its cores as it is)

    Raises MATLAB's error when a GPU is asked for and there is none.
    """
    if environment == "cpu":
        return ("/CPU:0",)
    count = gpu_count()
    if environment in ("gpu", "multi-gpu") and not count:
        raise ScriptError(
            "nnet_cnn:internal:cnngpu:GPUArchMismatch",
            "Unable to find a supported GPU device.",
            notes=(f"ExecutionEnvironment is '{environment}'",),
            hint="'auto' uses the CPU where there is no GPU",
        )
    if not count:
        return ("/CPU:0",)
    return tuple(f"/GPU:{i}" for i in range(count if environment in ("multi-gpu", "parallel") else 1))
