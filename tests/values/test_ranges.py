import itertools
import math

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import ranges
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import cell_row
from cnnscript.values.numeric import COLON, class_of
from cnnscript.values.objects import Object
from cnnscript.values.ranges import colon, columns, frange
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import CharArray, string_array


def elements(value):
    return np.asarray(value).ravel().tolist()


def fails(identifier, function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    assert caught.value.identifier == identifier


def test_whole_ranges():
    assert colon(1.0, None, 4.0).tolist() == [[1, 2, 3, 4]]
    assert colon(5.0, -2.0, 0.0).tolist() == [[5, 3, 1]]
    assert colon(0.5, None, 3.0).tolist() == [[0.5, 1.5, 2.5]]
    assert colon(1.0, None, 3.9).tolist() == [[1, 2, 3]]
    assert colon(2.0, None, 2.0) == 2.0 and type(colon(2.0, None, 2.0)) is float
    assert colon(-1.0, 0.5, 0.0).tolist() == [[-1, -0.5, 0]]


@pytest.mark.parametrize(
    ("a", "step", "b"), [(1.0, None, 0.0), (1.0, -1.0, 2.0), (1.0, 0.0, 5.0), (5.0, None, -math.inf)]
)
def test_a_range_without_elements_is_1x0(a, step, b):
    assert colon(a, step, b).shape == (1, 0)


def test_the_end_is_reached_in_spite_of_rounding():
    for n in range(1, 400):
        tenths = colon(0.0, 0.1, n / 10)
        assert tenths.size == n + 1 and tenths[0, -1] == n / 10


def test_a_range_is_symmetric_about_its_middle():
    for step, end in ((0.01, 1.0), (0.1, 0.7), (0.3, 3.3), (1 / 3, 5.0)):
        row = colon(-end, step, end)
        assert (row == -row[:, ::-1]).all() or row[0, -1] != end


def test_elements_are_those_mathworks_publishes():
    # 0:0.1:0.3 and the first elements of 0:0.1:0.4 differ by [0 0 -0.2776 -0.5551]*1e-16
    difference = colon(0.0, 0.1, 0.3) - colon(0.0, 0.1, 0.4)[:, :4]
    assert np.allclose(difference * 1e16, [[0, 0, -0.2776, -0.5551]], atol=1e-4)


def test_classes_of_ranges():
    assert class_of(colon(np.int8(1), None, 3.0)) == "int8"
    assert colon(np.uint8(5), -2.0, 0.0).tolist() == [[5, 3, 1]]
    assert colon(np.uint8(250), None, 255.0).tolist() == [[250, 251, 252, 253, 254, 255]]
    assert colon(np.int64(2**62), None, np.int64(2**62 + 2)).tolist() == [[2**62, 2**62 + 1, 2**62 + 2]]
    assert class_of(colon(np.float32(0), 0.1, 1.0)) == "single" and colon(np.float32(0), 0.1, 1.0).size == 11
    assert colon("a", None, "e") == "abcde" and colon("a", 2.0, "e") == "ace"
    assert colon("a", None, 99.0).tolist() == [[97, 98, 99]]
    assert colon(True, None, 3.0).tolist() == [[1, 2, 3]]


def test_unfitting_operands():
    fails("MATLAB:colon:mixedClasses", colon, np.int8(1), None, np.int16(3))
    fails("MATLAB:colon:nonIntegerOperand", colon, np.int8(1), 0.5, 3.0)
    fails("MATLAB:colon:OutOfRange", colon, np.uint8(250), None, 300.0)
    fails("MATLAB:colon:OutOfRange", colon, -1.0, None, np.uint8(3))
    fails("MATLAB:UndefinedFunction", colon, cell_row(1.0), None, 3.0)
    fails("MATLAB:pmaxsize", colon, 1.0, None, math.inf)
    fails("MATLAB:pmaxsize", colon, 0.0, 1e-300, 1.0)


def test_operands_that_are_arrays_give_their_first_element():
    assert colon(1.0, None, np.array([[3.0, 9.0]])).tolist() == [[1, 2, 3]]
    assert colon(1.0, None, np.zeros((0, 0))).shape == (1, 0)


def test_nan_makes_one_nan():
    assert math.isnan(colon(1.0, None, math.nan))


def test_frange_gives_what_colon_gives():
    cases = [(0.0, 0.1, 0.7), (1.0, 1.0, 5.0), (5.0, -1.5, -5.0), (3.0, 1.0, 1.0), (0.5, 1.0, 4.0), (1.0, 0.0, 2.0)]
    for a, step, b in cases:
        assert list(frange(a, step, b)) == elements(colon(a, step, b))
    assert list(frange(np.int8(1), 1.0, np.int8(3))) == [1, 2, 3]
    assert all(type(x) is float for x in frange(1.0, 1.0, 3.0))


def test_long_loops_make_their_elements_as_they_go():
    endless = frange(0.0, 1e-9, 1e4)
    assert list(itertools.islice(endless, 3)) == [0.0, 1e-9, 2e-9]
    assert next(iter(frange(1.0, 1.0, 1e15))) == 1.0


def test_blocks_join_without_a_seam(monkeypatch):
    whole = colon(0.0, 0.1, 100.0).ravel().tolist()
    monkeypatch.setattr(ranges, "LAZY_BLOCK", 7)
    assert list(frange(0.0, 0.1, 100.0)) == whole


# --------------------------------------------------------------------------------------------------------- loops
def test_for_runs_over_columns():
    assert list(columns(np.array([[1.0, 2.0]]))) == [1.0, 2.0]
    assert [type(x) for x in columns(np.array([[True, False]]))] == [bool, bool]
    assert [x.tolist() for x in columns(np.array([[1.0, 2.0], [3.0, 4.0]]))] == [[[1], [3]], [[2], [4]]]
    assert list(columns(np.array([[1, 2]], np.int8))) == [1, 2]
    assert all(type(x) is np.int8 for x in columns(np.array([[1, 2]], np.int8)))
    assert list(columns("ab")) == ["a", "b"] and list(columns("")) == [] and list(columns(3.0)) == [3.0]


def test_pages_come_one_after_the_other():
    pages = np.arange(8.0).reshape((2, 2, 2), order="F")
    assert [x.ravel().tolist() for x in columns(pages)] == [[0, 1], [2, 3], [4, 5], [6, 7]]


def test_a_matrix_without_rows_has_its_columns_still():
    assert [x.shape for x in columns(np.zeros((0, 3)))] == [(0, 1)] * 3
    assert list(columns(np.zeros((3, 0)))) == [] and list(columns(np.zeros((0, 0)))) == []


def test_columns_of_containers_keep_their_class():
    cells = list(columns(cell_row(1.0, "a")))
    assert [x.shape for x in cells] == [(1, 1)] * 2 and cells[1].item() == "a"
    assert [x.data.item() for x in columns(string_array(["a", "b"]))] == ["a", "b"]
    struct = Struct({"a": 1.0})
    assert list(columns(struct)) == [struct]
    data = np.empty((1, 2), object)
    data[0, 0], data[0, 1] = {"a": 1.0}, {"a": 2.0}
    assert [x.fields["a"] for x in columns(StructArray(["a"], data))] == [1.0, 2.0]
    assert [x.texts() for x in columns(Categorical.from_texts(["p", "q"], (1, 2)))] == [["p"], ["q"]]
    assert list(columns(CharArray(np.array([[97, 98], [99, 100]], np.uint32))))[1].codes.tolist() == [[98], [100]]


def test_arrays_of_objects_are_indexed():
    class Layers(Object):
        def size(self):
            return (2, 3)

        def index(self, args):
            return args

    assert list(columns(Layers())) == [(COLON, 1.0), (COLON, 2.0), (COLON, 3.0)]
    single = Object()
    assert list(columns(single)) == [single]
