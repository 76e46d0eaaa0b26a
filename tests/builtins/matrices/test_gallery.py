"""gallery: each family has the property it is known for."""

import numpy as np
import pytest

PROPERTIES = [
    ("a = gallery('binomial', 4); x = a*a;", 8 * np.eye(4)),
    ("a = gallery('invol', 4); x = a*a;", np.eye(4)),
    ("a = gallery('moler', 3); x = a;", [[1, -1, -1], [-1, 2, 0], [-1, 0, 3]]),
    ("x = gallery('lehmer', 2);", [[1, 0.5], [0.5, 1]]),
    ("x = gallery('circul', 3);", [[1, 2, 3], [3, 1, 2], [2, 3, 1]]),
    ("x = gallery('frank', 3);", [[3, 2, 1], [2, 2, 1], [0, 1, 1]]),
    ("x = gallery('grcar', 4, 1);", [[1, 1, 0, 0], [-1, 1, 1, 0], [0, -1, 1, 1], [0, 0, -1, 1]]),
    ("x = sort(eig(gallery('clement', 4)))';", [[-3, -1, 1, 3]]),
    ("x = full(gallery('tridiag', 3));", [[2, -1, 0], [-1, 2, -1], [0, -1, 2]]),
    ("x = full(gallery('toeppen', 3, 1, 2, 3, 4, 5));", [[3, 4, 5], [2, 3, 4], [1, 2, 3]]),
    ("x = abs(det(gallery('dramadah', 4, 2)));", 1),
    ("x = sum(full(gallery('poisson', 3)));", [[2, 1, 2, 1, 0, 1, 2, 1, 2]]),
    ("x = max(abs(full(gallery('neumann', 9))*ones(9, 1)));", 0),
    ("q = gallery('orthog', 5, 4); x = q*q';", np.eye(5)),
    ("q = gallery('orthog', 5, 2); x = q*q';", np.eye(5)),
    ("rng(1); x = svd(gallery('randsvd', 3, 100, 3))';", [[1, 0.1, 0.01]]),
    ("rng(1); a = gallery('randcolu', 5); x = sum(a.^2);", np.ones((1, 5))),
    ("rng(1); x = sort(eig(gallery('randcorr', [0.5 1.5 1])))';", [[0.5, 1, 1.5]]),
    ("rng(1); a = gallery('randhess', 4); x = a*a';", np.eye(4)),
    ("[v, b, s] = gallery('house', [3; 4]); x = [3; 4] - b*v*(v'*[3; 4]);", [[-5], [0]]),
    ("x = gallery('jordbloc', 2, 7);", [[7, 1], [0, 7]]),
    ("x = gallery('redheff', 3);", [[1, 1, 1], [1, 1, 0], [1, 0, 1]]),
    ("x = gallery('gcdmat', 3);", [[1, 1, 1], [1, 2, 1], [1, 1, 3]]),
    ("a = gallery('ipjfact', 3); [~, d] = gallery('ipjfact', 3); x = det(a)/d;", 1),
    ("a = gallery('ipjfact', 3, 1); [~, d] = gallery('ipjfact', 3, 1); x = det(a)/d;", 1),
    ("x = size(gallery('wathen', 2, 3));", [[29, 29]]),
    ("x = gallery('compar', [1 -2; 3 4]);", [[1, -2], [-3, 4]]),
    ("x = size(gallery('uniformdata', [2 3 4], 5));", [[2, 3, 4]]),
    ("x = gallery(5)^5;", np.zeros((5, 5))),
]


@pytest.mark.parametrize(("code", "value"), PROPERTIES)
def test_a_family_is_what_it_is_known_for(run, code, value):
    run(code)
    assert np.allclose(run["x"], value, atol=1e-9)


def test_families_of_few_entries_are_sparse_and_single_is_single(run):
    run("a = issparse(gallery('poisson', 2)); b = class(gallery('minij', 2, 'single')); c = gallery('minij', -1);")
    assert run["a"] is True and run["b"] == "single" and run["c"].size == 0


def test_unknown_families_and_missing_arguments_are_said(run):
    assert run.fault("gallery('nothing', 3)").identifier == "MATLAB:unrecognizedStringChoice"
    assert run.fault("gallery('minij')").identifier == "MATLAB:minrhs"
    assert run.fault("gallery(4)").identifier == "MATLAB:gallery:invalidInput"
