import numpy as np
import pytest


@pytest.mark.parametrize(
    ("call", "row"),
    [
        ("transformPointsForward(affine2d([cosd(90) sind(90) 0; -sind(90) cosd(90) 0; 0 0 1]), [1 0])", [0, 1]),
        ("transformPointsForward(rigidtform2d(90, [1 1]), [1 0])", [1, 2]),
        ("transformPointsForward(simtform2d(2, 0, [0 0]), [1 2])", [2, 4]),
        ("transformPointsForward(rigidtform3d([90 0 0], [0 0 0]), [0 1 0])", [0, 0, 1]),
        ("transformPointsForward(rigidtform3d([0 90 0], [0 0 0]), [0 0 1])", [1, 0, 0]),
        ("transformPointsForward(transltform3d(1, 2, 3), [1 1 1])", [2, 3, 4]),
        ("transformPointsInverse(projective2d([1 0 0.01; 0 1 0; 0 0 1]), [50 25])", [100, 50]),
        ("transformPointsForward(invert(affine2d([2 0 0; 0 4 0; 1 1 1])), [3 5])", [1, 1]),
        ("rigid2d([0 1; -1 0], [2 3]).T(3, :)", [2, 3, 1]),
        ("affinetform2d(projtform2d([1 0 3; 0 1 4; 0 0 1])).A(1, :)", [1, 0, 3]),
    ],
)
def test_points_of_every_kind_of_transformation(run, call, row):
    run(f"x = {call};")
    np.testing.assert_allclose(run["x"], [row], atol=1e-12)


def test_properties_are_set_as_values(run):
    run("t = simtform2d(2, 30, [1 2]); u = t; u.RotationAngle = 60; u.Scale = 3;")
    run("a = [t.RotationAngle u.RotationAngle u.Scale];")
    assert run["a"].tolist() == [[30, 60, 3]]
    run("t = affine2d; t.T = [2 0 0; 0 2 0; 1 1 1]; s = t.T(3, :); k = class(t); e = isequal(t, affine2d(t.T));")
    assert run["s"].tolist() == [[1, 1, 1]] and run["k"] == "affine2d" and run["e"] is True
    run("t = rigidtform2d(30, [1 2]); f = t.transformPointsForward([0 0]); d = t.Dimensionality;")
    assert run["f"].tolist() == [[1, 2]] and run["d"] == 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("affine2d([1 0 0; 0 1 0; 0 0 2])", "final column"),
        ("affinetform2d([1 0 0; 0 1 0; 0 1 1])", "final row"),
        ("affine2d([1 0 0; 1 0 0; 0 0 1])", "singular"),
        ("affine2d(eye(2))", "3-by-3"),
        ("rigidtform2d([2 0; 0 2], [0 0])", "rigid"),
        ("transltform2d(2*eye(3))", "final row"),
        ("simtform2d(-1, 0, [0 0])", "positive"),
        ("transformPointsForward(1, [1 2])", "geometric transformation object"),
        ("transformPointsForward(affine2d, [1 2 3])", "2 columns"),
        ("invert(3)", "geometric transformation object"),
        ("outputLimits(affine2d, [1 2])", "2 pairs"),
        ("t = affine2d; t.Dimensionality = 3;", "read-only"),
        ("t = affine2d; t.Q", "Unrecognized method, property, or field 'Q'"),
        ("imref2d([0 1])", "positive integers"),
        ("imref2d([2 2], [2 1], [0 1])", "ascending"),
        ("imref2d([2 2], 1)", "0, 1 or 3"),
        ("worldToIntrinsic(imref2d([2 2]), 1)", "2 coordinates"),
        ("imwarp(ones(3), 5)", "displacement field"),
        ("imwarp(ones(3), affine2d, 'OutputView', 3)", "imref2d object"),
        ("imwarp(ones(3), imref2d([4 4]), affine2d)", "ImageSize"),
        ("imwarp(ones(3), affine2d, 'lanczos')", "match one of these"),
        ("imwarp(ones(3,3,3), affine2d, 'FillValues', [1 2])", "one for each plane"),
        ("imtranslate(ones(3), 1)", "2 or 3 numbers"),
        ("imcrop(ones(3))", "mouse"),
        ("imcrop(ones(3), [1 2 3])", "4 numbers"),
        ("imcrop(ones(3), [1 1 -1 1])", "negative"),
        ("centerCropWindow2d([3 3], [4 4])", "not exceed"),
        ("imerase(ones(3), [2 2 5 5])", "inside the image"),
        ("imrotate(ones(3), NaN)", "finite"),
        ("affineOutputView([3 3], projective2d)", "affine"),
    ],
)
def test_wrong_arguments_are_named(run, call, words):
    assert words in run.fault(call).message


def test_references_go_both_ways(run):
    run("R = imref2d([10 20], [0 40], [5 10]); [x, y] = intrinsicToWorld(R, 1, 1); [u, v] = worldToIntrinsic(R, x, y);")
    assert (run["x"], run["y"], run["u"], run["v"]) == (1, 5.25, 1, 1)
    run("R.XWorldLimits = [0 20]; e = R.PixelExtentInWorldX; c = contains(R, 20, 10);")
    run("[i, j] = R.worldToSubscript(20, 10);")
    assert run["e"] == 1 and run["c"] is True and (run["i"], run["j"]) == (10, 20)


def test_a_warped_image_and_its_place(run):
    run("[B, RB] = imwarp(magic(3), affine2d([1 0 0; 0 1 0; 10 0 1])); s = RB.XWorldLimits;")
    assert run["B"].tolist() == [[8, 1, 6], [3, 5, 7], [4, 9, 2]] and run["s"].tolist() == [[10.5, 13.5]]
    run("B = imwarp(magic(3), affine2d([0 1 0; -1 0 0; 0 0 1])); e = isequal(B, rot90(magic(3), -1));")
    assert run["e"] is True
    run("c = class(imwarp(true(3), affine2d)); T = [2 0 0; 0 2 0; 0 0 1];")
    run("s = size(imwarp(ones(2, 3, 3, 'uint8'), affine2d(T)));")
    assert run["c"] == "logical" and run["s"].tolist() == [[4, 6, 3]]
    run("B = imwarp(ones(2, 2, 2), affine3d([1 0 0 0; 0 1 0 0; 0 0 2 0; 0 0 0 1])); s = size(B);")
    assert run["s"].tolist() == [[2, 2, 4]]


def test_windows_and_rectangles(run):
    run("rng(1); w = randomCropWindow2d([50 60 3], [10 20]); J = imcrop(zeros(50, 60, 3), w); s = size(J);")
    assert run["s"].tolist() == [[10, 20, 3]]
    run("a = imcrop(magic(4), [1.5 1.5 1 1]); b = imcrop(magic(4), [10 10 1 1]); c = imcrop(magic(4), [3 3 9 9]);")
    # halves round up: columns 2 to 3
    assert run["a"].tolist() == [[11, 10], [7, 6]] and run["b"].shape == (0, 0) and run["c"].shape == (2, 2)


def test_translation_with_fill_and_between_pixels(run):
    run("a = imtranslate(uint8([10 20 30]), [0.5 0]);")
    run("b = imtranslate(ones(2,2,3), [5 5], 'FillValues', [1 2 3]); b = b(1, 1, :);")
    assert run["a"].tolist() == [[5, 15, 25]] and run["b"].ravel().tolist() == [1, 2, 3]


def test_the_matrix_stands_by_itself_in_what_is_shown(run):
    run("t = rigidtform2d(30, [1 2])")
    lines = run.out.getvalue().splitlines()
    at = lines.index("                 R: [2×2 double]")
    assert lines[at + 1 : at + 3] == ["", "                 A: [3×3 double]"]


def test_an_inverse_knows_its_angle_and_scale(run):
    run("t = invert(simtform2d(2, 30, [1 2])); x = [t.RotationAngle t.Scale];")
    assert run["x"].tolist() == [[-30, 0.5]]


def test_functions_of_a_program_say_where_points_come_from(run):
    run("t = geometricTransform2d(@(p) [p(:,1)/2, p(:,2)]); [x, y] = outputLimits(t, [0.5 4.5], [0.5 2.5]);")
    np.testing.assert_allclose(run["x"], [[1, 9]], atol=1e-6)
    run("B = imwarp([1 2 3; 4 5 6], t, 'nearest', 'OutputView', imref2d([2 6]));")
    run("u = transformPointsInverse(t, [8 3]);")
    assert run["B"].tolist() == [[0, 1, 2, 2, 3, 3], [0, 4, 5, 5, 6, 6]] and run["u"].tolist() == [[4, 3]]
    run("t = geometricTransform3d(@(p) p - 1, @(p) p + 1); f = transformPointsForward(t, [1 2 3]);")
    run("d = t.Dimensionality;")
    assert run["f"].tolist() == [[2, 3, 4]] and run["d"] == 3
    fault = run.fault("transformPointsForward(geometricTransform2d(@(p) p), [1 2])")
    assert "only where they come from" in fault.message
    assert "a row of coordinates for each point" in run.fault("imwarp(ones(3), geometricTransform2d(@(p) 1))").message
    assert "a function handle" in run.fault("geometricTransform2d(3)").message
