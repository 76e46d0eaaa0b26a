"""HDF5 files as MATLAB's functions make, read and describe them."""

import io

import h5py
import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), err=io.StringIO())


def test_training_data_are_written_in_batches_and_read_by_others(session):
    session.run(
        "h5create('train.h5', '/data', [4 3 1 Inf], Datatype='single', ChunkSize=[4 3 1 2]);\n"
        "for k = 1:2\n  batch = single(reshape(1:24, 4, 3, 1, 2) + 100 * k);\n"
        "  h5write('train.h5', '/data', batch, [1 1 1 2*k-1], [4 3 1 2]);\n"
        "end\n"
        "info = h5info('train.h5'); s = info.Datasets(1).Dataspace.Size; m = info.Datasets(1).Dataspace.MaxSize;\n"
        "x = h5read('train.h5', '/data', [2 1 1 3], [1 3 1 1]); c = class(x);"
    )
    assert session["s"].tolist() == [[4, 3, 1, 4]] and session["m"].tolist() == [[4, 3, 1, np.inf]]
    assert session["x"].tolist() == [[202, 206, 210]] and session["c"] == "single"
    with h5py.File("train.h5") as file:
        assert file["data"].shape == (4, 1, 3, 4) and file["data"][0, 0, 1, 2] == 107


def test_files_of_others_come_back_with_their_classes(session):
    with h5py.File("other.h5", "w") as file:
        file["a"] = np.arange(6, dtype=">i2").reshape(2, 3)
        file["g/names"] = ["cat", "dog"]
        file["g/half"] = np.array([1.5], np.float16)
        file["g"].attrs["count"] = np.array([1, 2, 3])
    session.run(
        "a = h5read('other.h5', '/a'); k = class(a); n = h5read('other.h5', '/g/names');\n"
        "h = class(h5read('other.h5', '/g/half'));\n"
        "c = h5readatt('other.h5', '/g', 'count'); n = n(2) == \"dog\";"
    )
    assert session["a"].tolist() == [[0, 3], [1, 4], [2, 5]] and session["k"] == "int16"
    assert session["n"] is True and session["h"] == "single" and session["c"].ravel().tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("h5read('none.h5', '/x')", "MATLAB:imagesci:h5read:fileOpenErr"),
        ("h5read('a.h5', '/x')", "MATLAB:imagesci:h5read:datasetDoesNotExist"),
        ("h5read('a.h5', '/d', [1 1], [9 9])", "MATLAB:imagesci:h5read:beyond"),
        ("h5read('a.h5', '/d', 1, 1)", "MATLAB:imagesci:h5read:badRank"),
        ("h5create('a.h5', '/d', 3)", "MATLAB:imagesci:h5create:datasetAlreadyExists"),
        ("h5create('a.h5', '/e', [1 Inf])", "MATLAB:imagesci:h5create:chunkSizeMissing"),
        ("h5write('a.h5', '/d', 1)", "MATLAB:imagesci:h5write:datasetSizeMismatch"),
        ("h5write('a.h5', '/d', ones(5), [1 1], [5 5])", "MATLAB:imagesci:h5write:beyond"),
        ("h5read('t.txt', '/d')", "MATLAB:imagesci:h5read:libraryError"),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_an_error(session, code, identifier):
    session.run("h5create('a.h5', '/d', [2 3]); writelines('text', 't.txt');")
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    assert caught.value.identifier == identifier
