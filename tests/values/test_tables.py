import numpy as np
import pytest

from cnnscript.builtins.language.equality import same
from cnnscript.errors import ScriptError
from cnnscript.values.assignment import assign_path, delete
from cnnscript.values.categorical import Categorical
from cnnscript.values.concatenate import horzcat, vertcat
from cnnscript.values.indexing import VariableNumber, brace, end_of, get_field, index
from cnnscript.values.numeric import COLON
from cnnscript.values.operators import plus, uminus
from cnnscript.values.rows import blank_rows, lengthened
from cnnscript.values.table_properties import TableProperties
from cnnscript.values.tables import Table, distinct
from cnnscript.values.text import MISSING, String, cell_of_texts


def numbers(*items):
    return np.array(items, float).reshape(-1, 1)


def pets():
    return Table.of({"name": cell_of_texts(["cat", "dog", "cow"]), "legs": numbers(4, 4, 4), "age": numbers(3, 5, 7)})


def named():
    return pets().with_row_names(["a", "b", "c"])


def fault(function, *args):
    with pytest.raises(ScriptError) as caught:
        function(*args)
    return caught.value


# ------------------------------------------------------------------------------------------------------------- reading
def test_a_variable_is_read_by_name_by_number_and_side_by_side():
    table = pets()
    assert get_field(table, "age").tolist() == [[3], [5], [7]]
    assert get_field(table, VariableNumber(2.0)).tolist() == [[4], [4], [4]]
    assert brace(table, (COLON, np.array([[2.0, 3.0]])))[0].tolist() == [[4, 3], [4, 5], [4, 7]]
    assert brace(table, (2.0, "age")) == (5.0,)
    assert end_of(table, 0, 2) == 3 and end_of(table, 1, 2) == 3


def test_parentheses_give_a_table_by_numbers_logicals_and_names():
    table = named()
    part = index(table, (np.array([[True], [False], [True]]), cell_of_texts(["age", "name"])))
    assert part.names == ["age", "name"] and part.row_names == ("a", "c")
    assert get_field(index(table, ("b", COLON)), "age") == 5.0
    assert index(table, (String(np.array([["c", "a"]], object)), "age")).row_names == ("c", "a")


def test_a_row_taken_twice_gets_another_name():
    assert index(named(), (np.array([[1.0, 1.0, 2.0]]), COLON)).row_names == ("a", "a_1", "b")
    assert distinct(["x", "x_1", "x"]) == ["x", "x_1", "x_2"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((1.0,), "Subscripting into a table using one subscript"),
        ((1.0, 1.0, 1.0), "Subscripting into a table requires two subscripts"),
        ((4.0, 1.0), "Row index exceeds table dimensions."),
        ((1.0, 4.0), "Variable index exceeds table dimensions."),
        ((1.0, "agee"), "Unrecognized table variable name 'agee'."),
        (("z", 1.0), "Unrecognized table row name 'z'."),
    ],
)
def test_a_subscript_that_means_nothing_is_said(args, message):
    assert fault(index, named(), args).message.startswith(message)


def test_a_misspelt_variable_brings_a_suggestion():
    assert fault(get_field, pets(), "Age").hint == "did you mean 'age'?"


def test_text_and_numbers_do_not_join_in_braces():
    problem = fault(brace, pets(), (COLON, COLON))
    assert problem.message == (
        "Unable to concatenate the table variables 'name' and 'legs', because their types are cell and double."
    )


def test_a_number_is_no_field_of_a_struct():
    from cnnscript.values.structs import Struct

    assert fault(get_field, Struct({"a": 1.0}), VariableNumber(1.0)).identifier == "MATLAB:mustBeFieldName"


# ------------------------------------------------------------------------------------------------------------- writing
def test_a_table_is_copied_where_it_is_written():
    table = pets()
    changed = assign_path(table, ((".", "age"), ("(", (2.0,))), 50.0)
    assert get_field(changed, "age").tolist() == [[3], [50], [7]]
    assert get_field(table, "age").tolist() == [[3], [5], [7]]


def test_a_new_variable_needs_the_height_of_the_table():
    assert pets().set("x", numbers(1, 2, 3)).names == ["name", "legs", "age", "x"]
    assert fault(pets().set, "x", 1.0).message == (
        "To assign to or create a variable in a table, the number of rows must match the height of the table."
    )
    assert Table().set("x", numbers(1, 2)).size() == (2, 1)


def test_empty_brackets_delete_variables_and_rows():
    nothing = np.zeros((0, 0))
    assert pets().set("legs", nothing).names == ["name", "age"]
    assert delete(pets(), (COLON, "legs")).names == ["name", "age"]
    assert delete(named(), (np.array([[1.0, 3.0]]), COLON)).row_names == ("b",)
    assert fault(delete, pets(), (1.0, "age")).identifier == "MATLAB:table:InvalidEmptyAssignment"


def test_braces_write_values_and_parentheses_tables_and_cells():
    table = pets().assign_brace((np.array([[1.0], [2.0]]), np.array([[2.0, 3.0]])), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert brace(table, (COLON, np.array([[2.0, 3.0]])))[0].tolist() == [[1, 2], [3, 4], [4, 7]]
    row = np.empty((1, 3), object)
    row[0, :] = ["ant", 6.0, 1.0]
    table = table.assign((2.0, COLON), row)
    assert get_field(table, "name").ravel().tolist() == ["cat", "ant", "cow"]
    assert get_field(table, "legs").tolist() == [[1], [6], [4]]
    table = table.assign((3.0, COLON), pets().index((1.0, COLON)))
    assert get_field(table, "name").ravel().tolist() == ["cat", "ant", "cat"]
    assert fault(table.assign, (1.0, "age"), 5.0).message.startswith("Right hand side of an assignment into a table")


def test_rows_beyond_the_last_grow_with_what_is_blank():
    table = pets().assign_brace((5.0, "age"), 9.0)
    assert table.size() == (5, 3)
    assert get_field(table, "legs").ravel().tolist() == [4, 4, 4, 0, 0]
    assert get_field(table, "name").ravel().tolist() == ["cat", "dog", "cow", "", ""]
    assert named().assign_brace((5.0, "age"), 9.0).row_names == ("a", "b", "c", "Row4", "Row5")
    assert named().assign_brace(("d", "age"), 9.0).row_names == ("a", "b", "c", "d")


def test_a_new_variable_in_braces_is_blank_elsewhere():
    table = pets().assign_brace((2.0, "x"), 9.0)
    assert get_field(table, "x").ravel().tolist() == [0, 9, 0]
    assert pets().assign_brace((COLON, 4.0), 1.0).names[-1] == "Var4"


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        (numbers(1, 2), [0.0]),
        (np.array([[True], [True]]), [False]),
        (np.array([[1], [2]], np.int8), [0]),
        (cell_of_texts(["a", "b"]), [""]),
    ],
)
def test_new_rows_hold_what_the_class_has_for_nothing(value, blank):
    assert lengthened(value, 3).ravel().tolist()[-1:] == blank


def test_missing_rows_of_floats_strings_and_categories():
    assert np.isnan(blank_rows(numbers(1), 2, missing=True)).all()
    assert blank_rows(String(np.array([["a"]], object)), 1).data.item() is MISSING
    assert blank_rows(Categorical(np.array([[1]]), ["a"]), 2).codes.tolist() == [[0], [0]]


# ------------------------------------------------------------------------------------------------------------- joining
def test_tables_below_one_another_match_variables_by_name():
    other = pets().select([2, 0, 1])
    both = vertcat(pets(), other)
    assert both.names == ["name", "legs", "age"] and both.rows == 6
    assert vertcat(np.zeros((0, 0)), pets()).rows == 3
    assert vertcat(Table(), pets()).rows == 3


def test_a_cell_joins_as_rows():
    row = np.empty((1, 3), object)
    row[0, :] = ["ant", 6.0, 1.0]
    both = vertcat(pets(), row)
    assert get_field(both, "age").ravel().tolist() == [3, 5, 7, 1]


def test_tables_that_do_not_fit_say_why():
    assert fault(vertcat, pets(), pets().select([0, 1])).message.endswith("the same number of variables.")
    assert fault(vertcat, pets(), pets().named(["a", "b", "c"])).message.endswith("the same variable names.")
    assert fault(horzcat, pets(), pets()).message == "Duplicate table variable name: 'name'."
    assert fault(horzcat, pets(), Table.of({"x": 1.0})).message.endswith("the same number of rows.")


def test_rows_beside_one_another_match_by_name():
    other = Table.of({"x": numbers(1, 2, 3)}, ["c", "b", "a"])
    both = horzcat(named(), other)
    assert both.row_names == ("a", "b", "c") and get_field(both, "x").ravel().tolist() == [3, 2, 1]


def test_operators_work_on_each_variable():
    table = pets().select([1, 2])
    assert get_field(plus(table, 1.0), "age").ravel().tolist() == [4, 6, 8]
    assert get_field(plus(table, table), "legs").ravel().tolist() == [8, 8, 8]
    assert get_field(uminus(table), "age").ravel().tolist() == [-3, -5, -7]


def test_tables_are_equal_by_names_and_values():
    assert same(pets(), pets(), False)
    assert not same(pets(), named(), False)
    assert not same(pets(), pets().named(["a", "b", "c"]), False)
    missing = pets().set("age", numbers(1, np.nan, 2))
    assert not same(missing, missing.set("legs", numbers(4, 4, 4)), False)
    assert same(missing, missing.set("legs", numbers(4, 4, 4)), True)


# ---------------------------------------------------------------------------------------------------------- properties
def test_properties_are_read_and_written():
    table = pets()
    changed = assign_path(table, ((".", "Properties"), (".", "VariableNames"), ("{", (2.0,))), "feet")
    assert changed.names == ["name", "feet", "age"] and table.names == ["name", "legs", "age"]
    changed = assign_path(table, ((".", "Properties"), (".", "VariableUnits")), cell_of_texts(["", "", "years"]))
    assert TableProperties(changed).get("VariableUnits").ravel().tolist() == ["", "", "years"]
    changed = assign_path(table, ((".", "Properties"), (".", "Description")), "pets")
    assert get_field(changed, "Properties").get("Description") == "pets"
    assert get_field(changed, "Row").shape == (0, 0)


def test_names_must_be_distinct_and_as_many_as_there_are():
    properties = TableProperties(pets())
    assert fault(properties.set, "VariableNames", cell_of_texts(["a", "a", "b"])).message == (
        "Duplicate table variable name: 'a'."
    )
    assert fault(properties.set, "VariableNames", cell_of_texts(["a"])).message.startswith("The VariableNames property")
    assert fault(properties.set, "RowNames", cell_of_texts(["a", "a", "b"])).message == "Duplicate table row name: 'a'."
    assert fault(pets().named, ["a", "Properties", "b"]).identifier == "MATLAB:table:ReservedVarname"
