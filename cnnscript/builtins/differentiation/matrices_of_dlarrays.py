"""Matrices as dlarrays without labels: inverse, determinant, trace, Kronecker product; and vectors: cross, Fourier."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import axis_of, first_axis
from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.elementwise import not_recorded, ordinary, wrapped
from cnnscript.builtins.differentiation.reductions_of_dlarrays import computed, on_tensors
from cnnscript.builtins.differentiation.reference_pages import agrees, declare
from cnnscript.builtins.registry import overload
from cnnscript.errors import ScriptError
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, matched, operate
from cnnscript.values.numeric import as_array, numel_of
from cnnscript.values.text import text_or_none


def without_labels(value: Any, name: str) -> DLArray:
    source = as_dlarray(value)
    if source.labels:
        raise ScriptError(
            f"deep:dlarray:{name}:Labeled", f"The function '{name}' is supported only for unformatted dlarrays.",
            hint="stripdims(x) takes the labels off",
        )  # fmt: skip
    return source


def of_matrix(name: str, form: str, what: str) -> None:
    def function(session, x, /):
        source = without_labels(x, name)
        if source.record is None:
            return DLArray(ordinary(session, name, source))
        size = source.size()
        if len(size) > 2 or size[0] != size[1]:
            ordinary(session, name, source)  # which says that the matrix must be square
        return computed(source, name)

    declare(name, function, f"{form} = {name}(dlA)", f"{what} of a square dlarray without labels.",
            agrees(f"{name}(x)", "[2 1; 0.5 3]"))  # fmt: skip


of_matrix("inv", "B", "The inverse")
of_matrix("det", "d", "The determinant")


@overload("dlarray")
def trace(session, x, /):
    """
    t = trace(dlA)

    The sum of the diagonal of a square dlarray without labels.

    Examples
      >> disp(dlfeval(@(x) dlgradient(trace(x*x),x),dlarray([1 2; 3 4])))
        2×2 dlarray
           2     6
           4     8

    See also dlarray, det, diag.
    """
    source = without_labels(x, "trace")
    ordinary(session, "trace", source)  # refuses what is no square matrix
    return session.builtin("sum").call(1, session.builtin("diag").call(1, source))


@overload("dlarray")
def kron(session, x, y, /):
    """
    K = kron(dlA,dlB)

    Every product of an element of A and one of B, as a matrix; without labels.

    Examples
      >> disp(dlfeval(@(x) kron(x,[1; 10]),dlarray([1 2])))
        2×2 dlarray
           1     2
          10    20

    See also dlarray, mtimes.
    """
    first, second = without_labels(x, "kron"), without_labels(y, "kron")
    sides = []
    for mine, places in ((first, (first.places(), np.ones(second.size()))),
                         (second, (np.ones(first.size()), second.places()))):  # fmt: skip
        sides.append(mine.arranged(np.kron(*places).astype(np.int64)))
    return operate("times", *sides)


@overload("dlarray")
def cross(session, x, y, /, *dim):
    """
    C = cross(dlX,dlY)
    C = cross(dlX,dlY,dim)

    Cross products of the vectors of three elements along a dimension.

    Examples
      >> disp(dlfeval(@(x) cross(x,[0 0 1]),dlarray([1 2 3])))
        1×3 dlarray
           2    -1     0

    See also dlarray, dot.
    """
    first, second, labels = matched(as_dlarray(x), as_dlarray(y))
    if first.record is None and second.record is None:
        return wrapped(ordinary(session, "cross", first, second, *dim), labels)
    ordinary(session, "cross", first, second, *dim)  # refuses other sizes
    axis = axis_of(dim[0], "cross") if dim else first.size().index(3)

    def turned(source: DLArray, by: int) -> DLArray:
        return source.arranged(np.asfortranarray(np.roll(source.places(), -by, axis)), source.labels)

    terms = [operate("times", turned(first, by), turned(second, 3 - by)) for by in (1, 2)]
    return operate("minus", *terms)


def transform(name: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        if any(text_or_none(item) is not None for item in rest):
            raise not_recorded(name, "with a symmetry")
        axis = axis_of(rest[1], name) if len(rest) > 1 else first_axis(source.size())
        if axis >= len(source.size()):
            raise not_recorded(name, "along a dimension that is not there")
        length = take.count(rest[0], "n") if rest and numel_of(rest[0]) else source.size()[axis]
        return computed(source, "fft", axes=on_tensors((axis,), source), length=length, inverse=name == "ifft")

    what = "Fourier transforms" if name == "fft" else "Inverse Fourier transforms"
    declare(name, function, f"Y = {name}(dlX)\nY = {name}(dlX,n)\nY = {name}(dlX,n,dim)",
            f"{what} along a dimension of a dlarray.",
            agrees(f"abs({name}(x,4,2))", "magic(3)"))  # fmt: skip


transform("fft")
transform("ifft")


@overload("dlarray")
def diff(session, x, /, *rest):
    """
    Y = diff(dlX)
    Y = diff(dlX,n)
    Y = diff(dlX,n,dim)

    Differences of neighbours along a dimension of a dlarray, n times.

    Examples
      >> disp(dlfeval(@(x) dlgradient(sum(diff(x).^2),x),dlarray([1 2 5])))
        1×3 dlarray
          -2    -4     6

    See also dlarray, cumsum, sum.
    """
    source = as_dlarray(x)
    if source.record is None:
        return wrapped(ordinary(session, "diff", source, *rest), source.labels)
    times = take.count(rest[0], "n") if rest and numel_of(rest[0]) else 1
    for _ in range(times):
        axis = axis_of(rest[1], "diff") if len(rest) > 1 else first_axis(source.size())
        places = source.places()
        if axis >= places.ndim or places.shape[axis] == 0:
            raise not_recorded("diff", "that leaves nothing")
        count = places.shape[axis]
        ends = [source.arranged(np.take(places, at, axis), source.labels) for at in (range(1, count), range(count - 1))]
        source = operate("minus", *ends)
    return source


@overload("dlarray")
def trapz(session, x, /, *rest):
    """
    Q = trapz(dlY)
    Q = trapz(X,dlY)
    Q = trapz(X,dlY,dim)

    Integrals by the trapezoidal rule along a dimension of a dlarray; X is a vector of numbers.

    Examples
      >> disp(dlfeval(@(y) dlgradient(trapz([0 1 3],y),y),dlarray([5 6 7])))
        1×3 dlarray
          0.5000    1.5000    1.0000

    See also dlarray, sum, diff.
    """
    points, values = (x, as_dlarray(rest[0])) if rest else (None, as_dlarray(x))
    if values.record is None and getattr(points, "record", None) is None:
        return wrapped(ordinary(session, "trapz", x, *rest), values.labels)
    if getattr(points, "record", None) is not None or len(rest) > 2:
        raise not_recorded("trapz", "with traced places")
    axis = axis_of(rest[1], "trapz") if len(rest) > 1 else first_axis(values.size())
    count = values.size()[axis]
    steps = np.ones(count - 1) if points is None or not numel_of(points) else np.diff(as_array(points).ravel("F"))
    if steps.size != count - 1:
        ordinary(session, "trapz", x, *rest)  # which says that lengths do not fit
        raise not_recorded("trapz", "with places for each element")
    weights = np.concatenate([[0.0], steps]) / 2 + np.concatenate([steps, [0.0]]) / 2
    shape = [count if at == axis else 1 for at in range(len(values.size()))]
    product = operate("times", values, DLArray(weights.reshape(shape, order="F").astype(values.array().dtype)))
    return session.builtin("sum").call(1, product, float(axis + 1))


@overload("dlarray")
def normalize(session, x, /, *rest):
    """
    N = normalize(dlX)
    N = normalize(dlX,dim)
    N = normalize(...,method)

    A dlarray with mean 0 and standard deviation 1 along a dimension ("zscore"), mean 0 only ("center"), or from 0 to 1
    ("range").

    Examples
      >> disp(dlfeval(@(x) normalize(x,'range'),dlarray([1 2 5])))
        1×3 dlarray
               0    0.2500    1.0000

    See also dlarray, rescale, std.
    """
    source = as_dlarray(x)
    if source.record is None:
        return wrapped(ordinary(session, "normalize", source, *rest), source.labels)
    words = [text_or_none(item) for item in rest]
    dims = [item for item, word in zip(rest, words, strict=True) if word is None]
    given = [word for word in words if word is not None]
    if len(dims) > 1 or len(given) > 1 or given and given[0] not in ("zscore", "center", "range"):
        raise not_recorded("normalize", "with these options")
    along = dims[0] if dims else float(first_axis(source.size()) + 1)
    method, empty = given[0] if given else "zscore", np.zeros((0, 0))

    def ask(name: str, *more: Any) -> DLArray:
        return session.builtin(name).call(1, source, *more, along)

    if method == "range":
        least, most = ask("min", empty), ask("max", empty)
        return operate("rdivide", operate("minus", source, least), operate("minus", most, least))
    away = operate("minus", source, ask("mean"))
    return away if method == "center" else operate("rdivide", away, ask("std", 0.0))
