"""Properties that change the picture change it."""

import io

import numpy as np
import pytest

from cnnscript.pictures.drawing.draw import rasterise
from cnnscript.session import Session


def drawn(program):
    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    session.run("figure('Position',[1 1 200 150]);" + program)
    return rasterise(session.desk.current)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ("plot(1:3); title('abc'); ax = gca;", "ax.FontName = 'Courier New';"),
        ("plot(1:3); ax = gca;", "ax.XAxis.LineWidth = 4;"),
        ("plot(1:3); grid on; ax = gca;", "ax.GridLineWidth = 4;"),
        ("h = plot([1 2 1],'LineWidth',9); ylim([0 4]);", "h.LineJoin = 'miter';"),
        ("h = plot(1:5); ylim([2 3]);", "h.Clipping = 'off';"),
        ("plot(1:3); h = xline(2,'-','abc');", "h.LabelHorizontalAlignment = 'left';"),
        ("plot(1:3); h = xline(2,'-','abc');", "h.LabelVerticalAlignment = 'bottom';"),
        ("plot(1:3); h = xline(2,'-','abc');", "h.LabelOrientation = 'horizontal';"),
        ("plot(1:3); h = yline(2,'-','abc');", "h.LabelHorizontalAlignment = 'center';"),
        ("h = patch([0 1 1],[0 0 1],'r','LineWidth',5);", "h.EdgeAlpha = 0.3;"),
        ("h = patch([0 1 1],[0 0 1],'r');", "h.Marker = 'o';"),
        ("h = patch([0 1 1 0],[0 0 1 1],[1 2 3 4]);", "h.EdgeColor = 'interp';"),
        ("h = bar([1 -2]);", "h.BaseLine.Visible = 'off';"),
        ("h = bar([1 -2]);", "h.BaseLine.Color = 'r';"),
        ("h = heatmap(magic(3));", "h.Visible = 'off';"),
        ("imagesc(magic(3)); h = colorbar;", "h.FontWeight = 'bold';"),
        ("plot(1:3); h = annotation('textarrow',[.3 .5],[.3 .5],'String','a');", "h.TextBackgroundColor = 'y';"),
        ("t = hgtransform; plot(1:3,'Parent',t); axis([0 9 0 9]);", "t.Matrix = makehgtform('translate',[4 0 0]);"),
    ],
)
def test_a_property_changes_the_picture(before, change):
    assert (drawn(before) != drawn(before + change)).any()


def test_an_edge_that_is_interrupted_by_nan_runs_through_the_colours_and_is_not_closed():
    page = drawn(
        "patch([0 1 1 NaN],[0 0 1 NaN],[0 1 2 NaN],'EdgeColor','interp','FaceColor','none','LineWidth',6);"
        "axis([-1 2 -1 2]); axis off; colormap([1 0 0; 0 0 1]);"
    ).astype(int)
    blue, red = (page == (0, 0, 255)).all(2), (page == (255, 0, 0)).all(2)
    assert blue.any() and red.any() and np.ptp(np.argwhere(red)[:, 0]) < 20


def test_fonts_are_found_by_name_or_by_their_kind():
    from cnnscript.pictures.drawing.draw_words import families, fonts

    assert families("Helvetica")[-len(fonts()) :] == fonts() or families("Helvetica") == fonts()
    assert families("no such font at all") == fonts()
    assert families("DejaVu Sans Mono")[0] == "DejaVu Sans Mono" and families("Courier New")[0] != fonts()[0]
