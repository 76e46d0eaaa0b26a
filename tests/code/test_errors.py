"""Where an error is said to be, what is marked and noted, and the stack that a script sees."""

import os
import signal
import sys
import threading

import pytest

from cnnscript.code import InternalError, runtime
from cnnscript.errors import ScriptError
from cnnscript.session import Session

PLACES = [
    ("a = [1 2 3];\nb = a(7);", "a(7)"),
    ("a = [1 2 3];\nb = 1 + a(2, 2);", "a(2, 2)"),
    ("x = foo + 1;", "foo"),
    ("x = 1;\ny = x.field;", "x.field"),
    ("s.a = 1;\ny = s.b;", "s.b"),
    ("c = {1};\ny = c{3};", "c{3}"),
    ("c = {1};\nc{3}(4).x{2} = foo(1);", "foo(1)"),
    ("for k = 1:3\n  y = [1 2];\n  y(k);\nend", "y(k)"),
    ("if [1 2] + [1 2 3]\nend", "+"),
    ("x = ~{1};", "~{1}"),
    ("f = @(t) t * ones(2, 3);\nf(ones(4))", "*"),
    ("A = zeros(2, 2);\nfor i = 1:3\n  for j = 1:2\n    B = A(i, j);\n  end\nend", "A(i, j)"),
    ("x = 1;\nx = ...\n  x + foo;", "foo"),
    ("x = [1 2 3];\nx(1:2) = [1 2 3];", "x(1:2) = [1 2 3]"),
    ("error('my:id', 'own message');", "error('my:id', 'own message')"),
]


@pytest.mark.parametrize(("text", "marked"), PLACES, ids=[row[1] for row in PLACES])
def test_the_span_is_the_expression_that_failed(fails, text, marked):
    assert fails(text).span.text == marked


def test_an_operator_marks_its_operands_and_names_them(fails):
    error = fails("a = [1 2 3];\nb = [1 2];\nc = a + b;")
    assert error.span.text == "+"
    assert [mark.text for mark in error.marks] == ["a", "b"]
    assert error.notes == ("a is 1x3", "b is 1x2")


def test_an_operand_without_a_name_is_left_or_right(fails):
    error = fails("a = [1 2 3];\nc = a + [1 2];")
    assert error.notes == ("a is 1x3", "right is 1x2")


def test_the_stack_names_functions_files_and_lines(fails):
    text = "x = 1;\nouter(x);\nfunction outer(a)\n  inner(a);\nend\nfunction inner(b)\n  b(9);\nend\n"
    error = fails(text, "folder/main.m")
    assert [(frame.name, frame.line) for frame in error.stack[:2]] == [("inner", 7), ("outer", 4)]
    assert all(frame.file == "folder/main.m" for frame in error.stack)


def test_a_script_file_is_on_its_own_stack(tmp_path):
    path = tmp_path / "show_it.m"
    path.write_text("x = 1;\ny = x(4);\n")
    session = Session()
    with pytest.raises(Exception) as caught:
        session.run_file(str(path))
    assert [(frame.name, frame.line) for frame in caught.value.stack] == [("show_it", 2)]


def test_an_anonymous_function_is_on_the_stack_under_its_text(fails):
    error = fails("f = @(t) t(5);\nf(1);")
    assert error.stack[0].name == "@(t)t(5)"


def test_a_caught_error_knows_identifier_message_and_stack(run):
    text = """
try
  f(3);
catch err
end
id = err.identifier; text = err.message; name = err.stack(1).name; line = err.stack(1).line;
kind = class(err);
function f(k)
  k(8);
end
"""
    ran = run(text)
    assert ran["id"] == "MATLAB:badsubscript"
    assert ran["text"] == "Index exceeds the number of array elements. Index must not exceed 1."
    assert (ran["name"], ran["line"], ran["kind"]) == ("f", 9.0, "MException")


def test_rethrow_keeps_where_it_was(fails):
    text = "try\n  f();\ncatch err\n  rethrow(err)\nend\nfunction f\n  x = 1;\n  x(9);\nend\n"
    error = fails(text)
    assert error.span.text == "x(9)"
    assert error.stack[0].name == "f"


def test_what_is_thrown_is_said_to_be_where_it_was_thrown(fails):
    error = fails("e = MException('a:b', 'message %d', 4);\nx = 1;\nthrow(e)")
    assert (error.identifier, error.message, error.span.text) == ("a:b", "message 4", "throw(e)")


def test_an_error_in_evaluated_text_is_placed_in_that_text(fails):
    error = fails("x = 1;\neval('y = x + [');")
    assert error.span is not None
    error = fails("x = [1 2 3];\neval('y = x(7);');")
    assert error.span.text == "x(7)"


def test_our_own_faults_are_no_errors_of_the_program_and_pass_every_catch():
    session = Session()
    session.builtin("numel")
    bound = session._bound["numel"]

    def broken(nargout, *args):
        raise ZeroDivisionError("ours")

    session._bound["numel"] = bound._replace(call=broken)
    with pytest.raises(InternalError) as caught:
        session.run("try\n  x = numel(3);\ncatch\n  x = 2;\nend")
    assert caught.value.span.text == "numel(3)"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_out_of_memory_is_an_error_of_the_program(fails):
    session_error = fails("x = zeros(1e6);")
    assert "array exceeds maximum array size" in session_error.message or session_error.identifier == "MATLAB:nomem"


def test_out_of_memory_of_tensorflow_is_one_too():
    session = Session()
    session.builtin("numel")

    class ResourceExhaustedError(Exception):
        """As TensorFlow's is called."""

    def greedy(nargout, *args):
        raise ResourceExhaustedError("{{node}} OOM when allocating tensor with shape[32,512,9] and type float on CPU:0")

    session._bound["numel"] = session._bound["numel"]._replace(call=greedy)
    with pytest.raises(ScriptError) as caught:
        session.run("x = numel(3);")
    assert (caught.value.identifier, caught.value.message) == ("MATLAB:nomem", "Out of memory.")
    assert caught.value.notes == ("TensorFlow wanted room for 32x512x9 numbers",)


def test_names_that_the_system_cannot_write_are_errors_of_the_program(fails, monkeypatch):
    assert fails("mkdir(char([97 0 98]))").message == "A name for the system cannot hold a character with code 0."
    error = fails("mkdir(char([97 55296]))")
    assert error.message.endswith("cannot be written in utf-8, the encoding of file names here.")
    assert error.notes == ("it has no U+D800",)
    monkeypatch.setattr(os, "mkdir", lambda name, *more: name.encode("ascii"))
    monkeypatch.setattr(os, "makedirs", lambda name, *more, **how: name.encode("ascii"))
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    error = fails("mkdir('année')")
    assert error.message == "The name 'année' cannot be written in ascii, the encoding of file names here."
    assert error.hint.startswith("the environment variable PYTHONUTF8=1")


def test_ctrl_c_comes_back_with_the_workspace_whole():
    session = Session()
    session.run("kept = 5;")
    timer = threading.Timer(0.3, lambda: signal.raise_signal(signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        session.run("k = 0;\nwhile true\n  k = k + 1;\n  try, x = [1 2 3]; x(2) = k; catch, end\nend")
    timer.cancel()
    assert session.variables["k"] > 0
    assert session.variables["kept"] == 5.0

def test_variables_are_kept_where_ctrl_c_leaves_a_loop_without_its_end(monkeypatch):
    """As Python 3.13 lets it at the jump back of a `while`: the `finally` around the loop does not run."""
    monkeypatch.setitem(runtime.COMMON, "_leave", lambda *given: None)
    session = Session()
    session.builtin("numel")

    def stopped(nargout, value):
        if value == 3:
            raise KeyboardInterrupt
        return 1.0

    session._bound["numel"] = session._bound["numel"]._replace(call=stopped)
    with pytest.raises(KeyboardInterrupt):
        session.run("kept = 7; k = 0; while true, k = k + 1; n = numel(k); end")
    assert session.variables == {"kept": 7.0, "k": 3.0, "n": 1.0}



def test_variables_survive_an_error(run):
    ran = run("x = 1;")
    with pytest.raises(Exception, match="Unrecognized"):
        run("x = 2; y = 3; foo", into=ran)
    assert (ran["x"], ran["y"]) == (2.0, 3.0)


def test_an_undefined_name_comes_with_a_hint(fails):
    error = fails("myvalue = 3; x = myvlaue + 1;")
    assert error.identifier == "MATLAB:UndefinedFunction"
    assert "myvalue" in (error.hint or "")


def test_an_unrecognized_field_lists_the_fields(fails):
    error = fails("s.width = 1; s.height = 2; x = s.widht;")
    assert error.message == 'Unrecognized field name "widht".'
    assert error.hint == "did you mean 'width'?"


def test_too_many_operators_are_no_recursion(fails):
    assert fails("x = " + "+".join("1" * 20_000) + ";").message.startswith("A value is nested too deeply")
    assert fails("f = @(g) g(g); f(f)").message == "Maximum recursion limit of 500 reached."
