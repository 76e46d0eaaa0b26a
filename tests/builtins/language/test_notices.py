"""waitbar, msgbox and the like; isstr, setstr."""


def test_a_waitbar_is_not_the_current_figure(run):
    run("h = waitbar(0, 'a', 'Name', 'b', 'CreateCancelBtn', 'x'); figure; n = get(gcf, 'Number'); w = get(h, 'Name');")
    assert run["n"] == 1 and run["w"] == "b"
    run("waitbar(0.3, h, 'c'); close(h); t = ishandle(h); close all")
    assert run["t"] is False
    assert run.fault("waitbar(0.5, h)")


def test_messages_are_lines(run):
    assert run("errordlg('No file', 'Oh')") == ["Oh: No file"]
    assert run("msgbox({'a', 'b'})") == ["a", "b"]
