import numpy as np
import pytest


def test_shading_sets_faces_and_edges(run):
    run("s = surf(peaks(5)); shading flat; a = {s.FaceColor, s.EdgeColor}; shading interp; b = s.FaceColor; "
        "shading faceted; c = s.EdgeColor; m = mesh(peaks(5)); shading interp; d = m.EdgeColor;")  # fmt: skip
    assert run["a"].ravel().tolist() == ["flat", "none"] and run["b"] == "interp"
    assert run["c"].tolist() == [[0, 0, 0]] and run["d"] == "interp"


def test_lighting_and_material_set_surfaces_and_patches(run):
    run("s = surf(peaks(5)); hold on; p = patch([0 1 1], [0 0 1], 'r'); lighting gouraud; material metal; "
        "a = p.FaceLighting; b = s.SpecularColorReflectance; lighting phong; c = s.FaceLighting; material([.1 .2 .3]); "
        "d = [s.AmbientStrength p.DiffuseStrength s.SpecularStrength];")  # fmt: skip
    assert run["a"] == "gouraud" and run["b"] == 0.5 and run["c"] == "gouraud"
    assert run["d"].tolist() == [[0.1, 0.2, 0.3]]


def test_a_headlight_stands_at_the_camera(run):
    run("surf(peaks(5)); l = camlight('headlight'); p = l.Position; c = campos; s = l.Style;")
    assert run["p"] == pytest.approx(run["c"]) and run["s"] == "local"


def test_lightangle_goes_there_and_back(run):
    run("surf(peaks(5)); l = lightangle(-30, 40); [a, e] = lightangle(l); lightangle(l, 10, 20); "
        "[b, f] = lightangle(l);")  # fmt: skip
    assert (run["a"], run["e"], run["b"], run["f"]) == pytest.approx((-30, 40, 10, 20))


def test_hidden_turns_the_faces_of_meshes_on_and_off(run):
    run("m = mesh(peaks(5)); hidden off; a = m.FaceColor; hidden; b = m.FaceColor;")
    assert run["a"] == "none" and run["b"].tolist() == [[1, 1, 1]]


def test_alpha_by_number_word_and_matrix(run):
    run("s = surf(peaks(5)); alpha(.3); a = s.FaceAlpha; alpha opaque; b = s.FaceAlpha; alpha(s, magic(5)); "
        "c = s.AlphaData; d = s.FaceAlpha; alpha('z'); e = isequal(s.AlphaData, s.ZData);")  # fmt: skip
    assert run["a"] == 0.3 and run["b"] == 1 and run["c"][0, 0] == 17 and run["d"] == "flat" and run["e"] is True
    assert "must be the same size" in run.fault("alpha(s, magic(4))").message


def test_alphamaps(run):
    run("surf(peaks(5)); alphamap('vup', 5); a = alphamap; alphamap('decrease', .25); b = alphamap; alphamap default; "
        "c = numel(alphamap); alim([0 2]); d = alim;")  # fmt: skip
    assert run["a"].tolist() == [[0, 0.5, 1, 0.5, 0]] and run["b"].tolist() == [[0, 0.25, 0.75, 0.25, 0]]
    assert run["c"] == 64 and run["d"].tolist() == [[0, 2]]
    assert np.isclose(run["a"].max(), 1)


def test_how_opaque_a_face_is_may_be_written_as_text(run):
    run("m = mesh(peaks(5), 'FaceAlpha', '0.5'); a = m.FaceAlpha; m.FaceAlpha = 'interp'; b = m.FaceAlpha;")
    assert run["a"] == 0.5 and run["b"] == "interp"
    assert "FaceAlpha" in run.fault("m.FaceAlpha = 'x';").message


def test_shading_lets_the_faces_of_a_patch_show_its_colour_data(run):
    run("p = patch('Faces', [1 2 3], 'Vertices', [0 0; 1 0; 0 1], 'FaceVertexCData', [1; 2; 3]); shading flat; "
        "a = {p.FaceColor, p.EdgeColor};")  # fmt: skip
    assert run["a"].ravel().tolist() == ["flat", "none"]
    run("clf; q = patch('Faces', [1 2 3], 'Vertices', [0 0; 1 0; 0 1], 'FaceColor', 'r'); shading interp; "
        "b = {q.FaceColor, q.EdgeColor};")  # fmt: skip
    assert run["b"].ravel()[0].tolist() == [[1, 0, 0]] and run["b"].ravel()[1] == "none"
