import pytest


def test_classes_become_columns_and_come_back(run):
    run("v = ind2vec([2 1 3], 4); s = issparse(v); f = full(v); [i, n] = vec2ind(f);")
    assert run["s"] and run["f"].tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0]]
    assert run["i"].tolist() == [[2, 1, 3]] and run["n"] == 4


def test_a_confusion_plot_takes_such_columns(run):
    run("plotconfusion(ind2vec([1 2 2]), ind2vec([1 2 1])); t = get(get(gca, 'Title'), 'String');")
    assert run["t"] == "Confusion Matrix"


@pytest.mark.parametrize(
    ("call", "words"),
    [("ind2vec([0 1])", "positive integers"), ("ind2vec(3, 2)", "largest index"), ("vec2ind(zeros(0, 3))", "columns")],
)
def test_what_is_no_class_is_refused(run, call, words):
    assert words in run.fault(call).message
