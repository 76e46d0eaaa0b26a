"""ONNX files: their tensors, and nothing else."""

import numpy as np
import onnx
import pytest

from cnnscript.engine.readers.onnx_initializers import read_onnx_initializers, read_onnx_operators


def write(path, **tensors):
    made = [onnx.numpy_helper.from_array(array, name) for name, array in tensors.items()]
    graph = onnx.helper.make_graph([], "weights", [], [], initializer=made)
    path.write_bytes(onnx.helper.make_model(graph).SerializeToString())
    return path


def test_tensors_come_back_by_name(tmp_path):
    given = {
        "conv1_w_0": np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2),
        "conv1_b_0": np.array([1.5, 2], np.float32),
    }
    found = read_onnx_initializers(write(tmp_path / "net.onnx", **given))
    assert list(found) == list(given)
    for name, array in given.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].flags.writeable


@pytest.mark.parametrize("data", [b"\xff\xff garbage", b"<html>not found</html>", b""])
def test_what_is_no_onnx_file_is_refused(tmp_path, data):
    path = tmp_path / "net.onnx"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="not an ONNX file|no tensors"):
        read_onnx_initializers(path)


def test_tensors_in_other_files_are_refused(tmp_path):
    tensor = onnx.numpy_helper.from_array(np.zeros(3, np.float32), "w")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    path = tmp_path / "net.onnx"
    path.write_bytes(onnx.helper.make_model(onnx.helper.make_graph([], "g", [], [], [tensor])).SerializeToString())
    with pytest.raises(ValueError, match="tensor w is in another file"):
        read_onnx_initializers(path)


def test_operators_are_counted_without_those_that_make_constants(tmp_path):
    helper = onnx.helper
    tensors = [onnx.numpy_helper.from_array(np.full(2, 3, np.float32), "b")]
    nodes = [helper.make_node("Constant", [], ["c"], value_int=1), helper.make_node("Add", ["x", "b"], ["y"]),
             helper.make_node("Relu", ["y"], ["z"])]  # fmt: skip
    path = tmp_path / "net.onnx"
    path.write_bytes(helper.make_model(helper.make_graph(nodes, "g", [], [], tensors)).SerializeToString())
    add, relu = read_onnx_operators(path)
    assert add[0] is None
    np.testing.assert_array_equal(add[1], [3, 3])
    assert relu == [None]


def test_a_tensor_of_no_known_class_is_named(tmp_path):
    tensor = onnx.numpy_helper.from_array(np.zeros(3, np.float32), "conv1_w_0")
    tensor.data_type = onnx.TensorProto.UNDEFINED
    graph = onnx.helper.make_graph([], "weights", [], [], initializer=[tensor])
    (tmp_path / "net.onnx").write_bytes(onnx.helper.make_model(graph).SerializeToString())
    with pytest.raises(ValueError, match="tensor conv1_w_0 cannot be read"):
        read_onnx_initializers(tmp_path / "net.onnx")
