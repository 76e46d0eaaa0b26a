"""Preferences outlive a session; a fault in their file is told and loses nothing."""

import pytest

from cnnscript.builtins.language import preferences


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_PREFERENCES", str(tmp_path / "deep" / "preferences.mat"))


def test_what_one_session_sets_the_next_one_gets(run):
    run("setpref('nets', {'size', 'names'}, {[224 224], {'a', 'b'}}); setpref('nets', 'deep', struct('x', {1, 2}));")
    assert preferences.kept().keys() == {"nets"}
    run("a = getpref('nets', 'size'); b = getpref('nets', 'names'); c = size(getpref('nets', 'deep'));")
    assert run["a"].tolist() == [[224, 224]] and run["c"].tolist() == [[1, 2]]
    run("rmpref('nets'); t = ispref('nets');")
    assert run["t"] is False


def test_preferences_that_are_not_there_are_told_apart(run):
    assert run.fault("getpref('none')").identifier == "MATLAB:getpref:GroupDoesNotExist"
    run("setpref('nets', 'size', 1);")
    assert run.fault("getpref('nets', 'other')").identifier == "MATLAB:getpref:PrefDoesNotExist"
    assert run.fault("addpref('nets', 'size', 2)").identifier == "MATLAB:addpref:PrefAlreadyExists"
    assert run.fault("rmpref('nets', 'other')").identifier == "MATLAB:rmpref:PrefDoesNotExist"
    assert run.fault("setpref('nets', {'a', 'b'}, {1})").identifier == "MATLAB:setpref:InvalidInput"


def test_a_damaged_file_is_an_error_that_says_where_it_is(run):
    run("setpref('nets', 'size', 1);")
    place = preferences.place()
    place.write_bytes(place.read_bytes()[:150])
    assert str(place) in run.fault("getpref").message
    assert place.exists()
