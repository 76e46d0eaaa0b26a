"""What there is to wait for: seen while it lasts, gone afterwards."""

from cnnscript.repl.status_line import ERASE, StatusLine


def test_waiting_is_shown_on_one_line_and_erased(capsys):
    status = StatusLine(terminal=True)
    status("loading TensorFlow ...")
    status("reading weights ...")
    status("")
    status("")
    said = capsys.readouterr()
    assert said.out == "" and said.err == f"{ERASE}loading TensorFlow ...{ERASE}reading weights ...{ERASE}"


def test_a_long_line_is_cut_so_that_it_can_be_erased(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    StatusLine(terminal=True)("x" * 30 + " ...")
    assert capsys.readouterr().err == ERASE + "x" * 19


def test_news_stay(capsys):
    status = StatusLine(terminal=True)
    status("checking ...")
    status("a.npz is damaged; renamed to a.npz.corrupt")
    status("")
    assert capsys.readouterr().err == f"{ERASE}checking ...{ERASE}a.npz is damaged; renamed to a.npz.corrupt\n"


def test_where_nobody_watches_only_news_are_written(capsys):
    status = StatusLine(terminal=False)
    for text in ("loading ...", "cannot write x", ""):
        status(text)
    assert capsys.readouterr().err == "cannot write x\n"


def test_a_terminal_that_only_types_is_overwritten_with_spaces(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    status = StatusLine(terminal=True)
    status("waiting ...")
    status("")
    assert capsys.readouterr().err == f"\r\rwaiting ...\r{' ' * 11}\r" and not status.unicode
