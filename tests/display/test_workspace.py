"""The tables of whos and who: columns, bytes, order."""

import numpy as np
import pytest

from cnnscript.display.workspace import Row, bytes_of, in_order, row_of, who_list, whos_table
from cnnscript.values.functions import Function
from cnnscript.values.structs import Struct
from cnnscript.values.text import CharArray, string_array


def cell(*items):
    made = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        made[0, i] = item
    return made


def test_the_table_of_two_doubles():
    assert whos_table([row_of("a", 1.0), row_of("b", 2.0)]) == (
        "  Name      Size            Bytes  Class     Attributes\n\n"
        "  a         1x1                 8  double              \n"
        "  b         1x1                 8  double              \n\n"
    )


def test_columns_widen_with_names_sizes_and_bytes():
    rows = [Row("cons", (1, 8), 864, "cell", ""), Row("h", (3530, 2190, 8), 989529600, "double", "complex")]
    assert whos_table(rows) == (
        "  Name         Size                    Bytes  Class     Attributes\n\n"
        "  cons         1x8                       864  cell                \n"
        "  h         3530x2190x8            989529600  double    complex   \n\n"
    )
    rows = [Row("psd_relunc", (101, 25, 173), 3494600, "double", ""), Row("t", (173, 1), 1384, "double", "")]
    assert whos_table(rows) == (
        "  Name              Size                  Bytes  Class     Attributes\n\n"
        "  psd_relunc      101x25x173            3494600  double              \n"
        "  t               173x1                    1384  double              \n\n"
    )


def test_nothing_to_list_prints_nothing():
    assert whos_table([]) == ""
    assert who_list([]) == ""


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (1.0, 8), (True, 1), (1j, 16), (np.uint8(1), 1), ("abc", 6), (np.zeros((2, 3), np.float32), 24),
        (CharArray(np.zeros((2, 2), np.uint32)), 8), (cell("a", "b", "c", "d"), 424), (cell("sdg", "dy", "jc"), 326),
        (Struct({"a": 1.0}), 176), (string_array(["one fish", "two fish", "red fish", "blue fish"]), 336),
        (Function(None, "sin"), 32), (np.zeros((0, 0)), 0),
    ],
)  # fmt: skip
def test_bytes_as_matlab_counts_them(value, count):
    assert bytes_of(value) == count


def test_complex_numbers_say_so():
    assert row_of("z", 1j).attributes == "complex"
    assert row_of("z", np.array([[1j, 2]]), ("global",)).attributes == "complex, global"


def test_names_stand_in_columns_of_their_longest():
    assert who_list(["Cu", "ans", "myage", "wt1", "wt2"]) == (
        "\nYour variables are:\n\nCu     ans    myage  wt1    wt2    \n\n"
    )
    many = [f"variable{i:02d}" for i in range(9)]
    assert who_list(many).split("\n")[3].split() == many[0::2]


def test_capitals_come_first():
    assert in_order({"b": 1, "A": 2, "a": 3, "B": 4}) == ["A", "B", "a", "b"]
