"""Groups, piecewise polynomials, integrals."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnscript.builtins import find
from cnnscript.builtins.tables import groups  # noqa: F401  declare what is tested
from cnnscript.errors import ScriptError
from cnnscript.values.categorical import Categorical
from cnnscript.values.functions import Function
from cnnscript.values.text import cell_of_texts

SESSION = SimpleNamespace(call=lambda name, nargout, *args: {"cos": np.cos, "sin": np.sin}[name](*args))


def call(name, *args, nargout=1):
    return find(name).bind(SESSION)(nargout, *args)


def row(*numbers):
    return np.array([numbers], float)


def of(function):
    return Function(lambda nargout, *args: function(*args), "@(x)")


def test_groups_are_numbered_in_sorted_order_and_missing_elements_have_none():
    numbers, names = call("findgroups", row(5, np.nan, 3, 5), nargout=2)
    assert numbers[0, [0, 2, 3]].tolist() == [2, 1, 2] and np.isnan(numbers[0, 1]) and names.tolist() == [[3, 5]]
    numbers, first, second = call("findgroups", row(1, 1, 2, 1), row(7, 8, 7, 7), nargout=3)
    assert numbers.tolist() == [[1, 2, 3, 1]] and first.tolist() == [[1, 1, 2]] and second.tolist() == [[7, 8, 7]]


def test_a_function_is_applied_to_each_group():
    total = of(lambda x: float(np.sum(x)))
    assert call("splitapply", total, row(10, 20, 30).T, row(1, 2, 1).T).tolist() == [[40], [20]]
    rows = []
    call("splitapply", of(lambda x: rows.append(x.shape) or 1.0), np.ones((3, 2)), row(1, 2, 1).T)
    assert rows == [(2, 2), (1, 2)]
    with pytest.raises(ScriptError, match="must occur at least once"):
        call("splitapply", total, row(1, 2).T, row(1, 3).T)


def test_grp2idx_numbers_categories_and_texts():
    numbers, names = call("grp2idx", Categorical(np.array([[2], [1], [0]]), ["a", "b"]), nargout=2)
    assert numbers.ravel().tolist()[:2] == [2, 1] and np.isnan(numbers[2, 0]) and names.ravel().tolist() == ["a", "b"]
    numbers, names = call("grp2idx", cell_of_texts(["z", "a", "z"]), nargout=2)
    assert numbers.ravel().tolist() == [1, 2, 1] and names.ravel().tolist() == ["z", "a"]


def test_piecewise_polynomials_go_through_their_points():
    points, values = row(0, 1, 2, 3), row(0, 1, 8, 27)
    for name in ("spline", "pchip", "makima"):
        curve = call(name, points, values)
        assert np.allclose(call("ppval", curve, points), values)
        assert call(name, points, values, 1.5) == pytest.approx(call("ppval", curve, 1.5))
    assert call("spline", points, values, 1.5) == pytest.approx(3.375)
    breaks, table, pieces, order = call("unmkpp", call("mkpp", row(0, 1, 2), np.array([[1.0, 0], [2, 1]])), nargout=4)
    assert breaks.tolist() == [[0, 1, 2]] and table.tolist() == [[1, 0], [2, 1]] and (pieces, order) == (2.0, 2.0)
    with pytest.raises(ScriptError, match="distinct"):
        call("spline", row(1, 1, 2), row(1, 2, 3), 1.5)


def test_integrals():
    assert call("integral", of(lambda x: x * x), 0.0, 3.0) == pytest.approx(9)
    assert call("integral", of(lambda x: np.exp(-x)), 0.0, np.inf) == pytest.approx(1)
    assert call("integral", of(lambda x: np.exp(1j * x)), 0.0, 1.0) == pytest.approx((np.exp(1j) - 1) / 1j)
    both = call("integral", of(lambda x: np.array([[x, 2 * x]])), 0.0, 1.0, "ArrayValued", True)
    assert both.shape == (1, 2) and np.allclose(both, [[0.5, 1]])
    assert call("integral2", of(lambda x, y: x * y), 0.0, 1.0, 0.0, of(lambda x: x)) == pytest.approx(1 / 8)
    with pytest.raises(ScriptError, match="function handle"):
        call("integral", 5.0, 0.0, 1.0)
