import pytest

from cnnscript.pictures.drawing.markup import leading_colour, leading_size, mathtext, readable


@pytest.mark.parametrize(
    ("line", "interpreter", "made"),
    [
        ("plain, 95%", "tex", "plain, 95%"),
        ("costs $5", "tex", r"costs \$5"),
        ("conv1_relu", "none", "conv1_relu"),
        (r"golden\_retriever", "tex", "golden_retriever"),
        (r"\alpha = 1", "tex", "α = 1"),
        (r"\bf bold", "tex", r"$\mathbf{bold}$"),
        (r"{\it a b} c", "tex", r"$\mathit{a\ b}$ c"),
        (r"x_{a_b}", "tex", r"x$_{\mathregular{a_{\mathregular{b}}}}$"),
        (r"C:\data\new", "tex", r"C:\data\new"),
        (r"$x^2$ and \textbf{b}", "latex", r"$x^{\mathrm{2}}$ and $\mathbf{b}$"),
        (r"a_b", "latex", "a_b"),
        (r"\color[rgb]{1 0 0}r", "tex", "r"),
        ("x_1", "tex", r"x$_{\mathregular{1}}$"),
        ("10^{-3} m", "tex", r"10$^{\mathregular{-3}}$ m"),
        ("ends in _", "tex", "ends in _"),
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


def test_a_text_may_begin_with_a_colour_and_a_size():
    assert leading_colour(r"\color{red}V") == "red" and leading_colour(r"{\color[rgb]{0 .5 1} V}") == (0, 0.5, 1)
    assert leading_colour("V") is None and leading_size(r"\bf\fontsize{14}V") == 14 and leading_size("V") is None


def test_what_an_interpreter_reads():
    assert readable(r"\alpha_{1}", "tex") and readable("$\\frac{1}{2}$", "latex") and readable("a_", "none")
    assert not readable(r"\nosuch", "tex") and not readable("a}", "tex") and not readable("$a", "latex")
