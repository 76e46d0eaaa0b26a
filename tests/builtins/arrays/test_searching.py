"""regexp, regexpi, regexprep, regexptranslate."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.arrays import searching  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.text import MISSING, String, cell_of_texts, string_array


def call(name, *args, nargout=1, session=None):
    return find(name).bind(session)(nargout, *args)


def test_outputs_come_in_matlabs_order():
    start, end, extents, match, tokens, names, split = call("regexp", "ab12", r"(?<l>[a-z]+)(\d+)", nargout=7)
    assert (start, end) == (1.0, 4.0)
    assert extents.item().tolist() == [[1, 2], [3, 4]]
    assert match.tolist() == [["ab12"]] and tokens.item().tolist() == [["ab", "12"]]
    assert names.fields == {"l": "ab"} and split.tolist() == [["", ""]]


def test_keys_choose_the_outputs():
    match, start = call("regexp", "a1b2", r"\d", "match", "start", nargout=2)
    assert match.tolist() == [["1", "2"]] and start.tolist() == [[2, 4]]


def test_once_gives_the_first_match_itself():
    assert call("regexp", "a1b2", r"\d", "match", "once") == "1"
    assert call("regexp", "a1b2", r"([a-z])(\d)", "tokens", "once").tolist() == [["a", "1"]]
    assert call("regexp", "ab", r"\d", "match", "once") == ""
    assert call("regexp", String.of("ab"), r"\d", "match", "once").data.item() is MISSING


def test_no_match_gives_empties():
    assert call("regexp", "ab", r"\d").shape == (0, 0)
    assert call("regexp", "ab", r"\d", "match").shape == (0, 0)
    assert call("regexp", "ab", r"\d", "split").tolist() == [["ab"]]


def test_a_token_that_took_no_part_is_empty():
    tokens = call("regexp", "ab", "(a)|(b)", "tokens")
    assert [token.tolist() for token in tokens.ravel()] == [[["a", ""]], [["", "b"]]]


def test_without_tokens_the_whole_match_is_the_token():
    assert call("regexp", "ab", "a", "tokens").item().tolist() == [["a"]]


def test_empty_matches_count_only_when_asked_for():
    assert call("regexp", "ab", "x*").shape == (0, 0)
    assert call("regexp", "ab", "x*", "emptymatch").tolist() == [[1, 2, 3]]


def test_cells_give_cells_and_strings_strings():
    assert [m.tolist() for m in call("regexp", cell_of_texts(["a1", "b"]), r"\d", "match").ravel()] == [[["1"]], []]
    assert call("regexp", String.of("a1b2"), r"\d", "match").data.tolist() == [["1", "2"]]


def test_case_and_lines():
    assert call("regexpi", "ReLU", "relu", "match", "once") == "ReLU"
    assert call("regexp", "a\nb", "^b", "start").shape == (0, 0)
    assert call("regexp", "a\nb", "^b", "start", "lineanchors") == 3.0


def test_several_matches_with_names_are_a_struct_array():
    names = call("regexp", "a1 b2", r"(?<k>\w)(?<v>\d)", "names")
    assert names.size() == (1, 2) and names.data[0, 1] == {"k": "b", "v": "2"}


def test_an_unknown_key_is_an_error():
    with pytest.raises(ScriptError) as caught:
        call("regexp", "a", "a", "macth")
    assert caught.value.identifier == "MATLAB:regexp:unknownOption"


def test_regexprep_with_tokens_escapes_and_names():
    assert call("regexprep", "conv1_2", r"(\d)_(\d)", "$2.$1") == "conv2.1"
    assert call("regexprep", "ab", "(?<x>a)", "$<x>$0\\n") == "aa\nb"
    assert call("regexprep", "abc", "b", "$1") == "a$1c"
    assert call("regexprep", "aaa", "a", "b", "once") == "baa"
    assert call("regexprep", "aaa", "a", "b", 2.0) == "aba"


def test_regexprep_takes_expressions_one_after_the_other():
    patterns, templates = cell_of_texts(["a", "b"]), cell_of_texts(["b", "c"])
    assert call("regexprep", "ab", patterns, templates) == "cc"
    assert call("regexprep", string_array(["ab", "b"]), "b", "").data.tolist() == [["a", ""]]


def test_regexprep_keeps_the_case_of_what_it_replaces():
    assert call("regexprep", "Cat CAT cat", "cat", "dog", "preservecase") == "Dog DOG dog"


def test_regexprep_runs_commands_on_tokens():
    assert call("regexprep", "conv", "(^.)", "${upper($1)}", session=Session()) == "Conv"


def test_regexptranslate_makes_characters_mean_themselves():
    assert call("regexptranslate", "escape", "a.b*") == r"a\.b\*"
    assert call("regexptranslate", "wildcard", "*.m") == r".*\.m"


def test_start_of_every_match_in_a_long_text_is_numbered_from_one():
    found = call("regexp", "ab" * 1000, "b")
    assert np.array_equal(found, np.arange(2.0, 2001.0, 2.0).reshape(1, -1))


def test_a_command_in_a_replacement_sees_the_variables_and_functions_of_its_caller(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "decoded.m").write_text(
        "function s = decoded(s)\nto = @local;\ns = regexprep(s, 'x(\\w\\w)', '${to($1)}${own($1)}');\nend\n"
        "function c = local(h)\nc = char(hex2dec(h));\nend\nfunction c = own(h)\nc = lower(h);\nend\n"
    )
    ran = Session()
    ran.run("t = decoded('ax4B'); up = 'Q'; u = regexprep('a', 'a', '${[up $0]}');")
    assert ran["t"] == "aK4b" and ran["u"] == "Qa"
