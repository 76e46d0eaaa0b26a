import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imgaussfilt(magic(4), 0)", "positive"),
        ("imgaussfilt(magic(4), 1, 'FilterSize', 4)", "odd"),
        ("imgaussfilt(magic(4), 1, 'Padding', 'mirror')", "match one of these"),
        ("boundarymask(magic(3), 6)", "4 or 8"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_a_wider_bell_smooths_more(run):
    run(
        "A = rand(20); a = std(A(:)); b = std(reshape(imgaussfilt(A), [], 1)); "
        "c = std(reshape(imgaussfilt(A, 3), [], 1));"
    )
    assert run["a"] > run["b"] > run["c"] > 0
