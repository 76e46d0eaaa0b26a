"""linsolve: what it is told of a matrix, and its second output."""

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session


@pytest.fixture
def session():
    return Session()


@pytest.mark.parametrize(
    ("opts", "matrix"),
    [
        ("'LT', true", [[4, 0], [1, 3]]),
        ("'UT', true", [[4, 2], [0, 3]]),
        ("'UT', true, 'TRANSA', true", [[4, 0], [2, 3]]),
        ("'SYM', true, 'POSDEF', true", [[4, 1], [1, 3]]),
        ("'LT', false", [[4, 2], [1, 3]]),
    ],
)
def test_what_is_said_of_the_matrix_is_believed(session, opts, matrix):
    session.run(f"x = linsolve([4 2; 1 3], [1; 2], struct({opts}));")
    np.testing.assert_allclose(session["x"], np.linalg.solve(matrix, [[1], [2]]))


def test_the_second_output_is_the_condition_or_the_rank_and_no_warning_comes(session):
    session.run("lastwarn(''); [x, r] = linsolve([1 2; 2 4], [1; 2]); w = lastwarn;")
    session.run("[y, k] = linsolve([1 2; 2 4; 3 6], [1; 2; 3]);")
    assert session["r"] == 0 and session["k"] == 1 and session["w"] == ""


@pytest.mark.parametrize("opts", ["3", "struct('LOWER', true)", "struct('LT', true, 'UT', true)"])
def test_other_options_are_refused(session, opts):
    with pytest.raises(ScriptError) as caught:
        session.run(f"linsolve([4 2; 1 3], [1; 2], {opts})")
    assert caught.value.identifier.startswith("MATLAB:linsolve:")
