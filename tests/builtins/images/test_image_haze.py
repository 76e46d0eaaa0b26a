import numpy as np
import pytest


def test_haze_that_was_put_in_is_taken_out(run):
    run("rng(0); A = kron(rand(8), ones(8)); A = cat(3, A, A(end:-1:1, :), A(:, end:-1:1)); H = 0.5*A + 0.45;")
    run("[J, T, L] = imreducehaze(H, 'AtmosphericLight', [0.9 0.9 0.9], 'ContrastEnhancement', 'none');")
    run("a = std(A(:)); h = std(H(:)); j = std(J(:)); s = size(T);")
    assert run["h"] < 0.6 * run["a"] and run["j"] > 1.3 * run["h"] and run["s"].tolist() == [[64, 64]]
    assert run["L"].tolist() == [[0.9, 0.9, 0.9]]


def test_nothing_of_it_leaves_the_image(run):
    run("I = uint8(reshape(1:4:256, 8, 8)); J = imreducehaze(I, 0, 'ContrastEnhancement', 'none'); e = isequal(I, J);")
    assert run["e"] is True
    run("B = imlocalbrighten(I, 0); e = isequal(I, B); c = class(imlocalbrighten(single(0.1*ones(8))));")
    assert run["e"] is True and run["c"] == "single"


def test_dark_parts_become_brighter_and_bright_ones_stay(run):
    run("I = [0.1*ones(40, 40), 0.95*ones(40, 40)]; [B, D] = imlocalbrighten(I, 'AlphaBlend', true);")
    brightened, darkness = run["B"], run["D"]
    assert brightened[20, 5] > 0.3 and abs(brightened[20, 75] - 0.95) < 0.05
    assert darkness[20, 5] > 0.8 > 0.2 > darkness[20, 75] and np.isfinite(brightened).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imreducehaze(ones(2, 2, 2))", "grey image or a colour image"),
        ("imreducehaze(ones(9), 2)", "0 to 1"),
        ("imreducehaze(ones(9), 'Method', 'dcp')", "match one of these"),
        ("imreducehaze(ones(9), 'AtmosphericLight', 3)", "from 0 to 1"),
        ("imlocalbrighten(ones(9), -1)", "0 to 1"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message
