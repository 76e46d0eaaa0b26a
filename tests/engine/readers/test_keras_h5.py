"""Keras' files: the layers' weights by name, whichever version wrote them."""

import zipfile

import numpy as np
import pytest

from cnnscript.engine.readers.keras_h5 import read_keras_h5
from tests.engine.weight_files import keras_h5

LAYERS = {
    "input_1": [],
    "block1_conv1": [("block1_conv1_W_1", np.arange(8.0).reshape(1, 2, 2, 2)), ("block1_conv1_b_1", np.ones(2))],
    "bn_conv1": [("bn_conv1_gamma_1", np.ones(2)), ("bn_conv1_beta_1", np.zeros(2)),
                 ("bn_conv1_running_mean_1", np.full(2, 3.0)), ("bn_conv1_running_std_1", np.full(2, 4.0))],
    "sep": [("depthwise_kernel", np.ones((3, 3, 2, 1))), ("pointwise_kernel", np.ones((1, 1, 2, 4)))],
}  # fmt: skip
WORDS = {
    "block1_conv1": ["W", "b"],
    "bn_conv1": ["gamma", "beta", "running_mean", "running_std"],
    "sep": ["depthwise_kernel", "pointwise_kernel"],
}


@pytest.mark.parametrize("nested", [False, True])
def test_weights_come_back_by_layer(tmp_path, nested):
    keras_h5(tmp_path / "net.h5", LAYERS, nested)
    found = read_keras_h5(tmp_path / "net.h5")
    assert {name: [word for word, _ in weights] for name, weights in found.items()} == WORDS
    for name, weights in found.items():
        for (_, array), (_, given) in zip(weights, LAYERS[name], strict=True):
            np.testing.assert_array_equal(array, given)


def test_the_newer_layout_is_read_from_inside_its_archive(tmp_path):
    import h5py

    with h5py.File(tmp_path / "model.weights.h5", "w") as file:
        file["layers/conv/vars/0"] = np.ones((3, 3, 1, 2))
        file["layers/conv/vars/1"] = np.zeros(2)
        file["layers/base/layers/dense/vars/0"] = np.ones((4, 5))
        file["layers/relu"] = np.zeros(1)
    with zipfile.ZipFile(tmp_path / "net.keras", "w") as archive:
        archive.write(tmp_path / "model.weights.h5", "model.weights.h5")
    for name in ("model.weights.h5", "net.keras"):
        found = read_keras_h5(tmp_path / name)
        assert {layer: [word for word, _ in weights] for layer, weights in found.items()} == {
            "conv": ["0", "1"],
            "dense": ["0"],
        }


def test_what_is_no_file_of_keras_is_refused(tmp_path):
    import h5py

    (tmp_path / "a.h5").write_bytes(b"<html>")
    with h5py.File(tmp_path / "b.h5", "w") as file:
        file["x"] = np.zeros(3)
    with zipfile.ZipFile(tmp_path / "c.keras", "w") as archive:
        archive.writestr("config.json", "{}")
    for name in ("a.h5", "b.h5", "c.keras"):
        with pytest.raises(ValueError, match="not a weights file of Keras|no layers"):
            read_keras_h5(tmp_path / name)


def test_what_would_unpack_to_far_more_than_is_there_is_refused(tmp_path):
    import h5py

    with h5py.File(tmp_path / "claims.h5", "w") as file:  # 4 TB that were never written
        file.attrs["layer_names"] = [b"conv"]
        group = file.create_group("conv")
        group.attrs["weight_names"] = [b"conv/kernel:0"]
        group.create_dataset("conv/kernel:0", shape=(1 << 20, 1 << 20), dtype="f4", chunks=(64, 64))
    with zipfile.ZipFile(tmp_path / "zeros.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.weights.h5", bytes(300 << 20))
    for name, message in (("claims.h5", "claims 4398046511104 bytes"), ("zeros.keras", "would unpack")):
        with pytest.raises(ValueError, match=message):
            read_keras_h5(tmp_path / name)
