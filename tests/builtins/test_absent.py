"""Names that are nothing: those MATLAB has, misspelt ones, those of other languages."""

import pytest

from cnnscript import builtins
from cnnscript.builtins.absent import absent, missing_name_error


def error(name):
    return missing_name_error(name, builtins.index())


def test_a_name_of_matlab_that_is_not_there_says_so():
    fault = error("dlquantizer")
    assert fault.identifier == "MATLAB:UndefinedFunction"
    assert fault.message == "'dlquantizer' is not in cnnscript yet."


def test_an_unknown_name_is_matlabs_sentence():
    fault = error("qqqq")
    assert fault.message == "Unrecognized function or variable 'qqqq'." and fault.hint is None


@pytest.mark.parametrize(
    ("name", "near"),
    [("imreed", "imread"), ("Numel", "numel"), ("strtrimm", "strtrim"), ("printf", "fprintf"), ("len", "length")],
)
def test_a_misspelt_name_gets_a_suggestion(name, near):
    assert near in error(name).hint


def test_no_name_is_suggested_for_itself():
    assert missing_name_error("q", ["q"]).hint is None


def test_the_nearest_of_an_absent_name_is_only_named_when_it_is_there():
    for name, near in absent().items():
        hint = error(name).hint if name not in builtins.index() else None
        assert hint is None or near in builtins.index(), name


def test_the_table_is_sorted_and_has_several_hundred_names():
    names = list(absent())
    assert len(names) > 200 and names == sorted(names, key=lambda name: (name.lower(), name))
