"""Clusters around middles: kmeans, and how well points lie in clusters: silhouette."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import Metric, rows_of
from cnnscript.builtins.statistics.random_samples import distinct, with_weights
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.numeric import EMPTY, as_array, ndarray, norm
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text, text_or_none
from cnnscript.values.warn import warn

MEASURES = ("sqeuclidean", "cityblock", "cosine", "correlation", "hamming")


def prepared(data: ndarray, measure: str) -> ndarray:
    """The data as the measure sees it: rows of length 1 for angles, centred ones for correlations."""
    if measure == "correlation":
        data = data - data.mean(axis=1, keepdims=True)
    if measure in ("cosine", "correlation"):
        lengths = np.linalg.norm(data, axis=1, keepdims=True)
        if (lengths <= np.finfo(float).eps * max(1.0, float(lengths.max(initial=0)))).any():
            word = "have small relative magnitudes, making them effectively zero"
            raise ScriptError("stats:kmeans:ZeroDataForCos", f"Some points {word}.")
        data = data / lengths
    if measure == "hamming" and not np.isin(data, (0, 1)).all():
        raise ScriptError(
            "stats:kmeans:NonbinaryDataForHamm", "Non-binary data cannot be clustered using Hamming distance."
        )
    return data


def to_middles(data: ndarray, middles: ndarray, measure: str) -> ndarray:
    """Distances of points to middles, n × k."""
    if measure == "sqeuclidean":
        return ((data[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    if measure == "cityblock":
        return np.abs(data[:, None, :] - middles[None, :, :]).sum(axis=2)
    if measure == "hamming":
        return np.abs(data[:, None, :] - middles[None, :, :]).sum(axis=2) / data.shape[1]
    lengths = np.linalg.norm(middles, axis=1)
    return np.maximum(1 - data @ (middles / np.where(lengths, lengths, 1)[:, None]).T, 0)


def middle(points: ndarray, measure: str) -> ndarray:
    if measure == "cityblock":
        return np.median(points, axis=0)
    if measure == "hamming":
        return np.floor(np.median(points, axis=0) + 0.5)
    return points.mean(axis=0)


def spread_start(stream, data: ndarray, count: int, measure: str) -> ndarray:
    """The start of k-means++: each next middle is a point, the likelier the farther from those there are."""
    middles = data[[int(np.floor(stream.uniforms(1)[0] * len(data)))]]
    nearest = np.full(len(data), np.inf)
    for _ in range(count - 1):
        nearest = np.minimum(nearest, to_middles(data, middles[-1:], measure)[:, 0])
        usual = 0 < nearest.sum() < np.inf
        place = with_weights(stream, nearest, 1) if usual else distinct(stream, len(data), 1)
        middles = np.vstack([middles, data[place]])
    return middles


class Options:
    """The options of kmeans, read."""

    def __init__(self, data: ndarray, k, given: dict):
        self.measure = take.choice(given["Distance"], MEASURES, "Distance")
        self.empty = take.choice(given["EmptyAction"], ("singleton", "error", "drop"), "EmptyAction")
        self.most = 100 if given["MaxIter"] is None else take.positive(given["MaxIter"], "MaxIter")
        self.shown = take.choice(given["Display"], ("off", "final", "iter"), "Display")
        self.online = take.flag(given["OnlinePhase"], "OnlinePhase")
        settings = given["Options"]
        if isinstance(settings, Struct):
            iterations, shown = settings.fields.get("MaxIter", EMPTY), settings.fields.get("Display", "")
            if np.size(iterations) and given["MaxIter"] is None:
                self.most = take.positive(iterations, "MaxIter")
            if isinstance(shown, str) and shown:
                self.shown = take.choice(shown, ("off", "final", "iter"), "Display")
        start, self.start, self.word = given["Start"], None, "plus"
        if is_text(start):
            self.word = take.choice(start, ("plus", "sample", "uniform", "cluster"), "Start")
        else:
            self.start = as_array(start).astype(float)
            if self.start.ndim == 2:
                self.start = self.start[:, :, None]
        empty_k = isinstance(k, ndarray) and not k.size
        if self.start is not None and empty_k:
            self.count = self.start.shape[0]
        else:
            self.count = take.positive(k, "k")
        if self.start is not None and self.start.shape[:2] != (self.count, data.shape[1]):
            part = "Row" if self.start.shape[0] != self.count else "Column"
            raise ScriptError(
                f"stats:kmeans:Start{part}BadSize",
                "The 'Start' matrix must have K rows and as many columns as X.",
                notes=(f"it is {'x'.join(map(str, self.start.shape[:2]))}, K is {self.count}",),
            )
        repeats = given["Replicates"]
        self.repeats = (1 if self.start is None else self.start.shape[2]) if repeats is None else take.positive(
            repeats, "Replicates"
        )


@builtin(outputs=4)
def kmeans(
    session, nargout, x, k, /, *, Distance="sqeuclidean", Start="plus", Replicates=None, MaxIter=None, Display="off",
    EmptyAction="singleton", OnlinePhase="off", Options=None,
):  # fmt: skip
    """
    idx = kmeans(X, k)
    idx = kmeans(X, k, Name, Value)
    [idx, C, sumd, D] = kmeans(...)

    Divide the rows of X into k clusters; their middles C, sums of distances within and distances to all middles.

    Options
      Distance     'sqeuclidean', 'cityblock', 'cosine', 'correlation' or 'hamming'
      Start        'plus' (k-means++), 'sample', 'uniform', 'cluster', or the middles to start from
      Replicates   how often to start anew; the best is kept (1)
      MaxIter      most rounds (100)
      Display      'off', 'final' or 'iter'
      EmptyAction  what becomes of an empty cluster: 'singleton', 'drop' or 'error'
      OnlinePhase  whether single points are moved in the end as long as that helps ('off')
      Options      struct with Display and MaxIter

    Examples
      >> rng default, idx = kmeans([1; 2; 10; 11], 2); idx(1) == idx(2) && idx(3) == idx(4)
      ans =
        logical
         1
      >> [idx, C, sumd, D] = kmeans([1; 2; 10; 11], 2, 'Start', [1; 10])
      idx =
           1
           1
           2
           2
      C =
          1.5000
         10.5000
      sumd =
          0.5000
          0.5000
      D =
          0.2500   90.2500
          0.2500   72.2500
         72.2500    0.2500
         90.2500    0.2500

    See also pdist2, linkage, silhouette.
    """
    whole = rows_of(x, "kmeans")
    if whole.shape[0] == 1:
        whole = whole.reshape(-1, 1)
    known = ~np.isnan(whole).any(axis=1)
    if not known.all():
        warn("stats:kmeans:MissingDataRemoved", "Ignoring rows of X with missing data.")
    given = {
        "Distance": Distance, "Start": Start, "Replicates": Replicates, "MaxIter": MaxIter, "Display": Display,
        "EmptyAction": EmptyAction, "OnlinePhase": OnlinePhase, "Options": Options,
    }  # fmt: skip
    options = _options(whole[known], k, given)
    data = prepared(whole[known], options.measure)
    if len(data) < options.count:
        raise ScriptError(
            "stats:kmeans:TooManyClusters", "X must have more rows than the number of clusters.",
            notes=(f"{len(data)} rows, {options.count} clusters",),
        )  # fmt: skip
    best = None
    for turn in range(options.repeats):
        found = clustered(session, data, start_of(session, data, options, turn), options, turn)
        if best is None or found[0] < best[0]:
            best = found
    if options.shown != "off":
        session.out.write(f"Best total sum of distances = {best[0]:g}\n")
    _, labels, middles = best
    distances = to_middles(data, np.nan_to_num(middles, nan=np.inf), options.measure)
    distances[:, np.isnan(middles).any(axis=1)] = np.nan
    sums = np.array([distances[labels == place, place].sum() for place in range(options.count)])
    sums[np.isnan(middles).any(axis=1)] = np.nan
    idx = np.full(len(whole), np.nan)
    idx[known] = labels + 1.0
    far = np.full((len(whole), options.count), np.nan)
    far[known] = distances
    return (
        norm(idx.reshape(-1, 1)), norm(np.asfortranarray(middles)), norm(sums.reshape(-1, 1)),
        norm(np.asfortranarray(far)),
    )  # fmt: skip


_options = Options  # the name of an option of kmeans too


def start_of(session, data: ndarray, options: Options, turn: int) -> ndarray:
    stream, count = session.random, options.count
    if options.start is not None:
        start = options.start[:, :, min(turn, options.start.shape[2] - 1)]
        return prepared(start, options.measure) if options.measure in ("cosine", "correlation") else start
    if options.word == "plus":
        return spread_start(stream, data, count, options.measure)
    if options.word == "sample":
        return data[distinct(stream, len(data), count)]
    if options.word == "uniform":
        if options.measure == "hamming":
            raise ScriptError("stats:kmeans:UniformStartForHamm", "Hamming distance cannot start uniformly.")
        low, high = data.min(axis=0), data.max(axis=0)
        draws = stream.uniforms(count * data.shape[1]).reshape((count, -1), order="F")
        return prepared(low + draws * (high - low), options.measure)
    part = data[distinct(stream, len(data), max(count, int(np.floor(0.1 * len(data)))))]
    first = part[distinct(stream, len(part), count)]
    quiet = Options.__new__(Options)
    quiet.__dict__.update(options.__dict__, shown="off", empty="singleton", online=False)
    return clustered(session, part, first, quiet, 0)[2]


def clustered(session, data: ndarray, middles: ndarray, options: Options, turn: int) -> tuple[float, ndarray, ndarray]:
    """Rounds of assigning points and moving middles: the total distance, the cluster of each point, the middles."""
    middles = middles.astype(float).copy()
    count, measure = options.count, options.measure
    labels, before, rounds, total = None, np.inf, 0, np.inf
    if options.shown == "iter":
        session.out.write("  iter\t phase\t     num\t         sum\n")
    while True:
        distances = to_middles(data, middles, measure)
        distances[:, np.isnan(middles).any(axis=1)] = np.inf
        nearest = distances.argmin(axis=1)
        if labels is not None:  # a point stays where it is as near as elsewhere
            stays = distances[np.arange(len(data)), labels] <= distances.min(axis=1)
            nearest = np.where(stays, labels, nearest)
        moved = len(data) if labels is None else int((nearest != labels).sum())
        if labels is not None and not moved:
            break
        rounds += 1
        previous, labels = labels, nearest
        lost = [place for place in range(count) if not (labels == place).any() and not np.isnan(middles[place]).any()]
        for place in lost:
            settle_empty(data, labels, middles, place, options, rounds)
        for place in range(count):
            members = data[labels == place]
            if len(members):
                middles[place] = middle(members, measure)
        total = float(to_middles(data, np.nan_to_num(middles, nan=np.inf), measure)[np.arange(len(data)), labels].sum())
        if options.shown == "iter":
            session.out.write(f"{rounds:6d}\t{1:6d}\t{moved:8d}\t{total:12g}\n")
        if total >= before and previous is not None:
            labels = previous
            for place in range(count):
                members = data[labels == place]
                if len(members):
                    middles[place] = middle(members, measure)
            break
        before = total
        if rounds >= options.most:
            warn("stats:kmeans:FailedToConverge", f"Failed to converge in {options.most} iterations.")
            break
    if options.online and measure == "sqeuclidean":
        labels, middles = moved_singly(data, labels, middles)
    own = to_middles(data, np.nan_to_num(middles, nan=np.inf), measure)[np.arange(len(data)), labels]
    total = float(own.sum())
    if options.shown != "off":
        session.out.write(f"Replicate {turn + 1}, {rounds} iterations, total sum of distances = {total:g}.\n")
    return total, labels, middles


def settle_empty(data: ndarray, labels: ndarray, middles: ndarray, place: int, options: Options, rounds: int) -> None:
    """An empty cluster is an error, is dropped, or takes the point that lies farthest from its middle; in place."""
    if options.empty == "error":
        raise ScriptError("stats:kmeans:EmptyCluster", f"Empty cluster created at iteration {rounds}.")
    warn("stats:kmeans:EmptyCluster", f"Empty cluster created at iteration {rounds}.")
    if options.empty == "drop":
        middles[place] = np.nan
        return
    own = to_middles(data, np.nan_to_num(middles, nan=np.inf), options.measure)[np.arange(len(data)), labels]
    sizes = np.bincount(labels, minlength=options.count)
    own = np.where(sizes[labels] > 1, own, -1.0)
    farthest = int(own.argmax())
    labels[farthest] = place
    middles[place] = data[farthest]


def moved_singly(data: ndarray, labels: ndarray, middles: ndarray) -> tuple[ndarray, ndarray]:
    """Move one point at a time to another cluster while that makes the sum of squared distances smaller."""
    labels, middles, quiet, at = labels.copy(), middles.copy(), 0, 0
    while quiet < len(data):
        own = labels[at]
        sizes = np.bincount(labels, minlength=len(middles)).astype(float)
        quiet += 1
        if sizes[own] > 1:
            far = ((middles - data[at]) ** 2).sum(axis=1)
            gain = sizes[own] / (sizes[own] - 1) * far[own]
            price = np.where(np.isnan(far), np.inf, sizes / (sizes + 1) * far)
            price[own] = np.inf
            other = int(price.argmin())
            if price[other] < gain * (1 - 1e-12):
                labels[at] = other
                for place in (own, other):
                    middles[place] = data[labels == place].mean(axis=0)
                quiet = 0
        at = (at + 1) % len(data)
    return labels, middles


@builtin(outputs=2)
def silhouette(session, nargout, x, clust, distance="sqEuclidean", parameter=None, /):
    """
    s = silhouette(X, clust)
    s = silhouette(X, clust, Distance)
    silhouette(X, clust)
    [s, h] = silhouette(X, clust)

    How well each point lies in its cluster, from -1 to 1; without outputs as bars, with two as well: h is the figure.

    The bars of each cluster are sorted and stand apart, the first cluster on top. Distance is as in pdist
    ('sqEuclidean').

    Examples
      >> s = silhouette([1; 2; 10; 11], [1; 1; 2; 2])
      s =
          0.9890
          0.9862
          0.9862
          0.9890
      >> s = silhouette([1; 2; 10; 11], [1; 1; 2; 2], 'cityblock'); s(1)
      ans =
          0.8947
      >> [s, h] = silhouette([1; 2; 10; 11], [1; 1; 2; 2]); h.Number
      ans =
           1
      figure 1: bar 10 bars, xlabel 'Silhouette Value', ylabel 'Cluster'
      >> silhouette([1; 2; 10; 11], [1; 1; 2; 2])
      figure 1: bar 10 bars, xlabel 'Silhouette Value', ylabel 'Cluster'

    See also kmeans, pdist.
    """
    from cnnscript.builtins.tables.groups import group_numbers

    data = rows_of(x, "silhouette")
    groups, _, _ = group_numbers(clust, "silhouette")
    if groups.size != len(data):
        raise ScriptError(
            "stats:silhouette:InputSizeMismatch", "The number of rows of X must be that of clust.",
            notes=(f"{len(data)} rows, {described(clust)}",),
        )  # fmt: skip
    word = (text_or_none(distance) or "").lower()
    measure = Metric("squaredeuclidean" if word == "sqeuclidean" else distance, parameter, "silhouette").prepare(data)
    far = measure.between(data, data)
    names = np.unique(groups[~np.isnan(groups)])
    if not names.size:
        raise ScriptError("stats:silhouette:NoClusters", "clust must name the cluster of at least one row.")
    members = np.stack([groups == name for name in names], axis=1).astype(float)
    sums, sizes = far @ members, members.sum(axis=0)
    own = members.argmax(axis=1)
    values = np.zeros(len(data))
    for place in range(len(data)):
        size = sizes[own[place]]
        if size < 2 or len(names) < 2:
            continue
        inside = sums[place, own[place]] / (size - 1)
        outside = np.delete(sums[place] / sizes, own[place]).min()
        values[place] = (outside - inside) / max(inside, outside) if max(inside, outside) else 0.0
    values[np.isnan(groups)] = np.nan
    if nargout == 1:
        return norm(values.reshape(-1, 1))
    figure = silhouette_bars(session, values, groups, session.call("grp2idx", 2, clust)[1])
    return (norm(values.reshape(-1, 1)), figure) if nargout else None


def silhouette_bars(session, values: ndarray, groups: ndarray, names) -> Any:
    """Bars of silhouette values, the largest of each cluster first, with room between clusters; the figure."""
    space = max(int(0.02 * values.size), 2)
    gap = np.full(space, np.nan)
    bars, ends = gap, []
    for name in np.unique(groups[~np.isnan(groups)]):
        bars = np.r_[bars, np.sort(values[groups == name])[::-1], gap]
        ends.append(bars.size)
    middles = np.array(ends) - 0.5 * (np.diff([space, *ends]) + space - 1)
    drawn = session.call("barh", 1, norm(bars.reshape(-1, 1)), 1.0)
    axes = session.call("ancestor", 1, drawn, "axes")
    words = names if len(ends) <= 20 else ""
    session.call(
        "set", 0, axes, "XLim", norm(np.array([[-np.inf, 1.1]])), "YLim", norm(np.array([[1.0, bars.size]])),
        "YDir", "reverse", "YTick", norm(middles.reshape(1, -1)), "YTickLabel", words,
    )  # fmt: skip
    if values.size > 50:
        session.call("set", 0, drawn, "EdgeColor", "none")
    session.call("xlabel", 0, axes, "Silhouette Value")
    session.call("ylabel", 0, axes, "Cluster")
    return session.call("ancestor", 1, axes, "figure")
