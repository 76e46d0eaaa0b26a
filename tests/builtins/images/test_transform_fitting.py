import numpy as np
import pytest


@pytest.mark.parametrize(
    ("kind", "matrix"),
    [
        ("'nonreflectivesimilarity'", "[2 1 0; -1 2 0; 5 6 1]"),
        ("'similarity'", "[2 1 0; 1 -2 0; 5 6 1]"),
        ("'affine'", "[2 1 0; 0.5 3 0; 5 6 1]"),
    ],
)
def test_exact_pairs_give_their_transformation_back(run, kind, matrix):
    run(f"T = {matrix}; U = [0 0; 4 1; 2 5; 7 7]; X = transformPointsForward(affine2d(T), U);")
    run(f"t = fitgeotrans(U, X, {kind}); e = max(max(abs(t.T - T)));")
    run("s = cp2tform(U, X, 'affine'); f = tformfwd(s, U) - X;")
    assert run["e"] < 1e-12 and np.abs(run["f"]).max() < 1e-12


def test_a_projective_one_too(run):
    run("T = [1 0.1 0.01; 0.2 1 0.02; 3 4 1]; U = [0 0; 4 1; 2 5; 7 7; 3 3];")
    run("X = transformPointsForward(projective2d(T), U);")
    run("t = fitgeotform2d(U, X, 'projective'); c = class(t); e = max(max(abs(t.A' - T)));")
    assert run["c"] == "projtform2d" and run["e"] < 1e-12


def test_polynomials_pieces_and_local_means_say_where_points_come_from(run):
    run("[u, v] = meshgrid(1:5); X = [u(:) v(:)]; U = [X(:,1).^2, X(:,1).*X(:,2)];")
    run("p = fitgeotrans(U, X, 'polynomial', 2); a = transformPointsInverse(p, [2.5 3]);")
    np.testing.assert_allclose(run["a"], [[6.25, 7.5]], atol=1e-9)
    run("w = fitgeotrans(2*X, X, 'pwl'); b = transformPointsInverse(w, [2.5 3; 9 9]);")
    np.testing.assert_allclose(run["b"], [[5, 6], [np.nan, np.nan]])
    run("l = fitgeotrans(2*X, X, 'lwm', 12); d = transformPointsInverse(l, [2.5 3]);")
    np.testing.assert_allclose(run["d"], [[5, 6]], atol=1e-9)
    run("B = imwarp(magic(5), p, 'OutputView', imref2d([5 5])); c = B(1, 1);")
    assert run["c"] == 17
    assert "invert" not in run["p"].methods


def test_fewest_squares_are_those_of_the_way_back(run):
    # one number fits both pairs best when u = x/2 and u = x/4 are looked for: u = (1*2 + 1*4)/(2² + 4²) x = 0.3 x
    run("t = fitgeotform2d([-1 0; 1 0; 0 -1; 0 1], [-2 0; 2 0; 0 -4; 0 4], 'similarity'); s = t.Scale;")
    assert run["s"] == pytest.approx(1 / 0.3)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("fitgeotrans([0 0; 1 1], [0 0; 1 1], 'affine')", "At least 3 non-collinear points"),
        ("fitgeotrans([0 0; 1 1; 2 2], [0 0; 1 1; 2 2], 'affine')", "At least 3 non-collinear points"),
        ("fitgeotrans([0 0; 1 1], [0 0], 'affine')", "number of moving points"),
        ("fitgeotrans([0 0 1], [0 0], 'affine')", "m-by-2"),
        ("fitgeotrans(rand(9, 2), rand(9, 2), 'polynomial', 5)", "2, 3 or 4"),
        ("fitgeotrans(rand(9, 2), rand(9, 2), 'lwm', 5)", "6 or more"),
        ("fitgeotrans([0 0], [0 0], 'round')", "match one of these"),
        ("maketform('affine', [1 2; 2 4])", "nonsingular"),
        ("maketform('affine', [1 2 3])", "T must be"),
        ("maketform('bent')", "match one of these"),
        ("tformfwd(3, [1 2])", "TFORM structure"),
        ("tformfwd(maketform('affine', eye(3)), [1 2 3])", "last dimension"),
        ("imtransform(1, 2)", "TFORM structure"),
        ("imtransform(ones(3), maketform('affine', eye(3)), 'XData', [1 2])", "go together"),
        ("imregtform(ones(9), ones(9), 'affine', 1, 2)", "registration.optimizer"),
        ("imregconfig('modal')", "match one of these"),
        ("normxcorr2(ones(2), magic(4))", "cannot all be the same"),
        ("normxcorr2(magic(5), magic(4))", "smaller than the image"),
        ("imregcorr(ones(3), magic(8))", "4-by-4"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_a_box_moved_by_a_structure(run):
    run("T = maketform('affine', [1 0 0; 0 1 0; 2 3 1]); [B, x, y] = imtransform(magic(3), T, 'FillValues', 7);")
    assert run["B"].tolist() == [[8, 1, 6], [3, 5, 7], [4, 9, 2]]
    assert run["x"].tolist() == [[3, 5]] and run["y"].tolist() == [[4, 6]]
    run("B = imtransform(magic(3), T, 'XData', [1 3], 'YData', [1 4], 'FillValues', 7); s = size(B); c = B(4, 3);")
    assert run["s"].tolist() == [[4, 3]] and run["c"] == 8


def test_correlation_is_that_of_corr2(run):
    run("rng(0); A = rand(8, 9); t = A(3:5, 2:5); C = normxcorr2(t, A); d = corr2(t, A(4:6, 5:8)) - C(6, 8);")
    run("s = size(C); [v, k] = max(C(:)); [r, c] = ind2sub(s, k);")
    assert run["s"].tolist() == [[10, 12]] and (run["r"], run["c"]) == (5, 5)
    assert run["v"] == pytest.approx(1) and abs(run["d"]) < 1e-12


def test_a_turned_and_shifted_picture_is_laid_back(run):
    run(
        "[x, y] = meshgrid(1:64);\n"
        "f = @(x, y) exp(-((x-24).^2 + (y-30).^2)/80) + 0.7*exp(-((x-42).^2 + (y-38).^2)/40);\n"
        "t0 = rigidtform2d(6, [4 -3]); [u, v] = transformPointsForward(t0, x, y); moving = f(u, v); fixed = f(x, y);\n"
        "[o, m] = imregconfig('monomodal'); t = imregtform(moving, fixed, 'rigid', o, m);\n"
        "e = [t.RotationAngle t.Translation] - [6 4 -3]; c = class(t);\n"
        "[o, m] = imregconfig('multimodal'); s = imregtform(1 - moving, fixed, 'rigid', o, m);\n"
        "d = [s.RotationAngle s.Translation] - [6 4 -3];"
    )
    assert run["c"] == "rigidtform2d"
    assert np.abs(run["e"]).max() < 0.2 and np.abs(run["d"]).max() < 1


def test_settings_of_a_search_are_handles(run):
    run("[o, m] = imregconfig('multimodal'); p = o; p.MaximumIterations = 7; n = o.MaximumIterations;")
    assert run["n"] == 7
    assert "positive" in run.fault("o.GrowthFactor = -1;").message


def test_demons_bend_one_picture_into_the_other(run):
    run("[x, y] = meshgrid(1:48); m = exp(-((x-22).^2 + (y-24).^2)/60); f = exp(-((x-24).^2 + (y-25).^2)/80);")
    run("[D, r] = imregdemons(m, f, 60); s = size(D); e = max(max(abs(r - f))); b = max(max(abs(m - f)));")
    run("w = max(max(abs(imwarp(m, D) - r))); d = D(25, 24, 1);")
    assert run["s"].tolist() == [[48, 48, 2]] and run["e"] < 0.25 * run["b"]
    assert run["w"] < 0.05 and run["d"] == pytest.approx(-2, abs=0.5)
    assert "same size" in run.fault("imregdemons(ones(8), ones(9))").message


@pytest.mark.parametrize(
    ("outside", "row"),
    [
        ("fill", [9, 9, 1, 2, 3, 9, 9]),
        ("bound", [9, 9, 1, 2, 3, 9, 9]),
        ("replicate", [1, 1, 1, 2, 3, 3, 3]),
        ("symmetric", [2, 1, 1, 2, 3, 3, 2]),
        ("circular", [2, 3, 1, 2, 3, 1, 2]),
    ],
)
def test_what_lies_outside_is_what_the_resampler_says(run, outside, row):
    run(f"R = makeresampler({{'linear' 'linear'}}, '{outside}'); T = maketform('affine', eye(3));")
    run("B = imtransform([1 2 3], T, R, 'XData', [-1 5], 'YData', [1 1], 'FillValues', 9);")
    assert run["B"].tolist() == [row]


def test_a_resampler_that_is_none_is_named(run):
    assert "alike" in run.fault("makeresampler({'linear' 'cubic'}, 'fill')").message
    assert "what makeresampler made" in run.fault("imtransform(1, maketform('affine', eye(3)), struct())").message
