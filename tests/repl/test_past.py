"""The history file: kept where that is possible, never a reason to stop."""

import os

import pytest
from prompt_toolkit.history import InMemoryHistory

from cnnscript.repl import past


def test_entries_are_kept_newest_first(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "inner" / "history"))
    for text in ("x = 1", "for k = 1\n    y\nend"):
        past.history().append_string(text)
    assert list(past.history().load_history_strings()) == ["for k = 1\n    y\nend", "x = 1"]


def test_where_no_file_can_be_written_memory_serves(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "file" / "history"))
    assert isinstance(past.history(), InMemoryHistory)


def test_a_full_disk_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "history"))
    kept = past.history()
    kept.filename = str(tmp_path)  # a folder: opening it fails as a full disk does
    kept.append_string("x = 1")
    assert kept.get_strings() == ["x = 1"]


def test_bytes_that_are_no_text_are_kept_as_question_marks(tmp_path, monkeypatch):
    """Older releases of prompt_toolkit fail to write them, and the prompt stands still."""
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "history"))
    written = []
    monkeypatch.setattr(past.FileHistory, "store_string", lambda self, text: written.append(text.encode("utf-8")))
    past.history().append_string("x = '\udcff'")
    assert written == [b"x = '?'"]


def test_a_long_file_keeps_its_newer_half(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNSCRIPT_HISTORY", str(tmp_path / "history"))
    monkeypatch.setattr(past, "MOST_BYTES", 1000)
    for k in range(100):
        past.history().append_string(f"x = {k}")
    entries = list(past.history().load_history_strings())
    assert entries[0] == "x = 99" and 10 < len(entries) < 40 and os.listdir(tmp_path) == ["history"]
    assert all(entry == f"x = {99 - k}" for k, entry in enumerate(entries))


@pytest.mark.parametrize("name", ["history", "other"])
def test_the_folder_is_the_users_data_folder(name, monkeypatch, tmp_path):
    monkeypatch.delenv("CNNSCRIPT_HISTORY", raising=False)
    monkeypatch.setattr(past, "folder", lambda: tmp_path / name)
    past.history()
    assert (tmp_path / name / "history").exists()
