"""Sparse matrices as values: places, indexing, assignment, deletion, joining, operators, truth."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.numeric import COLON, class_of
from cnnscript.values.sparse import Sparse, as_sparse, from_places, zeros

RNG = np.random.default_rng(7)


def random_matrix(rows, columns, density=0.4):
    array = RNG.integers(-4, 5, (rows, columns)).astype(float)
    array[RNG.random((rows, columns)) > density] = 0
    return array


def run(text):
    out = io.StringIO()
    session = Session(out=out)
    session.run(text)
    return session, out.getvalue()


def error(text):
    with pytest.raises(ScriptError) as caught:
        run(text)
    return caught.value


def test_values_for_one_place_are_added_and_zeros_are_not_kept():
    made = from_places(np.array([0, 0, 1]), np.array([0, 0, 1]), np.array([2.0, 3.0, 0.0]), (2, 2))
    assert made.full().tolist() == [[5, 0], [0, 0]] and made.count() == 1


def test_class_is_double_or_logical_and_complex_without_imaginary_parts_is_real():
    assert class_of(as_sparse(True)) == "logical" and class_of(as_sparse(1j)) == "double"
    assert as_sparse(np.array([[1 + 0j, 2]])).dtype == np.float64


INDICES = [
    "(2,3)", "(:,2)", "(2,:)", "(:)", "(:,:)", "(5)", "([1 5 2])", "([1;5;2])", "([1 2;3 4])", "([3 1],[2 2 1])",
    "(end,end)", "(end)", "(A>0)", "(S>0)", "(logical([1 0 1]),:)", "(:,end:-1:1)", "(:,[])", "([])", "(3,2,1)",
]  # fmt: skip


@pytest.mark.parametrize("index", INDICES)
def test_an_index_gives_what_it_gives_of_the_full_matrix(index):
    session, _ = run(f"A = [1 0 -2 0;0 3 0 0;4 0 0 5]; S = sparse(A); x = S{index}; y = A{index};")
    assert type(session["x"]) is Sparse
    assert np.array_equal(session["x"].full(), np.atleast_2d(session["y"])), index
    assert session["x"].size() == np.atleast_2d(session["y"]).shape


@pytest.mark.parametrize(
    "write",
    [
        "(2,2) = 7", "(2,2) = 0", "(5,6) = 1", "(:,1) = 9", "(1,:) = []", "(:,[1 3]) = []", "([1 2],[1 2]) = [1 2;3 4]",
        "(A>0) = 0", "(3) = 8", "([1 1 2]) = [5 6 7]", "(:) = 1:12", "(:,end+1) = [1;0;2]", "(2,:) = sparse([0 1 0 1])",
        "(:,2) = sparse([1;0;3])", "([1 3],:) = []", "(2,2) = 1i", "(logical([1 0 1]),1) = 4", "(:,:) = 2",
    ],
)  # fmt: skip
def test_an_assignment_does_what_it_does_to_the_full_matrix(write):
    session, _ = run(f"A = [1 0 -2 0;0 3 0 0;4 0 0 5]; S = sparse(A); B = A; B{write}; S{write};")
    assert type(session["S"]) is Sparse
    assert np.array_equal(session["S"].full(), session["B"]), write


def test_a_full_matrix_stays_full_when_sparse_elements_are_written_into_it():
    session, _ = run("A = zeros(2); A(:,1) = sparse([1;2]); clear S, S(2,2) = sparse(3);")
    assert session["A"].tolist() == [[1, 0], [2, 0]] and type(session["S"]) is Sparse


@pytest.mark.parametrize("operator", ["+", "-", ".*", "./", "*", "==", "~=", "<", "<=", ">", ">=", "&", "|"])
@pytest.mark.parametrize("sides", ["S,T", "S,B", "A,T", "S,2", "2,T", "S,0", "S,sparse(3)"])
def test_an_operator_gives_what_it_gives_of_full_matrices(operator, sides):
    first, second = sides.split(",")
    whole = {"S": "A", "T": "B", "sparse(3)": "3"}
    session, _ = run(
        f"A = [1 0 -2;0 3 0;4 0 5]; B = [0 0 1;2 3 0;1 -1 0]; S = sparse(A); T = sparse(B);"
        f"x = full({first} {operator} {second}); y = {whole.get(first, first)} {operator} {whole.get(second, second)};"
    )
    x, y = session["x"], session["y"]
    assert class_of(x) == class_of(y)
    assert np.array_equal(x, y, equal_nan=True)


@pytest.mark.parametrize(
    ("expression", "sparse"),
    [
        ("S+S", True), ("S+A", False), ("S+1", False), ("1-S", False), ("S.*A", True), ("A.*S", True), ("S*2", True),
        ("S*A", False), ("A*S", False), ("S*S", True), ("S/2", True), ("S./A", True), ("S>1", True), ("S&A", True),
        ("S|A", True), ("~S", True), ("-S", True), ("S'", True), ("S.^2", True), ("S^2", True), ("S\\A", False),
        ("S\\S", True), ("A\\S", False), ("S/A", False), ("[S A]", True), ("[A;S]", True), ("abs(S)", True),
        ("exp(S)", True), ("sum(S)", True), ("full(S)", False), ("size(S)", False), ("S(1,1)", True), ("inv(S)", True),
        ("det(S)", False), ("max(S)", True), ("kron(S,A)", True), ("diag(S)", True), ("double(S)", True),
        ("cumsum(S)", True), ("norm(S,1)", False), ("mean(S)", True), ("nnz(S)", False), ("isnan(S)", True),
    ],
)  # fmt: skip
def test_which_results_are_sparse(expression, sparse):
    session, _ = run(f"A = [2 0 1;0 3 0;4 0 5]; S = sparse(A); x = issparse({expression});")
    assert session["x"] is sparse


def test_nan_and_inf_times_zero_is_nan():
    session, _ = run("x = full(sparse([0 1]).*[NaN 2]);")
    assert np.isnan(session["x"][0, 0]) and session["x"][0, 1] == 2


def test_singular_systems_warn():
    _, printed = run("lastwarn(''); x = sparse([1 1;1 1]) \\ [1;2]; [m, id] = lastwarn; disp(id)")
    assert "MATLAB:singularMatrix" in printed


def test_a_system_is_solved_without_the_zeros():
    session, _ = run("n = 500; A = spdiags(ones(n,1)*[-1 4 -1], -1:1, n, n); x = A\\(A*(1:n)'); e = norm(x-(1:n)');")
    assert session["e"] < 1e-9


def test_truth_needs_all_elements_and_some():
    assert as_sparse(np.ones((2, 2))).truth() and not as_sparse(np.eye(2)).truth() and not zeros(0, 0).truth()


def test_a_large_sparse_right_side_is_solved_in_blocks():
    session, _ = run("n = 5000; A = spdiags(ones(n,1)*[4 -1], 0:1, n, n); X = A \\ speye(n);")
    session.run("e = norm(A*X-speye(n), 1);")
    assert type(session["X"]) is Sparse and session["e"] < 1e-12


def test_a_loop_runs_over_sparse_columns():
    session, _ = run("k = 0; for c = sparse([1 0;2 3]), k = k + issparse(c)*size(c,1); end")
    assert session["k"] == 4


def test_joining_mixed_parts_is_sparse_and_sizes_must_agree():
    session, _ = run("x = [speye(2) [1;2]]; c = {1, speye(2)}; d = [c, {speye(1)}];")
    assert session["x"].full().tolist() == [[1, 0, 1], [0, 1, 2]] and session["d"].shape == (1, 3)
    assert error("[speye(2); ones(1,3)]").identifier == "MATLAB:catenate:dimensionMismatch"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("S = speye(2); S(3,3)", "MATLAB:badsubscript"),
        ("speye(2) + ones(3)", "MATLAB:sizeDimensionsMustMatch"),
        ("speye(2) * ones(3)", "MATLAB:innerdim"),
        ("speye(2) + int8([1 2;3 4])", "MATLAB:mixedClasses"),
        ("cat(3, speye(2), speye(2))", "MATLAB:sparseNDArray"),
        ("single(speye(2))", "MATLAB:unimplementedSparseType"),
        ("logical(sparse(NaN))", "MATLAB:nologicalnan"),
        ("speye(2) \\ ones(3,1)", "MATLAB:dimagree"),
        ("S = speye(3); S(4:5) = [1 2 3]", "MATLAB:matrix:singleSubscriptNumelMismatch"),
        ("sparse(2,3)^2", "MATLAB:square"),
    ],
)
def test_what_cannot_be_done_is_matlabs_error(text, identifier):
    assert error(text).identifier == identifier


EDGES = [
    "zeros(0,2)|x(1) = 5", "zeros(3,0)|x([1 1 2]) = 5", "zeros(1,0)|x = x(logical([]))", "ones(2)|x(1:2,1:2) = []",
    "ones(2)|x([1 2],:) = []", "ones(0,3)|x([],end) = []", "ones(3,1)|x(2) = []", "ones(2)|x(3) = []",
    "ones(2)|x(:) = []", "ones(1,3)|x([1 1]) = []", "ones(2)|x(:,:) = []", "ones(2)|x(logical([1 0]),:) = []",
]  # fmt: skip


@pytest.mark.parametrize("case", EDGES)
def test_empty_and_whole_indices_do_what_they_do_to_full_matrices(case):
    start, change = case.split("|")
    session, _ = run(f"x = {start}; {change}; y = x; x = sparse({start}); {change};")
    expected = np.atleast_2d(session["y"])
    assert session["x"].size() == expected.shape and np.array_equal(session["x"].full(), expected)


@pytest.mark.parametrize("text", ["x(3,3) = []", "x(1,1) = []", "x(9) = []", "x(5) = 1", "x(:,:,2) = []"])
def test_deleting_what_is_not_there_is_refused_as_for_full_matrices(text):
    assert error(f"x = speye(2); {text}").identifier


@pytest.mark.parametrize("seed", range(5))
def test_random_products_and_indices_agree_with_full_ones(seed):
    first, second = random_matrix(6, 5), random_matrix(5, 7)
    s, t = as_sparse(first), as_sparse(second)
    assert np.array_equal(s.operator("mtimes", (s, t)).full(), first @ second)
    rows = np.array([[3.0, 1.0, 6.0]])
    assert np.array_equal(s.index((rows, COLON)).full(), first[[2, 0, 5]])
    assert np.array_equal(s.assign((rows, 2.0), 9.0).full()[[2, 0, 5], 1], [9, 9, 9])


def test_isequal_asks_for_values_not_for_storage():
    session, _ = run("x = isequal(speye(2), eye(2)); y = isequal(speye(2), sparse(2,2));")
    session.run("z = isequaln(sparse(NaN), NaN);")
    assert session["x"] is True and session["y"] is False and session["z"] is True
