"""Objects of MATLAB's classes in MAT-files of both versions: those we have come back, others are named."""

import io

import numpy as np
import pytest

from cnnscript.session import Session
from cnnscript.values.numeric import OBJECT
from cnnscript.values.structs import Struct
from tests.builtins.files.matlab_object_files import Handle, Made, Several, text_object, version_5, version_7_3


def cell(*items):
    made = np.empty((1, len(items)), OBJECT)
    made[0, :] = items
    return made


def categorical(codes, *names):
    return Made("categorical", {"categoryNames": cell(*names).reshape(-1, 1), "codes": np.array([codes], np.uint8)},
                plain={"isOrdinal": 0, "isProtected": 0})  # fmt: skip


def write(path, layout, variables):
    if layout == "7.3":
        version_7_3(path, variables)
    else:
        path.write_bytes(version_5(variables, compress=layout == "7", version=2 if layout == "old" else 4))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")

    def attempt(code):
        out.seek(0)
        out.truncate()
        session.attempt(code)
        return out.getvalue()

    return attempt


LAYOUTS = ["6", "7", "old", "7.3"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_of_classes_that_are_here_come_back(run, tmp_path, layout):
    table = {"data": cell(np.array([[1.0], [2]]), cell("a", "b").reshape(2, 1)), "nrows": 2.0, "nvars": 2.0,
             "varnames": cell("x", "name"), "rownames": np.empty((0, 0), OBJECT)}  # fmt: skip
    write(tmp_path / "f.mat", layout, {
        "s": text_object(["one", "zwölf", "", None], (2, 2)),
        "c": categorical([2, 1, 0], "cat", "dog"),
        "t": Made("table", table),
        "d": Made("duration", {"millis": np.array([[1000.0, 60000]])}, plain={}),
        "x": np.array([[3.0]]),
    })  # fmt: skip
    assert run("load f.mat") == ""
    said = run("disp(isequal(s(:,1), [\"one\";\"zwölf\"])), disp(ismissing(s(2,2))), disp(x)")
    assert said.split() == ["1", "1", "3"]
    assert run("disp(cellstr(c)), disp(categories(c)')").split() == [
        "{'dog'}", "{'cat'}", "{'<undefined>'}", "{'cat'}", "{'dog'}",
    ]  # fmt: skip
    said = run("disp(t.x'), disp(t.name{2}), disp(width(t)), disp(seconds(d))")
    assert said.split() == ["1", "2", "b", "2", "1", "60"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_object_of_another_class_is_named_and_the_rest_is_read(run, tmp_path, layout):
    write(tmp_path / "f.mat", layout, {"o": Made("my.pack.Thing", {"a": 1.0}), "x": np.array([[3.0]])})
    said = run("load f.mat, disp(x), disp(exist('o'))")
    assert "Variable 'o' is an object of class my.pack.Thing: reading these from MAT-files is not in" in said
    assert said.split()[-2:] == ["3", "0"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_function_handles_come_back_with_what_they_took_along(run, tmp_path, layout):
    write(tmp_path / "f.mat", layout, {
        "p": Handle("sf%0@(x)a*x.^2+b", workspace={"a": 2.0, "b": 1.0}),
        "s": Handle("sin", "simple"),
        "n": Handle("inner", "nested"),
        "e": Handle("disp(1)", "anonymous"),
    })  # fmt: skip
    said = run("load f.mat, disp(p(3)), disp(func2str(p)), disp(s(0)), disp(exist('n'))")
    assert "Variable 'n' is a function handle of kind 'nested'" in said
    assert "Variable 'e' is" in said  # more than a handle: nothing of a file is run
    assert said.split()[-4:] == ["19", "@(x)a*x.^2+b", "0", "0"]


def test_objects_in_structs_are_read_too(run, tmp_path):
    kept = Struct({"labels": categorical([1, 2], "a", "b"), "n": 2.0})
    (tmp_path / "f.mat").write_bytes(version_5({"info": kept}))
    assert run("load f.mat, disp(cellstr(info.labels)), disp(info.n)").split() == ["{'a'}", "{'b'}", "2"]


def test_what_objects_of_a_class_share_is_read(run, tmp_path):
    shared = {"categorical": {"categoryNames": cell("p", "q")}}
    value = Made("categorical", {"codes": np.array([[2]], np.uint8)})
    (tmp_path / "f.mat").write_bytes(version_5({"c": value}, shared=shared))
    assert run("load f.mat, disp(char(c))").split() == ["q"]


def test_objects_that_hold_one_another_are_refused(run, tmp_path):
    one = Made("a.B")
    one.properties["other"] = Made("a.B", {"other": one})
    (tmp_path / "f.mat").write_bytes(version_5({"o": one}))
    assert "objects that hold one another" in run("load f.mat")


@pytest.mark.parametrize("harm", range(40))
def test_damage_never_ends_in_a_fault_of_ours(run, tmp_path, harm):
    data = bytearray(version_5({"c": categorical([1, 2], "a", "b"), "s": text_object(["x"]),
                                "o": Several("a.B", [Made("a.B"), Made("a.B")], (1, 2))}))  # fmt: skip
    rng = np.random.default_rng(harm)
    for at in rng.integers(128, len(data), 6):
        data[at] = rng.integers(256)
    (tmp_path / "f.mat").write_bytes(bytes(data))
    assert "internal" not in run("load f.mat")
