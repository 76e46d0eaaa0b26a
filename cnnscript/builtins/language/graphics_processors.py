"""Graphics processors and parallel pools: whether there are any, and arrays on them."""

from __future__ import annotations

import os

from cnnscript.builtins.registry import builtin
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import numel_of
from cnnscript.values.structs import Struct


def gpu_count() -> int:
    """How many graphics processors TensorFlow can use.  Asks the driver only, so that nothing heavy is imported."""
    if not any(os.path.exists(path) for path in ("/dev/nvidia0", "/dev/dxg", "/dev/kfd")):
        return 0
    from cnnscript.engine import devices

    return devices.gpu_count()


def no_gpu() -> ScriptError:
    return ScriptError(
        "parallel:gpu:device:DriverNotFound",
        "Unable to find a supported GPU device.",
        hint="networks run on the processor: leave out 'ExecutionEnvironment', or say 'cpu'",
    )


@builtin
def canUseGPU():
    """
    tf = canUseGPU

    Whether there is a graphics processor that networks can use.

    Examples
      >> disp(islogical(canUseGPU))
         1

    See also gpuDeviceCount, gpuDevice, gather.
    """
    return gpu_count() > 0


@builtin
def canUseParallelPool():
    """
    tf = canUseParallelPool

    Whether there are workers for parfor and the like: no, everything runs in one process, which uses all cores.

    Examples
      >> disp(canUseParallelPool)
         0

    See also canUseGPU, gpuDeviceCount.
    """
    return False


@builtin
def gpuDeviceCount(kind="", /):
    """
    n = gpuDeviceCount
    n = gpuDeviceCount(counttype)

    How many graphics processors there are.

    Examples
      >> disp(gpuDeviceCount >= 0)
         1
      >> n = gpuDeviceCount("available"); disp(n >= 0)
         1

    See also canUseGPU, gpuDevice.
    """
    if type(kind) is not str or kind:
        take.choice(kind, ("available", "supported", "all"), "Count type")
    return float(gpu_count())


@builtin
def gpuDevice(index=None, /):
    """
    D = gpuDevice
    D = gpuDevice(index)

    The graphics processor in use, an error where there is none.

    Examples
      >> try, D = gpuDevice; found = true; catch e, found = contains(e.message, 'GPU'); end
      >> disp(found)
         1
      >> try, D = gpuDevice(1); found = true; catch e, found = contains(e.message, 'GPU'); end

    See also canUseGPU, gpuDeviceCount, gpuArray.
    """
    count = gpu_count()
    if not count:
        raise no_gpu()
    if index is not None and numel_of(index) and take.integer(index, "Index", 1) > count:
        raise ScriptError(
            "parallel:gpu:device:InvalidIndex",
            f"Invalid device index: must be an integer in the range [1, {count}].",
        )
    return Struct({"Name": "GPU", "Index": 1.0, "DeviceAvailable": True, "DeviceCount": float(count)})


@builtin
def gpuArray(value, /):
    """
    G = gpuArray(X)

    An array on the graphics processor, an error where there is none. Arrays stay in main memory here: networks move
    them by themselves.

    Examples
      >> try, G = gpuArray(1); ok = G == 1; catch e, ok = contains(e.message, 'GPU'); end
      >> disp(ok)
         1

    See also gather, canUseGPU.
    """
    if not gpu_count():
        raise no_gpu()
    return value


@builtin(outputs=None)
def gather(nargout, /, *values):
    """
    X = gather(A)
    [X1, X2, ...] = gather(A1, A2, ...)

    Arrays in main memory: those that are there already come back as they are.

    Examples
      >> X = gather([1 2])
      X =
           1     2
      >> [X1, X2] = gather(1, 2);

    See also gpuArray, canUseGPU.
    """
    return tuple(values)


@builtin
def isgpuarray(value, /):
    """
    tf = isgpuarray(X)

    Whether an array is on the graphics processor: never here.

    Examples
      >> disp(isgpuarray(1))
         0

    See also gpuArray, gather.
    """
    return False
