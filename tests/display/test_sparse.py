"""Sparse matrices as text."""

import io

from cnnscript.session import Session


def printed(text):
    out = io.StringIO()
    Session(out=out).run(text)
    return out.getvalue()


def test_elements_one_a_line_column_by_column():
    assert printed("S = sparse([1 2],[1 2],[1 5])") == "\nS =\n\n   (1,1)        1\n   (2,2)        5\n\n"


def test_decimals_and_common_factors():
    assert printed("S = sparse([0.5 0 2])") == "\nS =\n\n   (1,1)       0.5000\n   (1,3)       2.0000\n\n"
    assert "   1.0e+03 *\n\n   (1,1)       0.0005\n" in printed("S = sparse([0.5 2000])")


def test_no_elements():
    assert printed("S = sparse(2,3)") == "\nS =\n\n   All zero sparse: 2×3\n\n"


def test_logical_and_complex():
    assert printed("S = sparse([true false])") == "\nS =\n\n  1×2 sparse logical array\n\n   (1,1)      1\n\n"
    assert printed("S = sparse([1+2i 0])") == "\nS =\n\n   (1,1)      1.0000 + 2.0000i\n\n"


def test_long_indices_are_aligned_at_the_comma():
    assert printed("format compact\nS = sparse([9 10],[9 10],1)") == "S =\n   (9,9)        1\n  (10,10)       1\n"


def test_disp_and_cells_and_whos():
    assert printed("disp(speye(1))") == "   (1,1)        1\n\n"
    assert "{3×3 double}" in printed("c = {speye(3)}")
    assert "3x3                80  double    sparse" in printed("S = speye(3); whos")
