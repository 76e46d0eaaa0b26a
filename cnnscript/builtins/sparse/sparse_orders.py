"""Orders of rows and columns that keep factors sparse, and the trees behind them: colperm, amd, symamd, colamd, symrcm,
dmperm, etree, treelayout, treeplot, gplot, spy, spparms."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import TABLE, builtin
from cnnscript.builtins.sparse.sparse_factors import index_row, require_square, superlu
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.compressed import canonical
from cnnscript.values.convert import rows_as_char
from cnnscript.values.numeric import as_array, ndarray, norm
from cnnscript.values.sparse import Sparse, as_sparse, from_places, full_value
from cnnscript.values.structs import is_struct
from cnnscript.values.text import String, text_or_none


@builtin
def colperm(x, /):
    """
    j = colperm(S)

    Columns by their number of nonzeros, fewest first.

    Examples
      >> colperm(sparse([1 1 0; 1 0 0; 1 0 1]))
      ans =
           2     3     1

    See also colamd, symrcm, amd.
    """
    return index_row(np.argsort(np.diff(as_sparse(x).matrix.indptr), kind="stable"))


def fill_reducing(value: Sparse, spec: str) -> ndarray:
    """SuperLU's order of the columns for a matrix with these places, made diagonally dominant."""
    rows, columns, _ = value.places()
    m, n = value.size()
    size = max(m, n)
    along = np.arange(size)
    filled = from_places(
        np.concatenate([rows, along]), np.concatenate([columns, along]),
        np.concatenate([np.ones(rows.size) / size, np.full(size, 4.0 * size)]), (size, size),
    )  # fmt: skip
    factors = superlu(filled, permc_spec=spec)
    order = np.argsort(factors.perm_c)
    return order[order < n]


@builtin
def colamd(x, knobs=None, /):
    """
    p = colamd(S)
    p = colamd(S, knobs)

    An order of the columns for which the factors of S(:,p) are sparse.

    The order is SuperLU's; which rows and columns count as dense is its own to say, whatever the knobs.

    Examples
      >> sort(colamd(sparse([1 1 0; 1 0 0; 1 0 1])))
      ans =
           1     2     3
      >> numel(colamd(sparse([1 1 0; 1 0 0; 1 0 1]), [10 10 0]))
      ans =
           3

    See also colperm, symamd, amd, lu.
    """
    if knobs is not None:
        take.vector(full_value(knobs), "knobs")
    return index_row(fill_reducing(as_sparse(x), "COLAMD"))


@builtin
def amd(x, options=None, /):
    """
    p = amd(A)
    p = amd(A, opts)

    An order (minimum degree) for which the Cholesky factor of A(p,p) is sparse.

    The order is SuperLU's; which rows and columns count as dense is its own to say, whatever the fields of opts.

    Examples
      >> sort(amd(sparse([4 1 0; 1 4 1; 0 1 4])))
      ans =
           1     2     3
      >> opts.dense = 10; numel(amd(sparse([4 1 0; 1 4 1; 0 1 4]), opts))
      ans =
           3

    See also symamd, symrcm, colamd, chol.
    """
    if options is not None and not is_struct(options):
        raise ScriptError("MATLAB:amd:invalidOptions", "The options of amd are a struct.")
    require_square(x)
    return index_row(fill_reducing(as_sparse(x), "MMD_AT_PLUS_A"))


@builtin
def symamd(x, knobs=None, /):
    """
    p = symamd(S)
    p = symamd(S, knobs)

    An order (minimum degree) for which the Cholesky factor of a symmetric S(p,p) is sparse.

    The order is SuperLU's; which rows and columns count as dense is its own to say, whatever the knobs.

    Examples
      >> sort(symamd(sparse([4 1 0; 1 4 1; 0 1 4])))
      ans =
           1     2     3
      >> numel(symamd(sparse([4 1 0; 1 4 1; 0 1 4]), [10 0]))
      ans =
           3

    See also amd, colamd, symrcm, chol.
    """
    if knobs is not None:
        take.vector(full_value(knobs), "knobs")
    require_square(x)
    return index_row(fill_reducing(as_sparse(x), "MMD_AT_PLUS_A"))


@builtin
def symrcm(x, /):
    """
    r = symrcm(S)

    The reverse Cuthill-McKee order: S(r,r) has its nonzeros near the diagonal.

    Examples
      >> A = sparse([1 0 1; 0 1 0; 1 0 1]); r = symrcm(A); bandwidth(A(r,r))
      ans =
           1

    See also amd, colperm, bandwidth.
    """
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    require_square(x)
    value = as_sparse(x)
    if not value.size()[0]:
        return norm(np.zeros((1, 0)))
    both = (abs(value.matrix) + abs(value.matrix.T)).astype(float).tocsr()
    return index_row(reverse_cuthill_mckee(both, symmetric_mode=True).astype(np.int64))


@builtin(outputs=4)
def dmperm(nargout, x, /):
    """
    p = dmperm(A)
    [p, q, r, s] = dmperm(A)

    A maximum matching: p(j) is the row matched with column j, 0 for none; with four outputs orders of rows and columns
    that make a square matrix of full structural rank block upper triangular.

    Examples
      >> dmperm(sparse([0 1; 1 0]))
      ans =
           2     1
      >> A = sparse([1 1 0; 0 1 0; 1 0 1]); [p, q, r, s] = dmperm(A); istriu(A(p, q))
      ans =
        logical
         1

    See also sprank, lu.
    """
    from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

    value = as_sparse(x)
    m, n = value.size()
    pattern = abs(value.matrix).astype(float).tocsr()
    rows = maximum_bipartite_matching(pattern, perm_type="row").astype(np.int64)
    if nargout < 2:
        return index_row(rows)
    if m != n or (rows < 0).any():
        raise ScriptError(
            "MATLAB:cnnscript:dmperm",
            "The coarse decomposition of a matrix that is not square and of full structural rank is not in cnnscript "
            "yet.",
        )
    matched = value.matrix[rows, :]
    count, label = connected_components(matched, directed=True, connection="strong")
    # the components in an order that puts all edges above the diagonal
    row, column, _ = Sparse(canonical(matched)).places()
    after: list[set[int]] = [set() for _ in range(count)]
    for one, other in zip(label[row].tolist(), label[column].tolist(), strict=True):
        if one != other:
            after[one].add(other)
    ordered = topological(after)
    parts = [np.flatnonzero(label == component) for component in ordered]
    places = np.concatenate([np.zeros(0, np.int64), *parts])
    sizes = [int((label == component).sum()) for component in ordered]
    ends = norm((np.cumsum([0, *sizes]) + 1.0).reshape(1, -1))
    return index_row(rows[places]), index_row(places), ends, ends


def topological(after: list[set[int]]) -> list[int]:
    """Nodes so that each comes before those that follow it (there are no circles)."""
    before = [0] * len(after)
    for followers in after:
        for node in followers:
            before[node] += 1
    ready = [node for node, count in enumerate(before) if not count]
    ordered = []
    while ready:
        node = ready.pop(0)
        ordered.append(node)
        for follower in sorted(after[node]):
            before[follower] -= 1
            if not before[follower]:
                ready.append(follower)
    return ordered


# --------------------------------------------------------------------------------------------------------------- trees
@builtin(outputs=2)
def etree(nargout, x, kind=None, /):
    """
    p = etree(A)
    p = etree(A, 'col')
    [p, q] = etree(...)

    The elimination tree of a symmetric matrix (or, 'col', of A'*A): the parent of each column, 0 for a root; q is a
    postorder.

    Examples
      >> etree(sparse([4 1 0; 1 4 1; 0 1 4]))
      ans =
           2     3     0

    See also treelayout, treeplot, chol.
    """
    value = as_sparse(x)
    word = "sym" if kind is None else take.choice(kind, ("sym", "col", "row"), "Kind")
    if word != "sym":
        pattern = value.matrix.astype(bool).astype(float)
        product = pattern.T @ pattern if word == "col" else pattern @ pattern.T
        value = Sparse(canonical(product))
    require_square(value)
    parents = elimination_tree(value)
    found = index_row(parents)
    return (found, index_row(postorder(parents))) if nargout > 1 else found


def elimination_tree(value: Sparse) -> ndarray:
    """Parents (from 0, -1 for a root), after J. Liu: ancestors are compressed on the way up."""
    size = value.size()[0]
    matrix = value.matrix
    parents, ancestors = np.full(size, -1), np.full(size, -1)
    for column in range(size):
        for row in matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]].tolist():
            node = row
            while node != -1 and node < column:
                above = ancestors[node]
                ancestors[node] = column
                if above == -1:
                    parents[node] = column
                node = int(above)
    return parents


def postorder(parents: ndarray) -> ndarray:
    """Nodes so that all children come before their parent."""
    size = parents.size
    children: list[list[int]] = [[] for _ in range(size + 1)]
    for node, parent in enumerate(parents.tolist()):
        children[parent if parent >= 0 else size].append(node)
    ordered = []
    stack: list[tuple[int, bool]] = [(node, False) for node in reversed(children[size])]
    while stack:
        node, done = stack.pop()
        if done:
            ordered.append(node)
        else:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(children[node]))
    return np.array(ordered, np.int64)


@builtin(outputs=4)
def treelayout(nargout, parent, post=None, /):
    """
    [x, y] = treelayout(parent)
    [x, y, h, s] = treelayout(parent, post)

    Places between 0 and 1 for the nodes of a forest of parents (0: a root): leaves side by side, parents over the
    middle of their children; h is the height, s the number of nodes of the top separator.

    Examples
      >> [x, y, h, s] = treelayout([0 1 1])
      x =
          0.5000    0.3333    0.6667
      y =
          0.6667    0.3333    0.3333
      h =
           1
      s =
           1

    See also treeplot, etree, gplot.
    """
    given = take.vector(full_value(parent), "parent").astype(np.int64)
    size = given.size
    if (given < 0).any() or (given > size).any():
        raise ScriptError("MATLAB:treelayout:badParent", "Parents must be nodes, or 0 for a root.")
    order = postorder(given - 1) if post is None else take.vector(full_value(post), "post").astype(np.int64) - 1
    if not np.array_equal(np.sort(order), np.arange(size)):
        raise ScriptError("MATLAB:treelayout:badPostorder", "post must hold each node once.")
    root = size  # one node over all roots
    parents = np.where(given == 0, root, given - 1)
    leaves, height = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
    leftmost, rightmost = np.full(size + 1, np.inf), np.full(size + 1, -np.inf)
    has_child = np.zeros(size + 1, bool)
    has_child[parents] = True
    places = np.zeros(size + 1)
    count = 0
    for node in [*order.tolist(), root]:
        if not has_child[node]:
            count += 1
            places[node] = count
            leaves[node] = 1
        else:
            places[node] = (leftmost[node] + rightmost[node]) / 2
        if node != root:
            above = parents[node]
            leftmost[above] = min(leftmost[above], places[node])
            rightmost[above] = max(rightmost[above], places[node])
            height[above] = max(height[above], height[node] + 1)
    highest = int(height[root]) - 1
    across = places[:size] / (count + 1)
    up = (height[:size] + 1) / (highest + 2)
    # the top separator: from the root down as long as there is one child only
    only = {int(parent): int(node) for node, parent in enumerate(parents)}
    single = np.bincount(parents, minlength=size + 1) == 1
    separators, node = 0, root
    while single[node]:
        node = only[node]
        separators += 1
    found = (norm(across.reshape(1, -1)), norm(up.reshape(1, -1)), float(highest), float(separators))
    return found[: max(nargout, 1)] if nargout > 1 else found[0]


# ------------------------------------------------------------------------------------------------------------ pictures
def drawn(session: Any, name: str, *args: Any) -> Any:
    """A call of a plotting function."""
    if name not in TABLE:
        from cnnscript import builtins

        builtins.find(name)
    return TABLE[name].bind(session)(0, *args)


@builtin
def spy(session, x, /, *rest):
    """
    spy(S)
    spy(S, LineSpec)
    spy(S, LineSpec, MarkerSize)

    A picture of where a matrix is not zero: a marker for each element, and how many there are under it.

    Examples
      >> spy(speye(3))
      figure 1: line 3 points, xlabel 'nz = 3'

    See also nnz, gplot, imagesc.
    """
    value = as_sparse(x) if type(x) is Sparse or as_array(x).ndim == 2 else as_sparse(full_value(x))
    rows, columns, _ = value.places()
    style, more = ".", []
    for item in rest:
        word = text_or_none(item)
        if word is not None:
            style = word
        else:
            more = [String.of("MarkerSize"), float(take.number(full_value(item), "MarkerSize"))]
    m, n = value.size()
    across, down = norm((columns + 1.0).reshape(1, -1)), norm((rows + 1.0).reshape(1, -1))
    if not rows.size:
        across = down = np.nan
    drawn(session, "plot", across, down, style, *more)
    drawn(session, "axis", "ij")
    drawn(session, "axis", np.array([[0.0, n + 1.0, 0.0, m + 1.0]]))
    drawn(session, "xlabel", f"nz = {value.count()}")


@builtin(outputs=2)
def gplot(session, nargout, x, places, style="-", /):
    """
    gplot(A, XY)
    gplot(A, XY, LineSpec)
    [X, Y] = gplot(A, XY)

    The edges of a graph between nodes at the rows of XY: a line where A is not zero.

    Examples
      >> [X, Y] = gplot([0 1; 0 0], [0 0; 1 2]); [X Y]
      ans =
           0     0
           1     2
         NaN   NaN

    See also treeplot, spy, plot.
    """
    rows, columns, _ = as_sparse(x).places()
    points = take.real(full_value(places), "XY")
    if points.ndim != 2 or points.shape[1] < 2 or rows.size and max(rows.max(), columns.max()) >= points.shape[0]:
        raise take.wanted("two columns and a row for each node", "XY", places)
    order = np.argsort(np.maximum(rows, columns), kind="stable")
    rows, columns = rows[order], columns[order]
    lines = [
        np.column_stack([points[rows, axis], points[columns, axis], np.full(rows.size, np.nan)]).reshape(-1, 1)
        for axis in range(2)
    ]
    found = tuple(norm(np.asfortranarray(line)) for line in lines)
    if nargout:
        return found
    drawn(session, "plot", *found, style)
    return None


@builtin
def treeplot(session, parent, node=None, edge=None, /):
    """
    treeplot(p)
    treeplot(p, nodeSpec, edgeSpec)

    A picture of a tree given by the parents of its nodes (0: a root).

    Examples
      >> treeplot([0 1 1 2])
      figure 1: line 4 points, line 9 points

    See also treelayout, etree, gplot.
    """
    across, up = (as_array(part).ravel() for part in treelayout(2, parent))
    parents = take.vector(full_value(parent), "p").astype(np.int64)
    nodes = "ro" if node is None else take.text(node, "nodeSpec")
    edges = "r-" if edge is None else take.text(edge, "edgeSpec")
    inner = np.flatnonzero(parents)
    lines = [
        np.column_stack([part[inner], part[parents[inner] - 1], np.full(inner.size, np.nan)]).ravel()
        for part in (across, up)
    ]
    row = [norm(part.reshape(1, -1)) for part in (across, up, *lines)]
    if inner.size:
        drawn(session, "plot", row[0], row[1], nodes, row[2], row[3], edges)
    else:
        drawn(session, "plot", row[0], row[1], nodes)
    drawn(session, "axis", np.array([[0.0, 1.0, 0.0, 1.0]]))


@builtin
def etreeplot(session, x, node=None, edge=None, /):
    """
    etreeplot(A)
    etreeplot(A, nodeSpec, edgeSpec)

    A picture of the elimination tree of a matrix (of A+A' where it is not symmetric).

    Examples
      >> etreeplot(sparse([4 1 0; 1 4 1; 0 1 4]))
      figure 1: line 3 points, line 6 points

    See also etree, treeplot.
    """
    value = as_sparse(x)
    require_square(value)
    treeplot(session, etree(1, Sparse(canonical(abs(value.matrix) + abs(value.matrix.T)))), node, edge)


# ---------------------------------------------------------------------------------------------------------- parameters
PARAMETERS = {
    "spumoni": 0.0, "ths_rel": 1.1, "ths_abs": 1.0, "exact_d": 0.0, "supernd": 3.0, "rreduce": 3.0, "wh_frac": 0.5,
    "autommd": 1.0, "autoamd": 1.0, "piv_tol": 0.1, "bandden": 0.5, "umfpack": 1.0, "sym_tol": 0.001, "usepar": 1.0,
}  # fmt: skip
TIGHT = {"ths_rel": 1.0, "ths_abs": 0.0, "exact_d": 1.0, "supernd": 1.0, "rreduce": 1.0}


@builtin(outputs=2)
def spparms(session, nargout, key=None, value=None, /):
    """
    spparms
    values = spparms
    [keys, values] = spparms
    value = spparms(key)
    spparms(key, value)
    spparms(values)
    spparms('default')
    spparms('tight')

    The parameters of sparse solvers. They are kept for programs that ask; the solvers here do not read them.

    Examples
      >> spparms('spumoni')
      ans =
           0
      >> [keys, values] = spparms; keys(1, :)
      ans =
          'spumoni'

    See also mldivide, colamd, symamd.
    """
    kept: dict[str, float] = session.__dict__.setdefault("sparse_parameters", dict(PARAMETERS))
    if key is None:
        values = norm(np.array(list(kept.values())).reshape(-1, 1))
        if nargout > 1:
            return rows_as_char(list(kept)), values
        if nargout:
            return values
        session.out.write("".join(f"{name:>8}: {number:g}\n" for name, number in kept.items()))
        return None
    word = text_or_none(key)
    if word is None:
        numbers = take.vector(full_value(key), "values").tolist()
        if len(numbers) > len(kept):
            raise ScriptError("MATLAB:spparms:TooManyParams", "Too many parameters.")
        kept.update(zip(kept, numbers, strict=False))
        return None
    if word.lower() in ("default", "tight"):
        kept.update(PARAMETERS)
        if word.lower() == "tight":
            kept.update(TIGHT)
        return None
    if word.lower() not in kept:
        raise ScriptError("MATLAB:spparms:InvalidKey", f"Unrecognized parameter '{word}'.")
    if value is None:
        return kept[word.lower()]
    kept[word.lower()] = take.number(full_value(value), "value")
    return None


