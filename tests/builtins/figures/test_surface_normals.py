import numpy as np
import pytest


def test_normals_of_a_slope(run):
    run("[x, y] = meshgrid(0:4); [nx, ny, nz] = surfnorm(x, y, x); n = [nx(7) ny(7) nz(7)];")
    assert run["n"].tolist()[0] == pytest.approx([-np.sqrt(0.5), 0, np.sqrt(0.5)])


def test_dull_surfaces_throw_light_back_by_the_cosine(run):
    run("d = diffuse(0, 0, 1, [0 30]); s = specular(0, 0, 1, [0 30], [180 30]); "
        "t = specular(0, 0, 1, [0 30], [0 90], 2);")  # fmt: skip
    assert run["d"] == pytest.approx(0.5) and run["s"] == pytest.approx(1) and run["t"] == pytest.approx(0.25)


def test_the_colours_of_surfl_are_shares_of_light(run):
    run("s = surfl(zeros(4), [0 90], [1 1 0 1]); c = s.CData(1); n = numel(surfl(peaks(5), 'light'));")
    assert run["c"] == pytest.approx(1) and run["n"] == 2
