import pytest


@pytest.mark.parametrize(
    ("formula", "tex"),
    [
        ("lambda12^(3/2)/pi - pi*delta^(2/3)", r"{\lambda_{12}}^{{3}/{2}}/{\pi} - {\pi}{\delta}^{{2}/{3}}"),
        ("sin(sqrt(x^2 + y^2))/sqrt(x^2 + y^2)", "{sin}({sqrt}({x}^{2} + {y}^{2}))/{sqrt}({x}^{2} + {y}^{2})"),
        ("a * b", "{a}{b}"),
    ],
)
def test_formulas_become_tex(run, formula, tex):
    run(f"s = texlabel('{formula}'); t = texlabel('alpha', 'literal');")
    assert run["s"] == tex and run["t"] == "{alpha}"
