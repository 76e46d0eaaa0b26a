"""Axes in panels."""

import numpy as np
import pytest


@pytest.fixture
def run(tmp_path, monkeypatch):
    import io

    from cnnscript.session import Session

    monkeypatch.chdir(tmp_path)
    return Session(out=io.StringIO(), err=io.StringIO(), figures="words")


def test_positions_in_a_panel_are_parts_of_the_panel(run):
    run.run("p = uipanel('Position', [0.5 0 0.5 1]); ax = axes('Parent', p); q = ax.Position;")
    run.run("n = numel(findobj(gcf, 'Type', 'axes'));")
    axes = run["ax"].graphic
    box = axes.plot_box()
    assert run["q"].tolist() == [[0.13, 0.11, 0.775, 0.815]] and run["n"] == 1
    assert box.left > 280 and box.left + box.width < 560 and box.width == pytest.approx(0.775 * 280, abs=2)


def test_subplots_of_a_panel_leave_those_of_another_alone(run):
    run.run("p = uipanel('Position', [0 0 0.5 1]); q = uipanel('Position', [0.5 0 0.5 1]);")
    run.run("a = subplot(2, 1, 1, 'Parent', p); b = subplot(2, 1, 1, 'Parent', q); c = subplot(1, 1, 1, 'Parent', q);")
    run.run("d = [isvalid(a) isvalid(b) isvalid(c)];")
    assert np.array_equal(run["d"], [[True, False, True]])


def test_a_layout_in_a_panel(run):
    run.run("p = uipanel('Position', [0.5 0 0.5 1]); t = tiledlayout(p, 2, 1); a = nexttile(t); plot(a, 1:3);")
    assert run["a"].graphic.plot_box().left > 280
