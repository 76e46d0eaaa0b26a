"""Every class as `x = ...` and as disp shows it, loose and compact, short and long, against tests/golden/display.

A run with --rewrite writes the files anew; the difference is reviewed like code.
"""

from pathlib import Path

import numpy as np
import pytest

from cnnscript.display import Format, disp, show
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, CharArray, String, chars, string_array

FOLDER = Path(__file__).parents[1] / "golden" / "display"
FORMS = [Format(numeric, spacing) for numeric in ("short", "long") for spacing in ("loose", "compact")]


def cell(*rows):
    made = np.empty((len(rows), len(rows[0])), object)
    for i, items in enumerate(rows):
        for j, item in enumerate(items):
            made[i, j] = item
    return made


class Layer(Object):
    class_name = "nnet.cnn.layer.ReLULayer"

    def property_names(self):
        return ["Name", "NumInputs", "Weights"]

    def get(self, name):
        return {"Name": "relu1", "NumInputs": 1.0, "Weights": np.zeros((3, 3, 2), np.float32)}[name]


THIRDS = np.array([[1 / 3, -200 / 3], [0.0, 1e-5]])
VALUES = {
    "double": [
        5.0, -0.1, 1e6 / 7, np.nan, np.array([[1.0, -20.0, 300.0]]), THIRDS, THIRDS * 1000, np.arange(24.0)[None],
        np.zeros((0, 0)), np.zeros((0, 3)), THIRDS.reshape(1, 2, 2, order="F"),
    ],
    "complex": [1 + 2j, 1e6 - 1e-3j, np.array([[1 + 2j, np.pi]]), np.array([[100j], [0.5]])],
    "single": [np.float32(np.pi), np.array([[1, 1e5]], np.float32) / 3, np.zeros((1, 0), np.float32)],
    "integers": [
        np.uint8(200), np.array([[1, -200], [30, 4]], np.int16), np.int64(-(2**63)), np.ones((1, 2, 2), np.int8),
        np.zeros((0, 1), np.uint32),
    ],
    "logical": [True, np.array([[True, False]]), np.zeros((0, 0), bool)],
    "char": [
        "espresso", "", "two\nlines", chars(np.array([[97, 98], [99, 100]])), CharArray(np.zeros((1, 0), np.uint32)),
    ],
    "string": [
        String.of("coffee mug"), String.of(""), string_array(["a", "bcd", MISSING, "e"], (2, 2)),
        string_array([], (0, 1)),
    ],
    "cell": [
        cell([1.0, "two", np.eye(3)], [cell([1.0]), True, np.pi]), np.empty((0, 0), object),
        cell([Struct({}), String.of("s"), Function(None, "@(x)x+1")], [np.uint8(1), "", 1j]),
    ],
    "struct": [
        Struct({
            "name": "conv1", "size": np.array([[3.0, 3.0, 64.0]]), "bias": np.eye(2), "on": True,
            "tags": cell(["a", "b"]), "sub": Struct({"x": 1.0}), "rate": 1e-3, "none": np.zeros((0, 0)),
            "long": np.arange(50.0)[None] / 8,
        }),
        Struct({}), StructArray(["a", "b"], np.array([[{}], [{}]], object)),
        StructArray([], np.empty((0, 0), object)),
    ],
    "function_handle": [Function(None, "@(x)x.^2"), Function(None, "sin")],
    "categorical": [
        Categorical.from_texts(["espresso"], (1, 1)), Categorical.from_texts(["cat", "dog", "cat"], (3, 1)),
        Categorical(np.array([[0, 1]]), ["a"]),
    ],
    "object": [Layer()],
}  # fmt: skip


def transcript(values):
    """Each value under each format: what the statement and what disp print, line ends of blanks made visible."""
    out = []
    for form in FORMS:
        for value in values:
            out.append(f"##### {form.numeric} {form.spacing}: x\n{show('x', value, form)}")
            out.append(f"##### {form.numeric} {form.spacing}: disp(x)\n{disp(value, form)}")
    return "".join(out).replace(" \n", "·\n")


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_class_prints_as_in_its_golden_file(name, rewrite):
    path = FOLDER / f"{name}.txt"
    text = transcript(VALUES[name])
    if rewrite:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(VALUES)
