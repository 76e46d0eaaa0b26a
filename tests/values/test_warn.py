from cnnscript.values import warn


def test_a_warning_goes_where_it_is_sent():
    heard = []
    previous = warn.set_hook(lambda identifier, message: heard.append((identifier, message)))
    try:
        warn.warn("MATLAB:test", "careful")
    finally:
        warn.set_hook(previous)
    assert heard == [("MATLAB:test", "careful")]


def test_without_a_receiver_it_goes_to_standard_error(capsys):
    previous = warn.set_hook(None)
    try:
        warn.warn("MATLAB:test", "careful")
    finally:
        warn.set_hook(previous)
    assert capsys.readouterr().err == "Warning: careful\n"
