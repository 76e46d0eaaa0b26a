"""Pickles of arrays are read; a pickle that does anything else is refused before it does it."""

import pickle

import numpy as np
import pytest

from cnnscript.engine.readers.pickle_arrays import read_pickle_arrays


def written(tmp_path, data):
    path = tmp_path / "weights.pkl"
    path.write_bytes(data if isinstance(data, bytes) else pickle.dumps(data))
    return path


@pytest.mark.parametrize("protocol", range(5))
def test_arrays_in_dicts_and_lists_come_back(tmp_path, protocol):
    given = {
        "conv1": [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros(2)],
        "n": 3,
        "s": "text",
        "f": np.ones((2, 2), order="F"),
    }
    found = read_pickle_arrays(written(tmp_path, pickle.dumps(given, protocol)))
    np.testing.assert_array_equal(found["conv1"][0], given["conv1"][0])
    np.testing.assert_array_equal(found["f"], given["f"])
    assert found["n"] == 3


def test_a_malicious_pickle_runs_nothing(tmp_path):
    mark = tmp_path / "ran"

    class Attack:
        def __reduce__(self):
            return open, (str(mark), "w")

    with pytest.raises(pickle.UnpicklingError, match="io.open, which is not allowed"):
        read_pickle_arrays(written(tmp_path, {"conv1": [Attack()]}))
    assert not mark.exists()


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (b"cos\nsystem\n(S'true'\ntR.", "os.system"),
        (b"cbuiltins\neval\n(S'1'\ntR.", "builtins.eval"),
        (b"cnumpy\nload\n(S'x'\ntR.", "numpy.load"),
        (b"\x80\x04\x8c\x05numpy\x8c\x0flib.format.open\x93.", "numpy.lib.format.open"),
        (b"P42\n.", "outside itself"),
    ],
)
def test_other_names_are_refused(tmp_path, code, refused):
    with pytest.raises(pickle.UnpicklingError, match=refused):
        read_pickle_arrays(written(tmp_path, code))


@pytest.mark.parametrize(
    "data", [b"", b"not a pickle", b"\x80\x04", {"a": {1, 2}}, [np.array([{}], dtype=object)]], ids=str
)
def test_what_is_no_pickle_of_arrays_is_refused(tmp_path, data):
    with pytest.raises(pickle.UnpicklingError):
        read_pickle_arrays(written(tmp_path, data))


def test_sizes_that_no_file_has_and_lists_without_an_end_are_refused(tmp_path):
    nested = b"\x80\x04" + b"]" * 5000 + b"a" * 4999 + b"."
    huge = b"\x80\x04\x8e" + (1 << 62).to_bytes(8, "little") + b"x."
    shape = b"(J\xff\xff\xff\x7fJ\xff\xff\xff\x7ft"
    endless = b"\x80\x02cnumpy._core.multiarray\n_reconstruct\n(cnumpy\nndarray\n" + shape + b"U\x01btR."
    for data in (nested, huge, endless):
        (tmp_path / "net.pkl").write_bytes(data)
        with pytest.raises(pickle.UnpicklingError):
            read_pickle_arrays(tmp_path / "net.pkl")
