"""Code kept between runs: the same answers, only where nothing it was made from changed, and never a fault."""

import io
import os

import pytest

from cnnscript.code import kept_code
from cnnscript.code.kept_code import KeptUnit
from cnnscript.errors import ScriptError
from cnnscript.session import Session

PROGRAM = """\
function [r, s] = big(n, varargin)
persistent calls
if isempty(calls), calls = 0; end
calls = calls + 1;
s = calls;
r = [1 2 3] * n + part(n, "text");
for k = 1:n
    r(end+1) = inner(k);
end
    function y = inner(x)
        y = x + sqrt(n);
    end
end
function y = part(x, word)
y = numel(char(word)) + double(int32(0)) + double(uint8(3)) + helper(x);
end
function fails(x)
y = x + zz_nothing;
end
function fails_too(x)
y = fails(x) + [1 2 3] * [4 5];
end
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_code, "LEAST", 0)
    place = tmp_path / "program"
    place.mkdir()
    monkeypatch.chdir(place)
    (place / "big.m").write_text(PROGRAM)
    (place / "helper.m").write_text("function y = helper(x)\ny = x;\nend\n")
    old = 1_600_000_000
    for name in ("big.m", "helper.m"):
        os.utime(place / name, (old, old))
    return place


def kept_files(folder):
    inner = folder.parent / "cache" / "code"
    return sorted(inner.iterdir()) if inner.exists() else []


def run(text):
    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    session.run(text)
    session.close()
    unit = session._programs[os.path.join(os.getcwd(), "big.m")][1]
    return session, unit


def test_the_second_run_gives_the_same_without_reading_the_tree(folder):
    first, unit = run("[r, s] = big(2); [r, s] = big(2);")
    assert type(unit) is not KeptUnit
    second, unit = run("[r, s] = big(2); [r, s] = big(2);")
    assert type(unit) is KeptUnit and unit._whole is None
    assert first["r"].tolist() == second["r"].tolist() and second["s"] == 2.0


def test_errors_in_kept_code_have_their_place(folder):
    rendered = []
    for _ in range(2):
        session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
        with pytest.raises(ScriptError) as caught:
            session.run("big(2); fails_here = @() big('a', 3); x = big(2); feval(@big, 1); fails(3)")
        rendered.append(caught.value.render())
        session.run("f = @big; n = [nargin('big'), nargout('big')];")
        assert session["n"].tolist() == [[-2, 2]]
        session.close()
    assert rendered[0] == rendered[1]


def test_a_changed_text_is_read_anew(folder):
    run("big(2);")
    (folder / "big.m").write_text(PROGRAM.replace("[1 2 3] * n", "[7 8 9] * n"))
    session, unit = run("r = big(1);")
    assert type(unit) is not KeptUnit
    assert session["r"].tolist() == [[7 + 8, 8 + 8, 9 + 8, 2]]


def test_a_name_that_means_something_else_now_has_its_function_made_anew(folder):
    session, _ = run("r = big(1);")
    (folder / "numel.m").write_text("function n = numel(x)\nn = 100;\nend\n")
    changed, unit = run("r = big(1);")
    assert type(unit) is KeptUnit
    assert (changed["r"] - session["r"]).tolist() == [[96, 96, 96, 0]]


@pytest.mark.parametrize("damage", [b"", b"cnnscript code 1", b"\0" * 5000, None])
def test_a_damaged_file_is_as_good_as_none(folder, damage):
    session, _ = run("r = big(1);")
    for path in kept_files(folder):
        content = path.read_bytes()
        path.write_bytes(content[:-7] + b"damaged" if damage is None else damage)
    again, unit = run("r = big(1);")
    assert type(unit) is not KeptUnit
    assert again["r"].tolist() == session["r"].tolist()


def test_nowhere_to_write_is_no_fault(folder, monkeypatch):
    (folder.parent / "cache").mkdir()
    (folder.parent / "cache" / "code").write_text("a file, no folder")
    session, _ = run("r = big(1);")
    assert session["r"].shape == (1, 4)


def test_functions_first_called_in_a_later_run_join_what_is_kept(folder):
    text = PROGRAM + 'function y = later(x)\ny = [10 20] + x + strlength("abc");\nend\n'
    text = text.replace("s = calls;", "s = calls;\nif numel(varargin), r = later(n); return, end")
    (folder / "big.m").write_text(text)
    run("a = big(2);")
    _, unit = run("b = big(2, 1);")
    assert unit._whole is not None
    session, unit = run("a = big(2); b = big(2, 1);")
    assert unit._whole is None
    assert session["b"].tolist() == [[15, 25]]


def test_the_folder_stays_small_and_the_oldest_go_first(folder, monkeypatch):
    run("big(2);")
    (old,) = [path for path in kept_files(folder) if b"persistent" in path.read_bytes()]
    os.utime(old, (1, 1))
    monkeypatch.setattr(kept_code, "MOST_BYTES", old.stat().st_size + 2000)
    (folder / "big.m").write_text(PROGRAM + "% changed\n")
    run("big(2);")
    assert kept_files(folder) and old not in kept_files(folder)
