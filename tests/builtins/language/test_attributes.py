"""validateattributes: classes and every attribute."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import attributes  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def check(value, classes, wanted, *rest):
    find("validateattributes").bind(None)(0, value, cell(*classes), cell(*wanted), *rest)


GOOD = np.array([[1.0, 2.0, 3.0]])


@pytest.mark.parametrize(
    ("wanted", "bad"),
    [
        (["positive"], -1.0),
        (["nonempty"], np.zeros((0, 0))),
        (["finite"], np.inf),
        (["integer"], 1.5),
        (["vector"], np.ones((2, 2))),
        (["row"], np.ones((2, 1))),
        (["increasing"], np.array([[2.0, 1.0]])),
        (["size", np.array([[1.0, np.nan]])], np.ones((2, 3))),
        (["numel", 3.0], np.ones((1, 2))),
        (["ncols", 3.0], np.ones((1, 2))),
        ([">=", 1.0], 0.5),
        (["<", 4.0], 4.0),
    ],
)
def test_an_attribute_holds_or_says_what_was_expected(wanted, bad):
    check(GOOD, ["numeric"], wanted)
    with pytest.raises(ScriptError) as caught:
        check(bad, ["numeric"], wanted)
    assert caught.value.message.startswith("Expected input to be ")


def test_the_class_is_checked_first_and_the_names_are_used():
    with pytest.raises(ScriptError) as caught:
        check("a", ["single", "double"], [], "net", "scale", 2.0)
    assert caught.value.identifier == "MATLAB:net:invalidType"
    assert caught.value.message.startswith("Expected input number 2, scale, to be one of these types:")
    assert caught.value.message.endswith("Instead its type was char.")


def test_an_unknown_attribute_is_an_error():
    with pytest.raises(ScriptError) as caught:
        check(1.0, ["numeric"], ["shiny"])
    assert caught.value.identifier == "MATLAB:validateattributes:badAttribute"


@pytest.mark.parametrize(
    ("value", "wanted", "part"),
    [
        ("[1 2; 0 3]", "{'diag'}", "a diagonal matrix"),
        ("[3 1; 2 5]", "{'increasing'}", "increasing"),
        ("[1 2 3]", "{'nrows', 2}", "an array with number of rows equal to 2"),
        ("[1 2 3]", "{'numel', 2}", "an array with number of elements equal to 2"),
        ("5", "{'scalartext'}", "a string scalar or character vector"),
    ],
)
def test_what_was_expected_is_said(value, wanted, part):
    from cnnscript.session import Session

    with pytest.raises(ScriptError) as caught:
        Session().run(f"validateattributes({value}, {{'numeric'}}, {wanted})")
    assert caught.value.message == f"Expected input to be {part}."


def test_steps_are_those_down_the_columns_and_a_trailing_length_is_one():
    from cnnscript.session import Session

    Session().run(
        "validateattributes([1 5; 2 6], {'numeric'}, {'increasing'});"
        "validateattributes(diag([1 2]), {'double'}, {'diag'});"
        "validateattributes(ones(2, 3), {'numeric'}, {'size', [2 NaN 1]});"
        "validateattributes('ab', {'char'}, {'scalartext'});"
    )
