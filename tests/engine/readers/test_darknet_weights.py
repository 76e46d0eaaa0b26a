"""Darknet's files: a header of either length, then numbers."""

import numpy as np
import pytest

from cnnscript.engine.readers.darknet_weights import DarknetNumbers
from tests.engine.weight_files import darknet


@pytest.mark.parametrize("version", [(0, 1, 0), (0, 2, 0), (1, 0, 3)])
def test_numbers_follow_the_header(tmp_path, version):
    path = tmp_path / "net.weights"
    path.write_bytes(darknet([np.arange(6), np.array([0.5])], version))
    numbers = DarknetNumbers(path)
    np.testing.assert_array_equal(numbers.take(2, 3), [[0, 1, 2], [3, 4, 5]])
    assert numbers.left() == 1
    with pytest.raises(ValueError, match="ends after 7 numbers"):
        numbers.take(2)


@pytest.mark.parametrize("data", [b"", b"<html>not found</html>  ", darknet([np.arange(3)])[:-1]])
def test_what_is_no_darknet_file_is_refused(tmp_path, data):
    path = tmp_path / "net.weights"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="not a Darknet file"):
        DarknetNumbers(path)
