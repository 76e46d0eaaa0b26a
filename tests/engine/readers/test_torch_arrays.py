"""PyTorch's files: tensors by name in both layouts; a file that asks for anything else is refused before it runs."""

import pickle
import zipfile

import numpy as np
import pytest

from cnnscript.engine.readers import torch_arrays
from cnnscript.engine.readers.torch_arrays import read_torch_arrays
from tests.engine.weight_files import Call, Named, StorageOf, pickled, torch_file


@pytest.fixture
def arrays(rng):
    return {
        "conv1.weight": rng.normal(size=(4, 3, 2, 2)).astype(np.float32),
        "fc.weight": rng.normal(size=(5, 3)).astype(np.float64).T,  # a transposed view
        "bn1.num_batches_tracked": np.array([7], np.int64),
        "half": rng.normal(size=3).astype(np.float16),
    }


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.mark.parametrize("legacy", [False, True], ids=["zip", "legacy"])
@pytest.mark.parametrize("wrap", [None, "state_dict"])
def test_tensors_come_back_by_name(tmp_path, arrays, legacy, wrap):
    path = tmp_path / "net.pth"
    torch_file(path, arrays, legacy, wrap)
    found = read_torch_arrays(path)
    assert list(found) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype


def zipped(path, data):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", data)


class Attack:
    """Runs a command where it is unpickled by Python's own unpickler."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        import os

        return os.system, (f"touch {self.mark}",)


TRICKS = {
    "os": lambda mark: pickle.dumps({"w": Attack(mark)}, 2),
    "eval": lambda mark: b"cbuiltins\neval\n(S'open(\"%s\", \"w\")'\ntR." % str(mark).encode(),
    "torch.load": lambda mark: pickled({"w": Call(Named("torch", "load"), "/etc/passwd")}),
    "torch.hub": lambda mark: pickled(Call(Named("torch.hub", "load"), "x")),
    "getattr": lambda mark: pickled(Call(Named("builtins", "getattr"), Named("torch", "FloatStorage"), "upper")),
    "dotted": lambda mark: b"\x80\x04\x8c\x0ccollections\x8c\x1cOrderedDict.__init__.__self__\x93.",
    "import": lambda mark: b"cimportlib\nimport_module\n(S'os'\ntR.",
    "extension": lambda mark: b"\x80\x02\x82\x01.",
    "instance": lambda mark: b"(ios\nsystem\n.",
    "object": lambda mark: b"(cos\nsystem\nS'true'\no.",
    "newobj": lambda mark: b"\x80\x02csubprocess\nPopen\n(S'true'\nt\x81.",
}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("legacy", [False, True], ids=["zip", "legacy"])
def test_a_malicious_file_runs_nothing(tmp_path, trick, legacy):
    mark, path = tmp_path / "ran", tmp_path / "net.pth"
    data = TRICKS[trick](mark)
    if legacy:
        path.write_bytes(data)
    else:
        zipped(path, data)
    with pytest.raises(pickle.UnpicklingError):
        read_torch_arrays(path)
    assert not mark.exists()


def test_a_file_cannot_change_what_the_reader_itself_uses(tmp_path):
    """A pickle's BUILD sets attributes of whatever is there: on the functions it may name it can set none."""
    path = tmp_path / "net.pth"
    for name in ("_rebuild_tensor_v2", "_rebuild_parameter"):
        zipped(path, b"ctorch._utils\n" + name.encode() + b"\n(NS'__call__'\nNu}S'x'\nI1\nstb.")
        with pytest.raises(pickle.UnpicklingError):
            read_torch_arrays(path)
    for allowed in torch_arrays.ALLOWED.values():
        with pytest.raises((AttributeError, TypeError)):
            allowed.planted = 1


@pytest.mark.parametrize("harm", ["short storage", "outside", "no storage", "cut", "nothing", "zeros"])
def test_damage_is_said(tmp_path, arrays, harm):
    path = tmp_path / "net.pth"
    torch_file(path, arrays, legacy=harm == "cut")
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-5])
    elif harm == "nothing":
        zipped(path, pickle.dumps({"epoch": 3}, 2))
    else:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        if harm == "short storage":
            parts["archive/data/0"] = parts["archive/data/0"][:-4]
        elif harm == "zeros":
            parts["archive/data/0"] = bytes(300 << 20)
        elif harm == "no storage":
            del parts["archive/data/1"]
        else:
            size, larger = b"K\x04K\x03K\x02K\x02", b"K\x05K\x03K\x02K\x02"
            parts["archive/data.pkl"] = parts["archive/data.pkl"].replace(size, larger)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if harm == "zeros" else zipfile.ZIP_STORED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    with pytest.raises(pickle.UnpicklingError, match="PyTorch|no tensors"):
        read_torch_arrays(path)


def test_one_number_seen_many_times_is_refused_before_there_is_room_made_for_it(tmp_path):
    storage = StorageOf(np.ones(1, np.float32), "0")
    endless = Call(Named("torch._utils", "_rebuild_tensor_v2"), storage, 0, (1 << 20, 1 << 20), (0, 0), False, None)
    with zipfile.ZipFile(tmp_path / "net.pth", "w") as archive:
        archive.writestr("archive/data.pkl", pickled({"w": endless}))
        archive.writestr("archive/data/0", np.ones(1, np.float32).tobytes())
    with pytest.raises(pickle.UnpicklingError, match="reaches out of its storage"):
        read_torch_arrays(tmp_path / "net.pth")
