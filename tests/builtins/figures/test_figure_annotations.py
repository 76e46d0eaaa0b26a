import numpy as np
import pytest

from cnnscript.pictures.drawing import draw


@pytest.mark.parametrize("kind", ["line", "arrow", "doublearrow", "textarrow", "rectangle", "ellipse", "textbox"])
def test_every_annotation_is_drawn(run, kind):
    place = "[0.2 0.2 0.3 0.3]" if kind in ("rectangle", "ellipse", "textbox") else "[0.2 0.6], [0.2 0.6]"
    run(f"figure; plot(1:2); axis off; a = annotation('{kind}', {place}, Color='r');")
    figure = run.session.desk.current
    before = draw.rasterise(figure)
    run("delete(a)")
    assert (before != draw.rasterise(figure)).any()
    assert np.array(before).shape == (420, 560, 3)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("annotation", "MATLAB:minrhs"),
        ("annotation('cloud')", "MATLAB:annotation:unrecognizedStringChoice"),
        ("annotation('arrow', [1 2 3], [1 2])", "MATLAB:hg:InvalidValue"),
    ],
)
def test_what_cannot_be_is_one_error(run, text, identifier):
    assert run.fault(text).identifier == identifier
