import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("deconvwnr(1, ones(2))", "two elements"),
        ("deconvwnr(ones(4), 1)", "two elements"),
        ("deconvwnr(ones(4), zeros(2))", "not all zeros"),
        ("deconvlucy(ones(2), ones(5))", "larger than the image"),
        ("deconvlucy(ones(4), ones(2), 3, ones(2))", "as large as the image"),
        ("deconvblind(ones(4), -ones(2))", "nonnegative"),
        ("deconvreg(ones(4), ones(2), -1)", "nonnegative"),
        ("edgetaper(ones(4), ones(3))", "half"),
        ("psf2otf(ones(3), [2 2])", "not be smaller"),
        ("otf2psf(ones(3), [4 4])", "not be larger"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_volumes_and_colours_are_deblurred_too(run):
    run("V = rand(6, 6, 4); a = size(deconvlucy(V, ones(2, 2, 2), 2)); b = size(deconvwnr(V, ones(3)/9, 0.1));")
    assert run["a"].tolist() == [[6, 6, 4]] and run["b"].tolist() == [[6, 6, 4]]
