"""Every class as `x = ...` and as disp shows it, loose and compact, short and long, against tests/golden/display.

A run with --rewrite writes the files anew; the difference is reviewed like code.
"""

from pathlib import Path

import numpy as np
import pytest

from cnnscript.display import Format, disp, show
from cnnscript.display.formats import NUMERIC
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
MANY = StructArray(["a"], np.array([[{"a": 1.0}, {"a": 2.0}]], object))
VALUES = {
    "double": [
        5.0, -0.1, 1e6 / 7, np.nan, np.array([[1.0, -20.0, 300.0]]), THIRDS, THIRDS * 1000, np.arange(24.0)[None],
        np.zeros((0, 0)), np.zeros((0, 3)), THIRDS.reshape(1, 2, 2, order="F"), np.array([[1.0, np.nan, -np.inf]]),
        1e5, -0.0, np.array([[1e9, 1.0]]), np.array([[1e-4], [5e-4]]), np.array([[999.9999, 0.5]]), 5e-324,
        np.zeros((2, 0, 3)), np.arange(4.0).reshape(1, 2, 1, 2, order="F"),
    ],
    "complex": [1 + 2j, 1e6 - 1e-3j, np.array([[1 + 2j, np.pi]]), np.array([[100j], [0.5]]), complex(np.nan, np.inf),
        complex(1e-5, 1), np.array([[1e5 + 1j, 1]]), np.zeros((0, 2), complex),
    ],
    "single": [np.float32(np.pi), np.array([[1, 1e5]], np.float32) / 3, np.zeros((1, 0), np.float32),
        np.array([[1 + 2j, 3]], np.complex64), np.ones((1, 1, 2), np.float32) / 3,
    ],
    "integers": [
        np.uint8(200), np.array([[1, -200], [30, 4]], np.int16), np.int64(-(2**63)), np.ones((1, 2, 2), np.int8),
        np.zeros((0, 1), np.uint32), np.array([[122, -1, 127]], np.int8), np.arange(30, dtype=np.uint8)[None],
        np.array([[2**64 - 1, 1]], np.uint64),
    ],
    "logical": [True, np.array([[True, False]]), np.zeros((0, 0), bool)],
    "char": [
        "espresso", "", "two\nlines", chars(np.array([[97, 98], [99, 100]])), CharArray(np.zeros((1, 0), np.uint32)),
        CharArray(np.array([[[97, 99], [98, 100]]], np.uint32)), "it's",
    ],
    "string": [
        String.of("coffee mug"), String.of(""), string_array(["a", "bcd", MISSING, "e"], (2, 2)),
        string_array([], (0, 1)), String.of('say "hi"'), String.of("two\nlines"), string_array(["a", "b"], (1, 1, 2)),
        string_array([MISSING], (1, 1)),
    ],
    "cell": [
        cell([1.0, "two", np.eye(3)], [cell([1.0]), True, np.pi]), np.empty((0, 0), object),
        cell([Struct({}), String.of("s"), Function(None, "@(x)x+1")], [np.uint8(1), "", 1j]),
        cell([np.array([[1.0, 2, 3]]), np.array([[0.5, np.nan]])], [np.array([[100.0, 200, 300]]), "text"]),
        cell(["a" * 100, "two\nlines"], [np.zeros((0, 3)), np.zeros((2, 2, 2))]), cell(["abcdefgh" for _ in range(9)]),
        cell([1.0, 2.0]).reshape(1, 1, 2), np.empty((2, 0), object),
        cell([Categorical.from_texts(["red"], (1, 1)), CharArray(np.full((2, 2), 97, np.uint32)), MANY]),
    ],
    "struct": [
        Struct({
            "name": "conv1", "size": np.array([[3.0, 3.0, 64.0]]), "bias": np.eye(2), "on": True,
            "tags": cell(["a", "b"]), "sub": Struct({"x": 1.0}), "rate": 1e-3, "none": np.zeros((0, 0)),
            "long": np.arange(50.0)[None] / 8,
        }),
        Struct({}), StructArray(["a", "b"], np.array([[{}], [{}]], object)),
        StructArray([], np.empty((0, 0), object)), StructArray(["a"], np.empty((0, 0), object)),
        Struct({
            "text": "it's", "string": String.of('"q"'), "strings": string_array(["a", "b"], (1, 2)), "empty": "",
            "cells": cell([1.0, cell([2.0]), Struct({})]), "column": np.array([[1.0], [2.0]]), "z": 1 + 2j,
            "handle": Function(None, "@(x)x+1"), "bytes": np.array([[1, 2]], np.uint8), "no": np.zeros((0, 3)),
            "none": np.empty((0, 0), object), "rows": cell(["a"], ["b"]), "flags": np.array([[True, False]]),
            "pages": np.zeros((2, 2, 2)), "chars": CharArray(np.full((2, 2), 97, np.uint32)), "many": MANY,
        }),
    ],
    "function_handle": [Function(None, "@(x)x.^2"), Function(None, "sin")],
    "categorical": [
        Categorical.from_texts(["espresso"], (1, 1)), Categorical.from_texts(["cat", "dog", "cat"], (3, 1)),
        Categorical(np.array([[0, 1]]), ["a"]),
    ],
    "object": [Layer()],
}  # fmt: skip


NUMBERS = [
    np.pi, 1e10, 0.0, np.array([[np.pi, 1000.5, 1e-5, -2]]), np.array([[1.0], [20], [300]]), 1 + 2.5j,
    np.array([[1 + 2j, 1e5 - 3j]]), np.float32(np.pi), np.array([[np.nan, 1.5, np.inf]]), np.array([[1, -2]], np.int8),
    True, cell([np.pi, np.array([[1.5, 2]]), "a"]), Struct({"a": np.pi, "b": np.array([[1.5, 2.5]])}),
]  # fmt: skip
OTHER_FORMS = [Format(numeric, "compact") for numeric in NUMERIC if numeric not in ("short", "long")]


def transcript(values, forms=FORMS):
    """Each value under each format: what the statement and what disp print, line ends of blanks made visible."""
    out = []
    for form in forms:
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
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*VALUES, "formats"}


def test_the_other_formats_print_as_in_their_golden_file(rewrite):
    path = FOLDER / "formats.txt"
    text = transcript(NUMBERS, OTHER_FORMS)
    if rewrite:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
