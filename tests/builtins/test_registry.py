"""The registry's own promises: overloads answer for objects, argument names are handed in."""

import io

import pytest

from cnnscript.builtins import find, load
from cnnscript.builtins.registry import OVERLOADS, TABLE
from cnnscript.session import Session

load()
CASES = [(name, word) for name, classes in sorted(OVERLOADS.items()) for word in classes]


@pytest.mark.parametrize(("name", "word"), CASES)
def test_every_example_of_an_overload_prints_what_it_shows(name, word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    entry = OVERLOADS[name][word]
    assert entry.help.summary.endswith(".") and entry.help.examples
    assert set(entry.help.options) == set(entry.options)
    out = io.StringIO()
    session = Session(out=out, err=out, figures="words")
    for example in entry.help.examples:
        out.seek(0)
        out.truncate()
        session.attempt(example.code)
        printed = [line.rstrip() for line in out.getvalue().splitlines() if line.strip()]
        assert printed == [line.rstrip() for line in example.output], example.code


@pytest.mark.parametrize("name", sorted(OVERLOADS))
def test_an_overload_belongs_to_a_builtin_that_names_its_topic(name):
    assert name in TABLE
    assert find(name).overloaded == {word: entry.topic for word, entry in OVERLOADS[name].items()}


def test_every_see_also_of_an_overload_exists():
    pairs = [(name, other) for name, word in CASES for other in OVERLOADS[name][word].help.see_also]
    assert not [pair for pair in pairs if pair[1] not in TABLE]


def test_a_builtin_that_asks_gets_the_names_of_its_arguments(run):
    run("Layer = [1; 2]; c = {[3; 4], [5; 6]};")
    assert run("disp(table(Layer, Layer + 1).Properties.VariableNames)") == ["{'Layer'}    {'Var2'}"]
    assert run("disp(table(Layer, c{:}).Properties.VariableNames)") == ["{'Layer'}    {'Var2'}    {'Var3'}"]
    assert run("f = @table; disp(f(Layer).Properties.VariableNames)") == ["{'Var1'}"]


def test_a_misspelt_option_at_the_end_of_too_many_arguments_is_told_as_such(run):
    fault = run.fault("occlusionSensitivity(1,2,3,Strides=4);")
    assert fault.identifier == "MATLAB:InputParser:UnmatchedParameter" and "'Strides'" in fault.message
    assert run.fault("occlusionSensitivity(1,2,3,4,5);").identifier == "MATLAB:maxrhs"
    assert run.fault("minibatchqueue(rand(4));").message == "The input must be a datastore."


@pytest.mark.parametrize(
    ("text", "word"),
    [("trainingOptions('sgdm','MaxEpochs');", "MaxEpochs"), ("trainingOptions('adam','MaxEpochs',3,'plot');", "plot")],
)
def test_an_option_without_its_value_is_named(run, text, word):
    fault = run.fault(text)
    assert fault.identifier == "MATLAB:InputParser:ParamMissingValue"
    assert fault.message.startswith(f"No value was given for '{word}'.")
    assert run.fault("trainingOptions('sgdm',4);").identifier == "MATLAB:maxrhs"
