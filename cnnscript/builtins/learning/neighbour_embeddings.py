"""tsne: rows laid out in few dimensions, neighbours beside each other."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.registry import builtin
from cnnscript.builtins.statistics.distances import Metric, by_products, rows_of
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.functions import Function
from cnnscript.values.numeric import is_cell, ndarray, norm, numel_of
from cnnscript.values.structs import Struct
from cnnscript.values.take import described
from cnnscript.values.text import is_text

WORTH_A_PRODUCT = 100_000  # numbers, of which distances are taken from products of matrices


HEADS = (
    """|==============================================|
|   ITER   | KL DIVERGENCE   | NORM GRAD USING |
|          | FUN VALUE USING | EXAGGERATED DIST|
|          | EXAGGERATED DIST| OF X            |
|          | OF X            |                 |
|==============================================|
""",
    """|==============================================|
|   ITER   | KL DIVERGENCE   |    NORM GRAD    |
|          | FUN VALUE       |                 |
|==============================================|
""",
)  # fmt: skip


class StepWatch:
    """Prints the table of steps of tsne, and tells the functions of its 'Options'."""

    def __init__(self, session: Any, functions: list, prints: bool):
        self.session, self.functions, self.prints = session, functions, prints
        self.head = -1  # which head the table has by now
        self.last: dict[str, Any] = {}

    def __call__(self, turn: int, value: float, slope: ndarray, exaggeration: float, places: ndarray) -> bool:
        self.last = {
            "iteration": float(turn), "fval": value, "grad": norm(np.asfortranarray(slope)),
            "Exaggeration": float(exaggeration), "Y": norm(np.asfortranarray(places)),
        }  # fmt: skip
        if self.prints and turn:
            head = 0 if exaggeration != 1 else 1
            if head != self.head:
                self.head = head
                self.session.out.write(HEADS[head])
            self.session.out.write(f"|{turn:9d} |{value:16.6e} |{np.linalg.norm(slope):16.6e} |\n")
        return self.told("iter" if turn else "init")

    def told(self, state: str) -> bool:
        answers = [self.session.call(one, 1, Struct(dict(self.last)), state) for one in self.functions]
        return any(take.flag(answer, "stop") for answer in answers)

    def ended(self) -> None:
        self.told("done")


def run_options(session, Options) -> tuple[int, float, list]:
    """The most steps, the tolerance of the gradient's norm and the functions to tell, of tsne's 'Options'."""
    if Options is not None and not isinstance(Options, Struct):
        raise take.wanted("a structure made by statset", "Options", Options)
    fields = {} if Options is None else {name.lower(): value for name, value in Options.fields.items()}

    def given(name: str) -> Any:
        value = fields.get(name)
        return value if value is not None and numel_of(value) else None

    rounds = 1000 if given("maxiter") is None else take.positive(given("maxiter"), "MaxIter")
    tolerance = 1e-10 if given("tolfun") is None else take.number(given("tolfun"), "TolFun")
    functions = given("outputfcn")
    listed = [] if functions is None else functions.ravel("F").tolist() if is_cell(functions) else [functions]
    for one in listed:
        if type(one) is not Function:
            raise take.wanted("a function handle, or a cell of them", "OutputFcn", one)
    return rounds, tolerance, listed


def print_widths(session, far: ndarray, perplexity: float) -> None:
    """What the Gaussians of the points are like: the variances that give each point its neighbours."""
    from cnnscript.learning.embedding import widths

    found = widths(far, perplexity)
    session.out.write(f"Mean value of sigma: {found.mean():g}\nMinimum value of sigma: {found.min():g}\n")
    session.out.write(f"Maximum value of sigma: {found.max():g}\n")


@builtin(outputs=2)
def tsne(
    session, nargout, x, /, *, Algorithm="barneshut", Distance="euclidean", NumDimensions=2.0, Perplexity=30.0,
    Exaggeration=4.0, LearnRate=500.0, NumPCAComponents=0.0, Standardize=False, InitialY=None, Theta=0.5, Options=None,
    CacheSize=None, NumPrint=20.0, Verbose=0.0,
):  # fmt: skip
    """
    Y = tsne(X)
    Y = tsne(X, Name, Value)
    [Y, loss] = tsne(...)

    Lay the rows of X out in two dimensions so that neighbours stay neighbours; the divergence that is left.

    The layout begins at points drawn from the session's random numbers; it is not MATLAB's point by point.

    Options
      Algorithm         'barneshut' or 'exact'
      Distance          as in pdist
      NumDimensions     of the layout (2)
      Perplexity        about how many neighbours count (30)
      Exaggeration      how much neighbours are drawn together at first (4)
      LearnRate         length of the steps (500)
      NumPCAComponents  main directions to look from first (0: all)
      Standardize       whether columns are centred and scaled first (false)
      InitialY          where the points begin
      Theta             how coarsely 'barneshut' sees far points (0.5)
      Options           struct made by statset: MaxIter (1000), TolFun (1e-10, the gradient's norm) and OutputFcn are
                        read; a function of (values, state), or a cell of them, that says whether to stop
      CacheSize         memory for distances: the answer is the same
      NumPrint          after how many steps a line is printed and OutputFcn called (20)
      Verbose           0, 1: a table of steps is printed, or 2: also what the Gaussians of the points are like

    Examples
      >> rng default, X = [randn(20, 5); randn(20, 5) + 9];
      >> Y = tsne(X, 'Perplexity', 5); size(Y)
      ans =
          40     2
      >> [Y, loss] = tsne(X, 'Algorithm', 'exact', 'NumDimensions', 3, 'Perplexity', 5); size(Y)
      ans =
          40     3

    See also pca, cmdscale, gscatter.
    """
    from cnnscript.learning.embedding import neighbour_embedding

    data = rows_of(x, "tsne")
    known = ~np.isnan(data).any(axis=1)
    used = data[known]
    count = len(used)
    dimensions = take.positive(NumDimensions, "NumDimensions")
    perplexity = take.number(Perplexity, "Perplexity")
    if not 1 <= perplexity < count:
        raise ScriptError(
            "stats:tsne:InvalidPerplexity",
            "Perplexity must be a positive number smaller than the number of rows of X.",
            notes=(f"{perplexity:g} for {count} rows",),
        )
    rate, exaggeration, theta = (
        take.number(value, name)
        for value, name in ((LearnRate, "LearnRate"), (Exaggeration, "Exaggeration"), (Theta, "Theta"))
    )
    if not rate > 0:
        raise take.wanted("a positive number", "LearnRate", LearnRate)
    if not exaggeration >= 1:
        raise take.wanted("a number of at least 1", "Exaggeration", Exaggeration)
    if not 0 <= theta <= 1:
        raise take.wanted("a number from 0 to 1", "Theta", Theta)
    every, loud = take.positive(NumPrint, "NumPrint"), take.count(Verbose, "Verbose")
    if loud > 2:
        raise take.wanted("0, 1 or 2", "Verbose", Verbose)
    if CacheSize is not None and (is_text(CacheSize) or take.number(CacheSize, "CacheSize") <= 0):
        take.choice(CacheSize, ("maximal",), "CacheSize")
    exact = take.choice(Algorithm, ("barneshut", "exact"), "Algorithm") == "exact"
    if not exact and dimensions > 3:
        raise ScriptError("stats:tsne:TooManyDimensions", "'barneshut' lays out in up to three dimensions.")
    if take.flag(Standardize, "Standardize"):
        spread = used.std(axis=0, ddof=1)
        used = (used - used.mean(axis=0)) / np.where(spread, spread, 1)
    number = take.count(NumPCAComponents, "NumPCAComponents")
    if number:
        middle = used - used.mean(axis=0)
        used = middle @ np.linalg.svd(middle, full_matrices=False)[2].T[:, :number]
    distance = Distance if type(Distance) is Function else take.text(Distance, "Distance")
    metric = Metric(distance, None, "tsne").prepare(used)
    if metric.word == "euclidean" and used.size > WORTH_A_PRODUCT:  # the layout is not MATLAB's to the last digit
        far = by_products(used)
    else:
        far = metric.between(used, used)
    np.fill_diagonal(far, 0.0)
    if InitialY is None or not numel_of(InitialY):
        start = 1e-4 * session.random.normals(count * dimensions).reshape((count, dimensions), order="F")
    else:
        start = take.real(InitialY, "InitialY")
        if start.shape != (len(data), dimensions):
            raise ScriptError(
                "stats:tsne:BadInitialY", "InitialY must have a row for each row of X and a column for each dimension.",
                notes=(f"got {described(InitialY)}, {len(data)} rows, {dimensions} dimensions",),
            )  # fmt: skip
        start = start[known]
    rounds, tolerance, watchers = run_options(session, Options)
    far = np.maximum(far, far.T)
    if loud > 1:
        print_widths(session, far, perplexity)
    watch = StepWatch(session, watchers, loud > 0) if watchers or loud else None
    places, divergence = neighbour_embedding(
        far, perplexity, rate, exaggeration, rounds, start, exact, theta, tolerance, every, watch
    )
    if watch is not None:
        watch.ended()
    found = np.full((len(data), dimensions), np.nan)
    found[known] = places
    return norm(np.asfortranarray(found)), divergence
