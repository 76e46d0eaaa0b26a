"""Sparse matrices: how they are made, what functions give, factors, solvers, orders."""

import io

import numpy as np
import pytest

from cnnscript.errors import ScriptError
from cnnscript.session import Session
from cnnscript.values.sparse import Sparse

SYSTEM = (
    "n = 60; A = spdiags(ones(n,1)*[-1 -1 6 -1 -2], [-10 -1 0 1 10], n, n); B = A + A'; e = ones(n,1);"
    "b = A*e; c = B*e;"
)


def run(text):
    out = io.StringIO()
    session = Session(out=out)
    session.run(text)
    return session, out.getvalue()


def error(text):
    with pytest.raises(ScriptError) as caught:
        run(text)
    return caught.value


# -------------------------------------------------------------------------------------------------------------- making
def test_triplets_add_up_and_logical_ones_are_or_ed():
    session, _ = run("x = full(sparse([1 1 2],[1 1 2],[2 3 4],2,3)); z = class(sparse([1 1],[1 1],[true true]));")
    assert session["x"].tolist() == [[5, 0, 0], [0, 4, 0]] and session["z"] == "logical"


def test_scalars_are_repeated_and_empty_triplets_make_nothing():
    session, _ = run("x = full(sparse(1:3, 2, 1)); y = size(sparse([],[],[],4,5)); z = size(sparse(zeros(0,3)));")
    assert session["x"].tolist() == [[0, 1], [0, 1], [0, 1]]
    assert session["y"].tolist() == [[4, 5]] and session["z"].tolist() == [[0, 3]]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("sparse(0,1,1)", "MATLAB:sparsefcn:nonPosIndex"),
        ("sparse(1.5,1,1)", "MATLAB:sparsefcn:nonIntegerIndex"),
        ("sparse(3,1,1,2,2)", "MATLAB:sparsefcn:largeIndex"),
        ("sparse([1 2 3],[1 2],1)", "MATLAB:sparsefcn:lengthMismatch"),
        ("sparse(int8([1 2]))", "MATLAB:UndefinedFunction"),
        ("sparse({1})", "MATLAB:UndefinedFunction"),
        ("sparse(-1,2)", "MATLAB:sparse:negativeSize"),
        ("sparse(ones(2,2,2))", "MATLAB:sparseNDArray"),
        ("ilu(ones(2))", "MATLAB:ilu:InputMustBeSparse"),
        ("ichol(sparse([1 2;2 1]))", "MATLAB:ichol:Breakdown"),
        ("chol(sparse([1 2;2 1]))", "MATLAB:posdef"),
        ("inv(sparse(2,3))", "MATLAB:square"),
        ("pcg(eye(2),[1;2;3])", "MATLAB:pcg:RSHsizeMatchCoeffMatrix"),
        ("eigs(speye(3),1,'middle')", "MATLAB:eigs:InvalidSigma"),
    ],
)
def test_what_cannot_be_done_is_an_error(text, identifier):
    assert error(text).identifier == identifier


@pytest.mark.parametrize("shape", ["5,5", "7,4", "4,7"])
def test_diagonals_taken_out_and_put_back_make_the_same_matrix(shape):
    m, n = shape.split(",")
    session, _ = run(f"rng(1); A = round(10*rand({shape}))-5; [B,d] = spdiags(A); x = isequal(spdiags(B,d,{m},{n}),A);")
    assert session["x"] is True


def test_random_matrices_have_about_the_density_asked_for():
    session, _ = run("rng(3); R = sprand(50,40,0.1); S = sprandsym(30,0.2); x = nnz(R); y = isequal(S,S'); s = nnz(S);")
    assert 170 < session["x"] <= 200 and session["y"] is True and abs(session["s"] - 180) <= 2


def test_a_given_condition_number_is_kept():
    session, _ = run("rng(3); c = cond(full(sprand(20,20,0.3,0.01))); d = eig(full(sprandsym(10,0.5,[1:10])));")
    assert abs(session["c"] - 100) < 1e-6 and np.allclose(session["d"].ravel(), range(1, 11))


def test_random_matrices_draw_as_matlab_does():
    # the residual that MathWorks' page on pcg prints for this system
    session, _ = run("rng default; A = sprand(400,400,.5); A = A'*A; b = sum(A,2); [x,flag,relres] = pcg(A,b);")
    assert session["flag"] == 1 and f"{session['relres']:.1e}" == "3.6e-06"


# ----------------------------------------------------------------------------------------------------------- functions
FUNCTIONS = [
    "sum(X)", "sum(X,2)", "sum(X,'all')", "any(X)", "all(X)", "any(X,2)", "max(X)", "min(X,[],2)", "max(X,1)",
    "cumsum(X,2)", "prod(X)", "mean(X)", "abs(X)", "sign(X)", "sqrt(X)", "exp(X)", "cos(X)", "round(X/3)", "isnan(X)",
    "sort(X)", "sort(X,'descend')", "unique(X)", "diag(X)", "diag(X,1)", "diag(X(:,1))", "tril(X)", "triu(X,1)",
    "kron(X,[1 2])", "reshape(X,4,3)", "reshape(X,[],2)", "repmat(X,2,3)", "permute(X,[2 1])", "fliplr(X)",
    "circshift(X,1)", "circshift(X,[1 2])", "blkdiag(X,X)", "find(X)", "find(X,2)", "find(X,1,'last')", "nnz(X)",
    "nonzeros(X)", "norm(X,1)", "norm(X,'fro')", "norm(X,Inf)", "norm(X)", "trace(X(1:3,1:3))", "double(X>0)",
    "isdiag(X)", "istriu(X)", "bandwidth(X(1:3,1:3),'lower')", "issymmetric(X(1:3,1:3))", "mod(X,3)", "X(:)'",
    "num2str(X)", "numel(X)", "size(X)", "isempty(X)", "var(X)", "real(X)", "isreal(X)", "cummax(X)", "dot(X,X)",
    "mean(X,'all')", "isequal(X,A)", "det(X(1:3,1:3))", "rank(X)", "inv(X(1:3,1:3)+5*eye(3))", "sprintf('%d,',X)",
    "accumarray([1 1;2 2],[3;4],[2 2],[],0,true)", "spones(X)", "spfun(@sqrt,X)", "logical(X)", "xor(X,A>2)",
]  # fmt: skip


@pytest.mark.parametrize("call", FUNCTIONS)
def test_a_function_gives_what_it_gives_of_the_full_matrix(call):
    session, _ = run(
        "A = [1 0 -2 0;0 3 0 0;4 0 0 5]; X = sparse(A);"
        f"x = {call}; X = A; y = {call}; same = isequaln(full(x), full(y)) || norm(full(x-y)) < 1e-12;"
    )
    assert session["same"] is True


def test_three_outputs_of_find_and_of_sort():
    session, _ = run("[i,j,v] = find(sparse([0 7;8 0])); [s,k] = sort(sparse([3 0 1]));")
    session.run("t = issparse(s); u = issparse(k);")
    assert session["i"].ravel().tolist() == [2, 1] and session["v"].ravel().tolist() == [8, 7]
    assert session["k"].tolist() == [[2, 3, 1]] and session["t"] is True and session["u"] is False


def test_mat_files_keep_sparse_matrices(tmp_path):
    session, _ = run(
        f"S = sparse([1 0;2 3]); L = S > 1; C = S*1i; save('{tmp_path}/a.mat','S','L','C'); clear;"
        f"load('{tmp_path}/a.mat'); x = {{class(L), issparse(C), nnz(S)}};"
    )
    assert type(session["S"]) is Sparse and session["S"].full().tolist() == [[1, 0], [2, 3]]
    assert session["x"].ravel().tolist() == ["logical", True, 3.0]
    assert session["C"].full().tolist() == [[1j, 0], [2j, 3j]]


def test_mat2str_spells_a_call():
    session, _ = run("x = mat2str(sparse([0 2]));")
    assert session["x"] == "sparse(1,2,2,1,2)"


# ------------------------------------------------------------------------------------------------------------- factors
@pytest.mark.parametrize(
    "check",
    [
        "[L,U] = lu(A); e = A - L*U;", "[L,U,P] = lu(A); e = P*A - L*U;", "[L,U,P,Q] = lu(A); e = P*A*Q - L*U;",
        "[L,U,P,Q,R] = lu(A); e = P*(R\\A)*Q - L*U;", "[L,U,p] = lu(A,'vector'); e = A(p,:) - L*U;",
        "R = chol(B); e = R'*R - B;", "L = chol(B,'lower'); e = L*L' - B;", "[R,p,S] = chol(B); e = R'*R - S'*B*S;",
        "[Q,R] = qr(A); e = Q*R - A;", "R = qr(A); e = R'*R - A'*A;", "e = inv(A)*A - speye(n);",
        "[L,U,P] = ilu(A,struct('type','ilutp','droptol',0)); e = P*A - L*U;",
        "[L,U] = ilu(A,struct('type','crout','droptol',0)); e = A - L*U;",
        "L = ichol(B,struct('type','ict','droptol',0)); e = L*L' - B;",
        "L = ichol(B,struct('michol','on')); e = (L*L' - B)*ones(n,1);",
        "[L,U] = ilu(A,struct('milu','row')); e = (L*U - A)*ones(n,1);",
        "[V,D] = eigs(B,3); e = B*V - V*D;", "[U,S,V] = svds(A,2); e = A*V - U*S;", "e = A^-1*A - speye(n);",
        "e = eigs(B,2,'smallestabs') - subsref(sort(eig(full(B))), substruct('()',{1:2}));",
    ],
)  # fmt: skip
def test_factors_make_the_matrix_again(check):
    session, _ = run(f"{SYSTEM} {check} x = norm(full(e),1);")
    assert session["x"] < 1e-8


def test_without_fill_keeps_the_places():
    session, _ = run(f"{SYSTEM} [L,U] = ilu(A); x = nnz(L) + nnz(U) - n == nnz(A); y = nnz(ichol(B)) == nnz(tril(B));")
    assert session["x"] is True and session["y"] is True


# ------------------------------------------------------------------------------------------------------------- solvers
@pytest.mark.parametrize("name", ["pcg", "minres", "symmlq", "bicg", "bicgstab", "bicgstabl", "cgs", "qmr", "tfqmr"])
@pytest.mark.parametrize("form", ["B,c,1e-8,60", "B,c,1e-8,60,L,L'", "B,c,1e-8,60,[],[],e*0.9"])
def test_a_solver_solves_and_says_so_in_its_outputs(name, form):
    session, printed = run(f"{SYSTEM} L = ichol(B); [x,flag,relres,iter,resvec] = {name}({form}); d = norm(x-e);")
    assert session["flag"] == 0 and session["relres"] <= 1e-8 and session["d"] < 1e-5 and printed == ""
    assert np.size(session["resvec"]) >= session["iter"] + 1


@pytest.mark.parametrize("name", ["bicg", "bicgstab", "cgs", "qmr", "tfqmr", "gmres", "lsqr"])
def test_a_general_system_with_incomplete_factors(name):
    extra = "20," if name == "gmres" else ""
    session, _ = run(f"{SYSTEM} [L,U] = ilu(A); [x,flag] = {name}(A,b,{extra}1e-8,60,L,U); d = norm(x-e);")
    assert session["flag"] == 0 and session["d"] < 1e-5


def test_functions_in_place_of_matrices():
    session, _ = run(
        f"{SYSTEM} [x,f] = pcg(@(v) B*v, c, 1e-8, 60, @(v) v/12); [y,g] = gmres(@(v) A*v, b, [], 1e-8, 60); disp([f g])"
    )
    assert np.allclose(session["x"], 1, atol=1e-5) and np.allclose(session["y"], 1, atol=1e-5)


def test_without_a_flag_the_solver_tells_what_happened():
    _, printed = run(f"{SYSTEM} x = pcg(B,c,1e-8,60);")
    assert printed.startswith("pcg converged at iteration ") and " to a solution with relative residual " in printed
    _, printed = run(f"{SYSTEM} x = pcg(B,c,1e-12,2);")
    first, second, third = printed.splitlines()
    assert first == "pcg stopped at iteration 2 without converging to the desired tolerance 1e-12"
    assert second == "because the maximum number of iterations was reached."
    assert third.startswith("The iterate returned (number 2) has relative residual ")
    _, printed = run("x = gmres(speye(2), [0;0]);")
    assert printed.splitlines()[1] == "returned an all zero solution without iterating."


def test_an_indefinite_matrix_stops_conjugate_gradients_with_flag_4():
    session, _ = run("[x,flag,relres,iter] = pcg(sparse([1 0;0 -1]), [1;2]);")
    assert session["flag"] == 4


# -------------------------------------------------------------------------------------------------------------- orders
@pytest.mark.parametrize("name", ["amd", "symamd", "colamd", "symrcm", "colperm", "dmperm"])
def test_an_order_names_every_column_once(name):
    session, _ = run(f"{SYSTEM} p = sort({name}(B));")
    assert session["p"].tolist() == [[float(k) for k in range(1, 61)]]


def test_least_squares_through_the_augmented_matrix():
    session, _ = run("A = sparse([1 0; 1 1; 0 2]); b = [1; 2; 3]; S = spaugment(A, 1); x = S \\ [b; 0; 0]; y = A \\ b;")
    assert np.allclose(session["x"][3:], session["y"])


def test_a_band_is_found_again():
    session, _ = run("rng(2); n = 40; T = spdiags(ones(n,3),-1:1,n,n); p = randperm(n); S = T(p,p);")
    session.run("r = symrcm(S); w = bandwidth(S(r,r));")
    assert session["w"] <= 2


def test_a_block_triangular_form():
    session, _ = run("A = sparse([1 1 0;0 1 0;1 0 1]); [p,q,r] = dmperm(A); T = A(p,q); x = istriu(T); k = numel(r);")
    assert session["x"] is True and session["k"] == 4


def test_pictures_of_places():
    session, _ = run("spy(speye(3)); x = get(get(gca,'XLabel'),'String'); treeplot([0 1 1]); gplot(speye(2),[0 0;1 1])")
    assert session["x"] == "nz = 3"


# --------------------------------------------------------------------------------------------------------------- grids
@pytest.mark.parametrize("region", ["S", "L", "C", "D", "A", "H", "B", "N"])
def test_a_grid_is_numbered_once_and_its_laplacian_is_symmetric(region):
    session, _ = run(f"G = numgrid('{region}', 12); D = delsq(G); k = nnz(G); x = isequal(sort(nonzeros(G)), (1:k)');")
    session.run("y = issymmetric(D) && all(diag(D) == 4) && size(D,1) == k;")
    assert session["x"] is True and session["y"] is True


def test_scaling_puts_ones_on_the_diagonal_and_nothing_larger():
    session, _ = run("rng(1); A = sprandn(20,20,0.3) + speye(20); [P,R,C] = equilibrate(A); B = abs(R*P*A*C);")
    session.run("x = full(max(B(:))); y = full(diag(B));")
    assert session["x"] < 1 + 1e-9 and np.allclose(session["y"], 1)
