"""Clusters joined pair by pair: linkage, cluster, clusterdata, cophenet, inconsistent, dendrogram."""

from __future__ import annotations

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import pdist, rows_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import ndarray, norm, numel_of
from cnnscript.values.take import described
from cnnscript.values.text import is_text
from cnnscript.values.warn import warn

OTHER_NAMES = {
    "nearest": "single", "furthest": "complete", "farthest": "complete", "upgma": "average", "wpgma": "weighted",
    "upgmc": "centroid", "wpgmc": "median",
}  # fmt: skip
METHODS = ("average", "centroid", "complete", "median", "single", "ward", "weighted")


@builtin
def linkage(x, method="single", metric="euclidean", /, *rest):
    """
    Z = linkage(X)
    Z = linkage(X, method)
    Z = linkage(X, method, metric)
    Z = linkage(y, method)

    A tree of clusters of the rows of X (or of what pdist gave): each row joins two, at a height.

    method is 'single', 'complete', 'average', 'weighted', 'centroid', 'median' or 'ward'.

    Examples
      >> Z = linkage([1; 2; 6; 9])
      Z =
           1     2     1
           3     4     3
           5     6     4
      >> Z = linkage([1; 2; 6; 9], 'average')
      Z =
           1     2     1
           3     4     3
           5     6     6
      >> Z = linkage(pdist([1; 2; 6; 9]), 'complete'); Z(end, 3)
      ans =
           8
      >> Z = linkage([1 0; 2 2; 6 1], 'average', 'cityblock'); Z(:, 3)'
      ans =
          3.0000    5.5000

    See also cluster, dendrogram, pdist.
    """
    given = take.text(method, "Method")
    word = take.choice(OTHER_NAMES.get(given.lower(), given), METHODS, "Method")
    array = take.real(x, "X")
    if array.ndim == 2 and array.shape[0] == 1 and array.shape[1] >= 1:
        distances = array.ravel()
    else:
        cell = isinstance(metric, ndarray) and metric.dtype == object
        distances = np.asarray(pdist(x, *(metric.ravel().tolist() if cell else (metric, *rest)))).ravel()
    count = int(np.ceil(np.sqrt(2 * distances.size)))
    if count < 2 or count * (count - 1) // 2 != distances.size:
        raise ScriptError(
            "stats:linkage:BadSize", "The size of the distance vector must be that of the output of PDIST.",
            notes=(f"{distances.size} distances",),
        )  # fmt: skip
    if not np.isfinite(distances).all():
        raise ScriptError("stats:linkage:NotFinite", "The distances must be finite.")
    from scipy.cluster import hierarchy

    tree = hierarchy.linkage(distances, word)[:, :3]
    tree[:, :2] += 1
    tree[:, :2].sort(axis=1)
    if (np.diff(tree[:, 2]) < 0).any():
        text = f"Non-monotonic cluster tree -- the {word} linkage is probably not appropriate."
        warn("stats:linkage:NonMonotonicTree", text)
    return norm(np.asfortranarray(tree))


def scipy_tree(Z, name: str) -> ndarray:
    """The tree as SciPy holds it: from 0, with the sizes of the clusters."""
    tree = take.real(Z, "Z")
    if tree.ndim != 2 or tree.shape[1] != 3 or not len(tree):
        raise ScriptError(
            f"stats:{name}:BadTree", "Z must be a matrix with three columns, from LINKAGE.",
            notes=(f"got {described(Z)}",),
        )  # fmt: skip
    leaves = len(tree) + 1
    sizes = np.ones(2 * leaves - 1)
    joined: set[int] = set()
    whole = np.isfinite(tree).all() and (tree[:, :2] == np.floor(tree[:, :2])).all()
    for place, row in enumerate(tree if whole else tree[:1] * np.nan):
        one, other = (int(row[0]) - 1, int(row[1]) - 1) if whole else (-1, -1)
        if not (0 <= one < leaves + place and 0 <= other < leaves + place) or one == other or {one, other} & joined:
            raise ScriptError(f"stats:{name}:BadTree", "Z must be a matrix from LINKAGE.")
        joined |= {one, other}
        sizes[leaves + place] = sizes[one] + sizes[other]
    return np.column_stack([tree[:, 0] - 1, tree[:, 1] - 1, tree[:, 2], sizes[leaves:]])


@builtin
def cluster(z, /, *, Cutoff=None, MaxClust=None, Criterion="inconsistent", Depth=2.0):
    """
    T = cluster(Z, 'Cutoff', c)
    T = cluster(Z, 'Cutoff', c, 'Criterion', 'distance')
    T = cluster(Z, 'MaxClust', n)

    The cluster of each point of a tree from linkage, cut at a height or into n clusters.

    Options
      Cutoff     where to cut
      MaxClust   most clusters; a column for each number
      Criterion  'inconsistent' or 'distance'
      Depth      levels that an inconsistency is compared with (2)

    Examples
      >> T = cluster(linkage([1; 2; 6; 9; 20]), 'MaxClust', 2)'
      T =
           2     2     2     2     1
      >> T = cluster(linkage([1; 2; 6; 9; 20]), 'Cutoff', 3.5, 'Criterion', 'distance')'
      T =
           2     2     3     3     1

    See also linkage, clusterdata, kmeans.
    """
    from scipy.cluster import hierarchy

    tree = scipy_tree(z, "cluster")
    if (Cutoff is None) == (MaxClust is None):
        raise ScriptError("stats:cluster:CutoffOrMaxclust", "Give either 'Cutoff' or 'MaxClust'.")
    leaves = len(tree) + 1
    columns = []
    if MaxClust is not None:
        for number in take.vector(MaxClust, "MaxClust").tolist():
            number = take.positive(number, "MaxClust")
            columns.append(labelled(tree, np.arange(max(0, leaves - number))))
    else:
        criterion = take.choice(Criterion, ("inconsistent", "distance"), "Criterion")
        heights = tree[:, 2]
        if criterion == "inconsistent":
            heights = hierarchy.inconsistent(tree, take.positive(Depth, "Depth"))[:, 3]
        for limit in take.vector(Cutoff, "Cutoff").tolist():
            joined = np.zeros(len(tree), bool)
            for place, row in enumerate(tree):  # a node holds together where it and all below it are under the limit
                below = [int(part) - leaves for part in row[:2] if part >= leaves]
                under = heights[place] <= limit if criterion == "inconsistent" else heights[place] < limit
                joined[place] = under and all(joined[part] for part in below)
            columns.append(labelled(tree, np.flatnonzero(joined)))
    return norm(np.asfortranarray(np.stack(columns, axis=1)))


def labelled(tree: ndarray, joined: ndarray) -> ndarray:
    """The number of the cluster of each leaf when the nodes `joined` hold; numbered as the tree comes to them."""
    leaves = len(tree) + 1
    parent = np.arange(2 * leaves - 1)
    for place in np.sort(joined).tolist():
        for part in tree[place, :2].astype(int):
            parent[part] = leaves + place
    top = np.arange(2 * leaves - 1)
    for node in range(2 * leaves - 2, -1, -1):
        top[node] = top[parent[node]] if parent[node] != node else node
    order: dict[int, int] = {}

    def visit(start: int) -> None:
        stack = [start]
        while stack:
            node = stack.pop()
            if parent[node] == node and (node < leaves or (node - leaves) in kept):
                order.setdefault(node, len(order) + 1)
            elif node >= leaves:
                stack.extend(tree[node - leaves, 1::-1].astype(int).tolist())

    kept = set(joined.tolist())
    visit(2 * leaves - 2)
    return np.array([float(order[int(top[leaf])]) for leaf in range(leaves)])


@builtin
def clusterdata(
    x, cutoff=None, /, *, Cutoff=None, MaxClust=None, Criterion="inconsistent", Depth=2.0, Distance="euclidean",
    Linkage="single",
):  # fmt: skip
    """
    T = clusterdata(X, cutoff)
    T = clusterdata(X, Name, Value)

    The cluster of each row of X: pdist, linkage and cluster in one. A cutoff of 2 or more is a number of clusters.

    Options
      Cutoff     where to cut
      MaxClust   most clusters
      Criterion  'inconsistent' or 'distance'
      Depth      levels that an inconsistency is compared with (2)
      Distance   as in pdist ('euclidean')
      Linkage    as in linkage ('single')

    Examples
      >> T = clusterdata([1; 2; 6; 9; 20], 3)'
      T =
           2     2     3     3     1
      >> T = clusterdata([1; 2; 20], 'MaxClust', 2, 'Linkage', 'average')'
      T =
           2     2     1

    See also cluster, linkage, kmeans.
    """
    rows_of(x, "clusterdata")
    if cutoff is not None:
        number = take.number(cutoff, "cutoff")
        Cutoff, MaxClust = (None, number) if number >= 2 else (number, None)
    tree = linkage(x, Linkage, Distance)
    return cluster(tree, Cutoff=Cutoff, MaxClust=MaxClust, Criterion=Criterion, Depth=Depth)


@builtin
def inconsistent(z, depth=2.0, /):
    """
    Y = inconsistent(Z)
    Y = inconsistent(Z, d)

    For each join of a tree: mean and standard deviation of the heights d levels down, their number, the coefficient.

    Examples
      >> Y = inconsistent(linkage([1; 2; 6; 9]))
      Y =
          1.0000         0    1.0000         0
          3.0000         0    1.0000         0
          2.6667    1.5275    3.0000    0.8729
      >> Y = inconsistent(linkage([1; 2; 6; 9]), 3); Y(end, 3)
      ans =
           3

    See also linkage, cluster.
    """
    from scipy.cluster import hierarchy

    return norm(np.asfortranarray(hierarchy.inconsistent(scipy_tree(z, "inconsistent"), take.positive(depth, "d"))))


@builtin(outputs=2)
def cophenet(nargout, z, y, /):
    """
    c = cophenet(Z, Y)
    [c, d] = cophenet(Z, Y)

    How well a tree keeps the distances Y (their correlation), and the distances in the tree.

    Examples
      >> Y = pdist([1; 2; 6; 9]); [c, d] = cophenet(linkage(Y), Y)
      c =
          0.8102
      d =
           1     4     4     4     4     3

    See also linkage, pdist.
    """
    from scipy.cluster import hierarchy

    tree = scipy_tree(z, "cophenet")
    given = take.vector(y, "Y")
    found = hierarchy.cophenet(tree)
    if found.size != given.size:
        raise ScriptError("stats:cophenet:BadSize", "Y must be the distances that Z was made from.")
    one, other = given - given.mean(), found - found.mean()
    return float(one @ other / np.sqrt((one @ one) * (other @ other))), norm(found.reshape(1, -1))


@builtin(outputs=3)
def dendrogram(session, nargout, z, p=30.0, /, *, Orientation="top", Labels=None, ColorThreshold=None):
    """
    dendrogram(Z)
    dendrogram(Z, P)
    dendrogram(Z, Name, Value)
    [H, T, outperm] = dendrogram(...)

    Draw a tree from linkage, with at most P (30) leaves; 0 draws all.

    Options
      Orientation     'top', 'bottom', 'left' or 'right'
      Labels          a text for each point
      ColorThreshold  'default' or a height: joins below it share the colour of their cluster

    Examples
      >> [H, T, outperm] = dendrogram(linkage([1; 2; 6; 9])); outperm
      outperm =
           1     2     3     4
      figure 1: line 4 points, line 4 points, line 4 points
      >> dendrogram(linkage([1; 2; 6; 9; 12]), 3)
      figure 1: line 4 points, line 4 points

    See also linkage, cluster.
    """
    from scipy.cluster import hierarchy

    tree = scipy_tree(z, "dendrogram")
    leaves = len(tree) + 1
    most = take.count(p, "P")
    if most == 1:
        raise ScriptError("stats:dendrogram:BadP", "A tree has at least two leaves: P must be 0, or 2 or more.")
    side = take.choice(Orientation, ("top", "bottom", "left", "right"), "Orientation")
    groups = np.arange(1.0, leaves + 1)
    small = tree
    if 0 < most < leaves:
        groups = labelled(tree, np.arange(leaves - most))
        small = shortened(tree, groups, most)
    plan = hierarchy.dendrogram(small, no_plot=True)
    order = np.array(plan["leaves"]) + 1
    threshold = None
    if ColorThreshold is not None:
        threshold = 0.7 * tree[:, 2].max() if is_text(ColorThreshold) else take.number(ColorThreshold, "ColorThreshold")
    across = np.array(plan["icoord"]) / 10 + 0.5
    heights = np.array(plan["dcoord"])
    handles = []
    held = session.call("ishold", 1)
    if not held:
        session.call("cla", 0)
    session.call("hold", 0, "on")
    for xs, ys in zip(across, heights, strict=True):
        if side in ("left", "right"):
            xs, ys = ys, xs
        below = threshold is not None and max(ys if side in ("top", "bottom") else xs) < threshold
        colour = "r" if below else "b"
        handles.append(session.call("plot", 1, norm(xs.reshape(1, -1)), norm(ys.reshape(1, -1)), colour))
    if not held:
        session.call("hold", 0, "off")
    ticks = norm(np.arange(1.0, order.size + 1).reshape(1, -1))
    if Labels is not None and numel_of(Labels) == leaves and order.size == leaves:
        words = take.texts(Labels, "Labels")
        names = [words[place - 1] for place in order]
    else:
        names = [str(int(place)) for place in order]
    from cnnscript.values.text import cell_of_texts

    sideways = side in ("left", "right")
    session.call("yticks" if sideways else "xticks", 0, ticks)
    session.call("yticklabels" if sideways else "xticklabels", 0, cell_of_texts(names, column=False))
    if side in ("bottom", "left"):
        axes = session.call("gca", 1)
        session.call("set", 0, axes, "YDir" if side == "bottom" else "XDir", "reverse")
    if not nargout:
        return None
    lines = handles[0] if len(handles) == 1 else session.call("vertcat", 1, *handles)
    return lines, norm(groups.reshape(-1, 1)), norm(order.astype(float).reshape(1, -1))


def shortened(tree: ndarray, groups: ndarray, most: int) -> ndarray:
    """The last joins of a tree, with the clusters `groups` as leaves."""
    leaves = len(tree) + 1
    place = {leaf: int(group) - 1 for leaf, group in enumerate(groups)}
    rows: list[list[float]] = []
    sizes = [1.0] * most
    for at, row in enumerate(tree):
        one, other = place[int(row[0])], place[int(row[1])]
        if at < leaves - most:
            place[leaves + at] = one
            continue
        place[leaves + at] = most + len(rows)
        sizes.append(sizes[one] + sizes[other])
        rows.append([min(one, other), max(one, other), row[2], sizes[-1]])
    return np.array(rows)
