"""PyTorch's .pth files: the tensors of a state dictionary by name, without PyTorch and without running anything.

Two layouts: since version 1.6 a zip with data.pkl and one file of bytes a storage; before, pickles one after another
with the storages' bytes behind them.  The unpickler knows five names, all of them plain data here; any other ends it.
"""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from cnnscript.engine.readers.keras_h5 import require_plausible

DTYPES = {
    "DoubleStorage": "f8", "FloatStorage": "f4", "HalfStorage": "f2", "LongStorage": "i8", "IntStorage": "i4",
    "ShortStorage": "i2", "CharStorage": "i1", "ByteStorage": "u1", "BoolStorage": "?",
}  # fmt: skip
LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
DAMAGE = (
    EOFError, AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error, zipfile.BadZipFile, OSError,
    MemoryError, OverflowError, RuntimeError, NotImplementedError,
)  # fmt: skip


@dataclass(slots=True)
class Storage:
    """Numbers in a row; filled when their bytes are read."""

    key: str
    dtype: np.dtype
    count: int
    data: np.ndarray | None = None


@dataclass(slots=True)
class Tensor:
    """A view of a storage, laid out by strides (in numbers)."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]

    def array(self) -> np.ndarray:
        """The numbers; ValueError when the view reaches out of its storage."""
        data = self.storage.data
        if data is None:
            raise ValueError("the file has no numbers for a tensor")
        if len(self.size) != len(self.stride) or min((*self.size, *self.stride, self.offset, 0)) < 0:
            raise ValueError("a tensor has no valid size")
        last = self.offset + sum((n - 1) * step for n, step in zip(self.size, self.stride, strict=True))
        if prod(self.size) > data.size or (all(self.size) and last >= data.size):  # no number is seen twice
            raise ValueError("a tensor reaches out of its storage")
        if not all(self.size):
            return np.zeros(self.size, data.dtype)
        steps = [step * data.itemsize for step in self.stride]
        return np.array(np.lib.stride_tricks.as_strided(data[self.offset :], self.size, steps, writeable=False))


class Tag(str):
    """The name of a storage's class: a word, with nothing behind it."""

    __slots__ = ()


class RebuildTensor:
    """What PyTorch's _rebuild_tensor and _rebuild_tensor_v2 are given; an object that a file can set nothing on."""

    __slots__ = ()

    def __call__(self, storage: Any, offset: int, size: Any, stride: Any, *_: Any) -> Tensor:
        if not isinstance(storage, Storage):
            raise pickle.UnpicklingError("a tensor without a storage")
        return Tensor(storage, int(offset), tuple(int(n) for n in size), tuple(int(n) for n in stride))


class RebuildParameter:
    """What PyTorch's _rebuild_parameter is given."""

    __slots__ = ()

    def __call__(self, tensor: Any, *_: Any) -> Any:
        return tensor


ALLOWED: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor"): RebuildTensor(),
    ("torch._utils", "_rebuild_tensor_v2"): RebuildTensor(),
    ("torch._utils", "_rebuild_parameter"): RebuildParameter(),
} | {("torch", name): Tag(name) for name in DTYPES}


class TensorUnpickler(pickle.Unpickler):
    """An unpickler that knows tensors and plain containers, and nothing else."""

    def __init__(self, file: BinaryIO, storage: Callable[[str, str, int], Storage]):
        super().__init__(file, encoding="utf-8")
        self.storage = storage

    def find_class(self, module: str, name: str) -> Any:
        try:
            return ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"the file asks for {module}.{name}, which is not allowed") from None

    def persistent_load(self, pid: Any) -> Storage:
        if not (isinstance(pid, tuple) and len(pid) >= 5 and pid[0] == "storage" and type(pid[1]) is Tag):
            raise pickle.UnpicklingError("the file refers to something outside itself, which is not allowed")
        return self.storage(pid[1], str(pid[2]), int(pid[4]))


def read_torch_arrays(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a file by name ('layer1.0.conv1.weight').

    A dictionary that holds one named state_dict or model gives that one.  Raises pickle.UnpicklingError for a file that
    asks for anything else than tensors, or is damaged.
    """
    try:
        found = _from_zip(path) if zipfile.is_zipfile(path) else _from_pickles(path)
        for key in ("state_dict", "model"):
            if isinstance(found, dict) and isinstance(found.get(key), dict):
                found = found[key]
        if not isinstance(found, dict):
            raise pickle.UnpicklingError("the file holds no dictionary of tensors")
        tensors = {str(name): value.array() for name, value in found.items() if isinstance(value, Tensor)}
    except DAMAGE as fault:
        raise pickle.UnpicklingError(f"not a file of PyTorch's tensors: {fault}") from fault
    if not tensors:
        raise pickle.UnpicklingError("the file holds no tensors")
    return tensors


def _from_zip(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith("/data.pkl") or name == "data.pkl"]
        if len(names) != 1:
            raise ValueError("there is no data.pkl in it")
        for entry in archive.infolist():
            require_plausible(entry)
        folder = names[0][: -len("data.pkl")]
        big = folder + "byteorder" in archive.namelist() and archive.read(folder + "byteorder") == b"big"
        known: dict[str, Storage] = {}

        def storage(kind: str, key: str, count: int) -> Storage:
            if key not in known:
                dtype = np.dtype(DTYPES[kind]).newbyteorder(">" if big else "<")
                data = np.frombuffer(archive.read(f"{folder}data/{key}"), dtype)
                if data.size < count:
                    raise ValueError(f"storage {key} is too short")
                known[key] = Storage(key, dtype, count, data)
            return known[key]

        return TensorUnpickler(io.BytesIO(archive.read(names[0])), storage).load()


def _from_pickles(path: Path) -> Any:
    known: dict[str, Storage] = {}

    def storage(kind: str, key: str, count: int) -> Storage:
        return known.setdefault(key, Storage(key, np.dtype(DTYPES[kind]).newbyteorder("<"), count))

    with open(path, "rb") as file:
        if TensorUnpickler(file, storage).load() != LEGACY_MAGIC:
            raise ValueError("it does not begin as such files do")
        version, about = (TensorUnpickler(file, storage).load() for _ in range(2))
        if version != 1001 or not isinstance(about, dict) or about.get("little_endian", True) is not True:
            raise ValueError(f"its version {version} or its order of bytes is not known")
        found = TensorUnpickler(file, storage).load()
        keys = TensorUnpickler(file, storage).load()
        for key in keys:
            one = known[str(key)]
            (count,) = struct.unpack("<q", file.read(8))
            if count != one.count:
                raise ValueError(f"storage {key} has {count} numbers, not {one.count}")
            data = file.read(count * one.dtype.itemsize)
            one.data = np.frombuffer(data, one.dtype)
            if one.data.size != count:
                raise ValueError(f"storage {key} is too short")
    return found
