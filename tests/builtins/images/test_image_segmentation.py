import pytest


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("imsegkmeans(ones(3), 2)", "at least k different"),
        ("imsegkmeans(rand(3), 0)", "number of pixels"),
        ("superpixels3(rand(3), 2)", "a volume"),
        ("dice(true(2), true(3))", "same size"),
        ("dice([1 -1], [1 1])", "nonnegative integers"),
        ("jaccard(categorical(1), 1)", "categorical, or neither"),
        ("bfscore(true(3), true(3), 0)", "positive"),
        ("activecontour(rand(5), true(4))", "as many rows"),
        ("imsegfmm(ones(3), 9, 9, 0.5)", "lie in the image"),
        ("imsegfmm(ones(3), true(3), 2)", "0 to 1"),
        ("graydiffweight(ones(3))", "grey value"),
        ("regionfill(ones(3), ones(2))", "as many rows"),
        ("roifilt2(ones(3), ones(3), @(x) 1)", "same size"),
        ("inpaintExemplar(ones(9), eye(9), 'PatchSize', 4)", "odd"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_the_same_seed_gives_the_same_segments(run):
    run("I = rand(20, 20, 3); rng(3); a = imsegkmeans(I, 4); rng(3); b = imsegkmeans(I, 4); same = isequal(a, b);")
    assert run["same"] is True


def test_filling_keeps_the_class(run):
    run("m = false(9); m(4:5, 4:5) = true; A = uint8(magic(9));")
    run("k = [class(regionfill(A, m)) class(inpaintCoherent(A, m)) class(inpaintExemplar(A, m, 'PatchSize', 3))];")
    assert run["k"] == "uint8uint8uint8"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("lazysnapping(rand(4), ones(3), 1, 2)", "as many rows"),
        ("lazysnapping(rand(4), reshape(1:16, 4, 4), [], 2)", "mark a region"),
        ("lazysnapping(rand(4), reshape(1:16, 4, 4), 1, 99)", "lie in the image"),
        ("grabcut(rand(4), reshape(1:16, 4, 4), true(3))", "as large as L"),
        ("grabcut(rand(4), reshape(1:16, 4, 4), true(4), 'Connectivity', 6)", "4 or 8"),
    ],
)
def test_cuts_name_wrong_arguments(run, call, words):
    assert words in run.fault(call).message
