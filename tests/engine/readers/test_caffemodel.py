"""Caffe's files: blobs of layers, in all the ways that protocol buffers write them."""

import numpy as np
import pytest

from cnnscript.engine.readers.caffemodel import read_caffemodel
from tests.engine.weight_files import caffemodel, field

LAYERS = {
    "conv1/7x7_s2": [np.arange(24, dtype=np.float32).reshape(4, 3, 2, 1), np.array([1.5, 2, -3, 4], np.float32)],
    "fc8": [np.arange(6, dtype=np.float32).reshape(2, 3) / 7, np.zeros(2, np.float32)],
    "relu": [],
}


@pytest.mark.parametrize("options", [{}, {"old": True}, {"packed": False}, {"double": True}], ids=str)
def test_blobs_come_back_by_layer(tmp_path, options):
    path = tmp_path / "net.caffemodel"
    path.write_bytes(caffemodel(LAYERS, **options))
    found = read_caffemodel(path)
    assert list(found) == ["conv1/7x7_s2", "fc8"]
    for name, blobs in found.items():
        for blob, given in zip(blobs, LAYERS[name], strict=True):
            np.testing.assert_array_equal(blob.ravel(), given.ravel())
            assert blob.dtype == np.float32
            if "old" not in options:
                assert blob.shape == given.shape


def test_other_fields_are_passed_over(tmp_path):
    path = tmp_path / "net.caffemodel"
    path.write_bytes(field(3, "data") + field(7, 300) + b"\x6d1234" + b"\x711234567\x00" + caffemodel(LAYERS))
    assert set(read_caffemodel(path)) == {"conv1/7x7_s2", "fc8"}


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>", b"\x80\x04", b"\xff" * 40, caffemodel(LAYERS)[:-3]])
def test_what_is_no_caffe_model_is_refused(tmp_path, data):
    path = tmp_path / "net.caffemodel"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="not a Caffe model"):
        read_caffemodel(path)
