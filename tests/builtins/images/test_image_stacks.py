import pytest


def test_frames_of_a_stack(run):
    run("m = immovie(cat(4, zeros(2, 2, 3), ones(2, 2, 3))); c = class(m(2).cdata); v = m(2).cdata(1);")
    run("e = isempty(m(1).colormap);")
    assert run["c"] == "uint8" and run["v"] == 255 and run["e"] is True
    run("n = immovie(reshape([1 2 2 1], 1, 2, 1, 2), [0 0 0; 1 1 1]); d = double(n(2).cdata); k = size(n(2).colormap);")
    assert run["d"].tolist() == [[1, 0]] and run["k"].tolist() == [[2, 3]]


@pytest.mark.parametrize("call", ["immovie(ones(3))", "immovie(ones(3, 3, 2))", "immovie(ones(2, 2, 3), gray(2))"])
def test_what_is_no_stack_is_said(run, call):
    assert "m-by-n-by-" in run.fault(call).message
