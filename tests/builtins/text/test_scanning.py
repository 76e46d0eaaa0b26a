"""sscanf and fscanf."""

import io

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.text import scanning  # noqa: F401  declares what is tested
from cnnscript.session import Session
from cnnscript.values.text import CharArray


def call(name, *args, nargout=1):
    return find(name).bind(None)(nargout, *args)


def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.mark.parametrize(
    ("text", "template", "size", "wanted"),
    [
        ("3 4 5", "%d", None, [[3], [4], [5]]),
        ("3 4 5", "%d", 2.0, [[3], [4]]),
        ("1,2,3", "%d,", None, [[1], [2], [3]]),
        ("10:20", "%d:%d", None, [[10], [20]]),
        ("abc", "%s", None, "abc"),
        ("ab 1", "%s %d", None, [[97], [98], [1]]),
        ("1 2 3 4", "%d", np.array([[2.0, 2.0]]), [[1, 3], [2, 4]]),
        ("1 2 3", "%d", np.array([[2.0, np.inf]]), [[1, 3], [2, 0]]),
        ("ff", "%x", None, 255.0),
        ("1234", "%2d", None, [[12], [34]]),
        ("0177 -0x1F 9", "%i", None, [[127], [-31], [9]]),
        ("3.5kg", "%fkg", None, 3.5),
        ("7 skip 8", "%d %*s %d", None, [[7], [8]]),
        ("a1b2", "a%db%d", None, [[1], [2]]),
        ("50%", "%d%%", None, 50.0),
        ("xyz", "%d", None, []),
        ("NaN inf", "%f", None, "nan"),
    ],
)
def test_numbers_read_by_a_format(text, template, size, wanted):
    found = call("sscanf", text, template, *([] if size is None else [size]))
    if wanted == "nan":
        assert np.isnan(found[0, 0]) and np.isinf(found[1, 0])
    else:
        assert plain(found) == wanted


def test_whole_numbers_of_64_bits_are_exact():
    found = call("sscanf", "9007199254740993 -1", "%ld")
    assert found.dtype == np.int64 and found.ravel().tolist() == [2**53 + 1, -1]
    assert call("sscanf", "ffffffffffffffff", "%lx") == np.uint64(2**64 - 1)
    assert type(call("sscanf", "12 1.5", "%ld %f")[0, 0]) is np.float64


def test_a_char_matrix_is_read_column_by_column():
    assert call("sscanf", CharArray(np.array([[97, 98], [99, 100]], np.uint32)), "%s") == "acbd"


def test_sscanf_tells_how_much_and_how_far():
    _, count, message, place = call("sscanf", "1 2 x", "%d", nargout=4)
    assert (count, message, place) == (2.0, "Matching failure in format.", 5.0)
    assert call("sscanf", "1 2", "%d", nargout=3)[2] == ""


def test_fscanf_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("1 2 é 3")
    session = Session(out=io.StringIO())
    session.run("f = fopen('a.txt'); a = fscanf(f, '%d'); s = fscanf(f, '%s', 1); b = fscanf(f, '%d'); fclose(f);")
    assert session["a"].tolist() == [[1], [2]] and session["s"] == "é" and session["b"] == 3.0
