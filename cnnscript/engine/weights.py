"""The numbers of a network: the engine's arrays, MATLAB's shapes and back, and the files they are kept in.

The engine's shapes (Layer.parameter_shapes):
    convolution      height × width × channels × filters (as MATLAB; Caffe and ONNX have filters first)
    grouped          height × width × channels per group × filters, group by group
                     (MATLAB: height × width × channels per group × filters per group × groups)
    fully connected  inputs × outputs, the input laid out height, width, channel
                     (MATLAB: outputs × inputs, height fastest)
    recurrent state  units, or sequences × units (MATLAB: units×1, units×sequences)
    per channel      channels (MATLAB: 1×1×channels; a fully connected bias is outputs×1, a grouped convolution's
                     1×1×filters per group×groups)

Files of other programs: converters.py.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.engine.connected_layers import FullyConnected
from cnnscript.engine.convolution_layers import GroupedConvolution
from cnnscript.engine.graph import Network, Parameters
from cnnscript.engine.input_layers import ImageInput
from cnnscript.engine.layers import Layer

Arrays = dict[str, dict[str, np.ndarray]]
MEGA = 1_000_000  # the mean of a whole image, at most
STATISTICS = ("Mean", "StandardDeviation", "Min", "Max")  # of an input layer

# ----------------------------------------------------------------------------------------------------- MATLAB's shapes


def to_matlab(layer: Layer, name: str, array: np.ndarray) -> np.ndarray:
    """A parameter as MATLAB shows it (its dimensions in MATLAB's order), from the engine's."""
    if (inner := layer.inner(name)) is not None:
        return to_matlab(*inner, array)
    if name in layer.batch_state and array.ndim == 2:
        return array.T
    if name != "Weights":
        if isinstance(layer, GroupedConvolution):  # group by group
            return array.reshape(int(layer.num_groups), -1).T[None, None]
        return array.reshape(layer.matlab_shapes()[name])
    if isinstance(layer, GroupedConvolution):
        height, width, channels, filters = array.shape
        groups = int(layer.num_groups)
        return array.reshape(height, width, channels, groups, filters // groups).transpose(0, 1, 2, 4, 3)
    if isinstance(layer, FullyConnected):
        height, width, channels = layer.spatial_size or (1, 1, int(layer.input_size))
        whole = array.reshape(height, width, channels, layer.output_size)
        return whole.transpose(3, 2, 1, 0).reshape(layer.output_size, -1)
    return array.reshape(layer.matlab_shapes()[name])


def from_matlab(layer: Layer, name: str, array: np.ndarray) -> np.ndarray:
    """The inverse of to_matlab; ValueError when the array has not the size that MATLAB shows it in (trailing
    dimensions of 1 may be left out)."""
    if (inner := layer.inner(name)) is not None:
        return from_matlab(*inner, array)
    shape = layer.parameter_shapes()[name]
    array = np.asarray(array, np.float32)
    if name in layer.batch_state and array.ndim == 2 and array.shape[0] == shape[0] and array.shape[1] > 1:
        return np.ascontiguousarray(array.T)
    wanted = to_matlab(layer, name, np.empty(shape, np.float32)).shape
    if _without_ones(array.shape) != _without_ones(wanted):
        raise ValueError(f"{name} is {array.shape}, and must be {wanted}")
    if isinstance(layer, GroupedConvolution) and name == "Weights":
        height, width, channels, filters = shape
        groups = int(layer.num_groups)
        whole = array.reshape(height, width, channels, filters // groups, groups)
        return np.ascontiguousarray(whole.transpose(0, 1, 2, 4, 3).reshape(shape))
    if isinstance(layer, GroupedConvolution):
        return array.reshape(-1, int(layer.num_groups)).T.reshape(shape)
    if isinstance(layer, FullyConnected) and name == "Weights":
        height, width, channels = layer.spatial_size or (1, 1, int(layer.input_size))
        whole = array.reshape(layer.output_size, channels, width, height)
        return np.ascontiguousarray(whole.transpose(3, 2, 1, 0).reshape(shape))
    return array.reshape(shape)


def _without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A size without trailing dimensions of 1."""
    count = len(shape)
    while count and shape[count - 1] == 1:
        count -= 1
    return shape[:count]


# --------------------------------------------------------------------------------------------------------------- files


# what zipfile and NumPy raise over damaged bytes: a changed flag asks for a password or an unknown compression, a
# changed size for more memory than there is
DAMAGE = (
    KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, MemoryError,
)  # fmt: skip


def _header(file: Any, name: str) -> tuple[tuple[int, ...], np.dtype]:
    """Size and class of an array in an .npz, without its numbers."""
    from numpy.lib import format as layout

    with file.zip.open(name + ".npy") as entry:
        version = layout.read_magic(entry)
        read = layout.read_array_header_1_0 if version == (1, 0) else layout.read_array_header_2_0
        shape, _, kind = read(entry)
        return shape, kind


def named(arrays: Parameters) -> Iterator[tuple[str, np.ndarray]]:
    """'conv1/Weights', array ... of all layers."""
    for layer, parameters in arrays.items():
        for name, array in parameters.items():
            yield f"{layer}/{name}", array


def write_arrays(path: Path, arrays: Parameters, origin: str) -> None:
    """One .npz of named arrays, written beside and renamed, so that no half file is ever found under its name.

    origin: where the numbers came from; kept in the file.
    """
    import os
    import uuid

    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")  # open to whom new files are: folders are shared
    try:
        with open(beside, "xb") as file:
            entries: dict[str, Any] = dict(named(arrays))
            np.savez(file, origin=np.array(origin), **entries)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_arrays(path: Path, network: Network) -> Arrays:
    """The arrays of a file that write_arrays wrote, for the layers of a network.

    ValueError when the file is damaged (each array is stored with a checksum) or is another network's.
    """
    try:
        if not zipfile.is_zipfile(path) and path.is_file():
            raise zipfile.BadZipFile("it is no archive of arrays")
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays: Arrays = {}
            for layer in network.layers:
                for name, shape in layer.parameter_shapes().items():
                    found, kind = _header(file, f"{layer.name}/{name}")  # before there is room made for the numbers
                    if found != shape or kind != np.float32:
                        raise ValueError(f"{name} of layer {layer.name} is {found} {kind}, not {shape} float32")
                    arrays.setdefault(layer.name, {})[name] = file[f"{layer.name}/{name}"]
                if isinstance(layer, ImageInput):  # where the source had the mean of its images
                    for name in STATISTICS:
                        if f"{layer.name}/{name}" in file and np.prod(_header(file, f"{layer.name}/{name}")[0]) < MEGA:
                            arrays.setdefault(layer.name, {})[name] = file[f"{layer.name}/{name}"]
            return arrays
    except (FileNotFoundError, PermissionError):
        raise  # nothing is known of the file
    except DAMAGE as fault:
        raise ValueError(f"damaged weights file: {fault}") from fault
