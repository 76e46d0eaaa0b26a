"""Images into tensors, outputs into arrays: every number where it belongs, whatever the layout."""

import numpy as np
import pytest

from cnnscript.engine import memory_order
from cnnscript.engine.memory_order import as_array, as_tensor


@pytest.mark.parametrize("kind", [np.uint8, np.float64, np.float32, bool])
@pytest.mark.parametrize("shape", [(1, 7, 5, 3), (2, 7, 5, 1), (1, 4, 6, 20)])
def test_images_of_any_layout_become_the_same_tensor(tf, kind, shape):
    images = np.random.default_rng(0).integers(0, 2, shape).astype(kind)
    columns = np.ascontiguousarray(images.transpose(0, 3, 2, 1)).transpose(0, 3, 2, 1)  # as scripts hold them
    for given in (images, columns, images[:, ::-1], columns[..., ::-1]):
        found = as_tensor(given)
        assert found.dtype == tf.float32
        np.testing.assert_array_equal(found.numpy(), given.astype(np.float32))


def test_outputs_come_in_the_order_of_columns_and_are_the_callers_own(tf, monkeypatch):
    monkeypatch.setattr(memory_order, "BLOCK", 60)
    monkeypatch.setattr(memory_order, "ROWS", 4)
    given = np.arange(2 * 9 * 7 * 5, dtype=np.float32).reshape(2, 9, 7, 5)
    tensor = tf.constant(given)
    found = as_array(tensor)
    np.testing.assert_array_equal(found, given)
    assert found[0].flags.f_contiguous
    found[:] = 0
    np.testing.assert_array_equal(tensor.numpy(), given)
