"""MATLAB's parameter files: a struct a layer, in either version of MAT-files."""

import numpy as np
import pytest
import scipy.io

from cnnscript.engine.readers.matlab_parameters import read_matlab_parameters

GIVEN = {
    "data": {"Mean": np.arange(3, dtype=np.float32).reshape(1, 1, 3)},
    "conv1_7x7_s2": {"Weights": np.arange(24, dtype=np.float32).reshape(2, 2, 3, 2), "Bias": np.ones((1, 1, 2))},
}


def same(found):
    assert {name: set(fields) for name, fields in found.items()} == {n: set(f) for n, f in GIVEN.items()}
    for name, fields in found.items():
        for field, array in fields.items():
            np.testing.assert_array_equal(array, GIVEN[name][field])


@pytest.mark.parametrize("wrap", [None, "params"])
def test_layers_come_back_from_version_5(tmp_path, wrap):
    path = tmp_path / "netParams.mat"
    scipy.io.savemat(path, {wrap: GIVEN} if wrap else GIVEN)
    same(read_matlab_parameters(path))


@pytest.mark.parametrize("wrap", ["", "params/"])
def test_layers_come_back_from_version_7_3(tmp_path, wrap):
    import h5py

    path = tmp_path / "netParams.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, fields in GIVEN.items():
            for field, array in fields.items():
                file[f"{wrap}{name}/{field}"] = array.T
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file")
    same(read_matlab_parameters(path))


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>" * 20, b"MATLAB 7.3 MAT-file, and no more"])
def test_what_is_no_parameter_file_is_refused(tmp_path, data):
    path = tmp_path / "netParams.mat"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="not a MAT-file|no parameters"):
        read_matlab_parameters(path)


def test_a_file_of_other_variables_is_refused(tmp_path):
    path = tmp_path / "other.mat"
    scipy.io.savemat(path, {"x": np.eye(3)})
    with pytest.raises(ValueError, match="no parameters"):
        read_matlab_parameters(path)
