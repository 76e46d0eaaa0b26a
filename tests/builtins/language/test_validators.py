"""The mustBe validators."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import validators  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.text import String, cell_of_texts


def call(name, *args):
    return find(name).bind(None)(0, *args)


CASES = [
    ("mustBePositive", (1.0,), (0.0,)),
    ("mustBeNonpositive", (0.0,), (1.0,)),
    ("mustBeNegative", (-1.0,), (0.0,)),
    ("mustBeNonnegative", (np.zeros((0, 0)),), (-1.0,)),
    ("mustBeFinite", (1.0,), (np.array([[1.0, np.nan]]),)),
    ("mustBeNonNan", (np.inf,), (np.nan,)),
    ("mustBeNonzero", (1.0,), (0.0,)),
    ("mustBeInteger", (np.int8(3),), (1.5,)),
    ("mustBeReal", (1.0,), (1j,)),
    ("mustBeNumeric", (1.0,), ("a",)),
    ("mustBeNumericOrLogical", (True,), ("a",)),
    ("mustBeFloat", (1.0,), (np.int8(1),)),
    ("mustBeGreaterThan", (2.0, 1.0), (1.0, 1.0)),
    ("mustBeGreaterThanOrEqual", (1.0, 1.0), (0.0, 1.0)),
    ("mustBeLessThan", (0.0, 1.0), (1.0, 1.0)),
    ("mustBeLessThanOrEqual", (1.0, 1.0), (2.0, 1.0)),
    ("mustBeInRange", (0.0, 0.0, 1.0), (0.0, 0.0, 1.0, "exclude-lower")),
    ("mustBeNonempty", (1.0,), (np.zeros((0, 3)),)),
    ("mustBeVector", (np.ones((1, 3)),), (np.ones((2, 2)),)),
    ("mustBeScalarOrEmpty", (np.zeros((0, 0)),), (np.ones((1, 2)),)),
    ("mustBeMember", ("cpu", cell_of_texts(["cpu", "gpu"])), ("tpu", cell_of_texts(["cpu", "gpu"]))),
    ("mustBeMember", (2.0, np.array([[1.0, 2.0]])), (3.0, np.array([[1.0, 2.0]]))),
    ("mustBeA", (1.0, "float"), (1.0, "char")),
    ("mustBeText", (cell_of_texts(["a"]),), (1.0,)),
    ("mustBeTextScalar", (String.of("a"),), (cell_of_texts(["a"]),)),
    ("mustBeNonzeroLengthText", ("a",), ("",)),
    ("mustBeValidVariableName", ("a1",), ("1a",)),
    ("mustBeFolder", (".",), ("no/such/folder",)),
]


@pytest.mark.parametrize(("name", "good", "bad"), CASES)
def test_a_validator_is_silent_or_names_itself(name, good, bad):
    call(name, *good)
    with pytest.raises(ScriptError) as caught:
        call(name, *bad)
    assert caught.value.identifier == f"MATLAB:validators:{name}"
    assert caught.value.message.endswith(".") or "\n" in caught.value.message
