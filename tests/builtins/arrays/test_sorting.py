"""issorted and issortedrows: directions, NaN, comparison."""

import pytest

TRUE = """
issorted([1 2 NaN]); issorted([NaN 1 2], 'MissingPlacement', 'first'); issorted([NaN 2 1], 'descend')
issorted([2 1 NaN], 'descend', MissingPlacement='last'); issorted([1 -2 3], 'ComparisonMethod', 'abs')
issorted([1 NaN NaN]); issorted([3 2 2], 'monotonic'); issorted([1 2; 0 3], 2); issorted(["a" "b" missing])
issortedrows([1 2; 1 3]); issortedrows([1 3; 1 2], [1 -2]); issortedrows([1 3; 1 2], 2, 'descend')
issortedrows([1 3; 1 2], [1 2], {'ascend', 'descend'}); issortedrows([1 3; 2 2; 3 1], 'monotonic')
issortedrows([NaN 1; 1 2], 'MissingPlacement', 'first'); issortedrows({'a'; 'b'}); issortedrows(zeros(0, 2))
"""
FALSE = """
issorted([NaN 1 2]); issorted([2 1 NaN], 'descend'); issorted([1 NaN NaN], 'strictascend')
issorted([1 3 2], 'monotonic')
issorted([1 2; 0 3]); issorted([2 1+1i], 'ComparisonMethod', 'real'); issortedrows([1 3; 1 2], 2)
issortedrows([1 3; 1 2], [1 2], {'strictascend', 'descend'}); issortedrows([NaN 1; 1 2])
"""


@pytest.mark.parametrize("call", [call for call in TRUE.replace("; is", "\nis").split("\n") if call])
def test_in_order(run, call):
    run(f"x = {call};")
    assert run["x"] is True


@pytest.mark.parametrize("call", [call for call in FALSE.replace("; is", "\nis").split("\n") if call])
def test_out_of_order(run, call):
    run(f"x = {call};")
    assert run["x"] is False


def test_unknown_places_and_columns_are_refused(run):
    assert (
        run.fault("issorted(1:3, 'MissingPlacement', 'middle');").identifier
        == "MATLAB:issorted:invalidMissingPlacement"
    )
    assert run.fault("issortedrows([1 2], 3);").identifier == "MATLAB:issortedrows:COLmismatch"
