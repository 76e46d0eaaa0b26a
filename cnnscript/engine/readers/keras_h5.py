"""Weights in Keras' HDF5 files: the layers' arrays by name, in the order Keras wrote them.

Both forms of the older kind (.h5): layers at the top (save_weights), and under model_weights (save); and the newer kind
(.weights.h5 and .keras of Keras 3), whose layers hold numbered variables.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

TIGHTEST, MEGABYTE = 100, 1 << 20  # weights are never packed tighter; small files may hold zeros only
KerasArrays = dict[str, list[tuple[str, np.ndarray]]]  # layer → [('kernel', array), ...]


def read_keras_h5(path: Path) -> KerasArrays:
    """All layers with weights, in the file's order; ValueError when the file is none of Keras'."""
    import h5py

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                require_plausible(archive.getinfo("model.weights.h5"))
                data = io.BytesIO(archive.read("model.weights.h5"))
            with h5py.File(data, "r") as file:
                return _layers(file)
        with h5py.File(path, "r") as file:
            return _layers(file)
    except (OSError, KeyError, RuntimeError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as fault:
        raise ValueError(f"not a weights file of Keras: {fault}") from fault


def stored_array(dataset: Any) -> np.ndarray:
    """The numbers of a dataset; ValueError where it claims far more than the file has room for: HDF5 makes up what was
    never written."""
    if dataset.nbytes > TIGHTEST * dataset.id.get_storage_size() + MEGABYTE:
        raise ValueError(f"{dataset.name} claims {dataset.nbytes} bytes, of which the file has few")
    return np.asarray(dataset[()])


def require_plausible(entry: zipfile.ZipInfo) -> None:
    """ValueError for a file in an archive that would unpack to far more than weights can be packed to."""
    if entry.file_size > TIGHTEST * entry.compress_size + MEGABYTE:
        raise ValueError(f"{entry.filename} would unpack {entry.compress_size} bytes to {entry.file_size}")


def _layers(file) -> KerasArrays:
    top = file.get("model_weights", file)
    found: KerasArrays = {}
    if "layer_names" in top.attrs:
        for name in _texts(top.attrs["layer_names"]):
            group = top[name]
            weights = [(_short(word), stored_array(group[word])) for word in _texts(group.attrs["weight_names"])]
            if weights:
                found[name] = weights
    elif "layers" in top:
        _numbered(top["layers"], found)
    if not found:
        raise ValueError("the file holds no layers with weights")
    return found


def _numbered(group, found: KerasArrays) -> None:
    """Keras 3: layers/NAME/vars/0, 1, ...; a layer that holds layers has them below it."""
    import h5py

    for name, item in group.items():
        if not isinstance(item, h5py.Group):
            continue
        variables = item.get("vars")
        if isinstance(variables, h5py.Group) and len(variables):
            found[name] = [(number, stored_array(variables[number])) for number in sorted(variables, key=int)]
        for below in item:
            if below == "layers":
                _numbered(item[below], found)


def _texts(attribute) -> list[str]:
    return [word.decode("utf-8") if isinstance(word, bytes) else str(word) for word in attribute]


def _short(name: str) -> str:
    """'block1_conv1/kernel:0' → 'kernel'; 'block1_conv1_W_1:0' → 'W'."""
    word = name.rpartition("/")[2].partition(":")[0]
    for ending in KNOWN:
        if word == ending or word.endswith("_" + ending):
            return ending
    for ending in KNOWN:
        if f"_{ending}_" in word:
            return ending
    return word


# the longer before those that end alike
KNOWN = (
    "depthwise_kernel", "pointwise_kernel", "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance",
    "running_mean", "running_std", "W", "b",
)  # fmt: skip
