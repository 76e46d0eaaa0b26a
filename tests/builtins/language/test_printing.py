"""disp, display, format, fprintf, who and whos, called as a program calls them."""

import io
from types import SimpleNamespace

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.language import printing
from cnnscript.display import Format
from cnnscript.errors import ScriptError
from cnnscript.values.text import CharArray, String


class Files:
    """Stands for the session's open files."""

    def __init__(self):
        self.written = {}

    def write(self, file, text):
        self.written[file] = self.written.get(file, "") + text


@pytest.fixture
def session():
    return SimpleNamespace(out=io.StringIO(), err=io.StringIO(), format=Format(), files=Files())


def call(session, name, *args, nargout=0, scope=None):
    bound = find(name).bind(session)
    return bound(scope, nargout, *args) if find(name).needs_scope else bound(nargout, *args)


def printed(session):
    return session.out.getvalue()


def test_disp_prints_in_the_current_format(session):
    call(session, "disp", np.pi)
    call(session, "format", "long")
    call(session, "disp", np.pi)
    call(session, "disp", "text")
    assert printed(session) == "    3.1416\n\n   3.141592653589793\n\ntext\n"


def test_display_finds_the_name_of_a_variable_and_takes_one(session):
    value = np.array([[1.0, 2.0]])
    call(session, "display", value, scope={"x": value, "y": 3.0})
    call(session, "display", value, "z", scope={})
    call(session, "display", 3.0, scope={})
    assert printed(session) == "\nx =\n\n     1     2\n\n\nz =\n\n     1     2\n\n     3\n\n"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (("long",), Format("long")), (("short", "g"), Format("shortG")), (("LongE",), Format("longE")),
        (("compact",), Format("short", "compact")), (("rat",), Format("rational")), ((), Format()),
        (("+",), Format("+")), ((String.of("bank"),), Format("bank")),
    ],
)  # fmt: skip
def test_format_words(session, words, form):
    session.format = Format() if words else Format("long", "compact")
    call(session, "format", *words)
    assert session.format == form


def test_format_keeps_what_a_word_does_not_name(session):
    call(session, "format", "compact")
    call(session, "format", "long")
    assert session.format == Format("long", "compact")


def test_a_format_can_be_taken_and_handed_back(session):
    call(session, "format", "long")
    taken = call(session, "format", nargout=1)
    call(session, "format")
    call(session, "format", taken)
    assert session.format == Format("long")
    assert taken.get("NumericFormat").data.item() == "long"
    changed = taken.set("LineSpacing", "compact")
    assert (changed.form, taken.form) == (Format("long", "compact"), Format("long"))


def test_an_unknown_format_is_named_and_changes_nothing(session):
    with pytest.raises(ScriptError, match="Unknown command option 'lng'.") as caught:
        call(session, "format", "lng")
    assert caught.value.hint == "did you mean 'long'?"
    assert session.format == Format()


def test_fprintf_prints_to_the_screen_the_error_output_and_files(session):
    assert call(session, "fprintf", "%d: %s\n", 3.0, "hey") is None
    call(session, "fprintf", 1.0, "one\n")
    call(session, "fprintf", 2.0, "%s\n", "two")
    call(session, "fprintf", 7.0, String.of("%d"), 5.0)
    assert (printed(session), session.err.getvalue()) == ("3: hey\none\n", "two\n")
    assert session.files.written == {7: "5"}


def test_fprintf_counts_bytes_when_asked(session):
    assert call(session, "fprintf", "é\n", nargout=1) == 3.0


def test_fprintf_refuses_formats_that_are_no_text_and_files_that_are_not_open(session):
    with pytest.raises(ScriptError, match="Invalid format."):
        call(session, "fprintf", np.empty((1, 1), object))
    session.files = None
    with pytest.raises(ScriptError) as caught:
        call(session, "fprintf", 9.0, "x")
    assert caught.value.identifier == "MATLAB:FileIO:InvalidFid"
    assert printed(session) == ""


def test_a_char_matrix_as_format_is_read_column_by_column():
    assert printing.template_of(CharArray(np.array([[97, 98], [99, 100]], np.uint32)), "fprintf") == "acbd"


def test_who_lists_chosen_names_and_gives_them_as_a_cell(session):
    scope = {"b": 1.0, "abc": 2.0, "A": 3.0}
    call(session, "who", scope=scope)
    assert printed(session) == "\nYour variables are:\n\nA    abc  b    \n\n"
    assert call(session, "who", "a*", nargout=1, scope=scope).tolist() == [["abc"]]
    assert call(session, "who", "-regexp", "^[ab]$", nargout=1, scope=scope).tolist() == [["b"]]
    assert call(session, "who", "nothing", scope=scope) is None


def test_whos_prints_a_table_and_gives_structs(session):
    scope = {"word": "abc", "z": 1j}
    call(session, "whos", scope=scope)
    assert printed(session) == (
        "  Name      Size            Bytes  Class     Attributes\n\n"
        "  word      1x3                 6  char                \n"
        "  z         1x1                16  double    complex   \n\n"
    )
    rows = call(session, "whos", nargout=1, scope=scope).data
    assert [(row["name"], row["bytes"], row["class"], row["complex"]) for row in rows[:, 0]] == [
        ("word", 6.0, "char", False), ("z", 16.0, "double", True),
    ]  # fmt: skip
    assert rows[0, 0]["size"].tolist() == [[1.0, 3.0]]


def test_formatted_display_text_is_what_disp_prints(session):
    assert call(session, "formattedDisplayText", 5.0, nargout=1).data.item() == "     5\n\n"


def test_whos_marks_globals_and_lists_them_alone():
    from cnnscript.session import Session

    out = io.StringIO()
    Session(out=out).run("global G; G = 1; a = 2; whos global")
    lines = [line for line in out.getvalue().splitlines() if line.strip()]
    assert lines[1:] == ["  G         1x1                 8  double    global    "]


def test_formatted_display_text_takes_a_format_of_its_own(session):
    text = call(session, "formattedDisplayText", np.pi, "NumericFormat", "long", "LineSpacing", "compact", nargout=1)
    assert text.data.item() == "   3.141592653589793\n"
    row = np.array([[True, False]])
    assert call(session, "formattedDisplayText", row, "LineSpacing", "compact", "UseTrueFalseForLogical", True,
                nargout=1).data.item() == "    true   false\n"  # fmt: skip
    assert session.format == Format()
    with pytest.raises(ScriptError):
        call(session, "formattedDisplayText", row, "LineSpacing", "wide", nargout=1)


def test_format_default_is_format_alone(session):
    call(session, "format", "longG")
    call(session, "format", "compact")
    call(session, "format", "default")
    assert session.format == Format()
