"""cellfun, arrayfun, structfun: every option, several outputs, what may not be put together."""

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import mapping  # noqa: F401  declares what is tested
from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.functions import Function
from cnnscript.values.numeric import class_of
from cnnscript.values.structs import Struct, StructArray
from cnnscript.values.text import String, string_array


@pytest.fixture
def session():
    return Session()


def call(session, name, *args, nargout=1):
    return find(name).bind(session)(nargout, *args)


def cell(*items):
    data = np.empty((1, len(items)), object)
    for i, item in enumerate(items):
        data[0, i] = item
    return data


def handle(function, text="@(x)..."):
    return Function(lambda nargout, *args: function(*args), text)


def test_cellfun_gives_an_array_of_the_class_of_its_results(session):
    assert call(session, "cellfun", handle(lambda x: x * 2.0), cell(1.0, 2.0)).tolist() == [[2, 4]]
    assert call(session, "cellfun", handle(lambda x: x > 1), cell(1.0, 2.0)).dtype == bool
    assert class_of(call(session, "cellfun", handle(np.int8), cell(1.0, 2.0))) == "int8"
    assert call(session, "cellfun", handle(lambda x: "q"), cell(1.0, 2.0)) == "qq"
    assert type(call(session, "cellfun", handle(lambda x: String.of("q")), cell(1.0, 2.0))) is String


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("isempty", [False, True]),
        ("length", [2.0, 0.0]),
        ("numel", [2.0, 0.0]),
        ("ndims", [2.0, 2.0]),
        ("ischar", [True, False]),
    ],
)
def test_names_that_are_not_called_answer_as_the_functions_do(session, name, wanted):
    values = cell("ab", np.zeros((0, 0)))
    assert call(session, "cellfun", name, values).ravel().tolist() == wanted
    assert call(session, "cellfun", session.function(name), values).ravel().tolist() == wanted


def test_a_function_file_of_the_user_wins_over_the_shortcut(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "numel.m").write_text("function n = numel(x)\nn = 7;\nend\n")
    assert call(session, "cellfun", "numel", cell("ab")) == 7.0


def test_old_forms_size_and_isclass(session):
    assert call(session, "cellfun", "size", cell("ab", "c"), 2.0).tolist() == [[2, 1]]
    assert call(session, "cellfun", "isclass", cell("ab", 1.0), "char").tolist() == [[True, False]]


def test_results_of_any_kind_come_in_cells_when_not_uniform(session):
    made = call(session, "cellfun", handle(lambda x: "a" * int(x)), cell(1.0, 2.0), "UniformOutput", False)
    assert made.tolist() == [["a", "aa"]]


def test_several_outputs_and_several_inputs(session):
    both = Function(lambda nargout, x, y: (x + y, x - y), "@(x,y)...")
    total, difference = call(session, "cellfun", both, cell(1.0, 2.0), cell(3.0, 5.0), nargout=2)
    assert total.tolist() == [[4, 7]] and difference.tolist() == [[-2, -3]]


def test_a_result_that_is_no_scalar_says_which(session):
    with pytest.raises(ScriptError) as caught:
        call(session, "cellfun", handle(lambda x: np.ones((1, int(x)))), cell(1.0, 2.0))
    assert caught.value.identifier == "MATLAB:cellfun:NotAScalarOutput"
    assert "at index 2, output 1" in caught.value.message and "UniformOutput" in caught.value.message


def test_results_of_any_class_that_can_be_joined_make_an_array(session):
    session.run("s = arrayfun(@(k) struct('a', k), [1 2; 3 4]); n = size(s); a = [s.a];")
    assert session["n"].tolist() == [[2, 2]] and session["a"].tolist() == [[1, 3, 2, 4]]
    session.run("d = arrayfun(@(k) days(k), 1:3); k = class(d); n = size(d);")
    assert session["k"] == "duration" and session["n"].tolist() == [[1, 3]]
    with pytest.raises(ScriptError) as caught:
        session.run("f = arrayfun(@(k) @sin, 1:3);")
    assert caught.value.identifier == "MATLAB:arrayfun:UnimplementedOutputArrayType"


def test_results_of_two_classes_are_refused(session):
    with pytest.raises(ScriptError) as caught:
        call(session, "arrayfun", handle(lambda x: x if x > 1 else True), np.array([[1.0, 2.0]]))
    assert caught.value.identifier == "MATLAB:arrayfun:MismatchInOutputType"


def test_the_error_handler_gets_message_identifier_and_index(session):
    seen = []

    def fail(nargout, x):
        if x == 2.0:
            raise ScriptError("my:id", "no")
        return x

    def rescue(nargout, report, x):
        seen.append((report.fields["message"], report.fields["identifier"], report.fields["index"]))
        return -x

    result = call(session, "cellfun", Function(fail, "@f"), cell(1.0, 2.0), "ErrorHandler", Function(rescue, "@g"))
    assert result.tolist() == [[1, -2]] and seen == [("no", "my:id", 2.0)]


def test_an_error_without_a_handler_comes_out_as_it_is(session):
    def fail(nargout, x):
        raise ScriptError("my:id", "no")

    with pytest.raises(ScriptError) as caught:
        call(session, "cellfun", Function(fail, "@f"), cell(1.0))
    assert caught.value.identifier == "my:id"


def test_sizes_that_differ_and_what_is_no_cell_are_refused(session):
    with pytest.raises(ScriptError):
        call(session, "cellfun", handle(max), cell(1.0, 2.0), cell(1.0))
    with pytest.raises(ScriptError) as caught:
        call(session, "cellfun", handle(abs), np.ones((1, 2)))
    assert caught.value.identifier == "MATLAB:cellfun:NotACell"


def test_nothing_to_go_over_gives_empties_of_the_same_size(session):
    assert call(session, "cellfun", handle(abs), np.empty((0, 3), object)).shape == (0, 3)
    assert call(session, "cellfun", handle(abs), np.empty((0, 3), object), "UniformOutput", False).dtype == object


def test_a_function_without_result_is_fine_when_none_is_asked_for(session):
    assert call(session, "cellfun", handle(lambda x: None), cell(1.0), nargout=0) is None
    with pytest.raises(ScriptError):
        call(session, "cellfun", handle(lambda x: None), cell(1.0))


def test_arrayfun_goes_over_the_elements_of_any_array(session):
    same = handle(lambda x: x)
    assert call(session, "arrayfun", same, np.array([[1.0, 2.0], [3.0, 4.0]], order="F")).tolist() == [[1, 2], [3, 4]]
    assert call(session, "arrayfun", same, "abc") == "abc"
    assert call(session, "arrayfun", same, np.array([[1, 2]], np.int16)).dtype == np.int16
    assert call(session, "arrayfun", same, string_array(["a", "b"])).data.tolist() == [["a", "b"]]
    structs = StructArray(["a"], np.array([[{"a": 1.0}, {"a": 2.0}]], object))
    assert call(session, "arrayfun", handle(lambda s: s.fields["a"]), structs).tolist() == [[1, 2]]


def test_arrayfun_gives_a_cell_of_a_cell_array_as_1x1_cells(session):
    assert call(session, "arrayfun", handle(lambda c: float(c.item())), cell(1.0, 2.0)).tolist() == [[1, 2]]


def test_structfun_gives_a_column_or_a_struct(session):
    value = Struct({"a": 1.0, "b": 2.0})
    assert call(session, "structfun", handle(lambda x: x * 2), value).tolist() == [[2], [4]]
    made = call(session, "structfun", handle(lambda x: "q"), value, "UniformOutput", False)
    assert made.fields == {"a": "q", "b": "q"}
    with pytest.raises(ScriptError):
        call(session, "structfun", handle(abs), StructArray(["a"], np.empty((0, 0), object)))


def test_a_function_may_be_given_by_name_or_text(session):
    assert call(session, "arrayfun", "abs", np.array([[-1.0, 2.0]])).tolist() == [[1, 2]]
    assert call(session, "cellfun", "@(x) x + 1", cell(1.0)) == 2.0
    with pytest.raises(ScriptError):
        call(session, "cellfun", 5.0, cell(1.0))


def test_the_error_handler_gets_the_plain_message_of_error():
    session = Session()
    session.run("cellfun(@(x) error('a:b', 'no %d', x), {7}, 'ErrorHandler', @(e, x) e, 'UniformOutput', false);")
    report = session["ans"][0, 0].fields
    assert (report["message"], report["identifier"], report["index"]) == ("no 7", "a:b", 1.0)
