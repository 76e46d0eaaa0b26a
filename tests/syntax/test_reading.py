"""Bytes of a script file to text."""

import pytest

from cnnscript.errors import ScriptError
from cnnscript.syntax import read_source

CHINESE = "% 卷积神经网络的可视化\nx = '特征图';\n"
WESTERN = "% Größe für die Faltung, déjà vu\nx = 'naïve café';\n"


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (b"x = 1\n", "x = 1\n", "utf-8"),
        (CHINESE.encode(), CHINESE, "utf-8"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), CHINESE, "utf-8"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), CHINESE, "utf-16-le"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), CHINESE, "utf-16-be"),
        (CHINESE.encode("gb18030"), CHINESE, "gb18030"),
        (WESTERN.encode("cp1252"), WESTERN, "windows-1252"),
        ("x = 1; % µ".encode("latin-1"), "x = 1; % µ", "windows-1252"),
        ("% 50 €".encode("cp1252"), "% 50 €", "windows-1252"),
        (b"", "", "utf-8"),
        (b"% \x81\x8d\x8f", "% \ufffd\ufffd\ufffd", "windows-1252"),
    ],
)
def test_a_file_is_read_in_the_encoding_it_was_written_in(tmp_path, content, text, encoding):
    path = tmp_path / "script.m"
    path.write_bytes(content)
    source = read_source(path)
    assert (source.text, source.encoding, source.name) == (text, encoding, str(path))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_all_line_ends_become_newlines(tmp_path, end):
    path = tmp_path / "script.m"
    path.write_bytes(end.join([b"x = 1", b"y = 2", b""]))
    assert read_source(path).text == "x = 1\ny = 2\n"


def test_a_file_with_nul_bytes_is_no_script(tmp_path):
    path = tmp_path / "picture.m"
    path.write_bytes(b"GIF\n89a\0\0")
    with pytest.raises(ScriptError) as caught:
        read_source(path)
    assert caught.value.identifier == "MATLAB:m_not_text"
    assert caught.value.message == f"File '{path}' is not a script: it holds a character with code 0."
    assert (caught.value.span.line, caught.value.span.column) == (2, 4)


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(ScriptError) as caught:
        read_source(tmp_path / "none.m")
    assert caught.value.identifier == "MATLAB:run:CannotRead"
    assert caught.value.message == f"Unable to read file '{tmp_path / 'none.m'}': No such file or directory."
    with pytest.raises(ScriptError, match="Is a directory|Permission denied"):
        read_source(tmp_path)
