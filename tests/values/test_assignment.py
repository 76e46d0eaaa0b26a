"""Writing parts: the value after, what is shared, and amortised growth.  (tests/code/test_assignments.py has the forms
of the language.)"""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import sharing
from cnnscript.values.assignment import (
    DELETED,
    append,
    append_brace,
    assign,
    assign1,
    assign2,
    assign3,
    assign_brace1,
    assign_field,
    assign_list,
    assign_path,
    delete,
    end_of_path,
    target_count,
)
from cnnscript.values.numeric import COLON, EMPTY
from cnnscript.values.structs import Struct


def row(*numbers):
    return np.array([numbers], float)


def address(array):
    return array.__array_interface__["data"][0]


@pytest.mark.parametrize(
    "write",
    [
        lambda x: assign1(x, 2.0, 9.0),
        lambda x: assign2(x, 1.0, 2.0, 9.0),
        lambda x: assign(x, (slice(0, 2),), 9.0),
        lambda x: assign(x, (COLON, 2.0), 9.0),
        lambda x: assign(x, (x > 1,), 9.0),
        lambda x: assign(x, (row(1, 3),), row(7, 8)),
    ],
)
def test_a_shared_array_is_copied_before_it_is_written(write):
    x = row(1, 2, 3)
    y = x
    x = write(x)
    assert y.tolist() == [[1, 2, 3]]
    assert x.tolist() != y.tolist()


def test_an_array_held_once_is_written_in_place():
    x = np.zeros((2, 3, 4), order="F")
    before = address(x)
    x = assign3(x, 1.0, 2.0, 3.0, 5.0)
    x = assign(x, (COLON, 1.0, 2.0), 7.0)
    assert address(x) == before
    assert x[0, 1, 2] == 5.0
    assert x[:, 0, 1].tolist() == [7.0, 7.0]


def test_a_view_is_copied_before_it_is_written():
    x = row(1, 2, 3)
    y = x.reshape(3, 1)
    y = assign1(y, 1.0, 9.0)
    assert x.tolist() == [[1, 2, 3]]
    assert y.tolist() == [[9], [2], [3]]


def test_a_read_only_array_is_copied_before_it_is_written():
    x = row(1, 2, 3)
    x.setflags(write=False)
    x = assign1(x, 1.0, 9.0)
    assert x.tolist() == [[9, 2, 3]]


def test_arrays_of_any_layout_are_written():
    x = np.ascontiguousarray(np.arange(6.0).reshape(2, 3))
    x = assign(x, (row(1, 2),), row(10, 20))
    assert x.tolist() == [[10, 1, 2], [20, 4, 5]]


def test_growth_of_every_kind_fills_with_its_own_nothing():
    assert assign(row(1), (4.0,), 9.0).tolist() == [[1, 0, 0, 9]]
    assert assign("a", (3.0,), "c") == "a\0c"
    cell = assign_brace1(None, 3.0, "x")
    assert cell[0, 0] is EMPTY
    grown = assign(np.array([[True]]), (1.0, 3.0), True)
    assert grown.tolist() == [[True, False, True]]
    structs = assign_path(None, (("(", (3.0,)), (".", "a")), 1.0)
    assert [fields["a"] is EMPTY for fields in structs.data.ravel()] == [True, True, False]


@pytest.mark.parametrize("count", [300])
def test_appending_is_cheap_however_long_it_is(count):
    x, column, cell = EMPTY, np.zeros((2, 1)), EMPTY
    block = np.zeros((2, 0), order="F")
    for k in range(count):
        x = append(x, float(k))
        column = assign1(column, float(k + 3), 1.0)
        cell = append_brace(cell, k)
        block = assign(block, (COLON, float(k + 1)), row(k, -k).T)
    assert x.tolist() == [[float(k) for k in range(count)]]
    assert column.shape == (count + 2, 1)
    assert cell.ravel().tolist() == list(range(count))
    assert block.tolist() == [[float(k) for k in range(count)], [-float(k) for k in range(count)]]
    assert x.flags.owndata
    assert block.flags.f_contiguous


def test_growing_one_column_into_two_keeps_the_first():
    assert assign(np.array([[1.0], [2.0]]), (COLON, 2.0), row(3, 4).T).tolist() == [[1, 3], [2, 4]]


def test_a_path_writes_its_end_and_shares_the_rest():
    inner = Struct({"x": row(1, 2), "y": row(5)})
    outer = Struct({"a": inner})
    kept = outer
    outer = assign_path(outer, ((".", "a"), (".", "x"), ("(", (2.0,))), 9.0)
    assert kept.fields["a"].fields["x"].tolist() == [[1, 2]]
    assert outer.fields["a"].fields["x"].tolist() == [[1, 9]]
    assert outer.fields["a"].fields["y"] is kept.fields["a"].fields["y"]


def test_the_end_of_a_path_can_be_deleted():
    outer = Struct({"a": row(1, 2, 3)})
    outer = assign_path(outer, ((".", "a"), ("(", (2.0,))), DELETED)
    assert outer.fields["a"].tolist() == [[1, 3]]


def test_a_field_is_written_in_place_only_where_nobody_else_holds_the_struct():
    s = Struct({"a": 1.0})
    fields = s.fields
    s = assign_field(s, "a", 2.0)
    assert s.fields is fields
    t = s
    s = assign_field(s, "a", 3.0)
    assert (s.fields["a"], t.fields["a"]) == (3.0, 2.0)


def test_lists_count_their_targets():
    assert target_count(None, (("{", (slice(0, 3),)),)) == 3
    assert target_count(None, ((".", "a"),)) == 1
    structs = assign_path(None, (("(", (2.0,)), (".", "a")), 1.0)
    assert target_count(structs, ((".", "a"),)) == 2
    assert target_count(structs, (("(", (COLON,)), (".", "a"))) == 2
    structs = assign_list(structs, ((".", "a"),), (7.0, 8.0))
    assert [fields["a"] for fields in structs.data.ravel()] == [7.0, 8.0]


def test_end_of_what_does_not_exist_yet_is_0():
    assert end_of_path(None, (), 0, 1) == 0.0
    assert end_of_path(Struct({"a": row(1, 2)}), ((".", "a"),), 0, 1) == 2.0
    assert end_of_path(Struct({}), ((".", "a"),), 0, 1) == 0.0


def test_deleting_gives_a_new_array():
    x = row(1, 2, 3)
    y = delete(x, (2.0,))
    assert (x.tolist(), y.tolist()) == ([[1, 2, 3]], [[1, 3]])
    assert delete("abc", (slice(0, 2),)) == "c"
    assert delete(row(1, 2), (1.0,)) == 2.0


def test_an_array_beyond_memory_is_refused_before_it_is_tried():
    with pytest.raises(ScriptError) as caught:
        assign(EMPTY, (1e8, 1e8), 1.0)
    assert caught.value.identifier == "MATLAB:array:SizeLimitExceeded"


def test_writes_copy_always_when_told_to():
    sharing.copy_always(True)
    try:
        x = row(1, 2, 3)
        before = x
        x = assign1(x, 1.0, 5.0)
        del before
        place = address(x)
        x = assign1(x, 1.0, 6.0)
        assert address(x) != place
    finally:
        sharing.copy_always(False)


@pytest.mark.parametrize(
    ("args", "given", "wanted"),
    [
        ((1.0, COLON, COLON), (1, 5), (1, 1, 5)),  # a dimension for each `:`, of length 1 too
        ((1.0, COLON, COLON), (5, 1), (1, 5)),
        ((2.0, COLON, COLON), (1, 1, 4), (2, 4)),
        ((1.0, COLON, COLON), (3, 4), (1, 3, 4)),
        ((COLON, 1.0, COLON), (3, 1, 2), (3, 1, 2)),
        ((COLON, COLON, 2.0), (1, 3), (1, 3, 2)),
        ((COLON, 2.0), (1, 3), (3, 2)),
        ((1.0, COLON, COLON, 2.0), (3, 2), (1, 3, 2, 2)),
    ],
)
def test_colons_of_an_empty_array_are_as_long_as_the_right_side_in_order(args, given, wanted):
    assert assign(EMPTY, args, np.ones(given)).shape == wanted
