import numpy as np
import pytest

SURF = "surf(peaks(9)); "


@pytest.mark.parametrize(
    ("call", "angles"),
    [
        ("view(2)", (0, 90)),
        ("view(3)", (-37.5, 30)),
        ("view(30, 60)", (30, 60)),
        ("view([30 60])", (30, 60)),
        ("view([1 0 0])", (90, 0)),
        ("view([0 0 1])", (0, 90)),
        ("view([0 -1 1])", (0, 45)),
        ("view(gca, 10, 20)", (10, 20)),
    ],
)
def test_view_in_all_its_forms(run, call, angles):
    run(SURF + call + "; [az, el] = view;")
    assert (run["az"], run["el"]) == pytest.approx(angles)


def test_view_refuses_what_is_no_view(run):
    assert "view takes" in run.fault(SURF + "view(5)").message


def test_view_gives_the_matrix_that_turns_the_box(run):
    run(SURF + "view(0, 90); T = view; P = viewmtx(-37.5, 30);")
    box = np.array([[1, 0, 0, -0.5], [0, 1, 0, -0.5], [0, 0, -1, 9.1603], [0, 0, 0, 1]])
    assert run["T"] == pytest.approx(box, abs=1e-4)
    assert run["P"][:3, :3] == pytest.approx(
        np.array([[0.7934, -0.6088, 0], [0.3044, 0.3967, 0.8660], [-0.5272, -0.6871, 0.5]]), abs=1e-4
    )


def test_the_camera_is_read_set_and_freed(run):
    run(SURF + "a = campos('mode'); campos([1 2 3]); b = campos('mode'); p = campos; campos('auto'); "
        "c = campos('mode'); camva(5); v = camva; camproj perspective; q = camproj;")  # fmt: skip
    assert (run["a"], run["b"], run["c"]) == ("auto", "manual", "auto") and run["p"].tolist() == [[1, 2, 3]]
    assert run["v"] == 5 and run["q"] == "perspective"


def test_camzoom_makes_the_angle_smaller(run):
    run(SURF + "a = camva; camzoom(2); b = camva;")
    assert np.tan(np.deg2rad(run["b"] / 2)) == pytest.approx(np.tan(np.deg2rad(run["a"] / 2)) / 2)
    assert "must be positive" in run.fault("camzoom(0)").message


def test_camorbit_goes_around_the_target_at_the_same_distance(run):
    run(SURF + "t = camtarget; camorbit(30, 20); [az, el] = view; u = camtarget;")
    assert (run["az"], run["el"]) == pytest.approx((-67.5, 50)) and run["u"] == pytest.approx(run["t"])


def test_camdolly_moves_camera_and_target(run):
    run(SURF + "p = campos; t = camtarget; camdolly(1, 2, 3, 'movetarget', 'data'); a = campos - p; b = camtarget - t;")
    assert run["a"] == pytest.approx(np.array([[1, 2, 3]])) and run["b"] == pytest.approx(np.array([[1, 2, 3]]))


def test_axis_vis3d_keeps_the_box_and_axis_gives_six_limits(run):
    run("surf(peaks(49)); axis vis3d; a = gca; m = {a.DataAspectRatioMode, a.CameraViewAngleMode}; n = axis;")
    assert run["m"].ravel().tolist() == ["manual", "manual"] and run["n"].shape == (1, 6)


def test_rotate_changes_the_coordinates(run):
    run("h = plot3([1 2], [0 0], [0 0]); rotate(h, [0 0 1], 90, [0 0 0]); x = h.XData; y = h.YData; "
        "s = surf(eye(2)); rotate(s, [0 90], 180, [1.5 1.5 0]); z = s.XData;")  # fmt: skip
    assert run["x"] == pytest.approx(np.zeros((1, 2)), abs=1e-12) and run["y"] == pytest.approx(np.array([[1, 2]]))
    assert run["z"] == pytest.approx(np.array([[2, 1], [2, 1]]))
