import pytest


def test_linked_axes_follow_each_other_until_the_link_ends(run):
    run("a = subplot(1,2,1); plot(1:3); b = subplot(1,2,2); plot(1:9); linkaxes([a b], 'x');")
    run("xlim(b, [0 5]); x = xlim(a); y = ylim(a);")
    assert run["x"].tolist() == [[0, 5]] and run["y"].tolist() == [[1, 3]]
    run("linkaxes([a b], 'off'); xlim(b, [7 8]); x = xlim(a);")
    assert run["x"].tolist() == [[0, 5]]


@pytest.mark.parametrize("text", ["linkaxes(gcf)", "linkaxes(gca, 'q')"])
def test_what_cannot_be_linked_is_refused(run, text):
    assert run.fault(text).message
