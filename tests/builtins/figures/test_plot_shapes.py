import pytest

from cnnscript.errors import ScriptError

CORNERS = "V = [0 0 0; 1 0 0; 1 1 0; 0 1 0; 0.5 0.5 1]; F = [1 2 5 NaN; 3 4 5 NaN; 1 2 3 4];"


def test_faces_and_vertices_make_polygons(run):
    run(
        CORNERS
        + "p = patch('Faces', F, 'Vertices', V, 'FaceColor', 'g'); x = p.XData; z = p.ZData(:, 1); c = p.FaceColor;"
    )
    assert run["x"][:, 2].tolist() == [0, 1, 1, 0] and run["z"][:3].ravel().tolist() == [0, 0, 1]
    assert run["x"].shape == (4, 3) and run["c"].tolist() == [[0, 1, 0]]
    assert run.seen() == ["figure 1: patch"]


def test_a_struct_with_faces_and_vertices_is_a_patch(run):
    run(CORNERS + "s.faces = F; s.vertices = V(:, 1:2); p = patch(s, 'FaceColor', 'red'); n = size(p.Vertices);"
        "z = isempty(p.ZData); f = isequaln(get(p, 'Faces'), F);")  # fmt: skip
    assert run["n"].tolist() == [[5, 2]] and run["z"] is True and run["f"] is True


def test_coordinates_and_faces_follow_each_other(run):
    run(
        "p = patch([0 1 1 0], [0 0 1 1], 'b'); f = p.Faces; v = p.Vertices; p.XData = p.XData * 2; "
        "w = p.Vertices(2, 1);"
    )
    assert run["f"].tolist() == [[1, 2, 3, 4]] and run["v"].tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]
    assert run["w"] == 2
    run(
        "p.Faces = [1 2 3]; p.Vertices = [5 5; 6 5; 6 6]; x = p.XData(:)'; "
        "p.YData = p.YData + 1; y = p.Vertices(:, 2)';"
    )
    assert run["x"].tolist() == [[5, 6, 6]] and run["y"].tolist() == [[6, 6, 7]]


@pytest.mark.parametrize(
    ("values", "limits"), [("[3; 7; 9]", [3, 9]), ("(1:5)'", [1, 5]), ("[1 0 0; 0 1 0; 0 0 1]", [0, 1])]
)
def test_levels_of_faces_and_vertices_set_the_colour_limits(run, values, limits):
    run(CORNERS + f"patch('Faces', F, 'Vertices', V, 'FaceVertexCData', {values}, 'FaceColor', 'flat'); c = caxis;")
    run("drawnow; saveas(gcf, 'flat.png'); view(3); saveas(gcf, 'space.png');")
    assert run["c"].tolist() == [limits]


def test_patches_that_cannot_be_are_refused(run):
    with pytest.raises(ScriptError, match="vertices that are not there"):
        run("p = patch('Faces', [1 2 9], 'Vertices', [0 0; 1 0; 1 1]); p.XData")
    with pytest.raises(ScriptError, match="positive integers"):
        run("patch('Faces', [0 1 2], 'Vertices', [0 0; 1 0; 1 1])")
    with pytest.raises(ScriptError, match="two or three columns"):
        run("patch('Faces', [1 2 3], 'Vertices', [0; 1; 2])")


def test_three_numbers_beyond_1_are_levels_of_the_corners(run):
    run("p = patch([0 1 1],[0 0 1],[1 2 3]); c = p.CData; q = patch([0 1 1],[0 0 1],[1 0.5 0]); d = q.FaceColor;")
    assert run["c"].ravel().tolist() == [1, 2, 3] and run["d"].tolist() == [[1, 0.5, 0]]
