"""The texts of numbers in strings: `string(x)` and "a" + x."""

import numpy as np
import pytest

from cnnscript.values.text import MISSING, strings_of


def grid(*rows):
    return np.array(rows, float)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (np.pi, ["3.1416"]), (9016.9943749474514, ["9016.9944"]), (0.1 + 0.2, ["0.3"]), (1e16, ["1e+16"]),
        (2.0**53 + 2, ["9007199254740994"]), (np.nan, [MISSING]), (-np.inf, ["-Inf"]), (4.9407e-324, ["4.9407e-324"]),
        (True, ["true"]), (np.int64(2**63 - 1), ["9223372036854775807"]), (grid([1 / 3, 100]), ["0.333333", "100"]),
        (grid([1 / 3, 1000]), ["0.3333333", "1000"]), (grid([1 / 3, 1e15]), ["0.3333333333333333", "1000000000000000"]),
        (grid([9016.9943749474514, 12345.5]), ["9016.99437", "12345.5"]),
        (grid([np.inf, 1234.5678]), ["Inf", "1234.5678"]),
        (np.array([[1e10, np.pi]], np.float32), ["10000000000", "3.1415927410126"]),
        (grid([1e20, 0.5]), ["1e+20", "0.5"]),
    ],
)  # fmt: skip
def test_strings_of_numbers_share_the_precision_of_the_largest(value, texts):
    made = strings_of(value).ravel("F").tolist()
    assert all(text is MISSING if want is MISSING else text == want for text, want in zip(made, texts, strict=True))
