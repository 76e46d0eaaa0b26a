"""Sums, means, extremes, orders and running totals of dlarrays.  Labels stay; a reduced dimension is 1 long."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnscript.builtins.arrays.dimensions import (
    CLASS_WORDS,
    MISSING_WORDS,
    WHOLE,
    axis_of,
    first_axis,
    read_options,
    reduced_axes,
)
from cnnscript.builtins.differentiation.dlarrays import as_dlarray
from cnnscript.builtins.differentiation.elementwise import not_recorded, of_two, ordinary, wrapped
from cnnscript.builtins.differentiation.reference_pages import agrees, declare
from cnnscript.builtins.registry import overload
from cnnscript.values import take
from cnnscript.values.dlarrays import DLArray, matched, operate
from cnnscript.values.numeric import as_array, numel_of
from cnnscript.values.text import text_or_none


def on_tensors(axes: tuple[int, ...], source: DLArray) -> list[int]:
    """Dimensions (from 0) as axes of the tensor, which has them in reverse order; those beyond the array are 1 long."""
    last = len(source.size()) - 1
    return [last - axis for axis in axes if axis <= last]


def shape_of(source: DLArray) -> tuple[int, ...]:
    """The size of its numbers, as functions of numbers see it."""
    return as_array(source.value).shape if source.record is None else source.size()


def computed(source: DLArray, name: str, *operands: Any, **settings: Any) -> DLArray:
    """A recorded function of an array and further operands, under its labels."""
    return DLArray(None, source.labels, source.record.compute(name, source.record, *operands, **settings))


def present(source: DLArray) -> np.ndarray:
    """1 where there is a number, 0 at NaN."""
    return (~np.isnan(source.array())).astype(source.array().dtype)


def reduction(name: str, what: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS, kind=CLASS_WORDS)
        axes = on_tensors(reduced_axes(values, "whole" in words, source.size(), name), source)
        if words.get("kind") == "double" and source.underlying == "single":
            source = DLArray(None, source.labels, source.record.converted("double"))
        if not words.get("missing"):
            return computed(source, name, axes=axes)
        there = present(source)
        if name == "prod":
            kept = computed(source, "select", there).record
            ones = kept.compute("plus", kept, 1 - there)
            return DLArray(None, source.labels, ones.compute("prod", ones, axes=axes))
        total = computed(computed(source, "select", there), "sum", axes=axes)
        if name == "sum":
            return total
        turned = tuple(len(source.size()) - 1 - axis for axis in axes)
        return computed(total, "rdivide", there.sum(axis=turned, keepdims=True))

    declare(name, function, page_forms(name, "nanflag"), f"{what} of a dlarray along dimensions; labels stay.",
            agrees(f"{name}(x,2)", "magic(3)"))  # fmt: skip


def page_forms(name: str, *last: str) -> str:
    """The syntaxes of a function along dimensions."""
    forms = [f"Y = {name}(dlX)", f"Y = {name}(dlX,dim)", f"Y = {name}(dlX,'all')"]
    return "\n".join(forms + [f"Y = {name}(...,{word})" for word in last])


for word, meaning in {"sum": "Sums", "mean": "Means", "prod": "Products"}.items():
    reduction(word, meaning)


def spread(name: str) -> None:
    """var and std, by their formula: mean squared distance from the mean."""

    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        values, words = read_options(rest, name, whole=WHOLE, missing=MISSING_WORDS)
        weight = as_array(values[0]) if values else np.zeros((0, 0))
        if words.get("missing") or weight.size > 1 or weight.size and weight.item() not in (0, 1):
            raise not_recorded(name, "with weights or without NaN")
        axes = on_tensors(reduced_axes(values[1:], "whole" in words, source.size(), name), source)
        last = len(source.size()) - 1
        count = float(np.prod([source.size()[last - axis] for axis in axes]))
        mean = computed(source, "mean", axes=axes)
        away = operate("minus", source, mean)
        squares = computed(operate("times", away, away), "sum", axes=axes)
        normal = count if weight.size and weight.item() == 1 or count == 1 else count - 1
        variance = operate("rdivide", squares, DLArray(normal))
        return variance if name == "var" else computed(variance, "sqrt")

    declare(name, function, f"Y = {name}(dlX)\nY = {name}(dlX,w)\nY = {name}(dlX,w,dim)\nY = {name}(dlX,w,'all')",
            f"{'Variances' if name == 'var' else 'Standard deviations'} of a dlarray along dimensions; w is 0 or 1.",
            agrees(f"{name}(x,1,2)", "magic(3)"))  # fmt: skip


spread("var")
spread("std")


def cumulative(name: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        if source.record is None:
            return wrapped(ordinary(session, name, source, *rest), source.labels)
        values, words = read_options(rest, name, way={"forward": False, "reverse": True}, missing=MISSING_WORDS)
        if words.get("missing"):
            raise not_recorded(name, "without NaN")
        axes = on_tensors((axis_of(values[0], name) if values else first_axis(source.size()),), source)
        return computed(source, name, axes=axes, reverse=words.get("way", False)) if axes else source

    declare(name, function, f"Y = {name}(dlX)\nY = {name}(dlX,dim)\nY = {name}(...,direction)",
            f"{'Sums' if name == 'cumsum' else 'Products'} so far along a dimension of a dlarray.",
            agrees(f"{name}(x,2,'reverse')", "magic(3)"))  # fmt: skip


cumulative("cumsum")
cumulative("cumprod")


# -------------------------------------------------------------------------------------------------- choosing elements
def chosen(source: DLArray, at: Any, axis: int) -> DLArray:
    """The elements whose numbers along a dimension are `at` (an array of the result's size)."""
    shape = source.size()
    numbers = as_array(at).astype(np.int64)
    numbers = numbers.reshape(numbers.shape + (1,) * (len(shape) - numbers.ndim), order="F")
    where = [np.arange(length).reshape([-1 if k == d else 1 for k in range(len(shape))])
             for d, length in enumerate(numbers.shape)]  # fmt: skip
    where[axis] = numbers - 1
    return source.arranged(np.asfortranarray(source.places()[tuple(where)]), source.labels)


def extreme(name: str) -> None:
    two = of_two(name)

    def function(session, nargout, x, /, *rest):
        if rest and numel_of(rest[0]) and text_or_none(rest[0]) is None:
            return two(session, x, *rest)
        source = as_dlarray(x)
        if source.record is None:
            found = ordinary(session, name, source, *rest, nargout=max(1, nargout))
            if nargout < 2:
                return wrapped(found, source.labels)
            return wrapped(found[0], source.labels), found[1]
        values, words = read_options(rest[1:], name, whole=WHOLE, missing=MISSING_WORDS, index={"linear": True})
        linear = list(rest) if "index" in words else [*(rest or (np.zeros((0, 0)),)), "linear"]
        numbers = source.array()
        several = "whole" in words or values and numel_of(values[0]) > 1
        plain = [item for item in linear if text_or_none(item) != "linear"] if not several else linear
        at = ordinary(session, name, numbers, *plain, nargout=2)[1]
        if several:
            places = as_array(at).astype(np.int64)
            places = places.reshape(places.shape + (1,) * (len(source.labels) - places.ndim), order="F")
            return source.arranged(places, source.labels), at
        axis = axis_of(values[0], name) if values else first_axis(source.size())
        if axis >= len(source.size()):
            return source, at
        found = chosen(source, at, axis)
        if "index" in words:
            at = ordinary(session, name, numbers, *rest, nargout=2)[1]
        return found, at

    word = "Largest" if name == "max" else "Smallest"
    declare(name, function, f"M = {name}(dlX)\nM = {name}(dlX,[],dim)\n[M,I] = {name}(...)\nM = {name}(dlX,dlY)",
            f"{word} elements of a dlarray along dimensions, or of two; gradients lead to the element that is chosen.",
            agrees(f"{name}(x,[],2)", "magic(3)"), outputs=2)  # fmt: skip


extreme("max")
extreme("min")


@overload("dlarray", outputs=2)
def sort(session, nargout, x, /, *rest):
    """
    B = sort(dlX)
    B = sort(dlX,dim)
    B = sort(dlX,dim,direction)
    [B,I] = sort(...)

    The elements of a dlarray in order; gradients follow them.

    Examples
      >> disp(dlfeval(@(x) dlgradient(sum(sort(x).*[1 2 3]),x),dlarray([5 9 1])))
        1×3 dlarray
           2     3     1

    See also dlarray, max, median.
    """
    source = as_dlarray(x)
    made, at = ordinary(session, "sort", source, *rest, nargout=2)
    if source.record is None:
        return wrapped(made, source.labels), at
    values = [item for item in rest if text_or_none(item) is None]
    axis = axis_of(values[0], "sort") if values else first_axis(source.size())
    return (chosen(source, at, axis) if axis < len(source.size()) else source), at


@overload("dlarray")
def median(session, x, /, *rest):
    """
    M = median(dlX)
    M = median(dlX,dim)
    M = median(dlX,'all')

    The middle of the elements of a dlarray; gradients lead to it.

    Examples
      >> disp(dlfeval(@(x) dlgradient(median(x),x),dlarray([5 9 1])))
        1×3 dlarray
           1     0     0

    See also dlarray, mean, sort.
    """
    source = as_dlarray(x)
    if source.record is None:
        return wrapped(ordinary(session, "median", source, *rest), source.labels)
    values, words = read_options(rest, "median", whole=WHOLE, missing=MISSING_WORDS)
    if words.get("missing") or values and numel_of(values[0]) > 1:
        raise not_recorded("median", "along several dimensions or without NaN")
    if "whole" in words:
        flat = source.arranged(source.places().reshape(-1, 1, order="F"))
        made = median(session, flat, 1.0)
        return DLArray(None, source.labels, made.record.reshape((1,) * max(2, len(source.labels))))
    axis = axis_of(values[0], "median") if values else first_axis(source.size())
    if axis >= len(source.size()):
        return source
    count = source.size()[axis]
    ordered = sort(session, 2, source, float(axis + 1))[0]
    pick = [":"] * len(source.size())
    low, high = (count + 1) // 2, count // 2 + 1
    parts = []
    for place in (low, high):
        pick[axis] = float(place)
        parts.append(ordered.index(tuple(pick)))
    middle = operate("rdivide", operate("plus", *parts), DLArray(2.0))
    missing = np.isnan(source.array()).any(axis=axis, keepdims=True)  # sorted, NaN is last: it is never in the middle
    return operate("plus", middle, DLArray(np.where(missing, np.nan, 0.0))) if missing.any() else middle


def logical_reduction(name: str) -> None:
    def function(session, x, /, *rest):
        source = as_dlarray(x)
        return wrapped(ordinary(session, name, source, *rest), source.labels)

    declare(name, function, page_forms(name), f"Whether {name} elements of a dlarray are not 0: a logical dlarray.",
            f"disp(isequal({name}(dlarray([1 0; 2 3])),{name}([1 0; 2 3])))")  # fmt: skip


logical_reduction("any")
logical_reduction("all")


# ---------------------------------------------------------------------------------------------------------------- norms
@overload("dlarray")
def vecnorm(session, x, p=2.0, /, *dim):
    """
    N = vecnorm(dlX)
    N = vecnorm(dlX,p)
    N = vecnorm(dlX,p,dim)

    Lengths of the vectors along a dimension of a dlarray.

    Examples
      >> disp(dlfeval(@(x) dlgradient(vecnorm(x),x),dlarray([3; 4])))
        2×1 dlarray
          0.6000
          0.8000

    See also dlarray, norm.
    """
    source = as_dlarray(x)
    if source.record is None:
        return wrapped(ordinary(session, "vecnorm", source, p, *dim), source.labels)
    axis = axis_of(dim[0], "vecnorm") if dim else first_axis(source.size())
    return length_along(session, source, take.number(p, "p"), (axis,))


@overload("dlarray")
def norm(session, x, /, *kind):
    """
    n = norm(dlv)
    n = norm(dlv,p)
    n = norm(dlA,'fro')
    n = norm(dlA,p)

    The length of a vector; the norm of a matrix, of which a tape records p = 1, Inf and "fro".

    Examples
      >> disp(dlfeval(@(x) dlgradient(norm(x),x),dlarray([3 4])))
        1×2 dlarray
          0.6000    0.8000

    See also dlarray, vecnorm.
    """
    source = as_dlarray(x)
    if source.record is None:
        return DLArray(ordinary(session, "norm", source, *kind))
    plain = session.builtin("stripdims").call(1, source)
    word = text_or_none(kind[0]) if kind else None
    p = 2.0 if not kind or word == "fro" else float("inf") if word == "inf" else take.number(kind[0], "p")
    shape = plain.size()
    if len(shape) > 2:
        ordinary(session, "norm", plain, *kind)  # which says that it must be a matrix
    if 1 in shape or word == "fro":
        return length_along(session, plain, p, (0, 1))
    if p == 2:
        raise not_recorded("norm", "of a matrix in the 2-norm")
    sums = session.builtin("sum").call(1, session.builtin("abs").call(1, plain), 1.0 if p == 1 else 2.0)
    return session.builtin("max").call(1, sums)


def length_along(session: Any, source: DLArray, p: float, axes: tuple[int, ...]) -> DLArray:
    """(sum of |x|^p)^(1/p) along dimensions (from 0)."""
    there = on_tensors(axes, source)
    if p == 2:
        return computed(source, "vecnorm", axes=there)
    size = computed(source, "abs")
    if abs(p) == float("inf"):
        along = np.array([[axis + 1.0 for axis in axes]])
        return session.builtin("max" if p > 0 else "min").call(1, size, np.zeros((0, 0)), along)
    if p == 1:
        return computed(size, "sum", axes=there)
    powers = computed(operate("power", size, DLArray(p)), "sum", axes=there)
    return operate("power", powers, DLArray(1 / p))


@overload("dlarray")
def dot(session, x, y, /, *dim):
    """
    C = dot(dlX,dlY)
    C = dot(dlX,dlY,dim)

    Sums of products along a dimension of dlarrays.

    Examples
      >> disp(dlfeval(@(x) dlgradient(dot(x,[2 5]),x),dlarray([3 4])))
        1×2 dlarray
           2     5

    See also dlarray, mtimes.
    """
    first, second, labels = matched(as_dlarray(x), as_dlarray(y))
    if first.record is None and second.record is None:
        return wrapped(ordinary(session, "dot", first, second, *dim), labels)
    if {1} & set(first.size()) and numel_of(first) == numel_of(second) and not dim and not labels:
        flat = [one.arranged(one.places().reshape(-1, 1, order="F")) for one in (first, second)]
        first, second = flat
    conjugated = session.builtin("conj").call(1, first) if first.is_complex else first
    return session.builtin("sum").call(1, operate("times", conjugated, second), *dim)


@overload("dlarray")
def rescale(session, x, /, *limits):
    """
    R = rescale(dlX)
    R = rescale(dlX,l,u)

    A dlarray scaled so that its least element is l (0) and its greatest u (1).

    Examples
      >> disp(dlfeval(@(x) rescale(x,0,2),dlarray([3 4 7])))
        1×3 dlarray
               0    0.5000    2.0000

    See also dlarray, max, min.
    """
    source = as_dlarray(x)
    if source.record is None:
        return wrapped(ordinary(session, "rescale", source, *limits), source.labels)
    if len(limits) not in (0, 2):
        raise not_recorded("rescale", "with input limits")
    low, high = (take.number(limit, "limit") for limit in limits) if limits else (0.0, 1.0)
    empty = np.zeros((0, 0))
    least, most = (session.builtin(name).call(1, source, empty, "all") for name in ("min", "max"))
    share = operate("rdivide", operate("minus", source, least), operate("minus", most, least))
    return operate("plus", DLArray(low), operate("times", share, DLArray(high - low)))
