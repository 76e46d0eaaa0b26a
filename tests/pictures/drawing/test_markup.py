import pytest

from cnnscript.pictures.drawing.markup import mathtext


@pytest.mark.parametrize(
    ("line", "interpreter", "made"),
    [
        ("plain, 95%", "tex", "plain, 95%"),
        ("costs $5", "tex", r"costs \$5"),
        ("conv1_relu", "none", "conv1_relu"),
        (r"golden\_retriever", "tex", "golden_retriever"),
        (r"\alpha = 1", "tex", "α= 1"),
        (r"\bf bold", "tex", "bold"),
        ("x_1", "tex", r"x$_{\mathregular{1}}$"),
        ("10^{-3} m", "tex", r"10$^{\mathregular{-3}}$ m"),
        ("ends in _", "tex", r"ends in \_"),
        ("{braces}", "tex", "braces"),
        (r"\color{red}red", "tex", "red"),
        ("原图_1", "tex", r"原图$_{\mathregular{1}}$"),
    ],
)
def test_tex_becomes_mathtext(line, interpreter, made):
    assert mathtext(line, interpreter) == made


@pytest.mark.parametrize(
    "line", ["a_{b", "^^^", "}{", "\\", "x_{a_{b}}", "$$$", "_$", r"\frac{1}{2}", "a_%#&", "100%_x"]
)
@pytest.mark.parametrize("interpreter", ["tex", "latex", "none"])
def test_anything_can_be_written(line, interpreter):
    from matplotlib.mathtext import MathTextParser

    made = mathtext(line, interpreter)
    if made.replace(r"\$", "").count("$") % 2 == 0:
        MathTextParser("path").parse(made)
