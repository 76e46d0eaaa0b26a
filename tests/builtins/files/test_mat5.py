"""MAT-files as bytes: what is written is read again, files of SciPy too, damaged ones are refused."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnscript.builtins.files import mat5
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of, size_of
from cnnscript.values.sparse import Sparse
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import MISSING, CharArray, string_array


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def through(variables, compress=True):
    pieces = []
    mat5.write(variables, compress, pieces.append)
    return mat5.read(b"".join(pieces))


VALUES = {
    "scalar": 3.5,
    "yes": True,
    "matrix": np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]),
    "cube": np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
    "none": np.zeros((0, 3)),
    "single": np.float32(2.5),
    "bytes": np.array([[1, 255]], np.uint8),
    "long": np.array([[2**62, -(2**62)]], np.int64),
    "flags": np.array([[True, False]]),
    "complex": np.array([[1 + 2j, 3.0]]),
    "text": "conv1",
    "empty_text": "",
    "letters": "é×😀",
    "rows": CharArray(np.array([[65, 66], [67, 68]], np.uint32)),
}


@pytest.mark.parametrize("compress", [True, False])
def test_numbers_and_text_come_back_with_class_and_size(compress):
    back = through(VALUES, compress)
    assert list(back) == list(VALUES)
    for name, value in VALUES.items():
        assert class_of(back[name]) == class_of(value) and size_of(back[name]) == size_of(value), name
        if isinstance(value, np.ndarray):
            assert np.array_equal(back[name], value), name
        elif type(value) is CharArray:
            assert back[name].rows() == value.rows()
        else:
            assert back[name] == value, name


def test_containers_come_back():
    structs = StructArray(["q", "r"], np.array([[{"q": 1.0, "r": "a"}, {"q": "b", "r": cell(1.0)}]], object))
    back = through(
        {"c": cell(1.0, "x", cell()), "s": Struct({"a": 1.0, "b": Struct({})}), "t": structs, "e": Struct({})}
    )
    assert back["c"][0, 1] == "x" and back["c"][0, 2].shape == (1, 0)
    assert back["s"].fields["a"] == 1.0 and back["s"].fields["b"].fields == {}
    assert back["t"].data[0, 1]["q"] == "b" and back["t"].data[0, 1]["r"][0, 0] == 1.0
    assert back["e"].fields == {}


def test_strings_and_categoricals_come_back():
    made = Categorical(np.array([[1, 0, 2]]), ["low", "high"], ordinal=True)
    back = through({"s": string_array(["a", MISSING]), "c": made})
    assert back["s"].data.ravel().tolist() == ["a", MISSING]
    assert back["c"].texts() == ["low", "<undefined>", "high"] and back["c"].ordinal


def test_a_value_without_a_format_is_refused_before_anything_is_written():
    pieces = []
    with pytest.raises(TypeError):
        mat5.write({"f": Function(None, "@sin")}, True, pieces.append)
    assert pieces == []


def test_scipy_reads_what_is_written():
    loadmat = pytest.importorskip("scipy.io").loadmat
    file = io.BytesIO()
    mat5.write({"x": VALUES["matrix"], "t": "abc", "s": Struct({"a": 1.0})}, True, file.write)
    found = loadmat(io.BytesIO(file.getvalue()))
    assert found["x"].tolist() == [[1, 2], [3, 4]] and found["t"][0] == "abc" and found["s"]["a"].item().item() == 1


def test_what_scipy_writes_is_read():
    scipy_io, sparse = pytest.importorskip("scipy.io"), pytest.importorskip("scipy.sparse")
    file = io.BytesIO()
    scipy_io.savemat(
        file,
        {"x": np.arange(6.0).reshape(2, 3), "z": sparse.csc_matrix([[1.0, 0.0], [0.0, 2.0]]), "t": "ab"},
        do_compression=True,
    )
    back = mat5.read(file.getvalue())
    assert back["x"].tolist() == [[0, 1, 2], [3, 4, 5]] and back["t"] == "ab"
    assert back["z"].full().tolist() == [[1, 0], [0, 2]]
    old = io.BytesIO()
    scipy_io.savemat(old, {"x": np.arange(6.0).reshape(2, 3), "t": "ab"}, format="4")
    assert mat5.read(old.getvalue())["x"].tolist() == [[0, 1, 2], [3, 4, 5]] and mat5.read(old.getvalue())["t"] == "ab"


@pytest.mark.parametrize("scale", [1.0, 1 + 2j])
def test_sparse_matrices_of_version_4_are_sparse(scale):
    scipy_io, sparse = pytest.importorskip("scipy.io"), pytest.importorskip("scipy.sparse")
    file, whole = io.BytesIO(), scale * np.array([[1.0, 0, 0], [0, 0, 2]])
    scipy_io.savemat(file, {"z": sparse.coo_matrix(whole), "none": sparse.coo_matrix((2, 3))}, format="4")
    found = mat5.read(file.getvalue())
    assert type(found["z"]) is type(found["none"]) is Sparse
    assert found["z"].full().tolist() == whole.tolist() and found["none"].full().tolist() == [[0] * 3] * 2


def test_an_object_is_named_not_read():
    inside = (
        mat5.tagged(6, b"\x11\0\0\0\0\0\0\0")
        + mat5.tagged(1, b"net")
        + mat5.tagged(1, b"MCOS")
        + mat5.tagged(1, b"DAGNetwork")
    )
    file = b"MATLAB 5.0".ljust(124) + b"\x00\x01IM" + mat5.struct.pack("<II", mat5.MATRIX, len(inside)) + inside
    assert mat5.read(file) == {"net": mat5.Unreadable("an object of class DAGNetwork")}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_nothing_else(data):
    file = io.BytesIO()
    mat5.write(
        {"x": VALUES["matrix"], "c": cell(1.0, "x"), "s": Struct({"a": 1.0})}, data.draw(st.booleans()), file.write
    )
    content = bytearray(file.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))]
    try:
        mat5.read(bytes(content))
    except mat5.Damaged as fault:
        assert str(fault)


def test_timetables_dictionaries_and_calendar_durations_come_back(run):
    run("TT = timetable(seconds([1; 2]), [5; 6]); TT.Properties.VariableUnits = {'m'}; c = caldays([1 2]);")
    run("d = dictionary([\"a\" \"b\"], {1, [1 2]}); z = datetime(2020, 1, 1, TimeZone='Asia/Tokyo');")
    run("before = {TT, c, d, z}; save('t.mat', 'TT', 'c', 'd', 'z'); clear TT c d z; load('t.mat');")
    assert run("disp([isequal(before, {TT, c, d, z}), z.TimeZone == \"Asia/Tokyo\"])") == ["1   1"]
    assert run("disp(TT.Properties.VariableUnits)") == ["{'m'}"]


def test_an_empty_file_holds_no_variables_but_is_damaged():
    with pytest.raises(mat5.Damaged):
        mat5.read(b"")


def test_large_arrays_are_written_as_they_lie_and_not_put_together_again_at_each_level():
    weights = np.asfortranarray(np.random.default_rng(1).standard_normal((300, 200), dtype=np.float32))
    pieces = []
    mat5.write({"net": Struct({"layers": cell(Struct({"Weights": weights}))})}, False, pieces.append)
    large = [piece for piece in pieces if len(piece) > 1000]
    assert [type(piece) for piece in large] == [memoryview]
    assert np.shares_memory(np.frombuffer(large[0], np.float32), weights)
    found = mat5.read(b"".join(pieces))["net"].fields["layers"][0, 0].fields["Weights"]
    assert found.dtype == np.float32 and np.array_equal(found, weights)


def test_weights_are_packed_without_a_search_for_repetitions_and_what_repeats_with_one():
    noise = np.random.default_rng(1).standard_normal((500, 200), dtype=np.float32)
    assert mat5.strategy_for(mat5.element_of(noise)) == mat5.zlib.Z_HUFFMAN_ONLY
    assert np.array_equal(through({"x": noise})["x"], noise)
    for repeats in (np.tile(np.arange(1000.0), (1, 100)), np.zeros((500, 200))):
        assert mat5.strategy_for(mat5.element_of(repeats)) == mat5.zlib.Z_DEFAULT_STRATEGY
        pieces = []
        mat5.write({"x": repeats}, True, pieces.append)
        assert sum(map(len, pieces)) < repeats.nbytes / 20
