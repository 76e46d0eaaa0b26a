"""perms, rats: each order once, fractions as text."""


def test_orders_that_differ_are_given_once(run):
    run(
        "a = perms([1 2 1], 'unique'); b = perms('aab', 'unique'); "
        "c = isequal(perms([3 1 2], 'unique'), perms([1 2 3]));"
    )
    assert run["a"].tolist() == [[2, 1, 1], [1, 2, 1], [1, 1, 2]]
    assert run["c"] is True
    run("b = cellstr(b); e = size(perms([], 'unique'));")
    assert run["b"].ravel().tolist() == ["baa", "aba", "aab"] and run["e"].tolist() == [[1, 0]]


def test_fractions_align_at_their_bar(run):
    run("a = rats(pi); b = rats(pi, 20); c = rats([1 12 -5.5 1e9]); d = size(rats(hilb(4)));")
    assert run["a"] == "    355/113   "
    assert run["b"] == "    104348/33215     "
    assert run["c"] == "       1            12          -11/2            *      "
    assert run["d"].tolist() == [[4, 56]]


def test_a_number_of_ways_has_the_class_of_its_arguments(run):
    run("a = class(nchoosek(single(5), 2)); b = class(nchoosek(5, int8(2)));")
    assert run["a"] == "single" and run["b"] == "int8"
