"""Cells, structs, handles and objects: one line for each thing inside."""

import numpy as np
import pytest

from cnnscript.display import Format, disp, show
from cnnscript.display.containers import field_text
from cnnscript.display.objects import titled
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.objects import Object
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import String, chars, string_array

LOOSE, COMPACT = Format(), Format("short", "compact")


def cell(*rows):
    made = np.empty((len(rows), len(rows[0])), object)
    for i, items in enumerate(rows):
        for j, item in enumerate(items):
            made[i, j] = item
    return made


def body(*rows):
    return disp(cell(*rows), COMPACT).rstrip("\n").split("\n")


def test_a_cell_has_a_header_and_braces():
    assert show("c", cell([1.0, "a"]), LOOSE) == "\nc =\n\n  1×2 cell array\n\n    {[1]}    {'a'}\n\n"
    assert show("c", cell([1.0, "a"]), COMPACT) == "c =\n  1×2 cell array\n    {[1]}    {'a'}\n"
    assert disp(cell([1.0]), LOOSE) == "    {[1]}\n\n"
    assert show("c", np.empty((0, 3), object), LOOSE) == "\nc =\n\n  0×3 empty cell array\n\n"
    assert disp(np.empty((0, 0), object), LOOSE) == ""


def test_columns_pad_text_at_its_end_and_numbers_at_their_beginning():
    assert body([1.0, "abc"], ["abcde", np.zeros((0, 0))]) == [
        "    {[    1]}    {'abc'     }", "    {'abcde'}    {0×0 double}"
    ]  # fmt: skip
    assert body([np.zeros((3, 3)), "Anne Smith"], [3 + 7j, np.zeros((2, 3))]) == [
        "    {3×3 double        }    {'Anne Smith'}", "    {[3.0000 + 7.0000i]}    {2×3 double  }"
    ]  # fmt: skip
    assert body([String.of("LineWidth")], [String.of("k.")]) == ['    {["LineWidth"]}', '    {["k."       ]}']


def test_sizes_in_one_column_align_their_classes():
    assert body([np.zeros((1, 9000))], [np.zeros((1, 18000))]) == ["    {1×9000  double}", "    {1×18000 double}"]


def test_short_rows_of_numbers_are_written_out_in_a_cell():
    assert body([np.array([[0.929, 0.694, 0.125]])]) == ["    {[0.9290 0.6940 0.1250]}"]
    assert body([np.arange(1.0, 11)[None]]) == ["    {[1 2 3 4 5 6 7 8 9 10]}"]
    assert body([np.array([[1.0, 2.0]])], [np.zeros((2, 4))]) == ["    {[     1 2]}", "    {2×4 double}"]
    assert body([np.zeros((1, 100))]) == ["    {1×100 double}"]
    assert body([np.zeros((3, 1))]) == ["    {3×1 double}"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.nan, "{[NaN]}"), (20922789888000.0, "{[2.0923e+13]}"), (True, "{[1]}"), (np.uint8(7), "{[7]}"),
        (String.of("a"), '{["a"]}'), (string_array(["a", "b"]), "{1×2 string}"), ("", "{0×0 char}"),
        (Function(None, "@(x)x+1"), "{@(x)x+1}"), (Function(None, "sin"), "{@sin}"),
        (Struct({"a": 1.0}), "{1×1 struct}"),
        (cell([1.0]), "{1×1 cell}"), (np.array([[True, False]]), "{[1 0]}"),
        (Categorical.from_texts(["cat"], (1, 1)), "{[cat]}"), (complex(1, 0), "{[1.0000 + 0.0000i]}"),
    ],
)  # fmt: skip
def test_each_kind_inside_a_cell(value, text):
    assert body([value]) == ["    " + text]


def test_wide_cells_break_into_blocks_by_their_own_widths():
    empties = [np.zeros((0, 0))] * 6
    assert [line for line in body(empties) if "Column" in line] == ["  Columns 1 through 4", "  Columns 5 through 6"]


def test_long_text_in_a_cell_is_cut_with_an_ellipsis():
    line = body(["x" * 200])[0]
    assert len(line) < 80
    assert line.endswith("…'}")


def test_pages_of_a_cell_end_their_names_with_a_blank():
    pages = np.empty((1, 1, 2), object)
    pages[0, 0, 0], pages[0, 0, 1] = 1.0, "b"
    page = "\nc(:,:,{}) = \n\n    {}\n\n".format
    assert show("c", pages, LOOSE) == "\n  1×1×2 cell array\n" + page(1, "{[1]}") + page(2, "{'b'}")


def test_a_struct_aligns_its_names_at_the_right():
    value = Struct({"a": 1.0, "name": "text"})
    assert show("s", value, LOOSE) == "\ns = \n\n  struct with fields:\n\n       a: 1\n    name: 'text'\n\n"
    assert show("s", value, COMPACT) == "s = \n  struct with fields:\n       a: 1\n    name: 'text'\n"
    assert disp(value, LOOSE) == "       a: 1\n    name: 'text'\n\n"
    assert show("s", Struct({}), LOOSE) == "\ns = \n\n  struct with no fields.\n\n"


def test_struct_arrays_list_their_fields():
    many = StructArray(["a", "b"], np.array([[{}, {}, {}]], object))
    assert show("s", many, LOOSE) == "\ns = \n\n  1×3 struct array with fields:\n\n    a\n    b\n\n"
    none = StructArray([], np.empty((0, 0), object))
    assert show("s", none, LOOSE) == "\ns = \n\n  0×0 empty struct array with no fields.\n\n"
    empty = StructArray(["a"], np.empty((0, 0), object))
    assert show("s", empty, COMPACT) == "s = \n  0×0 empty struct array with fields:\n    a\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5000"), (True, "1"), ("it", "'it'"), ("", "''"), (np.zeros((0, 0)), "[]"),
        (np.zeros((0, 3)), "[0×3 double]"),
        (np.array([[2.4695, 2.5, 3]]), "[2.4695 2.5000 3]"), (np.eye(3), "[3×3 double]"),
        (np.zeros((3, 1)), "[3×1 double]"),
        (np.array([[True, False]]), "[1 0]"), (np.array([[7, 8]], np.uint8), "[7 8]"), (String.of("a"), '"a"'),
        (string_array(["a", "c"]), '["a"    "c"]'), (np.empty((0, 0), object), "{}"), (cell(["A", "B"]), "{'A'  'B'}"),
        (cell([np.array([[0.0, 0.0]]), 3.0]), "{[0 0]  [3]}"),
        (cell([Struct({}), Struct({})]), "{[1×1 struct]  [1×1 struct]}"),
        (cell(["a"], ["b"]), "{2×1 cell}"), (Struct({}), "[1×1 struct]"), (Function(None, "@(x)x"), "@(x)x"),
        (chars(np.array([[97], [98]])), "[2×1 char]"), (Categorical.from_texts(["a"], (1, 1)), "a"),
        (np.zeros((2, 2, 2), np.float32), "[2×2×2 single]"),
    ],
)  # fmt: skip
def test_each_kind_as_a_field(value, text):
    assert field_text(value, LOOSE) == text


def test_a_long_row_shows_what_fits_and_its_size():
    line = field_text(np.arange(1.0, 101)[None], LOOSE, 60)
    assert line == "[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 … ] (1×100 double)"
    assert field_text(np.arange(1.0, 17)[None], LOOSE, 60) == "[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16]"


def test_handles_show_their_text():
    square = Function(None, "@(x)x.^2")
    assert show("f", square, LOOSE) == "\nf =\n\n  function_handle with value:\n\n    @(x)x.^2\n\n"
    assert show("f", square, COMPACT) == "f =\n  function_handle with value:\n    @(x)x.^2\n"
    assert disp(square, COMPACT) == "    @(x)x.^2\n"


class Pair(Object):
    class_name = "things.Pair"

    def property_names(self):
        return ["Left", "R"]

    def get(self, name):
        return {"Left": 1.0, "R": "b"}[name]


class Loud(Object):
    class_name = "Loud"

    def disp(self, form):
        return "  loud\n"


def test_an_object_shows_its_properties_unless_it_has_a_display_of_its_own():
    assert show("p", Pair(), LOOSE) == "\np = \n\n  Pair with properties:\n\n    Left: 1\n       R: 'b'\n\n"
    assert disp(Pair(), COMPACT) == "  Pair with properties:\n    Left: 1\n       R: 'b'\n"
    assert show("l", Loud(), LOOSE) == "\nl = \n\n  loud\n\n"
    assert disp(cell([Pair()]), COMPACT) == "    {1×1 things.Pair}\n"
    assert field_text(Pair(), LOOSE) == "[1×1 things.Pair]"
    assert titled("Empty", [], COMPACT) == "  Empty with no properties.\n"
