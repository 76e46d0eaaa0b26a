import os

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import memory
from cnnscript.values.operators import and_, lt, mtimes, plus
from cnnscript.values.ranges import colon


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier
    return caught.value


def test_an_array_beyond_memory_is_refused_before_trying():
    error = fails("MATLAB:array:SizeLimitExceeded", memory.require_memory, (10**7, 10**7), 8)
    assert error.message.startswith(
        "Requested 10000000x10000000 (745058.1GB) array exceeds maximum array size preference"
    )
    memory.require_memory((1000, 1000), 8)


def test_expansion_products_and_ranges_beyond_memory_are_matlabs_error():
    column, row = np.zeros((10**7, 1)), np.zeros((1, 10**7))
    fails("MATLAB:array:SizeLimitExceeded", plus, column, row)
    fails("MATLAB:array:SizeLimitExceeded", plus, column, row.astype(np.float32))
    fails("MATLAB:array:SizeLimitExceeded", lt, column, row)
    fails("MATLAB:array:SizeLimitExceeded", mtimes, column, row)
    fails("MATLAB:array:SizeLimitExceeded", colon, 1.0, None, 1e13)


def test_an_expansion_is_refused_before_trying(monkeypatch):
    """Where memory is given out before it is there, trying would end the process."""
    monkeypatch.setattr(memory, "physical_memory", lambda: 2**30)
    column, row = np.zeros((2**14, 1)), np.zeros((1, 2**14))
    fails("MATLAB:array:SizeLimitExceeded", plus, column, row)
    fails("MATLAB:array:SizeLimitExceeded", lt, column, row)
    fails("MATLAB:array:SizeLimitExceeded", and_, column, row)
    fails("MATLAB:array:SizeLimitExceeded", mtimes, column, row)


def test_the_limit_of_a_control_group_counts(monkeypatch, tmp_path):
    (tmp_path / "limit").write_text("123456\n")
    monkeypatch.setattr(memory, "CONTROL_GROUP_LIMITS", (str(tmp_path / "none"), str(tmp_path / "limit")))
    assert memory.physical_memory.__wrapped__() == 123456


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_limit_of_the_process_counts(monkeypatch):
    import resource

    monkeypatch.setattr(memory, "CONTROL_GROUP_LIMITS", ())
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (654321, resource.RLIM_INFINITY))
    assert memory.physical_memory.__wrapped__() == 654321
