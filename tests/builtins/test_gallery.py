"""Test matrices: what makes each family what it is."""

import io

import numpy as np
import pytest

from cnnscript.builtins.gallery import FULL
from cnnscript.errors import ScriptError
from cnnscript.session import Session


def run(text):
    session = Session(out=io.StringIO())
    session.run(text)
    return session


@pytest.mark.parametrize(
    "check",
    [
        "norm(inv(gallery('moler',4)) - inv(gallery('triw',4))*inv(gallery('triw',4))') < 1e-9",
        "isequal(gallery('minij',4), min((1:4)',1:4))",
        "norm(gallery('orthog',5)*gallery('orthog',5)' - eye(5)) < 1e-12",
        "norm(gallery('orthog',5,4)*gallery('orthog',5,4)' - eye(5)) < 1e-12",
        "norm(gallery('binomial',5)^2 - 2^4*eye(5)) < 1e-9",
        "norm(gallery('lehmer',4)*inv(gallery('lehmer',4)) - eye(4)) < 1e-12",
        "abs(det(gallery('frank',6)) - 1) < 1e-9",
        "norm(sort(eig(gallery('clement',4))) - [-3;-1;1;3]) < 1e-9",
        "norm(gallery('chebspec',5)*ones(5,1)) < 1e-12",
        "isequal(gallery('circul',[1 2 3]), [1 2 3;3 1 2;2 3 1])",
        "isequal(sort(round(eig(gallery(3)))), [1;2;3])",
        "isequal(gallery('poisson',4), delsq(numgrid('S',6)))",
        "issymmetric(gallery('wathen',2,3)) && size(gallery('wathen',2,3),1) == 29",
        "issparse(gallery('tridiag',4)) && isequal(full(gallery('tridiag',3,1,2,3)), [2 3 0;1 2 3;0 1 2])",
        "strcmp(class(gallery('pei',3,'single')), 'single')",
    ],
)
def test_a_family_has_the_property_it_is_known_for(check):
    assert run(f"x = {check};")["x"] is True


def test_the_null_vector_comes_with_the_matrix():
    assert np.array_equal(run("[A,z] = gallery('neumann',9); x = A*z;")["x"], np.zeros((9, 1)))


def test_every_family_is_made_for_a_number():
    for name in set(FULL) - {"compar", "krylov", "chebvand"}:
        assert run(f"x = size(gallery('{name}',4),2);")["x"] == 4, name


@pytest.mark.parametrize("text", ["gallery('nosuch',3)", "gallery(4)", "gallery('minij',1,2,3)", "gallery('hanowa',3)"])
def test_what_there_is_not_is_an_error(text):
    with pytest.raises(ScriptError):
        run(text)
