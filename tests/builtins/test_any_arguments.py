"""Built-ins of text, containers, files and checks give an answer or a ScriptError, never a fault of ours."""

import io
import random

import numpy as np
import pytest

from cnnscript import builtins
from cnnscript.builtins.arrays.maps import Map
from cnnscript.builtins.registry import TABLE
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, CharArray, String, cell_of_texts, string_array

TOPICS = frozenset((
    "strings", "joining", "characters", "comparing", "trimming", "cutting", "splitting", "searching", "cells",
    "mapping", "structures", "maps", "faults", "functions", "names", "categories", "digits", "validators",
    "attributes", "json_text", "scanning", "older_text", "subscripts", "dates", "input_parser", "places",
    "text_files", "delimited", "binary_files", "streams", "packing", "matfiles",
))  # fmt: skip
# they change folder, wait, run text as program or write where a random name says
LEFT_OUT = frozenset((
    "cd", "eval", "evalin", "evalc", "assignin", "save", "load", "zip", "tar", "gzip", "str2num", "writelines",
    "writematrix", "csvwrite", "dlmwrite",
))  # fmt: skip


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def arguments():
    held = Map()
    held.items = {"a": 1.0}
    numbers = [1.0, 0.0, -1.0, 2.5, np.nan, np.inf, True, 1j, np.int8(3), np.float32(1.5)]
    arrays = [np.zeros((0, 0)), np.array([[1.0, 2.0, 3.0]]), np.array([[1.0], [2.0]]), np.ones((2, 2, 2))]
    arrays += [np.array([[True, False]]), np.array([[1, 2]], np.uint8)]
    texts = ["", "a", "abc", "a,b", "match", "%d", String.of("x"), String.of(""), string_array(["a", "b"])]
    texts += [string_array([MISSING]), string_array([], (0, 0)), CharArray(np.array([[65, 66], [67, 32]], np.uint32))]
    texts += [CharArray(np.zeros((1, 0), np.uint32)), CharArray(np.zeros((0, 3), np.uint32))]
    cells = [np.empty((0, 0), object), cell_of_texts(["a", "b"]), cell(1.0, "a", np.ones((2, 2))), cell(cell("a"))]
    structs = [Struct({}), Struct({"a": 1.0}), StructArray([], np.empty((0, 0), object))]
    structs += [StructArray(["a"], np.array([[{"a": 1.0}, {"a": "x"}]], object))]
    others = [Categorical.from_texts(["a", "b"], (1, 2)), Function(lambda nargout, *args: 1.0, "@(x)1"), held]
    return numbers + arrays + texts + cells + structs + others


@pytest.mark.parametrize("seed", range(4))
def test_any_arguments_give_an_answer_or_a_scripterror(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    builtins.load()
    names = sorted(name for name, entry in TABLE.items() if entry.topic in TOPICS and name not in LEFT_OUT)
    session = Session(out=io.StringIO(), err=io.StringIO())
    chance, pool = random.Random(seed), arguments()
    for _ in range(1500):
        entry = TABLE[chance.choice(names)]
        most = entry.minimum + 2 if entry.maximum is None else entry.maximum
        given = [chance.choice(pool) for _ in range(chance.randint(entry.minimum, min(most, entry.minimum + 3)))]
        nargout = chance.choice([0, 1, 1, 2])
        scope = (session.workspace,) if entry.needs_scope else ()
        try:
            entry.bind(session)(*scope, nargout, *given)
        except ScriptError as fault:
            assert fault.message or entry.name in ("error", "rethrow", "throw", "throwAsCaller"), entry.name
        except Exception as fault:
            pytest.fail(f"{entry.name}({given!r}) raised {fault!r}")
    session.files.close_all()
