"""Open files: lines, bytes, places in them; whole files as text."""

import io

import numpy as np
import pytest

from cnnscript.builtins.language.streams import OpenFiles
from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Session(out=io.StringIO(), err=io.StringIO())
    made.folder = tmp_path
    yield made
    made.files.close_all()


def fault(session, code):
    with pytest.raises(ScriptError) as caught:
        session.run(code)
    return caught.value


def test_files_are_numbered_from_three_and_numbers_come_back(session):
    session.run(
        "a = fopen('a.txt', 'w'); b = fopen('b.txt', 'w'); fclose(a); c = fopen('c.txt', 'w'); n = fopen('all');"
    )
    assert (session["a"], session["b"], session["c"]) == (3.0, 4.0, 3.0) and session["n"].tolist() == [[3, 4]]


def test_a_file_that_cannot_be_opened_is_minus_one_with_a_reason(session):
    session.run("[f, why] = fopen('no/such.txt');")
    assert session["f"] == -1.0 and session["why"] == "No such file or directory"
    bad = fault(session, "fgetl(f)")
    assert bad.identifier == "MATLAB:FileIO:InvalidFid" and "fopen gives -1" in bad.hint


def test_lines_until_the_end(session):
    (session.folder / "a.txt").write_bytes(b"one\r\ntwo\nthree")
    session.run(
        "f = fopen('a.txt'); n = 0; t = ''; while ~feof(f), t = [t '|' fgetl(f)]; n = n + 1; end;"
        "e = fgetl(f); fclose(f);"
    )
    assert session["t"] == "|one|two|three" and session["n"] == 3.0 and session["e"] == -1.0


def test_the_loop_over_ischar_of_fgetl(session):
    (session.folder / "a.txt").write_text("one\n\ntwo\n")
    session.run("f = fopen('a.txt'); n = 0; l = fgetl(f); while ischar(l), n = n + 1; l = fgetl(f); end; fclose(f);")
    assert session["n"] == 3.0


def test_printing_into_a_file(session):
    session.run("f = fopen('a.txt', 'w'); n = fprintf(f, '%d %s\\n', 5, 'é'); fclose(f); t = fileread('a.txt');")
    assert session["t"] == "5 é\n" and session["n"] == 5.0


def test_bytes_keep_their_class_and_order(session):
    session.run("f = fopen('a.bin', 'w'); fwrite(f, [1 256], 'uint16', 0, 'ieee-be'); fclose(f);")
    assert (session.folder / "a.bin").read_bytes() == b"\x00\x01\x01\x00"
    session.run("f = fopen('a.bin'); a = fread(f, [1 2], '*uint16', 0, 'b'); frewind(f); b = fread(f); fclose(f);")
    assert session["a"].dtype == np.uint16 and session["a"].tolist() == [[1, 256]]
    assert session["b"].tolist() == [[0], [1], [1], [0]]


def test_text_read_as_characters(session):
    (session.folder / "a.txt").write_text("abc")
    session.run("f = fopen('a.txt'); a = fread(f, '*char')'; fclose(f);")
    assert session["a"] == "abc"


def test_places_in_a_file(session):
    (session.folder / "a.txt").write_text("abcdef")
    session.run("f = fopen('a.txt'); s = fseek(f, -2, 'eof'); a = fgetl(f); p = ftell(f);")
    assert session["a"] == "ef" and session["p"] == 6.0 and session["s"] == 0.0


def test_reading_a_file_opened_for_writing_is_an_error_and_the_other_way_round(session):
    assert fault(session, "f = fopen('a.txt', 'w'); fgetl(f)").identifier == "MATLAB:FileIO:NotReadable"
    assert fault(session, "g = fopen('a.txt', 'r'); fprintf(g, 'x')").identifier == "MATLAB:FileIO:NotWritable"
    assert fault(session, "fopen('a.txt', 'q')").identifier == "MATLAB:FileIO:InvalidPermission"


def test_whole_files_in_any_encoding(session):
    (session.folder / "w.txt").write_bytes("é".encode("cp1252"))
    (session.folder / "u.txt").write_bytes("\ufeffé".encode())
    session.run("a = fileread('w.txt'); b = fileread('u.txt');")
    assert session["a"] == session["b"] == "é"
    assert fault(session, "fileread('none.txt')").identifier == "MATLAB:fileread:cannotOpenFile"


def test_lines_of_a_file_as_strings(session):
    session.run(
        'writelines(["a" " b" ""], \'l.txt\'); s = readlines(\'l.txt\', EmptyLineRule="skip", WhitespaceRule="trim");'
    )
    assert session["s"].data.ravel().tolist() == ["a", "b"]
    session.run("writelines('c', 'l.txt', WriteMode='append'); t = readlines('l.txt');")
    assert session["t"].data.ravel().tolist() == ["a", " b", "", "c", ""]


def test_closing_all_closes_the_streams(tmp_path):
    files = OpenFiles()
    number = files.open(str(tmp_path / "a"), "a", "w", "<", "utf-8")
    stream = files.find(float(number)).stream
    files.close_all()
    assert stream.closed and not files.files


def test_a_file_cannot_be_positioned_before_its_start_or_beyond_its_end(session):
    session.run(
        "f = fopen('a.txt', 'w'); fprintf(f, 'abcdef'); fclose(f); f = fopen('a.txt'); fseek(f, 2, 'bof');\n"
        "s = [fseek(f, 7, 'bof') fseek(f, -3, 'bof') ftell(f) fseek(f, 0, 'eof') ftell(f)]; fclose(f);"
    )
    assert session["s"].tolist() == [[-1, -1, 2, 0, 6]]
