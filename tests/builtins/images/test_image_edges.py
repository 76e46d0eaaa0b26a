import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("edge(rand(3,3,3))", "two-dimensional"),
        ("edge(rand(9), 'canny', 1)", "less than 1"),
        ("edge(rand(9), 'canny', [0.5 0.2])", "low < high"),
        ("edge(rand(9), 'sobel', [0.1 0.2])", "scalar"),
        ("edge(rand(9), 'sharp')", "match one of these"),
        ("edge(rand(9), 'log', [], -1)", "positive"),
        ("[a, b, c, d] = edge(rand(9), 'canny')", "gives no gradients"),
        ("imgradient(rand(3), rand(4))", "same size"),
        ("imgradientxy(rand(3), 'roberts')", "match one of these"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_an_integer_image_has_the_edges_of_its_single(run):
    run("I = imread('camera.png'); [a, s] = edge(I, 'canny'); [b, t] = edge(im2single(I), 'canny');")
    run("same = isequal(a, b) && isequal(s, t);")
    assert run["same"] is True


def test_words_and_numbers_in_any_usual_order(run):
    run("I = rand(20); a = isequal(edge(I, 'sobel', 'nothinning'), edge(I, 'Sobel', [], 'both', 'nothinning'));")
    run("b = isequal(edge(I, 'prewitt', 'vertical'), edge(I, 'prewitt', [], 'vertical'));")
    assert run["a"] is True and run["b"] is True


def test_edge_of_a_model_is_still_its_mean_margin(run):
    assert run("e = edge(fitcknn([1; 2; 9; 10], [0; 0; 1; 1]), [1; 9], [0; 1])") == ["e =", "1"]


def test_gradients_keep_single(run):
    run("[m, d] = imgradient(single(magic(4))); a = [class(m) class(d)]; b = class(imgradient(uint8(magic(4))));")
    assert run["a"] == "singlesingle" and run["b"] == "double"
