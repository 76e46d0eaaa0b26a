import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.concatenate import cell_row
from cnnscript.values.functions import Function
from cnnscript.values.text import String, string_array

ROW = np.array([[1.0, 2.0, 3.0]])


@pytest.mark.parametrize(
    ("getter", "value", "expected"),
    [
        (take.text, "abc", "abc"),
        (take.text, String.of("abc"), "abc"),
        (take.text, "", ""),
        (take.texts, "abc", ["abc"]),
        (take.texts, cell_row("a", String.of("b")), ["a", "b"]),
        (take.texts, string_array(["a", "b"]), ["a", "b"]),
        (take.number, 2.5, 2.5),
        (take.number, True, 1.0),
        (take.number, np.uint8(7), 7.0),
        (take.integer, -3.0, -3),
        (take.integer, np.int64(2**62 + 1), 2**62 + 1),
        (take.count, 0.0, 0),
        (take.positive, np.int8(1), 1),
        (take.dimension, 2.0, 2),
        (take.size, ROW, (1, 2, 3)),
        (take.size, np.array([[4, 5]], np.int32), (4, 5)),
        (take.flag, True, True),
        (take.flag, 0.0, False),
        (take.flag, "on", True),
        (take.flag, String.of("Off"), False),
    ],
)
def test_what_getters_give(getter, value, expected):
    taken = getter(value, "Name")
    assert taken == expected and type(taken) is type(expected)


@pytest.mark.parametrize(
    ("getter", "value", "message", "note"),
    [
        (take.text, 3.0, "Name must be a string scalar or character vector.", "got double 3"),
        (take.text, string_array(["a", "b"]), "Name must be a string scalar or character vector.", "got 1x2 string"),
        (take.texts, cell_row(1.0), None, "got 1x1 cell"),
        (take.number, ROW, "Name must be a numeric scalar.", "got 1x3 double"),
        (take.number, "5", "Name must be a numeric scalar.", "got char '5'"),
        (take.number, 1j, "Name must be a real number.", "got double 0+1i"),
        (take.integer, 2.5, "Name must be an integer.", "got double 2.5"),
        (take.integer, float("inf"), "Name must be an integer.", "got double Inf"),
        (take.count, -1.0, "Name must be a nonnegative integer.", "got double -1"),
        (take.positive, 0.0, "Name must be a positive integer.", "got double 0"),
        (take.dimension, 0.0, "Name must be a positive integer scalar within indexing range.", "got double 0"),
        (take.size, 3.0, "Name must be a row vector of two or more integers.", "got double 3"),
        (take.size, np.array([[1.5, 2]]), "Name must be a row vector of nonnegative integers.", "got 1x2 double"),
        (take.flag, "maybe", "Name must be true or false ('on' or 'off').", "got char 'maybe'"),
        (take.array, cell_row(1.0), "Name must be numeric or logical.", "got 1x1 cell"),
        (take.real, np.array([[1j, 2]]), "Name must be real.", "got 1x2 double"),
        (take.vector, np.ones((2, 2)), "Name must be a vector.", "got 2x2 double"),
        (take.cell, 1.0, "Name must be a cell array.", "got double 1"),
        (take.function, "sin", "Name must be a function handle.", "got char 'sin'"),
        (take.numeric, String.of("a"), "Name must be numeric or logical.", 'got string "a"'),
    ],
)
def test_what_getters_refuse_and_how_they_say_it(getter, value, message, note):
    with pytest.raises(ScriptError) as caught:
        getter(value, "Name")
    assert caught.value.identifier.startswith("MATLAB:")
    assert message is None or caught.value.message == message
    assert caught.value.notes == (note,)


def test_integer_within_limits():
    assert take.integer(3.0, "k", 1, 3) == 3
    with pytest.raises(ScriptError, match="k must be an integer from 1 to 3."):
        take.integer(4.0, "k", 1, 3)


def test_a_choice_may_be_shortened_while_it_is_clear():
    options = ["channels", "rows", "columns"]
    assert take.choice("Rows", options) == "rows" and take.choice("ch", options) == "channels"
    with pytest.raises(ScriptError, match="The input, 'c', matched more than one valid value") as caught:
        take.choice("c", options, "OutputAs")
    assert caught.value.identifier == "MATLAB:ambiguousStringChoice"
    assert caught.value.notes == ("it could be 'channels', 'columns'",)
    assert take.choice("on", ["on", "onset"]) == "on"
    assert take.choice("bes", ["best", "best-loss", "last"]) == "best"  # the beginning of all that begin so


def test_a_wrong_choice_lists_the_right_ones():
    with pytest.raises(ScriptError) as caught:
        take.choice("chanels", ["channels", "rows"], "OutputAs")
    assert caught.value.message == (
        "Expected OutputAs to match one of these values:\n\n'channels', 'rows'\n\n"
        "The input, 'chanels', did not match any of the valid values."
    )
    assert caught.value.hint == "did you mean 'channels'?"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("LearningRate", "InitialLearnRate"),  # LearnRateDecay has the nearer letters, but is no rate
        ("learning_rate", "InitialLearnRate"),
        ("LearnRateDecy", "LearnRateDecay"),
        ("Epoch", "MaxEpochs"),
    ],
)
def test_the_name_that_is_what_the_word_says_is_suggested(word, name):
    options = ["LearnRateDecay", "MaxEpochs", "InitialLearnRate", "LearnRateSchedule"]
    assert take.nearest(word, options) == f"did you mean '{name}'?"
    assert take.nearest("x", options) is None


def test_arrays():
    assert take.array(np.array([[1, 2]], np.int8)).dtype == float and take.array("a").tolist() == [[97.0]]
    assert take.array(2.0).shape == (1, 1) and take.array(1j).dtype == complex
    assert take.vector(np.array([[1.0], [2.0]])).tolist() == [1, 2] and take.vector(3.0).shape == (1,)
    assert take.vector(np.zeros((0, 0))).shape == (0,)
    assert take.numeric(np.uint8(3)).dtype == np.uint8
    cell = cell_row(1.0)
    assert take.cell(cell) is cell


def test_a_function_may_be_found_by_name():
    sine = Function(lambda nargout, x: x, "sin")
    assert take.function(sine) is sine and take.function("sin", "f", named=lambda name: sine) is sine
